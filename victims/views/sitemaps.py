"""What search engines are told: which pages there are, file by file, and which to leave alone.

A file of people, of places of birth or of occupations covers a run of keys, so that it costs the same however many
there are; persons who never lived, drafts and withdrawn records stand in none, nor what is told of them alone.
"""

import datetime

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, StreamingHttpResponse
from django.urls import reverse
from django.utils import translation
from django.views.decorators.http import require_safe

from sources.models import Source
from victims.models import Body, ExecutionSite, Operation, Region, Victim
from victims.models.victim import public_id
from victims.statistics.cubes import DIMENSIONS
from victims.views.browse import INNER, LETTERS, borne

#: Keys of people to a file: below the 50,000 addresses that a file may have.
RUN = 40_000
#: Files of lists of people -> the page of each, and the field of people whose words it is about.
LISTS = {"places": ("born_at", "birth_place"), "occupations": ("occupation", "occupation")}
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
    """Name the files of the map: one of pages, and one for each run of people, of places and of occupations."""
    fields = {"people": "pk"} | {kind: field for kind, (_page, field) in LISTS.items()}
    names = ["pages", *(f"{kind}-{number}" for kind, field in fields.items() for number in range(_runs(field)))]
    rows = "".join(
        f"<sitemap><loc>{request.build_absolute_uri(reverse('sitemap_part', args=[name]))}</loc></sitemap>\n"
        for name in names
    )
    return HttpResponse(f"{HEAD}<sitemapindex {SPACE}>\n{rows}</sitemapindex>\n", content_type=XML)


def _runs(field: str) -> int:
    """Return how many files the keys in a field of people need; an index has the last one."""
    last = Victim.objects.filter(**{f"{field}__isnull": False}).order_by(f"-{field}").values_list(field, flat=True)
    return (last.first() or -RUN) // RUN + 1


@require_safe
def part(request: HttpRequest, name: str) -> StreamingHttpResponse:
    """Send one file of the map: the pages in every language, or the people of one run in the first."""
    kind, _dash, number = name.partition("-")
    if name == "pages":
        addresses = _pages()
    elif kind in ("people", *LISTS) and number.isdecimal() and len(number) < 9 and str(int(number)) == number:
        addresses = _people(int(number)) if kind == "people" else _lists(*LISTS[kind], int(number))
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


def _lists(page: str, field: str, number: int):
    """Return the addresses of the pages of one run of places or occupations of which somebody is recorded."""
    run = {f"{field}__gte": number * RUN, f"{field}__lt": (number + 1) * RUN}
    lived = Victim.objects.published().filter(synthetic=False, **run)
    keys = list(lived.order_by(field).values_list(field, flat=True).distinct())
    with translation.override(settings.LANGUAGE_CODE):
        before, after = reverse(f"victims:{page}", args=[0]).rsplit("0", 1)
    return (f"{before}{key}{after}" for key in keys)


def _syllables() -> list[str]:
    """Return the two letters with which surnames of people who lived begin."""
    lived = Victim.objects.published().filter(synthetic__in=[False])  # SQLite finds no index for NOT synthetic
    firsts = [letter for letter in LETTERS if letter not in INNER]
    return [one for first in firsts for one in borne([first + letter.lower() for letter in LETTERS], lived)]


def _pages() -> list[str]:
    found, syllables = [], _syllables()
    for code, _name in settings.LANGUAGES:
        with translation.override(code):
            found += [reverse(f"victims:{name}") for name in PLAIN]
            for name, model in (("site", ExecutionSite), ("body", Body), ("source", Source), ("region", Region)):
                found += [reverse(f"victims:{name}", args=[slug]) for slug in _slugs(model)]
            found += [reverse("victims:operation", args=[row]) for row in _slugs(Operation, "code")]
            found += [reverse("victims:statistic", args=[of]) for of in DIMENSIONS]
            found += [reverse("victims:surname", args=[letter]) for letter in LETTERS if letter not in INNER]
            found += [reverse("victims:surname", args=[begins]) for begins in syllables]
            first = datetime.date(1936, 1, 1)
            days = (first + datetime.timedelta(days=number) for number in range(366))
            found += [reverse("victims:day", args=[f"{day:%m-%d}"]) for day in days]
    return found


def _slugs(model, column="slug"):
    return model.objects.order_by(column).values_list(column, flat=True)[:5000]
