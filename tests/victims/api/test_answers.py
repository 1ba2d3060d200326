"""What all answers have in common: validators, caching, languages, problem documents, limits of requests."""

import pytest
from django.db import DatabaseError

from memorial.accounts import Role
from tests.cast import KURBAS, enter
from tests.people import keeper
from tests.victims.api.asking import LISTS, Api, problem
from victims.api.views import victims as views
from victims.api.views.meta import schema
from victims.models.record import Change, write
from victims.vocabulary import RevisionKind, Status


@pytest.fixture
def kurbas(db):
    return enter(KURBAS["martyrology"], status=Status.PUBLISHED)


@pytest.mark.parametrize("place", [*(f"{place}/" for place in LISTS), "", "fields/", "schema/"])
def test_what_has_not_changed_is_not_sent_again(api, kurbas, place):
    answer = api.get(place)
    tag = answer.headers["ETag"]
    again = api.get(place, headers={"If-None-Match": f'"other", W/{tag}'})
    assert (again.status_code, again.content) == (304, b"")
    assert again.headers["ETag"] == tag
    for name in ("Cache-Control", "Vary", "Content-Language"):
        assert again.headers[name] == answer.headers[name]
    assert api.get(place, headers={"If-None-Match": '"other"'}).status_code == 200
    assert api.get(place, headers={"If-None-Match": "*"}).status_code == 304


def test_a_change_of_a_person_changes_the_validator_of_person_and_list(api, kurbas):
    addresses = ["victims/", f"victims/{kurbas.public_id}/"]
    before = [api.get(address).headers["ETag"] for address in addresses]
    write(Change(refresh=[kurbas.pk]), kind=RevisionKind.EDIT)
    assert all(
        api.get(address, headers={"If-None-Match": tag}).status_code == 200
        for address, tag in zip(addresses, before, strict=True)
    )


def test_a_validator_tells_the_revision_of_the_record(api, kurbas):
    assert api.get(f"victims/{kurbas.public_id}/").headers["ETag"].startswith('"r1-')


def test_visitors_may_keep_an_answer_for_a_while_and_keepers_ask_each_time(api, kurbas):
    assert api.get("victims/").headers["Cache-Control"] == "public, max-age=60"
    assert Api(keeper(Role.EDITOR)).get("victims/").headers["Cache-Control"] == "private, no-cache"
    for name in ("Authorization", "Cookie", "Accept-Language"):
        assert name in api.get("victims/").headers["Vary"]


def test_a_page_of_another_site_may_read_what_everybody_may_and_send_no_token(api, kurbas):
    at = {"Origin": "https://atlas.example.org"}
    answer = api.get(f"victims/{kurbas.public_id}/", headers=at)
    again = api.get(f"victims/{kurbas.public_id}/", headers=at | {"If-None-Match": answer.headers["ETag"]})
    assert again.status_code == 304
    for one in (answer, again, api.get("victims/00000/", headers=at), api.get("export/", headers=at)):
        assert one.headers["Access-Control-Allow-Origin"] == "*"
        assert "Access-Control-Allow-Credentials" not in one.headers
    asked = at | {"Access-Control-Request-Method": "GET", "Access-Control-Request-Headers": "authorization"}
    before = api.client.options("/api/v1/victims/", headers=asked)
    assert before.status_code == 405
    assert "Access-Control-Allow-Headers" not in before.headers


def test_the_beginning_leads_to_all_that_can_be_read_without_an_id(api, db):
    paths = {path: methods for path, methods in schema()["paths"].items() if "{" not in path and "get" in methods}
    told = {address.removeprefix("http://testserver") for address in api.get().json().values()}
    service = "/api/v1/reconcile/"  # whose manifest leads to what is below it
    assert told >= {path for path in paths if path == service or not path.startswith(service)} - {"/api/v1/"}
    assert all(api.get(address).status_code == 200 for address in told - {"/api/v1/suggest/"})


