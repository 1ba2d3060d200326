"""What strangers and accidents send to the desk: never an error of ours, never anything lost in silence."""

import random

import pytest
from django.urls import reverse

from memorial.accounts import Role
from tests.cast import FLORENSKY, KURBAS, MANDELSTAM, again, enter, entry_of, gather
from tests.forms import form_of
from tests.people import keeper
from tests.telling import a_source, told
from tests.victims.admin.test_people import MOSCOW, address, opened, saved
from victims import editing
from victims.matching import split
from victims.models import Entry, Victim
from victims.models.checking import differences
from victims.vocabulary import Status

pytestmark = pytest.mark.django_db
LONG = "".join(random.Random(1937).choices("абвгдежзиклмнопрстуфхцчшщыэюя ", k=300_000))
ODD = ["а\0б", "\ud800".encode("utf-8", "surrogatepass"), LONG, "-1", "9" * 400]
FIELDS = [
    "locator", "text", "surname", "sex", "age", "occupation", "birth-0-date", "birth-0-place",
    "sentences-0-articles", "sentences-0-operation", "sentences-0-category", "sentences-0-revision-0-date",
    "cases-0-number", "cases-0-group", "relatives-0-other", "notes-0-text",
    "photographs-0-file_name", "tags-0-form",
]  # fmt: skip


@pytest.fixture
def editor(client):
    user = keeper(Role.EDITOR)
    client.force_login(user)
    client.user = user
    return client


@pytest.fixture
def victim(db):
    return enter(KURBAS["martyrology"])


@pytest.fixture
def prefix(victim):
    return f"entry-{entry_of(victim).pk}"


def test_a_number_of_forms_that_did_not_come_makes_none(editor, victim, prefix):
    data = opened(editor, victim) | {f"{prefix}-age": "old", "_save": ""}
    counts = {name: "999999" for name in data if name.endswith("-TOTAL_FORMS")}
    answer = editor.post(address(victim), data | counts)
    assert answer.status_code == 422
    assert answer.content.count(b"<fieldset") < 200


@pytest.mark.parametrize(("place", "field"), list(enumerate(FIELDS)))
def test_whatever_is_typed_is_taken_or_told_to_be_wrong(editor, victim, prefix, place, field):
    data = opened(editor, victim)
    for odd in (ODD[place % len(ODD)], ODD[(place + 1) % len(ODD)]):  # each pair of neighbours in several fields
        before = again(victim).revision
        answer = editor.post(address(victim), data | {f"{prefix}-{field}": odd, "_save": ""})
        assert answer.status_code in (302, 422), odd[:20]
        if answer.status_code == 422:
            assert again(victim).revision == before
            assert answer.context["card"].complaints or answer.wsgi_request._messages
        else:
            data = opened(editor, victim)
    assert list(differences()) == []


@pytest.mark.parametrize("why", ["\0", LONG])
def test_a_reason_that_cannot_be_kept_is_told_to_be_wrong(editor, victim, prefix, why):
    data = opened(editor, victim) | {"why": why, f"{prefix}-surname": "Иной"}
    answer = saved(editor, victim, data, expect=422)
    assert "errornote" in answer.content.decode()
    assert again(victim).surname == "Курбас"
    for name in ("withdraw", "publish"):
        page = reverse(f"admin:victims_victim_{name}", args=[victim.pk])
        assert editor.post(page, {"why": why, "reason": "error"}).status_code == 422


@pytest.mark.parametrize(
    ("slot", "count"), [("arrests", "TOTAL_FORMS"), ("sentences-0-revision", "INITIAL_FORMS")]
)
@pytest.mark.parametrize("value", ["0", "-1", "9" * 400, "\0"])
def test_a_list_whose_counts_are_forged_loses_no_fact(editor, count, value, slot):
    victim = gather({"martyrology": FLORENSKY["martyrology"]})
    before = told(victim)
    data = opened(editor, victim)
    data |= {f"entry-{entry_of(victim).pk}-{slot}-{count}": value}
    answer = editor.post(address(victim), data | {"_save": ""})
    assert answer.status_code in (302, 422)
    assert told(victim) == before


def test_a_form_without_its_management_changes_only_what_it_brings(editor):
    victim = gather({"martyrology": FLORENSKY["martyrology"]})
    pk = entry_of(victim).pk
    data = {name: value for name, value in opened(editor, victim).items() if "_FORMS" not in name}
    saved(editor, victim, data | {f"entry-{pk}-surname": "Флоринский"})
    assert told(victim) == [FLORENSKY["martyrology"] | {"surname": "Флоринский"}]
    saved(editor, victim, {"revision": again(victim).revision})
    assert again(victim).surname == "Флоринский"


