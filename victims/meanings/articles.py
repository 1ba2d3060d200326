"""Articles of a code as books print them: "58-10 ч.1", "58, п. 10, 11", "19-58-1 «б»", "72 УК БССР", "КРТД"."""

import re
from functools import cache
from typing import NamedTuple

from victims.meanings.dictionaries import rows

Piece = tuple[int, int]


class Article(NamedTuple):
    """One article: its code ("58-10.1 RSFSR") and the pieces of the text that tell it."""

    code: str
    pieces: tuple[Piece, ...]


#: Latin letters for the marks of points: 58-1а is 58-1a.
_LETTERS = dict(zip("абвгдезиклмн", "abvgdeziklmn", strict=True))
_NUMBER = r"(?<![\d№/])(?<!\d[.:])"
_NO_YEAR = r"(?!\s*(?:г\b|гг|года|лет|год\b|%))"
_END = rf"(?!\d)(?!\s?[./:]\s?\d){_NO_YEAR}"
_LETTER = r'(?:\s?-?\s?"?\s?(?P<letter{0}>[абвгд]|(?<=")[езиклмн])\s?"?(?![а-яіїє.]))?'
_PART = r"(?:\s*,?\s*(?:ч|част[ьи])\.?\s*(?P<part{0}>\d|і{{1,3}})(?![\dі]))?"
_BASE = re.compile(
    rf"(?P<via>1[679]\s?[-,/.]\s?(?:ст\.?\s?)?(?=5[489])|2[024]\s?-\s?(?=[5-9]\d\D|1\d\d\D)|[78]\s?[-,]\s?(?=3[58]\s+ук))?"
    rf"(?P<base>{_NUMBER}(?:5[48](?!\d)|(?:1[5-9]|[2-9]\d|[12]\d\d)(?!\d|\s?-\s?(?:3[2-9]|[4-9]\d|1\d\d)){_END}))"
    r"(?:(?<!5[489])\s?-\s?(?P<sign>[1-9]|[12]\d|3[01])(?!\d))?"
    + _LETTER.format("") + _PART.format("")
)  # fmt: skip
_MARK = (
    r"\s?-\s?(?:п{1,2}\.?\s?)?|\s*[.,]?\s*[плд]{1,2}(?:\.?\s?п)?(?:ункт\w*)?[.,]?\s*|\s*,\s*(?:и\s+)?-?\s?|"
    r"\s+и\s+|\s?/\s?|\s*;\s*|\.\s?(?=\d)|\s+(?=1)"
)
_POINT = re.compile(
    rf"(?P<mark>{_MARK})(?P<point>1[0-4]|0?[1-9]|і)(?![\d/])(?!\s?[/:]\s?\d)(?!\.\s?(?:\d\d\.|19|20)){_NO_YEAR}"
    + _LETTER.format("2") + _PART.format("2")
)  # fmt: skip
_CODE = re.compile(
    r'[\s,."]*(?:\(?\s*(?:ук|кк)\s+(?P<whose>[а-я]+(?:\s?сср)?)|уголовного\s+кодекса\s+(?P<other>рсфср))'
)
_BEFORE = re.compile(r"(?P<part>(?:ч|част[ьи])\.?\s*(?P<number>\d)\s*,?\s*)?(?:ст(?:ат\w*)?\.?[\s,]*){1,2}")
_NEXT = re.compile(r"\s*(?:[,;/]|\bи\b|\bта\b|і(?=\s))?\s*(?:\bи\b)?\s*(?:ст(?:ат\w*)?\.?\s*){0,2}")
_WHOSE = {"рсфср": "RSFSR", "усср": "UkSSR", "урср": "UkSSR", "уср": "UkSSR", "усрр": "UkSSR", "бсср": "BSSR",
          "ссср": "USSR", "казсср": "KazSSR", "казахской сср": "KazSSR", "узсср": "UzSSR", "гсср": "GSSR",
          "грузсср": "GSSR", "азсср": "AzSSR", "армсср": "ArmSSR", "туркмсср": "TurkmSSR", "таджсср": "TajSSR",
          "тадж": "TajSSR", "узб": "UzSSR", "киргсср": "KirSSR", "рф": "RF"}  # fmt: skip
#: A point that was printed apart from its article, in a list: "58 … 11".
_APART = re.compile(r"^((?:1[679]-)?5[48]) (\d)")
_WORDS = re.compile(r"[а-яіїє]+")


@cache
def _lettered() -> dict[str, str]:
    """Return {folded letters: code} of the articles that the Special Council named by letters."""
    return {form: row["code"] for row in rows("article") for form in row["forms"].split("|")}


def meaning(text: str) -> str | None:
    """Return the code of the one article that a folded form tells, or None where it tells none or several."""
    text = _APART.sub(r"\1-\2", text)
    found = find(text, 0, len(text), text.upper())
    told = {article.code for article in found}
    return told.pop() if len(told) == 1 else None


def find(folded: str, start: int, end: int, printed: str) -> list[Article]:
    """Return the articles that a charge (a range of the folded text) tells, in printed order.

    A list begins at the beginning of the charge, after "ст.", or with a point of article 58 (54 in Ukraine).
    Letters count only where they are ``printed`` as capitals.
    """
    found: list[Article] = []
    position = start
    while (begin := _list_from(folded, position, end, start)) is not None:
        told, position = _list(folded, *begin, end)
        found += told
    return found or _letters(folded, start, end, printed)


