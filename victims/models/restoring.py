"""People as another database had them: under their public ids, with versions, decisions and tombstones."""

from dataclasses import dataclass, field

from victims.models.bulk import Ids, insert, pass_over
from victims.models.cluster import WORDED
from victims.models.dictionary import Dictionary
from victims.models.entry import Entry, EntryVersion
from victims.models.prepared import ENTRY_COLUMNS, EntryInput, entry_row, insert_prepared, prepare
from victims.models.rows import Laid, lay_out
from victims.models.values import ROW
from victims.models.victim import Decision, Tombstone, Victim, from_public_id
from victims.vocabulary import Status


@dataclass(slots=True)
class Restored:
    """A person: the row of the record and all that stands in it; entries have their ``number``."""

    victim_id: int
    status: str
    merged_into_id: int | None = None
    tombstone: Tombstone | None = None
    entries: list[EntryInput] = field(default_factory=list)
    versions: list[EntryVersion] = field(default_factory=list)
    decisions: list[Decision] = field(default_factory=list)

    @property
    def plain(self) -> bool:
        """Whether it is as a new one would be: one entry, nothing decided of it."""
        live = self.status in (Status.DRAFT, Status.PUBLISHED) and not self.decisions
        return live and len(self.entries) == 1 and not self.entries[0].removed

    @property
    def linked(self) -> set[int]:
        """The records that this one leads to."""
        told = {self.merged_into_id} if self.merged_into_id else set()
        for entry in self.entries:
            for relative in entry.said.get("relatives") or ():
                if isinstance(relative, dict) and relative.get("other"):
                    told.add(from_public_id(str(relative["other"])))
        return told - {None}


def announced(victim_ids) -> set[int]:
    """Return those of some records that stand there only because another leads to them: empty drafts."""
    found = Victim.objects.filter(pk__in=victim_ids, status=str(Status.DRAFT), entries=None)
    return set(found.values_list("pk", flat=True))


def restore(people: list[Restored], lookup: Dictionary) -> tuple[list, set[int]]:
    """Write people who are not there yet; return prepared rows to be logged, and records to be computed.

    Records that they lead to and that are still to come are announced by an empty draft.
    """
    wanted = set().union(*(person.linked for person in people))
    there = set(Victim.objects.filter(pk__in=wanted).values_list("pk", flat=True))
    Victim.objects.bulk_create(Victim(pk=pk) for pk in sorted(wanted - there))
    prepared = []
    plain = [person for person in people if person.plain]
    ids = Ids(block=max(1, len(people)))
    for status in (Status.DRAFT, Status.PUBLISHED):
        some = [person for person in plain if person.status == status]
        if some:
            inputs = [person.entries[0] for person in some]
            numbers = [(person.victim_id, person.entries[0].number) for person in some]

            def lay(inputs=inputs, numbers=numbers, status=status):
                return prepare(inputs, numbers, lookup, ids, status=str(status), batch_id=None)

            prepared.append(lookup.knowing(lay))
    others = [person for person in people if not person.plain]
    laid = lookup.knowing(lambda: _laid_out(others, lookup, ids))
    come = announced(person.victim_id for person in people)
    Victim.objects.filter(pk__in=come)._raw_delete(Victim.objects.db)  # who was announced has come
    for made in prepared:
        insert_prepared(made)
    _insert(others, laid)
    EntryVersion.objects.bulk_create(version for person in people for version in person.versions)
    for model in (Victim, Entry):
        pass_over(model)
    computed = {person.victim_id for person in others}
    return prepared, computed | rule([one for person in others for one in person.decisions], lookup)


def _laid_out(people, lookup, ids) -> list[tuple[EntryInput, Laid]]:
    return [
        (
            entry,
            Laid("", None, "")
            if entry.removed
            else lay_out(entry.said, entry.number, person.victim_id, lookup, ids, entry.synthetic),
        )
        for person in people
        for entry in person.entries
    ]


def _insert(people, laid: list[tuple[EntryInput, Laid]]) -> None:
    """Write people as they are before they are computed."""
    Victim.objects.bulk_create(
        Victim(pk=person.victim_id, status=person.status, merged_into_id=person.merged_into_id, revision=0)
        for person in people
    )
    rows = [entry_row(entry, entry.number, entry.victim_id, said, None) for entry, said in laid]
    insert(Entry, ENTRY_COLUMNS, rows)
    facts: dict[type, list] = {}
    for _entry, said in laid:
        for model, found in said.facts.items():
            facts.setdefault(model, []).extend(found)
    for model in ROW:
        insert(model, ROW[model]._fields, facts.get(model, ()))
    Tombstone.objects.bulk_create(person.tombstone for person in people if person.tombstone)


def rule(decisions: list[Decision], lookup) -> set[int]:
    """Write decisions that were made in another database; return the records to be computed."""
    if not decisions:
        return set()
    for made in decisions:
        if made.field in WORDED and made.value:
            lookup.id(WORDED[made.field], made.value)
    lookup.learn()
    Decision.objects.bulk_create(decisions)
    computed, ahead = set(), {made.victim_id for made in decisions}
    while ahead:
        computed |= ahead
        kept = Victim.objects.filter(pk__in=ahead, merged_into__isnull=False).values_list("merged_into", flat=True)
        ahead = set(kept) - computed - announced(kept)
    return computed


def restore_rows(model, rows: list) -> None:
    """Write imports, merges and findings under the numbers that they had."""
    model.objects.bulk_create(rows)
    pass_over(model)
