"""What is recorded here of an operation, from the numbers counted beforehand: by month, over time, by region.

Sentences whose source prints the operation, those for which a rule infers it, and those within its time of which
nobody tells it stand apart. Nothing is added to what a document says; what is not recorded is named as a gap.
"""

from collections import Counter, defaultdict

from django.urls import reverse

from memorial import edtf
from victims.models import Body, Operation, RegionSuccession
from victims.models.gaps import NOT_TOLD
from victims.statistics import Bounded
from victims.statistics.cubes import one_way, sittings, two_way
from victims.templatetags.wording import language, named_plainly
from victims.views.charts import columns, every_month, lengths, ticks
from victims.views.frame import list_address
from victims.vocabulary import Attribution, BodyKind

HOWS = (str(Attribution.PRINTED), str(Attribution.INFERRED))
#: How many sittings are named, those of the most people.
SITTINGS = 10
#: A report of a later day of its month speaks for that month too.
MIDDLE = "15"


def by_month(operation: Operation) -> dict | None:
    """Return the months of an operation: columns of those attributed to it, and a table of all three ways."""
    if not operation.period:
        return None
    months = every_month(f"{operation.period_earliest:%Y-%m}", f"{operation.period_latest:%Y-%m}")
    told = attributed(operation, "sentenced", months)
    unknown = two_way("sentenced", "attribution", among=months, and_among=[NOT_TOLD])
    points = []
    for place, month in enumerate(months):
        here = {"operation": operation.code, "sentence": month, "synthetic": "false"}
        printed, inferred = (told[month][how] for how in HOWS)
        points.append({
            "month": month, "number": printed + inferred, "words": edtf.words(month, language()),
            "url": list_address(**here) if printed + inferred else "",
            "parts": [
                (printed, list_address(**here, attribution=HOWS[0])),
                (inferred, list_address(**here, attribution=HOWS[1])),
                (unknown.get((month, NOT_TOLD), 0), ""),
            ],
            **ticks(month, place == 0),
        })  # fmt: skip
    long = iter(lengths(number for point in points for number, _url in point["parts"]))
    for point in points:
        point["parts"] = [{"number": number, "url": url, "long": next(long)} for number, url in point["parts"]]
    some = any(part["number"] for point in points for part in point["parts"])
    return {"points": points, "chart": columns(points)} if some else None


def as_counted(operation: Operation, months: dict | None) -> dict[str, Bounded]:
    """Return how many people are recorded of an operation by how that is known, as ``attributions`` has sentences.

    Unknown are those of its months of whom nobody tells the operation; ``synthetic`` are in none of the others.
    """
    ways, made = one_way("attribution"), one_way("operation", synthetic=True)
    told = {how: ways.get(f"{operation.code} {how}", 0) for how in HOWS}
    points = months["points"] if months else []
    told["unknown"] = sum(point["parts"][2]["number"] for point in points)
    told["synthetic"] = made.get(operation.code, 0)
    return {how: Bounded(number, False) for how, number in told.items()}


def attributed(operation: Operation, of: str, among: list[str]) -> dict[str, Counter]:
    """Return {value of a dimension: {how the operation is known: people}} of an operation and its parts."""
    wanted = [f"{operation.code} {how}" for how in HOWS]
    found: dict[str, Counter] = defaultdict(Counter)
    if among:
        for (value, how), number in two_way(of, "attribution", among=among, and_among=wanted).items():
            found[value][how.split(" ")[1]] += number
    return found


def over_time(operation: Operation, months: dict | None, tables: list[dict], others: list[dict]) -> list[dict]:
    """Return plan and reports in the order of their days, each with the people recorded as sentenced by then."""
    rows = [
        {"day": table["document"].date_earliest, "date": table["document"].date, "document": table["document"],
         "parts": table["sums"][:2], "both": table["sums"][2], "computed": True, "source": table["source"]}
        for table in tables
    ]  # fmt: skip
    for one in others:
        limit, granted = one["limit"], one["approved"]
        if granted and limit.date and not limit.region_id:
            rows.append({
                "day": limit.date_earliest, "date": limit.date, "document": limit.document, "more": True,
                "parts": granted["parts"], "both": granted["total"], "computed": granted["summed"],
                "source": limit.source,
            })  # fmt: skip
    for report in operation.reports.filter(author="").select_related("source"):
        if report.as_of:
            rows.append({
                "day": report.as_of_latest, "date": report.as_of, "report": report, "both": report.condemned,
                "parts": [report.executed_from, report.sent_to_camps], "source": report.source,
            })  # fmt: skip
    rows = sorted((row for row in rows if row["day"]), key=lambda row: (row["day"], "report" in row))
    for row in rows:
        if "report" in row and row["both"]:
            row["recorded"] = _until(months, row["day"].isoformat())
            row["gap"] = max(row["both"] - row["recorded"], 0)
    return rows


