"""What all answers of the API share: language, validators and caching, strict parameters, pages."""

import re
from hashlib import blake2b

from django.http import Http404, HttpResponse
from django.urls import reverse
from django.utils import translation
from django.utils.cache import patch_vary_headers
from django.utils.http import parse_etags
from django.utils.translation import gettext as _
from django.utils.translation.trans_real import get_supported_language_variant, parse_accept_lang_header
from rest_framework.permissions import AllowAny
from rest_framework.renderers import JSONRenderer
from rest_framework.response import Response
from rest_framework.views import APIView

from victims.api import paging
from victims.api.access import IsKeeper, Session, Token, UserThrottle, VisitorThrottle
from victims.api.parsing import StrictJSON
from victims.api.problems import Problem, handle, parameter_problem
from victims.api.schema import Operation, Schema
from victims.filters.strict import UNREADABLE

#: The language of answers to those who ask for none: programs are written in it.
LANGUAGE = "en"
VARY = ("Authorization", "Cookie", "Accept-Language")
#: Pages of other sites may read what everybody may: a browser sends no cookie for "*", and, since no OPTIONS is
#: answered, neither tokens nor what would be written.
SHARED = {
    "Access-Control-Allow-Origin": "*",
    "Access-Control-Expose-Headers": "Content-Language, ETag, Location, Retry-After",
}
#: A version of a record as its ETag tells it: r5-0f3a…
_REVISION = re.compile(r'(?:W/)?"r(\d{1,9})-[0-9a-f]{16}"')


class ApiView(APIView):
    """An address of the API; ``operations`` describes its methods, and the schema is made of that."""

    operations: dict[str, Operation] = {}
    tag = ""
    #: Parameters in the query that it reads; all others are refused by name.
    parameters: tuple[str, ...] = ()
    #: How long a visitor may keep an answer without asking again, in seconds.
    fresh = 60

    authentication_classes = [Token, Session]
    permission_classes = [AllowAny]
    throttle_classes = [VisitorThrottle, UserThrottle]
    renderer_classes = [JSONRenderer]
    parser_classes = [StrictJSON]
    metadata_class = None
    http_method_names = ["get", "head", "post", "put", "patch"]
    schema = Schema()

    def get_permissions(self):
        """Whoever asks may read; those who keep the records may write, where there is anything to write."""
        writes = self.request.method in ("POST", "PUT", "PATCH") and hasattr(self, self.request.method.lower())
        classes = [IsKeeper] if writes else self.permission_classes
        return [permission() for permission in classes]

    def get_exception_handler(self):
        return handle

    def dispatch(self, request, *args, **kwargs):
        """Answer in the language that is asked for, with validator, caching and variation told."""
        language = language_of(request)
        with translation.override(language):
            response = super().dispatch(request, *args, **kwargs)
            if isinstance(response, Response):
                response.render()
        response.headers["Content-Language"] = language
        for name, value in SHARED.items():
            response.headers[name] = value
        patch_vary_headers(response, VARY)
        response.headers.setdefault("Cache-Control", self._cache_control(response))
        if request.method in ("GET", "HEAD") and response.status_code == 200 and not response.streaming:
            response.headers["ETag"] = self.etag(response)
            return self._not_modified(request, response) or response
        return response

    def initial(self, request, *args, **kwargs):
        """Refuse what the address does not know before anything is done."""
        super().initial(request, *args, **kwargs)
        if any(type(value) is int and value > paging.LARGEST_KEY for value in kwargs.values()):
            raise Http404
        self.check_parameters(request)

    def check_parameters(self, request) -> None:
        """Raise Problem 400 where a parameter is given that this address does not read."""
        if unknown := [name for name in request.query_params if name not in self.known_parameters()]:
            known = ", ".join(sorted(self.known_parameters())) or _("none")
            message = _("There is no such parameter. The parameters are: %(names)s.") % {"names": known}
            raise parameter_problem({name: [message] for name in unknown})

    def known_parameters(self):
        """Return the names of the parameters in the query that this address reads."""
        return self.parameters

    def etag(self, response) -> str:
        """Return the validator of an answer."""
        return f'"{digest(response)}"'

    def _cache_control(self, response) -> str:
        if response.status_code >= 400:
            return "no-store"
        if self.request.method not in ("GET", "HEAD") or self.request.user.is_authenticated:
            return "private, no-cache"
        return f"public, max-age={self.fresh}"

    @staticmethod
    def _not_modified(request, response):
        """Return 304 where the client has this very answer already, else None."""
        wanted = parse_etags(request.headers.get("If-None-Match", ""))
        tag = response.headers["ETag"]
        if "*" not in wanted and tag not in [one.removeprefix("W/") for one in wanted]:
            return None
        kept = ("ETag", "Cache-Control", "Vary", "Content-Language", *SHARED)
        answer = HttpResponse(status=304, headers={name: response.headers[name] for name in kept})
        del answer.headers["Content-Type"]
        return answer

    @property
    def root(self) -> str:
        """The full address of the API, for links."""
        return self.request.build_absolute_uri(reverse("api:root"))

    @property
    def context(self) -> dict:
        """What serializers need to know of the request."""
        return {"root": self.root, "site": self.request.build_absolute_uri("/"), "user": self.request.user}

    def following(self, cursor: str | None) -> str | None:
        """Return the address of the next page of this question, None where there is none."""
        if cursor is None:
            return None
        query = self.request.query_params.copy()
        query["cursor"] = cursor
        return self.request.build_absolute_uri(f"{self.request.path}?{query.urlencode()}")

    def told(self, serializer, thing, **more) -> dict:
        """Return what a serializer tells of a thing."""
        return serializer(thing, context=self.context | more).data


