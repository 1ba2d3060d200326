"""Ways to people without a search: letter by letter, by region and place, by day, by occupation, by sitting.

Every page asks for a bounded number of rows that an index finds; none counts or reads a whole table.
"""

import datetime
import re

from django.db.models import Count, Exists, OuterRef
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from victims.models import Body, ExecutionSite, Place, PrintedForm, Region, Victim
from victims.models.printed import Begins
from victims.names import fold, sort_key
from victims.statistics import Bounded, bounded
from victims.templatetags.wording import by_alphabet, in_words, language, named_plainly, number
from victims.views.frame import LONGEST_LIST, page
from victims.views.neighbours import born_at_place, lived_at_place, sentenced_on, shot_at, shot_on
from victims.views.paging import listed, read_place
from victims.vocabulary import FormKind

LETTERS = "АБВГДЕЖЗИЙКЛМНОПРСТУФХЦЧШЩЪЫЬЭЮЯ"
#: What no word begins with.
INNER = "ЪЫЬ"
#: Ukrainian letters that are sorted as another: Іваненко stands by Иваненко.
ALSO = {"Г": "Ґ", "Е": "Є", "И": "ІЇ"}
#: Years whose days are looked through for one day of the year.
YEARS = range(1917, 1954)
#: How far a page of this kind counts.
COUNTED = 1000
#: Longest beginning of a surname that has a page.
LONGEST_BEGINNING = 4


def browse(request: HttpRequest) -> HttpResponse:
    """Lead to every way of looking around."""
    letters = [_way(letter) for letter in _initials()]
    return page(request, "victims/browse.html", {"letters": letters})


def _way(begins: str) -> dict:
    """Return a beginning of surnames as a link; in Ukrainian a letter is named with those that stand by it."""
    beside = ALSO.get(begins, "") if language() == "uk" else ""
    return {"name": " ".join([begins, *beside]), "url": reverse("victims:surname", args=[begins])}


def _initials() -> list[str]:
    return [letter for letter in LETTERS if letter not in INNER]


# --- surnames ---


def surnames(request: HttpRequest) -> HttpResponse:
    """Show the letters with which surnames begin."""
    context = {"title": _("People by surname"), "letters": _letters("")}
    return page(request, "victims/browse_letters.html", context)


def surname(request: HttpRequest, begins: str) -> HttpResponse:
    """List the people whose surname begins so, and the beginnings that go on from there."""
    proper = begins[:1].upper() + begins[1:].lower()
    if not re.fullmatch(rf"[{LETTERS}Ёа-яё-]{{1,{LONGEST_BEGINNING}}}", proper) or proper != begins:
        raise Http404
    people = Victim.objects.published().filter(**_beginning(begins))
    deeper = _letters(begins) if len(begins) < LONGEST_BEGINNING else []
    heading = _("Surnames that begin with %(letters)s") % {"letters": f"{begins}…"}
    return _people(request, people, heading, letters=deeper, up=(reverse("victims:surnames"), _("All letters")))


def _beginning(begins: str) -> dict:
    key = sort_key(begins, None, None)[:-2]  # without the two ends of fields
    return {"sort_key__gte": key, "sort_key__lt": f"{key}z"}


def _letters(begins: str) -> list[dict]:
    """Return the ways to the beginnings one letter longer under which somebody is recorded."""
    longer = [begins + (letter.lower() if begins else letter) for letter in (LETTERS if begins else _initials())]
    return [_way(one) for one in borne(longer, Victim.objects.published())]


def borne(beginnings: list[str], people) -> list[str]:
    """Return those beginnings of surnames that somebody of a queryset of people bears."""
    some = {f"x{number}": Exists(people.filter(**_beginning(one))) for number, one in enumerate(beginnings)}
    row = _one_row().annotate(**some).values(*some).first() or {}
    return [one for number, one in enumerate(beginnings) if row.get(f"x{number}")]


def _one_row():
    """Return a queryset of one row, to hang questions of yes or no on."""
    return Victim.objects.order_by("pk")[:1]


# --- regions and places ---


def regions(request: HttpRequest) -> HttpResponse:
    """List the regions of the time."""
    rows = sorted(Region.objects.all()[:LONGEST_LIST], key=by_alphabet)
    items = [{"name": row, "url": reverse("victims:region", args=[row.slug])} for row in rows]
    return page(request, "victims/browse_regions.html", {"items": items})


