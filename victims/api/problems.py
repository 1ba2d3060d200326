"""What went wrong, as RFC 9457 problem documents: one handler for all that is raised behind the API."""

import logging

from django.core.exceptions import PermissionDenied
from django.core.signals import got_request_exception
from django.http import Http404
from django.utils.translation import gettext as _
from rest_framework import exceptions, status
from rest_framework.response import Response

from memorial.coded import gettext_noop
from memorial.saying import in_words
from victims.models.record import Conflict, Refused

log = logging.getLogger("django.request")
MEDIA_TYPE = "application/problem+json"
TYPE = "urn:memorial:problem:"
#: Longest piece of what was sent that an answer repeats.
ECHO = 60
#: Status -> (last part of the problem's type, title).
PROBLEMS = {
    400: ("invalid-request", gettext_noop("The request is not well formed.")),
    401: ("not-signed-in", gettext_noop("Sign in, or send a valid token.")),
    403: ("not-allowed", gettext_noop("Your role does not allow this.")),
    404: ("not-found", gettext_noop("There is nothing here.")),
    405: ("method-not-allowed", gettext_noop("This method is not for this address.")),
    406: ("not-acceptable", gettext_noop("The answer is not available in the form that you accept.")),
    409: ("refused", gettext_noop("The record does not allow this as it is now.")),
    410: ("withdrawn", gettext_noop("This record was withdrawn.")),
    412: ("changed-meanwhile", gettext_noop("The record is not as you saw it any more.")),
    413: ("too-large", gettext_noop("The body is too large.")),
    415: ("unsupported-media-type", gettext_noop("The body is in a form that this address does not take.")),
    422: ("cannot-be-kept", gettext_noop("The record cannot be kept as it is.")),
    428: ("precondition-required", gettext_noop("Say in If-Match which version you are changing.")),
    429: ("too-many-requests", gettext_noop("Too many requests.")),
    500: ("server-error", gettext_noop("Something went wrong here; it is logged.")),
}


class Problem(exceptions.APIException):
    """A problem with a status, words, and members of its own (``errors``, ``withdrawn`` …)."""

    def __init__(self, status_code: int, detail: str = "", headers: dict | None = None, **members):
        self.status_code, self.headers, self.members = status_code, headers or {}, members
        super().__init__(str(detail))


def parameter_problem(complaints: dict[str, list[str]]) -> Problem:
    """Return the problem of a question that cannot be answered: {parameter: what is wrong with it}."""
    errors = [
        {"parameter": clipped(name), "detail": clipped(message, 800)}
        for name, messages in complaints.items()
        for message in messages
    ]
    return Problem(400, _("Parameters are wrong: see errors."), errors=errors)


def body_problem(wrong: list[tuple[str, str]], status_code: int = 400) -> Problem:
    """Return the problem of a body that cannot be taken: [(JSON pointer, what is wrong there)]."""
    errors = [{"pointer": clipped(pointer, 300), "detail": message} for pointer, message in wrong]
    return Problem(status_code, _("The body cannot be taken: see errors."), errors=errors)


def clipped(text: str, longest: int = ECHO) -> str:
    """Return what was sent, short enough and clean enough to be repeated in an answer."""
    clean = text.replace("\0", "\N{REPLACEMENT CHARACTER}").encode(errors="replace").decode()
    return clean if len(clean) <= longest else clean[: longest - 1] + "…"


def pointer(*steps) -> str:
    """Return the JSON pointer, as a fragment, to a place in the body."""
    return "#" + "".join("/" + str(step).replace("~", "~0").replace("/", "~1") for step in steps)


def handle(error: Exception, context) -> Response:
    """Return the problem document for anything raised while a request was answered."""
    if isinstance(error, Problem):
        return answer(error.status_code, error.detail, error.headers, **error.members)
    if isinstance(error, Http404):
        return answer(404)
    if isinstance(error, PermissionDenied):
        return answer(403, in_words(error))
    if isinstance(error, Conflict):
        return answer(412, in_words(error))
    if isinstance(error, Refused):
        return answer(409, in_words(error))
    if isinstance(error, exceptions.ValidationError):
        problem = body_problem(list(flat(error.detail)))
        return answer(400, problem.detail, **problem.members)
    if isinstance(error, exceptions.APIException):
        return answer(error.status_code, _words(error, context), _headers(error))
    return _broken(error, context)


def _words(error: exceptions.APIException, context) -> str:
    if isinstance(error, exceptions.UnsupportedMediaType):
        forms = ", ".join(one.media_type for one in context["view"].parser_classes)
        return _("Send the body as %(forms)s.") % {"forms": forms}
    if isinstance(error, exceptions.Throttled):
        return _("Wait %(seconds)d seconds.") % {"seconds": _seconds(error)}
    if isinstance(error, exceptions.NotAcceptable):
        forms = dict.fromkeys(one.media_type for one in error.available_renderers or ())
        return _("Send “Accept” with one of these, or leave it out: %(forms)s.") % {"forms": ", ".join(forms)}
    return "" if isinstance(error, exceptions.NotFound) else str(error.detail)


def _headers(error: exceptions.APIException) -> dict:
    headers = {}
    if getattr(error, "auth_header", None):
        headers["WWW-Authenticate"] = error.auth_header
    if isinstance(error, exceptions.Throttled):
        headers["Retry-After"] = str(_seconds(error))
    return headers


def _seconds(error: exceptions.Throttled) -> int:
    return max(1, int(error.wait or 1))


def _broken(error: Exception, context) -> Response:
    """Log what nobody expected, tell monitors, and answer without its details."""
    request = getattr(context.get("request"), "_request", None)
    log.error("%s: %s", type(error).__name__, getattr(request, "path", ""), exc_info=error)
    got_request_exception.send(sender=type(context.get("view")), request=request)
    return answer(status.HTTP_500_INTERNAL_SERVER_ERROR)


def answer(code: int, detail: str = "", headers: dict | None = None, **members) -> Response:
    """Return a problem document."""
    kind, title = PROBLEMS.get(code, PROBLEMS[400 if code < 500 else 500])
    problem = {"type": TYPE + kind, "title": _(title), "status": code}
    if detail:
        problem["detail"] = str(detail)
    return Response(problem | members, status=code, headers=headers, content_type=MEDIA_TYPE)


def flat(detail, steps: tuple = ()):
    """Yield (JSON pointer, message) for the nested errors of a serializer."""
    if isinstance(detail, dict):
        for key, inner in detail.items():
            yield from flat(inner, steps if key == "non_field_errors" else (*steps, key))
    elif isinstance(detail, list):
        for number, inner in enumerate(detail):
            yield from flat(inner, (*steps, number) if isinstance(inner, dict) else steps)
    else:
        yield pointer(*steps), str(detail)
