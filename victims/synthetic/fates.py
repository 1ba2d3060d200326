"""What befell people: eras of arrest, sentences usual in each, their bodies, charges and verdicts."""

from dataclasses import dataclass
from functools import cache

from victims.synthetic.bodies import SLOTS
from victims.synthetic.days import day
from victims.synthetic.tables import pool, rows

#: A charge: articles, wording after a colon, after "Приговорен" with its label, and without the label.
Charge = tuple[tuple[str, ...], str, str, str]

_CODES = {"rsfsr": " УК РСФСР", "kssr": " УК РСФСР", "ussr": " УК УССР", "bssr": " УК БССР",
          "uzssr": " УК УзССР", "gssr": ""}  # fmt: skip
_BELARUSIAN = {
    "58-10": "72", "58-10 ч. 1": "72а", "58-10 ч. 2": "72б", "58-11": "76", "58-6": "68", "58-7": "69",
    "58-8": "70", "58-9": "71", "58-2": "64", "58-1а": "63-1", "58-1б": "63-2", "58-3": "65", "58-13": "74",
    "58-14": "78",
}  # fmt: skip
_UZBEK = {"58-10": "66-1", "58-11": "67", "58-6": "60"}


def article(number: str, law: str) -> str:
    """Return the article of a republic's code that answers to one of the Russian code."""
    if law == "ussr":
        return number.replace("58-", "54-")
    return {"bssr": _BELARUSIAN, "uzssr": _UZBEK}.get(law, {}).get(number, number)


@cache
def charges(law: str) -> dict[str, list[Charge | None]]:
    """Return the pools of charges under a republic's law by name, None as often as none is told."""
    weighted: dict[str, list] = {}
    for name, weight, numbers, words, of_what in rows("charges.tsv"):
        articles = [] if numbers == "-" else numbers.replace(" ч.", "_ч.").replace("ч. ", "ч._").split()
        articles = [article(number.replace("_", " "), law) for number in articles]
        weighted.setdefault(name, []).append((_charge(articles, words, of_what, law), float(weight)))
    untold = {"kulak": 0.4}
    for name, charges in weighted.items():
        share = untold.get(name, 0.07)
        charges.append((None, sum(weight for _, weight in charges) * share / (1 - share)))
    return {name: pool(charges, 256) for name, charges in weighted.items()}


def _charge(articles: list[str], words: str, of_what: str, law: str) -> Charge:
    code = f"ст. {', '.join(articles)}{_CODES[law]}" if articles else ""
    if words == "-":
        return tuple(articles), f"по {code}", f" по {code}", f"по {code}"
    full = f"{words}, {code}" if code else words
    if of_what == "-":
        return tuple(articles), full, f" {full}", full
    accused = f"{of_what}, {code}" if code else of_what
    return tuple(articles), full, f" по обвинению в {accused}", accused


@dataclass(frozen=True, slots=True)
class Verdict:
    """A punishment as printed after "Приговор:", and after "Приговорен …" with and without its label."""

    text: tuple[str, str]  # of a man, of a woman
    told: tuple[str, str]
    told_text: tuple[str, str]
    kind: str
    term: str | None
    years: int
    shot: bool


def _verdict(
    text: str, kind: str, dative: str = "", years: int = 0, woman: str = "", shot: bool = False
) -> Verdict:
    forms = text, woman or text
    if dative:
        told, told_text = (f" к {dative}",) * 2, (dative,) * 2
    else:
        told, told_text = (f". Приговор: {forms[0]}", f". Приговор: {forms[1]}"), forms
    return Verdict(forms, told, told_text, kind, f"P{years}Y" if years else None, years, shot)


def _of_years(years: int, noun: str, kind: str) -> Verdict:
    counted = f"{years} {'года' if years in (2, 3, 4) else 'лет'}"
    return _verdict(f"{counted} {noun}", kind, f"{years} годам {noun}", years)


def _weighted(**shares: int) -> list[Verdict]:
    """Return a pool of verdicts by short names: `camp10=40, shot=50`."""
    return pool(((verdict, share / len(named)) for name, share in shares.items()
                 for named in (_VERDICTS[name],) for verdict in named), 256)  # fmt: skip


