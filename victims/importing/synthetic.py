"""Making synthetic persons: generated and laid out in other processes, written through the door."""

import gc
from collections.abc import Iterator
from contextlib import contextmanager, nullcontext
from itertools import chain
from multiprocessing import get_context

from django.db import connection, transaction
from django.utils import timezone

from sources.models import Source, SourceKind
from victims import synthetic
from victims.models import Batch, Case, Entry, Place, PrintedForm, Sentence, Victim
from victims.models.bulk import Ids, analyze, first_load, mend, next_ids
from victims.models.dictionary import Dictionary, lock_dictionary
from victims.models.foreseen import Foreseen
from victims.models.names import NameKey, NamePart, PartKind
from victims.models.prepared import TABLES, EntryInput, Prepared, prepare
from victims.models.record import Change, write
from victims.models.values import Lookup
from victims.names import indexed
from victims.vocabulary import ORDER_00447, RevisionKind, Status

#: Persons in one task; a multiple of the generator's block.
CHUNK = 4000
#: Tasks written in one transaction: the pages of the indexes, which all of them change, are written once.
TOGETHER = 5
#: Fewer than these are made without other processes and without touching constraints.
FEW = 20_000
#: Sentences a person may have, for the ids given out beforehand; numbers left over are not used again.
SENTENCES = 3
#: Tables to which words are added meanwhile.
DICTIONARIES = [PrintedForm, Place, NamePart, NameKey]
PARTS = {
    "surname": str(PartKind.SURNAME),
    "given_name": str(PartKind.GIVEN),
    "patronymic": str(PartKind.PATRONYMIC),
}


def make_synthetic(
    count: int, seed: int, *, people=synthetic, processes: int = 2, few: int = FEW, progress=lambda done: None
) -> int:
    """Make the first ``count`` persons of a seed, published and marked as synthetic; return how many were new.

    Those that are there already are passed over, so a killed run is finished by running it again. Many
    (``few`` or more) are laid out by other processes, and loaded without checking each row's references as
    it comes; on PostgreSQL in one transaction, during which other writers wait. ``people`` has ``persons`` and
    ``vocabulary`` of victims.synthetic, or of another generator.
    """
    source, _ = Source.objects.get_or_create(
        slug="synthetic",
        defaults={"kind": str(SourceKind.SYNTHETIC), "title": "Synthetic demonstration persons"},
    )
    tables = [model for model, _columns in TABLES]
    mend(tables)
    start = Entry.objects.filter(source=source, item_key__startswith=f"s{seed}-").count()
    if start >= count:
        return 0
    batch = Batch.objects.create(
        source=source, file_name=f"seed {seed}, {start} to {count}", started_at=timezone.now()
    )
    many = count - start >= few
    outnumbering = many and count - start > Victim.objects.count()
    with first_load(tables, DICTIONARIES, indexes=outnumbering) if many else nullcontext(), _no_collector():
        lookup = _vocabulary(people) if many else Lookup()
        made = _many if many else _few
        for written in made(_tasks(start, count, seed), processes, (source, batch, lookup, people)):
            progress(written)
    if many:
        analyze()
    batch.counts = {"read": count - start, "new": count - start}
    batch.finished_at = timezone.now()
    batch.save()
    return count - start


@contextmanager
def _no_collector():
    """Chunks have no cycles, and the collector would walk the whole dictionary again and again."""
    was = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was:
            gc.enable()


def _vocabulary(people) -> Foreseen:
    """Give ids to all words that the generator knows, on PostgreSQL keeping others from adding any."""
    forms: dict[str, set[str]] = {}
    for kind, texts in people.vocabulary().items():
        if kind in PARTS:
            forms.setdefault(PARTS[kind], set()).update(map(indexed, texts))
        else:
            forms[kind] = texts
    with transaction.atomic():
        lock_dictionary()
        return Foreseen(forms, [("operation", ORDER_00447)])


