"""Candidates: the parts of names in the database that a typed word may mean, with how likely each is."""

from dataclasses import dataclass
from functools import lru_cache

from django.db.models import Sum
from rapidfuzz import process
from rapidfuzz.distance import OSA

from victims.models import NamePart
from victims.names import given, indexed
from victims.names.keys import (
    asked_keys,
    asked_sounds,
    classes,
    consonants,
    ended,
    heard_as,
    skeleton,
    stored_sounds,
    whole_keys,
    wide_keys,
)
from victims.names.sounds import first_letters, is_latin, same_surnames, spellings
from victims.search import rows
from victims.search.levels import EXACT, admits
from victims.search.query import is_wild

SURNAME, GIVEN, PATRONYMIC = "s", "g", "p"
#: Parts that share a key with the word; of these, as many are compared that share most keys, and as many whose
#: letters are most like its own (whose key may be the only one that an error left); and parts that are kept.
FETCHED, COMPARED, KEPT, MOST_READINGS = 3000, 25, 60, 12
#: Spellings of a well-known given name that sound as it does.
ALIKE = 12
#: Of the sounds that a word may have, so many are compared in full: those whose letters are most like a part's.
LIKEST = 5
#: How much less other classes count where they are of vowels alone: Долгун is Долган before Долбун.
VOWELS_ALONE = 0.3
#: Below this a part is another name.
LEAST = 0.56
#: How much an initial is like a name that begins so.
INITIAL = 0.8
#: How much half of a double name counts, and a patronymic of another form of the father's name.
HALF, FATHERS, VARIANT = 0.95, 0.951, 0.915
#: A half of a double given name has so many letters.
SHORTEST_HALF = 4
#: How much a surname counts whose Russian ending was left out.
ENDED = 0.93
#: How much a part counts whose letters are like the word's, however it sounds.
BY_LETTERS = 0.94


@dataclass(frozen=True, slots=True)
class Part:
    """A part of a name that a word may mean: 1 is the very word; ``why`` is a code (``reasons``)."""

    id: int
    norm: str
    score: float
    why: str


@lru_cache(maxsize=1 << 14)
def likeness(kind: str, word: str, norm: str) -> tuple[float, str]:
    """Return how alike a typed word and a stored part are, from 0 to 1, and why."""
    if word == norm or word == norm.replace(" ", ""):
        return 1.0, "exact"
    if kind == GIVEN and (len(word) == 1 or len(norm) == 1):
        return _initial(word, norm)
    if kind == GIVEN and " " in norm and " " not in word:
        return max(_whole_likeness(kind, word, norm), _half_likeness(word, norm))
    return _whole_likeness(kind, word, norm)


def _half_likeness(word: str, norm: str) -> tuple[float, str]:
    """Return how alike a word and a half of a double given name are; short ones, as of the East, are no names."""
    halves = [half for half in norm.split(" ") if len(half) >= SHORTEST_HALF]
    score = max((likeness(GIVEN, word, half)[0] for half in halves), default=0.0)
    return HALF * score, "half"


def _whole_likeness(kind: str, word: str, norm: str) -> tuple[float, str]:
    """Return how alike a word and a part are; of a double surname a half is enough."""
    best, whole, asked = 0.0, stored_sounds(kind, norm), asked_sounds(kind, word)
    for number, heard in enumerate(whole):
        weight = 1.0 if number == 0 or " " not in norm else HALF
        best = max(best, weight * _alike(asked, heard, best / weight))
        if kind == PATRONYMIC and best < FATHERS and any(given.fathers_alike(one, heard) for one in asked):
            best = FATHERS
    same = best >= HALF if " " in norm else best > 0.97
    code = "variant" if best == FATHERS else "misspelt" if not same else "half" if " " in norm else "sounds"
    letters = _letters(word, norm)
    best = max(best, BY_LETTERS * letters)  # where a letter is lost, its neighbours sound otherwise
    if kind == GIVEN and best < 1.0 and given.alike(word, norm):
        # Of the forms of a name those are likelier that are written alike: Янис is Ян before he is Жан.
        return VARIANT + letters * 0.03, "variant"
    if kind == GIVEN and best < HALF and given.lengthened(asked, whole):
        best, code = HALF, "half"
    if kind == GIVEN and best < HALF and whole and given.of_the_faith(asked, whole[0]):
        best, code = HALF, "variant"
    return best * 0.93 + letters * 0.06, code


def _letters(word: str, norm: str) -> float:
    """Return how alike the letters are, softness and doubling too: it tells those apart that sound alike.

    What a likelier language reads counts a little more, the very word more than one that is near.
    """
    if not is_latin(word):
        return OSA.normalized_similarity(norm, spellings(word)[0])
    _spelling, score, number = process.extractOne(norm, spellings(word), scorer=OSA.normalized_similarity)
    return score - (0.02 if score == 1.0 else 0.1 * score) * min(number, 5)


def _initial(word: str, norm: str) -> tuple[float, str]:
    """Return how alike an initial and a name are; less by the letters that it seldom stands for.

    Least of a name that begins so in another language only: М. is Микола, so it may be Николай.
    """
    one, other = sorted((word, norm), key=len)
    letters = first_letters(one)
    usual = letters[: 2 if is_latin(one) else 1]
    if other[:1] not in letters:
        return (INITIAL - 0.06, "initial") if given.begins_elsewhere(letters, other) else (0.0, "")
    return (INITIAL if other[:1] in usual else INITIAL - 0.03), "initial"


