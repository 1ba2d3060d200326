"""Dates as EDTF strings: parse, validate, bound and word them. Pure Python, no Django.

Levels 0 and 1 of the Extended Date/Time Format, plus sets (ISO 8601-2:2019;
https://www.loc.gov/standards/datetime/), for years 0001 to 9999 of the proleptic Gregorian calendar:

    1937   1937-08   1937-08-05      year, month, day          1937~ 1937-08? 1937%   about, uncertain, both
    1937-10-23/1937-10-25            between two dates         193X 19XX 1937-XX      unspecified digits
    ../1937-12   1937-08/..          open end                  1937-21 ... 1937-24    spring ... winter
    /1937   1937/                    unknown end
    [1889,1890]  [1889..1891]        one of these              {1889,1890}            all of these

Days of one date count from its first possible day to its last. An interval is worded as a day somewhere
between its ends, which is what it means in this database.

Whole, as each refusal tells how the values above are written; words are in ``edtf_words``.
"""

from __future__ import annotations

import re
import unicodedata
from calendar import monthrange
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import lru_cache
from typing import ClassVar

from memorial.edtf_words import LANGUAGES, Language, enumerate_words, say, say_list, say_span

__all__ = ["FAR_FUTURE", "FAR_PAST", "EDTFError", "bounds", "is_day", "is_valid", "parse", "words"]

FAR_PAST = date(1, 1, 1)
FAR_FUTURE = date(9999, 12, 31)
MAX_LENGTH = 200
CACHE_SIZE = 65_536

Bounds = tuple[date, date]


class EDTFError(ValueError):
    """The text is not a date we can hold; the message says what is wrong and how to write it right."""


@dataclass(frozen=True, slots=True)
class Date:
    """A year, month, season, day, decade or century."""

    year: int  # the first one of a decade or century, 0 for 000X and 00XX
    month: int | None = None  # 1-12, or a season: 21 spring, 22 summer, 23 autumn, 24 winter
    day: int | None = None
    unspecified: str = ""  # the X's as written: X, XX, -XX or -XX-XX
    qualifier: str = ""  # ~ approximate, ? uncertain, % both

    def __str__(self) -> str:
        text = f"{self.year:04d}"
        if self.unspecified in ("X", "XX"):
            text = text[: 4 - len(self.unspecified)]
        for part in (self.month, self.day):
            text += "" if part is None else f"-{part:02d}"
        return text + self.unspecified + self.qualifier

    @property
    def approximate(self) -> bool:
        return self.qualifier in ("~", "%")

    @property
    def uncertain(self) -> bool:
        return self.qualifier in ("?", "%")

    @property
    def precision(self) -> str:
        """The length of time that is told: century, decade, year, season, month or day."""
        if self.day is not None:
            return "day"
        if self.month is not None:
            return "season" if self.month > 12 else "month"
        return {"X": "decade", "XX": "century"}.get(self.unspecified, "year")

    @property
    def bounds(self) -> Bounds:
        if self.day is not None:
            only = date(self.year, self.month, self.day)
            return only, only
        if self.month is None:
            years = {"century": 100, "decade": 10, "year": 1}[self.precision]
            return date(max(self.year, 1), 1, 1), date(self.year + years - 1, 12, 31)
        if self.month <= 12:
            return date(self.year, self.month, 1), _last_day(self.year, self.month)
        if self.month == 24:  # the winter of a year begins in its December
            last = FAR_FUTURE if self.year == 9999 else _last_day(self.year + 1, 2)
            return date(self.year, 12, 1), last
        first_month = 3 * (self.month - 20)
        return date(self.year, first_month, 1), _last_day(self.year, first_month + 2)

    def words(self, language: Language) -> str:
        return say(self, language)


class End(StrEnum):
    """An end of an interval that is no date."""

    OPEN = ".."
    UNKNOWN = ""


