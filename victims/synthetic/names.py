"""Name pools: surnames in both genders with running totals, given names, patronymics."""

from array import array
from collections import defaultdict
from dataclasses import dataclass
from functools import cache

from victims.synthetic.grammar import (
    lithuanian_patronymics,
    lithuanian_wife,
    patronymics,
    womans_surname,
)
from victims.synthetic.tables import pool, rows, weighted_words

#: Which lists of surnames a group of names draws on, and how much from each.
_SURNAMES = {
    "russian": {"russian": 88, "skij": 6, "ukrainian": 4, "belarusian": 2},
    "ukrainian": {"typed": 50, "ukrainian": 36, "skij": 9, "russian": 5},
    "belarusian": {"typed": 25, "belarusian": 50, "skij": 15, "ukrainian": 6, "russian": 4},
    "polish": {"typed": 70, "skij": 24, "belarusian": 6},
    "jewish": {"typed": 72, "jewish": 24, "skij": 4},
    "turkic": {"typed": 35, "turkic": 65},
    "armenian": {"typed": 70, "armenian": 30},
    "georgian": {"typed": 70, "georgian": 30},
}
_UNDECLINED = {"korean", "chinese", "hungarian", "estonian", "finnish"}
#: Of a hundred, how many bear a patronymic in print; the rest have none by custom, not by omission.
_PATRONYMICS = {"chinese": 6, "korean": 40, "kazakh": 55, "buryat": 55, "caucasian": 78, "turkic": 92}
_OGLU = {"azeri"}


#: A given name; of a man's, the patronymics of his sons and daughters.
Given = tuple[str, str | None, str | None]


@dataclass(frozen=True, slots=True)
class Group:
    """The names of one tradition; all but the parallel lists of surnames are pools."""

    men: list[str]  # surnames, in alphabetical order so that neighbours are spelt alike
    women: list[str]
    surnames: array  # a pool of positions in them: compact, so that a draw costs one look into memory
    male: list[Given]
    female: list[Given]
    patronymics: list[tuple[str, str] | None]  # None for those who bear none


@cache
def groups() -> dict[str, Group]:
    """Return every group of names by its key."""
    typed: dict[str, dict[str, list[tuple[str, float]]]] = defaultdict(dict)
    for group, kind, names in rows("names.tsv"):
        typed[group][kind] = weighted_words(names)
    common, forms, rare = _common_surnames(), {}, defaultdict(list)
    for father, son, daughter, tail in rows("patronymics.tsv"):
        forms[father] = son, daughter
        if tail:
            group, _, count = tail.partition(":")
            rare[group].append((father, float(count)))
    for group, share in (("russian", 0.012), ("turkic", 0.45)):
        typed[group]["male"] = _joined((typed[group]["male"], 1 - share), (rare[group], share))
    # who is listed without given names (Yakuts) bore Russian ones
    given = {kind: typed["russian"][kind] for kind in ("male", "female")}
    return {key: _group(key, given | kinds, common, forms) for key, kinds in typed.items()}


def _common_surnames() -> dict[str, list[tuple[str, float]]]:
    common = defaultdict(list)
    for group, surname, count in rows("surnames.tsv.gz"):
        common[group].append((surname, float(count)))
    return common


def _joined(*shares: tuple[list[tuple[str, float]], float]) -> list[tuple[str, float]]:
    """Join weighted lists, each getting its share of the whole; alphabetical."""
    joined: dict[str, float] = defaultdict(float)
    for weighted, share in shares:
        total = sum(weight for _, weight in weighted)
        for name, weight in weighted:
            joined[name] += weight / total * share
    return sorted(joined.items())


def _group(key: str, kinds: dict, common: dict, forms: dict) -> Group:
    lists = common | {"typed": kinds.get("surname", [])}
    surnames = _joined(*((lists[name], share) for name, share in _SURNAMES.get(key, {"typed": 1}).items()))
    men = [name for name, _ in surnames]
    male, fathers = kinds["male"], kinds.get("father", kinds["male"])

    def children(father: str) -> tuple[str, str]:
        if key in _OGLU:
            return f"{father} оглы", f"{father} кызы"
        if key == "lithuanian":
            return lithuanian_patronymics(father)
        return forms.get(father) or patronymics(father)

    def named(father: str) -> Given:
        # a hyphenated Korean or Chinese name yields no patronymic
        return (father, None, None) if "-" in father else (father, *children(father))

    sons_of = [(children(name), weight) for name, weight in fathers if "-" not in name]
    bearing = _PATRONYMICS.get(key, 97) / 100
    total = sum(weight for _, weight in sons_of)
    positions = enumerate(weight for _, weight in surnames)
    return Group(
        men=men,
        women=[_woman(key, surname) for surname in men],
        surnames=array("I", pool(positions, max(4096, 4 * len(men)))),
        male=pool(((named(name), weight) for name, weight in male), 8192),
        female=pool((((name, None, None), weight) for name, weight in kinds["female"]), 2048),
        patronymics=pool([*sons_of, (None, total * (1 - bearing) / bearing)], 8192),
    )


def _woman(key: str, surname: str) -> str:
    if key in _UNDECLINED:
        return surname
    return lithuanian_wife(surname) if key == "lithuanian" else womans_surname(surname)
