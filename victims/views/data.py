"""What the records rest on and whom they leave out, in the sources' own notes; and what is kept of visitors."""

from django.conf import settings
from django.db.models import Exists, OuterRef
from django.http import HttpRequest, HttpResponse

from sources.models import Source
from victims.contributions.receiving import KEPT_DECIDED, KEPT_UNCONFIRMED, KEPT_WAITING
from victims.models import Entry, Operation
from victims.views.frame import LONGEST_LIST, page


def about_the_data(request: HttpRequest) -> HttpResponse:
    """Say what the sources cover, whom they leave out and under which rights they stand, as noted of each."""
    entries = Entry.objects.filter(source=OuterRef("pk"), removed=False)
    found = Source.objects.filter(Exists(entries)).only(
        "slug", "kind", "title", "rights", "coverage", "coverage_bias", "level", "code"
    )
    context = {
        "sources": list(found.order_by("title")[:LONGEST_LIST]),
        "operations": Operation.objects.exclude(coverage_bias="").select_related("source").order_by("code"),
    }
    return page(request, "victims/data.html", context)


def privacy(request: HttpRequest) -> HttpResponse:
    """Say what is kept of a visitor and how long: the times are those that ``forget_visitors`` keeps to."""
    context = {
        "decided": _duration(KEPT_DECIDED.days),
        "waiting": _duration(KEPT_WAITING.days),
        "unconfirmed": _duration(KEPT_UNCONFIRMED.days),
        "session_hours": settings.SESSION_COOKIE_AGE // 3600,
    }
    return page(request, "victims/privacy.html", context)


def _duration(days: int) -> str:
    """Return days as people count them: whole years, whole months of half a year and more, else days."""
    years, months = days / 365.25, days / 30.4375
    if round(years) and abs(years - round(years)) * 365 < 2:
        return f"P{round(years)}Y"
    return f"P{round(months)}M" if months >= 6 and abs(months - round(months)) * 30 < 2 else f"P{days}D"
