"""What the desk offers as one types: printed words, places, sources, people."""

from django.db.models import Q

from sources.models import Source
from victims.models import GroupCase, Operation, Place, PrintedForm
from victims.names import fold
from victims.permissions import enterable, visible
from victims.search import Filters, QueryError, search
from victims.vocabulary import FormKind

#: How many are offered.
MOST = 12
KINDS = {str(kind) for kind in FormKind}


def offers(kind: str, typed: str, user) -> list[dict]:
    """Return what can be put into a field of this kind: [{"value", "label"}], those that begin so first."""
    folded = fold(typed)
    if not folded or len(typed) > 200 or "\0" in typed:
        return []
    if kind in KINDS:
        return _words(PrintedForm.objects.filter(kind=kind), folded)
    if kind == "place":
        return _words(Place.objects.all(), folded)
    if kind in ("source", "unit"):
        sources = enterable(user) if kind == "source" else Source.objects.all()
        return _sources(sources, typed)
    if kind == "other":
        return _people(typed, user)
    if kind == "group":
        names = GroupCase.objects.filter(name__contains=typed).values_list("name", flat=True)[:MOST]
        return [{"value": name, "label": ""} for name in names]
    if kind == "operation":
        found = Operation.objects.filter(code__startswith=typed)[:MOST]
        return [{"value": row.code, "label": row.name_ru} for row in found]
    return []


def _words(forms, folded: str) -> list[dict]:
    """Return printed words that begin as what was typed; where those are few, also those that hold it."""
    begin = forms.filter(folded__startswith=folded).order_by("folded")
    found = list(begin.values_list("text", flat=True)[:MOST])
    if len(found) < MOST and len(folded) > 2:
        more = forms.filter(folded__contains=folded).exclude(text__in=found)
        found += more.values_list("text", flat=True)[: MOST - len(found)]
    return [{"value": text, "label": ""} for text in found]


def _sources(sources, typed: str) -> list[dict]:
    found = sources.filter(Q(slug__startswith=typed.lower()) | Q(title__contains=typed))[:MOST]
    return [{"value": source.slug, "label": source.title} for source in found]


def _people(typed: str, user) -> list[dict]:
    try:
        hits = search(typed, Filters(people=visible(user)), limit=MOST).hits
    except QueryError:
        return []
    return [
        {"value": hit.victim.public_id, "label": " ".join(filter(None, (hit.victim.name, hit.victim.birth)))}
        for hit in hits
    ]
