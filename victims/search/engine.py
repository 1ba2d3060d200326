"""The search itself: first the very words in any order, over every form of a name; then names like them."""

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from functools import lru_cache

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils import timezone

from memorial.coded import gettext_noop as _
from victims.models import PersonName, Victim
from victims.models.names import PartKind
from victims.models.querysets import not_withheld
from victims.names import indexed
from victims.search import rows
from victims.search.levels import EXACT, ROLES, SOUNDS, Level
from victims.search.query import (
    Query,
    QueryError,
    name_words,
    on_russian_keys,
    phrases,
    read,
    read_parts,
    readings,
    unranked,
    untitled,
)
from victims.search.reasons import in_words
from victims.search.tolerant import GOOD, alike
from victims.search.wildcards import fitting
from victims.search.years import Years
from victims.vocabulary import Status

__all__ = ["Filters", "Hit", "Page", "QueryError", "search"]

AS_WRITTEN, A_VARIANT = _("name as written"), _("a variant of the name")
OTHER_KEYS = _("as typed on a Russian keyboard")
BORN_THEN = _("born in that year")
#: A name that is only like the words scores less than this, one that has them more.
BELOW_EXACT = 0.93
#: Where the best is less alike than this, the words may have been typed on the wrong keyboard.
DOUBTFUL = 0.75
#: A ranked answer is a bounded list: this many rows of the name index are looked at.
BOUND = 1000
#: Further away than any year.
UNKNOWN = 99
KINDS = tuple(str(kind) for kind in PartKind)
COLUMNS = {
    str(PartKind.SURNAME): "surname",
    str(PartKind.GIVEN): "given",
    str(PartKind.PATRONYMIC): "patronymic",
}


@dataclass(frozen=True)
class Filters:
    """Whom the answer may hold: people (a queryset, asked before any cut) or statuses; birth years.

    By statuses alone, who may be living is left out as on every public page.
    """

    statuses: tuple[str, ...] = (str(Status.PUBLISHED),)
    birth_years: tuple[int, int] | None = None
    people: QuerySet | None = None
    #: Asked where a name is so common that not all who bear it are read: the keys of few people, among whom are
    #: all of ``people``; None where they are many.
    few: Callable[[], list[int] | None] | None = None


@dataclass(frozen=True)
class Hit:
    """A person found: score from 0 to 1, and the reason as English words for gettext."""

    victim: Victim
    score: float
    reason: str


@dataclass(frozen=True)
class Page:
    """Hits in order of rank; ``more`` where the list goes on, ``bounded`` where it was cut.

    ``keys``: of all people of the list as far as it was looked for.
    """

    hits: list[Hit] = field(default_factory=list)
    more: bool = False
    bounded: bool = False
    keys: tuple[int, ...] = ()


def search(
    query: str,
    filters: Filters | None = None,
    *,
    limit: int = 20,
    offset: int = 0,
    after: tuple | None = None,
    match: str = SOUNDS,
    levels: dict[str, str] | None = None,
    parts: dict[str, str] | None = None,
) -> Page:
    """Return the people whose name is that of ``query``, and after them those whose name is like it.

    Words stand in any order and in any form of the name; * and ? stand for letters, what is in quotation marks
    is meant as it is. A year, a span of years or an age asks for a year of birth; people whose year is not known
    stay, after the others. Ranked: the very words before all else, the chosen name before variants, nearness of
    the year, then by likeness, by the chosen name before another, those who lived before synthetic persons, then
    alphabetically.

    ``match`` (a Level) says how near the name must be, ``levels`` how near a part must be ({"surname": "exact"}).
    ``parts`` ({"surname": …, "given_name": …, "patronymic": …}) asks for parts of the name where ``query`` has
    no words. ``after`` is the (score, key) of the hit that the answer goes on from; where that hit has gone, the
    answer goes on with those of a smaller score. Raises QueryError where the query cannot be answered.
    """
    asked, filters = read(query), filters or Filters()
    if not asked.words and parts:
        asked = read_parts({ROLES[name]: text for name, text in parts.items()}, asked.years)
    years = Years(*filters.birth_years) if filters.birth_years else asked.years
    asked = replace(asked, years=years)
    wanted = _wanted(match, levels or {})
    if not asked.words:
        ranked, bounded = _born(asked, _people(filters))
    elif asked.wild:
        ranked, bounded = _fitting(asked, _people(filters), wanted)
    else:
        ranked, bounded = _named(query, asked, _names(filters), wanted, offset + limit, after)
    if after:
        offset = _behind(ranked, *after)
    page = ranked[offset : offset + limit]
    victims = rows.people(row.victim for row in page)
    hits = [Hit(victims[row.victim], row.score, row.reason) for row in page if row.victim in victims]
    return Page(hits, len(ranked) > offset + limit, bounded, tuple(row.victim for row in ranked))


