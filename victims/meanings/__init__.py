"""What printed forms mean (pure): `meaning_of("nationality", "белорус")` is "belarusian", of an unknown form None.

The dictionaries are `data/*.tsv`: code, its names in three languages, and the words or the pattern that books
print. None is "not recognised", never "unknown": a form whose words may mean two things has no meaning.
"""

import re

from victims.letters import fold
from victims.meanings import articles, bodies, dictionaries, occupations, regions
from victims.meanings.articles import Article
from victims.meanings.articles import find as find_articles

__all__ = [
    "KINDS", "Article", "codes_of", "find_articles", "label_of", "meaning_of", "nationality_words", "region_of",
]  # fmt: skip

_MEANINGS = {
    "nationality": dictionaries.nationality,
    "citizenship": dictionaries.citizenship,
    "social_origin": dictionaries.social_origin,
    "education": dictionaries.education,
    "party": dictionaries.party,
    "occupation": occupations.meaning,
    "body": bodies.meaning,
    "article": articles.meaning,
}
#: The dictionaries of printed forms (`vocabulary.FormKind`) that have a meaning.
KINDS = tuple(_MEANINGS)
#: A longer form tells a story, not one meaning.
LONGEST = 400
_AROUND = re.compile(r'^[\s.,;:"]+|[\s,;:"]+$')


def meaning_of(kind: str, text: str) -> str | None:
    """Return the code that a printed form of a kind means, or None where it is not recognised.

    Codes: of `data/KIND.tsv`; a class of school has its number ("classes_7"); a body has what tells it from
    others of its kind after a space: a region's slug, or the authority ("troika leningrad-oblast",
    "special_council nkvd"); an article is "58-10.1 RSFSR" (point, part, code of the republic where printed).
    """
    told = _MEANINGS.get(kind)
    return told(_plain(text)) if told and len(text) <= LONGEST else None


def region_of(text: str) -> str | None:
    """Return the slug of the region that a printed place plainly names, or None."""
    return regions.of_place(_plain(text)) if len(text) <= LONGEST else None


def codes_of(kind: str) -> tuple[str, ...]:
    """Return the codes of a dictionary of kinds of words."""
    return tuple(row["code"] for row in dictionaries.rows(kind))


def label_of(kind: str, code: str, language: str) -> str:
    """Return what a code is called in a language ("ru", "uk", "en"); the code itself where it has no name."""
    return dictionaries.label(kind, code, language)


def nationality_words() -> frozenset[str]:
    """Return the single words, folded, that tell a nationality."""
    return frozenset(form for form in dictionaries.nationalities() if " " not in form)


def _plain(text: str) -> str:
    return _AROUND.sub("", " ".join(fold(text).split()))
