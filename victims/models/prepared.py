"""New victims as rows: laid out without touching the database, also in other processes."""

import hashlib
import json
from dataclasses import dataclass

from sources.models import PUBLISHED, Source
from victims.models.body import Sitting
from victims.models.bulk import as_csv, as_packed, insert
from victims.models.corrections import corrected
from victims.models.entry import Entry
from victims.models.facts import FACTS, SENTENCE_PARTS, Case, NameForm, Sentence
from victims.models.names import NamePart, PartKind, PersonName
from victims.models.printed import Place, PrintedForm
from victims.models.projection import EntrySaid, project
from victims.models.rows import NAME_PARTS, Laid, lay_out
from victims.models.values import ROW
from victims.models.victim import Victim
from victims.names import index_forms, split
from victims.vocabulary import NameKind

SAID = ("locator", "text", "reading", "spans", "parser_version", "warnings")
ENTRY_COLUMNS = (
    "id",
    "victim_id",
    "source_id",
    "item_key",
    "version",
    "batch_id",
    "language",
    "synthetic",
    "removed",
    "sex",
    "age",
    "completeness",
    "corrections",
    *SAID,
)
VICTIM_COLUMNS = [column.attname for column in Victim._meta.concrete_fields]
NAME_COLUMNS = ("victim_id", "surname_id", "given_id", "patronymic_id", "birth_year")
MAIN = str(NameKind.MAIN)
KINDS = tuple(str(kind) for kind in PartKind)


@dataclass(slots=True)
class EntryInput:
    """What one source says of one person: the record (rows.py) and, where there is a text, its reading.

    ``victim_id`` None makes a new victim, unless the source's item is known already. ``keep_reading``
    False spares the copy of a record whose rows say it all and that no parser will read again.
    ``corrections`` are a human's, laid over the record; None leaves those that the entry has. ``number``,
    ``version``, ``batch_id`` and ``removed`` are for what another database had (``restoring``).
    """

    source: Source
    item_key: str
    record: dict
    text: str = ""
    locator: str = ""
    language: str = "ru"
    spans: list | None = None
    parser_version: str = ""
    warnings: list | None = None
    synthetic: bool = False
    victim_id: int | None = None
    keep_reading: bool = True
    corrections: dict | None = None
    number: int | None = None
    version: int = 1
    batch_id: int | None = None
    removed: bool = False

    @property
    def said(self) -> dict:
        """The record with a human's corrections over it."""
        return corrected(self.record, self.corrections)

    @property
    def reading(self) -> dict | None:
        return pruned(self.record) if self.keep_reading else None


def pruned(value):
    """Return a record without its nulls and empty lists: what is not told takes no room."""
    if isinstance(value, dict):
        told = {}
        for key, inner in value.items():  # most values are text, for which a call would cost more than the rest
            kept = pruned(inner) if isinstance(inner, dict | list) else inner
            if kept not in NOTHING:
                told[key] = kept
        return told
    if isinstance(value, list):
        return [
            {} if inner is None else pruned(inner) if isinstance(inner, dict | list) else inner for inner in value
        ]
    return value


NOTHING = (None, "", [], {})
# What is written has come from JSON or from the parser: nothing in it holds itself.
_encoded = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"), check_circular=False).encode


def as_json(value) -> str | None:
    return None if value is None else _encoded(value)


class Prepared:
    """Rows of new victims with one entry each, by model, ready for the database."""

    def __init__(self):
        self.rows: dict[type, list | str | bytes] = {}
        self.victims: list[int] = []
        self.digest = hashlib.sha256()

    def add(self, victim_id: int, entry: EntryInput, rows: dict[type, list]) -> None:
        """Take the rows of one victim, as ``new_rows`` lays them out."""
        for model, some in rows.items():
            if model in self.rows:
                self.rows[model] += some
            else:
                self.rows[model] = list(some)
        self.victims.append(victim_id)
        self.digest.update(f"{victim_id}\0{entry.item_key}\0{entry.text}\0".encode())

    def exchange(self, promised: dict[int, int]) -> None:
        """Put ids in the place of the numbers below zero that were promised for them."""
        for model, rows in self.rows.items():
            places = EXCHANGED[model]
            for number, row in enumerate(rows):
                for at in places:
                    if (value := row[at]) is not None and value < 0:
                        row = list(row)
                        for at in places:
                            row[at] = promised.get(row[at], row[at])
                        rows[number] = row
                        break

    @property
    def sha256(self) -> str:
        """Hash over what was laid out, for the log."""
        return self.digest if isinstance(self.digest, str) else self.digest.hexdigest()

    def packed(self, csv: bool) -> "Prepared":
        """Make it fit to be sent between processes; as CSV where the engine loads that fastest."""
        self.digest = self.sha256
        self.rows = {model: as_csv(rows) if csv else as_packed(rows) for model, rows in self.rows.items()}
        return self


