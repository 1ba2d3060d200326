"""The generator: households drawn block by block, each person named, placed, sentenced and printed."""

from collections.abc import Callable, Iterator
from functools import cache
from random import Random
from typing import NamedTuple

from victims.synthetic import printed, trades
from victims.synthetic.days import ABOUT, DAYS, EITHER, YEAR_OF, YEAR_STARTS, YEARS, Wording, day
from victims.synthetic.fates import Era, Scenario, Verdict, eras
from victims.synthetic.life import Life
from victims.synthetic.nations import Nation, nations
from victims.synthetic.places import Region
from victims.synthetic.tables import pool

BLOCK = 1000

Draw = Callable[[], float]

#: About a quarter of people belong to households of two to five.
_HOUSEHOLDS = pool([(1, 8864), (2, 682), (3, 284), (4, 114), (5, 56)], 4096)
_SIBLING, _CHILD, _SPOUSE, _COUSIN = range(4)
_ROLES = pool([(_SIBLING, 52), (_CHILD, 20), (_SPOUSE, 14), (_COUSIN, 14)], 100)

_BIRTH_YEARS = pool(
    [(year, 2.718281828 ** -(((year - 1897) / (17 if year < 1897 else 9.5)) ** 2)) for year in range(1850, 1925)],
    4096,
)
_OLDEST = 1848
_TO_DEATH = [0, 0, 0, 1, 1, 1, 2, 2, 2, 3, 3, 4, 4, 5, 6, 7, 8, 9, 10, 12, 14, 17, 21, 26, 33]
_STALIN_DIED = day(1953, 3, 5)
_STYLES = pool([(printed.LIST, 58), (printed.SHORT, 16), (printed.CLASSIC, 26)], 100)


def _waves(*shares: tuple[int, int, int]) -> list[tuple[int, Wording]]:
    """Return a pool of rehabilitations: position in Region.rehabilitating, and the date."""
    random = Random("rehabilitations").random
    days = [(wave, first + int(random() * (last - first))) for wave, first, last in shares for _ in range(4096)]
    return [(wave, _dated(random, when) or DAYS[when][5]) for wave, when in days]


def _dated(random: Draw, when: int) -> Wording | None:
    """Return the wordings of a day, now and then only of its month or year, seldom none."""
    known = random()
    if known < 0.95:
        return DAYS[when]
    return DAYS[when][4] if known < 0.972 else DAYS[when][5] if known < 0.985 else None


_FIFTIES = 0, day(1955, 9, 1), day(1960, 12, 31)
_EIGHTIES = 1, day(1989, 1, 17), day(1990, 12, 31)
_NINETIES = 2, day(1991, 10, 21), day(1995, 12, 31)
_LATE_WAVES = _waves(_EIGHTIES, _NINETIES)
_WAVES = _waves(_FIFTIES, _EIGHTIES, _NINETIES)


class Synthetic(NamedTuple):
    """A person who never lived: key, the printed entry, and the record of what it says."""

    item_key: str
    text: str
    record: dict


#: Builds a named tuple without the detour over its Python-level constructor.
_new = tuple.__new__


class Home(NamedTuple):
    """What the members of a household share."""

    nation: Nation
    region: Region
    urban: bool
    place: tuple[str, ...]
    surname: int  # position in the group's lists
    era: Era
    day: int  # of the first arrest


