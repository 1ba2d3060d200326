"""What tests of accounts share: signing in through the page, codes as a telephone makes them."""

import base64
import hashlib
import hmac
import re
import struct
import time

from django.core.cache import cache

from memorial.accounts import Role
from tests.people import PASSWORD, keeper

LOGIN = "/accounts/login/"
SECRET = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"


def code_of(secret: str, steady: float = 3) -> str:
    """Return the code of now (RFC 6238), after waiting where it would change within ``steady`` seconds."""
    if (left := 30 - time.time() % 30) < steady:
        time.sleep(left)
    counter = struct.pack(">Q", int(time.time()) // 30)
    digest = hmac.new(base64.b32decode(secret), counter, hashlib.sha1).digest()
    start = digest[-1] & 15
    return f"{(struct.unpack('>I', digest[start : start + 4])[0] & 0x7FFFFFFF) % 10**6:06}"


def forget_tries():
    """Let every name and address try again, as after a while."""
    cache.clear()


def sign_in(client, user, password: str = PASSWORD, **more):
    """Send the sign-in form."""
    name = getattr(user, "username", user)
    return client.post(LOGIN, {"login": name, "password": password}, **more)


def signed_in(client) -> bool:
    """Return whether a client is signed in, as its account page tells."""
    return client.get("/accounts/").status_code == 200


def with_app(user):
    """Set up a telephone with SECRET and recovery codes for a user."""
    from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
    from allauth.mfa.totp.internal.auth import TOTP

    TOTP.activate(user, SECRET)
    RecoveryCodes.activate(user)
    return user


def confirmed(client, password: str = PASSWORD):
    """Give the password again, as the pages that touch the safety of an account want."""
    return client.post("/accounts/reauthenticate/", {"password": password})


def text_of(answer) -> str:
    """Return the words of a page without its tags."""
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", answer.content.decode()))


__all__ = ["LOGIN", "PASSWORD", "SECRET", "Role", "keeper"]
