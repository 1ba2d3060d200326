"""What an editor does with what a visitor tells: look at it, make an entry of it, or decline it.

Accepting goes through ``editing`` and so through the one door: the entry is one of a testimony, beside what
other sources say, and a new person begins as a draft.
"""

from django import forms
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from sources.models import Source, SourceKind
from victims.contributions.forms import SAID, SaidForm
from victims.contributions.receiving import decide
from victims.desk.dates import told_of, understood
from victims.desk.fields import DateInput
from victims.editing import Refused, Wish, save
from victims.models import Contribution, Victim
from victims.models.reference import Put
from victims.permissions import may_moderate
from victims.vocabulary import ContributionState

#: The source of all that visitors tell; made at the first acceptance.
SLUG = "contributions"
SOURCE = {
    "kind": str(SourceKind.TESTIMONY),
    "title": "Сообщения посетителей сайта",
    "description": "Сведения посетителей сайта, принятые редактором; имена приславших не публикуются.",
}


#: What a record may have several of.
IN_LISTS = ("residence", "arrests", "sentences")


def date_told(text: str, *, birth: bool = False) -> dict:
    """Return a date as the record form has it: what is understood, and the words as they were told."""
    typed = text.strip()
    try:
        value = understood(typed, birth=birth)
    except ValidationError:
        return {"date_printed": typed}
    return {"date": value} if value == typed else {"date": value, "date_printed": typed}


def record_of(said: dict, note: str = "", known_from: str = "") -> dict:
    """Return what a visitor says in the record form; an editor sees and mends it before it is written."""
    record: dict = {}
    for name, place in SAID.items():
        if not (value := said.get(name, "").strip()):
            continue
        slot, _dot, key = place.partition(".")
        if not key:
            record[slot] = value
            continue
        told = date_told(value, birth=slot == "birth") if key == "date" else {key: value}
        record.setdefault(slot, {}).update(told)
    record = {slot: [told] if slot in IN_LISTS else told for slot, told in record.items()}
    if note.strip():
        record["notes"] = [{"text": note.strip()}]
    if known_from.strip():
        record["sources"] = [{"form": known_from.strip()}]
    return record


class ToldDateInput(DateInput):
    """A date as a visitor told it: what is understood of it, or why it will stand in their words alone."""

    def get_context(self, name, value, attrs):
        context = super().get_context(name, value, attrs)
        told = told_of(context["widget"]["value"] or "", birth=self.birth)
        if not told["valid"]:
            kept = _("It will stand in the record in these words alone.")
            context["widget"] |= {"reading": f"{told['problem']} {kept}", "wrong": True}
        return context


class AcceptForm(SaidForm):
    """What will stand in the entry: as the visitor told it, until the editor mends it here."""

    note = forms.CharField(
        label=gettext_lazy("Note"), required=False, max_length=20_000,
        widget=forms.Textarea({"rows": 5, "cols": 60}),
        help_text=gettext_lazy("The visitor's own words: it is shown with the record. Leave out what is private."),
    )  # fmt: skip
    known_from = forms.CharField(
        label=gettext_lazy("How this is known"), required=False, max_length=2000,
        widget=forms.Textarea({"rows": 2, "cols": 60}),
    )  # fmt: skip
    answer = forms.CharField(
        label=gettext_lazy("Answer to the visitor"), required=False, max_length=2000,
        widget=forms.Textarea({"rows": 2, "cols": 60}),
    )  # fmt: skip

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        for name, place in SAID.items():
            if place.endswith(".date"):
                self.fields[name].widget = ToldDateInput({"maxlength": 200}, birth=place == "birth.date")


class DeclineForm(forms.Form):
    answer = forms.CharField(
        label=gettext_lazy("Reason, told to the visitor"), max_length=2000,
        widget=forms.Textarea({"rows": 3, "cols": 60}),
    )  # fmt: skip


def as_told(contribution: Contribution) -> dict:
    """Return what the form of acceptance begins with."""
    return contribution.said | {"note": contribution.words, "known_from": contribution.known_from}


def _undecided(contribution: Contribution, user) -> Contribution:
    """Return the contribution, locked; PermissionDenied for who may not, Refused where it was decided already."""
    if not may_moderate(user):
        raise PermissionDenied(_("Your role may not decide on what visitors tell."))
    found = Contribution.objects.select_for_update().get(pk=contribution.pk)
    if found.state != ContributionState.WAITING:
        raise Refused(_("Somebody has decided on this contribution meanwhile."))
    return found


@transaction.atomic
def accept(contribution: Contribution, form: AcceptForm, *, user) -> Victim:
    """Make an entry of what a valid form has, and return the person it belongs to.

    Raises PermissionDenied, Refused or RecordError; then nothing is written.
    """
    found = _undecided(contribution, user)
    told = form.cleaned_data
    record = record_of(form.said, told["note"], told["known_from"])
    if not record:
        raise Refused(_("There is nothing to write: fill in a field or the note, or decline it."))
    victim = found.victim.current if found.victim else None
    with Put(why="contributions of visitors", by=user) as put:
        there = Source.objects.filter(slug=SLUG).first()  # editors may have described it better since
        source = there or put(Source, {"slug": SLUG}, SOURCE)
    wish = Wish(source, record, item_key=found.reference, synthetic=bool(victim and victim.synthetic))
    saved = save([wish], user=user, why=found.reference, victim=victim)
    entry = saved.entries.get(source=source, item_key=found.reference)
    decide(found, ContributionState.ACCEPTED, by=user, answer=told["answer"], entry=entry)
    return saved


@transaction.atomic
def decline(contribution: Contribution, form: DeclineForm, *, user) -> None:
    """Decline a contribution with the reason in a valid form; raises PermissionDenied or Refused."""
    found = _undecided(contribution, user)
    decide(found, ContributionState.DECLINED, by=user, answer=form.cleaned_data["answer"])
