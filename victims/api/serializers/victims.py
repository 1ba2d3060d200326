"""People: compact for lists, and with everything that is told of them."""

from rest_framework import serializers

from victims.api.serializers.common import Code, Date, Link, Meaning, Text, Told, Warned, Words, meaning
from victims.api.serializers.entries import AnyValue, EntryItem
from victims.api.serializers.facts import KEYS, TELLING
from victims.api.serializers.reference import Source
from victims.vocabulary import Manner, RevisionKind, Sex, Status


class ShownBirth(Told):
    """The birth that is shown."""

    date = Date(source="birth")
    place = Words(source="birth_place")


class ShownDeath(Told):
    """The death that is shown."""

    date = Date(source="death")
    manner = Code(Manner)
    burial_place = Words()


class Victim(Told):
    """A person as lists have them: what is shown first of each field, and the sources that tell of them."""

    id = serializers.CharField(source="public_id")
    url = Link("victims/{0.public_id}/")
    page = Link("victims/{0.public_id}/", page=True)
    status = Code(Status, allow_null=False)
    revision = serializers.IntegerField()
    synthetic = serializers.BooleanField()
    possibly_living = serializers.BooleanField(
        help_text="Born less than 110 years ago, no death told, no published source: shown to editors alone."
    )
    surname = Text()
    given_name = Text()
    patronymic = Text()
    sex = Code(Sex)
    birth = ShownBirth(source="*")
    nationality = Words()
    occupation = Words()
    residence = Words()
    death = ShownDeath(source="*")
    sources = serializers.SerializerMethodField()

    def get_sources(self, victim) -> list[str]:
        return self.context["sources"].get(victim.pk, [])


class FoundVictim(Victim):
    """A person in a list; with ``q`` also how near the name is (0 to 1) and why."""

    score = serializers.FloatField(required=False)
    reason = serializers.CharField(required=False)


class Suggestion(Told):
    """A name that may be meant: as one types it, and its parts as far as they are typed."""

    text = serializers.CharField()
    surname = Text(source="parts.surname")
    given_name = Text(source="parts.given_name")
    patronymic = Text(source="parts.patronymic")


class Suggestions(Told):
    """Names that may be meant, the commonest first."""

    results = Suggestion(many=True)


class ChangedVictim(Victim):
    """A person after a change; what is doubtful in the record is told in ``warnings``."""

    warnings = Warned(many=True)


class Value(Told):
    """One value of a field and the entries that tell it; none: it is an editor's own."""

    value = AnyValue()
    meaning = Meaning(allow_null=True)
    entries = serializers.ListField(child=serializers.IntegerField())
    sources = serializers.ListField(child=serializers.SlugField())
    shown = serializers.BooleanField()

    def to_representation(self, told):
        value, means = told.value, None
        if hasattr(value, "text"):
            value, means = value.text, meaning(value, self.context["regions"])
        return {
            "value": value,
            "meaning": means,
            "entries": [entry.pk for entry in told.entries],
            "sources": [entry.source.slug for entry in told.entries],
            "shown": told.shown,
        }


class Decision(Told):
    """An editor's choice: the value of one entry, or a value of their own, and why."""

    entry = serializers.IntegerField(source="entry_id", allow_null=True)
    value = AnyValue()
    reason = Text()
    at = serializers.DateTimeField()


class Field(Told):
    """All that is told in one field; ``differs`` where entries contradict each other."""

    values = Value(many=True)
    differs = serializers.BooleanField()
    decision = Decision(allow_null=True)


Facts = type(
    "Facts",
    (Told,),
    {key: TELLING[model](many=True) for key, model in KEYS.items()} | {"__doc__": "Everything that is told."},
)


class Dossier(Victim, Facts):
    """A person with everything that is told, each value with its entries and sources."""

    fields_told = serializers.DictField(child=Field(), source="fields_told")
    entries = EntryItem(many=True, source="told_entries")
    sources = Source(many=True, source="told_sources")

    def get_fields(self):
        """The key ``fields`` is what the framework calls its own, so it is put in by hand."""
        fields = super().get_fields()
        return {("fields" if name == "fields_told" else name): field for name, field in fields.items()}


class Revision(Told):
    """One change of a record: who, when, why."""

    number = serializers.IntegerField()
    url = Link("victims/{0.victim.public_id}/revisions/{0.number}/")
    kind = Code(RevisionKind, allow_null=False)
    by = serializers.CharField(source="by.username", allow_null=True)
    at = serializers.DateTimeField()
    why = Text()


class Snapshot(Told):
    """The whole record as it was after a change."""

    number = serializers.IntegerField()
    record = serializers.DictField(child=AnyValue())


class Merged(Told):
    """A merge: the record that is kept, and the one whose id leads there now."""

    merge = serializers.IntegerField()
    kept = Victim()
    absorbed = serializers.CharField()