def prepare(
    inputs: list[EntryInput],
    numbers: list[tuple[int, int]],
    lookup,
    new_id,
    *,
    status: str,
    batch_id: int | None,
) -> Prepared:
    """Lay out new victims, each with one entry; ``numbers`` are their (victim id, entry id).

    Pure but for ``new_id`` (ids of cases and sentences). Where ``lookup.missing`` is filled afterwards,
    the rows are void. Raises RecordError.
    """
    prepared = Prepared()
    for entry, (victim_id, entry_id) in zip(inputs, numbers, strict=True):
        rows = new_rows(entry, victim_id, entry_id, lookup, new_id, status=status, batch_id=batch_id)
        prepared.add(victim_id, entry, rows)
    return prepared


def new_rows(
    entry: EntryInput, victim_id: int, entry_id: int, lookup, new_id, *, status: str, batch_id: int | None
) -> dict[type, list]:
    """Return the rows of a new victim with one entry, by model; as for ``prepare``."""
    laid = lay_out(entry.said, entry_id, victim_id, lookup, new_id, entry.synthetic)
    shown = project([EntrySaid(entry_id, entry.synthetic, entry.source.kind in PUBLISHED, laid)], {})
    shown.update(id=victim_id, status=status, merged_into_id=None, revision=1)
    names = name_rows(victim_id, [laid], shown, lookup)
    rows = laid.facts
    rows[Victim] = [[shown[name] for name in VICTIM_COLUMNS]]
    rows[Entry] = [entry_row(entry, entry_id, victim_id, laid, batch_id)]
    rows[PersonName] = names
    return rows


def entry_row(entry: EntryInput, entry_id: int, victim_id: int, laid: Laid, batch_id: int | None) -> tuple:
    return (
        entry_id,
        victim_id,
        entry.source.pk,
        entry.item_key,
        entry.version,
        entry.batch_id or batch_id,
        entry.language,
        entry.synthetic,
        entry.removed,
        laid.sex,
        laid.age,
        laid.completeness,
        as_json(entry.corrections or None),
        entry.locator,
        entry.text,
        as_json(entry.reading),
        as_json(entry.spans),
        entry.parser_version,
        as_json(entry.warnings or None),
    )


def name_rows(victim_id: int, laids: list[Laid], shown: dict, lookup) -> list[tuple]:
    """Return the rows of the name index: one for every form of the name that some entry tells."""
    forms: dict[tuple, None] = {}
    base = None
    chosen = tuple(shown[part] for part in NAME_PARTS)
    for laid in laids:
        main, variants = None, []
        for row in laid.facts.get(NameForm, ()):
            parts = (row.surname, row.given_name, row.patronymic)
            if row.kind == MAIN:
                main = parts
            else:
                variants.append(parts if any(parts) else split(row.printed, main or chosen))
        base = main or (chosen if any(chosen) else None)
        forms.update(dict.fromkeys(index_forms(base, variants)))
    if any(chosen) and chosen != base:
        forms.update(dict.fromkeys(index_forms(chosen, [])))
    earliest = shown["birth_earliest"]
    year = int(earliest[:4]) if earliest and earliest != "0001-01-01" else None
    return [
        (
            victim_id,
            *(lookup.id(kind, part) if part else None for kind, part in zip(KINDS, form, strict=True)),
            year,
        )
        for form in forms
    ]


def insert_prepared(prepared: Prepared) -> None:
    """Put prepared rows into the database, by the engine's fast way."""
    for model, names in TABLES:
        insert(model, names, prepared.rows.get(model, ()))


#: Tables of a record with the columns of their rows, owners first.
TABLES = [
    (Victim, VICTIM_COLUMNS),
    (Entry, ENTRY_COLUMNS),
    *((model, ROW[model]._fields) for model in (*FACTS, *SENTENCE_PARTS)),
    (PersonName, NAME_COLUMNS),
]
#: Columns that hold the id of a word, a sitting, a case or a sentence, by model.
NUMBERED = (PrintedForm, Place, NamePart, Sitting, Case, Sentence)
EXCHANGED = {
    model: [
        at
        for at, field in enumerate(map(model._meta.get_field, names))
        if (field.name == "id" and model in NUMBERED)
        or (field.name != "same_as" and field.related_model in NUMBERED)
    ]
    for model, names in TABLES
}
