"""Facts: one serializer for each kind, made of the model's own declaration, so that no field is told twice."""

from django.db import models
from rest_framework import serializers

from memorial.fields import EDTFField
from victims.api.serializers.common import (
    Code,
    Date,
    EntryBrief,
    Link,
    Meaning,
    OtherPerson,
    PersonPage,
    PublicId,
    Text,
    Told,
    Words,
    meaning,
)
from victims.models import (
    FACTS,
    Arrest,
    Birth,
    Case,
    Death,
    Imprisonment,
    NameForm,
    Rehabilitation,
    Sentence,
    SentenceRevision,
    Trait,
)
from victims.models.facts import CaseField
from victims.models.printed import PrintedField
from victims.models.values import own
from victims.vocabulary import Attribution

#: Kinds of facts that have a list of their own, by their place in addresses.
LISTED = {
    "arrests": Arrest,
    "sentences": Sentence,
    "imprisonments": Imprisonment,
    "deaths": Death,
    "rehabilitations": Rehabilitation,
}
PLACE = {model: place for place, model in LISTED.items()}


class _Case(serializers.IntegerField):
    """The number of a case within its entry, as the record form gives it."""

    def __init__(self, **kwargs):
        super().__init__(allow_null=True, **kwargs)

    def to_representation(self, value):
        return value.position


def field_of(field) -> serializers.Field:
    """Return how a column of a fact is told."""
    if isinstance(field, PrintedField):
        return Words(allow_null=field.null)
    if isinstance(field, CaseField):
        return _Case()
    if isinstance(field, EDTFField):
        return Date()
    if field.name == "other":
        return OtherPerson()
    if field.name == "group":
        return serializers.CharField(source="group.name", allow_null=True)
    if field.name == "unit":
        return serializers.SlugField(source="unit.slug", allow_null=True)
    if field.choices:
        return serializers.ChoiceField(choices=field.choices) if not field.blank else _coded(field)
    if isinstance(field, models.BooleanField):
        return serializers.BooleanField()
    if isinstance(field, models.IntegerField):
        return serializers.IntegerField(allow_null=field.null)
    return Text()


class _Choice(serializers.ChoiceField):
    def to_representation(self, value):
        return str(value) if value != "" else None


def _coded(field) -> serializers.Field:
    return _Choice(choices=field.choices, allow_null=True)


class Meanings(serializers.DictField):
    """What the printed words of a fact were recognised as, by the name of the field."""

    child = Meaning()

    def __init__(self, printed: tuple[str, ...], **kwargs):
        self.printed = printed
        super().__init__(source="*", **kwargs)

    def to_representation(self, row):
        forms = ((name, getattr(row, name)) for name in self.printed)
        return {name: meaning(form, self.context["regions"]) for name, form in forms if form is not None}


def columns_of(model) -> dict[str, serializers.Field]:
    """Return {name: how it is told} for all that a model's row says."""
    return {field.name: field_of(field) for field in own(model)}


def printed_of(model) -> tuple[str, ...]:
    return tuple(field.name for field in own(model) if isinstance(field, PrintedField))


Revision = type(
    "SentenceChange",
    (Told,),
    {
        "__doc__": "What a sentence was changed to later.",
        **columns_of(SentenceRevision),
        "meanings": Meanings(printed_of(SentenceRevision)),
    },
)


class _Articles(serializers.ListField):
    child = serializers.CharField()

    def to_representation(self, related):
        return [row.article.text for row in related.all()]


def more_of(model) -> dict[str, serializers.Field]:
    """Return what is told of some kinds of facts beside their columns."""
    if model is Sentence:
        return {
            "articles": _Articles(),
            "revision": Revision(source="revisions", many=True),
            "sitting": serializers.IntegerField(source="sitting_id", allow_null=True),
            "operation": serializers.SlugField(source="operation.code", allow_null=True),
            "attribution": Code(Attribution, allow_null=False),
            "rule": Text(),
        }
    return {"number": serializers.IntegerField(source="position")} if model is Case else {}


def serializer_of(model) -> type[Told]:
    """Return the serializer of one kind of fact."""
    fields = {"id": serializers.IntegerField(source="pk")}
    if model in PLACE:
        fields["url"] = Link(PLACE[model] + "/{0.pk}/")
        fields["page"] = PersonPage()
    fields |= {
        "victim": PublicId(source="victim_id"),
        "entry": EntryBrief(),
        "synthetic": serializers.BooleanField(source="entry.synthetic"),
        "same_as": serializers.IntegerField(source="same_as_id", allow_null=True),
        **columns_of(model),
        **more_of(model),
        "meanings": Meanings(printed_of(model)),
    }
    return type(f"{model.__name__}Fact", (Told,), {"__doc__": _doc(model), **fields})


def _doc(model) -> str:
    return f"One {model._meta.verbose_name}, as one entry tells it; printed words, and what they mean."


FACT = {model: serializer_of(model) for model in FACTS if model is not Trait}


class _Telling:
    """Tells a fact that several entries may tell: the first entry's row, and those of the others whole."""

    def to_representation(self, telling):
        row = telling.fact
        row.also = telling.others
        return super().to_representation(row)


def telling_of(model) -> type[Told]:
    """Return the serializer of facts that several entries may tell."""
    fact = FACT[model]
    doc = f"One {model._meta.verbose_name}; “also” has the other entries that tell the same one."
    return type(f"{model.__name__}Telling", (_Telling, fact), {"__doc__": doc, "also": fact(many=True)})


TELLING = {model: telling_of(model) for model in FACT}
#: Key of the nested record -> kind of fact; what the record form tells once is told here as often as it is.
KEYS = {
    "name_variants": NameForm,
    "births": Birth,
    **{
        {"residence": "residences", "death": "deaths", "sources": "citations"}.get(model.slot, model.slot): model
        for model in FACT
        if model not in (NameForm, Birth)
    },
}
