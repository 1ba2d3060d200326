"""The second factor: an app on a telephone, recovery codes, and the setting that requires one."""

import re

import pytest
from django.test import Client, override_settings

from tests.memorial.signing import (
    SECRET,
    code_of,
    confirmed,
    forget_tries,
    sign_in,
    signed_in,
    text_of,
    with_app,
)

AUTHENTICATE, ACTIVATE = "/accounts/2fa/authenticate/", "/accounts/2fa/totp/activate/"


def test_an_app_is_set_up_and_asked_for_from_then_on(client, editor):
    sign_in(client, editor)
    asked = client.get(ACTIVATE)
    assert asked.url == f"/accounts/reauthenticate/?next={ACTIVATE.replace('/', '%2F')}"
    assert client.post(asked.url, {"password": "wrong"}).status_code == 200
    assert client.post(asked.url, {"password": "the-archive-is-open-1937"}).url == ACTIVATE
    page = client.get(ACTIVATE).content.decode()
    assert 'src="data:image/svg+xml;base64,' in page
    secret = re.search(r"<code>([A-Z2-7]{32})</code>", page)[1]
    assert client.post(ACTIVATE, {"code": "000000"}).status_code == 200
    assert client.post(ACTIVATE, {"code": code_of(secret)}).url == "/accounts/2fa/recovery-codes/"
    codes = re.findall(r"<li><code>(\d{8})</code>", client.get("/accounts/2fa/recovery-codes/").content.decode())
    assert len(set(codes)) == 10

    other = Client()
    assert sign_in(other, editor).url == AUTHENTICATE
    assert not signed_in(other)
    assert other.get("/admin/").status_code == 302
    assert other.post(AUTHENTICATE, {"code": code_of(secret)}).url == "/admin/"
    assert signed_in(other)


def test_a_code_of_the_app_opens_once(client, editor):
    with_app(editor)
    code = code_of(SECRET, steady=5)
    sign_in(client, editor)
    client.post(AUTHENTICATE, {"code": code})
    assert signed_in(client)
    watcher = Client()
    sign_in(watcher, editor)
    assert "Incorrect code" in text_of(watcher.post("/en" + AUTHENTICATE, {"code": code}))
    assert not signed_in(watcher)


def test_a_recovery_code_opens_once(client, editor):
    from allauth.mfa.models import Authenticator

    with_app(editor)
    recovery = Authenticator.objects.get(user=editor, type="recovery_codes").wrap().get_unused_codes()[3]
    sign_in(client, editor)
    client.post(AUTHENTICATE, {"code": recovery})
    assert signed_in(client)
    second = Client()
    sign_in(second, editor)
    assert second.post(AUTHENTICATE, {"code": recovery}).status_code == 200
    assert not signed_in(second)
    assert "9 recovery codes are left" in text_of(client.get("/en/accounts/2fa/"))


def test_after_five_wrong_codes_the_right_one_is_refused_too(client, editor):
    with_app(editor)
    sign_in(client, editor)
    for _ in range(5):
        assert "Incorrect code" in text_of(client.post("/en" + AUTHENTICATE, {"code": "000000"}))
    answer = client.post("/en" + AUTHENTICATE, {"code": code_of(SECRET)})
    assert "Too many failed login attempts" in text_of(answer)
    assert not signed_in(client)
    forget_tries()
    client.post(AUTHENTICATE, {"code": code_of(SECRET)})
    assert signed_in(client)


def test_the_app_is_removed_only_by_who_gives_a_secret_again(client, editor):
    with_app(editor)
    sign_in(client, editor)
    client.post(AUTHENTICATE, {"code": code_of(SECRET)})
    assert "reauthenticate" in client.post("/accounts/2fa/totp/deactivate/").url
    confirmed(client)
    assert client.post("/accounts/2fa/totp/deactivate/").url == "/accounts/2fa/"
    assert sign_in(Client(), editor).url == "/admin/"
    assert not editor.authenticator_set.exists(), "the recovery codes go with it"


@pytest.mark.parametrize(
    "path", ["2fa/", "2fa/totp/activate/", "2fa/totp/deactivate/", "2fa/recovery-codes/",
             "2fa/recovery-codes/generate/", "2fa/recovery-codes/download/", "2fa/reauthenticate/",
             "password/change/", "reauthenticate/", "tokens/", "2fa/authenticate/", ""],
)  # fmt: skip
def test_who_is_not_signed_in_is_led_to_the_sign_in_page(client, db, path):
    answer = client.get(f"/accounts/{path}")
    assert answer.status_code == 302
    assert answer.url.startswith("/accounts/login/")


def test_new_recovery_codes_end_the_former(client, editor):
    from allauth.mfa.models import Authenticator

    with_app(editor)
    former = Authenticator.objects.get(user=editor, type="recovery_codes").wrap().get_unused_codes()
    sign_in(client, editor)
    client.post(AUTHENTICATE, {"code": code_of(SECRET)})
    confirmed(client)
    assert client.get("/accounts/2fa/recovery-codes/generate/").status_code == 200
    client.post("/accounts/2fa/recovery-codes/generate/")
    told = client.get("/accounts/2fa/recovery-codes/download/")
    assert told.headers["Content-Disposition"].startswith("attachment")
    new = re.findall(r"\d{8}", told.content.decode())
    assert len(new) == 10 and not set(new) & set(former)


def test_who_reset_a_password_by_letter_can_still_set_up_an_app(client, editor):
    editor.email = "editor@example.org"
    editor.save()
    client.post("/accounts/password/reset/", {"email": "editor@example.org"})
    sign_in(client, editor)
    confirmed(client)
    assert client.get(ACTIVATE).status_code == 200


# --- REQUIRE_SECOND_FACTOR=1 ---


@override_settings(REQUIRE_SECOND_FACTOR=True)
def test_where_it_is_required_staff_are_led_to_its_setup_and_have_no_role_before(client, editor):
    assert sign_in(client, editor).url == ACTIVATE
    assert client.get("/admin/").url == ACTIVATE
    assert client.get("/en/desk/").url == "/en" + ACTIVATE
    assert client.post("/").url == ACTIVATE
    assert client.get("/").status_code == 200, "reading is free"
    assert "your role counts from then on" in text_of(client.get("/en/accounts/"))
    assert "Tokens are for those who have a role" in text_of(client.get("/en/accounts/tokens/"))
    confirmed(client)
    assert client.post("/accounts/tokens/", {"days": "30"}).status_code == 403
    secret = re.search(r"<code>([A-Z2-7]{32})</code>", client.get(ACTIVATE).content.decode())[1]
    client.post(ACTIVATE, {"code": code_of(secret)})
    assert client.get("/admin/").status_code == 200
    assert client.get("/accounts/2fa/recovery-codes/").status_code == 200


@override_settings(REQUIRE_SECOND_FACTOR=True)
def test_where_it_is_required_a_user_without_a_role_goes_on_as_before(client, nobody):
    assert sign_in(client, nobody).url == "/accounts/"
    assert client.get("/").status_code == 200


def test_where_it_is_not_required_the_password_is_enough(client, editor):
    sign_in(client, editor)
    assert client.get("/admin/").status_code == 200
