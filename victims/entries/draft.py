"""What a parsed entry is: the record, where each value stands in the text, and what was not understood."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import chain
from typing import Any, NamedTuple

from victims.entries.clauses import Range, trim
from victims.letters import fold

EVENTS = {
    "arrests": ("date", "body"),
    "sentences": ("body", "date", "charge", "verdict", "kind", "term"),
    "rehabilitations": ("date", "body"),
}
_STEP = re.compile(r"(\w+)(?:\[(\d+)\])?")
_WORD = re.compile(r"\w")
_ONE_SPACED = re.compile(r"\S+(?: \S+)*+").fullmatch
_GAPS = frozenset((" ", ". ", ", ", "; ", ".\n", ".", ",", "\n", ": "))
#: A word parted by the end of a line is one word: "Расстре-\nлян".
_PARTED = re.compile(r"(?<=[^\W\d_])[-\u00ad]\s*\n\s*(?=[^\W\d_])")


class Span(NamedTuple):
    """One value and the pieces of the text it was made of."""

    slot: str
    pieces: tuple[Range, ...]
    value: str


@dataclass(slots=True)
class Draft:
    """A parsed entry before it becomes rows; `record` has the form of the gold set's SCHEMA.md."""

    record: dict[str, Any]
    spans: list[Span] = field(default_factory=list)
    labels: list[Range] = field(default_factory=list)
    remainder: list[Range] = field(default_factory=list)
    warnings: list[str] = field(default_factory=list)

    def set(self, slot: str, value: str) -> None:
        """Give a filled slot other words."""
        *way, last = _steps(slot)
        holder: Any = self.record
        for step in way:
            holder = holder[step]
        holder[last] = value


def printed(text: str, pieces: tuple[Range, ...]) -> str:
    """Return the words of the pieces as one value: space is one space, a word parted at a line end whole."""
    if len(pieces) == 1:
        said = text[pieces[0][0] : pieces[0][1]]
    else:
        said = " ".join([text[start:end] for start, end in pieces])
    if "\n" in said and ("-" in said or "\u00ad" in said):
        said = _PARTED.sub(_whole, said)
    return said if _ONE_SPACED(said) else " ".join(said.split())


def _whole(match: re.Match[str]) -> str:
    """A hyphen before a small letter parts a word; before a capital it is the word's own."""
    following = match.string[match.end()]
    return "" if following.islower() else match.group()[0]


def empty_record() -> dict[str, Any]:
    """Return a record in which nothing is said."""
    return {
        "surname": None, "given_name": None, "patronymic": None, "name_variants": [], "sex": None,
        "birth": {"date": None, "place": None}, "nationality": None, "citizenship": None,
        "social_origin": None, "education": None, "party": None, "occupation": None, "residence": None,
        "arrests": [], "sentences": [], "death": {"date": None, "manner": None, "burial_place": None},
        "rehabilitations": [],
    }  # fmt: skip


