"""Counts behind the pages: each person and each fact once, published ones, persons who never lived apart.

What could grow without end is counted up to a bound and then told as "more than".
"""

from collections import Counter
from typing import NamedTuple

from django.db import connection
from django.db.models import Count, F, Q
from django.db.models.functions import ExtractMonth, ExtractYear
from django.utils import timezone

from victims.models import Body, Death, Operation, Sentence
from victims.models.querysets import public
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


def persons_at_sites() -> Counter:
    """Return {site: persons who lived, shot or buried there}: a person once, however many entries tell it."""
    with connection.cursor() as cursor:
        cursor.execute(
            """
            SELECT site, COUNT(*) FROM (
                SELECT place.site_id AS site, death.victim_id
                FROM victims_death death JOIN victims_place place ON place.id = death.burial_place_id
                JOIN victims_victim victim ON victim.id = death.victim_id
                WHERE place.site_id IS NOT NULL AND victim.status = 'published' AND NOT victim.synthetic
                AND (victim.withheld_until IS NULL OR victim.withheld_until <= %(today)s)
                UNION
                SELECT place.site_id, death.victim_id
                FROM victims_death death JOIN victims_place place ON place.id = death.place_id
                JOIN victims_victim victim ON victim.id = death.victim_id
                WHERE place.site_id IS NOT NULL AND victim.status = 'published' AND NOT victim.synthetic
                AND (victim.withheld_until IS NULL OR victim.withheld_until <= %(today)s)
            ) told GROUP BY site
            """,
            {"today": timezone.localdate()},
        )
        return Counter(dict(cursor.fetchall()))


def persons_at_site_by_month(site) -> dict[tuple[int, int], int]:
    """Return {(year, month): persons who lived and died in it}, of those shot or buried at a site.

    A death that may fall into two months is in none; a person of whom entries tell two months is in both.
    """
    places = site.places.values("pk")
    deaths = Death.objects.filter(
        public("victim__"),
        Q(burial_place__in=places) | Q(place__in=places),
        victim__synthetic=False,
        date_earliest__isnull=False,
    )
    within = deaths.annotate(
        year=ExtractYear("date_earliest"), month=ExtractMonth("date_earliest"), last=ExtractYear("date_latest")
    ).filter(last=F("year"), date_latest__month=F("month"))
    counted = within.order_by().values_list("year", "month").annotate(Count("victim", distinct=True))
    return {(year, month): number for year, month, number in sorted(counted)}


def told_sentences():
    """Return the sentences of published records, each once though several entries tell it."""
    return Sentence.objects.filter(public("victim__"), same_as=None)


def persons_at_sittings(body: Body) -> Counter:
    """Return {sitting: persons who lived and are recorded as sentenced at it}."""
    told = told_sentences().filter(sitting__body=body, victim__synthetic=False).order_by()
    return Counter(dict(told.values_list("sitting").annotate(Count("victim", distinct=True))))


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
