"""Who asks, and how often: tokens and sessions, keepers, limits of requests."""

from django.conf import settings
from django.core.cache import caches
from django.utils.translation import gettext as _
from knox.auth import TokenAuthentication
from rest_framework import exceptions, throttling
from rest_framework.authentication import SessionAuthentication
from rest_framework.permissions import BasePermission

from memorial.accounts import role_of


class Token(TokenAuthentication):
    """``Authorization: Token …``; what cannot be a token is refused before the database is asked."""

    def authenticate_credentials(self, token):
        """Return the user of a token; AuthenticationFailed for what is none."""
        if not 8 <= len(token) <= 256 or not token.isalnum():  # of bytes: ASCII letters and digits only
            raise exceptions.AuthenticationFailed(_("Invalid token."))
        try:
            return super().authenticate_credentials(token)
        except ValueError:
            raise exceptions.AuthenticationFailed(_("Invalid token.")) from None


class Session(SessionAuthentication):
    """The session of the site's pages; writes need the CSRF token."""


class IsKeeper(BasePermission):
    """Whether the user is an archivist, an editor or an administrator."""

    def has_permission(self, request, view):
        return role_of(request.user) is not None


class _Throttle:
    """Counts in the cache ``throttle``; its rate is asked at each request, and None lets everything through."""

    @property
    def cache(self):
        return caches["throttle"]

    @property
    def THROTTLE_RATES(self):
        return settings.REST_FRAMEWORK["DEFAULT_THROTTLE_RATES"]


class VisitorThrottle(_Throttle, throttling.AnonRateThrottle):
    """Requests of each address that is not signed in."""


class ExportThrottle(_Throttle, throttling.UserRateThrottle):
    """Exports of each user and of each address that is not signed in: a single one may last for hours."""

    scope = "export"

    def get_rate(self):
        return self.THROTTLE_RATES.get(self.scope)


class UserThrottle(_Throttle, throttling.UserRateThrottle):
    """Requests of each user; visitors are the other throttle's."""

    def get_cache_key(self, request, view):
        return super().get_cache_key(request, view) if request.user.is_authenticated else None