def _named(query: str, asked: Query, names: rows.Names, wanted: dict, enough: int, after):
    """Return (people with that name and then, where these are not enough, with one like it; whether it is cut)."""
    written = _candidates(asked, names)
    bounded = len(written) > BOUND
    ranked = _rank(written[:BOUND], asked, names)
    if after:
        enough += _behind(ranked, *after)
    if bounded or len(ranked) > enough or _only_exact(asked, wanted):
        return ranked, bounded
    ranked += _alike(asked, names, wanted, {row.victim for row in ranked})
    if not asked.roles and (not ranked or ranked[0].score < DOUBTFUL):
        ranked = _on_russian_keys(query, names, asked.years) + ranked
    return ranked, False


def _wanted(match: str, levels: dict[str, str]) -> dict[str, str | None]:
    """Return how near each part must be; None for a part that may even be another where the rest is alike."""
    told = {ROLES[name]: str(Level(level)) for name, level in levels.items()}
    return {role: told.get(role) or (None if Level(match) == SOUNDS else match) for role in KINDS}


def _only_exact(asked: Query, wanted: dict) -> bool:
    return set(wanted.values()) == {EXACT} or asked.exact >= set(asked.words)


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
        people = Q(victim__status__in=filters.statuses) & not_withheld("victim__")
    else:
        # Asked of each row that is looked at: a list of all whom it may hold would be made anew for every look-up.
        people = Q(Exists(filters.people.order_by().filter(pk=OuterRef("victim"))))
    if filters.birth_years:
        people &= Q(birth_year__range=filters.birth_years) | Q(birth_year=None)
    return people


def _names(filters: Filters) -> rows.Names:
    """Return the name index of those whom the answer may hold."""
    everybody = _people_by_status(filters.statuses, timezone.localdate())
    only = (rows.born(*filters.birth_years, untold=True),) if filters.birth_years else ()
    if filters.people is None:
        return rows.Names(everybody, everybody if only else None, only)
    return rows.Names(rows.People(filters.people, filters.few), everybody, only)


@lru_cache(maxsize=8)
def _people_by_status(statuses: tuple[str, ...], _today) -> rows.People:
    """Return those of whom most questions are: without a filter. Who may be living changes with the day."""
    return rows.People(Victim.objects.filter(not_withheld(), status__in=statuses))


def _candidates(asked: Query, names: rows.Names) -> list[tuple]:
    """Return (victim id, birth year) of the name index's rows that have all the words."""
    asked_as = {asked.words, untitled(asked.words)}
    norms = {norm for _role, norm in asked.roles} or {norm for words in asked_as for norm in phrases(words)}
    parts = {(kind, norm): pk for pk, kind, norm in rows.parts_written(norms)}
    ways = [dict(asked.roles)] if asked.roles else [way for words in asked_as for way in readings(words, KINDS)]
    written = [
        rows.all_of(*(rows.among(COLUMNS[kind], [parts[kind, phrase]]) for kind, phrase in reading.items()))
        for reading in ways
        if all((kind, phrase) in parts for kind, phrase in reading.items())
    ]
    if not written:
        return []
    condition = rows.any_of(*written)
    if asked.years:
        condition = rows.all_of(condition, rows.born(*asked.years.range, untold=True))
    # In the order of their index: to put all who are called Иван in order takes longer than to find them.
    found = names.rows(condition, BOUND + 1)
    if len(found) > BOUND:
        found = names.admitted_rows(condition, BOUND + 1)
    else:
        admitted = names.admitted(row[0] for row in found)
        found = [row for row in found if row[0] in admitted]
    return [(victim, year) for victim, _s, _g, _p, year, *_norms in found]


