"""The Reconciliation Service API 0.2, as OpenRefine asks it; whoever asks, it tells of whom the public sees."""

from django.http import Http404, QueryDict
from django.template.loader import render_to_string
from django.utils.translation import gettext as _
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter
from rest_framework import serializers
from rest_framework.permissions import AllowAny
from rest_framework.renderers import JSONRenderer
from rest_framework.response import Response

from sources.models import Source
from victims.api.access import Token
from victims.api.base import ApiView
from victims.api.extending import asked, extended, people
from victims.api.extending import properties as extending
from victims.api.parsing import Form, strict_json
from victims.api.problems import parameter_problem
from victims.api.reconciling import BATCH, STRICT, TYPE, Batch, candidates, described, named
from victims.api.reconciling import properties as reconciling
from victims.api.schema import Operation as Op
from victims.api.views.victims import PUBLIC_ID
from victims.filters.strict import UNREADABLE, is_unreadable
from victims.models import Entry, Victim
from victims.models.victim import from_public_id
from victims.search import QueryError, search
from victims.search.query import LONGEST, TOO_LONG

#: How many are suggested at once, and how far a list of suggestions goes on.
SUGGESTED, FURTHEST = 10, 1000
#: Width and height of a preview, in pixels.
PREVIEW = (420, 200)
FRAMED = "default-src 'none'; frame-ancestors *"


class Queries(serializers.Serializer):
    """A form; in place of the queries, “extend” is taken too."""

    queries = serializers.CharField(help_text="A batch as JSON: {“q0”: {“query”: …, “properties”: […]}}.")


class Extension(serializers.Serializer):
    """A form."""

    extend = serializers.CharField(help_text="What is asked for as JSON: {“ids”: […], “properties”: [{“id”: …}]}.")


def _parameter(name: str, description: str, *, required: bool = False, **schema) -> OpenApiParameter:
    return OpenApiParameter(name, {"type": "string", **schema}, required=required, description=description)


#: What programs send beside a prefix. Since there is one type, it changes nothing.
CHOICES = {"type": (TYPE, ""), "type_strict": STRICT, "all_types": ("true", "false")}
OF_TYPE, *OTHERS = (_parameter(name, "There is one type.", enum=list(codes)) for name, codes in CHOICES.items())
PREFIX = _parameter("prefix", "The beginning of a name, or an id.", required=True, minLength=1, maxLength=LONGEST)


class _Reconciling(ApiView):
    """An address of the service: anybody reads, by POST too; cookies are not asked for, so no CSRF token is."""

    tag = "reconciling"
    authentication_classes = [Token]
    parser_classes = [Form]
    #: What a form may hold, one of them.
    fields: tuple[str, ...] = ()

    def get_permissions(self):
        return [AllowAny()]

    def check_parameters(self, request) -> None:
        """Refuse what is unknown, given twice, or unreadable, in the query and in a form."""
        super().check_parameters(request)
        for given in (request.query_params, request.data if request.method == "POST" else QueryDict()):
            for name in given:
                if len(given.getlist(name)) > 1:
                    raise parameter_problem({name: [_("Give this parameter once.")]})
                if is_unreadable(given[name]) or "\0" in given[name]:
                    raise parameter_problem({name: [str(UNREADABLE)]})
        for name, values in CHOICES.items():
            if request.query_params.get(name, values[0]) not in values:
                codes = ", ".join(filter(None, values))
                told = _("There is no such value. The values are: %(codes)s.") % {"codes": codes}
                raise parameter_problem({name: [told]})

    def prefix(self) -> str:
        """Return what is typed; Problem 400 where it is nothing, or too long."""
        typed = self.request.query_params.get("prefix", "").strip()
        if not typed or len(typed) > LONGEST:
            raise parameter_problem({"prefix": [_(TOO_LONG) if typed else _("Type the beginning of a name.")]})
        return typed

    def answer_to(self, field: str, text: str) -> Response:
        """Return the answer to the JSON of a field; Problem 400 names what is wrong in it."""
        told = _("“%(field)s” is no JSON.") % {"field": field}
        cells = field == "queries"  # one that cannot be read costs its row alone
        said = strict_json(text.encode(), parameter_problem({field: [told]}), texts=not cells)
        if not cells:
            return Response(extended(*asked(said)))
        batch = Batch(said)
        return Response({key: _answer(batch, key) for key in said})

    def post(self, request):
        unknown = [name for name in request.data if name not in self.fields]
        if unknown or len(request.data) != 1:
            told = _("Send a form with one field: %(names)s.") % {"names": ", ".join(self.fields)}
            raise parameter_problem({name: [told] for name in unknown or self.fields[:1]})
        [(field, text)] = request.data.items()
        return self.answer_to(field, text)


