"""Date phrases of Russian and Ukrainian books made EDTF.

`find` reads all date phrases of a range, `phrase` one that is the whole text. A date that no calendar has
(31 июня) is found with `edtf` None, so that the caller can warn and keep the printed words.
"""

import re
from calendar import isleap
from collections.abc import Iterator
from functools import lru_cache, partial
from typing import NamedTuple

from victims.entries.lexicon import table
from victims.letters import fold


class Found(NamedTuple):
    """A date phrase: where it stands and what it says; `edtf` is None when the calendar has no such day."""

    start: int
    end: int
    edtf: str | None


_found = partial(tuple.__new__, Found)  # as `Found`, and three times as fast


class _Day(NamedTuple):
    """A date with nothing said of how sure it is; 0 is an unknown part, None an impossible date."""

    start: int
    end: int
    year: int
    month: int
    day: int
    first_day: int = 0
    joiner: str = ""


def _months() -> dict[str, int]:
    return {fold(stem): int(row["number"]) for row in table("months.csv") for stem in row["stems"].split("|")}


MONTHS = _months()
_ROMAN = {"і": 1, "іі": 2, "ііі": 3, "іv": 4, "v": 5, "vі": 6, "vіі": 7, "vііі": 8, "іх": 9, "х": 10, "хі": 11,
          "хіі": 12}  # fmt: skip
_SEASONS = {"весн": 21, "лет": 22, "осен": 23, "зим": 24}
_STEMS = "|".join(sorted(MONTHS, key=lambda stem: (-len(stem), stem)))

