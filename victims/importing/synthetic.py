"""Making synthetic persons: generated and laid out in other processes, written through the door."""

import gc
from collections.abc import Iterator
from contextlib import contextmanager, nullcontext
from multiprocessing import get_context

from django.db import connection, transaction
from django.utils import timezone

from sources.models import Source, SourceKind
from victims import synthetic
from victims.models import Batch, Case, Entry, Sentence, Victim
from victims.models.bulk import Ids, first_load, next_ids
from victims.models.dictionary import Dictionary
from victims.models.names import PartKind
from victims.models.prepared import TABLES, EntryInput, Prepared, prepare
from victims.models.record import Change, write
from victims.models.values import Lookup
from victims.names import indexed
from victims.vocabulary import ORDER_00447, RevisionKind, Status

#: Persons in one task; a multiple of the generator's block.
CHUNK = 4000
#: Fewer than these are made without other processes and without touching constraints.
FEW = 20_000
#: More than these have most of the words that the generator knows: all are registered beforehand.
ALL_WORDS = 60_000
#: Sentences a person may have, for the ids given out beforehand; numbers left over are not used again.
SENTENCES = 3
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
    start = Entry.objects.filter(source=source, item_key__startswith=f"s{seed}-").count()
    if start >= count:
        return 0
    batch = Batch.objects.create(
        source=source, file_name=f"seed {seed}, {start} to {count}", started_at=timezone.now()
    )
    many = count - start >= few
    lookup = _vocabulary(_forms(people, count, seed, start)) if many else Lookup()
    load = first_load([model for model, _columns in TABLES]) if many else nullcontext()
    with load, _no_collector():
        for prepared in _prepared(
            _tasks(start, count, seed), (source, batch.pk, lookup, people), processes if many else 0
        ):
            write(Change(prepared=prepared), kind=RevisionKind.IMPORT, batch=batch)
            progress(len(prepared.victims))
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


def _forms(people, count: int, seed: int, start: int) -> dict[str, list[str]]:
    """Return the printed forms that may be met, {kind: texts}; of few persons those alone that they have."""
    forms = people.vocabulary()
    if count - start > ALL_WORDS:
        return forms
    said = {text for _key, _text, record in people.persons(count - start, seed, start) for text in _texts(record)}
    return {kind: [text for text in texts if text in said] for kind, texts in forms.items()}


def _texts(value) -> Iterator[str]:
    """Yield all texts in a record."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict | list):
        for inner in value.values() if isinstance(value, dict) else value:
            yield from _texts(inner)


def _vocabulary(forms: dict[str, list[str]]) -> Lookup:
    """Register printed forms, and return their ids."""
    lookup = Dictionary()
    for kind, texts in forms.items():
        for text in texts:
            if kind in PARTS:
                lookup.missing.add((PARTS[kind], indexed(text)))
            else:
                lookup.missing.add((kind, text))
    lookup.missing.add(("operation", ORDER_00447))
    with get_context("fork").Pool(2) as pool, transaction.atomic():
        lookup.register(pool.imap)
    plain = Lookup()
    plain.ids, plain.bodies = lookup.ids, lookup.bodies
    return plain


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


def _prepared(tasks, shared: tuple, processes: int) -> Iterator[Prepared]:
    """Yield laid out chunks in order, made by other processes where ``processes`` is not 0."""
    csv = connection.vendor == "postgresql"
    if not processes:
        for task in tasks:
            yield _learnt(_numbered(task), shared).packed(csv)
        return
    with _workers(processes, shared) as pool:
        ahead: list[tuple] = []
        learnt: tuple[dict, dict] = {}, {}
        for task in tasks:
            numbered = _numbered(task)
            ahead.append((numbered, pool.apply_async(_work, (numbered, learnt, csv))))
            if len(ahead) > processes + 1:
                yield _answer(pool, *ahead.pop(0), learnt, csv)
        for numbered, answer in ahead:
            yield _answer(pool, numbered, answer, learnt, csv)


def _answer(pool, numbered, answer, learnt, csv) -> Prepared:
    """Return a chunk from a worker; what words it lacks are learnt here, and it does the chunk again."""
    made = answer.get()
    while isinstance(made, set):
        ids, bodies = _learn(made)
        learnt[0].update(ids)
        learnt[1].update(bodies)
        made = pool.apply(_work, (numbered, learnt, csv))
    return made


def _learn(missing: set) -> tuple[dict, dict]:
    dictionary = Dictionary()
    dictionary.missing = set(missing)
    with transaction.atomic():
        dictionary.learn()
    return dictionary.ids, dictionary.bodies


#: What the worker processes inherit when they are forked: source, batch id, lookup, generator.
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


def _work(numbered: tuple, learnt: tuple[dict, dict], csv: bool) -> Prepared | set:
    """Lay out one chunk in a worker; the words that are not in the dictionary, where there are any."""
    lookup = _SHARED[0][2]
    lookup.ids.update(learnt[0])
    lookup.bodies.update(learnt[1])
    prepared = _lay_out(numbered, _SHARED[0])
    if lookup.missing:
        missing = set(lookup.missing)
        lookup.missing.clear()
        return missing
    return prepared.packed(csv)


def _lay_out(numbered: tuple, shared: tuple) -> Prepared:
    seed, start, number, victims, entries, sentences = numbered
    source, batch_id, lookup, people = shared
    inputs = [
        EntryInput(source=source, item_key=key, record=record, text=text, synthetic=True, keep_reading=False)
        for key, text, record in people.persons(number, seed, start)
    ]
    ids = Ids()
    ids.free = {Sentence: sentences[::-1], Case: []}
    return prepare(
        inputs, list(zip(victims, entries, strict=True)), lookup, ids,
        status=str(Status.PUBLISHED), batch_id=batch_id,
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
