"""The fast ways in of each engine: COPY on PostgreSQL, executemany on SQLite; ids given out in blocks."""

import csv
import io
import marshal
from contextlib import contextmanager, nullcontext
from itertools import chain

from django.db import IntegrityError, connection, models, transaction


def next_ids(model, count: int) -> list[int]:
    """Take ``count`` ids of a model's sequence; call it inside a transaction that writes."""
    if not count:
        return []
    table = model._meta.db_table
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("SELECT pg_get_serial_sequence(%s, 'id')", [f'"{table}"'])
            taken = "SELECT nextval(%s::regclass) AS id FROM generate_series(1, %s)"
            asked = [cursor.fetchone()[0], count]
            cursor.execute(f"SELECT min(id), max(id) FROM ({taken}) AS taken", asked)
            first, last = cursor.fetchone()
            if last - first + 1 == count:
                return list(range(first, last + 1))
            cursor.execute(taken, asked)  # somebody took some in between: those stay unused
            return [row[0] for row in cursor.fetchall()]
        cursor.execute("SELECT seq FROM sqlite_sequence WHERE name = %s", [table])
        row = cursor.fetchone()
        last = row[0] if row else 0
        if row:
            cursor.execute("UPDATE sqlite_sequence SET seq = %s WHERE name = %s", [last + count, table])
        else:
            cursor.execute("INSERT INTO sqlite_sequence (name, seq) VALUES (%s, %s)", [table, count])
    return list(range(last + 1, last + count + 1))


def pass_over(model) -> None:
    """Have the sequence of a model give no id that a row has already: some came with ids of their own."""
    if connection.vendor == "postgresql":  # SQLite sees to it itself
        table = model._meta.db_table
        with connection.cursor() as cursor:
            cursor.execute(f'SELECT max(id) FROM "{table}"')
            if highest := cursor.fetchone()[0]:
                cursor.execute("SELECT pg_get_serial_sequence(%s, 'id')", [f'"{table}"'])
                sequence = cursor.fetchone()[0]
                last = f"(SELECT last_value FROM {sequence})"
                cursor.execute(f"SELECT setval(%s, greatest(%s, {last}))", [sequence, highest])


#: Rows in one INSERT of SQLite: fewer statements are begun, and the last id of a table is kept once for all.
TOGETHER = 32


class Ids:
    """Gives out ids one by one, taking them from the sequences in blocks of ``block``."""

    def __init__(self, block: int = 1):
        self.block, self.free = block, {}

    def __call__(self, model) -> int:
        free = self.free.setdefault(model, [])
        if not free:
            free.extend(reversed(next_ids(model, self.block)))
        return free.pop()


def as_csv(rows) -> str:
    """Return rows as CSV for ``copy_csv``: None and the empty text alike are nothing between commas."""
    buffer = io.StringIO()
    csv.writer(buffer).writerows(rows)
    return buffer.getvalue()


def copy_csv(model, columns, text: str, table: str = "") -> None:
    """Load CSV by COPY (PostgreSQL only), into the model's table or another of its shape.

    COPY reads an empty field as NULL; FORCE_NOT_NULL keeps it the empty text in columns that have no NULL.
    """
    fields = {field.attname: field for field in model._meta.concrete_fields}
    texts = [
        f'"{fields[name].column}"'
        for name in columns
        if not fields[name].null and isinstance(fields[name], models.CharField | models.TextField)
    ]
    quoted = ", ".join(f'"{fields[name].column}"' for name in columns)
    force = f", FORCE_NOT_NULL ({', '.join(texts)})" if texts else ""
    with (
        connection.wrap_database_errors,
        connection.cursor() as cursor,
        cursor.copy(f'COPY "{table or model._meta.db_table}" ({quoted}) FROM STDIN (FORMAT csv{force})') as copy,
    ):
        copy.write(text)


def as_packed(rows) -> bytes:
    """Return rows for ``insert`` on SQLite as bytes: (values of ``TOGETHER`` rows each, the rows left over)."""
    return marshal.dumps(_together(rows))


def insert(model, columns, rows) -> None:
    """Insert rows (sequences in the order of ``columns``: attribute names) by the engine's fast way.

    ``rows`` may be made ready already, by another process: ``as_csv`` on PostgreSQL, ``as_packed`` on SQLite.
    Values are what the database takes: ISO days, JSON text, ids. Models' ``save`` and defaults play no part.
    """
    if not rows:
        return
    if connection.vendor == "postgresql":
        copy_csv(model, columns, rows if isinstance(rows, str) else as_csv(rows))
        return
    _insert_together(model, columns, marshal.loads(rows) if isinstance(rows, bytes) else _together(rows))


