"""Words of labels and dates that one letter spoils: lost, added, doubled, wrong, or changed with its neighbour.

`edits` finds them in a text and says what they are. A word of the language, an inflected form of a label and
whatever may be a name are no misprints: only what nothing but a label can be, where it stands, is set right.
"""

import re
from collections.abc import Iterator
from functools import cache, lru_cache

from victims.entries import lexicon
from victims.letters import fold

Edit = tuple[int, int, str]

_KINDS = frozenset({
    "act", "arrest", "birth", "burial", "charge", "convict", "death_place", "died", "origin_place",
    "rehabilitation", "residence", "shot", "verdict", "work",
})  # fmt: skip
_TOLD_BY_VERB = frozenset({"arrest", "birth", "burial", "convict", "died", "rehabilitation", "residence", "shot"})
#: The shortest word that a letter may be missed in: where a sentence or a line begins, and anywhere.
_SHORTEST, _SHORTEST_WITHIN = 7, 8
#: The shortest word of which one letter was printed twice.
_SHORTEST_DOUBLED = 4
_END = 3
#: Words of the language that differ by one letter from a label.
_REAL = frozenset({
    "находился", "находилась", "истопник", "обвинитель", "социально", "слободы", "слобода", "определение",
    "отсутствие", "расстреле", "приговоре",
})  # fmt: skip
_LETTERS = "[а-яёіїєґўa-z]"
WORD = re.compile(r"[^\W\d_]+")
_MAY_BE_LABEL = re.compile(rf"(?<![\w-])[А-ЯЁІЇЄA-Zа-яёіїєґўa-z]{{1,2}}{_LETTERS}{{3,16}}(?![\w-])")
_OPENS = re.compile(r"(?:^|[.;,\n)][ \t\r]{0,8}|\d\s)$")
#: What follows a label and no name.
_TOLD = re.compile(r"\s{0,3}:|\s{1,3}(?:в\s|\d)")
_MAY_BE_SHORT = re.compile(rf"(?<![\w-])[А-ЯЁІЇЄа-яёіїєґў]{{1,2}}{_LETTERS}{{0,9}}(?![\w-])")
_MONTH = re.compile(
    rf"(?:(?<![\d.,])\d{{1,2}}|(?<!\w)в)\s{{1,2}}(?P<word>{_LETTERS}{{2,11}})(?=\s{{1,2}}[12]\d{{3}})"
)
_CHARGE = re.compile(
    rf"(?<=[,.;]\s)(?P<word>{_LETTERS}{{2,4}})(?=\.:)|"
    r"(?<=[,.;]\s)обв\.(?P<colon>)(?=\s(?!во?\s))"
)
_DOUBLED = re.compile(
    r"(?<!\w)(?:[Пп]риговор(?:ен[аы]?)?|[Пп]роживал[аи]?|[Оо]сужден[аы]?|обв\.|Адрес)(?P<colon>;)|"
    r"(?<!\w)(?P<in>вв)(?=\s[12]\d{3}\b)|(?<=[12]\d{3}\s)(?P<born>гг\.\s?р|г\.\s?рр)(?=[.,])")
_SINGLE = {"in": "в", "born": "г.р", "colon": ":"}


@cache
def known_words() -> frozenset[str]:
    """Return the single words of labels, and what else rules look for, in which a letter may be missed."""
    found = {
        word
        for form, kind, _, _ in lexicon.labels()
        if kind in _KINDS
        for word in WORD.findall(form)
        if len(word) >= (_SHORTEST if word == form else _SHORTEST_WITHIN)
    }
    return frozenset(found | {word for word in lexicon.words("telling_words.txt") if len(word) >= _SHORTEST})


@cache
def opening_words() -> frozenset[str]:
    """Return the words that labels begin with."""
    return frozenset(WORD.match(form)[0] for form, _, _, _ in lexicon.labels() if WORD.match(form))


