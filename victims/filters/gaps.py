"""Parameters about what is not known of a person, and about their age at arrest; for pages and API alike.

Each number of the statistics leads to the people whom it counts: so do those of people of whom nothing is told,
or whose words are not recognised, or too vague.
"""

import re

import django_filters
from django import forms
from django.db import connection
from django.db.models import F, Q
from django.db.models.lookups import Exact, GreaterThanOrEqual, LessThanOrEqual
from django.utils.translation import gettext_lazy
from django_filters.fields import BaseCSVField

from victims.filters.leading import Column, few, told_of
from victims.labels import COUNTED_BY
from victims.models import Death, Place, PrintedForm, Residence, Sentence, Trait, Victim
from victims.models.gaps import BIT, GAPS, NOT_TOLD, TRAITS, UNRECOGNISED, VAGUE
from victims.vocabulary import FormKind, FormState

#: Uncertain value -> the parameter that asks for it.
PARAMETER = {NOT_TOLD: "not_told", UNRECOGNISED: "unrecognised", VAGUE: "inexact"}
#: Oldest age that may be asked for.
MOST = 150
_AGES = re.compile(
    r"(?:(?P<one>\d{1,3})|(?P<low>\d{0,3})\s*[-–—]\s*(?P<high>\d{1,3})|(?P<from>\d{1,3})\s*[-–—+])\Z", re.ASCII
)
_UNREAD = Q(state=str(FormState.UNRECOGNISED))


def _of_forms(model, column: str, **where):
    """Return the condition of a gap that hangs on printed words: rows of a fact whose words are some forms.

    ``where`` may hold conditions on the words themselves (``words``). Few forms are looked for beforehand; many
    are asked of each row.
    """
    words = where.pop("words")
    dictionary = Place if model in (Residence, Death) else PrintedForm

    def rows():
        asked = words if dictionary is Place else words & Q(kind=where.get("kind", str(FormKind.BODY)))
        found = few(dictionary.objects.filter(asked).order_by())
        if found is None:
            return model.objects.filter(_prefixed(words, column), **where)
        return model.objects.filter(**{f"{column}__one_of": found}, **where)

    return rows


def _prefixed(condition: Q, column: str) -> Q:
    """Return a condition on printed words as one on the rows that print them."""
    told = Q(_connector=condition.connector, _negated=condition.negated)
    for child in condition.children:
        if isinstance(child, Q):
            told.children.append(_prefixed(child, column))
        else:
            told.children.append((f"{column}__{child[0]}", child[1]))
    return told & Q(**{f"{column}__isnull": False})


_VAGUE_BODY = ~_UNREAD & Q(body=None)
#: Gap that hangs on the meaning of words -> the rows of facts that have it, each kind of row apart.
OF_WORDS = {
    **{(kind, UNRECOGNISED): [_of_forms(Trait, "form", kind=kind, words=_UNREAD)] for kind in map(str, TRAITS)},
    **{
        (kind, VAGUE): [_of_forms(Trait, "form", kind=kind, words=~_UNREAD & Q(code=""))]
        for kind in map(str, TRAITS)
    },
    ("region", UNRECOGNISED): [_of_forms(Residence, "place", words=_UNREAD)],
    ("region", VAGUE): [_of_forms(Residence, "place", words=~_UNREAD & Q(region=None))],
    ("body", UNRECOGNISED): [_of_forms(Sentence, "body", same_as=None, words=_UNREAD)],
    ("body", VAGUE): [_of_forms(Sentence, "body", same_as=None, words=_VAGUE_BODY & Q(code=""))],
    ("sentenced_by", VAGUE): [_of_forms(Sentence, "body", same_as=None, words=_VAGUE_BODY)],
    ("site", UNRECOGNISED): [_of_forms(Death, at, words=_UNREAD) for at in ("place", "burial_place")],
    ("site", VAGUE): [_of_forms(Death, at, words=~_UNREAD & Q(site=None)) for at in ("place", "burial_place")],
}
OPERATION = ("operation", NOT_TOLD)
#: Dimensions that have the gaps of another.
SAME = {
    ("sentenced_by", NOT_TOLD): "body",
    ("sentenced_by", UNRECOGNISED): "body",
    ("attribution", NOT_TOLD): "operation",
}
EVERY = (*GAPS, *OF_WORDS, OPERATION)


def asking(of: str, value: str) -> dict[str, str]:
    """Return the parameters that ask for an uncertain value of a dimension; none where no list can tell it."""
    of = SAME.get((of, value), of)
    return {PARAMETER[value]: of} if (of, value) in EVERY else {}


