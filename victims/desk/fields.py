"""Form fields for the values of a record: printed words, dates as EDTF, terms, lists of words."""

import re

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from memorial import edtf
from victims.models.facts import DURATION


def squeezed(text) -> str:
    """Return a text as it compares: a browser changes line ends, people leave spaces."""
    return " ".join(str(text or "").split())


class WordsInput(forms.TextInput):
    """Words of a dictionary: what is there already is offered as one types (``kind`` names the dictionary)."""

    def __init__(self, kind: str):
        super().__init__({"data-words": kind, "autocomplete": "off", "size": 40})


class EDTFInput(forms.TextInput):
    """A date as EDTF, with its reading in words beside it."""

    template_name = "victims/desk/edtf_input.html"

    def __init__(self, attrs=None):
        super().__init__({"data-edtf": "", "size": 22, "placeholder": "1937-08-05", **(attrs or {})})

    def get_context(self, name, value, attrs):
        context = super().get_context(name, value, attrs)
        context["widget"]["reading"] = reading(context["widget"]["value"] or "")
        return context


def reading(text: str) -> str:
    """Return what an EDTF text says in the words of the page's language; "" for none or what is no date."""
    text = text.strip()
    return edtf.words(text, (get_language() or "ru")[:2]) if text and edtf.is_valid(text) else ""


class Printed(forms.CharField):
    """Printed words: what was not touched stays letter by letter."""

    def __init__(self, **kwargs):
        super().__init__(required=False, **kwargs)

    def has_changed(self, initial, data):
        # A browser takes line ends out of a field of one line.
        shown = {squeezed(initial), squeezed("".join(str(initial or "").splitlines()))}
        return squeezed(data) not in shown


class EDTFDate(forms.CharField):
    widget = EDTFInput

    def __init__(self, **kwargs):
        super().__init__(required=False, max_length=200, **kwargs)

    def clean(self, value):
        value = super().clean(value)
        if value:
            try:
                edtf.parse(value)
            except edtf.EDTFError as error:
                words = _("This is no date: write 1937, 1937-08, 1937-08-05, or a span of time: 1937-08/1938-11.")
                # What is wrong with it in detail is told in English alone.
                english = (get_language() or "").startswith("en")
                raise ValidationError(f"{words} ({error})" if english else words) from None
        return value


class Term(forms.CharField):
    """A term of punishment as an ISO 8601 duration."""

    widget = forms.TextInput({"size": 8, "placeholder": "P10Y"})

    def __init__(self, **kwargs):
        super().__init__(required=False, max_length=20, **kwargs)

    def clean(self, value):
        value = super().clean(value)
        if value and not re.match(DURATION, value):
            raise ValidationError(_("This is no term: write P10Y for ten years, P1Y6M for a year and a half."))
        return value


class Lines(forms.CharField):
    """Several printed forms of words, one on each line; cleaned to a list."""

    def __init__(self, **kwargs):
        super().__init__(required=False, widget=forms.Textarea({"rows": 1, "cols": 40}), **kwargs)

    def prepare_value(self, value):
        return "\n".join(map(_word, value)) if isinstance(value, list) else value

    def to_python(self, value):
        lines = (line.strip() for line in (value or "").splitlines())
        return [line for line in lines if line]

    def has_changed(self, initial, data):
        shown = self.prepare_value(initial)
        return squeezed(shown) != squeezed(data)


def _word(value) -> str:
    """Return the printed words of one value in a list: some stand in an object of their own."""
    return value if isinstance(value, str) else " ".join(map(str, value.values()))


def rejoined(was, lines: list[str]) -> list:
    """Return typed lines as values: where lines say what a value of ``was`` said, it stays letter by letter."""
    left = list(was) if isinstance(was, list) else [was] if was else []
    found, at = [], 0
    while at < len(lines):
        for value in left:
            size = len([line for line in _word(value).splitlines() if line.strip()])
            if size and squeezed(_word(value)) == squeezed(" ".join(lines[at : at + size])):
                left.remove(value)
                found.append(value)
                at += size
                break
        else:
            found.append(lines[at])
            at += 1
    return found
