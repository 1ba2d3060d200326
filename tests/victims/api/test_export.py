"""The export: all that the public sees of whom a question finds, line by line, in the form that imports read."""

import gzip
import json

import pytest
from django.core.cache import caches

from memorial.accounts import Role
from tests.cast import FLORENSKY, KURBAS, edit, enter, entry_of, gather
from tests.people import keeper
from tests.telling import a_source
from tests.victims.api.asking import Api, problem, wrong
from victims.importing.loading import load
from victims.importing.readers import read
from victims.models import Entry, cluster
from victims.models.record import Change
from victims.vocabulary import Status


def lines(api, **query) -> list[dict]:
    answer = api.get("export/", **query)
    assert answer.status_code == 200, answer.content
    assert answer.headers["Content-Type"] == "application/x-ndjson"
    return [json.loads(line) for line in b"".join(answer.streaming_content).splitlines()]


def test_nobody_is_in_it_whom_the_public_does_not_see(api, records):
    enter({"surname": "Живой", "birth": {"date": "1950"}}, "case-file", status=Status.PUBLISHED)
    people = {records["published"].public_id, records["kept"].public_id}
    for asking in (api, Api(keeper(Role.EDITOR))):
        told = lines(asking)
        assert {line["victim"] for line in told} == people
        assert len(told) == 3  # the entry of the merged record is told of the one that it was merged into


def test_an_entry_that_was_removed_is_not_in_it(api, florensky):
    edit(Change(remove=[entry_of(florensky, "lists").pk]))
    assert [line["source"] for line in lines(api)] == ["martyrology", "openlist"]


def test_it_asks_as_the_list_does(api, florensky):
    gather(KURBAS, status=Status.PUBLISHED)
    told = lines(api, surname="Флоренский", sentence="1937")
    assert [line["source"] for line in told] == ["martyrology", "lists", "openlist"]
    assert lines(api, surname="Никто") == []


def test_what_it_gives_is_read_back_as_it_was(api, db):
    victim = enter(KURBAS["lists"], "lists", text="Курбас, режиссёр", parser_version="1", status=Status.PUBLISHED)
    mended = {"occupation": {"value": "актёр", "reason": "the file", "by": 5, "at": "2026-01-01"}}
    edit(Change(correct={entry_of(victim, "lists").pk: mended}))
    [line] = lines(api)
    assert line["corrections"] == {"occupation": {"value": "актёр", "at": "2026-01-01"}}
    assert load(read("-", lines=[json.dumps(line) + "\n"]), a_source("other")).new == 1
    first, second = Entry.objects.order_by("pk")
    assert cluster.record_of(second) == cluster.record_of(first)
    assert (second.text, second.item_key) == (first.text, first.item_key)


def test_it_is_packed_for_those_who_accept_that(api, florensky):
    plain = b"".join(api.get("export/").streaming_content)
    answer = api.get("export/", headers={"Accept-Encoding": "br, gzip"})
    assert answer.headers["Content-Encoding"] == "gzip"
    assert "Accept-Encoding" in answer.headers["Vary"]
    assert gzip.decompress(b"".join(answer.streaming_content)) == plain
    for refused in ("gzip;q=0", "identity, GZIP; q=0.0, br", "gzipped", ""):
        assert "Content-Encoding" not in api.get("export/", headers={"Accept-Encoding": refused}).headers
    assert "Content-Encoding" in api.get("export/", headers={"Accept-Encoding": "br;q=0, gzip;q=0.5"}).headers


def test_the_head_of_an_export_has_no_validator_either(api, florensky):
    head, answer = api.client.head("/api/v1/export/"), api.get("export/")
    assert (head.status_code, b"".join(head.streaming_content)) == (200, b"")
    for name in ("Content-Type", "Content-Disposition", "Vary", "Cache-Control"):
        assert head.headers[name] == answer.headers[name]
    assert ("ETag" in head.headers, "ETag" in answer.headers) == (False, False)


def test_many_are_read_in_the_same_number_of_queries_as_few(api, florensky, django_assert_num_queries):
    for number in range(20):
        enter(FLORENSKY["lists"], "lists", key=str(number), status=Status.PUBLISHED)
    with django_assert_num_queries(2):
        assert len(lines(api)) == 23


@pytest.mark.parametrize(
    ("query", "parameter"),
    [
        ({"surname": "Florenskij", "match": "sounds"}, "match"),
        ({"surname": "Florenskij", "match_surname": "variants"}, "match_surname"),
        ({"q": "флоренский"}, "q"),
        ({"limit": "5"}, "limit"),
        ({"birth": "5.08.1937"}, "birth"),
        ({"surname": ""}, "surname"),
    ],
)
def test_what_no_export_can_answer_is_refused_by_name(api, db, query, parameter):
    assert parameter in wrong(api.get("export/", **query))


def test_exports_are_counted_apart(api, florensky, settings):
    caches["throttle"].clear()
    rates = {"DEFAULT_THROTTLE_RATES": {"anon": None, "user": None, "export": "2/hour"}}
    settings.REST_FRAMEWORK = settings.REST_FRAMEWORK | rates
    for _time in range(2):
        lines(api)
    assert "Retry-After" in api.get("export/").headers
    problem(api.get("export/"), 429)
    assert api.get("victims/").status_code == 200


def test_a_question_that_is_refused_is_not_counted_as_an_export(api, florensky, settings):
    caches["throttle"].clear()
    rates = {"DEFAULT_THROTTLE_RATES": {"anon": None, "user": None, "export": "1/hour"}}
    settings.REST_FRAMEWORK = settings.REST_FRAMEWORK | rates
    assert "sex" in wrong(api.get("export/", sex="F"))
    assert api.client.head("/api/v1/export/").status_code == 200
    assert lines(api)
    problem(api.get("export/"), 429)