# The letter of the year: "г.", "года", "р." ...; never the "г" of a word or the "г." of a town.
_YEAR_WORD = (
    r"(?:\s?(?:[гr][./]?\s?р\b(?!-)\.?|(?:гг|г|рр|р)\b\.?|год(?:ах|ов|ам|а|у|ы)?\b|ро(?:к(?:у|и|ах|ів)|ці)\b))?"
)
_RANGE_DAY = r"(?:(?P<first>\d{1,2})\s?(?P<joiner>-|\bи\b|\bна\b|\bили\b|\bпо\b)\s?)?"
# Points of an article, "п. 2, 8, 11", are no date whose points were read as commas.
_NO_POINTS = r"(?!(?:\d\s?,\s?\d{1,2}|\d{1,2}\s?,\s?\d|\d\d,\s\d\d)\s?,\s?\d{2}(?!\d))"
# The day of the old calendar beside that of the new: "2(15) апреля", "15 (2) апреля", "2/15 апреля".
_TWO_STYLES = r"(?:(?P<style>\d{1,2})\s?(?:\(|/)\s?(?=\d{1,2}(?:\)|\s)))?"
_ATOM = re.compile(
    rf"(?:(?<![\w.-])|(?<=\d{{4}}-)|(?<=[^\W\d]\.))(?:"
    r"(?P<iy>1[89]\d\d)[.-](?P<im>0[1-9]|1[0-2])[.-](?P<iday>[0-3]\d)(?!\d|\.\d)|"
    rf"{_NO_POINTS}{_RANGE_DAY}(?P<d>\d{{1,2}})\s?[./,]\s?(?P<m>\d{{1,2}}|[іvх]{{1,4}})\s?[./,]\s?(?P<y>\d{{4}}|\d{{2}})(?!\d)"
    r"|(?P<hd>[12]\d|3[01]|0?[1-9])/(?P<hm>1[0-2]|0?[1-9])-(?P<hy>1[89]\d\d|[1-5]\d)(?!\d)"  # 8/11-37
    r"|(?P<bd>\d{1,2})(?:\s?[-/.]\s?|\s(?=[іvх]{1,4}\s1[89]))(?P<bm>[іvх]{1,4})"  # 6/IV-1938, 6 IV 1938
    r"(?:\s?[-/.]\s?|\s)(?P<by>1[89]\d\d|\d{2})(?!\d)"
    rf"|{_RANGE_DAY.replace('first', 'wfirst').replace('joiner', 'wjoiner')}"
    rf"(?:{_TWO_STYLES}(?P<wd>\d{{1,2}})\)?(?:-?го)?\s*)?(?P<wm>{_STEMS})[а-яі]{{0,4}}\b\.?(?(wd),?)\s*(?P<wy>\d{{4}})(?!\d)"
    rf"|(?P<season>весн|лет|осен|зим)[а-я]{{1,3}}\s+(?P<sy>\d{{4}})(?!\d)"
    rf"|(?P<ry>1[89]\d\d),\s(?P<rd>\d{{1,2}})\s(?P<rm>{_STEMS})[а-яі]{{0,4}}\b(?!\.?,?\s*\d{{4}})"
    rf"|(?:(?P<ym>0?[1-9]|1[0-2])\s?\.\s?)?(?P<year>1[789]\d\d|20[0-2]\d)(?!\d)"
    rf"){_YEAR_WORD}"
)
# A date alone in its range, as most are: "5 августа 1937 г.", "05.08.1937", "1891 г.".
_ALONE = re.compile(
    r"(?:(?P<day>\d{1,2}) (?P<word>[а-я]{3,8}) |(?P<d>\d\d)\.(?P<m>\d\d)\.)?"
    r"(?P<year>1[789]\d\d|20[0-2]\d)(?: г\.)?"
    r"(?!\s?[гр]|\s?\(?\?|[.-]?\d)(?=\D*\Z)"
)
_GENITIVES = (
    "января", "февраля", "марта", "апреля", "мая", "июня", "июля", "августа", "сентября", "октября",
    "ноября", "декабря",
)  # fmt: skip
_NUMBER_OF = {word: number for number, word in enumerate(_GENITIVES, 1)}
_BEFORE = re.compile(
    r"(?<!\w)(?P<word>около|ок\.?|примерно|приблизительно|приб\.?|близько|каля|не\s+(?:ранее|раньше|раніше)|после|після|"
    r"не\s+(?:позднее|позже|пізніше)|до|между|між|с|со|з|в|во(?=\s+второй)|у|ў)"
    r"(?:\s+(?:начале|конце|середине|начала|конца|середины|первой половине|второй половине))?\s*$"
)
_LAST_OF_LEADS = (
    "около", "ок", "ок.", "примерно", "приблизительно", "приб", "приб.", "близько", "каля", "ранее", "раньше",
    "раніше", "после", "після", "позднее", "позже", "пізніше", "до", "между", "між", "с", "з", "со", "в", "у", "ў",
    "начале", "конце", "середине", "начала", "конца", "середины", "половине",
)  # fmt: skip
_DOUBT = re.compile(r"\s?(?:\(\?\)|\?)")
_JOIN = re.compile(r"\s?(?P<word>\bили\b|\bлибо\b|\bабо\b|\bи\b|\bта\b|\bпо\b|\bдо\b|/|-)\s?(?:в\s)?")
_OTHER = re.compile(
    r",?\s?\(\s*(?:по\s+(?:другим|др\.?|иным)\s+(?:данным|сведениям|источникам)|за\s+іншими\s+даними|или)?"
    r"\s*[-:]?\s*(?:в\s+|во\s+)?"
)
_CLOSE = re.compile(r"\s*\)")
_DAYS = (0, 31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)
_DIGIT = re.compile(r"\d")
_FIGURES = re.compile(r"\d+")
_YEAR = re.compile(r"\d{4}(?!\d)")
_LONGEST_MONTH = 24
_CONTEXT, _LONGEST_REMEMBERED = 6, 80
_LEAD = 40
_SHORT_YEAR_TURN = 30
_NO_MONTH = 99


def find(folded: str, start: int, end: int, *, birth: bool = False) -> tuple[Found, ...]:
    """Return the date phrases of a range of folded text, in order.

    `birth` reads a year of two digits as one of the last century but one where it must ("р. 85" is 1885).
    """
    digit = _DIGIT.search(folded, start, end)
    if not digit:
        return ()
    if alone := _alone(folded, digit.start(), start, end):
        return (alone,)
    first = max(0, start - _CONTEXT)
    words = folded[first:end]
    find_in = _remembered if len(words) < _LONGEST_REMEMBERED else _find
    return tuple(
        [Found(begin + first, stop + first, edtf) for begin, stop, edtf in find_in(words, start - first, birth)]
    )