class Reading:
    """The state of one parse: forms put values into it and `finish` makes the draft.

    A slot is filled once; what comes later for a filled slot is refused (False) and so stays in the remainder.
    """

    __slots__ = ("folded", "labels", "lines", "open", "pending", "record", "spans", "text", "warnings")

    def __init__(self, text: str) -> None:
        self.text = text
        self.folded = fold(text)
        self.record = empty_record()
        self.spans: list[Span] = []
        self.labels: list[Range] = []
        self.warnings: list[str] = []
        self.pending: dict[str, Range] = {}
        self.lines: list[Any] | None = None
        self.open: str | None = None  # the sentence that a charge or punishment told next belongs to

    def put(self, slot: str, value: str, *pieces: Range) -> bool:
        """Fill a slot with a code or a date made of the pieces; False when it is filled already."""
        way, key = _way(slot)
        holder = self.record if not way else self._holder(slot)[0]
        if type(key) is int:
            holder.append(value)
        elif holder.get(key) is None:
            holder[key] = value
        else:
            return False
        self.spans.append(Span(slot, pieces, value))
        return True

    def put_text(self, slot: str, *pieces: Range) -> bool:
        """Fill a slot with the printed words of the pieces, trimmed; False when nothing is left of them."""
        kept = []
        for piece in pieces:
            start, end = trim(self.folded, *piece)
            if start < end and (self.folded[start].isalnum() or _WORD.search(self.folded, start, end)):
                kept.append((start, end))
        return bool(kept) and self.put(slot, printed(self.text, kept), *kept)

    def take_back(self, slot: str) -> None:
        """Empty a slot again: its words go back to the remainder."""
        holder, key = self._holder(slot)
        if isinstance(holder, dict):
            holder[key] = None
        self.spans = [span for span in self.spans if span.slot != slot]

    def says(self, piece: Range) -> bool:
        """True when the piece holds a letter or a digit."""
        start, end = piece
        return start < end and (self.folded[start].isalnum() or _WORD.search(self.folded, start, end) is not None)

    def filled(self, slot: str) -> bool:
        """True when the slot has a value."""
        if slot in self.record:
            return self.record[slot] not in (None, [])
        holder, key = self._holder(slot)
        return key < len(holder) if type(key) is int else holder.get(key) not in (None, [])

    def event(self, kind: str) -> str:
        """Add an arrest, sentence … of nulls, or of a kind that few entries tell an empty one; return its slot."""
        told = self.record.setdefault(kind, [])
        told.append(dict.fromkeys(EVENTS.get(kind, ())))
        return f"{kind}[{len(told) - 1}]"

    def last(self, kind: str) -> str | None:
        """Return the slot of the last arrest, sentence … that is told, or None."""
        told = self.record.get(kind)
        return f"{kind}[{len(told) - 1}]" if told else None

    def more(self, slot: str) -> str:
        """Return the slot of one more member of a list: "name_variants[2]"."""
        holder, _ = self._holder(f"{slot}[0]")
        return f"{slot}[{len(holder)}]"

    def label(self, start: int, end: int) -> None:
        """Note that this piece of the text is a known label."""
        self.labels.append((start, end))

    def warn(self, code: str) -> None:
        """Note a doubt, once."""
        if code not in self.warnings:
            self.warnings.append(code)

    def finish(self) -> Draft:
        """Return the draft; whatever no value and no label holds is its remainder."""
        taken = sorted([*chain.from_iterable(span.pieces for span in self.spans), *self.labels])
        return Draft(self.record, self.spans, sorted(self.labels), self._remainder(taken), self.warnings)

    def _remainder(self, taken: list[Range]) -> list[Range]:
        left, position = [], 0
        for start, end in [*taken, (len(self.text), len(self.text))]:
            if (
                start > position
                and self.folded[position:start] not in _GAPS
                and (first := _WORD.search(self.folded, position, start))
            ):
                left.append((first.start(), self._last_letter(first.start(), start)))
            position = max(position, end)
        return left

    def _last_letter(self, start: int, end: int) -> int:
        while end > start and not _WORD.match(self.folded, end - 1):
            end -= 1
        return end

    def _holder(self, slot: str) -> tuple[Any, Any]:
        way, last = _way(slot)
        holder: Any = self.record
        for step, empty in way:
            if empty is not None and step not in holder:
                holder[step] = empty()
            holder = holder[step]
        return holder, last


@lru_cache(maxsize=4096)
def _way(slot: str) -> tuple[tuple[tuple[str | int, type | None], ...], str | int]:
    """Return the steps to the holder of a slot, each with what it holds when nothing is told, and the last."""
    *steps, last = _steps(slot)
    following = [*steps[1:], last]
    return (
        tuple(
            (step, None if type(step) is int else list if type(after) is int else dict)
            for step, after in zip(steps, following, strict=False)
        ),
        last,
    )


@lru_cache(maxsize=4096)
def _steps(slot: str) -> tuple[str | int, ...]:
    """Part "sentences[0].revision.date" into its steps: keys, and numbers in lists."""
    steps: list[str | int] = []
    for name, number in _STEP.findall(slot):
        steps.append(name)
        if number:
            steps.append(int(number))
    return tuple(steps)
