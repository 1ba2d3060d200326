"""An entry as forms, and back: one form for what it says once, a formset for each kind of fact.

The fields are those that the facts declare (``models.values.KEYS``); nothing is declared here again. What
nobody touched is taken from the record as it was, so that opening and saving a record changes nothing.
"""

import re

from django import forms
from django.core.exceptions import ValidationError
from django.db import models
from django.forms.formsets import BaseFormSet, formset_factory
from django.utils.functional import cached_property
from django.utils.translation import gettext, gettext_lazy

from memorial.fields import EDTFField
from victims.desk.dates import understood
from victims.desk.fields import DateField, Lines, Printed, Term, WordsInput, rejoined, squeezed
from victims.desk.wording import worded
from victims.labels import label
from victims.models import Birth, NameForm, Sentence, SentenceRevision
from victims.models.facts import CaseField
from victims.models.printed import PrintedField
from victims.models.rows import SLOTS, TRAITS, canonical, items
from victims.models.values import LINKS, own
from victims.permissions import enterable
from victims.vocabulary import Completeness, NameKind, Sex, WithdrawalReason

#: Once in a record, as columns of the entry and its main name.
PLAIN = ("surname", "given_name", "patronymic", "sex", "age", "completeness")
#: The order in which a card is keyed.
ORDER = (
    "name_variants", "birth", "residence", "arrests", "sentences", "imprisonments", "death", "rehabilitations",
    "official_notices", "cases", "relatives", "tags", "photographs", "archival_files", "sources", "notes",
)  # fmt: skip
assert set(ORDER) == set(SLOTS), "every kind of fact has its place on the page"
MOST_FACTS = 1000


def named(slot: str):
    """Return the label of a slot in the language of the page."""
    return gettext_lazy(label(slot))


def choices(codes, left_out=()):
    return [("", "—"), *((code, gettext_lazy(words)) for code, words in codes if code not in left_out)]


def form_field(model, field: models.Field) -> forms.Field:
    """Return the form field for one field of a fact."""
    name = named(f"{model.slot}.{field.name}")
    if isinstance(field, PrintedField):
        return Printed(label=name, widget=WordsInput(field.form_kind))
    if isinstance(field, EDTFField):
        there = any(other.name == f"{field.name}_printed" for other in own(model))
        printed = named(f"{model.slot}.{field.name}_printed") if there else ""
        return DateField(label=name, birth=model is Birth, printed=printed)
    if isinstance(field, CaseField):
        return forms.IntegerField(label=name, required=False, min_value=1, max_value=99)
    if field.name in LINKS:
        return Printed(label=name, widget=WordsInput(field.name), max_length=300)
    if field.name == "term":
        return Term(label=name)
    if field.choices:
        left_out = {str(NameKind.MAIN)} if model is NameForm else ()
        return forms.ChoiceField(label=name, required=False, choices=choices(field.choices, left_out))
    if isinstance(field, models.BooleanField):
        return forms.BooleanField(label=name, required=False)
    if isinstance(field, models.PositiveSmallIntegerField):
        return forms.IntegerField(label=name, required=False, min_value=0, max_value=32767)
    if isinstance(field, models.TextField):
        return Printed(label=name, widget=forms.Textarea({"rows": 1, "cols": 40}))
    return Printed(label=name, max_length=field.max_length, widget=forms.TextInput({"size": 30}))


def _means(words: str, date) -> bool:
    """Whether printed words are those of a date: they go where it goes."""
    try:
        return understood(words) == date
    except ValidationError:
        return False


def _empty(value) -> bool:
    return value is None or value is False or value in ("", [])


def _cleaned(form: forms.Form, name: str):
    """Return what was typed in a field; of a list of words, those that nobody touched letter by letter."""
    value = form.cleaned_data.get(name)
    return rejoined(form.initial.get(name), value) if isinstance(form.fields[name], Lines) else value


def _typed(form: forms.Form) -> list[tuple[str, str]]:
    """Return (label, what was typed) for what a form changes, valid or not."""
    return [(str(form[name].label), str(form[name].data or "")) for name in form.changed_data if name != "DELETE"]


def _complaints(form: forms.Form, place: str, title: str = "") -> list[tuple[str, str]]:
    """Return what a form complains of: [(id of the field, else ``place``, label and message)]."""
    found = []
    for name, messages in form.errors.items():
        field = form[name] if name in form.fields else None
        labels = ": ".join(str(label) for label in (title, field and field.label) if label)
        at = field.auto_id if field else place
        found += [(at, f"{labels}: {message}" if labels else str(message)) for message in messages]
    return found