@cache
def _labels() -> frozenset[str]:
    """Return the labels that are one word."""
    return frozenset(form for form, _, _, _ in lexicon.labels() if WORD.fullmatch(form))


@cache
def _short() -> frozenset[str]:
    """Return the words of which a letter may have been printed twice."""
    parts = {word for form, _, _, _ in lexicon.labels() for word in WORD.findall(form)}
    return frozenset(
        word
        for word in parts | lexicon.words("telling_words.txt")
        if len(word) >= _SHORTEST_DOUBLED and not word.isascii()
    )


@cache
def _near() -> dict[str, str]:
    """Return every known word with a letter left out, and which word it is."""
    found: dict[str, str] = {}
    for word in sorted(known_words()):
        for number in range(len(word)):
            found.setdefault(word[:number] + word[number + 1 :], word)
    return found


@cache
def _ends() -> tuple[frozenset[str], frozenset[str]]:
    """Return how the known words begin, and how they end."""
    return frozenset(word[:_END] for word in known_words()), frozenset(word[-_END:] for word in known_words())


@lru_cache(maxsize=1 << 16)
def meant(printed_word: str) -> str | None:
    """Return the known word that a word is but for one letter within; None for any other word."""
    word, known = fold(printed_word), known_words()
    if word in known or word in _REAL or word in _short():
        return None
    if single := next((one for one in _once(word) if one in _short()), None):
        return single
    heads, tails = _ends()
    # One letter cannot spoil both ends of a word, but for the first two that changed places.
    if word[:_END] not in heads and word[-_END:] not in tails:
        return None
    near = _near()
    if word in near:
        # "расстрел" is a word; "арестова" and "образовани" are none.
        whole = near[word] in _labels() or near[word] in lexicon.words("telling_words.txt")
        return near[word] if near[word][:-1] != word or (whole and len(word) >= _SHORTEST) else None
    # A last letter too many is a form of the word ("приговора"), no misprint.
    left_out = [word[:number] + word[number + 1 :] for number in range(len(word) - 1)]
    whole = next((form for form in left_out if form in known), None)
    if whole or len(word) < _SHORTEST:
        return whole
    alike = (near[form] for form in left_out if form in near and len(near[form]) == len(word))
    return next((form for form in alike if _one_apart(word, form)), None)


@cache
def _verbs() -> frozenset[str]:
    """Return the labels of one word of whose inflected forms none is a word that opens a sentence."""
    return frozenset(
        form
        for form, kind, _, _ in lexicon.labels()
        if kind in _TOLD_BY_VERB and WORD.fullmatch(form) and len(form) >= _SHORTEST
    )


@cache
def _by_stem() -> dict[str, str]:
    """Return {label of one word without its last letter: the label}, where there is but one."""
    found: dict[str, list[str]] = {}
    for form in _verbs():
        found.setdefault(form[:-1], []).append(form)
    return {stem: forms[0] for stem, forms in found.items() if len(forms) == 1}


@lru_cache(maxsize=1 << 14)
def _ending_missed(printed_word: str) -> str | None:
    """Return the label of one word that a word is but for its last letter, wrong or added."""
    word = fold(printed_word)
    if len(word) < _SHORTEST or word in known_words():
        return None
    return word[:-1] if word[:-1] in _verbs() else _by_stem().get(word[:-1])


def _once(word: str) -> Iterator[str]:
    """Yield a word without one of two letters that are the same."""
    for number in range(1, len(word)):
        if word[number] == word[number - 1]:
            yield word[:number] + word[number + 1 :]


def _one_apart(word: str, other: str) -> bool:
    """Return whether two words of one length differ by one letter, no ending, or by two that changed places."""
    apart = [number for number in range(len(word)) if word[number] != other[number]]
    if len(apart) == 1:
        return apart[0] < len(word) - 1
    return len(apart) == 2 and apart[1] == apart[0] + 1 and word[apart[0]] == other[apart[1]]


