"""Parameters of questions: the only list of them, for pages and API alike.

What is not named here is refused by name, never ignored; a malformed value says what to write instead.
Parameters about one kind of fact are asked of one and the same fact: ``kind=camp&sentence=1938`` finds
those whom a sentence of 1938 sent to a camp.
"""

import django_filters
from django import forms
from django.db.models import Exists, OuterRef, Q
from django.utils.functional import lazy
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from memorial import edtf
from sources.models import Level, Source, SourceKind
from victims.gap_filters import OfGaps
from victims.leading import EVERYBODY, WEIGHED, Column, Leading, few, few_people, told_of, weight
from victims.meanings import codes_of, label_of
from victims.models import (
    Arrest,
    Birth,
    Body,
    Death,
    Entry,
    ExecutionSite,
    Imprisonment,
    Operation,
    Place,
    PrintedForm,
    Region,
    Rehabilitation,
    Residence,
    Sentence,
    SentenceArticle,
    Sitting,
    Trait,
    Victim,
)
from victims.models.victim import from_public_id
from victims.name_filters import OfNames
from victims.names import fold
from victims.vocabulary import Attribution, BodyKind, FormKind, Manner, RegionKind, SentenceKind, Sex, TraitKind

#: What is wrong with a date that is none, told to programs.
NO_DATE = gettext_lazy("This is no date: write 1937, 1937-08, 1937-08-05, or a span of time: 1937-08/1938-11.")
#: What is wrong with words in another encoding: nobody would be found, and nobody told why.
UNREADABLE = gettext_lazy("There are letters here that cannot be read: write them anew, and send them in UTF-8.")
#: Longest text of one parameter.
LONGEST = 200


class _Text(forms.CharField):
    def __init__(self, **kwargs):
        super().__init__(max_length=LONGEST, **kwargs)


class _EDTF(_Text):
    def clean(self, value):
        value = super().clean(value)
        if value and not edtf.is_valid(value):
            raise forms.ValidationError(NO_DATE)
        return value


class _Row(forms.ModelChoiceField):
    """A row by its id in addresses; the rows themselves are not listed."""

    widget = forms.TextInput

    def __init__(self, queryset, **kwargs):
        super().__init__(queryset, to_field_name="code" if queryset.model is Operation else "slug", **kwargs)
        self.error_messages["invalid_choice"] = gettext_lazy("There is nothing with this id.")


class _Victim(_Text):
    def clean(self, value):
        value = super().clean(value)
        if value and from_public_id(value) is None:
            raise forms.ValidationError(_("This is no id of a person: look for a misread letter."))
        return value


class _YesNo(forms.TypedChoiceField):
    def __init__(self, **kwargs):
        choices = [("true", gettext_lazy("yes")), ("false", gettext_lazy("no"))]
        super().__init__(choices=choices, coerce=lambda word: word == "true", empty_value=None, **kwargs)


class TextFilter(django_filters.Filter):
    field_class = _Text


class EDTFFilter(django_filters.Filter):
    """A date or a span of dates: 1937, 1937-08, 1937-08-05, 1937-08/1938-11."""

    field_class = _EDTF


class RowFilter(django_filters.Filter):
    field_class = _Row

    def __init__(self, model, **kwargs):
        super().__init__(queryset=model.objects.all(), **kwargs)


class VictimFilter(django_filters.Filter):
    field_class = _Victim


class YesNoFilter(django_filters.Filter):
    """true or false; anything else is refused."""

    field_class = _YesNo


def is_unreadable(value: str) -> bool:
    """Return whether bytes of a value were no UTF-8, and stand there as replaced."""
    return "\N{REPLACEMENT CHARACTER}" in value


def key_now(public_id: str) -> int:
    """Return the key of the record that a public id leads to: ids are kept for years, and records merged."""
    key = from_public_id(public_id)
    merged = Victim.objects.filter(pk=key, merged_into__isnull=False).first()
    return merged.current.pk if merged else key


def coded(codes, label, **kwargs):
    """Return a filter over a closed list of codes."""
    choices = [(str(code), gettext_lazy(code.label)) for code in codes]
    return django_filters.ChoiceFilter(choices=choices, label=label, **kwargs)


def overlapping(text: str, field: str = "date") -> Q:
    """Return the condition that a date may fall within an EDTF text: that their bounds overlap."""
    first, last = edtf.bounds(text)
    return Q(**{f"{field}_earliest__lte": last, f"{field}_latest__gte": first})


def printing(model, text: str, **where):
    """Return the printed forms that hold every word of a text, in any order and in any case."""
    found = model.objects.filter(**where)
    for word in fold(text).split():
        found = found.filter(folded__contains=word)
    return found


