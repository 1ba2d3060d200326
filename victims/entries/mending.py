"""What scanning and typesetting did to the words of labels and dates, undone before reading.

`mend(text)` gives the text with words parted at line ends made whole, labels with a split, a lost, doubled or
wrong letter set right, missing spaces put in, and letters that stand for digits in dates made digits. Every sign
of it knows where it stands in the printed text, so that what is read from it is told in the printed words. Only
words of the closed list of labels and dates are touched: names, places and charges stay as printed.
"""

import re
from functools import cache, lru_cache
from itertools import pairwise, starmap

from victims.entries import misprints
from victims.entries.clauses import Range
from victims.entries.draft import Draft, Span, printed
from victims.entries.lexicon import words
from victims.entries.misprints import WORD, Edit, known_words
from victims.letters import fold
from victims.meanings import nationality_words

_HYPHEN = re.compile(
    r"(?<=[а-яёіїєґў])(?:[-\u00ad][ \t\r]{0,8}\n\s{0,8}|\u00ad)(?=[а-яёіїєґў])"  # a soft hyphen within a line too
)
_MONTHS = "январ|феврал|март|апрел|ма[яй]|июн|июл|август|сентябр|октябр|ноябр|декабр"
_LIKE = r"[\dOОоoЗзIl]"
_DATE = re.compile(
    rf"(?<![\w.-])(?:(?:(?!\d{{1,2}}\.I{{1,3}}\.){_LIKE}{{1,2}}\.{_LIKE}{{1,2}}\.)?[1Il][789]{_LIKE}{{2}}(?![\w-])|"
    rf"(?=\S?\d){_LIKE}{{2}}(?=\s(?:{_MONTHS})))"
)
_GLUED = re.compile(
    r"[\d.,;](?=[АОПРаопр])(?=Арестован|Осужд[её]н|Приговор|Расстрел|Реабилит|Родил(?:ся|ась)|Проживал|"
    r"арестован|осужден|приговорен|расстрелян|реабилитирован)"
)
# A label with a capital after a word opens a sentence whose point was lost: "пастух Арестован 14 августа".
_UNPARTED = re.compile(
    r"[АЗМОПР](?<=[^\s.,:;!?(\"«–-] .)(?:рестован|аарештован|асуджен|сужд[её]н|риговор[её]н|асстрелян|озстрілян|"
    r"еабилитирован|еабілітован|роживал|риговор:|есто захоронения)"
)
#: "в1918", "8 октября1937 г.", "РИК22 июня", "1937 годаБутурлиновским", "Матвеевич,1899 г. р.".
_GLUED_FIGURES = re.compile(
    rf"(?<![^\W\d_])[вВуУ](?=1[89]\d\d)|(?:(?:{_MONTHS})[а-я]{{0,2}})(?=1[89]\d\d|20[012]\d)|"
    rf"[А-ЯЁ]{{2}}(?=[0-3]?\d\s(?:{_MONTHS}))|\d\sгода(?=[А-ЯЁ])|[а-яё],(?=1[89]\d\d\s?г\.)|"
    r"(?<!\w)(?:[Аа]рестован|[Оо]сужден|[Пп]риговорен|[Рр]асстрелян|[Рр]еабилитирован|[Пп]роживал|[Рр]одилс[ья]|[Рр]одилась)а?"
    r"(?=[А-ЯЁ](?!\.)|\d|[вк](?!\w))|(?<!\w)[Мм]есто(?=захоронения|жительства|проживания)"
)
#: A date one of whose points was lost: "1312.1937", "14.021958".
_POINTLESS = re.compile(
    r"(?<![\w.])(?:(?P<a>[0-3]\d)(?=(?:0\d|1[0-2])\.(?:19[0-9]\d|20[012]\d)(?!\d))|"
    r"(?P<b>[0-3]?\d\.(?:0?\d|1[0-2]))(?=(?:19[0-9]\d|20[012]\d)(?!\d|\.\d)))"
)
_LETTER_OR_FIGURE = re.compile(r"[а-я\d]")
_GLUED_VILLAGE = re.compile(r"(?<=\d\s)в(?:с|д)\.(?=\s?[А-ЯЁІЇЄ][а-яёіїє])")
_GLUED_DATE = re.compile(r"на?(?=\d)")
_BEFORE_GLUED_DATE = re.compile(r"[вежля][аея]$")
#: A line that ends within a sentence; where a name or a place follows, only a long one plainly does.
_WRAP = re.compile(
    r"\n(?:(?<=[^\s.;:!?)»\"\-–—]\n)|(?<=[^\s.;:!?)»\"\-–—] \n))[ \t]{0,8}"
    r"(?:(?=(?P<word>[a-zа-яёіїєґў\d]++))|(?=(?P<name>[А-ЯЁІЇЄҐЎ][\w-]*+)[^:\n]{30}))"
)
_LONG_LINE = 45
#: A word that a line's end had parted, the line since gone: "рус- ский".
_PARTED = re.compile(
    r"(?<![\w-])(?P<first>[а-яёіїєґА-ЯЁІЇЄҐ]{2,12})(?P<gap>-\s)(?P<rest>[а-яёіїєґ]{2,12})(?![\w-])"
)
_DIGITS = str.maketrans("OОоoЗзIl", "00003311")