def _tasks(start: int, count: int, seed: int) -> Iterator[tuple]:
    """Yield (seed, first, number) of chunks; the first may be short, so that the others begin a block."""
    while start < count:
        end = min(count, (start // CHUNK + 1) * CHUNK)
        yield seed, start, end - start
        start = end


def _numbered(task: tuple) -> tuple:
    """Return a task with the ids of its victims, entries, sentences and cases."""
    number = task[2]
    with transaction.atomic():
        return (
            *task,
            next_ids(Victim, number),
            next_ids(Entry, number),
            next_ids(Sentence, SENTENCES * number),
        )


def _write(made: list[Prepared], batch: Batch) -> int:
    """Write chunks in one transaction; return how many persons they have."""
    write(Change(prepared=made), kind=RevisionKind.IMPORT, batch=batch)
    return sum(len(prepared.victims) for prepared in made)


def _few(tasks, processes: int, shared: tuple) -> Iterator[int]:
    """Lay out chunks and write them, all in this process; yield how many persons were written."""
    for task in tasks:
        yield _write([_learnt(_numbered(task), shared)], shared[1])


def _many(tasks, processes: int, shared: tuple) -> Iterator[int]:
    """Have chunks laid out by other processes and write them in order; yield how many persons were written."""
    ahead = processes + TOGETHER  # so that none waits while this one writes
    with _workers(processes, shared) as pool:
        making, made = _Making(pool, shared), []
        for task in chain(tasks, [None] * ahead):
            if task:
                making.begin(_numbered(task))
            if making.begun and (not task or len(making.begun) > ahead):
                made.append(making.finish())
            if len(made) == TOGETHER:
                yield _write(made, shared[1])
                made = []
        if made:
            yield _write(made, shared[1])


class _Making:
    """Chunks that other processes are laying out, and what they learnt meanwhile.

    A word that is not in the vocabulary, or that somebody else wrote meanwhile, is learnt here; chunks that were
    laid out without knowing it are laid out again.
    """

    def __init__(self, pool, shared: tuple):
        self.pool, self.lookup = pool, shared[2]
        self.csv = connection.vendor == "postgresql"
        self.learnt: tuple[dict, dict] = {}, {}
        self.begun: list[tuple] = []

    def begin(self, numbered: tuple) -> None:
        self.begun.append((numbered, self._laid(numbered)))

    def finish(self) -> Prepared:
        """Wait for the chunk that was begun first, write its new words, and return it."""
        numbered, answer = self.begun.pop(0)
        while True:
            prepared, used, missing, knowing = answer.get()
            with transaction.atomic():  # its own: SQLite writes far slower where one stands in another
                missing |= self.lookup.add(used)
            if not missing and knowing == len(self.learnt[0]):
                return prepared
            for known, found in zip(self.learnt, _learn(missing), strict=True):
                known.update(found)
            answer = self._laid(numbered)

    def _laid(self, numbered):
        return self.pool.apply_async(_work, (numbered, self.learnt, self.csv))


def _learn(missing: set) -> tuple[dict, dict]:
    dictionary = Dictionary()
    dictionary.missing = set(missing)
    with transaction.atomic():
        dictionary.learn()
    return dictionary.ids, dictionary.bodies


#: What the worker processes inherit when they are forked: source, batch, lookup, generator.
_SHARED: list = []


@contextmanager
def _workers(processes: int, shared: tuple):
    """Fork workers that know ``shared``; they never touch the database."""
    _SHARED.append(shared)
    try:
        with get_context("fork").Pool(processes) as pool:
            yield pool
    finally:
        _SHARED.clear()


def _work(numbered: tuple, learnt: tuple[dict, dict], csv: bool) -> tuple:
    """Lay out one chunk in a worker: (its rows, words used for the first time, words not known, words learnt)."""
    lookup = _SHARED[0][2]
    lookup.ids.update(learnt[0])
    lookup.bodies.update(learnt[1])
    prepared = _lay_out(numbered, _SHARED[0])
    missing, lookup.missing = lookup.missing, set()
    return None if missing else prepared.packed(csv), lookup.used(), missing, len(learnt[0])


def _lay_out(numbered: tuple, shared: tuple) -> Prepared:
    seed, start, number, victims, entries, sentences = numbered
    source, batch, lookup, people = shared
    inputs = [
        EntryInput(source=source, item_key=key, record=record, text=text, synthetic=True, keep_reading=False)
        for key, text, record in people.persons(number, seed, start)
    ]
    ids = Ids()
    ids.free = {Sentence: sentences[::-1], Case: []}
    return prepare(
        inputs, list(zip(victims, entries, strict=True)), lookup, ids,
        status=str(Status.PUBLISHED), batch_id=batch.pk,
    )  # fmt: skip


def _learnt(numbered: tuple, shared: tuple) -> Prepared:
    """Lay out one chunk in this process, learning what the dictionary lacks."""
    lookup = shared[2]
    prepared = _lay_out(numbered, shared)
    while lookup.missing:
        ids, bodies = _learn(lookup.missing)
        lookup.missing.clear()
        lookup.ids.update(ids)
        lookup.bodies.update(bodies)
        prepared = _lay_out(numbered, shared)
    return prepared
