"""API tokens: made by who has a role and gives the password again, shown once, revoked by their owner."""

import re

import pytest
from django.test import Client, RequestFactory
from knox.auth import TokenAuthentication
from knox.models import AuthToken
from rest_framework.exceptions import AuthenticationFailed

from tests.memorial.signing import confirmed, sign_in, text_of, with_app

PAGE = "/en/accounts/tokens/"


def opens(token: str):
    """Return the user that a token stands for, None where it is refused."""
    request = RequestFactory().get("/api/v1/", headers={"authorization": f"Token {token}"})
    try:
        return TokenAuthentication().authenticate(request)[0]
    except AuthenticationFailed:
        return None


def write_with(token: str):
    """Try to write through the API with a token, and return the status: 400, for nothing sensible is sent."""
    answer = Client().post(
        "/api/v1/entries/", {}, content_type="application/json", headers={"authorization": f"Token {token}"}
    )
    return answer.status_code


def make(client, days="90"):
    """Make a token through the page and return the page that shows it."""
    confirmed(client)
    return client.post(PAGE, {"days": days})


def shown(page) -> str:
    return re.search(r"<code>([0-9a-f]{64})</code>", page.content.decode())[1]


@pytest.fixture
def signed(client, editor):
    sign_in(client, editor)
    return client


def test_a_token_is_shown_once_and_opens_the_api_for_its_owner(signed, editor):
    page = make(signed)
    token = shown(page)
    assert "no-store" in page.headers["Cache-Control"]
    assert opens(token) == editor
    assert write_with(token) == 400
    assert write_with(token[::-1]) == 401
    later = signed.get(PAGE).content.decode()
    assert token not in later
    assert f"<code>{token[:8]}…</code>" in later
    assert token not in str(list(AuthToken.objects.values())), "only its digest is kept"


@pytest.mark.parametrize("days", [30, 90, 365])
def test_a_token_ends_on_its_day(signed, days):
    make(signed, str(days))
    token = AuthToken.objects.get()
    assert (token.expiry - token.created).days in (days, days - 1)


@pytest.mark.parametrize("days", ["", "0", "36500", "never"])
def test_no_other_end_is_accepted(signed, days):
    assert make(signed, days).status_code == 200
    assert not AuthToken.objects.exists()


def test_making_one_takes_the_password_again_and_then_goes_on_where_it_was(signed):
    asked = signed.post(PAGE, {"days": "30"})
    assert asked.url.startswith("/en/accounts/reauthenticate/")
    assert not AuthToken.objects.exists()
    page = signed.post(asked.url, {"password": "the-archive-is-open-1937", "next": PAGE})
    assert opens(shown(page))


def test_a_revoked_token_is_refused_and_another_owner_cannot_revoke_it(signed, administrator):
    token = shown(make(signed))
    other = Client()
    sign_in(other, administrator)
    other.post(PAGE, {"revoke": token[:15]})
    assert opens(token)
    assert token[:8] not in other.get(PAGE).content.decode()
    told = text_of(signed.post(PAGE, {"revoke": token[:15]}, follow=True))
    assert "The token is revoked" in told and "You have no token" in told
    assert opens(token) is None
    assert write_with(token) == 401


def test_a_user_without_a_role_makes_none(client, nobody):
    sign_in(client, nobody)
    assert "Tokens are for those who have a role" in text_of(client.get(PAGE))
    assert make(client).status_code == 403
    assert not AuthToken.objects.exists()


def test_nobody_gathers_tokens_without_end(signed):
    for _ in range(10):
        make(signed)
    assert "revoke one first" in text_of(make(signed))
    assert AuthToken.objects.count() == 10


def test_a_token_has_the_rights_that_its_owner_has_at_the_moment(signed, editor, settings):
    token = shown(make(signed))
    settings.REQUIRE_SECOND_FACTOR = True
    assert write_with(token) == 403
    with_app(editor)
    assert write_with(token) == 400
    editor.groups.clear()
    assert write_with(token) == 403


def test_an_inactive_owner_opens_nothing(signed, editor):
    token = shown(make(signed))
    editor.is_active = False
    editor.save()
    assert opens(token) is None


def test_an_administrator_revokes_the_tokens_of_an_account(signed, editor, administrator):
    token = shown(make(signed))
    other = Client()
    sign_in(other, administrator)
    other.post("/admin/auth/user/", {"action": "revoke_tokens", "_selected_action": [editor.pk]})
    assert opens(token) is None


@pytest.mark.parametrize("path", ["/api/v1/login/", "/api/v1/logout/", "/api/v1/logoutall/", "/api/auth/login/"])
def test_tokens_are_made_on_the_page_only(client, db, path):
    assert client.post(path, {}, content_type="application/json").status_code == 404
