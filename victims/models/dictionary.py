"""The ids behind printed words, read from and added to the database."""

from django.db import connection

from sources.models import Source
from victims.models.body import Sitting
from victims.models.bulk import insert_missing
from victims.models.facts import GroupCase
from victims.models.names import NameKey, NamePart, PartKind
from victims.models.operation import Operation
from victims.models.printed import Place, PrintedForm, dictionary_row, form_key
from victims.models.recognising import Meanings
from victims.models.values import Lookup
from victims.models.victim import Victim, from_public_id
from victims.names import part_keys
from victims.vocabulary import FormKind

PARTS = {str(kind) for kind in PartKind}
#: A long import meets millions of forms; past this many the memory starts afresh.
REMEMBERED = 150_000
CHUNK = 500


def chunks(items, size=CHUNK):
    """Yield lists of at most ``size`` items: SQLite takes a bounded number of parameters."""
    items = list(items)
    for start in range(0, len(items), size):
        yield items[start : start + size]


def key_rows(kind: str, parts: list[tuple[int, str]]) -> list[tuple[int, int]]:
    """Return (key, part id) of the parts of names (id, folded words), in one order for all writers."""
    return sorted((key, pk) for pk, norm in parts for key in part_keys(kind, norm))


def model_of(kind: str) -> type:
    """Return the dictionary that words of a kind stand in."""
    return NamePart if kind in PARTS else Place if kind == "place" else PrintedForm


def form_rows(kind: str, texts, meanings: Meanings) -> tuple[tuple, list[tuple]]:
    """Return the columns and rows of new forms, with the meaning that their words tell."""
    key = model_of(kind)._meta.get_field("key")
    made = [{**dictionary_row(kind, text), **meanings.columns(kind, text)} for text in texts]
    for row in made:
        row["key"] = key.get_db_prep_value(row["key"], connection)
    return tuple(made[0]) if made else (), [tuple(row.values()) for row in made]


def insert_keys(rows: list[tuple[int, int]]) -> None:
    """Write keys of names; those that another writer wrote at the same moment stay."""
    table = NameKey._meta.db_table
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            keys, parts = [key for key, _part in rows], [part for _key, part in rows]
            cursor.execute(
                f'INSERT INTO "{table}" (key, part_id) SELECT * FROM unnest(%s::bigint[], %s::bigint[]) '
                "ON CONFLICT DO NOTHING",
                [keys, parts],
            )
        else:
            cursor.executemany(f'INSERT OR IGNORE INTO "{table}" (key, part_id) VALUES (%s, %s)', rows)


