"""Records that may tell of the same person, found as visitors find them: by name, however spelt, and year."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from memorial import edtf
from victims.matching.merging import known_not_same
from victims.models import Victim
from victims.permissions import visible
from victims.search import Filters, QueryError, search
from victims.vocabulary import Status

#: How many are shown, how like they are at least, and from where on somebody is told of them unasked.
MOST, LEAST, LIKELY = 20, 0.75, 0.88


@dataclass(frozen=True, slots=True)
class Alike:
    """Another record, why it was found, how like it is, and the keys that a merge would take: kept, absorbed."""

    victim: Victim
    reason: str
    score: float
    pair: tuple[int, int]


def alike(victim: Victim, user, least: float = LEAST) -> list[Alike]:
    """Return the records that may be of the same person and that a user sees, the most alike first.

    Those that were found not to be the same person are left out.
    """
    asked = victim.name
    if victim.birth and (years := {day.year for day in edtf.bounds(victim.birth)}) and len(years) == 1:
        asked += f" {years.pop()}"
    others = visible(user).filter(synthetic=victim.synthetic)
    others = others.exclude(pk__in=[victim.pk, *known_not_same(victim)])
    try:
        hits = search(asked, Filters(people=others), limit=MOST).hits if victim.name else []
    except QueryError:  # a name that is no name: initials, signs
        return []
    near = [hit for hit in hits if hit.score >= least]
    return [Alike(hit.victim, _(hit.reason), hit.score, _pair(victim, hit.victim)) for hit in near]


def _pair(one: Victim, other: Victim) -> tuple[int, int]:
    """Return which of two is kept and which absorbed: the published one is kept, else the older record."""
    ranked = sorted((one, other), key=lambda victim: (victim.status != Status.PUBLISHED, victim.pk))
    return ranked[0].pk, ranked[1].pk
