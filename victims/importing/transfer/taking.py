"""A transfer read: what it has is there afterwards as it was; what is there already must say the same."""

import datetime
import json
from collections.abc import Iterator
from contextlib import nullcontext
from dataclasses import dataclass
from functools import partial
from itertools import groupby
from pathlib import Path

from django.core.exceptions import ValidationError
from django.db import Error, transaction

from sources.models import Source
from victims.importing.loading import fingerprint, parsed
from victims.importing.readers import ReadError
from victims.importing.readers.plain import JsonLines
from victims.importing.readers.streams import opened, text_lines
from victims.importing.transfer.giving import CHUNK, VERSION, people
from victims.importing.transfer.tables import FOUND, LABELS, REFERENCE, Names, label, line, number_of
from victims.models import Batch, Decision, Entry, EntryVersion, Tombstone, Victim
from victims.models.bulk import unlogged
from victims.models.dictionary import Dictionary
from victims.models.printed import Dictionary as Printed
from victims.models.printed import dictionary_row
from victims.models.record import Change, Refused, write
from victims.models.reference import Put
from victims.models.restoring import Restored, announced, restore_rows
from victims.models.values import RecordError
from victims.vocabulary import RevisionKind, Status, WithdrawalReason

#: A person with very many entries is one line; beyond this it is no transfer.
LONGEST = 256_000_000
WRONG = (ValueError, TypeError, KeyError, AttributeError)


@dataclass
class TakenOver:
    """What became of a transfer: people and other rows, new and there already."""

    people: int = 0
    people_there: int = 0
    rows: int = 0
    rows_there: int = 0


def is_transfer(path: Path) -> bool:
    """Return whether a file begins as a transfer does; one that cannot be read does not."""
    try:
        with opened(path) as stream:
            return stream.read(len(START)) == START
    except (ReadError, OSError):
        return False


START = b'{"memorial":'


def count(path: Path, at=lambda position: None) -> int:
    """Read a transfer to its end and return how many people it has; ReadError where it is spoilt or cut short."""
    number, found, end = 0, 0, None
    for number, told in _told(path, at):
        if end is not None:
            raise ReadError(number, "stands after the end of the export: export it again")
        kind, content = told
        found += kind == "victim"
        if number == 1 and (kind != "memorial" or content != {"version": VERSION}):
            raise ReadError(1, f"must be an export of version {VERSION}: export it again with this version")
        end = content if kind == "end" else None
    if end != {"lines": number - 1}:
        raise ReadError(number, "is not the end of the export: it was cut short, fetch it again")
    return found


def take_over(path: Path, *, by=None, dry_run=False, progress=lambda done: None) -> TakenOver:
    """Bring everything of a transfer into this database, through the doors, 500 rows a transaction.

    Public ids, numbers of entries, imports and merges are kept. What is there already is compared with what the
    file says. Raises ReadError with its line where the file is wrong, Refused where the database has something
    else under an id: what was written before stays, and running it again goes on from there.
    """
    taking = _Taking(f"{path.name}, {fingerprint(path)}", by)
    numbered = ((number, *told) for number, told in _told(path))
    with unlogged(), transaction.atomic() if dry_run else nullcontext():
        for kind, lines in groupby(numbered, key=lambda one: one[1]):
            for chunk in _chunks(lines):
                if kind in LABELS:
                    taking.take(LABELS[kind], chunk)
                progress(len(chunk) if kind == "victim" else 0)
        if dry_run:
            transaction.set_rollback(True)
    return taking.taken


def _told(path: Path, at=lambda position: None) -> Iterator[tuple[int, tuple[str, object]]]:
    with opened(path, at) as stream:
        for number, text in text_lines(stream, longest=LONGEST):
            try:
                [told] = json.loads(text).items()
            except (*WRONG, RecursionError):
                raise ReadError(number, "is no line of an export: export it again") from None
            if told[0] not in (*LABELS, "memorial", "end"):
                raise ReadError(number, f"{told[0]!r} is nothing that an export of this version has")
            yield number, told