class Dictionary(Lookup):
    """A Lookup that learns from the database what it is asked for, and adds new forms to it."""

    def learn(self, *, make: bool = True) -> None:
        """Find or make everything in ``missing``; call it inside the transaction that writes.

        Forms are made, each with its meaning, in one order with ON CONFLICT, so that two imports meet without
        deadlock. With ``make`` False nothing is written, and what is not there is remembered as None.
        """
        if len(self.ids) > REMEMBERED:
            self.forget(keep_missing=True)
        wanted: dict[str, list] = {}
        for kind, text in sorted(self.missing, key=repr):
            wanted.setdefault(kind, []).append(text)
            if not make:
                self.ids[kind, text] = None
        self.missing.clear()
        for kind, texts in sorted(wanted.items()):
            if kind in PARTS:
                self._learn_parts(kind, texts, make)
            elif kind == "sitting":
                self._learn_sittings(texts, make)
            elif kind in LINKED:
                self._learn_links(kind, texts)
            else:
                self._learn_forms(kind, texts, make)

    def knowing(self, lay):
        """Return what ``lay`` makes once all the words that it asks for are learnt."""
        made = lay()
        for _round in range(2):  # bodies first; then the sittings and operations that they lead to
            if not self.missing:
                break
            self.learn()
            made = lay()
        return made

    def forget(self, keep_missing=False) -> None:
        """Drop what was remembered: after a rollback ids may not exist."""
        self.ids.clear()
        self.bodies.clear()
        if not keep_missing:
            self.missing.clear()

    def _learn_forms(self, kind, texts, make) -> None:
        model = model_of(kind)
        for chunk in chunks(texts):
            keys = {form_key(kind, text): text for text in chunk}
            known = self._read_forms(model, kind, keys)
            new = {key: text for key, text in keys.items() if key not in known}
            if new and make:
                names, rows = form_rows(kind, new.values(), Meanings())
                made = insert_missing(model, names, rows)
                self.ids |= {(kind, text): made.get(row[0]) for text, row in zip(new.values(), rows, strict=True)}
                if kind == FormKind.BODY or len(made) < len(new):  # bodies have meanings; others wrote the rest
                    self._read_forms(model, kind, new)

    def _read_forms(self, model, kind, keys) -> set:
        known = set()
        if model is Place:
            for key, pk, text in Place.objects.filter(key__in=list(keys)).values_list("key", "pk", "text"):
                self.ids[kind, text] = pk
                known.add(key)
            return known
        found = PrintedForm.objects.filter(key__in=list(keys))
        for key, pk, text, body, body_kind in found.values_list("key", "pk", "text", "body_id", "body__kind"):
            self.ids[kind, text] = pk
            if kind == FormKind.BODY and body:
                self.bodies[pk] = (body, body_kind)
            known.add(key)
        return known

    def _learn_parts(self, kind, norms, make) -> None:
        for chunk in chunks(norms):
            self._read_parts(kind, chunk)
            new = [norm for norm in chunk if (kind, norm) not in self.ids]
            if new and make:
                made = insert_missing(NamePart, ("norm", "kind"), [(norm, kind) for norm in new])
                self.ids |= {(kind, norm): pk for norm, pk in made.items()}
                if len(made) < len(new):  # another writer wrote the rest
                    self._read_parts(kind, new)
                insert_keys(key_rows(kind, [(self.ids[kind, norm], norm) for norm in new]))

    def _read_parts(self, kind, norms) -> None:
        for norm, pk in NamePart.objects.filter(kind=kind, norm__in=norms).values_list("norm", "pk"):
            self.ids[kind, norm] = pk

    def _learn_sittings(self, wanted, make) -> None:
        for chunk in chunks(wanted):
            self.ids |= dict.fromkeys([("sitting", key) for key in chunk])
            self._read_sittings(chunk)
            new = [key for key in chunk if self.ids["sitting", key] is None]
            if new and make:
                insert_missing(Sitting, ("body_id", "date", "protocol"), new)
                self._read_sittings(new)

    def _read_sittings(self, keys) -> None:
        """Read the sittings of some keys, and with them those of the same bodies on each other's days."""
        found = Sitting.objects.filter(body__in={key[0] for key in keys}, date__in={key[1] for key in keys})
        for pk, body, day, protocol in found.values_list("pk", "body", "date", "protocol"):
            key = body, day.isoformat(), protocol
            if ("sitting", key) in self.ids:
                self.ids["sitting", key] = pk

    def _learn_links(self, kind, keys) -> None:
        model, field = LINKED[kind]
        if kind == "victim":
            found = set(
                Victim.objects.filter(pk__in=[from_public_id(key) for key in keys]).values_list("pk", flat=True)
            )
            found = {key: from_public_id(key) for key in keys if from_public_id(key) in found}
        else:
            found = dict(model.objects.filter(**{f"{field}__in": keys}).values_list(field, "pk"))
        for key in keys:  # None: looked for, and not there
            self.ids[kind, key] = found.get(key)


#: What a record may name but not make.
LINKED = {
    "operation": (Operation, "code"),
    "group": (GroupCase, "name"),
    "unit": (Source, "slug"),
    "victim": (Victim, None),
}


def lock_dictionary() -> None:
    """Keep others from adding forms until the transaction ends (SQLite: a writer has all to itself)."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            for model in (PrintedForm, Place, NamePart):
                cursor.execute(f'LOCK TABLE "{model._meta.db_table}" IN SHARE ROW EXCLUSIVE MODE')


def lock_chain() -> None:
    """Let one writer at a time add to the log; held to the end of the transaction.

    SQLite needs no lock: a transaction that writes has the whole database to itself.
    """
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [0x4D454D4F])
