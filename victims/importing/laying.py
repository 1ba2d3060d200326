"""Items read and laid out as rows before the database is asked, here or in processes beside the writer."""

import gc
import signal
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from multiprocessing import get_all_start_methods, get_context

from victims.importing.readers import Item
from victims.models import Case, Sentence
from victims.models.bulk import Ids
from victims.models.dictionary import REMEMBERED
from victims.models.prepared import EntryInput, Prepared, foresee_names, prepare
from victims.models.rows import lay_out
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
    are known already come back as they are, in ``changed``.
    """

    new: int = 0
    changed: list[EntryInput] = field(default_factory=list)
    rejected: list[Rejected] = field(default_factory=list)
    warned: int = 0
    warnings: Counter = field(default_factory=Counter)
    words: set[tuple] = field(default_factory=set)
    ids: Counter = field(default_factory=Counter)


class Here:
    """Reads chunks in this process: ``take`` one, hear what it ``told``, give ids, get its ``rows``."""

    def __init__(self, read: Callable[[Item], EntryInput]):
        self.read, self.lookup = read, Lookup()
        self.items: list[Item] = []
        self.known: set[str] = set()
        self.lines: list[int] = []
        self.new: list[EntryInput] = []

    def take(self, items: list[Item], known: set[str]) -> None:
        """Begin with a chunk; ``known`` are the keys of its items that have an entry already."""
        self.items, self.known, self.lines, self.new = items, known, [], []
        if len(self.lookup.ids) > REMEMBERED:
            self.lookup = Lookup()

    def told(self) -> Told:
        """Read the chunk; an item that no record can keep is among the rejected."""
        told = Told()
        for item in self.items:
            entry = self.read(item)
            try:
                laid = lay_out(entry.said, 0, 0, self.lookup, lambda model: 0, entry.synthetic)
            except RecordError as error:
                told.rejected.append(Rejected(item.line, str(error)))
                continue
            foresee_names(laid, self.lookup)
            told.warned += bool(entry.warnings)
            told.warnings.update(entry.warnings or ())
            if item.key in self.known:
                told.changed.append(entry)
                continue
            self.lines.append(item.line)
            self.new.append(entry)
            for model in (Case, Sentence):
                told.ids[model] += len(laid.facts.get(model, ()))
        told.new = len(self.new)
        told.words = self._missing()
        return told

    def rows(self, words: dict, bodies: dict, ids: dict, numbers: list, **how) -> tuple[Prepared | set, list]:
        """Lay the new entries out; return their rows (or the words still wanted) and what was rejected.

        ``words`` are the ids of words, ``bodies`` what forms of bodies mean, ``ids`` those of cases and
        sentences, ``numbers`` (victim, entry) of each entry; ``how`` is for ``prepare``.
        """
        self.lookup.ids.update(words)
        self.lookup.bodies.update(bodies)
        rejected = []
        while True:
            given = Ids()
            given.free = {model: numbers_[::-1] for model, numbers_ in ids.items()}
            try:
                prepared = prepare(self.new, numbers[: len(self.new)], self.lookup, given, **how)
                break
            except RecordError as error:  # it names something that is not there: nobody could tell before
                rejected.append(Rejected(self.lines.pop(error.index), str(error)))
                del self.new[error.index]
        missing = self._missing()
        return missing or prepared, rejected

    def inputs(self) -> list[EntryInput]:
        """Return the new entries of the chunk as the door takes them one by one."""
        return self.new

    def close(self) -> None:
        """Nothing is held."""

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

    def take(self, items, known) -> None:
        """Begin with a chunk, without waiting for it."""
        self._send("take", items, known)

    def told(self) -> Told:
        """Return what the chunk says, when it has been read."""
        return self._answer()

    def rows(self, words, bodies, ids, numbers, **how):
        """Return what ``Here.rows`` does."""
        self._send("rows", words, bodies, ids, numbers, **how)
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
        pipe.send(answer)
