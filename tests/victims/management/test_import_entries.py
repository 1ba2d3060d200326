"""import_entries and parse_entries: books into the database, and what is said of files that are none."""

import gzip
import json
import shutil
import signal
import sqlite3
import time

import pytest
from django.apps import apps

from sources.models import Source
from tests.telling import a_source, everything, manage, run, start
from victims.models import Batch, Entry, Revision, Victim
from victims.models.checking import differences

WORDS = "{}, род. {}, русский, б/п, токарь. Расстрелян 5.08.1938. Место захоронения: Бутово."
IVANOV, PETROV = WORDS.format("Иванов Иван Иванович", 1900), WORDS.format("Петров Пётр", 1890)
BOOK = ("--source", "book")


def lines(*rows) -> str:
    return "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows)


@pytest.fixture
def file(tmp_path):
    """Write bytes, text or rows to a file, and return its path."""

    def made(content, file_name="book.jsonl"):
        if isinstance(content, list):
            content = lines(*content)
        path = tmp_path / file_name
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
        return path

    return made


@pytest.fixture
def book(db):
    return a_source()


@pytest.fixture
def two(file):
    return file([{"id": "1", "text": IVANOV}, {"id": "2", "text": PETROV}])


def hundreds(count) -> list[dict]:
    return [{"id": n, "text": WORDS.format(f"Иванов{'а' * (n % 90)} Иван", 1850 + n % 60)} for n in range(count)]


# --- importing -----------------------------------------------------------------------------------------


def test_the_real_list_of_moscow_is_imported_once(shared_data, db):
    path = shared_data / "entries" / "moscow.jsonl.gz"
    first = run("import_entries", path, "--source", "moscow", "--create-source")
    assert (first.code, "7033 read, 7033 new, 0 changed, 0 unchanged" in first.out) == (0, True)
    before = everything("Batch")
    second = run("import_entries", path, "--source", "moscow")
    assert (second.code, "7033 read, 0 new, 0 changed, 7033 unchanged" in second.out) == (0, True)
    assert everything("Batch") == before
    assert run("search", "абазов сергеевич НИКОЛАЙ").out.split("\n")[0].count("Абазов Николай Сергеевич") == 1


def test_entries_are_published_and_found(book, two):
    ran = run("import_entries", two, *BOOK)
    assert ran.code == 0
    batch = Batch.objects.get()
    assert ran.out.startswith(f"batch {batch.pk}: 2 read, 2 new, 0 changed, 0 unchanged, 0 warned, 0 rejected")
    assert run("search", "иванов иван").out.count("\n") == 1
    assert list(differences()) == []


def test_a_text_file_is_imported_alike(book, file):
    path = file(f"{IVANOV}\n\n{PETROV}\n", "book.txt")
    assert "2 read, 2 new" in run("import_entries", path, *BOOK).out
    assert "2 read, 0 new, 0 changed, 2 unchanged" in run("import_entries", path, *BOOK).out


def test_a_changed_text_becomes_a_version(book, two, file):
    run("import_entries", two, *BOOK)
    again = file([{"id": "1", "text": IVANOV.replace("1900", "1901")}, {"id": "2", "text": PETROV}])
    assert "2 read, 0 new, 1 changed, 1 unchanged" in run("import_entries", again, *BOOK).out
    entry = Entry.objects.get(item_key="1")
    assert (entry.version, entry.victim.birth) == (2, "1901")
    assert Victim.objects.count() == 2


def test_a_dry_run_counts_and_writes_nothing(book, two):
    before = everything()
    ran = run("import_entries", two, *BOOK, "--dry-run")
    assert (ran.code, ran.out) == (
        0,
        "dry run, nothing written: 2 read, 2 new, 0 changed, 0 unchanged, 0 warned, 0 rejected\n",
    )
    assert everything() == before


def test_a_dry_run_with_a_source_to_create_creates_none(db, two):
    ran = run("import_entries", two, *BOOK, "--create-source", "--dry-run")
    assert (ran.code, "2 read, 2 new" in ran.out) == (0, True)
    assert Source.objects.count() == 0


def test_an_unknown_source_is_named(db, two):
    a_source("another")
    ran = run("import_entries", two, *BOOK)
    assert ran.code == 2
    for words in ("book", "--create-source", "another"):
        assert words in ran.err
    assert Batch.objects.count() == 0


