"""Everything that is recorded, line by line: what records refer to, people, what was found of them."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import connection, transaction
from django.db.models import F

from victims.importing.exporting import records_of, said
from victims.importing.transfer.tables import REFERENCE, Names, label, line
from victims.models import Batch, BodyMember, Decision, Entry, EntryVersion, Merge, NotSame, Tombstone, Victim
from victims.models.bulk import unlogged
from victims.models.printed import Dictionary
from victims.models.victim import public_id

VERSION = 1
CHUNK = 500


def everything(progress=lambda done: None) -> Iterator[str]:
    """Yield the lines of a transfer of the whole database, in constant memory and an order that ids alone decide.

    ``progress`` is told of people. On PostgreSQL all is read as it was at one moment.
    """
    with unlogged(), _one_moment():
        count = 0
        for told in _lines(progress):
            count += 1
            yield told
        yield line("end", {"lines": count})


def _lines(progress) -> Iterator[str]:
    yield line("memorial", {"version": VERSION})
    names = Names()
    for model in REFERENCE:
        if model is not BodyMember:  # they may be people
            yield from _rows(model, names)
    yield from _rows(Batch, names)
    last = 0
    while pks := list(Victim.objects.filter(pk__gt=last).order_by("pk").values_list("pk", flat=True)[:CHUNK]):
        last = pks[-1]
        for content in people(pks, names).values():
            yield line("victim", content)
        progress(len(pks))
    for found in (_rows(model, names) for model in (BodyMember, Decision, Merge, NotSame)):
        yield from found


def _rows(model, names: Names) -> Iterator[str]:
    """Yield the lines of a table; rows that lead to rows of their own table come after these."""
    parent = next((field.name for field in model._meta.concrete_fields if field.related_model is model), None)
    found = model._default_manager.order_by(*_order(model))
    if model is Decision:
        found = found.filter(entry__isnull=False).exclude(entry__victim=F("victim"))
    if parent is None:
        for row in found.iterator(CHUNK):
            yield line(label(model), names.row_said(row))
        return
    ahead = list(found.filter(**{parent: None}))
    while ahead:
        for row in ahead:
            yield line(label(model), names.row_said(row))
        ahead = list(found.filter(**{f"{parent}__in": ahead}))


def _order(model) -> tuple[str, ...]:
    """Return an order of a table that is the same on every database and engine: never that of a collation."""
    if issubclass(model, Dictionary):
        return ("key",)
    if model is Decision:
        return ("victim", "field")
    return ("first", "second") if model is NotSame else ("pk",)


def people(pks: list[int], names: Names) -> dict[int, dict]:
    """Return {victim id: all that is recorded of them}, with entries that are removed and versions that were."""
    told = {}
    tombstones = {row.victim_id: row for row in Tombstone.objects.filter(victim__in=pks)}
    for victim in Victim.objects.filter(pk__in=pks).order_by("pk"):
        told[victim.pk] = {"id": victim.public_id, "status": str(victim.status)}
        if victim.merged_into_id:
            told[victim.pk]["merged_into"] = public_id(victim.merged_into_id)
        if stone := tombstones.get(victim.pk):
            told[victim.pk]["tombstone"] = {"date": stone.date.isoformat(), "reason": str(stone.reason)}
    found = list(Entry.objects.filter(victim__in=pks).order_by("pk"))
    versions: dict[int, list] = {}
    for row in EntryVersion.objects.filter(entry__victim__in=pks).order_by("entry", "version"):
        versions.setdefault(row.entry_id, []).append(names.row_said(row, without=("entry",)))
    records = records_of(found)
    for entry in found:
        content = _entry(entry, records[entry.pk], names)
        if entry.pk in versions:
            content["versions"] = versions[entry.pk]
        told[entry.victim_id].setdefault("entries", []).append(content)
    own = Decision.objects.filter(victim__in=pks).exclude(pk__in=_elsewhere(pks)).order_by("victim", "field")
    for row in own:
        content = names.row_said(row, without=("victim",))
        told[row.victim_id].setdefault("decisions", []).append(content)
    return told


def _elsewhere(pks):
    """Return decisions for entries of others: they come when all people are there."""
    found = Decision.objects.filter(victim__in=pks, entry__isnull=False)
    return found.exclude(entry__victim=F("victim")).values("pk")


def _entry(entry: Entry, record: dict, names: Names) -> dict:
    content = {"number": entry.pk, "version": entry.version, **said(entry, record, "")}
    content["source"] = names.name(entry._meta.get_field("source").related_model, entry.source_id)
    if entry.corrections:
        content["corrections"] = names.signed(entry.corrections)
    if entry.batch_id:
        content["batch"] = entry.batch_id
    if entry.removed:
        content["removed"] = True
    if entry.reading is None:
        content["keyed"] = True
    return content


@contextmanager
def _one_moment():
    """Read as of one moment where the engine can do it without keeping writers off."""
    if connection.vendor != "postgresql" or connection.in_atomic_block:
        yield
        return
    with transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY")
        yield
