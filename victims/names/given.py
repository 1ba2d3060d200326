"""Given names that are one name: Иван, Иоанн, Ваня, Іван, Ivan, Jan. From two data files, loaded once.

``data/given.tsv`` is written for this project, ``data/given_wikidata.tsv`` holds what Wikidata keeps as one item.
"""

from functools import cache, lru_cache

from victims.names.folding import fold
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
    """Return the classes of a folded given name, in a spelling that is not listed by its sound; or none."""
    known = _classes()[0].get(form)
    if known is not None:
        return known
    return frozenset(number for heard in sounds(form) for number in _by_sound().get(heard, ()))


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
    return frozenset(member for number in classes_of(form) for member in forms[number])


@lru_cache(maxsize=1 << 16)
def alike(one: str, other: str) -> bool:
    """Return whether two folded given names are forms of one name."""
    return not classes_of(one).isdisjoint(classes_of(other))


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
