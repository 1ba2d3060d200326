"""What a human changed in a reading, found from the record wanted."""

import json

from hypothesis import example, given

from tests.victims.models.examples import example_settings, whole_records
from victims.models.corrections import corrected
from victims.models.prepared import pruned
from victims.models.rows import canonical, corrections

SIGNED = {"by": 1, "at": "2026-11-25"}


@given(whole_records, whole_records)
@example({"cases": [{}, {}], "sentences": [{"case": 2}]}, {"cases": [{}]})  # the second is told by its sentence
@example({"cases": [{"number": 1}], "sentences": [{"case": 1}]}, {"sentences": [{"date": "1937"}]})
@example_settings(150)
def test_corrections_make_of_any_reading_any_record(reading, wanted):
    reading = json.loads(json.dumps(pruned(reading)))  # as an entry keeps it
    made = corrections(reading, wanted, **SIGNED)
    assert canonical(corrected(reading, made)) == canonical(wanted)


@given(whole_records)
@example_settings(50)
def test_a_record_as_it_was_read_needs_no_corrections(reading):
    reading = json.loads(json.dumps(pruned(reading)))
    assert corrections(reading, canonical(reading), **SIGNED) == {}


def test_a_correction_is_as_narrow_as_can_be():
    reading = {
        "surname": "Иваков",
        "birth": {"date": "1890", "place": "Тула"},
        "arrests": [{"date": "1937-08"}, {"date": "1938"}],
        "party": "б/п",
    }
    wanted = reading | {"surname": "Иванов", "birth": {"date": "1891", "place": "Тула"}, "party": None}
    wanted["arrests"] = [{"date": "1937-08"}, {"date": "1938", "body": "УНКВД"}]
    made = corrections(reading, wanted, **SIGNED)
    assert {slot: correction["value"] for slot, correction in made.items()} == {
        "surname": "Иванов",
        "birth.date": "1891",
        "arrests[1].body": "УНКВД",
        "party": None,
    }


def test_a_fact_that_is_taken_away_or_added_corrects_its_list():
    reading = {"surname": "Иванов", "arrests": [{"date": "1937"}, {"date": "1938"}]}
    made = corrections(reading, {"surname": "Иванов", "arrests": [{"date": "1938"}]}, **SIGNED)
    assert {slot: correction["value"] for slot, correction in made.items()} == {"arrests": [{"date": "1938"}]}


def test_a_correction_that_still_holds_keeps_its_signature():
    reading, wanted = {"surname": "Иваков", "sex": "male"}, {"surname": "Иванов", "sex": "female"}
    former = {"surname": {"value": "Иванов", "by": 7, "at": "2020-01-01"}}
    made = corrections(reading, wanted, former, **SIGNED)
    assert made["surname"] == former["surname"]
    assert made["sex"] == {"value": "female", **SIGNED}
