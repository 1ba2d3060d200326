"""Every day the generator may print, ready in EDTF and in the wordings of the books."""

from datetime import date, timedelta

_MONTHS = (
    ("января", "январе", "январь"),
    ("февраля", "феврале", "февраль"),
    ("марта", "марте", "март"),
    ("апреля", "апреле", "апрель"),
    ("мая", "мае", "май"),
    ("июня", "июне", "июнь"),
    ("июля", "июле", "июль"),
    ("августа", "августе", "август"),
    ("сентября", "сентябре", "сентябрь"),
    ("октября", "октябре", "октябрь"),
    ("ноября", "ноябре", "ноябрь"),
    ("декабря", "декабре", "декабрь"),
)

_FIRST, _LAST = date(1845, 1, 1), date(1999, 12, 31)


def day(year: int, month: int = 1, of_month: int = 1) -> int:
    """Return the index of a day in DAYS."""
    return (date(year, month, of_month) - _FIRST).days


#: Wordings of one date: EDTF, after a verb, after "Род." or in brackets, standing alone.
Wording = tuple[str, str, str, str]


def _year(year: int) -> Wording:
    return str(year), f"в {year} г.", f"в {year}", str(year)


def _month(first: date) -> Wording:
    _, in_month, month = _MONTHS[first.month - 1]
    dated = f"в {in_month} {first.year}"
    return f"{first:%Y-%m}", f"{dated} г.", dated, f"{month} {first.year}"


def _days() -> list[tuple]:
    """Return for each day its wordings, those of its month and year, and the index of its month."""
    days, month, year, month_start = [], None, None, 0
    for index in range((_LAST - _FIRST).days + 1):
        today = _FIRST + timedelta(index)
        if today.day == 1:
            month, month_start = _month(today), index
            if today.month == 1:
                year = YEARS[today.year]
        dotted = f"{today:%d.%m.%Y}"
        words = f"{today.day} {_MONTHS[today.month - 1][0]} {today.year} г."
        days.append((today.isoformat(), words, dotted, dotted, month, year, month_start))
    return days


YEARS: dict[int, Wording] = {year: _year(year) for year in range(_FIRST.year, _LAST.year + 1)}
ABOUT: dict[int, Wording] = {
    year: (f"{year}~", f"около {year} г.", f"около {year}", f"около {year}") for year in YEARS
}
EITHER: dict[int, Wording] = {
    year: (
        f"[{year - 1},{year}]",
        f"в {year - 1} или {year} г.",
        f"в {year - 1} или {year}",
        f"{year - 1} или {year}",
    )
    for year in YEARS
}
DAYS = _days()
YEAR_STARTS: dict[int, int] = {year: day(year) for year in YEARS}
YEAR_OF: list[int] = [int(entry[0][:4]) for entry in DAYS]
