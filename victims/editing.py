"""What people do to records, one at a time: enter, change, publish, withdraw, merge, restore.

Forms, admin actions and the API end here: who may is asked (``permissions``), what is wished becomes one
``Change``, and the door writes it. PermissionDenied says what the role is missing.
"""

from dataclasses import dataclass
from uuid import uuid4

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone

from memorial.saying import said as _
from sources.models import Source
from victims import matching
from victims.importing.loading import parsed
from victims.importing.readers import Item
from victims.matching.merging import family
from victims.models import Entry, EntryVersion, Merge, NotSame, Revision, Victim, cluster
from victims.models.record import Change, Conflict, EntryInput, Refused, Ruling, write
from victims.models.rows import canonical, corrections
from victims.permissions import Action, may, may_enter
from victims.vocabulary import RevisionKind, Status, WithdrawalReason

__all__ = [
    "Conflict",
    "Refused",
    "Wish",
    "as_of",
    "as_read",
    "merge",
    "not_same",
    "publish",
    "restore",
    "save",
    "undo_merge",
    "undo_not_same",
    "unpublish",
    "withdraw",
]


@dataclass(slots=True)
class Wish:
    """What an entry is to say: its words, and the whole record as somebody wants it.

    ``entry`` None makes a new one; ``item_key`` "" then gives it a key of its own. ``record`` None takes
    what the parser reads in ``text``.
    """

    source: Source
    record: dict | None = None
    text: str = ""
    entry: Entry | None = None
    item_key: str = ""
    locator: str = ""
    language: str = "ru"
    synthetic: bool = False


def demand(user, action: Action, victim: Victim) -> None:
    """Raise PermissionDenied where a user may not do this with this record."""
    if not may(user, action, victim):
        raise PermissionDenied(_("Your role may not do this with this record as it is now."))


def as_read(text: str, source: Source) -> EntryInput:
    """Return what the parser reads in a printed entry: record, spans, warnings."""
    return parsed(Item(0, "-", text.strip()), source)


@transaction.atomic
def save(
    wishes: list[Wish],
    *,
    user,
    why: str = "",
    victim: Victim | None = None,
    revision: int | None = None,
    status: str | None = None,
    remove: list[Entry] = (),
    decide: list[Ruling] = (),
) -> Victim:
    """Write what is wished of one person in one transaction, and return the person.

    ``victim`` None makes a new one of the only wish. ``revision`` is the one that the editor saw: Conflict
    where the record has moved on. Raises PermissionDenied, RecordError (its slot as in the record form,
    its ``index`` the number of the wish) or Refused; then nothing is written.
    """
    if victim is not None:
        [victim] = _held({victim.pk: revision})
    _check_rights(wishes, user, victim, status, remove, decide)
    change = Change(remove=[entry.pk for entry in remove], decide=list(decide))
    if victim is not None and status is not None and str(status) != victim.status:
        change.status[victim.pk] = str(status)
    for index, wish in enumerate(wishes):
        try:
            _wish(change, wish, user, victim)
        except ValueError as error:
            error.index = index
            raise
    if not (change.put or change.correct or change.remove or change.decide or change.status):
        return victim
    written = write(change, kind=RevisionKind.EDIT, by=user, why=why, status=status or Status.DRAFT)
    key = victim.pk if victim else next(iter(written.new), None)
    for put in change.put:  # an item of this key may have come for somebody else since it was looked for
        if not Entry.objects.filter(source=put.source, item_key=put.item_key, victim=key).exists():
            raise _taken(put.source, put.item_key)
    return Victim.objects.get(pk=key)


def _held(seen: dict[int, int | None]) -> list[Victim]:
    """Return records as they are now, locked in one order; Conflict where one has moved on since it was seen.

    ``seen`` {victim: revision}, None where it does not matter.
    """
    found = {row.pk: row for row in Victim.objects.select_for_update().filter(pk__in=seen).order_by("pk")}
    for pk, revision in seen.items():
        if revision is not None and found[pk].revision != revision:
            raise Conflict(found[pk])
    return [found[pk] for pk in seen]


def _taken(source: Source, key: str) -> Refused:
    there = Entry.objects.filter(source=source, item_key=key).select_related("victim").first()
    if there is None:
        return Refused(_("The source has an entry “%(key)s” already: give another key.", key=key))
    words = _(
        "The source has an entry “%(key)s” already in %(id)s: open that one, or give another key.",
        key=key,
        id=there.victim.public_id,
    )
    return Refused(words)


