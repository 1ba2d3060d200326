"""Which tables a transfer has, how their rows are named in it, and what stays behind, with the reason."""

import json

from django.contrib.auth import get_user_model
from django.core.exceptions import ValidationError
from django.db import models

from memorial.fields import EDTFField
from sources.models import Source
from victims.importing.exporting import signed
from victims.models import (
    FACTS,
    SENTENCE_PARTS,
    Batch,
    Body,
    BodyMember,
    Decision,
    Document,
    Entry,
    EntryVersion,
    ExecutionSite,
    GroupCase,
    Limit,
    Merge,
    NotSame,
    Operation,
    OperationCategory,
    Passage,
    Place,
    PrintedForm,
    Region,
    RegionSuccession,
    Report,
    SiteFigure,
    TargetGroup,
    Tombstone,
    Victim,
)
from victims.models.victim import from_public_id, public_id

#: Reference data, owners first, each by the fields that no two rows share.
REFERENCE = {
    Source: ("slug",),
    Region: ("slug",),
    RegionSuccession: ("predecessor", "successor", "date"),
    ExecutionSite: ("slug",),
    SiteFigure: ("site", "source", "lowest", "highest"),
    Operation: ("code",),
    OperationCategory: ("operation", "number"),
    TargetGroup: ("operation", "name_en"),
    Document: ("slug",),
    Passage: ("operation", "number"),
    Limit: ("operation", "document", "region", "scope", "category", "source"),
    Report: ("operation", "as_of", "author", "scope", "source"),
    Body: ("slug",),
    GroupCase: ("name",),
    PrintedForm: ("kind", "text"),
    Place: ("text",),
    BodyMember: ("body", "name", "office", "tenure"),
}
#: What was found of records; imports and merges keep their numbers, as commands and pages name them.
FOUND = {Batch: ("id",), Merge: ("id",), NotSame: ("first", "second"), Decision: ("victim", "field")}
#: Rows that stand in the line of their victim.
WITHIN = (Entry, EntryVersion, Tombstone, Decision)
#: All whose rows a transfer has; facts stand in the record of their entry.
CARRIED = {*REFERENCE, *FOUND, *WITHIN, *FACTS, *SENTENCE_PARTS, Victim}
#: What a transfer leaves out, by model or by app, and why.
LEFT_OUT = {
    **dict.fromkeys(["victims.Sitting", "victims.PersonName", "victims.NamePart", "victims.NameKey"],
                    "follows from entries, and is made anew with them"),
    **dict.fromkeys(["victims.Count", "victims.Counting"], "counted anew by count_people"),
    "victims.Revision": "the log of this database, chained by hashes over its own numbers: a backup keeps it",
    **dict.fromkeys(["victims.Contribution", "victims.Evidence", "victims.Alert", "victims.AlertTold"],
                    "visitors told it for these archivists alone, and for a time"),
    "sources.Appointment": "belongs to accounts",
    **dict.fromkeys(["auth", "account", "mfa", "knox"], "accounts and their secrets are made where they are used"),
    **dict.fromkeys(["admin", "sessions", "contenttypes"], "what the administration site keeps for itself"),
}  # fmt: skip
#: Columns that follow from others.
DERIVED = {"key", "folded"}


def label(model) -> str:
    """Return the word under which rows of a model stand in a transfer: region, printed_form, not_same."""
    return "".join(f"_{letter.lower()}" if letter.isupper() else letter for letter in model.__name__)[1:]


LABELS = {label(model): model for model in (*REFERENCE, *FOUND, Victim)}
User = get_user_model()
#: The one field by which a row is named where others lead to it; None: by its key.
NAMED_BY = {
    Source: "slug", Region: "slug", ExecutionSite: "slug", Operation: "code", Document: "slug", Body: "slug",
    GroupCase: "name", User: "username", Entry: None, Batch: None, Victim: None,
}  # fmt: skip


def told_fields(model) -> list[models.Field]:
    """Return the fields of a model that a transfer tells: all that do not follow from others."""
    bounds = {
        f"{field.name}_{side}"
        for field in model._meta.concrete_fields
        if isinstance(field, EDTFField)
        for side in ("earliest", "latest")
    }
    passed = bounds | DERIVED | (set() if FOUND.get(model) == ("id",) else {"id"})
    return [field for field in model._meta.concrete_fields if field.name not in passed]


