"""Victims' entries and facts read back from the database, as the projection and the log want them."""

from collections import defaultdict
from collections.abc import Iterator
from functools import cache

from django.db import connection

from sources.models import PUBLISHED, RANK, Source
from victims.models.dictionary import chunks
from victims.models.entry import Entry
from victims.models.facts import FACTS, SENTENCE_PARTS, CaseField, GroupCase, Sentence
from victims.models.operation import Operation
from victims.models.printed import Place, PrintedField, PrintedForm
from victims.models.projection import Chosen, EntrySaid
from victims.models.rows import Laid, Words, said
from victims.models.values import LINKS, ROW
from victims.models.victim import Decision, Victim, public_id
from victims.vocabulary import TraitKind

ENTRY_COLUMNS = (
    "id",
    "victim_id",
    "source_id",
    "source__slug",
    "source__kind",
    "item_key",
    "locator",
    "text",
    "language",
    "version",
    "synthetic",
    "removed",
    "sex",
    "age",
    "completeness",
    "corrections",
)
#: Those of them that the log keeps beside the record.
LOGGED = ("item_key", "locator", "text", "language", "version", "synthetic", "removed", "corrections")


class Cluster:
    """One victim's entries with their facts: ``entries`` {entry id: its columns}, ``laid`` {entry id: Laid}."""

    def __init__(self):
        self.entries: dict[int, dict] = {}
        self.laid: dict[int, Laid] = {}
        self.ids: dict[int, dict] = defaultdict(dict)

    def order(self, entry_id: int) -> tuple:
        """Return the entry's place among a victim's entries, the same whatever was imported first."""
        entry = self.entries[entry_id]
        return RANK.get(entry["source__kind"], 5), entry["source__slug"], entry["item_key"]

    def live(self) -> list[int]:
        """Return the ids of entries that are not removed, in their order."""
        return sorted((pk for pk, entry in self.entries.items() if not entry["removed"]), key=self.order)

    def said(self) -> list[EntrySaid]:
        """Return the live entries as the projection wants them."""
        return [
            EntrySaid(pk, entry["synthetic"], entry["source__kind"] in PUBLISHED, self.laid[pk])
            for pk, entry in ((pk, self.entries[pk]) for pk in self.live())
        ]

    def same_as(self, model, pk: int) -> int | None:
        """Return the row that a fact points to as telling the same."""
        for entry_id, ids in self.ids.items():
            if pk in ids.get(model, ()):
                return self.laid[entry_id].facts[model][ids[model].index(pk)].same_as_id
        return None

    def numbered(self) -> list[dict]:
        """Return {model: [(id, row)]} of each live entry, as ``same_facts`` wants them."""
        return [
            {
                model: list(zip(self.ids[pk].get(model, ()), rows, strict=True))
                for model, rows in self.laid[pk].facts.items()
                if model in FACTS
            }
            for pk in self.live()
        ]


def load(victim_ids) -> dict[int, Cluster]:
    """Return {victim id: Cluster} with every entry and fact of these victims."""
    clusters = {pk: Cluster() for pk in victim_ids}
    owner = {}
    for chunk in chunks(victim_ids):
        for row in Entry.objects.filter(victim__in=chunk).values(*ENTRY_COLUMNS):
            cluster = clusters[row["victim_id"]]
            cluster.entries[row["id"]] = row
            cluster.laid[row["id"]] = Laid(row["sex"], row["age"], row["completeness"])
            owner[row["id"]] = cluster
    _load_facts(owner)
    return clusters


def _load_facts(owner: dict[int, Cluster]) -> None:
    sentence_entry = {}
    for model in FACTS:
        fields = ROW[model]._fields
        names = fields if "id" in fields else ("id", *fields)
        at = names.index("entry_id")
        for chunk in chunks(owner):
            for values in _rows_of(model, names, "entry_id", chunk):
                entry_id = values[at]
                cluster = owner[entry_id]
                row = ROW[model]._make(values if "id" in fields else values[1:])
                cluster.laid[entry_id].facts.setdefault(model, []).append(row)
                cluster.ids[entry_id].setdefault(model, []).append(values[0])
                if model is Sentence:
                    sentence_entry[row.id] = entry_id
    for part in SENTENCE_PARTS:
        for chunk in chunks(sentence_entry):
            for values in _rows_of(part, ROW[part]._fields, "sentence_id", chunk):
                row = ROW[part]._make(values)
                entry_id = sentence_entry[row.sentence_id]
                owner[entry_id].laid[entry_id].facts.setdefault(part, []).append(row)


def _rows_of(model, names: tuple, owner: str, keys: list[int]) -> Iterator[tuple]:
    """Yield columns of a model's rows that belong to some owners, in the order of these.

    The question is made into SQL once for each model and engine: that took most of the time of a small record.
    """
    compiler, sql, converters = _question(model, names, owner, connection.vendor)
    with connection.wrap_database_errors, connection.cursor() as cursor:
        cursor.execute(sql.replace("IN (%s)", f"IN ({', '.join(['%s'] * len(keys))})"), keys)
        rows = cursor.fetchall()
    yield from compiler.apply_converters(rows, converters) if converters else rows