def of_source(source: Source):
    """Return the entries of a source and of all that stands below it."""
    sources = Source.objects.filter(pk=source.pk).with_parts().order_by().values_list("pk", flat=True)
    return Entry.objects.filter(source__in=list(sources), removed=False)


# What a parameter asks of one fact: value -> condition on the fact's row.


def _in_forms(field: str, forms) -> Q:
    """Return the condition that a printed form is one of some.

    Few of them are looked for once a page.
    """
    found = few(forms)
    return Q(**{f"{field}__in": forms.values("pk")} if found is None else {f"{field}__one_of": found})


def by_body(body):
    return _in_forms("body", body.forms.order_by())


def by_body_kind(kind):
    """Ask for the bodies of a kind: those that are known, and words of which the kind alone is recognised."""
    known, alone = Q(body__kind=kind), Q(body=None, code=kind) | Q(body=None, code__startswith=f"{kind} ")
    return _in_forms("body", PrintedForm.objects.filter(known | alone, kind=str(FormKind.BODY)).order_by())


def by_article(text):
    forms = PrintedForm.objects.filter(kind=str(FormKind.ARTICLE), folded=fold(text))
    rows = SentenceArticle.objects.filter(article__in=list(forms.values_list("pk", flat=True)))
    sentences = few(rows, "sentence")
    if sentences is not None:
        return Q(pk__among=sentences)
    common = weight(rows) == WEIGHED
    return Q(Exists(rows.filter(sentence=OuterRef("pk")))) if common else Q(pk__in=rows.values("sentence"))


def by_operation(operation):
    return Q(operation__one_of=[one.pk for one in (operation, *operation.parts.all())])


def by_site(site):
    places = list(site.places.order_by().values_list("pk", flat=True))
    return Q(burial_place__one_of=places) | Q(place__one_of=places)


def by_place(field):
    def asked(text):
        return _in_forms(field, printing(Place, text))

    return asked


def by_trait(kind):
    """Ask for words as printed, or for a code (``russian``): for all the words that are recognised as that."""

    def asked(text):
        is_code = text in codes_of(str(kind))
        meant = PrintedForm.objects.filter(kind=str(kind), code=text)
        forms = meant if is_code else printing(PrintedForm, text, kind=str(kind))
        return Q(kind=str(kind)) & _in_forms("form", forms)

    return asked


def equal(field):
    return lambda value: Q(**{field: value})


#: Parameter -> the kind of fact that it asks about, and what it asks of it.
ABOUT_FACTS = {
    "birth": (Birth, overlapping),
    "birth_place": (Birth, by_place("place")),
    "residence": (Residence, by_place("place")),
    "arrest": (Arrest, overlapping),
    "sentence": (Sentence, overlapping),
    "body": (Sentence, by_body),
    "body_kind": (Sentence, by_body_kind),
    "kind": (Sentence, equal("kind")),
    "article": (Sentence, by_article),
    "operation": (Sentence, by_operation),
    "attribution": (Sentence, equal("attribution")),
    "death": (Death, overlapping),
    "manner": (Death, equal("manner")),
    "burial_place": (Death, by_place("burial_place")),
    "site": (Death, by_site),
    "rehabilitation": (Rehabilitation, overlapping),
}


#: What very many people have: other conditions lead a list.
COMMON = {"kind", "body_kind", "manner", "operation", "attribution"}


class StrictFilterSet(django_filters.FilterSet):
    """A FilterSet that knows its parameters: others, and values given twice, are errors with their names."""

    #: Parameters that the page or the API reads itself.
    beside: tuple[str, ...] = ()

    def __init__(self, data=None, queryset=None, *, beside=(), **kwargs):
        super().__init__(data, queryset, **kwargs)
        self.beside = (*self.beside, *beside)

    def complaints(self) -> dict[str, list[str]]:
        """Return {parameter: what is wrong with it}; empty where the question can be answered."""
        found = {name: self._told(name, errors) for name, errors in self.form.errors.as_data().items()}
        for name in self.data:
            if name not in self.filters and name not in self.beside:
                known = ", ".join(sorted([*self.filters, *self.beside]))
                found[name] = [_("There is no such parameter. The parameters are: %(names)s.") % {"names": known}]
            elif len(self.data.getlist(name)) > 1:
                found[name] = [_("Give this parameter once.")]
            elif is_unreadable(self.data[name]):
                found.setdefault(name, [str(UNREADABLE)])
        return found

    def _told(self, name: str, errors) -> list[str]:
        """Return what is wrong with a value; where there is a closed list of them, with the list."""
        field = self.form.fields[name]
        if isinstance(field, forms.ChoiceField) and not isinstance(field, forms.ModelChoiceField):
            codes = ", ".join(str(code) for code, _label in field.choices if code)
            if any(error.code == "invalid_choice" for error in errors):
                return [_("There is no such value. The values are: %(codes)s.") % {"codes": codes}]
        return [str(message) for error in errors for message in error.messages]

    @property
    def chosen(self) -> dict:
        """The parameters that were given and understood: {name: cleaned value}."""
        return {name: value for name, value in self.form.cleaned_data.items() if value not in (None, "")}