def _one_letter(word: str, other: str) -> bool:
    """Return whether one letter was lost, added, missed or swapped; not the last one missed."""
    if len(word) == len(other):
        return _one_apart(word, other)
    shorter, longer = sorted((word, other), key=len)
    return len(longer) == len(shorter) + 1 and any(
        longer[:number] + longer[number + 1 :] == shorter for number in range(len(longer))
    )


_SHORT_SPOILT = re.compile(
    r"^(?!(?:обв|обл|обр|ул|[Пп]рож)\.)\w{2,4}\.:$|^обв\.;?$|^(?:[Пп]ри|[Пп]ро|[Оо]су|Адр)\w+;$|^вв$|^гг\.р|г\.рр|"
    r"^рр[.,]",
    re.MULTILINE,
)


@cache
def _near_any() -> frozenset[str]:
    """Return all words that are looked for, each with a letter left out too."""
    wanted = _with_one_left_out(known_words() | _short() | _firsts_known() | frozenset(names_of_months()))
    return wanted | _parts_of_months()


@cache
def _longest() -> int:
    return max(map(len, _near_any()))


def _suspect(word: str) -> bool:
    """Return whether a folded word is, or may be but for one letter, one that is looked for; most are not."""
    near = _near_any()
    if word in near:
        return True
    if len(word) > _longest() + 1:  # of a word of hundreds of thousands of letters each would be left out
        return False
    return not near.isdisjoint([word[:number] + word[number + 1 :] for number in range(len(word))])


def any_in(words: str) -> bool:
    """Return whether any of these words, each on a line, may have to be set right."""
    if _SHORT_SPOILT.search(words):
        return True
    if not any(map(_suspect, set(WORD.findall(fold(words))))):
        return False
    if any(meant(word) or _ending_missed(word) for word in _MAY_BE_LABEL.findall(words)):
        return True
    return any(
        _first_missed(word) or (word.islower() and (_month(word) or fold(word) in _parts_of_months()))
        for word in _MAY_BE_SHORT.findall(words)
    )


def edits(text: str) -> Iterator[Edit]:
    """Yield (start, end, word) of what one letter spoils in a text, with the word that is meant."""
    for match in _MAY_BE_LABEL.finditer(text):
        start, end = match.span()
        told = _TOLD.match(text, end)
        if start == 0 and not told:
            continue  # a name stands there
        opens = _OPENS.search(text[max(start - 10, 0) : start])
        word = meant(match[0]) or (_ending_missed(match[0]) if opens and told else None)
        if word and (opens or len(word) >= _SHORTEST_WITHIN):
            yield start, end, word[0].upper() + word[1:] if _opens_sentence(match[0], word, opens) else word
    yield from _months(text)
    yield from _firsts(text)
    for match in _CHARGE.finditer(text):
        if match["word"] is None:
            yield *match.span("colon"), ":"
        elif fold(match["word"]) not in _ABBREVIATED and _one_letter(fold(match["word"]), "обв"):
            yield *match.span("word"), "обв"
    for match in _DOUBLED.finditer(text):
        yield *match.span(match.lastgroup), _SINGLE[match.lastgroup]


#: Abbreviations that differ by one letter from "обв.".
_ABBREVIATED = frozenset({"обл", "обв", "обр", "общ"})


def _opens_sentence(printed: str, word: str, opens: re.Match[str] | None) -> bool:
    """Return whether a word is to have a capital: it has one, lost it, or begins a line."""
    lost = opens is not None and ("\n" in opens[0] or word[1:] == fold(printed))
    return lost or not printed[:2].islower()


_FIRSTS = frozenset({"место", "дата", "мера", "місце", "міра", "месца"})
#: Words of the language that differ from these by one letter.
_NO_FIRSTS = frozenset({
    "мест", "места", "месту", "месте", "вместо", "мерах", "мер", "мерой", "меры", "мере", "мира", "вера", "дат",
    "даты", "месяца", "дача", "дата", "метро", "хата", "дала",
})  # fmt: skip


