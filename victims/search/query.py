"""What was typed: parts of a name and years of birth (pure)."""

import re
from dataclasses import dataclass
from itertools import combinations, pairwise, permutations

from memorial.coded import gettext_noop as _
from victims.names import name_words, tokens
from victims.names.splitting import TITLES

LONGEST = 200
MOST_TOKENS = 8
# Whole sentences, since they are translated as they stand.
TOO_LONG = _("The query is too long: type at most 200 characters.")
TOO_MANY_WORDS = _("The query has too many words: type at most 8.")
ONLY_A_YEAR = _("Type a name: a year alone finds too many.")
_YEARS = re.compile(r"(1[789]\d\d|20[012]\d)(?:-(1[789]\d\d|20[012]\d))?")
#: A year typed with a name is often remembered wrongly by a little.
TOLERANCE = 2


class QueryError(ValueError):
    """A query that cannot be answered; the message says what to type instead."""


@dataclass(frozen=True)
class Query:
    """The folded words of a name, and the birth years asked for (first, last) or None."""

    words: tuple[str, ...]
    years: tuple[int, int] | None


def read(text: str) -> Query:
    """Return what a typed query asks for. Raises QueryError for what is too long or no name at all."""
    if len(text) > LONGEST:
        raise QueryError(TOO_LONG)
    words, years = [], None
    for token in tokens(_storable(text)):
        match = _YEARS.fullmatch(token)
        if match:
            first, last = int(match[1]), int(match[2] or 0)
            years = (min(first, last), max(first, last)) if last else (first - TOLERANCE, first + TOLERANCE)
        else:
            words += name_words(token)
    if len(words) > MOST_TOKENS:
        raise QueryError(TOO_MANY_WORDS)
    return Query(tuple(words), years)


#: The keys of a Russian keyboard where a Latin one types these.
_KEYS = str.maketrans(
    "qwertyuiop[]asdfghjkl;'zxcvbnm,.`" + "QWERTYUIOP{}ASDFGHJKL:\"ZXCVBNM<>~",
    "йцукенгшщзхъфывапролджэячсмитьбюё" + "ЙЦУКЕНГШЩЗХЪФЫВАПРОЛДЖЭЯЧСМИТЬБЮЁ",
)


def on_russian_keys(text: str) -> str:
    """Return what would have been typed on a Russian keyboard: "bdfyjd" is "иванов"."""
    return text.translate(_KEYS)


def _storable(text: str) -> str:
    """Return a text without what no database holds and no name has: NUL, halves of surrogate pairs."""
    return text.replace("\0", " ").encode(errors="ignore").decode()


def untitled(words: tuple[str, ...]) -> tuple[str, ...]:
    """Return the words without the titles of the clergy, which are no part of a name in the index."""
    return tuple(word for word in words if word not in TITLES)


def phrases(words: tuple[str, ...]) -> list[str]:
    """Return every run of neighbouring words: each may be one part of a name."""
    return [" ".join(words[start:end]) for start, end in combinations(range(len(words) + 1), 2)]


def readings(words: tuple[str, ...], kinds: tuple[str, ...]) -> list[dict[str, str]]:
    """Return the ways to read the words as parts of a name, in any order: [{kind: phrase}]."""
    found = []
    for count in range(1, min(len(kinds), len(words)) + 1):
        for cuts in combinations(range(1, len(words)), count - 1):
            edges = (0, *cuts, len(words))
            groups = [" ".join(words[a:b]) for a, b in pairwise(edges)]
            found += [dict(zip(order, groups, strict=True)) for order in permutations(kinds, count)]
    return found
