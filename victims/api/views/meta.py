"""The API about itself: what there is, the data dictionary, the schema and its reader."""

from functools import cache

from django.http import Http404, HttpResponsePermanentRedirect
from django.urls import resolve
from django.utils import translation
from drf_spectacular.generators import SchemaGenerator
from drf_spectacular.renderers import OpenApiJsonRenderer, OpenApiYamlRenderer
from drf_spectacular.views import SpectacularSwaggerSplitView
from rest_framework import serializers
from rest_framework.renderers import JSONRenderer, TemplateHTMLRenderer
from rest_framework.response import Response

from victims.api.base import ApiView
from victims.api.dictionary import Dictionary, dictionary
from victims.api.schema import Operation as Op
from victims.api.serializers.common import Told

PLACES = (
    "victims", "suggest", "export", "reconcile", "entries", "arrests", "sentences", "imprisonments", "deaths",
    "rehabilitations", "bodies", "sittings", "regions", "execution-sites", "operations", "sources",
    "statistics", "fields", "schema", "docs",
)  # fmt: skip
RootTold = type(
    "Root",
    (Told,),
    {name: serializers.URLField() for name in PLACES} | {"__doc__": "What there is, and where."},
)


class Root(ApiView):
    """What there is, and where."""

    tag = "about"
    operations = {"GET": Op("root", "List what there is", RootTold)}
    fresh = 300

    def get(self, request):
        return Response({name: f"{self.root}{name}/" for name in PLACES})


class Fields(ApiView):
    """The data dictionary: every field in three languages, its names in the Open List and on Memorial's disk."""

    tag = "about"
    operations = {"GET": Op("fields_list", "Get the data dictionary", Dictionary)}
    fresh = 300

    def get(self, request):
        return Response(self.told(Dictionary, {"results": dictionary()}))


class _Json(JSONRenderer):
    """The schema under the plain name of its form, for those who ask for no better one."""


@cache
def schema() -> dict:
    """Return the OpenAPI description, made once in a process."""
    with translation.override("en"):
        return SchemaGenerator(urlconf=None).get_schema(request=None, public=True)


class OpenApi(ApiView):
    """The OpenAPI 3.1 description of the API, as JSON or YAML."""

    renderer_classes = [_Json, OpenApiJsonRenderer, OpenApiYamlRenderer]
    fresh = 300

    def get(self, request):
        return Response(schema())


class Docs(SpectacularSwaggerSplitView):
    """The reader of the description, with nothing from another host."""

    authentication_classes: list = []
    permission_classes: list = []
    throttle_classes: list = []
    renderer_classes = [TemplateHTMLRenderer]
    url_name = "api:schema"
    template_name = "victims/api_docs.html"
    title = "Memorial API"
    schema = None


class Nowhere(ApiView):
    """Every other address below the API: a problem document, or the same address with its slash."""

    schema = None
    parameters = ()

    def known_parameters(self):
        return tuple(self.request.query_params)

    def get_permissions(self):
        return []

    def get(self, request, path=""):
        asked = request._request
        if not path.endswith("/") and resolve(f"{asked.path_info}/").url_name != "nowhere":
            return HttpResponsePermanentRedirect(
                asked.get_full_path(force_append_slash=True), preserve_request=True
            )
        raise Http404

    post = put = patch = get