def _until(months: dict | None, day: str) -> int:
    """Return the people sentenced by the end of the month that is nearest to a day."""
    points = months["points"] if months else []
    begun = f"{day[:7]}~" if day[8:] > MIDDLE else day[:7]
    return sum(one["number"] for one in points if one["month"] < begun)


def by_region(operation: Operation, table: dict) -> dict:
    """Return the limits of an order beside what is recorded of bodies of the same regions.

    Regions among which territory passed (a division, a part given up) make one row: what was granted to the one
    was sentenced by troikas of the others. ``silent``: regions of the order of which no body is recognised here.
    """
    joined, rows = _joined(), {}
    bodies: dict[int, list[Body]] = defaultdict(list)
    for body in Body.objects.filter(region__isnull=False).select_related("region"):
        bodies[body.region_id].append(body)
    for one in table["regions"]:
        region, granted = one["limit"].region, one["approved"]
        if granted and granted["total"] is not None:
            row = rows.setdefault(joined.get(region.pk, frozenset({region.pk})), {"regions": [], "both": 0})
            row["regions"].append(region)
            row["both"] += granted["total"]
    told = attributed(operation, "sentenced_by", [body.slug for some in bodies.values() for body in some])
    spoken, silent = [], []
    for key, row in rows.items():
        row["bodies"] = [body for region in key for body in bodies[region] if told[body.slug] or _is_troika(body)]
        if not row["bodies"]:
            silent += row["regions"]
            continue
        row["counts"] = [sum(told[body.slug][how] for body in row["bodies"]) for how in HOWS]
        row["recorded"] = sum(row["counts"])
        row["gap"] = max(row["both"] - row["recorded"], 0)
        listed = {region.pk for region in row["regions"]}
        row["heirs"] = sorted({named_plainly(b.region) for b in row["bodies"] if b.region_id not in listed})
        spoken.append(row)
    most = max([1, *(max(row["both"], row["recorded"]) for row in spoken)])
    for row in spoken:
        row["long"] = [f"{row[name] / most * 100:.1f}" for name in ("both", "recorded")]
    return {"rows": spoken, "silent": silent}


def _is_troika(body: Body) -> bool:
    return body.kind == BodyKind.TROIKA


def _joined() -> dict[int, frozenset[int]]:
    """Return {region: the regions among which territory passed}; a region that nothing came of has no key."""
    joined: dict[int, set[int]] = {}
    for before, after in RegionSuccession.objects.values_list("predecessor", "successor"):
        whole = joined.get(before, {before}) | joined.get(after, {after})
        for one in whole:
            joined[one] = whole
    return {region: frozenset(whole) for region, whole in joined.items()}


def judges(operation: Operation) -> list[dict]:
    """Return the troikas of regions with their members and the people recorded, the most first."""
    troikas = Body.objects.filter(kind=str(BodyKind.TROIKA), region__isnull=False)
    bodies = list(troikas.select_related("region").prefetch_related("members"))
    told = attributed(operation, "sentenced_by", [body.slug for body in bodies])
    rows = [{"body": body, "recorded": sum(told[body.slug].values())} for body in bodies]
    return sorted(rows, key=lambda row: (-row["recorded"], named_plainly(row["body"])))


def largest_sittings(operation: Operation, rows: list[dict]) -> list[dict]:
    """Return the days of an operation on which one of some bodies sentenced the most people recorded here."""
    if not operation.period:
        return []
    bodies = {row["body"].pk: row["body"] for row in rows}
    first, last = operation.period_earliest.isoformat(), operation.period_latest.isoformat()
    found = sittings(first, last, list(bodies), SITTINGS)
    return [
        {
            "date": day, "body": bodies[key], "number": number,
            "url": reverse("victims:sentenced", args=[bodies[key].slug, day]),
        }
        for (day, key), number in found.items()
    ]  # fmt: skip
