"""Pages for relatives: one box for a name, and the people found."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language

from memorial import edtf
from victims.models import Entry
from victims.search import QueryError, search

PAGE_SIZE = 20


def home(request: HttpRequest) -> HttpResponse:
    """Show the name box and, for ``?q=``, whom it finds; a query that cannot be answered says why (400)."""
    query = request.GET.get("q", "").strip().replace("\0", "")
    context = {"query": query}
    if query:
        try:
            page = search(query, limit=PAGE_SIZE)
        except QueryError as error:
            return render(request, "victims/home.html", {"query": query[:200], "error": str(error)}, status=400)
        context["page"] = page
        context["people"] = in_words(page.hits)
    return render(request, "victims/home.html", context)


def in_words(hits) -> list[dict]:
    """Return hits as the list of results tells them: dates in the page's language, and where it is told."""
    language = get_language()[:2]
    sources: dict[int, list] = {}
    entries = Entry.objects.filter(victim__in=[hit.victim.pk for hit in hits], removed=False)
    for entry in entries.select_related("source").only("victim", "source").order_by("source__slug"):
        told = sources.setdefault(entry.victim_id, [])
        if entry.source not in told:
            told.append(entry.source)
    return [
        {
            "victim": hit.victim,
            "birth": edtf.words(hit.victim.birth, language) if hit.victim.birth else "",
            "death": edtf.words(hit.victim.death, language) if hit.victim.death else "",
            "sources": sources.get(hit.victim.pk, []),
            "reason": hit.reason,
        }
        for hit in hits
    ]
