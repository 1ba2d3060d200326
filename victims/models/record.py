"""The door: ``write`` is the only way into a record (entries, facts, projection, name index, log).

A record that exists is changed by a ``Change``; a million new ones come as ``Prepared`` rows, which
``prepare`` lays out (also in other processes) without touching the database.
"""

import json
from dataclasses import dataclass, field

from django.db import IntegrityError, connection, transaction
from django.utils import timezone

from memorial.saying import said as _
from victims.models import cluster
from victims.models.bulk import Ids, insert, next_ids
from victims.models.corrections import corrected
from victims.models.dictionary import Dictionary, chunks, lock_chain
from victims.models.entry import Batch, Entry, EntryVersion
from victims.models.facts import FACTS, SENTENCE_PARTS
from victims.models.names import PersonName
from victims.models.prepared import (
    ENTRY_COLUMNS,
    NAME_COLUMNS,
    SAID,
    EntryInput,
    Prepared,
    as_json,
    entry_row,
    insert_prepared,
    name_rows,
    prepare,
    pruned,
)
from victims.models.projection import FIELDS, project, same_facts
from victims.models.restoring import Restored, restore, rule
from victims.models.revision import Revision
from victims.models.rows import NAME_PARTS, Laid, check, lay_out
from victims.models.values import ROW, RecordError
from victims.models.victim import Decision, Tombstone, Victim, public_id
from victims.vocabulary import Status, WithdrawalReason

__all__ = ["Change", "Conflict", "EntryInput", "Refused", "Ruling", "Written", "write"]


class Refused(ValueError):
    """A change that would lose or confuse something; the message names the remedy."""


class Conflict(Refused):
    """Somebody else changed the record meanwhile: ``victim`` as it is now."""

    def __init__(self, victim: Victim):
        words = _(
            "%(id)s was changed by somebody else meanwhile: look at their changes, then save again.",
            id=victim.public_id,
        )
        super().__init__(words)
        self.victim = victim


@dataclass(slots=True)
class Ruling:
    """An editor's decision for one field; with neither entry nor value it is taken back."""

    victim_id: int
    field: str
    reason: str
    entry_id: int | None = None
    value: object = None


@dataclass(slots=True)
class Change:
    """What is to be done in one transaction; see ``write``."""

    put: list[EntryInput] = field(default_factory=list)
    prepared: list[Prepared] = field(default_factory=list)
    move: dict[int, int | None] = field(default_factory=dict)
    remove: list[int] = field(default_factory=list)
    revert: list[int] = field(default_factory=list)
    correct: dict[int, dict | None] = field(default_factory=dict)
    reread: dict[int, dict] = field(default_factory=dict)
    decide: list[Ruling] = field(default_factory=list)
    status: dict[int, str] = field(default_factory=dict)
    merged: dict[int, int | None] = field(default_factory=dict)
    withdraw: dict[int, str] = field(default_factory=dict)
    refresh: list[int] = field(default_factory=list)
    restore: list[Restored] = field(default_factory=list)
    ruled: list[Decision] = field(default_factory=list)
    expect: dict[int, int] = field(default_factory=dict)


@dataclass(slots=True)
class Written:
    """What a change did: victims made, items by outcome, and victims touched that were there before."""

    new: list[int] = field(default_factory=list)
    changed: list[str] = field(default_factory=list)
    unchanged: list[str] = field(default_factory=list)
    touched: list[int] = field(default_factory=list)


