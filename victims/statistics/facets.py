"""How a list of people divides: by kind of sentence, region, years of birth and source, each with its people.

Where the list is everybody, or all who have one value of a dimension, the numbers are those counted beforehand;
else the list is looked through, no further than a bound.
"""

from collections import Counter, defaultdict
from typing import NamedTuple

from django.db.models import Count as Number

from victims.models import Entry, Sentence, Trait, Victim
from victims.models.gaps import NOT_TOLD, UNRECOGNISED
from victims.statistics.cubes import counted, decade, divided
from victims.statistics.values import UNCERTAIN

#: What a list is divided by, and how many values of each are told, those of the most people.
FACETS = ("kind", "born", "nationality", "occupation", "residence_region", "sex", "source")
#: Of these, what is printed in words that have a code.
TRAITS = ("nationality", "occupation")
VALUES = 6
#: Parameters of the list whose value is the value of a dimension.
EXACT = {
    "sex": "sex", "kind": "kind", "body": "sentenced_by", "body_kind": "body", "site": "site",
    "residence_region": "region",
}  # fmt: skip
#: Facet -> its dimension, where they are not called alike.
DIMENSION = {"residence_region": "region"}


class Facet(NamedTuple):
    """A dimension with the people of each value, the most first; uncertain values are left to the statistics."""

    of: str
    values: list[tuple[str, int]]


def beforehand(chosen: dict) -> list[Facet] | None:
    """Return the facets of a list by its parameters from the numbers counted beforehand; None where none are.

    ``chosen``: the parameters of the list, understood ({name: value or row}).
    """
    asked = {name: value for name, value in chosen.items() if name != "synthetic"}
    if len(asked) > 1 or not asked.keys() <= EXACT.keys() or counted() is None:
        return None
    wanted = [False, True] if "synthetic" not in chosen else [bool(chosen["synthetic"])]
    [(name, value)] = asked.items() or [("", "")]
    facets = [of for of in FACETS if of != name]
    told = divided([DIMENSION.get(of, of) for of in facets], wanted, EXACT.get(name, ""),
                   str(getattr(value, "slug", value)))  # fmt: skip
    found = [_facet(of, told[DIMENSION.get(of, of)]) for of in facets]
    return [facet for facet in found if facet.values]


def looked_through(keys: list[int], but=()) -> list[Facet]:
    """Return the facets of some people, found by looking at them; ``but``: those that are not asked for."""
    told: dict[str, Counter] = defaultdict(Counter)
    people = Victim.objects.filter(pk__in=keys)
    columns = ("sex", "birth_earliest", "birth_latest", "residence__state", "residence__region__slug")
    for sex, first, last, state, region in people.values_list(*columns):
        told["sex"][sex or NOT_TOLD] += 1
        told["born"][decade(first, last)] += 1
        told["residence_region"][region or (NOT_TOLD if state is None else UNRECOGNISED)] += 1
    once = Sentence.objects.filter(entry__victim__in=keys, entry__removed=False, same_as=None).exclude(kind="")
    people = Number("victim", distinct=True)
    told["kind"].update(dict(once.order_by().values_list("kind").annotate(people)))
    traits = Trait.objects.filter(entry__victim__in=keys, entry__removed=False, kind__in=TRAITS)
    coded = traits.exclude(form__code="").order_by().values_list("kind", "form__code")
    for kind, code, number in coded.annotate(people):
        told[kind][code] += number
    entries = Entry.objects.filter(victim__in=keys, removed=False).order_by()
    told["source"].update(dict(entries.values_list("source__slug").annotate(people)))
    found = [_facet(of, told[of]) for of in FACETS if of not in but]
    return [facet for facet in found if facet.values]


def _facet(of: str, told: Counter) -> Facet:
    certain = sorted((-number, value) for value, number in told.items() if value not in UNCERTAIN)
    return Facet(of, [(value, -number) for number, value in certain[:VALUES]])
