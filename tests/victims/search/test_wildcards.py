"""Words with * (any letters) and ? (one letter)."""

import pytest
from django.utils import translation

from tests.telling import name, put
from victims.models import Victim
from victims.search import Filters, QueryError, search, wildcards
from victims.search.engine import BOUND

pytestmark = pytest.mark.django_db
PAVEL, VASILY = "Флоренский Павел Александрович", "Флоренский Василий Павлович"
CAST = (PAVEL, VASILY, "Флорентьев Пётр", "Иванов Иван", "Ивонов Иван", "Петров-Водкин Кузьма", "Щербаков Микола")


@pytest.fixture
def cast():
    return put(*(name(*one.split()) for one in CAST))


def found(query="", **how) -> list[str]:
    return [hit.victim.name for hit in search(query, **how).hits]


@pytest.mark.parametrize(
    ("query", "whom"),
    [
        ("Флорен*", [VASILY, PAVEL, "Флорентьев Пётр"]),
        ("флорен* п*", [PAVEL, "Флорентьев Пётр", VASILY]),
        ("Павел Флорен*", [PAVEL, VASILY]),  # Pavel's son may be meant, but less so
        ("П* А* Флорен*", [PAVEL]),
        ("*оренский", [VASILY, PAVEL]),
        ("Ив?нов", ["Иванов Иван", "Ивонов Иван"]),
        ("Ив?нов И.", ["Иванов Иван", "Ивонов Иван"]),
        ("Ив??ов", ["Иванов Иван", "Ивонов Иван"]),
        ("Иван?", []),
        ("Петров*", ["Петров-Водкин Кузьма"]),
        ("*водкин", ["Петров-Водкин Кузьма"]),
        ("Щербак* Николай", ["Щербаков Микола"]),
        ("Ёлк*", []),
    ],
)
def test_a_star_is_any_letters_and_a_question_mark_is_one(cast, query, whom):
    assert found(query) == whom


def test_the_other_words_are_as_near_as_is_asked(cast):
    assert found("Щербак* Николай", match="exact") == []
    assert found("Щербак* Микола", match="exact") == ["Щербаков Микола"]


def test_a_year_beside_a_pattern_holds(cast):
    put(name("Флоров", "Иван", birth={"date": "1890"}), name("Флоров", "Пётр", birth={"date": "1850"}))
    assert found("Флоро* 1890") == ["Флоров Иван"]


def test_the_hit_says_which_word_it_fits(cast):
    with translation.override("en"):
        assert str(search("Флорен* Павел").hits[0].reason).startswith("surname “флоренский” fits “флорен*”")


@pytest.mark.parametrize("query", ["*", "?", "** ??", "*а", "?и", "Иванов *", "-*-"])
def test_signs_without_letters_are_refused(query):
    with pytest.raises(QueryError, match="type letters"):
        search(query)


@pytest.mark.parametrize("query", ["100%*", "и_*", "[и]ванов*", "иван\\*", "и'*"])
def test_signs_of_databases_mean_nothing(cast, query):
    assert found(query) in ([], found("и*"), found("иванов*"))


def test_a_pattern_that_fits_very_many_is_answered_with_a_bounded_list_and_no_filter_hides_a_match():
    letters = "абвгдежзиклмнопрстуфх"
    put(*(name(f"Иванов{one}{other}", "Пётр") for one in letters for other in letters))
    put(*(name("Иванец", "Пётр") for _ in range(BOUND)))
    [last] = put(name("Иванюк", "Пётр"))
    assert search("Иван*").bounded
    assert len(search("Иван*", limit=2000).hits) <= BOUND
    people = Filters(people=Victim.objects.filter(pk=last.pk))
    assert [hit.victim for hit in search("Иван*", people).hits] == [last]
    assert [hit.victim for hit in search("*ван*", people).hits] == [last]


@pytest.mark.parametrize("some", [1, 3, 100])
def test_more_parts_than_can_be_named_hide_nobody(db, monkeypatch, some):
    monkeypatch.setattr(wildcards, "FEW", 2)
    monkeypatch.setattr(wildcards, "SOME", some)
    put(*(name(f"{start}ов", "Иван") for start in ("Алфер", "Бел", "Вол", "Гор", "Дол")), source=None)
    assert len(search("*ов Иван").hits) == 5
