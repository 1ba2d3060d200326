"""What readers yield: items, one for each person that a file tells of, and errors with their line."""

import hashlib
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass

from memorial.saying import said as _

LONGEST_LINE = 4_000_000
LONGEST_TEXT = 200_000
LONGEST_KEY = 200
LONGEST_LOCATOR = 200
#: How a file of rejected lines says why; such lines are passed over when it is read again.
REJECTED = "# rejected, line "


class ReadError(ValueError):
    """A file, or a line of it, that cannot be read: ``line`` counts from 1, the message names the remedy."""

    def __init__(self, line: int, message: str):
        super().__init__(f"line {line}: {message}")
        self.line, self.message = line, message


@dataclass(slots=True)
class Item:
    """One entry of a file: where it stands, its key within the source, its words.

    ``record`` None leaves the reading of the words to the parser. A reader of fields (a table, a template) gives
    the record itself, in the record form, with where in ``text`` its values stand (``spans``, as an entry has
    them) and codes of what is doubtful; where that takes long, it leaves to ``unread`` (picklable) to read these
    three from the text, when they are wanted. An export tells beside: who read the words, what a human corrected,
    and that the person never lived.
    """

    line: int
    key: str
    text: str
    locator: str = ""
    record: dict | None = None
    spans: list | None = None
    warnings: list | None = None
    language: str = "ru"
    parser_version: str = ""
    corrections: dict | None = None
    synthetic: bool = False
    unread: Callable[[str], tuple[dict, list, list | None]] | None = None

    def filled(self) -> "Item":
        """Return the item with what was left unread."""
        if self.unread:
            self.record, self.spans, self.warnings = self.unread(self.text)
            self.unread = None
        return self


class Seen:
    """Which keys a file has had: 64 bits of hash each and no object, so that three million fit into 30 MB.

    The first two bytes of a hash choose a row, in which the other six stand behind each other.
    """

    REST = 6

    def __init__(self):
        self.rows: dict[bytes, bytearray] = {}

    def _find(self, key: str) -> tuple[bytearray, bytes, bool]:
        digest = hashlib.blake2b(key.encode(), digest_size=8).digest()
        row, rest = self.rows.setdefault(digest[: -self.REST], bytearray()), digest[-self.REST :]
        at = row.find(rest)
        while at % self.REST and at >= 0:  # across two hashes
            at = row.find(rest, at + 1)
        return row, rest, at >= 0

    def add(self, key: str) -> bool:
        """Remember a key; False where it was there already."""
        row, rest, there = self._find(key)
        if not there:
            row += rest
        return not there

    def __contains__(self, key: str) -> bool:
        return self._find(key)[2]


class Keys:
    """Keys for items without one, so many ``given``: the hash of the text and how many times it has occurred."""

    def __init__(self):
        self.seen, self.again, self.given = Seen(), Counter(), 0

    def __call__(self, text: str) -> str:
        digest = hashlib.blake2b(text.encode(), digest_size=12).hexdigest()
        self.given += 1
        if not self.seen.add(digest):
            self.again[digest] += 1
        return f"{digest}-{self.again[digest] + 1}"


def unpaired(text: str) -> bool:
    """Return whether a text holds half of a surrogate pair: JSON can write it, UTF-8 cannot."""
    try:
        text.encode()
    except UnicodeEncodeError:
        return True
    return False


def checked(line: int, text: str, longest: int = LONGEST_TEXT) -> str:
    """Return the words of an entry, or raise ReadError where they cannot be kept."""
    if not text.strip():
        raise ReadError(line, _("the text is empty: nothing is said of anybody"))
    if "\0" in text:
        raise ReadError(line, _("the text holds a NUL character: remove it"))
    if len(text) > longest:
        told = _("the text is longer than %(longest)s characters: divide it into entries", longest=longest)
        raise ReadError(line, told)
    if unpaired(text):
        raise ReadError(line, _("the text holds half of a surrogate pair: it is not valid Unicode"))
    return text


def locator(page: str, place: str) -> str:
    """Return how a page and a number within it are cited."""
    named = ((word, value) for word, value in (("с.", page), ("№", place)) if value)
    return ", ".join(f"{word} {value}" for word, value in named)[:LONGEST_LOCATOR]