def _chunks(lines) -> Iterator[list[tuple[int, object]]]:
    chunk = []
    for number, _kind, content in lines:
        chunk.append((number, content))
        if len(chunk) == CHUNK:
            yield chunk
            chunk = []
    if chunk:
        yield chunk


class _Taking:
    """One passage over a transfer."""

    def __init__(self, what: str, by):
        self.why, self.by = f"read from {what}", by
        self.taken, self.names, self.lookup = TakenOver(), Names(), Dictionary()
        self.sources: dict[int, Source] = {}

    def take(self, model, chunk: list[tuple[int, object]]) -> None:
        """Bring lines of one kind in, in one transaction; the error names the line, or the first and the last."""
        do = self.people if model is Victim else self.forms if issubclass(model, Printed) else self.rows
        if model is not Victim:
            do = partial(do, model)
        try:
            with transaction.atomic():
                do(chunk)
        except (Error, RecordError) as error:
            first, last = chunk[0][0], chunk[-1][0]
            raise Refused(f"lines {first} to {last}: the database does not take them: {error}") from None

    # rows

    def rows(self, model, chunk) -> None:
        """Bring in rows that are not there; Refused where one with the same key says something else."""
        key = REFERENCE.get(model) or FOUND[model]
        fresh = []
        with Put(why=self.why, by=self.by) as put:
            for number, content in chunk:
                columns = self._read(number, self.names.columns, model, content)
                row = model._default_manager.filter(**_condition(model, _of(model, key, columns))).first()
                if row is not None:
                    self._same(number, f"{label(model)} {_shown(content, key)}", self.names.row_said(row), content)
                    self.taken.rows_there += 1
                    continue
                self.taken.rows += 1
                if model in REFERENCE:
                    self._put(number, put, model, columns, key)
                else:
                    fresh.append(model(**columns))
        if model is Decision:
            self._through(Change(ruled=fresh))
        elif fresh:
            restore_rows(model, fresh)

    def forms(self, model, chunk) -> None:
        """Bring in printed forms as ``rows`` does, many at once."""
        told = {}
        for number, content in chunk:
            columns = self._read(number, self.names.columns, model, content)
            made = dictionary_row(columns.get("kind", "place"), columns["text"])
            told[made["key"]] = number, content, model(**{**columns, **made})
        for row in model.objects.filter(key__in=list(told)):
            number, content, _made = told.pop(row.key)
            self._same(number, f"{label(model)} {row.text[:80]!r}", self.names.row_said(row), content)
            self.taken.rows_there += 1
        self.taken.rows += len(told)
        with Put(why=self.why, by=self.by) as put:
            put.many(model, [row for _number, _content, row in told.values()])

    def _put(self, number, put, model, columns: dict, key) -> None:
        by_key = _of(model, key, columns)
        values = {name: value for name, value in columns.items() if name not in by_key}
        self._read(number, put, model, by_key, values)
        self.names.rows.pop(model, None)  # read again when somebody asks

    # people

    def people(self, chunk) -> None:
        """Bring in people who are not there; Refused where one with the same id says something else."""
        told = {}
        for number, content in chunk:
            told[self._read(number, lambda said: number_of(said["id"]), content)] = number, content
        there = set(Victim.objects.filter(pk__in=told).values_list("pk", flat=True)) - announced(told)
        for pk, content in people(sorted(there), self.names).items():
            self._same(told[pk][0], content["id"], content, told[pk][1])
        self.taken.people_there += len(there)
        fresh = {pk: self._read(told[pk][0], self._person, pk, *told[pk]) for pk in told if pk not in there}
        self._free(fresh, told)
        if fresh:
            self._through(Change(restore=list(fresh.values())))
        self.taken.people += len(fresh)

    def _person(self, pk: int, number: int, content: dict) -> Restored:
        person = Restored(pk, str(Status(content["status"])))
        if content.get("merged_into"):
            person.merged_into_id = number_of(content["merged_into"])
        if stone := content.get("tombstone"):
            day, reason = datetime.date.fromisoformat(stone["date"]), str(WithdrawalReason(stone["reason"]))
            person.tombstone = Tombstone(victim_id=pk, date=day, reason=reason)
        for said in content.get("entries", ()):
            person.entries.append(self._entry(number, pk, said))
            for version in said.get("versions", ()):
                columns = self.names.columns(EntryVersion, version, without=("entry",))
                person.versions.append(EntryVersion(entry_id=said["number"], **columns))
        own = {entry.number for entry in person.entries}
        for said in content.get("decisions", ()):
            columns = self.names.columns(Decision, {**said, "entry": None}, without=("victim",))
            if said.get("entry") is not None and said["entry"] not in own:
                raise ValueError(f"decisions: there is no entry {said['entry']!r} here")
            person.decisions.append(Decision(victim_id=pk, **{**columns, "entry_id": said.get("entry")}))
        return person

    def _entry(self, number: int, victim_id: int, said: dict):
        item = JsonLines().item_of(number, said, LONGEST)
        pk = self.names.key(Source, said["source"])
        if pk not in self.sources:
            self.sources[pk] = Source.objects.get(pk=pk)
        entry = parsed(item, self.sources[pk])
        if entry.corrections:
            entry.corrections = self.names.unsigned(entry.corrections)
        entry.victim_id, entry.number, entry.version = victim_id, int(said["number"]), int(said["version"])
        entry.batch_id = self.names.key(Batch, said["batch"]) if "batch" in said else None
        entry.removed, entry.keep_reading = said.get("removed") is True, said.get("keyed") is not True
        return entry

    def _free(self, fresh: dict[int, Restored], told: dict) -> None:
        """Raise Refused where an entry's number, or its key in its source, is taken here."""
        by_number = {entry.number: pk for pk, person in fresh.items() for entry in person.entries}
        for taken in Entry.objects.filter(pk__in=by_number).values_list("pk", flat=True):
            self._taken(told[by_number[taken]][0], f"entry {taken}")
        by_source: dict[int, dict[str, int]] = {}
        for pk, person in fresh.items():
            for entry in person.entries:
                by_source.setdefault(entry.source.pk, {})[entry.item_key] = pk
        for source, keys in by_source.items():
            found = Entry.objects.filter(source=source, item_key__in=keys).values_list("item_key", flat=True)
            for key in found:
                self._taken(told[keys[key]][0], f"the entry {key!r} of this source")

    @staticmethod
    def _taken(number: int, what: str) -> None:
        raise Refused(f"line {number}: {what} is here already, of somebody else. " + ELSEWHERE)

    # both

    def _through(self, change: Change) -> None:
        write(change, kind=RevisionKind.IMPORT, by=self.by, why=self.why, lookup=self.lookup)

    def _same(self, number: int, what: str, here: dict, there: dict) -> None:
        if line("", here) == line("", there):
            return
        differ = sorted(name for name in here.keys() | there.keys() if here.get(name) != there.get(name))
        raise Refused(f"line {number}: {what} is here already and differs in {', '.join(differ)}. {ELSEWHERE}")

    @staticmethod
    def _read(number: int, read, *arguments):
        try:
            return read(*arguments)
        except (ReadError, Refused):
            raise
        except ValidationError as error:
            raise ReadError(number, "; ".join(error.messages)) from None
        except KeyError as error:
            raise ReadError(number, f"{error} is missing") from None
        except WRONG as error:
            raise ReadError(number, str(error)) from None


ELSEWHERE = (
    "An export of everything is read into an empty database, or into the one that it came from; "
    "the entries of one source (export_entries --source) can be read into any."
)


def _of(model, key, columns: dict) -> dict:
    """Return {attribute: value} of the fields of a key."""
    attributes = [model._meta.get_field(name).attname for name in key]
    return {name: columns[name] for name in attributes}


def _condition(model, key: dict) -> dict:
    """Return the condition that finds a row by its key; what is not told is NULL there."""
    return {name if value is not None else f"{name}__isnull": value if value is not None else True
            for name, value in key.items()}  # fmt: skip


def _shown(content: dict, key) -> str:
    return ", ".join(str(content.get(name, "")) for name in key)
