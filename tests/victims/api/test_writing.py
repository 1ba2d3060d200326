"""Entering and changing what sources say."""

import re
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.db import connection
from django.test import Client

from memorial.accounts import Role
from tests.cast import KURBAS, again, book, enter, entry_of
from tests.people import keeper
from tests.telling import a_source
from tests.victims.api.asking import ROOT, Api, problem, where, wrong
from victims.models import Entry, EntryVersion, Revision, Victim
from victims.models.record import Change, write
from victims.vocabulary import RevisionKind, Status

TEXT = "Иванов Иван Иванович, род. 1900, токарь. Расстрелян 5.08.1938. Место захоронения: Бутово."
UNCLEAR = "Иванов Иван, 1900 г.р. Родился в Москве. Расстрелян 5.08.1938. Qwerty asdf: 15"
RECORD = {"surname": "Иванов", "given_name": "Иван", "birth": {"date": "1900"}, "arrests": [{"date": "1937-08"}]}
NEW = {"source": "martyrology", "record": RECORD}


@pytest.fixture
def archivist(db) -> Api:
    """An archivist of the archive that keeps the martyrology."""
    return Api(keeper(Role.ARCHIVIST, book()))


@pytest.fixture
def editor(db) -> Api:
    book()
    return Api(keeper(Role.EDITOR))


@pytest.fixture
def entered(archivist) -> dict:
    return archivist.post("entries/", NEW).json()


def version(api, address: str) -> str:
    return api.get(address).headers["ETag"]


def change(api, entry: dict, said: dict, method: str = "PUT"):
    """Send a change of an entry as who has just read it."""
    return api.send(method, entry["url"], said, If_Match=version(api, entry["url"]))


# --- entering --------------------------------------------------------------------------------------


def test_an_archivist_enters_what_a_source_says(archivist):
    answer = archivist.post("entries/", {**NEW, "locator": "с. 7", "item_key": "7", "why": "from the card"})
    told = answer.json()
    entry = Entry.objects.get()
    assert answer.status_code == 201
    assert answer.headers["Location"] == f"http://testserver/api/v1/entries/{entry.pk}/"
    assert archivist.get(answer.headers["Location"]).json() == told
    assert (told["locator"], told["item_key"], told["text"]) == ("с. 7", "7", None)
    assert told["record"]["arrests"] == [{"date": "1937-08"}]
    victim = Victim.objects.get()
    assert (victim.status, victim.public_id, victim.surname) == (Status.DRAFT, told["victim"], "Иванов")
    log = Revision.objects.get()
    assert (log.why, log.by.username) == ("from the card", "archivist-0")


def test_the_words_alone_are_read_by_the_parser(archivist):
    told = archivist.post("entries/", {"source": "martyrology", "text": TEXT}).json()
    assert told["record"]["surname"] == "Иванов"
    assert told["spans"] and told["parser_version"]
    assert told["text"] == TEXT


def test_a_record_beside_the_words_is_kept_as_corrections_of_the_reading(archivist):
    read = archivist.post("entries/", {"source": "martyrology", "text": TEXT, "item_key": "a"}).json()["record"]
    wanted = read | {"given_name": "Иоанн"}
    told = archivist.post("entries/", {"source": "martyrology", "text": TEXT, "record": wanted}).json()
    assert [(one["slot"], one["value"]) for one in told["corrections"]] == [("given_name", "Иоанн")]
    assert told["record"]["given_name"] == "Иоанн"


def test_an_entry_without_a_key_gets_one_of_its_own(archivist):
    keys = {archivist.post("entries/", NEW).json()["item_key"] for _time in range(3)}
    assert len(keys) == 3
    assert Victim.objects.count() == 3


def test_a_key_that_the_source_has_already_is_refused(archivist):
    assert archivist.post("entries/", {**NEW, "item_key": "7"}).status_code == 201
    told = problem(archivist.post("entries/", {**NEW, "item_key": "7"}), 409)
    assert "“7”" in told["detail"]
    assert Entry.objects.count() == 1


