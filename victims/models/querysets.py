"""Questions to the records, as chainable querysets."""

from django.db import models

from victims.vocabulary import Status


class VictimQuerySet(models.QuerySet):
    def published(self):
        """Return those that the public sees."""
        return self.filter(status=Status.PUBLISHED.value)

    def live(self):
        """Return drafts and published records: not those merged away or withdrawn."""
        return self.filter(status__in=[Status.DRAFT.value, Status.PUBLISHED.value])

    def by_name(self):
        """Return them in the order of the alphabet, the same on every database engine."""
        return self.order_by("sort_key", "id")
