"""Entries as JSON Lines that ``import_entries`` reads back: words, record, corrections, in one stream."""

import json
from collections.abc import Iterable, Iterator
from itertools import islice

from django.contrib.auth import get_user_model

from victims.models import Entry, cluster
from victims.models.querysets import public
from victims.models.victim import public_id

CHUNK = 500


def batched(items: Iterable, size: int) -> Iterator[list]:
    """Yield lists of at most ``size`` items, without reading further ahead."""
    items = iter(items)
    while chunk := list(islice(items, size)):
        yield chunk


def exported(found, progress=lambda done: None) -> Iterator[str]:
    """Yield a line of JSON for each entry of ``found`` (a queryset) that is not removed, in order of their ids.

    The record is the reading as it is kept; where an entry was keyed as fields, what its rows say. ``victim`` and
    ``status`` tell the record that the entry belongs to; a reader of the lines need not mind them.
    """
    found, last = found.filter(removed=False).select_related("source", "victim").order_by("pk"), 0
    names = dict(get_user_model().objects.values_list("pk", "username"))
    while rows := list(found.filter(pk__gt=last)[:CHUNK]):
        last = rows[-1].pk
        records = records_of(rows)
        for entry in rows:
            line = _line(entry, records[entry.pk])
            if entry.corrections:  # another database has other numbers for its accounts
                line["corrections"] = signed(entry.corrections, "by", "by", names)
            yield json.dumps(line, ensure_ascii=False) + "\n"
        progress(len(rows))


def published(people: Iterable[int]) -> Iterator[str]:
    """Yield the entries of people whom the public sees, by their keys, as lines of an export.

    Who is withdrawn, or held back as possibly living, when their turn comes is left out. A correction is told
    with its value and its day, as everywhere in public, and not with who made it and why.
    """
    found = Entry.objects.filter(public("victim__"), removed=False).select_related("source", "victim")
    for chunk in batched(people, CHUNK):
        rows = list(found.filter(victim__in=chunk).order_by("victim", "pk"))
        records = records_of(rows)
        for entry in rows:
            line = _line(entry, records[entry.pk])
            if entry.corrections:
                line["corrections"] = {
                    slot: {name: made[name] for name in ("value", "at") if name in made}
                    for slot, made in entry.corrections.items()
                }
            yield json.dumps(line, ensure_ascii=False) + "\n"


def _line(entry: Entry, record: dict) -> dict:
    whose = {"victim": public_id(entry.victim_id), "status": entry.victim.status}
    return {**said(entry, record, entry.source.slug), **whose}


def said(entry: Entry, record: dict, source: str) -> dict:
    """Return what an entry says and who read it, as a line of an export has it; what is not told is left out."""
    told = {
        "id": entry.item_key,
        "source": source,
        "locator": entry.locator,
        "language": entry.language,
        "text": entry.text,
        "record": record,
        "spans": entry.spans,
        "parser_version": entry.parser_version,
        "warnings": entry.warnings,
        "corrections": entry.corrections,
        "synthetic": entry.synthetic,
    }
    return {name: value for name, value in told.items() if value not in (None, "", False)}


def signed(corrections: dict, was: str, now: str, names: dict) -> dict:
    """Return corrections with who made each told otherwise: under another key, by another name of the account."""
    made = {}
    for slot, correction in corrections.items():
        made[slot] = {name: value for name, value in correction.items() if name != was}
        if (by := correction.get(was)) is not None:
            made[slot][now] = names.get(by, by)
    return made


def records_of(found: list[Entry]) -> dict[int, dict]:
    """Return {entry id: its record as read}; where an entry was keyed as fields, what its rows say."""
    keyed = [entry for entry in found if entry.reading is None]
    clusters = cluster.load({entry.victim_id for entry in keyed})
    told = cluster.records({entry.pk: clusters[entry.victim_id].laid[entry.pk] for entry in keyed})
    return {entry.pk: told[entry.pk] if entry.reading is None else entry.reading for entry in found}
