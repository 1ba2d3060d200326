"""How near a name, and each of its parts, must be: as written, in another form, or whatever sounds alike."""

import pytest

from tests.telling import name, put
from tests.victims.api.asking import Api
from victims.search import search

pytestmark = pytest.mark.django_db
NIKOLAI, MYKOLA = "Щербаков Николай Иванович", "Щербаков Микола"
LIKE_HIM, JOHN = "Щербиков Николай", "Щербакова Иоанна"
CAST = (NIKOLAI, MYKOLA, LIKE_HIM, JOHN, "Петров-Водкин Кузьма", "Щербаков Пётр")
SHCHERBAKOVS = {NIKOLAI, MYKOLA, "Щербаков Пётр"}


@pytest.fixture(autouse=True)
def cast():
    return put(*(name(*one.split()) for one in CAST))


def found(query="", **how) -> set[str]:
    return {hit.victim.name for hit in search(query, **how).hits}


@pytest.mark.parametrize(
    ("query", "exact", "variants", "sounds"),
    [
        ("Щербаков Николай", {NIKOLAI}, {NIKOLAI, MYKOLA}, {NIKOLAI, MYKOLA, LIKE_HIM}),
        ("Schtscherbakow Nikolaj", set(), {NIKOLAI, MYKOLA}, {NIKOLAI, MYKOLA}),
        ("Щербаковъ Николай", set(), {NIKOLAI, MYKOLA}, {NIKOLAI, MYKOLA}),
        ("Щирбаков Николай", set(), set(), {NIKOLAI, MYKOLA, LIKE_HIM}),
        ("Водкин", set(), {"Петров-Водкин Кузьма"}, {"Петров-Водкин Кузьма"}),
        ("Щербаков", SHCHERBAKOVS, {*SHCHERBAKOVS, JOHN}, {*SHCHERBAKOVS, JOHN, LIKE_HIM}),
    ],
)
def test_a_level_says_how_near_the_name_must_be(query, exact, variants, sounds):
    assert found(query, match="exact") == exact
    assert found(query, match="variants") == variants
    assert found(query) >= sounds


@pytest.mark.parametrize(
    ("levels", "expected"),
    [
        ({"given_name": "exact"}, {NIKOLAI, LIKE_HIM}),
        ({"surname": "exact", "given_name": "variants"}, {NIKOLAI, MYKOLA}),
        ({"surname": "sounds", "given_name": "exact"}, {NIKOLAI, LIKE_HIM}),
        ({"surname": "exact", "given_name": "exact"}, {NIKOLAI}),
    ],
)
def test_each_part_has_a_level_of_its_own(levels, expected):
    assert found("Щербаков Николай", levels=levels) == expected


def test_parts_are_asked_one_by_one():
    assert found(parts={"surname": "щербаков", "patronymic": "Иванович"}, match="exact") == {NIKOLAI}
    parts = {"surname": "Schtscherbakow", "given_name": "Микола"}
    assert found(parts=parts, match="variants") == {NIKOLAI, MYKOLA}
    assert found(parts={"surname": "Николай"}, match="variants") == set()
    assert found(parts={"given_name": "Мыкола"}, levels={"given_name": "sounds"}) >= {MYKOLA}


def test_what_stands_in_quotation_marks_is_meant_as_it_is():
    assert found('"Щербаков" Николай') == {NIKOLAI, MYKOLA}
    assert found('"Щербаков" "Николай"') == found("«щербаков николай»") == {NIKOLAI}
    assert found('"Щирбаков" Николай') == set()
    assert found('"ПЕТРОВ-ВОДКИН"') == {"Петров-Водкин Кузьма"}
    assert found('Щербаков"') == found("Щербаков")  # half a pair is no pair


def test_a_level_that_there_is_none_of_is_an_error_of_the_program():
    with pytest.raises(ValueError, match="roughly"):
        search("Щербаков", match="roughly")


def api_names(**asked) -> list[str]:
    answer = Api().get("victims/", **asked)
    assert answer.status_code == 200, answer.content
    return [" ".join(filter(None, (one["surname"], one["given_name"], one["patronymic"])))
            for one in answer.json()["results"]]  # fmt: skip


def test_programs_ask_for_parts_at_levels_too():
    assert api_names(surname="Щербаков", given_name="Николай") == [NIKOLAI]
    assert api_names(surname="Щербаков", given_name="Николай", match_given_name="variants") == [NIKOLAI, MYKOLA]
    assert api_names(surname="Schtscherbakow", given_name="Николай", match="variants") == [NIKOLAI, MYKOLA]
    assert LIKE_HIM in api_names(surname="Schtscherbakow", match="sounds")
    assert api_names(q="Николай", surname="Schtscherbakow", match_surname="variants")[0] == NIKOLAI
    assert api_names(q="Щербаков Николай", match="exact") == [NIKOLAI]
    assert api_names(q="Щербаков Николай", match_given_name="exact") == [NIKOLAI, LIKE_HIM]
    assert api_names(surname="Щерб*", given_name="Н?колай") == [NIKOLAI, LIKE_HIM]
