"""Bodies that arrested, sentenced and rehabilitated: members, sittings, the people recorded as judged by them."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404

from victims.filters import VictimFilterSet
from victims.models import Body, Victim
from victims.permissions import Action, may
from victims.statistics import people_on_days, recorded
from victims.views.frame import LONGEST_LIST, first_people, list_address, page
from victims.vocabulary import BodyKind


def bodies(request: HttpRequest) -> HttpResponse:
    """List the bodies by kind."""
    kinds: dict[str, list] = {str(kind): [] for kind in BodyKind}
    for one in Body.objects.select_related("region").order_by("name_ru")[:LONGEST_LIST]:
        kinds[one.kind].append(one)
    groups = [(BodyKind(kind).label, found) for kind, found in kinds.items() if found]
    return page(request, "victims/bodies.html", {"groups": groups})


def body(request: HttpRequest, slug: str) -> HttpResponse:
    """Show a body: its members and their tenure, the words that mean it, its sittings, people it sentenced."""
    shown = get_object_or_404(Body.objects.select_related("region", "source"), slug=slug)
    people = VictimFilterSet({"body": shown.slug}, Victim.objects.published()).qs
    members = shown.members.select_related("victim", "source").order_by("tenure_earliest", "name")
    context = {
        "body": shown,
        "members": [
            {"member": one, "own": one.victim if one.victim and may(None, Action.VIEW, one.victim) else None}
            for one in members
        ],
        "forms": shown.forms.order_by("text")[:LONGEST_LIST],
        "sittings": _sittings(shown),
        "counts": recorded("sentenced_by", shown.slug, people),
        "people": first_people(people),
        "all": list_address(body=shown.slug),
    }
    return page(request, "victims/body.html", context)


def _sittings(body: Body) -> list[dict]:
    """Return the days on which a body is known to have sat, each with its protocols and its people."""
    numbers, days = people_on_days(body), {}
    for one in body.sittings.order_by("date", "protocol")[:LONGEST_LIST]:
        days.setdefault(one.date.isoformat(), []).append(one.protocol)
    return [
        {
            "day": day,
            "protocols": ", ".join(filter(None, protocols)),
            "recorded": numbers.get(day, 0),
            "url": list_address(body=body.slug, sentence=day, synthetic="false"),
        }
        for day, protocols in days.items()
    ]
