"""Loading a stream of items: read, parsed, and written batch by batch through the door."""

import hashlib
import json
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path

from django.utils import timezone

from sources.models import Source
from victims import entries
from victims.importing.readers import Item, ReadError
from victims.models import Batch, Entry
from victims.models.dictionary import Dictionary
from victims.models.prepared import EntryInput, as_json, pruned
from victims.models.record import Change, write
from victims.models.rows import check
from victims.models.values import RecordError
from victims.vocabulary import RevisionKind, Status

#: Items in one transaction: what a killed import loses at most.
CHUNK = 500


@dataclass(slots=True)
class Rejected:
    """An item that was not taken, its line and why."""

    line: int
    reason: str


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

    An item with a record of its own was read by its reader; then no parser is named, so that none reads it again.
    """
    if item.record is not None:
        return EntryInput(
            source=source,
            item_key=item.key,
            record=item.record,
            text=item.text,
            locator=item.locator,
            language=item.language,
            spans=item.spans,
            warnings=item.warnings or None,
            synthetic=synthetic or source.synthetic,
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
) -> Summary:
    """Write a stream of items, idempotently by item key: new, changed and unchanged are counted apart.

    Every ``CHUNK`` items are one transaction, so that a run killed half way is finished by running it again.
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
    chunk = []
    for item in items:
        summary.read += 1
        if isinstance(item, ReadError):
            summary.rejected.append(Rejected(item.line, item.message))
        else:
            chunk.append(item)
        if len(chunk) >= CHUNK:
            loader.take(chunk)
            chunk = []
        progress(1)
    loader.take(chunk)
    if summary.batch:
        summary.batch.counts = summary.counts()
        summary.batch.finished_at = timezone.now()
        summary.batch.save()
    return summary


def same(item: Item, text: str, locator: str, reading: dict | None = None) -> bool:
    """Return whether an item says what its entry says: by its words, and by its record where it brings one."""
    if (item.text, item.locator) != (text, locator):
        return False
    return item.record is None or json.loads(as_json(pruned(item.record))) == reading


def fingerprint(file: Path) -> str:
    """Return the SHA-256 of a file's bytes; "" for what is not a file (standard input)."""
    if not file.is_file():
        return ""
    with file.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()


class _Loader:
    def __init__(self, source, synthetic, status, by, summary: Summary):
        self.source, self.synthetic, self.status, self.by = source, synthetic, status, by
        self.summary, self.batch, self.lookup = summary, None, Dictionary()

    def take(self, items: list[Item]) -> None:
        """Write a chunk; an item that cannot be kept is set aside and the others are written without it."""
        known = self._known(items)
        fresh = [item for item in items if item.key not in known or not same(item, *known[item.key])]
        self.summary.unchanged += len(items) - len(fresh)
        put = []
        for item in fresh:
            entry = parsed(item, self.source, self.synthetic)
            try:
                check(entry.record)
            except RecordError as error:
                self.summary.rejected.append(Rejected(item.line, str(error)))
            else:
                put.append(entry)
                self.summary.warned += bool(entry.warnings)
                self.summary.warnings.update(entry.warnings or ())
        if self.batch is None:
            changed = sum(entry.item_key in known for entry in put)
            self.summary.changed += changed
            self.summary.new += len(put) - changed
        elif put:
            self._write(put)

    def _known(self, items) -> dict[str, tuple]:
        """Return what is there already, as ``same`` takes it; an unchanged item is not read again."""
        rows = Entry.objects.filter(
            source_id=self.source.pk, item_key__in=[item.key for item in items], removed=False
        )
        columns = ["item_key", "text", "locator"]
        if any(item.record is not None for item in items):
            columns.append("reading")
        return {key: said for key, *said in rows.values_list(*columns)}

    def _write(self, put) -> None:
        written = write(
            Change(put=put),
            kind=RevisionKind.IMPORT,
            by=self.by,
            batch=self.batch,
            status=self.status,
            lookup=self.lookup,
        )
        self.summary.new += len(put) - len(written.changed) - len(written.unchanged)
        self.summary.changed += len(written.changed)
        self.summary.unchanged += len(written.unchanged)