def language_of(request) -> str:
    """Return the first language of Accept-Language that the site speaks, English where it speaks none."""
    for code, _quality in parse_accept_lang_header(request.headers.get("Accept-Language", "").lower()):
        try:
            return get_supported_language_variant(code)
        except (LookupError, ValueError):
            continue
    return LANGUAGE


def digest(response) -> str:
    """Return a short hash of what an answer says, in which language."""
    return blake2b(response.content, digest_size=8).hexdigest()


def revision_seen(request, now: int, *, required: bool) -> int | None:
    """Return the revision of a record that If-Match names.

    Problem 428 where it is required and names none, 412 where the record is not at that revision any more.
    """
    header = request.headers.get("If-Match", "").strip()
    if not header:
        if required:
            raise Problem(428, _("Send If-Match with the ETag that you got with the record."))
        return None
    if header == "*":
        if required:
            raise Problem(428, _("“*” names no version: send the ETag that you got with the record."))
        return None
    if now in [int(found) for found in _REVISION.findall(header)]:
        return now
    raise Problem(412, _("Get the record again, look at what changed, then send your change with its ETag."))


def page_asked(query, place_of, wrong: dict | None = None) -> tuple:
    """Return (limit, place) of the page that is asked for; Problem 400 tells this and all else that is wrong."""
    wrong = dict(wrong or {})
    for name in query:
        if not query[name].strip():  # a forgotten value would ask for everybody
            wrong.setdefault(name, [_("Give a value, or leave the parameter out.")])
        elif "\0" in query[name]:  # of a name that is searched for; filters refuse it themselves
            wrong.setdefault(name, [str(UNREADABLE)])
    limit, complaint = paging.read_limit(query.get("limit", ""))
    place = place_of(query["cursor"]) if "cursor" in query else None
    if complaint:
        wrong.setdefault("limit", [complaint])
    if place is None and "cursor" in query:
        wrong.setdefault("cursor", [paging.bad_cursor()])
    if wrong:
        raise parameter_problem(wrong)
    return limit, place


class Listing(ApiView):
    """A list: filtered, in a fixed order, in pages."""

    filterset_class = None
    item = None
    order = paging.KEY
    beside = ("limit", "cursor")

    def check_parameters(self, request) -> None:
        """Leave it to ``asked``, which tells all that is wrong at once."""
        if request.method not in ("GET", "HEAD"):
            super().check_parameters(request)

    def rows(self):
        """Return the queryset that the list is taken from."""
        raise NotImplementedError

    def asked(self):
        """Return (filterset, limit, place in the list); Problem 400 names every parameter that is wrong."""
        filterset = self.filterset_class(self.request.query_params, self.rows(), beside=self.beside)
        return filterset, *page_asked(self.request.query_params, self.place, filterset.complaints())

    def place(self, text: str):
        """Return the place in the list that a cursor means, None for what is no cursor of it."""
        return paging.decode(self.order, text)

    def get(self, request):
        filterset, limit, place = self.asked()
        found = self.listed(paging.behind(filterset.qs, self.order, place), limit)
        rows, following = paging.cut(found, self.order, limit)
        return self.page(self.items(rows), following)

    def listed(self, found, limit: int):
        """Return what a page, and one row more, is cut from."""
        return found

    def items(self, rows) -> list:
        """Return the rows of a page as they are told."""
        return self.item(rows, many=True, context=self.context).data

    def page(self, items, following: str | None, **more) -> Response:
        """Return one page and the address of the next."""
        return Response({"results": items, "next": self.following(following), **more})
