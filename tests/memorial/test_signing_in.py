"""Signing in, as a browser does it: attempts are limited, nobody learns who has an account."""

import re

import pytest
from django.conf import settings
from django.core import mail
from django.test import Client, override_settings

from tests.memorial.signing import LOGIN, PASSWORD, confirmed, sign_in, signed_in, text_of, with_app
from tests.memorial.test_settings import PRODUCTION, evaluate

WRONG = "The username and/or password you specified are not correct."
TOO_MANY = "Too many failed login attempts. Try again later."
EN = "/en" + LOGIN


def tell(client, name, password, **more):
    return text_of(client.post(EN, {"login": name, "password": password}, **more))


# --- the pages ---


@pytest.mark.parametrize(("prefix", "language"), [("", "ru"), ("/en", "en"), ("/uk", "uk")])
@pytest.mark.parametrize("path", ["login/", "password/reset/", "password/reset/done/", "inactive/"])
def test_the_pages_of_accounts_speak_every_language(client, db, prefix, language, path):
    page = client.get(f"{prefix}/accounts/{path}")
    assert page.status_code == 200
    assert f'<html lang="{language}">' in page.content.decode()
    assert not re.search(r"<(style|script)|\sstyle=|\son\w+=", page.content.decode())


@pytest.mark.parametrize(
    ("prefix", "words"),
    [
        ("", "Имя пользователя и/или пароль неверны."),
        ("/en", WRONG),
        ("/uk", "Вказане ім'я користувача або пароль неправильні."),
    ],
)
def test_a_refusal_is_told_in_the_language_of_the_page(client, tries, prefix, words):
    page = client.post(f"{prefix}{LOGIN}", {"login": "nobody", "password": "wrong"})
    told = page.content.decode().replace("&#x27;", "'")
    assert words in told
    assert 'role="alert">' in told


def test_an_error_stands_beside_its_field_and_the_field_names_it(client, tries):
    page = client.post(EN, {"login": "", "password": "x"}).content.decode()
    assert 'aria-invalid="true"' in page
    assert 'aria-describedby="id_login_error"' in page
    assert 'id="id_login_error"' in page


@pytest.mark.parametrize(
    "path",
    ["signup/", "email/", "confirm-email/", "login/code/", "login/code/confirm/", "password/set/", "2fa/webauthn/",
     "3rdparty/", "2fa/trust/", "sessions/"],
)  # fmt: skip
def test_nobody_signs_up_and_what_is_not_needed_is_not_there(client, db, path):
    assert client.get(f"/accounts/{path}").status_code == 404
    assert client.post(f"/accounts/{path}", {}).status_code == 404


# --- coming in and going out ---


def test_who_has_a_role_lands_at_the_records_and_others_at_their_account(client, editor, nobody):
    assert sign_in(client, editor).url == "/admin/"
    assert sign_in(Client(), nobody).url == "/accounts/"


def test_a_session_is_a_new_one_after_signing_in_and_lasts_half_a_day_at_most(client, editor):
    client.get("/accounts/login/?next=/accounts/")
    session = client.session
    session["before"] = "planted"
    session.save()
    client.cookies[settings.SESSION_COOKIE_NAME] = planted = session.session_key
    sign_in(client, editor)
    cookie = client.cookies[settings.SESSION_COOKIE_NAME]
    assert cookie.value != planted
    assert cookie["httponly"] and cookie["samesite"] == "Lax"
    assert cookie["expires"] == "" and cookie["max-age"] == ""  # it ends with the browser
    assert settings.SESSION_COOKIE_AGE == client.session.get_expiry_age() == 12 * 60 * 60


def test_the_next_page_is_one_of_ours(client, editor):
    assert sign_in(client, editor, query_params={"next": "/accounts/tokens/"}).url == "/accounts/tokens/"
    foreign = Client().post(f"{LOGIN}?next=https://example.org/", {"login": "editor", "password": PASSWORD})
    assert foreign.url == "/admin/"


def test_signing_out_takes_a_form(client, editor):
    sign_in(client, editor)
    assert client.get("/accounts/logout/").status_code == 200
    assert signed_in(client)
    assert client.post("/accounts/logout/").url == "/"
    assert not signed_in(client)


def test_a_form_without_the_token_of_our_page_is_refused_in_words(editor):
    strict = Client(enforce_csrf_checks=True)
    answer = strict.post(EN, {"login": "editor", "password": PASSWORD})
    assert answer.status_code == 403
    assert "The form was too old" in text_of(answer)
    assert not signed_in(strict)


def test_an_account_made_inactive_opens_nothing(client, editor):
    sign_in(client, editor)
    editor.is_active = False
    editor.save()
    assert not signed_in(client)
    assert sign_in(client, editor).url == "/accounts/inactive/"
    assert not signed_in(client)


# --- attempts ---


def test_a_wrong_password_and_an_unknown_name_are_answered_alike(client, editor):
    assert WRONG in tell(client, "editor", "wrong")
    assert WRONG in tell(client, "no-such-name", "wrong")


def test_after_five_wrong_passwords_the_right_one_is_refused_too_and_it_is_told(editor, nobody):
    for number in range(5):
        assert WRONG in tell(Client(REMOTE_ADDR=f"192.0.2.{number}"), "editor", "wrong")
    client = Client(REMOTE_ADDR="192.0.2.77")
    assert TOO_MANY in tell(client, "editor", PASSWORD)
    assert not signed_in(client)
    assert TOO_MANY in tell(client, "Editor", PASSWORD)
    assert sign_in(client, nobody).status_code == 302, "others come in"