def test_an_entry_is_added_to_a_person_that_is_there(archivist, entered):
    more = {"source": "martyrology", "record": {"surname": "Иванов", "patronymic": "Иванович"}}
    told = archivist.post("entries/", {**more, "victim": entered["victim"].lower()}).json()
    assert told["victim"] == entered["victim"]
    assert Victim.objects.get().entries.count() == 2


@pytest.mark.parametrize("victim", ["0000X", "нет", "", "A" * 20])
def test_a_person_that_is_not_there_is_named(archivist, victim):
    assert wrong(archivist.post("entries/", {**NEW, "victim": victim})).keys() == {"#/victim"}


def test_the_draft_of_another_archive_is_not_there_for_an_archivist(archivist):
    foreign = enter(KURBAS["lists"], "lists")
    assert wrong(archivist.post("entries/", {**NEW, "victim": foreign.public_id})).keys() == {"#/victim"}


def test_an_archivist_may_not_enter_what_another_archive_says(archivist):
    a_source("lists", "database")
    problem(archivist.post("entries/", {**NEW, "source": "lists"}), 403)
    assert Entry.objects.count() == 0


def test_an_archivist_may_not_add_to_a_published_person(archivist):
    victim = enter(KURBAS["martyrology"], status=Status.PUBLISHED)
    problem(archivist.post("entries/", {**NEW, "victim": victim.public_id}), 403)


def test_synthetic_persons_are_marked_from_the_start(archivist):
    told = archivist.post("entries/", {**NEW, "synthetic": True}).json()
    assert told["synthetic"] is True
    assert Victim.objects.get().synthetic


def test_what_is_implausible_is_told_and_kept(archivist):
    record = {"surname": "Иванов", "birth": {"date": "1940"}, "arrests": [{}, {"date": "1937"}]}
    answer = archivist.post("entries/", {"source": "martyrology", "record": record})
    assert answer.status_code == 201
    codes = {(one["code"], one["pointer"]) for one in answer.json()["warnings"]}
    assert ("before_birth", "#/record/arrests/1/date") in codes
    text = "Иванов Иван Иванович, род. 1900. Расстрелян 31.06.1938."
    told = archivist.post("entries/", {"source": "martyrology", "text": text}).json()
    assert "impossible_date" in [one["code"] for one in told["warnings"]]


# --- reading without writing -------------------------------------------------------------------------


def test_a_text_is_read_without_being_written(archivist):
    told = archivist.post("parse/", {"text": UNCLEAR}).json()
    assert told["record"]["death"]["date"] == "1938-08-05"
    assert {span["slot"] for span in told["spans"]} >= {"surname", "death.date", ""}
    assert told["remainder"] == ["Qwerty asdf: 15"]
    assert told["warnings"] == []
    assert Entry.objects.count() == 0


def test_only_keepers_have_a_text_read(api):
    problem(api.post("parse/", {"text": TEXT}), 401)
    problem(Api(keeper(None)).post("parse/", {"text": TEXT}), 403)
    for role in Role:
        assert Api(keeper(role)).post("parse/", {"text": TEXT}).status_code == 200


# --- changing ----------------------------------------------------------------------------------------


def test_a_whole_entry_is_said_anew(archivist, entered):
    before = version(archivist, entered["url"])
    answer = archivist.put(entered["url"], {"record": {"surname": "Петров"}, "locator": "л. 2"}, If_Match=before)
    told = answer.json()
    assert answer.status_code == 200
    assert (told["record"], told["locator"], told["version"]) == ({"surname": "Петров"}, "л. 2", 2)
    assert answer.headers["Content-Location"] == entered["url"]
    assert answer.headers["ETag"] == version(archivist, entered["url"]) != before
    assert Victim.objects.get().surname == "Петров"
    assert EntryVersion.objects.get().reading["surname"] == "Иванов"


