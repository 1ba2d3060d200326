"""Execution sites: what is told of each, and the people recorded there."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404

from victims.filters import VictimFilterSet
from victims.models import ExecutionSite, SiteFigure, Victim
from victims.statistics import persons, persons_at_site_by_month, persons_at_sites
from victims.templatetags.wording import named_plainly
from victims.views.frame import LONGEST_LIST, first_people, list_address, page
from victims.views.mapping import Point, drawn

#: Height of the highest bar; how many months are drawn at most (the table has all of them).
BARS_HIGH, MOST_BARS = 120, 240


def sites(request: HttpRequest) -> HttpResponse:
    """List the sites of shooting and burial."""
    recorded = persons_at_sites()
    figures: dict[int, list] = {}
    for figure in SiteFigure.objects.select_related("source").order_by("site", "source__slug", "lowest"):
        figures.setdefault(figure.site_id, []).append(figure)
    found = ExecutionSite.objects.select_related("region").order_by("name_ru")[:LONGEST_LIST]
    rows = [
        {"number": number, "site": one, "figures": figures.get(one.pk, []), "recorded": recorded[one.pk]}
        for number, one in enumerate(found, start=1)
    ]
    points = [_point(row["number"], row["site"]) for row in rows]
    return page(request, "victims/sites.html", {"rows": rows, "map": drawn(points)})


def _point(number: int, site: ExecutionSite) -> Point:
    return Point(number, site.latitude, site.longitude, site.precision_km, named_plainly(site))


def by_month(site: ExecutionSite) -> dict | None:
    """Return the months of a site as bars: every month from the first to the last, its number and its height."""
    counted = persons_at_site_by_month(site)
    if not counted:
        return None
    (year, month), last, most = min(counted), max(counted), max(counted.values())
    bars = []
    while (year, month) <= last and len(bars) < MOST_BARS:
        number = counted.get((year, month), 0)
        height = round(number / most * BARS_HIGH, 1)
        name = f"{year}-{month:02}"
        bars.append({
            "month": name, "number": number, "height": height, "top": BARS_HIGH - height + 4,
            "x": len(bars) * 20 + 4, "year": year if month == 1 or not bars else "",
            "url": list_address(site=site.slug, death=name) if number else "",
        })  # fmt: skip
        year, month = (year + 1, 1) if month == 12 else (year, month + 1)
    return {"bars": bars, "told": [bar for bar in bars if bar["number"]], "width": len(bars) * 20 + 8}


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
        "counts": persons(people),
        "people": first_people(people),
        "all": list_address(site=shown.slug),
    }
    return page(request, "victims/site.html", context)
