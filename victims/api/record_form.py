"""The record form of docs/record-form.md as a JSON Schema, made of the facts' own declaration, and its check.

The schema describes the form to programs; ``wrong_in`` tells a person what is wrong, and where.
"""

import re

from django.db import models
from django.utils.translation import gettext as _

from memorial import edtf
from memorial.fields import EDTFField
from victims.api.problems import pointer
from victims.models import (
    FACTS,
    SENTENCE_PARTS,
    Case,
    NameForm,
    Sentence,
    SentenceArticle,
    SentenceRevision,
    Trait,
)
from victims.models.facts import DURATION, CaseField
from victims.models.printed import PrintedField
from victims.models.rows import NAME_PARTS, SINGLE, TRAITS
from victims.models.values import LINKS, own
from victims.vocabulary import Completeness, NameKind, Sex

#: Items of one list, and errors that are told at once.
MOST_ITEMS, MOST_ERRORS = 500, 20
NULL = {"type": "null"}
WORDS = {"type": "string", "minLength": 1}
NUMBER = {"type": "integer", "minimum": 1, "maximum": 32767}
CASE = NUMBER | {"type": ["integer", "null"]}


def _texts(**more) -> dict:
    return {"type": ["string", "null"], **more}


def _codes(codes) -> dict:
    return {"type": ["string", "null"], "enum": [*(str(code) for code in codes), "", None]}


DATE = _texts(format="edtf")


def _column(field) -> dict:
    """Return the schema of one column's value in a record."""
    if isinstance(field, CaseField):
        return CASE
    if isinstance(field, PrintedField):
        return _texts() if field.null else WORDS
    if isinstance(field, EDTFField):
        return DATE
    if field.name in LINKS:
        return _texts()
    if field.name == "term":
        return _texts(pattern=rf"^$|{DURATION}".replace(r"\Z", "$"))
    if field.choices:
        return _codes(code for code, _label in field.choices if code != NameKind.MAIN)
    if isinstance(field, models.BooleanField):
        return {"type": ["boolean", "null"]}
    if isinstance(field, models.IntegerField):
        return {"type": ["integer", "null"], "minimum": 0, "maximum": 32767}
    return _texts(maxLength=field.max_length) if field.max_length else _texts()


def _several(item: dict, *alone: dict) -> dict:
    """Return the schema of a slot that holds one item or a list of them."""
    listed = {"type": "array", "items": _either(item, *alone), "maxItems": MOST_ITEMS}
    return {"anyOf": [item, *alone, listed, NULL]}


def _either(*branches: dict) -> dict:
    return {"anyOf": list(branches)} if len(branches) > 1 else branches[0]


def _fact(model) -> dict:
    """Return the schema of one fact in a record."""
    fields = own(model)
    properties = {field.name: _column(field) for field in fields}
    if model is Case:
        properties["number"] = NUMBER
    if model is Sentence:
        properties |= {part.slot: _slot(part) for part in SENTENCE_PARTS} | {"operation": _texts()}
    if model.slot == "birth":
        properties["date"] = _either(DATE, {"type": "array", "items": DATE, "maxItems": MOST_ITEMS})
    schema = {"type": "object", "properties": properties, "additionalProperties": False}
    needed = [field.name for field in fields if isinstance(field, PrintedField) and not field.null]
    return schema | {"required": needed} if needed else schema


def _slot(model) -> dict:
    """Return the schema of a slot: objects, or words where one field stands for all."""
    words = [WORDS] if model.shorthand else []
    return _several(_fact(model), *words)


def _record() -> dict:
    parts = dict.fromkeys(NAME_PARTS, _texts(maxLength=NameForm._meta.get_field("surname").max_length))
    listed = {"type": "array", "items": WORDS, "maxItems": MOST_ITEMS}
    traits = {kind: {"anyOf": [_texts(), listed]} for kind in TRAITS}
    slots = {model.slot: _slot(model) for model in FACTS if model is not Trait}
    own_columns = {
        "sex": _codes(Sex),
        "age": {"type": ["integer", "null"], "minimum": 0, "maximum": 150},
        "completeness": _codes(Completeness),
    }
    return {
        "type": "object",
        "description": "What one entry says of one person: printed words, EDTF dates, ISO 8601 terms.",
        "properties": parts | own_columns | traits | slots,
        "additionalProperties": False,
    }


SCHEMA = _record()
COMPONENTS = {"Record": SCHEMA}
RECORD = {"$ref": "#/components/schemas/Record"}
#: A value of any kind.
VALUE = {"type": ["string", "number", "boolean", "object", "array", "null"]}
assert not {SentenceArticle, SentenceRevision} ^ {*SENTENCE_PARTS}, "a part of a sentence without its schema"

