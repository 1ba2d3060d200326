"""What a parsed entry is: the record, where each value stands in the text, and what was not understood."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import lru_cache, partial
from typing import Any, NamedTuple

from victims.entries.clauses import Range, trim
from victims.letters import fold

EVENTS = {
    "arrests": ("date", "body"),
    "sentences": ("body", "date", "charge", "verdict", "kind", "term"),
    "rehabilitations": ("date", "body"),
}
_HOLDERS = ("birth", "death", "name_variants")
_STEP = re.compile(r"(\w+)(?:\[(\d+)\])?")
_WORD = re.compile(r"\w")
_GAPS = frozenset((" ", ". ", ", ", "; ", ".\n", ".", ",", "\n", ": "))
#: A word parted by the end of a line is one word: "Расстре-\nлян".
_PARTED = re.compile(r"(?<=[^\W\d_])[-\u00ad]\s*\n\s*(?=[^\W\d_])")


class Span(NamedTuple):
    """One value and the pieces of the text it was made of."""

    slot: str
    pieces: tuple[Range, ...]
    value: str


_span = partial(tuple.__new__, Span)  # as `Span`, and three times as fast


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


#: Where a word may be parted, and is not.
_SOFT = re.compile(r"(?<=[^\W\d_])\u00ad(?=[^\W\d_])")


def printed(text: str, pieces: tuple[Range, ...]) -> str:
    """Return the words of the pieces as one value: space is one space, a word parted at a line end whole."""
    if len(pieces) == 1:
        start, end = pieces[0]
        said = text[start:end]
    else:
        said = " ".join([text[start:end] for start, end in pieces])
    if "\n" in said and ("-" in said or "\u00ad" in said):
        said = _PARTED.sub(_whole, said)
    if "\u00ad" in said:
        said = _SOFT.sub("", said)
    return " ".join(said.split())


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

    __slots__ = (
        "folded", "holders", "labels", "lines", "open", "pending", "record", "spans", "taken", "text", "warnings",
    )  # fmt: skip

    def __init__(self, text: str) -> None:
        self.text = text
        self.folded = fold(text)
        self.record = empty_record()
        # What holds the slots of each prefix: "sentences[0]" is one dictionary of the record.
        self.holders: dict[str, Any] = {"": self.record, **{key: self.record[key] for key in _HOLDERS}}
        self.spans: list[Span] = []
        self.labels: list[Range] = []
        self.taken: list[Range] = []  # the pieces of all spans
        self.warnings: list[str] = []
        self.pending: dict[str, Range | str] = {}
        self.lines: list[Any] | None = None
        self.open: str | None = None  # the sentence that a charge or punishment told next belongs to

    def put(self, slot: str, value: str, *pieces: Range) -> bool:
        """Fill a slot with a code or a date made of the pieces; False when it is filled already."""
        prefix, key = _parted(slot)
        holder = self.holders.get(prefix)
        if holder is None:
            holder = self._holder(prefix, type(key))
        if type(key) is int:
            holder.append(value)
        elif holder.get(key) is None:
            holder[key] = value
        else:
            return False
        self.spans.append(_span((slot, pieces, value)))
        self.taken += pieces
        return True

    def put_text(self, slot: str, *pieces: Range) -> bool:
        """Fill a slot with the printed words of the pieces, trimmed; False when nothing is left of them."""
        if len(pieces) == 1 and (start := pieces[0][0]) + _LONGEST_REMEMBERED > (end := pieces[0][1]):
            found = _words_in(self.text[start:end])
            return found is not None and self.put(slot, found[2], (start + found[0], start + found[1]))
        folded, kept = self.folded, []
        for start, end in pieces:
            piece = start, end = trim(folded, start, end)
            if start < end and (folded[start].isalnum() or _WORD.search(folded, start, end)):
                kept.append(piece)
        return self.put(slot, printed(self.text, kept), *kept) if kept else False

    def take_back(self, slot: str) -> None:
        """Empty a slot again: its words go back to the remainder."""
        prefix, key = _parted(slot)
        holder = self._holder(prefix, type(key))
        if isinstance(holder, dict):
            holder[key] = None
        self.spans = [span for span in self.spans if span.slot != slot]
        self.taken = [piece for span in self.spans for piece in span.pieces]

    def says(self, piece: Range) -> bool:
        """True when the piece holds a letter or a digit."""
        start, end = piece
        return start < end and (self.folded[start].isalnum() or _WORD.search(self.folded, start, end) is not None)

    def filled(self, slot: str) -> bool:
        """True when the slot has a value."""
        prefix, key = _parted(slot)
        holder = self.holders.get(prefix)
        if holder is None:
            holder = self._holder(prefix, type(key))
        return key < len(holder) if type(key) is int else bool(holder.get(key))

    def event(self, kind: str) -> str:
        """Add an arrest, sentence … of nulls, or of a kind that few entries tell an empty one; return its slot."""
        told = self.record.setdefault(kind, [])
        slot = f"{kind}[{len(told)}]"
        self.holders[slot] = event = dict.fromkeys(EVENTS.get(kind, ()))
        told.append(event)
        return slot

    def last(self, kind: str) -> str | None:
        """Return the slot of the last arrest, sentence … that is told, or None."""
        told = self.record.get(kind)
        return f"{kind}[{len(told) - 1}]" if told else None

    def more(self, slot: str) -> str:
        """Return the slot of one more member of a list: "name_variants[2]"."""
        return f"{slot}[{len(self._holder(slot, int))}]"

    def label(self, start: int, end: int) -> None:
        """Note that this piece of the text is a known label."""
        self.labels.append((start, end))

    def warn(self, code: str) -> None:
        """Note a doubt, once."""
        if code not in self.warnings:
            self.warnings.append(code)

    def finish(self) -> Draft:
        """Return the draft; whatever no value and no label holds is its remainder."""
        labels = sorted(self.labels)
        return Draft(self.record, self.spans, labels, self._remainder(sorted(self.taken + labels)), self.warnings)

    def _remainder(self, taken: list[Range]) -> list[Range]:
        left, position, folded = [], 0, self.folded
        taken.append((len(folded), len(folded)))
        for start, end in taken:
            if (
                start > position
                and folded[position:start] not in _GAPS
                and (first := _WORD.search(folded, position, start))
            ):
                left.append((first.start(), self._last_letter(first.start(), start)))
            if end > position:
                position = end
        return left

    def _last_letter(self, start: int, end: int) -> int:
        while end > start and not _WORD.match(self.folded, end - 1):
            end -= 1
        return end

    def _holder(self, prefix: str, keys: type) -> Any:
        """Return what holds the slots of a prefix, made where nothing is told yet: a list for numbers as keys."""
        holder = self.holders.get(prefix)
        if holder is None:
            before, key = _parted(prefix)
            above = self._holder(before, type(key))
            if type(key) is not int and key not in above:
                above[key] = [] if keys is int else {}
            self.holders[prefix] = holder = above[key]
        return holder


_LONGEST_REMEMBERED = 60


# Most values are the same few words, printed thousands of times.
@lru_cache(maxsize=1 << 15)
def _words_in(piece: str) -> tuple[int, int, str] | None:
    """Return where the words of a piece begin and end, trimmed, and what they are; None where it has none."""
    start, end = trim(fold(piece), 0, len(piece))
    return (start, end, printed(piece, ((start, end),))) if _WORD.search(piece, start, end) else None


@lru_cache(maxsize=4096)
def _parted(slot: str) -> tuple[str, str | int]:
    """Part a slot from what holds it: ("sentences[0]", "date"), ("notes", 0), ("", "party")."""
    if slot.endswith("]"):
        prefix, _, number = slot[:-1].rpartition("[")
        return prefix, int(number)
    prefix, _, key = slot.rpartition(".")
    return prefix, key


@lru_cache(maxsize=4096)
def _steps(slot: str) -> tuple[str | int, ...]:
    """Part "sentences[0].revision.date" into its steps: keys, and numbers in lists."""
    steps: list[str | int] = []
    for name, number in _STEP.findall(slot):
        steps.append(name)
        if number:
            steps.append(int(number))
    return tuple(steps)