@dataclass(frozen=True, slots=True)
class Interval:
    """`start/end`; at least one of the two is a date."""

    start: Date | End
    end: Date | End

    def __str__(self) -> str:
        return f"{self.start}/{self.end}"

    @property
    def bounds(self) -> Bounds:
        return _span_bounds(self.start, self.end)

    def words(self, language: Language) -> str:
        start, end = (None if isinstance(side, End) else side for side in (self.start, self.end))
        if start and end:
            start, end = _level(start, end)
        return say_span(start, end, language)


@dataclass(frozen=True, slots=True)
class Range:
    """`start..end` inside a set; None is an open end."""

    start: Date | None
    end: Date | None

    def __str__(self) -> str:
        return f"{self.start or ''}..{self.end or ''}"

    @property
    def bounds(self) -> Bounds:
        return _span_bounds(self.start, self.end)


@dataclass(frozen=True, slots=True)
class DateSet:
    """Members in brackets, in the order written; see its two kinds."""

    members: tuple[Date | Range, ...]
    brackets: ClassVar[str]
    every: ClassVar[bool]

    def __str__(self) -> str:
        return self.brackets[0] + ",".join(map(str, self.members)) + self.brackets[1]

    @property
    def bounds(self) -> Bounds:
        firsts, lasts = zip(*(member.bounds for member in self.members), strict=True)
        return min(firsts), max(lasts)

    def words(self, language: Language) -> str:
        if all(isinstance(member, Date) for member in self.members):
            return say_list(self.members, language, every=self.every)
        worded = [
            say(member, language)
            if isinstance(member, Date)
            else say_span(member.start, member.end, language, whole=self.every)
            for member in self.members
        ]
        return enumerate_words(worded, language, every=self.every)


class OneOf(DateSet):
    """`[a,b,c]`: one of the members, not known which."""

    __slots__ = ()
    brackets = "[]"
    every = False


class AllOf(DateSet):
    """`{a,b,c}`: every one of the members."""

    __slots__ = ()
    brackets = "{}"
    every = True


EDTFDate = Date | Interval | OneOf | AllOf


@lru_cache(maxsize=CACHE_SIZE)
def parse(text: str) -> EDTFDate:
    """Read an EDTF string into an immutable value whose str() is the same string again.

    Takes at most 200 ASCII characters without spaces; returns a Date, Interval, OneOf or AllOf.
    Raises EDTFError for everything else, impossible days and reversed intervals included.
    Source: ISO 8601-2:2019 and the EDTF specification of the Library of Congress, levels 0-1 and sets.
    """
    _check_characters(text)
    if text[0] in "[{":
        return _parse_set(text)
    if "/" in text:
        return _parse_interval(text)
    return _parse_date(text)


def is_valid(text: str) -> bool:
    """Tell whether `parse` accepts the text; never raises."""
    try:
        parse(text)
    except EDTFError:
        return False
    return True


@lru_cache(maxsize=CACHE_SIZE)
def bounds(text: str) -> Bounds:
    """Return the earliest and the latest day that the EDTF string allows.

    Qualifiers widen nothing, a set spans its members, an interval runs from the first day of its start
    to the last day of its end; an open or unknown end gives FAR_PAST or FAR_FUTURE.
    Raises EDTFError as `parse` does.
    """
    return parse(text).bounds


def is_day(text: str) -> bool:
    """Tell whether the EDTF string is one calendar day, qualified or not; raises as `parse` does."""
    value = parse(text)
    return isinstance(value, Date) and value.day is not None


@lru_cache(maxsize=CACHE_SIZE)
def words(text: str, language: str) -> str:
    """Word an EDTF string for readers: "около 1900 г.", "between 23 and 25 October 1937".

    `language` is "ru", "en" or "uk". Month and day written XX are left out, as in `1937`.
    Raises EDTFError as `parse` does, ValueError for another language.
    """
    if language not in LANGUAGES:
        raise ValueError(f"no words for dates in {language!r}: the languages are {', '.join(LANGUAGES)}")
    return parse(text).words(LANGUAGES[language])


