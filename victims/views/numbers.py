"""Statistics: the numbers counted beforehand, as charts with their tables, and as files."""

import csv

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from memorial import edtf
from victims.filters.gaps import PARAMETER
from victims.statistics.cubes import DIMENSIONS, OF_SENTENCE, counted, one_way, two_way
from victims.statistics.values import LABELS, MONTHS, UNCERTAIN, ordered, question, words
from victims.templatetags.wording import language
from victims.views.charts import columns, every_month, lengths, ticks, year_tick
from victims.views.frame import LONGEST_LIST, list_address, page

#: Rows and columns of a table of two dimensions; the file has all.
ROWS, COLUMNS = 40, 8
#: The years whose months are shown where no year is asked for.
YEARS = ("1937", "1938")
GROUPS = (
    (gettext_lazy("Who they were"), (
        "sex", "born", "age", "nationality", "social_origin", "education", "party", "occupation", "region",
    )),
    (gettext_lazy("What was done to them"), (
        "arrested", "sentenced", "kind", "body", "sentenced_by", "operation", "attribution", "died", "site",
    )),
    (gettext_lazy("Who tells of them"), ("source",)),
)  # fmt: skip
#: Pairs that are asked for most.
PAIRS = (("sentenced", "kind"), ("region", "nationality"), ("sentenced", "attribution"), ("age", "sex"))


def statistics(request: HttpRequest) -> HttpResponse:
    """Show what people are counted by, with the years of their sentences as columns."""
    context = {
        "counted": counted(),
        "groups": [(legend, [(of, LABELS[of]) for of in names]) for legend, names in GROUPS],
        "pairs": [(of, by, LABELS[of], LABELS[by]) for of, by in PAIRS],
        "chart": _years("sentenced", one_way("sentenced")),
    }
    return page(request, "victims/statistics.html", context)


def statistic(request: HttpRequest, of: str) -> HttpResponse:
    """Show how many people have each value of a dimension; ``?format=csv`` gives all of it as a file."""
    if of not in DIMENSIONS:
        raise Http404
    lived, synthetic = one_way(of), one_way(of, synthetic=True)
    if request.GET.get("format") == "csv":
        return _file([of], {(value,): number for value, number in lived.items()}, synthetic)
    year = _year(request, of)
    context = {
        "of": of,
        "label": LABELS[of],
        "counted": counted(),
        "years": _years(of, lived) if of in MONTHS else None,
        "months": _months(of, lived, year) if of in MONTHS else None,
        "year": year,
        "synthetic": bool(synthetic),
        "others": [(by, LABELS[by]) for by in DIMENSIONS if by != of],
        **_rows(of, lived, synthetic, year),
    }
    return page(request, "victims/statistic.html", context, indexed=not request.GET)


def two(request: HttpRequest, of: str, by: str) -> HttpResponse:
    """Show how many people have two values at once; ``?format=csv`` gives all of it as a file."""
    if of not in DIMENSIONS or by not in DIMENSIONS or of == by:
        raise Http404
    if request.GET.get("format") == "csv":
        return _file([of, by], two_way(of, by), two_way(of, by, synthetic=True))
    year = _year(request, of)
    rows, more = _values(of, ROWS, year)
    heads, wider = _values(by, COLUMNS, "")
    numbers = two_way(of, by, among=rows, and_among=heads)
    context = {
        "of": of,
        "by": by,
        "label": LABELS[of],
        "other": LABELS[by],
        "counted": counted(),
        "year": year,
        "years": _links(of, one_way(of)) if of in MONTHS else [],
        "more": more or wider,
        **_table(of, by, rows, heads, numbers),
    }
    return page(request, "victims/statistic_two.html", context, indexed=not request.GET)


def _year(request: HttpRequest, of: str) -> str:
    """Return the year that is asked for; nothing for none."""
    year = request.GET.get("year", "")
    if year and not (of in MONTHS and year.isascii() and year.isdigit() and len(year) == 4):
        raise Http404
    return year


def _address(**asked: str) -> str:
    return list_address(**asked, synthetic="false") if asked else ""


def _rows(of: str, lived: dict[str, int], synthetic: dict[str, int], year: str) -> dict:
    """Return the rows of a table, those whose value is not known apart; ``more``: not all are shown."""
    every = {value: lived.get(value, 0) for value in (*lived, *synthetic)}
    if of in MONTHS:
        every = {value: number for value, number in every.items() if _within(value, year)}
    values = ordered(of, every)
    certain = [value for value in values if value not in UNCERTAIN]
    shown, named = certain[:LONGEST_LIST], words(of, values[:LONGEST_LIST])
    bars = lengths(every[value] for value in shown)
    rows = [
        {
            "words": named[value], "number": every[value], "synthetic": synthetic.get(value, 0), "long": long,
            "url": _address(**question(of, value)) if every[value] else "",
        }
        for value, long in zip(shown, bars, strict=True)
    ]  # fmt: skip
    unknown = [
        {
            "words": named[value], "number": every[value], "synthetic": synthetic.get(value, 0),
            "url": _address(**question(of, value)) if every[value] else "",
        }
        for value in values
        if value in UNCERTAIN
    ]  # fmt: skip
    return {"rows": rows, "unknown": unknown, "more": len(certain) > len(shown)}


