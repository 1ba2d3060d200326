"""Reconciliation of a spreadsheet, as OpenRefine asks for it: the nearest first, and sure of one or of nobody."""

import json
from urllib.parse import urlencode

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from memorial.accounts import Role
from tests.cast import FLORENSKY, KURBAS, MANDELSTAM, edit, enter, gather
from tests.people import keeper
from tests.victims.api.asking import ROOT, Api, problem, wrong
from tests.victims.api.test_hostile import VALUES
from victims.api.reconciling import BATCH, MOST, TOLD
from victims.models.record import Change, Ruling
from victims.vocabulary import Status

SERVICE = f"{ROOT}reconcile/"
FORM = "application/x-www-form-urlencoded"
EAST = {"surname": "Иванов", "given_name": "Иван", "patronymic": "Иванович"}


def send(field: str, said, address: str = SERVICE, **headers):
    """Post what OpenRefine posts: JSON in a field of a form."""
    said = said if isinstance(said, str) else json.dumps(said)
    form = urlencode({field: said.encode(errors="surrogateescape")})
    return Client(enforce_csrf_checks=True).post(address, form, FORM, headers=headers)


def candidates(query: str, limit: int = 5, headers: dict | None = None, **properties) -> list[dict]:
    """Return whom one row of a spreadsheet may mean."""
    given = [{"pid": pid, "v": value} for pid, value in properties.items()]
    asked = {"query": query, "type": "victim", "limit": limit, "properties": given, "type_strict": "should"}
    answer = send("queries", {"q0": asked}, **(headers or {}))
    assert answer.status_code == 200, answer.content.decode()
    return answer.json()["q0"]["result"]


def matches(found: list[dict]) -> list[str]:
    return [one["id"] for one in found if one["match"]]


def refused(query) -> dict[str, str]:
    """Return what is wrong with one query, which stands in a batch beside a good one."""
    return wrong(send("queries", {"good": {"query": "Флоренский"}, "bad": query}))


def published(record: dict, source: str = "martyrology", **more):
    return enter(record, source, status=Status.PUBLISHED, **more)


# --- whom a row may mean -------------------------------------------------------------------------


def test_the_very_name_with_its_year_is_a_match(florensky):
    [first, *_others] = candidates("Флоренский Павел", birth_year=1882)
    assert (first["id"], first["name"]) == (florensky.public_id, "Флоренский Павел Александрович")
    assert (first["match"], first["score"]) == (True, 100)
    assert first["type"] == [{"id": "victim", "name": "person"}]
    assert first["description"] == (
        "21 January 1882 – 8 December 1937; близ Евлаха, Елисаветпольская губерния; name as written"
    )
    assert first["features"] == [{"id": "name", "value": 100.0}, {"id": "birth_year", "value": True}]


def test_the_parts_of_a_name_may_stand_in_any_order(florensky):
    assert matches(candidates("Павел Александрович Флоренский")) == [florensky.public_id]


@pytest.mark.parametrize("year", [1882, "1882", 1882.0, "1881-1883", "около 1880"])
def test_a_year_may_be_a_number_or_as_people_type_it(florensky, year):
    assert matches(candidates("Флоренский Павел", birth_year=year)) == [florensky.public_id]


def test_neither_of_two_namesakes_is_a_match_until_a_property_tells_them_apart(db):
    one = published(EAST | {"birth": {"date": "1890"}}, key="1")
    other = published(EAST | {"birth": {"date": "1901"}}, key="2")
    assert {found["id"] for found in candidates("Иванов Иван Иванович")} == {one.public_id, other.public_id}
    assert matches(candidates("Иванов Иван Иванович")) == []
    assert matches(candidates("Иванов Иван Иванович", birth_year=1901)) == [other.public_id]
    assert matches(candidates("Иванов Иван Иванович", limit=1)) == []


def test_a_namesake_of_whom_no_year_is_told_may_be_the_one_that_is_meant(db):
    one = published(EAST | {"birth": {"date": "1890"}}, key="1")
    published(EAST, key="2")
    found = candidates("Иванов Иван Иванович", birth_year=1890)
    assert (found[0]["id"], found[0]["score"], found[1]["score"]) == (one.public_id, 100, 95)
    assert matches(found) == []


