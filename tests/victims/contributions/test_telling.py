"""A visitor adds or corrects without an account, is thanked with a number, and sees what became of it."""

import re

import pytest
from django.core import mail
from django.core.cache import caches

from tests.cast import KURBAS, enter
from tests.victims.contributions.conftest import drawn, file
from victims.contributions import guards
from victims.models import Contribution, Victim
from victims.vocabulary import Status

pytestmark = pytest.mark.django_db
ADD = "/en/contribute/"


def correct(victim) -> str:
    return f"/en/contribute/{victim.public_id}/"


def test_every_record_leads_to_the_form_and_about_to_that_for_a_new_person(client, kurbas):
    assert correct(kurbas) in client.get(f"/en/victims/{kurbas.public_id}/").content.decode()
    assert ADD in client.get("/en/about/").content.decode()


def test_what_was_told_is_kept_thanked_for_and_shown_only_behind_its_link(client, sends, kurbas):
    answer = sends(
        correct(kurbas), words="Родился в Самборе", known_from="Метрическая книга", birth_date="25.02.1887",
        name="Правнучка", address="anna@example.org",
    )  # fmt: skip
    told = Contribution.objects.get()
    assert (told.victim, told.words, told.said) == (kurbas, "Родился в Самборе", {"birth_date": "25.02.1887"})
    assert answer.status_code == 302 and answer["Location"].endswith(f"/{told.reference}/{told.secret}/")
    page = client.get(answer["Location"])
    words = page.content.decode()
    assert page.status_code == 200 and told.reference in words and "Thank you." in words
    assert "noindex" in words and page.headers["Referrer-Policy"] == "no-referrer"
    assert "no-store" in page.headers["Cache-Control"]
    assert "anna@example.org" not in words and "Правнучка" not in words
    assert re.fullmatch(r"V-[0-9A-Z]{5,}", told.reference)


def test_nothing_of_it_is_public_before_an_editor_decides(client, sends, kurbas):
    sends(correct(kurbas), words="слово-метка", name="Правнучка")
    for address in (f"/en/victims/{kurbas.public_id}/", f"/api/v1/victims/{kurbas.public_id}/", "/en/sources/"):
        assert "слово-метка" not in client.get(address).content.decode()
    assert Victim.objects.get(pk=kurbas.pk).revision == kurbas.revision


def test_a_person_who_is_not_recorded_needs_a_name(client, sends):
    answer = sends(ADD, words="Мой прадед")
    assert answer.status_code == 400
    assert "Tell at least one part of the person&#x27;s name." in answer.content.decode()
    assert sends(ADD, surname="Неизвестный").status_code == 302
    assert Contribution.objects.get().victim is None


def test_an_empty_form_is_not_sent(sends, kurbas):
    answer = sends(correct(kurbas))
    assert answer.status_code == 400 and "Tell what is wrong or missing" in answer.content.decode()
    assert not Contribution.objects.exists()


def test_errors_stand_beside_their_fields_and_nothing_typed_is_lost(sends, kurbas):
    answer = sends(correct(kurbas), words="Длинный рассказ", address="no address", surname="Курбас")
    page = answer.content.decode()
    assert answer.status_code == 400
    assert "Длинный рассказ" in page and 'value="Курбас"' in page and 'value="no address"' in page
    assert 'aria-invalid="true"' in page and 'aria-describedby="id_address_error"' in page.replace(
        "id_address_helptext id_address_error", "id_address_error"
    )
    assert 'href="#id_address"' in page and 'role="alert" class="errors" tabindex="-1" autofocus' in page


def test_a_merged_record_leads_to_the_one_it_was_merged_into(client, sends, kurbas):
    from victims.matching import merge

    other = enter(KURBAS["lists"], "lists", status=Status.PUBLISHED)
    merge(kurbas, other, why="one man")
    assert sends(correct(other), words="слово").status_code == 302
    assert Contribution.objects.get().victim == kurbas


@pytest.mark.parametrize("status", [Status.DRAFT, Status.WITHDRAWN])
def test_what_the_public_does_not_see_it_does_not_correct(client, status):
    victim = enter(KURBAS["lists"], "lists", status=status)
    assert client.get(correct(victim)).status_code == 404
    assert client.post(correct(victim), {"words": "x"}).status_code == 404


@pytest.mark.parametrize("language", ["", "/uk"])
def test_it_speaks_the_language_of_its_page(sends, kurbas, language):
    answer = sends(f"{language}/contribute/{kurbas.public_id}/", words="слово")
    assert answer["Location"].startswith(f"{language}/contributions/")
    assert Contribution.objects.get().language == (language.strip("/") or "ru")


# --- against machines ---


