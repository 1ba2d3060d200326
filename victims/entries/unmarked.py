"""Clauses of a description whose comma was lost, or printed as a point: "г. Харбин еврей, б/п. Токарь"."""

import re
from functools import lru_cache

from victims.entries.lexicon import words
from victims.meanings import nationality_words

_NATIONALITY = words("nationalities.txt") | nationality_words()
_GEO = words("geo_words.txt") | {"асср", "сср", "бсср", "усср", "рсфср", "нсо"}
_TOKEN = re.compile(r"\w+(?:[/\\-]\w+)*")
#: What follows a nationality and is no part of it.
_TRAIT = re.compile(
    r"[\s.]+(?=(?:б/п|бесп|безп|позап|член\s|чл\.|канд\.|обр|осв|из\s|із\s|мало|негр|неп|грамот|крестьян|рабоч|служащ)\w*)"
)
_STOP = re.compile(r"\.\s+(?=\w{3})(?!а?сср(?!\w)|подд|гражд)")  # "поляк. ксендз"
_PARTY_ALONE = re.compile(
    r"\s*(?:(?:б/п|беспартийн(?:ый|ая)|безпартійн(?:ий|а)|член\s+вкп\(б\)"
    r"(?:\s+[св]\s+\d{4}(?:\s?-\s?\d{4})?+(?:\s?г(?:г?\.|ода|оду|ю))?+)?+)"
    r"(?P<cut>[.\s]+)(?!(?:[свдиг]|гг|год[а-я]*|до|по|из|исключ\w*|выбы\w+|быв\w*|ранее|в\s|кп|\d{4})(?!\w)|[-(])(?=\w))"
)
_SCHOOLING = re.compile(
    r"(?:образование\s+\w+|грамотн(?:ый|ая)|початкова|неписьменна|неписьменний)(?P<cut>[.\s]+)"
    r"(?=(?:б/п|беспарт|безпарт|позапарт|член\s))"
)
_LONGEST = 120


def part_again(folded: str, parts: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """Return the clauses of a description, those parted that have lost the mark between them."""
    made, placed = [], not any(folded[start:end].strip(" .") in _NATIONALITY for start, end in parts)
    for start, end in parts:
        at = start
        if end - start <= _LONGEST:
            for stop, begin in _cuts(folded[start:end], placed):
                made.append((at, start + stop))
                at = start + begin
        made.append((at, end))
    return made


@lru_cache(maxsize=1 << 14)
def _cuts(clause: str, placed: bool) -> tuple[tuple[int, int], ...]:
    """Return where a part of a clause ends and the next begins; ``placed``: a place may end with a nationality."""
    found = set()
    tokens = list(_TOKEN.finditer(clause))
    for number, token in enumerate(tokens):
        if token[0] in _NATIONALITY:
            trait = _TRAIT.match(clause, token.end()) or (not number and _STOP.match(clause, token.end()))
            if trait:
                found.add(trait.span())
            if placed and (trait or not clause[token.end() :].strip(" .")) and _ends_place(tokens[:number]):
                found.add((token.start(), token.start()))
    for told in (_PARTY_ALONE.match(clause), _SCHOOLING.search(clause)):
        if told:
            found.add(told.span("cut"))
    return tuple(sorted(found))


def _ends_place(tokens: list[re.Match[str]]) -> bool:
    """Return whether words end with a place: "г. Харбин", "Симбирская губ."."""
    if len(tokens) < 2:
        return False
    return tokens[-1][0] in _GEO or tokens[-2][0] in _GEO
