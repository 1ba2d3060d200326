"""Facts: rows owned by entries. Each class declares its fields once; records, rows, revisions and
exports follow from that declaration (``rows.py``).

``slot`` is the fact's key in the record form, ``shorthand`` the field that a plain string stands for.

Longer than other modules, and whole: it is one list, read from its beginning, of what can be recorded.
"""

from django.core.validators import RegexValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy

from memorial.fields import EDTFField, bounded
from victims.models.body import Sitting
from victims.models.entry import Entry
from victims.models.operation import Operation
from victims.models.printed import PrintedField
from victims.vocabulary import (
    Attribution,
    Circumstance,
    FormKind,
    ImprisonmentEnd,
    Manner,
    NameKind,
    SentenceKind,
    TraitKind,
)

#: Terms are ISO 8601 durations in years, months and days.
DURATION = r"^P(?=\d)(\d+Y)?(\d+M)?(\d+D)?\Z"


def once(*fields: str) -> models.UniqueConstraint:
    """Return the constraint that a position is taken once."""
    return models.UniqueConstraint(fields=fields, name="%(class)s_position_once")


class Fact(models.Model):
    """One thing that one entry says; it carries the victim of its entry for speed."""

    slot = ""
    shorthand = ""
    #: Fields by which a row of another entry is known to tell the same fact (``projection.same_facts``).
    identity: tuple[str, ...] = ()

    # Reached through the constraint on (entry, position), so no index of its own.
    entry = models.ForeignKey(Entry, models.CASCADE, related_name="%(class)s_set", db_index=False)
    # Its entry's: derived, and proved by check_records, so the database need not look it up for every row.
    victim = models.ForeignKey(
        "victims.Victim", models.PROTECT, related_name="%(class)s_set", db_index=False, db_constraint=False
    )
    position = models.PositiveSmallIntegerField()
    same_as = models.ForeignKey(
        "self",
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        db_index=False,
        help_text="The row of another entry that tells this fact.",
    )
    note = models.TextField(blank=True)

    class Meta:
        abstract = True
        ordering = ["entry", "position"]
        constraints = [once("entry", "position")]
        # Few rows have it, yet deleting a fact must find them.
        indexes = [models.Index(fields=["same_as"], name="%(class)s_same_as", condition=Q(same_as__isnull=False))]

    def __str__(self) -> str:
        return f"{self.slot}[{self.position}] of entry {self.entry_id}"


def coded(name: str, codes) -> models.CheckConstraint:
    """Return the constraint that a column holds a code of ``codes`` or nothing."""
    return models.CheckConstraint(
        name=f"%(class)s_{name}_code", condition=Q(**{f"{name}__in": ["", *(str(code) for code in codes)]})
    )


class Case(Fact):
    """What ties an arrest, its sentence and its rehabilitation together; ``position`` is its number.

    Made only where the source ties them.
    """

    slot = "cases"

    archival_file = models.CharField(max_length=300, blank=True)
    group = models.ForeignKey("victims.GroupCase", models.PROTECT, null=True, blank=True, related_name="cases")


class GroupCase(models.Model):
    """A case against several persons."""

    name = models.CharField(max_length=300, unique=True)
    archival_file = models.CharField(max_length=300, blank=True)
    note = models.TextField(blank=True)
    source = models.ForeignKey("sources.Source", models.PROTECT, related_name="+")

    class Meta:
        verbose_name, verbose_name_plural = gettext_lazy("group case"), gettext_lazy("group cases")

    def __str__(self) -> str:
        return self.name


class CaseField(models.ForeignKey):
    """The case a fact belongs to; a record gives the case's number within its entry."""

    def __init__(self, *args, **kwargs):
        kwargs.setdefault("to", "victims.Case")
        kwargs.setdefault("on_delete", models.SET_NULL)
        kwargs.update(null=True, blank=True, related_name="+", db_index=False)
        super().__init__(*args, **kwargs)