# --- the door ------------------------------------------------------------------------------------------


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
    {absorbed: kept or None}, ``withdraw`` {victim: reason}; ``refresh`` victims after their dictionary
    changed; ``restore`` people as another database had them, and decisions that were ``ruled`` there.
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
        self.touched: set[int] = set()
        self.fresh: list[Prepared] = []

    def do(self, change: Change) -> Written:
        known = self._known(change.put)
        self._lock(change, known)
        if known and connection.features.has_select_for_update:  # who waited for the lock has read what was
            known = self._known(change.put)
            self._lock(change, known)
        self._put(change.put, known)
        for prepared in change.prepared:
            insert_prepared(prepared)
            self.fresh.append(prepared)
        if change.restore:
            fresh, computed = restore(change.restore, self.lookup, self._learnt)
            self.fresh += fresh
            self.touched |= computed
        self.touched |= rule(change.ruled, self.lookup)
        if change.reread:
            synthetic = dict(Entry.objects.filter(pk__in=change.reread).values_list("pk", "synthetic"))
            self._foresee([(reading["record"], synthetic[pk]) for pk, reading in change.reread.items()])
        for entry_id, corrections in change.correct.items():
            self._rewrite(Entry.objects.get(pk=entry_id), corrections=corrections)
        for entry_id, reading in change.reread.items():
            self._rewrite(Entry.objects.get(pk=entry_id), **reading)
        self._move(change.move)
        self._remove(change.remove)
        for entry_id in change.revert:
            self._revert(Entry.objects.get(pk=entry_id))
        self._decide(change.decide)
        self._set_status(change)
        self.touched.update(change.refresh)
        self._recompute()
        for prepared in self.fresh:
            self._log_new(prepared)
        return self.written

    # entries

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
        victims.discard(None)
        found = Victim.objects.select_for_update().filter(pk__in=victims).order_by("pk") if victims else ()
        for victim in found:
            if change.expect.get(victim.pk, victim.revision) != victim.revision:
                raise Conflict(victim)
        merged = {victim.pk: victim for victim in found if victim.status == Status.MERGED}
        named = {entry.victim_id for entry in change.put} | set(change.move.values()) | set(change.status)
        named |= {ruling.victim_id for ruling in change.decide} | set(change.withdraw)
        for pk in sorted(merged.keys() & named - change.merged.keys()):
            told = {"id": public_id(pk), "current": merged[pk].current.public_id}
            raise Refused(_("%(id)s was merged into %(current)s: change that record instead.", **told))

    def _put(self, put, known) -> None:
        new, changed = [], []
        for entry in put:
            old = known.get((entry.source.pk, entry.item_key))
            if old is None:
                new.append(entry)
            elif not old.removed and self._same_version(old, entry):
                self.written.unchanged.append(entry.item_key)
            else:
                changed.append((old, entry))
        own = [entry for entry in new if entry.victim_id is None]
        more = [entry for entry in new if entry.victim_id is not None]
        if changed or more:
            coming = [*new, *(entry for _old, entry in changed)]
            self._foresee([(entry.said, entry.synthetic) for entry in coming])
        for old, entry in changed:
            self._replace(old, entry)
        if own:
            self._put_new(own)
        for entry in more:
            self._add(entry)

    def _put_new(self, inputs) -> None:
        numbers = list(zip(next_ids(Victim, len(inputs)), next_ids(Entry, len(inputs)), strict=True))
        ids = Ids(block=len(inputs))

        def lay():
            return prepare(
                inputs, numbers, self.lookup, ids, status=self.status, batch_id=self.batch and self.batch.pk
            )

        prepared = self._learnt(lay)
        insert_prepared(prepared)
        self.fresh.append(prepared)

    def _foresee(self, told: list[tuple[dict, bool]]) -> None:
        """Learn the words of all (record, synthetic) together and so in one order.

        Writers that bring the same words entry by entry would wait for each other's.
        """
        self._learnt(
            lambda: [lay_out(record, 0, 0, self.lookup, lambda model: 0, synthetic) for record, synthetic in told]
        )

    def _learnt(self, lay):
        """Return what ``lay`` makes once the lookup knows all its words."""
        made = lay()
        for _round in range(2):  # bodies first; then the sittings and operations that they lead to
            if not self.lookup.missing:
                break
            self.lookup.learn()
            made = lay()
        return made

    def _add(self, entry: EntryInput) -> None:
        """Add an entry to a victim that is there."""
        [entry_id] = next_ids(Entry, 1)
        laid = self._lay(entry.said, entry_id, entry.victim_id, entry.synthetic)
        insert(
            Entry,
            ENTRY_COLUMNS,
            [entry_row(entry, entry_id, entry.victim_id, laid, self.batch and self.batch.pk)],
        )
        self._insert_facts(laid)
        self.touched.add(entry.victim_id)

    def _replace(self, old: Entry, entry: EntryInput) -> None:
        """Make ``entry`` the new version of ``old``; what a human corrected stays corrected."""
        if not old.removed or old.text != entry.text:
            self._keep_version(old, undone=old.removed)
            old.version += 1
        old.batch = self.batch
        if entry.corrections is not None or entry.language != Entry._meta.get_field("language").default:
            old.language = entry.language
        old.synthetic = entry.synthetic
        self.written.changed.append(entry.item_key)
        self._rewrite(
            old,
            removed=False,
            record=entry.record,
            keep_reading=entry.keep_reading,
            locator=entry.locator,
            text=entry.text,
            spans=entry.spans,
            parser_version=entry.parser_version,
            warnings=entry.warnings,
            corrections=old.corrections if entry.corrections is None else entry.corrections or None,
        )

    def _keep_version(self, old: Entry, undone=False) -> None:
        reading = old.reading
        if reading is None:
            reading = cluster.record_of(old)
        EntryVersion.objects.create(
            entry=old,
            version=old.version,
            batch_id=old.batch_id,
            replaced_at=self.now,
            reading=reading,
            undone=undone,
            **{name: getattr(old, name) for name in SAID if name != "reading"},
        )

    def _same_version(self, old: Entry, entry: EntryInput) -> bool:
        """Return whether an item says the same as it did: by the words that a parser read, or by its fields."""
        if (old.locator, old.text, old.synthetic) != (entry.locator, entry.text, entry.synthetic):
            return False
        human = entry.corrections is not None  # who also says in which language the words are
        if human and (entry.corrections, entry.language) != (old.corrections or {}, old.language):
            return False
        if entry.text and (entry.parser_version or old.parser_version):
            return True
        if old.reading is not None:
            return old.reading == json.loads(as_json(pruned(entry.record)))
        laid = self._lay(entry.record, old.pk, old.victim_id, entry.synthetic)
        return cluster.record_of(old) == cluster.records({old.pk: laid})[old.pk]

    def _rewrite(self, entry: Entry, *, record=None, keep_reading=True, **changes) -> None:
        """Set columns of an entry and lay its facts out again, corrections over the reading."""
        if record is None:
            record = entry.reading if entry.reading is not None else cluster.record_of(entry)
        for name, value in changes.items():
            setattr(entry, name, value)
        if keep_reading or entry.corrections:
            entry.reading = pruned(record)
        else:
            entry.reading = None
        self._delete_facts([entry.pk])
        laid = self._lay(corrected(record, entry.corrections), entry.pk, entry.victim_id, entry.synthetic)
        if entry.removed:  # it has no facts until it comes back
            laid = Laid("", None, "")
        entry.sex, entry.age, entry.completeness = laid.sex, laid.age, laid.completeness
        entry.save()
        self._insert_facts(laid)
        self.touched.add(entry.victim_id)

    def _lay(self, record, entry_id, victim_id, synthetic) -> Laid:
        ids = Ids()
        return self._learnt(lambda: lay_out(record, entry_id, victim_id, self.lookup, ids, synthetic))

    def _insert_facts(self, laid: Laid) -> None:
        for model, rows in laid.facts.items():
            insert(model, ROW[model]._fields, rows)

    def _delete_facts(self, entry_ids) -> None:
        for part in SENTENCE_PARTS:
            part.objects.filter(sentence__entry__in=entry_ids)._raw_delete(part.objects.db)
        for model in reversed(FACTS):
            found = model.objects.filter(entry__in=entry_ids)
            model.objects.filter(same_as__in=found).exclude(entry__in=entry_ids).update(same_as=None)
            found._raw_delete(model.objects.db)

    def _move(self, move: dict) -> None:
        for entry in Entry.objects.filter(pk__in=move).order_by("pk"):
            target = move[entry.pk]
            if target is None:
                origin = Victim.objects.get(pk=entry.victim_id)
                target = Victim.objects.create(status=origin.status).pk
                self.written.new.append(target)
            self.touched.update((entry.victim_id, target))
            Entry.objects.filter(pk=entry.pk).update(victim=target)
            for model in FACTS:
                model.objects.filter(entry=entry.pk).update(victim=target)

    def _remove(self, entry_ids) -> None:
        for entry in Entry.objects.filter(pk__in=entry_ids, removed=False):
            if entry.reading is None:  # its rows were its record: keep it before they go
                entry.reading = cluster.record_of(entry)
            if self.batch and entry.batch_id != self.batch.pk:  # undoing this import is to bring it back
                self._keep_version(entry)
                entry.version += 1
                entry.batch = self.batch
            entry.removed = True
            entry.sex, entry.age, entry.completeness = "", None, ""
            entry.save()
            self.touched.add(entry.victim_id)
        for chunk in chunks(entry_ids):
            self._delete_facts(chunk)

    def _revert(self, entry: Entry) -> None:
        """Say again what the latest version not undone said; what is undone stays as a former version."""
        former = entry.versions.filter(undone=False).order_by("-version").first()
        if former is None:
            self._remove([entry.pk])
            return
        self._keep_version(entry, undone=True)
        entry.version += 1
        entry.batch_id = former.batch_id
        said = {name: getattr(former, name) for name in SAID if name != "reading"}
        self._rewrite(entry, record=former.reading, removed=False, **said)

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

    # what follows from it

    def _recompute(self) -> None:
        """Compute touched victims again from their entries, and log each with its whole record."""
        self.written.touched = sorted(self.touched)
        for chunk in chunks(self.written.touched):
            clusters, decided = cluster.load(chunk), cluster.decisions(chunk)
            victims = Victim.objects.in_bulk(chunk)
            shown = {pk: project(clusters[pk].said(), decided[pk]) for pk in chunk}
            names = self._learnt(
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
    stored = {(model, pk): row.same_as_id for _, facts in numbered for model in facts for pk, row in facts[model]}
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
