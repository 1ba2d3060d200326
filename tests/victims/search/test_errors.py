"""Errors of the pen: one or several, in one part of the name or in each."""

import pytest

from tests.telling import name, put
from victims.search import search
from victims.search.roles import plans
from victims.search.tolerant import NEARLY_GOOD

pytestmark = pytest.mark.django_db


@pytest.fixture
def crowd():
    """The one who is meant among people whose names are nearer by their sound than by their letters."""
    near = "Комов Гомов Камаев Кормов Кромов Хомков Каммаев Гамов Хамов Гаманов Комков Киямов Гомзов".split()
    put(*(name(one, "Евдоким", "Петрович") for one in near), *(name(one, "Иван", "Иванович") for one in near))
    return put(name("Комаров", "Евдоким", "Иванович"))[0]


@pytest.mark.parametrize(
    "query",
    [
        "Комаов Евдоким Иванович", "Комщров Евдоким Иванович", "Кормаров Евдоким Иванович",
        "Окмаров Евдоким Иванович", "Евдоким Иванович Комаов",
        # two errors in the surname: who bears that given name and patronymic is gone through
        "Вомарое Евдоким Иванович", "Коаорв Евдоким Иванович", "Кмаро Евдоким Иванович",
        # one in each part
        "Комаов Евдким Ивановчи",
    ],
)  # fmt: skip
def test_the_one_who_is_meant_comes_first(crowd, query):
    assert search(query).hits[0].victim == crowd


def test_a_patronymic_is_none_of_the_given_names_though_wikidata_keeps_it_among_them():
    for patronymic in ("иванович", "ильич", "петровна", "ивановчи"):
        [best, *_] = plans(("комаров", "евдоким", patronymic))
        assert dict(best.roles) == {"s": "комаров", "g": "евдоким", "p": patronymic}


def test_a_surname_with_one_error_is_near_enough_to_end_the_looking(crowd):
    assert search("Комарав Евдоким Иванович").hits[0].score > NEARLY_GOOD


@pytest.mark.parametrize("query", ["Комаров Евдоким Иванович", "Комаров Евдоким"])
def test_case_yo_and_the_order_of_words_change_nothing(crowd, query):
    def answer(typed):
        return [(hit.victim.pk, hit.score) for hit in search(typed).hits]

    surname, *rest = query.split()
    expected = answer(query)
    assert expected[0][0] == crowd.pk
    for same in (query.upper(), query.lower(), " ".join([*rest, surname]), query.replace("е", "ё")):
        assert answer(same)[0] == expected[0]


HOSTILE = [
    "и" * 10_000, "Иванов " * 2000, " " * 5000 + "Комаров", "И", "Иван", "😀 👨‍👩‍👧",
    "\u202eвонавИ", "\u200fКомаров\u200e",
    "'; DROP TABLE victims_victim; --", "\0Комаров", "\ud800Комаров\udfff", "*" * 200, "?*?*", "\"" * 200, "%%__",
    "(((((", "1897 " * 40, "±" * 100, "40 лет " * 28, "а*" * 90,
]  # fmt: skip


@pytest.mark.parametrize("query", HOSTILE)
def test_whatever_is_sent_is_answered_or_refused_in_words_at_every_door(crowd, query):
    from tests.victims.api.asking import Api

    page = Api().client.get("/en/victims/", {"q": query.encode(errors="replace").decode()})
    assert page.status_code in (200, 400)
    told = Api().get("victims/", q=query.encode(errors="replace").decode())
    assert told.status_code in (200, 400)
    if told.status_code == 400:
        assert told.json()["errors"][0]["parameter"] == "q"
