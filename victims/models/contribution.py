"""What visitors leave: what they know of a person, their pictures, and wishes to be told of new records.

None of it is a record: an editor makes an entry of what a visitor tells, through the one door.
"""

from django.conf import settings
from django.core.files.storage import FileSystemStorage
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.crypto import constant_time_compare, salted_hmac
from django.utils.translation import gettext_lazy

from victims.models.victim import Victim, from_public_id, public_id
from victims.vocabulary import ContributionState

#: Numbers are told apart from people's by this letter in front.
LETTER = "V-"


def evidence_store() -> FileSystemStorage:
    """Return where pictures lie: outside all that a web server hands out, and without an address."""
    return FileSystemStorage(location=settings.EVIDENCE_ROOT, base_url=None)


class Contribution(models.Model):
    """What a visitor says of a person, or of somebody who is not recorded yet, until an editor decides."""

    victim = models.ForeignKey(Victim, models.PROTECT, null=True, blank=True, related_name="contributions")
    token = models.CharField(max_length=64, unique=True, editable=False)
    said = models.JSONField(default=dict, verbose_name=gettext_lazy("What is told"))
    words = models.TextField(blank=True, verbose_name=gettext_lazy("In the visitor's own words"))
    known_from = models.TextField(blank=True, verbose_name=gettext_lazy("How this is known"))
    name = models.CharField(max_length=200, blank=True, verbose_name=gettext_lazy("Visitor's name"))
    address = models.EmailField(blank=True, verbose_name=gettext_lazy("Visitor's address"))
    language = models.CharField(max_length=10, verbose_name=gettext_lazy("Language"))
    at = models.DateTimeField(verbose_name=gettext_lazy("Received"))
    state = models.CharField(
        max_length=8,
        choices=[(code, gettext_lazy(label)) for code, label in ContributionState.choices()],
        default=ContributionState.WAITING.value,
        verbose_name=gettext_lazy("State"),
    )
    answer = models.TextField(blank=True, verbose_name=gettext_lazy("Answer to the visitor"))
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    decided_at = models.DateTimeField(null=True, blank=True)
    entry = models.ForeignKey("victims.Entry", models.PROTECT, null=True, blank=True, related_name="+")

    class Meta:
        verbose_name = gettext_lazy("contribution of a visitor")
        verbose_name_plural = gettext_lazy("contributions of visitors")
        constraints = [
            models.CheckConstraint(
                name="contribution_decided_or_waiting",
                condition=Q(state=ContributionState.WAITING) ^ Q(decided_at__isnull=False),
            ),
        ]
        indexes = [models.Index(fields=["state", "at"], name="contribution_queue")]

    def __str__(self) -> str:
        return self.reference

    @property
    def reference(self) -> str:
        """The number under which the visitor and the editors speak of it; its last letter is a check."""
        return f"{LETTER}{public_id(self.pk)}"

    @property
    def secret(self) -> str:
        """What the visitor's link has besides the number: who has not been given it does not guess it."""
        return salted_hmac("victims.contribution", f"{self.pk}:{self.token}", algorithm="sha256").hexdigest()[:32]

    def opens_with(self, secret: str) -> bool:
        """Return whether a link with this secret is that of the visitor."""
        return constant_time_compare(self.secret, secret)

    @property
    def link(self) -> str:
        """The path of the page that tells the visitor what became of it."""
        return reverse("victims:contribution", args=[self.reference, self.secret])


def from_reference(text: str) -> int | None:
    """Return the key behind a reference number, or None where the text cannot be one."""
    return from_public_id(text.removeprefix(LETTER)) if text.startswith(LETTER) else None


class Evidence(models.Model):
    """A picture that a visitor sent, as it was written anew: nothing of the file that came is kept."""

    contribution = models.ForeignKey(Contribution, models.CASCADE, related_name="evidence")
    file_name = models.CharField(max_length=80, unique=True)
    size = models.PositiveIntegerField()
    width = models.PositiveIntegerField()
    height = models.PositiveIntegerField()
    sha256 = models.CharField(max_length=64)

    class Meta:
        verbose_name, verbose_name_plural = gettext_lazy("picture"), gettext_lazy("pictures")

    def __str__(self) -> str:
        return self.file_name


class Alert(models.Model):
    """A wish to be told when somebody whom a search finds is recorded; leaving deletes the row."""

    address = models.EmailField()
    query = models.TextField(help_text="The parameters of the list of people, as in its address.")
    language = models.CharField(max_length=10)
    site = models.CharField(max_length=200, help_text="Where the site was asked: https://name/")
    asked_at = models.DateTimeField()
    confirmed_at = models.DateTimeField(null=True, blank=True)
    checked_at = models.DateTimeField(null=True, blank=True)
    read_until = models.BigIntegerField(default=0, help_text="The last row of the log that was looked at.")

    class Meta:
        verbose_name, verbose_name_plural = gettext_lazy("alert"), gettext_lazy("alerts")
        constraints = [models.UniqueConstraint(name="alert_once", fields=["address", "query"])]
        indexes = [models.Index(fields=["checked_at"], name="alert_by_check")]

    def __str__(self) -> str:
        return f"alert {self.pk}"


class AlertTold(models.Model):
    """A person of whom an alert has told: nobody is told of twice."""

    alert = models.ForeignKey(Alert, models.CASCADE, related_name="told", db_index=False)
    victim = models.ForeignKey(Victim, models.CASCADE, related_name="+", db_index=False)

    class Meta:
        verbose_name, verbose_name_plural = gettext_lazy("person told of"), gettext_lazy("people told of")
        constraints = [models.UniqueConstraint(name="alert_told_once", fields=["alert", "victim"])]

    def __str__(self) -> str:
        return f"{self.alert_id}: {self.victim_id}"