class CaseFact(Fact):
    """A fact that may belong to a case."""

    case = CaseField()

    class Meta(Fact.Meta):
        abstract = True
        indexes = [
            *Fact.Meta.indexes,
            models.Index(fields=["case"], name="%(class)s_case", condition=Q(case__isnull=False)),
        ]


def by_words(field: str) -> models.Index:
    """Return the index by which a list finds the people of whom rare words are told: a village, a court."""
    condition = Q(**{f"{field}__isnull": False})
    return models.Index(fields=[field], name=f"%(class)s_by_{field}", condition=condition)


class NameForm(Fact):
    """A form of the name: as printed, and its parts where the source or the form tells them apart."""

    slot = "name_variants"
    shorthand = "printed"

    kind = models.CharField(max_length=10, choices=NameKind.choices(), default=NameKind.VARIANT.value)
    printed = models.CharField(max_length=500, blank=True)
    surname = models.CharField(max_length=200, blank=True)
    given_name = models.CharField(max_length=200, blank=True)
    patronymic = models.CharField(max_length=200, blank=True)
    language = models.CharField(max_length=10, blank=True)

    class Meta(Fact.Meta):
        constraints = [*Fact.Meta.constraints, coded("kind", NameKind)]


class Birth(Fact):
    """A birth; a second row is another date that the same entry prints."""

    slot = "birth"
    identity = ("date", "place_id")

    date = EDTFField()
    date_old_style = EDTFField(help_text="Julian date, where the source gives it.")
    date_printed = models.CharField(max_length=200, blank=True, help_text="A date that could not be read.")
    place = PrintedField("place")

    class Meta(Fact.Meta):
        constraints = [*Fact.Meta.constraints, *bounded("date", "date_old_style")]
        indexes = [*Fact.Meta.indexes, by_words("place")]


class Trait(Fact):
    """What an entry says of a person in a printed form of words: nationality, party, occupation…"""

    slot = "traits"
    shorthand = "form"
    identity = ("kind", "form_id")

    kind = models.CharField(max_length=20, choices=TraitKind.choices())
    form = PrintedField("trait", null=False, blank=False)

    class Meta(Fact.Meta):
        constraints = [*Fact.Meta.constraints, coded("kind", TraitKind)]
        indexes = [*Fact.Meta.indexes, models.Index(fields=["form"], name="trait_by_form")]


class Residence(Fact):
    slot = "residence"
    shorthand = "place"
    identity = ("date", "place_id")

    date = EDTFField(help_text="When the person lived there, EDTF.")
    place = PrintedField("place")

    class Meta(Fact.Meta):
        constraints = [*Fact.Meta.constraints, *bounded("date")]
        indexes = [*Fact.Meta.indexes, by_words("place")]


class Arrest(CaseFact):
    slot = "arrests"
    identity = ("date",)

    date = EDTFField()
    date_printed = models.CharField(max_length=200, blank=True)
    body = PrintedField(FormKind.BODY)
    place = PrintedField("place")
    measure = PrintedField(FormKind.MEASURE)

    class Meta(CaseFact.Meta):
        constraints = [*Fact.Meta.constraints, *bounded("date")]


class Punishment(models.Model):
    """A decision upon a person: the printed verdict beside its kind and term."""

    date = EDTFField()
    date_printed = models.CharField(max_length=200, blank=True)
    body = PrintedField(FormKind.BODY, db_index=True)
    verdict = PrintedField(FormKind.VERDICT)
    kind = models.CharField(max_length=20, blank=True, choices=SentenceKind.choices())
    term = models.CharField(
        max_length=20,
        blank=True,
        validators=[RegexValidator(DURATION)],
        help_text="ISO 8601 duration of the main punishment",
    )

    class Meta:
        abstract = True
        constraints = [
            coded("kind", SentenceKind),
            models.CheckConstraint(name="%(class)s_term_duration", condition=Q(term="") | Q(term__startswith="P")),
        ]


