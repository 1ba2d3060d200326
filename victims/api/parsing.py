"""Bodies: JSON that can be kept as it is; what no database holds, or says two things at once, is refused."""

import json

from django.core.exceptions import TooManyFieldsSent
from django.http import QueryDict
from django.utils.translation import gettext as _
from rest_framework.parsers import BaseParser

from victims.api.problems import Problem, body_problem, clipped, pointer

#: Most bytes of a body.
LARGEST = 1_000_000
DEEPEST = 20


class _Twice(ValueError):
    pass


class StrictJSON(BaseParser):
    """application/json in UTF-8, without keys given twice, NaN, NUL, lone surrogates or endless nesting."""

    media_type = "application/json"

    def parse(self, stream, media_type=None, parser_context=None):
        """Return what a body says; Problem 400 or 413 says what is wrong with it."""
        return strict_json(_whole(stream), Problem(400, _("The body is no JSON in UTF-8.")))


class Form(BaseParser):
    """application/x-www-form-urlencoded in UTF-8: what programs send that a browser asks no leave for."""

    media_type = "application/x-www-form-urlencoded"

    def parse(self, stream, media_type=None, parser_context=None):
        """Return the fields of a form as a QueryDict; Problem 400 or 413 says what is wrong with it."""
        try:
            return QueryDict(_whole(stream), encoding="utf-8")
        except TooManyFieldsSent:
            raise Problem(400, _("There are too many fields.")) from None


def strict_json(body: bytes, no_json: Problem, *, texts: bool = True):
    """Return what JSON says; Problem 400 says what is wrong with it: ``no_json`` where it is none.

    Without ``texts`` values that no database holds are left to the caller; keys never are.
    """
    try:
        said = json.loads(body.decode("utf-8"), object_pairs_hook=_once, parse_constant=_no_constant)
    except _Twice as error:
        raise Problem(400, _("A key is given twice: %(key)s.") % {"key": clipped(str(error))}) from None
    except (ValueError, RecursionError):  # UnicodeDecodeError and the limit of digits are ValueErrors too
        raise no_json from None
    _check(said, (), texts)
    return said


def _whole(stream) -> bytes:
    body = stream.read(LARGEST + 1)
    if len(body) > LARGEST:
        raise Problem(413, _("A body has at most %(bytes)d bytes.") % {"bytes": LARGEST})
    return body


def _once(pairs):
    said = dict(pairs)
    if len(said) < len(pairs):
        keys = [key for key, _value in pairs]
        raise _Twice(next(key for key in keys if keys.count(key) > 1))
    return said


def _no_constant(name):
    raise ValueError(name)


def _check(said, steps: tuple, texts: bool) -> None:
    """Raise Problem where a text holds what no database keeps, or the nesting is deeper than any record's."""
    if len(steps) > DEEPEST:
        raise body_problem([(pointer(*steps[:3]), _("This is nested too deeply."))])
    if isinstance(said, str):
        if texts and not storable(said):
            raise body_problem([(pointer(*steps), _("A text holds NUL or half a character."))])
    elif isinstance(said, dict):
        for key, value in said.items():
            if not storable(key):
                raise body_problem([(pointer(*steps), _("A key holds NUL or half a character."))])
            _check(value, (*steps, clipped(key)), texts)
    elif isinstance(said, list):
        for number, value in enumerate(said):
            _check(value, (*steps, number), texts)


def storable(text: str) -> bool:
    """Return whether databases hold a text: without NUL and halves of surrogate pairs."""
    return "\0" not in text and not any("\ud800" <= letter <= "\udfff" for letter in text)
