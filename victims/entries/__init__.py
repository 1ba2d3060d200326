"""Reading printed entries of memorial books: `parse(text)` makes a `Draft`."""

import re
from itertools import islice

from victims.entries import abroad, lists, moscow, running
from victims.entries.articles import read_articles
from victims.entries.draft import Draft, Reading, Span
from victims.entries.mending import mend, told_as_printed

__all__ = ["PARSER_VERSION", "Draft", "Span", "parse"]

PARSER_VERSION = "15"
_FORMS = (moscow, lists, abroad, running)


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
    re.compile(r"(?:родил(?:ся|ась)|народи(?:вся|лася|лась))(?!\w)"),
    re.compile(r"\d{4}\s?г\.\s?р(?!\w)"),
)


_FAMILY = re.compile(
    r"(?<!\w)(?:жена|муж|сын|дочь|дети|мать|отец|брат|сестра|семь[яеи]|дружина|чоловік|син|дочка)(?!\w)"
)


def _two_persons(text: str) -> bool:
    if text.count("роди") > 1 and _times_born(_BORN[0], text) > 1:
        return True
    return text.count("г.р") + text.count("г. р") + text.count("г.\nр") > 1 and _times_born(_BORN[1], text) > 1


def _times_born(told: re.Pattern, text: str) -> int:
    """Return how often, up to twice, a clause of a text begins with a birth or tells its year."""
    found = list(islice((hit.start() for hit in told.finditer(text) if _begins(text, hit.start())), 2))
    return len(found) if len(found) < 2 or not _FAMILY.search(text, *found) else 1


def _begins(text: str, at: int) -> bool:
    if text[at].isdigit():
        return not text[at - 1 : at].isdigit()
    before = text[max(at - 9, 0) : at].rstrip(" ")
    return not before or before[-1] in ".;,\n"


def _read(text: str) -> Draft:
    reading = Reading(text)
    if _two_persons(reading.folded):
        reading.warn("two_persons")
    next(form for form in (*_FORMS, _Nothing) if form.recognise(reading)).read(reading)
    read_articles(reading)
    return reading.finish()


class _Nothing:
    """The form of an empty text."""

    @staticmethod
    def recognise(reading: Reading) -> bool:
        return True

    @staticmethod
    def read(reading: Reading) -> None:
        return None
