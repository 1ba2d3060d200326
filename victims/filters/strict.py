"""Kinds of parameters, and the FilterSet that refuses what it does not know."""

import django_filters
from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from memorial import edtf
from victims.models import Operation
from victims.models.victim import from_public_id

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


def coded(codes, label, **kwargs):
    """Return a filter over a closed list of codes."""
    choices = [(str(code), gettext_lazy(code.label)) for code in codes]
    return django_filters.ChoiceFilter(choices=choices, label=label, **kwargs)


def is_unreadable(value: str) -> bool:
    """Return whether bytes of a value were no UTF-8, and stand there as replaced."""
    return "\N{REPLACEMENT CHARACTER}" in value


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