class Sentence(CaseFact, Punishment):
    """A sentence of a troika or any other body, with the operation and how we know of it."""

    slot = "sentences"
    identity = ("date", "kind")

    charge = PrintedField(FormKind.CHARGE)
    place = PrintedField("place")
    category = models.PositiveSmallIntegerField(null=True, blank=True, help_text="Category under the order")
    protocol = models.CharField(max_length=100, blank=True, help_text="Number of the protocol, as printed")
    sitting = models.ForeignKey(
        Sitting, models.PROTECT, null=True, blank=True, related_name="sentences", db_index=False
    )
    operation = models.ForeignKey(Operation, models.PROTECT, null=True, blank=True, related_name="sentences")
    attribution = models.CharField(max_length=8, choices=Attribution.choices(), default=Attribution.UNKNOWN.value)
    rule = models.CharField(max_length=60, blank=True, help_text="The named rule of an inferred attribution")

    class Meta(CaseFact.Meta):
        constraints = [
            *Fact.Meta.constraints,
            *bounded("date"),
            *Punishment.Meta.constraints,
            models.CheckConstraint(
                name="sentence_operation_is_attributed",
                condition=(Q(operation__isnull=True) ^ ~Q(attribution=Attribution.UNKNOWN)),
            ),
            models.CheckConstraint(
                name="sentence_inferred_by_a_rule",
                condition=(Q(attribution=Attribution.INFERRED) ^ Q(rule="")),
            ),
        ]
        indexes = [
            *CaseFact.Meta.indexes,
            models.Index(fields=["sitting"], name="sentence_sitting", condition=Q(sitting__isnull=False)),
            models.Index(
                fields=["date_earliest", "date_latest", "body"],
                name="sentence_by_day",
                condition=Q(date_earliest__isnull=False),
            ),
            by_words("body"),
        ]


class SentenceArticle(models.Model):
    """An article of the code under which a sentence was passed, in printed order."""

    sentence = models.ForeignKey(Sentence, models.CASCADE, related_name="articles", db_index=False)
    position = models.PositiveSmallIntegerField()
    article = PrintedField(FormKind.ARTICLE, null=False, blank=False)

    slot = "articles"
    shorthand = "article"

    class Meta:
        ordering = ["sentence", "position"]
        constraints = [once("sentence", "position")]

    def __str__(self) -> str:
        return str(self.article)


class SentenceRevision(Punishment):
    """What a sentence was changed to later: commuted, shortened, quashed, raised."""

    sentence = models.ForeignKey(Sentence, models.CASCADE, related_name="revisions", db_index=False)
    position = models.PositiveSmallIntegerField()
    note = models.TextField(blank=True)

    slot = "revision"
    shorthand = ""

    class Meta:
        ordering = ["sentence", "position"]
        constraints = [once("sentence", "position"), *bounded("date"), *Punishment.Meta.constraints]

    def __str__(self) -> str:
        return f"{self.kind} {self.date}"


class Imprisonment(CaseFact):
    slot = "imprisonments"
    shorthand = "place"
    identity = ("date", "place_id")

    date = EDTFField(help_text="From and to, as one EDTF interval.")
    date_printed = models.CharField(max_length=200, blank=True)
    place = PrintedField("place")
    ended = models.CharField(max_length=12, blank=True, choices=ImprisonmentEnd.choices())

    class Meta(CaseFact.Meta):
        constraints = [*Fact.Meta.constraints, *bounded("date"), coded("ended", ImprisonmentEnd)]