@pytest.mark.parametrize("query", ["Флоренский Павел, 1882 г.р.", "Флоренский Павел (55 лет в 1937)"])
def test_a_year_beside_the_name_is_asked_as_the_property_is(florensky, query):
    [found] = candidates(query, birth_year=1882)
    assert [found] == candidates(query)
    assert found["match"]
    assert found["features"][1] == {"id": "birth_year", "value": True}
    [found] = candidates(query.replace("1882", "1885").replace("1937", "1947"))
    assert (found["id"], found["match"]) == (florensky.public_id, False)


def test_a_namesake_whom_another_source_tells_to_be_born_then_is_a_rival(db):
    one = published(EAST | {"birth": {"date": "1890"}}, key="1")
    other = published(EAST | {"birth": {"date": "1895"}}, key="2")
    assert matches(candidates("Иванов Иван Иванович", birth_year=1890)) == [one.public_id]
    enter(EAST | {"birth": {"date": "1890"}}, "lists", victim_id=other.pk)
    assert matches(candidates("Иванов Иван Иванович", birth_year=1890)) == []
    assert matches(candidates("Иванов Иван Иванович", limit=1, birth_year=1890)) == []


def test_who_has_the_name_beside_another_is_a_rival(db):
    one = published({"surname": "Курбас", "given_name": "Лесь"}, "lists")
    other = published(KURBAS["martyrology"])
    found = candidates("Курбас Лесь")
    assert [candidate["id"] for candidate in found[:2]] == [one.public_id, other.public_id]
    assert matches(found) == []


def test_among_more_namesakes_than_are_looked_at_nobody_is_sure(db):
    for number in range(30):
        published(EAST, key=str(number))
    last = published(EAST | {"birth": {"date": "1895"}}, key="last")
    found = candidates("Иванов Иван Иванович", birth="1895")
    assert (found[0]["id"], len(found)) == (last.public_id, 5)
    assert matches(found) == []


@pytest.mark.parametrize("query", ["Флоринский Павел", "Florenskij Pavel", "Флоренский П. А."])
def test_a_name_written_otherwise_is_found_first_and_is_no_match(florensky, query):
    found = candidates(query, birth_year=1882)
    assert found[0]["id"] == florensky.public_id
    assert found[0]["score"] < 100
    assert matches(found) == []


@pytest.mark.parametrize("query", ["Флоренский", "Павел", "Павел Александрович", "Флоренск* Павел"])
def test_a_part_of_a_name_is_no_match(florensky, query):
    assert candidates(query)[0]["id"] == florensky.public_id
    assert matches(candidates(query, birth_year=1882)) == []


def test_a_property_that_says_otherwise_lowers_and_one_that_is_not_told_lowers_less(florensky):
    [agrees] = candidates("Флоренский Павел", death="1937-12")
    [differs] = candidates("Флоренский Павел", death="1943")
    [untold] = candidates("Флоренский Павел", residence="Загорск")
    assert agrees["score"] > untold["score"] > differs["score"]
    assert (agrees["match"], untold["match"], differs["match"]) == (True, False, False)
    assert differs["features"][1] == {"id": "death", "value": False}
    assert [one["id"] for one in untold["features"]] == ["name"]


def test_a_year_that_differs_lowers_and_does_not_hide(florensky):
    [found] = candidates("Флоренский Павел", birth_year=1901)
    assert (found["id"], found["score"], found["match"]) == (florensky.public_id, 80, False)


def test_every_property_given_must_agree(florensky):
    given = {"birth_year": 1882, "sex": "male", "occupation": "священник", "manner": "shot", "source": "lists"}
    assert matches(candidates("Флоренский Павел", **given)) == [florensky.public_id]
    assert matches(candidates("Флоренский Павел", **given | {"sex": "female"})) == []


def test_a_cell_that_is_reconciled_already_gives_its_id(florensky):
    found = candidates("Флоренский Павел", source={"id": "lists", "name": "Lists"})
    assert matches(found) == [florensky.public_id]


def test_a_cell_without_a_name_finds_nobody(florensky):
    assert candidates("1882") == candidates("—") == []


def test_somebody_who_never_lived_is_marked_in_words_and_never_a_match(db):
    enter(MANDELSTAM["martyrology"], "synthetic", synthetic=True, status=Status.PUBLISHED)
    [found] = candidates("Мандельштам Осип Эмильевич", birth_year=1891)
    assert "synthetic person who never lived" in found["description"]
    assert matches([found]) == []
    [found] = candidates("Мандельштам Осип", headers={"Accept-Language": "uk"})
    assert "ніколи не жила" in found["description"]


