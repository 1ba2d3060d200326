"""The door: ``write`` is the only way into a record (entries, facts, projection, name index, log).

A record that exists is changed by a ``Change``; a million new ones come as ``Prepared`` rows, which
``prepare`` lays out (also in other processes) without touching the database.
"""

from django.db import IntegrityError, connection, transaction
from django.utils import timezone

from memorial.saying import said as _
from victims.models import cluster
from victims.models.bulk import insert
from victims.models.change import Change, Conflict, Refused, Ruling, Written
from victims.models.dictionary import Dictionary, chunks, lock_chain
from victims.models.entry import Batch, Entry
from victims.models.entry_writing import EntryWriting
from victims.models.names import PersonName
from victims.models.prepared import NAME_COLUMNS, EntryInput, Prepared, insert_prepared, name_rows
from victims.models.projection import FIELDS, project, same_facts
from victims.models.restoring import restore, rule
from victims.models.revision import Revision
from victims.models.rows import NAME_PARTS, check
from victims.models.values import RecordError
from victims.models.victim import Decision, NotSame, Tombstone, Victim, public_id
from victims.vocabulary import Status, WithdrawalReason

__all__ = ["Change", "Conflict", "EntryInput", "Refused", "Ruling", "Written", "write"]


def write(
    change: Change,
    *,
    kind: str,
    by=None,
    why: str = "",
    batch: Batch | None = None,
    status: str = Status.DRAFT,
    lookup: Dictionary | None = None,
) -> Written:
    """Do a change in one transaction: entries, facts, projection, name index and log together.

    ``put`` makes or updates entries by (source, item key); ``move`` {entry: victim, or None for one of
    its own}; ``remove`` entries (their words stay); ``revert`` entries to their version before; ``correct``
    {entry: corrections}; ``reread`` {entry: its new reading}; ``decide``; ``status``, ``merged``
    {absorbed: kept or None}, ``withdraw`` {victim: reason}; ``apart`` {two victims: whether they were found
    not to be one person, or that is taken back}; ``refresh`` victims after their dictionary changed;
    ``restore`` people as another database had them, and decisions that were ``ruled`` there.
    ``expect`` {victim: revision} raises Conflict where a record is no longer as its editor saw it.
    New victims get ``status``. Raises RecordError or Refused, and then nothing is written.
    """
    lookup = lookup or Dictionary()
    try:
        with transaction.atomic():
            return _Writing(kind, by, why, batch, str(status), lookup).do(change)
    except IntegrityError as error:
        lookup.forget()
        if Entry.ONCE in str(error) or "source_id, victims_entry.item_key" in str(error):
            raise Refused(_("Somebody wrote the same item at the same moment: try again.")) from error
        raise
    except BaseException:
        lookup.forget()
        raise


