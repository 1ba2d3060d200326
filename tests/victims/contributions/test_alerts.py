"""Who leaves an address on a search and confirms it is told of new records, once of each, until they leave."""

import re
from datetime import timedelta

import pytest
from django.core import mail
from django.utils import timezone

from tests.cast import FLORENSKY, KURBAS, book, edit, enter, enter_all
from tests.forms import form_of
from tests.telling import a_source, name, put, run
from victims.contributions import alerts
from victims.models import Alert, AlertTold
from victims.models.record import Change
from victims.vocabulary import Status

pytestmark = pytest.mark.django_db
SEARCH = "?q=%D0%BA%D1%83%D1%80%D0%B1%D0%B0%D1%81"  # курбас
ANNA = "anna@example.org"


def asks(client, search=SEARCH, address=ANNA, at="/en/alerts/", **more):
    page = client.get(at + search)
    return client.post(at + search, form_of(page, None) | {"address": address} | more)


def link(letter, what) -> str:
    return re.search(rf"http://testserver(/\S*/alerts/\S+/{what}/)", letter.body)[1]


def subscribed(client, search=SEARCH, address=ANNA, **more) -> Alert:
    asks(client, search, address, **more)
    client.post(link(mail.outbox.pop(), "confirm"))
    return Alert.objects.get(address=address)


def test_a_search_leads_to_the_form_with_its_own_parameters(client):
    page = client.get("/en/victims/?q=Курбас&manner=shot&after=").content.decode()
    assert "/en/alerts/?" not in page  # redirected: an empty parameter is no part of a search
    page = client.get("/en/victims/?q=Курбас&manner=shot").content.decode()
    [address] = re.findall(r'href="(/en/alerts/\?[^"]+)"', page)
    form = client.get(address.replace("&amp;", "&")).content.decode()
    assert "Курбас" in form and "shot" in form
    assert "/en/alerts/?" not in client.get("/en/victims/").content.decode()


def test_nothing_is_sent_before_the_address_is_confirmed(client):
    assert "a letter is on its way" in asks(client).content.decode()
    [letter] = mail.outbox
    assert letter.to == [ANNA]
    enter_all(KURBAS, status=Status.PUBLISHED)
    assert run("send_alerts").out == "Looked at 0 alerts, sent 0 letters.\n"
    assert client.get(link(letter, "confirm")).status_code == 200
    assert Alert.objects.get().confirmed_at is None, "programs that follow links confirm nothing"
    assert client.post(link(letter, "confirm")).status_code == 200
    assert Alert.objects.get().confirmed_at


def test_a_new_record_is_told_of_once(client):
    enter(KURBAS["martyrology"], status=Status.PUBLISHED)
    subscribed(client)
    assert run("send_alerts").out == "Looked at 0 alerts, sent 0 letters.\n"
    new = enter(KURBAS["lists"], "lists", status=Status.PUBLISHED)
    enter(FLORENSKY["lists"], "lists", status=Status.PUBLISHED)
    assert run("send_alerts").out == "Looked at 1 alerts, sent 1 letters.\n"
    [letter] = mail.outbox
    assert re.findall(r"/en/victims/(\w+)/", letter.body) == [new.public_id]
    assert run("send_alerts").out == "Looked at 0 alerts, sent 0 letters.\n"
    edit(Change(refresh=[new.pk]))
    assert run("send_alerts").out == "Looked at 1 alerts, sent 0 letters.\n"


def test_a_draft_is_told_of_when_it_is_published_and_not_before(client):
    subscribed(client)
    draft = enter(KURBAS["lists"], "lists")
    assert run("send_alerts").out.endswith("sent 0 letters.\n")
    edit(Change(status={draft.pk: "published"}))
    assert run("send_alerts").out.endswith("sent 1 letters.\n")


def test_who_may_be_living_is_not_told_of(client):
    subscribed(client, "?surname=Живаго")
    put(name("Живаго", "Анна", birth={"date": "1990"}), source=a_source("letters", "testimony"))
    assert run("send_alerts").out.endswith("sent 0 letters.\n")


