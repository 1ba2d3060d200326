"""Sources, bodies and their sittings, regions, execution sites, operations."""

from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from sources.models import Level, SourceKind
from victims.api.serializers.common import Code, Date, Link, OtherPerson, SourceBrief, Text, Told
from victims.vocabulary import BodyKind, DocumentKind, FormState, RegionKind, SuccessionKind
from victims.vocabulary import Told as HowSurely


def slug_of(name: str, **kwargs) -> serializers.SlugField:
    """Return the field that tells the slug of a row that another points to."""
    return serializers.SlugField(source=f"{name}.slug", **kwargs)


def cited() -> serializers.SlugField:
    """Return the field that tells the id of the source of a figure or a statement."""
    return slug_of("source")


class Source(Told):
    """A source. Names are Dublin Core elements and terms, but for ``kind`` (dc:type) and ``parent`` (isPartOf)."""

    id = serializers.SlugField(source="slug")
    url = Link("sources/{0.slug}/")
    page = Link("sources/{0.slug}/", page=True)
    kind = Code(SourceKind, allow_null=False)
    parent = slug_of("parent", allow_null=True)
    title = serializers.CharField()
    creator = Text()
    contributor = Text()
    publisher = Text()
    issued = Date()
    language = Text()
    identifier = Text()
    extent = Text()
    volume = Text()
    rights = Text()
    coverage = Text()
    coverage_bias = Text()
    description = Text()
    level = Code(Level)
    code = Text()
    reference_code = Text()
    synthetic = serializers.BooleanField()


class BodyBrief(Told):
    """A troika, collegium, court, procuracy or directorate."""

    id = serializers.SlugField(source="slug")
    url = Link("bodies/{0.slug}/")
    kind = Code(BodyKind, allow_null=False)
    name_ru = serializers.CharField()
    name_en = Text()
    region = slug_of("region", allow_null=True)
    period = Date()
    note = Text()
    source = cited()


class BodyMember(Told):
    """Who sat in a body: name, office held elsewhere, and tenure."""

    name = Text()
    office = serializers.CharField()
    tenure = Date()
    victim = OtherPerson()
    note = Text()
    source = cited()


class BodyForm(Told):
    """One of the ways in which books print a body."""

    text = serializers.CharField()
    state = Code(FormState, allow_null=False)


class Body(BodyBrief):
    """A body with its members and the ways in which books print it."""

    members = BodyMember(many=True)
    forms = BodyForm(many=True)


class Sitting(Told):
    """A body on a day, with the number of its protocol where a source gives it."""

    id = serializers.IntegerField(source="pk")
    url = Link("sittings/{0.pk}/")
    body = slug_of("body")
    date = serializers.DateField()
    protocol = Text()


class Succession(Told):
    """What became of a region on a day."""

    predecessor = slug_of("predecessor")
    successor = slug_of("successor")
    date = Date()
    relation = Code(SuccessionKind, allow_null=False)
    note = Text()
    source = cited()


class Region(Told):
    """An administrative unit as it was called and bounded in its own time."""

    id = serializers.SlugField(source="slug")
    url = Link("regions/{0.slug}/")
    kind = Code(RegionKind, allow_null=False)
    name_ru = serializers.CharField()
    name_en = Text()
    name_uk = Text()
    formed = Date()
    abolished = Date()
    note = Text()
    origins = Succession(many=True)
    successions = Succession(many=True)


class SiteFigure(Told):
    """How many, by one source; figures that differ stand side by side."""

    lowest = serializers.IntegerField()
    highest = serializers.IntegerField()
    note = Text()
    source = cited()


class ExecutionSite(Told):
    """A place of shooting, of burial, or of both; what is disputed is told as disputed."""

    id = serializers.SlugField(source="slug")
    url = Link("execution-sites/{0.slug}/")
    page = Link("execution-sites/{0.slug}/", page=True)
    name_ru = serializers.CharField()
    name_en = serializers.CharField()
    name_native = Text()
    shooting = Code(HowSurely, allow_null=False)
    burial = Code(HowSurely, allow_null=False)
    region = slug_of("region", allow_null=True)
    region_printed = Text()
    country_today = serializers.CharField()
    latitude = serializers.FloatField()
    longitude = serializers.FloatField()
    precision_km = serializers.FloatField()
    period = Date()
    note = Text()
    source = cited()
    figures = SiteFigure(many=True)


class OperationBrief(Told):
    """A mass operation, or a part of one."""

    id = serializers.SlugField(source="code")
    url = Link("operations/{0.code}/")
    page = Link("operations/{0.code}/", page=True)
    parent = serializers.SlugField(source="parent.code", allow_null=True)
    name_ru = serializers.CharField()
    name_en = serializers.CharField()
    other_names = serializers.ListField(child=serializers.CharField())
    period = Date()
    planned_duration = Text()
    sentencing_body = Text()
    coverage_bias = Text()
    source = cited()


class Category(Told):
    """A category of persons under an order and the punishment it set."""

    number = serializers.IntegerField()
    wording_en = serializers.CharField()
    punishment = serializers.CharField()
    source = cited()


class TargetGroup(Told):
    """A group of persons that an operation's statistics name."""

    name_en = serializers.CharField()
    source = cited()


class Passage(Told):
    """A paragraph that tells of the operation, with the document or the source that it rests on."""

    number = serializers.IntegerField()
    text_en = serializers.CharField()
    text_ru = serializers.CharField()
    text_uk = serializers.CharField()
    document = slug_of("document", allow_null=True)
    source = cited()


@extend_schema_field({"type": "object", "additionalProperties": True})
class Figures(serializers.JSONField):
    """Figures by name."""


class Document(Told):
    """An order, resolution, letter, telegram or law."""

    id = serializers.SlugField(source="slug")
    kind = Code(DocumentKind, allow_null=False)
    date = Date()
    title_ru = Text()
    title_en = serializers.CharField()
    signed_by = Text()
    figures = Figures()
    note = Text()
    source = cited()


class Limit(Told):
    """A quota, asked for or granted; region null: all of ``scope``; category null: both together."""

    document = slug_of("document")
    region = slug_of("region", allow_null=True)
    scope = Text()
    category = serializers.IntegerField(allow_null=True)
    requested = serializers.IntegerField(allow_null=True)
    approved = serializers.IntegerField(allow_null=True)
    approved_by = Text()
    date = Date()
    note = Text()
    source = cited()


class Report(Told):
    """Numbers that were reported or estimated; null: not given."""

    as_of = Date()
    author = Text()
    scope = serializers.CharField()
    arrested = serializers.IntegerField(allow_null=True)
    condemned = serializers.IntegerField(allow_null=True)
    executed_from = serializers.IntegerField(allow_null=True)
    executed_to = serializers.IntegerField(allow_null=True)
    sent_to_camps = serializers.IntegerField(allow_null=True)
    derived = serializers.BooleanField()
    note = Text()
    source = cited()


class Parts(serializers.ListField):
    """The ids of the operations that are parts of one."""

    child = serializers.SlugField()

    def to_representation(self, related):
        return [part.code for part in related.all()]


class Operation(OperationBrief):
    """An operation with its documents, limits, reports, categories and target groups."""

    parts = Parts()
    categories = Category(many=True)
    target_groups = TargetGroup(many=True)
    passages = Passage(many=True)
    documents = Document(many=True)
    limits = Limit(many=True)
    reports = Report(many=True)


__all__ = [
    "Body",
    "BodyBrief",
    "ExecutionSite",
    "Operation",
    "OperationBrief",
    "Region",
    "Sitting",
    "Source",
    "SourceBrief",
]
