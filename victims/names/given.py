"""Given names that are one name: Иван, Иоанн, Ваня, Іван, Ivan, Jan. From two data files, loaded once.

``data/given.tsv`` is written for this project, ``data/given_wikidata.tsv`` holds what Wikidata keeps as one item.
"""

import re
from functools import cache, lru_cache

from victims.names.folding import fold
from victims.names.keys import consonants
from victims.names.sounds import DATA, father, sound, sounds

Classes = frozenset[int]


@cache
def _classes() -> tuple[dict[str, Classes], list[tuple[str, ...]], int]:
    """Return ({folded form: its classes}, forms of each class, how many classes are ours)."""
    forms: list[tuple[str, ...]] = []
    for line in (DATA / "given.tsv").read_text(encoding="utf-8").splitlines():
        if line and not line.startswith("#"):
            forms.append(tuple(dict.fromkeys(fold(form) for form in line.split())))
    ours = len(forms)
    for line in (DATA / "given_wikidata.tsv").read_text(encoding="utf-8").splitlines():
        if line and not line.startswith("#"):
            forms.append(tuple(dict.fromkeys(fold(form) for form in line.partition("\t")[2].split())))
    of: dict[str, set[int]] = {}
    for number, members in enumerate(forms):
        for form in members:
            of.setdefault(form, set()).add(number)
    return {form: frozenset(numbers) for form, numbers in of.items()}, forms, ours


#: A form of fewer letters sounds like too many others to be known by its sound.
_LONG_ENOUGH = 4


@cache
def _by_sound() -> dict[str, Classes]:
    """Return {sound: classes} of the Cyrillic forms of our own table."""
    _of, forms, ours = _classes()
    heard: dict[str, set[int]] = {}
    for number, members in enumerate(forms[:ours]):
        for form in members:
            if form[0] >= "а" and len(form) >= _LONG_ENOUGH:
                heard.setdefault(sound(form), set()).add(number)
    return {form: frozenset(numbers) for form, numbers in heard.items()}


@lru_cache(maxsize=1 << 16)
def classes_of(form: str) -> Classes:
    """Return the classes of a folded given name, in a spelling that our table lacks by its sound; or none."""
    of, _forms, ours = _classes()
    known = of.get(form, frozenset())
    if known and min(known) < ours:
        return known
    # Wikidata has an item apart for many a spelling of what is one name here: Sascha, Natasha.
    return known.union(*(_by_sound().get(heard, ()) for heard in sounds(form)))


#: National endings of given names, in Latin letters and in Greek: Gabriels, Beniaminas, Prokopius, Théodoros.
_NATIONAL = re.compile(r"(?<=....)(?:[ij]?us|iusz|[ij]?os|as|is|s|e|o)$|(?<=...)(?:ας|ος|ης)$")
#: Endings of endearment, as they sound, which any name may have: Васька is Вася, Петруша Пётр, Іванко Іван.
_ENDEARING = "ка ко ик чик очка ечка ичка онка енка унка ушка юшка ишка уша юша уся юся".split()
_PLAIN_ENDS = ("", "а", "я", "о", "й")


@lru_cache(maxsize=1 << 14)
def _meant(form: str) -> Classes:
    """Return the classes of a folded given name, or of the name that it is a national or familiar form of."""
    known = classes_of(form)
    if known or len(form) < _LONG_ENOUGH:
        return known
    of, _forms, ours = _classes()
    plain = _NATIONAL.sub("", form)
    if plain != form and (known := classes_of(plain)):
        return known
    stems = {one[: -len(end)] for one in sounds(form) for end in _ENDEARING if one.endswith(end)}
    heard = {stem + end for stem in stems if len(stem) > 1 for end in _PLAIN_ENDS}
    found = (number for one in heard for number in {*of.get(one, ()), *_by_sound().get(one, ())})
    return frozenset(number for number in found if number < ours)


def is_given(form: str) -> bool:
    """Return whether a folded word is known as a given name."""
    return bool(classes_of(form))


def is_ours(form: str) -> bool:
    """Return whether a folded word is a given name by the table that is written for this project."""
    return any(number < _classes()[2] for number in classes_of(form))


@lru_cache(maxsize=1 << 12)
def equivalents(form: str) -> frozenset[str]:
    """Return the folded forms that are one name with this one."""
    _of, forms, _ours = _classes()
    return frozenset(member for number in _meant(form) for member in forms[number])


@lru_cache(maxsize=1 << 16)
def alike(one: str, other: str) -> bool:
    """Return whether two folded given names are forms of one name."""
    return not _meant(one).isdisjoint(_meant(other))


@cache
def _fathers() -> dict[str, Classes]:
    """Return {stem of a father's name, as patronymics have it: classes}; of our own table, in Cyrillic."""
    _of, forms, ours = _classes()
    stems: dict[str, set[int]] = {}
    for number, members in enumerate(forms[:ours]):
        for form in members:
            if form[0] >= "а":
                stems.setdefault(father(sound(form)), set()).add(number)
    return {stem: frozenset(numbers) for stem, numbers in stems.items() if len(stem) > 1}


@lru_cache(maxsize=1 << 16)
def fathers_alike(one: str, other: str) -> bool:
    """Return whether two stems of patronymics ("микол", "никол") are of one father's name."""
    known = _fathers()
    return not known.get(one, frozenset()).isdisjoint(known.get(other, frozenset()))


@cache
def _initials() -> dict[str, Classes]:
    """Return {initial: classes of the names that begin so in another language}."""
    of, _forms, _ours = _classes()
    rows = (line.split("\t") for line in (DATA / "initials.tsv").read_text(encoding="utf-8").splitlines())
    told = (row for row in rows if len(row) == 2)
    return {letter: frozenset().union(*(of[fold(one)] for one in names.split())) for letter, names in told}


@lru_cache(maxsize=1 << 14)
def begins_elsewhere(letters: str, form: str = "") -> bool:
    """Return whether a folded name begins with one of these letters in another language; "" is any name."""
    known = [_initials()[letter] for letter in letters if letter in _initials()]
    return bool(known) if not form else not classes_of(form).isdisjoint(frozenset().union(*known))


#: What names of Muslims are lengthened by, as Russian records write it and as it sounds: Джамал is Джамалетдин.
LENGTHS = "етдин итдин утдин эддин уддин улла джан жан зян бек бай хан мурза мирза гали ахмед ахмет".split()
_LENGTHENED = re.compile(rf"(?<=...)(?:[аеиую]?[дт]?дин|{'|'.join(map(sound, LENGTHS))})$")


def lengthened(some: tuple[str, ...], others: tuple[str, ...]) -> bool:
    """Return whether a sound of one name is that of the other with what names of Muslims are lengthened by."""
    pairs = ((one, other) for one in some for other in others if len(one) != len(other) and one[:3] == other[:3])
    return any(_LENGTHENED.sub("", max(pair, key=len)) == min(pair, key=len) for pair in pairs)


_FAITH = re.compile(r"[аеиоу][дт]+ин$")


def of_the_faith(some: tuple[str, ...], heard: str) -> bool:
    """Return whether sounds are one name that ends in "of the faith": Kemaleddin, Камалутдин.

    Each people has vowels of its own in it, so the consonants count.
    """
    stem = _FAITH.sub("", heard)
    if stem == heard:
        return False
    return any(consonants(_FAITH.sub("", one)) == consonants(stem) for one in some if _FAITH.search(one))
