"""What became of the words of many entries: each slot's share, longest and most frequent values, and what is left.

For those who check a reading: a value too long has swallowed something, a frequent remainder is an unknown form.
"""

import re
from collections import Counter, defaultdict
from collections.abc import Iterator
from heapq import nlargest

from victims.entries.draft import Draft
from victims.meanings import meaning_of

LONGEST = 5
FREQUENT = 50
_NUMBER = re.compile(r"\[\d+\]")
_DIGITS = re.compile(r"\d")
#: Slots whose values are the words of a body.
_BODIES = (".body", ".withdrawn_by")


class Report:
    """Counts of drafts: `add` each entry, then print `lines`."""

    def __init__(self) -> None:
        self.entries = 0
        self.unread = 0
        self.filled: Counter[str] = Counter()
        self.values: dict[str, Counter[str]] = defaultdict(Counter)
        self.remainders: Counter[str] = Counter()
        self.warnings: Counter[str] = Counter()
        self.unmatched: Counter[str] = Counter()

    def add(self, text: str, draft: Draft) -> None:
        """Count one entry and its reading."""
        self.entries += 1
        self.unread += bool(draft.remainder)
        slots = set()
        for span in draft.spans:
            slot = _NUMBER.sub("[]", span.slot)
            slots.add(slot)
            self.values[slot][span.value] += 1
            if slot.endswith(_BODIES) and meaning_of("body", span.value) is None:
                self.unmatched[span.value] += 1
        self.filled.update(slots)
        self.warnings.update(draft.warnings)
        # Figures differ from entry to entry; the words around them tell the form.
        self.remainders.update(_DIGITS.sub("0", " ".join(text[a:b].split())) for a, b in draft.remainder)

    def lines(self) -> Iterator[str]:
        """Yield the report line by line: tab-separated under a heading for each part."""
        share = 1 - self.unread / self.entries if self.entries else 1
        yield f"{self.entries} entries, {share:.2%} without a remainder"
        yield from _counted("warnings", self.warnings)
        yield from _counted("remainders, figures as 0", self.remainders)
        yield from _counted("bodies not recognised", self.unmatched)
        for slot, number in sorted(self.filled.items()):
            told = self.values[slot]
            yield f"# {slot}: in {number / self.entries:.2%} of entries, {len(told)} values"
            for value in nlargest(LONGEST, told, key=lambda value: (len(value), value)):
                yield f"longest\t{len(value)}\t{value}"
            yield from (f"{times}\t{value}" for value, times in told.most_common(FREQUENT))


def _counted(heading: str, counts: Counter[str]) -> Iterator[str]:
    yield f"# {heading}: {counts.total()}"
    yield from (f"{times}\t{words}" for words, times in counts.most_common(FREQUENT))