def test_an_import_is_looked_at_as_a_whole(client, tmp_path):
    from victims.importing.loading import load
    from victims.importing.readers import Item

    subscribed(client, "?surname=Азаров")
    items = [Item(number, str(number), f"Азаров Пётр, род. {1870 + number}. Расстрелян.") for number in range(25)]
    load(items, book(), status=Status.PUBLISHED)
    assert run("send_alerts").out.endswith("sent 1 letters.\n")
    [letter] = mail.outbox
    assert "25 people" in letter.body and letter.body.count("/en/victims/0") == alerts.NAMED
    assert AlertTold.objects.count() == 25


def test_a_search_by_filters_alone_is_kept_too(client):
    subscribed(client, "?manner=shot&death=1937")
    enter_all(KURBAS, status=Status.PUBLISHED)
    run("send_alerts")
    [letter] = mail.outbox
    assert letter.body.count("/en/victims/0") == 1
    assert "/en/victims/?death=1937&manner=shot" in letter.body


def test_a_letter_tells_births_in_words(client):
    subscribed(client, "?birth=1897", at="/uk/alerts/")
    put(name("Иванов", "Иван", birth={"date": "1897~"}))
    run("send_alerts")
    [letter] = mail.outbox
    assert "Иванов Иван, народження: близько 1897" in letter.body and "1897~" not in letter.body


@pytest.mark.parametrize("at", ["/alerts/", "/uk/alerts/", "/en/alerts/"])
def test_letters_are_in_the_language_of_the_page(client, at):
    asks(client, at=at)
    assert Alert.objects.get().language == {"/alerts/": "ru"}.get(at, at[1:3])
    assert f"http://testserver{at}" in mail.outbox[0].body


# --- leaving ---


@pytest.fixture
def letter(client):
    subscribed(client)
    enter(KURBAS["lists"], "lists", status=Status.PUBLISHED)
    run("send_alerts")
    return mail.outbox[0]


