"""One fact as a row: its columns, and how each value of a record becomes a column's value.

The fields of the models are the only declaration; what is written here is how a kind of field is read.
"""

import re
from collections import namedtuple
from contextlib import suppress
from datetime import date
from functools import lru_cache

from django.db import models

from memorial import edtf
from memorial.fields import EDTFField
from memorial.saying import Said, in_words
from memorial.saying import said as _
from victims.models.facts import DURATION, FACTS, SENTENCE_PARTS, Case, CaseField, Sentence, Trait
from victims.models.printed import PrintedField

#: Facts that others point to: their ids are given out before their rows are written.
NUMBERED = (Case, Sentence)
#: Columns of a sentence that the body, the date and the named rule decide.
DERIVED = ("sitting_id", "operation_id", "attribution", "rule")
#: Fields that link to a row which a record may name but not make.
LINKS = {"group": "group", "unit": "unit", "other": "victim"}


class _Placed(Said):
    """A message with the slot it is of before it, in the language of the page too."""

    def told(self) -> str:
        return f"{self.values['slot']}: {in_words(self.values['message'])}"


class RecordError(ValueError):
    """A record that cannot be kept as it is: ``slot`` names the value, ``message`` the remedy."""

    def __init__(self, slot: str, message: str):
        placed = _Placed(f"{slot}: {message}")
        placed.msgid, placed.values = "", {"slot": slot, "message": message}
        super().__init__(placed)
        self.slot, self.message = slot, message


class Lookup:
    """Ids behind printed words. What is not known yet is collected in ``missing`` and read as None.

    Keys are (kind, text): kind of form, "place", "sitting" (text: body id, day, protocol), "operation",
    "group", "unit", "victim".
    """

    def __init__(self):
        self.ids: dict[tuple, int] = {}
        self.bodies: dict[int, tuple[int, str]] = {}
        self.missing: set[tuple] = set()

    def id(self, kind: str, text) -> int | None:
        """Return the id behind printed words, or None, and then remember them as missing."""
        try:
            return self.ids[kind, text]
        except KeyError:
            self.missing.add((kind, text))
            return None

    def known(self, kind: str, text) -> int | None:
        """Return the id behind words whose meaning decides what else is said; None where it is not known yet."""
        return self.ids.get((kind, text))


_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", re.ASCII).fullmatch


@lru_cache(maxsize=100_000)
def iso_bounds(text: str) -> tuple[str | None, str | None]:
    """Return the bounds of an EDTF text as ISO days, as both engines store them."""
    if not text:
        return None, None
    if type(text) is str and _DAY(text):  # most dates are plain days, and parsing costs as much as a whole row
        with suppress(ValueError):
            return (date.fromisoformat(text).isoformat(),) * 2
    earliest, latest = edtf.bounds(text)
    return earliest.isoformat(), latest.isoformat()


def date_bounds(name: str, value) -> tuple[str | None, str | None]:
    """Return the bounds of a told date; RecordError, naming the slot, where it is none."""
    try:
        return iso_bounds(value)
    except (edtf.EDTFError, TypeError) as error:
        # What is wrong in detail is told in English alone.
        message = Said(error)
        message.msgid = "This is no date: write 1937, 1937-08, 1937-08-05, or a span of time: 1937-08/1938-11."
        message.values = {}
        raise RecordError(name, message) from None


def head(model) -> list[str]:
    """Return the columns that are no part of what is said; they come first in a row."""
    if model in SENTENCE_PARTS:
        return ["sentence_id", "position"]
    return [*(["id"] if model in NUMBERED else []), "entry_id", "victim_id", "position", "same_as_id"]


def own(model) -> list[models.Field]:
    """Return the fields of a model that hold what is said, without the bounds of dates."""
    passed = {"id", *head(model), *DERIVED}
    return [
        field
        for field in model._meta.concrete_fields
        if field.attname not in passed and not field.name.endswith(("_earliest", "_latest"))
    ]


def columns(model) -> list[str]:
    """Return the columns of a model's rows: all but an id that the database gives."""
    first = head(model)
    rest = [field.attname for field in model._meta.concrete_fields if field.attname not in ("id", *first)]
    return [*first, *rest]


ROW = {model: namedtuple(model.__name__ + "Row", columns(model)) for model in (*FACTS, *SENTENCE_PARTS)}

_new = tuple.__new__  # what ``_make`` of a named tuple does, without its check of the length


# A setter (row, value, lookup) puts one told value into its column. None is "not told" and never gets here.


def _words(name, at, kind):
    def put(row, value, lookup):
        if not isinstance(value, str) or "\0" in value:
            raise RecordError(name, _("must be printed words"))
        if value:
            row[at] = lookup.ids.get((kind, value)) or lookup.id(kind, value)  # most are known: spare the call

    return put


def _date(name, at, earliest, latest):
    def put(row, value, lookup):
        row[earliest], row[latest] = date_bounds(name, value)
        row[at] = value

    return put


def _code(name, at, codes):
    allowed = {str(code): str(code) for code, _label in codes}

    def put(row, value, lookup):
        if value == "":
            return
        try:
            row[at] = allowed[value]
        except (KeyError, TypeError):
            raise RecordError(name, _("must be one of %(codes)s", codes=", ".join(allowed))) from None

    return put


