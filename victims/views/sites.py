"""Execution sites: what is told of each, and the people recorded there."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404

from victims.filters import VictimFilterSet
from victims.models import ExecutionSite, SiteFigure, Victim
from victims.statistics import persons, persons_at_sites
from victims.views.frame import LONGEST_LIST, first_people, list_address, page


def sites(request: HttpRequest) -> HttpResponse:
    """List the sites of shooting and burial."""
    recorded = persons_at_sites()
    figures: dict[int, list] = {}
    for figure in SiteFigure.objects.select_related("source").order_by("site", "source__slug", "lowest"):
        figures.setdefault(figure.site_id, []).append(figure)
    found = ExecutionSite.objects.select_related("region").order_by("name_ru")[:LONGEST_LIST]
    rows = [{"site": one, "figures": figures.get(one.pk, []), "recorded": recorded[one.pk]} for one in found]
    return page(request, "victims/sites.html", {"rows": rows})


def site(request: HttpRequest, slug: str) -> HttpResponse:
    """Show a site: figures of different sources side by side, its other names, people recorded there."""
    shown = get_object_or_404(ExecutionSite.objects.select_related("region", "source"), slug=slug)
    people = VictimFilterSet({"site": shown.slug}, Victim.objects.published()).qs
    context = {
        "site": shown,
        "figures": shown.figures.select_related("source").order_by("source__slug", "lowest"),
        "places": shown.places.order_by("text")[:LONGEST_LIST],
        "counts": persons(people),
        "people": first_people(people),
        "all": list_address(site=shown.slug),
    }
    return page(request, "victims/site.html", context)
