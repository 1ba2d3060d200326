"""Entries as JSON Lines that ``import_entries`` reads back: words, record, corrections, in one stream."""

import json
from collections.abc import Iterator

from victims.models import Entry, cluster
from victims.models.victim import public_id

CHUNK = 500


def exported(found, progress=lambda done: None) -> Iterator[str]:
    """Yield a line of JSON for each entry of ``found`` (a queryset) that is not removed, in order of their ids.

    The record is the reading as it is kept; where an entry was keyed as fields, what its rows say. ``victim`` and
    ``status`` tell the record that the entry belongs to; a reader of the lines need not mind them.
    """
    found, last = found.filter(removed=False).select_related("source", "victim").order_by("pk"), 0
    while rows := list(found.filter(pk__gt=last)[:CHUNK]):
        last = rows[-1].pk
        keyed = [entry for entry in rows if entry.reading is None]
        clusters = cluster.load({entry.victim_id for entry in keyed})
        told = cluster.records({entry.pk: clusters[entry.victim_id].laid[entry.pk] for entry in keyed})
        for entry in rows:
            record = told[entry.pk] if entry.reading is None else entry.reading
            yield json.dumps(_line(entry, record), ensure_ascii=False) + "\n"
        progress(len(rows))


def _line(entry: Entry, record: dict) -> dict:
    line = {
        "id": entry.item_key,
        "source": entry.source.slug,
        "victim": public_id(entry.victim_id),
        "status": entry.victim.status,
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
    return {name: value for name, value in line.items() if value not in (None, "", False)}
