"""When somebody was born, as people type it beside a name: a year, a span, about a year, an age (pure)."""

import re
from dataclasses import dataclass

#: A year is often remembered wrongly by a little, one that is told as uncertain by more, an age by one.
SPARE, ABOUT, OF_AGE = 2, 5, 1
OLDEST = 120


@dataclass(frozen=True, slots=True)
class Years:
    """Years of birth asked for, and how many years beside them are good too."""

    first: int
    last: int
    spare: int = 0

    @property
    def range(self) -> tuple[int, int]:
        """The first and the last year that are good."""
        return self.first - self.spare, self.last + self.spare

    def away(self, year: int) -> int:
        """Return how many years a year is away from those asked for."""
        return max(self.first - year, year - self.last, 0)


_YEAR = r"(?<![0-9])(1[789][0-9]{2}|20[012][0-9])(?![0-9])"
_DASH = r"(?:\s*(?:[-‐‑‒–—−/]|\.{2,3}|…)\s*|\s+(?:по|до|to|till|bis|and|do|i)\s+)"
_FROM = r"(?:(?<!\w)(?:(?-i:с|з|від)|from|between|von|od)\s+)?"
#: Words before and after a year that say what it is. Single letters are small: capitals are initials.
_BORN = (
    r"(?:(?<!\w)(?:(?-i:р|b|н|г\.?\s*р)\.|(?-i:род|рожд|нар|geb|ur)\.?|родил(?:ся|ась)|народи(?:вся|лася)|born|"
    r"geboren|n[ée]e?|urodzon[ya])\s*(?:(?:в|у|in)\s+)?|[*°]\s*)?"
)
_AFTER = (
    r"(?:\s*(?:года?\s+рожд\w*|рік\s+народж\w*|року(?:\s+народж\w*)?|год[ауе]?|(?-i:г\.?\s*р\.?|р\.\s*н\.?|[гр]\.?))"
    r"(?!\w))?"
)
_ABOUT = (
    r"(?:(?<!\w)(?:около|приблизительно|примерно|приблизно|близько|circa|about|około|"
    r"(?-i:ок|прибл|бл|cca|ca|c|abt|um|ok|vers))\.?\s*|[~≈]\s*)"
)
_AGE = r"(?<![0-9])([0-9]{1,3})"
_OLD = r"[\s-]*(?:лет|год(?:а|ов)?|рок[иів]+|рік|years?(?:[\s-]old)?|y\.?o\.?|jahre(?:\s+alt)?|lat|ans)(?!\w)"
_AGED = r"(?:(?<!\w)(?:в\s+возрасте|у\s+віці|возраст|вік|aged?|im\s+alter\s+von|âgée?\s+de)\s*:?\s*)"
_IN = r"[\s,(]*(?:(?<!\w)(?:в|на|у|in|im\s+jahre?|w|en)\s+)?"
_IN_YEAR = r"(?:\s*(?:год[ауе]?|роц[іу]|рік|(?-i:[гр]\.?))(?!\w))?"

_FORMS = tuple(
    (kind, re.compile(pattern, re.IGNORECASE))
    for kind, pattern in (
        ("age", rf"{_AGED}{_AGE}(?:{_OLD})?{_IN}{_YEAR}{_IN_YEAR}"),
        ("age", rf"(?:{_ABOUT})?{_AGE}{_OLD}{_IN}{_YEAR}{_IN_YEAR}"),
        ("age of", rf"(?:(?<!\w)(?:в|у|in|im\s+jahre?|w|en)\s+){_YEAR}{_IN_YEAR}[\s,]*(?:ему|ей|йому|їй|было|було|"
                   rf"\s)*(?:{_AGED}{_AGE}(?:{_OLD})?|{_AGE}{_OLD})"),
        ("day", rf"{_BORN}(?<![0-9])[0-3]?[0-9][./-][01]?[0-9][./-]{_YEAR}{_AFTER}"),
        ("day", rf"{_BORN}{_YEAR}-[01][0-9]-[0-3][0-9](?![0-9]){_AFTER}"),
        ("give", rf"{_BORN}{_YEAR}\s*(?:±|\+\s*/?\s*-)\s*([0-9]{{1,2}})(?![0-9]){_AFTER}"),
        ("span", rf"{_BORN}{_FROM}{_YEAR}{_DASH}{_YEAR}{_AFTER}"),
        ("about", rf"{_BORN}{_ABOUT}{_YEAR}{_AFTER}"),
        ("year", rf"{_BORN}{_YEAR}{_AFTER}"),
    )
)  # fmt: skip
_DIGIT = re.compile("[0-9]")
#: An age of which the year is not told says nothing.
AGE_ALONE = re.compile(rf"(?:{_AGED}{_AGE}(?![0-9])|{_AGE}{_OLD})", re.IGNORECASE)


def take_years(text: str) -> tuple[str, Years | None]:
    """Return a query without the years of birth told in it, and these; of several, the span that holds all.

    "1897", "1895–1899", "1897±2", "около 1897", "1897 г.р.", "40 лет в 1937", "aged 40 in 1937", "5.08.1897".
    """
    found: list[Years] = []
    if not _DIGIT.search(text):
        return text, None
    for kind, pattern in _FORMS:
        for match in pattern.finditer(text):
            found.append(_read(kind, [group for group in match.groups() if group]))
        text = pattern.sub(" ", text)
    if len(found) < 2:
        return text, found[0] if found else None
    first, last = min(years.first for years in found), max(years.last for years in found)
    return text, Years(first, last, max(years.spare for years in found))


def _read(kind: str, told: list[str]) -> Years:
    numbers = [int(number) for number in told]
    if kind in ("age", "age of"):
        age, year = numbers if kind == "age" else reversed(numbers)
        return Years(year - age - 1, year - age, OF_AGE)
    if kind == "span":
        return Years(min(numbers), max(numbers))
    spare = numbers[1] if kind == "give" else ABOUT if kind == "about" else SPARE
    return Years(numbers[0], numbers[0], spare)
