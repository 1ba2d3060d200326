"""When somebody was born, as people type it beside a name or alone."""

import pytest

from tests.telling import name, put
from victims.search import Filters, QueryError, search
from victims.search.years import Years, take_years

pytestmark = pytest.mark.django_db


@pytest.fixture
def cast():
    """Namesakes of several years, and one whose year is not told."""
    return put(*(born("Семёнов", "Пётр", "Алексеевич", year) for year in ("1890", "1901", "")))


def born(surname, given_name, patronymic="", year="") -> dict:
    return name(surname, given_name, patronymic, birth={"date": year} if year else {})


def years(query, **options) -> list[str]:
    return [hit.victim.birth for hit in search(query, **options).hits]


@pytest.mark.parametrize(
    ("text", "rest", "first", "last", "spare"),
    [
        ("Иванов 1897", "Иванов", 1897, 1897, 2),
        ("1897 Иванов", "Иванов", 1897, 1897, 2),
        ("Иванов (1897)", "Иванов ( )", 1897, 1897, 2),
        ("Иванов 1897 г.р.", "Иванов", 1897, 1897, 2),
        ("Иванов И. Г. 1897 г. р.", "Иванов И. Г.", 1897, 1897, 2),
        ("Иванов Р. 1897 г", "Иванов Р.", 1897, 1897, 2),
        ("Иванов 1897 года рождения", "Иванов", 1897, 1897, 2),
        ("Іванов 1897 р.н.", "Іванов", 1897, 1897, 2),
        ("Иванов род. 1897", "Иванов", 1897, 1897, 2),
        ("Род 1897", "Род", 1897, 1897, 2),
        ("Иванов родился в 1897 году", "Иванов", 1897, 1897, 2),
        ("Ivanov born 1897", "Ivanov", 1897, 1897, 2),
        ("Ivanov *1897", "Ivanov", 1897, 1897, 2),
        ("Иванов 5.08.1897", "Иванов", 1897, 1897, 2),
        ("Иванов 1897-08-05", "Иванов", 1897, 1897, 2),
        ("Иванов 1895-1899", "Иванов", 1895, 1899, 0),
        ("Иванов 1895–1899", "Иванов", 1895, 1899, 0),
        ("Иванов 1899 — 1895", "Иванов", 1895, 1899, 0),
        ("Иванов с 1895 по 1899", "Иванов", 1895, 1899, 0),
        ("between 1895 and 1899 Ivanov", "Ivanov", 1895, 1899, 0),
        ("1900, 1910", ",", 1900, 1910, 2),
        ("Иванов 1897±2", "Иванов", 1897, 1897, 2),
        ("Иванов 1897 +- 7", "Иванов", 1897, 1897, 7),
        ("Иванов около 1897", "Иванов", 1897, 1897, 5),
        ("Иванов ок. 1897", "Иванов", 1897, 1897, 5),
        ("Ок 1897", "Ок", 1897, 1897, 2),
        ("c. 1897 Ivanoff I. P.", "Ivanoff I. P.", 1897, 1897, 5),
        ("Ivanov ~1897", "Ivanov", 1897, 1897, 5),
        ("Іванов близько 1897", "Іванов", 1897, 1897, 5),
        ("Иванов 40 лет в 1937", "Иванов", 1896, 1897, 1),
        ("Иванов, в возрасте 40 лет в 1937 году", "Иванов,", 1896, 1897, 1),
        ("в 1937 году ему было 40 лет Иванов", "Иванов", 1896, 1897, 1),
        ("Ivanov aged 40 in 1937", "Ivanov", 1896, 1897, 1),
        ("Ivanov 40 years old in 1937", "Ivanov", 1896, 1897, 1),
        ("Іванов 40 років у 1937", "Іванов", 1896, 1897, 1),
        ("Iwanow 40 Jahre 1937", "Iwanow", 1896, 1897, 1),
    ],
)
def test_years_of_birth_are_read_out_of_what_is_typed(text, rest, first, last, spare):
    left, told = take_years(text)
    assert " ".join(left.split()) == rest
    assert told == Years(first, last, spare)


@pytest.mark.parametrize("text", ["Иванов", "Иванов 189", "18971 Иванов", "Иванов 2997", "", "Иванов 40"])
def test_what_is_no_year_stays_a_word(text):
    assert take_years(text) == (text, None)


def test_an_age_without_its_year_asks_for_it():
    with pytest.raises(QueryError, match="An age needs a year"):
        search("Иванов 40 лет")


def test_a_year_is_asked_with_two_years_to_spare_and_the_unknown_stay_after(cast):
    assert years("Семёнов Пётр 1890") == ["1890", ""]
    assert years("Семёнов Пётр 1892") == ["1890", ""]
    assert years("Семёнов Пётр 1893") == ["", "1890"]
    assert years("Семёнов Пётр 1893", match="exact") == [""]


@pytest.mark.parametrize("told", ["1885±5", "около 1887", "с 1885 по 1895", "47 лет в 1937", "aged 47 in 1937"])
def test_a_year_told_loosely_finds_those_who_may_be_meant(cast, told):
    assert years(f"Семёнов Пётр {told}", match="exact") == ["1890", ""]


def test_a_range_is_asked_as_it_stands(cast):
    assert years("Семёнов 1880-1895") == ["1890", ""]
    assert sorted(years("Семёнов 1890-1901")) == ["", "1890", "1901"]
    assert years("Семёнов 1895-1880") == ["1890", ""]


def test_the_nearer_year_comes_first_and_no_year_last():
    put(*(born("Иванов", "Иван", "Иванович", year) for year in ("", "1902", "1899", "1900", "1898")))
    assert years("Иванов 1900") == ["1900", "1899", "1902", "1898", ""]


def test_the_nearer_year_comes_first_among_those_whose_name_is_only_like_it():
    put(*(born("Семёнов", "Пётр", year=year) for year in ("1892", "1890", "1891")))
    assert years("Симёнов Пётр 1890") == ["1890", "1891", "1892"]


def test_a_filter_of_years_goes_before_years_typed(cast):
    assert years("Семёнов 1890", filters=Filters(birth_years=(1900, 1902))) == ["1901", ""]


@pytest.mark.parametrize("query", ["1890", "1885-1895", "1889±1", "46 лет в 1937", " (1890) "])
def test_years_alone_find_those_who_were_born_then(cast, query):
    put(born("Абрамов", "Иван", year="1890"), born("Яковлев", "Иван", year="1880"))
    expected = [] if "±" in query else ["Абрамов", "Семёнов"]
    assert [hit.victim.surname for hit in search(query).hits] == expected


def test_whom_filters_leave_out_is_not_found_by_a_year_alone(cast):
    from victims.models import Victim

    assert search("1890", Filters(people=Victim.objects.filter(surname="Никто"))).hits == []
