"""Dates as people and cards write them, made EDTF; what may mean two things, or no day at all, is refused.

The readings are those of printed entries (Russian, Ukrainian, Belarusian) and of the search boxes (English too).
"""

import re
from calendar import monthrange
from unicodedata import decimal

from django.core.exceptions import ValidationError
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from memorial import edtf
from victims.entries.dates import find
from victims.letters import fold
from victims.search.dates import as_edtf

LONGEST = 200
_SIGNS = " .,;:\"'"
_DAY = re.compile(r"(\d{4})-(\d\d)-(\d\d)", re.ASCII)
_YEAR = re.compile(r"\d{4}", re.ASCII)
#: "5/8/1937": whoever writes so may put the month first.
_SLASHED = re.compile(r"(\d{1,2})\s?/\s?(\d{1,2})\s?/\s?(\d{4}|\d\d)", re.ASCII)
#: "5 авг. 37 г.", "осень 37": two digits behind a month, which are no day of it.
_SHORT = re.compile(r"(.*\d\D*[^\W\d_]\.?\s+|[^\W\d_]+\.?\s+(?=3[2-9]|[4-9]))(\d\d)(\s?[гр]\.?)?")
#: Years that two digits tell without doubt, but of a birth.
_PLAIN_SHORT = range(1917, 2000)


def understood(text: str, *, birth: bool = False) -> str:
    """Return the EDTF of a date as somebody wrote it, "" for none.

    ``birth``: of somebody's birth, whose century is never plain. Raises ValidationError with the remedy, in
    the language of the page, where it is no date, no day of the calendar, or may mean two.
    """
    typed = " ".join("".join(_digit(one) for one in text).split())
    if not typed or edtf.is_valid(typed):
        return typed
    if len(typed) > LONGEST:
        raise ValidationError(_no_date())
    _check_order(typed)
    value = _as_printed(typed)
    if value is None and (short := _SHORT.fullmatch(typed)):
        value = _as_printed(f"{short[1]}19{short[2]}")
    if value is not None:
        _check_century(typed, value, birth)
        return value
    value = as_edtf(typed)
    _check_calendar(value)
    if not edtf.is_valid(value):
        raise ValidationError(_no_date())
    return value


def _digit(letter: str) -> str:
    """Return a digit of any script as ours, any other letter as it is."""
    return letter if letter.isascii() or not letter.isdecimal() else str(decimal(letter))


def in_words(text: str) -> str:
    """Return an EDTF text in the words of the page's language."""
    return edtf.words(text, (get_language() or "ru")[:2])


def _as_printed(typed: str) -> str | None:
    """Return what the parser of entries reads in a text that is one date and nothing else, or None."""
    folded = fold(typed)
    found = find(folded, 0, len(folded))
    if len(found) != 1 or (folded[: found[0].start] + folded[found[0].end :]).strip(_SIGNS):
        return None
    value = found[0].edtf
    return value if value and edtf.is_valid(value) else None


def _check_order(typed: str) -> None:
    """Raise where a day and a month parted by slashes can change places."""
    if not (found := _SLASHED.fullmatch(typed)):
        return
    one, other, year = map(int, found.groups())
    year += 1900 if year < 100 else 0
    if one == other or not (1 <= one <= 12 and 1 <= other <= 12 and year >= 1000):
        return
    told = {
        "one": in_words(f"{year}-{other:02}-{one:02}"),
        "other": in_words(f"{year}-{one:02}-{other:02}"),
        "points": f"{one}.{other}.{year}",
    }
    words = _("This may be %(one)s or %(other)s: write the month as a word, or points, day first: %(points)s.")
    raise ValidationError(words % told)


def _check_calendar(value: str) -> None:
    """Raise where a whole date has a day that its month has not."""
    for year, month, day in _DAY.findall(value):
        if int(year) and 1 <= int(month) <= 12 and int(day) > (days := monthrange(int(year), int(month))[1]):
            told = {"month": in_words(f"{year}-{month}"), "days": days, "written": f"{year}-{month}"}
            words = _("There is no such day: %(month)s has %(days)s days. If the day is not known: %(written)s.")
            raise ValidationError(words % told)


def _check_century(typed: str, value: str, birth: bool) -> None:
    """Raise where a year stands with two digits and may be of another century; other readings keep all four."""
    for year in _YEAR.findall(re.sub(r"-\d\d", "", value)):
        if year in typed or (not birth and int(year) in _PLAIN_SHORT):
            continue
        told = {"one": f"{18 if birth else 19}{year[2:]}", "other": f"{19 if birth else 20}{year[2:]}"}
        raise ValidationError(_("The year has two digits: %(one)s or %(other)s? Write all four.") % told)


def _no_date() -> str:
    return _(
        "This is no date that can be read: write 5.8.1937, August 1937, 1937, about 1890, "
        "between 1889 and 1891, or 1937-08-05."
    )


def told_of(text: str, *, birth: bool = False) -> dict:
    """Return {"reading", "valid", "problem"}: what a text is understood as, in words, or why it is not."""
    try:
        value = understood(text, birth=birth)
    except ValidationError as error:
        return {"reading": "", "valid": False, "problem": error.messages[0]}
    return {"reading": in_words(value) if value else "", "valid": True, "problem": ""}