def test_the_head_of_an_answer_is_the_same_without_its_body(api, kurbas):
    head = api.client.head("/api/v1/victims/")
    assert (head.status_code, head.content) == (200, b"")
    assert head.headers["ETag"] == api.get("victims/").headers["ETag"]


@pytest.mark.parametrize("address", ["nothing/", "victims/x/y/", "люди/иванов/", "docs/x", "../x", "a" * 3000])
def test_an_address_that_there_is_not_is_a_problem_document(api, db, address):
    problem(api.get(address), 404)
    problem(api.post(address), 404)


def test_an_address_without_its_slash_leads_to_the_one_with_it(api, kurbas):
    answer = api.get("victims", surname="Курбас", limit=1)
    assert answer.status_code == 308
    assert api.get(answer.headers["Location"]).json()["results"][0]["id"] == kurbas.public_id
    assert answer.headers["Location"].startswith("/api/v1/victims/?")
    problem(api.get("nothing"), 404)


@pytest.mark.parametrize("method", ["POST", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE", "BREW"])
def test_a_method_that_an_address_does_not_have_is_refused_with_those_it_has(db, method):
    for api in (Api(), Api(keeper(Role.EDITOR))):
        answer = api.send(method, "sources/")
        problem(answer, 405)
        assert answer.headers["Allow"] == "GET, HEAD"


def test_an_answer_in_another_form_is_refused(api, db):
    assert "application/json" in problem(api.get("victims/", headers={"Accept": "text/html"}), 406)["detail"]
    assert "application/x-ndjson" in problem(api.get("export/", headers={"Accept": "text/csv"}), 406)["detail"]
    assert api.get("victims/", headers={"Accept": "*/*"}).status_code == 200


def test_what_nobody_expected_is_logged_and_told_without_details(kurbas, monkeypatch, caplog):
    def broken(victims):
        raise DatabaseError("disk I/O error at sector 5")

    monkeypatch.setattr(views, "dossiers", broken)
    api = Api()
    api.client.raise_request_exception = False
    told = problem(api.get(f"victims/{kurbas.public_id}/"), 500)
    assert "sector" not in str(told)
    assert "sector" in caplog.text


def rates(settings, **limits):
    settings.REST_FRAMEWORK = settings.REST_FRAMEWORK | {"DEFAULT_THROTTLE_RATES": limits}


def test_too_many_requests_are_told_when_to_come_again(api, db, settings):
    rates(settings, anon="3/min", user="5/min")
    assert [api.get("sources/").status_code for _time in range(4)] == [200, 200, 200, 429]
    answer = api.get("sources/")
    told = problem(answer, 429)
    assert 1 <= int(answer.headers["Retry-After"]) <= 60
    assert answer.headers["Retry-After"] in told["detail"]


def test_those_who_are_signed_in_are_counted_each_for_themselves(db, settings):
    rates(settings, anon="1/min", user="2/min")
    one, other = Api(keeper(Role.ARCHIVIST)), Api(keeper(Role.ARCHIVIST))
    assert [one.get("sources/").status_code for _time in range(3)] == [200, 200, 429]
    assert other.get("sources/").status_code == 200


def test_a_visitor_does_not_choose_the_address_they_are_counted_under(db, settings):
    rates(settings, anon="2/min", user=None)
    answers = [Api(**{"X-Forwarded-For": f"10.0.0.{n}"}).get("sources/").status_code for n in range(3)]
    assert answers == [200, 200, 429]


@pytest.mark.parametrize(
    ("asked", "spoken"),
    [("ru", "ru"), ("uk-UA", "uk"), ("en-GB,ru;q=0.5", "en"), ("de", "en"), ("", "en"), ("*", "en"),
     ("x" * 5000, "en"), ("ru;q=abc", "en"), ("\xff", "en"), ("de, uk", "uk")],
)  # fmt: skip
def test_an_answer_is_in_the_language_that_is_asked_for(api, db, asked, spoken):
    answer = api.get("nothing/", headers={"Accept-Language": asked})
    assert answer.headers["Content-Language"] == spoken
