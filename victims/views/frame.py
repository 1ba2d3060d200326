"""What the views share: how a page is sent, short lists of people, addresses of lists."""

from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.cache import patch_cache_control

from victims.models import Entry, Victim

#: People on a page.
PAGE_SIZE = 20
#: Rows of any other list that a page shows.
LONGEST_LIST = 500


def page(request: HttpRequest, template: str, context: dict, *, indexed=True, status=200) -> HttpResponse:
    """Send a page; ``indexed``: whether search engines may keep it under its address."""
    context["indexed"] = indexed and status == 200
    if context["indexed"]:
        context["canonical"] = request.build_absolute_uri(request.path)
    response = render(request, template, context, status=status)
    patch_cache_control(response, **({"private": True} if request.user.is_authenticated else {"no_cache": True}))
    return response


def list_address(**parameters) -> str:
    """Return the address of the list of people with these parameters."""
    asked = urlencode({name: value for name, value in parameters.items() if value not in (None, "")})
    return reverse("victims:list") + (f"?{asked}" if asked else "")


def with_sources(victims: list[Victim]) -> list[dict]:
    """Return people, each with the sources that tell of them, as lists show them."""
    sources: dict[int, list] = {victim.pk: [] for victim in victims}
    entries = Entry.objects.filter(victim__in=sources, removed=False).select_related("source")
    for entry in entries.only("victim", "source__slug", "source__title").order_by("source__slug"):
        if entry.source not in sources[entry.victim_id]:
            sources[entry.victim_id].append(entry.source)
    return [{"victim": victim, "sources": sources[victim.pk]} for victim in victims]


def first_people(people) -> list[dict]:
    """Return the first people of a queryset in the order of the alphabet, as lists show them."""
    return with_sources(shown(people.by_name().values_list("pk", flat=True)[:PAGE_SIZE]))


def shown(keys) -> list[Victim]:
    """Return people by their keys, in this order: whole rows are read and joined of these alone, not sorted."""
    found = Victim.objects.select_related("birth_place", "burial_place").in_bulk(list(keys))
    return [found[key] for key in keys if key in found]