def test_only_whom_the_public_sees_is_found_even_by_an_editor(records):
    editor = Api(keeper(Role.EDITOR)).headers
    found = candidates("Курбас", headers=editor)
    assert [one["id"] for one in found] == [records["published"].public_id]
    assert candidates("Флоренский", headers=editor) == []


def test_a_batch_keeps_its_keys_by_get_as_by_post(florensky, api):
    batch = {"row 7": {"query": "Флоренский Павел"}, "row 8": {"query": "Чаянов"}}
    posted = send("queries", batch).json()
    assert {key: len(one["result"]) for key, one in posted.items()} == {"row 7": 1, "row 8": 0}
    assert api.get(SERVICE, queries=json.dumps(batch)).json() == posted


# --- what is refused -----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("query", "place"),
    [
        ([], "#/bad"),
        ({}, "#/bad/query"),
        ({"query": 5}, "#/bad/query"),
        ({"query": "Иванов", "limit": 0}, "#/bad/limit"),
        ({"query": "Иванов", "limit": MOST + 1}, "#/bad/limit"),
        ({"query": "Иванов", "limit": "3"}, "#/bad/limit"),
        ({"query": "Иванов", "limit": True}, "#/bad/limit"),
        ({"query": "Иванов", "type": "Q5"}, "#/bad/type"),
        ({"query": "Иванов", "type": ["victim", {}]}, "#/bad/type"),
        ({"query": "Иванов", "type_strict": "sometimes"}, "#/bad/type_strict"),
        ({"query": "Иванов", "type_strict": ["any"]}, "#/bad/type_strict"),
        ({"query": "Иванов", "propertys": []}, "#/bad/propertys"),
        ({"query": "Иванов", "properties": {}}, "#/bad/properties"),
        ({"query": "Иванов", "properties": ["x"]}, "#/bad/properties/0"),
        ({"query": "Иванов", "properties": [{"pid": "sex"}]}, "#/bad/properties/0"),
        ({"query": "Иванов", "properties": [{"pid": "shoe", "v": "x"}]}, "#/bad/properties/0/pid"),
        ({"query": "Иванов", "properties": [{"pid": ["sex"], "v": "x"}]}, "#/bad/properties/0/pid"),
        ({"query": "Иванов", "properties": [{"pid": "sex", "v": "male"}] * 2}, "#/bad/properties/1/pid"),
    ],
)
def test_what_cannot_be_asked_is_refused_by_its_key_and_field_whatever_stands_beside_it(db, query, place):
    told = refused(query)
    assert told.keys() == {place}
    assert told[place]


@pytest.mark.parametrize(
    ("query", "place"),
    [
        ({"query": " "}, "#/bad/query"),
        ({"query": "и" * 201}, "#/bad/query"),
        ({"query": "Иванов\0Пётр"}, "#/bad/query"),
        ({"query": "Иванов \ud800"}, "#/bad/query"),
        ({"query": "Иванов", "properties": [{"pid": "birth_place", "v": "Минск\0"}]}, "#/bad/properties/0/v"),
        ({"query": "Иванов", "properties": [{"pid": "party", "v": {"id": "\udfff"}}]}, "#/bad/properties/0/v"),
        ({"query": "а б в г д е ж з и"}, "#/bad/query"),
        ({"query": "Иванов", "properties": [{"pid": "sex", "v": "both"}]}, "#/bad/properties/0/v"),
        ({"query": "Иванов", "properties": [{"pid": "sex", "v": ["male"]}]}, "#/bad/properties/0/v"),
        ({"query": "Иванов", "properties": [{"pid": "sex", "v": ""}]}, "#/bad/properties/0/v"),
        ({"query": "Иванов", "properties": [{"pid": "death", "v": "8.12.1937"}]}, "#/bad/properties/0/v"),
        ({"query": "Иванов", "properties": [{"pid": "birth_year", "v": "soon"}]}, "#/bad/properties/0/v"),
        ({"query": "Иванов", "properties": [{"pid": "region", "v": "nowhere"}]}, "#/bad/properties/0/v"),
        ({"query": "Иванов 1890", "properties": [{"pid": "birth_year", "v": 1901}]}, "#/bad/properties/0/v"),
    ],
)
def test_a_cell_that_cannot_be_read_costs_its_own_row_alone(florensky, query, place):
    answer = send("queries", {"bad": query, "good": {"query": "Флоренский Павел"}})
    assert answer.status_code == 200
    told = answer.json()
    assert matches(told["good"]["result"]) == [florensky.public_id]
    assert told["bad"]["result"] == []
    [error] = told["bad"]["errors"]
    assert error["pointer"] == place and error["detail"]