_SPLIT_MONTH = re.compile(
    r"(?:(?<![\d.,])\d{1,2}|(?<!\w)в)\s(?P<first>[а-я]{1,7})(?P<gap>\s)(?P<rest>[а-я]{1,7})(?=\s[12]\d{3})"
)
_SPLIT_DAY = re.compile(rf"(?<!\d )(?<!п\. )(?<!ч\. )(?<![\w.,-])[12]( )\d\s(?:{_MONTHS})")
_TENS = frozenset("12")
_DATES = (".date", ".withdrawn", "age")


def mend(text: str) -> tuple[str, list[int]] | None:
    """Return the mended text and, for each of its signs, the offset in `text`; None where nothing was to mend."""
    if not _may_be_spoilt(text):
        return None
    split = _split(text)
    edges = {edge for start, end, _ in split for edge in (start, end)}
    spoilt = [one for one in misprints.edits(text) if edges.isdisjoint(one[:2])]  # "Арестова н" lost no letter
    edits = sorted({*_hyphens(text), *_brackets(text), *_wrapped(text), *spoilt, *split, *_glued(text),
                    *_numbers(text), *_days(text), *_unparted(text), *_parted(text), *_columns(text)})  # fmt: skip
    if not edits:
        return None
    made: list[str] = []
    at: list[int] = []
    position = 0
    for start, end, word in edits:
        if start < position:
            continue  # two edits of one place: the first stands
        made.append(text[position:start])
        at.extend(range(position, start))
        made.append(word)
        at.extend(_places(start, end, len(word)))
        position = end
    made.append(text[position:])
    at.extend(range(position, len(text)))
    return "".join(made), [min(place, len(text) - 1) for place in at]


# What stands between two spaces and can be no part of anything to mend: most words are met again and again.
_sound: set[str] = set()
_MOST_SOUND = 1 << 17
_FIRST_WORD = re.compile(r"^-*([^\W\d_]++)(?!-)", re.MULTILINE)
_SPOILT = re.compile(
    rf"\d[OОоoЗзIl]|[OОоoЗзIl]\d|{_GLUED.pattern}|{_GLUED_DATE.pattern}|^в[сд]\.|\u00ad|(?<=\w)-\n|"
    rf"{_GLUED_FIGURES.pattern}|[А-ЯЁ]{{2}}[0-3]?\d$|^года?[А-ЯЁ]|[а-яё],1[89]\d\d$|{_POINTLESS.pattern}",
    re.MULTILINE,
)


