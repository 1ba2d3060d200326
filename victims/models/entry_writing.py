"""What a change does to entries: their rows, their facts, their former versions. Behind the door (``record``)."""

import json

from victims.models import cluster
from victims.models.bulk import Ids, insert, next_ids
from victims.models.change import Written
from victims.models.corrections import corrected
from victims.models.dictionary import Dictionary, chunks
from victims.models.entry import Batch, Entry, EntryVersion
from victims.models.facts import FACTS, SENTENCE_PARTS
from victims.models.prepared import (
    ENTRY_COLUMNS,
    SAID,
    EntryInput,
    Prepared,
    as_json,
    entry_row,
    insert_prepared,
    prepare,
    pruned,
)
from victims.models.rows import Laid, lay_out
from victims.models.values import ROW
from victims.models.victim import Victim


class EntryWriting:
    """Writes entries; ``touched`` are victims to be computed again, ``fresh`` new ones that are to be logged."""

    def __init__(self, batch: Batch | None, status: str, lookup: Dictionary, now, written: Written):
        self.batch, self.status, self.lookup, self.now, self.written = batch, status, lookup, now, written
        self.touched: set[int] = set()
        self.fresh: list[Prepared] = []

    def put(self, put: list[EntryInput], known: dict) -> None:
        """Make or update entries; ``known`` {(source id, item key): Entry} are there already."""
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
            self.foresee([(entry.said, entry.synthetic) for entry in coming])
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

        prepared = self.lookup.knowing(lay)
        insert_prepared(prepared)
        self.fresh.append(prepared)

    def foresee(self, told: list[tuple[dict, bool]]) -> None:
        """Learn the words of all (record, synthetic) together and so in one order.

        Writers that bring the same words entry by entry would wait for each other's.
        """
        self.lookup.knowing(
            lambda: [lay_out(record, 0, 0, self.lookup, lambda model: 0, synthetic) for record, synthetic in told]
        )

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
        self.rewrite(
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

    def rewrite(self, entry: Entry, *, record=None, keep_reading=True, **changes) -> None:
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
        return self.lookup.knowing(lambda: lay_out(record, entry_id, victim_id, self.lookup, ids, synthetic))

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

    def move(self, move: dict) -> None:
        """Give entries to other victims, with their facts; None: to one of their own."""
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

    def remove(self, entry_ids) -> None:
        """Take the facts of entries away; their words stay."""
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

    def revert(self, entry: Entry) -> None:
        """Say again what the latest version not undone said; what is undone stays as a former version."""
        former = entry.versions.filter(undone=False).order_by("-version").first()
        if former is None:
            self.remove([entry.pk])
            return
        self._keep_version(entry, undone=True)
        entry.version += 1
        entry.batch_id = former.batch_id
        said = {name: getattr(former, name) for name in SAID if name != "reading"}
        self.rewrite(entry, record=former.reading, removed=False, **said)
