"""Undoing a batch: what it brought goes, what it changed becomes what it was, the rest is computed again."""

from django.db.models import Exists, OuterRef
from django.utils import timezone

from memorial.saying import said as _
from victims.models import Batch, Entry, EntryVersion, Revision
from victims.models.dictionary import chunks
from victims.models.record import Change, Refused, write
from victims.vocabulary import RevisionKind, Status

CHUNK = 500
#: How the log tells that an import removed what its file had no more; the former status follows.
GONE = "no longer in the file; the record was "


def undo_batch(batch: Batch, *, why: str, by=None, progress=lambda done: None) -> dict:
    """Take back an import, also after merges, edits and publication; return {"removed", "reverted"}.

    Entries that it made lose their facts (their words stay, and a later import brings them back); entries
    that it changed return to their version before, and those that it removed come back ("returned"); versions
    that were replaced since are marked undone. Victims without an entry left keep a tombstone. Done in
    transactions of 500 entries: run it again if it was killed. Raises Refused where it is undone already.
    """
    if batch.undone_at:
        raise Refused(_("This import is undone already."))
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
    for status, removed in _removed_by(batch).items():
        for found in chunks(removed, CHUNK):
            write(Change(revert=found), kind=RevisionKind.UNDO_BATCH, by=by, why=why, status=status)
            counts["returned"] = counts.get("returned", 0) + len(found)
            progress(len(found))
    batch.undone_at = timezone.now()
    batch.save(update_fields=["undone_at"])
    return counts


def _removed_by(batch: Batch) -> dict[str, list[int]]:
    """Return {status of the record then: entries} that an import removed because its file had them no more.

    Such an entry keeps a version of the very same words before it; what else was removed has none.
    """
    same = EntryVersion.objects.filter(
        entry=OuterRef("pk"), version=OuterRef("version") - 1, text=OuterRef("text"), undone=False
    )
    found = Entry.objects.filter(Exists(same), batch=batch, removed=True)
    found = list(found.order_by("pk").values_list("pk", "victim"))
    rows = Revision.objects.filter(batch=batch, why__startswith=GONE, victim__isnull=False)
    status = {victim: why.removeprefix(GONE) for victim, why in rows.values_list("victim", "why")} if found else {}
    by_status: dict[str, list[int]] = {}
    for pk, victim in found:
        by_status.setdefault(status.get(victim, str(Status.DRAFT)), []).append(pk)
    return by_status


def standing(batch: Batch) -> dict[str, int]:
    """Return what of an import stands now: entries in force, former versions, entries removed since."""
    entries = Entry.objects.filter(batch=batch)
    return {
        "entries in force": entries.filter(removed=False).count(),
        "replaced since": EntryVersion.objects.filter(batch=batch).count(),
        "removed": entries.filter(removed=True).count(),
    }
