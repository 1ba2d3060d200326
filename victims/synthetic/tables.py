"""The data files, and the pools that weighted choices are drawn from."""

import gzip
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TypeVar

Item = TypeVar("Item")
_DATA = Path(__file__).parent / "data"


def rows(name: str) -> Iterator[list[str]]:
    """Yield the cells of each line of a tab-separated data file, comments left out."""
    path = _DATA / name
    text = gzip.decompress(path.read_bytes()).decode() if name.endswith(".gz") else path.read_text("utf-8")
    for line in text.splitlines():
        if line and not line.startswith("#"):
            yield line.split("\t")


def pool(weighted: Iterable[tuple[Item, float]], size: int = 1024) -> list[Item]:
    """Return a list of about `size` in which each item stands in proportion to its weight, at least once.

    `pool[int(random() * len(pool))]` is then a weighted choice without a search.
    """
    choices = [(item, weight) for item, weight in weighted if weight > 0]
    total = sum(weight for _, weight in choices)
    return [item for item, weight in choices for _ in range(max(1, round(weight / total * size)))]


def weighted_words(text: str) -> list[tuple[str, float]]:
    """Read "Иван:150 Петр" as words with weights; without one a word weighs less the later it stands."""
    words = text.split()
    return [
        (word, float(weight)) if weight else (word, 30 / (rank + 15))
        for rank, (word, _, weight) in enumerate(entry.partition(":") for entry in words)
    ]
