"""Places in the list of people: a page begins behind one person and ends before another, however long it is."""

import math

from django.db.models import CharField, Q, Value
from django.db.models.functions import Cast, Coalesce, Concat
from django.http import QueryDict
from django.utils.translation import gettext as _

from memorial import edtf
from victims.models.victim import from_public_id, public_id
from victims.views.frame import PAGE_SIZE, shown, with_sources

#: Longest place in a list; a longer one is none of ours.
LONGEST_PLACE = 450


def read_place(given: QueryDict, ranked: bool, complaints: dict):
    """Return where the page begins or ends: (name of the parameter, its two parts), or None for the first.

    What is no place is told in ``complaints``, by the name of its parameter.
    """
    names = [name for name in ("after", "before") if name in given and name not in complaints]
    for name in names:
        try:
            if len(names) > 1 or (ranked and name == "before"):
                raise ValueError(name)
            return name, _read(given[name], ranked)
        except ValueError:
            complaints[name] = [_("There is no such place in the list: begin at its first page.")]
    return None


def _read(text: str, ranked: bool) -> tuple:
    """Return (score, key) of a ranked list's place, (sort key, key) of another's; ValueError for none."""
    first, dot, identity = text.rpartition(".")
    key = from_public_id(identity)
    if not dot or key is None or len(text) > LONGEST_PLACE or not first.isascii() or not first.isprintable():
        raise ValueError(text)
    if not ranked:
        return first, key
    score = float(first)
    if not math.isfinite(score):
        raise ValueError(text)
    return score, key


def listed(people, place, by_birth: bool = False) -> dict:
    """Return one page of some people in the order of the alphabet, with the places before and behind it.

    ``by_birth``: in the order of their births, those of whom none is told last; no index helps with that.
    """
    rows = people.by_name()
    order = "sort_key"
    if by_birth:
        birth = Cast(Coalesce("birth_earliest", edtf.FAR_FUTURE), CharField())
        rows = rows.annotate(placed=Concat(birth, Value(" "), "sort_key"))
        order = "placed"
        rows = rows.order_by(order, "id")
    side, (sort_key, key) = place or ("after", ("", 0))
    backwards = side == "before"
    if place:
        beyond = "lt" if backwards else "gt"
        same = Q(**{order: sort_key, f"pk__{beyond}": key})
        rows = rows.filter(Q(**{f"{order}__{beyond}": sort_key}) | same)
    if backwards:
        rows = rows.order_by(f"-{order}", "-id")
    found = list(rows.values_list("pk", order)[: PAGE_SIZE + 1])
    more, found = len(found) > PAGE_SIZE, found[:PAGE_SIZE]
    if backwards:
        found.reverse()
    ahead, behind = (True, more) if backwards else (more, bool(place))
    return {
        "people": with_sources(shown([key for key, _at in found])),
        "following": _place(*found[-1]) if ahead and found else "",
        "preceding": _place(*found[0]) if behind and found else "",
        "begins": not place,
    }


def _place(key: int, at: str) -> str:
    return f"{at}.{public_id(key)}"
