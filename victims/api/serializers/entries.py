"""Entries: what one source says of one person, verbatim, with the place of every value in the text."""

from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from victims.api.record_form import RECORD, VALUE
from victims.api.serializers.common import Code, Link, PersonPage, PublicId, Text, Told, Warned
from victims.vocabulary import Completeness, Sex


class EntrySource(Told):
    """The source of an entry, as far as a citation needs it."""

    id = serializers.SlugField(source="slug")
    url = Link("sources/{0.slug}/")
    title = serializers.CharField()
    reference_code = Text()


class Span(Told):
    """Where a value of the record stands in the text; slot "" is what was not understood."""

    slot = serializers.CharField(allow_blank=True)
    pieces = serializers.ListField(
        child=serializers.ListField(child=serializers.IntegerField(), min_length=2, max_length=2)
    )


class Spans(serializers.ListField):
    """The spans of an entry, null where it was keyed as fields."""

    child = Span()

    def __init__(self, **kwargs):
        super().__init__(allow_null=True, **kwargs)

    def to_representation(self, value):
        return [{"slot": slot, "pieces": pieces} for slot, pieces in value]


class EntryItem(Told):
    """An entry as lists have it."""

    id = serializers.IntegerField(source="pk")
    url = Link("entries/{0.pk}/")
    page = PersonPage()
    victim = PublicId(source="victim_id")
    source = EntrySource()
    item_key = serializers.CharField()
    locator = Text()
    language = serializers.CharField()
    text = Text()
    spans = Spans()
    sex = Code(Sex)
    age = serializers.IntegerField(allow_null=True)
    completeness = Code(Completeness)
    synthetic = serializers.BooleanField()
    version = serializers.IntegerField()


@extend_schema_field(RECORD)
class Record(serializers.Field):
    """What an entry says, in the record form."""

    def to_representation(self, value):
        return value


@extend_schema_field(VALUE)
class AnyValue(serializers.Field):
    """A value in the record form: a text, a number, an object or a list."""

    def __init__(self, **kwargs):
        super().__init__(allow_null=True, **kwargs)

    def to_representation(self, value):
        return value


class Correction(Told):
    """What a human set in place of the machine's reading."""

    slot = serializers.CharField()
    value = AnyValue()
    at = serializers.CharField(allow_null=True)


class Corrections(serializers.ListField):
    """The corrections of an entry; who made them is not told in public."""

    child = Correction()

    def to_representation(self, value):
        return [
            {"slot": slot, "value": made.get("value"), "at": made.get("at")}
            for slot, made in sorted((value or {}).items())
        ]

    def get_attribute(self, instance):
        return super().get_attribute(instance) or {}


class Entry(EntryItem):
    """An entry with its record; ``warnings`` are doubts that never keep it from being written."""

    record = Record()
    corrections = Corrections()
    parser_version = Text()
    warnings = Warned(many=True)


class Parsed(Told):
    """What the parser reads in a text; nothing is written."""

    record = Record()
    spans = Spans()
    remainder = serializers.ListField(child=serializers.CharField())
    warnings = Warned(many=True)
    parser_version = serializers.CharField()
