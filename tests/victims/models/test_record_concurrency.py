"""Several writers at once: one after the other, and never a person twice."""

import pytest
from django.db import IntegrityError

from tests.cast import FLORENSKY, KURBAS, MANDELSTAM, SPIRIDONOVA, again, edit, enter, entry
from tests.telling import at_once
from victims.matching import merge
from victims.models import Entry, NamePart, PrintedForm, Victim
from victims.models.checking import differences
from victims.models.record import Change, Refused, write
from victims.vocabulary import RevisionKind

pytestmark = pytest.mark.django_db(transaction=True)


def importing(*put, victim=None):
    return lambda: write(Change(put=list(put)), kind=RevisionKind.IMPORT)


def failed(results) -> list:
    return [result for result in results if isinstance(result, Exception)]


def people(words: str, number=60, source="lists") -> list:
    """Return entries of so many people, no two with a word in common."""
    return [
        entry({"surname": f"{words}{place:03}", "given_name": f"и{place:03}", "occupation": f"о{place:03}",
               "birth": {"place": f"с. {place:03}"}}, source, f"{words}{place}")
        for place in range(number)
    ]  # fmt: skip


@pytest.mark.parametrize("attempt", range(3))
def test_two_writers_of_the_same_new_item_make_one_person(attempt):
    told = entry(FLORENSKY["martyrology"])
    results = at_once(importing(told), importing(told))
    assert Entry.objects.count() == Victim.objects.count() == 1
    assert all(isinstance(error, IntegrityError | Refused) for error in failed(results))
    assert len(failed(results)) <= 1
    assert list(differences()) == []


@pytest.mark.parametrize("attempt", range(3))
def test_two_corrected_versions_of_one_item_come_one_after_the_other(attempt):
    enter(KURBAS["lists"], text="Курбас Лесь")
    results = at_once(
        importing(entry(KURBAS["lists"] | {"occupation": "актёр"}, text="Курбас Лесь, актёр")),
        importing(entry(KURBAS["lists"] | {"occupation": "поэт"}, text="Курбас Лесь, поэт")),
    )
    assert failed(results) == []
    told = Entry.objects.get()
    assert [told.version, *told.versions.values_list("version", flat=True)] == [3, 1, 2]
    assert len({told.text, *told.versions.values_list("text", flat=True)}) == 3
    assert list(differences()) == []


def test_the_same_words_in_another_order_do_not_lock_two_imports_for_ever():
    one, other = people("А"), people("Б")[::-1]
    assert failed(at_once(importing(*one), importing(*other))) == []
    assert PrintedForm.objects.filter(kind="occupation").count() == 60
    assert NamePart.objects.filter(kind="g").count() == 60
    assert list(differences()) == []


def test_new_versions_that_bring_the_same_words_in_another_order_do_not_lock_each_other():
    for words in ("А", "Б"):
        edit(
            Change(
                put=[entry({"surname": told.record["surname"]}, "lists", told.item_key) for told in people(words)]
            )
        )
    assert failed(at_once(importing(*people("А")), importing(*people("Б")[::-1]))) == []
    assert list(differences()) == []


def test_new_people_and_more_of_known_ones_at_once_do_not_lock_each_other():
    known = [enter(MANDELSTAM["lists"], "case-file", str(number)) for number in range(2)]
    puts = []
    for words, victim in zip("АБ", known, strict=True):
        more = people(words, 30)
        for told in more[::2]:
            told.victim_id = victim.pk
        puts.append(importing(*(more if words == "А" else more[::-1])))
    assert failed(at_once(*puts)) == []
    assert list(differences()) == []


def test_one_record_is_merged_into_one_other_only():
    one, other, absorbed = (
        enter(FLORENSKY["martyrology"]),
        enter(FLORENSKY["lists"], "lists"),
        enter(SPIRIDONOVA["lists"]),
    )
    results = at_once(
        lambda: merge(one, absorbed, why="one person"), lambda: merge(other, absorbed, why="one person")
    )
    [error] = failed(results)
    assert isinstance(error, Refused)
    assert again(absorbed).current in (one, other)
    assert list(differences()) == []


def test_a_person_is_merged_while_another_entry_of_theirs_comes():
    one, other = enter(KURBAS["martyrology"]), enter(KURBAS["lists"], "lists")
    more = entry(KURBAS["lists"], "openlist", victim_id=other.pk)
    results = at_once(lambda: merge(one, other, why="one person"), importing(more))
    assert all(isinstance(error, Refused) for error in failed(results))
    assert not Entry.objects.filter(victim=other).exists() or again(other).status != "merged"
    assert list(differences()) == []
