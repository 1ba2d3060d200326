"""Words the books use, read once from `data/`."""

import csv
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

from victims.letters import fold

DATA = Path(__file__).parent / "data"


def _lines(name: str) -> Iterator[str]:
    for line in (DATA / name).read_text(encoding="utf-8").splitlines():
        if line.strip() and not line.startswith("#"):
            yield line.strip()


@cache
def words(name: str) -> frozenset[str]:
    """Return the folded words of a `data/*.txt` file, entries parted by "|" or line."""
    return frozenset(fold(word.strip()) for line in _lines(name) for word in line.split("|") if word.strip())


@cache
def alternation(name: str) -> str:
    """Return the words of a data file as one regular expression, longest first; "*" ends (or opens) a stem."""
    return "|".join(
        re.escape(word).replace(r"\*", r"\w*") for word in sorted(words(name), key=lambda word: (-len(word), word))
    )


@cache
def abbreviations() -> tuple[frozenset[str], frozenset[str]]:
    """Return the abbreviations that stand before a name, and those that stand after one."""
    roles = {
        role: frozenset(fold(rest).split())
        for role, _, rest in (line.partition(":") for line in _lines("abbreviations.txt"))
    }
    return roles["before"], roles["after"]


@cache
def table(name: str) -> tuple[dict[str, str], ...]:
    """Return the rows of a `data/*.csv` file."""
    with (DATA / name).open(encoding="utf-8", newline="") as rows:
        return tuple(csv.DictReader(rows))


@cache
def labels() -> tuple[tuple[str, str, str, str | None], ...]:
    """Return every label as (folded form, kind, where it counts, sex it tells)."""
    found = []
    for row in table("labels.csv"):
        for column, sex in (("male", "male"), ("female", "female"), ("other", None)):
            forms = (row[column] or "").split("|")
            found += [(fold(form), row["kind"], row["where"], sex) for form in forms if form]
    return tuple(found)