def test_one_click_ends_it_and_deletes_the_address(letter):
    from django.test import Client

    assert letter.extra_headers["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    address = letter.extra_headers["List-Unsubscribe"].strip("<>").removeprefix("http://testserver")
    program = Client(enforce_csrf_checks=True)  # a mail program has no cookie of ours (RFC 8058)
    assert program.get(address).status_code == 200
    assert Alert.objects.exists(), "programs that follow links end nothing"
    assert program.post(address, {"List-Unsubscribe": "One-Click"}).status_code == 200
    assert not Alert.objects.exists() and not AlertTold.objects.exists()
    assert program.post(address).status_code == 200
    assert program.get(address).status_code == 404


def test_a_letter_names_one_link_that_ends_it_in_its_words_too(letter):
    assert link(letter, "leave") in letter.extra_headers["List-Unsubscribe"]


@pytest.mark.parametrize("what", ["confirm", "leave"])
@pytest.mark.parametrize("token", ["x", "1", "1:x", "1:x:y", "ы", "%00", "9" * 400, "-1:AAAA"])
def test_a_forged_link_does_nothing(client, what, token):
    alert = subscribed(client)
    assert client.get(f"/en/alerts/{token}/{what}/").status_code == 404
    client.post(f"/en/alerts/{token}/{what}/")
    assert Alert.objects.get() == alert


def test_a_link_to_leave_does_not_confirm_nor_the_other_way_round(client):
    asks(client)
    token = link(mail.outbox[0], "confirm").split("/")[-3]
    client.post(f"/en/alerts/{token}/leave/")
    assert Alert.objects.exists()


def test_a_link_to_confirm_ends_after_two_days_and_so_does_the_address(client, monkeypatch):
    asks(client)
    address = link(mail.outbox[0], "confirm")
    monkeypatch.setattr(alerts, "CONFIRM_WITHIN", -1)
    assert client.post(address).status_code == 404
    Alert.objects.update(asked_at=timezone.now() - timedelta(days=2, seconds=1))
    assert "1 alerts" in run("forget_visitors").out
    assert not Alert.objects.exists()


def test_confirming_again_does_not_begin_anew(client):
    asks(client)
    address = link(mail.outbox.pop(), "confirm")
    client.post(address)
    enter(KURBAS["lists"], "lists", status=Status.PUBLISHED)
    client.post(address)
    assert run("send_alerts").out.endswith("sent 1 letters.\n")


# --- nobody is told who is known here, and nobody's box is filled ---


def without_its_forms(answer) -> str:
    return re.sub(r'value="[^"]*"', "", answer.content.decode())


def test_the_answer_is_the_same_for_every_address(client):
    subscribed(client)
    known, unknown = asks(client), asks(client, address="other@example.org")
    assert without_its_forms(known) == without_its_forms(unknown)
    assert [one.to for one in mail.outbox] == [["other@example.org"]]


def test_asking_again_sends_no_second_letter(client):
    for _ in range(3):
        asks(client)
        asks(client, address="ANNA@example.org")
    assert len(mail.outbox) == 1


def test_a_strangers_box_is_not_filled(client):
    for number in range(6):
        asks(client, f"?q=курбас&birth=18{number}0")
    assert len(mail.outbox) == alerts.MOST_UNCONFIRMED


def test_too_much_from_one_address_waits(client, monkeypatch):
    from victims.views import alerts as pages

    monkeypatch.setattr(pages, "MOST_AN_HOUR", 1)
    assert asks(client).status_code == 200
    answer = asks(client, address="b@example.org")
    assert answer.status_code == 429 and "b@example.org" in answer.content.decode()


@pytest.mark.parametrize("address", ["", "no address", "a@b\n.org", "\0", "ы" * 300, "a@b.org, c@b.org"])
def test_what_is_no_address_is_told_beside_its_field(client, address):
    answer = asks(client, address=address)
    assert answer.status_code == 400 and "id_address_error" in answer.content.decode()
    assert not Alert.objects.exists() and not mail.outbox


@pytest.mark.parametrize("search", ["", "?after=x.1", "?birth=вчера", "?lishnee=1", "?q=" + "я" * 3000])
def test_a_search_that_cannot_be_asked_is_not_kept(client, search):
    answer = client.get("/en/alerts/" + search)
    assert answer.status_code == 302 and answer["Location"].startswith("/en/victims/")
    client.post("/en/alerts/" + search, {"address": ANNA})
    assert not Alert.objects.exists()


@pytest.mark.parametrize("search", ["?q=курбас&next=https://evil.example", "?next=//evil.example"])
def test_it_leads_to_no_other_host(client, search):
    answer = client.get("/en/alerts/" + search)
    assert answer["Location"].startswith("/en/victims/")


# --- stopped ---


def test_what_was_stopped_goes_on_and_tells_nobody_twice(client, monkeypatch):
    for number in range(3):
        subscribed(client, address=f"a{number}@example.org")
    enter(KURBAS["lists"], "lists", status=Status.PUBLISHED)
    write = alerts._letter

    def stopped(alert, people):
        if alert.address == "a1@example.org":
            raise KeyboardInterrupt
        return write(alert, people)

    monkeypatch.setattr(alerts, "_letter", stopped)
    with pytest.raises(KeyboardInterrupt):
        alerts.send(10)
    assert [one.to[0] for one in mail.outbox] == ["a0@example.org"]
    monkeypatch.setattr(alerts, "_letter", write)
    run("send_alerts")
    assert [one.to[0] for one in mail.outbox] == ["a0@example.org", "a1@example.org", "a2@example.org"]


def test_a_run_looks_at_no_more_than_it_is_told_and_the_next_goes_on(client):
    for number in range(3):
        subscribed(client, address=f"a{number}@example.org")
    enter(KURBAS["lists"], "lists", status=Status.PUBLISHED)
    assert run("send_alerts", "--limit", 2).out == "Looked at 2 alerts, sent 2 letters.\n"
    assert run("send_alerts", "--limit", 2).out == "Looked at 1 alerts, sent 1 letters.\n"
    assert len({one.to[0] for one in mail.outbox}) == 3


@pytest.mark.parametrize("limit", ["0", "-1", "10000000"])
def test_a_wrong_limit_is_told(limit):
    done = run("send_alerts", f"--limit={limit}")
    assert done.code == 2 and "whole number" in done.err


def test_a_search_whose_source_is_gone_finds_nobody(client):
    alert = subscribed(client)
    Alert.objects.filter(pk=alert.pk).update(query="source=gone")
    enter(KURBAS["lists"], "lists", status=Status.PUBLISHED)
    assert run("send_alerts").out == "Looked at 1 alerts, sent 0 letters.\n"
