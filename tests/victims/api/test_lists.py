"""Lists: filters, search, pages, and every parameter that cannot be understood."""

from urllib.parse import quote

import pytest

from tests.cast import KURBAS, MANDELSTAM, SPIRIDONOVA, enter, gather
from tests.telling import name, put
from tests.victims.api import asking
from tests.victims.api.asking import LISTS, problem, walk
from victims.api import paging
from victims.matching import merge
from victims.vocabulary import Status


@pytest.fixture
def people(db):
    return {
        "kurbas": gather(KURBAS, status=Status.PUBLISHED),
        "mandelstam": gather(MANDELSTAM, status=Status.PUBLISHED),
        "spiridonova": gather(SPIRIDONOVA, status=Status.PUBLISHED),
    }


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ({"surname": "курбас"}, ["kurbas"]),
        ({"given_name": "осип"}, ["mandelstam"]),
        ({"birth": "1884"}, ["spiridonova"]),
        ({"death": "1937-08/1937-12"}, ["kurbas"]),
        ({"kind": "camp", "sentence": "1938"}, ["mandelstam"]),
        ({"kind": "camp", "sentence": "1937"}, []),
        ({"sex": "female"}, ["spiridonova"]),
        ({"manner": "shot"}, ["kurbas", "spiridonova"]),
        ({"source": "lists"}, ["kurbas", "mandelstam", "spiridonova"]),
        ({"synthetic": "true"}, []),
        ({"q": "лесь курбас"}, ["kurbas"]),
        ({"q": "курбас", "sex": "female"}, []),
        ({"q": "курбас 1887", "manner": "shot"}, ["kurbas"]),
    ],
)
def test_people_are_asked_for_by_the_parameters_of_the_pages(api, people, query, found):
    assert sorted(api.ids("victims/", **query)) == sorted(people[who].public_id for who in found)


def test_a_name_is_answered_with_score_and_reason(api, people):
    [found] = api.get("victims/", q="Курбас").json()["results"]
    assert (found["score"], found["reason"]) == (1.0, "name as written")
    page = api.get("victims/", q="Курбас").json()
    assert page["bounded"] is False
    assert "score" not in api.get("victims/").json()["results"][0]


def test_facts_are_asked_for_by_their_own_parameters(api, people):
    kurbas = people["kurbas"]
    assert {one["victim"] for one in api.get("deaths/", manner="died").json()["results"]} == {
        people["mandelstam"].public_id
    }
    assert len(api.ids("sentences/", victim=kurbas.public_id, date="1937", kind="vmn")) == 1
    assert api.ids("sentences/", victim=kurbas.public_id, date="1938") == []
    assert len(api.ids("entries/", source="lists", item_key="Курбас Лесь")) == 1


def test_people_come_in_the_order_of_the_alphabet_page_by_page(api, db):
    made = put(*(name(surname) for surname in ("Яковлев", "Алексеев", "Ёлкин", "Бор", "Бор", "Жук", "Иванов")))
    whole = api.ids("victims/")
    assert len(whole) == len(made)
    surnames = [one["surname"] for one in api.get("victims/").json()["results"]]
    assert surnames == ["Алексеев", "Бор", "Бор", "Ёлкин", "Жук", "Иванов", "Яковлев"]
    for limit in (1, 2, 3, 7):
        assert walk(api, "victims/", limit=limit) == whole


def test_a_ranked_answer_goes_on_where_it_stopped(api, db):
    records = [name("Иванов", "Иван", birth={"date": str(1890 + number)}) for number in range(12)]
    put(*records)
    whole = api.ids("victims/", q="иванов 1890-1910", limit=100)
    assert len(whole) == 12
    assert walk(api, "victims/", q="иванов 1890-1910", limit=5) == whole


def test_a_page_is_not_shifted_by_people_who_come_in_between(api, db):
    put(name("Борисов"), name("Викторов"), name("Глебов"))
    first = api.get("victims/", limit=2).json()
    put(name("Алексеев"))
    rest = api.get(first["next"]).json()["results"]
    assert [one["surname"] for one in rest] == ["Глебов"]