@pytest.mark.parametrize("command", [("export_entries", "-"), ("reread",)])
def test_commands_that_make_no_source_do_not_tell_to_make_one(db, command):
    a_source("another")
    ran = run(*command, "--source", "book")
    assert (ran.code, "another" in ran.err, "--create-source" in ran.err) == (2, True, False)


def test_a_source_is_created_where_it_is_asked_for(db, two):
    assert run("import_entries", two, *BOOK, "--create-source").code == 0
    assert Source.objects.get().slug == "book"
    assert run("import_entries", two, *BOOK, "--create-source").code == 0
    assert Source.objects.count() == 1


@pytest.mark.parametrize("slug", ["no spaces", "книга", "a" * 101, ""])
def test_an_id_that_no_source_can_have_is_refused(db, two, slug):
    ran = run("import_entries", two, "--source", slug, "--create-source")
    assert (ran.code, "--source" in ran.err) == (2, True)
    assert Source.objects.count() == 0


def test_drafts_are_not_found_by_the_public(book, two):
    run("import_entries", two, *BOOK, "--status", "draft")
    assert set(Victim.objects.values_list("status", flat=True)) == {"draft"}
    assert run("search", "иванов").out == "Nobody was found.\n"


def test_synthetic_persons_are_marked(db, two):
    run("import_entries", two, *BOOK, "--create-source", "--synthetic")
    assert set(Victim.objects.values_list("synthetic", flat=True)) == {True}
    assert Source.objects.get().synthetic
    assert "SYNTHETIC" in run("search", "иванов").out


def test_synthetic_persons_are_marked_in_a_source_of_real_ones_too(book, two):
    run("import_entries", two, *BOOK, "--synthetic")
    assert set(Victim.objects.values_list("synthetic", flat=True)) == {True}
    assert not Source.objects.get().synthetic


def test_rejected_lines_are_listed_and_the_others_kept(book, file):
    rest = [{"id": "1", "text": PETROV}, {"id": "2", "text": ""}, {"id": "3", "text": PETROV}]
    ran = run("import_entries", file(lines({"id": "1", "text": IVANOV}) + "{\n" + lines(*rest)), *BOOK)
    assert ran.code == 2
    assert "5 read, 2 new, 0 changed, 0 unchanged, 0 warned, 3 rejected" in ran.out
    for number in (2, 3, 4):
        assert f"rejected line {number}: " in ran.out
    assert set(Entry.objects.values_list("item_key", flat=True)) == {"1", "3"}


def test_a_long_list_of_rejected_lines_is_cut(book, file):
    ran = run("import_entries", file("{\n" * 70), *BOOK)
    assert (ran.code, ran.out.count("rejected line")) == (2, 50)
    assert "… and 20 more" in ran.out


@pytest.mark.parametrize("content", ["", "\n\n"])
def test_an_empty_file_brings_nobody(book, file, content):
    ran = run("import_entries", file(content), *BOOK)
    assert (ran.code, "0 read, 0 new" in ran.out) == (0, True)


def spoilt(kind) -> bytes:
    """Return a file of a thousand good entries that cannot be read to its end."""
    good = lines(*hundreds(1000)).encode()
    return {
        "cut short": gzip.compress(good)[:-20],
        "damaged": gzip.compress(good)[:-8] + b"\0" * 8,
        "cp1251": good + '{"id": "x", "text": "Петров"}'.encode("cp1251"),
        "huge line": good + b"x" * 4_000_001,
        "rubbish": bytes(range(128, 256)) * 100,
    }[kind]


@pytest.mark.parametrize("kind", ["cut short", "damaged", "cp1251", "huge line", "rubbish"])
def test_a_file_that_cannot_be_read_to_its_end_is_told_and_nothing_is_written(book, file, kind):
    before = everything()
    ran = run("import_entries", file(spoilt(kind)), *BOOK)
    assert ran.code == 2
    assert "book.jsonl, line " in ran.err
    assert any(remedy in ran.err for remedy in ("fetch it again", "save the file as UTF-8", "no list of entries"))
    assert everything() == before


def test_a_spoilt_file_creates_no_source(db, file):
    run("import_entries", file(spoilt("cut short")), *BOOK, "--create-source")
    assert Source.objects.count() == 0


def test_a_file_that_is_not_there_is_named(book, tmp_path):
    for path in (tmp_path / "missing.jsonl", tmp_path):
        ran = run("import_entries", path, *BOOK)
        assert (ran.code, str(path) in ran.err) == (2, True)


# --- as a process of its own ---------------------------------------------------------------------------