def _rank(written, asked: Query, names: rows.Names) -> list[_Row]:
    """Return rows in order, each person once."""
    nearest: dict[int, int] = {}
    for pk, year in written:
        away = 0 if not asked.years else UNKNOWN if year is None else asked.years.away(year)
        nearest[pk] = min(away, nearest.get(pk, UNKNOWN))
    ranked, words = [], set(untitled(asked.words) or asked.words)
    for pk, (order, name) in _orders(names.admitted(nearest)).items():
        chosen = words <= set(name_words(" ".join(name)))
        score = round(1 - (0 if chosen else 0.02) - min(nearest[pk], 10) * 0.004, 3)
        ranked.append(_Row(pk, score, AS_WRITTEN if chosen else A_VARIANT, (-score, *order)))
    return sorted(ranked, key=lambda row: row.order)


def _orders(shown: dict[int, tuple]) -> dict[int, tuple]:
    """Return {key of a person: (their place among those of equal score, their name)}."""
    return {pk: ((synthetic, sort_key, pk), name) for pk, (synthetic, sort_key, *name) in shown.items()}


def _born(asked: Query, people: Q) -> tuple[list[_Row], bool]:
    """Return (people of whom nothing but the years of birth is asked, whether the list is cut)."""
    if not asked.years:
        return [], False
    # The very years: with those beside them nobody would see where the list begins.
    names = PersonName.objects.filter(people & Q(birth_year__range=(asked.years.first, asked.years.last)))
    keys = list(names.order_by("birth_year").values_list("victim", flat=True)[: BOUND + 1])
    orders = _orders(rows.shown(set(keys[:BOUND])))
    born = [_Row(pk, 1.0, BORN_THEN, (-1.0, *order)) for pk, (order, _name) in orders.items()]
    return sorted(born, key=lambda row: row.order), len(keys) > BOUND


def _fitting(asked: Query, people: Q, wanted: dict) -> tuple[list[_Row], bool]:
    """Return (people whose name fits words with * and ?, whether the list is cut)."""
    found, bounded = fitting(asked, people, wanted, BOUND)
    return _in_order(found, 1.0, rows.shown({one.victim for one in found})), bounded


def _on_russian_keys(query: str, names: rows.Names, years) -> list[_Row]:
    """Return the people who have the very words, had they been typed on a Russian keyboard."""
    try:
        meant = read(on_russian_keys(query))
    except QueryError:
        return []
    if not meant.words or meant.wild or on_russian_keys(query) == query:
        return []
    meant = replace(meant, years=years)
    ranked = _rank(_candidates(meant, names)[:BOUND], meant, names)
    return [replace(row, score=round(row.score * BELOW_EXACT, 3), reason=OTHER_KEYS) for row in ranked]


def _alike(asked: Query, names: rows.Names, wanted: dict, known: set[int]) -> list[_Row]:
    """Return the people whose names are only like the words, below all who have the very words."""
    if not asked.roles:
        asked = replace(asked, words=untitled(asked.words) or asked.words)
    found = alike(asked, names, wanted, top=1.0 if known else 0.0)
    bare = unranked(asked.words)
    if bare != asked.words and not asked.roles and (not found or found[0].score < GOOD):
        best = {one.victim: one for one in found}
        for one in alike(replace(asked, words=bare), names, wanted, top=1.0 if known else 0.0):
            if one.victim not in best or best[one.victim].score < one.score:
                best[one.victim] = one
        found = sorted(best.values(), key=lambda one: -one.score)
    found = [one for one in found if one.victim not in known][:BOUND]
    return _in_order(found, BELOW_EXACT, names.admitted(one.victim for one in found))


def _in_order(found, weight: float, shown: dict[int, tuple]) -> list[_Row]:
    """Return people found by parts of their names, in order of rank."""
    orders, ranked = _orders(shown), []
    for one in found:
        if one.victim in orders:
            score = round(one.score * weight, 4)
            order, name = orders[one.victim]
            order = (-score, _by_another_name(one.why, name), *order)
            ranked.append(_Row(one.victim, score, in_words(one.why), order))
    return sorted(ranked, key=lambda row: row.order)


def _by_another_name(why: tuple, name: list[str]) -> bool:
    """Return whether a person was found by parts of a name that is not the chosen one."""
    chosen = dict(zip(KINDS, name, strict=True))
    return any(stored and indexed(chosen[role]) != stored for role, _code, _typed, stored in why)
