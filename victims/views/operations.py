"""Operations: orders, limits by region, reports and estimates, and how many sentences are recorded here."""

from django.db.models import F
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404

from victims.models import Document, Limit, Operation, Report
from victims.statistics import attributions
from victims.statistics.cubes import counted
from victims.views.frame import list_address, page
from victims.views.recorded import as_counted, by_month, by_region, judges, largest_sittings, over_time
from victims.vocabulary import Attribution

#: A document that sets limits for as many regions has a table of its own.
TABLE = 5
CATEGORIES = (1, 2)


def operations(request: HttpRequest) -> HttpResponse:
    """List the operations with their parts, and what belongs to none: documents and figures of all the terror."""
    found = Operation.objects.filter(parent=None).prefetch_related("parts").order_by("period_earliest", "code")
    context = {
        "operations": found,
        "documents": Document.objects.filter(operation=None).select_related("source"),
        "reports": Report.objects.filter(operation=None).select_related("source").order_by("as_of_earliest", "id"),
    }
    return page(request, "victims/operations.html", context)


def operation(request: HttpRequest, code: str) -> HttpResponse:
    """Show an operation by its documents and figures, each with its source; sums say that they are ours."""
    shown = get_object_or_404(Operation.objects.select_related("parent", "source"), code=code)
    tables, others = limits(shown)
    when, months = counted(), by_month(shown)
    counts = attributions(shown) if when is None else as_counted(shown, months)
    troikas = judges(shown) if months or tables else []
    context = {
        "counted": when,
        "months": months,
        "over_time": over_time(shown, months, tables, others),
        "by_region": by_region(shown, tables[0]) if tables else None,
        "troikas": (told := [row for row in troikas if row["recorded"] or row["body"].members.all()]),
        "silent_troikas": len(troikas) - len(told),
        "sittings": largest_sittings(shown, troikas),
        "sub_operations": [{"part": part, "reports": part.reports.select_related("source").order_by("id"),
                            "limits": limits(part)[1]} for part in shown.parts.order_by("code")],
        "operation": shown,
        "passages": shown.passages.select_related("document", "source"),
        "documents": shown.documents.select_related("source"),
        "categories": shown.categories.select_related("source").order_by("number"),
        "groups": shown.target_groups.select_related("source").order_by("id"),
        "tables": tables,
        "others": others,
        "reports": shown.reports.select_related("source").order_by("author", "as_of_earliest", "id"),
        "counts": counts,
        "lists": {
            str(how): list_address(operation=shown.code, attribution=str(how), synthetic="false")
            for how in Attribution
        },
    }
    return page(request, "victims/operation.html", context)


def limits(operation: Operation) -> tuple[list[dict], list[dict]]:
    """Return the limits: tables of documents that name many regions, and all the other rows.

    A row is one document's word on one region by one source, both categories side by side. A table's sum is
    that of its regions; what a source says of the whole stands apart and is not added.
    """
    rows: dict[tuple, dict] = {}
    found = Limit.objects.filter(operation=operation).select_related("region", "document", "source")
    for limit in found.order_by(F("date_earliest").asc(nulls_last=True), "document", "id"):
        key = (limit.document_id, limit.region_id, limit.scope, limit.source_id)
        row = rows.setdefault(key, {"limit": limit, "approved": {}, "requested": {}})
        for column in ("approved", "requested"):
            if getattr(limit, column) is not None:
                row[column][limit.category] = getattr(limit, column)
    documents: dict[int, list] = {}
    for row in rows.values():
        documents.setdefault(row["limit"].document_id, []).append(_laid_out(row))
    tables, others = [], []
    for told in documents.values():
        regions = [row for row in told if row["limit"].region_id]
        if len(regions) >= TABLE:
            tables.append(_table(told, regions))
        else:
            others += told
    return tables, others


def _laid_out(row: dict) -> dict:
    """Return a row of a limits table: for what was granted and what was asked for, (1st, 2nd, both)."""
    for column in ("approved", "requested"):
        told = row[column]
        parts = [told.get(category) for category in CATEGORIES]
        stated, summed = told.get(None), sum(parts) if None not in parts else None
        row[column] = (
            {
                "parts": parts,
                "total": summed if stated is None else stated,
                "summed": stated is None and summed is not None,
            }
            if told
            else None
        )
    return row


def _table(told: list[dict], regions: list[dict]) -> dict:
    regions.sort(key=lambda row: row["limit"].region.name_ru)
    granted = [row["approved"]["parts"] for row in regions if row["approved"]]
    sums = [sum(filter(None, column)) for column in zip(*granted, strict=True)]
    return {
        "document": told[0]["limit"].document,
        "source": regions[0]["limit"].source,
        "regions": regions,
        "sums": [*sums, sum(sums)],
        "stated": [row for row in told if not row["limit"].region_id],
    }
