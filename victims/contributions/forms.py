"""What a visitor fills in: a few fields of the record form, and free words; every box takes what people write."""

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from victims.contributions.guards import TRAP, read_stamp, stamp
from victims.contributions.pictures import FORMATS, MOST_FILES, rewritten
from victims.labels import label

#: Field of the form -> its place in the record form. Labels are those of the record.
SAID = {
    "surname": "surname",
    "given_name": "given_name",
    "patronymic": "patronymic",
    "birth_date": "birth.date",
    "birth_place": "birth.place",
    "nationality": "nationality",
    "occupation": "occupation",
    "residence": "residence.place",
    "arrest_date": "arrests.date",
    "sentence_date": "sentences.date",
    "sentence_body": "sentences.body",
    "verdict": "sentences.verdict",
    "death_date": "death.date",
    "death_place": "death.place",
    "burial_place": "death.burial_place",
}
NAMES = ("surname", "given_name", "patronymic")
LONGEST_WORDS = 20_000


class SaidForm(forms.Form):
    """The fields of the record that a visitor is asked for, in the order of a life."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        for name, place in SAID.items():
            self.fields[name] = forms.CharField(
                label=gettext_lazy(label(place)), required=False, max_length=200, widget=forms.TextInput()
            )
        kept = [name for name in self.fields if name not in SAID]
        self.order_fields([*SAID, *kept])

    @property
    def said(self) -> dict:
        """What was filled in: {field: words}."""
        return {name: self.cleaned_data[name] for name in SAID if self.cleaned_data.get(name)}


class Pictures(forms.FileInput):
    allow_multiple_selected = True


class PicturesField(forms.FileField):
    """Several pictures, each cleaned to one that was written anew."""

    def clean(self, data, initial=None):
        files = [one for one in (data if isinstance(data, list | tuple) else [data]) if one]
        if len(files) > MOST_FILES:
            raise ValidationError(_("Send no more than %(limit)s pictures.") % {"limit": MOST_FILES})
        return [rewritten(super(PicturesField, self).clean(one, initial)) for one in files]


class ContributionForm(SaidForm):
    """All that a visitor tells of a person; ``new`` of one who is not recorded yet."""

    words = forms.CharField(
        label=gettext_lazy("In your own words"),
        required=False,
        max_length=LONGEST_WORDS,
        widget=forms.Textarea({"rows": 6}),
    )
    known_from = forms.CharField(
        label=gettext_lazy("How do you know it?"),
        required=False,
        max_length=2000,
        widget=forms.Textarea({"rows": 3}),
        help_text=gettext_lazy("A document, a book with its page, a gravestone, what was told in the family…"),
    )
    pictures = PicturesField(
        label=gettext_lazy("Photographs, or pictures of documents"),
        required=False,
        widget=Pictures({"accept": ",".join(f"image/{name.lower()}" for name in FORMATS)}),
        help_text=gettext_lazy(
            "Up to five JPEG, PNG or WebP files of 10 MB each. "
            "Where and when they were taken is removed from them."
        ),
    )
    name = forms.CharField(
        label=gettext_lazy("Your name"), required=False, max_length=200,
        widget=forms.TextInput({"autocomplete": "name"}),
    )  # fmt: skip
    address = forms.EmailField(
        label=gettext_lazy("Your e-mail address"), required=False, max_length=254,
        widget=forms.EmailInput({"autocomplete": "email"}),
        help_text=gettext_lazy("For the editors' questions and their answer. It is deleted half a year after it."),
    )  # fmt: skip
    homepage = forms.CharField(
        label=gettext_lazy("Leave this empty"),
        required=False,
        widget=forms.TextInput({"autocomplete": "off", "tabindex": "-1"}),
    )
    stamp = forms.CharField(widget=forms.HiddenInput, required=False)

    def __init__(self, data=None, files=None, *, new: bool):
        super().__init__(data, files)
        self.new, self.token = new, None
        if data is None:
            self.initial["stamp"] = stamp()

    def clean(self):
        cleaned = super().clean()
        if self.new and not any(cleaned.get(name) for name in NAMES):
            self.add_error("surname", _("Tell at least one part of the person's name."))
        elif not self.new and not self.errors and not (self.said or cleaned["words"] or cleaned["pictures"]):
            self.add_error("words", _("Tell what is wrong or missing: here, or in one of the other boxes."))
        if cleaned.get(TRAP):
            self.add_error(TRAP, _("Leave this box empty: it is there to tell people from programs."))
        self.token = read_stamp(cleaned.get("stamp", ""))
        if self.token is None:
            self.add_error(None, _("The form was sent too quickly, or a day late: please send it once more."))
        return cleaned

    def stamped_anew(self):
        """Give the form, shown again, a stamp of its own; what was typed stays."""
        self.data = self.data.copy()
        self.data["stamp"] = stamp()
        return self

    def groups(self) -> list[tuple]:
        """Return (legend, bound fields) of the fields of the record."""
        parts = (
            (_("Name"), NAMES),
            (_("Birth and life"), ("birth_date", "birth_place", "nationality", "occupation", "residence")),
            (_("Arrest and sentence"), ("arrest_date", "sentence_date", "sentence_body", "verdict")),
            (_("Death and burial"), ("death_date", "death_place", "burial_place")),
        )
        return [(legend, [self[name] for name in names]) for legend, names in parts]
