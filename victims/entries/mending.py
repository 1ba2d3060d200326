"""What scanning and typesetting did to the words of labels and dates, undone before reading.

`mend(text)` gives the text with words parted at line ends made whole, labels with a split, a lost, doubled or
wrong letter set right, missing spaces put in, and letters that stand for digits in dates made digits. Every sign
of it knows where it stands in the printed text, so that what is read from it is told in the printed words. Only
words of the closed list of labels and dates are touched: names, places and charges stay as printed.
"""

import re
from functools import cache, lru_cache
from itertools import pairwise, starmap

from victims.entries.clauses import Range
from victims.entries.draft import Draft, Span, printed
from victims.entries.lexicon import labels
from victims.letters import fold

_KINDS = frozenset({"birth", "residence", "arrest", "convict", "verdict", "shot", "burial", "rehabilitation"})
_SHORTEST = 7
_END = 3
_HYPHEN = re.compile(r"(?<=[а-яёіїєґў])[-\u00ad][ \t\r]{0,8}\n\s{0,8}(?=[а-яёіїєґў])")
# A word that may be a label stands where a sentence or a line begins.
_CAPITALISED = re.compile(r"[А-ЯЁІЇЄA-Z][а-яёіїєa-z]{5,15}(?=[\s:\d])")
_OPENS = re.compile(r"(?:^|[.;,\n)][ \t\r]{0,8}|\d\s)$")
_WORD = re.compile(r"[^\W\d_]+")
_MONTHS = "январ|феврал|март|апрел|ма[яй]|июн|июл|август|сентябр|октябр|ноябр|декабр"
_LIKE = r"[\dOОоoЗзIl]"
_DATE = re.compile(
    rf"(?<![\w.-])(?:(?:{_LIKE}{{1,2}}\.{_LIKE}{{1,2}}\.)?[1Il][789]{_LIKE}{{2}}(?![\w-])|"
    rf"(?=\S?\d){_LIKE}{{2}}(?=\s(?:{_MONTHS})))"
)
_GLUED = re.compile(
    r"[\d.,;](?=[АОПРаопр])(?=Арестован|Осужд[её]н|Приговор|Расстрел|Реабилит|Родил(?:ся|ась)|Проживал|"
    r"арестован|осужден|приговорен|расстрелян|реабилитирован)"
)
_LETTER_OR_FIGURE = re.compile(r"[а-я\d]")
_GLUED_VILLAGE = re.compile(r"(?<=\d\s)в(?:с|д)\.(?=\s?[А-ЯЁІЇЄ][а-яёіїє])")
_GLUED_DATE = re.compile(r"на?(?=\d)")
_BEFORE_GLUED_DATE = re.compile(r"[вежля][аея]$")
_DIGITS = str.maketrans("OОоoЗзIl", "00003311")

_SPLIT_DAY = re.compile(rf"(?<!\d )(?<!п\. )(?<!ч\. )(?<![\w.,-])[12]( )\d\s(?:{_MONTHS})")
_TENS = frozenset("12")
_DATES = (".date", ".withdrawn")

Edit = tuple[int, int, str]


def mend(text: str) -> tuple[str, list[int]] | None:
    """Return the mended text and, for each of its signs, the offset in `text`; None where nothing was to mend."""
    if not _may_be_spoilt(text):
        return None
    edits = sorted({*_hyphens(text), *_letters(text), *_split(text), *_glued(text), *_numbers(text), *_days(text)})
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
_FIRST_WORD = re.compile(r"^-*([^\W\d_]+)", re.MULTILINE)
_SPOILT = re.compile(
    rf"\d[OОоoЗзIl]|[OОоoЗзIl]\d|{_GLUED.pattern}|{_GLUED_DATE.pattern}|^в[сд]\.|\u00ad|(?<=\w)-\n",
    re.MULTILINE,
)


