"""Merging and its undoing: entries move between victims, everything else is computed again."""

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from memorial.saying import said as _
from victims.models import Entry, Merge, NotSame, Victim
from victims.models.record import Change, Refused, write
from victims.vocabulary import RevisionKind, Status

LIVE = (Status.DRAFT, Status.PUBLISHED)


def _locked(*victims: Victim) -> list[Victim]:
    """Return the records as they are now, locked for this transaction in one order."""
    found = {
        row.pk: row
        for row in Victim.objects.select_for_update()
        .filter(pk__in=[victim.pk for victim in victims])
        .order_by("pk")
    }
    return [found[victim.pk] for victim in victims]


@transaction.atomic
def merge(kept: Victim, absorbed: Victim, *, why: str, by=None) -> Merge:
    """Make one record of two: the entries of ``absorbed`` go to ``kept``, its public id leads there.

    Raises Refused where that would hide a published person, mix synthetic with real, or join two who were
    found not to be the same.
    """
    kept, absorbed = _locked(kept, absorbed)
    _check(kept, absorbed)
    entries = sorted(Entry.objects.filter(victim=absorbed).values_list("pk", flat=True))
    made = Merge.objects.create(
        kept=kept,
        absorbed=absorbed,
        former_status=absorbed.status,
        entries=entries,
        reason=why,
        by=by,
        at=timezone.now(),
    )
    write(
        Change(move=dict.fromkeys(entries, kept.pk), merged={absorbed.pk: kept.pk}),
        kind=RevisionKind.MERGE,
        by=by,
        why=why,
    )
    return made


def _check(kept: Victim, absorbed: Victim) -> None:
    if kept.pk == absorbed.pk:
        raise Refused(_("A record cannot be merged with itself: choose another."))
    for victim in (kept, absorbed):
        if victim.status not in LIVE:
            if victim.status == Status.MERGED:
                words = _("%(id)s is merged into another record: merge with that one.", id=victim.public_id)
            else:
                words = _("%(id)s is withdrawn: publish it before it is merged.", id=victim.public_id)
            raise Refused(words)
    if absorbed.status == Status.PUBLISHED and kept.status != Status.PUBLISHED:
        words = _(
            "%(absorbed)s is published and would be hidden in a draft: publish %(kept)s first, or merge the "
            "other way round.",
            absorbed=absorbed.public_id,
            kept=kept.public_id,
        )
        raise Refused(words)
    if kept.synthetic != absorbed.synthetic:
        raise Refused(_("A synthetic person and a real one are never the same."))
    if finding(kept, absorbed):
        raise Refused(_("These two were found not to be the same person: take that finding back first."))


@transaction.atomic
def undo_merge(made: Merge, *, why: str, by=None) -> Victim:
    """Give back to the absorbed record the entries that it had, wherever later merges took them.

    Entries that were split off meanwhile stay where they are. Raises Refused where it is undone already.
    """
    made = Merge.objects.select_for_update().get(pk=made.pk)
    if made.undone_at:
        raise Refused(_("This merge is undone already."))
    absorbed = made.absorbed
    home = made.kept.current
    back = sorted(Entry.objects.filter(pk__in=made.entries, victim=home).values_list("pk", flat=True))
    write(
        Change(
            move=dict.fromkeys(back, absorbed.pk),
            merged={absorbed.pk: None},
            status={absorbed.pk: made.former_status},
        ),
        kind=RevisionKind.UNDO_MERGE,
        by=by,
        why=why,
    )
    made.undone_at = timezone.now()
    made.save(update_fields=["undone_at"])
    _release(set(back), home)
    return Victim.objects.get(pk=absorbed.pk)


def _release(entries: set[int], home: Victim) -> None:
    """Entries that leave a record are not given back any more by the merges that once brought them there."""
    for made in Merge.objects.select_for_update().filter(undone_at=None, kept__in=family(home)):
        if entries.intersection(made.entries):
            made.entries = [pk for pk in made.entries if pk not in entries]
            made.save(update_fields=["entries"])


@transaction.atomic
def split(victim: Victim, entries: list[Entry], *, why: str, by=None) -> Victim:
    """Give some of a victim's entries a record of their own and return it, with the status of the old one.

    Raises Refused where an entry is not the victim's, or none would be left.
    """
    [victim] = _locked(victim)
    own = set(Entry.objects.filter(victim=victim, removed=False).values_list("pk", flat=True))
    wanted = {entry.pk for entry in entries}
    if not wanted or not wanted <= own:
        raise Refused(_("Choose entries of this record."))
    if wanted == own:
        raise Refused(_("At least one entry must stay: a record without entries says nothing."))
    first, *others = sorted(wanted)
    written = write(Change(move={first: None}), kind=RevisionKind.SPLIT, by=by, why=why)
    [new] = written.new
    if others:
        write(Change(move=dict.fromkeys(others, new)), kind=RevisionKind.SPLIT, by=by, why=why)
    _release(wanted, victim)
    return Victim.objects.get(pk=new)


def family(victim: Victim) -> list[int]:
    """Return the keys of a record and of all that were merged into it, however many merges ago."""
    found, ahead = [], [victim.pk]
    while ahead:
        found += ahead
        ahead = list(Victim.objects.filter(merged_into__in=ahead).values_list("pk", flat=True))
    return found


@transaction.atomic
def not_same(one: Victim, other: Victim, *, why: str, by=None) -> NotSame:
    """Remember that two records are not the same person; the histories of both tell it.

    Raises Refused where it is one record, one of them was merged away, or it was found already.
    """
    if one.pk == other.pk:
        raise Refused(_("A record is the same as itself: choose another."))
    one, other = _locked(one, other)
    if finding(one, other):
        raise Refused(_("These two were found not to be the same person already."))
    write(Change(apart={(one.pk, other.pk): True}), kind=RevisionKind.DECISION, by=by, why=why)
    return finding(one, other)


@transaction.atomic
def undo_not_same(found: NotSame, *, why: str, by=None) -> None:
    """Take back the finding that two records are not the same person; the histories of both tell it.

    A record that one of them was merged into tells it too. Raises Refused where it is taken back already.
    """
    pair = _locked(*Victim.objects.filter(pk__in=[found.first_id, found.second_id]))
    if not NotSame.objects.filter(pk=found.pk).exists():
        raise Refused(_("This finding is taken back already."))
    keys = (found.first_id, found.second_id)
    homes = [victim.current.pk for victim in pair]
    write(Change(apart={keys: False}, refresh=homes), kind=RevisionKind.DECISION, by=by, why=why)


def finding(one: Victim, other: Victim) -> NotSame | None:
    """Return the finding that two records, or such as were merged into them, are not the same person."""
    ours, theirs = family(one), family(other)
    pairs = Q(first__in=ours, second__in=theirs) | Q(first__in=theirs, second__in=ours)
    return NotSame.objects.filter(pairs).select_related("first", "second", "by").order_by("pk").first()


def findings(victim: Victim) -> list[tuple[NotSame, Victim]]:
    """Return what was found of a record and those merged into it: each finding, and the other record as it is now.

    The latest comes first.
    """
    ours = family(victim)
    rows = NotSame.objects.filter(Q(first__in=ours) | Q(second__in=ours)).select_related("first", "second", "by")
    told = rows.order_by("-at", "-pk")
    return [(row, (row.second if row.first_id in ours else row.first).current) for row in told]


def known_not_same(victim: Victim) -> list[int]:
    """Return the keys of records found not to be the same person as this one."""
    return sorted({other.pk for _row, other in findings(victim)} - {victim.pk})