def columns_of(rows) -> list[list]:
    """Return rows turned into columns."""
    return [list(column) for column in zip(*rows, strict=True)]


def insert_missing(model, columns, rows) -> dict:
    """Insert rows that are not there yet, given in one order by all writers; those that are stay as they are.

    Returns the ids of those that were inserted, by their first column; call it in a transaction that writes.
    """
    fields = {field.attname: field for field in model._meta.concrete_fields}
    table, first = model._meta.db_table, fields[columns[0]].column
    with connection.wrap_database_errors, connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            names = ", ".join(f'"{fields[name].column}"' for name in columns)
            arrays = ", ".join(f"%s::{fields[name].rel_db_type(connection)}[]" for name in columns)
            told = f'SELECT * FROM unnest({arrays}) ON CONFLICT DO NOTHING RETURNING "{first}", "id"'
            cursor.execute(f'INSERT INTO "{table}" ({names}) {told}', columns_of(rows))
        else:  # nobody else writes meanwhile: what has a higher id than all had is new
            last = cursor.execute("SELECT seq FROM sqlite_sequence WHERE name = %s", [table]).fetchone()
            _insert_together(model, columns, _together(rows), "ON CONFLICT DO NOTHING")
            cursor.execute(f'SELECT "{first}", "id" FROM "{table}" WHERE "id" > %s', last or [0])
        return dict(cursor.fetchall())


def _together(rows) -> tuple[list[tuple], list[tuple]]:
    """Return the values of ``TOGETHER`` rows each in one tuple, and the rows left over."""
    rows = rows if isinstance(rows, list) else list(rows)
    end = len(rows) // TOGETHER * TOGETHER
    flat = [tuple(chain.from_iterable(rows[at : at + TOGETHER])) for at in range(0, end, TOGETHER)]
    return flat, [tuple(row) for row in rows[end:]]


def _insert_together(model, columns, together, how: str = "") -> None:
    fields = {field.attname: field.column for field in model._meta.concrete_fields}
    names = ", ".join(f'"{fields[name]}"' for name in columns)
    marks = f"({', '.join(['%s'] * len(columns))})"
    with connection.wrap_database_errors, connection.cursor() as cursor:
        for rows, values in zip(together, (", ".join([marks] * TOGETHER), marks), strict=True):
            if rows:
                cursor.executemany(f'INSERT INTO "{model._meta.db_table}" ({names}) VALUES {values} {how}', rows)


@contextmanager
def unlogged():
    """Keep no text of queries while very many are asked, unless somebody captures them.

    In development Django keeps each with its values written out: hundreds of megabytes, and much of the time.
    """
    if connection.force_debug_cursor or "make_debug_cursor" in vars(connection):
        yield
        return
    connection.make_debug_cursor = connection.make_cursor
    try:
        yield
    finally:
        del connection.make_debug_cursor


@contextmanager
def bounded():
    """Keep no more of SQLite's file in memory than 64 MB while very much is written.

    What is read through a map of the file counts as memory of the process, up to the map's 2 GB.
    """
    if connection.vendor == "postgresql":
        yield
        return
    with _set(mmap_size=0, cache_size=-65536):
        yield


def analyze(*models_) -> None:
    """Have PostgreSQL learn what tables hold (all: none named); until then it plans as for empty ones.

    It takes some seconds for millions of rows. SQLite plans without.
    """
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE " + ", ".join(f'"{model._meta.db_table}"' for model in models_))


@contextmanager
def first_load(models_, beside=(), *, indexes: bool = True):
    """Write very many new rows of some models without checking each row's references as it comes.

    PostgreSQL: one transaction, in which foreign keys and indexes (but primary keys) are dropped and, at its
    end, made again, which checks every row; others wait, and if it fails all is as it was (manual, "Populating
    a Database"). SQLite: references are checked together at the end, those of the models ``beside`` them, to
    which few rows are added, too; commits stay the caller's. There the models' own indexes are dropped
    meanwhile, unless ``indexes`` are to be kept, as they should where more is there than comes; ``mend`` makes
    them again after a process was killed.
    """
    if connection.vendor == "postgresql":
        with transaction.atomic(), _without_keys([model._meta.db_table for model in models_]):
            yield
    elif connection.in_atomic_block:  # SQLite changes this setting only between transactions
        yield
    else:
        without = _without_indexes(models_) if indexes else nullcontext()
        with connection.constraint_checks_disabled(), _checks_put_off(), without:
            yield
        written = [*models_, *beside]
        connection.check_constraints([model._meta.db_table for model in written])
        for model in written:
            _check_rows(model)


