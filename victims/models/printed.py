"""Dictionaries: every printed form once, with its meaning or the honest "not recognised yet"."""

from hashlib import blake2b
from uuid import UUID

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy

from victims.models.body import Body
from victims.models.place import ExecutionSite, Region
from victims.names import fold
from victims.vocabulary import FormKind, FormState


def form_key(kind: str, text: str) -> UUID:
    """Return the 128-bit key under which a form is unique, however long its text is.

    An index over the texts themselves would refuse the longest of them (PostgreSQL: 2,700 bytes).
    """
    return UUID(bytes=blake2b(f"{kind}\0{text}".encode(), digest_size=16).digest())


class Begins(models.Func):
    """The first two letters of a text; written out, so that both engines know their index again."""

    template = "SUBSTR(%(expressions)s, 1, 2)"
    output_field = models.CharField()


class Dictionary(models.Model):
    """A printed form: the words as printed, folded for comparison, and whether they were recognised."""

    key = models.UUIDField(unique=True, editable=False)
    text = models.TextField(help_text="As printed, letter by letter.")
    folded = models.TextField(editable=False)
    state = models.CharField(max_length=12, choices=FormState.choices(), default=FormState.UNRECOGNISED.value)

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return self.text


class PrintedForm(Dictionary):
    """A printed form of anything but a place."""

    kind = models.CharField(max_length=20, choices=FormKind.choices())
    code = models.CharField(
        max_length=100,
        blank=True,
        help_text="The normalised value, where it is a code: latvian, higher, 58-10.1 RSFSR",
    )
    body = models.ForeignKey(Body, models.PROTECT, null=True, blank=True, related_name="forms")
    source = models.ForeignKey("sources.Source", models.PROTECT, null=True, blank=True, related_name="forms")

    class Meta:
        verbose_name, verbose_name_plural = gettext_lazy("printed form"), gettext_lazy("printed forms")
        constraints = [
            models.CheckConstraint(
                name="form_body_only_of_bodies", condition=Q(body__isnull=True) | Q(kind=FormKind.BODY)
            ),
            models.CheckConstraint(
                name="form_source_only_of_sources", condition=Q(source__isnull=True) | Q(kind=FormKind.SOURCE)
            ),
            models.CheckConstraint(
                name="form_recognised_has_a_meaning",
                condition=Q(state=FormState.RECOGNISED) ^ Q(code="", body__isnull=True, source__isnull=True),
            ),
        ]
        indexes = [
            models.Index(fields=["kind", "state"]),
            models.Index(models.F("kind"), Begins("folded"), name="form_begins"),
        ]


class Place(Dictionary):
    """A place as printed, with the region of the time that it lies in and coordinates, where known."""

    region = models.ForeignKey(Region, models.PROTECT, null=True, blank=True, related_name="places")
    site = models.ForeignKey(
        ExecutionSite,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="places",
        help_text="The execution site that these words mean.",
    )
    latitude = models.FloatField(null=True, blank=True)
    longitude = models.FloatField(null=True, blank=True)
    precision_km = models.FloatField(null=True, blank=True)

    class Meta:
        verbose_name, verbose_name_plural = gettext_lazy("printed place"), gettext_lazy("printed places")
        constraints = [
            models.CheckConstraint(
                name="place_recognised_has_a_meaning",
                condition=Q(state=FormState.RECOGNISED)
                ^ Q(region__isnull=True, site__isnull=True, latitude__isnull=True),
            ),
            models.CheckConstraint(
                name="place_coordinates_with_precision",
                condition=Q(latitude__isnull=True, longitude__isnull=True, precision_km__isnull=True)
                | Q(
                    latitude__isnull=False,
                    longitude__isnull=False,
                    precision_km__isnull=False,
                    latitude__range=(-90, 90),
                    longitude__range=(-180, 180),
                    precision_km__gt=0,
                ),
            ),
        ]


def dictionary_row(kind: str, text: str) -> dict:
    """Return the columns of a new form but for its meaning; ``kind`` "place" makes a Place."""
    row = {"key": form_key(kind, text), "text": text, "folded": fold(text)}
    return row if kind == "place" else row | {"kind": kind}


class PrintedField(models.ForeignKey):
    """A value kept in the dictionary ``kind``: a record gives the printed words, the row their id."""

    def __init__(self, kind, *args, **kwargs):
        self.form_kind = str(kind)
        kwargs.setdefault("to", "victims.Place" if kind == "place" else "victims.PrintedForm")
        kwargs.setdefault("on_delete", models.PROTECT)
        kwargs.setdefault("null", True)
        kwargs.setdefault("blank", True)
        kwargs.setdefault("related_name", "+")
        # Every index slows every import: a field that is searched by asks for one.
        kwargs.setdefault("db_index", False)
        super().__init__(*args, **kwargs)

    def deconstruct(self):
        name, path, args, kwargs = super().deconstruct()
        return name, path, [self.form_kind, *args], kwargs
