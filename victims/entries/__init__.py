"""Reading printed entries of memorial books: `parse(text)` makes a `Draft`."""

from victims.entries import lists, moscow, running
from victims.entries.draft import Draft, Reading, Span

__all__ = ["PARSER_VERSION", "Draft", "Span", "parse"]

PARSER_VERSION = "3"
_FORMS = (moscow, lists, running)


def parse(text: str) -> Draft:
    """Read one printed entry and say what every word of it became.

    Returns a Draft: `record` in the form of the gold set's SCHEMA.md; `spans`, the pieces of the text behind each
    value; `labels`, the known labels; `remainder`, everything else that is not punctuation; `warnings`, codes.
    Any text is accepted; what is not understood is in the remainder.
    """
    reading = Reading(text)
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
