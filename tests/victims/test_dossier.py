"""A person as pages and API tell them: facts once, sources beside them, what contradicts stays."""

import pytest

from tests.cast import FLORENSKY, KURBAS, edit, enter, entry_of, gather
from victims.dossier import dossiers, marked
from victims.models import Arrest, OfficialNotice, Sentence, Victim
from victims.models.record import Change, Ruling
from victims.vocabulary import Status

pytestmark = pytest.mark.django_db


def dossier(victim):
    [found] = dossiers([Victim.objects.get(pk=victim.pk)])
    return found


def values(field) -> list[tuple]:
    return [
        (str(value.value), [entry.source.slug for entry in value.entries], value.shown) for value in field.values
    ]


def test_each_value_knows_the_entries_that_tell_it():
    fields = dossier(gather(FLORENSKY)).fields
    assert values(fields["birth"]) == [
        ("1882-01-21", ["martyrology", "openlist"], True),
        ("1882", ["lists"], False),
    ]
    assert values(fields["sex"]) == [("male", ["martyrology"], True)]


def test_the_value_that_is_shown_comes_first_and_others_beside_it():
    name = dossier(gather(KURBAS)).fields["name"]
    assert values(name) == [
        ("Курбас Александр Степанович", ["martyrology"], True),
        ("Курбас Лесь Степанович", ["lists"], False),
    ]
    assert name.differs


def test_several_values_that_can_all_be_true_are_no_contradiction():
    victim = gather(
        {"martyrology": KURBAS["martyrology"] | {"party": "б/п"}, "lists": KURBAS["lists"] | {"party": "ВКП(б)"}}
    )
    assert len(dossier(victim).fields["party"].values) == 2
    assert not dossier(victim).fields["party"].differs


def test_an_editors_own_value_is_told_with_its_decision():
    victim = gather(KURBAS)
    edit(Change(decide=[Ruling(victim.pk, "birth", "метрика", value="1887-02-24")]))
    birth = dossier(victim).fields["birth"]
    assert values(birth)[0] == ("1887-02-24", [], True)
    assert birth.decision.reason == "метрика"


def test_one_fact_of_two_entries_is_told_once_with_both():
    found = dossier(gather(FLORENSKY))
    told = {
        telling.fact.date: [entry.source.slug for entry in telling.entries] for telling in found.tellings(Arrest)
    }
    assert told == {"1933-02": ["martyrology", "openlist"], "1928-05-21": ["openlist"]}
    assert len(found.tellings(Sentence)) == 2


def test_what_a_source_ties_to_a_case_is_one_chapter_and_the_rest_follows_by_date():
    chapters = dossier(gather(FLORENSKY)).chapters
    told = [[(telling.slot, telling.fact.date) for telling in chapter.events] for chapter in chapters]
    assert told == [
        [("arrests", "1933-02"), ("sentences", "1933-07-26"), ("rehabilitations", "1958-05-05")],
        [("sentences", "1937-11-25")],
        [("arrests", "1928-05-21"), ("death", "1937-12-08")],
    ]
    assert [len(chapter.cases) for chapter in chapters] == [1, 1, 0]


def test_a_sentence_of_a_year_follows_an_arrest_within_it():
    record = {
        "surname": "Иванов",
        "arrests": [{"date": "1928-05-21"}],
        "sentences": [{"date": "1928"}],
        "death": {},
    }
    [chapter] = dossier(enter(record)).chapters
    assert [telling.slot for telling in chapter.events] == ["arrests", "sentences"]


def test_what_the_family_was_told_is_no_event():
    found = dossier(gather(FLORENSKY))
    assert [telling.fact.told_date for telling in found.tellings(OfficialNotice)] == ["1943-12-15"]
    assert "official_notices" not in {telling.slot for chapter in found.chapters for telling in chapter.events}


def test_a_removed_entry_tells_nothing():
    victim = gather(FLORENSKY)
    edit(Change(remove=[entry_of(victim, "openlist").pk]))
    assert [entry.source.slug for entry in dossier(victim).entries] == ["martyrology", "lists"]
    assert dossier(victim).tellings(OfficialNotice) == []


def test_the_number_of_queries_does_not_grow_with_the_people(django_assert_num_queries):
    one, two = gather(FLORENSKY, status=Status.PUBLISHED), gather(KURBAS)
    with django_assert_num_queries(21):
        dossiers([one])
    with django_assert_num_queries(21):
        dossiers([one, two])


def test_the_words_of_an_entry_are_marked_by_what_was_read_from_them():
    from victims.editing import as_read

    text = "Азаров Пётр, род. 1894, щщщ. Расстрелян 16.05.1938."
    victim = enter(
        {"surname": "Азаров"}, text=text, spans=as_read(text, entry_of(enter(KURBAS["lists"])).source).spans
    )
    pieces = marked(entry_of(victim))
    assert "".join(words for words, _slot in pieces) == text
    told = {slot: words for words, slot in pieces if slot}
    assert (told["surname"], told["birth.date"], told["death.date"]) == ("Азаров", "1894", "16.05.1938")


def test_spans_beyond_the_words_do_no_harm():
    victim = enter(
        KURBAS["lists"], text="Курбас", spans=[["surname", [[0, 99]]], ["", [[3, 4]]], ["x", [[9, 12]]]]
    )
    assert marked(entry_of(victim)) == [("Курбас", "surname")]