@cache
def _firsts_of() -> dict[str, frozenset[str]]:
    """Return {second word of a label of several: the words that may stand before it}."""
    found: dict[str, set[str]] = {}
    for form, _, _, _ in lexicon.labels():
        parts = form.split()
        if len(parts) > 1 and parts[0] in _FIRSTS:
            found.setdefault(parts[1].rstrip(":"), set()).add(parts[0])
    return {second: frozenset(firsts) for second, firsts in found.items()}


@cache
def _firsts_known() -> frozenset[str]:
    return frozenset().union(*_firsts_of().values())


@cache
def _near_firsts() -> frozenset[str]:
    return _with_one_left_out(_firsts_known())


def _with_one_left_out(words: frozenset[str]) -> frozenset[str]:
    """Return words, and each with a letter left out."""
    return words | {word[:number] + word[number + 1 :] for word in words for number in range(len(word))}


@lru_cache(maxsize=1 << 14)
def _first_missed(printed_word: str) -> str | None:
    """Return the first word of a label of several that a word is but for one letter."""
    word, firsts, near = fold(printed_word), _firsts_known(), _near_firsts()
    if word in firsts or word in _NO_FIRSTS:
        return None
    if word not in near and near.isdisjoint(word[:number] + word[number + 1 :] for number in range(len(word))):
        return None
    return next((first for first in sorted(firsts) if _one_letter(word, first)), None)


@cache
def _pair() -> re.Pattern[str]:
    seconds = "|".join(sorted(map(re.escape, _firsts_of()), key=len, reverse=True))
    return re.compile(rf"(?<![\w-])(?P<first>\w{{3,8}})(?=\s{{1,2}}(?P<second>{seconds})(?!\w))", re.IGNORECASE)


def _firsts(text: str) -> Iterator[Edit]:
    """Yield the first words of labels of several: "Месо захоронения"."""
    for match in _pair().finditer(text):
        word, firsts = fold(match["first"]), _firsts_of().get(fold(match["second"]), frozenset())
        if word in firsts or word in _NO_FIRSTS:
            continue
        if first := next((one for one in sorted(firsts) if _one_letter(word, one)), None):
            yield *match.span("first"), first[0].upper() + first[1:] if match["first"][:2] != word[:2] else first


@cache
def names_of_months() -> dict[str, int]:
    """Return {folded name of a month as dates have it: its number}."""
    rows = lexicon.table("months.csv")
    return {fold(form): int(row["number"]) for row in rows for form in row["forms"].split("|")}


@cache
def _parts_of_months() -> frozenset[str]:
    """Return how names of months end, from the second letter on, where that is no word: "бря", "нваря"."""
    ends = {name[number:] for name in names_of_months() for number in range(1, len(name))}
    return frozenset(end for end in ends if len(end) > 1 or end == "я") - {"не", "го", "того", "да"}


@cache
def _near_months() -> frozenset[str]:
    return _with_one_left_out(frozenset(names_of_months()))


@cache
def _read_as_month() -> re.Pattern[str]:
    stems = [fold(stem) for row in lexicon.table("months.csv") for stem in row["stems"].split("|")]
    return re.compile(rf"(?:{'|'.join(stems)})[а-яі]{{0,4}}")


@lru_cache(maxsize=1 << 14)
def _month(printed_word: str) -> str | None:
    """Return the name of a month that a word is but for one letter; None where it is one, or may be two."""
    word, names, near = fold(printed_word), names_of_months(), _near_months()
    if word not in near and near.isdisjoint(word[:number] + word[number + 1 :] for number in range(len(word))):
        return None
    if _read_as_month().fullmatch(word):
        return None
    alike = {name for name in names if _one_letter(word, name)}
    return min(alike) if len({names[name] for name in alike}) == 1 else None


def _months(text: str) -> Iterator[Edit]:
    """Yield the names of months, between a day and a year, that one letter spoils."""
    for match in _MONTH.finditer(text):
        if month := _month(match["word"]):
            yield *match.span("word"), month