_TO = "Северный край", "Уральскую обл.", "Западно-Сибирский край", "Нарымский округ", "Казахстан"
_VERDICTS = {
    "shot": [
        *[_verdict("ВМН", "vmn", "ВМН", shot=True)] * 5,
        *[_verdict("расстрел", "vmn", "расстрелу", shot=True)] * 2,
        _verdict("к ВМН", "vmn", "ВМН", shot=True),
        _verdict("высшая мера наказания", "vmn", "высшей мере наказания", shot=True),
    ],
    "dismissed": [_verdict("дело прекращено", "dismissed"),
                  _verdict("дело прекращено за недоказанностью обвинения", "dismissed")],
    "exile": [_of_years(years, "ссылки", "exile") for years in (3, 3, 3, 5)],
    "banishment": [_of_years(3, "высылки", "exile")],
    "prison": [_of_years(years, "тюремного заключения", "prison") for years in (8, 10, 10, 15)],
    "liberty": [_of_years(years, "лишения свободы", "prison") for years in (3, 5, 6, 7, 8, 10)],
    "conviction": [
        _verdict("раскулачен", "dekulakization", woman="раскулачена"),
        _verdict("раскулачен с конфискацией имущества", "dekulakization",
                 woman="раскулачена с конфискацией имущества"),
    ],
    "settlement": [
        _verdict(f"выслан на спецпоселение в {where}", "special_settlement",
                 woman=f"выслана на спецпоселение в {where}")
        for where in _TO
    ] + [_verdict("выселение с семьей за пределы района", "special_settlement")],
    "rights": [_verdict("лишен избирательных прав", "rights_deprivation", woman="лишена избирательных прав")],
}  # fmt: skip
_VERDICTS |= {f"camp{years}": [_of_years(years, "ИТЛ", "camp")] for years in (3, 5, 8, 10, 15, 20, 25)}
_VERDICTS |= {f"kontslager{years}": [_of_years(years, "концлагеря", "camp")] for years in (3, 5)}


@dataclass(frozen=True, slots=True)
class Scenario:
    """A way from arrest to sentence: by which body, after how many days, on which charges, to what."""

    body: int
    after: int
    span: int
    valid_from: int
    valid_to: int
    verdicts: list[Verdict]
    charges: str


@dataclass(frozen=True, slots=True)
class Era:
    """A time of arrests: a pool of days, and pools of scenarios for all and for national operations."""

    days: list[int]
    ways: list[Scenario]
    national: list[Scenario]
    arrester: int  # position in Region.arresting
    deportation: bool
    rehabilitated: float


#: A day of the calendar.
Date = tuple[int, int, int]

#: When bodies sat: the troikas of order 00447, the two-man commission, the special troikas.
_TROIKA = (1937, 8, 8), (1938, 9, 1)
_DVOIKA = (1937, 9, 1), (1938, 9, 14)
_SPECIAL = (1938, 9, 17), (1938, 11, 15)


def _way(body: str, after: int, until: int, charge: str, first: Date = (1918, 1, 1), last: Date = (1990, 1, 1),
         **verdicts: int) -> Scenario:  # fmt: skip
    """Return a scenario: sentenced `after` to `until` days from the arrest, between `first` and `last`."""
    span = until - after
    return Scenario(SLOTS.index(body), after, span, day(*first), day(*last), _weighted(**verdicts), charge)


