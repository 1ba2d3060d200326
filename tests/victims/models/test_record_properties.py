"""What holds of every record, whatever it says: made-up records go through the door."""

import json
from collections import Counter

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.cast import book, edit, enter, entry
from tests.victims.models.examples import GROUP, OTHER, UNIT, example_settings, small_records, whole_records
from tests.victims.models.portrait import differing, dump, forgotten, portrait
from victims.importing.reference import load_reference
from victims.matching import merge
from victims.models import FACTS, SENTENCE_PARTS, Entry, GroupCase, Revision, Victim
from victims.models.checking import differences
from victims.models.record import Change, write
from victims.models.rows import KNOWN
from victims.vocabulary import RevisionKind

BOOKS = ("case-file", "martyrology", "lists")
#: Items of an import, and for each the number of the person it tells of.
items = st.lists(st.tuples(st.sampled_from(BOOKS), small_records, st.integers(0, 1)), min_size=1, max_size=4).map(
    lambda told: [(source, str(key), record, whose) for key, (source, record, whose) in enumerate(told)]
)


def victim_of(source, key):
    return Victim.objects.get(entries__source=book(source), entries__item_key=key)


def import_and_merge(told, parts=1):
    """Import items in so many parts, then merge those that tell of the same person."""
    size = -(-len(told) // parts)
    for start in range(0, len(told), size):
        put = [entry(record, source, key) for source, key, record, _ in told[start : start + size]]
        write(Change(put=put), kind=RevisionKind.IMPORT)
    for person in (0, 1):
        first, *others = sorted((key, source) for source, key, _, whose in told if whose == person) or [None]
        for key, source in others:
            merge(victim_of(first[1], first[0]), victim_of(source, key), why="one person")


@given(told=items, data=st.data())
@example_settings(15)
def test_the_order_of_import_does_not_matter(db, told, data):
    shuffled = data.draw(st.permutations(told))
    with forgotten():
        import_and_merge(told)
        one = portrait()
    with forgotten():
        import_and_merge(shuffled, parts=data.draw(st.integers(1, 4)))
        assert differing(one, portrait()) == {}


def enter_together(told):
    """Put items into the database, each with its person at once."""
    found = {}
    for source, key, record, whose in told:
        victim = enter(record, source, key, victim_id=found.get(whose))
        found[whose] = victim.pk


@given(told=items, data=st.data())
@example_settings(25)
def test_removing_entries_leaves_what_would_be_had_they_never_been_imported(db, told, data):
    numbers = list(range(len(told)))
    gone = data.draw(st.lists(st.sampled_from(numbers), min_size=1, unique=True))
    with forgotten():
        enter_together(told)
        edit(
            Change(
                remove=[
                    Entry.objects.get(source=book(told[number][0]), item_key=told[number][1]).pk for number in gone
                ]
            )
        )
        assert list(differences()) == []
        left = portrait(without_removed=True)
    with forgotten():
        enter_together([item for number, item in enumerate(told) if number not in gone])
        assert differing(left, portrait(without_removed=True)) == {}


@given(told=items, data=st.data())
@example_settings(20)
def test_an_entry_removed_and_imported_again_is_as_it_was(db, told, data):
    source, key, record, _ = data.draw(st.sampled_from(told))
    with forgotten():
        enter_together(told)
        before = portrait()
        edit(Change(remove=[Entry.objects.get(source=book(source), item_key=key).pk]))
        write(Change(put=[entry(record, source, key)]), kind=RevisionKind.IMPORT)
        assert differing(before, portrait()) == {}
        assert list(differences()) == []


@given(told=items)
@example_settings(15)
def test_importing_the_same_again_changes_nothing(db, told):
    with forgotten():
        import_and_merge(told)
        before, logged = dump(), Revision.objects.count()
        written = write(
            Change(put=[entry(record, source, key) for source, key, record, _ in told]),
            kind=RevisionKind.IMPORT,
        )
        assert len(written.unchanged) == len(told)
        assert differing(before, dump()) == {}
        assert Revision.objects.count() == logged


# --- the record form: everything told is kept, in one canonical form ---

SHORTHANDS = {model.slot: model.shorthand for model in (*FACTS, *SENTENCE_PARTS)}


@pytest.fixture
def herself(db):
    """What made-up records link to is in the database; return the public id of the other person."""
    load_reference()
    GroupCase.objects.create(name=GROUP, source=book(UNIT))
    return enter({"surname": "Пешкова"}).public_id


def told_facts(record: dict) -> Counter:
    """Return everything that a record tells, each fact by itself, however it was written."""
    told = Counter()
    mentioned = {
        fact.get("case")
        for facts in record.values()
        for fact in (facts if isinstance(facts, list) else [facts])
        if isinstance(fact, dict)
    }
    for slot, facts in record.items():
        for number, fact in enumerate(facts if isinstance(facts, list) else [facts], start=1):
            if not isinstance(fact, dict):
                fact = {SHORTHANDS.get(slot) or slot: fact}
            fact = {
                key: value
                for key, value in fact.items()
                if value not in (None, "", [], {}, False) or (value == 0 and value is not False)
            }
            if slot == "cases":
                if not fact.keys() - {"number"} and fact.get("number", number) in mentioned:
                    continue  # the mention says it all
                fact.setdefault("number", number)
            if slot == "birth" and isinstance(fact.get("date"), list):
                told.update((slot, f"{{'date': '{date}'}}") for date in fact["date"][1:])
                fact["date"] = fact["date"][0]
            if slot == "name_variants" and fact.get("kind") == "variant":
                del fact["kind"]
            for part in {"articles", "revision"} & fact.keys():
                fact[part] = sorted(told_facts({part: fact[part]}).elements())
                if not fact[part]:
                    del fact[part]
            if fact or slot not in ("birth", "death", "residence", "revision"):
                told[slot, str(dict(sorted(fact.items())))] += 1
    for slot in set(record) - SHORTHANDS.keys():  # "not told" and not being in the record are the same
        told.pop((slot, "{}"), None)
    return told


def canonical(record: dict, key: str) -> dict:
    """Return a record in the one form in which the database tells it: as the log has it."""
    victim = enter(record, key=key)
    [told] = Revision.objects.filter(victim=victim).latest("id").record["entries"]
    return told["record"]


@given(record=whole_records)
@example_settings(60)
def test_every_record_is_kept_whole_and_in_one_form(herself, record):
    record = json.loads(json.dumps(record).replace(OTHER, herself))
    with forgotten():
        once = canonical(record, "once")
        assert told_facts(once) == told_facts(record)
        assert canonical(once, "twice") == once
        assert list(differences()) == []


def test_the_made_up_records_have_every_slot_of_the_record_form():
    seen = set()

    @given(record=whole_records)
    @settings(max_examples=300, database=None, deadline=None)
    def draw(record):
        seen.update(record)

    draw()
    assert seen == KNOWN
