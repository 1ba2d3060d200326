"""Reference data: sources, bodies, sittings, regions, execution sites, operations."""

from django.db.models import Prefetch
from django.http import Http404
from rest_framework.response import Response

from sources.models import Source
from victims.api.base import ApiView, Listing
from victims.api.paging import LARGEST_KEY
from victims.api.schema import Operation as Op
from victims.api.schema import page_of, paging_parameters
from victims.api.serializers import reference as told
from victims.filters import (
    BodyFilterSet,
    ExecutionSiteFilterSet,
    OperationFilterSet,
    RegionFilterSet,
    SittingFilterSet,
    SourceFilterSet,
)
from victims.models import (
    Body,
    BodyMember,
    Document,
    ExecutionSite,
    Limit,
    Operation,
    OperationCategory,
    Passage,
    Region,
    RegionSuccession,
    Report,
    SiteFigure,
    Sitting,
    TargetGroup,
)

SLUG = {"type": "string", "pattern": "^[-a-zA-Z0-9_]+$"}
NUMBER = {"type": "integer", "minimum": 1, "maximum": LARGEST_KEY}
#: Reference data change a few times a year.
FRESH = 300


class ReferenceList(Listing):
    """A list of reference data, in the order of their keys."""

    fresh = FRESH
    query_parameters = paging_parameters()


class ReferenceDetail(ApiView):
    """One row of reference data with all that belongs to it."""

    fresh = FRESH
    item = None
    #: The column that its address names.
    key = "slug"

    def get(self, request, id):
        row = self.rows().filter(**{self.key: id}).first()
        if row is None:
            raise Http404
        return Response(self.told(self.item, row))


def detail_of(listing, *, item=None, key: str = "slug", rows=None, summary: str, schema=SLUG):
    """Return the view of one row of a list."""
    name = listing.__name__.removesuffix("List")
    item = item or listing.item
    operation = Op(f"{listing.operations['GET'].id.removesuffix('_list')}_get", summary, item, fails=(404,))
    attributes = {
        "__doc__": f"{summary}.",
        "tag": listing.tag,
        "item": item,
        "key": key,
        "rows": rows or listing.rows,
        "operations": {"GET": operation},
        "path_parameters": {"id": (schema, "Its id.")},
    }
    return type(f"{name}Detail", (ReferenceDetail,), attributes)


def cited(model):
    """Return the rows of a model with the source that tells each."""
    return model.objects.select_related("source").order_by("pk")


class SourceList(ReferenceList):
    """Memorial books and volumes, archival units, databases, publications, testimonies."""

    tag, filterset_class, item = "sources", SourceFilterSet, told.Source
    operations = {"GET": Op("sources_list", "List sources", page_of(told.Source))}

    def rows(self):
        return Source.objects.select_related("parent__parent__parent")


class BodyList(ReferenceList):
    """Troikas and all other bodies that arrested, sentenced and rehabilitated."""

    tag, filterset_class, item = "bodies", BodyFilterSet, told.BodyBrief
    operations = {"GET": Op("bodies_list", "List bodies", page_of(told.BodyBrief))}

    def rows(self):
        return Body.objects.select_related("region", "source")


def bodies_whole(view):
    """Return bodies with their members and the ways in which books print them."""
    members = BodyMember.objects.select_related("victim", "source").order_by("tenure_earliest", "pk")
    return BodyList.rows(view).prefetch_related(Prefetch("members", members), "forms")


class SittingList(ReferenceList):
    """Bodies on a day, with the number of the protocol where a source gives it."""

    tag, filterset_class, item = "bodies", SittingFilterSet, told.Sitting
    operations = {"GET": Op("sittings_list", "List sittings", page_of(told.Sitting))}

    def rows(self):
        return Sitting.objects.select_related("body")


class RegionList(ReferenceList):
    """Administrative units of the time, with what became of them."""

    tag, filterset_class, item = "regions", RegionFilterSet, told.Region
    operations = {"GET": Op("regions_list", "List regions", page_of(told.Region))}

    def rows(self):
        successions = RegionSuccession.objects.select_related("predecessor", "successor", "source")
        return Region.objects.prefetch_related(
            Prefetch("origins", successions.order_by("date_earliest", "pk")),
            Prefetch("successions", successions.order_by("date_earliest", "pk")),
        )


class ExecutionSiteList(ReferenceList):
    """Places of shooting and of burial, with figures by source."""

    tag, filterset_class, item = "execution-sites", ExecutionSiteFilterSet, told.ExecutionSite
    operations = {"GET": Op("execution_sites_list", "List execution sites", page_of(told.ExecutionSite))}

    def rows(self):
        figures = Prefetch("figures", cited(SiteFigure))
        return ExecutionSite.objects.select_related("region", "source").prefetch_related(figures)


class OperationList(ReferenceList):
    """Mass operations, with what their records leave out."""

    tag, filterset_class, item = "operations", OperationFilterSet, told.OperationBrief
    operations = {"GET": Op("operations_list", "List operations", page_of(told.OperationBrief))}

    def rows(self):
        return Operation.objects.select_related("parent", "source")


def operations_whole(view):
    """Return operations with their documents, limits, reports, categories and target groups."""
    limits = cited(Limit).select_related("document", "region")
    return OperationList.rows(view).prefetch_related(
        "parts",
        Prefetch("categories", cited(OperationCategory).order_by("number")),
        Prefetch("target_groups", cited(TargetGroup)),
        Prefetch("passages", cited(Passage).select_related("document").order_by("number")),
        Prefetch("documents", cited(Document).order_by("date_earliest", "slug")),
        Prefetch("limits", limits),
        Prefetch("reports", cited(Report)),
    )


SourceDetail = detail_of(SourceList, summary="Get a source")
BodyDetail = detail_of(BodyList, item=told.Body, rows=bodies_whole, summary="Get a body, its members and forms")
SittingDetail = detail_of(SittingList, key="pk", summary="Get a sitting", schema=NUMBER)
RegionDetail = detail_of(RegionList, summary="Get a region and its succession")
ExecutionSiteDetail = detail_of(ExecutionSiteList, summary="Get an execution site and its figures")
OperationDetail = detail_of(
    OperationList, item=told.Operation, key="code", rows=operations_whole, summary="Get an operation"
)