def state(path) -> dict:
    """Return all that an SQLite file says of persons: every table but the lists of runs and what they logged.

    Ids are told by their place in the row of ids, as numbers that a killed run had taken are not used again.
    """
    aside = ("victims_batch", "victims_revision", "django_migrations", "sqlite_sequence")
    links = {
        model._meta.db_table: {
            field.column: field.related_model._meta.db_table
            for field in model._meta.concrete_fields
            if field.is_relation
        }
        for model in apps.get_models()
    }
    with sqlite3.connect(path) as connection:
        ask = lambda question: connection.execute(question).fetchall()  # noqa: E731
        tables = [name for (name,) in ask("SELECT name FROM sqlite_master WHERE type = 'table'")]
        columns = {table: [row[1] for row in ask(f'PRAGMA table_info("{table}")')] for table in tables}
        places = {
            table: {pk: place for place, (pk,) in enumerate(ask(f'SELECT id FROM "{table}" ORDER BY id'))}
            for table in tables
            if "id" in columns[table]
        }
        told = {}
        for table in set(tables) - {*aside}:
            of = {"id": table, **links.get(table, {})}
            kept = [name for name in columns[table] if name != "batch_id"]
            names = ", ".join(f'"{name}"' for name in kept)
            rows = ask(f'SELECT {names} FROM "{table}"')
            told[table] = sorted(
                (
                    tuple(
                        places[of[name]][value] if of.get(name) in places and value is not None else value
                        for name, value in zip(kept, row, strict=True)
                    )
                    for row in rows
                ),
                key=repr,
            )
    return told


def imported(path) -> int:
    with sqlite3.connect(path, timeout=30) as connection:
        return connection.execute("SELECT count(*) FROM victims_entry").fetchone()[0]


def test_an_import_killed_half_way_is_finished_by_running_it_again(database, tmp_path, file):
    path, clean = file(hundreds(2000)), shutil.copy(database, tmp_path / "clean.sqlite3")
    command = ("import_entries", path, *BOOK, "--create-source")
    process = start(database, *command)
    deadline = time.monotonic() + 60
    while not 0 < imported(database) < 2000 and time.monotonic() < deadline and process.poll() is None:
        time.sleep(0.01)
    process.send_signal(signal.SIGKILL)
    process.communicate()
    half = imported(database)
    assert 0 < half < 2000
    assert manage(database, "check_records").code == 0
    again = manage(database, *command)
    assert (again.code, f"2000 read, {2000 - half} new, 0 changed, {half} unchanged" in again.out) == (0, True)
    assert manage(clean, *command).code == 0
    assert state(database) == state(clean)
    assert manage(database, "check_records").code == 0


def test_exit_codes_and_messages_without_a_traceback(database, file, two):
    for arguments, code, words in [
        (("import_entries", two, "--source", "nobody"), 2, "--source nobody: there is no such source"),
        (("import_entries", "missing.jsonl", *BOOK), 2, "missing.jsonl: there is no such file"),
        (("import_entries", file("{\n", "bad.jsonl"), *BOOK, "--create-source"), 2, ""),
        (("import_entries", two, *BOOK, "--create-source"), 0, ""),
        (("import_entries", two, *BOOK, "--status", "withdrawn"), 2, "invalid choice"),
    ]:
        ran = manage(database, *arguments)
        assert ran.code == code, ran.err
        assert words in ran.err
        assert "Traceback" not in ran.err


# --- reading without writing ---------------------------------------------------------------------------

SLOTS = {
    "surname", "given_name", "patronymic", "name_variants", "sex", "birth", "nationality", "citizenship",
    "social_origin", "education", "party", "occupation", "residence", "arrests", "sentences", "death",
    "rehabilitations",
}  # fmt: skip
FURTHER = {"archival_files", "imprisonments", "sources"}  # told only where the entry prints them


def test_entries_are_parsed_in_the_gold_form(two):
    ran = run("parse_entries", two)
    rows = [json.loads(line) for line in ran.out.splitlines()]
    assert [row.keys() for row in rows] == [{"id", "record"}] * 2
    assert [row["id"] for row in rows] == ["1", "2"]
    assert rows[0]["record"].keys() == SLOTS
    assert rows[0]["record"] | {"residence": None, "sex": "male"} == {
        "surname": "Иванов",
        "given_name": "Иван",
        "patronymic": "Иванович",
        "name_variants": [],
        "sex": "male",
        "birth": {"date": "1900", "place": None},
        "nationality": "русский",
        "citizenship": None,
        "social_origin": None,
        "education": None,
        "party": "б/п",
        "occupation": "токарь",
        "residence": None,
        "arrests": [],
        "sentences": [],
        "death": {"date": "1938-08-05", "manner": "shot", "burial_place": "Бутово"},
        "rehabilitations": [],
    }


