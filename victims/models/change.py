"""What may be asked of the door (``record.write``), what it answers, and how it refuses."""

from dataclasses import dataclass, field

from memorial.saying import said as _
from victims.models.prepared import EntryInput, Prepared
from victims.models.restoring import Restored
from victims.models.victim import Decision, Victim


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
    """What is to be done in one transaction; see ``record.write``."""

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
    apart: dict[tuple[int, int], bool] = field(default_factory=dict)
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
