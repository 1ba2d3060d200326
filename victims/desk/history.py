"""The history of one record: its revisions, and what each changed."""

from contextlib import suppress
from dataclasses import dataclass

from django.utils.translation import gettext as _

from victims.desk.wording import worded
from victims.editing import Refused, as_of
from victims.labels import label
from victims.models import Revision, Victim
from victims.models.corrections import differing
from victims.vocabulary import RevisionKind, Status

#: Revisions on one page; older ones stay in the log.
SHOWN = 50


@dataclass(slots=True)
class Difference:
    """One place of a record before and after: ``where`` names the entry, ``what`` the field."""

    where: str
    what: str
    before: object
    after: object


@dataclass(slots=True)
class Step:
    """One revision with what it changed; ``row`` is None for the import that the record began with."""

    number: int
    kind: str
    row: Revision | None
    changes: list[Difference]
    #: Whether restoring it would change the record.
    differs: bool


def steps(victim: Victim) -> list[Step]:
    """Return the latest revisions of a record, the newest first."""
    rows = list(Revision.objects.filter(victim=victim).select_related("by").order_by("-number")[:SHOWN])
    records = {row.number: row.record for row in rows}
    oldest = rows[-1].number if rows else victim.revision + 1
    if oldest > 1:  # the record before the oldest that is shown, or the import that it began with
        with suppress(Refused):  # the log does not have it
            records[oldest - 1] = as_of(victim, oldest - 1)
    found = []
    for row in rows:
        before = records.get(row.number - 1)
        found.append(_step(row, differences(before or {}, row.record), row.record, victim, records))
    if oldest == 2 and 1 in records:
        found.append(Step(1, _(RevisionKind.IMPORT.label), None, [], _differs(records, 1, victim)))
    return found


def _step(row, changes, record, victim, records) -> Step:
    kind = _(RevisionKind(row.kind).label)
    return Step(row.number, kind, row, changes, _differs(records, row.number, victim))


def _differs(records: dict, number: int, victim: Victim) -> bool:
    now = records.get(victim.revision)
    return now is not None and bool(said_otherwise(records[number], now))


def said_otherwise(record: dict, now: dict) -> list[Difference]:
    """Return what restoring ``record`` would change: status and merges stay as they are."""
    return [change for change in differences(now, record) if change.where]


def differences(before: dict, after: dict) -> list[Difference]:
    """Return what differs between two records as the log keeps them."""
    found = []
    if before.get("status") != after.get("status") and after.get("status"):
        states = [_(Status(row["status"]).label) if row.get("status") else None for row in (before, after)]
        found.append(Difference("", _("Status"), *states))
    if before.get("merged_into") != after.get("merged_into"):
        found.append(Difference("", _("Merged into"), before.get("merged_into"), after.get("merged_into")))
    for other, apart in after.get("apart", {}).items():
        found.append(Difference("", _("Another person than"), *((None, other) if apart else (other, None))))
    was = {row["id"]: row for row in before.get("entries", ())}
    now = {row["id"]: row for row in after.get("entries", ())}
    for pk in sorted(was.keys() | now.keys()):
        found += _entry_differences(was.get(pk), now.get(pk))
    decided = {row["field"]: row for row in before.get("decisions", ())}
    deciding = {row["field"]: row for row in after.get("decisions", ())}
    for name in sorted(decided.keys() | deciding.keys()):
        one, other = (_ruling(rows.get(name)) for rows in (decided, deciding))
        if one != other:
            found.append(Difference(_("Decision"), _(label(name)), one, other))
    return found


def _ruling(row: dict | None):
    if row is None or row["entry"] is None:
        return row and worded(row["field"], row["value"])
    return _("entry %(number)s") % {"number": row["entry"]}


def _entry_differences(was: dict | None, now: dict | None) -> list[Difference]:
    known = now or was
    where = f"{known['source']}: {known['item_key']}"
    live = [row is not None and not row.get("removed") for row in (was, now)]
    if live == [False, False]:
        return []
    found = []
    if live[0] != live[1]:
        words = [_("tells the person") if there else None for there in live]
        found.append(Difference(where, _("Entry"), *words))
    was, now = ((row if there else None) or {"record": {}} for row, there in zip((was, now), live, strict=True))
    columns = {"locator": _("Page or leaf"), "language": _("Language of the words")}
    for name, words in (columns | {"text": _("Words of the source, verbatim")}).items():
        if was.get(name, "") != now.get(name, "") and (name != "language" or all(live)):
            found.append(Difference(where, words, was.get(name), now.get(name)))
    return found + record_differences(where, was["record"], now["record"])


def record_differences(where: str, was: dict, now: dict) -> list[Difference]:
    """Return what differs between two canonical records of one entry."""
    found = []
    for slot, value in differing(was, now, narrow={*was, *now}).items():
        told = (standing(was, slot), value)
        found.append(Difference(where, _(label(slot)), *(worded(slot, one) for one in told)))
    return found


def standing(record: dict, slot: str):
    """Return what stands in a slot ("arrests[0].date") of a canonical record; None for nothing."""
    value = record
    for step in slot.replace("]", "").replace("[", ".").split("."):
        if isinstance(value, dict):
            value = value.get(step)
        elif isinstance(value, list) and step.isdigit() and int(step) < len(value):
            value = value[int(step)]
        else:
            return None
    return value