def _alone(folded: str, figure: int, start: int, end: int) -> Found | None:
    """Return the date of a range that has no other figure, in its commonest form; None leaves it to `_find`."""
    one = _ALONE.match(folded, figure, end)
    if not one or (figure and not folded[figure - 1].isspace()):
        return None
    told = _date_of(one[0])
    if not told:
        return None
    value, whole = told
    if folded.endswith(" в ", start, figure):
        return _found((figure - 2, one.end(), value))
    before = _word_before(folded, max(start, figure - _LEAD), figure)
    if not before:
        alone = whole or not folded[start:figure].strip()  # before a year a month may stand
        return _found((figure, one.end(), value)) if alone else None
    lead = re.sub(r"\s+", " ", before["word"]).rstrip(".")
    return Found(before.start(), one.end(), _qualified(value, lead, False))


@lru_cache(maxsize=1 << 14)
def _date_of(printed_date: str) -> tuple[str | None, bool] | None:
    """Return the EDTF of such a date, and whether it tells the day; None where its word is no month."""
    day, word, figures, month, year = _ALONE.match(printed_date).groups()
    if word and word not in _NUMBER_OF:
        return None
    number = _NUMBER_OF[word] if word else int(month or 0)
    return _edtf(int(year), number if number <= 12 else _NO_MONTH, int(day or figures or 0)), bool(day or figures)


def _find(folded: str, start: int, birth: bool) -> tuple[tuple[int, int, str | None], ...]:
    """Return the date phrases of a text with a figure from `start` on; what stands before may only forbid one."""
    end = len(folded)
    found, position = [], start
    atoms = [_day(match, birth) for match in _matches(folded, _DIGIT.search(folded, start).start(), start, end)]
    index = 0
    while index < len(atoms):
        one, used = _one(folded, atoms, index, position, end)
        found.append(tuple(one))
        position, index = one.end, index + used
    return tuple(found)


# Dates are printed beside the same few words thousands of times.
_remembered = lru_cache(maxsize=1 << 14)(_find)


def phrase(text: str) -> str | None:
    """Return the EDTF of a text that is one date phrase and nothing else, or None."""
    folded = fold(text)
    found = find(folded, 0, len(folded))
    if len(found) == 1 and not re.search(r"\w", folded[: found[0].start] + folded[found[0].end :]):
        return found[0].edtf
    return None


def _month(printed: str) -> int:
    """Return the month of figures or Roman numerals; one that is none, where EDTF would take it for a season."""
    number = int(printed) if printed.isdigit() else _ROMAN.get(printed, _NO_MONTH)
    return number if number <= 12 else _NO_MONTH


def _matches(folded: str, figure: int, start: int, end: int) -> Iterator[re.Match[str]]:
    """Yield the dates of a range whose first figure is known: only a month or a season may stand before one."""
    while True:
        match = _ATOM.match(folded, figure, end)
        if folded[figure - 1 : figure].isspace() and _YEAR.match(folded, figure, end):
            match = _ATOM.search(folded, max(start, figure - _LONGEST_MONTH), end)
        if match:
            yield match
        start = match.end() if match else _FIGURES.match(folded, figure, end).end()
        following = _DIGIT.search(folded, start, end)
        if not following:
            return
        figure = following.start()


def _day(match: re.Match[str], birth: bool) -> _Day:
    start, end = match.span()
    if match["year"]:
        return _Day(start, end, int(match["year"]), _month(match["ym"] or "0"), 0)
    if match["ry"]:
        return _Day(start, end, int(match["ry"]), MONTHS[match["rm"]], int(match["rd"]))
    if match["iy"]:
        return _Day(start, end, int(match["iy"]), int(match["im"]), int(match["iday"]))
    if match["wm"]:
        days = int(match["wfirst"] or 0), match["wjoiner"] or "", int(match["wd"] or 0)
        first, joiner, day = _of_two(int(match["style"]), days[2]) if match["style"] else days
        return _Day(start, end, int(match["wy"]), MONTHS[match["wm"]], day, first, joiner)
    if match["season"]:
        return _Day(start, end, int(match["sy"]), _SEASONS[match["season"]], 0)
    if match["hd"]:
        return _Day(start, end, _whole_year(match["hy"], birth), int(match["hm"]), int(match["hd"]))
    if match["bm"]:
        return _Day(start, end, _whole_year(match["by"], birth), _month(match["bm"]), int(match["bd"]))
    month, year = _month(match["m"]), _whole_year(match["y"], birth)
    return _Day(start, end, year, month, int(match["d"]), int(match["first"] or 0), match["joiner"] or "")