def test_a_report_counts_what_became_of_the_words(file):
    told = [IVANOV, IVANOV.replace("Бутово", "Донское"), "Иванов Иван. Расстрелян 31.06.1938."]
    ran = run("parse_entries", "--report", file("\n\n".join(told), "book.txt"))
    lines = ran.out.splitlines()
    assert lines[0] == "3 entries, 66.67% without a remainder"
    assert lines[lines.index("# warnings: 1") + 1] == "1\timpossible_date"
    assert lines[lines.index("# remainders, figures as 0: 1") + 1] == "1\t00.00.0000"
    heading = lines.index("# death.burial_place: in 66.67% of entries, 2 values")
    assert lines[heading + 1 : heading + 3] == ["longest\t7\tДонское", "longest\t6\tБутово"]
    assert lines[heading + 3 : heading + 5] == ["1\tБутово", "1\tДонское"]


def test_several_files_are_parsed_after_each_other(file, tmp_path):
    other = tmp_path / "other.txt"
    other.write_text(PETROV, encoding="utf-8")
    ran = run("parse_entries", file(IVANOV, "book.txt"), other)
    assert [json.loads(line)["record"]["surname"] for line in ran.out.splitlines()] == ["Иванов", "Петров"]


def test_the_gold_entries_are_answered_line_by_line(shared_data):
    gold = shared_data / "gold"
    ids = [json.loads(line)["id"] for line in (gold / "gold.jsonl").read_text().splitlines()]
    ran = run("parse_entries", gold / "entries.jsonl")
    rows = [json.loads(line) for line in ran.out.splitlines()]
    assert [row["id"] for row in rows] == ids
    assert all(row["record"].keys() >= SLOTS for row in rows)
    assert {name for row in rows for name in row["record"]} - SLOTS <= FURTHER


@pytest.mark.parametrize("given", [lines({"id": "1", "text": IVANOV}), "\ufeff" + IVANOV + "\r\n\r\n"])
def test_standard_input_is_parsed_alike_and_without_a_database(tmp_path, given):
    missing = tmp_path / "no" / "database.sqlite3"
    for arguments in ((), ("-",)):
        ran = manage(missing, "parse_entries", *arguments, given=given.encode())
        assert (ran.code, ran.err) == (0, "")
        [row] = [json.loads(line) for line in ran.out.splitlines()]
        assert row["record"]["surname"] == "Иванов"


def test_lines_that_cannot_be_parsed_are_told_and_the_others_answered(tmp_path, file):
    path = file(lines({"id": "1", "text": IVANOV}) + "{\n" + lines({"id": "2", "text": PETROV}))
    ran = manage(tmp_path / "none.sqlite3", "parse_entries", path)
    assert ran.code == 2
    assert [json.loads(line)["id"] for line in ran.out.splitlines()] == ["1", "2"]
    assert "line 2: " in ran.err
    assert "1 lines could not be read" in ran.err
    assert "Traceback" not in ran.err


# Named, because a gzip header tells the second it was made in and every worker must collect the same tests.
@pytest.mark.parametrize(
    "given",
    ["Иванов\n".encode("cp1251"), gzip.compress(b"x" * 100)[:-9], b"\x00\xff\xfe"],
    ids=["cp1251", "gzip cut short", "bytes"],
)
def test_rubbish_is_refused_in_words(tmp_path, file, given):
    none = tmp_path / "none.sqlite3"
    by_file = manage(none, "parse_entries", file(given))
    by_pipe = manage(none, "parse_entries", given=given)
    for ran in (by_file, by_pipe):
        assert ran.code == 2
        assert "Traceback" not in ran.err
        assert ran.out == ""


def test_a_file_to_parse_that_is_not_there_is_named(tmp_path):
    ran = run("parse_entries", tmp_path / "missing.txt")
    assert (ran.code, "there is no such file" in ran.err) == (2, True)


def test_every_import_is_logged(book, two):
    run("import_entries", two, *BOOK)
    run("import_entries", two, *BOOK)
    batches = Batch.objects.order_by("pk")
    assert [batch.counts["new"] for batch in batches] == [2, 0]
    assert Revision.objects.filter(batch=batches[0]).count() == 1
