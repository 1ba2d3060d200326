"""People counted beforehand: what the command counts is what one finds by looking at every record."""

from collections import Counter
from itertools import combinations
from random import Random

import pytest
from django.core.management import call_command
from django.db import connection

from sources.models import Source
from tests.cast import FLORENSKY, MANDELSTAM, edit, enter, enter_all, gather
from tests.telling import a_source, name, put
from victims.dossier import dossiers
from victims.matching import merge, undo_merge
from victims.models import Arrest, Merge, Sentence, Trait, Victim
from victims.models.record import Change, EntryInput
from victims.statistics.cubes import (
    DIMENSIONS,
    NOT_TOLD,
    ONLY_TOLD_BY,
    TOLD_BY,
    UNRECOGNISED,
    VAGUE,
    counted,
    one_way,
    two_way,
)

pytestmark = pytest.mark.django_db


def count():
    call_command("count_people")


def test_people_are_not_counted_again_unless_that_is_asked_for():
    call_command("count_people", "--unless-counted")
    first = counted().counted_at
    call_command("count_people", "--unless-counted")
    assert counted().counted_at == first
    count()
    assert counted().counted_at > first


def month_of(fact) -> str:
    first, last = fact.date_earliest, fact.date_latest
    if not first:
        return UNRECOGNISED if fact.date_printed else NOT_TOLD
    if first.year < last.year:
        return VAGUE
    return str(first)[: 7 if first.month == last.month else 4]


def seen() -> tuple[Counter, Counter]:
    """Count by going through every record that the public sees, one by one: slow and plain."""
    ones, twos = Counter(), Counter()
    for dossier in dossiers(list(Victim.objects.published())):
        facts = {model: [telling.fact for telling in dossier.tellings(model)] for model in (Arrest, Sentence)}
        told = {
            "sex": {dossier.victim.sex},
            "arrested": {month_of(fact) for fact in facts[Arrest]},
            "sentenced": {month_of(fact) for fact in facts[Sentence]},
            "kind": {fact.kind for fact in facts[Sentence]},
            "source": {entry.source.slug for entry in dossier.entries},
            "nationality": {
                row.form.code or (UNRECOGNISED if row.form.state == "unrecognised" else VAGUE)
                for row in dossier.rows(Trait)
                if row.kind == "nationality"
            },
        }
        told = {of: ({value or NOT_TOLD for value in values} or {NOT_TOLD}) for of, values in told.items()}
        told = {of: (values - {NOT_TOLD} or values) for of, values in told.items()}
        synthetic = dossier.victim.synthetic
        ones.update((of, synthetic, value) for of, values in told.items() for value in values)
        pairs = combinations(sorted(told), 2)
        twos.update(
            (of, other, synthetic, a, b)
            for of, other in pairs
            for a in told[of]
            for b in told[other]
            if (of, other) != ("kind", "sentenced")
        )
        once = {(fact.kind or NOT_TOLD, month_of(fact)) for fact in facts[Sentence]} or {(NOT_TOLD, NOT_TOLD)}
        twos.update(("kind", "sentenced", synthetic, *both) for both in once)
    return ones, twos


def agree() -> None:
    count()
    ones, twos = seen()
    mine = {of for of, *_ in ones}
    for synthetic in (False, True):
        for of in mine:
            assert one_way(of, synthetic) == {v: n for (d, s, v), n in ones.items() if (d, s) == (of, synthetic)}
        for of, other in combinations(sorted(mine), 2):
            found = {(a, b): n for (d, e, s, a, b), n in twos.items() if (d, e, s) == (of, other, synthetic)}
            assert two_way(of, other, synthetic) == found
            assert two_way(other, of, synthetic) == {(b, a): n for (a, b), n in found.items()}


def someone(chance: Random, number: int) -> Victim:
    """Put a person of whom more or less is told into the database."""
    dates = [None, "1937-10-09", "1937-10", "1937", "1937/1938"]
    arrest, sentence = chance.choice(dates), chance.choice(dates)
    record = {"surname": f"Петров{number}", "birth": {"date": chance.choice(["1900", "1890-01-02", "1905"])}}
    record |= {key: value for key, value in {
        "sex": chance.choice([None, "male", "female"]),
        "nationality": chance.choice([None, "поляк", "несуществующий"]),
        "arrests": arrest and [{"date": arrest}],
        "sentences": sentence and [{"date": sentence, "kind": chance.choice(["vmn", "camp"])}],
    }.items() if value}  # fmt: skip
    synthetic = chance.random() < 0.2
    source = "synthetic" if synthetic else chance.choice(["lists", "martyrology"])
    return enter(record, source, synthetic=synthetic, status=chance.choice(["published", "published", "draft"]))


