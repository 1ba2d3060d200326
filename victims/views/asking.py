"""The form of a question about people: its fields in groups, their errors, filters as chips, ways to loosen."""

import re

from django.http import QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from memorial import edtf
from sources.models import Source, SourceKind
from victims.filters import VictimFilterSet
from victims.filters.gaps import PARAMETER, AgeFilter
from victims.filters.strict import EDTFFilter, RowFilter
from victims.meanings import KINDS, label_of
from victims.models import Body, ExecutionSite, Operation, Region
from victims.search.dates import as_edtf
from victims.search.years import take_years
from victims.statistics import Bounded, bounded
from victims.statistics.facets import DIMENSION, Facet
from victims.statistics.values import LABELS, question, words
from victims.templatetags.wording import by_alphabet, language, named_plainly, titled
from victims.views.frame import LONGEST_LIST, list_address

#: Parameters that the list reads itself.
BESIDE = ("q", "after", "before", "sort")
#: How far a way to ask for less counts whom it would find, and how many filters are tried.
COUNTED, TRIED = 1000, 6
#: Parts of the form. A new parameter stands in the last one until it is given its place.
GROUPS = (
    (
        gettext_lazy("Name"),
        (
            "surname", "match_surname", "given_name", "match_given_name", "patronymic", "match_patronymic",
            "match", "sex",
        ),
    ),
    (
        gettext_lazy("Birth and life"),
        (
            "birth", "birth_place", "age", "nationality", "social_origin", "education", "party", "occupation",
            "residence", "residence_region", "region",
        ),
    ),
    (
        gettext_lazy("Arrest and sentence"),
        ("arrest", "sentence", "body", "body_kind", "kind", "article", "operation", "attribution"),
    ),
    (gettext_lazy("Death and burial"), ("death", "manner", "burial_place", "site")),
    (gettext_lazy("Rehabilitation and source"), ("rehabilitation", "source", "synthetic")),
    (gettext_lazy("What is not known"), tuple(PARAMETER.values())),
)
#: What a choice that was not made means, where it is not "any".
EMPTY = {
    "match": gettext_lazy("usual"),
    **dict.fromkeys(("match_surname", "match_given_name", "match_patronymic"), gettext_lazy("as the whole name")),
    **dict.fromkeys(PARAMETER.values(), gettext_lazy("not asked")),
}
PATRONYMIC = re.compile(r"\S{2,}(?:ович|евич|ич|овна|евна|ична|инична|івна|ївна|йович)\Z", re.IGNORECASE)


def form_groups(asked: VictimFilterSet, complaints: dict) -> list[dict]:
    """Return the fieldsets of the form with what was typed and what is wrong with it."""
    choices = _rows()
    placed = {name for _legend, names in GROUPS for name in names}
    groups = [(legend, list(names)) for legend, names in GROUPS]
    groups[-1][1].extend(name for name in asked.filters if name not in placed)
    return [
        {
            "legend": legend,
            "pairs": "match" in names,
            "fields": [_field(asked, name, complaints, choices) for name in names],
        }
        for legend, names in groups
    ]


def _field(asked: VictimFilterSet, name: str, complaints: dict, choices: dict) -> dict:
    filter_ = asked.filters[name]
    value = asked.data.get(name, "") if asked.data else ""
    field = {"name": name, "label": filter_.label, "value": value, "errors": complaints.get(name)}
    if isinstance(filter_, RowFilter):
        field["groups"] = _with_value(choices[name], value)
    elif hasattr(asked.form.fields[name], "choices"):
        listed = asked.form.fields[name].choices
        field["groups"] = [("", [(str(code), label) for code, label in listed if code])]
        if "," in value and name in asked.chosen:  # several gaps at once, which a link has set
            field["groups"] = [*field["groups"], ("", [(value, _told(asked, name, asked.chosen[name]))])]
    elif name in KINDS and (meant := label_of(name, value, language())) != value:
        field["groups"] = [("", [(value, meant)])]  # a code that a link has set: its name is no word of sources
    field["empty"] = EMPTY.get(name, gettext_lazy("any"))
    field["date"] = isinstance(filter_, EDTFFilter)
    if field["date"]:
        field["value"] = _as_typed(value)
    return field


def _as_typed(date: str) -> str:
    """Return a date as people write it, where these words are read as the very same date; else as it stands."""
    if date.isdecimal() or not edtf.is_valid(date):
        return date
    first, _slash, last = date.partition("/")
    years = first.isdecimal() and last.isdecimal()
    words = f"{first}–{last}" if years else edtf.words(date, language())
    return words if as_edtf(words) == date else date


def _with_value(groups: list, value: str) -> list:
    """Return the choices of a field with the one that came in an address, though it is not offered."""
    known = {code for _name, options in groups for code, _label in options}
    return groups if not value or value in known else [*groups, ("", [(value, value[:200])])]


def _rows() -> dict[str, list]:
    """Return {field: choices in groups} of the fields that name a row."""
    bodies: dict[str, list] = {}
    for body in Body.objects.select_related("region").order_by("kind", "name_ru")[:LONGEST_LIST]:
        bodies.setdefault(_(body.get_kind_display()), []).append((body.slug, named_plainly(body)))
    regions = _by_name(Region)
    sources = Source.objects.exclude(kind=str(SourceKind.ARCHIVAL_UNIT)).only("slug", "title").order_by("title")
    return {
        "body": list(bodies.items()),
        "site": [("", _by_name(ExecutionSite))],
        "region": [("", regions)],
        "residence_region": [("", regions)],
        "operation": [("", [(row.code, named_plainly(row)) for row in Operation.objects.order_by("code")])],
        "source": [("", [(row.slug, titled(row)) for row in sources[:LONGEST_LIST]])],
    }