def test_a_part_is_changed_and_the_rest_stays(archivist, entered):
    told = change(archivist, entered, {"locator": "с. 9"}, "PATCH").json()
    assert told["locator"] == "с. 9"
    assert told["record"] == entered["record"]
    told = change(archivist, entered, {"record": {"surname": "Петров"}}, "PATCH").json()
    assert (told["locator"], told["record"]) == ("с. 9", {"surname": "Петров"})


def test_new_words_are_read_anew_and_corrections_stay(archivist):
    made = archivist.post("entries/", {"source": "martyrology", "text": TEXT}).json()
    fixed = made["record"] | {"given_name": "Иоанн"}
    told = change(archivist, made, {"record": fixed}, "PATCH").json()
    assert (told["text"], told["record"]["given_name"]) == (TEXT, "Иоанн")
    told = change(archivist, made, {"text": TEXT.replace("токарь", "слесарь")}, "PATCH").json()
    assert (told["record"]["given_name"], told["record"]["occupation"]) == ("Иоанн", "слесарь")


def test_what_is_said_already_changes_nothing(archivist, entered):
    answer = change(archivist, entered, {"record": entered["record"]})
    assert answer.status_code == 200
    assert again(Victim.objects.get()).revision == 1
    assert Revision.objects.count() == 1


def test_a_change_must_say_which_version_it_is_of(archivist, entered):
    for method in ("PUT", "PATCH"):
        problem(archivist.send(method, entered["url"], {"record": RECORD}), 428)
        problem(archivist.send(method, entered["url"], {"record": RECORD}, If_Match="*"), 428)


@pytest.mark.parametrize(
    "tag", ['"r7-0123456789abcdef"', '"x"', "r1", '"', "W/", '"r999999999999-0123456789abcdef"']
)
def test_a_version_that_is_not_this_one_is_refused(archivist, entered, tag):
    problem(archivist.put(entered["url"], {"record": {"surname": "Петров"}}, If_Match=tag), 412)
    assert Victim.objects.get().surname == "Иванов"


def test_who_saw_the_record_before_somebody_elses_change_is_told_so(archivist, editor, entered):
    seen = version(archivist, entered["url"])
    change(editor, entered, {"record": {"surname": "Сидоров"}})
    told = problem(archivist.put(entered["url"], {"record": {"surname": "Петров"}}, If_Match=seen), 412)
    assert told["detail"]
    assert Victim.objects.get().surname == "Сидоров"


def test_any_change_of_the_person_counts_as_a_change_of_the_entry(archivist, editor, entered):
    seen = version(archivist, entered["url"])
    editor.post(f"victims/{entered['victim']}/publish/")
    problem(editor.put(entered["url"], {"record": {"surname": "Петров"}}, If_Match=seen), 412)


def test_a_version_that_a_proxy_weakened_is_still_that_version(archivist, entered):
    seen = "W/" + version(archivist, entered["url"])
    answer = archivist.put(entered["url"], {"record": {"surname": "Петров"}}, If_Match=f'"other", {seen}')
    assert answer.status_code == 200


def test_an_archivist_may_not_change_a_published_person(archivist, editor, entered):
    editor.post(f"victims/{entered['victim']}/publish/")
    problem(change(archivist, entered, {"record": {"surname": "Петров"}}), 403)


def test_an_entry_that_is_not_there_cannot_be_changed(archivist):
    foreign = entry_of(enter(KURBAS["lists"], "lists"), "lists")
    for key in (foreign.pk, 10**9, 10**25):
        problem(archivist.put(f"entries/{key}/", {"record": RECORD}, If_Match='"x"'), 404)


def test_an_entry_is_not_deleted(archivist, entered):
    answer = archivist.send("DELETE", entered["url"])
    problem(answer, 405)
    assert answer.headers["Allow"] == "GET, HEAD, PUT, PATCH"


def test_a_change_between_reading_and_writing_is_noticed_behind_the_door(archivist, entered):
    victim = Victim.objects.get()
    seen = version(archivist, entered["url"])
    write(Change(refresh=[victim.pk]), kind=RevisionKind.EDIT)
    problem(archivist.patch(entered["url"], {"locator": "x"}, If_Match=seen), 412)


