"""Where every fact comes from: books and volumes, archival units, databases, articles, testimonies."""

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy

from memorial.coded import Coded
from memorial.coded import gettext_noop as _
from memorial.fields import EDTFField, bounded
from sources.reference_code import ReferenceCode


class SourceKind(Coded):
    BOOK = "book", _("memorial book")
    VOLUME = "volume", _("volume of a memorial book")
    ARCHIVAL_UNIT = "archival_unit", _("archival unit")
    ARCHIVAL_DOCUMENT = "archival_document", _("archival document")
    DATABASE = "database", _("database")
    ARTICLE = "article", _("article")
    PUBLICATION = "publication", _("publication")
    TESTIMONY = "testimony", _("testimony")
    SYNTHETIC = "synthetic", _("synthetic demonstration persons")


class Level(Coded):
    """Levels of archival description (ISAD(G) 3.1.4) as Soviet archives divide their holdings."""

    REPOSITORY = "repository", _("repository")
    FONDS = "fonds", _("fonds")
    OPIS = "opis", _("opis (inventory)")
    DELO = "delo", _("delo (file)")


#: Which level an archival unit may stand under.
PARENT_LEVEL = {Level.FONDS: Level.REPOSITORY, Level.OPIS: Level.FONDS, Level.DELO: Level.OPIS}

#: Sources a default value is taken from first: nearer to the file comes before a compilation.
RANK = {
    SourceKind.ARCHIVAL_UNIT: 1,
    SourceKind.ARCHIVAL_DOCUMENT: 1,
    SourceKind.VOLUME: 2,
    SourceKind.BOOK: 2,
    SourceKind.PUBLICATION: 3,
    SourceKind.ARTICLE: 3,
    SourceKind.DATABASE: 4,
    SourceKind.TESTIMONY: 5,
    SourceKind.SYNTHETIC: 9,
}


#: Kinds that are published: a book, or a list that anybody can look up.
PUBLISHED = frozenset(
    str(kind)
    for kind in (
        SourceKind.BOOK, SourceKind.VOLUME, SourceKind.PUBLICATION, SourceKind.ARTICLE, SourceKind.DATABASE,
    )
)  # fmt: skip


class SourceQuerySet(models.QuerySet):
    def with_parts(self):
        """Return these sources with all that stands below them: volumes of books, units of archives."""
        found, ahead = set(), set(self.values_list("pk", flat=True))
        while ahead:
            found |= ahead
            ahead = set(Source.objects.filter(parent__in=ahead).values_list("pk", flat=True)) - found
        return Source.objects.filter(pk__in=found)


class Source(models.Model):
    """A source of entries or of figures: Dublin Core elements, and for archives the level of ISAD(G)."""

    slug = models.SlugField(max_length=100, unique=True, help_text="Short permanent id, as in --source ID.")
    kind = models.CharField(max_length=20, choices=SourceKind.choices())
    parent = models.ForeignKey(
        "self",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="parts",
        help_text="The book of a volume; the archival unit one level above.",
    )
    title = models.CharField(max_length=500)
    creator = models.CharField(max_length=300, blank=True)
    contributor = models.CharField(max_length=300, blank=True)
    publisher = models.CharField(max_length=300, blank=True)
    issued = EDTFField(help_text="Date of issue or of the document, EDTF.")
    language = models.CharField(max_length=20, blank=True, help_text="BCP 47 codes, e.g. ru")
    identifier = models.CharField(max_length=200, blank=True, help_text="ISBN, DOI or address.")
    extent = models.CharField(max_length=200, blank=True, help_text="Pages, leaves or entries.")
    volume = models.CharField(max_length=50, blank=True)
    rights = models.CharField(max_length=300, blank=True, help_text="Licence, or what is known of it.")
    coverage = models.TextField(blank=True, help_text="Places and times it covers.")
    coverage_bias = models.TextField(
        blank=True, help_text="Whom it leaves out, e.g. those convicted as ordinary criminals."
    )
    description = models.TextField(blank=True)
    level = models.CharField(max_length=20, blank=True, choices=Level.choices())
    code = models.CharField(max_length=100, blank=True, help_text="This level's own number: Р-7523, П-1234.")

    objects = SourceQuerySet.as_manager()

    class Meta:
        verbose_name, verbose_name_plural = gettext_lazy("source"), gettext_lazy("sources")
        ordering = ["slug"]
        constraints = [
            *bounded("issued"),
            models.CheckConstraint(
                name="source_level_of_archival_units",
                condition=Q(kind=SourceKind.ARCHIVAL_UNIT) ^ Q(level=""),
            ),
            models.CheckConstraint(
                name="source_volume_has_a_book",
                condition=~Q(kind=SourceKind.VOLUME) | Q(parent__isnull=False),
            ),
            models.UniqueConstraint(
                name="source_unit_once",
                fields=["parent", "level", "code"],
                condition=Q(kind=SourceKind.ARCHIVAL_UNIT),
            ),
        ]

    def __str__(self) -> str:
        return self.title

    def clean(self) -> None:
        """Raise ValidationError where a unit stands under the wrong level, or a volume in no book."""
        above = PARENT_LEVEL.get(self.level)
        if above and (self.parent is None or self.parent.level != above):
            raise ValidationError({"parent": f"A {self.level} stands under a {above}: choose one as parent."})
        if self.level == Level.REPOSITORY and self.parent:
            raise ValidationError({"parent": "A repository stands under nothing: leave this empty."})
        if self.kind == SourceKind.VOLUME and (self.parent is None or self.parent.kind != SourceKind.BOOK):
            raise ValidationError({"parent": "A volume stands under its book: choose one as parent."})

    @property
    def synthetic(self) -> bool:
        """Whether the persons of this source never lived."""
        return self.kind == SourceKind.SYNTHETIC

    @property
    def rank(self) -> int:
        """Order in which sources are asked for a default value; the smaller comes first."""
        return RANK.get(self.kind, 5)

    @property
    def reference_code(self) -> ReferenceCode | None:
        """The archival reference (ISAD(G) 3.1.1) of this unit; None for what is not archival."""
        if self.kind != SourceKind.ARCHIVAL_UNIT:
            return None
        parts, unit = {}, self
        while unit is not None:
            parts[unit.level] = unit.code or unit.title
            unit = unit.parent
        return ReferenceCode(**parts)


class Appointment(models.Model):
    """An archivist works for an archive: they enter and edit drafts from this source and all below it."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="appointments")
    source = models.ForeignKey(Source, models.CASCADE, related_name="appointments")

    class Meta:
        verbose_name, verbose_name_plural = gettext_lazy("appointment"), gettext_lazy("appointments")
        constraints = [models.UniqueConstraint(name="appointment_once", fields=["user", "source"])]

    def __str__(self) -> str:
        return f"{self.user}: {self.source}"