def _check_rights(wishes, user, victim, status, remove, decide) -> None:
    if victim is None:
        if len(wishes) != 1 or wishes[0].entry is not None:
            raise ValueError("a new person begins with one new entry")
        published = Victim(pk=0, status=str(Status.PUBLISHED))
        if status == Status.PUBLISHED and not may(user, Action.PUBLISH, published):
            raise PermissionDenied(_("Your role may not publish: save a draft."))
    else:
        demand(user, Action.EDIT, victim)
        if status is not None and str(status) != victim.status:
            demand(user, Action.PUBLISH, victim)
        if decide:
            demand(user, Action.PUBLISH, victim)
    for source in {*(wish.source for wish in wishes), *(entry.source for entry in remove)}:
        if not may_enter(user, source):
            raise PermissionDenied(_("You are not appointed to the source %(slug)s.", slug=source.slug))
    for entry in (*(wish.entry for wish in wishes if wish.entry), *remove):
        if victim is None or entry.victim_id != victim.pk:
            raise Refused(_("Entry %(entry)s is not one of this record's: load the record again.", entry=entry.pk))
    if victim is not None:
        for wish in wishes:
            if wish.entry is None and (wish.synthetic or wish.source.synthetic) != victim.synthetic:
                raise Refused(
                    _("A synthetic person and a real one are never the same: make a record of its own.")
                )


def _wish(change: Change, wish: Wish, user, victim: Victim | None) -> None:
    """Add to a change what makes an entry say what is wished; nothing where it says so already."""
    entry, text = wish.entry, wish.text.strip().replace("\r\n", "\n")
    if entry is None:
        change.put.append(_new(wish, text, user, victim))
        return
    kept = (entry.locator, entry.text, entry.language) == (wish.locator, text, wish.language) and not entry.removed
    if kept and (wish.record is None or canonical(wish.record) == cluster.record_of(entry)):
        return
    read = entry.reading is not None
    if kept and read:
        made = corrections(entry.reading, wish.record, entry.corrections, **_signed(user))
        if made != (entry.corrections or {}):
            change.correct[entry.pk] = made or None
        return
    source, key = entry.source, entry.item_key
    if read and text == entry.text:  # said elsewhere in the source, or in another language; read as before
        put = EntryInput(source, key, entry.reading, text, spans=entry.spans, warnings=entry.warnings)
        put.parser_version = entry.parser_version
    elif text:
        put = as_read(text, source)
        put.item_key = key
    else:
        record = cluster.record_of(entry) if wish.record is None else wish.record
        put = EntryInput(source, key, canonical(record), keep_reading=False)
    put.corrections = _corrected(put, wish, user, entry.corrections) if text or read else {}
    put.locator, put.language, put.synthetic = wish.locator, wish.language, entry.synthetic
    put.victim_id = entry.victim_id
    change.put.append(put)


def _new(wish: Wish, text: str, user, victim: Victim | None) -> EntryInput:
    if text:
        put = as_read(text, wish.source)
        put.corrections = _corrected(put, wish, user, None)
    else:
        put = EntryInput(wish.source, "", canonical(wish.record or {}), keep_reading=False)
    put.item_key = wish.item_key or f"keyed-{uuid4().hex[:16]}"
    if Entry.objects.filter(source=wish.source, item_key=put.item_key).exists():
        raise _taken(wish.source, put.item_key)
    put.locator, put.language = wish.locator, wish.language
    put.synthetic = wish.synthetic or wish.source.synthetic
    put.victim_id = victim and victim.pk
    return put


def _corrected(put: EntryInput, wish: Wish, user, former) -> dict:
    if wish.record is None:
        return former or {}
    return corrections(put.reading, wish.record, former, **_signed(user))


def _signed(user) -> dict:
    return {"by": user.pk, "at": timezone.now().isoformat(timespec="seconds")}


def publish(victim: Victim, *, user, why: str = "", revision: int | None = None) -> Victim:
    """Show a record to the public; a withdrawn one comes back."""
    demand(user, Action.PUBLISH, victim)
    return _set(victim, Change(status={victim.pk: str(Status.PUBLISHED)}), user, why, revision)


