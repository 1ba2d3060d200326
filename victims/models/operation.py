"""Operations: documents, limits as requested and approved, reports and historians' estimates.

Figures that disagree are rows beside each other, each with its source; none is corrected.
"""

from django.db import models
from django.db.models import Q
from django.db.models.functions import Coalesce
from django.utils.translation import gettext_lazy

from memorial.fields import EDTFField, bounded
from victims.models.place import Region
from victims.vocabulary import DocumentKind


class Operation(models.Model):
    """A mass operation, or a part of one (the camps sub-operation)."""

    code = models.SlugField(max_length=20, unique=True)
    parent = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="parts")
    name_ru = models.CharField(max_length=200)
    name_en = models.CharField(max_length=200)
    other_names = models.JSONField(default=list, blank=True)
    period = EDTFField()
    planned_duration = models.CharField(max_length=20, blank=True, help_text="ISO 8601 duration")
    sentencing_body = models.TextField(blank=True, help_text="Who was to sentence, in the source's words.")
    coverage_bias = models.TextField(blank=True, help_text="Whom the records of this operation leave out.")
    source = models.ForeignKey("sources.Source", models.PROTECT, related_name="+")

    class Meta:
        verbose_name, verbose_name_plural = gettext_lazy("operation"), gettext_lazy("operations")
        constraints = bounded("period")

    def __str__(self) -> str:
        return self.name_ru


class OperationCategory(models.Model):
    """A category of persons under an order and the punishment it set."""

    operation = models.ForeignKey(Operation, models.CASCADE, related_name="categories")
    number = models.PositiveSmallIntegerField()
    wording_en = models.CharField(max_length=300)
    punishment = models.CharField(max_length=300)
    source = models.ForeignKey("sources.Source", models.PROTECT, related_name="+")

    class Meta:
        verbose_name, verbose_name_plural = gettext_lazy("category"), gettext_lazy("categories")
        constraints = [models.UniqueConstraint(name="category_once", fields=["operation", "number"])]

    def __str__(self) -> str:
        return f"{self.operation}: {self.number}"


class TargetGroup(models.Model):
    """A group of persons that an operation's statistics name."""

    operation = models.ForeignKey(Operation, models.CASCADE, related_name="target_groups")
    name_en = models.CharField(max_length=200)
    source = models.ForeignKey("sources.Source", models.PROTECT, related_name="+")

    class Meta:
        verbose_name, verbose_name_plural = gettext_lazy("target group"), gettext_lazy("target groups")
        constraints = [models.UniqueConstraint(name="target_group_once", fields=["operation", "name_en"])]

    def __str__(self) -> str:
        return self.name_en


class Passage(models.Model):
    """A paragraph that tells of an operation in neutral words, as a source tells it, perhaps of a document."""

    operation = models.ForeignKey(Operation, models.CASCADE, related_name="passages")
    number = models.PositiveSmallIntegerField(help_text="Its place among the paragraphs.")
    text_en = models.TextField()
    text_ru = models.TextField()
    text_uk = models.TextField()
    document = models.ForeignKey("Document", models.PROTECT, null=True, blank=True, related_name="+")
    source = models.ForeignKey("sources.Source", models.PROTECT, related_name="+")

    class Meta:
        verbose_name, verbose_name_plural = gettext_lazy("paragraph"), gettext_lazy("paragraphs")
        ordering = ["number"]
        constraints = [models.UniqueConstraint(name="passage_once", fields=["operation", "number"])]

    def __str__(self) -> str:
        return f"{self.operation}: {self.number}"


