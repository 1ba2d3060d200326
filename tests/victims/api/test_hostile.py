"""What nobody sends in good faith: every parameter and every body is answered, and never with a 500."""

import json

import pytest

from memorial.accounts import Role
from tests.cast import KURBAS, book, enter, entry_of
from tests.people import keeper
from tests.victims.api.asking import LISTS, Api, problem, wrong
from victims.api.parsing import LARGEST
from victims.api.views.meta import schema
from victims.models import Entry, Victim
from victims.vocabulary import Status

VALUES = {
    "NUL": "а\0б",
    "half a character": "\udcd0",
    "long": "и" * 10_000,
    "quotes": "'\"; DROP TABLE victims_victim; --",
    "wildcards": "%_%",
    "huge": "9" * 400,
    "negative": "-1",
    "braces": "{{7*7}} ${7*7} ../../etc/passwd",
    "lines": "a\r\nSet-Cookie: a=b",
    "spaces": "\u00a0\u2003\t\n",
    "right to left": "\u202eabc\u202c",
    "combining": "е" + "\u0308" * 190,
    "emoji": "👩‍👩‍👧" * 20,
    "json": '{"a": [1, 2]}',
    "none": "null",
    "nan": "NaN",
}


def parameters(place: str) -> list[str]:
    described = schema()["paths"][f"/api/v1/{place}/"]["get"]["parameters"]
    return [one["name"] for one in described if one["in"] == "query"]


@pytest.fixture
def editor(db) -> Api:
    book()
    return Api(keeper(Role.EDITOR))


@pytest.mark.parametrize("value", VALUES)
@pytest.mark.parametrize("place", LISTS)
def test_every_parameter_answers_whatever_it_is_given(api, db, place, value):
    for name in parameters(place):
        answer = api.client.get(f"/api/v1/{place}/", {name: VALUES[value].encode(errors="surrogateescape")})
        assert answer.status_code in (200, 400), (name, answer.content.decode())
        if answer.status_code == 400:
            assert wrong(answer).keys() == {name}
            assert len(answer.content) < 4000
        assert "Set-Cookie" not in answer.headers


@pytest.mark.parametrize("value", VALUES)
def test_the_name_of_a_parameter_is_answered_too(api, value):
    answer = api.client.get("/api/v1/victims/", {VALUES[value].encode(errors="surrogateescape"): "1"})
    assert answer.status_code == 400
    assert len(answer.content) < 4000


@pytest.mark.parametrize("value", VALUES)
def test_every_address_answers_whatever_stands_in_it(editor, value):
    from urllib.parse import quote

    odd = quote(VALUES[value].encode(errors="surrogateescape"), safe="")[:3000]
    for place in (*LISTS, "victims/0000X"):
        for address in (f"{place}/{odd}/", f"{place}/{odd}"):
            assert editor.get(address).status_code in (308, 404), address
    for action in ("publish", "withdraw", "merge", "restore", "revisions"):
        answer = editor.post(
            f"victims/{odd}/{action}/", {"why": "x", "reason": "error", "absorb": "x", "revision": 1}
        )
        assert answer.status_code in (404, 405)


@pytest.mark.parametrize("number", [0, 2**31, 2**63 - 1, 2**63, 10**30, 10**400])
def test_a_number_beyond_all_keys_is_not_found(editor, number):
    for place in ("entries", "arrests", "sentences", "deaths", "sittings"):
        problem(editor.get(f"{place}/{number}/"), 404)
    problem(editor.put(f"entries/{number}/", {"record": {}}, If_Match='"x"'), 404)


BODIES = {
    "no json": b"{",
    "not UTF-8": b'{"text": "\xff\xfe"}',
    "UTF-16": '{"text": "a"}'.encode("utf-16"),
    "a list": b"[]",
    "a text": b'"text"',
    "a number": b"5",
    "null": b"null",
    "NaN": b'{"text": NaN}',
    "infinite": b'{"text": 1e999}',
    "many digits": b'{"text": ' + b"9" * 10_000 + b"}",
    "deep lists": b'{"record": {"arrests": ' + b"[" * 50_000 + b"]" * 50_000 + b"}}",
    "deep objects": b'{"a":' * 40_000 + b"1" + b"}" * 40_000,
    "rather deep": b'{"record": {"arrests": ' + b"[" * 40 + b"]" * 40 + b"}}",
    "a key twice": b'{"text": "a", "text": "b"}',
    "NUL": b'{"source": "martyrology", "text": "a\\u0000b"}',
    "NUL in a key": b'{"source": "martyrology", "record": {"a\\u0000b": 1}}',
    "NUL in a record": b'{"source": "martyrology", "record": {"surname": "a\\u0000"}}',
    "half a character": b'{"source": "martyrology", "text": "\\ud83d"}',
    "half a character in a record": b'{"source": "martyrology", "record": {"notes": ["\\udc00"]}}',
    "prototype": b'{"__proto__": {"a": 1}}',
    "wrong types": b'{"source": ["a"], "text": {"a": 1}, "record": [1], "locator": 5, "why": []}',
}


