"""What is shown of a victim, computed from what the entries say and the editors decided (pure).

The result depends on the entries and decisions alone: not on their ids, nor on the order in which they came, for
entries are given in an order of their own (``Cluster.order``: nearest to the file first, source's slug, item key).
So merging, undoing, reading again and undoing a batch are all: move entries, compute again.
"""

from typing import NamedTuple

from memorial import edtf
from victims.models.facts import (
    FACTS,
    Arrest,
    Birth,
    Death,
    Imprisonment,
    NameForm,
    OfficialNotice,
    Residence,
    Sentence,
    Trait,
)
from victims.models.gaps import measured
from victims.models.rows import NAME_PARTS, Laid
from victims.models.values import iso_bounds
from victims.names import cased, sort_key
from victims.vocabulary import ImprisonmentEnd, NameKind, TraitKind


class EntrySaid(NamedTuple):
    """An entry as the projection sees it; ``published``: whether its source is a published book or list."""

    entry_id: int
    synthetic: bool
    published: bool
    laid: Laid


class Chosen(NamedTuple):
    """A decision: the value of one entry, or a value of the editor's own (ids for printed words)."""

    entry_id: int | None
    value: object = None


def _shown(row) -> tuple[str, ...]:
    """Return the parts of a name; a surname that its book prints in capitals is shown as others are."""
    return cased(row.surname)[:200], row.given_name, row.patronymic  # some letters have two small ones: İ


def _name(laid: Laid):
    for row in laid.facts.get(NameForm, ()):
        if row.kind == NameKind.MAIN:
            return _shown(row)
    for row in laid.facts.get(NameForm, ()):
        if row.surname or row.given_name:
            return _shown(row)
    return None


def _first(model, column):
    def tell(laid: Laid):
        for row in laid.facts.get(model, ()):
            if value := getattr(row, column):
                return value
        return None

    return tell


def _trait(kind):
    def tell(laid: Laid):
        for row in laid.facts.get(Trait, ()):
            if row.kind == kind:
                return row.form_id
        return None

    return tell


#: Field of a decision -> (what one entry says of it, columns of the victim).
FIELDS = {
    "name": (_name, NAME_PARTS),
    "sex": (lambda laid: laid.sex or None, ("sex",)),
    "birth": (_first(Birth, "date"), ("birth",)),
    "birth_place": (_first(Birth, "place_id"), ("birth_place_id",)),
    "nationality": (_trait(str(TraitKind.NATIONALITY)), ("nationality_id",)),
    "occupation": (_trait(str(TraitKind.OCCUPATION)), ("occupation_id",)),
    "residence": (_first(Residence, "place_id"), ("residence_id",)),
    "death": (_first(Death, "date"), ("death",)),
    "manner": (_first(Death, "manner"), ("manner",)),
    "burial_place": (_first(Death, "burial_place_id"), ("burial_place_id",)),
}
DATES = ("birth", "death")
#: The columns of a victim of whom nothing is told.
EMPTY = {
    **dict.fromkeys((*NAME_PARTS, "sort_key", "sex", "birth", "death", "manner"), ""),
    **dict.fromkeys(("birth_place_id", "nationality_id", "occupation_id", "residence_id", "burial_place_id")),
    "synthetic": False,
    "withheld_until": None,
    "gaps": 0,
    "age_lowest": None,
    "age_highest": None,
}
#: Who was born less than so many years ago, and of whom no death is told, may be living.
LIFETIME = 110
ENDED_IN_DEATH = (str(ImprisonmentEnd.DIED), str(ImprisonmentEnd.EXECUTED))


def nested(one: str, other: str) -> bool:
    """Return whether one date lies within the other: they may be the same date, told more or less exactly."""
    a, b = edtf.bounds(one), edtf.bounds(other)
    return (a[0] <= b[0] and b[1] <= a[1]) or (b[0] <= a[0] and a[1] <= b[1])


def _default_date(told: list[str]) -> str:
    """Return the first date told, or the most exact of those that agree with it."""
    best = told[0]
    for text in told[1:]:
        narrow, wide = edtf.bounds(text), edtf.bounds(best)
        if wide[0] <= narrow[0] and narrow[1] <= wide[1] and narrow != wide:
            best = text
    return best


def _choose(field, tell, entries, decision):
    """Return the value of one field: as decided, else as the first entry that tells it."""
    if decision is not None:
        if decision.entry_id is None:
            return decision.value
        for entry in entries:
            if entry.entry_id == decision.entry_id:
                return tell(entry.laid)
    if len(entries) == 1:
        return tell(entries[0].laid)
    told = [value for entry in entries if (value := tell(entry.laid)) is not None]
    if not told:
        return None
    if field == "name":  # a form with a surname tells more than one without
        return next((name for name in told if name[0]), told[0])
    return _default_date(told) if field in DATES else told[0]


