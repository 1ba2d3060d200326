"""Records that a file brings: whatever stands in them, the line is taken or rejected with the slot named."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.telling import a_source
from tests.victims.models.examples import example_settings, whole_records
from victims.importing.loading import load
from victims.importing.readers import Item, ReadError, read
from victims.models import Entry, Victim
from victims.models.rows import KNOWN, check
from victims.models.values import RecordError

anything = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(max_size=5)
    | st.sampled_from(["1937", "31.02.1937", "vmn", "P10Y", "00447"]),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=8,
)  # fmt: skip


def places(value, path=()):
    """Yield the path of everything inside a value."""
    yield path
    for key, inner in (
        value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    ):
        yield from places(inner, (*path, key))


def spoilt(value, path, wrong):
    """Return a value with another one at a path inside it."""
    if not path:
        return wrong
    copy = dict(value) if isinstance(value, dict) else list(value)
    copy[path[0]] = spoilt(value[path[0]], path[1:], wrong)
    return copy


@given(whole_records, anything, st.data())
@example_settings(300)
def test_any_value_anywhere_is_taken_or_refused_with_its_slot(record, wrong, data):
    path = data.draw(st.sampled_from(list(places(record))))
    try:
        check(spoilt(record, path, wrong))
    except RecordError as error:
        assert str(error).startswith(f"{error.slot}: ")


@given(st.dictionaries(st.sampled_from(sorted(KNOWN)), anything, max_size=4))
@example_settings(300)
def test_any_value_of_any_slot_is_taken_or_refused_with_its_slot(record):
    try:
        check(record)
    except RecordError as error:
        assert str(error).startswith(f"{error.slot}: ")


@pytest.mark.parametrize(
    ("record", "slot"),
    [
        ({"sentences": [{"body": "тройка", "date": "31.02.1937"}]}, "sentences[0].date"),
        ({"sentences": [{"body": ["тройка"], "date": "1937"}]}, "sentences[0].body"),
        ({"sentences": [{"date": ["1937"]}]}, "sentences[0].date"),
        ({"sentences": [{"date": "1937-12-09", "protocol": {"a": 1}}]}, "sentences[0].protocol"),
        ({"arrests": [{"date": {"day": 5}}]}, "arrests[0].date"),
        ({"birth": {"date": "5 августа"}}, "birth[0].date"),
        ({"occupation": [["токарь"]]}, "occupation"),
        ({"age": "сорок"}, "age"),
    ],
)
def test_a_value_that_cannot_be_kept_rejects_its_line_and_names_its_slot(db, record, slot):
    items = [Item(1, "a", "", record=record), Item(2, "b", "", record={"surname": "Иванов"})]
    summary = load(items, a_source())
    assert [(rejected.line, rejected.reason.partition(": ")[0]) for rejected in summary.rejected] == [(1, slot)]
    assert Entry.objects.get().item_key == "b"


def lines(*rows) -> list[str]:
    return [json.dumps(row, ensure_ascii=False) + "\n" for row in rows]


def test_a_record_may_stand_in_a_json_line_with_or_without_its_words(db):
    rows = [
        {
            "id": "1",
            "record": {"surname": "Иванов", "birth": {"date": "1900"}},
            "locator": "л. 4",
            "language": "uk",
        },
        {"id": "2", "record": {"surname": "Петров"}, "text": "Петров, слесарь"},
    ]
    assert load(read("-", lines=lines(*rows)), a_source()).new == 2
    first, second = Entry.objects.order_by("item_key")
    assert (first.text, first.locator, first.language) == ("", "л. 4", "uk")
    assert (second.text, second.victim.surname, second.parser_version) == ("Петров, слесарь", "Петров", "")
    assert load(read("-", lines=lines(*rows)), a_source()).unchanged == 2
    rows[1]["record"]["occupation"] = "слесарь"
    assert load(read("-", lines=lines(*rows)), a_source()).changed == 1
    assert str(Victim.objects.get(surname="Петров").occupation) == "слесарь"


@pytest.mark.parametrize("bad", ["[1]", '"a"', '{"surname": "\\u0000"}', '{"surname": "\\ud800"}'])
def test_a_record_that_is_none_is_rejected(bad):
    [error] = read("-", lines=[f'{{"id": "1", "record": {bad}}}\n'])
    assert isinstance(error, ReadError)
    assert '"record"' in error.message