class _Ages(forms.CharField):
    def __init__(self, **kwargs):
        super().__init__(max_length=20, **kwargs)

    def clean(self, value):
        """Return (youngest, oldest)."""
        value = super().clean(value)
        if not value:
            return None
        told = _AGES.match(value.strip())
        ages = told and [told["one"] or told["from"] or told["low"] or 0, told["one"] or told["high"] or MOST]
        if not ages or int(ages[0]) > int(ages[1]) or int(ages[1]) > MOST:
            raise forms.ValidationError(
                gettext_lazy("This is no age: write whole years, 37, or a span: 30-39, 0-19, 80+.")
            )
        return int(ages[0]), int(ages[1])


class AgeFilter(django_filters.Filter):
    """An age in whole years, or a span of ages: 37, 30-39, 80+."""

    field_class = _Ages

    @staticmethod
    def words(ages: tuple[int, int]) -> str:
        """Return (youngest, oldest) as people write it: 37, 30–39, 80+."""
        low, high = ages
        return str(low) if low == high else f"{low}+" if high == MOST else f"{low}–{high}"


class _Several(BaseCSVField):
    def clean(self, value):
        """Return each value once, without the nothing between two commas; None where nothing is asked."""
        kept = list(dict.fromkeys(filter(None, super().clean(value) or ())))
        if value and not kept:  # commas alone would ask for everybody
            raise forms.ValidationError(gettext_lazy("Name one thing at least, or several with commas between."))
        return kept or None


class GapFilter(django_filters.BaseInFilter, django_filters.ChoiceFilter):
    """One or several things (nationality,party) of which it is asked that they are not known."""

    base_field_class = _Several


def _gap(value: str, label):
    choices = [(of, gettext_lazy(COUNTED_BY[of])) for of in COUNTED_BY if (of, value) in EVERY]
    return GapFilter(choices=choices, label=label, method="by_gap")


class OfGaps(django_filters.FilterSet):
    """What is not known of people, and their age at the first arrest."""

    age = AgeFilter(label=gettext_lazy("Age at arrest"), method="by_age")
    not_told = _gap(NOT_TOLD, gettext_lazy("Not told"))
    unrecognised = _gap(UNRECOGNISED, gettext_lazy("Told, not recognised yet"))
    inexact = _gap(VAGUE, gettext_lazy("Told, but not exactly enough"))

    def by_age(self, queryset, name, value):
        """People who were so old at their first arrest whatever their dates leave open."""
        low, high = value
        found = Q(age_lowest__range=(low, high), age_highest__lte=high)
        # written so that no index of ages is taken for a list by the alphabet
        each = Q(GreaterThanOrEqual(F("age_lowest") + 0, low)) & Q(LessThanOrEqual(F("age_highest") + 0, high))
        return self._whose(queryset, Column(found, each))

    def by_gap(self, queryset, name, value):
        sign = next(sign for sign, parameter in PARAMETER.items() if parameter == name)
        bits = 0
        for of in value:
            if (of, sign) in BIT:
                bits |= BIT[of, sign]
            elif (of, sign) == OPERATION:
                queryset = queryset.filter(~told_of(Sentence.objects.filter(operation__isnull=False)))
            else:
                queryset = self._of_words(queryset, of, sign)
        if bits:
            each = Q(Exact(F("gaps").bitand(bits), bits))
            queryset = self._whose(queryset, Column(Q(gaps__among=_having(bits)), each))
        return queryset

    def _of_words(self, queryset, of: str, sign: str):
        queryset = self._whose(queryset, *(rows() for rows in OF_WORDS[of, sign]))
        if of == "region":  # of several residences, the one that is shown
            unread = Q(residence__state=str(FormState.UNRECOGNISED))
            queryset = queryset.filter(unread if sign == UNRECOGNISED else ~unread & Q(residence__region=None))
        return queryset


def _having(bits: int) -> list[int]:
    """Return what stands in the column of gaps where all of some bits are set: few thousand values at most.

    The index of the column is asked for one value after another, which is quicker than all its rows.
    """
    table = f'"{Victim._meta.db_table}"'
    with connection.cursor() as cursor:
        cursor.execute(
            f"WITH RECURSIVE told(gaps) AS (SELECT min(gaps) FROM {table} UNION ALL "
            f"SELECT (SELECT min(gaps) FROM {table} WHERE {table}.gaps > told.gaps) FROM told "
            "WHERE told.gaps IS NOT NULL) SELECT gaps FROM told WHERE gaps & %s = %s",
            [bits, bits],
        )
        return [gaps for (gaps,) in cursor.fetchall()]
