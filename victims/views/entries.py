"""What each source says, word for word, and how those words were read."""

from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext as _

from victims.dossier import Dossier, marked
from victims.labels import label, warning
from victims.models import Entry
from victims.templatetags.wording import language


def told_entries(dossier: Dossier) -> list[dict]:
    """Return the entries of a person in their order, numbered as the page refers to them."""
    return [told_entry(entry, dossier.numbers[entry.pk]) for entry in dossier.entries]


def told_entry(entry: Entry, number: int) -> dict:
    """Return an entry: where it stands, its words in pieces, who read them, what a human mended."""
    code = entry.source.reference_code
    return {
        "number": number,
        "entry": entry,
        "code": code.format("uk" if language() == "uk" else "ru") if code else "",
        "pieces": pieces(entry),
        "marked": bool(entry.spans),
        "warnings": [_(warning(code)) for code in entry.warnings or ()],
        "corrections": corrections(entry),
    }


def pieces(entry: Entry) -> list[dict]:
    """Return the words of an entry in pieces: ``kind`` "part", "unread" or "", and all that was read from them."""
    found, at = [], 0
    for words, slot in marked(entry):
        end = at + len(words)
        kind = "" if slot is None else "part" if slot else "unread"
        found.append({"text": words, "kind": kind, "label": _labels(entry, at, end) if slot else ""})
        at = end
    return found


def _labels(entry: Entry, start: int, end: int) -> str:
    """Return what was read from a piece: "Расстрелян" tells the manner of death and, by its grammar, the sex."""
    slots = [slot for slot, told in entry.spans if slot and any(a < end and start < b for a, b in told)]
    return ", ".join(dict.fromkeys(str(_(label(slot))) for slot in slots))


def corrections(entry: Entry) -> list[dict]:
    """Return what humans set in place of what the program read: field, reason, day."""
    return [
        {"label": _(label(slot)), "reason": told.get("reason", ""), "at": _day(told.get("at"))}
        for slot, told in (entry.corrections or {}).items()
    ]


def _day(at) -> str:
    moment = parse_datetime(at) if isinstance(at, str) else None
    return moment.date().isoformat() if moment else ""
