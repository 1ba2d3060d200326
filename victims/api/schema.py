"""The OpenAPI description, made of what each view says of its methods (``Operation``)."""

from dataclasses import dataclass

from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django_filters import BaseInFilter
from drf_spectacular.extensions import OpenApiAuthenticationExtension
from drf_spectacular.openapi import AutoSchema
from drf_spectacular.utils import OpenApiParameter, OpenApiResponse
from rest_framework import serializers

from victims.api import problems
from victims.api.paging import DEFAULT, MOST
from victims.api.record_form import COMPONENTS
from victims.api.serializers.common import ProblemDocument

READING = (400, 401, 404, 406, 429, 500)
WRITING = (400, 401, 403, 404, 406, 409, 413, 415, 429, 500)
STRING = {"type": "string"}
#: A text with something to be seen in it, without NUL and what stands for letters that could not be read.
VISIBLE = r"^[^\x00\ufffd]*[^\s\x00\ufffd][^\x00\ufffd]*$"
HEADER = OpenApiParameter.HEADER


@dataclass(frozen=True)
class Operation:
    """One method of one address: its name, what it answers, what it takes, how it can fail."""

    id: str
    summary: str
    answers: object
    takes: object = None
    status: int = 200
    fails: tuple[int, ...] = ()
    many: bool = False
    #: Headers of its own: whether it asks for If-Match ("required", "optional" or "").
    if_match: str = ""
    redirects: bool = False
    #: What a stream is of; it has no validator.
    streams: str = ""
    media: str = "application/json"


class Schema(AutoSchema):
    """Reads ``view.operations``; filters' parameters come from the view's FilterSet."""

    @property
    def operation(self) -> Operation:
        return self.view.operations[self.method]

    def is_excluded(self):
        return self.method not in self.view.operations

    def get_operation_id(self):
        return self.operation.id

    def get_summary(self):
        return self.operation.summary

    def get_tags(self):
        return [self.view.tag]

    def get_request_serializer(self):
        return self.operation.takes

    def get_filter_backends(self):
        return []

    def _is_list_view(self, serializer=None):
        return False

    @property
    def _validated(self) -> bool:
        return self.method == "GET" and not self.operation.streams

    def get_override_parameters(self):
        return [*self._path(), *self._query(), *self._request_headers(), *self._response_headers()]

    def _path(self):
        for name, (schema, description) in getattr(self.view, "path_parameters", {}).items():
            yield OpenApiParameter(name, schema, OpenApiParameter.PATH, required=True, description=description)

    def _query(self):
        if self.method != "GET":
            return
        filterset = getattr(self.view, "filterset_class", None)
        for name, one in filterset.base_filters.items() if filterset else ():
            schema, *more = described(one, getattr(self.view, "choices", {}).get(name))
            several = {"style": "form", "explode": False} if schema["type"] == "array" else {}
            yield OpenApiParameter(name, schema, *more, **several)
        yield from getattr(self.view, "query_parameters", ())

    def _request_headers(self):
        if self._validated:
            told = _("The ETag of an answer that you have: 304 where it still holds.")
            yield OpenApiParameter("If-None-Match", STRING, HEADER, description=told)
        elif self.operation.if_match:
            told = _("The ETag of the record as you saw it: 412 where it has changed since.")
            needed = self.operation.if_match == "required"
            yield OpenApiParameter("If-Match", STRING, HEADER, required=needed, description=told)

    def _response_headers(self):
        operation = self.operation
        told = {
            "ETag": (_("The validator of this answer."), [200, 304] if self._validated else []),
            "Location": (_("The address to go to."), [201, 308]),
            "Retry-After": (_("Seconds to wait."), [429]),
            "WWW-Authenticate": (_("How to sign in: Token."), [401]),
        }
        if operation.if_match == "required":
            told["ETag"] = (told["ETag"][0], [200])
        for name, (description, codes) in told.items():
            if codes:
                yield OpenApiParameter(name, STRING, HEADER, description=description, response=codes)

    def get_response_serializers(self):
        operation = self.operation
        answers = operation.answers(many=True) if operation.many else operation.answers
        responses = {(operation.status, operation.streams or operation.media): answers}
        if self._validated:
            responses[304] = OpenApiResponse(description=_("What you have still holds."))
        if operation.redirects:
            responses[308] = OpenApiResponse(description=_("The record was merged into that one."))
        usual = READING if self.method == "GET" else WRITING
        for code in sorted({*usual, *operation.fails}):
            title = _(problems.PROBLEMS[code][1])
            responses[code, problems.MEDIA_TYPE] = OpenApiResponse(ProblemDocument, description=title)
        return responses