@pytest.mark.django_db(transaction=True)
def test_of_two_who_change_the_same_version_at_once_one_is_refused():
    archivist = Api(keeper(Role.ARCHIVIST, book()))
    entered = archivist.post("entries/", NEW).json()
    seen, start = version(archivist, entered["url"]), Barrier(2)

    def change_it(surname: str) -> int:
        start.wait()
        try:
            program = Api(**archivist.headers)
            return program.put(entered["url"], {"record": {"surname": surname}}, If_Match=seen).status_code
        finally:
            connection.close()

    with ThreadPoolExecutor(2) as pool:
        assert sorted(pool.map(change_it, ("Петров", "Сидоров"))) == [200, 412]
    assert Victim.objects.get().revision == 2


# --- bodies that cannot be taken ---------------------------------------------------------------------


@pytest.mark.parametrize(
    ("record", "place"),
    [
        ({"arrests": [{}, {"date": "5.08.1937"}]}, "#/record/arrests/1/date"),
        ({"arrests": [{"dat": "1937"}]}, "#/record/arrests/0/dat"),
        ({"arrests": {"date": 1937}}, "#/record/arrests/date"),
        ({"birth": {"date": "1937-13"}}, "#/record/birth/date"),
        ({"birth": {"date": ["1889", "x"]}}, "#/record/birth/date/1"),
        ({"birth": [{"date": "1889"}, {"date": "x"}]}, "#/record/birth/1/date"),
        ({"sentences": [{"term": "10 years"}]}, "#/record/sentences/0/term"),
        ({"sentences": [{"kind": "shot"}]}, "#/record/sentences/0/kind"),
        ({"sentences": [{"revision": {"date": "x"}}]}, "#/record/sentences/0/revision/date"),
        ({"sentences": [{"category": -1}]}, "#/record/sentences/0/category"),
        ({"sentences": [{"articles": [5]}]}, "#/record/sentences/0/articles/0"),
        ({"tags": [{}]}, "#/record/tags/0/form"),
        ({"sex": "F"}, "#/record/sex"),
        ({"age": 151}, "#/record/age"),
        ({"age": True}, "#/record/age"),
        ({"surname": "и" * 201}, "#/record/surname"),
        ({"surname": ["Иванов"]}, "#/record/surname"),
        ({"nationality": [["русский"]]}, "#/record/nationality/0"),
        ({"фамилия": "Иванов"}, "#/record/фамилия"),
        ({"a/b~c": 1}, "#/record/a~1b~0c"),
        ({"name_variants": [{"kind": "main", "surname": "Иванов"}]}, "#/record/name_variants/0/kind"),
        ({"arrests": [{}] * 501}, "#/record/arrests"),
        ([], "#/record"),
        ("Иванов", "#/record"),
        (5, "#/record"),
    ],
)
def test_what_is_wrong_in_a_record_is_told_with_its_place(archivist, record, place):
    assert wrong(archivist.post("entries/", {**NEW, "record": record})).keys() == {place}
    assert Entry.objects.count() == 0


@pytest.mark.parametrize(
    ("record", "place"),
    [
        ({"relatives": [{"name": "Анна", "other": "0000X"}]}, "#/record/relatives/0/other"),
        ({"surname": "Ж", "relatives": [{}, {"other": "nobody"}]}, "#/record/relatives/1/other"),
        ({"archival_files": [{"printed": "П-1", "unit": "nowhere"}]}, "#/record/archival_files/0/unit"),
        ({"cases": [{"group": "no such case"}]}, "#/record/cases/0/group"),
        ({"sentences": [{"operation": "99999"}]}, "#/record/sentences/0/operation"),
        ({"cases": [{"number": 1, "group": ""}, {"number": 1, "archival_file": "x"}]}, "#/record/cases/1/number"),
    ],
)
def test_what_the_door_cannot_keep_is_told_with_its_place(archivist, record, place):
    errors = wrong(archivist.post("entries/", {**NEW, "record": record}), 422)
    assert errors.keys() == {place}
    assert Entry.objects.count() == 0