def test_a_form_that_is_filled_in_faster_than_people_do_is_not_taken(sends, kurbas, monkeypatch):
    monkeypatch.setattr(guards, "SOONEST", 3)
    answer = sends(correct(kurbas), words="спешка")
    assert answer.status_code == 400 and "спешка" in answer.content.decode()
    assert not Contribution.objects.exists()


@pytest.mark.parametrize("forged", ["", "x", "a:b:c", "\0", "ы" * 5000, None])
def test_a_forged_or_missing_time_is_not_taken_and_costs_nothing_typed(sends, kurbas, forged):
    answer = sends(correct(kurbas), words="рассказ", stamp=forged)
    assert answer.status_code == 400 and "рассказ" in answer.content.decode()
    assert not Contribution.objects.exists()


def test_an_old_form_is_not_taken(sends, kurbas, monkeypatch):
    monkeypatch.setattr(guards, "LATEST", -1)
    assert sends(correct(kurbas), words="рассказ").status_code == 400


def test_what_fills_in_the_box_that_people_do_not_see_is_not_taken(sends, kurbas):
    answer = sends(correct(kurbas), words="buy", homepage="http://example.com")
    assert answer.status_code == 400 and 'aria-hidden="false"' in answer.content.decode()
    assert not Contribution.objects.exists()


def test_the_same_form_sent_twice_is_kept_once(client, kurbas):
    from tests.forms import form_of

    data = form_of(client.get(correct(kurbas))) | {"words": "рассказ"}
    first, second = client.post(correct(kurbas), data), client.post(correct(kurbas), data)
    assert first["Location"] == second["Location"]
    assert Contribution.objects.count() == 1


def test_too_much_from_one_address_waits_and_loses_nothing(sends, kurbas, monkeypatch):
    from victims.views import contributing

    monkeypatch.setattr(contributing, "MOST_AN_HOUR", 2)
    assert [sends(correct(kurbas), words="рассказ").status_code for _ in range(3)] == [302, 302, 429]
    assert "рассказ" in sends(correct(kurbas), words="рассказ").content.decode()


def test_no_address_of_a_visitor_is_kept_to_count_them(client, sends, kurbas):
    sends(correct(kurbas), words="рассказ")
    assert "127.0.0.1" not in "".join(map(str, caches["throttle"]._cache))


def test_it_needs_the_token_against_forgery(kurbas):
    from django.test import Client

    strict = Client(enforce_csrf_checks=True)
    assert strict.post(correct(kurbas), {"words": "x"}).status_code == 403


@pytest.mark.parametrize(
    ("filled", "told"),
    [
        ({"words": "a\0b"}, "Null characters are not allowed"),
        ({"words": "ы" * 1_000_000}, "at most 20000 characters"),
        ({"surname": "ы" * 201}, "at most 200 characters"),
        ({"known_from": "\0"}, "Null characters are not allowed"),
    ],
)
def test_hostile_words_are_refused_beside_their_field(sends, kurbas, filled, told):
    answer = sends(correct(kurbas), **filled)
    assert answer.status_code == 400 and told in answer.content.decode()
    assert not Contribution.objects.exists()


def test_markup_is_shown_as_it_was_typed(client, sends, kurbas):
    answer = sends(correct(kurbas), words="<script>alert(1)</script>")
    assert "<script>alert" not in client.get(answer["Location"]).content.decode()


def test_more_than_pictures_may_be_is_refused_before_it_is_read(client, kurbas):
    answer = client.post(correct(kurbas), {"words": "x"}, CONTENT_LENGTH=str(200 * 1024 * 1024))
    assert answer.status_code == 413


# --- the page of a contribution ---


@pytest.fixture
def told(sends, kurbas):
    sends(correct(kurbas), words="рассказ", name="Анна", address="anna@example.org")
    return Contribution.objects.get()


def test_a_number_opens_nothing_without_its_secret(client, told):
    assert client.get(told.link).status_code == 200
    for secret in ("0" * 32, told.secret[:-1], told.secret.upper(), "ы", told.token):
        assert client.get(f"/en/contributions/{told.reference}/{secret}/").status_code == 404
    for reference in ("V-00000", "V-", "x", told.reference[2:], "V-ZZZZZZZZZZZZZ"):
        assert client.get(f"/en/contributions/{reference}/{told.secret}/").status_code == 404


def test_a_visitor_deletes_their_name_and_address_at_once(client, told):
    client.post(told.link)
    told.refresh_from_db()
    assert (told.name, told.address, told.words) == ("", "", "рассказ")
    assert not mail.outbox


def test_pictures_are_counted_on_the_page_and_have_no_address(client, sends, kurbas):
    answer = sends(correct(kurbas), pictures=file(drawn()))
    page = client.get(answer["Location"]).content.decode()
    name = Contribution.objects.get().evidence.get().file_name
    assert name not in page and "<img" not in page
    for address in (f"/static/{name}", f"/media/{name}", f"/var/evidence/{name}"):
        assert client.get(address).status_code == 404
