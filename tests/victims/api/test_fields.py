"""The data dictionary, and that each field is where it says."""

import pytest

from tests.telling import put
from tests.test_fields import FIELDS, PLACES, record, values


@pytest.fixture
def dictionary(api, db) -> dict:
    return {one["field"]: one for one in api.get("fields/").json()["results"]}


def test_every_field_of_the_table_is_described_in_three_languages(dictionary):
    assert list(dictionary) == list(FIELDS)
    for name, row in FIELDS.items():
        told = dictionary[name]
        assert told["label"].keys() == {"ru", "en", "uk"}
        assert (told["label"]["ru"], told["label"]["en"]) == (row["label_ru"], row["label_en"])
        assert told["label"]["uk"]
        assert told["openlist_parameter"] == (row["openlist_parameter"] or None)
        assert told["memorial_disk_column"] == (row["memorial_disk_column"] or None)
        assert told["multiplicity"] == row["multiplicity"]


def test_the_place_in_the_record_form_is_that_of_the_record_form(dictionary):
    for name, place in PLACES.items():
        assert dictionary[name]["record_form"] == place, name


def found(answer: dict, place: str) -> list:
    """Return the values in a place of an answer, such as arrests[].date."""
    here = [answer]
    for step in place.split("."):
        key, many, _rest = step.partition("[]")
        here = [one[key] for one in here if one.get(key) is not None]
        if many:
            here = [item for one in here for item in one]
    return here


@pytest.mark.parametrize("name", FIELDS)
def test_each_field_is_where_the_dictionary_says(api, dictionary, name):
    said = values(name, 1)
    victim = put({"surname": "Иванов", **record(name, said)})[0]
    answer = api.get(f"victims/{victim.public_id}/").json()
    told = found(answer, dictionary[name]["api"])
    assert (told[0] if isinstance(said[0], list) else told) == (said[0] if isinstance(said[0], list) else said)