def _check_characters(text: str) -> None:
    if not isinstance(text, str):
        raise EDTFError(f"a date is a text such as '1937-08-05', not {type(text).__name__}")
    if not text:
        raise EDTFError("the date is empty: write 1937, 1937-08 or 1937-08-05, or no date at all")
    if len(text) > MAX_LENGTH:
        raise EDTFError(f"the date has {len(text)} characters: write at most {MAX_LENGTH}")
    for character in text:
        if character.isspace():
            raise EDTFError(f"{text!r} has a space or line break: write 1937-08-05 or [1889,1890] without")
        if not character.isascii():
            name = unicodedata.name(character, "unnamed character")
            raise EDTFError(
                f"{text!r} has {character!r} ({name}): write only digits, Latin X and - ~ ? % / . , [ ] {{ }}"
            )


_DATE = re.compile(
    r"(?P<year>\d{4}|\d{3}X|\d{2}XX)(?:-(?P<month>\d\d|XX)(?:-(?P<day>\d\d|XX))?)?(?P<qualifier>[~?%]?)",
    re.ASCII,
)

# What people write instead, and what to tell them; the first that fits the whole text.
_HINTS = tuple(
    (re.compile(pattern, re.ASCII), hint)
    for pattern, hint in (
        (r"", "an empty place between commas: write [1889,1890]"),
        (r".*[~?%]{2}", "a date has one qualifier: write % for both ~ and ?, as in 1937%"),
        (r".*[~?%].+", "the qualifier goes at the end of the whole date: 1937-08~"),
        (r".*[\[\]{}].*", "a set is the whole text, in one pair of brackets: [1889,1890] or {1889,1890}"),
        (r".*,.*", "a choice of dates goes in brackets: [1889,1890]"),
        (r".*/.*", "inside a set a range is written with two dots: [1889..1891]"),
        (r".*\.\..*", "an open end needs a slash, 1937-08/.., and a range needs brackets, [1889..1891]"),
        (r".*x.*", "an unspecified digit is a capital X: 193X, 1937-XX"),
        (r"[\dX]{4}-[\dX]{2}-[\dX]{2}T.*", "a date has no time of day: 1937-08-05"),
        (r"\d{1,2}[.-]\d{1,2}[.-]\d{4}", "year first, then month, then day, with hyphens: 1937-08-05"),
        (r"\d{4}\.\d{1,2}(\.\d{1,2})?|\d{6}|\d{8}", "put hyphens between the parts: 1937-08-05"),
        (r"[-+Y].*|\d{5,}.*", "only the years 0001 to 9999 can be written, without sign"),
        (r"\d{1,3}(-.*)?", "a year has four digits: 1937, 0988"),
        (r"\d{4}-.*", "month and day have two digits each: 1937-08, 1937-08-05"),
        (r"[\dX]{4}(-.*)?", "in a year only the last one or two digits can be X: 193X, 19XX"),
    )
)


def _parse_date(text: str) -> Date:
    match = _DATE.fullmatch(text)
    if not match:
        fitting = (hint for pattern, hint in _HINTS if pattern.fullmatch(text))
        raise EDTFError(f"{text!r} is not a date: {next(fitting, 'write 1937, 1937-08 or 1937-08-05')}")
    year, month, day, qualifier = match.group("year", "month", "day", "qualifier")
    if "X" in year and month:
        raise EDTFError(f"{text!r} has a month in an unspecified year: write {year}{qualifier}")
    if year == "0000":
        raise EDTFError(f"{text!r} has the year 0000: the first year is 0001")
    if month == "XX" and day not in (None, "XX"):
        raise EDTFError(f"{text!r} has a day in an unspecified month: write {year}-XX-XX or {year}")
    when = Date(
        year=int(year.replace("X", "0")),
        month=int(month) if month and month != "XX" else None,
        day=int(day) if day and day != "XX" else None,
        unspecified=year.lstrip("0123456789") + "-XX" * [month, day].count("XX"),
        qualifier=qualifier,
    )
    if when.month is not None:
        _check_calendar(when, text, with_day=day is not None)
    return when


