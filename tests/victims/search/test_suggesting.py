"""Completion as one types: names that people here have, the commonest first."""

from datetime import date

import pytest
from django.test import Client

from tests.telling import name, put, run
from tests.victims.api.asking import Api
from victims.models import NamePart, Victim
from victims.models.name_keys import count_people, count_when_grown
from victims.search import suggest
from victims.vocabulary import Status

pytestmark = pytest.mark.django_db


@pytest.fixture
def cast():
    people = put(
        name("Флоренский", "Павел", "Александрович"), name("Флоренский", "Василий", "Павлович"),
        name("Флоров", "Пётр"), name("Фролов", "Пётр"), name("Петров-Водкин", "Кузьма", "Сергеевич"),
        name("Щербаков", "Николай", "Иванович"), name("ДЖУГА-ШВИЛИ", "Иосиф"),
    )  # fmt: skip
    put(name("Флорентийский", "Иван"), status=Status.DRAFT)
    count_people()
    return people


def offered(typed: str) -> list[str]:
    return [one.text for one in suggest(typed)]


@pytest.mark.parametrize(
    ("typed", "names"),
    [
        ("фл", ["Флоренский", "Флоров"]),
        ("ФЛОР", ["Флоренский", "Флоров"]),
        ("Flor", ["Флоренский", "Флоров"]),
        ("Schtsch", ["Щербаков"]),
        ("флоренский", ["Флоренский"]),
        ("флоренский ", ["Флоренский Василий", "Флоренский Павел"]),
        ("Флоренский П", ["Флоренский Павел"]),
        ("павел фл", ["Павел Флоренский"]),
        ("Павел а", ["Павел Александрович"]),
        ("Флоренский Павел ", ["Флоренский Павел Александрович"]),
        ("Павел Александрович ф", ["Павел Александрович Флоренский"]),
        ("пет", ["Петров-Водкин", "Пётр"]),
        ("Петров-", ["Петров-Водкин"]),
        ("джуга", ["Джуга-Швили"]),
        ("кузь", ["Кузьма"]),
        ("Флорентий", []),  # a draft
        ("Никто", []),
        ("Никто П", []),
    ],
)
def test_a_beginning_is_completed_by_names_that_published_people_have(cast, typed, names):
    assert offered(typed) == names


def test_the_commonest_come_first_and_they_are_few():
    put(*(name(f"Фамилин{letter}") for letter in "абвгдежзиклмн"), *(name("Фамилинь") for _ in range(3)))
    count_people()
    assert offered("фами")[0] == "Фамилинь"
    assert len(offered("фами")) == 10


def test_the_name_of_somebody_who_may_be_living_is_not_offered(cast):
    [held] = put(name("Флоридов", "Иван"))
    Victim.objects.filter(pk=held.pk).update(withheld_until=date(9999, 1, 1))
    assert offered("флори") == []


def test_a_new_name_is_offered_at_once(cast):
    put(name("Флоридов", "Иван"))
    assert offered("флори") == ["Флоридов"]


@pytest.mark.parametrize(
    "typed",
    ["", " ", "*", "фл*", "?", "\0", "\ud800", "!!!", "и" * 10_000, "а б в г д", "😀", "\u202eфл", "'; --", "%"],
)
def test_whatever_is_typed_is_answered(cast, typed):
    assert len(offered(typed)) <= 10


def test_the_counting_is_done_when_people_are_many_more(cast):
    assert not count_when_grown()
    put(*(name("Флоров", "Иван") for _ in range(3)))
    assert count_when_grown()
    assert NamePart.objects.get(kind="s", norm="флоров").people == 4
    assert NamePart.objects.get(kind="s", norm="флорентийский").people == 0
    assert offered("фл")[0] == "Флоров"
    put(*(name("Флоренский", "Иван") for _ in range(5)))
    assert run("rebuild_names").code == 0
    assert offered("фл")[0] == "Флоренский"


def test_programs_ask_for_completions_too(cast):
    answer = Api().get("suggest/", q="флоренский п")
    assert answer.json() == {
        "results": [
            {"text": "Флоренский Павел", "surname": "Флоренский", "given_name": "Павел", "patronymic": None}
        ]
    }
    assert "max-age=300" in answer.headers["Cache-Control"]
    for wrong in ({}, {"q": ""}, {"q": " "}, {"q": "и" * 201}):
        assert [error["parameter"] for error in Api().get("suggest/", **wrong).json()["errors"]] == ["q"]
    assert Api().get("suggest/", q="и", limit=3).status_code == 400


def test_the_box_asks_for_completions_where_scripts_run(cast):
    page = Client().get("/victims/").content.decode()
    assert 'data-suggest="/api/v1/suggest/"' in page
    assert "victims/suggest" in page
