"""Loading the reference data of ``fixtures/``: idempotent, through the doors, every figure with its source."""

from sources.models import Source, SourceKind
from victims.importing.fixtures import facts, rows
from victims.importing.operation import LETTER, load_operation
from victims.meanings import meaning_of
from victims.models import (
    Body,
    ExecutionSite,
    Place,
    PrintedForm,
    Region,
    RegionSuccession,
    SiteFigure,
)
from victims.models.printed import dictionary_row
from victims.models.record import Change, EntryInput, write
from victims.models.reference import Put
from victims.vocabulary import (
    Completeness,
    FormKind,
    FormState,
    RevisionKind,
    Status,
    SuccessionKind,
    Told,
)

WHY = "reference data of fixtures/"
#: Kinds of source as fixtures name them, where the model's word is another.
KINDS = {"archival document": SourceKind.ARCHIVAL_DOCUMENT}
#: The literature besides Werth gives this range for Butovo; both figures stay (fixtures, victims_note).
BUTOVO_IN_OTHER_LITERATURE = (20760, 20762)


def load_reference() -> dict:
    """Put all of fixtures/ into the database; return {"changed", "unchanged", "persons"}.

    Loading twice changes nothing. Raises RecordError, Refused or ValidationError where a fixture is wrong,
    and then nothing of its part is written.
    """
    with Put(why=WHY) as put:
        sources = _sources(put)
        regions = _regions(put, sources)
        _bodies(put, sources, regions)
        _sites(put, sources, regions)
        load_operation(put, sources, regions)
    persons = _persons(sources)
    return {"changed": len(put.changes), "unchanged": put.unchanged, "persons": len(persons.new)}


def _sources(put) -> dict[str, Source]:
    bias = facts("operation_00447.json")["coverage_bias"]
    sources = {}
    for row in rows("sources.csv"):
        kind = str(KINDS.get(row["kind"], row["kind"]))
        sources[row["id"]] = put(
            Source,
            {"slug": row["id"]},
            {
                "kind": kind,
                "creator": row["creator"],
                "title": row["title"],
                "issued": row["issued"],
                "language": row["language"],
                "rights": row["rights"],
                "description": row["note"],
                "coverage_bias": bias if kind == SourceKind.DATABASE else "",
            },
        )
    sources[LETTER] = put(
        Source,
        {"slug": LETTER},
        {
            "kind": str(SourceKind.ARCHIVAL_DOCUMENT),
            "creator": "Хрущёв Н. С.",
            "language": "ru",
            "title": "Letter of N. S. Khrushchev to I. V. Stalin",
            "issued": "1937-07-10",
            "description": "Its figures are kept beside those that the literature gives.",
        },
    )
    return sources


def _regions(put, sources) -> dict[str, Region]:
    succession = rows("region_succession.csv")
    formed = {row["successor_ru"]: row["date"] for row in succession}
    abolished = {
        row["predecessor_ru"]: row["date"] for row in succession if row["relation"] == SuccessionKind.SPLIT
    }
    regions = {}
    for row in rows("regions.csv"):
        name = row["name_ru"]
        regions[name] = put(
            Region,
            {"slug": row["slug"]},
            {
                "name_ru": name,
                "name_en": row["name_en"],
                "name_uk": row["name_uk"],
                "kind": row["kind"],
                "formed": "" if name in abolished and name in formed else formed.get(name, ""),
                "abolished": abolished.get(name, ""),
            },
        )
    for row in succession:
        put(
            RegionSuccession,
            {
                "predecessor": regions[row["predecessor_ru"]],
                "successor": regions[row["successor_ru"]],
                "date": row["date"],
            },
            {"relation": row["relation"], "note": row["note"], "source": sources["reference-works"]},
        )
    return regions


def _bodies(put, sources, regions) -> None:
    for row in rows("bodies.csv"):
        body = put(
            Body,
            {"slug": row["slug"]},
            {
                "kind": row["kind"],
                "name_ru": row["name_ru"],
                "name_en": row["name_en"],
                "region": regions.get(row["region_ru"]),
                "source": sources["reference-works"],
            },
        )
        form = dictionary_row(FormKind.BODY, row["name_ru"])
        put(
            PrintedForm,
            {"key": form.pop("key")},
            {
                **form,
                "kind": str(FormKind.BODY),
                "code": meaning_of("body", row["name_ru"]),
                "body": body,
                "state": str(FormState.RECOGNISED),
            },
        )


def _told(words: str, kind: str) -> str:
    """Return how surely a site's ``kind`` column tells of shooting, or of burial."""
    if f"{kind} disputed" in words:
        return str(Told.DISPUTED)
    return str(Told.YES if kind in words else Told.UNKNOWN)


def _sites(put, sources, regions) -> None:
    sites = {}
    for row in rows("execution_sites.csv"):
        source = sources[row["source_id"]]
        site = sites[row["slug"]] = put(
            ExecutionSite,
            {"slug": row["slug"]},
            {
                "name_ru": row["name_ru"],
                "name_en": row["name_en"],
                "name_native": row["name_native"],
                "shooting": _told(row["kind"], "shooting"),
                "burial": _told(row["kind"], "burial"),
                "region": regions.get(row["region_ru"].split(" (")[0]),
                "region_printed": row["region_ru"],
                "country_today": row["country_today"],
                "latitude": float(row["latitude"]),
                "longitude": float(row["longitude"]),
                "precision_km": float(row["coordinate_precision_km"]),
                "period": row["period"],
                "note": row["victims_note"],
                "source": source,
            },
        )
        if row["victims"]:
            number = int(row["victims"])
            put(
                SiteFigure,
                {"site": site, "source": source, "lowest": number, "highest": number},
                {"note": row["victims_note"]},
            )
    lowest, highest = BUTOVO_IN_OTHER_LITERATURE
    put(
        SiteFigure,
        {"site": sites["butovo"], "source": sources["reference-works"], "lowest": lowest, "highest": highest},
        {"note": "in other literature"},
    )
    for row in rows("printed_places.csv"):
        form = dictionary_row("place", row["text"])
        put(
            Place,
            {"key": form.pop("key")},
            {**form, "site": sites[row["site"]], "state": str(FormState.RECOGNISED)},
        )


def person_record(person: dict) -> dict:
    """Return a known person of the fixture in the record form."""
    record = {
        key: person[key]
        for key in (
            "surname",
            "given_name",
            "patronymic",
            "name_variants",
            "sex",
            "nationality",
            "social_origin",
            "party",
            "occupation",
            "arrests",
            "sentences",
            "death",
            "rehabilitations",
        )
        if person.get(key)
    }
    record["birth"] = {**person["birth"], "date_old_style": person.get("birth_date_old_style")}
    record["official_notices"] = [
        {"told_date": notice["date"], "note": notice["note"]} for notice in person.get("official_death_dates", ())
    ]
    record["completeness"] = str(Completeness.COMPLETE if person["complete"] else Completeness.INCOMPLETE)
    return record


def _persons(sources):
    inputs = [
        EntryInput(
            source=sources[person["source_id"]],
            record=person_record(person),
            item_key=f"{person['surname']} {person['given_name']} {person['birth']['date'][:4]}",
        )
        for person in facts("known_persons.json")["persons"]
    ]
    return write(Change(put=inputs), kind=RevisionKind.REFERENCE, why=WHY, status=Status.PUBLISHED)
