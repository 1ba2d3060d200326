"""The list of people: those whom a name finds, ranked, or all whom the filters leave, by the alphabet."""

import math

from django.db.models import Q
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict
from django.utils.translation import gettext as _

from victims import search as searching
from victims.filters import VictimFilterSet
from victims.models import Victim
from victims.models.victim import from_public_id, public_id
from victims.name_filters import NEARNESS, PARTS
from victims.permissions import visible
from victims.search import Filters, QueryError
from victims.statistics import bounded
from victims.views.asking import BESIDE, chips, errors_of, form_groups, looser
from victims.views.frame import PAGE_SIZE, list_address, page, with_sources

#: How far the list counts those whom it holds.
COUNTED = 1000
#: Longest place in a list; a longer one is none of ours.
LONGEST_PLACE = 450


def people(request: HttpRequest) -> HttpResponse:
    """Show whom the question finds; one that cannot be answered says why, beside its fields (400)."""
    given = request.GET
    if any(name in (*VictimFilterSet.base_filters, *BESIDE) and not given[name].strip() for name in given):
        return HttpResponseRedirect(list_address() + _query(given))
    query = given.get("q", "").strip().replace("\0", "")
    asked = VictimFilterSet(given, visible(request.user), beside=BESIDE)
    complaints = asked.complaints()
    ranked = VictimFilterSet.is_ranked(given)
    found, place = {}, _place(given, ranked, complaints)
    if not complaints:
        try:
            found = _ranked(asked, query, place, request) if ranked else _listed(asked, place)
        except QueryError as error:
            complaints["q"] = [_(str(error))]
    context = {
        "query": query[:200],
        "groups": form_groups(asked, complaints),
        "chips": [] if complaints else chips(asked, given),
        "errors": errors_of(asked, complaints),
        "looser": looser(asked, given, query) if found and not found["people"] else [],
        "error": complaints.get("q"),
        **found,
    }
    status = 400 if complaints else 200
    return page(request, "victims/list.html", context, indexed=not given, status=status)


def _query(given: QueryDict) -> str:
    """Return the query of an address without its empty parameters."""
    kept = QueryDict(mutable=True)
    for name, values in given.lists():
        if told := [value for value in values if value.strip()]:
            kept.setlist(name, told)
    return f"?{kept.urlencode()}" if kept else ""


def _place(given: QueryDict, ranked: bool, complaints: dict):
    """Return where the page begins or ends: (name of the parameter, its two parts), or None for the first."""
    names = [name for name in ("after", "before") if name in given and name not in complaints]
    for name in names:
        try:
            if len(names) > 1 or (ranked and name == "before"):
                raise ValueError(name)
            return name, _read_place(given[name], ranked)
        except ValueError:
            complaints[name] = [_("There is no such place in the list: begin at its first page.")]
    return None


def _read_place(text: str, ranked: bool) -> tuple:
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


def _ranked(asked: VictimFilterSet, query: str, place, request) -> dict:
    """Return one page of those whom a name finds, the likeliest first."""
    filtering = set(asked.chosen).difference(NEARNESS, () if query else PARTS)
    unfiltered = not filtering and not request.user.is_authenticated
    filters = Filters() if unfiltered else Filters(people=asked.qs)
    after = place[1] if place and place[0] == "after" else None
    answer = searching.search(query, filters, limit=PAGE_SIZE, after=after, **asked.likeness)
    items = with_sources([hit.victim for hit in answer.hits])
    for item, hit in zip(items, answer.hits, strict=True):
        item["reason"] = hit.reason
    last = answer.hits[-1] if answer.hits else None
    return {
        "people": items,
        "more": answer.more,
        "bounded": answer.bounded,
        "following": f"{last.score}.{last.victim.public_id}" if answer.more and last else "",
        "begins": after is None,
    }


def _listed(asked: VictimFilterSet, place) -> dict:
    """Return one page of those whom the filters leave, in the order of the alphabet."""
    people = asked.qs
    rows = people.by_name().select_related("birth_place", "burial_place")
    side, (sort_key, key) = place or ("after", ("", 0))
    backwards = side == "before"
    if place:
        beyond = "lt" if backwards else "gt"
        same = Q(sort_key=sort_key, **{f"pk__{beyond}": key})
        rows = rows.filter(Q(**{f"sort_key__{beyond}": sort_key}) | same)
    if backwards:
        rows = rows.order_by("-sort_key", "-id")
    victims = list(rows[: PAGE_SIZE + 1])
    more, victims = len(victims) > PAGE_SIZE, victims[:PAGE_SIZE]
    if backwards:
        victims.reverse()
    ahead, behind = (True, more) if backwards else (more, bool(place))
    return {
        "people": with_sources(victims),
        "count": bounded(people, COUNTED),
        "following": _at(victims[-1]) if ahead and victims else "",
        "preceding": _at(victims[0]) if behind and victims else "",
        "begins": not place,
    }


def _at(victim: Victim) -> str:
    return f"{victim.sort_key}.{public_id(victim.pk)}"
