#!/usr/bin/env python3
"""How fast printed entries are read by one core, beside the plainest pass over the same words, in one run.

    benchmarks/parsing.py [--quick] [FILE …]

FILEs are entries as ``import_entries`` takes them, by default those of ../shared/data/entries; where there are
none, entries of persons who never lived. Time is that of the processor. The plainest pass finds every word of the
entries and lower-cases it.
"""

import argparse
import os
import re
import sys
import time
from pathlib import Path
from random import Random

ROOT = Path(__file__).resolve().parents[1]
ASKED = 5_000
QUICK, FULL, ROUNDS = 3_000, 30_000, 3
_WORD = re.compile(r"\w+")


def main() -> int:
    asked = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    asked.add_argument("--quick", action="store_true")
    asked.add_argument("files", nargs="*", type=Path)
    told = asked.parse_args()
    sys.path.insert(0, str(ROOT))
    files = told.files or sorted((ROOT.parent / "shared/data/entries").glob("*.jsonl.gz"))
    texts = read(files) if files else made(FULL)
    if told.quick:
        texts = Random(1).sample(texts, min(QUICK, len(texts)))
    from victims.entries import parse

    # One pass, as a book is read: a second would find all its names remembered.
    floors = [seconds(words, texts) for _ in range(ROUNDS)]
    spent = seconds(parse, texts)
    floors += [seconds(words, texts) for _ in range(ROUNDS)]
    rate = len(texts) / spent
    print(
        f"{len(texts):,} entries of {', '.join(file.name for file in files) or 'persons who never lived'}: "
        f"{rate:,.0f} a second of one core   {spent / min(floors):.1f} x the plainest pass over their words"
    )
    reached = "OK         " if rate >= ASKED else "NOT REACHED"
    print(f"{reached} entries a second: {rate:,.0f} (at least {ASKED:,})")
    return 0


def read(files: list[Path]) -> list[str]:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "memorial.settings")
    import django

    django.setup()
    from victims.importing.readers import read as items

    return [item.text for file in files for item in items(str(file))]


def made(number: int) -> list[str]:
    from victims.synthetic import persons

    return [person.text for person in persons(number, 1938)]


def words(text: str) -> int:
    return sum(len(word.lower()) for word in _WORD.findall(text))


def seconds(work, texts: list[str]) -> float:
    began = time.process_time()
    for text in texts:
        work(text)
    return time.process_time() - began


if __name__ == "__main__":
    raise SystemExit(main())
