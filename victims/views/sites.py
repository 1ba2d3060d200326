"""Execution sites: what is told of each, and the people recorded there."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404

from victims.filters import VictimFilterSet
from victims.models import ExecutionSite, SiteFigure, Victim
from victims.statistics import recorded
from victims.statistics.cubes import counted, one_way, two_way
from victims.templatetags.wording import in_words, named_plainly
from victims.views.charts import columns, every_month, ticks
from victims.views.frame import LONGEST_LIST, first_people, list_address, page
from victims.views.mapping import Point, drawn


def sites(request: HttpRequest) -> HttpResponse:
    """List the sites of shooting and burial."""
    recorded, when = one_way("site"), counted()
    figures: dict[int, list] = {}
    for figure in SiteFigure.objects.select_related("source").order_by("site", "source__slug", "lowest"):
        figures.setdefault(figure.site_id, []).append(figure)
    found = ExecutionSite.objects.select_related("region").order_by("name_ru")[:LONGEST_LIST]
    rows = [
        {"number": number, "site": one, "figures": figures.get(one.pk, []), "recorded": recorded.get(one.slug, 0)}
        for number, one in enumerate(found, start=1)
    ]
    points = [_point(row["number"], row["site"]) for row in rows]
    return page(request, "victims/sites.html", {"rows": rows, "map": drawn(points), "counted": when})


def _point(number: int, site: ExecutionSite) -> Point:
    return Point(number, site.latitude, site.longitude, site.precision_km, named_plainly(site))


def by_month(site: ExecutionSite) -> dict | None:
    """Return the months of death of those shot or buried at a site as columns, from the first to the last."""
    told = two_way("died", "site", and_among=[site.slug])
    numbers = {month: number for (month, _site), number in told.items() if len(month) == len("1937-10")}
    if not numbers:
        return None
    return columns([
        {
            "number": numbers.get(month, 0), "words": in_words(month), **ticks(month, place == 0),
            "url": list_address(site=site.slug, death=month, synthetic="false") if month in numbers else "",
        }
        for place, month in enumerate(every_month(min(numbers), max(numbers)))
    ])  # fmt: skip


def site(request: HttpRequest, slug: str) -> HttpResponse:
    """Show a site: figures of different sources side by side, its other names, people recorded there."""
    shown = get_object_or_404(ExecutionSite.objects.select_related("region", "source"), slug=slug)
    people = VictimFilterSet({"site": shown.slug}, Victim.objects.published()).qs
    context = {
        "site": shown,
        "figures": shown.figures.select_related("source").order_by("source__slug", "lowest"),
        "places": shown.places.order_by("text")[:LONGEST_LIST],
        "map": drawn([_point(1, shown)]),
        "months": by_month(shown),
        "counted": counted(),
        "counts": recorded("site", shown.slug, people),
        "people": first_people(people),
        "all": list_address(site=shown.slug),
    }
    return page(request, "victims/site.html", context)
