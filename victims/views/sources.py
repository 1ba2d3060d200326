"""Sources: books and volumes, archives and their holdings, databases; and whom each tells of."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404

from sources.models import Level, Source, SourceKind
from victims.filters import VictimFilterSet
from victims.models import Victim
from victims.statistics import recorded
from victims.statistics.cubes import ONLY_TOLD_BY, TOLD_BY, counted, one_way
from victims.templatetags.wording import language
from victims.views.frame import LONGEST_LIST, first_people, list_address, page

#: Holdings below these levels are listed on the page of what they belong to.
DEEP = (str(Level.OPIS), str(Level.DELO))


def sources(request: HttpRequest) -> HttpResponse:
    """List the sources by kind, volumes and holdings below what they belong to, each with its people."""
    found = list(Source.objects.exclude(level__in=DEEP).order_by("title", "volume", "code")[: 4 * LONGEST_LIST])
    slugs = [one.slug for one in found]
    people, alone = one_way(TOLD_BY, among=slugs), one_way(ONLY_TOLD_BY, among=slugs)
    below: dict[int | None, list] = {}
    for one in found:
        one.people, one.alone = people.get(one.slug, 0), alone.get(one.slug, 0)
        below.setdefault(one.parent_id, []).append(one)
    kinds: dict[str, list] = {str(kind): [] for kind in SourceKind}
    for one in below.get(None, []):
        kinds[one.kind].append({"source": one, "parts": below.get(one.pk, [])})
    groups = [(SourceKind(kind).label, found) for kind, found in kinds.items() if found]
    return page(request, "victims/sources.html", {"groups": groups, "counted": counted()})


def source(request: HttpRequest, slug: str) -> HttpResponse:
    """Show a source: its description, its parts, and the people whom it tells of."""
    shown = get_object_or_404(Source.objects.select_related("parent__parent__parent"), slug=slug)
    people = VictimFilterSet({"source": shown.slug}, Victim.objects.published()).qs
    code = shown.reference_code
    above, ahead = [], shown.parent
    while ahead:
        above.insert(0, ahead)
        ahead = ahead.parent
    counts = recorded(TOLD_BY, shown.slug, people)
    context = {
        "source": shown,
        "above": above,
        "code": code.format("uk" if language() == "uk" else "ru") if code else "",
        "parts": shown.parts.order_by("title", "volume", "code")[:LONGEST_LIST],
        "counts": counts,
        "alone": _alone(shown) if counts["lived"] and "as_of" in counts else None,
        "people": first_people(people),
        "all": list_address(source=shown.slug),
    }
    return page(request, "victims/source.html", context)


def _alone(source: Source) -> int:
    """Return of how many people no other source tells."""
    return one_way(ONLY_TOLD_BY, among=[source.slug]).get(source.slug, 0)
