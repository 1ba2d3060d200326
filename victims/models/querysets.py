"""Questions to the records, as chainable querysets."""

from django.db import models
from django.db.models import Q
from django.utils import timezone

from victims.vocabulary import Status


def not_withheld(prefix: str = "") -> Q:
    """Return the condition that a person is not held back as possibly living today (``projection``).

    ``prefix`` leads to the person: ``"victim__"`` from a fact.
    """
    until = f"{prefix}withheld_until"
    return Q(**{f"{until}__isnull": True}) | Q(**{f"{until}__lte": timezone.localdate()})


def public(prefix: str = "") -> Q:
    """Return the condition that the public sees a person: published, and not held back as possibly living."""
    return Q(**{f"{prefix}status": str(Status.PUBLISHED)}) & not_withheld(prefix)


class VictimQuerySet(models.QuerySet):
    def published(self):
        """Return those that the public sees."""
        return self.filter(public())

    def live(self):
        """Return drafts and published records: not those merged away or withdrawn."""
        return self.filter(status__in=[Status.DRAFT.value, Status.PUBLISHED.value])

    def by_name(self):
        """Return them in the order of the alphabet, the same on every database engine."""
        return self.order_by("sort_key", "id")