def test_what_the_door_refuses_is_told_in_the_language_that_is_asked_for(archivist, editor, entered):
    russian = {"Accept-Language": "ru"}
    twice = {"cases": [{"number": 1, "group": ""}, {"number": 1, "archival_file": "x"}]}
    told = wrong(archivist.post("entries/", {**NEW, "item_key": "2", "record": twice}, **russian), 422)
    assert told == {"#/record/cases/1/number": "дело 1 стоит в списке дважды"}
    a_source("lists", "database")
    seen, victim = version(archivist, entered["url"]), entered["victim"]
    foreign = archivist.post("entries/", {**NEW, "source": "lists"}, **russian)
    refused = editor.post(f"victims/{victim}/restore/", {"revision": 77, "why": "x"}, **russian)
    editor.post(f"victims/{victim}/publish/")
    stale = editor.put(entered["url"], {"record": {"surname": "Петров"}}, If_Match=seen, **russian)
    other = archivist.post("entries/", {**NEW, "item_key": "3", "victim": victim}, **russian)
    for answer, status in ((foreign, 403), (refused, 409), (stale, 412), (other, 403)):
        detail = problem(answer, status)["detail"]
        assert re.search("[а-я]{3}", detail) and not re.search("[a-z]{3}", detail.replace("lists", "")), detail


def test_all_that_is_wrong_in_a_body_is_told_at_once(archivist):
    body = {"source": 5, "locator": "x" * 201, "synthetic": "yes", "colour": "red", "language": "RU!"}
    places = {"#/source", "#/locator", "#/synthetic", "#/language", "#/colour"}
    assert wrong(archivist.post("entries/", body)).keys() == places


def test_an_entry_says_something(archivist, entered):
    for said in ({}, {"text": "  "}, {"record": None}):
        assert wrong(archivist.post("entries/", {"source": "martyrology", **said})).keys() == {"#/text"}
        assert wrong(change(archivist, entered, said)).keys() == {"#/text"}


def test_a_source_that_is_not_there_is_named(archivist):
    assert wrong(archivist.post("entries/", {**NEW, "source": "nowhere"})).keys() == {"#/source"}


# --- who ---------------------------------------------------------------------------------------------


def test_a_visitor_is_asked_to_sign_in_and_told_how(api):
    answer = api.post("entries/", NEW)
    problem(answer, 401)
    assert answer.headers["WWW-Authenticate"] == "Token"


@pytest.mark.parametrize(
    "header",
    [
        "Token",
        "Token x",
        "Token a b",
        "Token " + "0" * 64,
        "Token " + "z" * 300,
        "Token \xff\xfe",
        "Token \0",
        "Token é",
    ],
)
def test_a_token_that_is_none_is_refused_even_for_reading(db, header):
    problem(Api(Authorization=header).get("victims/"), 401)


def test_another_scheme_is_no_token(api):
    assert Api(Authorization="Basic YTpi").get("victims/").status_code == 200


def test_a_session_writes_only_with_the_csrf_token(db):
    user, client = keeper(Role.ARCHIVIST, book()), Client(enforce_csrf_checks=True)
    client.force_login(user)
    session = Api(client=client)
    problem(session.post("entries/", NEW), 403)
    client.cookies["csrftoken"] = "a" * 32
    assert session.post("entries/", NEW, X_CSRFToken="a" * 32).status_code == 201
    assert session.get("entries/").json()["results"]


def test_a_person_who_left_has_no_token_any_more(db):
    user = keeper(Role.ARCHIVIST, book())
    api = Api(user)
    user.is_active = False
    user.save()
    problem(api.post("entries/", NEW), 401)


def test_a_body_in_another_form_is_refused(archivist):
    answer = archivist.client.post(
        where("entries/"), "a=1", content_type="application/x-www-form-urlencoded", headers=archivist.headers
    )
    problem(answer, 415)
    assert archivist.get("entries/", headers={"Accept": "text/html"}).status_code == 406
    problem(archivist.client.get(ROOT + "entries/", headers={"Accept": "text/html"}), 406)
