"""Nationalities: how often, with which names, born and living where."""

from dataclasses import dataclass
from functools import cache

from victims.synthetic import trades
from victims.synthetic.names import Group, groups
from victims.synthetic.places import Region, abroad, regions
from victims.synthetic.tables import pool, rows


@dataclass(frozen=True, slots=True)
class Nation:
    """One nationality; `homes` and `residences` are pools of regions."""

    forms: tuple[str, str]
    group: Group
    one_piece: bool  # a Chinese name is often printed as one word
    women: float
    operation: float  # share sentenced in the national operations of 1937-38
    homes: list[Region]
    residences: list[Region]
    anywhere: bool  # no home of its own: born where they lived
    abroad: float
    places_abroad: list[tuple[str, str]]
    clergy: tuple[list[str], list[str]]


@cache
def nations() -> list[Nation]:
    """Return a pool of the nationalities."""
    return pool(_read(row) for row in rows("nations.tsv"))


def _read(row: list[str]) -> tuple[Nation, float]:
    man, woman, group, weight, women, operation, homes, residences, born_abroad, settlements = row
    nation = Nation(
        forms=(man, woman),
        group=groups()[group],
        one_piece=group == "chinese",
        women=int(women) / 100,
        operation=int(operation) / 100,
        homes=_regions(homes),
        residences=_regions(residences),
        anywhere=homes.startswith("*"),
        abroad=int(born_abroad) / 100,
        places_abroad=abroad().get(settlements, []),
        clergy=trades.clergy(group),
    )
    return nation, float(weight)


def _regions(cell: str) -> list[Region]:
    """Read "kie:4 *rsfsr:3 *:8" as a pool of regions.

    A star is all of them, or all under one law, by their own weights.
    """
    weighted = []
    for entry in cell.split():
        code, _, weight = entry.partition(":")
        if code.startswith("*"):
            chosen = [region for region in regions().values() if code[1:] in ("", region.law)]
        else:
            chosen = [regions()[code]]
        total = sum(region.weight for region in chosen)
        weighted += [(region, float(weight or 1) * region.weight / total) for region in chosen]
    return pool(weighted, 2048)
