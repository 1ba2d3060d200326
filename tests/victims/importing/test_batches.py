"""Undoing an import: what it brought goes, what it changed is as it was, whatever happened since."""

import pytest
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from tests.cast import (
    FLORENSKY,
    KURBAS,
    MANDELSTAM,
    SPIRIDONOVA,
    again,
    book,
    edit,
    enter,
    entry,
    entry_of,
    gather,
)
from tests.victims.models.examples import example_settings, small_records
from tests.victims.models.portrait import differing, forgotten, portrait
from victims.importing.batches import undo_batch
from victims.importing.loading import load
from victims.importing.readers import Item
from victims.matching import merge, undo_merge
from victims.models import Batch, Entry, Victim
from victims.models.checking import differences
from victims.models.record import Change, Refused, Ruling, write
from victims.vocabulary import RevisionKind, Status

pytestmark = pytest.mark.django_db


def importing(*told, source="lists", text=True) -> Batch:
    """Import what a book says of some people, each (key, record), and return the batch."""
    batch = Batch.objects.create(source=book(source), started_at=timezone.now())
    put = [entry(record, source, key, text=str(record) if text else "") for key, record in told]
    write(Change(put=put), kind=RevisionKind.IMPORT, batch=batch, status=Status.PUBLISHED)
    return batch


def undo(batch):
    counts = undo_batch(batch, why="the wrong file")
    assert list(differences()) == []
    return counts


def test_what_an_import_brought_goes_and_its_words_stay():
    batch = importing(("1", KURBAS["lists"]), ("2", MANDELSTAM["lists"]))
    assert undo(batch) == {"removed": 2, "reverted": 0}
    assert not Victim.objects.live().exists()
    told = Entry.objects.get(item_key="1")
    assert (told.removed, told.reading["surname"], told.text) == (True, "Курбас", str(KURBAS["lists"]))
    assert told.victim.tombstone.reason == "batch_undone"
    assert again(batch).undone_at is not None


def test_what_an_import_changed_is_as_it_was():
    importing(("1", KURBAS["lists"]), ("2", MANDELSTAM["lists"]))
    before = portrait(without_removed=True)
    batch = importing(
        ("1", KURBAS["lists"] | {"death": {"date": "1938"}}), ("2", MANDELSTAM["lists"]), ("3", KURBAS["lists"])
    )
    assert again(Victim.objects.get(entries__item_key="1")).death == "1938"
    assert undo(batch) == {"removed": 1, "reverted": 1}
    after = portrait(without_removed=True)
    assert differing({name: before[name] for name in before if name != "Entry"}, after) == {}


small_imports = st.dictionaries(st.sampled_from("1234"), small_records, min_size=1)


@given(imports=st.tuples(small_imports, small_imports, small_imports), gone=st.sampled_from([0, 1, 2]))
@example_settings(15)
def test_an_import_that_is_undone_leaves_what_the_others_brought(db, imports, gone):
    with forgotten():
        batches = [importing(*told.items()) for told in imports]
        undo(batches[gone])
        left = facts(portrait(without_removed=True))
    with forgotten():
        importing(*without(imports, gone).items())
        assert differing(left, facts(portrait(without_removed=True))) == {}


def without(imports, gone) -> dict:
    """Return what is told without one import: of each item its last version that another one brought.

    What a later import tells in the same words was brought by the first, and goes with it.
    """
    brought = {}
    for number, told in enumerate(imports):
        for key, record in told.items():
            versions = brought.setdefault(key, [])
            if not versions or versions[-1][1] != record:
                versions.append((number, record))
    left = {key: [record for number, record in versions if number != gone] for key, versions in brought.items()}
    return {key: records[-1] for key, records in left.items() if records}


def facts(told: dict) -> dict:
    """Return a portrait without what tells how often an entry was changed."""
    return {name: rows for name, rows in told.items() if name not in ("Entry", "EntryVersion")}


