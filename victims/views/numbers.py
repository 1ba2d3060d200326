"""Statistics: the numbers counted beforehand, a page for each dimension and a file of the same."""

import csv

from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from victims.models import ExecutionSite, Region
from victims.statistics.cubes import DIMENSIONS, NOT_TOLD, UNRECOGNISED, VAGUE, counted, one_way
from victims.views.frame import LONGEST_LIST, page
from victims.vocabulary import BodyKind, SentenceKind, Sex

LABELS = {
    "sex": _("Sex"),
    "age": _("Age at arrest"),
    "nationality": _("Nationality"),
    "social_origin": _("Social origin"),
    "education": _("Education"),
    "party": _("Party membership"),
    "region": _("Region of residence"),
    "arrested": _("Month of arrest"),
    "sentenced": _("Month of sentence"),
    "died": _("Month of death"),
    "kind": _("Kind of sentence"),
    "body": _("Kind of sentencing body"),
    "operation": _("Operation"),
    "site": _("Execution site"),
    "source": _("Source"),
}
UNCERTAIN = {
    NOT_TOLD: _("not told"),
    UNRECOGNISED: _("told, not recognised yet"),
    VAGUE: _("told, but not exactly enough"),
}
CODED = {"sex": Sex, "kind": SentenceKind, "body": BodyKind}
NAMED = {"region": Region, "site": ExecutionSite}
IN_ORDER = {"age", "arrested", "sentenced", "died"}


def statistics(request: HttpRequest) -> HttpResponse:
    """List what people are counted by."""
    context = {"counted": counted(), "dimensions": [(of, LABELS[of]) for of in DIMENSIONS]}
    return page(request, "victims/statistics.html", context)


def statistic(request: HttpRequest, of: str) -> HttpResponse:
    """Show how many people have each value of a dimension; ``?format=csv`` gives all of it as a file."""
    if of not in DIMENSIONS:
        raise Http404
    lived, synthetic = one_way(of), one_way(of, synthetic=True)
    values = _sorted(of, {**synthetic, **lived}, lived)
    labels = _labels(of, values)
    rows = [(labels[value], lived.get(value, 0), synthetic.get(value, 0), value) for value in values]
    if request.GET.get("format") == "csv":
        return _file(of, rows)
    context = {
        "label": LABELS[of],
        "counted": counted(),
        "rows": rows[:LONGEST_LIST],
        "more": len(rows) > LONGEST_LIST,
    }
    return page(request, "victims/statistic.html", context)


def _sorted(of: str, values, lived: dict[str, int]) -> list[str]:
    if of in IN_ORDER:
        return sorted(values, key=lambda value: (value in UNCERTAIN, value))
    return sorted(values, key=lambda value: (value in UNCERTAIN, -lived.get(value, 0), value))


def _labels(of: str, values: list[str]) -> dict[str, str]:
    """Return what values are called; codes that have no words stand as they are."""
    told = {value: value for value in values}
    if of in CODED:
        told |= {str(one): one.label for one in CODED[of]}
    elif of in NAMED:
        told |= dict(NAMED[of].objects.filter(slug__in=values).values_list("slug", "name_ru"))
    return told | {value: str(label) for value, label in UNCERTAIN.items()}


def _file(of: str, rows: list[tuple]) -> HttpResponse:
    response = HttpResponse(content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{of}.csv"'
    written = csv.writer(response)
    written.writerow(["value", gettext("name"), gettext("people"), gettext("synthetic")])
    written.writerows((value, label, lived, synthetic) for label, lived, synthetic, value in rows)
    return response