class Document(models.Model):
    """An order, resolution, letter, telegram or law that an operation, or its undoing, rests on."""

    slug = models.SlugField(max_length=120, unique=True)
    operation = models.ForeignKey(Operation, models.PROTECT, null=True, blank=True, related_name="documents")
    kind = models.CharField(max_length=12, choices=DocumentKind.choices())
    date = EDTFField()
    title_ru = models.CharField(max_length=400, blank=True)
    title_en = models.CharField(max_length=400)
    signed_by = models.CharField(max_length=200, blank=True)
    figures = models.JSONField(default=dict, blank=True, help_text="Figures it names that are no limits.")
    note = models.TextField(blank=True)
    source = models.ForeignKey("sources.Source", models.PROTECT, related_name="+")

    class Meta:
        verbose_name, verbose_name_plural = gettext_lazy("document"), gettext_lazy("documents")
        ordering = ["date_earliest", "slug"]
        constraints = bounded("date")

    def __str__(self) -> str:
        return self.title_en


class Limit(models.Model):
    """A quota of one category: asked for, or granted, by a document, as one source tells it.

    ``region`` NULL means the whole of ``scope``; ``category`` NULL means both categories together.
    """

    operation = models.ForeignKey(Operation, models.PROTECT, related_name="limits")
    document = models.ForeignKey(Document, models.PROTECT, related_name="limits")
    region = models.ForeignKey(Region, models.PROTECT, null=True, blank=True, related_name="limits")
    scope = models.CharField(max_length=200, blank=True)
    category = models.PositiveSmallIntegerField(null=True, blank=True)
    requested = models.PositiveIntegerField(null=True, blank=True)
    approved = models.PositiveIntegerField(null=True, blank=True)
    approved_by = models.CharField(max_length=200, blank=True)
    date = EDTFField(help_text="When it was asked for or granted; empty where the source does not date it.")
    note = models.TextField(blank=True)
    source = models.ForeignKey("sources.Source", models.PROTECT, related_name="+")

    class Meta:
        verbose_name, verbose_name_plural = gettext_lazy("limit"), gettext_lazy("limits")
        constraints = [
            *bounded("date"),
            models.UniqueConstraint(
                "operation",
                "document",
                Coalesce("region", 0),
                "scope",
                Coalesce("category", 0),
                "source",
                name="limit_once",
            ),
            models.CheckConstraint(
                name="limit_asked_or_granted",
                condition=Q(requested__isnull=False) | Q(approved__isnull=False),
            ),
            models.CheckConstraint(name="limit_region_or_scope", condition=Q(region__isnull=False) ^ ~Q(scope="")),
        ]

    def __str__(self) -> str:
        return f"{self.region or self.scope}, {self.category or '1+2'}: {self.approved or self.requested}"


class Report(models.Model):
    """Numbers reported or estimated for an operation, as ranges, by one source.

    ``operation`` NULL: of all the terror that ``scope`` names. ``as_of`` is the day a report speaks
    for; ``author`` names whose estimate it is. NULL: not given.
    """

    operation = models.ForeignKey(Operation, models.PROTECT, null=True, blank=True, related_name="reports")
    as_of = EDTFField()
    author = models.CharField(max_length=200, blank=True, help_text="Empty for the NKVD's own reports.")
    scope = models.CharField(max_length=200)
    arrested = models.PositiveIntegerField(null=True, blank=True)
    condemned = models.PositiveIntegerField(null=True, blank=True)
    executed_from = models.PositiveIntegerField(null=True, blank=True)
    executed_to = models.PositiveIntegerField(null=True, blank=True, help_text="NULL: no upper bound given.")
    sent_to_camps = models.PositiveIntegerField(null=True, blank=True)
    derived = models.BooleanField(default=False, help_text="Computed from the source's words, not printed.")
    note = models.TextField(blank=True)
    source = models.ForeignKey("sources.Source", models.PROTECT, related_name="+")

    class Meta:
        verbose_name = gettext_lazy("report or estimate")
        verbose_name_plural = gettext_lazy("reports and estimates")
        constraints = [
            *bounded("as_of"),
            models.UniqueConstraint(
                Coalesce("operation", 0), "as_of", "author", "scope", "source", name="report_once"
            ),
            models.CheckConstraint(
                name="report_range",
                condition=Q(executed_to__isnull=True) | Q(executed_from__lte=models.F("executed_to")),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.operation}, {self.author or self.as_of}"
