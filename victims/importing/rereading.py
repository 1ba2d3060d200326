"""Reading stored entries again, when the parser has become better; corrections and decisions stay."""

from victims import entries
from victims.importing.loading import parsed
from victims.importing.readers import Item
from victims.models import Entry
from victims.models.record import Change, write
from victims.vocabulary import RevisionKind

CHUNK = 200


def reread(found, *, why: str, by=None, progress=lambda done: None) -> int:
    """Parse the texts of ``found`` (a queryset of entries) again and return how many readings changed.

    Entries read by the present parser already are passed over, and so are entries without a text.
    """
    changed = 0
    found = (
        found.filter(removed=False)
        .exclude(text="")
        .exclude(parser_version="")
        .exclude(parser_version=entries.PARSER_VERSION)
    )
    last = 0
    while rows := list(found.filter(pk__gt=last).select_related("source").order_by("pk")[:CHUNK]):
        last = rows[-1].pk
        readings = {entry.pk: reading(entry) for entry in rows}
        changed += sum(entry.reading != readings[entry.pk]["record"] for entry in rows)
        write(Change(reread=readings), kind=RevisionKind.REREAD, by=by, why=why)
        progress(len(rows))
    return changed


def reading(entry: Entry) -> dict:
    """Return the new reading of an entry as the door takes it."""
    made = parsed(Item(0, entry.item_key, entry.text, entry.locator), entry.source)
    return {
        "record": made.reading,
        "spans": made.spans,
        "warnings": made.warnings,
        "parser_version": made.parser_version,
    }
