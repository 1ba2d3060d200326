"""Keys under which a name is found however it is misspelt: numbers that one error leaves at least one of.

A name is cut down to its skeleton: letters that are heard alike become one of 13 classes. Each skeleton, and
each skeleton with one letter left out, is a key; query and name both leave one out, so that a letter too much,
too little, changed or swapped meets, on top of any confusion within a class.
"""

from functools import lru_cache

from victims.names.sounds import (
    cyrillic,
    father,
    hushed,
    is_latin,
    is_unvowelled,
    other_ends,
    respelt,
    same_surnames,
    single,
    sound,
    sounds,
    surname_stem,
    without_baltic_end,
    without_foreign_end,
)

#: Letters that are confused with each other, by class; the last three are vowels.
CLASSES = ("пб", "вф", "гкх", "дт", "зсжшцч", "л", "м", "н", "р", "", "аоя", "еи", "ую")
VOWELS = "abc"
_DIGITS = "0123456789abc"


class _Classes(dict):
    """The class of each letter, by its code; what is no letter of a name is left out."""

    def __missing__(self, code: int) -> None:
        return None


_CLASS = _Classes({ord(digit): digit for digit in _DIGITS})
_CLASS |= {ord(letter): _DIGITS[number] for number, letters in enumerate(CLASSES) for letter in letters}
LONGEST = 15
#: So many readings, the likeliest, of a surname without an ending of its language.
FOREIGN = 4
BASE = 13
KINDS = ("s", "g", "p")


@lru_cache(maxsize=1 << 16)
def classes(heard: str) -> str:
    """Return the classes of a sound's letters, one for each."""
    return heard.translate(_CLASS)[:LONGEST]


@lru_cache(maxsize=1 << 16)
def skeleton(heard: str) -> str:
    """Return the classes of a sound, each run once and without the vowels at its end."""
    kept = []
    for letter in classes(heard):
        if not kept or kept[-1] != letter:
            kept.append(letter)
    full = "".join(kept)
    return full.rstrip(VOWELS) or full


_NO_VOWELS = str.maketrans("", "", VOWELS)


@lru_cache(maxsize=1 << 16)
def consonants(heard: str) -> str:
    """Return the classes of a sound's consonants, each run once."""
    return skeleton(heard).translate(_NO_VOWELS)


def _with_one_left_out(text: str) -> set[str]:
    if len(text) < 3:
        return {text}
    return {text, *(text[:at] + text[at + 1 :] for at in range(len(text)))}


def _numbers(kind: str, forms: set[str], tag: int) -> set[int]:
    """Return forms as whole numbers of 63 bits that say their kind, and whether they are skeletons."""
    first = KINDS.index(kind) * 2 + tag + 1
    return {int(f"{form[:LONGEST]}", BASE) * 7 * 17 + first * 17 + len(form) for form in forms if form}


def _numbers_of_one(kind: str, text: str, tag: int) -> set[int]:
    """Return the numbers of a form, and of it with each letter left out; as ``_numbers``, without its texts."""
    size = len(text)
    if size < 3:
        return _numbers(kind, {text}, tag)
    first = (KINDS.index(kind) * 2 + tag + 1) * 17 + size
    left = int(text, BASE)
    found = {left * 119 + first}
    right, place = 0, 1
    for _letter in range(size):
        left, digit = divmod(left, BASE)
        found.add((left * place + right) * 119 + first - 1)
        right += digit * place
        place *= BASE
    return found


@lru_cache(maxsize=1 << 12)  # for what is asked again: a dump asks for each part once, 2 kB each
def keys_of(kind: str, heard: str) -> frozenset[int]:
    """Return the keys of one sound of a surname ("s"), given name ("g") or father's name ("p")."""
    short, long = skeleton(heard), classes(heard)
    return frozenset(_numbers_of_one(kind, short, 0) | _numbers_of_one(kind, long, 1))


def heard_as(kind: str, heard: str) -> str:
    """Return the sound that is compared: without a surname's gender, of a patronymic the father's name."""
    if kind == "s":
        return surname_stem(heard)
    return father(heard) if kind == "p" else heard