class FactForm(forms.Form):
    """One fact; ``told`` is its dict in the record form."""

    model = None

    @property
    def parts(self) -> list:
        """Formsets below this form."""
        return []

    @property
    def bare(self) -> bool:
        """Whether this is a fact of which nothing more is told: that the person was arrested, and no day.

        What was read into the form is not in the record yet, so the form says it when it comes back.
        """
        if self.is_bound:
            return self.add_prefix("bare") in self.data
        return not self.empty_permitted and all(map(_empty, self.initial.values()))

    def told(self) -> dict:
        """Return what the fact says: what was there, and over it what was changed."""
        told = dict(self.initial)
        for name in self.changed_data:
            if name != "DELETE":
                told[name] = _cleaned(self, name)
                told |= self._as_typed(name)
        return {key: value for key, value in told.items() if not _empty(value)}

    def _as_typed(self, name: str) -> dict:
        """Return the words of a date that was typed in words, where they have a place and nobody filled it."""
        printed = f"{name}_printed"
        typed = squeezed(self[name].data)
        if printed not in self.fields or printed in self.changed_data or typed == self.cleaned_data[name]:
            return {}
        there = self.initial.get(printed)
        return {} if there and not _means(there, self.initial.get(name)) else {printed: typed}


class SentenceForm(FactForm):
    """A sentence with its articles, and what it was changed to later."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        initial = items("revision", self.initial.get("revision"), "")
        data = self.data if self.is_bound and f"{self.prefix}-revision-TOTAL_FORMS" in self.data else None
        self.revision = FORMSETS["revision"](data, initial=initial, prefix=f"{self.prefix}-revision")

    @property
    def parts(self):
        return [self.revision]

    def is_valid(self):
        return super().is_valid() and (not self.revision.is_bound or self.revision.is_valid())

    def has_changed(self):
        return super().has_changed() or (self.revision.is_bound and self.revision.has_changed())

    def told(self):
        told = super().told()
        if self.revision.is_bound:
            told.pop("revision", None)
            if found := self.revision.told():
                told["revision"] = found[0] if len(found) == 1 else found
        return told


class Facts(BaseFormSet):
    """All facts of one kind that an entry tells."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.slot, self.title = self.form.model.slot, named(self.form.model.slot)

    @property
    def filled(self) -> bool:
        """Whether anything is told, so that the page shows it open."""
        return bool(self.initial_form_count()) or (self.is_bound and (self.has_changed() or not self.is_valid()))

    @cached_property
    def _came(self) -> int:
        """How many forms were sent, by the numbers that their fields have."""
        sent = (name.removeprefix(f"{self.prefix}-") for name in self.data if name.startswith(f"{self.prefix}-"))
        numbers = (name.partition("-")[0] for name in sent)
        return max((int(one) + 1 for one in numbers if one.isdecimal() and len(one) < 5), default=0)

    def total_form_count(self):
        """Return the number of forms; a count that was sent alone makes none, a thousand take a minute."""
        counted, known = super().total_form_count(), len(self.initial or ()) + self.extra
        return min(counted, max(self._came, known)) if self.is_bound and counted > known else counted

    def clean(self):
        counts = self.management_form.cleaned_data
        if not 0 <= counts["INITIAL_FORMS"] <= counts["TOTAL_FORMS"]:
            raise ValidationError(gettext("This list came back incomplete: load the record again."))

    def typed(self) -> list[tuple[str, str]]:
        """Return (label, what was typed) for what these forms change, valid or not."""
        found = []
        self.is_valid()  # only a form that was cleaned knows whether it goes
        for form in self.forms:
            found += [(f"{self.title}: {name}", words) for name, words in _typed(form)]
            if self.can_delete and self._should_delete_form(form):
                found.append((str(self.title), gettext("remove")))
            found += [pair for part in form.parts if part.is_bound for pair in part.typed()]
        return found

    def complaints(self) -> list[tuple[str, str]]:
        """Return what must be mended in these forms and below them, as ``RecordForms.complaints``."""
        found = [(self.prefix, f"{self.title}: {message}") for message in self.non_form_errors()]
        for form, errors in zip(self.forms, self.errors, strict=False):
            found += _complaints(form, self.prefix, str(self.title)) if errors else []
            found += [complaint for part in form.parts if part.is_bound for complaint in part.complaints()]
        return found

    def kept(self) -> list:
        """Return the forms that say something, in their order; the place in this list is that in the record."""
        found = []
        for number, form in enumerate(self.forms):
            if self.can_delete and self._should_delete_form(form):
                continue
            # A fact of which nothing more is told is a fact: it stays where nobody touched it.
            if form.told() if form.has_changed() else form.bare or number < len(self.initial or ()):
                found.append(form)
        return found

    def told(self) -> list:
        """Return what the facts say, in the record form."""
        return [form.told() for form in self.kept()]


