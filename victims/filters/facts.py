"""Parameters about one kind of fact: what each asks of one and the same row.

So ``kind=camp&sentence=1938`` finds those whom a sentence of 1938 sent to a camp.
"""

import django_filters
from django.db.models import Exists, OuterRef, Q
from django.utils.functional import lazy
from django.utils.translation import get_language, gettext_lazy

from memorial import edtf
from sources.models import Source
from victims.filters.leading import WEIGHED, few, weight
from victims.filters.strict import RowFilter, TextFilter, coded
from victims.meanings import codes_of, label_of
from victims.models import (
    Arrest,
    Birth,
    Body,
    Death,
    Entry,
    ExecutionSite,
    Operation,
    Place,
    PrintedForm,
    Region,
    Rehabilitation,
    Residence,
    Sentence,
    SentenceArticle,
)
from victims.names import fold
from victims.vocabulary import Attribution, BodyKind, FormKind, Manner, SentenceKind


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


def lies_in(region: Region, column: str, row_by_row: bool) -> Q:
    """Return the condition that the place of a fact lies in a region, as far as it is recognised."""
    if row_by_row:
        return Q(**{f"{column}__region": region}) | Q(**{f"{column}__site__region": region})
    return _in_forms(column, Place.objects.filter(Q(region=region) | Q(site__region=region)))


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
