#!/usr/bin/env python3
"""How fast records come in: synthetic persons and printed entries, on both engines, in one run.

    benchmarks/loading.py [--quick] [--persons N]

Beside each rate stands its ratio to the plainest bulk write of the same final rows (COPY or executemany into
the same tables, nothing computed), measured in the same run; and the bytes that a person takes.
"""

import json
import os
import sys
import time
from functools import partial
from itertools import islice

from _engines import ROOT, on_both

QUICK, FULL, ENTRIES_QUICK = 3_000, 300_000, 2_000
ENTRIES = ROOT.parent / "shared" / "data" / "entries" / "moscow.jsonl.gz"


def main() -> int:
    return on_both(__file__, __doc__, measure, quick=QUICK, full=FULL)


def measure(persons: int) -> None:
    from django.core.management import call_command

    from victims.importing.reference import load_reference
    from victims.models.checking import differences

    call_command("migrate", verbosity=0)
    load_reference()
    before = size()
    seconds = timed(lambda: call_command("make_synthetic", persons, stdout=open(os.devnull, "w")))  # noqa: SIM115
    taken = (size() - before) / persons
    plain = plain_copy()
    print(
        f"{persons:>9,} synthetic persons   {persons / seconds:>9,.0f} a second   "
        f"{seconds / plain:>6.2f} x the plain write of the same rows   {taken:,.0f} bytes a person"
    )
    entries(plain / persons, ENTRIES_QUICK if persons <= QUICK else None)
    wrong = list(differences())
    print("check_records: " + ("all is consistent" if not wrong else f"{len(wrong)} differences: {wrong[0]}"))
    if wrong:
        raise SystemExit(1)


def entries(plain_person: float, most: int | None) -> None:
    """Import real printed entries, so many at most: read, parsed, laid out, indexed."""
    from sources.models import Source
    from victims.importing.loading import load
    from victims.importing.readers import read

    if not ENTRIES.exists():
        print("SKIPPED: ../shared/data is absent: no real entries to import")
        return
    source = Source.objects.get(slug="moscow")
    number = 0

    def run():
        nonlocal number
        number = load(islice(read(ENTRIES), most), source, file=ENTRIES).new

    seconds = timed(run)
    again = timed(lambda: load(islice(read(ENTRIES), most), source, file=ENTRIES))
    print(
        f"{number:>9,} printed entries     {number / seconds:>9,.0f} a second   "
        f"{seconds / number / plain_person:>6.2f} x the plain write of a synthetic person   "
        f"again, nothing new: {number / again:,.0f} a second"
    )


def size() -> int:
    """Return the bytes that the database takes, indexes included."""
    from django.db import connection

    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("SELECT pg_database_size(current_database())")
            return cursor.fetchone()[0]
        cursor.execute("SELECT page_count * page_size FROM pragma_page_count, pragma_page_size")
        return cursor.fetchone()[0]


def timed(work) -> float:
    started = time.perf_counter()
    work()
    return time.perf_counter() - started


def plain_copy() -> float:
    """Return the seconds of writing all rows of persons again, as they are, into empty tables without indexes."""
    from django.db import connection, transaction

    from victims.models.bulk import as_csv, copy_csv
    from victims.models.prepared import TABLES

    seconds = 0.0
    for model, _columns in TABLES:
        columns = [field.attname for field in model._meta.concrete_fields]
        names = ", ".join(f'"{field.column}"' for field in model._meta.concrete_fields)
        table = model._meta.db_table
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(f'CREATE TEMPORARY TABLE plain AS SELECT {names} FROM "{table}" LIMIT 0')
            cursor.execute(f'SELECT {names} FROM "{table}"')
            while rows := cursor.fetchmany(50_000):
                if connection.vendor == "postgresql":
                    text = as_csv([[as_text(value) for value in row] for row in rows])
                    seconds += timed(partial(copy_csv, model, columns, text, table="plain"))
                else:
                    marks = ", ".join(["%s"] * len(columns))
                    with connection.cursor() as writer:
                        seconds += timed(partial(writer.executemany, f"INSERT INTO plain VALUES ({marks})", rows))
            cursor.execute("DROP TABLE plain")
    return seconds


def as_text(value):
    return json.dumps(value, ensure_ascii=False) if isinstance(value, dict | list) else value


if __name__ == "__main__":
    sys.exit(main())