@pytest.mark.parametrize("seed", range(4))
def test_the_numbers_are_those_found_by_looking_at_every_record(seed):
    chance = Random(seed)
    people = [someone(chance, number) for number in range(25)]
    agree()
    lived = [person for person in people if person.status == "published" and not person.synthetic]
    merge(lived[0], lived[1], why="one man")
    merge(lived[2], lived[3], why="one man")
    agree()
    undo_merge(Merge.objects.order_by("pk").first(), why="two men")
    edit(Change(withdraw={lived[4].pk: "error", lived[5].pk: "privacy"}), why="not ours")
    agree()


def test_a_fact_that_several_books_tell_is_counted_once():
    gather(FLORENSKY, status="published")
    count()
    assert one_way("sentenced") == {"1933-07": 1, "1937-11": 1}
    assert one_way("source") == {"lists": 1, "martyrology": 1, "openlist": 1}
    assert one_way("died") == {"1937-12": 1}
    assert two_way("kind", "died") == {("camp", "1937-12"): 1, ("vmn", "1937-12"): 1}


def test_a_source_counts_with_all_that_it_is_part_of_and_whom_it_alone_tells_of():
    book, lists = a_source("kniga"), a_source("lists")
    first, second = (
        Source.objects.create(slug=f"kniga-{number}", kind="volume", parent=book, title="Том")
        for number in (1, 2)
    )
    put(name("Иванов"), name("Петров"), source=first)
    [twice, thrice] = put(name("Сидоров"), name("Орлов"), source=second)
    also = [EntryInput(source=first, item_key="x", record=name("Сидоров"), victim_id=twice.pk),
            EntryInput(source=lists, item_key="y", record=name("Орлов"), victim_id=thrice.pk)]  # fmt: skip
    edit(Change(put=also))
    count()
    assert one_way(TOLD_BY) == {"kniga": 4, "kniga-1": 3, "kniga-2": 2, "lists": 1}
    assert one_way(ONLY_TOLD_BY) == {"kniga": 3, "kniga-1": 2}


def test_what_sentences_tell_is_counted_together_only_where_one_sentence_tells_it():
    gather(FLORENSKY, status="published")
    count()
    assert two_way("sentenced", "kind") == {("1933-07", "camp"): 1, ("1937-11", "vmn"): 1}
    assert two_way("sentenced", "kind", among=["1937-11"]) == {("1937-11", "vmn"): 1}
    assert two_way("kind", "sentenced", and_among=["1933-07"]) == {("camp", "1933-07"): 1}


def test_occupations_are_counted_by_their_groups_what_is_not_recognised_apart():
    for number, words in enumerate(("колхозник", "член колхоза «Заря»", "звонарь-любитель", "")):
        told = {"surname": f"Петров{number}"} | ({"occupation": words} if words else {})
        enter(told, status="published")
    count()
    assert one_way("occupation") == {"collective_farmers": 2, UNRECOGNISED: 1, NOT_TOLD: 1}


def test_a_birth_is_told_by_tens_of_years_where_it_lies_in_one():
    for number, birth in enumerate(("1897", "1890/1899", "1899/1901")):
        enter({"surname": f"Петров{number}", "birth": {"date": birth}}, status="published")
    count()
    assert one_way("born") == {"1890-1899": 2, VAGUE: 1}


def test_what_is_not_told_and_what_is_not_recognised_stay_apart():
    enter({"surname": "Первый", "nationality": "несуществующий"}, status="published")
    enter({"surname": "Второй", "arrests": [{"date_printed": "в ночь"}]}, status="published")
    count()
    assert one_way("nationality") == {NOT_TOLD: 1, UNRECOGNISED: 1}
    assert one_way("arrested") == {NOT_TOLD: 1, UNRECOGNISED: 1}


def test_an_age_is_told_only_where_the_dates_leave_no_other():
    def arrested(surname, birth):
        enter(
            {"surname": surname, "birth": {"date": birth}, "arrests": [{"date": "1937-10-09"}]}, status="published"
        )

    arrested("Первый", "1900")
    arrested("Второй", "1907-10-09")
    arrested("Третий", "1907")
    count()
    assert one_way("age") == {"30-39": 2, VAGUE: 1}


def test_synthetic_people_stand_in_numbers_of_their_own():
    enter({"surname": "Выдуманный", "sex": "male"}, "synthetic", synthetic=True, status="published")
    count()
    assert one_way("sex") == {}
    assert one_way("sex", synthetic=True) == {"male": 1}


def test_drafts_are_not_counted_and_a_second_run_changes_nothing():
    enter_all(MANDELSTAM, status="draft")
    gather(FLORENSKY, status="published")
    count()
    first = [one_way(of) for of in DIMENSIONS]
    count()
    assert [one_way(of) for of in DIMENSIONS] == first
    assert counted().people == 1


def test_before_the_first_counting_nothing_is_claimed():
    assert counted() is None
    assert one_way("sex") == {}


def test_reading_the_numbers_asks_the_database_once(django_assert_num_queries):
    gather(FLORENSKY, status="published")
    count()
    with django_assert_num_queries(1, connection=connection):
        two_way("died", "sex")