_OPENING = re.compile(
    r"(?<!\w)(?:ч\.?\s?\d\s*,?\s*)?ст(?:ат\w*)?(?:\.\s*|\s+)(?=\D{0,6}\d)"
    r"|(?<![\d.,/№-])(?<!№\s)(?:(?:1[679]\s?-\s?)?5[48]\s?[-/]\s?\d|"
    r"(?:[78]\s?[-,]\s?)?\d{2,3}(?:\s?[а-г])?(?:,\s?\d{2,3}){0,9}\s+ук\s)"
)
_FIRST = re.compile(
    r"\W*(?:(?:осужд\w*|обв\w*|пригов\w*)\.?\s+)?(?:по\s+)?(?=(?:[78]\s?[-,]\s?(?=3[58]\s+ук))?\d{2,3}(?!\d)(?:(?<=5[48])|(?<=19)|(?!\s?[./]\s?\d)))"
)


def _list_from(folded: str, position: int, end: int, start: int) -> tuple[int, int] | None:
    """Return where the next list begins, and where its first number may be looked for."""
    if position == start and (first := _FIRST.match(folded, start, end)):
        return first.end(), first.end()
    opening = _OPENING.search(folded, position, end)
    return (opening.start(), opening.start()) if opening else None


def _list(folded: str, begin: int, position: int, end: int) -> tuple[list[Article], int]:
    """Read one list of articles; return them and where it ended."""
    made: list[tuple[str, list[Piece]]] = []
    after = position
    before = _BEFORE.match(folded, position, end)
    part = before["number"] if before and before["part"] else ""
    lead = [before.span("part")] if part else []
    position = before.end() if before else position
    while base := _BASE.match(folded, position, end):
        told, after = _points(folded, base, end)
        if part and told and "." not in told[-1][0]:
            told[-1] = (f"{told[-1][0]}.{part}", [*lead, *told[-1][1]])
        part = ""
        made += told
        follows = _NEXT.match(folded, after, end)
        if not follows or follows.end() == after:
            break
        position = follows.end()
    whose = _CODE.match(folded, after, end)
    name = _WHOSE.get(whose["whose"] or whose["other"]) if whose else None
    if name:
        piece = (after + len(whose[0]) - len(whose[0].lstrip(' ,."(')), whose.end())
        made = [(f"{code} {name}", [*pieces, piece]) for code, pieces in made]
        after = whose.end()
    return [Article(code, _joined(folded, pieces)) for code, pieces in made], max(after, begin + 1, position)


def _points(folded: str, base: re.Match[str], end: int) -> tuple[list[tuple[str, list[Piece]]], int]:
    """Read an article and its points: 58-10, 11 is 58-10 and 58-11; 58-10-1 is part 1 of 58-10."""
    number = (f"{re.match('[0-9]+', base['via'])[0]}-" if base["via"] else "") + base["base"]
    number += f"-{base['sign']}" if base["sign"] else ""
    head = [(base.start(), base.end())]
    alone = number + _LETTERS.get(base["letter"] or "", "") + (f".{_digit(base['part'])}" if base["part"] else "")
    if base["base"] not in ("58", "54", "59"):
        return [(alone, head)], base.end()
    told: list[tuple[str, list[Piece]]] = []
    after, last = base.end(), 0
    while point := _POINT.match(folded, after, end):
        figure = 1 if point["point"] == "і" else int(point["point"])
        if not point["mark"].strip(" ") and figure <= last:
            break
        if told and point["mark"].strip() == "-" and figure < 3 <= last and not point["letter2"]:
            told[-1] = (f"{told[-1][0]}.{figure}", [*told[-1][1][:-1], (told[-1][1][-1][0], point.end())])
        else:
            if base["base"] == "59" and told:
                break
            code = f"{number}-{figure}{_LETTERS.get(point['letter2'] or '', '')}"
            code += f".{_digit(point['part2'])}" if point["part2"] else ""
            begin = point.start("point") if told else point.start()
            told.append((code, [*head, (begin, point.end())]))
        after, last = point.end(), figure
    if not told and re.match(r"\s?-\s?\d", folded[after : after + 3]):
        return [], after  # a point that the code does not have
    return told or [(alone, head)], after


def _digit(printed: str) -> str:
    return printed if printed.isdigit() else str(len(printed))


def _joined(folded: str, pieces: list[Piece]) -> tuple[Piece, ...]:
    """Make pieces one where nothing but space stands between them."""
    joined: list[Piece] = []
    for start, end in sorted(pieces):
        if joined and not folded[joined[-1][1] : start].strip():
            joined[-1] = (joined[-1][0], end)
        else:
            joined.append((start, end))
    return tuple(joined)


def _letters(folded: str, start: int, end: int, printed: str) -> list[Article]:
    known = _lettered()
    return [
        Article(known[word[0]], (word.span(),))
        for word in _WORDS.finditer(folded, start, end)
        if word[0] in known and printed[word.start() : word.end()].isupper()
    ]
