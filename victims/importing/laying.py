"""Items read and laid out as rows before the database is asked, here or in processes beside the writer."""

import gc
import json
import signal
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from multiprocessing import get_all_start_methods, get_context

from victims.importing.readers import Item
from victims.models.dictionary import LINKED, REMEMBERED
from victims.models.prepared import EntryInput, Prepared, as_json, new_rows
from victims.models.values import Lookup, RecordError


@dataclass(slots=True)
class Rejected:
    """An item that was not taken, its line and why."""

    line: int
    reason: str


@dataclass(slots=True)
class Told:
    """What a chunk of items says, before it has rows.

    ``new`` entries will need ``words`` (as ``Lookup`` names them) and so many ``ids`` by model; those that
    are known already come back as they are, in ``changed``, but for those that say what they said before.
    """

    new: int = 0
    unchanged: int = 0
    changed: list[EntryInput] = field(default_factory=list)
    rejected: list[Rejected] = field(default_factory=list)
    warned: int = 0
    warnings: Counter = field(default_factory=Counter)
    words: set[tuple] = field(default_factory=set)
    ids: dict[type, int] = field(default_factory=dict)


class Promises(Lookup):
    """A Lookup that promises numbers below zero for words not known yet, so that all is laid out only once.

    What a word decides cannot be promised: the body of a sentence, and what a record links to. Whatever names
    one that is not known is ``unsure``, and is laid out again when it is.
    """

    def __init__(self):
        super().__init__()
        self.begin()

    def begin(self) -> None:
        """Promise anew: what was promised before has been given."""
        self.promised: dict[tuple, int] = {}
        self.numbered: dict[type, int] = {}
        self.unsure = False

    def id(self, kind: str, text) -> int | None:
        try:
            return self.ids[kind, text]
        except KeyError:
            self.missing.add((kind, text))
        if kind in LINKED:
            self.unsure = True
            return None
        return self._promise(kind, text)

    def known(self, kind: str, text) -> int | None:
        found = self.ids.get((kind, text))
        self.unsure = self.unsure or found is None
        return found

    def new_id(self, model) -> int:
        """Promise the id of a case or a sentence."""
        number = self.numbered[model] = self.numbered.get(model, 0) + 1
        return self._promise(model, number)

    def _promise(self, kind, text) -> int:
        return self.promised.setdefault((kind, text), -1 - len(self.promised))

    def given(self, ids: dict[type, list[int]]) -> dict[int, int]:
        """Return what each promised number is in truth; ``ids`` are those of cases and sentences."""
        known = {(model, number): pk for model, pks in ids.items() for number, pk in enumerate(pks, start=1)}
        return {
            number: pk
            for key, number in self.promised.items()
            if (pk := self.ids.get(key) or known.get(key)) is not None
        }


@dataclass(slots=True, eq=False)
class _New:
    """A new entry on its way: its ids, and how many cases and sentences came before it in the chunk."""

    line: int
    entry: EntryInput
    victim_id: int
    entry_id: int
    before: dict[type, int]
    rows: dict[type, list] = field(default_factory=dict)
    unsure: bool = False


