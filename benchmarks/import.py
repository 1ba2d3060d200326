#!/usr/bin/env python3
"""How fast a printed book is loaded, from its lines to persons that are found, on both engines, in one run.

    benchmarks/import.py [--quick] [--persons N]

N printed entries of persons who never lived are read from a file of JSON Lines, parsed, laid out and written by
``import_entries``' own function. Beside the rate stand: the rate of the first and of the last part (100,000 of a
million, or a tenth: is it constant?), the ratio to the plainest bulk write of the same final rows, the rate of a
second run that changes nothing, the most memory of all its processes together, and the processor's time for an
entry, in which another program that runs beside does not count: by the writer, by those who read, and by the
server of PostgreSQL.
"""

import json
import os
import resource
import sys
import tempfile
import time
from itertools import islice
from pathlib import Path

from _engines import apart, on_both
from loading import plain_copy

QUICK, FULL, PART, STARTED, SAMPLED = 4_000, 300_000, 100_000, 3_000, 5_000


def main() -> int:
    return on_both(__file__, __doc__, measure, quick=QUICK, full=FULL)


def measure(entries: int) -> None:
    from django.core.management import call_command

    from sources.models import Source
    from victims.importing.loading import load
    from victims.importing.readers import read
    from victims.importing.reference import load_reference
    from victims.models.checking import differences

    call_command("migrate", verbosity=0)
    load_reference()
    source = Source.objects.create(slug="a-book", kind="synthetic", title="A book of persons who never lived")
    with tempfile.TemporaryDirectory() as scratch:
        book = Path(scratch) / "book.jsonl"
        apart(write, book, entries)
        clock, before, started = Clock(entries), processor(), time.perf_counter()
        summary = load(read(book), source, status="published", progress=clock)
        seconds = time.perf_counter() - started
        spent = [after - earlier for after, earlier in zip(processor(), before, strict=True)]
        assert (summary.new, summary.rejected) == (entries, []), summary.counts()
        plain = plain_copy()
        started = time.perf_counter()
        assert load(read(book), source, status="published").unchanged == entries
        again = time.perf_counter() - started
    first, last = clock.rates()
    print(
        f"{entries:>9,} printed entries   {entries / seconds:>7,.0f} a second   "
        f"first {clock.part:,}: {first:,.0f}, last {clock.part:,}: {last:,.0f} ({last / first:.2f})   "
        f"{seconds / plain:.2f} x the plain write of the same rows   again: {entries / again:,.0f} a second   "
        f"{clock.most:.0f} MB"
    )
    shares = ", ".join(f"{name} {1e6 * one / entries:,.0f}" for name, one in zip(WHO, spent, strict=True))
    print(f"microseconds of processor an entry: {1e6 * sum(spent) / entries:,.0f} ({shares})")
    wrong = list(islice(differences(), 3)) if entries <= 100_000 else []
    print("check_records: " + ("all is consistent" if entries <= 100_000 else "asked by hand at this size"))
    if wrong:
        raise SystemExit(f"differences: {wrong}")


class Clock:
    """Takes the time at the ends of the first and of the last part, and now and then the memory.

    The first begins when the readers are started: until then nothing is written for what is read.
    """

    def __init__(self, entries: int):
        self.part = min(PART, max(entries // 10, 1))
        self.begun = min(STARTED, entries - 2 * self.part)
        self.ends = [self.begun, self.begun + self.part, entries - self.part, entries]
        self.done, self.times, self.most = 0, {}, 0.0

    def __call__(self, number: int) -> None:
        self.done += number
        if self.done in self.ends:
            self.times[self.done] = time.perf_counter()
        if self.done % SAMPLED == 0:
            self.most = max(self.most, memory())

    def rates(self) -> tuple[float, float]:
        """Return entries a second of the first and of the last part."""
        begun, first, last, ended = (self.times[end] for end in self.ends)
        return self.part / (first - begun), self.part / (ended - last)


def write(book: Path, entries: int) -> None:
    """Write printed entries in the four forms of the generator as JSON Lines."""
    from victims import synthetic

    with book.open("w", encoding="utf-8") as out:
        for person in synthetic.persons(entries, 1938):
            out.write(json.dumps({"id": person.item_key, "text": person.text}, ensure_ascii=False) + "\n")


WHO = ("writer", "readers", "server")


def processor() -> tuple[float, float, float]:
    """Return the seconds of processor of this process, of its readers that have ended, of PostgreSQL's server."""
    from django.db import connection

    own, readers = (resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    server = 0.0
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_backend_pid()")
            told = Path(f"/proc/{cursor.fetchone()[0]}/stat").read_text().rpartition(")")[2].split()
            server = (int(told[11]) + int(told[12])) / os.sysconf("SC_CLK_TCK")
    return own.ru_utime + own.ru_stime, readers.ru_utime + readers.ru_stime, server


def memory() -> float:
    """Return the megabytes that this process and its readers take now; what they share is counted once."""
    own = os.getpid()
    readers = Path(f"/proc/{own}/task/{own}/children").read_text().split()
    held = 0
    for process in (own, *readers):
        told = Path(f"/proc/{process}/smaps_rollup").read_text().partition("\nPss:")[2]
        held += int(told.split()[0])
    return held / 1024


if __name__ == "__main__":
    sys.exit(main())
