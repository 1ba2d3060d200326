"""The log of every change: append only, each row chained by its hash to the one before."""

import hashlib
import json

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy

from victims.vocabulary import RevisionKind


class _Log(models.QuerySet):
    def update(self, **values):
        raise TypeError("The log is append only.")

    def delete(self):
        raise TypeError("The log is append only.")


class Revision(models.Model):
    """A change of one record, with the whole record after it; or of many, one row a commit of a batch."""

    victim = models.ForeignKey("victims.Victim", models.PROTECT, null=True, related_name="revisions")
    number = models.PositiveIntegerField(help_text="The victim's count of revisions; 0 for a batch.")
    kind = models.CharField(max_length=12, choices=RevisionKind.choices())
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    why = models.TextField(blank=True)
    at = models.DateTimeField()
    batch = models.ForeignKey("victims.Batch", models.PROTECT, null=True, related_name="revisions")
    record = models.JSONField()
    previous = models.CharField(max_length=64, help_text="Hash of the row before; empty for the first.")
    hash = models.CharField(max_length=64)

    objects = _Log.as_manager()

    class Meta:
        verbose_name, verbose_name_plural = gettext_lazy("change"), gettext_lazy("log of changes")
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(
                name="revision_number_once", fields=["victim", "number"], condition=Q(victim__isnull=False)
            ),
            models.UniqueConstraint(name="revision_chain", fields=["previous"]),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.at:%Y-%m-%d %H:%M}"

    def chained(self) -> str:
        """Return the SHA-256 over the hash before and all that this row says, as canonical JSON."""
        said = [
            self.previous,
            self.victim_id,
            self.number,
            str(self.kind),
            self.by_id,
            self.why,
            self.at.isoformat(),
            self.batch_id,
            self.record,
        ]
        text = json.dumps(said, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
        return hashlib.sha256(text.encode()).hexdigest()

    @classmethod
    def append(cls, *, record: dict, **said) -> "Revision":
        """Add a row to the end of the chain; the caller holds ``lock_chain``."""
        previous = cls.objects.order_by("-id").values_list("hash", flat=True).first() or ""
        # As the database will give it back: a hash over anything else would not be found again.
        row = cls(record=json.loads(json.dumps(record)), previous=previous, **said)
        row.kind = str(row.kind)
        row.hash = row.chained()
        row.save(force_insert=True)
        return row

    def save(self, *args, **kwargs):
        if not self._state.adding:
            raise TypeError("The log is append only.")
        super().save(*args, **kwargs)

    def delete(self, *args, **kwargs):
        raise TypeError("The log is append only.")
