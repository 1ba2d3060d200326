"""Reading printed entries of memorial books: `parse(text)` makes a `Draft`."""

import re
from itertools import islice

from victims.entries import lists, moscow, running
from victims.entries.draft import Draft, Reading, Span
from victims.entries.mending import mend, told_as_printed

__all__ = ["PARSER_VERSION", "Draft", "Span", "parse"]

PARSER_VERSION = "4"
_FORMS = (moscow, lists, running)


def parse(text: str) -> Draft:
    """Read one printed entry and say what every word of it became.

    Returns a Draft: `record` in the form of the gold set's SCHEMA.md; `spans`, the pieces of the text behind each
    value; `labels`, the known labels; `remainder`, everything else that is not punctuation; `warnings`, codes.
    Any text is accepted; what is not understood is in the remainder.
    """
    mended = mend(text)
    return told_as_printed(_read(mended[0]), text, *mended) if mended else _read(text)


# A birth told twice in the same way: two persons run together by the scanner or by a lost blank line. One person's
# year and place may stand apart ("1900 г.р. Родился в Москве").
_BORN = (
    re.compile(r"(?<!\w)(?:родил(?:ся|ась)|народи(?:вся|лася|лась))(?!\w)"),
    re.compile(r"(?<!\d)\d{4}\s?г\.\s?р(?!\w)"),
)


def _times_born(told: re.Pattern, text: str) -> int:
    """Return how often, up to twice, a clause of a text begins with a birth or tells its year."""
    found = (hit for hit in told.finditer(text) if hit[0][0].isdigit() or _begins(text, hit.start()))
    return len(list(islice(found, 2)))


def _begins(text: str, at: int) -> bool:
    before = text[max(at - 9, 0) : at].rstrip(" ")
    return not before or before[-1] in ".;,\n"


def _read(text: str) -> Draft:
    reading = Reading(text)
    if any(_times_born(told, reading.folded) == 2 for told in _BORN):
        reading.warn("two_persons")
    next(form for form in (*_FORMS, _Nothing) if form.recognise(reading)).read(reading)
    return reading.finish()


class _Nothing:
    """The form of an empty text."""

    @staticmethod
    def recognise(reading: Reading) -> bool:
        return True

    @staticmethod
    def read(reading: Reading) -> None:
        return None