def _within(value: str, year: str) -> bool:
    return value in UNCERTAIN or value[:4] in ((year,) if year else YEARS)


def _years(of: str, numbers: dict[str, int]) -> dict | None:
    """Return the years as columns; each leads to its months."""
    links = {one["words"]: one for one in _links(of, numbers)}
    if not links:
        return None
    every = [str(year) for year in range(int(min(links)), int(max(links)) + 1)]
    nobody = {"number": 0, "url": ""}
    return columns([links.get(year, nobody) | {"words": year, **year_tick(year)} for year in every])


def _links(of: str, numbers: dict[str, int]) -> list[dict]:
    """Return the years of a dimension of months, each with its people and the address of its months."""
    years: dict[str, int] = {}
    for value, number in numbers.items():
        if value not in UNCERTAIN:
            years[value[:4]] = years.get(value[:4], 0) + number
    at = reverse("victims:statistic", args=[of])
    return [{"words": year, "number": years[year], "url": f"{at}?year={year}"} for year in sorted(years)]


def _months(of: str, numbers: dict[str, int], year: str) -> dict | None:
    """Return the months of a year (else of 1937 and 1938) as columns; each leads to its people."""
    first, last = (year, year) if year else YEARS
    return columns([
        {
            "number": numbers.get(month, 0), "words": edtf.words(month, language()),
            "url": _address(**question(of, month)) if month in numbers else "", **ticks(month, place == 0),
        }
        for place, month in enumerate(every_month(f"{first}-01", f"{last}-12"))
    ])  # fmt: skip


def _values(of: str, most: int, year: str) -> tuple[list[str], bool]:
    """Return the values that a table of two dimensions shows, and whether there are more."""
    numbers = one_way(of)
    certain = [value for value in numbers if value not in UNCERTAIN]  # the most first
    shown = [value for value in certain if of not in MONTHS or _within(value, year)][:most]
    kept = {value: numbers[value] for value in (*shown, *UNCERTAIN) if value in numbers}
    return ordered(of, kept), len(certain) > len(shown)


def _table(of: str, by: str, rows: list[str], heads: list[str], numbers: dict) -> dict:
    named, over = words(of, rows), words(by, heads)
    places = [(row, head) for row in rows for head in heads]
    certain = [place for place in places if not UNCERTAIN.keys() & set(place)]
    bars = dict(zip(certain, lengths(numbers.get(place, 0) for place in certain), strict=True))
    cells = {
        (row, head): {
            "number": numbers.get((row, head), 0), "long": bars.get((row, head), ""),
            "url": _both(of, row, by, head) if (row, head) in numbers else "",
        }
        for row, head in places
    }  # fmt: skip
    return {
        "heads": [over[head] for head in heads],
        "rows": [(named[row], row in UNCERTAIN, [cells[row, head] for head in heads]) for row in rows],
    }


def _both(of: str, value: str, by: str, other: str) -> str:
    """Return the list of those who have both values; nothing where a list cannot ask for the two of them."""
    if {of, by} <= set(OF_SENTENCE) and UNCERTAIN.keys() & {value, other}:
        return ""  # a list would look for a gap in one sentence, and for the other value in another
    first, second = question(of, value), question(by, other)
    if not first or not second:
        return ""
    for name in first.keys() & second.keys():
        if name in PARAMETER.values():
            second[name] = ",".join(dict.fromkeys((first[name], second[name])))
        elif first[name] != second[name]:
            return ""
    return _address(**first | second)


def _file(of: list[str], lived: dict, synthetic: dict) -> HttpResponse:
    """Return numbers as a file: for each dimension its value and what that is called, and the people."""
    response = HttpResponse(content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{"-".join(of)}.csv"'
    written = csv.writer(response)
    told = {value if isinstance(value, tuple) else (value,): number for value, number in synthetic.items()}
    named = [words(one, {key[place] for key in (*lived, *told)}) for place, one in enumerate(of)]
    heads = [head for one in of for head in (one, f"{one}: {_('name')}")]
    written.writerow([*heads, _("people"), _("synthetic")])
    for key in sorted({*lived, *told}, key=lambda key: (-lived.get(key, 0), key)):
        cells = [cell for value, names in zip(key, named, strict=True) for cell in (value, names[value])]
        written.writerow([*cells, lived.get(key, 0), told.get(key, 0)])
    return response