@pytest.mark.parametrize("body", BODIES)
def test_a_body_that_cannot_be_taken_is_refused(editor, body):
    kept = enter(KURBAS["martyrology"], status=Status.PUBLISHED)
    before = Victim.objects.count(), Entry.objects.count()
    entry = entry_of(kept)
    tag = f'"r{kept.revision}-0123456789abcdef"'
    address = f"victims/{kept.public_id}/"
    problem(editor.post("entries/", BODIES[body]), 400)
    problem(editor.post("parse/", BODIES[body]), 400) if "half" not in body and body != "NUL" else None
    problem(editor.put(f"entries/{entry.pk}/", BODIES[body], If_Match=tag), 400)
    problem(editor.patch(f"entries/{entry.pk}/", BODIES[body], If_Match=tag), 400)
    for action in ("publish", "withdraw", "merge", "restore"):
        problem(editor.post(f"{address}{action}/", BODIES[body]), 400)
    assert (Victim.objects.count(), Entry.objects.count()) == before
    assert Victim.objects.get(pk=kept.pk).revision == kept.revision


def test_no_body_is_an_empty_one(editor):
    draft = enter(KURBAS["martyrology"])
    assert wrong(editor.post("entries/", "")).keys() == {"#/source"}
    assert editor.post(f"victims/{draft.public_id}/publish/", "").status_code == 200


def test_the_place_of_what_no_database_holds_is_told(editor):
    record = {"arrests": [{}, {"note": "a\0b"}]}
    body = json.dumps({"source": "martyrology", "record": record})
    assert wrong(editor.post("entries/", body)).keys() == {"#/record/arrests/1/note"}


def test_a_body_that_is_too_large_is_refused(editor):
    problem(editor.post("entries/", b'{"text": "' + b"a" * LARGEST + b'"}'), 413)
    assert wrong(editor.post("parse/", {"text": "а" * 20_001})).keys() == {"#/text"}


LETTERS = ("ŉ", "ß", "ΐ", "ﬃ", "İ", "\u0130\u0307", "ё", "Ж", "\u200b", "👩", "ǰ", "𝔄", "\u0308", "-", "'", " ")


@pytest.mark.parametrize("letter", LETTERS)
def test_the_longest_values_of_any_letter_are_kept_or_refused(editor, letter):
    longest = (letter * 200)[:200]
    record = {
        "surname": longest, "given_name": longest, "patronymic": longest,
        "name_variants": [{"printed": (letter * 500)[:500], "surname": longest, "given_name": longest}],
        "nationality": letter * 5000, "occupation": letter * 9000,
        "birth": {"place": letter * 9000}, "notes": [letter * 9000], "tags": [letter * 3000],
        "sentences": [{"body": letter * 5000, "articles": [letter * 3000], "protocol": longest[:100]}],
    }  # fmt: skip
    answer = editor.post("entries/", {"source": "martyrology", "record": record})
    assert answer.status_code in (201, 400, 422), answer.content.decode()[:500]
    if answer.status_code == 201:
        told = answer.json()
        assert told["record"]["nationality"] == record["nationality"]
        assert editor.get(f"victims/{told['victim']}/").status_code == 200
        published = editor.post(f"victims/{told['victim']}/publish/")
        assert published.status_code == 200


@pytest.mark.parametrize("text", ["а" * 20_000, "Иванов " * 2500, "(" * 20_000, "1937." * 4000, "\n" * 100 + "а,"])
def test_a_long_text_is_read_in_a_bearable_time(editor, text):
    from time import perf_counter

    began = perf_counter()
    assert editor.post("parse/", {"text": text[:20_000]}).status_code == 200
    assert perf_counter() - began < 10


@pytest.mark.parametrize(
    "header", ['"', "W/", "*, *", '"a", ' * 2000, "\0", "\xff", "r1", '""', "x" * 9000], ids=range(9)
)
def test_validators_of_any_form_are_answered(editor, header):
    victim = enter(KURBAS["martyrology"], status=Status.PUBLISHED)
    address = f"victims/{victim.public_id}/"
    assert editor.get(address, headers={"If-None-Match": header}).status_code == 200 or "*" in header
    assert editor.post(address + "publish/", If_Match=header).status_code in (200, 412)