def described(one, only: tuple[str, ...] | None = None) -> tuple:
    """Return (schema, place, required, description) of one filter, by the kind of its field.

    ``only`` are those of its choices that an address takes.
    """
    label = capfirst(str(one.label)) + "."
    field = one.field
    kind = type(field).__name__
    if choices := one.extra.get("choices"):
        choices = [(code, words) for code, words in choices if only is None or str(code) in only]
        codes = [str(code) for code, _label in choices]
        schema = {"type": "string", "enum": codes}
        if isinstance(one, BaseInFilter):
            schema = {"type": "array", "items": schema, "minItems": 1}
        label += " " + "; ".join(f"{code}: {_(str(words))}" for code, words in choices) + "."
    elif kind == "_YesNo":
        schema = {"type": "boolean"}
    elif kind == "_Row":
        model = field.queryset.model
        schema = {"type": "string", "format": f"{model._meta.model_name}-id", "minLength": 1}
        label += " " + _("The id of a row of %(list)s.") % {"list": model._meta.verbose_name_plural}
    elif kind == "_EDTF":
        schema = {"type": "string", "format": "edtf", "minLength": 1, "maxLength": 200}
        label += " " + _("EDTF: 1937, 1937-08, 1937-08-05, or a span: 1937-08/1938-11. Overlapping times match.")
    elif kind == "_Ages":
        schema = {"type": "string", "format": "ages", "minLength": 1, "maxLength": 20}
        label += " " + _("Whole years: 37, 30-39, 80+.")
    elif kind == "_Victim":
        schema = {"type": "string", "format": "public-id", "minLength": 1}
        label += " " + _("The public id of a person.")
    else:
        schema = {"type": "string", "pattern": VISIBLE, "maxLength": getattr(field, "max_length", None) or 200}
    return schema, OpenApiParameter.QUERY, False, label


def paging_parameters(*more: OpenApiParameter, kind: str = "cursor") -> tuple:
    """Return the parameters that every list reads beside its filters; ``kind`` tells apart cursors of lists."""
    return (
        *more,
        OpenApiParameter(
            "limit",
            {"type": "integer", "minimum": 1, "maximum": MOST, "default": DEFAULT},
            description="Items on a page.",
        ),
        OpenApiParameter(
            "cursor",
            {"type": "string", "format": kind, "minLength": 1},
            description="Where the page begins: from “next” of the page before, as it is.",
        ),
    )


class TokenScheme(OpenApiAuthenticationExtension):
    """How a program signs in."""

    target_class = "victims.api.access.Token"
    name = "token"

    def get_security_definition(self, auto_schema):
        return {
            "type": "apiKey",
            "in": "header",
            "name": "Authorization",
            "description": "The word Token, a space, and a token.",
        }


class SessionScheme(OpenApiAuthenticationExtension):
    """How the site's own pages sign in; a write then needs the CSRF token in X-CSRFToken."""

    target_class = "victims.api.access.Session"
    name = "session"

    def get_security_definition(self, auto_schema):
        return {"type": "apiKey", "in": "cookie", "name": "sessionid"}


def with_record_form(result, generator, request, public):
    """Put the record form beside the other components, where serializers point to it."""
    result["components"]["schemas"] |= COMPONENTS
    return result


def page_of(item, **more):
    """Return the serializer of a page of a list: ``results``, ``next``, and what else the list tells."""
    fields = {
        "__doc__": "A page of a list; “next” is the address of the following page, null on the last.",
        "results": item(many=True),
        "next": serializers.URLField(allow_null=True),
        **more,
    }
    return type(f"{item.__name__}Page", (serializers.Serializer,), fields)
