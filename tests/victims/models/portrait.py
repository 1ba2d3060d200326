"""The whole of the records as plain values, for tests that compare two databases or two moments of one."""

import json
from collections import Counter, defaultdict
from contextlib import contextmanager

from django.contrib.auth import get_user_model
from django.db import transaction
from django.db.models import ForeignKey

from sources.models import Source
from victims.models import (
    FACTS,
    SENTENCE_PARTS,
    Decision,
    Entry,
    EntryVersion,
    GroupCase,
    Merge,
    NamePart,
    Operation,
    PersonName,
    Place,
    PrintedForm,
    Sitting,
    Tombstone,
    Victim,
)
from victims.vocabulary import Status

RECORD = (Victim, Entry, EntryVersion, *FACTS, *SENTENCE_PARTS, PersonName, Decision, Tombstone)
#: What tells when and how a row came, not what it says.
COMING = {"id", "revision", "batch_id", "at", "replaced_at"}


def dump() -> dict[str, Counter]:
    """Return every row of the record tables, ids included: two equal dumps are the very same rows.

    Left out are the count of revisions and the ids of the name index, whose rows are made afresh.
    """
    told = {}
    for model in RECORD:
        names = _columns(model, {"revision"} | ({"id"} if model is PersonName else set()))
        told[model.__name__] = Counter(
            tuple(zip(names, map(_plain, row), strict=True)) for row in model.objects.values_list(*names)
        )
    return told


def portrait(without_removed: bool = False) -> dict[str, Counter]:
    """Return the record tables without any id: each row by what it means, links by what they lead to.

    ``without_removed`` leaves out entries that were removed and victims of whom nothing is told any more.
    """
    names = _names()
    gone = set()
    if without_removed:
        gone = set(Entry.objects.filter(removed=True).values_list("pk", flat=True))
    told = {}
    for model in RECORD:
        links = {
            field.attname: field.related_model
            for field in model._meta.concrete_fields
            if isinstance(field, ForeignKey)
        }
        rows = Counter()
        for row in model.objects.values(*_columns(model, COMING)):
            if without_removed and (
                (model is Victim and row["status"] == Status.WITHDRAWN)
                or model in (Tombstone, EntryVersion)
                or (model is Entry and row["removed"])
                or row.get("entry_id") in gone
            ):
                continue
            rows[
                tuple(
                    (name, names[links[name]][value] if name in links and value is not None else _plain(value))
                    for name, value in row.items()
                )
            ] += 1
        told[model.__name__] = rows
    if without_removed:  # the columns say nothing of a victim's id, so twins have to be told apart
        told["Victim of"] = Counter(names[Victim].values())
        for pk in Victim.objects.filter(status=str(Status.WITHDRAWN)).values_list("pk", flat=True):
            told["Victim of"][names[Victim][pk]] -= 1
        told["Victim of"] = +told["Victim of"]
    return told


def differing(one: dict, other: dict) -> dict:
    """Return what stands only in one of two dumps or portraits: empty where they are the same."""
    return {name: (one[name] - other[name], other[name] - one[name]) for name in one if one[name] != other[name]}


@contextmanager
def forgotten():
    """Let what happens inside be as if it had never been: each example begins with the same database."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


def _columns(model, without) -> list[str]:
    return [field.attname for field in model._meta.concrete_fields if field.attname not in without]


def _plain(value):
    return json.dumps(value, sort_keys=True, ensure_ascii=False) if isinstance(value, dict | list) else value


def _names() -> dict[type, dict]:
    """Return what to call each row that others point to."""
    names = defaultdict(dict)
    names[get_user_model()] = dict(get_user_model().objects.values_list("pk", "username"))
    names[Source] = dict(Source.objects.values_list("pk", "slug"))
    names[PrintedForm] = dict(PrintedForm.objects.values_list("pk", "text"))
    names[Place] = dict(Place.objects.values_list("pk", "text"))
    names[Operation] = dict(Operation.objects.values_list("pk", "code"))
    names[GroupCase] = dict(GroupCase.objects.values_list("pk", "name"))
    names[NamePart] = dict(NamePart.objects.values_list("pk", "norm"))
    names[Sitting] = {row.pk: str(row) for row in Sitting.objects.select_related("body")}
    owned = defaultdict(list)
    for pk, victim, source, key in Entry.objects.values_list("pk", "victim", "source__slug", "item_key"):
        names[Entry][pk] = f"{source}:{key}"
        owned[victim].append((pk, names[Entry][pk]))
    for merge in Merge.objects.filter(undone_at=None):
        owned[merge.absorbed_id] += [(pk, f"once {names[Entry][pk]}") for pk in merge.entries]
    removed = set(Entry.objects.filter(removed=True).values_list("pk", flat=True))
    for pk in Victim.objects.values_list("pk", flat=True):
        names[Victim][pk] = " & ".join(sorted(name for entry, name in owned[pk] if entry not in removed))
    for model in FACTS:
        for pk, entry, position in model.objects.values_list("pk", "entry", "position"):
            names[model][pk] = f"{model.slot}[{position}] of {names[Entry][entry]}"
    return names
