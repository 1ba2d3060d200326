"""A vocabulary whose ids are given out before it is written: of very many words, those alone that are used.

A generator knows hundreds of thousands of words, and a hundred thousand persons have a sixth of them. Who lays
out rows, also in other processes, finds the id of each word here; the rows of a word come with the first chunk
of persons that has it.
"""

from django.db import connection

from victims.models.body import Body
from victims.models.bulk import insert, next_ids
from victims.models.dictionary import PARTS, Dictionary, form_rows, key_rows, model_of
from victims.models.names import NameKey, NamePart
from victims.models.printed import PrintedForm
from victims.models.recognising import Meanings
from victims.models.values import Lookup
from victims.vocabulary import FormKind

BODY = str(FormKind.BODY)


class Foreseen(Lookup):
    """A Lookup that knows the ids of words which are not written yet, and which of them it was asked for."""

    def __init__(self, words: dict[str, list[str]], linked: list[tuple]):
        """Take ids for ``words`` {kind: texts} that have none; ``linked`` (kind, key) are looked up.

        Call it in a transaction; on PostgreSQL ``lock_dictionary`` before, and keep the lock till the end.
        """
        super().__init__()
        known = Dictionary()
        known.missing = set(linked)
        known.learn()
        self.ids = known.ids
        self.ahead: dict[tuple, int] = {}
        self.written: set[tuple] = set()
        self.meanings = Meanings()
        self.meanings.region("")  # read now: processes that inherit this ask no database
        self.kinds = dict(Body.objects.values_list("pk", "kind"))
        self._used: list[tuple] = []
        self._state = _state()
        for kind, texts in words.items():
            there = dict(_there(kind))
            if kind == BODY:
                self.bodies.update(_meant())
                self.meanings.body("- -")
            self.ids.update(((kind, text), there[text]) for text in texts if text in there)
            new = [(kind, text) for text in texts if text not in there]
            self.ahead.update(zip(new, next_ids(model_of(kind), len(new)), strict=True))

    def id(self, kind, text) -> int | None:
        """Return the id behind printed words; those that are not written yet are remembered as used."""
        pk = self.ids.get((kind, text))
        if pk is not None:
            return pk
        pk = self.ahead.get((kind, text))
        if pk is None:
            return super().id(kind, text)
        self.ids[kind, text] = pk
        self._used.append((kind, text))
        if kind == BODY and (body := self.meanings.columns(kind, text)["body_id"]):
            self.bodies[pk] = body, self.kinds[body]
        return pk

    known = id  # who only looks will use it, too

    def used(self) -> dict[str, tuple]:
        """Return the words first asked for since the last time, as ``add`` takes them: (texts, columns, rows)."""
        by_kind: dict[str, list] = {}
        for kind, text in self._used:
            by_kind.setdefault(kind, []).append(text)
        self._used = []
        return {kind: (texts, *self._rows(kind, texts)) for kind, texts in by_kind.items()}

    def _rows(self, kind, texts) -> tuple:
        """Return columns and rows of words; of name parts their keys, too."""
        ids = [self.ahead[kind, text] for text in texts]
        if kind in PARTS:
            rows = [(pk, kind, text, key_rows(kind, [(pk, text)])) for pk, text in zip(ids, texts, strict=True)]
            return ("id", "kind", "norm"), rows
        names, rows = form_rows(kind, texts, self.meanings)
        return ("id", *names), [(pk, *row) for pk, row in zip(ids, rows, strict=True)]

    def add(self, used: dict[str, tuple]) -> set[tuple]:
        """Write what ``used`` made, here or in another process, and was not written yet; in a transaction.

        Words that somebody else wrote meanwhile are not written but returned, as (kind, text): rows that were
        laid out with other ids than theirs are void.
        """
        new = {(kind, text) for kind, (texts, _names, _rows) in used.items() for text in texts} - self.written
        theirs = self._theirs(new)
        self.written |= new
        new -= theirs
        keys = []
        for kind, (texts, names, rows) in used.items():
            rows = [row for text, row in zip(texts, rows, strict=True) if (kind, text) in new]
            if kind in PARTS:
                keys += (key for row in rows for key in row[-1])
                rows = [row[:-1] for row in rows]
            insert(model_of(kind), names, rows)
        insert(NameKey, ("key", "part_id"), sorted(keys))
        return theirs

    def _theirs(self, words: set[tuple]) -> set[tuple]:
        """Return which of these words another writer made since we looked."""
        state, self._state = self._state, _state()
        if state == self._state:
            return set()
        found = Dictionary()
        found.missing = set(words)
        found.learn(make=False)
        return {word for word, pk in found.ids.items() if pk is not None}


def _there(kind: str):
    """Return (text, id) of the words of a kind that are written."""
    model = model_of(kind)
    found = model.objects.all() if kind == "place" else model.objects.filter(kind=kind)
    return found.values_list("norm" if model is NamePart else "text", "pk").iterator(chunk_size=10_000)


def _meant() -> dict[int, tuple[int, str]]:
    """Return {form: (body, its kind)} of the forms that mean a known body."""
    forms = PrintedForm.objects.filter(kind=BODY, body__isnull=False)
    return {pk: (body, kind) for pk, body, kind in forms.values_list("pk", "body", "body__kind")}


def _state() -> int | None:
    """Return a number that changes when others write (SQLite; on PostgreSQL the dictionary is locked)."""
    if connection.vendor == "postgresql":
        return None
    with connection.cursor() as cursor:
        return cursor.execute("PRAGMA data_version").fetchone()[0]
