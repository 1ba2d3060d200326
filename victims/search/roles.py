"""Which word of a query is the surname, which the given name, which the patronymic (pure)."""

import re
from dataclasses import dataclass
from functools import lru_cache
from itertools import permutations

from rapidfuzz.distance import OSA

from victims.names import given
from victims.names.sounds import is_latin, is_patronymic, sounds

SURNAME, GIVEN, PATRONYMIC = "s", "g", "p"
#: Orders in which names are written.
USUAL = {"sgp", "gps", "sg", "gs", "s", "g", "gp"}
#: Words that belong to a surname or a patronymic and are often left out.
PARTICLES = frozenset(
    """фон фонъ ван де дер ден ди да ля ле von van de der den di da la le бен ибн
    оглы оглу кызы гызы кизи уулу oğlu oglu oglı ogly qızı kızı gyzy kyzy kizi uulu""".split()
)
#: Endings that only patronymics have, whatever else is called a given name somewhere.
_FATHERS = re.compile(
    r"(?:[оеё]вич|ьич|[оеё]вна|ични?а|[ії]вна|[oe][vw]i?(?:ch?|č|ć|cz|ci|cs|ts|tš|ç|[cs]?[ht]?sch|tch)"
    r"|(?:[oe]|ie|iv|ïv)[vw]n[aа]|i(?:ch?|č|cz|tch|tsch|cs)na)$"
)
#: Ends of patronymics: a mistyped one is still more like a patronymic than like a name.
ENDS = ("ович", "евич", "овна", "евна")
#: How likely it is that words typed apart are one part of the name; short ones, as the names of the East are.
JOINED, SYLLABLES = 0.72, 0.95
#: And that words typed with a hyphen are two parts of it, or one of them none. Short words have so many letters.
PARTED, HALVED, SHORT = 0.5, 0.85, 4
#: Readings that are tried.
MOST = 4
#: A name has at most so many words; of more the first three are read.
NAME = 5


@dataclass(frozen=True, slots=True)
class Plan:
    """A reading of a query: {role: words}, and how likely it is before anything is looked up."""

    roles: tuple[tuple[str, str], ...]
    likely: float


def plans(words: tuple[str, ...], joined: frozenset[str] = frozenset()) -> list[Plan]:
    """Return the likeliest readings of folded words, the best first; words beyond three are joined or left out.

    ``joined`` are words that were typed as one: with hyphens between them.
    """
    kept = tuple(word for word in words if word not in PARTICLES) or words
    if len(kept) > 2:
        joined -= {" ".join(kept)}  # a whole name with hyphens
    found: dict[tuple, float] = {}
    for grouped, told in _halved(kept, joined) + [(group, _told(group, joined)) for group in _grouped(kept)]:
        for roles in permutations((SURNAME, GIVEN, PATRONYMIC), min(len(grouped), 3)):
            if roles == (PATRONYMIC,):  # who types one word means no patronymic; as written it is found anyway
                continue
            if any(role == PATRONYMIC and " " in word for role, word in zip(roles, grouped, strict=False)):
                continue  # оглы and кызы are left out already: no patronymic has two words
            order = "".join(roles)
            likely = told * (1.0 if order == "sgp" else 0.99 if order in USUAL else 0.85)
            for role, word in zip(roles, grouped, strict=False):
                likely *= _likely(role, word, word in joined)
            if PATRONYMIC in roles and len(grouped) == 2:  # who types two words of three leaves this one out
                likely *= 0.7
            reading = tuple(sorted(zip(roles, grouped, strict=False)))
            found[reading] = max(likely, found.get(reading, 0))
    ranked = [Plan(*one) for one in sorted(found.items(), key=lambda item: (-item[1], item[0]))]
    tried = ranked[: MOST + len(joined)]
    if not any(len(plan.roles) == 3 for plan in tried):  # three words are three parts before they are two
        tried[-1:] = [plan for plan in ranked[len(tried) :] if len(plan.roles) == 3][:2] or tried[-1:]
    return tried


def _told(grouped: tuple[str, ...], joined: frozenset[str]) -> float:
    """Return how likely it is that words belong together so, as they were typed apart or with hyphens."""
    likely = PARTED ** sum(phrase not in grouped for phrase in joined)
    for number, word in enumerate(grouped):
        if word not in joined:
            eastern = number > 0 and _of_syllables(word)  # of these names the surname is one word, and the first
            likely *= (SYLLABLES if eastern else JOINED) ** word.count(" ")
    return likely


def _halved(words: tuple[str, ...], joined: frozenset[str]) -> list[tuple[tuple[str, ...], float]]:
    """Return the words with one half of a double name only, since a record may have no more of it."""
    found = []
    for phrase in joined:
        before, _phrase, after = " ".join(words).partition(phrase)
        halves = [half for half in phrase.split() if len(half) > SHORT]
        found += [((*before.split(), half, *after.split()), HALVED) for half in halves]
    return [(group, likely) for group, likely in found if len(group) <= 3]


def _grouped(words: tuple[str, ...]) -> list[tuple[str, ...]]:
    """Return the words as they are, and with two or three neighbours as one: a double surname, an eastern name."""
    found = [words] if len(words) <= 3 else []
    if len(words) == 4:
        found.append((" ".join(words[:2]), " ".join(words[2:])))
    for run in (2, 3) if 2 <= len(words) <= NAME else ():
        found += [
            (*words[:at], " ".join(words[at : at + run]), *words[at + run :])
            for at in range(len(words) - run + 1)
            if all(len(word) > 1 for word in words[at : at + run]) and (run == 2 or len(words) > run)
        ]
    found = [group for group in found if len(group) <= 3] or [words[:3]]
    return found


def _of_syllables(phrase: str) -> bool:
    return all(len(word) <= SHORT + is_latin(word) for word in phrase.split())


@lru_cache(maxsize=1 << 12)
def _likely(role: str, word: str, joined: bool = False) -> float:
    """Return how likely a word is to be this part of a name; ``joined`` where it was typed with a hyphen."""
    if len(word) == 1:
        return {SURNAME: 0.05, GIVEN: 1.0, PATRONYMIC: 0.95}[role]
    fathers = bool(_FATHERS.search(word))
    known = given.is_given(word) and not fathers
    ends = fathers or any(is_patronymic(heard) for heard in sounds(word)[:2])
    if role == SURNAME:
        return 0.8 if known else 0.95 if ends else 1.0
    if role == GIVEN:
        apart = " " in word and not (joined or _of_syllables(word))
        return 1.0 if known else 0.6 if ends or apart else 0.75
    if ends and not known:
        return 1.0
    return 0.8 if not known and len(word) > 6 and any(OSA.distance(word[-4:], end) < 2 for end in ENDS) else 0.35
