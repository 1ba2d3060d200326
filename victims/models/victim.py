"""Victims: clusters of entries, with what is shown of them computed; decisions, merges, tombstones."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy

from memorial.fields import EDTFField, bounded
from victims.models.printed import PrintedField
from victims.models.querysets import VictimQuerySet
from victims.vocabulary import FormKind, Manner, Sex, Status, WithdrawalReason

#: Crockford's base 32: no I, L, O, U, so that an id survives being read aloud and copied by hand.
ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
MISREAD = str.maketrans({"I": "1", "L": "1", "O": "0", "-": None, " ": None})


def public_id(number: int) -> str:
    """Return the short permanent public id of a victim: base 32 of the key and a check character."""
    digits, rest = "", number
    while rest:
        rest, digit = divmod(rest, 32)
        digits = ALPHABET[digit] + digits
    return f"{digits.rjust(4, '0')}{ALPHABET[_check(digits)]}"


def _check(digits: str) -> int:
    """Return the check digit: the digits times powers of x, summed in GF(32) modulo x⁵ + x² + 1.

    It tells one wrong character and any two that are swapped; zeros in front change nothing.
    """
    total = 0
    for digit in digits:
        total = (total ^ ALPHABET.index(digit)) << 1
        total ^= 0b100101 if total >= 32 else 0
    return total


def from_public_id(text: str) -> int | None:
    """Return the key behind a public id, or None where the text cannot be one (check character wrong)."""
    folded = text.upper().translate(MISREAD)
    if not 2 <= len(folded) <= 13 or any(char not in ALPHABET for char in folded):
        return None
    number = 0
    for char in folded[:-1]:
        number = number * 32 + ALPHABET.index(char)
    return number if number and ALPHABET[_check(folded[:-1])] == folded[-1] else None


class Victim(models.Model):
    """A person: status, and the projection of their entries' facts and the editors' decisions.

    Nothing but ``record.write`` sets these columns. A victim's row is never deleted: merged and
    withdrawn ones stay, so that no public id is ever used again or lost.
    """

    status = models.CharField(max_length=9, choices=Status.choices(), default=Status.DRAFT.value)
    merged_into = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="absorbed", db_index=False
    )
    revision = models.PositiveIntegerField(default=1)

    # The projection (projection.py): all below. Derived, and proved by check_records: facts hold the constraints.
    synthetic = models.BooleanField(default=False)
    sort_key = models.CharField(max_length=400, blank=True)
    surname = models.CharField(max_length=200, blank=True)
    given_name = models.CharField(max_length=200, blank=True)
    patronymic = models.CharField(max_length=200, blank=True)
    sex = models.CharField(max_length=6, blank=True, choices=Sex.choices())
    birth = EDTFField()
    birth_place = PrintedField("place", db_constraint=False)
    nationality = PrintedField(FormKind.NATIONALITY, db_constraint=False)
    occupation = PrintedField(FormKind.OCCUPATION, db_constraint=False)
    residence = PrintedField("place", db_constraint=False)
    death = EDTFField()
    manner = models.CharField(max_length=5, blank=True, choices=Manner.choices())
    burial_place = PrintedField("place", db_constraint=False)
    withheld_until = models.DateField(null=True, blank=True, editable=False)
    gaps = models.PositiveIntegerField(default=0, editable=False, help_text="What nobody tells, as bits.")
    age_lowest = models.PositiveSmallIntegerField(null=True, editable=False, help_text="At the first arrest.")
    age_highest = models.PositiveSmallIntegerField(null=True, editable=False)

    objects = VictimQuerySet.as_manager()

    class Meta:
        verbose_name, verbose_name_plural = gettext_lazy("person"), gettext_lazy("people")
        constraints = [
            *bounded("birth", "death"),
            models.CheckConstraint(
                name="victim_merged_into_another",
                condition=Q(status=Status.MERGED) ^ Q(merged_into__isnull=True),
            ),
            models.CheckConstraint(
                name="victim_not_merged_into_itself",
                condition=Q(merged_into__isnull=True) | ~Q(merged_into=F("id")),
            ),
        ]
        indexes = [
            models.Index(fields=["sort_key", "id"], name="victim_by_name"),
            # Every number of the statistics leads to those who lived, however many are synthetic.
            models.Index(fields=["synthetic", "sort_key", "id"], name="victim_lived_by_name"),
            models.Index(
                fields=["merged_into"], name="victim_merged_into", condition=Q(merged_into__isnull=False)
            ),
            # Pages that list those who died on a day, were born at a place, had an occupation.
            models.Index(
                fields=["death_earliest", "death_latest"],
                name="victim_by_death",
                condition=Q(death_earliest__isnull=False),
            ),
            models.Index(
                fields=["birth_place"], name="victim_by_birth_place", condition=Q(birth_place__isnull=False)
            ),
            models.Index(
                fields=["occupation", "sort_key"],
                name="victim_by_occupation",
                condition=Q(occupation__isnull=False),
            ),
            # Lists of those of whom something is not told, and of those who were arrested young or old.
            models.Index(fields=["gaps"], name="victim_by_gaps"),
            models.Index(fields=["age_lowest", "age_highest"], name="victim_by_age"),
        ]

    def __str__(self) -> str:
        return self.name or self.public_id

    @property
    def public_id(self) -> str:
        """The short permanent id, as in addresses and citations."""
        return public_id(self.pk)

    @property
    def name(self) -> str:
        """Surname, given name and patronymic of the chosen name, as far as they are known."""
        return " ".join(part for part in (self.surname, self.given_name, self.patronymic) if part)

    @property
    def possibly_living(self) -> bool:
        """Whether the person may be living and no published source tells of them: the public sees nothing."""
        return self.withheld_until is not None and self.withheld_until > timezone.localdate()

    @property
    def current(self) -> "Victim":
        """This record, or the one that it was merged into, however many merges ago."""
        victim = self
        while victim.merged_into_id:
            victim = victim.merged_into
        return victim


class Decision(models.Model):
    """An editor's choice for one field: the value of an entry, or a value of their own, with a reason."""

    victim = models.ForeignKey(Victim, models.PROTECT, related_name="decisions", db_index=False)
    field = models.CharField(max_length=30)
    entry = models.ForeignKey("victims.Entry", models.PROTECT, null=True, blank=True, related_name="+")
    value = models.JSONField(null=True, blank=True, help_text="In the record form, e.g. an EDTF string.")
    reason = models.TextField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+")
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(name="decision_once", fields=["victim", "field"]),
            models.CheckConstraint(
                name="decision_entry_or_value", condition=Q(entry__isnull=True) ^ Q(value__isnull=True)
            ),
        ]

    def __str__(self) -> str:
        return f"{self.victim_id}.{self.field}"


