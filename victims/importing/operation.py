"""Operation 00447 in the reference data: documents, limits, reports, estimates, each with its source.

Figures that disagree become rows beside each other.
"""

from victims.importing.fixtures import facts, rows
from victims.models import Document, Limit, Operation, OperationCategory, Passage, Report, TargetGroup
from victims.vocabulary import ORDER_00447, DocumentKind

USSR = "USSR"
#: Khrushchev's letter of 10 July 1937, the source of its own figures beside Werth's.
LETTER = "khrushchev-1937-07-10"


def load_operation(put, sources, regions) -> None:
    """Put operation 00447, its documents and all figures; ``sources`` by slug, ``regions`` by Russian name."""
    told = facts("operation_00447.json")
    werth, about = sources[told["source_id"]], told["operation"]
    operation = put(
        Operation,
        {"code": ORDER_00447},
        {
            "name_ru": about["names"][2],
            "name_en": about["names"][0],
            "other_names": about["names"],
            "period": f"{about['started']}/{about['stopped']}",
            "planned_duration": about["planned_duration"],
            "sentencing_body": about["sentencing_body"],
            "coverage_bias": told["coverage_bias"],
            "source": werth,
        },
    )
    for category in about["categories"]:
        put(
            OperationCategory,
            {"operation": operation, "number": category["number"]},
            {
                "wording_en": category["order_wording_en"],
                "punishment": category["punishment"],
                "source": werth,
            },
        )
    for group in about["target_groups_in_the_statistics"]:
        put(TargetGroup, {"operation": operation, "name_en": group}, {"source": werth})
    order = put(
        Document,
        {"slug": "order-00447"},
        {
            "operation": operation,
            "kind": str(DocumentKind.ORDER),
            "date": about["order_date"],
            "title_ru": about["order_title_ru"],
            "title_en": about["order_title_en"],
            "signed_by": about["signed_by"],
            "source": sources["order-00447"],
        },
    )
    _limits(put, operation, order, sources, regions, told)
    _supplements(put, operation, werth, regions, told["supplements"])
    _reports(put, operation, werth, told)
    _camps(put, operation, order, werth, told["camps_sub_operation"])
    _context(put, operation, sources, regions, told["context"])
    _passages(put, operation, sources)


def _passages(put, operation, sources) -> None:
    documents = {document.slug: document for document in Document.objects.all()}
    for row in rows("operation_00447_explained.csv"):
        put(
            Passage,
            {"operation": operation, "number": int(row["number"])},
            {
                "text_en": row["text_en"],
                "text_ru": row["text_ru"],
                "text_uk": row["text_uk"],
                "document": documents[row["document"]] if row["document"] else None,
                "source": sources[row["source_id"]],
            },
        )


def _limit(put, operation, document, source, where: dict, category, **values) -> None:
    put(
        Limit,
        {
            "operation": operation,
            "document": document,
            "region": None,
            "scope": "",
            **where,
            "category": category,
            "source": source,
        },
        values,
    )


def _limits(put, operation, order, sources, regions, told) -> None:
    for row in rows("order_00447_limits.csv"):
        for category, column in ((1, "first_category"), (2, "second_category")):
            if row[column]:
                _limit(
                    put,
                    operation,
                    order,
                    sources[row["source_id"]],
                    {"region": regions[row["unit_ru"]]},
                    category,
                    approved=int(row[column]),
                    approved_by=told["operation"]["signed_by"],
                    date=told["operation"]["order_date"],
                )
    rounded = told["limits_in_the_order"]
    for category, key in ((1, "first"), (None, "total")):
        _limit(
            put,
            operation,
            order,
            sources[told["source_id"]],
            {"scope": USSR},
            category,
            approved=rounded["rounded_by_werth_2010"][key],
            note=rounded["note"],
        )


def _supplements(put, operation, werth, regions, supplements) -> None:
    for row in supplements:
        unit = row.get("unit_ru")
        slug = f"politburo-{row['date'] or 'altai'}"
        document = put(
            Document,
            {"slug": slug},
            {
                "operation": operation,
                "kind": str(DocumentKind.RESOLUTION),
                "date": row["date"] or "",
                "title_en": row["act"] + (f" ({row['unit_en']})" if unit else ""),
                "note": row["note"],
                "source": werth,
            },
        )
        where = {"region": regions[unit]} if unit else {"scope": row["scope"]}
        for category, key in ((1, "first"), (2, "second")):
            _limit(
                put,
                operation,
                document,
                werth,
                where,
                category,
                approved=row[key],
                approved_by="Politburo",
                date=row["date"] or "",
                note=row["note"],
            )


