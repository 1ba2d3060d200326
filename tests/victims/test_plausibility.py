"""What is doubtful in a record; what is only imprecise is not."""

import pytest

from tests.cast import FLORENSKY, KURBAS, MANDELSTAM, SPIRIDONOVA
from victims.plausibility import Doubt, doubts


def found(**record) -> set:
    return {(slot, str(doubt)) for slot, doubt in doubts(record)}


@pytest.mark.parametrize(
    ("record", "expected"),
    [
        ({"birth": {"date": "1940"}, "sentences": [{"date": "1937-10-09"}]},
         {("sentences[0].date", Doubt.BEFORE_BIRTH)}),
        ({"death": {"date": "1937-10-01"}, "sentences": [{"date": "1937-10-09"}]},
         {("sentences[0].date", Doubt.AFTER_DEATH)}),
        ({"arrests": [{"date": "1937-10"}], "sentences": [{"date": "1937-09-01"}]},
         {("sentences[0].date", Doubt.BEFORE_ARREST)}),
        ({"sentences": [{"date": "1937-10-09"}], "death": {"date": "1937-10-08", "manner": "shot"}},
         {("death[0].date", Doubt.SHOT_BEFORE_SENTENCE), ("sentences[0].date", Doubt.AFTER_DEATH)}),
        ({"sentences": [{"date": "1937"}], "rehabilitations": [{"date": "1936-12-31"}]},
         {("rehabilitations[0].date", Doubt.REHABILITATED_EARLY)}),
        ({"birth": {"date": "1930"}, "arrests": [{"date": "1937"}]}, {("arrests[0].date", Doubt.AGE)}),
        ({"birth": {"date": "1830"}, "arrests": [{"date": "1937"}]}, {("arrests[0].date", Doubt.AGE)}),
    ],
)  # fmt: skip
def test_a_contradiction_is_named_with_its_place(record, expected):
    assert found(**record) == {(slot, str(doubt)) for slot, doubt in expected}


@pytest.mark.parametrize(
    "record",
    [
        {},
        {"death": {"date": "1937"}, "sentences": [{"date": "1937-10-09"}]},
        {"death": {"date": "1937~"}, "sentences": [{"date": "1937-12-31"}]},
        {"birth": [{"date": "1890"}, {"date": "1940"}], "arrests": [{"date": "1937"}]},
        {"sentences": [{"date": "1937-10-09"}], "death": {"date": "1937-10-09", "manner": "shot"},
         "rehabilitations": [{"date": "1957"}]},
        {"arrests": [{"date_printed": "31 июня"}], "birth": {"place": "Тула"}},
    ],
)  # fmt: skip
def test_what_only_may_contradict_is_no_doubt(record):
    assert found(**record) == set()


def test_the_known_persons_are_plausible():
    for person in (FLORENSKY, KURBAS, MANDELSTAM, SPIRIDONOVA):
        assert doubts(person["martyrology"]) == []
