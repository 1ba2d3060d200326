"""The grammar behind `memorial.edtf.words`: EDTF dates in Russian, English and Ukrainian.

Pure functions over `Date` values, then one table per language. Import `words` from `memorial.edtf`;
nothing else needs this module.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from memorial.edtf import Date

NOMINATIVE, GENITIVE, INSTRUMENTAL = range(3)
Forms = tuple[str, str, str]  # nominative, genitive, instrumental
DASH = "–"
_COARSE = ("century", "decade", "year")


@dataclass(frozen=True, slots=True)
class Language:
    """The words of one language; templates take what they word at `{}`."""

    months: tuple[Forms, ...]
    seasons: tuple[Forms, ...]  # spring, summer, autumn, winter
    year: str
    winter: str  # the two years of a winter; it begins in December of the first
    decade: Callable[[int], Forms]  # of the first year
    century: Forms
    ordinal: Callable[[int], str]  # number of a century
    plurals: dict[str, str]  # noun shared by several years or centuries -> its plural
    about: str  # before a genitive
    roughly: str  # the same after another preposition, in whatever case that one wants
    uncertain: str
    not_later: str
    not_before: str
    earlier: str
    later: str
    between: str
    or_: str
    and_: str


def say(when: Date, language: Language, case: int = NOMINATIVE) -> str:
    """Word one date with its qualifier, in the grammatical case that the words around it want."""
    if when.approximate and case == NOMINATIVE:
        text = language.about.format(_plain(when, language, GENITIVE))
    elif when.approximate:
        text = language.roughly.format(_plain(when, language, case))
    else:
        text = _plain(when, language, case)
    return language.uncertain.format(text) if when.uncertain else text


def say_span(start: Date | None, end: Date | None, language: Language, *, whole: bool = False) -> str:
    """Word a day somewhere between two dates, or all of the time between them if `whole`.

    None is an end that is open or unknown: "not later than", "not before", "and earlier", "and later".
    """
    if start is None or end is None:
        when = end or start
        if whole:
            return (language.earlier if start is None else language.later).format(say(when, language))
        limit = language.not_later if start is None else language.not_before
        return limit.format(say(when, language, GENITIVE))
    if start == end:
        return say(start, language)
    heads, tail = _share_tail((start, end), language, NOMINATIVE if whole else INSTRUMENTAL, plural=True)
    if whole:
        dash = f" {DASH} " if any(" " in head for head in heads) else DASH
        return dash.join(heads) + tail
    return language.between.format(*heads) + tail


def say_list(dates: Sequence[Date], language: Language, *, every: bool) -> str:
    """Word several dates, every one of them ("1889 и 1890 гг.") or one ("1889 или 1890 г.")."""
    heads, tail = _share_tail(dates, language, NOMINATIVE, plural=every and len(dates) > 1)
    return enumerate_words(heads, language, every=every) + tail


def enumerate_words(items: Sequence[str], language: Language, *, every: bool) -> str:
    """Join worded items: "a, b and c" or "a, b or c"."""
    *others, last = items
    return f"{', '.join(others)} {language.and_ if every else language.or_} {last}" if others else last


def _plain(when: Date, language: Language, case: int) -> str:
    year = when.year
    match when.precision:
        case "century":
            return language.century[case].format(language.ordinal(year // 100 + 1))
        case "decade":
            return language.decade(year)[case]
        case "year":
            return language.year.format(year)
        case "season":
            span = language.winter if when.month == 24 else language.year
            return f"{language.seasons[when.month - 21][case]} {span.format(year, year + 1)}"
        case "month":
            return f"{language.months[when.month - 1][case]} {language.year.format(year)}"
        case _:
            # Only the number of a day is declined, and digits hide that: the month stays genitive.
            return f"{when.day} {language.months[when.month - 1][GENITIVE]} {language.year.format(year)}"


def _share_tail(
    dates: Sequence[Date], language: Language, case: int, *, plural: bool
) -> tuple[list[str], str]:
    """Word dates one by one and take off the ending they share: 23 | 25 | октября 1937 г."""
    phrases = [say(when, language, case).split(" ") for when in dates]
    alike = len({when.precision for when in dates}) == 1 and dates[0].precision in _COARSE
    near = len({when.year for when in dates}) == 1 and all(when.precision not in _COARSE for when in dates)
    # A shared ending would move a qualifier from one date to all of them.
    if any(when.qualifier for when in dates) or not (alike or near):
        return [" ".join(phrase) for phrase in phrases], ""
    shared = 0
    while shared < min(map(len, phrases)) - 1 and len({phrase[-1 - shared] for phrase in phrases}) == 1:
        shared += 1
    heads = [" ".join(phrase[: len(phrase) - shared]) for phrase in phrases]
    tail = phrases[0][len(phrases[0]) - shared :]
    if alike and plural:  # then the tail is one noun, or nothing
        tail = [language.plurals.get(noun, noun) for noun in tail]
    return heads, "".join(f" {word}" for word in tail)


def _roman(number: int) -> str:
    letters = {100: "C", 90: "XC", 50: "L", 40: "XL", 10: "X", 9: "IX", 5: "V", 4: "IV", 1: "I"}
    text = ""
    for value in letters:
        count, number = divmod(number, value)
        text += letters[value] * count
    return text


def _russian_decade(year: int) -> Forms:
    return f"{year}-е годы", f"{year}-х годов", f"{year}-ми годами"


def _english_decade(year: int) -> Forms:
    if year % 100 == 0:  # "1900s" would read as the whole century
        return (f"{year}{DASH}{year + 9}",) * 3
    return f"{year}s", f"the {year}s", f"the {year}s"


def _ukrainian_decade(year: int) -> Forms:
    # двохтисячні, сорокові, but тридцяті, дев'ятисоті
    ending = "ні" if year % 1000 == 0 else "ві" if year % 100 == 40 else "ті"
    return f"{year}-{ending} роки", f"{year}-х років", f"{year}-ми роками"


def _english_ordinal(number: int) -> str:
    suffix = "th" if 11 <= number % 100 <= 13 else {1: "st", 2: "nd", 3: "rd"}.get(number % 10, "th")
    return f"{number}{suffix}"


def _forms(table: str) -> tuple[Forms, ...]:
    """Read "nominative genitive instrumental, ..."; one form alone stands for all three."""
    rows = (row.split() for row in table.split(","))
    return tuple((row * 3)[:3] if len(row) == 1 else row for row in map(tuple, rows))


LANGUAGES = {
    "ru": Language(
        months=_forms(
            "январь января январём, февраль февраля февралём, март марта мартом, апрель апреля апрелем,"
            "май мая маем, июнь июня июнем, июль июля июлем, август августа августом,"
            "сентябрь сентября сентябрём, октябрь октября октябрём, ноябрь ноября ноябрём,"
            "декабрь декабря декабрём"
        ),
        seasons=_forms("весна весны весной, лето лета летом, осень осени осенью, зима зимы зимой"),
        year="{} г.",
        winter="{}–{} гг.",
        decade=_russian_decade,
        century=("{} век", "{} века", "{} веком"),
        ordinal=_roman,
        plurals={"г.": "гг.", "век": "века", "веком": "веками"},
        about="около {}",
        roughly="примерно {}",
        uncertain="{} (?)",
        not_later="не позднее {}",
        not_before="не ранее {}",
        earlier="{} и ранее",
        later="{} и позднее",
        between="между {} и {}",
        or_="или",
        and_="и",
    ),
    "en": Language(
        months=_forms(
            "January, February, March, April, May, June, July, August, September, October, November, December"
        ),
        seasons=_forms("spring, summer, autumn, winter"),
        year="{}",
        winter="{}–{}",
        decade=_english_decade,
        century=("{} century", "the {} century", "the {} century"),
        ordinal=_english_ordinal,
        plurals={"century": "centuries"},
        about="about {}",
        roughly="about {}",
        uncertain="{} (uncertain)",
        not_later="not later than {}",
        not_before="not before {}",
        earlier="{} and earlier",
        later="{} and later",
        between="between {} and {}",
        or_="or",
        and_="and",
    ),
    "uk": Language(
        months=_forms(
            "січень січня січнем, лютий лютого лютим, березень березня березнем, квітень квітня квітнем,"
            "травень травня травнем, червень червня червнем, липень липня липнем, серпень серпня серпнем,"
            "вересень вересня вереснем, жовтень жовтня жовтнем, листопад листопада листопадом,"
            "грудень грудня груднем"
        ),
        seasons=_forms("весна весни весною, літо літа літом, осінь осені осінню, зима зими зимою"),
        year="{} р.",
        winter="{}–{} рр.",
        decade=_ukrainian_decade,
        century=("{} століття", "{} століття", "{} століттям"),
        ordinal=_roman,
        plurals={"р.": "рр.", "століттям": "століттями"},
        about="близько {}",
        roughly="приблизно {}",
        uncertain="{} (?)",
        not_later="не пізніше {}",
        not_before="не раніше {}",
        earlier="{} і раніше",
        later="{} і пізніше",
        between="між {} і {}",
        or_="або",
        and_="і",
    ),
}