def unpublish(victim: Victim, *, user, why: str = "", revision: int | None = None) -> Victim:
    """Make a published record a draft again."""
    demand(user, Action.PUBLISH, victim)
    return _set(victim, Change(status={victim.pk: str(Status.DRAFT)}), user, why, revision)


def withdraw(victim: Victim, *, reason: str, user, why: str = "", revision: int | None = None) -> Victim:
    """Take a record out of sight and leave a tombstone with the class of ``reason``."""
    demand(user, Action.WITHDRAW, victim)
    return _set(victim, Change(withdraw={victim.pk: str(WithdrawalReason(reason))}), user, why, revision)


def _set(victim: Victim, change: Change, user, why: str, revision: int | None) -> Victim:
    if revision is not None:
        change.expect[victim.pk] = revision
    write(change, kind=RevisionKind.STATUS, by=user, why=why)
    return Victim.objects.get(pk=victim.pk)


@transaction.atomic
def merge(kept: Victim, absorbed: Victim, *, user, why: str, seen: dict[int, int] | None = None) -> Merge:
    """Make one record of two (``matching.merge``); Conflict where one is not as ``seen`` {key: revision}."""
    for victim in _held({kept.pk: None, absorbed.pk: None} | (seen or {})):
        demand(user, Action.MERGE, victim)
    return matching.merge(kept, absorbed, why=why, by=user)


@transaction.atomic
def undo_merge(made: Merge, *, user, why: str, seen: dict[int, int] | None = None) -> Victim:
    """Take a merge back (``matching.undo_merge``); Conflict as in ``merge``."""
    home = made.kept.current
    for victim in _held({home.pk: None} | (seen or {})):
        demand(user, Action.MERGE, victim)
    return matching.undo_merge(made, why=why, by=user)


@transaction.atomic
def not_same(one: Victim, other: Victim, *, user, why: str, seen: dict[int, int] | None = None) -> NotSame:
    """Remember that two records are not the same person (``matching.not_same``); Conflict as in ``merge``."""
    for victim in _held({one.pk: None, other.pk: None} | (seen or {})):
        demand(user, Action.MERGE, victim)
    return matching.not_same(one, other, why=why, by=user)


@transaction.atomic
def undo_not_same(found: NotSame, *, user, why: str, seen: dict[int, int] | None = None) -> None:
    """Take such a finding back (``matching.undo_not_same``); Conflict as in ``merge``."""
    homes = {found.first.current.pk: None, found.second.current.pk: None}
    for victim in _held(homes | (seen or {})):
        demand(user, Action.MERGE, victim)
    matching.undo_not_same(found, why=why, by=user)


@transaction.atomic
def restore(victim: Victim, number: int, *, user, why: str, revision: int | None = None) -> Victim:
    """Make a record say again what it said at a revision: entries, their words, corrections and decisions.

    Status stays. Entries that came since are removed (their words stay); those that went come back. Raises
    Refused where a merge or a split since has to be undone first, no entry would be left, or the log has no
    such revision.
    """
    [victim] = _held({victim.pk: revision})
    demand(user, Action.PUBLISH, victim)
    said = as_of(victim, number)
    own = {entry.pk: entry for entry in Entry.objects.filter(victim=victim).select_related("source")}
    if not any(told["id"] in own and not told.get("removed") for told in said["entries"]):
        told = {"number": number, "id": victim.public_id}
        words = _("At revision %(number)s %(id)s had no entry: withdraw it instead.", **told)
        raise Refused(words)
    change = Change()
    for told in said["entries"]:
        entry = own.pop(key := told["id"], None)
        if entry is None:
            words = _("Entry %(id)s belongs to another record now: undo the merge or the split first.", id=key)
            raise Refused(words)
        if told.get("removed"):
            own[entry.pk] = entry
        else:
            _say_again(change, entry, told, user)
    change.remove += [entry.pk for entry in own.values() if not entry.removed]
    _keep_merged(victim, change.remove)
    change.decide = _rulings(victim, said["decisions"])
    if change.put or change.correct or change.remove or change.decide:
        write(change, kind=RevisionKind.EDIT, by=user, why=why)
    return Victim.objects.get(pk=victim.pk)


def _keep_merged(victim: Victim, leaving: list[int]) -> None:
    """Raise Refused where entries that leave a record are all that is left of one that was merged into it."""
    merges = Merge.objects.filter(undone_at=None, kept__in=family(victim))
    for made in merges.select_related("absorbed").order_by("-pk"):
        if set(leaving).intersection(made.entries):
            into = made.absorbed.public_id
            raise Refused(_("%(id)s was merged into this record since: undo that merge first.", id=into))


