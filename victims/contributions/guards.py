"""Against machines, without asking anybody else: a signed time on every form, and counts by address.

The counts are kept in the cache ``throttle`` under a keyed hash: no address of a visitor is stored.
"""

import secrets

from django.core import signing
from django.core.cache import caches
from django.http import HttpRequest
from django.utils.crypto import salted_hmac
from rest_framework.throttling import BaseThrottle

#: A form is filled in by a human in this many seconds at least, and sent within this many at most.
SOONEST, LATEST = 3, 24 * 60 * 60
#: The box that people do not see; what fills in every box fills in this one.
TRAP = "homepage"
HOUR = 60 * 60
_stamps = signing.TimestampSigner(salt="victims.contributions.form")


def stamp() -> str:
    """Return a signed time for a form; each is different, and good for one sending."""
    return _stamps.sign(secrets.token_urlsafe(24))


def read_stamp(text: str) -> str | None:
    """Return what makes this sending the only one; None where the stamp is forged, too young or too old."""
    try:
        token = _stamps.unsign(text, max_age=LATEST)
    except signing.BadSignature:
        return None
    try:
        _stamps.unsign(text, max_age=SOONEST)
    except signing.SignatureExpired:
        return token
    return None


def spent(request: HttpRequest, what: str, most: int, seconds: int = HOUR) -> bool:
    """Count one try at something from this visitor's address; return whether there were too many."""
    who = BaseThrottle().get_ident(request)
    key = salted_hmac("victims.contributions.spent", f"{what}:{who}", algorithm="sha256").hexdigest()
    counts = caches["throttle"]
    counts.add(key, 0, seconds)
    try:
        return counts.incr(key) > most
    except ValueError:  # it ran out between the two
        return False
