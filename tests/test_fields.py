"""Every field of fixtures/fields.csv has its place in the record, as many times as the table says."""

import pytest

from tests.telling import put, told
from victims.importing.fixtures import rows
from victims.models.facts import FACTS, SENTENCE_PARTS
from victims.models.rows import KNOWN
from victims.models.values import KEYS

#: Field of the table -> its place in the record: slot, or slot and key of the fact.
PLACES = {
    "surname": "surname",
    "given_name": "given_name",
    "patronymic": "patronymic",
    "name_variants": "name_variants[].printed",
    "sex": "sex",
    "age": "age",
    "birth.date": "birth[].date",
    "birth.place": "birth[].place",
    "nationality": "nationality",
    "citizenship": "citizenship",
    "social_origin": "social_origin",
    "education": "education",
    "party": "party",
    "occupation": "occupation",
    "residence": "residence[].place",
    "family": "family",
    "prior_repressions": "prior_repressions",
    "arrests[].date": "arrests[].date",
    "arrests[].body": "arrests[].body",
    "arrests[].measure": "arrests[].measure",
    "sentences[].charge": "sentences[].charge",
    "sentences[].articles": "sentences[].articles",
    "sentences[].date": "sentences[].date",
    "sentences[].body": "sentences[].body",
    "sentences[].verdict": "sentences[].verdict",
    "sentences[].place_served": "imprisonments[].place",
    "death.date": "death[].date",
    "death.manner": "death[].manner",
    "death.place": "death[].place",
    "death.burial_place": "death[].burial_place",
    "rehabilitations[].date": "rehabilitations[].date",
    "rehabilitations[].body": "rehabilitations[].body",
    "rehabilitations[].ground": "rehabilitations[].ground",
    "archival_file": "archival_files[].printed",
    "sources": "sources[].form",
    "relatives": "relatives[].name",
    "note": "notes[].text",
    "photo": "photographs[].file_name",
}
FIELDS = {row["field"]: row for row in rows("fields.csv")}
MODELS = {model.slot: model for model in (*FACTS, *SENTENCE_PARTS)}
MANY = [field for field, row in FIELDS.items() if row["multiplicity"].endswith("n")]


def values(field: str, count: int) -> list:
    """Return different values that a field can have."""
    if field.endswith("date"):
        return ["1937-08-05", "1938-01", "1939"][:count]
    if field.endswith(".articles"):
        return [["58-10", "58-11"], ["58-6"], ["58-1а", "58-10", "58-11"]][:count]
    special = {"sex": "female", "age": 40, "death.manner": "shot"}
    return [special.get(field, f"{FIELDS[field]['label_ru']} {number}") for number in range(1, count + 1)]


def record(field: str, said: list) -> dict:
    """Return a record that says these values in the field's place."""
    slot, _, key = PLACES[field].partition("[].")
    if key:
        facts = [{key: value} for value in said]
        return {slot: facts[0] if len(facts) == 1 and slot in ("birth", "death") else facts}
    return {slot: said if len(said) > 1 else said[0]}


def read_back(field: str, record: dict) -> list:
    """Return the values in the field's place of a record."""
    slot, _, key = PLACES[field].partition("[].")
    found = record.get(slot, [])
    found = found if isinstance(found, list) else [found]
    return [fact[key] if isinstance(fact, dict) else fact for fact in found]


def test_the_table_and_the_record_form_know_the_same_fields():
    assert PLACES.keys() == FIELDS.keys()
    for place in PLACES.values():
        slot, _, key = place.partition("[].")
        assert slot in KNOWN
        assert not key or key in KEYS[MODELS[slot]]


@pytest.mark.parametrize("field", FIELDS)
@pytest.mark.django_db
def test_one_value_is_kept(field):
    said = values(field, 1)
    [victim] = put({"surname": "Иванов", **record(field, said)})
    assert read_back(field, told(victim)[0]) == said


@pytest.mark.parametrize("field", MANY)
@pytest.mark.django_db
def test_a_field_that_is_told_several_times_keeps_each_value_in_order(field):
    said = values(field, 3)
    [victim] = put({"surname": "Иванов", **record(field, said)})
    assert read_back(field, told(victim)[0]) == said


@pytest.mark.django_db
def test_all_fields_of_the_table_stand_in_one_record_beside_each_other():
    whole = {"surname": "Иванов"}
    for field in FIELDS:
        for slot, said in record(field, values(field, 1)).items():
            if isinstance(said, list) and isinstance(said[0], dict):
                whole.setdefault(slot, [{}])[0].update(said[0])
            elif isinstance(said, dict):
                whole.setdefault(slot, {}).update(said)
            else:
                whole[slot] = said
    [victim] = put(whole)
    [record_back] = told(victim)
    for field in FIELDS:
        assert read_back(field, record_back) == values(field, 1), field


def test_every_field_has_its_labels_and_multiplicity():
    for row in FIELDS.values():
        assert row["label_ru"] and row["label_en"]
        assert row["multiplicity"] in ("1", "0..1", "0..n", "1..n")
