"""What search engines are told: which pages there are, file by file, and which to leave alone.

A file of people covers a run of their keys, so that it costs the same however many there are; persons who never
lived, drafts and withdrawn records stand in none.
"""

import datetime

from django.conf import settings
from django.db.models import Max
from django.http import Http404, HttpRequest, HttpResponse, StreamingHttpResponse
from django.urls import reverse
from django.utils import translation
from django.views.decorators.http import require_safe

from sources.models import Source
from victims.models import Body, ExecutionSite, Operation, Region, Victim
from victims.models.victim import public_id
from victims.statistics.cubes import DIMENSIONS
from victims.views.browse import INNER, LETTERS

#: Keys of people to a file: below the 50,000 addresses that a file may have.
RUN = 40_000
#: Pages without anything of their own in the address.
PLAIN = (
    "home", "sites", "operations", "sources", "bodies", "about", "help", "browse", "surnames", "regions",
    "places", "occupations", "days", "data", "privacy", "contribute", "statistics",
)  # fmt: skip
XML = "application/xml; charset=utf-8"
HEAD = '<?xml version="1.0" encoding="UTF-8"?>\n'
SPACE = 'xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"'


@require_safe
def robots(request: HttpRequest) -> HttpResponse:
    """Keep robots to pages that have an address of their own, and name the map of the site."""
    prefixes = ["/", *(f"/{code}/" for code, _name in settings.LANGUAGES if code != settings.LANGUAGE_CODE)]
    lines = ["User-agent: *"]
    for prefix in prefixes:
        lines += [f"Disallow: {prefix}{path}" for path in ("admin/", "accounts/", "victims/?", "browse/places/?")]
    lines += ["Disallow: /api/", "", f"Sitemap: {request.build_absolute_uri(reverse('sitemap'))}", ""]
    return HttpResponse("\n".join(lines), content_type="text/plain; charset=utf-8")


@require_safe
def index(request: HttpRequest) -> HttpResponse:
    """Name the files of the map: one of pages, and one for each run of people."""
    last = Victim.objects.aggregate(last=Max("pk"))["last"] or 0
    names = ["pages", *(f"people-{number}" for number in range(last // RUN + 1 if last else 0))]
    rows = "".join(
        f"<sitemap><loc>{request.build_absolute_uri(reverse('sitemap_part', args=[name]))}</loc></sitemap>\n"
        for name in names
    )
    return HttpResponse(f"{HEAD}<sitemapindex {SPACE}>\n{rows}</sitemapindex>\n", content_type=XML)


@require_safe
def part(request: HttpRequest, name: str) -> StreamingHttpResponse:
    """Send one file of the map: the pages in every language, or the people of one run in the first."""
    kind, _dash, number = name.partition("-")
    if name == "pages":
        addresses = _pages()
    elif kind == "people" and number.isdecimal() and len(number) < 9 and str(int(number)) == number:
        addresses = _people(int(number))
    else:
        raise Http404
    root = request.build_absolute_uri("/").rstrip("/")

    def written():
        yield f"{HEAD}<urlset {SPACE}>\n"
        for address in addresses:
            yield f"<url><loc>{root}{address}</loc></url>\n"
        yield "</urlset>\n"

    return StreamingHttpResponse(written(), content_type=XML)


def _people(number: int):
    """Return the addresses of the people of one run; other languages are named by the pages themselves."""
    lived = Victim.objects.published().filter(synthetic=False, pk__gte=number * RUN, pk__lt=(number + 1) * RUN)
    keys = list(lived.order_by("pk").values_list("pk", flat=True))
    with translation.override(settings.LANGUAGE_CODE):
        before, after = reverse("victims:victim", args=["@"]).split("@")
    return (f"{before}{public_id(key)}{after}" for key in keys)


def _pages() -> list[str]:
    found = []
    for code, _name in settings.LANGUAGES:
        with translation.override(code):
            found += [reverse(f"victims:{name}") for name in PLAIN]
            for name, model in (("site", ExecutionSite), ("body", Body), ("source", Source), ("region", Region)):
                found += [reverse(f"victims:{name}", args=[slug]) for slug in _slugs(model)]
            found += [reverse("victims:operation", args=[row]) for row in _slugs(Operation, "code")]
            found += [reverse("victims:statistic", args=[of]) for of in DIMENSIONS]
            found += [reverse("victims:surname", args=[letter]) for letter in LETTERS if letter not in INNER]
            first = datetime.date(1936, 1, 1)
            days = (first + datetime.timedelta(days=number) for number in range(366))
            found += [reverse("victims:day", args=[f"{day:%m-%d}"]) for day in days]
    return found


def _slugs(model, column="slug"):
    return model.objects.order_by(column).values_list(column, flat=True)[:5000]
