"""Loading a stream of items: read, parsed, and written batch by batch through the door."""

import hashlib
import json
from collections import Counter, deque
from collections.abc import Iterable
from contextlib import closing
from dataclasses import dataclass, field
from functools import partial
from itertools import chain, islice
from pathlib import Path

from django.db import connection, transaction
from django.utils import timezone

from sources.models import Source
from victims import entries
from victims.importing.laying import Beside, Here, Rejected, Told, beside
from victims.importing.readers import Item, ReadError
from victims.models import Batch, Entry, Victim
from victims.models.bulk import analyze, bounded, next_ids, unlogged
from victims.models.dictionary import REMEMBERED, Dictionary
from victims.models.prepared import EntryInput, Prepared, as_json, pruned
from victims.models.record import Change, Refused, write
from victims.models.values import RecordError
from victims.vocabulary import RevisionKind, Status

#: Items in one transaction: what a killed import loses at most; fewer where their words have so many characters.
CHUNK, LARGEST = 500, 4_000_000
#: Fewer than these are read without other processes.
FEW = 1000
#: As many new entries, and whenever they are twice as many, the database learns anew what its tables hold.
MANY = 20_000


@dataclass
class Summary:
    """What became of a file's items; ``batch`` is None for a dry run."""

    read: int = 0
    new: int = 0
    changed: int = 0
    unchanged: int = 0
    warned: int = 0
    warnings: Counter = field(default_factory=Counter)
    rejected: list[Rejected] = field(default_factory=list)
    batch: Batch | None = None

    def counts(self) -> dict:
        """Return the numbers as the batch keeps them."""
        return {
            "read": self.read,
            "new": self.new,
            "changed": self.changed,
            "unchanged": self.unchanged,
            "warned": self.warned,
            "rejected": len(self.rejected),
        }


def parsed(item: Item, source: Source, synthetic: bool = False) -> EntryInput:
    """Return an item as the door takes it: its words read by the parser, spans beside them.

    An item with a record of its own was read by its reader; then no parser is named, so that none reads it again
    (but an export tells the one that once did).
    """
    item.filled()
    if item.record is not None:
        return EntryInput(
            source=source,
            item_key=item.key,
            record=item.record,
            text=item.text,
            locator=item.locator,
            language=item.language,
            spans=item.spans,
            parser_version=item.parser_version,
            warnings=item.warnings or None,
            corrections=item.corrections,
            synthetic=synthetic or source.synthetic or item.synthetic,
        )
    draft = entries.parse(item.text)
    spans = [[span.slot, [list(piece) for piece in span.pieces]] for span in draft.spans]
    if draft.remainder:
        spans.append(["", [list(piece) for piece in draft.remainder]])
    return EntryInput(
        source=source,
        item_key=item.key,
        record=draft.record,
        text=item.text,
        locator=item.locator,
        language=item.language,
        spans=spans,
        parser_version=entries.PARSER_VERSION,
        warnings=draft.warnings or None,
        synthetic=synthetic or source.synthetic,
    )


def load(
    items: Iterable[Item | ReadError],
    source: Source,
    *,
    file: Path | None = None,
    synthetic=False,
    status: str = Status.DRAFT,
    by=None,
    dry_run=False,
    progress=lambda done: None,
    processes=2,
) -> Summary:
    """Write a stream of items, idempotently by item key: new, changed and unchanged are counted apart.

    Every ``CHUNK`` items are one transaction, so that a run killed half way is finished by running it again.
    Many are read by so many ``processes`` beside this one (0: a server that has threads must not fork).
    ``progress`` is called with the number of items done. Items that cannot be kept are in ``rejected``.
    """
    summary = Summary()
    loader = _Loader(source, synthetic, str(status), by, summary)
    if not dry_run:
        summary.batch = loader.batch = Batch.objects.create(
            source=source,
            file_name=file.name[:300] if file else "",
            by=by,
            started_at=timezone.now(),
            file_sha256=fingerprint(file) if file else "",
        )
    items, chunk, size = iter(items), [], 0
    with unlogged(), bounded(), closing(loader):
        first = list(islice(items, FEW + 1))
        if len(first) > FEW:
            analyze(Entry)  # a table that was loaded just now would be gone through for every chunk
            loader.start(processes)
        for item in chain(first, items):
            summary.read += 1
            if isinstance(item, ReadError):
                summary.rejected.append(Rejected(item.line, item.message))
            else:
                chunk.append(item)
                size += len(item.text)
            if len(chunk) >= CHUNK or size > LARGEST:
                loader.take(chunk)
                chunk, size = [], 0
            progress(1)
        loader.take(chunk)
        loader.finish()
        if summary.new >= MANY and summary.new > loader.analyzed:
            analyze()
    summary.rejected.sort(key=lambda told: told.line)
    if summary.batch:
        summary.batch.counts = summary.counts()
        summary.batch.finished_at = timezone.now()
        summary.batch.save()
    return summary


def same(item: Item, text: str, locator: str, reading: dict | None = None) -> bool:
    """Return whether an item says what its entry says: by its words, and by its record where it brings one.

    Of one whose fields are unread nobody can say so yet.
    """
    if (item.text, item.locator) != (text, locator) or item.unread:
        return False
    return item.record is None or json.loads(as_json(pruned(item.record))) == reading