class Here:
    """Reads chunks in this process: ``take`` one, hear what it ``told``, give ids, get its ``rows``."""

    def __init__(self, read: Callable[[Item], EntryInput]):
        self.read, self.lookup = read, Promises()

    def take(self, items: list[Item], known: dict[str, dict | None], numbers: list[tuple], **how) -> None:
        """Begin with a chunk; ``known`` are the keys of its items that have an entry already.

        Beside a key stands what the entry was read as, where its words are the same and only their reading may
        have changed. ``numbers`` are the (victim id, entry id) of the others; ``how`` is for ``new_rows``.
        """
        self.items, self.known, self.numbers, self.how = items, known, numbers, how
        self.new: list[_New] = []
        if len(self.lookup.ids) > REMEMBERED:
            self.lookup = Promises()
        self.lookup.begin()

    def told(self) -> Told:
        """Read the chunk; an item that no record can keep is among the rejected."""
        told = Told()
        for item in self.items:
            entry, is_known = self.read(item), item.key in self.known
            if is_known and self.known[item.key] and json.loads(as_json(entry.reading)) == self.known[item.key]:
                told.unchanged += 1
                continue
            numbers = (0, 0) if is_known else self.numbers[len(self.new)]
            made = _New(item.line, entry, *numbers, self.lookup.numbered.copy())
            try:
                self._lay(made)
            except RecordError as error:
                self.lookup.numbered = made.before
                told.rejected.append(Rejected(item.line, error.args[0]))
                continue
            told.warned += bool(entry.warnings)
            told.warnings.update(entry.warnings or ())
            if is_known:
                self.lookup.numbered = made.before
                told.changed.append(entry)
            else:
                self.new.append(made)
        told.new, told.ids, told.words = len(self.new), self.lookup.numbered, self._missing()
        return told

    def rows(self, words: dict, bodies: dict, ids: dict[type, list[int]]) -> tuple[Prepared | set, list]:
        """Return the rows of the new entries (or the words still wanted) and what was rejected.

        ``words`` are the ids of words, ``bodies`` what forms of bodies mean, ``ids`` those of cases and
        sentences.
        """
        self.lookup.ids.update(words)
        self.lookup.bodies.update(bodies)
        rejected = []
        for made in [one for one in self.new if one.unsure]:
            self.lookup.numbered = made.before.copy()
            try:
                self._lay(made)
            except RecordError as error:  # it names something that is not there: nobody could tell before
                rejected.append(Rejected(made.line, error.args[0]))
                self.new.remove(made)
        if missing := self._missing():
            return missing, rejected
        prepared = Prepared()
        for made in self.new:
            prepared.add(made.victim_id, made.entry, made.rows)
        prepared.exchange(self.lookup.given(ids))
        return prepared, rejected

    def inputs(self) -> list[EntryInput]:
        """Return the new entries of the chunk as the door takes them one by one."""
        return [made.entry for made in self.new]

    def close(self) -> None:
        """Nothing is held."""

    def _lay(self, made: _New) -> None:
        lookup, lookup.unsure = self.lookup, False
        made.rows = new_rows(made.entry, made.victim_id, made.entry_id, lookup, lookup.new_id, **self.how)
        made.unsure = lookup.unsure

    def _missing(self) -> set[tuple]:
        missing, self.lookup.missing = self.lookup.missing, set()
        return missing


class Beside:
    """The same in a process beside this one: while it reads a chunk, others are read and written."""

    def __init__(self, read: Callable[[Item], EntryInput], csv: bool, others: list["Beside"]):
        context = get_context("fork")
        self.pipe, end = context.Pipe()
        held = [self.pipe, *(other.pipe for other in others)]
        self.process = context.Process(target=_serve, args=(Here(read), csv, end, held), daemon=True)
        self.process.start()
        end.close()

    def take(self, items, known, numbers, **how) -> None:
        """Begin with a chunk, without waiting for it."""
        self._send("take", items, known, numbers, **how)

    def told(self) -> Told:
        """Return what the chunk says, when it has been read."""
        return self._answer()

    def rows(self, words, bodies, ids):
        """Return what ``Here.rows`` does."""
        self._send("rows", words, bodies, ids)
        return self._answer()

    def inputs(self) -> list[EntryInput]:
        """Return what ``Here.inputs`` does."""
        self._send("inputs")
        return self._answer()

    def close(self) -> None:
        """Let the process end."""
        self.pipe.close()
        self.process.join()

    def _send(self, name, *args, **kwargs) -> None:
        try:
            self.pipe.send((name, args, kwargs))
        except OSError:
            raise RuntimeError(KILLED) from None

    def _answer(self):
        try:
            answer = self.pipe.recv()
        except EOFError:
            raise RuntimeError(KILLED) from None
        if isinstance(answer, Exception):
            raise answer
        return answer


KILLED = "a process that reads entries was ended from outside: see whether memory lacks, then run it again"


def beside(read: Callable[[Item], EntryInput], number: int, csv: bool) -> list[Beside]:
    """Return so many processes that read; none where the system cannot fork. ``csv``: rows as COPY takes them."""
    hands: list[Beside] = []
    if "fork" in get_all_start_methods():
        for _number in range(number):
            hands.append(Beside(read, csv, hands))
    return hands


def _serve(hand: Here, csv: bool, pipe, held) -> None:
    """Do what is asked until the pipe is closed, as it is too when the writer is killed."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    for end in held:
        end.close()
    gc.freeze()
    gc.set_threshold(50_000)  # next to nothing of what is laid out holds itself
    while True:
        try:
            name, args, kwargs = pipe.recv()
        except (EOFError, OSError):
            return
        try:
            answer = getattr(hand, name)(*args, **kwargs)
            if name == "take":
                answer = hand.told()
            elif name == "rows" and isinstance(answer[0], Prepared):
                answer = answer[0].packed(csv), answer[1]
        except Exception as error:  # whatever it is, the writer raises it
            answer = error
        try:
            pipe.send(answer)
        except OSError:  # the writer ended, and has told why
            return
