"""Readers: a file of entries as a stream of items, one for each person that the file tells of."""

import gzip
import hashlib
import json
import zlib
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

LONGEST_LINE = 4_000_000
LONGEST_TEXT = 200_000
LONGEST_KEY = 200


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
    them) and codes of what is doubtful. ``raw`` is the line as the file has it, for the file of rejected lines.
    """

    line: int
    key: str
    text: str
    locator: str = ""
    record: dict | None = None
    spans: list | None = None
    warnings: list | None = None
    language: str = "ru"
    raw: str = ""


def read(path: Path | str, lines=None) -> Iterator[Item | ReadError]:
    """Yield the items of a file in order, and a ReadError for each line that is none.

    JSON Lines where the name ends in .jsonl (or the first character is "{"), else plain text with blank
    lines between entries; either may be gzipped. ``lines`` (an iterable of text lines) stands for the file.
    Raises ReadError where the file itself cannot be read on.
    """
    lines = _lines(Path(path)) if lines is None else enumerate(_short(lines), start=1)
    first = next(((number, line) for number, line in lines if line.strip()), None)
    if first is None:
        return
    name = str(path).removesuffix(".gz")
    rest = _chain(first, lines)
    yield from (_json_lines(rest) if name.endswith(".jsonl") or first[1].lstrip().startswith("{") else _text(rest))


def _chain(first, rest):
    yield first
    yield from rest


def _short(lines):
    for number, line in enumerate(lines, start=1):
        if len(line) > LONGEST_LINE:
            raise ReadError(number, f"is longer than {LONGEST_LINE} characters: this is no list of entries")
        yield line.removeprefix("\ufeff") if number == 1 else line


def _lines(path: Path) -> Iterator[tuple[int, str]]:
    """Yield (number, line) of a UTF-8 file, gzipped or not; ReadError at the first byte that is not."""
    number = 0
    try:
        with path.open("rb") as plain:
            zipped = plain.read(2) == b"\x1f\x8b"
        with gzip.open(path, "rb") if zipped else path.open("rb") as stream:
            while line := stream.readline(LONGEST_LINE + 1):
                number += 1
                if len(line) > LONGEST_LINE:
                    raise ReadError(number, f"is longer than {LONGEST_LINE} bytes: this is no list of entries")
                yield number, line.decode("utf-8-sig" if number == 1 else "utf-8")
    except UnicodeDecodeError as error:
        raise ReadError(number, f"is not UTF-8 ({error.reason}): save the file as UTF-8") from None
    except (EOFError, gzip.BadGzipFile, zlib.error) as error:
        raise ReadError(number + 1, f"the gzip file is damaged or cut short ({error}): fetch it again") from None
    except OSError as error:
        raise ReadError(number + 1, f"cannot be read: {error.strerror or error}") from None


class _Keys:
    """Keys for items without one: the hash of the text and how many times it has occurred."""

    def __init__(self):
        self.seen: Counter = Counter()

    def __call__(self, text: str) -> str:
        digest = hashlib.blake2b(text.encode(), digest_size=12).hexdigest()
        self.seen[digest] += 1
        return f"{digest}-{self.seen[digest]}"


def _json_lines(lines) -> Iterator[Item | ReadError]:
    keys, taken = _Keys(), set()
    for number, line in lines:
        if not line.strip():
            continue
        try:
            item = _json_item(number, line, keys)
            if item.key in taken:
                raise ReadError(
                    number, f"the key {item.key!r} stands in this file already: give each item its own"
                )
            taken.add(item.key)
            yield item
        except ReadError as error:
            yield error


def _json_item(number: int, line: str, keys: _Keys) -> Item:
    try:
        row = json.loads(line)
    except (ValueError, RecursionError) as error:
        raise ReadError(number, f"is not JSON ({error})") from None
    if not isinstance(row, dict) or not isinstance(row.get("text"), str):
        raise ReadError(number, 'must be an object with a "text": {"id": …, "text": …}')
    text = _checked(number, row["text"])
    page, place = _short_of(number, row, "page"), _short_of(number, row, "row")
    key = _short_of(number, row, "id")
    locator = ", ".join(f"{word} {value}" for word, value in (("с.", page), ("№", place)) if value)
    if not key:
        key = f"{page}/{place}" if page and place else keys(text)
    if len(key) > LONGEST_KEY:
        raise ReadError(number, f'"page" and "row" must be at most {LONGEST_KEY} characters together')
    return Item(number, key, text, locator[:200])


def _short_of(number: int, row: dict, name: str) -> str:
    """Return an id, page or row of an item as text; "" where it is not given."""
    value = row.get(name)
    if value is None:
        return ""
    text = str(value)
    plain = isinstance(value, str | int | float) and not isinstance(value, bool)
    if not plain or len(text) > LONGEST_KEY or "\0" in text or _unpaired(text):
        raise ReadError(
            number, f'"{name}" must be a text of at most {LONGEST_KEY} characters, or a number: mend it'
        )
    return text


def _unpaired(text: str) -> bool:
    """Return whether a text holds half of a surrogate pair: JSON can write it, UTF-8 cannot."""
    try:
        text.encode()
    except UnicodeEncodeError:
        return True
    return False


def _checked(number: int, text: str) -> str:
    if not text.strip():
        raise ReadError(number, "the text is empty: nothing is said of anybody")
    if "\0" in text:
        raise ReadError(number, "the text holds a NUL character: remove it")
    if len(text) > LONGEST_TEXT:
        raise ReadError(number, f"the text is longer than {LONGEST_TEXT} characters: divide it into entries")
    if _unpaired(text):
        raise ReadError(number, "the text holds half of a surrogate pair: it is not valid Unicode")
    return text


def _text(lines) -> Iterator[Item | ReadError]:
    keys, start, block = _Keys(), 0, []
    for number, line in _chain_end(lines):
        if line is not None and line.strip():
            start = start or number
            block.append(line.rstrip("\r\n"))
            continue
        if block:
            try:
                text = _checked(start, "\n".join(block))
                yield Item(start, keys(text), text)
            except ReadError as error:
                yield error
        start, block = 0, []


def _chain_end(lines):
    yield from lines
    yield 0, None
