"""Regions: their places, the bodies that arrested, sentenced and rehabilitated there."""

from dataclasses import dataclass
from functools import cache
from random import Random

from victims.synthetic import bodies
from victims.synthetic.bodies import Bodies
from victims.synthetic.fates import Charge, charges
from victims.synthetic.grammar import genitive, genitive_abroad, genitive_adjective, genitive_settlement
from victims.synthetic.tables import rows

_PER_DISTRICT, _PER_PROVINCE = 11, 20

_CITIES = {"mos": "Москва", "len": "Ленинград"}
_STREETS = """
    Арбат|Покровка|Мясницкая|Маросейка|Сретенка|Якиманка|Ордынка|Пятницкая|Петровка|Неглинная|Каляевская
    |Садовая|Тверская-Ямская|Лесная|Бутырская|Мещанская|Красносельская|Бауманская|Басманная|Таганская
    |Воронцовская|Серпуховская|Донская|Шаболовка|Калужская|Кропоткинская|Остоженка|Плющиха|Усачевка|Пресня
    |Грузинская|Беговая|Масловка|Заводская|Школьная|Советская|Коммунистическая|Рабочая|Октябрьская|Марата
""".replace("\n", "").replace(" ", "").split("|")  # fmt: skip


@dataclass(slots=True)
class Region:
    """One administrative unit of about 1937 with everything printed of it.

    `villages` and `towns` are pairs of wordings, from the region down and from the place up; an address in
    a capital has the bare address as a third. Bodies and charges are pools.
    """

    code: str
    name: str
    law: str
    weight: float
    offset: int  # on which days its bodies sat
    villages: list[tuple[str, ...]]
    towns: list[tuple[str, ...]]
    province: list[tuple[str, ...]]
    burials: list[str]
    sentencing: list[Bodies]  # by the numbers of bodies.SLOTS
    arresting: list[Bodies]  # Cheka, OGPU, NKVD, MGB
    rehabilitating: list[Bodies]  # fifties, eighties, nineties, by police
    charges: dict[str, list[Charge | None]]  # by the pools of charges.tsv


@cache
def regions() -> dict[str, Region]:
    """Return every region by its code."""
    settlements = _settlements()
    return {row[0]: _region(number, row, settlements) for number, row in enumerate(rows("regions.tsv"))}


@cache
def abroad() -> dict[str, list[tuple[str, str]]]:
    """Return the places outside the USSR of 1937 by the key of their list."""
    return {
        key: [(place, genitive_abroad(place)) for place in places]
        for key, places in _settlements().items()
        if key.endswith(("abroad", "baltic", "persian"))
    }


def _settlements() -> dict[str, list[str]]:
    return {key: _split(names) for key, names in rows("villages.tsv")}


def _split(cell: str) -> list[str]:
    return [item.strip() for item in cell.split(";")]


def _region(number: int, row: list[str], settlements: dict[str, list[str]]) -> Region:
    code, name, law, weight, culture, province, ogpu, army, modern, burials, towns, districts = row
    town_names, district_names = _split(towns), _split(districts)
    return Region(
        code=code,
        name=name,
        law=law,
        weight=float(weight),
        offset=number % 4,
        villages=_villages(name, district_names, settlements[culture], Random(code)),
        towns=_towns(code, name, town_names),
        province=_province(province, settlements[culture]),
        burials=_split(burials),
        sentencing=bodies.sentencing(name, province, ogpu, army, district_names),
        arresting=bodies.arresting(name, province, ogpu, district_names),
        rehabilitating=bodies.rehabilitating(name, army, modern),
        charges=charges(law),
    )


def _villages(region: str, districts: list[str], names: list[str], random: Random) -> list[tuple[str, str]]:
    above = genitive(region)
    villages = []
    for district in districts:
        of_district = f"{genitive_adjective(district)} р-на {above}"
        for village in random.sample(names, min(_PER_DISTRICT, len(names))):
            villages.append(
                (f"{region}, {district} р-н, {village}", f"{genitive_settlement(village)} {of_district}")
            )
    return villages


def _towns(code: str, region: str, names: list[str]) -> list[tuple[str, ...]]:
    """Return towns, the chief one as often as all others together; capitals as addresses."""
    above = genitive(region)
    chief = (f"г. {names[0]}",) * 2
    towns = [(f"{region}, г. {name}", f"г. {name} {above}") for name in names[1:]]
    towns += [chief] * len(towns) or [chief]
    city = _CITIES.get(code)
    if not city:
        return towns
    random = Random(city)
    streets = [
        f"ул. {street}, д. {1 + int(random.random() ** 2 * 90)}, кв. {1 + int(random.random() ** 2 * 120)}"
        for street in _STREETS
        for _ in range(24)
    ]
    return towns + [(f"г. {city}, {street}",) * 2 + (street,) for street in streets]


def _province(province: str, names: list[str]) -> list[tuple[str, str]]:
    """Return birthplaces as they were called before the revolution, without a district."""
    if " " not in province:
        province += " губ."
    province = province.replace(" область", " обл.")
    above = genitive(province).replace("Область", "Области")
    chosen = Random(province).sample(names, min(_PER_PROVINCE, len(names)))
    return [(f"{province}, {village}", f"{genitive_settlement(village)} {above}") for village in chosen]
