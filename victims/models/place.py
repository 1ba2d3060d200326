"""Regions of the time with their succession, and execution sites."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy

from memorial.fields import EDTFField, bounded
from victims.vocabulary import RegionKind, SuccessionKind, Told


class Region(models.Model):
    """An administrative unit as it was called and bounded in its own time."""

    slug = models.SlugField(max_length=100, unique=True)
    name_ru = models.CharField(max_length=200, unique=True)
    name_en = models.CharField(max_length=200, blank=True)
    name_uk = models.CharField(max_length=200, blank=True)
    kind = models.CharField(max_length=10, choices=RegionKind.choices())
    formed = EDTFField(help_text="When it came into being, EDTF.")
    abolished = EDTFField(help_text="When it ceased to be, EDTF.")
    note = models.TextField(blank=True)

    class Meta:
        verbose_name, verbose_name_plural = gettext_lazy("region"), gettext_lazy("regions")
        ordering = ["name_ru"]
        constraints = bounded("formed", "abolished")

    def __str__(self) -> str:
        return self.name_ru


class RegionSuccession(models.Model):
    """What became of a region: divided, renamed, or a part given up, on a day."""

    predecessor = models.ForeignKey(Region, models.PROTECT, related_name="successions")
    successor = models.ForeignKey(Region, models.PROTECT, related_name="origins")
    date = EDTFField()
    relation = models.CharField(max_length=10, choices=SuccessionKind.choices())
    note = models.TextField(blank=True)
    source = models.ForeignKey("sources.Source", models.PROTECT, related_name="+")

    class Meta:
        verbose_name, verbose_name_plural = gettext_lazy("succession"), gettext_lazy("successions")
        ordering = ["date_earliest", "predecessor", "successor"]
        constraints = [
            *bounded("date"),
            models.UniqueConstraint(name="succession_once", fields=["predecessor", "successor", "date"]),
            models.CheckConstraint(name="succession_of_another", condition=~Q(predecessor=models.F("successor"))),
        ]

    def __str__(self) -> str:
        return f"{self.predecessor} → {self.successor}, {self.date}"


class ExecutionSite(models.Model):
    """A place of shooting, of burial, or of both; what is disputed is told as disputed."""

    slug = models.SlugField(max_length=100, unique=True)
    name_ru = models.CharField(max_length=200)
    name_en = models.CharField(max_length=200)
    name_native = models.CharField(max_length=200, blank=True)
    shooting = models.CharField(max_length=8, choices=Told.choices())
    burial = models.CharField(max_length=8, choices=Told.choices())
    region = models.ForeignKey(Region, models.PROTECT, null=True, blank=True, related_name="sites")
    region_printed = models.CharField(max_length=200, blank=True, help_text="The region as its source words it.")
    country_today = models.CharField(max_length=2, help_text="ISO 3166-1 alpha-2")
    latitude = models.FloatField()
    longitude = models.FloatField()
    precision_km = models.FloatField()
    period = EDTFField()
    note = models.TextField(blank=True)
    source = models.ForeignKey("sources.Source", models.PROTECT, related_name="+")

    class Meta:
        verbose_name, verbose_name_plural = gettext_lazy("execution site"), gettext_lazy("execution sites")
        ordering = ["name_ru"]
        constraints = [
            *bounded("period"),
            models.CheckConstraint(
                name="site_coordinates",
                condition=Q(latitude__range=(-90, 90), longitude__range=(-180, 180), precision_km__gt=0),
            ),
        ]

    def __str__(self) -> str:
        return self.name_ru


class SiteFigure(models.Model):
    """How many lie or were shot at a site, by one source; differing figures stand side by side."""

    site = models.ForeignKey(ExecutionSite, models.CASCADE, related_name="figures")
    lowest = models.PositiveIntegerField()
    highest = models.PositiveIntegerField()
    note = models.TextField(blank=True)
    source = models.ForeignKey("sources.Source", models.PROTECT, related_name="+")

    class Meta:
        verbose_name, verbose_name_plural = gettext_lazy("figure"), gettext_lazy("figures")
        constraints = [
            models.UniqueConstraint(name="site_figure_once", fields=["site", "source", "lowest", "highest"]),
            models.CheckConstraint(name="site_figure_range", condition=Q(lowest__lte=models.F("highest"))),
        ]

    def __str__(self) -> str:
        return str(self.lowest) if self.lowest == self.highest else f"{self.lowest}-{self.highest}"
