"""The parameters of lists of facts, entries, sources and reference data."""

from django.db.models import Exists, OuterRef
from django.utils.translation import gettext_lazy

from memorial import edtf
from sources.models import Level, Source, SourceKind
from victims.filters.facts import ABOUT_FACTS, OfDeaths, OfSentences, of_source, overlapping
from victims.filters.leading import few
from victims.filters.strict import (
    EDTFFilter,
    RowFilter,
    StrictFilterSet,
    TextFilter,
    VictimFilter,
    YesNoFilter,
    coded,
)
from victims.models import (
    Body,
    Operation,
    Region,
    Victim,
)
from victims.models.victim import from_public_id
from victims.vocabulary import BodyKind, RegionKind


def key_now(public_id: str) -> int:
    """Return the key of the record that a public id leads to: ids are kept for years, and records merged."""
    key = from_public_id(public_id)
    merged = Victim.objects.filter(pk=key, merged_into__isnull=False).first()
    return merged.current.pk if merged else key


class FactFilterSet(StrictFilterSet):
    """Which facts of one kind a list may hold; ``date`` is EDTF, and matches where the times overlap."""

    victim = VictimFilter(method="by_victim", label=gettext_lazy("Person"))
    source = RowFilter(Source, method="by_source", label=gettext_lazy("Source"))
    date = EDTFFilter(method="by_date", label=gettext_lazy("Date"))

    def by_victim(self, queryset, name, value):
        return queryset.filter(entry__victim=key_now(value))  # facts are indexed by their entry

    def by_source(self, queryset, name, value):
        entries = of_source(value)
        found = few(entries)
        if found is None:
            return queryset.filter(Exists(entries.filter(pk=OuterRef("entry"))))
        return queryset.filter(entry__in=found)

    def by_date(self, queryset, name, value):
        return queryset.filter(overlapping(value))

    def about_fact(self, queryset, name, value):
        return queryset.filter(ABOUT_FACTS[name][1](value))


class SentenceFilterSet(OfSentences, FactFilterSet):
    """The same of sentences, with all that people are asked by theirs."""


class DeathFilterSet(OfDeaths, FactFilterSet):
    """The same of deaths."""


class EntryFilterSet(StrictFilterSet):
    victim = VictimFilter(method="by_victim", label=gettext_lazy("Person"))
    source = RowFilter(Source, method="by_source", label=gettext_lazy("Source"))
    item_key = TextFilter(label=gettext_lazy("Key within the source"))
    synthetic = YesNoFilter(label=gettext_lazy("Synthetic persons"))

    def by_victim(self, queryset, name, value):
        return queryset.filter(victim=key_now(value))

    def by_source(self, queryset, name, value):
        entries = of_source(value)
        found = few(entries)
        if found is None:
            return queryset.filter(Exists(entries.filter(pk=OuterRef("pk"))))
        return queryset.filter(pk__among=found)


class SourceFilterSet(StrictFilterSet):
    kind = coded(SourceKind, gettext_lazy("Kind of source"))
    level = coded(Level, gettext_lazy("Level of description"))
    parent = RowFilter(Source, label=gettext_lazy("Part of"))


class BodyFilterSet(StrictFilterSet):
    kind = coded(BodyKind, gettext_lazy("Kind of body"))
    region = RowFilter(Region, label=gettext_lazy("Region"))


class SittingFilterSet(StrictFilterSet):
    body = RowFilter(Body, label=gettext_lazy("Body"))
    date = EDTFFilter(method="by_date", label=gettext_lazy("Date"))

    def by_date(self, queryset, name, value):
        first, last = edtf.bounds(value)
        return queryset.filter(date__range=(first, last))


class ExecutionSiteFilterSet(StrictFilterSet):
    region = RowFilter(Region, label=gettext_lazy("Region"))


class RegionFilterSet(StrictFilterSet):
    kind = coded(RegionKind, gettext_lazy("Kind of region"))


class OperationFilterSet(StrictFilterSet):
    parent = RowFilter(Operation, label=gettext_lazy("Part of"))