def _was(item: Item, there: list | None) -> dict | None:
    """Return what an entry was read as, if its words are those of an item whose fields are unread."""
    text, locator, *reading = there or ("", "")
    return reading[0] if item.unread and (item.text, item.locator) == (text, locator) else None


def fingerprint(file: Path) -> str:
    """Return the SHA-256 of a file's bytes; "" for what is not a file (standard input)."""
    if not file.is_file():
        return ""
    with file.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()


class _Loader:
    """Gives chunks to those who read them, and writes what comes back, in order."""

    def __init__(self, source, synthetic, status, by, summary: Summary):
        self.source, self.status, self.by = source, status, by
        self.summary, self.batch, self.lookup = summary, None, Dictionary()
        self.read = partial(parsed, source=source, synthetic=synthetic)
        self.idle: list[Here | Beside] = [Here(self.read)]
        self.busy: deque[Here | Beside] = deque()
        self.analyzed = 0

    def start(self, processes: int) -> None:
        """Have so many processes read; 0, or where the system cannot fork: this one."""
        self.idle = beside(self.read, processes, connection.vendor == "postgresql") or self.idle

    @property
    def how(self) -> dict:
        """How new victims are laid out."""
        return {"status": self.status, "batch_id": self.batch and self.batch.pk}

    def take(self, items: list[Item]) -> None:
        """Have a chunk read, and write an earlier one; what is unchanged is not read again."""
        known = self._known(items)
        fresh = [item for item in items if not (known.get(item.key) and same(item, *known[item.key]))]
        self.summary.unchanged += len(items) - len(fresh)
        if not fresh:
            return
        if not self.idle:
            self._write()
        hand, was = self.idle.pop(), {item.key: _was(item, known[item.key]) for item in fresh if item.key in known}
        hand.take(fresh, was, self._numbers(len(fresh) - len(was)), **self.how)
        self.busy.append(hand)

    def finish(self) -> None:
        """Write all that was taken."""
        while self.busy:
            self._write()

    def close(self) -> None:
        """Let those go who read."""
        for hand in (*self.idle, *self.busy):
            hand.close()

    def _known(self, items) -> dict[str, tuple]:
        """Return what is there already, as ``same`` takes it, None where it was removed."""
        rows = Entry.objects.filter(source_id=self.source.pk, item_key__in=[item.key for item in items])
        columns = ["item_key", "removed", "text", "locator"]
        if any(item.record is not None or item.unread for item in items):
            columns.append("reading")
        return {key: None if removed else said for key, removed, *said in rows.values_list(*columns)}

    def _write(self) -> None:
        """Write the chunk that was taken first; an item that cannot be kept is set aside."""
        hand = self.busy.popleft()
        self.idle.append(hand)
        told = hand.told()
        self.summary.rejected += told.rejected
        self.summary.unchanged += told.unchanged
        self.summary.warned += told.warned
        self.summary.warnings.update(told.warnings)
        if self.batch is None:
            self.summary.changed += len(told.changed)
            self.summary.new += told.new
            return
        prepared = self._prepared(hand, told) if told.new else None
        try:
            self._through(Change(put=told.changed, prepared=[prepared] if prepared else []))
        except (Refused, RecordError):  # another writer brought the same item, or one names what is not there
            for entry in [*told.changed, *hand.inputs()]:
                self._alone(entry)

    def _numbers(self, count: int) -> list[tuple[int, int]]:
        """Return ids of so many new victims and their entries."""
        if self.batch is None:
            return [(0, 0)] * count
        with transaction.atomic():
            return list(zip(next_ids(Victim, count), next_ids(Entry, count), strict=True))

    def _prepared(self, hand, told: Told) -> Prepared | None:
        """Have the rows of the new entries of a chunk, their words learnt first; None where all are rejected.

        Words are kept in a transaction of their own, short and in one order, so that imports do not wait
        for each other's persons.
        """
        words = told.words
        with transaction.atomic():
            ids = {model: next_ids(model, number) for model, number in told.ids.items()}
        while True:
            made, rejected = hand.rows(*self._learn(words), ids)
            self.summary.rejected += rejected
            if isinstance(made, Prepared):
                return made if made.victims else None
            words = made

    def _learn(self, words: set) -> tuple[dict, dict]:
        """Return the ids of words, made where they are new, and what forms of bodies mean."""
        if len(self.lookup.ids) > REMEMBERED:
            self.lookup.forget()
        self.lookup.missing = {word for word in words if word not in self.lookup.ids}
        with transaction.atomic():
            self.lookup.learn()
        ids = {word: self.lookup.ids[word] for word in words}
        return ids, {pk: self.lookup.bodies[pk] for pk in ids.values() if pk in self.lookup.bodies}

    def _alone(self, entry: EntryInput) -> None:
        try:
            self._through(Change(put=[entry]))
        except RecordError as error:
            self.summary.rejected.append(Rejected(0, f"{entry.item_key}: {error}"))

    def _through(self, change: Change) -> None:
        written = write(
            change,
            kind=RevisionKind.IMPORT,
            by=self.by,
            batch=self.batch,
            status=self.status,
            lookup=self.lookup,
        )
        self.summary.new += len(written.new)
        if self.summary.new >= max(MANY, 2 * self.analyzed):
            self.analyzed = self.summary.new
            analyze()  # without it every look-up would go through tables as small as they were
        self.summary.changed += len(written.changed)
        self.summary.unchanged += len(written.unchanged)
