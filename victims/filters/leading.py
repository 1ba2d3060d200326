"""How a list of people is asked for: led by the rows that it asks about where they are few, else person by person.

A database that is asked for all people of whom a common fact is told makes the whole list of them before it shows
the first page. Of few rows the people are listed; of many, people are looked at in the order of the list, and
the first page is full soon. Where it is not (two common things of which few people have both, or people who stand
together far down the alphabet), the rarest of the rows are looked through for those who have all, and lead.
"""

import json
from typing import NamedTuple

from django.core.exceptions import EmptyResultSet
from django.db.models import Exists, Field, ForeignKey, Lookup, OuterRef, Q, QuerySet

from victims.models import Entry, Victim

#: Rows that lead a list; more of them are asked of each person.
MOST = 5000
#: People of the list looked at for its first page, and how many of them must be found among those.
LOOKED_AT, PAGE = 5000, 21
#: People that lead a list for want of a better way, and how far rows are counted to choose the rarest.
MOST_FOUND, WEIGHED = 20_000, 100_000


@Field.register_lookup
class Among(Lookup):
    """``pk__among=keys``: as ``in``, for thousands of keys: they go to the database as one value, and they lead.

    Of a long list of constants PostgreSQL plans slowly, and may go through the whole index of names for them.
    """

    lookup_name = "among"
    prepare_rhs = False

    def as_sql(self, compiler, connection, keys="SELECT unnest(%s::bigint[])", packed=list):
        if not self.rhs:
            raise EmptyResultSet
        left, parameters = self.process_lhs(compiler, connection)
        return f"{left} IN ({keys})", [*parameters, packed(self.rhs)]

    def as_sqlite(self, compiler, connection):
        return self.as_sql(compiler, connection, "SELECT value FROM json_each(%s)", json.dumps)


@ForeignKey.register_lookup
class OneOf(Among):
    """``form__one_of=keys``: as ``in``, for words that facts tell: asked of one person, it begins with the person.

    Of two or three constants SQLite, which knows no numbers of rows, begins with all of whom these words are told.
    PostgreSQL, told which they are, knows how common they are.
    """

    lookup_name = "one_of"

    def as_sql(self, compiler, connection):
        if not self.rhs:
            raise EmptyResultSet
        left, parameters = self.process_lhs(compiler, connection)
        return f"{left} = ANY(%s::bigint[])", [*parameters, list(self.rhs)]

    def as_sqlite(self, compiler, connection):
        return Among.as_sql(self, compiler, connection, "SELECT value FROM json_each(%s)", json.dumps)


class Column(NamedTuple):
    """What is asked of columns of the person: as an index finds all of them, and as it is asked of each."""

    found: Q
    each: Q


EVERYBODY = Column(Q(), Q())
#: What a list may be asked to be led by: rows of a fact or of entries, or columns of people.
Rows = QuerySet | Column


def told_of(*alternatives: Rows) -> Q:
    """Return the condition that there is such a row (of a fact or an entry) of a person, asked of each person."""
    asked, told = Q(), Q()
    facts = [rows for rows in alternatives if not isinstance(rows, Column)]
    for rows in facts:  # facts are indexed by their entry
        owner = "pk" if rows.model is Entry else "entry"
        told |= Q(Exists(rows.filter(**{owner: OuterRef("pk")})))
    if len(facts) > 1:  # once through the entries of a person, not once for each kind of fact
        asked = Q(Exists(Entry.objects.filter(told, victim=OuterRef("pk"))))
    elif facts:
        owner = "victim" if facts[0].model is Entry else "entry__victim"
        asked = Q(Exists(facts[0].filter(**{owner: OuterRef("pk")})))
    for rows in alternatives:
        if isinstance(rows, Column):
            asked |= rows.each
    return asked


def _rows(rows: Rows) -> QuerySet:
    return Victim.objects.filter(rows.found) if isinstance(rows, Column) else rows


def _owner(rows: Rows) -> str:
    """Return the column of rows that holds the person."""
    return "pk" if isinstance(rows, Column) else "victim"


def few(rows: QuerySet, column: str = "pk") -> list | None:
    """Return the values of a column where the rows are few, else None."""
    found = _first(rows, column, MOST)
    return found if len(found) <= MOST else None


def _first(rows: QuerySet, column: str, most: int) -> list:
    return list(rows.order_by().values_list(column, flat=True)[: most + 1])