def fact_form(model) -> type[FactForm]:
    """Return the form of one kind of fact, made from the fields that the fact declares."""
    fields = {field.name: form_field(model, field) for field in own(model)}
    if model is Sentence:
        fields = {
            **{name: fields.pop(name) for name in ("date", "date_printed", "body", "charge")},
            "articles": Lines(label=named("sentences.articles")),
            **fields,
            "operation": Printed(label=named("sentences.operation"), max_length=20),
        }
    if model.slot == "cases":
        fields = {"number": forms.IntegerField(label=named("cases.number"), required=False, min_value=1), **fields}
    base = SentenceForm if model is Sentence else FactForm
    last = {name: fields.pop(name) for name in ("case", "note") if name in fields}
    return type(f"{model.__name__}Form", (base,), {**fields, **last, "model": model})


def facts_formset(model) -> type[Facts]:
    """Return the formset of one kind of fact, with an empty form at its end."""
    limits = {"max_num": MOST_FACTS, "absolute_max": MOST_FACTS}
    return formset_factory(fact_form(model), formset=Facts, extra=1, can_delete=True, **limits)


FORMSETS = {slot: facts_formset(SLOTS[slot]) for slot in ORDER}
FORMSETS["revision"] = facts_formset(SentenceRevision)


class SourceChoice(forms.CharField):
    """A source by its id; only those that the user may enter."""

    def __init__(self, **kwargs):
        super().__init__(max_length=100, widget=WordsInput("source"), **kwargs)
        self.user = None

    def clean(self, value):
        slug = super().clean(value)
        found = enterable(self.user).filter(slug=slug).first()
        if slug and found is None:
            raise ValidationError(gettext("There is no source with this id that you are appointed to."))
        return found


