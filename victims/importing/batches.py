"""Undoing a batch: what it brought goes, what it changed becomes what it was, the rest is computed again."""

from django.utils import timezone

from victims.models import Batch, Entry, EntryVersion
from victims.models.record import Change, Refused, write
from victims.vocabulary import RevisionKind

CHUNK = 500


def undo_batch(batch: Batch, *, why: str, by=None, progress=lambda done: None) -> dict:
    """Take back an import, also after merges, edits and publication; return {"removed", "reverted"}.

    Entries that it made lose their facts (their words stay, and a later import brings them back); entries
    that it changed return to their version before; versions that were replaced since are marked undone.
    Victims without an entry left keep a tombstone. Done in transactions of 500 entries: run it again if it
    was killed. Raises Refused where it is undone already.
    """
    if batch.undone_at:
        raise Refused("This import is undone already.")
    # First, so that no entry falls back to a version of this very batch.
    EntryVersion.objects.filter(batch=batch).update(undone=True)
    counts = {"removed": 0, "reverted": 0}
    while True:
        found = list(
            Entry.objects.filter(batch=batch, removed=False).order_by("pk").values_list("pk", flat=True)[:CHUNK]
        )
        if not found:
            break
        former = set(EntryVersion.objects.filter(entry__in=found, undone=False).values_list("entry", flat=True))
        gone = [pk for pk in found if pk not in former]
        write(Change(remove=gone, revert=sorted(former)), kind=RevisionKind.UNDO_BATCH, by=by, why=why)
        counts["removed"] += len(gone)
        counts["reverted"] += len(former)
        progress(len(found))
    batch.undone_at = timezone.now()
    batch.save(update_fields=["undone_at"])
    return counts
