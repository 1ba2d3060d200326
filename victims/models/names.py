"""The name index: every part of a name once, and one row for every form of a person's name.

Derived from name forms and written with them by ``record.write``; ``check_records`` proves it.
"""

import re

from django.db import models

from memorial.coded import Coded
from memorial.coded import gettext_noop as _


class PartKind(Coded):
    SURNAME = "s", _("surname")
    GIVEN = "g", _("given name")
    PATRONYMIC = "p", _("patronymic")


@models.CharField.register_lookup
class Fits(models.Lookup):
    """``norm__fits="флор*"``: whether a text fits a pattern in which * is any letters and ? is one.

    A pattern that begins with letters is looked for in an index on both engines: SQLite reads GLOB so itself,
    PostgreSQL reads LIKE so.
    """

    lookup_name = "fits"
    prepare_rhs = False

    def as_sql(self, compiler, connection):
        column, told = self.process_lhs(compiler, connection)
        pattern = re.sub(r"([\\%_])", r"\\\1", self.rhs).replace("*", "%").replace("?", "_")
        return f"{column} LIKE %s", [*told, pattern]

    def as_sqlite(self, compiler, connection):
        column, told = self.process_lhs(compiler, connection)
        return f"{column} GLOB %s", [*told, self.rhs.replace("[", "[[]")]


class NamePart(models.Model):
    """A folded surname, given name or patronymic."""

    kind = models.CharField(max_length=1, choices=PartKind.choices())
    norm = models.CharField(max_length=200)
    #: How many published names have it, counted now and then (``name_keys.count_people``): an order, no figure.
    people = models.IntegerField(db_default=0)

    class Meta:
        constraints = [
            # PostgreSQL finds what begins with some letters in no other order; equal words it finds in it too.
            models.UniqueConstraint(
                name="name_part_once", fields=["norm", "kind"], opclasses=["varchar_pattern_ops", "varchar_ops"]
            )
        ]
        indexes = [models.Index(fields=["kind", "-people"], name="name_part_by_people")]

    def __str__(self) -> str:
        return self.norm


class NameKey(models.Model):
    """A key under which a part of a name is found when it is misspelt (``names.keys``)."""

    pk = models.CompositePrimaryKey("key", "part_id")
    key = models.BigIntegerField()
    # Derived, and proved by check_records: the database need not look up two million parts.
    part = models.ForeignKey(NamePart, models.CASCADE, related_name="keys", db_index=False, db_constraint=False)

    def __str__(self) -> str:
        return f"{self.key}: {self.part_id}"


class PartField(models.ForeignKey):
    """A part of a name in the index: the composite indexes serve every lookup, so none for each column."""

    def __init__(self, *args, **kwargs):
        kwargs.setdefault("to", NamePart)
        kwargs.setdefault("on_delete", models.PROTECT)
        kwargs |= {"null": True, "related_name": "+", "db_index": False, "db_constraint": False}
        super().__init__(*args, **kwargs)


class PersonName(models.Model):
    """One form of a person's name as ids of its parts, with the year of birth beside it."""

    # Derived, and proved by check_records.
    victim = models.ForeignKey("victims.Victim", models.CASCADE, related_name="names", db_constraint=False)
    surname = PartField()
    given = PartField()
    patronymic = PartField()
    birth_year = models.SmallIntegerField(null=True)

    class Meta:
        indexes = [
            models.Index(fields=["surname", "given", "birth_year"], name="person_name_by_surname"),
            models.Index(fields=["given", "patronymic"], name="person_name_by_given"),
            models.Index(fields=["patronymic"], name="person_name_by_patronymic"),
            models.Index(fields=["birth_year"], name="person_name_by_year"),
        ]

    def __str__(self) -> str:
        return f"{self.victim_id}: {self.surname_id} {self.given_id} {self.patronymic_id}"