@pytest.mark.parametrize("place", LISTS)
def test_a_parameter_that_there_is_not_is_refused_by_name(api, place):
    errors = asking.wrong(api.get(f"{place}/", nmae="x", page="2"))
    assert errors.keys() == {"nmae", "page"}
    assert "limit" in errors["nmae"]


@pytest.mark.parametrize("place", LISTS)
@pytest.mark.parametrize("limit", ["0", "101", "-1", "x", "1.5", "٣", "9" * 30, " 5", "1e2"])
def test_a_limit_out_of_bounds_is_refused(api, place, limit):
    assert asking.wrong(api.get(f"{place}/", limit=limit)).keys() == {"limit"}


def forged(*values, letter="k") -> str:
    import base64
    import json

    return base64.urlsafe_b64encode(json.dumps([letter, *values]).encode()).decode().rstrip("=")


CURSORS = [
    "x", "!!!", "кирилл", "A" * 10_000, "bnVsbA", "e30", "W10", "\0", forged(-1), forged(2**63), forged(10**400),
    forged("1"), forged(True), forged(1.5), forged(None), forged(1, 2), forged("a\0b", 1, letter="n"),
    forged("Ж", 1, letter="n"), forged("a" * 401, 1, letter="n"), forged(2, 1, letter="r"),
    forged(float("nan"), 1, letter="r"), forged([[]], 1, letter="r"), forged({}, letter="n"),
]  # fmt: skip


@pytest.mark.parametrize("cursor", CURSORS)
def test_a_cursor_that_is_none_is_refused(api, cursor):
    for place in ("victims", "deaths", "sources"):
        assert asking.wrong(api.get(f"{place}/", cursor=cursor)).keys() == {"cursor"}
    assert "cursor" in asking.wrong(api.get("victims/", cursor=cursor, q="иванов"))


def test_a_cursor_belongs_to_its_kind_of_list(api, people):
    ranked = paging.encode(paging.RANK, (1.0, 1))
    keyed = paging.encode(paging.KEY, (1,))
    named = paging.encode(paging.NAME, ("KURBAS", 1))
    assert api.get("deaths/", cursor=keyed).status_code == 200
    assert api.get("victims/", cursor=named).status_code == 200
    assert api.get("victims/", cursor=ranked, q="курбас").status_code == 200
    for place, query in (
        ("deaths/", {"cursor": named}),
        ("victims/", {"cursor": keyed}),
        ("victims/", {"cursor": ranked}),
        ("victims/", {"cursor": named, "q": "курбас"}),
    ):
        assert asking.wrong(api.get(place, **query)).keys() == {"cursor"}


@pytest.mark.parametrize(
    ("place", "query"),
    [
        ("victims", {"birth": "5.08.1937"}),
        ("victims", {"kind": "shot"}),
        ("victims", {"sex": "F"}),
        ("victims", {"region": "nowhere"}),
        ("victims", {"synthetic": "maybe"}),
        ("victims", {"surname": "и" * 201}),
        ("victims", {"q": "и" * 201}),
        ("victims", {"q": "а б в г д е ж з и к"}),
        ("victims", {"q": "***"}),
        ("victims", {"surname": "*"}),
        ("victims", {"match": "roughly"}),
        ("victims", {"match_surname": "roughly"}),
        ("victims", {"match_given_name": ""}),
        ("victims", {"match_patronymic": "EXACT"}),
        ("deaths", {"victim": "0000X"}),
        ("deaths", {"manner": "vmn"}),
        ("sentences", {"operation": "99999"}),
        ("entries", {"source": "x y"}),
        ("sittings", {"date": "1937-13"}),
        ("sources", {"kind": "books"}),
    ],
)
def test_a_malformed_value_is_refused_by_the_name_of_its_parameter(api, place, query):
    errors = asking.wrong(api.get(f"{place}/", **query))
    assert errors.keys() == query.keys()
    assert all(errors.values())


