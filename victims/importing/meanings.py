"""Kept printed forms and their meanings: given to those that a dictionary has learnt since, and counted."""

from collections import Counter
from collections.abc import Iterable, Iterator
from itertools import islice

from django.db.models import Count, Q

from victims.meanings import KINDS
from victims.models import FACTS, SENTENCE_PARTS, Place, PrintedForm, Trait
from victims.models.printed import PrintedField
from victims.models.recognising import PLACE, Meanings
from victims.models.reference import Put
from victims.vocabulary import FormKind, FormState, TraitKind

#: Kinds of forms that a dictionary may recognise, "place" among them.
RECOGNISED_KINDS = (*KINDS, PLACE)
WHY = "the dictionaries of printed forms"
CHUNK = 500
_WAITING = Q(state=str(FormState.UNRECOGNISED))
#: A body may become known after its form was recognised.
_WITHOUT_BODY = Q(state=str(FormState.RECOGNISED), body__isnull=True) & ~Q(code="")


def forms_of(kind: str):
    """Return the kept forms of a kind ("place" for places)."""
    return Place.objects.all() if kind == PLACE else PrintedForm.objects.filter(kind=kind)


def recognise_again(kinds: Iterable[str] = RECOGNISED_KINDS, *, by=None) -> int:
    """Give kept forms the meaning that they lack and a dictionary knows; return how many changed.

    What was recognised, by whomever, stays. Written through the door of reference data, 500 forms a transaction.
    """
    changed, found = 0, _lacking(kinds)
    while chunk := list(islice(found, CHUNK)):
        with Put(why=WHY, by=by) as put:
            for model, pk, columns in chunk:
                put(model, {"pk": pk}, columns)
        changed += len(chunk)
    return changed


def _lacking(kinds: Iterable[str]) -> Iterator[tuple[type, int, dict]]:
    """Yield (model, id, columns) of forms that lack what is known of them, in the order of their ids."""
    meanings = Meanings()
    for kind in kinds:
        wanted, last = (_WAITING | _WITHOUT_BODY if kind == FormKind.BODY else _WAITING), 0
        while rows := list(forms_of(kind).filter(wanted, pk__gt=last).order_by("pk")[:CHUNK]):
            last = rows[-1].pk
            for form in rows:
                told = meanings.columns(kind, form.text)
                if form.state == FormState.RECOGNISED:
                    told = {"body_id": meanings.body(form.code)}
                if any(getattr(form, name) != value for name, value in told.items()):
                    yield type(form), form.pk, told


def tally(kind: str) -> dict:
    """Return {"forms", "recognised", "printed", "printed_recognised", "waiting"} of a kind.

    "printed" is how often records print the forms; "waiting" lists (times, text) of forms without a meaning, the
    most frequent first.
    """
    times: Counter[int] = Counter()
    for model, name in _printing(kind):
        where = {"kind": kind} if model is Trait else {}
        told = model.objects.filter(**{f"{name}__isnull": False}, **where).order_by()
        times.update(dict(told.values_list(name).annotate(Count("pk"))))
    total = dict.fromkeys(("forms", "recognised", "printed", "printed_recognised"), 0)
    waiting = []
    for pk, text, state in forms_of(kind).values_list("pk", "text", "state").iterator(chunk_size=2000):
        total["forms"] += 1
        total["printed"] += times[pk]
        if state == FormState.RECOGNISED:
            total["recognised"] += 1
            total["printed_recognised"] += times[pk]
        elif state == FormState.UNRECOGNISED and times[pk]:
            waiting.append((times[pk], text))
    return {**total, "waiting": sorted(waiting, key=lambda pair: (-pair[0], pair[1]))}


def _printing(kind: str) -> Iterator[tuple[type, str]]:
    """Yield (model, name of the field) of everything that prints forms of a kind."""
    if kind in {str(trait) for trait in TraitKind}:
        yield Trait, "form"
        return
    for model in (*FACTS, *SENTENCE_PARTS):
        for field in model._meta.fields:
            if isinstance(field, PrintedField) and field.form_kind == kind:
                yield model, field.name