class _Writing:
    """One passage through the door."""

    def __init__(self, kind, by, why, batch, status, lookup):
        self.kind, self.by, self.why, self.batch, self.status = kind, by, why, batch, status
        self.lookup, self.now = lookup, timezone.now()
        self.written = Written()
        self.found: dict[int, dict[str, bool]] = {}
        self.entries = EntryWriting(batch, status, self.lookup, self.now, self.written)
        self.touched, self.fresh = self.entries.touched, self.entries.fresh

    def do(self, change: Change) -> Written:
        known = self._known(change.put)
        self._lock(change, known)
        if known and connection.features.has_select_for_update:  # who waited for the lock has read what was
            known = self._known(change.put)
            self._lock(change, known)
        self.entries.put(change.put, known)
        for prepared in change.prepared:
            insert_prepared(prepared)
            self.fresh.append(prepared)
        if change.restore:
            fresh, computed = restore(change.restore, self.lookup)
            self.fresh += fresh
            self.touched |= computed
        self.touched |= rule(change.ruled, self.lookup)
        if change.reread:
            synthetic = dict(Entry.objects.filter(pk__in=change.reread).values_list("pk", "synthetic"))
            self.entries.foresee([(reading["record"], synthetic[pk]) for pk, reading in change.reread.items()])
        for entry_id, corrections in change.correct.items():
            self.entries.rewrite(Entry.objects.get(pk=entry_id), corrections=corrections)
        for entry_id, reading in change.reread.items():
            self.entries.rewrite(Entry.objects.get(pk=entry_id), **reading)
        self.entries.move(change.move)
        self.entries.remove(change.remove)
        for entry_id in change.revert:
            self.entries.revert(Entry.objects.get(pk=entry_id))
        self._decide(change.decide)
        self._set_status(change)
        self._tell_apart(change.apart)
        self.touched.update(change.refresh)
        self._recompute()
        for prepared in self.fresh:
            self._log_new(prepared)
        return self.written

    def _known(self, put) -> dict:
        """Return the entries that are there already: {(source id, item key): Entry}."""
        by_source: dict[int, list[str]] = {}
        for entry in put:
            by_source.setdefault(entry.source.pk, []).append(entry.item_key)
        known = {}
        for source_id, keys in by_source.items():
            for chunk in chunks(keys):
                for entry in Entry.objects.filter(source=source_id, item_key__in=chunk):
                    known[source_id, entry.item_key] = entry
        return known

    def _lock(self, change: Change, known: dict) -> None:
        """Lock the records that will be touched, in one order, before anything of them is read."""
        entries = {*change.move, *change.remove, *change.revert, *change.correct, *change.reread}
        victims = {entry.victim_id for entry in known.values()}
        victims |= (
            set(Entry.objects.filter(pk__in=entries).values_list("victim_id", flat=True)) if entries else set()
        )
        victims |= {entry.victim_id for entry in change.put} | set(change.move.values())
        victims |= {ruling.victim_id for ruling in change.decide} | set(change.status) | set(change.withdraw)
        victims |= set(change.merged) | set(change.merged.values()) | set(change.expect)
        victims |= {pk for pair in change.apart for pk in pair}
        victims.discard(None)
        found = Victim.objects.select_for_update().filter(pk__in=victims).order_by("pk") if victims else ()
        for victim in found:
            if change.expect.get(victim.pk, victim.revision) != victim.revision:
                raise Conflict(victim)
        merged = {victim.pk: victim for victim in found if victim.status == Status.MERGED}
        named = {entry.victim_id for entry in change.put} | set(change.move.values()) | set(change.status)
        named |= {ruling.victim_id for ruling in change.decide} | set(change.withdraw)
        named |= {pk for pair, found in change.apart.items() if found for pk in pair}
        for pk in sorted(merged.keys() & named - change.merged.keys()):
            told = {"id": public_id(pk), "current": merged[pk].current.public_id}
            raise Refused(_("%(id)s was merged into %(current)s: change that record instead.", **told))

    # editors

    def _decide(self, rulings) -> None:
        for ruling in rulings:
            if ruling.field not in FIELDS:
                raise Refused(
                    f"There is no field {ruling.field!r} to decide on; choose one of {', '.join(FIELDS)}."
                )
            Decision.objects.filter(victim=ruling.victim_id, field=ruling.field).delete()
            self.touched.add(ruling.victim_id)
            if ruling.entry_id is None and ruling.value is None:
                continue
            if ruling.value not in (None, ""):
                _check_own(ruling.field, ruling.value)
            if ruling.field in cluster.WORDED and ruling.value:
                self.lookup.id(cluster.WORDED[ruling.field], ruling.value)
                self.lookup.learn()
            Decision.objects.create(
                victim_id=ruling.victim_id,
                field=ruling.field,
                entry_id=ruling.entry_id,
                value=ruling.value,
                reason=ruling.reason,
                by=self.by,
                at=self.now,
            )

    def _set_status(self, change: Change) -> None:
        for absorbed, kept in change.merged.items():
            status = Status.MERGED if kept else change.status[absorbed]
            Victim.objects.filter(pk=absorbed).update(merged_into=kept, status=str(status))
            self.touched.update({absorbed, kept} - {None})
        for victim_id, status in change.status.items():
            if victim_id not in change.merged:
                Victim.objects.filter(pk=victim_id).update(status=str(status))
                Tombstone.objects.filter(victim=victim_id).delete()  # that it was withdrawn stays in the log
                self.touched.add(victim_id)
        for victim_id, reason in change.withdraw.items():
            Victim.objects.filter(pk=victim_id).update(status=str(Status.WITHDRAWN))
            Tombstone.objects.update_or_create(
                victim_id=victim_id, defaults={"date": self.now.date(), "reason": str(reason)}
            )
            self.touched.add(victim_id)

    def _tell_apart(self, apart) -> None:
        for pair, found in apart.items():
            first, second = sorted(pair)
            if found:
                NotSame.objects.create(
                    first_id=first, second_id=second, reason=self.why, by=self.by, at=self.now
                )
            else:
                NotSame.objects.filter(first=first, second=second).delete()  # that it was found stays in the log
            for one, other in ((first, second), (second, first)):
                self.found.setdefault(one, {})[public_id(other)] = found
            self.touched.update(pair)

    # what follows from it

    def _recompute(self) -> None:
        """Compute touched victims again from their entries, and log each with its whole record."""
        self.written.touched = sorted(self.touched)
        for chunk in chunks(self.written.touched):
            clusters, decided = cluster.load(chunk), cluster.decisions(chunk)
            victims = Victim.objects.in_bulk(chunk)
            shown = {pk: project(clusters[pk].said(), decided[pk]) for pk in chunk}
            names = self.lookup.knowing(
                lambda said=clusters, shown=shown: {
                    pk: name_rows(pk, [said[pk].laid[entry] for entry in said[pk].live()], shown[pk], self.lookup)
                    for pk in shown
                }
            )
            for pk in chunk:
                self._settle(victims[pk], clusters[pk])
                refresh(victims[pk], clusters[pk], shown[pk], names[pk])
            self._log_touched([(victims[pk], cluster.snapshot(victims[pk], clusters[pk])) for pk in chunk])

    def _settle(self, victim: Victim, said: cluster.Cluster) -> None:
        """Leave a tombstone where no entry is left, and take it away when entries come back."""
        emptied = Tombstone.objects.filter(victim=victim, reason=str(WithdrawalReason.BATCH_UNDONE))
        if victim.status in (Status.DRAFT, Status.PUBLISHED) and not said.live():
            victim.status = str(Status.WITHDRAWN)
            Tombstone.objects.create(
                victim=victim, date=self.now.date(), reason=str(WithdrawalReason.BATCH_UNDONE)
            )
        elif victim.status == Status.WITHDRAWN and said.live() and emptied.exists():
            victim.status = self.status
            emptied.delete()

    def _log_touched(self, snapshots) -> None:
        lock_chain()
        for victim, record in snapshots:
            if victim.pk in self.found:  # a finding is no part of one record: each log tells it once
                record["apart"] = self.found[victim.pk]
            self._append(victim.pk, victim.revision, record)

    def _log_new(self, prepared: Prepared) -> None:
        """Log new victims: one by one where few, one row for all that a batch brings at once."""
        self.written.new += prepared.victims
        lock_chain()
        if self.batch is None and len(prepared.victims) <= 100:
            clusters = cluster.load(prepared.victims)
            victims = Victim.objects.in_bulk(prepared.victims)
            for pk in prepared.victims:
                self._append(pk, 1, cluster.snapshot(victims[pk], clusters[pk]))
            return
        self._append(
            None,
            0,
            {
                "new": len(prepared.victims),
                "first": public_id(prepared.victims[0]),
                "last": public_id(prepared.victims[-1]),
                "sha256": prepared.sha256,
            },
        )

    def _append(self, victim_id, number, record) -> None:
        Revision.append(
            victim_id=victim_id,
            number=number,
            kind=self.kind,
            by=self.by,
            why=self.why,
            at=self.now,
            batch=self.batch,
            record=record,
        )


