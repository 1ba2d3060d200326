"""A whole file taken in: read to its end first, loaded, what it rejects written out, what is gone told."""

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from sources.models import Source
from victims.importing.batches import GONE
from victims.importing.loading import Summary, load
from victims.importing.readers import File, Seen
from victims.models import Batch, Entry
from victims.models.bulk import bounded
from victims.models.dictionary import chunks
from victims.models.record import Change, Refused, write
from victims.vocabulary import RevisionKind, Status


@dataclass
class Taken:
    """What became of a file; ``gone`` are imported entries of the source that it no longer has.

    ``by_words`` of its entries have no id, and are known by a hash of their words.
    """

    summary: Summary
    gone: int = 0
    by_words: int = 0
    removed: int = 0
    rejected: Path | None = None
    aside: Counter = field(default_factory=Counter)

    def counts(self) -> dict:
        """Return the numbers as the batch keeps them."""
        counts = self.summary.counts()
        return counts | {name: number for name in ("gone", "removed") if (number := getattr(self, name))}


def take_in(
    file: File,
    source: Source,
    *,
    synthetic=False,
    status: str = Status.DRAFT,
    by=None,
    dry_run=False,
    remove_gone=False,
    rejected: Path | None = None,
    processes: int = 2,
    progress: Callable[[int], object] = lambda done: None,
    word: Callable[[str], str] = str,
) -> Taken:
    """Load a file that was read to its end before (``File.count``), so that nothing of a spoilt one is written.

    Rejected lines go to the file ``rejected`` in the form of their own file, each under its reason, as ``word``
    tells it. Entries that
    earlier imports of the source brought and this file has no more are counted, and removed with ``remove_gone``
    (their words stay; undoing the batch brings them back). A file of rejected lines that were mended has nothing
    gone: it is a part. Raises ReadError; and Refused where something was rejected and what is gone should be
    removed: a line that cannot be read may be one of these.
    """
    mended = file.is_mended()
    if mended and remove_gone:
        raise Refused("This is a file of rejected lines: what it has not is not gone. Leave --remove-gone out.")
    summary = load(
        file.items(),
        source,
        file=file.path,
        synthetic=synthetic,
        status=status,
        by=by,
        dry_run=dry_run,
        progress=progress,
        processes=processes,
    )
    taken = Taken(summary, aside=getattr(file.reader, "aside", Counter()))
    taken.aside.pop(f"source: {source.slug}", None)
    taken.by_words = file.reader.keys.given if hasattr(file.reader, "keys") else 0
    gone = _gone(source, file.seen) if source.pk and not mended else []
    taken.gone = len(gone)
    if remove_gone and gone and not dry_run and not summary.rejected:
        taken.removed = _remove(gone, summary.batch, by)
    if summary.batch:
        summary.batch.counts = taken.counts()
        summary.batch.save(update_fields=["counts"])
    if summary.rejected and rejected and not dry_run:
        lines = {told.line: word(told.reason) for told in summary.rejected}
        taken.rejected = _write_rejected(file, lines, rejected)
    if remove_gone and gone and summary.rejected:
        raise Refused(
            f"{len(gone)} entries are not in the file, and are kept, because {len(summary.rejected)} lines were "
            "rejected and may be some of them: mend these lines, and import again."
        )
    return taken


def _write_rejected(file: File, lines: dict[int, str], out: Path) -> Path:
    """Write out what was rejected; Refused, which says how to come by it, where that cannot be."""
    try:
        return file.write_rejected(lines, out)
    except OSError as error:
        raise Refused(
            f"{len(lines)} lines were rejected, and cannot be written to {out} ({error.strerror or error}). "
            "All else was imported: run it again with --rejected FILE, where something can be written."
        ) from None


def _gone(source: Source, seen: Seen) -> list[int]:
    """Return the ids of entries that an import brought and a file no longer has; keyed ones are never gone."""
    found = Entry.objects.filter(source=source, removed=False, batch__isnull=False)
    rows = found.values_list("pk", "item_key").order_by("pk").iterator(chunk_size=10_000)
    with bounded():
        return [pk for pk, key in rows if key not in seen]


def _remove(gone: list[int], batch: Batch, by) -> int:
    """Remove entries; the log tells the status that their records had, for an undoing (``batches``)."""
    for chunk in chunks(gone):
        by_status: dict[str, list[int]] = {}
        for pk, status in Entry.objects.filter(pk__in=chunk).values_list("pk", "victim__status"):
            by_status.setdefault(status, []).append(pk)
        for status, found in sorted(by_status.items()):
            why = f"{GONE}{status}"
            write(Change(remove=found), kind=RevisionKind.IMPORT, by=by, batch=batch, why=why)
    return len(gone)