def _alike(asked: tuple[str, ...], heard: str, best: float = 0.0) -> float:
    """Return how alike a sound and the likest of those asked for are, 0 to 1; 0 where no more than ``best``."""
    found, least = 0.0, min(max((best - 0.45) / 0.55, 0.0), 1.0)
    # All at once, those of the likest letters first: what cannot be more alike than one before is not looked at.
    likest = process.extract(heard, asked, scorer=OSA.normalized_similarity, limit=LIKEST, score_cutoff=least)
    for one, letters, _number in likest:
        if letters == 1.0 or 0.55 * letters + 0.45 <= max(best, found):
            return max(found, float(letters == 1.0))
        rough = OSA.normalized_similarity(classes(one), classes(heard))
        if rough < 1.0:
            rough = max(rough, OSA.normalized_similarity(skeleton(one), skeleton(heard)))
            if consonants(one) == consonants(heard):
                rough += (1.0 - rough) * VOWELS_ALONE
        found = max(found, 0.55 * letters + 0.45 * rough)
    return found


def candidates(kind: str, word: str, *, wide: bool = False) -> list[Part]:
    """Return the parts of one kind that a word may mean, the likeliest first; ``wide`` looks further away."""
    found = _well_known(word) if kind == GIVEN and not wide else {}
    if not found:
        keys = wide_keys(kind, word) if wide else asked_keys(kind, word)
        very = _very(kind, word)
        if wide and kind == GIVEN:
            very += [spelt + end for spelt in spellings(word)[:LIKEST] for end in given.LENGTHS]
        same, others, written = rows.parts_by_keys(keys, whole_keys(kind, word), FETCHED, kind, very)
        found = nearest(word, same, MOST_READINGS) | nearest(word, others) | written
    parts = []
    for pk, norm in found.items():
        score, why = likeness(kind, word, norm)
        if wide and kind == SURNAME:
            score = max(score, _likeness_ended(word, norm))
        if score >= LEAST:
            parts.append(Part(pk, norm, score, why))
    parts.sort(key=lambda part: (-part.score, part.norm))
    return parts[:KEPT]


def _likeness_ended(word: str, norm: str) -> float:
    """Return how alike a surname without its Russian ending and a stored one are."""
    return ENDED * max((_alike(ended(word), heard) for heard in stored_sounds(SURNAME, norm)), default=0.0)


def _well_known(word: str) -> dict[int, str]:
    """Return {id: folded text} of the given names that are one with a word of our own table.

    Of a word in Latin letters also those that sound like it: it has many spellings that no table lists. Who types
    such a name means no other; whoever has it misspelt is found by the surname.
    """
    if not given.is_ours(word):
        return {}
    if not is_latin(word):  # it is spelt in one way or in few, and they are in the table
        return {pk: norm for pk, kind, norm in rows.parts_written(_very(GIVEN, word)) if kind == GIVEN}
    keys = whole_keys(GIVEN, word)
    same, _others, written = rows.parts_by_keys(keys, keys, ALIKE, GIVEN, _very(GIVEN, word))
    return same | written


def meant_by(kind: str, text: str, level: str):
    """Return the parts of a name that are as near to a text as a level asks, for ``column__in``.

    * and ? in the text stand for letters.
    """
    norm = indexed(text)
    if is_wild(norm):
        return NamePart.objects.filter(norm__fits=norm)
    if level == EXACT:
        return NamePart.objects.filter(kind=kind, norm=norm)
    return [part.id for part in candidates(kind, norm) if admits(level, part.why)] if norm else []


def people_called(parts: list[Part]) -> int:
    """Return about how many people have one of these parts, as they were last counted."""
    return NamePart.objects.filter(pk__in=[part.id for part in parts]).aggregate(Sum("people"))["people__sum"] or 0


def nearest(word: str, found: dict[int, str], readings: int = 3) -> dict[int, str]:
    """Return the parts that may be worth comparing, of those that share a key, most keys first.

    They are compared with so many readings of the word, the likeliest.
    """
    if len(found) <= 2 * COMPARED:
        return found
    near = dict(list(found.items())[:COMPARED])
    for letters in spellings(word)[:readings]:
        likely = process.extract(letters, found, scorer=OSA.normalized_similarity, limit=COMPARED)
        near |= {pk: norm for norm, _score, pk in likely}
    return near


def _very(kind: str, word: str) -> list[str]:
    """Return the forms that are this word, one name with it, or its initial."""
    forms = {word, word.replace(" ", "")}
    if kind == SURNAME:
        forms.update(same_surnames(word))
    if kind == GIVEN:
        forms |= {*given.equivalents(word), *first_letters(word[0]), *spellings(word)[:1]}
        if is_latin(word):
            for heard in asked_sounds(GIVEN, word):
                forms |= given.equivalents(heard)
    return sorted(forms)


__all__ = ["GIVEN", "INITIAL", "PATRONYMIC", "SURNAME", "Part", "candidates", "heard_as", "likeness", "nearest"]