def test_all_that_is_wrong_is_told_at_once(db):
    asked = {"query": 5, "limit": -1, "properties": [{"pid": "shoe", "v": 44}]}
    told = wrong(send("queries", {"a": asked, "b": asked}))
    assert told.keys() == {f"#/{key}/{field}" for key in "ab" for field in ("query", "limit", "properties/0/pid")}
    assert "birth_year" in told["#/a/properties/0/pid"]


ELEVEN = json.dumps({f"q{number}": {"query": "Иванов"} for number in range(BATCH + 1)})


@pytest.mark.parametrize("said", ["[]", '"x"', "5", "null", ELEVEN])
def test_a_batch_that_is_none_or_too_long_is_refused(db, said):
    assert wrong(send("queries", said)).keys() == {"queries"}
    assert wrong(Api().get(SERVICE, queries=said)).keys() == {"queries"}


@pytest.mark.parametrize("said", ["", "{", '{"q0": NaN}'])
def test_what_is_no_json_is_refused_by_the_name_of_its_parameter(db, said):
    assert wrong(send("queries", said)).keys() == wrong(Api().get(SERVICE, queries=said)).keys() == {"queries"}


@pytest.mark.parametrize("said", ['{"q0": {}, "q0": {}}', '{"q\\u0000": {"query": "Иванов"}}'])
def test_json_that_cannot_be_kept_is_refused(db, said):
    assert problem(send("queries", said), 400)["detail"]


def test_an_unknown_parameter_or_field_is_refused_by_name(db):
    assert wrong(Api().get(SERVICE, callback="x")).keys() == {"callback"}
    assert wrong(send("query", "{}")).keys() == {"query"}
    assert wrong(send("queries", "{}", f"{SERVICE}?lang=ru")).keys() == {"lang"}
    assert wrong(Client().post(SERVICE, "", FORM)).keys() == {"queries"}
    assert wrong(Client().post(SERVICE, "queries={}&queries={}", FORM)).keys() == {"queries"}
    assert wrong(Client().post(SERVICE, "queries=%ff", FORM)).keys() == {"queries"}


def test_another_form_of_body_is_refused_with_the_one_that_is_taken(db):
    told = problem(Client().post(SERVICE, "{}", "application/json"), 415)
    assert told["detail"] == "Send the body as application/x-www-form-urlencoded."


def test_a_visitor_who_asks_too_often_has_to_wait(db, settings):
    rates = {"DEFAULT_THROTTLE_RATES": {"anon": "2/min", "user": None}}
    settings.REST_FRAMEWORK = settings.REST_FRAMEWORK | rates
    codes = [send("queries", "{}").status_code for _number in range(3)]
    assert codes == [200, 200, 429]


# --- the service ---------------------------------------------------------------------------------


def test_the_manifest_leads_to_everything_the_service_has(api, florensky):
    manifest = api.get(SERVICE).json()
    assert manifest["versions"] == ["0.2"]
    assert {"name", "identifierSpace", "schemaSpace"} <= manifest.keys()
    assert manifest["defaultTypes"] == [{"id": "victim", "name": "person"}]
    assert manifest["batchSize"] == BATCH
    for address in (manifest["view"]["url"], manifest["preview"]["url"]):
        assert api.client.get(address.replace("{{id}}", florensky.public_id)).status_code == 200
    services = [*manifest["suggest"].values(), manifest["extend"]["propose_properties"]]
    for one in services:
        query = {} if "properties" in one["service_path"] else {"prefix": "b"}
        assert api.get(one["service_url"] + one["service_path"], **query).status_code == 200


def test_pages_of_other_sites_may_read_it_by_get_and_by_a_plain_form(api, florensky):
    for answer in (api.get(SERVICE), send("queries", {"q0": {"query": "Флоренский"}}, Origin="http://127.0.0.1:3333")):
        assert answer.headers["Access-Control-Allow-Origin"] == "*"


def test_people_are_suggested_by_the_beginning_of_a_name_and_by_id(florensky):
    for typed in ("флор", "Флоренский Па", "павел", "Florenskij", florensky.public_id):
        answer = Api().get(f"{SERVICE}suggest/", prefix=typed, type_strict="any", all_types="false")
        [found] = answer.json()["result"]
        assert (found["id"], found["name"]) == (florensky.public_id, "Флоренский Павел Александрович")
        assert "1882" in found["description"]
    assert Api().get(f"{SERVICE}suggest/", prefix="флор", cursor=1).json() == {"result": []}
    assert Api().get(f"{SERVICE}suggest/", prefix="?").json() == {"result": []}