def _text(name, at, longest):
    def put(row, value, lookup):
        if not isinstance(value, str) or "\0" in value:
            raise RecordError(name, _("must be a text"))
        if longest and len(value) > longest:
            raise RecordError(name, _("must be text of at most %(most)s characters", most=longest))
        row[at] = value

    return put


def _duration(name, at):
    def put(row, value, lookup):
        if value == "":
            return
        if not isinstance(value, str) or len(value) > 20 or not re.match(DURATION, value):
            words = _("must be an ISO 8601 duration in years, months and days, e.g. P10Y or P1Y6M")
            raise RecordError(name, words)
        row[at] = value

    return put


def _number(name, at):
    def put(row, value, lookup):
        if type(value) is not int or not 0 <= value <= 32767:
            raise RecordError(name, _("must be a whole number from 0 to 32767"))
        row[at] = value

    return put


def _flag(name, at):
    def put(row, value, lookup):
        if value not in (True, False):
            raise RecordError(name, _("must be true or false"))
        row[at] = bool(value)

    return put


def link(name: str, kind: str, key, lookup) -> int | None:
    """Return the id behind a link; RecordError where it was looked for and is not there."""
    if not isinstance(key, str):
        raise RecordError(name, _("must be a text"))
    found = lookup.id(kind, key)
    if found is None and (kind, key) not in lookup.missing:
        raise RecordError(name, _nowhere(kind, key))
    return found


def _nowhere(kind: str, key: str) -> Said:
    match kind:
        case "group":
            return _("there is no group '%(key)s'", key=key)
        case "unit":
            return _("there is no unit '%(key)s'", key=key)
        case "operation":
            return _("there is no operation '%(key)s'", key=key)
    return _("there is no victim '%(key)s'", key=key)


def _link(name, at, kind):
    def put(row, value, lookup):
        if value != "":
            row[at] = link(name, kind, value, lookup)

    return put


def _as_it_is(at):
    def put(row, value, lookup):
        row[at] = value

    return put


def _nothing(row, value, lookup):
    """Take a value that ``rows`` reads itself."""


def setter(model, field):
    """Return the setter of one field."""
    name, at = field.name, ROW[model]._fields.index(field.attname)
    if isinstance(field, PrintedField):
        return _words(name, at, field.form_kind)
    if isinstance(field, EDTFField):
        return _date(name, at, *(ROW[model]._fields.index(f"{name}_{side}") for side in ("earliest", "latest")))
    if name in LINKS:
        return _link(name, at, LINKS[name])
    if name == "term":
        return _duration(name, at)
    if field.choices:
        return _code(name, at, field.choices)
    if isinstance(field, models.BooleanField):
        return _flag(name, at)
    if isinstance(field, models.PositiveSmallIntegerField):
        return _number(name, at)
    return _text(name, at, getattr(field, "max_length", None))


def _default(model, name):
    """Return what a column holds where nothing is told."""
    field = next(field for field in model._meta.concrete_fields if field.attname == name)
    return None if field.null else "" if not field.has_default() else field.get_default()


SETTERS = {
    model: {field.name: setter(model, field) for field in own(model) if not isinstance(field, CaseField)}
    for model in ROW
}
SETTERS[Sentence] |= dict.fromkeys(("articles", "revision", "operation"), _nothing)
for _model in ROW:
    if "case_id" in ROW[_model]._fields:
        SETTERS[_model]["case"] = _as_it_is(ROW[_model]._fields.index("case_id"))
DEFAULTS = {model: [_default(model, name) for name in columns(model)[len(head(model)) :]] for model in ROW}
REQUIRED = {
    model: [field.name for field in own(model) if isinstance(field, PrintedField) and not field.null]
    for model in ROW
}
#: All that makes a row, in one look: its type, columns where nothing is told, setters, what must be told.
SHAPE = {model: (ROW[model], DEFAULTS[model], SETTERS[model], REQUIRED[model]) for model in ROW}

DERIVED_AT = [ROW[Sentence]._fields.index(name) for name in DERIVED]
#: The keys that a fact's dict in a record may have.
KEYS = {model: set(setters) for model, setters in SETTERS.items()} | {Case: {*SETTERS[Case], "number"}}


def make_row(model, first: tuple, said: dict, lookup, derived=()):
    """Return the row of one fact: bookkeeping ``first``, what is ``said``, and a sentence's derived columns.

    Raises RecordError, naming the field.
    """
    row_type, defaults, setters, required = SHAPE[model]
    row = [*first, *defaults]
    try:
        for name, value in said.items():
            if value is not None:
                setters[name](row, value, lookup)
    except KeyError:
        known = ", ".join(sorted(setters))
        words = _("is not a field of %(slot)s; its fields: %(known)s", slot=model.slot, known=known)
        raise RecordError(name, words) from None
    for name in required:
        if not said.get(name):
            raise RecordError(name, _("is missing: give the printed words"))
    if derived:
        for at, value in zip(DERIVED_AT, derived, strict=True):
            row[at] = value
    return _new(row_type, row)


def trait_row(owner: tuple, position: int, kind: str, text: str, lookup):
    """Return the row of a trait: its kind names the dictionary of its words."""
    form = lookup.ids.get((kind, text)) or lookup.id(kind, text)
    return _new(ROW[Trait], (*owner, position, None, "", kind, form))
