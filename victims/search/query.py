"""What was typed: parts of a name, how exactly they are meant, and years of birth (pure)."""

import re
import unicodedata
from dataclasses import dataclass
from itertools import combinations, pairwise, permutations

from memorial.coded import gettext_noop as _
from victims.names import name_words, tokens
from victims.names.splitting import TITLES
from victims.search.years import AGE_ALONE, Years, take_years

LONGEST = 200
MOST_TOKENS = 8
# Whole sentences, since they are translated as they stand.
TOO_LONG = _("The query is too long: type at most 200 characters.")
TOO_MANY_WORDS = _("The query has too many words: type at most 8.")
ONLY_WILDCARDS = _("Beside * and ? type letters: one before them, or two after them.")
WHICH_YEAR = _("An age needs a year: type, for example, “40 лет в 1937”.")
_QUOTED = re.compile(r'["“”„«»]([^"“”„«»]*)["“”„«»]')


class QueryError(ValueError):
    """A query that cannot be answered; the message says what to type instead."""


@dataclass(frozen=True)
class Query:
    """The folded words of a name, and the birth years asked for.

    ``exact`` are the words that stood in quotation marks; ``roles`` tells which words are which part of the
    name ({"s": "иванов"}) where the parts were typed one by one; ``joined`` are phrases typed with hyphens.
    """

    words: tuple[str, ...]
    years: Years | None = None
    exact: frozenset[str] = frozenset()
    roles: tuple[tuple[str, str], ...] = ()
    joined: frozenset[str] = frozenset()

    @property
    def wild(self) -> bool:
        """Whether a word stands for many: has * or ?."""
        return any(is_wild(word) for word in self.words)


def read(text: str) -> Query:
    """Return what a typed query asks for. Raises QueryError for what is too long or no name at all."""
    if len(text) > LONGEST:
        raise QueryError(TOO_LONG)
    text, years = take_years(unicodedata.normalize("NFKC", _storable(text)))
    if not years and AGE_ALONE.search(text):
        raise QueryError(WHICH_YEAR)
    words, exact, joined = [], set(), set()
    for number, piece in enumerate(_QUOTED.split(text)):
        parted = [name_words(token) for token in tokens(piece)]
        found = [word for several in parted for word in several]
        joined |= {" ".join(several) for several in parted if len(several) > 1}
        words += found
        if number % 2:
            exact |= set(found)
    if len(words) > MOST_TOKENS:
        raise QueryError(TOO_MANY_WORDS)
    for word in words:
        check_wild(word)
    return Query(tuple(words), years, frozenset(exact), joined=frozenset(joined))


def read_parts(parts: dict[str, str], years: Years | None = None) -> Query:
    """Return the query for parts of a name typed one by one: {role: text}."""
    roles = tuple(sorted((role, " ".join(name_words(_storable(text)))) for role, text in parts.items()))
    roles = tuple((role, words) for role, words in roles if words)
    words = tuple(word for _role, phrase in roles for word in phrase.split())
    if len(words) > MOST_TOKENS * 2:
        raise QueryError(TOO_MANY_WORDS)
    for word in words:
        check_wild(word)
    return Query(words, years, roles=roles)


def is_wild(word: str) -> bool:
    """Return whether a word stands for many: has * for any letters or ? for one."""
    return "*" in word or "?" in word


def check_wild(word: str) -> None:
    """Raise QueryError for a word with too few letters beside its * and ? to look for."""
    letters = sum(letter.isalnum() for letter in word)
    if is_wild(word) and letters < (1 if word[0].isalnum() else 2):
        raise QueryError(ONLY_WILDCARDS)


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


#: Titles of other languages, and short ones, that are nobody's name.
_TITLES = TITLES | frozenset(
    """прот протод свящ иером архим архиеп митр еп игум игумения сщмч прмч преп св проф акад батюшка матушка
    отець владика єпископ священик fr rev dr prof bp abp mgr msgr st ks archpriest archbishop archimandrite
    metropolitan hieromonk metropolit erzbischof ksiądz arcybiskup vyskupas arkivyskupas bīskaps""".split()
)
#: Ranks that are surnames, too.
_RANKS = frozenset(
    """князь княгиня княжна граф графиня барон баронесса профессор академик генерал полковник доктор пастор ксендз
    мулла prince princess princesse count countess comte comtesse graf gräfin fürst fürstin baron baroness father
    pastor pfarrer bishop abbot abbess deacon priest sister mother père abbé professor doctor general colonel nun
    bischof biskup książę księżna hrabia hrabina kunigas gróf""".split()
)


def untitled(words: tuple[str, ...]) -> tuple[str, ...]:
    """Return the words without titles, which are no part of a name; before a whole one "о." is a title."""
    left = tuple(word for word in words if word not in _TITLES)
    father = left[:1] == ("о",) and len(left) > 2 and all(len(word) > 1 for word in left[1:])
    return left[1:] if father else left


def unranked(words: tuple[str, ...]) -> tuple[str, ...]:
    """Return the words without ranks, where a name is left: "князь Оболенский Алексей"."""
    left = tuple(word for word in words if word not in _RANKS)
    return left if len(left) > 1 and any(len(word) > 1 for word in left) else words


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
