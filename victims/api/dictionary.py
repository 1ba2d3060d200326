"""The data dictionary: every field of fixtures/fields.csv, its names elsewhere, its places here."""

from functools import cache

from django.utils import translation
from django.utils.translation import gettext
from rest_framework import serializers

from victims.api.serializers.common import Text, Told
from victims.importing.fixtures import rows

#: Places in the record form, where they are not the field's own name.
IN_RECORD = {
    "birth.date": "birth[].date",
    "birth.place": "birth[].place",
    "name_variants": "name_variants[].printed",
    "residence": "residence[].place",
    "sentences[].place_served": "imprisonments[].place",
    "death.date": "death[].date",
    "death.manner": "death[].manner",
    "death.place": "death[].place",
    "death.burial_place": "death[].burial_place",
    "archival_file": "archival_files[].printed",
    "sources": "sources[].form",
    "relatives": "relatives[].name",
    "note": "notes[].text",
    "photo": "photographs[].file_name",
}
#: Keys of the record form that an answer calls otherwise, since it tells them as often as they are told.
IN_ANSWER = {"birth": "births", "death": "deaths", "residence": "residences", "sources": "citations"}
#: What an answer tells in ``fields``, with all values and their entries.
IN_FIELDS = {
    "sex", "age", "nationality", "citizenship", "social_origin", "education", "party", "occupation", "family",
    "prior_repressions",
}  # fmt: skip


class Labels(Told):
    """What a field is called in three languages."""

    ru = serializers.CharField()
    en = serializers.CharField()
    uk = serializers.CharField()


class DictionaryField(Told):
    """A field: what it is called in three languages, in the Open List, on Memorial's disk, and in this API."""

    field = serializers.CharField()
    label = Labels()
    openlist_parameter = Text()
    memorial_disk_column = Text()
    multiplicity = serializers.ChoiceField(choices=["1", "0..1", "0..n", "1..n"])
    note = Text()
    record_form = serializers.CharField()
    api = serializers.CharField()


class Dictionary(Told):
    """The data dictionary."""

    results = DictionaryField(many=True)


def place_in_record(field: str) -> str:
    """Return where the record form has a field: slot, or slot[].key."""
    return IN_RECORD.get(field, field)


def place_in_answer(field: str) -> str:
    """Return where the answer for one person has a field."""
    place = place_in_record(field)
    slot, _brackets, key = place.partition("[].")
    if slot in IN_FIELDS:
        return f"fields.{slot}.values[].value"
    return f"{IN_ANSWER.get(slot, slot)}[].{key}" if key else slot


@cache
def dictionary() -> list[dict]:
    """Return all fields as the API tells them."""
    return [_told(row) for row in rows("fields.csv")]


def _told(row: dict) -> dict:
    with translation.override("uk"):
        ukrainian = gettext(row["label_en"])
    return {
        "field": row["field"],
        "label": {"ru": row["label_ru"], "en": row["label_en"], "uk": ukrainian},
        "openlist_parameter": row["openlist_parameter"],
        "memorial_disk_column": row["memorial_disk_column"],
        "multiplicity": row["multiplicity"],
        "note": row["note"],
        "record_form": place_in_record(row["field"]),
        "api": place_in_answer(row["field"]),
    }