@pytest.mark.parametrize(
    ("name", "value"),
    [("prefix", ""), ("prefix", "и" * 201), ("cursor", "-1"), ("type", "Q5"), ("all_types", "x"), ("limit", "5")],
)
def test_a_suggestion_that_cannot_be_given_is_refused_by_name(db, name, value):
    assert wrong(Api().get(f"{SERVICE}suggest/", **{"prefix": "и"} | {name: value})).keys() == {name}


def test_properties_are_suggested_and_proposed_in_the_language_of_the_answer(db):
    russian = Api(**{"Accept-Language": "ru"})
    found = russian.get(f"{SERVICE}suggest/property/", prefix="рожд").json()["result"]
    assert {"id": "birth_year", "name": "Год рождения"} in found
    proposed = russian.get(f"{SERVICE}properties/", type="victim").json()
    assert {"id": "birth_place", "name": "Место рождения"} in proposed["properties"]
    assert russian.get(f"{SERVICE}properties/", type="").json() == proposed


# --- data ----------------------------------------------------------------------------------------


def extend(ids: list[str], *properties, address: str = SERVICE) -> dict:
    asked = [one if isinstance(one, dict) else {"id": one} for one in properties]
    answer = send("extend", {"ids": ids, "properties": asked}, address)
    assert answer.status_code == 200, answer.content.decode()
    return answer.json()


def test_what_is_recorded_is_told_with_all_values_where_sources_differ(florensky):
    told = extend([florensky.public_id], "birth", "death", "sources", "body", "nationality")
    assert [one["id"] for one in told["meta"]] == ["birth", "death", "sources", "body", "nationality"]
    row = told["rows"][florensky.public_id]
    assert row["birth"] == [{"date": "1882-01-21"}, {"str": "1882"}]
    assert row["death"] == [{"date": "1937-12-08"}, {"str": "1937"}, {"str": "1937-12"}]
    assert [one["id"] for one in row["sources"]] == ["martyrology", "lists", "openlist"]
    assert {"str": "тройка ПП ОГПУ Московской области"} in row["body"]
    assert row["nationality"] == []


def test_the_value_that_is_shown_comes_first_and_alone_if_one_is_wanted(florensky):
    edit(Change(decide=[Ruling(florensky.pk, "birth", "метрика", value="1882-01-22")]))
    one = {"id": "birth", "name": "Birth", "settings": {"limit": "1"}}
    assert extend([florensky.public_id], one)["rows"][florensky.public_id]["birth"] == [{"date": "1882-01-22"}]


def test_a_merged_id_leads_on_and_withdrawn_drafts_and_unknown_ones_have_empty_rows(records):
    merged, kept = records["merged"].public_id, records["kept"].public_id
    nobody = [records["withdrawn"].public_id, records["draft"].public_id, "0000X", "Q42"]
    rows = extend([merged, *nobody], "id", "name", address=f"{SERVICE}extend/")["rows"]
    assert rows[merged]["id"] == [{"str": kept}]
    assert rows[merged]["name"][0] == {"str": "Мандельштам Осип Эмильевич"}
    assert [rows[one] for one in nobody] == [{"id": [], "name": []}] * 4


def test_who_never_lived_is_told_in_words_in_data_too(db, florensky):
    made_up = enter(MANDELSTAM["martyrology"], "synthetic", synthetic=True, status=Status.PUBLISHED).public_id
    rows = extend([made_up, florensky.public_id], "synthetic")["rows"]
    assert rows[made_up]["synthetic"] == [{"str": "synthetic person who never lived"}]
    assert rows[florensky.public_id]["synthetic"] == []


@pytest.mark.parametrize(
    ("said", "place"),
    [
        ([], "extend"),
        ({"ids": []}, "extend"),
        ({"ids": [5], "properties": []}, "#/ids"),
        ({"ids": ["x"] * 51, "properties": []}, "#/ids"),
        ({"ids": [], "properties": [{"id": "shoe"}]}, "#/properties/0/id"),
        ({"ids": [], "properties": {}}, "#/properties/0/id"),
        ({"ids": [], "properties": [{"id": "birth", "settings": {"limit": "x"}}]}, "#/properties/0/settings"),
        ({"ids": [], "properties": [{"id": "birth", "settings": {"x": 1}}]}, "#/properties/0/settings"),
    ],
)
def test_data_that_cannot_be_given_is_refused_by_its_place(db, said, place):
    assert wrong(send("extend", said)).keys() == {place}