def few_people(conditions: list[list[Rows]]) -> list[int] | None:
    """Return the keys of those of whom the first condition is true that is true of few; None where none is."""
    for alternatives in conditions:
        found = _people_of(alternatives, MOST_FOUND)
        if len(found) <= MOST_FOUND:
            return sorted(set(found))
    return None


def _people_of(alternatives: list[Rows], most: int) -> list[int]:
    found: list[int] = []
    for rows in alternatives:
        found += _first(_rows(rows), _owner(rows), most)
        if len(found) > most:
            break
    return found


class Leading:
    """Conditions on people, each that there is one of some kinds of rows, or columns; the rarest first."""

    def __init__(self):
        self._common: list[list[Rows]] = []
        self._seen: list[int] = []
        self._led = False

    def narrow(self, people: QuerySet, conditions: list[list[Rows]], among: Column = EVERYBODY) -> QuerySet:
        """Return the people of whom every condition is true.

        ``among``: those whom the list walks through in the order of their names, where nothing leads it; an index
        of theirs must not be walked through where something does.
        """
        all_of_them = people
        for alternatives in conditions:
            found = _people_of(alternatives, MOST)
            if len(found) > MOST:
                self._seen = self._seen or found
                self._common.append(alternatives)
                people = people.filter(told_of(*alternatives))
            else:
                self._led = True
                people = people.filter(pk__among=sorted(set(found)))
        if self._common and not self._led and _is_sparse(people.filter(among.found), among):
            found = self._look_through(all_of_them.filter(among.each))
            if len(found) <= MOST_FOUND:
                self._led = True
                people = all_of_them.filter(pk__among=found)
        return people.filter(among.each if self._led else among.found)

    def _look_through(self, people: QuerySet) -> list[int]:
        """Return the keys of those of whom all is true, found from the rarest rows; one too many for too many."""
        weights = [0]
        if len(self._common) > 1:
            weights = [sum(weight(_rows(rows)) for rows in alternatives) for alternatives in self._common]
        rarest = self._common[weights.index(min(weights))]
        for alternatives in self._common:
            if alternatives is not rarest:
                people = people.filter(told_of(*alternatives))
        found: dict[int, None] = {}
        for rows in rarest:
            found.update(dict.fromkeys(_owners(rows, people.order_by())[: MOST_FOUND + 1]))
            if len(found) > MOST_FOUND:
                break
        return sorted(found)

    def keys(self, people: QuerySet, bound: int) -> list[int]:
        """Return the keys of so many of the people that ``narrow`` returned at most, in no order.

        Where all conditions are common, rows of the first are looked through: at first those that ``narrow`` saw.
        Not DISTINCT, for which a database reads all rows before it gives the first.
        """
        people = people.order_by()
        if self._led or not self._common:
            return list(people.values_list("pk", flat=True)[:bound])
        found = dict.fromkeys(people.filter(pk__among=self._seen).values_list("pk", flat=True)[:bound])
        if len(found) == bound:
            return list(found)
        for rows in self._common[0]:
            keys = _owners(rows, people)
            first = list(keys[: 2 * bound])
            found.update(dict.fromkeys(first))
            if len(first) == 2 * bound and len(found) < bound:  # very many rows of few people
                found.update(dict.fromkeys(keys.distinct()[:bound]))
            if len(found) >= bound:
                break
        return list(found)[:bound]


def _owners(rows: Rows, people: QuerySet) -> QuerySet:
    """Return the keys of people of whom there are such rows, once for each row."""
    told = _rows(rows).order_by().filter(Exists(people.filter(pk=OuterRef(_owner(rows)))))
    return told.values_list(_owner(rows), flat=True)


def weight(rows: QuerySet) -> int:
    """Return how many rows there are, counted up to ``WEIGHED``."""
    return rows.order_by().values("pk")[:WEIGHED].count()


def _is_sparse(people: QuerySet, among: Column) -> bool:
    """Return whether a first page of some people is not found by looking at the first of those walked through."""
    everybody = Victim.objects.filter(among.found).by_name()
    last = everybody.values_list("sort_key", flat=True)[LOOKED_AT : LOOKED_AT + 1].first()
    if last is None:
        return False
    near = people.by_name().filter(sort_key__lt=last).values_list("pk", flat=True)
    return len(near[:PAGE]) < PAGE