@pytest.mark.parametrize("order", [(0, 1), (1, 0)])
def test_two_imports_of_the_same_items_are_undone_in_any_order(order):
    batches = [importing(("1", KURBAS["lists"])), importing(("1", KURBAS["lists"] | {"occupation": "актёр"}))]
    for number in order:
        undo(batches[number])
    assert Entry.objects.get().removed
    assert not Victim.objects.live().exists()


def test_an_undone_import_can_be_made_again():
    undo(importing(("1", KURBAS["lists"])))
    importing(("1", KURBAS["lists"]))
    [victim] = Victim.objects.published()
    assert victim.death == "1937-11-03"
    assert Entry.objects.count() == 1


def test_words_of_an_undone_import_never_come_back_by_undoing_another():
    undo(importing(("1", KURBAS["lists"])))
    undo(importing(("1", KURBAS["lists"] | {"occupation": "актёр"})))
    assert Entry.objects.get().removed


def test_an_import_is_undone_after_a_merge_and_the_merge_after_it():
    kept = enter(FLORENSKY["martyrology"])
    batch = importing(("1", FLORENSKY["lists"] | {"nationality": "русский"}))
    absorbed = Victim.objects.get(entries__item_key="1")
    edit(Change(status={kept.pk: Status.PUBLISHED}))
    made = merge(kept, absorbed, why="one person")
    assert again(kept).nationality.text == "русский"
    undo(batch)
    assert again(kept).nationality is None
    undo_merge(made, why="two persons")
    assert again(absorbed).status == Status.WITHDRAWN
    assert list(differences()) == []


def test_an_import_is_undone_after_corrections_decisions_and_publication():
    victim = gather(FLORENSKY)
    batch = importing(("1", KURBAS["lists"]))
    imported = Victim.objects.get(entries__item_key="1")
    told = entry_of(imported, "lists")
    edit(Change(correct={told.pk: {"occupation": {"value": "актёр"}}}))
    edit(Change(decide=[Ruling(imported.pk, "death", "the file", value="1937-11-04")]))
    undo(batch)
    assert again(imported).status == Status.WITHDRAWN
    assert again(victim).status == Status.DRAFT
    importing(("1", KURBAS["lists"]))
    assert (again(imported).occupation.text, again(imported).death) == ("актёр", "1937-11-04")


def test_people_of_other_imports_are_left_alone():
    other = importing(("1", SPIRIDONOVA["lists"]))
    before = portrait(without_removed=True)
    undo(importing(("2", KURBAS["lists"])))
    assert differing(before, portrait(without_removed=True)) == {}
    assert again(other).undone_at is None


def test_entries_keyed_as_fields_go_back_too():
    importing(("1", KURBAS["lists"]), text=False)
    batch = importing(("1", KURBAS["lists"] | {"death": {"date": "1938"}}), text=False)
    undo(batch)
    assert Victim.objects.get().death == "1937-11-03"


def test_an_import_is_undone_once():
    batch = importing(("1", KURBAS["lists"]))
    undo(batch)
    with pytest.raises(Refused, match="undone already"):
        undo_batch(batch, why="?")


def test_an_undoing_that_was_killed_is_finished_by_running_it_again():
    batch = importing(("1", KURBAS["lists"]), ("2", MANDELSTAM["lists"]))

    def killed(done):
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        undo_batch(batch, why="the wrong file", progress=killed)
    assert again(batch).undone_at is None
    undo(batch)
    assert not Victim.objects.live().exists()


def test_a_file_that_was_read_by_the_parser_is_undone():
    items = [
        Item(1, "1", "Курбас Александр Степанович, 1887 г.р."),
        Item(2, "2", "Спиридонова Мария Александровна"),
    ]
    summary = load(items, book("lists"), status=Status.PUBLISHED)
    assert (summary.new, Victim.objects.published().count()) == (2, 2)
    assert undo(summary.batch) == {"removed": 2, "reverted": 0}
    summary = load(items, book("lists"), status=Status.PUBLISHED)
    assert (summary.new, summary.changed, Victim.objects.published().count()) == (0, 2, 2)
