"""Counts behind the pages: each person and each fact once, published ones, persons who never lived apart.

What could grow without end is counted up to a bound and then told as "more than".
"""

from collections import Counter
from typing import NamedTuple

from django.db.models import Count

from victims.models import Body, Operation, Sentence
from victims.models.querysets import public
from victims.statistics.cubes import counted, days_of, one_way
from victims.vocabulary import Attribution

#: How far a page counts.
BOUND = 10_000


class Bounded(NamedTuple):
    """A count; ``more`` where counting stopped at the bound."""

    number: int
    more: bool

    def __bool__(self) -> bool:
        return self.number > 0


def bounded(queryset, bound: int = BOUND) -> Bounded:
    """Return how many rows a queryset has, counted no further than a bound."""
    number = queryset.order_by().values("pk")[: bound + 1].count()
    return Bounded(min(number, bound), number > bound)


def persons(people, bound: int = BOUND) -> dict[str, Bounded]:
    """Return how many of some people lived (``lived``) and how many are synthetic, each bounded."""
    return {
        "lived": bounded(people.filter(synthetic=False), bound),
        "synthetic": bounded(people.filter(synthetic=True), bound),
    }


def recorded(of: str, value: str, people) -> dict:
    """Return the same of those who have a value of a dimension, counted beforehand (``as_of``: when) if ever.

    ``people``: they themselves, counted now, up to the bound, before anybody was counted.
    """
    when = counted()
    if when is None:
        return persons(people)
    told = {made: one_way(of, made, among=[value]).get(value, 0) for made in (False, True)}
    numbers = {"lived": Bounded(told[False], False), "synthetic": Bounded(told[True], False)}
    return {**numbers, "as_of": when.counted_at}


def told_sentences():
    """Return the sentences of published records, each once though several entries tell it."""
    return Sentence.objects.filter(public("victim__"), same_as=None)


def persons_at_sittings(body: Body) -> Counter:
    """Return {sitting: persons who lived and are recorded as sentenced at it}."""
    told = told_sentences().filter(sitting__body=body, victim__synthetic=False).order_by()
    return Counter(dict(told.values_list("sitting").annotate(Count("victim", distinct=True))))


def people_on_days(body: Body) -> dict[str, int]:
    """Return {day: persons who lived and are recorded as sentenced by a body}, counted beforehand if ever."""
    if counted() is not None:
        return days_of(body.pk)
    numbers, days = Counter(), dict(body.sittings.values_list("pk", "date"))
    for sitting, number in persons_at_sittings(body).items():
        numbers[days[sitting].isoformat()] += number
    return dict(numbers)


def attributions(operation: Operation, bound: int = BOUND) -> dict[str, Bounded]:
    """Return how many sentences are recorded of an operation and its parts, by how that is known.

    ``unknown``: sentences wholly within the operation's time whose operation nobody tells.
    ``synthetic``: of persons who never lived, however known; in none of the other counts.
    """
    told = told_sentences()
    lived, mine = told.filter(victim__synthetic=False), [operation, *operation.parts.all()]
    found = {
        str(how): bounded(lived.filter(operation__in=mine, attribution=str(how)), bound)
        for how in (Attribution.PRINTED, Attribution.INFERRED)
    }
    found["unknown"] = bounded(
        lived.filter(
            attribution=str(Attribution.UNKNOWN),
            date_earliest__gte=operation.period_earliest,
            date_latest__lte=operation.period_latest,
        )
        if operation.period
        else lived.none(),
        bound,
    )
    found["synthetic"] = bounded(told.filter(operation__in=mine, victim__synthetic=True), bound)
    return found
