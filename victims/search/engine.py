"""The search itself: exact parts in any order, over every form of a person's name.

The tolerant stages will stand between ``read`` and ``_candidates``; what goes in and comes out stays.
"""

from dataclasses import dataclass, field

from django.db.models import Q, QuerySet

from memorial.coded import gettext_noop as _
from victims.models import NamePart, PersonName, Victim
from victims.models.names import PartKind
from victims.search.query import ONLY_A_YEAR, Query, QueryError, name_words, phrases, read, readings, untitled
from victims.vocabulary import Status

__all__ = ["Filters", "Hit", "Page", "QueryError", "search"]

AS_WRITTEN, A_VARIANT = _("name as written"), _("a variant of the name")
#: A ranked answer is a bounded list: this many rows of the name index are looked at.
BOUND = 1000
KINDS = tuple(str(kind) for kind in PartKind)
COLUMNS = {
    str(PartKind.SURNAME): "surname",
    str(PartKind.GIVEN): "given",
    str(PartKind.PATRONYMIC): "patronymic",
}


@dataclass(frozen=True)
class Filters:
    """Whom the answer may hold: people (a queryset, asked before any cut) or statuses; birth years."""

    statuses: tuple[str, ...] = (str(Status.PUBLISHED),)
    birth_years: tuple[int, int] | None = None
    people: QuerySet | None = None


@dataclass(frozen=True)
class Hit:
    """A person found: score from 0 to 1, and the reason as English words for gettext."""

    victim: Victim
    score: float
    reason: str


@dataclass(frozen=True)
class Page:
    """Hits in order of rank; ``more`` where the list goes on, ``bounded`` where it was cut."""

    hits: list[Hit] = field(default_factory=list)
    more: bool = False
    bounded: bool = False


def search(
    query: str, filters: Filters | None = None, *, limit: int = 20, offset: int = 0, after: tuple | None = None
) -> Page:
    """Return the people whose name has all the words of ``query``, in any order and in any of its forms.

    A year or a range of years in the query asks for a year of birth; people whose year is not known stay,
    after the others. Ranked: the chosen name before variants, nearness of the year, then alphabetically.
    ``after`` is the (score, key) of the hit that the answer goes on from; where that hit has gone, the answer
    goes on with those of a smaller score.
    Raises QueryError where the query cannot be answered.
    """
    asked, filters = read(query), filters or Filters()
    if not asked.words:
        if asked.years:
            raise QueryError(ONLY_A_YEAR)
        return Page()
    years = filters.birth_years or asked.years
    rows = _candidates(asked, filters, years)
    bounded = len(rows) > BOUND
    ranked = _rank(rows[:BOUND], asked, years)
    if after:
        offset = _behind(ranked, *after)
    return Page(ranked[offset : offset + limit], len(ranked) > offset + limit, bounded)


def _behind(ranked: list[Hit], score: float, key: int) -> int:
    """Return the place behind a hit, or where smaller scores begin when it is not there any more."""
    for place, hit in enumerate(ranked):
        if hit.victim.pk == key and hit.score == score:
            return place + 1
    return next((place for place, hit in enumerate(ranked) if hit.score < score), len(ranked))


def _candidates(asked: Query, filters: Filters, years) -> list[tuple]:
    """Return (victim id, birth year) of the name index's rows that have all the words."""
    parts, asked_as = {}, {asked.words, untitled(asked.words)}
    found = NamePart.objects.filter(norm__in={norm for words in asked_as for norm in phrases(words)})
    for pk, kind, norm in found.values_list("pk", "kind", "norm"):
        parts[kind, norm] = pk
    condition = Q(pk__in=[])
    for reading in (reading for words in asked_as for reading in readings(words, KINDS)):
        if all((kind, phrase) in parts for kind, phrase in reading.items()):
            condition |= Q(**{COLUMNS[kind]: parts[kind, phrase] for kind, phrase in reading.items()})
    if not condition.children:
        return []
    if filters.people is None:
        names = PersonName.objects.filter(condition, victim__status__in=filters.statuses)
    else:
        names = PersonName.objects.filter(condition, victim__in=filters.people.order_by())
    if years:
        names = names.filter(Q(birth_year__range=years) | Q(birth_year=None))
    return list(names.order_by("victim").values_list("victim", "birth_year")[: BOUND + 1])


def _rank(rows, asked: Query, years) -> list[Hit]:
    """Return hits in order, each person once."""
    nearest = {}
    for pk, year in rows:
        distance = 99 if year is None else abs(year - sum(years) // 2) if years else 0
        nearest[pk] = min(distance, nearest.get(pk, 99))
    hits = []
    related = ("birth_place", "residence", "burial_place")
    for victim in Victim.objects.filter(pk__in=nearest).select_related(*related):
        distance = nearest[victim.pk] if years else 0
        chosen = set(untitled(asked.words) or asked.words) <= set(name_words(victim.name))
        score = round(1 - (0 if chosen else 0.05) - min(distance, 10) * 0.01, 3)
        hits.append(Hit(victim, score, AS_WRITTEN if chosen else A_VARIANT))
    return sorted(hits, key=lambda hit: (-hit.score, hit.victim.sort_key, hit.victim.pk))
