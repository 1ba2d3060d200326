"""What an editor does with what a visitor tells: look at it, make an entry of it, or decline it.

Accepting goes through ``editing`` and so through the one door: the entry is one of a testimony, beside what
other sources say, and a new person begins as a draft.
"""

from django import forms
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from sources.models import Source, SourceKind
from victims.contributions.forms import SaidForm, record_of
from victims.contributions.receiving import decide
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