def _of_two(*days: int) -> tuple[int, str, int]:
    """Return the first of two days that stand beside each other, what joins them, and the last.

    Twelve or thirteen days apart they are one day by both calendars: that of the new is told. Else it is one or
    the other, "15 (16) апреля", as of years.
    """
    first, last = sorted(days)
    return (0, "", last) if last - first in (12, 13) else (first, "или", last)


def _whole_year(digits: str, birth: bool) -> int:
    if len(digits) == 4:
        return int(digits)
    return int(digits) + (1800 if birth and int(digits) > _SHORT_YEAR_TURN else 1900)


def _edtf(year: int, month: int, day: int) -> str | None:
    if not 1000 <= year <= 2099 or month > 24 or 12 < month < 21:
        return None
    if not month:
        return f"{year:04}"
    if not day:
        return f"{year:04}-{month:02}"
    return f"{year:04}-{month:02}-{day:02}" if month <= 12 and day <= _last_day(year, month) else None


def is_day(edtf: str) -> bool:
    """True when a "1937-08-05" is a day that the calendar has."""
    return _edtf(*map(int, edtf.split("-"))) == edtf


def _last_day(year: int, month: int) -> int:
    return 29 if month == 2 and isleap(year) else _DAYS[month]


def _plain(atom: _Day) -> str | None:
    last = _edtf(atom.year, atom.month, atom.day)
    if not atom.joiner or last is None:
        return last
    first = _edtf(atom.year, atom.month, atom.first_day)
    if first is None or first >= last:
        return None
    return f"[{first},{last}]" if atom.joiner == "или" else f"{first}/{last}"


def _one(folded: str, atoms: list[_Day], index: int, left: int, end: int) -> tuple[Found, int]:
    """Read the phrase that the atom begins: its word before, a second date, its doubt."""
    atom = atoms[index]
    before = _word_before(folded, max(left, atom.start - _LEAD), atom.start)
    start = before.start() if before else atom.start
    word = re.sub(r"\s+", " ", before["word"]).rstrip(".") if before else ""
    value, stop, used = _plain(atom), atom.end, 1
    if index + 1 < len(atoms) and (joined := _joined(folded, atom, atoms[index + 1], word, value, end)):
        (value, stop), used, word = joined, 2, ""
    doubt = _DOUBT.match(folded, stop, end)
    if doubt:
        stop = doubt.end()
    return Found(start, stop, _qualified(value, word, bool(doubt))), used


def _word_before(folded: str, start: int, end: int) -> re.Match[str] | None:
    """Return the word that leads in a date: "около", "не позднее", "в начале"."""
    if start == end or not folded[end - 1].isspace():
        return None
    lead = folded[start:end].rstrip()
    return _BEFORE.search(folded, start, end) if lead.endswith(_LAST_OF_LEADS) else None


def _joined(
    folded: str, atom: _Day, second: _Day, word: str, value: str | None, end: int
) -> tuple[str | None, int] | None:
    """Return what two dates make together and where they end, or None when they stand apart."""
    other = _plain(second)
    bracket = _OTHER.match(folded, atom.end, end)
    if bracket and bracket.end() == second.start and (close := _CLOSE.match(folded, second.end, end)):
        return _one_of(value, other), close.end()
    join = _JOIN.match(folded, atom.end, end)
    if not join or join.end() != second.start:
        return None
    sign = join["word"]
    if sign in ("или", "либо", "або") or (sign == "/" and not atom.month):
        return _one_of(value, other), second.end
    if sign in ("и", "та") and word not in ("между", "між"):
        return None
    if value is None or other is None or value[:1] == "[" or "/" in value + other or value >= other:
        return None
    return f"{value}/{other}", second.end


def _one_of(value: str | None, other: str | None) -> str | None:
    if value is None or other is None or "/" in value + other or value == other:
        return value
    members = sorted({*value.strip("[]").split(","), *other.strip("[]").split(",")})
    return f"[{','.join(members)}]"


def _qualified(value: str | None, word: str, doubt: bool) -> str | None:
    if value is None or value[0] == "[" or "/" in value or not (word or doubt):
        return value
    if word.startswith(("ок", "прим", "приб", "близ", "кал")):
        value += "~"
    if doubt and not value.endswith("~"):
        value += "?"
    if word in ("не ранее", "не раньше", "не раніше", "после", "після"):
        return f"{value}/.."
    if word in ("не позднее", "не позже", "не пізніше", "до"):
        return f"../{value}"
    return value
