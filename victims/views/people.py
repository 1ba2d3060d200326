"""The list of people: those whom a name finds, ranked, or all whom the filters leave, by the alphabet."""

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict
from django.utils.translation import gettext as _

from memorial import edtf
from victims import search as searching
from victims.filters import VictimFilterSet
from victims.filters.names import PARTS
from victims.filters.strict import NO_DATE, EDTFFilter
from victims.permissions import visible
from victims.search import Filters, QueryError
from victims.search.dates import as_edtf
from victims.statistics import Bounded
from victims.statistics.facets import beforehand, looked_through
from victims.views.asking import BESIDE, chips, errors_of, form_groups, looser, narrower
from victims.views.frame import PAGE_SIZE, list_address, page, with_sources
from victims.views.matches import marked, meant
from victims.views.paging import listed, read_place

#: How far the list counts those whom it holds.
COUNTED = 1000
#: Parameters that ask for dates.
DATES = {name for name, one in VictimFilterSet.base_filters.items() if isinstance(one, EDTFFilter)}
#: The only other order of a list than that of the alphabet.
BY_BIRTH = "birth"


class TooMany(Exception):
    """More people than a list puts in an order that no index has."""


def people(request: HttpRequest) -> HttpResponse:
    """Show whom the question finds; one that cannot be answered says why, beside its fields (400)."""
    given = request.GET
    if (plainly := _plainly(given)) != given:
        return HttpResponseRedirect(f"{list_address()}?{plainly.urlencode()}" if plainly else list_address())
    query = given.get("q", "").strip().replace("\0", "")
    asked = VictimFilterSet(given, visible(request.user), beside=BESIDE)
    complaints = asked.complaints()
    for name in [name for name, told in complaints.items() if told == [str(NO_DATE)]]:
        complaints[name] = [_("This is no date: write 1937, August 1937, 5.8.1937, or 1937–1938.")]
    ranked = VictimFilterSet.is_ranked(given)
    found, place = {}, read_place(given, ranked, complaints)
    if "sort" in given and (ranked or given["sort"] != BY_BIRTH):
        complaints["sort"] = [_("Only “birth” is possible, and only where no name is searched for.")]
    if not complaints:
        try:
            found = _ranked(asked, query, place, request) if ranked else _listed(asked, place, request)
        except TooMany:
            words = _("Ask for less: no more than %(most)s people are put in the order of their birth.")
            complaints["sort"] = [words % {"most": COUNTED}]
        except QueryError as error:
            complaints["q"] = [_(str(error))]
    context = {
        "query": query[:200],
        "groups": form_groups(asked, complaints),
        "chips": [] if complaints else chips(asked, given),
        "errors": errors_of(asked, complaints),
        "looser": looser(asked, given, query, visible(request.user)) if found and not found["people"] else [],
        "error": complaints.get("q"),
        **found,
    }
    status = 400 if complaints else 200
    return page(request, "victims/list.html", context, indexed=not given, status=status)


def _plainly(given: QueryDict) -> QueryDict:
    """Return a question without its empty parameters, its dates in EDTF however they were typed."""
    kept = QueryDict(mutable=True)
    for name, values in given.lists():
        if name in (*VictimFilterSet.base_filters, *BESIDE):
            values = [value for value in values if value.strip()]
        if name in DATES:
            values = [date if edtf.is_valid(date := as_edtf(value)) else value for value in values]
        if values:
            kept.setlist(name, values)
    return kept


def _ranked(asked: VictimFilterSet, query: str, place, request) -> dict:
    """Return one page of those whom a name finds, the likeliest first."""
    everybody = not (asked.is_narrowed or request.user.is_authenticated)
    filters = Filters() if everybody else Filters(people=asked.qs, few=asked.few)
    after = place[1] if place and place[0] == "after" else None
    answer = searching.search(query, filters, limit=PAGE_SIZE, after=after, **asked.likeness)
    items = with_sources([hit.victim for hit in answer.hits])
    for item, hit in zip(items, answer.hits, strict=True):
        item["reason"] = hit.reason
    for item in items:
        item["marked"] = marked(item["victim"].name, f"{query} {' '.join(_parts(asked))}", item["reason"])
    last = answer.hits[-1] if answer.hits else None
    keys = answer.keys[:COUNTED] if after is None else ()
    return {
        "among": len(keys),
        "facets": narrower(looked_through(list(keys), but=asked.chosen), request.GET) if keys else [],
        "people": items,
        "meant": meant(query, answer.hits, request.GET) if query and after is None else None,
        "more": answer.more,
        "bounded": answer.bounded,
        "following": f"{last.score}.{last.victim.public_id}" if answer.more and last else "",
        "begins": after is None,
    }


def _parts(asked: VictimFilterSet) -> list[str]:
    return [asked.data[name] for name in PARTS if asked.data.get(name)]


def _listed(asked: VictimFilterSet, place, request) -> dict:
    """Return one page of those whom the filters leave, by the alphabet or by birth, and how they divide."""
    by_birth = "sort" in request.GET
    found = {} if by_birth else listed(asked.qs, place)
    if found.get("begins") and not found["following"]:  # all of them are on this page
        keys = [person["victim"].pk for person in found["people"]]
    else:
        keys = asked.keys(COUNTED + 1)
    count = Bounded(min(len(keys), COUNTED), len(keys) > COUNTED)
    if by_birth:
        if count.more:
            raise TooMany
        found = listed(asked.qs, place, by_birth)
    found |= {"count": count, "by_birth": by_birth}
    if count:
        told = None if request.user.is_authenticated else beforehand(asked.chosen)
        found["among"] = COUNTED if told is None and count.more else 0
        told = looked_through(keys[:COUNTED], but=asked.chosen) if told is None else told
        found["facets"] = narrower(told, request.GET)
    return found