@pytest.mark.parametrize("revision", ["0", "-1", "7", "99999999999", "x", "", "\0", "²"])
def test_a_forged_revision_is_told_and_what_was_typed_stays(editor, victim, prefix, revision):
    data = opened(editor, victim) | {"revision": revision, f"{prefix}-surname": "Иной"}
    answer = saved(editor, victim, data, expect=422)
    page = form_of(answer, "victim_form")
    assert page[f"{prefix}-surname"] == "Иной"
    assert "errornote" in answer.content.decode()
    saved(editor, victim, page)
    assert again(victim).surname == "Иной"


def test_forms_of_another_record_s_entry_change_nothing_there(editor, victim):
    other = enter(FLORENSKY["martyrology"])
    forged = {name: value for name, value in opened(editor, other).items() if name.startswith("entry-")}
    forged |= {f"entry-{entry_of(other).pk}-surname": "Чужой", f"entry-{entry_of(other).pk}-remove": "on"}
    saved(editor, victim, opened(editor, victim) | forged)
    assert (again(other).surname, again(other).revision) == ("Флоренский", 1)


@pytest.mark.parametrize("button", ["_read-new", "_read-entry-999999", "_read-", "_read-entry-x"])
def test_reading_into_a_form_that_is_not_there_is_refused(editor, victim, prefix, button):
    data = opened(editor, victim) | {f"{prefix}-surname": "Иной", button: "1"}
    answer = editor.post(address(victim), data)
    assert answer.status_code == 422
    assert form_of(answer, "victim_form")[f"{prefix}-surname"] == "Иной"


def test_a_text_that_is_too_long_to_read_stays_in_the_form(editor):
    data = opened(editor) | {"new-source": a_source().slug, "new-text": LONG, "_read-new": "1"}
    answer = editor.post(address(), data)
    assert answer.status_code == 422
    assert "200000" in answer.content.decode().replace("\xa0", "").replace(" ", "")


def test_what_was_typed_stays_when_a_text_is_read_into_the_form(editor):
    data = opened(editor) | {
        "new-source": a_source("book").slug, "new-text": MOSCOW, "new-surname": "Азарьев",
        "new-notes-0-text": "сын",
    }  # fmt: skip
    answer = editor.post(address(), data | {"_read-new": "1"})
    page = form_of(answer, "victim_form")
    assert (page["new-surname"], page["new-given_name"], page["new-notes-0-text"]) == ("Азарьев", "Пётр", "сын")
    assert any("Азаров" in str(message) for message in answer.context["messages"])
    again_read = page | {"new-text": MOSCOW.replace(", русский", "").replace("Пётр", "Павел")}
    page = form_of(editor.post(address(), again_read | {"_read-new": "1"}), "victim_form")
    assert (page["new-surname"], page["new-given_name"], page["new-nationality"]) == ("Азарьев", "Павел", "")
    saved(editor, None, page)
    [record] = told(Victim.objects.get())
    assert (record["surname"], record["given_name"], record["notes"]) == ("Азарьев", "Павел", ["сын"])


def test_fields_of_a_card_stay_when_its_text_is_added_and_read(editor):
    victim = enter(KURBAS["martyrology"], keep_reading=False)
    pk = entry_of(victim).pk
    data = opened(editor, victim) | {f"entry-{pk}-text": "Курбас А. С., род. 1887, актёр."}
    page = form_of(editor.post(address(victim), data | {f"_read-entry-{pk}": "1"}), "victim_form")
    saved(editor, victim, page)
    [record] = told(victim)
    assert record == KURBAS["martyrology"]


def test_an_entry_that_tells_nothing_is_not_made(editor, victim):
    saved(editor, None, opened(editor) | {"new-source": a_source().slug}, expect=422)
    saved(editor, victim, opened(editor, victim, add_entry="1") | {"new-source": a_source().slug}, expect=422)
    saved(editor, victim, opened(editor, victim, add_entry="1"))
    assert Entry.objects.count() == 1


def test_the_next_card_is_of_the_same_source(editor):
    data = opened(editor) | {"new-source": a_source("book").slug, "new-surname": "Иванов"}
    answer = saved(editor, None, data, "_addanother")
    assert form_of(editor.get(answer.url), "victim_form")["new-source"] == "book"


