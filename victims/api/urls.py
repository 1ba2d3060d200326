"""Addresses of the API."""

from django.urls import path, re_path

from victims.api.views import entries, export, facts, keeping, meta, reconciling, reference, statistics, victims

app_name = "api"


def pair(place: str, listing, detail, kind: str = "slug") -> list:
    """Return the addresses of a list and of its items."""
    return [
        path(f"{place}/", listing.as_view(), name=f"{place}-list"),
        path(f"{place}/<{kind}:id>/", detail.as_view(), name=f"{place}-detail"),
    ]


urlpatterns = [
    path("", meta.Root.as_view(), name="root"),
    path("fields/", meta.Fields.as_view(), name="fields"),
    path("schema/", meta.OpenApi.as_view(), name="schema"),
    path("docs/", meta.Docs.as_view(), name="docs"),
    path("export/", export.Export.as_view(), name="export"),
    path("suggest/", victims.Suggest.as_view(), name="suggest"),
    path("reconcile/", reconciling.Service.as_view(), name="reconcile"),
    path("reconcile/extend/", reconciling.Extend.as_view(), name="reconcile-extend"),
    path("reconcile/properties/", reconciling.Properties.as_view(), name="reconcile-properties"),
    path("reconcile/suggest/", reconciling.Suggest.as_view(), name="reconcile-suggest"),
    path("reconcile/suggest/property/", reconciling.SuggestProperty.as_view(), name="reconcile-suggest-property"),
    path("reconcile/preview/", reconciling.Preview.as_view(), name="reconcile-preview"),
    *pair("victims", victims.VictimList, victims.VictimDetail, "str"),
    path("victims/<str:id>/publish/", keeping.Publish.as_view(), name="publish"),
    path("victims/<str:id>/withdraw/", keeping.Withdraw.as_view(), name="withdraw"),
    path("victims/<str:id>/merge/", keeping.MergeInto.as_view(), name="merge"),
    path("victims/<str:id>/restore/", keeping.Restore.as_view(), name="restore"),
    path("victims/<str:id>/revisions/", keeping.RevisionList.as_view(), name="revisions"),
    path("victims/<str:id>/revisions/<int:number>/", keeping.RevisionDetail.as_view(), name="revision"),
    *pair("entries", entries.EntryList, entries.EntryView, "int"),
    path("parse/", entries.ParseView.as_view(), name="parse"),
    *(one for place, views in facts.VIEWS.items() for one in pair(place, *views, "int")),
    *pair("bodies", reference.BodyList, reference.BodyDetail),
    *pair("sittings", reference.SittingList, reference.SittingDetail, "int"),
    *pair("regions", reference.RegionList, reference.RegionDetail),
    *pair("execution-sites", reference.ExecutionSiteList, reference.ExecutionSiteDetail),
    *pair("operations", reference.OperationList, reference.OperationDetail),
    *pair("sources", reference.SourceList, reference.SourceDetail),
    path("statistics/", statistics.StatisticsList.as_view(), name="statistics-list"),
    path("statistics/<slug:of>/", statistics.StatisticDetail.as_view(), name="statistics-detail"),
    path("statistics/<slug:of>/<slug:and_of>/", statistics.StatisticOfTwoDetail.as_view(), name="statistics-two"),
    re_path(r"^(?P<path>[\s\S]*)\Z", meta.Nowhere.as_view(), name="nowhere"),
]
