"""What a printed punishment is: the kind of its main part, and the term as an ISO 8601 duration."""

import re
from functools import lru_cache
from typing import NamedTuple

from victims.entries.clauses import Range
from victims.entries.lexicon import table

# A punishment word lower in the list yields to one of the list above only where the rules below say so.
_MAIN = ("special_settlement", "camp", "prison", "exile", "corrective_labour", "dismissed")
_SIDE = ("rights_deprivation", "dekulakization")


_PATTERNS = {row["kind"]: re.compile(rf"(?<![а-яі])(?:{row['words']})(?![а-яі])") for row in table("kinds.csv")}
_NUMBER_WORDS = {
    "один": 1, "одному": 1, "два": 2, "двум": 2, "три": 3, "трем": 3, "четыре": 4, "четырем": 4, "пять": 5,
    "пяти": 5, "шесть": 6, "шести": 6, "семь": 7, "семи": 7, "восемь": 8, "восьми": 8, "десять": 10, "десяти": 10,
    "пятнадцать": 15, "пятнадцати": 15, "двадцать": 20, "двадцати": 20, "двадцать пять": 25, "двадцати пяти": 25,
}  # fmt: skip
_HALF = r"(?:[.,]5|(?<!ч\.\d)(?<!ч\.\s\d),\s5(?=\s(?:мес|лет|г)))"  # "1,5", "1, 5", but "ч. 1, 5 лет"
_NUMBER = rf"(?P<{{}}>\d{{{{1,3}}}}{_HALF}?|{'|'.join(sorted(_NUMBER_WORDS, key=len, reverse=True))})"
_YEARS = r"(?:лет|год[а-я]*|л\b|г\b|глс|гл\.с|років|роки|рік|гадоў|гады|р\b)"
_MONTHS = r"(?:мес[а-я]*|міс[а-я]*|месяцаў|м-ц[а-я]*)"
_TERM = re.compile(
    rf"(?<![\d.\w/-]){_NUMBER.format('y')}(?:-?[а-я]{{1,3}}(?=\s))?\s?(?:\([а-я ]+\)\s?)?{_YEARS}\.?"
    rf"(?:,?\s*(?:и\s)?{_NUMBER.format('ym')}\s?{_MONTHS})?"
    rf"|(?<![\d.\w/-]){_NUMBER.format('m')}(?:-?[а-я]{{1,3}}(?=\s))?\s?(?:\([а-я ]+\)\s?)?{_MONTHS}"
    rf"|(?<![\d.\w/-])(?P<d>\d{{1,3}})\s?(?:дней|сут[а-я]*|дня|день)"
    rf"|(?:итл|концлагерь|л/с|тюрьма)\s?-\s?(?P<after>\d{{1,2}})(?!\d)"
    # "10+5": ten years and five without rights; "3+3" may be two terms of one.
    rf"|(?<![\d.\w/-])(?P<first>[5-9]|1\d|2[05])\s?\+\s?[1-5](?!\d|\s?л)"
    rf"|(?<![\d.\w/-])(?P<bare>\d{{1,2}})\s(?=итл\b)"
)
_NOT_MAIN = re.compile(
    r"(?:поражен[а-я.]*|пораж[а-я.]*|п/п|лиш[а-я.]*(?!\s+св))\s(?:в\s)?(?:[а-я.]+\s)?(?:прав[а-я]*\s)?(?:сроком\s)?на\s$"
)
#: "10 лет, освобожден 3.10.39", "к 5 годам, дело прекращено": a term that opens the words was the punishment.
_OPENS = re.compile(r"\W*(?:к\W+)?")
#: "6 лет, по отбытии срока ссылка": what is told behind it comes after the punishment.
_AFTERWARDS = re.compile(r"(?<!\w)(?:по\s+(?:отб|оконч)|последующ)")
_WINDOW = 48
#: "(жена Анна, дети: Иван, 8 лет)": ages of those who were exiled with somebody.
_OF_FAMILY = re.compile(
    r"\((?:[^()]*\W)?(?:жена|муж|дети|дет\w{2}|сын|дочь|мать|отец|брат|сестра|семья|дружина|діти)\W[^()]*$"
)
_LONGEST_FAMILY = 200
_SENTENCE_END = re.compile(
    r"(?<=[а-яі)]{3})\.\s(?!(?:(?<=(?:мес|лет|год|ода)\.\s)(?:ит[рлк]|л/с|концлаг\w*|лагер\w*|ссылк\w*|высылк\w*|тюр\w*|принуд\w*|исправ\w*|условно)|(?<=адм\.\s)(?:с?сыл|выс)\w*|(?<=(?:обл|губ|окр|сев|зап)\.\s)(?:на|сроком|край|казах\w*|\w*сср|к\.\sна|кр\.)(?!\w)|раб(?:от)?|робіт|лаг|труд|св(?:об)?|изб)(?!\w))"
)
_LONGEST_REMEMBERED = 120
_TERMLESS = frozenset({"vmn", "dismissed", "dekulakization"})


class Punishment(NamedTuple):
    """The kind and term of a verdict, each with the words that tell it."""

    kind: str
    evidence: Range
    term: str | None
    term_at: Range | None