def test_what_was_typed_into_an_entry_that_moved_away_is_shown(editor):
    victim = gather(FLORENSKY, status=Status.PUBLISHED)
    moving = entry_of(victim, "openlist")
    data = opened(editor, victim) | {
        f"entry-{moving.pk}-occupation": "поэт",
        f"entry-{moving.pk}-notes-0-text": "да",
    }
    split(victim, [moving], why="another man")
    answer = saved(editor, victim, data, expect=409)
    [(_name, pairs)] = answer.context["card"].lost
    assert {words for _label, words in pairs} == {"поэт", "да"}
    assert "поэт" in answer.content.decode()
    saved(editor, victim, form_of(answer, "victim_form"))


@pytest.mark.parametrize("what", ["merged", "withdrawn", "published"])
def test_what_was_typed_into_a_record_that_is_closed_meanwhile_is_shown(editor, client, victim, prefix, what):
    archivist = keeper(Role.ARCHIVIST, entry_of(victim).source)
    client.force_login(archivist)
    data = opened(client, victim) | {f"{prefix}-occupation": "поэт"}
    user = keeper(Role.EDITOR)
    if what == "merged":
        editing.merge(enter(KURBAS["lists"], key="kept"), victim, user=user, why="one man")
    elif what == "withdrawn":
        editing.withdraw(victim, reason="error", user=user)
    else:
        editing.publish(victim, user=user)
    answer = client.post(address(victim), data | {"_save": ""})
    if what == "published":
        assert answer.status_code == 409
        assert "поэт" in answer.content.decode()
    else:
        assert answer.status_code == 404  # no record that an archivist sees
    client.force_login(user)
    assert "поэт" in client.post(address(victim), data | {"_save": ""}).content.decode()
    assert "поэт" not in str(told(victim))


def test_a_form_sent_twice_makes_one_change(editor, victim, prefix):
    data = opened(editor, victim) | {f"{prefix}-occupation": "поэт"}
    saved(editor, victim, data)
    saved(editor, victim, data, expect=409)
    assert again(victim).revision == 2


def test_a_merge_that_was_previewed_before_a_change_is_shown_again(editor):
    kept, absorbed = enter(MANDELSTAM["martyrology"]), enter(MANDELSTAM["lists"], "lists")
    page = reverse("admin:victims_victim_merge", args=[kept.pk, absorbed.pk])
    data = form_of(editor.get(page)) | {"why": "одно лицо"}
    saved(editor, absorbed, opened(editor, absorbed) | {f"entry-{entry_of(absorbed, 'lists').pk}-surname": "Иной"})
    answer = editor.post(page, data)
    assert answer.status_code == 409
    assert form_of(answer)["why"] == "одно лицо"
    assert editor.post(page, form_of(answer)).status_code == 302
    assert editor.post(page, data).status_code == 403  # sent once more
    assert list(differences()) == []


@pytest.mark.parametrize("number", [0, 2, 10**30])
def test_a_revision_that_is_not_there_is_not_restored(editor, victim, number):
    page = reverse("admin:victims_victim_restore", args=[victim.pk, number])
    assert editor.get(page).status_code == 404
    assert editor.post(page, {"why": "x"}).status_code == 404


def test_addresses_that_lead_nowhere_are_not_found(editor, victim):
    for name in ("change", "history", "withdraw", "publish"):
        for key in (10**30, victim.pk + 1):
            assert editor.get(reverse(f"admin:victims_victim_{name}", args=[key])).status_code == 404
    assert editor.get(reverse("admin:victims_victim_merge", args=[victim.pk, 10**30])).status_code == 404
    assert editor.get(reverse("admin:victims_victim_undo_merge", args=[10**30])).status_code == 404
    for typed in ("\0", "а" * 5000, "%", '"', "\u202e"):
        assert editor.get(reverse("admin:victims_victim_changelist"), {"q": typed}).status_code == 200
        for kind in ("source", "body", "place", "other", "group", "operation", "unit", "x"):
            answer = editor.get(reverse("admin:victims_victim_lookup"), {"kind": kind, "q": typed})
            assert answer.status_code == 200
        assert editor.get(reverse("admin:victims_victim_reading"), {"text": typed}).status_code == 200


def test_withdrawn_records_are_not_published_by_the_handful(editor, victim):
    editing.withdraw(victim, reason="privacy", user=editor.user)
    draft = enter(FLORENSKY["martyrology"])
    chosen = {"action": "publish_chosen", "_selected_action": [victim.pk, draft.pk]}
    editor.post(reverse("admin:victims_victim_changelist"), chosen)
    assert (again(victim).status, again(draft).status) == (Status.WITHDRAWN, Status.PUBLISHED)