# --- preview -------------------------------------------------------------------------------------


def preview(public_id: str, **headers):
    return Api(**headers).get(f"{SERVICE}preview/", id=public_id)


def test_a_preview_can_stand_in_a_frame_and_tells_dates_and_sources(florensky):
    answer = preview(florensky.public_id, Accept="text/html", **{"Accept-Language": "ru"})
    page = answer.content.decode()
    assert answer.headers["Content-Type"].startswith("text/html")
    assert "X-Frame-Options" not in answer.headers
    assert "frame-ancestors *" in answer.headers["Content-Security-Policy"]
    assert "21 января 1882" in page and "8 декабря 1937" in page and "martyrology" in page
    assert "никогда не жил" not in page
    kept = preview(florensky.public_id, **{"If-None-Match": preview(florensky.public_id).headers["ETag"]})
    assert kept.status_code == 304 and "X-Frame-Options" not in kept.headers


def test_a_preview_shows_what_is_printed_as_text_and_marks_who_never_lived(db):
    record = {"surname": "<script>alert(1)</script>", "birth": {"place": '"><img src=x>'}}
    made_up = enter(record, "synthetic", synthetic=True, status=Status.PUBLISHED)
    page = preview(made_up.public_id).content.decode()
    assert "<script>" not in page and "<img" not in page and "&lt;img" in page
    assert "synthetic person who never lived" in page


def test_a_preview_follows_a_merge_and_shows_nobody_whom_the_public_does_not_see(records):
    assert "Мандельштам Осип" in preview(records["merged"].public_id).content.decode()
    for name in ("withdrawn", "draft"):
        problem(preview(records[name].public_id), 404)
    assert wrong(preview("")).keys() == {"id"}


# --- how much it asks ----------------------------------------------------------------------------


def queries(asked: dict) -> int:
    with CaptureQueriesContext(connection) as found:
        assert send("queries", asked).status_code == 200
    return len(found)


def test_a_row_asks_a_bounded_number_of_queries_however_many_are_found(db):
    record = KURBAS["martyrology"] | {"residence": {"place": "Киев"}}
    properties = [{"pid": "birth_year", "v": 1887}, {"pid": "residence", "v": "Харьков"}]
    asked = {"query": "Курбас Александр", "limit": 20, "properties": properties}
    counts = []
    for number in range(12):
        published(record, key=str(number))
        if number in (1, 11):
            counts.append(queries({"q0": asked}))
    assert counts[0] >= counts[1]
    assert counts[0] < 80
    assert queries({"q0": asked, "q1": asked}) <= 2 * counts[1]


def test_data_of_many_people_asks_as_much_as_of_one(db):
    people = [gather(FLORENSKY, status=Status.PUBLISHED).public_id]
    people += [published(KURBAS["lists"], "lists", key=str(number)).public_id for number in range(20)]
    counts = []
    for ids in (people[:1], people):
        with CaptureQueriesContext(connection) as found:
            extend(ids, "birth", "death", "sources")
        counts.append(len(found))
    assert counts[0] == counts[1]


# --- what nobody sends in good faith ---------------------------------------------------------------


@pytest.mark.parametrize("value", VALUES)
def test_whatever_is_sent_is_answered(florensky, value):
    odd = VALUES[value]
    for asked in (
        {"query": odd},
        {"query": "Флоренский", "limit": odd, "type": odd, "type_strict": odd},
        {"query": "Флоренский", "properties": [{"pid": odd, "v": odd}]},
        {"query": "Флоренский", odd: odd},
        *({"query": "Флоренский", "properties": [{"pid": pid, "v": odd}]} for pid in TOLD),
    ):
        answer = send("queries", {odd: asked})
        assert answer.status_code in (200, 400), asked
        assert len(answer.content) < 5000 + len(json.dumps(odd))  # the key of a query is told whole
    assert send("queries", odd).status_code in (200, 400)
    assert send("extend", {"ids": [odd], "properties": [{"id": "birth"}]}).status_code in (200, 400)
    for place, name in (("suggest/", "prefix"), ("suggest/property/", "prefix"), ("preview/", "id")):
        query = urlencode({name: odd.encode(errors="surrogateescape")})
        assert Client().get(f"{SERVICE}{place}?{query}").status_code in (200, 400, 404)