def region(request: HttpRequest, slug: str) -> HttpResponse:
    """Show a region of the time: what became of it, its sites, bodies and recognised places."""
    shown = get_object_or_404(Region, slug=slug)
    context = {
        "region": shown,
        "origins": shown.origins.select_related("predecessor"),
        "successions": shown.successions.select_related("successor"),
        "sites": shown.sites.order_by("name_ru")[:LONGEST_LIST],
        "bodies": shown.bodies.order_by("name_ru")[:LONGEST_LIST],
        "places": shown.places.annotate(births=_births()).order_by("folded")[:LONGEST_LIST],
    }
    return page(request, "victims/region.html", context)


def places(request: HttpRequest) -> HttpResponse:
    """Find printed places of birth by their words; the first of them, and that there are more."""
    query = request.GET.get("words", "").strip().replace("\0", "")[:200]
    words, found = fold(query).split(), []
    if words:
        some = Place.objects.filter(_births())
        for word in words[:8]:
            some = some.filter(folded__contains=word)
        found = list(some.order_by("folded", "pk")[: LONGEST_LIST // 5 + 1])
    context = {"query": query, "found": found[: LONGEST_LIST // 5], "more": len(found) > LONGEST_LIST // 5}
    return page(request, "victims/browse_places.html", context, indexed=not request.GET)


def _births() -> Exists:
    """Return the question whether somebody is recorded as born at a place."""
    return Exists(Victim.objects.published().filter(birth_place=OuterRef("pk")))


def born_at(request: HttpRequest, pk: int) -> HttpResponse:
    """List the people who were born at a place that is printed in the same words."""
    place = get_object_or_404(Place, pk=pk)
    beside = reverse("victims:lived_at", args=[pk]), _("Who lived there")
    heading = _("Born at: %(place)s") % {"place": place.text}
    return _at_place(request, born_at_place(place), heading, beside, lived_at_place(place))


def lived_at(request: HttpRequest, pk: int) -> HttpResponse:
    """List the people who lived at a place that is printed in the same words."""
    place = get_object_or_404(Place, pk=pk)
    beside = reverse("victims:born_at", args=[pk]), _("Who was born there")
    heading = _("Lived at: %(place)s") % {"place": place.text}
    return _at_place(request, lived_at_place(place), heading, beside, born_at_place(place))


def _at_place(request: HttpRequest, people, heading: str, beside: tuple, others) -> HttpResponse:
    """Send those of a place; ``beside``: the page of others whom the same words tell of, where there are any."""
    if not people.exists():
        raise Http404
    remark = _("The words are those of sources: one place may be printed in other words too.")
    up = reverse("victims:places"), _("Places of birth")
    return _people(request, people, heading, remark=remark, up=up, beside=beside if others.exists() else None)


# --- occupations ---


def occupations(request: HttpRequest, begins: str = "") -> HttpResponse:
    """List printed occupations by their first two letters, as books print them."""
    if begins and (begins != fold(begins) or len(begins) > 2):
        raise Http404
    forms = PrintedForm.objects.filter(kind=str(FormKind.OCCUPATION)).annotate(begins=Begins("folded"))
    context = {
        "begins": begins,
        "letters": [_occupations(letter.lower()) for letter in _initials()],
    }
    if len(begins) == 2:
        found = list(forms.filter(begins=begins).order_by("folded", "pk")[: LONGEST_LIST + 1])
        context |= {"found": found[:LONGEST_LIST], "more": len(found) > LONGEST_LIST}
    elif begins:
        longer = [begins + letter.lower() for letter in LETTERS]
        some = {f"x{number}": Exists(forms.filter(begins=one)) for number, one in enumerate(longer)}
        row = _one_row().annotate(**some).values(*some).first() or {}
        context["deeper"] = [_occupations(one) for number, one in enumerate(longer) if row.get(f"x{number}")]
    return page(request, "victims/browse_occupations.html", context)


def _occupations(begins: str) -> dict:
    return {"name": begins, "url": reverse("victims:occupations", args=[begins])}


def occupation(request: HttpRequest, pk: int) -> HttpResponse:
    """List the people of whom an occupation is printed in the same words."""
    form = get_object_or_404(PrintedForm, pk=pk, kind=str(FormKind.OCCUPATION))
    people = Victim.objects.published().filter(occupation=form)
    heading = _("Occupation: %(words)s") % {"words": form.text}
    up = reverse("victims:occupations"), _("Occupations")
    return _people(request, people, heading, up=up)


# --- days ---


def days(request: HttpRequest) -> HttpResponse:
    """Show a calendar of the year: who was shot on each day."""
    months = []
    for month in range(1, 13):
        first = datetime.date(1936, month, 1)
        last = (first + datetime.timedelta(days=31)).replace(day=1) - datetime.timedelta(days=1)
        numbers = range(1, last.day + 1)
        name = in_words(f"1936-{month:02}").replace("1936", "").split(" ")[0]
        months.append({"name": name, "days": [(day, f"{month:02}-{day:02}") for day in numbers]})
    return page(request, "victims/browse_days.html", {"months": months})


def day(request: HttpRequest, date: str) -> HttpResponse:
    """List those shot on a day: of one year ("1937-12-08"), or of every year ("12-08")."""
    every_year = len(date) == 5
    dates = [one for year in (YEARS if every_year else [""]) if (one := _date(f"{year}-{date}" if year else date))]
    if not dates:
        raise Http404
    people, by_year = shot_on(*dates), []
    if every_year:
        counted = people.order_by().values_list("death_earliest").annotate(number=Count("pk"))
        by_year = [
            {"words": in_words(str(one)), "url": reverse("victims:day", args=[str(one)]), "number": number}
            for one, number in sorted(counted)
        ]
        words = in_words(f"1936-{date}").partition("1936")[0].strip()
        up = reverse("victims:days"), _("All days")
    else:
        words = in_words(date)
        up = reverse("victims:day", args=[date[5:]]), _("This day in all years")
    heading = _("Shot on this day: %(day)s") % {"day": words}
    remark = _("Only those are here of whom a source tells the very day.")
    return _people(request, people, heading, by_year=by_year, remark=remark, up=up)


def day_at(request: HttpRequest, date: str, slug: str) -> HttpResponse:
    """List those who were shot on a day and shot or buried at a site."""
    site, one = get_object_or_404(ExecutionSite, slug=slug), _date(date)
    if one is None:
        raise Http404
    heading = _("Shot on this day: %(day)s") % {"day": f"{in_words(date)}, {named_plainly(site)}"}
    up = reverse("victims:day", args=[date]), _("All who were shot on this day")
    return _people(request, shot_at(site, one), heading, up=up)


def sentenced(request: HttpRequest, slug: str, date: str) -> HttpResponse:
    """List those whom a body sentenced on a day."""
    body, one = get_object_or_404(Body, slug=slug), _date(date)
    if one is None:
        raise Http404
    heading = _("Sentenced on one day: %(day)s") % {"day": f"{in_words(date)}, {named_plainly(body)}"}
    up, people = (reverse("victims:body", args=[slug]), named_plainly(body)), sentenced_on(body, one)
    return _people(request, people, heading, up=up, remark=_judged(bounded(people.filter(synthetic=False)), date))


def _judged(lived: Bounded, day: str) -> str:
    """Return in a sentence how many people who lived a body sentenced on a day; nothing where nobody did."""
    if not lived:
        return ""
    words = ngettext(
        "On %(day)s this body sentenced %(count)s person recorded here.",
        "On %(day)s this body sentenced %(count)s people recorded here.",
        lived.number,
    )
    return words % {"day": in_words(day), "count": number(lived)}


def _date(text: str) -> datetime.date | None:
    try:
        return datetime.date.fromisoformat(text) if len(text) == 10 else None
    except ValueError:
        return None


def _people(request: HttpRequest, people, heading: str, **more) -> HttpResponse:
    """Send a list of people under a heading, page by page."""
    complaints: dict = {}
    place = read_place(request.GET, False, complaints)
    if complaints:
        raise Http404
    context = {"heading": heading, "count": bounded(people, COUNTED), **more, **listed(people, place)}
    context["empty"] = not context["people"] and not place
    return page(request, "victims/browse_people.html", context, indexed=not request.GET and not context["empty"])