_TYPES = {str: "string", bool: "boolean", int: "integer", float: "number", dict: "object", list: "array"}


def wrong_in(record) -> list[tuple[tuple, str]]:
    """Return [(steps to the value, what is wrong with it)] where a record is not in the record form."""
    found: list[tuple[tuple, str]] = []
    _check(SCHEMA, record, (), found)
    return found[:MOST_ERRORS]


def _check(schema: dict, value, steps: tuple, found: list) -> None:
    kind = "null" if value is None else _TYPES.get(type(value), "")
    branch = _branch(schema, kind, value)
    if branch is None:
        found.append((steps, _must_be(schema)))
    elif kind == "object":
        _check_object(branch, value, steps, found)
    elif kind == "array":
        if len(value) > branch["maxItems"]:
            found.append((steps, _("At most %(most)d items.") % {"most": branch["maxItems"]}))
        for number, item in enumerate(value[: branch["maxItems"]]):
            _check(branch["items"], item, (*steps, number), found)
    elif message := _wrong_value(branch, value):
        found.append((steps, message))


def _branch(schema: dict, kind: str, value) -> dict | None:
    """Return the alternative of a schema that a value of this type belongs to."""
    fitting = [one for one in schema.get("anyOf", [schema]) if kind in _kinds(one)]
    return next((one for one in fitting if not _wrong_value(one, value)), fitting[0] if fitting else None)


def _kinds(schema: dict) -> list[str]:
    kinds = schema["type"]
    return kinds if isinstance(kinds, list) else [kinds]


def _check_object(schema: dict, value: dict, steps: tuple, found: list) -> None:
    properties = schema["properties"]
    for name in schema.get("required", ()):
        if not value.get(name):
            found.append(((*steps, name), _("Give the printed words.")))
            return
    for name, inner in value.items():
        if name in properties:
            _check(properties[name], inner, (*steps, name), found)
        else:
            message = _("There is no such field; the fields are: %(names)s.") % {"names": ", ".join(properties)}
            found.append(((*steps, name), message))


def _wrong_value(schema: dict, value) -> str:
    """Return what is wrong with a text or a number; "" for nothing."""
    if "enum" in schema and value not in schema["enum"]:
        codes = ", ".join(code for code in schema["enum"] if code)
        return _("Must be one of: %(codes)s.") % {"codes": codes}
    if isinstance(value, str):
        return _wrong_text(schema, value)
    if type(value) is int and not schema.get("minimum", value) <= value <= schema.get("maximum", value):
        limits = {"least": schema["minimum"], "most": schema["maximum"]}
        return _("Must be a whole number from %(least)d to %(most)d.") % limits
    return ""


def _wrong_text(schema: dict, value: str) -> str:
    if len(value) < schema.get("minLength", 0):
        return _("Give the printed words.")
    if len(value) > schema.get("maxLength", len(value)):
        return _("At most %(most)d characters.") % {"most": schema["maxLength"]}
    if value and schema.get("format") == "edtf" and not edtf.is_valid(value):
        return _("This is no date: write 1937, 1937-08, 1937-08-05, or a span of time: 1937-08/1938-11.")
    if "pattern" in schema and not re.search(schema["pattern"].removesuffix("$") + r"\Z", value):
        return _("Must be an ISO 8601 duration in years, months and days: P10Y or P1Y6M.")
    return ""


def _must_be(schema: dict) -> str:
    kinds = {kind for one in schema.get("anyOf", [schema]) for kind in _kinds(one)} - {"null"}
    return _("Must be of this type: %(types)s.") % {"types": ", ".join(sorted(kinds))}


def place_of(slot: str, record) -> str:
    """Return the JSON pointer to a slot that the door complains of ("arrests[0].date"), within a body."""
    steps = [int(step) if step.isdecimal() else step for step in re.findall(r"[^.\[\]]+", slot)]
    record = record if isinstance(record, dict) else {}
    if steps[:1] == ["name_variants"] and len(steps) > 1 and any(record.get(part) for part in NAME_PARTS):
        if steps[1] == 0:  # the main name stands before the variants there
            return pointer("record", *steps[2:])
        steps[1] -= 1
    return pointer("record", *_within(record, steps))


def _within(value, steps):
    """Yield the steps that there are in a value: what stands alone has no number."""
    for step in steps:
        if isinstance(step, int) and not isinstance(value, list):
            continue
        yield step
        if isinstance(value, list):
            value = value[step] if isinstance(step, int) and step < len(value) else None
        else:
            value = value.get(step) if isinstance(value, dict) else None


assert {*SINGLE} >= {*TRAITS}, "traits stand alone in a record"
