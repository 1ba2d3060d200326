"""Entries: what one source says of one person, verbatim; and the batches that brought them."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy

from victims.vocabulary import Completeness, Sex


class Batch(models.Model):
    """One run of an import: who, when, from which file, with what result; it can be undone."""

    source = models.ForeignKey("sources.Source", models.PROTECT, related_name="batches")
    file_name = models.CharField(max_length=300, blank=True)
    file_sha256 = models.CharField(max_length=64, blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+")
    started_at = models.DateTimeField()
    finished_at = models.DateTimeField(null=True, blank=True)
    undone_at = models.DateTimeField(null=True, blank=True)
    counts = models.JSONField(default=dict, help_text="read, new, changed, unchanged, warned, rejected")

    class Meta:
        verbose_name, verbose_name_plural = gettext_lazy("import"), gettext_lazy("imports")

    def __str__(self) -> str:
        return f"{self.source}, {self.file_name}, {self.started_at:%Y-%m-%d %H:%M}"


class Said(models.Model):
    """What a version of an entry consists of: its words, the machine's reading, a human's corrections."""

    version = models.PositiveIntegerField(default=1)
    batch = models.ForeignKey(Batch, models.PROTECT, null=True, blank=True, related_name="%(class)ss")
    locator = models.CharField(max_length=200, blank=True, help_text="Page, leaf, row.")
    text = models.TextField(blank=True, help_text="Verbatim; empty where the entry was keyed as fields.")
    reading = models.JSONField(
        null=True,
        blank=True,
        help_text="The record as read, in the record form; NULL: the facts' own rows are the record.",
    )
    spans = models.JSONField(
        null=True,
        blank=True,
        help_text='Where in the text each value stands: [slot, [[from, to], …]]; slot "" is the remainder.',
    )
    parser_version = models.CharField(max_length=20, blank=True)
    warnings = models.JSONField(null=True, blank=True, help_text="Codes of what is implausible.")

    class Meta:
        abstract = True


class Entry(Said):
    """What one source says of one person; it owns its facts.

    A removed entry keeps its words and reading, and has no facts.
    """

    victim = models.ForeignKey("victims.Victim", models.PROTECT, related_name="entries")
    source = models.ForeignKey("sources.Source", models.PROTECT, related_name="entries", db_index=False)
    item_key = models.CharField(max_length=200, help_text="The item's key within its source.")
    language = models.CharField(max_length=10, default="ru")
    synthetic = models.BooleanField(default=False)
    removed = models.BooleanField(default=False)
    sex = models.CharField(max_length=6, blank=True, choices=Sex.choices())
    age = models.PositiveSmallIntegerField(null=True, blank=True, help_text="Age as printed, in years.")
    completeness = models.CharField(max_length=10, blank=True, choices=Completeness.choices())
    corrections = models.JSONField(
        null=True,
        blank=True,
        help_text="Slots that a human set: {slot: {value, reason, by, at}}; they outlive every new reading.",
    )

    #: The constraint that two writers of one new item meet.
    ONCE = "entry_item_once"

    class Meta:
        verbose_name, verbose_name_plural = gettext_lazy("entry"), gettext_lazy("entries")
        constraints = [
            models.UniqueConstraint(name="entry_item_once", fields=["source", "item_key"]),
            models.CheckConstraint(name="entry_item_key", condition=~Q(item_key="")),
        ]

    def __str__(self) -> str:
        return f"{self.source_id}:{self.item_key}"


class EntryVersion(Said):
    """A former version of an entry; ``undone`` where the batch that brought it was undone."""

    entry = models.ForeignKey(Entry, models.CASCADE, related_name="versions", db_index=False)
    replaced_at = models.DateTimeField()
    undone = models.BooleanField(default=False)

    class Meta:
        ordering = ["entry", "version"]
        constraints = [models.UniqueConstraint(name="entry_version_once", fields=["entry", "version"])]

    def __str__(self) -> str:
        return f"{self.entry}, {self.version}"
