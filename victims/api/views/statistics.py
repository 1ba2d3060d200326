"""People counted beforehand, by one thing and by two at once: the numbers of the pages of statistics."""

from urllib.parse import urlencode

from django.http import Http404
from rest_framework import serializers
from rest_framework.response import Response

from victims.api.base import ApiView
from victims.api.schema import Operation as Op
from victims.api.serializers.common import Told
from victims.statistics.cubes import DIMENSIONS, counted, one_way, two_way
from victims.statistics.values import LABELS, UNCERTAIN, question, words

#: How many numbers an answer has at most, those of the most people; the CSV file of the page has all.
MOST = 5_000
OF = {"type": "string", "enum": list(DIMENSIONS)}
FRESH = 300


class CountedDimension(Told):
    """A thing that people are counted by."""

    of = serializers.CharField()
    name = serializers.CharField()
    url = serializers.URLField()


class Dimensions(Told):
    """What people are counted by, and when they were counted last; null before the first time."""

    counted_at = serializers.DateTimeField(allow_null=True)
    people = serializers.IntegerField(allow_null=True, help_text="All whom the public sees, synthetic ones too.")
    results = CountedDimension(many=True)


class _Counted(Told):
    value = serializers.CharField(
        help_text="A code, a month (1937-10), an id; “?” not told, “!” told and not recognised yet, “~” told but "
        "not exactly enough."
    )
    name = serializers.CharField()
    certain = serializers.BooleanField(help_text="false: it is one of the three that are no value.")
    lived = serializers.IntegerField(help_text="People who lived.")
    synthetic = serializers.IntegerField(help_text="Synthetic persons, in none of the other numbers.")


class CountedValue(_Counted):
    """A value with its people: each once, however many entries tell it."""

    victims = serializers.URLField(
        allow_null=True,
        help_text="The list of these people, lived and synthetic; of months and decades with those who may fall "
        "there, their dates being wider. null: no list tells them.",
    )


class CountedPair(_Counted):
    """Two values at once, of one sentence where sentences tell both, with their people."""

    and_value = serializers.CharField()
    and_name = serializers.CharField()


class Statistic(Told):
    """People by one thing; their numbers may add up to more than the people."""

    of = serializers.CharField()
    counted_at = serializers.DateTimeField(allow_null=True)
    results = CountedValue(many=True)


class StatisticOfTwo(Told):
    """People by two things at once, the most first."""

    of = serializers.CharField()
    and_of = serializers.CharField()
    counted_at = serializers.DateTimeField(allow_null=True)
    more = serializers.BooleanField(help_text=f"Whether there are more than the {MOST:,} told here.")
    results = CountedPair(many=True)


def _day():
    made = counted()
    return made and made.counted_at


class StatisticsList(ApiView):
    """What people are counted by."""

    tag = "statistics"
    operations = {"GET": Op("statistics_list", "List what people are counted by", Dimensions)}
    fresh = FRESH

    def get(self, request):
        made = counted()
        results = [
            {"of": of, "name": str(LABELS[of]), "url": f"{self.root}statistics/{of}/"} for of in DIMENSIONS
        ]
        told = {"counted_at": made and made.counted_at, "people": made and made.people, "results": results}
        return Response(self.told(Dimensions, told))


class StatisticDetail(ApiView):
    """How many people have each value of a dimension."""

    tag = "statistics"
    operations = {"GET": Op("statistics_get", "Count people by one thing", Statistic, fails=(404,))}
    path_parameters = {"of": (OF, "What to count by.")}
    fresh = FRESH

    def get(self, request, of):
        if of not in DIMENSIONS:
            raise Http404
        lived, synthetic = one_way(of), one_way(of, synthetic=True)
        values = sorted({*lived, *synthetic}, key=lambda value: (-lived.get(value, 0), value))
        named = words(of, values)
        results = [
            {
                "value": value, "name": named[value], "certain": value not in UNCERTAIN,
                "lived": lived.get(value, 0), "synthetic": synthetic.get(value, 0),
                "victims": self.people(of, value),
            }
            for value in values
        ]  # fmt: skip
        return Response(self.told(Statistic, {"of": of, "counted_at": _day(), "results": results}))

    def people(self, of: str, value: str) -> str | None:
        """Return the address of the list of those who are counted under a value; None where no list tells them."""
        asked = question(of, value)
        return f"{self.root}victims/?{urlencode(asked)}" if asked else None


class StatisticOfTwoDetail(ApiView):
    """How many people have two values at once."""

    tag = "statistics"
    operations = {"GET": Op("statistics_of_two_get", "Count people by two things", StatisticOfTwo, fails=(404,))}
    path_parameters = {"of": (OF, "What to count by."), "and_of": (OF, "What else to count by.")}
    fresh = FRESH

    def get(self, request, of, and_of):
        if of not in DIMENSIONS or and_of not in DIMENSIONS or of == and_of:
            raise Http404
        lived, synthetic = (two_way(of, and_of, made, most=MOST + 1) for made in (False, True))
        pairs = sorted({*lived, *synthetic}, key=lambda pair: (-lived.get(pair, 0), pair))
        told = pairs[:MOST]
        named, other = words(of, {one for one, _two in told}), words(and_of, {two for _one, two in told})
        results = [
            {
                "value": one, "name": named[one], "and_value": two, "and_name": other[two],
                "certain": not UNCERTAIN.keys() & {one, two},
                "lived": lived.get((one, two), 0), "synthetic": synthetic.get((one, two), 0),
            }
            for one, two in told
        ]  # fmt: skip
        answer = {"of": of, "and_of": and_of, "counted_at": _day(), "more": len(pairs) > MOST, "results": results}
        return Response(self.told(StatisticOfTwo, answer))
