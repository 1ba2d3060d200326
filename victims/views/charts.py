"""Charts that the server draws: bars within the rows of a table, and columns over months or years."""

from collections.abc import Iterable

from django.utils.dates import MONTHS_3

#: Columns: how far apart, how wide and how high at most, and the room above them; a bar's length in a table.
PITCH, WIDE, HIGH, ABOVE = 28, 20, 140, 18
LONG = 100
#: How many columns are drawn at most; the table has all.
MOST = 240


def lengths(numbers: Iterable[int]) -> list[str]:
    """Return how long the bars of numbers are, the longest of them 100; what is not nothing is to be seen."""
    numbers = list(numbers)
    most = max(numbers, default=0)
    return [f"{max(number / most * LONG, 1):.1f}" if number else "" for number in numbers]


def columns(points: list[dict]) -> dict | None:
    """Return points ({number, words, url, tick, below}) as columns, with the size of the drawing.

    ``tick`` and ``below``: words under the column. Returns None where there is nothing to draw.
    """
    most = max((point["number"] for point in points), default=0)
    if not most:
        return None
    drawn = []
    for place, point in enumerate(points[:MOST]):
        height = max(point["number"] / most * HIGH, 1) if point["number"] else 0
        left = place * PITCH + 8
        drawn.append(point | {
            "left": left, "middle": left + WIDE // 2, "height": f"{height:.1f}",
            "top": f"{ABOVE + HIGH - height:.1f}", "most": point["number"] == most,
        })  # fmt: skip
    # a number above the highest column needs room beside it
    width = max(len(drawn) * PITCH + 16, 120)
    return {"columns": drawn, "told": [one for one in points if one["number"]], "width": width,
            "high": ABOVE + HIGH, "tall": ABOVE + HIGH + 40, "tick": ABOVE + HIGH + 16,
            "below": ABOVE + HIGH + 32, "wide": WIDE, "hit": PITCH - 2, "base": width - 4}  # fmt: skip


def every_month(first: str, last: str) -> list[str]:
    """Return the months from one to another, 1937-10."""
    (year, month), end, found = _parts(first), _parts(last), []
    while (year, month) <= end and len(found) < MOST:
        found.append(f"{year}-{month:02}")
        year, month = (year + 1, 1) if month == 12 else (year, month + 1)
    return found


def ticks(month: str, first: bool) -> dict:
    """Return the words under the column of a month: its name, and the year where one begins."""
    year, number = _parts(month)
    return {"tick": str(MONTHS_3[number]), "below": str(year) if first or number == 1 else ""}


def year_tick(year: str) -> dict:
    """Return the words under the column of a year: every fifth is named, and the year of the Great Terror."""
    return {"tick": year if int(year) % 5 == 0 or year == "1937" else "", "below": ""}


def _parts(month: str) -> tuple[int, int]:
    return int(month[:4]), int(month[5:7])