def _answer(batch: Batch, key: str) -> dict:
    """Return who may be meant by one query; of one whose cells cannot be read nobody, and why."""
    if key in batch.errors:
        return {"result": [], "errors": batch.errors[key]}
    return {"result": [_told(one) for one in candidates(batch.asked[key])]}


def _told(one) -> dict:
    """Return a candidate as the specification has it."""
    features = [{"id": "name", "value": round(one.hit.score * 100, 1)}]
    features += [{"id": pid, "value": agrees} for pid, agrees in one.agrees.items() if agrees is not None]
    return _brief(one.hit.victim, _(one.hit.reason)) | {
        "type": [{"id": TYPE, "name": str(Victim._meta.verbose_name)}],
        "score": max(0, round(one.score, 1)),
        "match": one.match,
        "features": features,
    }


def _brief(victim: Victim, reason: str = "") -> dict:
    return {"id": victim.public_id, "name": named(victim), "description": described(victim, reason)}


class Service(_Reconciling):
    """Without queries the manifest of the service; with them, for each of a batch, who may be meant.

    “match” is true of one who alone has the very name and agrees in all that is given. A form may also ask what is
    recorded of people (“extend”). The forms are those of the Reconciliation Service API 0.2.
    """

    parameters, fields = ("queries",), ("queries", "extend")
    query_parameters = (
        _parameter("queries", "A batch: {“q0”: {“query”: …, “properties”: […]}}.", format="reconciliation-batch"),
    )
    operations = {
        "GET": Op("reconcile", "Get the manifest, or reconcile a batch", OpenApiTypes.OBJECT),
        "POST": Op("reconcile_batch", "Reconcile a batch, or get data", OpenApiTypes.OBJECT, Queries),
    }

    def get(self, request):
        if "queries" in request.query_params:
            return self.answer_to("queries", request.query_params["queries"])
        here, site = self.request.build_absolute_uri(request.path), self.context["site"]
        preview = {"url": f"{here}preview/?id={{{{id}}}}", "width": PREVIEW[0], "height": PREVIEW[1]}
        manifest = {
            "versions": ["0.2"],
            "name": f"{_('Memorial')}: {_('an open database of the victims of Soviet terror')}",
            "identifierSpace": f"{site}victims/",
            "schemaSpace": f"{self.root}fields/",
            "defaultTypes": [{"id": TYPE, "name": str(Victim._meta.verbose_name)}],
            "view": {"url": f"{site}victims/{{{{id}}}}/"},
            "preview": preview,
            "suggest": {
                "entity": {"service_url": here.rstrip("/"), "service_path": "/suggest/"},
                "property": {"service_url": here.rstrip("/"), "service_path": "/suggest/property/"},
            },
            "extend": {
                "propose_properties": {"service_url": here.rstrip("/"), "service_path": "/properties/"},
                "property_settings": [
                    {
                        "name": "limit", "label": _("How many values"), "type": "number", "default": 0,
                        "help_text": _("0 for all: several where sources differ, the one that is shown first"),
                    }
                ],
            },
            "batchSize": BATCH,
        }  # fmt: skip
        return Response(manifest)