@cache
def _question(model, names: tuple, owner: str, vendor: str) -> tuple:
    found = model.objects.filter(**{f"{owner}__in": [0]}).order_by(owner, "position").values_list(*names)
    compiler = found.query.get_compiler(connection=connection)
    sql, _parameters = compiler.as_sql()
    return compiler, sql, compiler.get_converters([column for column, *_told in compiler.select])


def decisions(victim_ids) -> dict[int, dict[str, Chosen]]:
    """Return {victim id: {field: Chosen}}.

    The decisions of records merged into a victim hold for it too, where it has none of its own for the
    field; so they survive a merge and come back with its undoing, and no row has to move.
    """
    absorbed: dict[int, list[int]] = {}
    ahead = list(victim_ids)
    while ahead:
        merged = []
        for chunk in chunks(ahead):
            rows = Victim.objects.filter(merged_into__in=chunk).order_by("pk").values_list("pk", "merged_into")
            merged += rows
        for pk, kept in merged:
            if pk not in absorbed.setdefault(kept, []):
                absorbed[kept].append(pk)
        ahead = [pk for pk, _kept in merged]
    concerned = {*victim_ids, *(pk for family in absorbed.values() for pk in family)}
    made: dict[int, list[Decision]] = {}
    for chunk in chunks(concerned):
        for row in Decision.objects.filter(victim__in=chunk):
            made.setdefault(row.victim_id, []).append(row)
    found: dict[int, dict[str, Chosen]] = {}
    for pk in victim_ids:
        chosen, family = found.setdefault(pk, {}), [pk]
        while made and family:  # the nearest first
            for row in (row for member in family for row in made.get(member, ())):
                chosen.setdefault(row.field, Chosen(row.entry_id, _own_value(row)))
            family = [heir for member in family for heir in absorbed.get(member, ())]
    return found


#: Fields whose own value is printed words: the dictionary that holds them.
WORDED = {
    "birth_place": "place",
    "residence": "place",
    "burial_place": "place",
    "nationality": str(TraitKind.NATIONALITY),
    "occupation": str(TraitKind.OCCUPATION),
}


def _own_value(row: Decision):
    if row.entry_id is not None or row.value == "":
        return None
    if row.field == "name":
        return tuple(row.value.get(part, "") for part in ("surname", "given_name", "patronymic"))
    kind = WORDED.get(row.field)
    if kind is None:
        return row.value
    model = Place if kind == "place" else PrintedForm.objects.filter(kind=kind)
    found = (model.objects if kind == "place" else model).filter(text=row.value)
    return found.values_list("pk", flat=True).first()


def words_for(laids) -> Words:
    """Return the printed words behind all ids in some entries' rows."""
    forms, places, links = set(), set(), defaultdict(set)
    for laid in laids:
        for model, rows in laid.facts.items():
            for field in model._meta.concrete_fields:
                into = (
                    (places if field.form_kind == "place" else forms)
                    if isinstance(field, PrintedField)
                    else (links[field.name] if field.name in LINKS and not isinstance(field, CaseField) else None)
                )
                if into is not None:
                    into.update(value for row in rows if (value := getattr(row, field.attname)))
    named = {("other", pk): public_id(pk) for pk in links["other"]}
    named |= {
        ("group", pk): name
        for pk, name in GroupCase.objects.filter(pk__in=links["group"]).values_list("pk", "name")
    }
    named |= {
        ("unit", pk): slug for pk, slug in Source.objects.filter(pk__in=links["unit"]).values_list("pk", "slug")
    }
    return Words(_texts(PrintedForm, forms), _texts(Place, places), named)


def _texts(model, ids) -> dict:
    texts = {}
    for chunk in chunks(ids):
        texts |= dict(model.objects.filter(pk__in=chunk).values_list("pk", "text"))
    return texts


def records(laids: dict[int, Laid]) -> dict[int, dict]:
    """Return {entry id: record in canonical form} of entries' rows."""
    words = words_for(laids.values())
    any_sentence = any(laid.facts.get(Sentence) for laid in laids.values())
    operations = dict(Operation.objects.values_list("pk", "code")) if any_sentence else {}
    return {pk: said(laid, words, operations) for pk, laid in laids.items()}


def record_of(entry: Entry) -> dict:
    """Return what an entry's rows say, corrections included, in canonical form; a removed one has none."""
    laid = load([entry.victim_id])[entry.victim_id].laid[entry.pk]
    return records({entry.pk: laid})[entry.pk]


def snapshot(victim: Victim, cluster: Cluster) -> dict:
    """Return the whole record of a victim as JSON: status, entries with words and record, decisions."""
    told = records({pk: cluster.laid[pk] for pk in cluster.entries})
    entries = [
        {
            "id": pk,
            "source": entry["source__slug"],
            "record": told[pk],
            **{name: entry[name] for name in LOGGED if entry[name] not in (None, "", False)},
        }
        for pk, entry in sorted(cluster.entries.items(), key=lambda item: cluster.order(item[0]))
    ]
    made = [
        {
            "field": row.field,
            "entry": row.entry_id,
            "value": row.value,
            "reason": row.reason,
            "by": row.by_id,
            "at": row.at.isoformat(),
        }
        for row in victim.decisions.order_by("field")
    ]
    return {
        "id": victim.public_id,
        "status": str(victim.status),
        "entries": entries,
        "decisions": made,
        "merged_into": public_id(victim.merged_into_id) if victim.merged_into_id else None,
    }
