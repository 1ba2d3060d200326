"""What people are counted by: what dimensions and values are called, and which list holds whom they count."""

from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from memorial import edtf
from sources.models import Source
from victims.filters.gaps import asking
from victims.labels import COUNTED_BY, own_name
from victims.meanings import KINDS, label_of
from victims.models import Body, ExecutionSite, Operation, Region
from victims.models.gaps import NOT_TOLD, OLDEST, UNRECOGNISED, VAGUE, YOUNGEST
from victims.prose import translated
from victims.vocabulary import Attribution, BodyKind, SentenceKind, Sex

LABELS = {of: gettext_lazy(label) for of, label in COUNTED_BY.items()}
#: What is no value of its own, in the order in which it stands behind the others.
UNCERTAIN = {
    VAGUE: gettext_lazy("told, but not exactly enough"),
    UNRECOGNISED: gettext_lazy("told, not recognised yet"),
    NOT_TOLD: gettext_lazy("not told"),
}
#: Dimensions of months, and the parameter of lists that asks for each.
MONTHS = {"arrested": "arrest", "sentenced": "sentence", "died": "death"}
#: Dimensions whose values have an order of their own.
IN_ORDER = {"age", "born", *MONTHS}
CODED = {"sex": Sex, "kind": SentenceKind, "body": BodyKind}
NAMED = {"region": Region, "site": ExecutionSite, "sentenced_by": Body, "operation": Operation}
#: Dimension -> the parameter of lists that takes its values as they are.
SAME = {
    "nationality": "nationality", "social_origin": "social_origin", "education": "education", "party": "party",
    "sex": "sex", "age": "age", "kind": "kind", "occupation": "occupation", "region": "residence_region",
    "body": "body_kind", "sentenced_by": "body",
    "operation": "operation", "site": "site", "source": "source", **MONTHS,
}  # fmt: skip


def ordered(of: str, numbers: dict[str, int]) -> list[str]:
    """Return the values of a dimension as pages list them: in their own order or the most first, unknown last."""
    last = {value: place for place, value in enumerate(UNCERTAIN, start=1)}
    if of in IN_ORDER:
        return sorted(numbers, key=lambda value: (last.get(value, 0), value))
    return sorted(numbers, key=lambda value: (last.get(value, 0), -numbers[value], value))


def words(of: str, values) -> dict[str, str]:
    """Return what values of a dimension are called in the language in force; codes without words stay codes."""
    language = (get_language() or "ru")[:2]
    told = {value: label_of(of, value, language) if of in KINDS else value for value in values}
    if of in CODED:
        told |= {str(one): _(one.label) for one in CODED[of]}
    elif of in NAMED:
        key = "code" if of == "operation" else "slug"
        rows = NAMED[of].objects.filter(**{f"{key}__in": list(values)})
        rows = rows.select_related("region") if of == "sentenced_by" else rows
        told |= {getattr(row, key): own_name(row, language) or row.name_ru for row in rows}
    elif of == "source":
        titles = Source.objects.filter(slug__in=list(values)).values_list("slug", "title")
        told |= {slug: translated(title, language) or title for slug, title in titles}
    elif of in MONTHS:
        told |= {value: edtf.words(value, language) for value in values if value not in UNCERTAIN}
    elif of == "attribution":
        told |= {value: _how(value) for value in values if value not in UNCERTAIN}
    elif of in ("age", "born"):
        told |= {value: value.replace("-", "–") for value in values}
        told[f"0-{YOUNGEST - 1}"] = _("under %(age)s") % {"age": YOUNGEST}
        told[f"{OLDEST}+"] = _("%(age)s and older") % {"age": OLDEST}
    return told | {value: str(label) for value, label in UNCERTAIN.items()}


def _how(value: str) -> str:
    code, how = value.split(" ")
    return f"№ {code}: {_(Attribution(how).label)}"


def question(of: str, value: str) -> dict[str, str]:
    """Return the parameters of the list that holds the people counted under a value; empty where none asks it."""
    if value in UNCERTAIN:
        return asking(of, value)
    if of == "attribution":
        code, how = value.split(" ")
        return {"operation": code, "attribution": how}
    if of == "born":
        return {"birth": value.replace("-", "/")}
    return {SAME[of]: value} if of in SAME else {}
