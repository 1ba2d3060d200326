"""How a list of people is asked for: led by the rows that it asks about where they are few, else person by person.

A database that is asked for all people of whom a common fact is told makes the whole list of them before it shows
the first page. Of few rows the people are listed; of many, people are looked at in the order of the list, and
the first page is full soon.
"""

from django.db.models import Exists, OuterRef, Q, QuerySet

from victims.models import Entry

#: Rows that lead a list; more of them are asked of each person.
MOST = 5000


def told_of(rows: QuerySet) -> Q:
    """Return the condition that there is such a row (of a fact or an entry) of a person, asked of each person."""
    owner = "victim" if rows.model is Entry else "entry__victim"  # facts are indexed by their entry
    return Q(Exists(rows.filter(**{owner: OuterRef("pk")})))


def few(rows: QuerySet, column: str = "pk") -> list | None:
    """Return the values of a column where the rows are few, else None."""
    found = _first(rows, column)
    return found if len(found) <= MOST else None


def _first(rows: QuerySet, column: str) -> list:
    return list(rows.order_by().values_list(column, flat=True)[: MOST + 1])


class Leading:
    """Conditions on people, each that there is a row of one of some querysets, the rarest first."""

    def __init__(self):
        self._common: list[list[QuerySet]] = []
        self._seen: list[int] = []
        self._led = False

    def narrow(self, people: QuerySet, conditions: list[list[QuerySet]]) -> QuerySet:
        """Return the people of whom every condition is true."""
        for alternatives in conditions:
            found: list[int] = []
            for rows in alternatives:
                found += _first(rows, "victim")
                if len(found) > MOST:
                    break
            if len(found) > MOST:
                self._seen = self._seen or found
                self._common.append(alternatives)
                asked = Q()
                for rows in alternatives:
                    asked |= told_of(rows)
                people = people.filter(asked)
            else:
                self._led = True
                people = people.filter(pk__in=found)
        return people

    def keys(self, people: QuerySet, bound: int) -> list[int]:
        """Return the keys of so many of the people that ``narrow`` returned at most, in no order.

        Where all conditions are common, rows of the first are looked through: at first those that ``narrow`` saw.
        Not DISTINCT, for which a database reads all rows before it gives the first.
        """
        people = people.order_by()
        if self._led or not self._common:
            return list(people.values_list("pk", flat=True)[:bound])
        found = dict.fromkeys(people.filter(pk__in=self._seen).values_list("pk", flat=True)[:bound])
        if len(found) == bound:
            return list(found)
        for rows in self._common[0]:
            told = rows.order_by().filter(Exists(people.filter(pk=OuterRef("victim"))))
            keys = told.values_list("victim", flat=True)
            first = list(keys[: 2 * bound])
            found.update(dict.fromkeys(first))
            if len(first) == 2 * bound and len(found) < bound:  # very many rows of few people
                found.update(dict.fromkeys(keys.distinct()[:bound]))
            if len(found) >= bound:
                break
        return list(found)[:bound]
