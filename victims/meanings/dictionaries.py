"""The dictionaries of `data/` and how a form is looked up in them: whole words, or the first pattern that fits."""

import re
from collections.abc import Callable
from functools import cache
from pathlib import Path

DATA = Path(__file__).parent / "data"
LANGUAGES = ("ru", "uk", "en")


@cache
def rows(name: str) -> tuple[dict[str, str], ...]:
    """Return the rows of `data/NAME.tsv`; lines that begin with "#" tell of the file."""
    lines = (DATA / f"{name}.tsv").read_text(encoding="utf-8").splitlines()
    head, *told = (line.split("\t") for line in lines if line and not line.startswith("#"))
    return tuple(dict(zip(head, cells, strict=True)) for cells in told)


@cache
def nationalities() -> dict[str, str]:
    """Return {folded form: code} of the nationalities."""
    return {form: row["code"] for row in rows("nationality") for form in row["forms"].split("|")}


def label(kind: str, code: str, language: str) -> str:
    """Return what a code is called; a number that it ends in, or what it is told apart by, follows the name."""
    names = {row["code"]: row for row in rows(kind)} if (DATA / f"{kind}.tsv").exists() else {}
    if code in names:
        return names[code][language if language in LANGUAGES else "en"]
    base, mark, rest = code.partition(" ") if " " in code else code.rpartition("_")
    if not mark or base not in names:
        return code
    name = names[base][language if language in LANGUAGES else "en"]
    return f"{name}: {rest}" if rest.isdigit() else name


@cache
def _patterns(name: str) -> tuple[tuple[str, re.Pattern[str]], ...]:
    return tuple((row["code"], re.compile(row["pattern"])) for row in rows(name))


def first_fit(name: str, text: str, *, anywhere: bool = True) -> str | None:
    """Return the code of the first pattern of a dictionary that a folded text has, a number it holds after it."""
    for code, pattern in _patterns(name):
        found = pattern.search(text) if anywhere else pattern.match(text)
        if found:
            return f"{code}_{found[1]}" if found.re.groups else code
    return None


_OTHER = re.compile(
    r"\s*[(\[]?\s*(?:(?:по|за)\s+(?:др\w*\.?|иным|іншими)\s+(?:данным|сведениям|источникам|даними)|или|або)?\W*"
)


def nationality(text: str) -> str | None:
    """Return the people; of a form that tells two ("поляк (белорус)") only where both are one."""
    known = nationalities()
    if text.strip(".()") in known:
        return known[text.strip(".()")]
    first, _, second = text.partition("(")
    if second:
        told = {known.get(part.strip(" .)?")) for part in (first, _OTHER.sub("", second, count=1))}
        return told.pop() if len(told) == 1 else None
    before, _, last = text.rpartition(" ")
    return known.get(last) if before in _QUALIFIERS and last in known else None


#: Words that tell where a member of a people is from, not which people it is.
_QUALIFIERS = frozenset(
    ("польский", "польская", "волжский", "поволжский", "литовский", "этнический", "сибирский", "казанский",
     "грузинский", "немецкий", "русский")
)  # fmt: skip


def _by_patterns(name: str, *, anywhere: bool) -> Callable[[str], str | None]:
    return lambda text: first_fit(name, text, anywhere=anywhere)


citizenship = _by_patterns("citizenship", anywhere=True)
social_origin = _by_patterns("social_origin", anywhere=True)
education = _by_patterns("education", anywhere=False)
party = _by_patterns("party", anywhere=False)
