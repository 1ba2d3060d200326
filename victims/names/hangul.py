"""Korean names in their own letters, as the ministry writes them in Latin ones: these are read like any."""

import re

_FIRST, _LAST = "가", "힣"
_LEADS = "g kk n d tt r m b pp s ss - j jj ch k t p h".split()
_VOWELS = "a ae ya yae eo e yeo ye o wa wae oe yo u wo we wi yu eu ui i".split()
_TAILS = "- k k k n n n t l k m l l l p l m p p t t ng t t k t p t".split()
#: A name typed together has its surname first, of one syllable; a given name has no more than two.
_TOGETHER = re.compile("([가-힣])([가-힣]{2,3})")
#: Surnames of one letter, as families write them.
_SURNAMES = {"이": "lee", "오": "oh", "우": "woo"}


def spelt(word: str) -> str:
    """Return a Korean word in Latin letters, surname and given name apart; any other as it is."""
    if not _FIRST <= word[:1] <= _LAST:
        return word
    name = _TOGETHER.fullmatch(word)
    surname, given = name.groups() if name else (word, "")
    return f"{_SURNAMES.get(surname) or _together(surname)} {_together(given)}".strip()


def _together(syllables: str) -> str:
    return "".join(_latin(one) if _FIRST <= one <= _LAST else one for one in syllables)


def _latin(syllable: str) -> str:
    lead, rest = divmod(ord(syllable) - ord(_FIRST), len(_VOWELS) * len(_TAILS))
    vowel, tail = divmod(rest, len(_TAILS))
    return f"{_LEADS[lead]}{_VOWELS[vowel]}{_TAILS[tail]}".replace("-", "")