def persons(n: int, seed: int, start: int = 0) -> Iterator[Synthetic]:
    """Yield n persons from number `start` of the endless row that belongs to the seed.

    The same seed and number always give the same person. Whole blocks of 1000 are drawn at a time, so
    slices that start at a multiple of 1000 cost nothing extra and may be made by different processes.
    """
    end = start + n
    for block in range(start // BLOCK, -(-end // BLOCK)):
        first = block * BLOCK
        yield from _block(seed, first)[max(start - first, 0) : end - first]


def _block(seed: int, first: int) -> list[Synthetic]:
    random = Random(f"{seed}/{first}").random
    nation_pool, era_pool = nations(), eras()
    people: list[Synthetic] = []
    while (missing := BLOCK - len(people)) > 0:
        size = min(_HOUSEHOLDS[int(random() * len(_HOUSEHOLDS))], missing)
        home = _home(random, nation_pool, era_pool)
        head = None
        for _ in range(size):
            life = _member(random, home, head)
            text, record = printed.entry(life, _style(random, home, life))
            people.append(_new(Synthetic, (f"s{seed}-{first + len(people)}", text, record)))
            head = head or life
    return people


def _home(random: Draw, nation_pool: list[Nation], era_pool: list[Era]) -> Home:
    nation = nation_pool[int(random() * len(nation_pool))]
    region = nation.residences[int(random() * len(nation.residences))]
    era = era_pool[int(random() * len(era_pool))]
    urban = random() < 0.4 and not era.deportation
    places = region.towns if urban else region.villages
    surnames = nation.group.surnames
    place = places[int(random() * len(places))]
    surname = surnames[int(random() * len(surnames))]
    return _new(Home, (nation, region, urban, place, surname, era, era.days[int(random() * len(era.days))]))


def _style(random: Draw, home: Home, life: Life) -> int:
    """Return the form of print: deportees are in lists only, many of those shot in Moscow in its book."""
    if home.era.deportation:
        return printed.LIST
    if life.shot and len(home.place) == 3 and home.region.code == "mos" and random() < 0.7:
        return printed.MOSCOW
    return _STYLES[int(random() * len(_STYLES))]


def _member(random: Draw, home: Home, head: Life | None) -> Life:
    """Draw a person of the household; the first is its head, the others are kin."""
    life = Life()
    arrested = _arrest_day(random, home, head)
    role = _ROLES[int(random() * len(_ROLES))] if head else None
    _birth(random, life, home, head, role, YEAR_OF[arrested])
    _name(random, life, home, head, role)
    _places(random, life, home)
    _standing(random, life, home)
    if home.era.deportation:
        _deport(random, life, home, arrested)
    else:
        _arrest(random, life, home, arrested)
    return life


def _arrest_day(random: Draw, home: Home, head: Life | None) -> int:
    """Return the day of arrest, in the same month for all of a household."""
    if not head:
        return home.day
    drawn = DAYS[home.day][6] + int(random() * 28)
    return min(max(drawn, home.era.days[0]), home.era.days[-1])


def _birth(random: Draw, life: Life, home: Home, head: Life | None, role: int | None, arrest_year: int) -> None:
    if head is None:
        year = _BIRTH_YEARS[int(random() * len(_BIRTH_YEARS))]
        if home.era.deportation and random() < 0.5:
            year = arrest_year - 1 - int(random() * 45)  # whole families, children too
    elif role == _CHILD and head.year + 37 < arrest_year:
        year = head.year + 20 + int(random() * min(18, arrest_year - head.year - 37))
    else:
        year = head.year - 8 + int(random() * 17)
    if arrest_year - year < 17 and not home.era.deportation:
        year = arrest_year - 17 - int(random() * 24)
    life.year = year = max(min(year, arrest_year - 1), _OLDEST)
    exact = random()
    if exact < 0.36:
        life.birth = DAYS[YEAR_STARTS[year] + int(random() * 365)]
    elif exact < 0.955:
        life.birth = YEARS[year]
    elif exact < 0.972:
        life.birth = ABOUT[year]
    elif exact < 0.978:
        life.birth = EITHER[year]
    else:
        life.birth = None


def _name(random: Draw, life: Life, home: Home, head: Life | None, role: int | None) -> None:
    nation, group = home.nation, home.nation.group
    if role == _SPOUSE:
        life.female = female = not head.female
    else:
        life.female = female = random() < nation.women
    surnames = group.women if female else group.men
    life.surname = surnames[home.surname]
    given = group.female if female else group.male
    life.given = given[int(random() * len(given))]
    if "-" in life.given[0]:  # a Korean or Chinese name has no patronymic beside it
        life.patronymic = None
    elif role == _SIBLING and head.patronymic:
        life.patronymic = head.patronymic
    elif role == _CHILD and head.given and head.given[1] and life.year > head.year + 17:
        life.patronymic = head.given[1:]
    else:
        life.patronymic = group.patronymics[int(random() * len(group.patronymics))]
    life.variant = None
    if random() < 0.021:
        # the neighbours in the alphabet are spelt alike; a wife's maiden name is any other
        step = 1 + int(random() * 2) if random() < 0.7 else int(random() * len(surnames))
        other = surnames[(home.surname + step) % len(surnames)]
        life.variant = other if other != life.surname else None
    if nation.one_piece and not life.patronymic and random() < 0.4:
        life.surname, life.given = f"{life.surname}-{life.given[0]}", None


def _places(random: Draw, life: Life, home: Home) -> None:
    nation, place = home.nation, home.place
    life.residence = place if random() < 0.965 else None
    life.birth_place = None
    if life.birth is None:
        return
    if random() < nation.abroad:
        places = nation.places_abroad
    else:
        where = random()
        if where < 0.42 and not home.urban:
            life.birth_place = place
            return
        region = (
            home.region if nation.anywhere and where < 0.8 else nation.homes[int(random() * len(nation.homes))]
        )
        if where > 0.93:
            places = region.province
        elif where > 0.8:
            places = region.towns
            if len(places[-1]) == 3:  # born in a capital, not at an address of 1937
                places = places[:16]
        else:
            places = region.villages
        if random() < 0.05:
            return
    life.birth_place = places[int(random() * len(places))]


def _standing(random: Draw, life: Life, home: Home) -> None:
    """Draw occupation, party, education, origin; clergy according to the creed."""
    drawn = trades.standings()[home.urban][life.female]
    clergy, told, life.occupation, life.party, life.education, life.origin = drawn[int(random() * len(drawn))]
    if clergy and life.occupation:
        listed = home.nation.clergy[life.female]
        life.occupation = listed[int(random() * len(listed))]
    life.nationality = home.nation.forms[life.female] if told else None


def _deport(random: Draw, life: Life, home: Home, when: int) -> None:
    """Dispossessed or deported without arrest, often with no more than a year in print."""
    way = home.era.ways[0]
    region = home.region
    life.arrest = life.arrester = life.death = life.burial = life.earlier = None
    life.shot = False
    listed = region.sentencing[way.body]
    life.body = listed[int(random() * len(listed))]
    life.sentenced = DAYS[when] if random() < 0.35 else DAYS[when][5]
    life.verdict = way.verdicts[int(random() * len(way.verdicts))]
    listed = region.charges[way.charges]
    life.charge = listed[int(random() * len(listed))]
    life.rehabilitated = life.rehabilitator = None
    if random() < home.era.rehabilitated:
        _, life.rehabilitated = _LATE_WAVES[-1 - int(random() * 4096)]  # of the nineties
        listed = region.rehabilitating[3]
        life.rehabilitator = listed[int(random() * len(listed))]


def _arrest(random: Draw, life: Life, home: Home, arrested: int) -> None:
    era, region = home.era, home.region
    life.arrest = _dated(random, arrested)
    listed = region.arresting[era.arrester]
    by = listed[int(random() * len(listed))]
    life.arrester = by[0] if by and life.arrest else None
    great_terror = era.national is not era.ways
    life.earlier = _earlier(random, region) if great_terror and random() < 0.02 else None
    if random() < 0.008:  # died under investigation: neither sentence nor rehabilitation
        life.body = life.sentenced = life.verdict = life.charge = life.burial = None
        life.rehabilitated = life.rehabilitator = None
        life.shot = False
        life.death = _dated(random, arrested + 3 + int(random() * 80))
        return
    ways = era.national if random() < home.nation.operation else era.ways
    way = ways[int(random() * len(ways))]
    sentenced = _sentence(random, life, region, way, arrested)
    died = _death(random, life, region, life.verdict, sentenced, great_terror)
    _rehabilitation(random, life, region, era, max(sentenced, died))


def _sentence(random: Draw, life: Life, region: Region, way: Scenario, arrested: int) -> int:
    """Draw body, day, charge and verdict; return the day."""
    when = arrested + way.after + int(random() * way.span)
    # bodies sat on certain days, and sentenced many at once
    when -= (when + region.offset) % 4
    if when < way.valid_from:
        when = way.valid_from + int(random() * 9)
    elif when > way.valid_to:
        when = way.valid_to - int(random() * 5)
    if when < arrested:
        when = arrested
    listed = region.sentencing[way.body]
    life.body = listed[int(random() * len(listed))]
    life.sentenced = _dated(random, when)
    listed = region.charges[way.charges]
    life.charge = listed[int(random() * len(listed))]
    life.verdict = way.verdicts[int(random() * len(way.verdicts))]
    return when


def _death(random: Draw, life: Life, region: Region, verdict: Verdict, sentenced: int, mass_burials: bool) -> int:
    """Draw death and burial; return the day of death, or of the sentence for who outlived it."""
    life.shot, life.death, life.burial = False, None, None
    if verdict.shot:
        life.shot = True
        died = sentenced + _TO_DEATH[int(random() * len(_TO_DEATH))]
        life.death = _dated(random, died)
        if mass_burials and random() < 0.5:
            life.burial = region.burials[int(random() * len(region.burials))]
        return died
    if verdict.kind in ("camp", "prison") and random() < 0.12:
        died = sentenced + 40 + int(random() * (verdict.years * 365 - 40))
        life.death = _dated(random, died)
        return died
    return sentenced


def _rehabilitation(random: Draw, life: Life, region: Region, era: Era, after: int) -> None:
    life.rehabilitated = life.rehabilitator = None
    if life.verdict.kind == "dismissed" or random() > era.rehabilitated:
        return
    waves = _LATE_WAVES if after > _STALIN_DIED else _WAVES
    wave, life.rehabilitated = waves[int(random() * len(waves))]
    listed = region.rehabilitating[wave]
    life.rehabilitator = listed[int(random() * len(listed))]


def _earlier(random: Draw, region: Region) -> tuple:
    """Return an earlier sentence (body, year, charge, verdict) of one arrested again in the great terror."""
    way = _earlier_ways()[int(random() * len(_earlier_ways()))]
    bodies, listed = region.sentencing[way.body], region.charges[way.charges]
    return (
        bodies[int(random() * len(bodies))],
        YEARS[1929 + int(random() * 5)],
        listed[int(random() * len(listed))],
        next(
            verdict
            for verdict in way.verdicts[int(random() * len(way.verdicts)) :] + way.verdicts
            if not verdict.shot
        ),
    )


@cache
def _earlier_ways() -> list[Scenario]:
    return next(era.ways for era in eras() if era.arrester == 1 and era.days[0] >= day(1929, 9, 1))