def as_of(victim: Victim, number: int) -> dict:
    """Return the whole record at a revision, as the log keeps it; Refused where there is none.

    The first revision of an imported record stands in no row of its own: it is what the entries were read as.
    """
    row = Revision.objects.filter(victim=victim, number=number).first()
    if row is not None:
        return row.record
    if number != 1:
        raise Refused(_("%(id)s has no revision %(number)s.", id=victim.public_id, number=number))
    return _as_imported(victim)


def _as_imported(victim: Victim) -> dict:
    """Return a record as its first batch brought it: the first version of the entry it was made of."""
    entry = _origin(victim)
    if entry is None:
        raise Refused(_("%(id)s has no entry of its own.", id=victim.public_id))
    first = entry.versions.order_by("version").first() or entry
    reading = first.reading if first.reading is not None else cluster.record_of(entry)
    told = {"id": entry.pk, "source": entry.source.slug, "item_key": entry.item_key, "record": canonical(reading)}
    told |= {key: getattr(first, key) for key in ("locator", "text") if getattr(first, key)}
    return {"entries": [told | {"version": 1, "language": entry.language}], "decisions": []}


def _origin(victim: Victim) -> Entry | None:
    """Return the entry that an import made a record of, whatever merges have brought or taken since."""
    found: set[int] = set()
    for row in Revision.objects.filter(victim=victim).order_by("number").iterator(chunk_size=1):
        if found := {told["id"] for told in row.record["entries"]}:
            if row.kind == RevisionKind.MERGE:
                found -= _brought(victim, row)
            break
    if not found:  # nobody has changed it, or it was merged away at once
        gone = Merge.objects.filter(absorbed=victim).order_by("pk").values_list("entries", flat=True).first()
        found = set(gone or Entry.objects.filter(victim=victim).values_list("pk", flat=True))
    return Entry.objects.filter(pk__in=found).select_related("source").order_by("pk").first()


def _brought(victim: Victim, merging: Revision) -> set[int]:
    """Return the entries that a merge brought to a record: those that the absorbed one had just before."""
    absorbed = Merge.objects.filter(kept=victim).values("absorbed")
    rows = Revision.objects.filter(victim__in=absorbed, kind=merging.kind, at=merging.at).select_related("victim")
    return {told["id"] for row in rows for told in as_of(row.victim, row.number - 1)["entries"]}


def _say_again(change: Change, entry: Entry, told: dict, user) -> None:
    """Add to a change what makes an entry say what the log tells."""
    text, locator, record = told.get("text", ""), told.get("locator", ""), told["record"]
    language = told.get("language") or entry.language
    kept = (entry.text, entry.locator, entry.language, entry.removed) == (text, locator, language, False)
    if kept and canonical(record) == cluster.record_of(entry):
        return
    former = EntryVersion.objects.filter(entry=entry, version=told.get("version", 1)).first()
    read = entry if former is None or entry.text == text else former
    if not text or read.reading is None:
        put = EntryInput(entry.source, entry.item_key, record, text, locator, keep_reading=False)
        put.corrections = {}
    elif kept:
        made = corrections(entry.reading, record, told.get("corrections"), **_signed(user))
        change.correct[entry.pk] = made or None
        return
    else:
        put = EntryInput(entry.source, entry.item_key, read.reading, text, locator)
        put.spans, put.warnings, put.parser_version = read.spans, read.warnings, read.parser_version
        put.corrections = corrections(read.reading, record, told.get("corrections"), **_signed(user))
    put.language, put.synthetic, put.victim_id = language, entry.synthetic, entry.victim_id
    change.put.append(put)


def _rulings(victim: Victim, wanted: list[dict]) -> list[Ruling]:
    """Return the rulings that make a record's decisions those of the log."""
    there = {row.field: (row.entry_id, row.value) for row in victim.decisions.all()}
    rulings = [
        Ruling(victim.pk, told["field"], told["reason"], told["entry"], told["value"])
        for told in wanted
        if there.get(told["field"]) != (told["entry"], told["value"])
    ]
    gone = there.keys() - {told["field"] for told in wanted}
    return rulings + [Ruling(victim.pk, name, "restored") for name in sorted(gone)]