def _check_calendar(when: Date, text: str, *, with_day: bool) -> None:
    month = when.month
    if not (1 <= month <= 12 or 21 <= month <= 24):
        raise EDTFError(f"{text!r} has no such month: write 01 to 12, or 21 to 24 for spring to winter")
    if month > 12 and with_day:
        raise EDTFError(f"{text!r} has a day in a season: write {when.year:04d}-{month:02d}")
    if when.day is None:
        return
    days = monthrange(when.year, month)[1]
    if not 1 <= when.day <= days:
        raise EDTFError(
            f"{text!r} is no day of the calendar: {when.year:04d}-{month:02d} has {days} days; "
            f"write {when.year:04d}-{month:02d} if the day is not known"
        )


def _parse_interval(text: str) -> Interval:
    sides = text.split("/")
    if len(sides) != 2:
        raise EDTFError(
            f"{text!r} has {len(sides) - 1} slashes: write one, between two dates, 1937-10-23/1937-10-25; "
            "a day is written 1937-08-05"
        )
    start, end = (End(side) if side in ("", "..") else _parse_date(side) for side in sides)
    if isinstance(start, End) and isinstance(end, End):
        raise EDTFError(f"{text!r} has no date at either end: write one, as in ../1937-12, or no date at all")
    if _span_bounds(start, end)[0] > _span_bounds(start, end)[1]:
        raise EDTFError(f"{text!r} ends before it starts: write the earlier date first, {end}/{start}")
    return Interval(start, end)


def _parse_set(text: str) -> OneOf | AllOf:
    kind = OneOf if text[0] == "[" else AllOf
    if text[-1] != kind.brackets[1] or len(text) == 2:
        raise EDTFError(
            f"{text!r} is not a set: write dates, then the closing bracket last, [1889,1890] or {{1889,1890}}"
        )
    members = tuple(map(_parse_member, text[1:-1].split(",")))
    for place, member in enumerate(members):
        if isinstance(member, Range) and (
            (member.start is None and place > 0) or (member.end is None and place < len(members) - 1)
        ):
            raise EDTFError(
                f"{text!r} has an open range in its middle: an open start comes first, [..1889,1891], "
                "an open end last, [1889,1891..]"
            )
    return kind(members)


def _parse_member(text: str) -> Date | Range:
    if ".." not in text:
        return _parse_date(text)
    start, end = (_parse_date(side) if side else None for side in text.split("..", 1))
    if start is None and end is None:
        raise EDTFError("'..' has no date at either end: write one, as in [..1889] or [1889..1891]")
    if start and end:
        if start.precision != end.precision:
            raise EDTFError(f"{text!r} runs from a {start.precision} to a {end.precision}: write both alike")
        if start.bounds > end.bounds:
            raise EDTFError(f"{text!r} ends before it starts: write the earlier date first, {end}..{start}")
    return Range(start, end)


def _last_day(year: int, month: int) -> date:
    return date(year, month, monthrange(year, month)[1])


def _span_bounds(start: Date | End | None, end: Date | End | None) -> Bounds:
    return (
        start.bounds[0] if isinstance(start, Date) else FAR_PAST,
        end.bounds[1] if isinstance(end, Date) else FAR_FUTURE,
    )


def _level(start: Date, end: Date) -> tuple[Date, Date]:
    """Where one end lies within the other, cut the wider one to match: 1937-05/1937 is May to December."""
    if start.qualifier or end.qualifier:
        return start, end
    (start_first, start_last), (end_first, end_last) = start.bounds, end.bounds
    if start.bounds == end.bounds:
        return start, start
    if start_first <= end_first and end_last <= start_last:
        return _cut(start_first, end.precision), end
    if end_first <= start_first and start_last <= end_last:
        return start, _cut(end_last, start.precision)
    return start, end


def _cut(day: date, precision: str) -> Date:
    if precision == "day":
        return Date(day.year, day.month, day.day)
    return Date(day.year, day.month if precision in ("month", "season") else None)
