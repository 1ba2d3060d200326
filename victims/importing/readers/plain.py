"""Lists of printed entries: JSON Lines, and text with blank lines between entries."""

import json
from collections import Counter
from collections.abc import Iterator

from memorial.saying import said as _
from victims.importing.readers.items import (
    LONGEST_KEY,
    LONGEST_LINE,
    LONGEST_TEXT,
    REJECTED,
    Item,
    Keys,
    ReadError,
    checked,
    locator,
    unpaired,
)
from victims.models.corrections import corrected
from victims.models.rows import check
from victims.models.values import RecordError

#: What a line may tell: what is read of it, and what only says where an export has it from.
READ = {"id", "text", "page", "row", "locator", "language", "record"}
OF_EXPORT = {"spans", "warnings", "corrections", "synthetic", "parser_version", "victim", "status"}
#: How many different things that are passed over are counted each by itself.
MOST_ASIDE = 50


class JsonLines:
    """``{"id", "text", "page", "row", "record", "language"}`` a line; only a text or a record must be there.

    What else a line tells is counted in ``aside``.
    """

    suffix = ".jsonl"

    def __init__(self):
        self.keys = Keys()
        self.aside: Counter = Counter()

    def units(self, lines) -> Iterator[tuple[int, str]]:
        """Yield (number, line) of what should be an entry."""
        return ((number, line) for number, line in lines if line.strip() and not line.startswith(REJECTED))

    def item(self, number: int, line: str) -> Item:
        """Return the entry of a line; ReadError where it is none."""
        row = self.row(number, line)
        item = self.item_of(number, row)
        for name in row.keys() - READ - OF_EXPORT:
            words = f"{name}: {row[name]}" if name == "source" else name
            told = " ".join(words[:80].encode(errors="replace").decode().split())
            known = told in self.aside or len(self.aside) < MOST_ASIDE
            self.aside[told if known else _("other keys")] += 1
        return item

    def item_of(self, number: int, row: dict, longest: int = LONGEST_TEXT) -> Item:
        """Return the entry that the object of a line tells; ReadError where it is none."""
        record = row.get("record")
        if record is not None:
            self._check_record(number, record)
        text = row.get("text", "" if record is not None else None)
        if not isinstance(text, str):
            raise ReadError(number, _('must be an object with a "text": {"id": …, "text": …}'))
        text = checked(number, text, longest) if record is None or text else ""
        page, place = _short_of(number, row, "page"), _short_of(number, row, "row")
        key = _short_of(number, row, "id")
        if not key:
            key = f"{page}/{place}" if page and place else self.keys(text or json.dumps(record, sort_keys=True))
        if len(key) > LONGEST_KEY:
            raise ReadError(
                number, _("page and number must be at most %(longest)s characters together", longest=LONGEST_KEY)
            )
        where = _short_of(number, row, "locator") or locator(page, place)
        item = Item(number, key, text, where, record)
        if record is not None:
            self._exported(number, row, item)
        item.language = _short_of(number, row, "language", longest=10) or item.language
        return item

    def row(self, number: int, line: str) -> dict:
        """Return the object of a line."""
        try:
            row = json.loads(line)
        except (ValueError, RecursionError) as error:
            raise ReadError(number, _("is not JSON (%(why)s)", why=error)) from None
        if not isinstance(row, dict):
            raise ReadError(number, _('must be an object with a "text": {"id": …, "text": …}'))
        return row

    @staticmethod
    def _exported(number: int, row: dict, item: Item) -> None:
        """Take what an export tells beside the record; see ``exporting``."""
        item.parser_version = _short_of(number, row, "parser_version", longest=20)
        item.spans, item.warnings = row.get("spans"), row.get("warnings")
        item.corrections, item.synthetic = row.get("corrections"), row.get("synthetic") is True
        if item.spans is not None and not _are_spans(item.spans, len(item.text)):
            raise ReadError(number, _('"spans" must be [[slot, [[from, to], …]], …] within the text'))
        if item.warnings is not None and not _are_words(item.warnings):
            raise ReadError(number, _('"warnings" must be a list of words'))
        if item.corrections is not None:
            try:
                check(corrected(item.record, item.corrections))
            except RecordError as error:
                raise ReadError(number, f'"corrections": {error}') from None
            except (AttributeError, KeyError, TypeError, ValueError, IndexError):
                raise ReadError(number, _('"corrections" must be {slot: {"value": …}, …}')) from None

    @staticmethod
    def _check_record(number: int, record) -> None:
        if not isinstance(record, dict):
            raise ReadError(number, _('"record" must be an object in the record form'))
        try:
            told = json.dumps(record, ensure_ascii=False)
        except RecursionError:
            raise ReadError(number, _('"record" is nested too deep')) from None
        if "\\u0000" in told or unpaired(told):
            raise ReadError(number, _('"record" holds a NUL character or half of a surrogate pair: remove it'))

    @staticmethod
    def raw(line: str) -> str:
        """Return a unit as a file has it."""
        return line.rstrip("\r\n") + "\n"


def _are_words(value) -> bool:
    return isinstance(value, list) and all(isinstance(word, str) for word in value)


def _are_spans(value, length: int) -> bool:
    """Return whether a value is spans over a text of this length."""

    def is_piece(piece) -> bool:
        numbers = isinstance(piece, list) and len(piece) == 2 and all(type(at) is int for at in piece)
        return numbers and 0 <= piece[0] <= piece[1] <= length

    return isinstance(value, list) and all(
        isinstance(span, list)
        and len(span) == 2
        and isinstance(span[0], str)
        and isinstance(span[1], list)
        and all(map(is_piece, span[1]))
        for span in value
    )


def _short_of(number: int, row: dict, name: str, longest: int = LONGEST_KEY) -> str:
    """Return an id, page or row of an item as text; "" where it is not given."""
    value = row.get(name)
    if value is None:
        return ""
    text = str(value)
    plain = isinstance(value, str | int | float) and not isinstance(value, bool)
    if not plain or len(text) > longest or "\0" in text or unpaired(text):
        told = _(
            '"%(name)s" must be a text of at most %(longest)s characters, or a number: mend it',
            name=name, longest=longest,
        )  # fmt: skip
        raise ReadError(number, told)
    return text


class Text:
    """Printed entries with blank lines between them."""

    suffix = ".txt"

    def __init__(self):
        self.keys = Keys()

    def units(self, lines) -> Iterator[tuple[int, str]]:
        """Yield (number of the first line, block)."""
        start, size, block = 0, 0, []
        for number, line in lines:
            if line.startswith(REJECTED):
                continue
            if line.strip():
                start = start or number
                block.append(line.rstrip("\r\n"))
                size += len(line)
                if size > LONGEST_LINE:
                    told = _(
                        "%(longest)s characters without a blank line: part the entries by them",
                        longest=LONGEST_LINE,
                    )
                    raise ReadError(start, told)
            elif block:
                yield start, "\n".join(block)
                start, size, block = 0, 0, []
        if block:
            yield start, "\n".join(block)

    def item(self, number: int, block: str) -> Item:
        """Return the entry of a block; ReadError where it cannot be kept."""
        return Item(number, self.keys(checked(number, block)), block)

    @staticmethod
    def raw(block: str) -> str:
        """Return a unit as a file has it."""
        return block + "\n\n"
