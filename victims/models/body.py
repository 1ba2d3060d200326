"""Bodies that arrest, sentence and rehabilitate; their members and sittings."""

from django.db import models
from django.utils.translation import gettext_lazy

from memorial.fields import EDTFField, bounded
from victims.models.place import Region
from victims.vocabulary import BodyKind


class Body(models.Model):
    """A troika, collegium, court, procuracy, directorate; its printed forms stand in the dictionary."""

    slug = models.SlugField(max_length=120, unique=True)
    kind = models.CharField(max_length=20, choices=BodyKind.choices())
    name_ru = models.CharField(max_length=300)
    name_en = models.CharField(max_length=300, blank=True)
    region = models.ForeignKey(Region, models.PROTECT, null=True, blank=True, related_name="bodies")
    period = EDTFField()
    note = models.TextField(blank=True)
    source = models.ForeignKey("sources.Source", models.PROTECT, related_name="+")

    class Meta:
        verbose_name, verbose_name_plural = gettext_lazy("body"), gettext_lazy("bodies")
        ordering = ["name_ru"]
        constraints = bounded("period")

    def __str__(self) -> str:
        return self.name_ru


class BodyMember(models.Model):
    """Who sat in a body: name, office held elsewhere (for a troika what put them there), and tenure."""

    body = models.ForeignKey(Body, models.CASCADE, related_name="members")
    name = models.CharField(max_length=200, help_text="Empty where only the office is known.", blank=True)
    office = models.CharField(max_length=200, help_text="Party secretary, NKVD chief, procurator.")
    tenure = EDTFField()
    victim = models.ForeignKey(
        "victims.Victim",
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        help_text="Where the member was a victim later.",
    )
    note = models.TextField(blank=True)
    source = models.ForeignKey("sources.Source", models.PROTECT, related_name="+")

    class Meta:
        verbose_name, verbose_name_plural = gettext_lazy("member"), gettext_lazy("members")
        constraints = [
            *bounded("tenure"),
            models.UniqueConstraint(name="member_once", fields=["body", "name", "office", "tenure"]),
        ]

    def __str__(self) -> str:
        return self.name or self.office


class Sitting(models.Model):
    """A body on a day, with the number of its protocol where a source gives it."""

    body = models.ForeignKey(Body, models.PROTECT, related_name="sittings")
    date = models.DateField()
    protocol = models.CharField(max_length=100, blank=True)

    class Meta:
        verbose_name, verbose_name_plural = gettext_lazy("sitting"), gettext_lazy("sittings")
        ordering = ["body", "date", "protocol"]
        constraints = [models.UniqueConstraint(name="sitting_once", fields=["body", "date", "protocol"])]

    def __str__(self) -> str:
        return f"{self.body}, {self.date}" + (f", № {self.protocol}" if self.protocol else "")
