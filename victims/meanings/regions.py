"""Regions as books print them: "Лен. обл.", "Горьковской области", "Алтайский край", "ТАССР"."""

import re
from functools import cache

from victims.meanings.dictionaries import rows

_WORD = r"[а-яіїєґў']+"
#: The words before the kind, from its last letter to its first: so they are read once, from where they end.
_EMAN = re.compile(rf"\s*\.?(?P<name>{_WORD}(?:(?!\.(?:г|с|д|п)[\s.-])(?:\s?-\s?|-?\s?\.|\s+)?{_WORD}){{0,2}})")
_KIND = re.compile(
    r"(?<![а-яіїєґў])(?:обл(?!ик)[а-яі]*|кра[йюеяї][а-яі]*|краев[а-яі]*|кр(?=[.\s]|$)|а\.?с\.?с\.?р|"
    r"авт[а-я.]*\s+[а-я.]*|с\.?с\.?р|ао(?![а-я])|авт\.?\s?обл[а-я]*)"
)
#: Letters before the kind in which a name is looked for: no region's name is longer.
_BEFORE = 60
_KINDS = (("обл", "oblast"), ("кр", "krai"), ("а.с.с.р", "assr"), ("асср", "assr"), ("сср", "ssr"), ("ссср", ""),
          ("с.с.р", "ssr"), ("ао", "ao"), ("авт", "ao"))  # fmt: skip
_BRACKET = re.compile(r"\([^()]*\)")
_ENDING = re.compile(r"(?:(?<=ц)ь?к|ь?сь?к|зьк|н)(?:ая|ой|ую|ий|ый|ого|ому|ом|им|ым|ое|ої|ій|а|у|е|ага|ай|аму)$")
_OF_OBLAST = re.compile(rf"(?<!\w)(?P<name>{_WORD}?)обл(?:суд|прок)")
#: Of regions that a place names together the smallest is told.
_LEVEL = {"ssr": 0, "krai": 1, "assr": 1, "oblast": 2, "ao": 3, "city": 4}
_CITY = re.compile(r"^(?:г(?:ор(?:од)?)?\.?\s?)?москв[аеы](?!\w)(?!\S*\s+(?:губ|обл|уезд|у\.))")


@cache
def _stems() -> dict[tuple[str, str], str]:
    """Return {(stem, kind): slug}; a stem marked "=" counts only with its ending."""
    return {
        (stem.rstrip("ь"), row["kind"]): row["slug"] for row in rows("regions") for stem in row["stems"].split("|")
        if stem
    }  # fmt: skip


@cache
def _level() -> dict[str, int]:
    return {row["slug"]: _LEVEL[row["kind"]] for row in rows("regions")}


@cache
def _words() -> tuple[dict[str, str], re.Pattern[str]]:
    known = {word: row["slug"] for row in rows("regions") for word in row["words"].split("|") if word}
    longest = sorted(known, key=lambda word: (-len(word), word))
    return known, re.compile(rf"(?<![\w-])(?:{'|'.join(map(re.escape, longest))})(?![\w-])")


def _kind(printed: str) -> str:
    return next((kind for begin, kind in _KINDS if printed.startswith(begin)), "")


def _looked_up(name: str, kind: str) -> str | None:
    """Look a name up, shorter by a word of its beginning each time: "г.Саратов Саратовская"."""
    stems = _stems()
    while name:
        whole = re.sub(r"\s|\.(?=-)", "", name).replace("..", ".")
        stem = _ENDING.sub("", whole)
        ended = stem != whole
        stem = stem.rstrip("ь")
        for key in (stem, re.sub(r"\.(?!-)", ".-", stem), stem.replace(".", "")):
            slug = stems.get((key, kind)) or (stems.get((f"={key}", kind)) if ended else None)
            if slug:
                return slug
        name = name[cut.end() :] if (cut := re.search(r"[.\s]+-?", name)) else ""
    return None


def named(text: str) -> set[str]:
    """Return the slugs of all regions that a folded text names with their kind ("… обл.", "… край")."""
    bare = _BRACKET.sub("", text)
    if bare != text and (outside := named(bare)):
        return outside  # "Ленинградская (Новгородская) обл."
    found = set()
    end = 0
    for match in _KIND.finditer(text):
        # The kind is looked for first: it is seldom there, and every word may begin a name.
        name = _EMAN.match(text[max(end, match.start() - _BEFORE) : match.start()][::-1])
        if not name:
            continue
        end, kind = match.end(), _kind(match[0])
        if kind and (slug := _looked_up(name["name"][::-1], kind)):
            found.add(slug)
    for match in _OF_OBLAST.finditer(text):
        if slug := _looked_up(match["name"], "oblast"):
            found.add(slug)
    return found


def _smallest(found: set[str]) -> str | None:
    """Return the smallest of regions, or None where two of its size are named."""
    if len(found) < 2:
        return next(iter(found), None)
    level = _level()
    deepest = max(level[slug] for slug in found)
    last = [slug for slug in found if level[slug] == deepest]
    return last[0] if len(last) == 1 else None


#: Initials of two letters stand for a region beside a body ("УНКВД ЛО"), not in an address.
_SHORTEST_IN_PLACES = 4


def of_place(text: str) -> str | None:
    """Return the region that a place plainly names."""
    found = named(text)
    known, pattern = _words()
    if not found:
        found = {known[hit[0]] for hit in pattern.finditer(text)
                 if len(hit[0]) >= _SHORTEST_IN_PLACES and known[hit[0]] != "moscow"}  # fmt: skip
    if not found and _CITY.match(text):
        return "moscow"
    return _smallest(found)


def of_body(text: str) -> str | None:
    """Return the region of a body: "УНКВД по Омской обл.", "Омского облсуда", "УНКВД ЛО", "НКВД ТАССР"."""
    found = named(text)
    if not found:
        known, pattern = _words()
        found = {known[hit[0]] for hit in pattern.finditer(text)}
    return _smallest(found)