@contextmanager
def _checks_put_off():
    """Let SQLite take rows unchecked: it builds the lists of codes again for every row, half of its time.

    Pages of indexes that are written to all over stay in memory (256 MB) meanwhile.
    """
    with _set(ignore_check_constraints=1, cache_size=-262144):
        yield


@contextmanager
def _set(**wanted: int):
    """Give SQLite's connection other settings meanwhile."""
    with connection.cursor() as cursor:
        usual = {name: cursor.execute(f"PRAGMA {name}").fetchone()[0] for name in wanted}
        for name, value in wanted.items():
            cursor.execute(f"PRAGMA {name} = {value}").fetchall()
    try:
        yield
    finally:
        with connection.cursor() as cursor:
            for name, value in usual.items():
                cursor.execute(f"PRAGMA {name} = {value}").fetchall()


@contextmanager
def _without_indexes(models_):
    """Drop the indexes of SQLite's tables; made again of sorted rows they cost a third of keeping them."""
    with connection.cursor() as cursor:
        for name in _declared(models_):
            cursor.execute(f'DROP INDEX IF EXISTS "{name}"')
    try:
        yield
    finally:
        mend(models_)


def mend(models_) -> None:
    """Make the indexes that a killed ``first_load`` left out."""
    missing = lacking(models_)
    # Sorting in memory would hold a whole index there.
    with _set(temp_store=1) if missing else nullcontext(), connection.cursor() as cursor:
        for definition in missing.values():
            cursor.execute(definition)


def lacking(models_) -> dict[str, str]:
    """Return {name: SQL} of the indexes that models declare and SQLite has not; PostgreSQL loses none."""
    if connection.vendor == "postgresql":
        return {}
    with connection.cursor() as cursor:
        cursor.execute("SELECT name FROM sqlite_master WHERE type = 'index'")
        there = {name for (name,) in cursor.fetchall()}
    return {name: definition for name, definition in _declared(models_).items() if name not in there}


def _declared(models_) -> dict[str, str]:
    """Return {name: SQL} of models' own indexes; those that Django makes of a foreign key come in order anyway."""
    editor = connection.schema_editor()
    return {
        index.name: str(index.create_sql(model, editor)) for model in models_ for index in model._meta.indexes
    }


def _check_rows(model) -> None:
    """Raise IntegrityError where a row of a table breaks one of its CHECK constraints, read in one pass."""
    checks = [one for one in model._meta.constraints if isinstance(one, models.CheckConstraint)]
    broken = models.Q()
    for check in checks:
        broken |= ~check.condition
    if checks and (row := model._base_manager.filter(broken).first()):
        raise IntegrityError(f"{model._meta.db_table}: the row {row.pk} breaks a constraint of its table")


@contextmanager
def _without_keys(tables: list[str]):
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL maintenance_work_mem = '256MB'")
        cursor.execute("SET LOCAL work_mem = '128MB'")
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute(
            "SELECT conrelid::regclass::text, quote_ident(conname), pg_get_constraintdef(oid) FROM pg_constraint "
            "WHERE contype IN ('f', 'u') AND conrelid = ANY(%s::regclass[]) ORDER BY contype DESC",
            [tables],
        )
        constraints = cursor.fetchall()
        for table, name, _definition in reversed(constraints):
            cursor.execute(f"ALTER TABLE {table} DROP CONSTRAINT {name}")
        cursor.execute(
            "SELECT quote_ident(relname), pg_get_indexdef(indexrelid) FROM pg_index "
            "JOIN pg_class ON oid = indexrelid WHERE indrelid = ANY(%s::regclass[]) AND NOT indisprimary",
            [tables],
        )
        indexes = cursor.fetchall()
        for name, _definition in indexes:
            cursor.execute(f"DROP INDEX {name}")
        yield
        for _name, definition in indexes:
            cursor.execute(definition)
        for table, name, definition in constraints:
            cursor.execute(f"ALTER TABLE {table} ADD CONSTRAINT {name} {definition}")
