"""Real entries, read from the directory that the fixture `shared_data` finds or skips for."""

import gzip
import json
from collections.abc import Iterator
from pathlib import Path


def entries(shared_data: Path, name: str) -> Iterator[str]:
    """Yield the texts of a gzipped file of real entries."""
    with gzip.open(shared_data / "entries" / name, "rt", encoding="utf-8") as lines:
        for line in lines:
            yield json.loads(line)["text"]


def gold(shared_data: Path) -> list[tuple[str, str, dict]]:
    """Return (id, text, record) of every labelled entry."""
    texts = {row["id"]: row["text"] for row in _rows(shared_data / "gold" / "entries.jsonl")}
    return [
        (row["id"], texts[row["id"]], row["record"]) for row in _rows(shared_data / "gold" / "gold.jsonl")
    ]


def _rows(path: Path) -> list[dict]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines() if line.strip()]