@pytest.mark.parametrize(
    ("asked", "values"),
    [
        ("sex=F", "male, female"),
        ("synthetic=maybe", "true, false"),
        ("match=near", "exact, variants, sounds"),
        ("unrecognised=nationality,faith", "nationality, social_origin"),
    ],
)
def test_a_value_that_is_none_of_a_closed_list_is_told_with_the_list(api, db, asked, values):
    [(name, told)] = asking.wrong(api.client.get(f"/api/v1/victims/?{asked}")).items()
    assert name == asked.partition("=")[0]
    assert values in told


@pytest.mark.parametrize("encoding", ["cp1251", "koi8-r", "utf-16"])
@pytest.mark.parametrize(
    "asked", ["victims/?q", "victims/?surname", "victims/?birth_place", "sentences/?article", "suggest/?q"]
)
def test_words_in_another_encoding_are_refused_and_do_not_find_nobody(api, db, asked, encoding):
    answer = api.client.get(f"/api/v1/{asked}={quote('Флоренский'.encode(encoding))}")
    assert asking.wrong(answer).keys() == {asked.partition("?")[2]}


def test_a_name_with_a_character_that_no_name_has_is_refused(api, db):
    assert asking.wrong(api.client.get("/api/v1/victims/?q=a%00b")).keys() == {"q"}


def test_a_parameter_given_twice_is_refused(api):
    for query in ("sex=male&sex=female", "limit=1&limit=2", "q=a&q=b", "cursor=&cursor="):
        answer = api.client.get(f"/api/v1/victims/?{query}")
        assert asking.wrong(answer).keys() == {query.partition("=")[0]}


def test_all_that_is_wrong_is_told_at_once(api):
    errors = asking.wrong(api.get("victims/", birth="x", sex="x", limit="x", cursor="x", x="x"))
    assert errors.keys() == {"birth", "sex", "limit", "cursor", "x"}


def test_what_is_wrong_is_told_in_the_language_that_is_asked_for(api):
    answer = api.get("victims/", limit="x", headers={"Accept-Language": "ru"})
    assert answer.headers["Content-Language"] == "ru"
    assert api.get("victims/", limit="x").headers["Content-Language"] == "en"
    assert api.get("victims/", headers={"Accept-Language": "xx, uk;q=0.5"}).headers["Content-Language"] == "uk"


def test_a_forgotten_value_is_refused_and_does_not_ask_for_everybody(api, people):
    empty = {"q": "", "surname": " ", "sex": "", "birth": "", "cursor": "", "limit": ""}
    assert asking.wrong(api.get("victims/", **empty)).keys() == empty.keys()


def test_a_parameter_that_an_item_does_not_read_is_refused_too(api, people):
    kurbas = people["kurbas"]
    assert asking.wrong(api.get(f"victims/{kurbas.public_id}/", depth="2")).keys() == {"depth"}
    assert asking.wrong(api.get("", format="json")).keys() == {"format"}


def test_only_published_facts_of_one_person_are_listed(api, db):
    enter(MANDELSTAM["martyrology"])
    problem(api.get("deaths/999999999/"), 404)
    assert api.ids("deaths/") == []


@pytest.mark.parametrize("place", ["entries", "deaths"])
def test_what_is_told_of_a_merged_record_is_listed_by_its_former_ids_too(api, people, place):
    first, second, third = (people[name] for name in ("mandelstam", "kurbas", "spiridonova"))
    second_told = api.ids(f"{place}/", victim=second.public_id)
    assert second_told
    merge(third, second, why="one")
    merge(first, third, why="one")
    now = api.ids(f"{place}/", victim=first.public_id)
    assert api.ids(f"{place}/", victim=second.public_id) == api.ids(f"{place}/", victim=third.public_id) == now
    assert set(second_told) < set(now)