def refresh(victim: Victim, said: cluster.Cluster, shown: dict, names: list[tuple]) -> None:
    """Write a victim's columns and name index, computed anew, and what differs in the shared facts."""
    for name, value in shown.items():
        setattr(victim, name, value)
    victim.revision += 1
    victim.save()
    numbered = said.numbered()
    stored = {(model, pk): row.same_as_id for facts in numbered for model in facts for pk, row in facts[model]}
    for (model, pk), first in same_facts(numbered).items():
        if stored[model, pk] != first:
            model.objects.filter(pk=pk).update(same_as=first)
    PersonName.objects.filter(victim=victim.pk).delete()
    insert(PersonName, NAME_COLUMNS, names)


#: Where an editor's own value would stand in a record, if not under the name of its field.
_SLOT = {
    "birth": ("birth", "date"),
    "birth_place": ("birth", "place"),
    "residence": ("residence", "place"),
    "death": ("death", "date"),
    "manner": ("death", "manner"),
    "burial_place": ("death", "burial_place"),
}


def _check_own(name: str, value) -> None:
    """Raise RecordError where an editor's own value could not stand in a record."""
    if name == "name":
        if not isinstance(value, dict) or not value.keys() <= set(NAME_PARTS):
            raise RecordError(name, _("must be an object of %(parts)s", parts=", ".join(NAME_PARTS)))
        check(value)
    elif not isinstance(value, str):
        raise RecordError(name, _("must be a text"))
    else:
        slot, key = _SLOT.get(name, (name, None))
        check({slot: {key: value} if key else value})
