"""Form fields for the values of a record: printed words, dates, terms, lists of words."""

import re

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from victims.desk.dates import LONGEST, told_of, understood
from victims.entries.terms import read_punishment
from victims.letters import fold
from victims.models.facts import DURATION


def squeezed(text) -> str:
    """Return a text as it compares: a browser changes line ends, people leave spaces."""
    return " ".join(str(text or "").split())


class WordsInput(forms.TextInput):
    """Words of a dictionary: what is there already is offered as one types (``kind`` names the dictionary)."""

    def __init__(self, kind: str):
        super().__init__({"data-words": kind, "autocomplete": "off", "size": 40})


class DateInput(forms.TextInput):
    """A date as people write it, with what is understood of it in words beside it; ``birth`` as ``understood``."""

    template_name = "victims/desk/date_input.html"

    def __init__(self, attrs=None, *, birth: bool = False):
        self.birth = birth
        super().__init__({"data-date": "birth" if birth else "", "size": 22, **(attrs or {})})

    def get_context(self, name, value, attrs):
        context = super().get_context(name, value, attrs)
        context["widget"]["reading"] = told_of(context["widget"]["value"] or "", birth=self.birth)["reading"]
        return context


class Printed(forms.CharField):
    """Printed words: what was not touched stays letter by letter."""

    def __init__(self, **kwargs):
        super().__init__(required=False, **kwargs)

    def has_changed(self, initial, data):
        # A browser takes line ends out of a field of one line.
        shown = {squeezed(initial), squeezed("".join(str(initial or "").splitlines()))}
        return squeezed(data) not in shown


class DateField(forms.CharField):
    """A date as people write it, cleaned to EDTF; ``printed`` is the label of the field for its words."""

    widget = DateInput

    def __init__(self, *, birth: bool = False, printed: str = "", **kwargs):
        kwargs = {"required": False, "max_length": LONGEST, "widget": DateInput(birth=birth)} | kwargs
        super().__init__(**kwargs)
        self.birth, self.printed = birth, printed

    def clean(self, value):
        value = super().clean(value)
        try:
            return understood(value, birth=self.birth)
        except ValidationError as error:
            if not self.printed:
                raise
            words = _("If the source prints it so, leave this empty and write its words under “%(field)s”.")
            raise ValidationError(f"{error.messages[0]} {words % {'field': self.printed}}") from None


class Term(forms.CharField):
    """A term of punishment in words ("10 лет") or as an ISO 8601 duration; cleaned to one."""

    widget = forms.TextInput({"size": 12})

    def __init__(self, **kwargs):
        super().__init__(required=False, max_length=60, **kwargs)

    def clean(self, value):
        value = super().clean(value)
        if not value or re.match(DURATION, value):
            return value
        read = read_punishment(fold(value), 0, len(value))
        if read.term and not re.search(r"\w", value[: read.term_at[0]] + value[read.term_at[1] :]):
            return read.term
        raise ValidationError(_("This is no term: write 10 лет or P10Y, 1,5 года or P1Y6M."))


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