def test_another_port_in_the_host_header_gives_no_more_tries(editor):
    for port in range(8001, 8006):
        assert WRONG in tell(
            Client(REMOTE_ADDR=f"192.0.2.{port % 100}"), "editor", "x", headers={"host": f"localhost:{port}"}
        )
    answer = tell(Client(REMOTE_ADDR="192.0.2.77"), "editor", PASSWORD, headers={"host": "localhost:9000"})
    assert TOO_MANY in answer


def test_one_address_has_ten_wrong_tries_a_minute_whatever_the_name(editor):
    client = Client(REMOTE_ADDR="192.0.2.1")
    for number in range(10):
        assert WRONG in tell(client, f"name{number}", "wrong")
    assert TOO_MANY in tell(client, "editor", PASSWORD)
    assert sign_in(Client(REMOTE_ADDR="192.0.2.2"), editor).status_code == 302


def said(way):
    """Return the header in which proxies say whom they ask for."""
    return {"x-forwarded-for": way}


def test_a_forged_header_makes_no_new_address(editor):
    client = Client(REMOTE_ADDR="192.0.2.1")
    for number in range(10):
        tell(client, f"name{number}", "wrong", headers=said(f"198.51.100.{number}"))
    assert TOO_MANY in tell(client, "editor", PASSWORD, headers=said("198.51.100.77"))


@override_settings(ALLAUTH_TRUSTED_PROXY_COUNT=1)
def test_behind_a_proxy_its_own_word_counts_and_not_what_the_caller_put_before_it(editor):
    proxy = Client(REMOTE_ADDR="127.0.0.1")
    for number in range(10):
        tell(proxy, f"name{number}", "wrong", headers=said(f"203.0.113.{number}, 198.51.100.1"))
    assert TOO_MANY in tell(proxy, "editor", PASSWORD, headers=said("203.0.113.77, 198.51.100.1"))
    assert sign_in(proxy, editor, headers=said("198.51.100.2")).status_code == 302


def test_an_address_that_goes_on_trying_is_told_429(editor):
    client = Client(REMOTE_ADDR="192.0.2.1")
    answers = [client.post(EN, {"login": "", "password": ""}) for _ in range(31)]
    assert [answer.status_code for answer in answers] == [200] * 30 + [429]
    assert "Too many attempts" in text_of(answers[-1])


def test_attempts_are_counted_where_all_processes_see_them():
    code = "from django.core.cache import caches; print(json.dumps(type(caches['default']).__name__))"
    assert evaluate(code) == evaluate(code, **PRODUCTION) == "DatabaseCache"
    most = "from django.core.cache import caches; print(json.dumps(caches['default']._max_entries))"
    assert evaluate(most) == 100_000


# --- passwords ---


def test_a_changed_password_ends_the_other_sessions(client, editor):
    elsewhere = Client()
    sign_in(elsewhere, editor)
    sign_in(client, editor)
    new = "another-archive-is-open-1938"
    form = {"oldpassword": PASSWORD, "password1": new, "password2": new}
    assert client.post("/accounts/password/change/", form).url == "/accounts/"
    assert signed_in(client)
    assert not signed_in(elsewhere)
    assert sign_in(Client(), editor, new).status_code == 302


@pytest.mark.parametrize("new", ["short-1", "12345678901234567", "1q2w3e4r5t6y"])
def test_a_weak_password_is_refused(client, editor, new):
    sign_in(client, editor)
    form = {"oldpassword": PASSWORD, "password1": new, "password2": new}
    assert client.post("/accounts/password/change/", form).status_code == 200


def test_the_old_password_cannot_be_guessed_on_the_page_that_changes_it(client, editor):
    sign_in(client, editor)
    form = {"oldpassword": "guess", "password1": "new-and-long-1937", "password2": "new-and-long-1937"}
    answers = [client.post("/accounts/password/change/", form).status_code for _ in range(6)]
    assert answers == [200] * 5 + [429]


def test_a_forgotten_password_is_set_anew_by_a_letter_and_the_second_factor_stays(client, editor):
    with_app(editor)
    editor.email = "editor@example.org"
    editor.save()
    known = client.post("/en/accounts/password/reset/", {"email": "editor@example.org"})
    unknown = client.post("/en/accounts/password/reset/", {"email": "stranger@example.org"})
    assert known.url == unknown.url == "/en/accounts/password/reset/done/"
    [letter] = mail.outbox
    assert letter.to == ["editor@example.org"]
    assert "editor" in letter.body
    link = re.search(r"http://testserver(\S+)", letter.body)[1]
    form_page = client.get(link, follow=True)
    new = "another-archive-is-open-1938"
    done = client.post(form_page.redirect_chain[-1][0], {"password1": new, "password2": new})
    assert done.url == "/en/accounts/password/reset/key/done/"
    assert not signed_in(client)
    assert client.get(done.url).status_code == 200
    assert sign_in(client, editor, new).url == "/accounts/2fa/authenticate/"
    assert "no longer good" in text_of(Client().get(link, follow=True))


def test_where_no_mail_is_configured_in_production_nobody_is_promised_a_letter():
    code = """
from django.urls import NoReverseMatch, reverse
try:
    print(json.dumps(reverse("account_reset_password")))
except NoReverseMatch:
    print(json.dumps(None))
"""
    assert evaluate(code, **PRODUCTION) is None
    told = evaluate(code, **PRODUCTION, EMAIL_URL="smtp+tls://memorial:secret@mail.example.org:587")
    assert told == "/accounts/password/reset/"


def test_the_account_page_tells_name_role_and_second_factor(client, editor):
    assert client.get("/en/accounts/").url == "/en/accounts/login/?next=/en/accounts/"
    sign_in(client, editor)
    told = text_of(client.get("/en/accounts/"))
    assert "editor" in told and "not set up" in told
    confirmed(client)
    with_app(editor)
    assert "not set up" not in text_of(client.get("/en/accounts/"))
