"""What is doubtful in a record, as the API tells it: it never keeps a record from being written."""

from django.utils.translation import gettext as _

from memorial.coded import gettext_noop
from victims.api.record_form import place_of
from victims.plausibility import doubts

#: Codes of the parser's doubts.
PARSER = {
    "impossible_date": gettext_noop("A date is printed that no calendar has."),
    "two_persons": gettext_noop("Two births are told: the words of two persons may have run together."),
}


def parser_warnings(codes) -> list[dict]:
    """Return what the parser found implausible in the words of an entry."""
    return [{"code": str(code), "pointer": None, "detail": _(PARSER.get(code, code))} for code in codes or ()]


def record_warnings(record: dict) -> list[dict]:
    """Return what contradicts itself in a record, with its place in it."""
    return [
        {"code": str(doubt), "pointer": place_of(slot, record), "detail": _(doubt.label)}
        for slot, doubt in doubts(record)
    ]