def line(kind: str, content) -> str:
    """Return a line of a transfer; the same content is always the same bytes."""
    return json.dumps({kind: content}, ensure_ascii=False, sort_keys=True, separators=(",", ":")) + "\n"


def number_of(name) -> int:
    """Return the key behind a public id; ValueError where the text cannot be one."""
    pk = from_public_id(name) if isinstance(name, str) else None
    if pk is None:
        raise ValueError(f"{name!r} is no public id of a person")
    return pk


class Names:
    """How rows that others lead to are named in a transfer, both ways; what has a name is read once."""

    def __init__(self):
        self.of_rows: dict[type, dict[int, str]] = {}
        self.rows: dict[type, dict[str, int]] = {}

    def name(self, model, pk: int):
        """Return how the row of a model with this key is named."""
        if model is Victim:
            return public_id(pk)
        if NAMED_BY[model] is None:
            return pk
        if model not in self.of_rows:
            self.of_rows[model] = dict(model._default_manager.values_list("pk", NAMED_BY[model]))
        return self.of_rows[model][pk]

    def key(self, model, name) -> int:
        """Return the key of the row that is named so; ValueError, naming it, where there is none."""
        known = self.rows.setdefault(model, {})
        if model in (Victim, Entry):  # too many to know
            pk = number_of(name) if model is Victim else name
            known = {name: pk} if type(pk) is int and model.objects.filter(pk=pk).exists() else {}
        elif name not in known:
            known |= model._default_manager.values_list(NAMED_BY[model] or "pk", "pk")
        if name not in known:
            raise ValueError(f"there is no {label(model)} {name!r}" + REMEDY.get(model, ""))
        return known[name]

    def signed(self, corrections: dict) -> dict:
        """Return a human's corrections with the name of the account that made each, where there is one."""
        if User not in self.of_rows:
            self.of_rows[User] = dict(User.objects.values_list("pk", "username"))
        ours = {slot: made for slot, made in corrections.items() if made.get("by") in self.of_rows[User]}
        return corrections | signed(ours, "by", "account", self.of_rows[User])

    def unsigned(self, corrections: dict) -> dict:
        """Return corrections as an entry keeps them: with the number that the account has here."""
        theirs = {slot: made for slot, made in corrections.items() if "account" in made}
        accounts = {made["account"]: self.key(User, made["account"]) for made in theirs.values()}
        return corrections | signed(theirs, "account", "by", accounts)

    def row_said(self, row, without: tuple[str, ...] = ()) -> dict:
        """Return what a row says, as its line has it; what is not told is left out."""
        told = {}
        for field in told_fields(type(row)):
            value = getattr(row, field.attname)
            untold = value is None or (value == "" and field.blank and not isinstance(field, models.JSONField))
            if field.name in without or untold:
                continue
            if field.is_relation:
                value = self.name(field.related_model, value)
            elif isinstance(field, models.DateTimeField | models.DateField):
                value = value.isoformat()
            told[field.name] = value
        return told

    def columns(self, model, said: dict, without: tuple[str, ...] = ()) -> dict:
        """Return {attribute: value} of a row from what its line says; ValueError, naming the field, else."""
        if not isinstance(said, dict):
            raise ValueError(f"{label(model)} must be an object")
        fields = {field.name: field for field in told_fields(model) if field.name not in without}
        if unknown := said.keys() - fields.keys():
            raise ValueError(f"{sorted(unknown)[0]!r} is not a field of {label(model)}")
        found = {}
        for name, field in fields.items():
            try:
                found[field.attname] = self._value(field, said.get(name))
            except (ValueError, TypeError, ValidationError) as error:
                words = "; ".join(error.messages) if isinstance(error, ValidationError) else error
                raise ValueError(f"{name}: {words}") from None
        return found

    def _value(self, field, value):
        if value is None:
            if not field.null and not field.blank and not field.has_default():
                raise ValueError("is missing")
            return None if field.null else field.get_default()
        if field.is_relation:
            return self.key(field.related_model, value)
        value = field.to_python(value)
        if not isinstance(field, models.JSONField):
            field.run_validators(value)
            if field.choices and value and value not in dict(field.flatchoices):
                raise ValueError(f"{value!r} is none of its values")
        return value


REMEDY = {User: ": make the account first (manage.py add_user)"}
