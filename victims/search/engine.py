"""The search itself: first the very words in any order, over every form of a name; then names like them."""

from dataclasses import dataclass, field, replace

from django.db.models import Q, QuerySet

from memorial.coded import gettext_noop as _
from victims.models import NamePart, PersonName, Victim
from victims.models.names import PartKind
from victims.search.query import (
    ONLY_A_YEAR,
    Query,
    QueryError,
    name_words,
    on_russian_keys,
    phrases,
    read,
    readings,
    untitled,
)
from victims.search.reasons import in_words
from victims.search.tolerant import alike
from victims.vocabulary import Status

__all__ = ["Filters", "Hit", "Page", "QueryError", "search"]

AS_WRITTEN, A_VARIANT = _("name as written"), _("a variant of the name")
OTHER_KEYS = _("as typed on a Russian keyboard")
#: How near a name must be: the very words, or whatever sounds like them.
EXACT, SOUNDS = "exact", "sounds"
#: A name that is only like the words scores less than this, one that has them more.
BELOW_EXACT = 0.93
#: Where the best is less alike than this, the words may have been typed on the wrong keyboard.
DOUBTFUL = 0.75
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
    query: str,
    filters: Filters | None = None,
    *,
    limit: int = 20,
    offset: int = 0,
    after: tuple | None = None,
    match: str = SOUNDS,
) -> Page:
    """Return the people whose name is that of ``query``, and after them those whose name is like it.

    Words stand in any order and in any form of the name. A year or a range of years in the query asks for a
    year of birth; people whose year is not known stay, after the others. Ranked: the very words before all
    else, the chosen name before variants, nearness of the year, then by likeness, then alphabetically.
    ``match`` EXACT wants the very words. ``after`` is the (score, key) of the hit that the answer goes on
    from; where that hit has gone, the answer goes on with those of a smaller score. Raises QueryError where
    the query cannot be answered.
    """
    asked, filters = read(query), filters or Filters()
    if not asked.words:
        if asked.years:
            raise QueryError(ONLY_A_YEAR)
        return Page()
    years = filters.birth_years or asked.years
    people = _people(filters)
    rows = _candidates(asked, people, years)
    bounded = len(rows) > BOUND
    ranked = _rank(rows[:BOUND], asked, years)
    if after:
        offset = _behind(ranked, *after)
    if match != EXACT and not bounded and len(ranked) <= offset + limit:
        ranked += _alike(asked, people, years, {row.victim for row in ranked})
        if not ranked or ranked[0].score < DOUBTFUL:
            ranked = _on_russian_keys(query, people, years) + ranked
        if after:
            offset = _behind(ranked, *after)
    page = ranked[offset : offset + limit]
    victims = Victim.objects.select_related("birth_place", "residence", "burial_place").in_bulk(
        [row.victim for row in page]
    )
    hits = [Hit(victims[row.victim], row.score, row.reason) for row in page if row.victim in victims]
    return Page(hits, len(ranked) > offset + limit, bounded)


@dataclass(frozen=True, slots=True)
class _Row:
    """A person in the ranked list, before their record is read."""

    victim: int
    score: float
    reason: object
    order: tuple


def _behind(ranked: list[_Row], score: float, key: int) -> int:
    """Return the place behind a hit, or where smaller scores begin when it is not there any more."""
    for place, row in enumerate(ranked):
        if row.victim == key and row.score == score:
            return place + 1
    return next((place for place, row in enumerate(ranked) if row.score < score), len(ranked))


def _people(filters: Filters) -> Q:
    """Return the condition on rows of the name index that says whom the answer may hold."""
    if filters.people is None:
        people = Q(victim__status__in=filters.statuses)
    else:
        people = Q(victim__in=filters.people.order_by())
    if filters.birth_years:
        people &= Q(birth_year__range=filters.birth_years) | Q(birth_year=None)
    return people


def _candidates(asked: Query, people: Q, years) -> list[tuple]:
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
    names = PersonName.objects.filter(people & condition)
    if years:
        names = names.filter(Q(birth_year__range=years) | Q(birth_year=None))
    return list(names.order_by("victim").values_list("victim", "birth_year")[: BOUND + 1])


def _rank(rows, asked: Query, years) -> list[_Row]:
    """Return rows in order, each person once."""
    nearest = {}
    for pk, year in rows:
        distance = 99 if year is None else abs(year - sum(years) // 2) if years else 0
        nearest[pk] = min(distance, nearest.get(pk, 99))
    ranked, words = [], set(untitled(asked.words) or asked.words)
    columns = ("pk", "sort_key", "surname", "given_name", "patronymic")
    for pk, sort_key, *name in Victim.objects.filter(pk__in=nearest).values_list(*columns):
        distance = nearest[pk] if years else 0
        chosen = words <= set(name_words(" ".join(name)))
        score = round(1 - (0 if chosen else 0.02) - min(distance, 10) * 0.004, 3)
        ranked.append(_Row(pk, score, AS_WRITTEN if chosen else A_VARIANT, (-score, sort_key, pk)))
    return sorted(ranked, key=lambda row: row.order)


def _on_russian_keys(query: str, people: Q, years) -> list[_Row]:
    """Return the people who have the very words, had they been typed on a Russian keyboard."""
    try:
        meant = read(on_russian_keys(query))
    except QueryError:
        return []
    if not meant.words or on_russian_keys(query) == query:
        return []
    rows = _rank(_candidates(meant, people, years)[:BOUND], meant, years)
    return [replace(row, score=round(row.score * BELOW_EXACT, 3), reason=OTHER_KEYS) for row in rows]


def _alike(asked: Query, people: Q, years, known: set[int]) -> list[_Row]:
    """Return the people whose names are only like the words, below all who have the very words."""
    words = Query(untitled(asked.words) or asked.words, asked.years)
    found = alike(words, people, years, top=1.0 if known else 0.0)
    found = [one for one in found if one.victim not in known][:BOUND]
    keys = dict(Victim.objects.filter(pk__in=[one.victim for one in found]).values_list("pk", "sort_key"))
    rows = []
    for one in found:
        score = round(one.score * BELOW_EXACT, 3)
        rows.append(_Row(one.victim, score, in_words(one.why), (-score, keys.get(one.victim, ""), one.victim)))
    return sorted(rows, key=lambda row: row.order)