_kind_of_body = lazy(lambda code: label_of("body", code, (get_language() or "ru")[:2]), str)
#: Kinds of bodies that are known, and those that printed words alone tell.
BODY_KINDS = [
    *((str(code), gettext_lazy(code.label)) for code in BodyKind),
    *((code, _kind_of_body(code)) for code in codes_of("body") if code not in list(map(str, BodyKind))),
]


class OfSentences(django_filters.FilterSet):
    """Parameters about one sentence, of lists of people and of lists of sentences."""

    body = RowFilter(Body, label=gettext_lazy("Sentenced by"), method="about_fact")
    body_kind = django_filters.ChoiceFilter(
        choices=BODY_KINDS, label=gettext_lazy("Kind of sentencing body"), method="about_fact"
    )
    kind = coded(SentenceKind, gettext_lazy("Kind of sentence"), method="about_fact")
    article = TextFilter(label=gettext_lazy("Article of the code"), method="about_fact")
    operation = RowFilter(Operation, label=gettext_lazy("Operation"), method="about_fact")
    attribution = coded(Attribution, gettext_lazy("How the operation is known"), method="about_fact")


class OfDeaths(django_filters.FilterSet):
    """Parameters about one death."""

    manner = coded(Manner, gettext_lazy("Manner of death"), method="about_fact")
    site = RowFilter(ExecutionSite, label=gettext_lazy("Execution site"), method="about_fact")


def _lies_in(region: Region, column: str, row_by_row: bool) -> Q:
    """Return the condition that the place of a fact lies in a region, as far as it is recognised."""
    if row_by_row:
        return Q(**{f"{column}__region": region}) | Q(**{f"{column}__site__region": region})
    return _in_forms(column, Place.objects.filter(Q(region=region) | Q(site__region=region)))


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

    class Meta:
        model = Victim
        fields: list[str] = []

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
            (Birth, _lies_in(value, "place", ranked)),
            (Residence, _lies_in(value, "place", ranked)),
            (Death, _lies_in(value, "place", ranked) | _lies_in(value, "burial_place", ranked)),
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


class ArrestFilterSet(FactFilterSet):
    class Meta:
        model = Arrest
        fields: list[str] = []


class SentenceFilterSet(OfSentences, FactFilterSet):
    class Meta:
        model = Sentence
        fields: list[str] = []


class ImprisonmentFilterSet(FactFilterSet):
    class Meta:
        model = Imprisonment
        fields: list[str] = []


class DeathFilterSet(OfDeaths, FactFilterSet):
    class Meta:
        model = Death
        fields: list[str] = []


class RehabilitationFilterSet(FactFilterSet):
    class Meta:
        model = Rehabilitation
        fields: list[str] = []


class EntryFilterSet(StrictFilterSet):
    victim = VictimFilter(method="by_victim", label=gettext_lazy("Person"))
    source = RowFilter(Source, method="by_source", label=gettext_lazy("Source"))
    item_key = TextFilter(label=gettext_lazy("Key within the source"))
    synthetic = YesNoFilter(label=gettext_lazy("Synthetic persons"))

    class Meta:
        model = Entry
        fields: list[str] = []

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

    class Meta:
        model = Source
        fields: list[str] = []


class BodyFilterSet(StrictFilterSet):
    kind = coded(BodyKind, gettext_lazy("Kind of body"))
    region = RowFilter(Region, label=gettext_lazy("Region"))

    class Meta:
        model = Body
        fields: list[str] = []


class SittingFilterSet(StrictFilterSet):
    body = RowFilter(Body, label=gettext_lazy("Body"))
    date = EDTFFilter(method="by_date", label=gettext_lazy("Date"))

    class Meta:
        model = Sitting
        fields: list[str] = []

    def by_date(self, queryset, name, value):
        first, last = edtf.bounds(value)
        return queryset.filter(date__range=(first, last))


class ExecutionSiteFilterSet(StrictFilterSet):
    region = RowFilter(Region, label=gettext_lazy("Region"))

    class Meta:
        model = ExecutionSite
        fields: list[str] = []


class RegionFilterSet(StrictFilterSet):
    kind = coded(RegionKind, gettext_lazy("Kind of region"))

    class Meta:
        model = Region
        fields: list[str] = []


class OperationFilterSet(StrictFilterSet):
    parent = RowFilter(Operation, label=gettext_lazy("Part of"))

    class Meta:
        model = Operation
        fields: list[str] = []
