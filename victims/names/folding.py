"""The form under which name parts are compared, and the splitting of typed names into such parts."""

import re
import unicodedata
from functools import lru_cache

from victims.names import hangul

#: Marks that carry no letter: apostrophes, primes, quotation marks, soft hyphens, invisible characters.
_DROPPED = "'`\"´‘’‚‛“”„‟«»‹›′″‵‶ʹʺʻʼʽˈˊˋ՚׳״＇＂\u00ad\u034f\u200b\u200c\u200d\u200e\u200f\u2060\ufeff"
_DASHES = "‐‑‒–—―−⁃﹘﹣－"
_TABLE = {ord(mark): None for mark in _DROPPED} | {ord(dash): "-" for dash in _DASHES} | {ord("ё"): "е"}

_PLAIN = re.compile(r"[а-яa-z]+").fullmatch
#: Most printed words: nothing to compose in them, and of the marks only those that typists have.
_SIMPLE = re.compile(r"""[а-яіїєґўa-z0-9 .,;:()/«»"'-]+""").fullmatch
#: A stress mark over a Cyrillic vowel is the editor's, not part of the name.
_STRESS = re.compile("(?<=[аеиоуыэюяіїє])[\u0300\u0301]")
_AROUND_HYPHEN = re.compile(r"\s*-\s*")
_BETWEEN = re.compile(r"[\s,;:.…/()\[\]{}]+")


@lru_cache(maxsize=1 << 16)
def fold(text: str) -> str:
    """Return the form under which a name part is compared.

    Lower case, NFKC, ё as е; apostrophes, quotation marks, soft hyphens and stress marks gone; every dash
    a "-" without spaces around it; runs of spaces one space. Scripts, other diacritics, points and
    hyphens stay. `fold(fold(x)) == fold(x)`; empty for a text of nothing but such marks.
    """
    lowered = text.lower().replace("ё", "е")
    if _PLAIN(lowered):
        return lowered
    if _SIMPLE(lowered):
        for mark in "«»\"'":
            lowered = lowered.replace(mark, "")
        words = " ".join(lowered.split())
        return _AROUND_HYPHEN.sub("-", words) if "-" in words else words
    # One step can make work for another (a dropped mark lets two characters compose), so go on to the end.
    folded = _fold_once(text)
    while (again := _fold_once(folded)) != folded:
        folded = again
    return folded


def _fold_once(text: str) -> str:
    composed = unicodedata.normalize("NFKC", text).lower()
    composed = unicodedata.normalize("NFKC", _STRESS.sub("", composed.translate(_TABLE)))
    return " ".join(_AROUND_HYPHEN.sub("-", composed.translate(_TABLE)).split())


def tokens(text: str) -> list[str]:
    """Split a typed query or a printed name into folded parts, in their order.

    White space, commas, brackets and points divide ("Иванов И.И." gives three); a hyphenated part stays
    whole, hyphens at its ends go. Empty where nothing is left. Korean letters become Latin ones.
    """
    parts = (part.strip("-") for part in _BETWEEN.split(fold(text)))
    return [word for part in parts if part for word in hangul.spelt(part).split()]


@lru_cache(maxsize=1 << 16)
def cased(name: str) -> str:
    """Return a name printed in capitals ("ДЖУГА-ШВИЛИ") with a capital at the start of its parts only."""
    return (
        re.sub(r"[^\W\d_]+", lambda part: part[0].capitalize(), name) if len(name) > 1 and name.isupper() else name
    )
