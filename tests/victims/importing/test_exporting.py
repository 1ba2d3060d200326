"""What is exported is read back: the same words, records, corrections and what is shown of them."""

import json

import pytest
from django.core.management import call_command
from hypothesis import given

from tests.cast import FLORENSKY, KURBAS, MANDELSTAM, SPIRIDONOVA, edit, enter, entry_of
from tests.telling import a_source, run
from tests.victims.importing.files import HEADER, IVANOV, PETROV, delimited
from tests.victims.models.examples import example_settings, whole_records
from tests.victims.models.portrait import forgotten
from victims.importing.exporting import exported
from victims.importing.loading import load
from victims.importing.readers import ReadError, read
from victims.models import Entry, Victim, cluster
from victims.models.checking import differences
from victims.models.record import Change, EntryInput, write
from victims.vocabulary import RevisionKind

pytestmark = pytest.mark.django_db
SHOWN = ("name", "sex", "birth", "death", "manner", "sort_key")
KEPT = ("item_key", "locator", "language", "text", "spans", "parser_version", "warnings", "corrections")


def told() -> dict:
    """Return all that entries keep and their records say, and what is shown, by source and key."""
    found = {}
    for entry in Entry.objects.filter(removed=False).select_related("source", "victim"):
        shown = {name: getattr(entry.victim, name) for name in (*SHOWN, "synthetic")}
        shown |= {name: str(getattr(entry.victim, name)) for name in ("birth_place", "nationality", "occupation")}
        found[entry.source.slug, entry.item_key] = (
            {name: getattr(entry, name) for name in KEPT}, cluster.record_of(entry), shown
        )  # fmt: skip
    return found


def round_trip(tmp_path, *sources):
    for slug in sources:
        assert run("export_entries", tmp_path / f"{slug}.jsonl.gz", "--source", slug).code == 0
    call_command("flush", interactive=False)
    for slug in sources:
        ran = run("import_entries", tmp_path / f"{slug}.jsonl.gz", "--source", slug, "--create-source")
        assert ran.code == 0, ran.out + ran.err


@pytest.mark.django_db(transaction=True)
def test_a_database_is_read_back_from_its_exports(tmp_path):
    for person, source in ((FLORENSKY, "martyrology"), (MANDELSTAM, "lists"), (SPIRIDONOVA, "lists")):
        enter(person[source], source)
    words = {"text": "Курбас, режиссёр", "locator": "с. 5", "language": "uk", "parser_version": "1"}
    corrected = enter(KURBAS["lists"], "lists", **words)
    mended = {"occupation": {"value": "актёр", "reason": "the file"}}
    edit(Change(correct={entry_of(corrected, "lists").pk: mended}))
    table = tmp_path / "book.csv"
    table.write_text(delimited(HEADER, IVANOV, PETROV))
    assert run("import_entries", table, "--source", "book", "--create-source").code == 0
    text = tmp_path / "book.txt"
    text.write_text("Иванов Иван Иванович, род. 1900, токарь. Ъъъ. Арестован 31.06.1937.\n")
    assert run("import_entries", text, "--source", "text", "--create-source", "--synthetic").code == 0
    before = told()
    round_trip(tmp_path, "martyrology", "lists", "book", "text")
    assert told() == before
    assert list(differences()) == []
    again = run("import_entries", tmp_path / "lists.jsonl.gz", "--source", "lists")
    assert "3 read, 0 new, 0 changed, 3 unchanged" in again.out


def unlinked(value):
    """Return a record without what leads to rows that an empty database does not have."""
    if isinstance(value, dict):
        links = ("other", "group", "unit", "operation")
        return {key: unlinked(inner) for key, inner in value.items() if key not in links}
    return [unlinked(inner) for inner in value] if isinstance(value, list) else value


@given(whole_records.map(unlinked))
@example_settings(40)
def test_any_record_is_read_back_as_it_was(db, record):
    with forgotten():
        source = a_source()
        write(Change(put=[EntryInput(source=source, item_key="1", record=record, keep_reading=False)]),
              kind=RevisionKind.EDIT)  # fmt: skip
        lines = list(exported(Entry.objects.all()))
        other = a_source("other")
        assert load(read("-", lines=lines), other).new == 1
        first, read_back = Entry.objects.get(source=source), Entry.objects.get(source=other)
        assert cluster.record_of(read_back) == cluster.record_of(first)


def test_drafts_and_published_records_may_be_exported_apart(tmp_path):
    enter(KURBAS["lists"], "lists")
    for status, count in (("draft", Victim.objects.filter(status="draft").count()), ("published", 0)):
        ran = run("export_entries", "-", "--source", "lists", "--status", status)
        assert (ran.code, ran.out.count("\n")) == (0, count)


@pytest.mark.parametrize(
    ("wrong", "word"),
    [
        ({"spans": [["surname", [[0, 99]]]]}, "spans"),
        ({"spans": {"surname": 1}}, "spans"),
        ({"warnings": [1]}, "warnings"),
        ({"corrections": {"birth.date": {"value": "31.02.1937"}}}, "birth"),
        ({"corrections": [1]}, "corrections"),
        ({"corrections": {"birth.date": 5}}, "corrections"),
    ],
)
def test_an_export_that_was_spoilt_is_rejected(wrong, word):
    line = {"id": "1", "text": "Иванов", "record": {"surname": "Иванов"}} | wrong
    [error] = read("-", lines=[json.dumps(line) + "\n"])
    assert isinstance(error, ReadError)
    assert word in error.message


def test_an_export_to_where_nothing_can_be_written_is_told(tmp_path):
    a_source()
    ran = run("export_entries", tmp_path / "missing" / "a.jsonl", "--source", "book")
    assert (ran.code, "cannot be written" in ran.err) == (2, True)
    assert run("export_entries", "-", "--source", "nobody").code == 2


def test_an_export_that_cannot_be_finished_leaves_nothing_behind(tmp_path):
    enter(FLORENSKY["lists"], "lists")
    (tmp_path / "there.jsonl").mkdir()
    ran = run("export_entries", tmp_path / "there.jsonl", "--source", "lists")
    assert (ran.code, "cannot be written" in ran.err) == (2, True)
    assert [path.name for path in tmp_path.iterdir()] == ["there.jsonl"]
