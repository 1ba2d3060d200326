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
    re.compile(r"(?:^|[.;,\n]\s*)(?:родил(?:ся|ась)|народи(?:вся|лася|лась))(?!\w)"),
    re.compile(r"\d{4}\s?г\.\s?р(?!\w)"),
)


def _read(text: str) -> Draft:
    reading = Reading(text)
    if any(len(list(islice(told.finditer(reading.folded), 2))) == 2 for told in _BORN):
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