class Merge(models.Model):
    """Two records found to be one person; kept for ever, so that it can be undone weeks later."""

    kept = models.ForeignKey(Victim, models.PROTECT, related_name="merges")
    absorbed = models.ForeignKey(Victim, models.PROTECT, related_name="+")
    former_status = models.CharField(max_length=9, choices=Status.choices())
    entries = models.JSONField(help_text="Ids of the entries that moved.")
    reason = models.TextField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+")
    at = models.DateTimeField()
    undone_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name, verbose_name_plural = gettext_lazy("merge"), gettext_lazy("merges")
        constraints = [
            models.UniqueConstraint(
                name="merge_in_force_once", fields=["absorbed"], condition=Q(undone_at__isnull=True)
            ),
            models.CheckConstraint(name="merge_of_two", condition=~Q(kept=F("absorbed"))),
        ]

    def __str__(self) -> str:
        return f"{self.absorbed_id} → {self.kept_id}"


class NotSame(models.Model):
    """Two records found not to be the same person, remembered so that nobody is asked again."""

    first = models.ForeignKey(Victim, models.PROTECT, related_name="+")
    second = models.ForeignKey(Victim, models.PROTECT, related_name="+")
    reason = models.TextField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+")
    at = models.DateTimeField()

    class Meta:
        verbose_name_plural = "not the same"
        constraints = [
            models.UniqueConstraint(name="not_same_once", fields=["first", "second"]),
            models.CheckConstraint(name="not_same_in_order", condition=Q(first__lt=F("second"))),
        ]

    def __str__(self) -> str:
        return f"{self.first_id} ≠ {self.second_id}"


class Tombstone(models.Model):
    """What remains of a withdrawn record: its id, the day, and the class of reason."""

    victim = models.OneToOneField(Victim, models.PROTECT, related_name="tombstone")
    date = models.DateField()
    reason = models.CharField(max_length=20, choices=WithdrawalReason.choices())

    def __str__(self) -> str:
        return f"{self.victim_id}, {self.date}"