_WAYS = {
    "revolt": [
        (_way("cheka", 5, 60, "revolt", shot=45, kontslager5=35, kontslager3=20), 6),
        (_way("revtribunal", 10, 90, "revolt", shot=35, kontslager5=40, liberty=25), 4),
    ],
    "twenties": [
        (_way("ogpu collegium", 40, 200, "early", shot=10, kontslager3=40, exile=40, kontslager5=10), 6),
        (_way("ogpu osobo", 40, 200, "early", exile=60, banishment=25, kontslager3=15), 4),
    ],
    "collectivisation": [
        (_way("ogpu troika", 15, 120, "early", shot=14, camp5=26, camp3=20, camp10=10, exile=30), 8),
        (_way("ogpu collegium", 40, 240, "early", shot=12, camp5=40, camp10=18, exile=30), 2),
    ],
    "kulaks": [(_way("district", 0, 1, "kulak", conviction=30, settlement=60, rights=10), 1)],
    "thirties": [
        (_way("osobo nkvd", 60, 240, "early", camp5=36, camp3=26, exile=38), 5),
        (_way("special court", 40, 180, "early", camp5=30, camp8=15, liberty=55), 4),
        (_way("military collegium", 60, 200, "plot", shot=75, prison=25), 1),
    ],
    "lull": [
        (_way("osobo nkvd", 90, 300, "agitation", camp5=40, camp8=40, exile=20), 4),
        (_way("court", 60, 240, "agitation", liberty=60, camp10=15, dismissed=25), 5),
        (_way("military collegium", 100, 400, "plot", shot=50, camp15=50), 1),
    ],
    "war": [
        (_way("tribunal", 8, 90, "war", shot=22, camp10=60, camp8=18), 5),
        (_way("osobo nkvd", 90, 400, "war", shot=10, camp10=60, camp8=30), 3),
        (_way("court", 30, 150, "war", liberty=60, camp10=40), 3),
    ],
    "late": [
        (_way("osobo mgb", 90, 300, "war", (1946, 6, 1), camp10=50, camp25=20, exile=30), 3),
        (_way("tribunal", 40, 200, "war", camp10=30, camp25=60, camp20=10), 5),
        (_way("court", 40, 200, "agitation", camp10=55, camp25=15, camp8=30), 3),
    ],
    "terror": [
        (_way("troika", 6, 75, "agitation", *_TROIKA, shot=58, camp10=34, camp8=8), 62),
        (_way("military collegium", 40, 240, "plot", shot=88, prison=8, camp15=4), 5),
        (_way("osobo nkvd", 60, 500, "agitation", camp8=34, camp5=40, camp3=10, exile=16), 7),
        (_way("special court", 30, 200, "agitation", camp10=20, camp5=30, liberty=45, shot=5), 7),
        (_way("court", 90, 500, "agitation", liberty=50, camp5=25, dismissed=25), 6),
        (_way("tribunal", 60, 400, "agitation", camp10=30, camp5=30, liberty=20, dismissed=20), 5),
        (_way("dvoika", 20, 140, "espionage", *_DVOIKA, shot=76, camp10=16, camp5=5, dismissed=3), 3),
    ],
    "terror, national": [
        (_way("dvoika", 15, 150, "espionage", *_DVOIKA, shot=78, camp10=14, camp5=5, dismissed=3), 88),
        (_way("troika", 10, 75, "espionage", *_TROIKA, shot=70, camp10=30), 12),
    ],
    "end of terror": [
        (_way("troika", 6, 60, "agitation", (1938, 4, 1), (1938, 11, 15), shot=66, camp10=34), 26),
        (_way("special troika", 6, 120, "espionage", *_SPECIAL, shot=72, camp10=20, camp5=8), 18),
        (_way("military collegium", 40, 240, "plot", shot=84, prison=10, camp15=6), 10),
        (_way("osobo nkvd", 90, 500, "espionage", camp8=40, camp5=40, camp3=20), 18),
        (_way("court", 120, 500, "agitation", liberty=40, dismissed=60), 16),
        (_way("tribunal", 100, 450, "plot", camp10=30, camp5=20, liberty=15, dismissed=35), 12),
    ],
    "end of terror, national": [
        (_way("special troika", 6, 120, "espionage", *_SPECIAL, shot=76, camp10=18, camp5=6), 1),
    ],
}


@cache
def eras() -> list[Era]:
    """Return a pool of the eras in proportion to the number of arrests."""
    years_of_collectivisation = [4] * 4 + [12] * 6 + [4] * 20 + [6] * 22
    after_kirov = [4, 12, *[7] * 20, *[6] * 5, 8, 8, 9, 9, 9, 9]
    war = [3, *[12] * 10, *[6] * 20, *[4] * 16]
    return pool(
        [
            (_era("revolt", _evenly((1918, 9, 1), (1922, 10, 31)), 0, 0.55), 2.5),
            (_era("twenties", _evenly((1923, 12, 1), (1928, 12, 31)), 1, 0.8), 2),
            (_era("collectivisation", _months(1929, 9, years_of_collectivisation), 1, 0.85), 10.5),
            (_era("kulaks", _evenly((1930, 1, 20), (1931, 12, 20)), 1, 0.6), 5),
            (_era("thirties", _months(1934, 11, after_kirov), 2, 0.9), 8),
            (_era("terror", _months(1937, 8, [14, 14, 14, 13, 16, 10, 11, 8]), 2, 0.9), 54),
            (_era("end of terror", _months(1938, 4, [9, 8, 9, 7, 6, 4, 2]), 2, 0.86), 8),
            (_era("lull", _evenly((1938, 12, 1), (1941, 6, 21)), 2, 0.85), 3.5),
            (_era("war", _months(1941, 6, war), 2, 0.8), 4),
            (_era("late", _evenly((1945, 10, 1), (1953, 1, 31)), 3, 0.8), 2.5),
        ]
    )


def _era(name: str, days: list[int], arrester: int, rehabilitated: float) -> Era:
    ways = pool(_WAYS[name], 256)
    national = pool(_WAYS[f"{name}, national"], 64) if f"{name}, national" in _WAYS else ways
    return Era(days, ways, national, arrester, name == "kulaks", rehabilitated)


def _months(year: int, month: int, weights: list[int]) -> list[int]:
    """Return a pool of days in which the months from the first on weigh as given."""
    spread = []
    for weight in weights:
        start = day(year, month)
        year, month = (year + 1, 1) if month == 12 else (year, month + 1)
        length = day(year, month) - start
        spread += [(start + n, weight / length) for n in range(length)]
    return pool(spread, 4096)


def _evenly(first: Date, last: Date) -> list[int]:
    return list(range(day(*first), day(*last) + 1))
