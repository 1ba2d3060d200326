"""Fields and small objects that all answers share."""

from django.utils.translation import get_language
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from memorial.accounts import role_of
from victims.meanings import label_of
from victims.models.victim import public_id
from victims.vocabulary import FormState, Status, WithdrawalReason

EDTF = {"type": ["string", "null"], "format": "edtf"}


class Told(serializers.Serializer):
    """An answer: every key is always there, null where nothing is told."""


class Text(serializers.CharField):
    """A text, null where it is empty."""

    def __init__(self, **kwargs):
        super().__init__(allow_null=True, **kwargs)

    def to_representation(self, value):
        return str(value) if value != "" else None


@extend_schema_field(EDTF)
class Date(Text):
    """A date in EDTF, null where none is told."""


class Code(serializers.ChoiceField):
    """A code of a closed list, null where none is told."""

    def __init__(self, codes, **kwargs):
        kwargs.setdefault("allow_null", True)
        super().__init__(choices=[(str(code), code.label) for code in codes], **kwargs)

    def to_representation(self, value):
        return str(value) if value != "" else None


class Words(serializers.CharField):
    """The printed words behind a value that is kept in a dictionary."""

    def __init__(self, **kwargs):
        kwargs.setdefault("allow_null", True)
        super().__init__(**kwargs)

    def to_representation(self, value):
        return value.text


class PublicId(serializers.CharField):
    """The public id behind the key of a victim."""

    def to_representation(self, value):
        return public_id(value)


class OtherPerson(serializers.CharField):
    """The public id of somebody else's record; null where a visitor may not know of it: a draft, maybe living."""

    def __init__(self, **kwargs):
        super().__init__(allow_null=True, **kwargs)

    def to_representation(self, value):
        hidden = value.status == Status.DRAFT or value.possibly_living
        return None if hidden and role_of(self.context["user"]) is None else value.public_id


@extend_schema_field(OpenApiTypes.URI)
class Link(serializers.Field):
    """The full address of a thing: ``Link("entries/{0.pk}/")``; ``page`` for the site's pages."""

    def __init__(self, pattern: str, *, page: bool = False, **kwargs):
        self.pattern, self.start = pattern, "site" if page else "root"
        super().__init__(source=kwargs.pop("source", "*"), **kwargs)

    def to_representation(self, value):
        return self.context[self.start] + self.pattern.format(value)


@extend_schema_field(OpenApiTypes.URI)
class PersonPage(serializers.Field):
    """The page of the person whom a row of an entry or a fact belongs to."""

    def __init__(self, **kwargs):
        super().__init__(source="victim_id", **kwargs)

    def to_representation(self, value):
        return f"{self.context['site']}victims/{public_id(value)}/"


class Meaning(Told):
    """What a printed form was recognised as: a body, a code, a region, an execution site, a place on the map."""

    state = Code(FormState, allow_null=False)
    code = serializers.CharField(required=False)
    label = serializers.CharField(required=False)
    body = serializers.SlugField(required=False)
    region = serializers.SlugField(required=False)
    site = serializers.SlugField(required=False)
    latitude = serializers.FloatField(required=False)
    longitude = serializers.FloatField(required=False)
    precision_km = serializers.FloatField(required=False)


def meaning(form, regions: dict) -> dict:
    """Return what a printed form means; keys that do not apply are absent. ``regions``: {key: slug}."""
    told = {"state": str(form.state)}
    if getattr(form, "code", ""):
        told["code"] = form.code
        told["label"] = label_of(form.kind, form.code, get_language())
    if getattr(form, "body_id", None):
        told["body"] = form.body.slug
    if getattr(form, "region_id", None):
        told["region"] = regions[form.region_id]
    if getattr(form, "site_id", None):
        told["site"] = form.site.slug
    for name in ("latitude", "longitude", "precision_km"):
        if getattr(form, name, None) is not None:
            told[name] = getattr(form, name)
    return told


class SourceBrief(Told):
    """A source as far as a citation needs it."""

    id = serializers.SlugField(source="slug")
    url = Link("sources/{0.slug}/")
    title = serializers.CharField()


class EntryBrief(Told):
    """The entry that tells a fact, and where in its source it stands."""

    id = serializers.IntegerField(source="pk")
    url = Link("entries/{0.pk}/")
    source = serializers.SlugField(source="source.slug")
    locator = Text()
    synthetic = serializers.BooleanField()


class Wrong(Told):
    """One thing that is wrong: a parameter in the query, or a place in the body (JSON pointer)."""

    parameter = serializers.CharField(required=False)
    pointer = serializers.CharField(required=False)
    detail = serializers.CharField()


class Withdrawn(Told):
    """What remains of a withdrawn record."""

    id = serializers.CharField()
    date = serializers.DateField()
    reason = Code(WithdrawalReason, allow_null=False)


class ProblemDocument(Told):
    """RFC 9457: what went wrong."""

    type = serializers.CharField()
    title = serializers.CharField()
    status = serializers.IntegerField()
    detail = serializers.CharField(required=False)
    errors = Wrong(many=True, required=False)
    withdrawn = Withdrawn(required=False)


class Warned(Told):
    """What is doubtful in a record; it never keeps a record from being written."""

    code = serializers.CharField()
    pointer = serializers.CharField(allow_null=True)
    detail = serializers.CharField()
    entry = serializers.IntegerField(required=False, help_text="The entry, where a person has several.")