class Death(CaseFact):
    slot = "death"
    identity = ("date", "manner")

    date = EDTFField()
    date_printed = models.CharField(max_length=200, blank=True)
    manner = models.CharField(max_length=5, blank=True, choices=Manner.choices())
    circumstance = models.CharField(max_length=20, blank=True, choices=Circumstance.choices())
    place = PrintedField("place")
    burial_place = PrintedField("place")

    class Meta(CaseFact.Meta):
        constraints = [
            *Fact.Meta.constraints,
            *bounded("date"),
            coded("manner", Manner),
            coded("circumstance", Circumstance),
        ]
        # Who lies or was shot at a site.
        indexes = [
            *CaseFact.Meta.indexes,
            models.Index(
                fields=["burial_place"], name="death_by_burial", condition=Q(burial_place__isnull=False)
            ),
            models.Index(fields=["place"], name="death_by_place", condition=Q(place__isnull=False)),
        ]


class Rehabilitation(CaseFact):
    slot = "rehabilitations"
    identity = ("date",)

    date = EDTFField()
    date_printed = models.CharField(max_length=200, blank=True)
    body = PrintedField(FormKind.BODY)
    ground = PrintedField(FormKind.GROUND)
    withdrawn = EDTFField(help_text="When the rehabilitation was withdrawn, EDTF.")
    withdrawn_by = PrintedField(FormKind.BODY)
    withdrawn_ground = PrintedField(FormKind.GROUND)

    class Meta(CaseFact.Meta):
        constraints = [*Fact.Meta.constraints, *bounded("date", "withdrawn")]


class OfficialNotice(Fact):
    """What the state told the family: never mixed with what happened."""

    slot = "official_notices"
    identity = ("told_date",)

    told_date = EDTFField(help_text="The date of death that was told.")
    told_cause = models.CharField(max_length=300, blank=True)
    told_sentence = models.CharField(max_length=300, blank=True)
    given = EDTFField(help_text="When it was told.")
    given_by = PrintedField(FormKind.BODY)

    class Meta(Fact.Meta):
        constraints = [*Fact.Meta.constraints, *bounded("told_date", "given")]


class Relative(Fact):
    slot = "relatives"
    shorthand = "name"

    relation = PrintedField(FormKind.RELATION)
    name = models.CharField(max_length=300, blank=True)
    presumed = models.BooleanField(default=False)
    other = models.ForeignKey(
        "victims.Victim",
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        help_text="Their own record, where there is one.",
    )


class Tag(Fact):
    """A target group of an operation, or another group that the source puts the person in."""

    slot = "tags"
    shorthand = "form"
    identity = ("form_id",)

    form = PrintedField(FormKind.TAG, null=False, blank=False)


class Photograph(Fact):
    slot = "photographs"
    shorthand = "file_name"

    file_name = models.CharField(max_length=300)
    caption = models.CharField(max_length=500, blank=True)
    author = models.CharField(max_length=200, blank=True)
    rights = models.CharField(max_length=300, blank=True)


class ArchivalFile(Fact):
    """The file of the case in an archive, as printed, and the unit where it was identified."""

    slot = "archival_files"
    shorthand = "printed"

    printed = models.CharField(max_length=500)
    unit = models.ForeignKey("sources.Source", models.PROTECT, null=True, blank=True, related_name="+")


class Citation(Fact):
    """A source that the entry itself names as its own."""

    slot = "sources"
    shorthand = "form"

    form = PrintedField(FormKind.SOURCE, null=False, blank=False)
    locator = models.CharField(max_length=200, blank=True)


class Remark(Fact):
    """A note that the source prints and that belongs to no other field."""

    slot = "notes"
    shorthand = "text"

    text = models.TextField()


#: Every kind of fact, in the order in which a record is told. Cases first: others point to them.
FACTS = (
    Case,
    NameForm,
    Birth,
    Trait,
    Residence,
    Arrest,
    Sentence,
    Imprisonment,
    Death,
    Rehabilitation,
    OfficialNotice,
    Relative,
    Tag,
    Photograph,
    ArchivalFile,
    Citation,
    Remark,
)
#: Rows below a sentence.
SENTENCE_PARTS = (SentenceArticle, SentenceRevision)
