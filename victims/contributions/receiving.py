"""Taking in what a visitor tells, telling them what became of it, and forgetting who they are in time."""

import logging
from datetime import timedelta

from django.core.mail import EmailMessage
from django.db import IntegrityError, transaction
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from victims.contributions import pictures
from victims.models import Alert, Contribution, Evidence, Victim
from victims.vocabulary import ContributionState

log = logging.getLogger(__name__)
#: How long a visitor's name and address are kept after an editor has decided, and if nobody ever does.
KEPT_DECIDED, KEPT_WAITING = timedelta(days=183), timedelta(days=731)
#: How long an address waits for its owner to confirm an alert.
KEPT_UNCONFIRMED = timedelta(days=2)


def receive(form, victim: Victim | None, language: str) -> Contribution:
    """Keep what a valid form tells; one and the same form sent again finds what it made before."""
    if known := Contribution.objects.filter(token=form.token).first():
        return known
    told = form.cleaned_data
    try:
        with transaction.atomic():
            made = Contribution.objects.create(
                victim=victim,
                token=form.token,
                said=form.said,
                language=language,
                at=timezone.now(),
                **{name: told[name] for name in ("words", "known_from", "name", "address")},
            )
            for picture in told["pictures"]:
                pictures.keep(made, picture)
    except IntegrityError:  # the same form, sent twice at one moment
        return Contribution.objects.get(token=form.token)
    return made


def decide(contribution: Contribution, state: ContributionState, *, by, answer: str = "", entry=None) -> None:
    """Keep an editor's decision; it is made once."""
    contribution.state, contribution.answer, contribution.entry = str(state), answer, entry
    contribution.decided_by, contribution.decided_at = by, timezone.now()
    contribution.save()


def tell(contribution: Contribution, site: str) -> bool:
    """Write to the visitor, if they left an address, what became of it; return whether a letter went out."""
    if not contribution.address:
        return False
    with translation.override(contribution.language):
        lines = [
            _("Thank you for what you told us under the number %(number)s.") % {"number": contribution.reference},
            _("It was accepted.") if contribution.state == ContributionState.ACCEPTED else _("It was declined."),
            contribution.answer,
            f"{site.rstrip('/')}{contribution.link}",
        ]
        letter = EmailMessage(
            _("Memorial: your contribution %(number)s") % {"number": contribution.reference},
            "\n\n".join(line for line in lines if line),
            to=[contribution.address],
        )
    try:
        return bool(letter.send())
    except OSError as error:
        log.warning("no letter about contribution %s: %s", contribution.pk, type(error).__name__)
        return False


def forget(contributions) -> int:
    """Delete names and addresses of some contributions (a queryset); return of how many."""
    return contributions.exclude(name="", address="").update(name="", address="")


def forget_in_time(now=None) -> dict[str, int]:
    """Delete what was kept of visitors long enough; return how many of each kind."""
    now = now or timezone.now()
    waiting = Contribution.objects.filter(state=str(ContributionState.WAITING), at__lt=now - KEPT_WAITING)
    decided = Contribution.objects.filter(decided_at__lt=now - KEPT_DECIDED)
    declined = Evidence.objects.filter(
        contribution__state=str(ContributionState.DECLINED), contribution__decided_at__lt=now - KEPT_DECIDED
    )
    late = Alert.objects.filter(confirmed_at=None, asked_at__lt=now - KEPT_UNCONFIRMED)
    return {
        "contributors": forget(waiting) + forget(decided),
        "pictures": pictures.forget(declined),
        "alerts": late.delete()[1].get("victims.Alert", 0),
    }
