"""The parameters of lists of people."""

from django.db.models import Q
from django.utils.translation import gettext_lazy

from sources.models import Source
from victims.filters.facts import ABOUT_FACTS, COMMON, OfDeaths, OfSentences, by_trait, lies_in, of_source
from victims.filters.gaps import OfGaps
from victims.filters.leading import EVERYBODY, Column, Leading, few_people, told_of
from victims.filters.names import OfNames
from victims.filters.strict import EDTFFilter, RowFilter, StrictFilterSet, TextFilter, YesNoFilter, coded
from victims.models import Birth, Death, Place, Region, Residence, Sentence, Trait
from victims.vocabulary import Sex, TraitKind


class VictimFilterSet(OfNames, OfSentences, OfDeaths, OfGaps, StrictFilterSet):
    """Whom a list of people may hold. Dates are EDTF and match where the times told and asked overlap."""

    birth = EDTFFilter(method="about_fact", label=gettext_lazy("Date of birth"))
    birth_place = TextFilter(method="about_fact", label=gettext_lazy("Place of birth"))
    residence = TextFilter(method="about_fact", label=gettext_lazy("Place of residence"))
    nationality = TextFilter(method="by_trait", label=gettext_lazy("Nationality"))
    social_origin = TextFilter(method="by_trait", label=gettext_lazy("Social origin"))
    education = TextFilter(method="by_trait", label=gettext_lazy("Education"))
    party = TextFilter(method="by_trait", label=gettext_lazy("Party membership"))
    occupation = TextFilter(method="by_trait", label=gettext_lazy("Occupation"))
    sex = coded(Sex, gettext_lazy("Sex"))
    arrest = EDTFFilter(method="about_fact", label=gettext_lazy("Date of arrest"))
    sentence = EDTFFilter(method="about_fact", label=gettext_lazy("Date of sentence"))
    death = EDTFFilter(method="about_fact", label=gettext_lazy("Date of death"))
    burial_place = TextFilter(method="about_fact", label=gettext_lazy("Place of burial"))
    rehabilitation = EDTFFilter(method="about_fact", label=gettext_lazy("Date of rehabilitation"))
    region = RowFilter(Region, label=gettext_lazy("Region"), method="by_region")
    residence_region = RowFilter(Region, label=gettext_lazy("Region of residence"), method="by_residence_region")
    source = RowFilter(Source, label=gettext_lazy("Source"), method="by_source")
    synthetic = YesNoFilter(label=gettext_lazy("Synthetic persons"), method="by_synthetic")

    def filter_queryset(self, queryset):
        """Return the people who have all that is asked; what is asked of one kind of fact, of one fact."""
        self._conditions, self._leading, self._among, asked = [], Leading(), EVERYBODY, {}
        queryset = super().filter_queryset(queryset)
        for name, value in self.chosen.items():
            if name in ABOUT_FACTS:
                model, condition = ABOUT_FACTS[name]
                asked[model] = asked.get(model, Q()) & condition(value)
        for model in sorted(asked, key=lambda model: self._common(model)):
            queryset = self._whose(queryset, model.objects.filter(asked[model]))
        conditions = [] if self.is_ranked(self.data) else self._conditions
        return self._leading.narrow(queryset, conditions, self._among)

    def few(self) -> list[int] | None:
        """Return the keys of few people among whom are all whom a ranked answer may hold; None of many."""
        _people, conditions = self.qs, self._conditions  # filtered first
        return few_people(conditions)

    def _common(self, model) -> bool:
        """Return whether of a kind of fact only is asked what is true of very many people."""
        return {name for name in self.chosen if name in ABOUT_FACTS and ABOUT_FACTS[name][0] is model} <= COMMON

    def keys(self, bound: int) -> list[int]:
        """Return the keys of so many of the people at most, in no order: what a list counts and divides."""
        people = self.qs  # narrowed first
        return self._leading.keys(people, bound)

    def _whose(self, queryset, *alternatives):
        """Return the people of whom there is one of some kinds of rows (of a fact or an entry), or columns.

        A list is led by the rows where they are few (``leading``). A search asks it of each name that it looks
        at: all people whom a common fact is told of would be listed anew for each of its look-ups.
        """
        self._conditions.append(list(alternatives))
        return queryset.filter(told_of(*alternatives)) if self.is_ranked(self.data) else queryset

    def about_fact(self, queryset, name, value):
        """Leave it to ``filter_queryset``, which asks all parameters about a fact together."""
        return queryset

    def by_trait(self, queryset, name, value):
        return self._whose(queryset, Trait.objects.filter(by_trait(TraitKind(name))(value)))

    def by_region(self, queryset, name, value):
        """People born, living, sentenced, dead or buried there, as far as places and bodies are recognised."""
        ranked = self.is_ranked(self.data)
        conditions = (
            (Birth, lies_in(value, "place", ranked)),
            (Residence, lies_in(value, "place", ranked)),
            (Death, lies_in(value, "place", ranked) | lies_in(value, "burial_place", ranked)),
            (Sentence, Q(body__body__region=value)),
        )
        return self._whose(queryset, *(model.objects.filter(condition) for model, condition in conditions))

    def by_residence_region(self, queryset, name, value):
        """People whose residence, the one that lists show, lies there, as far as it is recognised."""
        return queryset.filter(residence__in=Place.objects.filter(region=value).values("pk"))

    def by_source(self, queryset, name, value):
        return self._whose(queryset, of_source(value))

    def by_synthetic(self, queryset, name, value):
        # SQLite finds no index for NOT synthetic
        self._among = Column(found=Q(synthetic__in=[value]), each=Q(synthetic=value))
        return queryset