def _may_be_spoilt(text: str) -> bool:
    """True when a word may have to be mended; False is certain."""
    if text.startswith(_VARIANTS) and _brackets(text):
        return True
    if text.count(" | ") >= _FEWEST_COLUMNS:
        return True
    if "- " in text and _parted(text):
        return True
    if _UNPARTED.search(text) or (_WRAP.search(text) and _wrapped(text)):
        return True
    words = text.split()
    if _sound.issuperset(words):
        return False
    new = set(words).difference(_sound)
    lines = "\n".join([*new, ""])
    if not _second_halves().isdisjoint(_FIRST_WORD.findall(fold(lines))):
        new = {word for word in new if _second_halves().isdisjoint(_FIRST_WORD.findall(fold(word)))}
        pairs = [pair for pair in pairwise(words) if pair[1] not in _sound]
        if any(starmap(_makes_label, pairs)):
            return True
    if not new.isdisjoint(_TENS):
        if _SPLIT_DAY.search(text):
            return True
        new -= _TENS
    if _SPOILT.search(lines) or misprints.any_in(lines):
        return True
    if len(_sound) > _MOST_SOUND:
        _sound.clear()
    _sound.update(new)
    return False


def _places(start: int, end: int, length: int) -> list[int]:
    """Where the signs of a mended word stand: its first letter is the first printed one, its last the last."""
    if end == start or not length:
        return [start] * length
    return [min(place, end - 1) for place in range(start, start + length - 1)] + [end - 1]


def told_as_printed(draft: Draft, text: str, mended: str, at: list[int]) -> Draft:
    """Return a draft of the mended text as one of the printed text: offsets, and values in the printed words."""

    def back(piece: Range) -> Range:
        start, last = piece[0], piece[1] - 1
        inserted = piece[1] < len(at) and at[last] == at[piece[1]]  # a space put in is printed nowhere
        return at[start], at[last] + (not inserted)

    spans = []
    for slot, pieces, value in draft.spans:
        moved = tuple(back(piece) for piece in pieces)
        if value == printed(mended, pieces) and not slot.endswith(_DATES):  # a year told as "19З7" is 1937
            value = printed(text, moved)
            draft.set(slot, value)
        spans.append(Span(slot, moved, value))
    draft.spans = spans
    draft.labels = [back(piece) for piece in draft.labels if piece[0] < piece[1]]
    draft.remainder = [back(piece) for piece in draft.remainder]
    _keep_dropped(draft, text, at)
    return draft


def _keep_dropped(draft: Draft, text: str, at: list[int]) -> None:
    """Let a letter that mending dropped ("вв 1891") stand with what stands beside it: nothing vanishes."""
    dropped = [place for place in sorted({*range(len(text))}.difference(at)) if text[place].isalnum()]
    if not dropped:
        return
    told, left = bytearray(len(text) + 1), bytearray(len(text) + 1)
    for start, end in (*(piece for span in draft.spans for piece in span.pieces), *draft.labels):
        told[start:end] = b"\1" * (end - start)
    for start, end in draft.remainder:
        left[start:end] = b"\1" * (end - start)
    for place in dropped:
        if not told[place] and not left[place]:
            beside = left[place + 1] or (place and left[place - 1])
            (draft.remainder if beside else draft.labels).append((place, place + 1))
    draft.remainder.sort()


def _hyphens(text: str) -> list[Edit]:
    return [(*match.span(), "") for match in _HYPHEN.finditer(text)]


#: Short words that may follow a label; "родилс я" and "арестован а" have none of them.
_SHORT_WORDS = frozenset(["на", *"виксоуізй"])


_VARIANTS = "(варианты "


def _brackets(text: str) -> list[Edit]:
    """Brackets too many on the line of variants: "(варианты фамилии: Гром); варианты имени: Жан))"."""
    line = text.partition("\n")[0].rstrip()
    if not line.startswith(_VARIANTS) or line.count("(") == line.count(")"):
        return []
    inner = [place for place, sign in enumerate(line) if sign in "()"][1:]
    last = line.endswith(")")
    return [(place, place + 1, "") for place in (inner[:-1] if last else inner)]


def _wrapped(text: str) -> list[Edit]:
    """Ends of lines within a sentence: a book's column, where the next line opens with no label."""
    found, opening = [], misprints.opening_words()
    if sum(fold(word) in opening for word in _FIRST_WORD.findall(text)) > 1:
        return []  # a line for each label: what goes on there is known by its line
    for match in _WRAP.finditer(text):
        inside = match["word"]
        start, end = match.span()
        long = start - text.rfind("\n", 0, start) > _LONG_LINE
        if fold(inside or match["name"]) not in opening and (inside or long):
            found.append((start, end, " "))
    return found


