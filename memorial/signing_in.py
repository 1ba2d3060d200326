"""Signing in: accounts are made by an administrator; attempts are limited, a second factor can be added."""

import re
from io import BytesIO

from allauth.account.adapter import DefaultAccountAdapter
from allauth.mfa.adapter import DefaultMFAAdapter
from django.conf import settings
from django.contrib import messages
from django.http import HttpResponseRedirect
from django.shortcuts import resolve_url
from django.urls import reverse
from django.utils.translation import gettext as _

from memorial.accounts import lacks_second_factor, role_given, role_of

STAFF_PAGES = re.compile(r"^(/[a-z]{2})?/(admin|desk)/")
OPEN_PAGES = re.compile(r"^(/[a-z]{2})?/(accounts|api)/")
READING = ("GET", "HEAD", "OPTIONS")


class AccountAdapter(DefaultAccountAdapter):
    """Nobody signs up; tries are counted by name alone; one lands where one's role works."""

    def is_open_for_signup(self, request):
        return False

    def get_login_redirect_url(self, request):
        if must_set_up(request.user):
            return reverse("mfa_activate_totp")
        return resolve_url("admin:index" if role_of(request.user) else settings.LOGIN_REDIRECT_URL)

    def get_password_change_redirect_url(self, request):
        return reverse("account_home")

    def _get_login_attempts_cache_key(self, request, **credentials):
        # allauth's own key begins with the Host header: a guesser would name another port with each try.
        return credentials.get("username", "").lower()


class MFAAdapter(DefaultMFAAdapter):
    """Draws the code to scan on white, so that it can be scanned from a dark page."""

    def build_totp_svg(self, url):
        import qrcode
        from qrcode.image.svg import SvgPathFillImage

        drawn = BytesIO()
        qrcode.make(url, image_factory=SvgPathFillImage).save(drawn)
        return drawn.getvalue().decode()


def must_set_up(user) -> bool:
    """Return whether a user was given a role that does not count before a second factor is set up."""
    return user.is_authenticated and lacks_second_factor(user) and role_given(user) is not None


class SecondFactorFirst:
    """Where a second factor is required, leads who lacks it to its setup, from staff pages and from writing.

    ``role_of`` is what refuses; this tells the way on a page. The API answers for itself.
    """

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        if settings.REQUIRE_SECOND_FACTOR and self._concerns(request) and must_set_up(request.user):
            messages.warning(request, _("Set up a second factor first: your role counts from then on."))
            return HttpResponseRedirect(reverse("mfa_activate_totp"))
        return self.get_response(request)

    def _concerns(self, request) -> bool:
        if OPEN_PAGES.match(request.path_info):
            return False
        return bool(STAFF_PAGES.match(request.path_info)) or request.method not in READING
