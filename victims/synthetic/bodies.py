"""The bodies of a region as the books print them: in the nominative, and in the instrumental."""

import re

from victims.synthetic.grammar import dative, genitive, instrumental
from victims.synthetic.tables import pool

#: A body in the nominative and in the instrumental.
Pair = tuple[str, str]
#: A pool of bodies, None as often as none is printed.
Bodies = list[Pair | None]

#: Kinds of sentencing body; a scenario names one by its position here.
SLOTS = (
    "troika", "special troika", "dvoika", "military collegium", "osobo nkvd", "osobo mgb", "court",
    "special court", "tribunal", "ogpu troika", "ogpu collegium", "ogpu osobo", "cheka", "revtribunal",
    "district",
)  # fmt: skip

_CENTRAL = {
    "dvoika": ["Комиссия НКВД и Прокурора СССР", "Комиссия НКВД СССР и Прокуратуры СССР"],
    "military collegium": [
        "Военная коллегия Верховного суда СССР",
        "Военная коллегия Верховного суда СССР",
        "выездная сессия Военной коллегии Верховного суда СССР",
    ],
    "osobo nkvd": ["Особое совещание при НКВД СССР"],
    "osobo mgb": ["Особое совещание при МГБ СССР"],
    "ogpu collegium": ["Коллегия ОГПУ"],
    "ogpu osobo": ["Особое совещание при Коллегии ОГПУ"],
}
_DECREE = "по Указу ПВС СССР от 16.01.1989"
_LAW = "по Закону РСФСР от 18.10.1991"


def _unnamed(pairs: list[Pair], share: float) -> Bodies:
    """Return a pool of the bodies in which a share of places is None."""
    weight = share / (1 - share)
    return pool([*((pair, 1 / len(pairs)) for pair in pairs), (None, weight)], max(64, 3 * len(pairs)))


def _pairs(names: list[str]) -> list[Pair]:
    return [(name, instrumental(name)) for name in names]


def _same(names: list[str]) -> list[Pair]:
    return [(name, name) for name in names]


def _is_republic(region: str) -> bool:
    return "ССР" in region


def _nkvd(region: str, organ: str = "НКВД", prefix: str = "У") -> str:
    if _is_republic(region):
        return f"{organ} {genitive(region)}"
    return f"{prefix}{organ} по {dative(region)}"


def _court(region: str) -> str:
    """Return the region's court ("Ленинградский облсуд")."""
    if _is_republic(region):
        return f"Верховный суд {genitive(region)}"
    adjective = region.rsplit(" ", 1)[0]
    if region.endswith("край"):
        return f"{adjective} крайсуд"
    return f"{re.sub('ая$', 'ий', adjective)} облсуд"


def _cheka(province: str) -> str:
    if province.startswith("Область войска"):
        return "Донская облЧК"
    return f"{province.removesuffix(' область')} {'облЧК' if ' ' in province else 'губЧК'}"


def sentencing(region: str, province: str, ogpu: str, army: str, districts: list[str]) -> list[Bodies]:
    """Return the bodies that passed sentence on people of a region, by the numbers of SLOTS."""
    court, nkvd = _court(region), _nkvd(region)
    ogpu_troika = "тройка при Коллегии ГПУ УССР" if ogpu == "УССР" else f"тройка при ПП ОГПУ по {ogpu}"
    local = {
        "troika": [f"тройка при {nkvd}", f"тройка при {nkvd}", f"тройка {nkvd}"],
        "special troika": [f"Особая тройка при {nkvd}", f"особая тройка {nkvd}"],
        "court": [court],
        "special court": [f"Спецколлегия {_of_court(court)}"],
        "tribunal": [f"военный трибунал войск НКВД {genitive(region)}", f"военный трибунал {army}"],
        "ogpu troika": [ogpu_troika],
        "cheka": [_cheka(province), "коллегия ВЧК"],
        "revtribunal": ["военный ревтрибунал", "ревтрибунал"],
        "district": [f"{district} райисполком" for district in districts],
    }
    return [
        _unnamed(_pairs(local.get(slot) or _CENTRAL[slot]), 0.6 if slot == "district" else 0.04) for slot in SLOTS
    ]


def _of_court(court: str) -> str:
    if court.startswith("Верховный"):
        return court.replace("Верховный суд", "Верховного суда")
    adjective, noun = court.rsplit(" ", 1)
    return f"{re.sub('ий$', 'ого', adjective)} {noun}а"


def arresting(region: str, province: str, ogpu: str, districts: list[str]) -> list[Bodies]:
    """Return who arrested in a region under the Cheka, the OGPU, the NKVD and the MGB."""
    nkvd = _nkvd(region)
    listed = [
        _same([_cheka(province)]),
        _same([f"ПП ОГПУ по {ogpu}", *(f"{district} РО ОГПУ" for district in districts)]),
        _same([nkvd] * len(districts) + [f"{district} РО НКВД" for district in districts]),
        _same([_nkvd(region, "МГБ"), *(f"{district} РО МГБ" for district in districts)]),
    ]
    return [_unnamed(pairs, 0.66) for pairs in listed]


def rehabilitating(region: str, army: str, modern: str) -> list[Bodies]:
    """Return who rehabilitated people of a region: in the fifties, 1989-90, from 1991, and deportees."""
    court = _court(region)
    presidium = f"президиум {_of_court(court)}"
    prosecutor = f"прокуратура {modern}"
    fifties = [court, presidium, f"военный трибунал {army}", "Военная коллегия Верховного суда СССР"]
    listed = [
        _pairs(fifties),
        _same([_DECREE, _DECREE, _DECREE]) + _pairs([f"прокуратура {genitive(region)}"] * 5),
        _same([_LAW]) + _pairs([prosecutor] * 7 + [f"Прокуратура {modern}"]),
        _same([f"УВД {modern}", f"ИЦ УВД {modern}", _LAW]),
    ]
    return [_unnamed(pairs, 0.28) for pairs in listed]
