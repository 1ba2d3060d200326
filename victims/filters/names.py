"""Parameters about a name: its parts, and how near each must be; for pages and API alike."""

import django_filters
from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from victims.models import PersonName
from victims.search import EXACT, LEVELS, SOUNDS, QueryError, meant_by, read_parts

#: Parameter -> kind of part, and its column in the index of names.
PARTS = {"surname": ("s", "surname"), "given_name": ("g", "given"), "patronymic": ("p", "patronymic")}
#: Parameters that say how a name is searched for, and filter nobody out by themselves.
NEARNESS = ("match", *(f"match_{name}" for name in PARTS))


class _Part(forms.CharField):
    def __init__(self, **kwargs):
        super().__init__(max_length=200, **kwargs)

    def clean(self, value):
        value = super().clean(value)
        try:
            read_parts({"s": value})
        except QueryError as error:
            raise forms.ValidationError(_(str(error))) from None
        return value


class NameFilter(django_filters.Filter):
    """A part of a name; * stands for any letters, ? for one."""

    field_class = _Part


def _nearness(label):
    choices = [(str(level), gettext_lazy(level.label)) for level in LEVELS]
    return django_filters.ChoiceFilter(choices=choices, label=label, method="how_near")


class OfNames(django_filters.FilterSet):
    """Parts of a name, as they are written unless a level is given: then the answer is ranked.

    ``match`` is the level of every part, of the words of q too, that has none of its own.
    """

    surname = NameFilter(method="by_part", label=gettext_lazy("Surname"))
    match_surname = _nearness(gettext_lazy("How near the surname must be"))
    given_name = NameFilter(method="by_part", label=gettext_lazy("Given name"))
    match_given_name = _nearness(gettext_lazy("How near the given name must be"))
    patronymic = NameFilter(method="by_part", label=gettext_lazy("Patronymic"))
    match_patronymic = _nearness(gettext_lazy("How near the patronymic must be"))
    match = _nearness(gettext_lazy("How near the name must be"))

    @classmethod
    def is_ranked(cls, given) -> bool:
        """Return whether a question is answered by likeness: one with q, or with a part written otherwise."""
        return has_query(given) or any(_level(given, name) != EXACT for name in _parts(given))

    @property
    def is_narrowed(self) -> bool:
        """Return whether a ranked question asks for more than a name."""
        return not set(self.chosen) <= {*NEARNESS, *(() if has_query(self.data) else PARTS)}

    @property
    def likeness(self) -> dict:
        """How a ranked answer is searched for, as arguments of ``search``."""
        given = self.data
        if has_query(given):
            own = {name: given[f"match_{name}"] for name in PARTS if given.get(f"match_{name}")}
            return {"match": given.get("match") or SOUNDS, "levels": own}
        parts = {name: self.form.cleaned_data[name] for name in _parts(given)}
        return {"parts": parts, "levels": {name: _level(given, name) for name in parts}}

    def how_near(self, queryset, name, value):
        """Leave it to the parts of the name, and to the search."""
        return queryset

    def by_part(self, queryset, name, value):
        """People of whom some form of the name has this part, or one as near to it as is asked."""
        if self.is_ranked(self.data) and not has_query(self.data):
            return queryset  # the search asks for all parts together, in one form of the name
        kind, column = PARTS[name]
        parts = meant_by(kind, value, _level(self.data, name))
        return queryset.filter(pk__in=PersonName.objects.filter(**{f"{column}__in": parts}).values("victim"))


def has_query(given) -> bool:
    """Return whether a question has words to be searched for (q)."""
    return bool(given.get("q", "").strip())


def _parts(given) -> list[str]:
    return [name for name in PARTS if given.get(name, "").strip()]


def _level(given, name: str) -> str:
    return given.get(f"match_{name}") or given.get("match") or EXACT
