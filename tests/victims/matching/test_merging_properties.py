"""Merging and undoing, over made-up records: the very same rows come back."""

from contextlib import suppress

from hypothesis import given
from hypothesis import strategies as st

from tests.cast import edit, enter
from tests.victims.models.examples import dates, example_settings, places, small_records
from tests.victims.models.portrait import differing, dump, forgotten
from victims.matching import merge, not_same, undo_merge, undo_not_same
from victims.models import Entry, NotSame, Victim
from victims.models.checking import differences
from victims.models.record import Change, Refused, Ruling

#: A person: what some books say, each once or several times.
persons = st.lists(
    st.tuples(st.sampled_from(["case-file", "martyrology", "lists"]), small_records), min_size=1, max_size=3
)
own_values = st.one_of(
    st.tuples(st.sampled_from(["birth", "death"]), dates),
    st.tuples(st.sampled_from(["residence", "burial_place", "birth_place"]), places),
    st.tuples(st.just("name"), st.just({"surname": "Курбас", "given_name": "Лесь"})),
    st.tuples(st.just("manner"), st.sampled_from(["shot", "died"])),
)
entry_chosen = st.tuples(st.sampled_from(["name", "birth", "death", "occupation"]), st.integers(0, 2))
#: Decisions: whose, on which field, and either an own value or the number of one of their entries.
rulings = st.lists(st.tuples(st.integers(0, 2), own_values | entry_chosen), max_size=3)
#: Three persons become one: who goes into whom first, and then.
chains = st.sampled_from([((0, 1), (1, 2)), ((0, 1), (2, 1)), ((2, 1), (1, 0)), ((1, 0), (2, 0))])


def enter_persons(told, decided):
    """Put persons and decisions on them into the database."""
    victims = []
    for number, books in enumerate(told):
        victim = None
        for place, (source, record) in enumerate(books):
            victim = enter(record, source, f"{number}/{place}", victim_id=victim and victim.pk)
        victims.append(victim)
    for whose, (field, value) in decided:
        victim = victims[whose % len(victims)]
        ruling = Ruling(victim.pk, field, "as the file has it")
        if isinstance(value, int):
            entries = Entry.objects.filter(victim=victim).order_by("pk")
            ruling.entry_id = entries[value % len(entries)].pk
        else:
            ruling.value = value
        edit(Change(decide=[ruling]))
    return victims


@given(told=st.tuples(persons, persons), decided=rulings)
@example_settings(30)
def test_a_merge_that_is_undone_leaves_the_very_same_rows(db, told, decided):
    with forgotten():
        kept, absorbed = enter_persons(told, decided)
        before = dump()
        made = merge(kept, absorbed, why="one person")
        assert list(differences()) == []
        undo_merge(made, why="two persons")
        assert differing(before, dump()) == {}


@given(told=st.tuples(persons, persons, persons), decided=rulings, chain=chains, first=st.sampled_from([0, 1]))
@example_settings(18)
def test_chained_merges_undone_in_any_order_leave_the_very_same_rows(db, told, decided, chain, first):
    with forgotten():
        victims = enter_persons(told, decided)
        before = dump()
        made = [merge(victims[kept], victims[absorbed], why="one person") for absorbed, kept in chain]
        undo_merge(made[first], why="two persons")
        assert list(differences()) == []
        undo_merge(made[1 - first], why="three persons")
        assert differing(before, dump()) == {}


@given(
    told=st.tuples(persons, persons, persons), chain=chains, apart=st.sampled_from([(0, 1), (1, 2), (2, 0)]),
    after=st.integers(0, 2),
)  # fmt: skip
@example_settings(18)
def test_whom_a_finding_keeps_apart_no_chain_of_merges_joins(db, told, chain, apart, after):
    with forgotten():
        victims = enter_persons(told, [])
        before, made, found = dump(), [], None
        for number, (absorbed, kept) in enumerate([*chain, (None, None)]):
            if number == after:
                with suppress(Refused):  # they may be one record by now
                    found = not_same(*(victims[one] for one in apart), why="two persons")
            if kept is not None:
                with suppress(Refused):
                    made.append(merge(victims[kept], victims[absorbed], why="one person"))
        one, other = (Victim.objects.get(pk=victims[number].pk).current for number in apart)
        assert found is None or one != other
        assert found is not None or len(made) > 0
        assert list(differences()) == []
        for merged in reversed(made):
            undo_merge(merged, why="three persons")
        if found:
            undo_not_same(found, why="who knows")
        assert differing(before, dump()) == {} and NotSame.objects.count() == 0