def project(entries: list[EntrySaid], decisions: dict[str, Chosen]) -> dict:
    """Return a victim's columns: {column: value}, bounds as ISO days, ids for printed words.

    Default rule: entries are asked in their order; the first that tells a field gives it, a more exact date that
    agrees replaces it.
    """
    shown = EMPTY.copy()
    if entries:
        alone = entries[0].laid if len(entries) == 1 and not decisions else None
        for field, (tell, names) in FIELDS.items():
            value = tell(alone) if alone else _choose(field, tell, entries, decisions.get(field))
            if value is None:
                continue
            if field == "name":
                shown.update(zip(names, value, strict=True))
            else:
                shown[names[0]] = value
        shown["sort_key"] = sort_key(*(shown[part] for part in NAME_PARTS))[:400]
        shown["synthetic"] = all(entry.synthetic for entry in entries)
    for field in DATES:
        shown[f"{field}_earliest"], shown[f"{field}_latest"] = iso_bounds(shown[field])
    shown["withheld_until"] = _withheld_until(shown, entries)
    shown.update(measured(shown, entries[0].laid.facts if len(entries) == 1 else _together(entries)))
    return shown


def _together(entries: list[EntrySaid]) -> dict:
    """Return the facts of all entries as {model: rows}; arrests and sentences that several tell, once."""
    numbered = [{model: _numbered(entry, model) for model in (Arrest, Sentence)} for entry in entries]
    again = {told for told, first in same_facts(numbered).items() if first is not None}
    facts: dict = {}
    for entry in entries:
        for model, rows in entry.laid.facts.items():
            facts.setdefault(model, []).extend(
                row for place, row in enumerate(rows) if (model, (entry.entry_id, place)) not in again
            )
    return facts


def _numbered(entry: EntrySaid, model) -> list[tuple]:
    return [((entry.entry_id, place), row) for place, row in enumerate(entry.laid.facts.get(model, ()))]


def _withheld_until(shown: dict, entries: list[EntrySaid]) -> str | None:
    """Return the ISO day from which the public sees a person who may be living; None: at once.

    The rule: who was born less than 110 years ago, and of whom no death is told, is shown only where an entry
    is from a published book or list. Whose birth nobody tells is not held back: the rule asks for a birth.
    The last day that the birth may mean counts; a day, and not a yes or no, stays right as the years pass.
    """
    told = shown["death"] or shown["manner"] or shown["burial_place_id"]
    if shown["synthetic"] or told or not (born := shown["birth_latest"]):
        return None
    if any(entry.published or _tells_death(entry.laid) for entry in entries):
        return None
    year = int(born[:4]) + LIFETIME
    if year > 9999:
        return "9999-12-31"
    return f"{year:04}-03-01" if born[5:] == "02-29" else f"{year:04}{born[4:]}"


def _tells_death(laid: Laid) -> bool:
    """Return whether an entry tells a death in any way: as a fact, an end of imprisonment, a notice."""
    return bool(
        laid.facts.get(Death)
        or any(row.ended in ENDED_IN_DEATH for row in laid.facts.get(Imprisonment, ()))
        or any(row.told_date or row.told_cause for row in laid.facts.get(OfficialNotice, ()))
    )


#: At most one birth and one death happened: two entries tell the same one unless they contradict.
ONCE = (Birth, Death)


def _same(model, one, other) -> bool | None:
    """Return whether two rows of different entries tell the same fact; None where that cannot be told."""
    agree = None
    for name in model.identity:
        a, b = getattr(one, name), getattr(other, name)
        if not a or not b:
            if name == "date" and model not in ONCE:
                return None
            continue
        if not (nested(a, b) if name in ("date", "told_date") else a == b):
            return False
        agree = True
    return agree


def _joins(model, group: list, row) -> bool:
    """Return whether a row tells the same as the first of a group and contradicts none of the others."""
    return bool(_same(model, group[0], row)) and all(_same(model, one, row) is not False for one in group)


def same_facts(entries: list[dict]) -> dict:
    """Return {(model, id): id of the first row that tells the same fact, or None}.

    ``entries``: {model: [(id, row), …]} of each entry of one victim, in their order. A row answers for at most one
    row of each other entry, and rows of one entry are never the same fact.
    """
    same = {}
    for model in FACTS:
        groups: dict[int, list] = {}
        for facts in entries:
            taken, own = set(), {}
            for row_id, row in facts.get(model, ()):
                match = None
                if model.identity:
                    match = next(
                        (pk for pk, told in groups.items() if pk not in taken and _joins(model, told, row)), None
                    )
                same[model, row_id] = match
                if match is None:
                    own[row_id] = [row]
                else:
                    taken.add(match)
                    groups[match].append(row)
            groups |= own
    return same
