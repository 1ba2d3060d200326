"""What follows from reference data: columns of sentences, and who is held back as possibly living.

One correction of the dictionary mends every record: when a printed form gets its body, the sentences
that print it are derived again here. So too when a source turns out to be a published one, or not.
"""

from collections.abc import Iterator

from victims.models import cluster
from victims.models.dictionary import Dictionary, chunks
from victims.models.entry import Entry
from victims.models.facts import Sentence
from victims.models.printed import PrintedForm
from victims.models.projection import project
from victims.models.rows import derive
from victims.models.values import DERIVED
from victims.models.victim import Victim
from victims.vocabulary import Attribution, FormKind

COLUMNS = ("pk", "date", "body_id", "protocol", "operation__code", "entry__synthetic", *DERIVED)


def body_forms(**where) -> list[int]:
    """Return the ids of printed forms that mean a body."""
    forms = PrintedForm.objects.filter(kind=str(FormKind.BODY), body__isnull=False, **where)
    return list(forms.values_list("pk", flat=True))


def wrong_sentences(found, *, make: bool = False) -> Iterator[tuple[int, tuple, tuple]]:
    """Yield (id, stored, right) of sentences (a queryset) whose derived columns are not what they should be.

    ``make`` True also makes the sittings that are right.
    """
    lookup = Dictionary()
    forms = PrintedForm.objects.filter(kind=str(FormKind.BODY), body__isnull=False)
    for pk, body, kind in forms.values_list("pk", "body_id", "body__kind"):
        lookup.bodies[pk] = (body, kind)
    rows = found.order_by("pk").values_list(*COLUMNS).iterator(chunk_size=2000)
    for pk, date, body, protocol, operation, synthetic, *stored in rows:
        told = {"date": date, "protocol": protocol}
        if stored[2] == Attribution.PRINTED:
            told["operation"] = operation
        right = derive(told, body, lookup, synthetic)
        if lookup.missing:
            lookup.learn(make=make)
            right = derive(told, body, lookup, synthetic)
        if tuple(stored) != right:
            yield pk, tuple(stored), right


def rederive(form_ids) -> int:
    """Derive the sentences that print these forms again; return how many changed. Call it in a transaction."""
    changed = 0
    for chunk in chunks(form_ids):
        for pk, _stored, right in list(wrong_sentences(Sentence.objects.filter(body__in=chunk), make=True)):
            Sentence.objects.filter(pk=pk).update(**dict(zip(DERIVED, right, strict=True)))
            changed += 1
    return changed


def withhold_again(source_ids) -> int:
    """Compute again until when the people of these sources are held back; return how many changed."""
    if not source_ids:
        return 0
    changed, last = 0, 0
    told = Entry.objects.filter(source__in=source_ids, removed=False).values("victim")
    asked = Victim.objects.filter(pk__in=told, synthetic=False, death="", manner="").exclude(birth="")
    while keys := list(asked.filter(pk__gt=last).order_by("pk").values_list("pk", flat=True)[:500]):
        last = keys[-1]
        clusters, decided = cluster.load(keys), cluster.decisions(keys)
        for pk in keys:
            until = project(clusters[pk].said(), decided[pk])["withheld_until"]
            changed += Victim.objects.filter(pk=pk).exclude(withheld_until=until).update(withheld_until=until)
    return changed