class EntryForm(forms.Form):
    """What an entry says once: where it stands, its words, the name, what is told in words of the person."""

    source = SourceChoice(label=gettext_lazy("Source"))
    item_key = forms.CharField(
        label=gettext_lazy("Key within the source"), required=False, max_length=200,
        help_text=gettext_lazy("Number of the card or entry; empty gives it a key of its own."),
    )  # fmt: skip
    locator = forms.CharField(
        label=gettext_lazy("Page or leaf"), required=False, max_length=200, widget=forms.TextInput({"size": 14})
    )
    language = forms.ChoiceField(
        label=gettext_lazy("Language of the words"), initial="ru",
        choices=[("ru", "русский"), ("uk", "українська"), ("be", "беларуская"), ("pl", "polski")],
    )  # fmt: skip
    text = forms.CharField(
        label=gettext_lazy("Words of the source, verbatim"), required=False, max_length=200_000,
        widget=forms.Textarea({"rows": 4, "cols": 80}),
    )  # fmt: skip
    #: The words that the form was last filled from.
    was_read = forms.CharField(required=False, max_length=200_000, widget=forms.HiddenInput)
    surname = Printed(label=named("surname"), max_length=200)
    given_name = Printed(label=named("given_name"), max_length=200)
    patronymic = Printed(label=named("patronymic"), max_length=200)
    sex = forms.ChoiceField(label=named("sex"), required=False, choices=choices(Sex.choices()))
    age = forms.IntegerField(label=named("age"), required=False, min_value=0, max_value=150)
    completeness = forms.ChoiceField(
        label=named("completeness"), required=False, choices=choices(Completeness.choices())
    )
    for _trait in TRAITS:
        locals()[_trait] = Lines(label=named(_trait))
    del _trait

    def __init__(self, *args, user=None, entry=None, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["source"].user = user
        if entry is not None:  # the item's identity: another source is another entry
            for name in ("source", "item_key"):
                self.fields[name].disabled = True
            if self.initial.get("language") not in dict(self.fields["language"].choices):
                self.fields["language"].choices += [(self.initial["language"],) * 2]

    def told(self) -> dict:
        """Return what is told once, in the record form."""
        told = {}
        for name in (*PLAIN, *TRAITS):
            value = _cleaned(self, name) if name in self.changed_data else self.initial.get(name)
            if not _empty(value):
                told[name] = value
        return told


class RecordForms:
    """All forms of one entry: ``record`` in, the record wanted out.

    ``prefix`` tells the entries of a page apart. ``data`` None shows the record as it is.
    """

    def __init__(self, prefix: str, record: dict, columns: dict, *, data=None, user=None, entry=None):
        self.prefix, self.entry, record = prefix, entry, canonical(record)
        initial = columns | {name: record.get(name) for name in (*PLAIN, *TRAITS)}
        self.form = EntryForm(data, prefix=prefix, initial=initial, user=user, entry=entry)
        self.facts = {
            slot: FORMSETS[slot](
                data if data is not None and f"{prefix}-{slot}-TOTAL_FORMS" in data else None,
                initial=items(slot, record.get(slot), SLOTS[slot].shorthand),
                prefix=f"{prefix}-{slot}",
            )
            for slot in ORDER
        }
        self.plain = [self.form[name] for name in PLAIN]
        self.traits = [self.form[name] for name in TRAITS]

    def is_valid(self) -> bool:
        return all([self.form.is_valid(), *(facts.is_valid() for facts in self.facts.values() if facts.is_bound)])

    def record(self) -> dict:
        """Return the record that the forms say; call it when they are valid."""
        told = self.form.told()
        for slot, facts in self.facts.items():
            found = facts.told() if facts.is_bound else list(facts.initial)
            if found:
                told[slot] = found
        return told

    def typed(self) -> list[tuple[str, str]]:
        """Return (label, what was typed) for what the forms change, valid or not."""
        found = _typed(self.form) if self.form.is_bound else []
        for facts in self.facts.values():
            found += facts.typed() if facts.is_bound else []
        return [pair for pair in found if pair[0] != str(self.form["was_read"].label)]

    @property
    def corrected(self) -> list[tuple[str, str]]:
        """Return (label, words) of what a human corrected over the machine's reading."""
        made = (self.entry and self.entry.corrections) or {}
        return [(gettext(label(slot)), worded(slot, one["value"])) for slot, one in made.items()]

    @property
    def blank(self) -> bool:
        """Whether nothing is told in the forms, neither words nor a fact."""
        told = {*self.form.changed_data} - {"source", "item_key", "locator", "language", "was_read"}
        return not told and not any(facts.is_bound and facts.has_changed() for facts in self.facts.values())

    def refuse(self, slot: str, message: str) -> None:
        """Show what the door says of a slot beside its field: "arrests[0].date: …"."""
        found = re.match(r"(\w+)(?:\[(\d+)\])?(?:\.(\w+))?", slot)
        name, number, key = found.groups() if found else (slot, None, None)
        if name in self.facts and number is not None and self.facts[name].is_bound:
            kept = self.facts[name].kept()
            if int(number) < len(kept):
                form = kept[int(number)]
                form.add_error(key if key in form.fields else None, message)
                return
        if name in self.form.fields:
            self.form.add_error(name, message)
        else:
            self.form.add_error(None, f"{gettext(label(slot))}: {message}")

    @property
    def complaints(self) -> list[tuple[str, str]]:
        """What must be mended: [(id of the place on the page, label and message)]."""
        found = _complaints(self.form, f"{self.prefix}-heading")
        for facts in self.facts.values():
            found += facts.complaints() if facts.is_bound else []
        return found


class ReasonForm(forms.Form):
    """Why an action is done; it goes into the record's history."""

    why = forms.CharField(
        label=gettext_lazy("Reason"), max_length=500, widget=forms.Textarea({"rows": 2, "cols": 60})
    )


class WithdrawForm(ReasonForm):
    reason = forms.ChoiceField(
        label=gettext_lazy("Class of reason, shown on the tombstone"),
        choices=[
            (str(reason), gettext_lazy(reason.label))
            for reason in WithdrawalReason
            if reason != WithdrawalReason.BATCH_UNDONE
        ],
    )
