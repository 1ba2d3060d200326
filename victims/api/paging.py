"""Pages of a list: keyset cursors, without counting and without offsets."""

import base64
import binascii
import json

from django.db.models import Q
from django.utils.translation import gettext as _

DEFAULT, MOST = 20, 100
#: Largest key that both engines know.
LARGEST_KEY = 2**63 - 1
#: What a cursor of each order holds: the kind of every value.
KEY = (("id", int),)
NAME = (("sort_key", str), ("id", int))
RANK = (("score", float), ("id", int))
LETTER = {KEY: "k", NAME: "n", RANK: "r"}


def encode(order, values) -> str:
    """Return the opaque text of a place in a list."""
    packed = json.dumps([LETTER[order], *values], separators=(",", ":")).encode()
    return base64.urlsafe_b64encode(packed).decode().rstrip("=")


def decode(order, text: str) -> tuple | None:
    """Return the place in a list of this order; None where the text is no cursor of it."""
    try:
        packed = base64.b64decode(text.encode("ascii") + b"=" * (-len(text) % 4), altchars=b"-_", validate=True)
        _letter, *values = json.loads(packed)
    except (ValueError, TypeError, RecursionError, binascii.Error):
        return None
    if len(values) != len(order) or text != encode(order, values):  # so the letter is this order's
        return None
    good = all(_fits(kind, value) for (_name, kind), value in zip(order, values, strict=True))
    return tuple(values) if good else None


def _fits(kind, value) -> bool:
    if kind is int:
        return type(value) is int and 0 <= value <= LARGEST_KEY
    if kind is float:
        return type(value) in (int, float) and 0 <= value <= 1
    return type(value) is str and len(value) <= 400 and value.isascii() and "\0" not in value


def read_limit(text: str) -> tuple[int, str]:
    """Return the number of items asked for, and what is wrong with it ("" for nothing)."""
    if text == "":
        return DEFAULT, ""
    if text.isascii() and text.isdecimal() and len(text) <= 3 and 1 <= int(text) <= MOST:
        return int(text), ""
    return DEFAULT, _("Give a whole number from 1 to %(most)d.") % {"most": MOST}


def bad_cursor() -> str:
    """Return what is said of a cursor that is none of this list."""
    return _("This is no cursor of this list: take it from “next” as it is, or begin without one.")


def behind(queryset, order, place):
    """Return a list in its order, behind a place (None: from its beginning)."""
    names = [name for name, _kind in order]
    queryset = queryset.order_by(*names)
    if place is None:
        return queryset
    if len(names) == 1:
        return queryset.filter(**{f"{names[0]}__gt": place[0]})
    first, second = names
    within = Q(**{f"{first}__gt": place[0]}) | Q(**{f"{second}__gt": place[1]})
    return queryset.filter(within, **{f"{first}__gte": place[0]})


def cut(rows, order, limit: int) -> tuple[list, str | None]:
    """Return the rows of one page, and the cursor of the next; None where the list ends with these rows."""
    rows = list(rows[: limit + 1])
    if len(rows) <= limit:
        return rows, None
    rows = rows[:limit]
    return rows, encode(order, [getattr(rows[-1], name) for name, _kind in order])