def _may_be_spoilt(text: str) -> bool:
    """True when a word may have to be mended; False is certain."""
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
    if _SPOILT.search(lines) or any(map(_label_of, _CAPITALISED.findall(lines))):
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
    return draft


def _hyphens(text: str) -> list[Edit]:
    return [(*match.span(), "") for match in _HYPHEN.finditer(text)]


@cache
def _words() -> frozenset[str]:
    """Single words of labels, long enough that a letter may be missed."""
    return frozenset(
        form
        for form, kind, _, _ in labels()
        if kind in _KINDS and len(form) >= _SHORTEST and _WORD.fullmatch(form)
    )


@cache
def _near() -> dict[str, str]:
    """Every label word with a letter left out, and which word it is; what could be two words is none."""
    found: dict[str, str] = {}
    for word in sorted(_words()):
        for number in range(len(word)):
            found.setdefault(word[:number] + word[number + 1 :], word)
    return found


@cache
def _ends() -> tuple[frozenset[str], frozenset[str]]:
    """Return how the words of labels begin, and how they end."""
    return frozenset(word[:_END] for word in _words()), frozenset(word[-_END:] for word in _words())


@lru_cache(maxsize=1 << 16)
def _label_of(printed_word: str) -> str | None:
    """Return the label that a word is but for one letter lost, added or wrong; None for any other word."""
    word, known = fold(printed_word), _words()
    heads, tails = _ends()
    # One letter cannot spoil both ends of a word.
    if word in known or (word[:_END] not in heads and word[-_END:] not in tails):
        return None
    near = _near()
    if word in near:
        return near[word]
    # A last letter too many is a form of the word ("приговора"), no misprint.
    left_out = [word[:number] + word[number + 1 :] for number in range(len(word) - 1)]
    whole = next((form for form in left_out if form in known), None)
    if whole or len(word) < _SHORTEST + 1:
        return whole
    return next((near[form] for form in left_out if form in near and len(near[form]) == len(word)), None)


def _letters(text: str) -> list[Edit]:
    edits = []
    for match in _CAPITALISED.finditer(text):
        start, end = match.span()
        label = _label_of(match[0])
        if not label or not _OPENS.search(text[max(start - 10, 0) : start]):
            continue
        if start == 0 and text[end : end + 3] != " в ":
            continue  # a name stands there
        edits.append((start, end, label[0].upper() + label[1:]))
    return edits


@cache
def _halves() -> dict[str, frozenset[str]]:
    """First parts of label words, and what must follow each to make one."""
    found: dict[str, set[str]] = {}
    for word in _words():
        for number in range(2, len(word) - 1):
            found.setdefault(word[:number], set()).add(word[number:])
    return {first: frozenset(rest - _words()) for first, rest in found.items()}


@cache
def _second_halves() -> frozenset[str]:
    return frozenset().union(*_halves().values())


@lru_cache(maxsize=1 << 12)
def _makes_label(first: str, second: str) -> bool:
    """True when a word may be the first part of a label, and the next begins with what must follow it."""
    rest = _WORD.match(second.lstrip("-"))
    return rest is not None and fold(rest[0]) in _halves().get(fold(first.strip("-")), ())


def _split(text: str) -> list[Edit]:
    """Label words with a space or a hyphen inside: "Арес тован", "Рас- стрелян"."""
    folded, halves = fold(text), _halves()
    edits = []
    before: re.Match[str] | None = None
    for match in _WORD.finditer(folded):
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
    return [(place, place, " ") for place in places]


def _days(text: str) -> list[Edit]:
    """A day of two figures with a space between: "1 6 мая"."""
    return [(*match.span(1), "") for match in _SPLIT_DAY.finditer(text)]


def _numbers(text: str) -> list[Edit]:
    """Letters that stand for digits in dates: "19З7"."""
    return [
        (*match.span(), match.group().translate(_DIGITS))
        for match in _DATE.finditer(text)
        if not match.group().replace(".", "").isdigit()
    ]