def _by_name(model) -> list[tuple[str, str]]:
    rows = sorted(model.objects.order_by("name_ru")[:LONGEST_LIST], key=by_alphabet)
    return [(row.slug, named_plainly(row)) for row in rows]


def errors_of(asked: VictimFilterSet, complaints: dict) -> list[dict]:
    """Return all that is wrong with a question, each with the field to go to (none where it has no field)."""
    return [
        {
            "name": name[:100],
            "label": asked.filters[name].label if name in asked.filters else _("Name") if name == "q" else "",
            "field": name if name in asked.filters or name == "q" else "",
            "messages": messages,
        }
        for name, messages in complaints.items()
    ]


def chips(asked: VictimFilterSet, given: QueryDict) -> list[dict]:
    """Return the filters in force: label, value in words, and the address of the list without each."""
    return [
        {"label": asked.filters[name].label, "value": _told(asked, name, value), "url": _without(given, name)}
        for name, value in asked.chosen.items()
    ]


def _told(asked: VictimFilterSet, name: str, value) -> str:
    if isinstance(asked.filters[name], EDTFFilter):
        return edtf.words(value, language())
    if isinstance(asked.filters[name], AgeFilter):
        return AgeFilter.words(value)
    if isinstance(value, Source):
        return titled(value)
    if hasattr(value, "name_ru"):
        return named_plainly(value)
    choices = dict(getattr(asked.form.fields[name], "choices", ()))
    if isinstance(value, list):
        return ", ".join(str(choices[one]) for one in value)
    given = asked.data.get(name)
    if name in KINDS:
        return label_of(name, given, language())
    return str(choices.get(given, given))


def _without(given: QueryDict, *names: str) -> str:
    """Return the address of the first page of the same list without some parameters, by the alphabet.

    The order of birth goes with them: a longer list may be refused in it.
    """
    kept = {name: value for name, value in given.items() if name not in (*names, "after", "before", "sort")}
    return list_address(**kept)


def narrower(facets: list[Facet], given: QueryDict) -> list[dict]:
    """Return the facets of a list as ways to ask for less: what each is called, and its values as links."""
    told = []
    for facet in facets:
        of = DIMENSION.get(facet.of, facet.of)
        named = words(of, [value for value, _number in facet.values])
        ways = [
            {"words": named[value], "number": number, "url": _with(given, question(of, value))}
            for value, number in facet.values
        ]
        told.append({"label": LABELS[of], "ways": ways})
    return told


def _with(given: QueryDict, more: dict[str, str]) -> str:
    """Return the address of the first page of the same list with some parameters more."""
    kept = {name: value for name, value in given.items() if name not in ("after", "before")}
    return list_address(**kept | more)


def looser(asked: VictimFilterSet, given: QueryDict, query: str, everybody) -> list[dict]:
    """Return questions that ask for less than one that found nobody: words for the link, and its address.

    Where no name is searched for, each tells how many it finds (``count``, bounded), and those that find nobody
    either are left out.
    """
    ways = []
    nameless = " ".join(word for word in query.split() if not PATRONYMIC.match(word))
    yearless = " ".join(take_years(query)[0].split())
    for title, less in ((_("Leave out the patronymic"), nameless), (_("Leave out the year"), yearless)):
        if less and less != " ".join(query.split()):
            ways.append({"title": title, "words": less, "url": _asking(given, less)})
    tried = list(asked.chosen)[:TRIED]
    ways += [way for name in tried if (way := _less(asked, given, everybody, name, [name]))]
    if tried and not ways and len(asked.chosen) == len(tried) > 2:  # no single filter is to blame
        for name in tried:
            ways.append(_less(asked, given, everybody, name, [one for one in tried if one != name]))
        ways = [way for way in ways if way]
    if len(asked.chosen) > 1:
        ways.append({"title": _("Leave out all filters"), "words": "", "url": list_address(q=query)})
    return ways


def _less(asked: VictimFilterSet, given: QueryDict, everybody, name: str, dropped: list[str]) -> dict | None:
    """Return the question without some filters, named by the one left out or kept; None if it finds nobody."""
    found = _counted(given, everybody, dropped)
    if found is not None and not found:
        return None
    title = _("Leave out the filter “%(label)s”") if dropped == [name] else _("Keep only the filter “%(label)s”")
    title %= {"label": asked.filters[name].label}
    return {"title": title, "words": "", "url": _without(given, *dropped), "count": found}


def _counted(given: QueryDict, everybody, dropped: list[str]) -> Bounded | None:
    """Return how many people a list without some filters finds; None for a ranked list: it is not counted."""
    kept = given.copy()
    for name in dropped:
        kept.pop(name, None)
    if VictimFilterSet.is_ranked(kept):
        return None
    return bounded(VictimFilterSet(kept, everybody, beside=BESIDE).qs, COUNTED)


def _asking(given: QueryDict, query: str) -> str:
    return list_address(**{**{name: value for name, value in given.items() if name not in BESIDE}, "q": query})