@lru_cache(maxsize=1 << 16)
def stored_sounds(kind: str, norm: str) -> tuple[str, ...]:
    """Return the sounds of a part of a name as the index keeps it: the whole, and halves of a double surname."""
    words = norm.split(" ")
    found = [heard_as(kind, heard) for heard in sounds(norm.replace(" ", ""))[:2]]
    if kind == "s" and len(words) > 1:
        found += [heard_as(kind, sound(word)) for word in words if len(word) > 2]
    return tuple(dict.fromkeys(heard for heard in found if heard))


def part_keys(kind: str, norm: str) -> frozenset[int]:
    """Return all keys under which a part of a name is indexed."""
    return frozenset(key for heard in stored_sounds(kind, norm) for key in keys_of(kind, heard))


@lru_cache(maxsize=1 << 12)
def asked_sounds(kind: str, word: str) -> tuple[str, ...]:
    """Return the sounds that a typed word may have as a part of this kind."""
    heard = [*sounds(word), *(sound(respelt(spelt)) for spelt in (cyrillic(word) if is_latin(word) else [word]))]
    heard = list(dict.fromkeys(heard))
    found = [heard_as(kind, one) for one in heard]
    if kind == "s":
        found += [heard_as(kind, other) for one in heard for other in other_ends(one)]
        found += map(sound, same_surnames(word))
        if is_latin(word) and (shorter := without_foreign_end(word)) != word:
            found += [heard_as(kind, one) for one in sounds(shorter)[:FOREIGN]]
    # Of the likeliest readings only: to a Frenchman Janis is Жанис, but no Жан.
    found += [without_baltic_end(one) for one in found[:2]]
    found += [hushed(one) for one in found]
    return tuple(dict.fromkeys(one for one in found if one))


def whole_keys(kind: str, word: str) -> frozenset[int]:
    """Return the keys of which a part has one that sounds like a typed word, no letter left out."""
    return frozenset(key for heard in asked_sounds(kind, word) for key in _numbers(kind, {classes(heard)}, 1))


def asked_keys(kind: str, word: str) -> frozenset[int]:
    """Return the keys to look a typed word up by."""
    found = {key for heard in asked_sounds(kind, word) for key in keys_of(kind, heard)}
    for spelt in cyrillic(word)[:3] if is_latin(word) else (word,):
        heard = sound(spelt, raw=True)
        # What looks like an ending, or like one letter twice, may be none where a letter is lost.
        for whole in {heard_as(kind, heard), heard, heard_as(kind, single(heard))}:
            found |= _numbers(kind, _with_one_left_out(classes(whole)), 1)
    return frozenset(found)


def ended(word: str) -> tuple[str, ...]:
    """Return the likeliest sounds of a Turkic surname with the Russian ending that its people leave out.

    Бөкейхан is Букейханов, Velidi Валидов, Шоқай Чокаев.
    """
    found = []
    for heard in asked_sounds("s", word)[:3]:
        stem = heard.removesuffix("и")
        if stem and stem[-1] not in "ваеиоуюя" and not stem.endswith(("ск", "цк")):
            found += [stem + "ов", stem + "ев"]
        elif stem != heard and stem[-1:] in "аеоу":
            found.append(stem + "ев")
    return tuple(found)


def _with_vowels(form: str) -> set[str]:
    """Return a form with each vowel put in at each place."""
    return {form[:at] + vowel + form[at:] for at in range(1, len(form)) for vowel in VOWELS}


def wide_keys(kind: str, word: str) -> frozenset[int]:
    """Return keys for a word with more errors: two letters of its likeliest sounds left out.

    In an alphabet without vowels letters are missing that the name has: vowels are put in.
    """
    found: set[int] = set()
    for heard in ended(word) if kind == "s" else ():
        found |= keys_of(kind, heard)
    for heard in asked_sounds(kind, word)[:3]:
        for tag, form in enumerate((skeleton(heard), classes(heard))):
            twice = {less for one in _with_one_left_out(form) for less in _with_one_left_out(one)}
            found |= _numbers(kind, twice, tag)
            if is_unvowelled(word):
                found |= _numbers(kind, _with_vowels(form), tag)
    return frozenset(found)