def _reports(put, operation, werth, told) -> None:
    for row in told["reports"]:
        put(
            Report,
            {
                "operation": operation,
                "as_of": row["as_of"],
                "author": "",
                "scope": row["scope"],
                "source": werth,
            },
            {
                "arrested": row["arrested"],
                "condemned": row["condemned"],
                "executed_from": row["executed"],
                "executed_to": row["executed"],
                "note": row.get("note", ""),
            },
        )
    for row in told["estimates"]:
        put(
            Report,
            {"operation": operation, "as_of": "", "author": row["by"], "scope": USSR, "source": werth},
            {
                "condemned": row["condemned"],
                "executed_from": row["executed_from"],
                "executed_to": row["executed_to"],
                "note": row["note"],
            },
        )
    whole = told["all_of_the_terror_1937_1938"]
    put(
        Report,
        {
            "operation": None,
            "as_of": "1937/1938",
            "author": "",
            "source": werth,
            "scope": "USSR, convictions on political grounds",
        },
        {
            "condemned": whole["convictions_on_political_grounds"],
            "executed_from": whole["executed"],
            "executed_to": whole["executed"],
            "sent_to_camps": whole["camp"],
        },
    )


def _camps(put, operation, order, werth, told) -> None:
    camps = put(
        Operation,
        {"code": f"{ORDER_00447}-camps"},
        {
            "parent": operation,
            "name_ru": "Операция по приказу № 00447 в лагерях НКВД",
            "name_en": "Kulak operation in the camps of the NKVD",
            "period": told["main_months"],
            "source": werth,
        },
    )
    _limit(put, camps, order, werth, {"scope": "NKVD camps"}, 1, approved=told["limit_first"])
    put(
        Report,
        {
            "operation": camps,
            "as_of": told["main_months"],
            "author": "",
            "scope": "NKVD camps",
            "source": werth,
        },
        {
            "executed_from": told["shot_at_least"],
            "executed_to": None,
            "derived": True,
            "note": told["shot_at_least_note"],
        },
    )


#: Acts of the context in their order in the fixture: (slug, kind, belongs to the operation).
ACTS = (
    ("ogpu-order-44-21", DocumentKind.ORDER, False),
    ("stalin-1937-07-02", DocumentKind.LETTER, True),
    (LETTER, DocumentKind.LETTER, True),
    ("secrecy-1937-08-04", DocumentKind.INSTRUCTION, True),
    ("kgb-1955-08-24", DocumentKind.INSTRUCTION, False),
    ("decree-1989-01-16", DocumentKind.LAW, False),
    ("law-1991-10-18", DocumentKind.LAW, False),
)
WORDED = ("date", "act", "note")


def _context(put, operation, sources, regions, acts) -> None:
    werth, moscow = sources["werth-2010"], {"region": regions["Московская область"]}
    for (slug, kind, own), act in zip(ACTS, acts, strict=True):
        document = put(
            Document,
            {"slug": slug},
            {
                "operation": operation if own else None,
                "kind": str(kind),
                "date": act["date"],
                "title_en": act["act"],
                "note": act.get("note", ""),
                "source": werth,
                "figures": {key: value for key, value in act.items() if key not in WORDED},
            },
        )
        if slug == LETTER:
            for source, suffix in (
                (werth, "first second_stated"),
                (sources[LETTER], "first_in_the_letter second_in_the_letter"),
            ):
                for category, key in enumerate(suffix.split(), start=1):
                    _limit(
                        put,
                        operation,
                        document,
                        source,
                        moscow,
                        category,
                        requested=act[key],
                        date=act["date"],
                        note=act["note"],
                    )
            _limit(
                put,
                operation,
                document,
                werth,
                moscow,
                None,
                requested=act["total_stated"],
                date=act["date"],
                note=act["note"],
            )