class Extend(_Reconciling):
    """What is recorded of people, by their ids: all values of each property, the one that is shown first."""

    fields = ("extend",)
    operations = {"POST": Op("reconcile_extend", "Get data of people", OpenApiTypes.OBJECT, Extension)}


class Suggest(_Reconciling):
    """People whose name begins as what is typed, or whose id it is."""

    parameters = ("prefix", "cursor", *CHOICES)
    query_parameters = (
        PREFIX,
        _parameter("cursor", "How many to leave out.", type="integer", minimum=0, maximum=FURTHEST),
        OF_TYPE,
        *OTHERS,
    )
    operations = {"GET": Op("reconcile_suggest", "Suggest people", OpenApiTypes.OBJECT)}

    def get(self, request):
        typed, start = self.prefix(), request.query_params.get("cursor", "0")
        if not (start.isascii() and start.isdecimal() and len(start) < 5 and int(start) <= FURTHEST):
            told = _("Give a whole number from 0 to %(most)d.") % {"most": FURTHEST}
            raise parameter_problem({"cursor": [told]})
        found = list(people([typed]).values())[int(start) :] if from_public_id(typed) else []
        for text in (f"{typed}*", typed) if not found else ():
            found = found or self._found(text, int(start))
        return Response({"result": [_brief(one) for one in found]})

    @staticmethod
    def _found(text: str, start: int) -> list[Victim]:
        try:
            return [hit.victim for hit in search(text, limit=SUGGESTED, offset=start).hits]
        except QueryError:  # of what is being typed nothing is wrong yet
            return []


class SuggestProperty(_Reconciling):
    """Properties of a query whose name or id holds what is typed."""

    parameters = ("prefix", *CHOICES)
    query_parameters = (PREFIX, OF_TYPE, *OTHERS)
    operations = {"GET": Op("reconcile_suggest_property", "Suggest properties", OpenApiTypes.OBJECT)}

    def get(self, request):
        typed = self.prefix().lower()
        found = [one for one in reconciling() if typed in one["id"] or typed in one["name"].lower()]
        return Response({"result": found})


class Properties(_Reconciling):
    """What “extend” can tell of people."""

    parameters = ("type",)
    query_parameters = (OF_TYPE,)
    operations = {"GET": Op("reconcile_properties", "List what can be told", OpenApiTypes.OBJECT)}

    def get(self, request):
        return Response({"type": TYPE, "properties": extending()})


class Page(JSONRenderer):
    """A page for people; what goes wrong is told as JSON all the same."""

    media_type, format = "text/html", "html"

    def render(self, data, *args, **kwargs):
        return data.encode() if isinstance(data, str) else super().render(data, *args, **kwargs)


class Preview(_Reconciling):
    """A small page about a person, to be shown in a frame of another site."""

    parameters = ("id",)
    query_parameters = (OpenApiParameter("id", PUBLIC_ID, required=True, description="A public id."),)
    operations = {"GET": Op("reconcile_preview", "Preview a person", OpenApiTypes.STR, media="text/html")}
    renderer_classes = [Page, JSONRenderer]

    def get(self, request):
        if not (public_id := request.query_params.get("id", "")):
            raise parameter_problem({"id": [_("Give a value, or leave the parameter out.")]})
        if not (found := list(people([public_id]).values())):
            raise Http404
        entries = Entry.objects.filter(victim=found[0], removed=False)
        told = {
            "victim": found[0],
            "sources": Source.objects.filter(pk__in=entries.values("source")).order_by("title"),
            "page": f"{self.context['site']}victims/{found[0].public_id}/",
        }
        return Response(render_to_string("victims/preview.html", told), content_type="text/html; charset=utf-8")

    def dispatch(self, request, *args, **kwargs):
        """Let other sites frame it, also what is told of its being unchanged; it runs and asks for nothing."""
        response = super().dispatch(request, *args, **kwargs)
        response.xframe_options_exempt = True
        response.headers["Content-Security-Policy"] = FRAMED
        return response