def read_punishment(folded: str, start: int, end: int) -> Punishment:
    """Read the main punishment of a printed verdict; "other" where no known punishment is named."""
    verdict = folded[start:end]
    found = _remembered(verdict) if len(verdict) < _LONGEST_REMEMBERED else _read(verdict)
    return Punishment(
        found.kind, _shift(found.evidence, start), found.term, found.term_at and _shift(found.term_at, start)
    )


def _shift(place: Range, by: int) -> Range:
    return place[0] + by, place[1] + by


#: "(муж - Осипенко А. Н., расстрелян)": what is told of a relative is no punishment of the person's.
_KIN = re.compile(r"\([^()]*(?<!\w)(?:муж|жена|отец|мать|сын|брат|сестра|чоловік|дружина)\s[^()]*\)")


def without_kin(folded: str) -> str:
    """Return folded words with what brackets tell of relatives blanked, so that places stay."""
    return _KIN.sub(lambda aside: " " * len(aside[0]), folded) if "(" in folded else folded


def _read(verdict: str) -> Punishment:
    verdict, end = without_kin(verdict), len(verdict)
    head = _first_sentence(verdict, 0, end)
    term, term_at = _term(verdict, 0, head)
    kind, evidence = _kind(verdict, 0, head, term_at)
    unread = kind == "other" and head < end
    if unread or (kind == "dekulakization" and _SENT_AWAY.match(verdict, head)):
        term, term_at = _term(verdict, 0, end)
        kind, evidence = _kind(verdict, 0, end, term_at)
    return Punishment(kind, evidence or (0, end), *((None, None) if kind in _TERMLESS else (term, term_at)))


#: "раскулачен. Выслан на спецпоселение": the sentence that follows tells where to.
_SENT_AWAY = re.compile(r"\.\s(?:с\s+семьей\s+)?(?:высла|сосла|высел)")


# Most verdicts are the same few words, printed thousands of times.
_remembered = lru_cache(maxsize=4096)(_read)


def _first_sentence(folded: str, start: int, end: int) -> int:
    for match in _SENTENCE_END.finditer(folded, start, end):
        if folded.count("(", start, match.start()) == folded.count(")", start, match.start()):
            return match.start()
    return end


def _kind(folded: str, start: int, end: int, term_at: Range | None) -> tuple[str, Range | None]:
    found = {
        kind: match.span() for kind, pattern in _PATTERNS.items() if (match := pattern.search(folded, start, end))
    }
    if "vmn" in found:
        return "vmn", found["vmn"]
    main = sorted((kind for kind in _MAIN if kind in found), key=lambda kind: found[kind])
    if "probation" in found and main[:1] != ["dismissed"]:
        return "probation", found["probation"]
    if main[:1] == ["dismissed"] and term_at and _OPENS.fullmatch(folded, start, term_at[0]):
        return "prison", term_at
    if main[:1] == ["exile"] and term_at and _AFTERWARDS.search(folded, term_at[1], found["exile"][0]):
        return "prison", term_at
    if main:
        kind = _stronger(main, found)
        return kind, found[kind]
    rights = found.get("rights_deprivation")
    if term_at and not (rights and rights[0] <= term_at[1] + 1):
        return ("other", None) if _AT_LARGE.search(folded, start, end) else ("prison", term_at)
    return next(((kind, found[kind]) for kind in _SIDE if kind in found), ("other", None))


#: "гласный надзор на 3 года", "3 года прикреплен к определенному месту жительства".
_AT_LARGE = re.compile(r"(?<!\w)(?:надзор|прикреплен)")


def _stronger(main: list[str], found: dict[str, Range]) -> str:
    """The punishment named first is the main one, but the house of its serving decides between two of a family."""
    if main[0] == "exile" and "special_settlement" in found:
        return "special_settlement"
    if main[0] == "prison" and "camp" in found and found["camp"][0] - found["prison"][1] < _WINDOW:
        return "camp"
    if main[0] == "camp" and "corrective_labour" in found and found["corrective_labour"][0] < found["camp"][0]:
        return "corrective_labour"
    return main[0]


def _term(folded: str, start: int, end: int) -> tuple[str | None, Range | None]:
    side = None
    for match in _TERM.finditer(folded, start, end):
        if _OF_FAMILY.search(folded, max(start, match.start() - _LONGEST_FAMILY), match.start()):
            continue
        if _NOT_MAIN.search(folded, max(start, match.start() - _WINDOW), match.start()):
            side = side or match
            continue
        return _duration(match), match.span()
    return (_duration(side), side.span()) if side else (None, None)


def _duration(match: re.Match[str]) -> str | None:
    if match["d"]:
        return f"P{int(match['d'])}D"
    years, half = _number(match["y"] or match["after"] or match["first"] or match["bare"])
    months, half_month = _number(match["ym"] or match["m"])
    months += 6 if half else 0
    text = (f"{years}Y" if years else "") + (f"{months}M" if months else "") + ("15D" if half_month else "")
    return f"P{text}" if text else None


def _number(word: str | None) -> tuple[int, bool]:
    if not word:
        return 0, False
    if word in _NUMBER_WORDS:
        return _NUMBER_WORDS[word], False
    whole, _, half = word.replace(",", ".").partition(".")
    return int(whole), bool(half)