@cache
def _halves() -> dict[str, frozenset[str]]:
    """First parts of label words, and what must follow each to make one."""
    found: dict[str, set[str]] = {}
    for word in known_words():
        for number in range(1, len(word)):
            if word[number:] not in _SHORT_WORDS:
                found.setdefault(word[:number], set()).add(word[number:])
    return {first: frozenset(rest - known_words()) for first, rest in found.items()}


def _parted(text: str) -> list[Edit]:
    """Words of the closed lists that a hyphen and a space part; whatever else stands so stays as printed."""
    told = [match for match in _PARTED.finditer(text) if fold(match["first"] + match["rest"]) in _listed()]
    return [(*match.span("gap"), "") for match in told]


@cache
def _listed() -> frozenset[str]:
    lists = [words(f"{name}.txt") for name in ("education_words", "party_words", "nationalities")]
    punishments = "расстрел расстрелу лагеря лагерей концлагеря ссылки высылки тюрьмы годам".split()
    return frozenset().union(*lists, nationality_words(), misprints.names_of_months(), punishments)


@cache
def _second_halves() -> frozenset[str]:
    return frozenset().union(*_halves().values())


@lru_cache(maxsize=1 << 12)
def _makes_label(first: str, second: str) -> bool:
    """True when a word may be the first part of a label, and the next begins with what must follow it."""
    rest = WORD.match(second.lstrip("-"))
    return rest is not None and fold(rest[0]) in _halves().get(fold(first.strip("-")), ())


def _split(text: str) -> list[Edit]:
    """Label words with a space or a hyphen inside: "Арес тован", "Рас- стрелян"."""
    folded, halves = fold(text), _halves()
    edits = []
    before: re.Match[str] | None = None
    for match in WORD.finditer(folded):
        if (
            before
            and match.group() in halves.get(before.group(), ())
            and folded[before.end() : match.start()].strip(" -\n") == ""
        ):
            edits.append((before.end(), match.start(), ""))
        before = match
    return edits


def _glued(text: str) -> list[Edit]:
    """Labels without the space before or after them: "1937г.Арестован5 августа"."""
    places = [
        match.end()
        for match in _GLUED.finditer(text)
        if match[0].isdigit() or _LETTER_OR_FIGURE.match(text[match.start() - 1 : match.start()])
    ]
    places += [
        match.end()
        for match in _GLUED_DATE.finditer(text)
        if _BEFORE_GLUED_DATE.search(text[max(match.start() - 2, 0) : match.start()])
    ]
    places += [match.start() + 1 for match in _GLUED_VILLAGE.finditer(text)]
    places += [match.end() for match in _GLUED_FIGURES.finditer(text)]
    points = [match.end() for match in _POINTLESS.finditer(text)]
    return [(place, place, " ") for place in places] + [(point, point, ".") for point in points]


def _unparted(text: str) -> list[Edit]:
    """A line ends before each label that no point parts from the word before it."""
    return [(match.start() - 1, match.start(), "\n") for match in _UNPARTED.finditer(text)]


#: So many bars part the columns of a table; fewer may stand for anything.
_FEWEST_COLUMNS = 4


def _columns(text: str) -> list[Edit]:
    """Bars between the columns of a table: each column is a line."""
    if text.count(" | ") < _FEWEST_COLUMNS:
        return []
    return [(match.start(), match.end(), "\n") for match in _BAR.finditer(text)]


_BAR = re.compile(r" \| (?=\S)")


def _days(text: str) -> list[Edit]:
    """A day of two figures, or a month, with a space inside: "1 6 мая", "дека бря"."""
    months = misprints.names_of_months()
    parted = [match for match in _SPLIT_MONTH.finditer(text) if fold(match["first"] + match["rest"]) in months]
    return [(*match.span(1), "") for match in _SPLIT_DAY.finditer(text)] + [
        (*match.span("gap"), "") for match in parted
    ]


def _numbers(text: str) -> list[Edit]:
    """Letters that stand for digits in dates: "19З7"."""
    return [
        (*match.span(), match.group().translate(_DIGITS))
        for match in _DATE.finditer(text)
        if not match.group().replace(".", "").isdigit()
    ]
