"""A file of entries: its form found, read as a stream of items, its rejected lines written out again."""

import csv
import filecmp
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from memorial.saying import said as _
from victims.importing.readers import delimited, sheets
from victims.importing.readers.columns import Columns
from victims.importing.readers.items import LONGEST_LINE, REJECTED, Item, ReadError, Seen
from victims.importing.readers.openlist import OpenList
from victims.importing.readers.plain import JsonLines, Text
from victims.importing.readers.streams import TOO_LONG, opened, text_lines
from victims.importing.readers.tables import Column, Table, headers_of

PACKED = {".gz", ".bz2", ".xz", ".7z"}
DELIMITED = {".csv", ".tsv", ".tab"}
FORMS = ("jsonl", "text", "csv", "sheet", "openlist")
_LOOKED_AT = 64 * 1024


@dataclass
class File:
    """A file of entries and how it is to be read; ``form`` "" is found by its content and name.

    ``at`` is told how many bytes of the file are read, for a progress bar.
    """

    path: Path
    form: str = ""
    columns: Columns | None = None
    encoding: str = ""
    delimiter: str = ""
    sheet: str = ""
    at: Callable[[int], object] = field(default=lambda position: None)
    reader: object = field(default=None, init=False)
    seen: Seen = field(default_factory=Seen, init=False)

    def items(self) -> Iterator[Item | ReadError]:
        """Yield the items of the file in order, fields perhaps ``unread``; a ReadError for each unit that is none.

        Raises ReadError where the file itself cannot be read on.
        """
        with self._units() as (reader, units):
            self.seen = Seen()
            yield from _items(reader, units, self.seen)

    def count(self, progress=lambda done: None) -> int:
        """Read the file to its end and return how many entries it should have; ReadError where it is spoilt."""
        number = 0
        with self._units() as (_reader, units):
            for _unit in units:
                number += 1
                progress(1)
        return number

    def describe(self) -> list[Column]:
        """Return what each column of a table becomes; nothing for other forms."""
        form = self.form or self._found()
        if form not in ("csv", "sheet"):
            return []
        reader = self._table(form)
        return reader.describe(self._rows(form))

    def headers(self) -> list[str]:
        """Return what the columns of a table are called, whether or not they are known; [] for other forms."""
        form = self.form or self._found()
        if form not in ("csv", "sheet"):
            return []
        rows = ((line, cells) for line, cells in self._rows(form) if any(cell.strip() for cell in cells))
        return headers_of(*next(rows, (1, [])))

    def is_mended(self) -> bool:
        """Return whether this is a file of rejected lines: then it is but a part of what its source has."""
        if (self.form or self._found()) == "sheet":
            return False
        with opened(self.path) as stream:
            return REJECTED.encode() in stream.read(_LOOKED_AT)

    def write_rejected(self, rejected: dict[int, str], out: Path) -> Path:
        """Write the units of these lines in their own form, each under its reason, to be mended and read again.

        Return where: beside ``out``, under a number, where that is there and says something else. Somebody may
        have mended it.
        """
        made = out.with_name(f"{out.name}.part")
        self._write_units(rejected, made)
        place, number = out, 1
        while place.exists() and not filecmp.cmp(place, made, shallow=False):
            number += 1
            place = out.with_name(f"{out.stem}.{number}{out.suffix}")
        return made.replace(place)

    def _write_units(self, rejected: dict[int, str], out: Path) -> None:
        with out.open("w", encoding="utf-8", newline="") as file, self._units() as (reader, units):
            write = _writer(reader, file)
            for line, unit in units:
                if line in rejected:
                    write(line, rejected[line], unit)
            write(0, "", None)

    def rejected_beside(self) -> Path:
        """Return where the rejected lines of the file go if nobody says otherwise."""
        form = self.form or self._found()
        suffix = {"csv": ".csv", "sheet": ".csv", "openlist": ".xml", "text": ".txt", "jsonl": ".jsonl"}[form]
        return self.path.with_name(f"{self.path.name}.rejected{suffix}")

    @contextmanager
    def _units(self):
        """Open the file; give its reader and (line, unit) of it."""
        try:
            form = self.form or self._found()
            if form in ("csv", "sheet"):
                self.reader = self._table(form)
                yield self.reader, self.reader.units(self._rows(form))
                return
            self.reader = {"jsonl": JsonLines, "text": Text, "openlist": OpenList}[form]()
            with opened(self.path, self.at) as stream:
                if form == "openlist":
                    yield self.reader, self.reader.units(stream)
                else:
                    yield self.reader, self.reader.units(text_lines(stream, self.encoding or "utf-8"))
        except OSError as error:
            raise ReadError(1, _("cannot be read: %(why)s", why=error.strerror or error)) from None
        except LookupError as error:
            told = _("there is no such encoding (--encoding): %(why)s", why=error)
            raise ReadError(1, told) from None
        except ReadError as error:
            raise ReadError(error.line or 1, error.message) from None

    def _table(self, form: str) -> Table:
        return Table(self.columns, ragged=form == "sheet")

    def _rows(self, form: str):
        if form == "sheet":
            return sheets.rows(self.path, self.sheet)
        return delimited.rows(self.path, self.encoding, self.delimiter, self.at)

    def _found(self) -> str:
        """Return the form of the file, by its first bytes and its name."""
        with self.path.open("rb") as raw:
            start = raw.read(8)
        if start.startswith(b"PK\x03\x04"):
            return "sheet"
        if start.startswith(b"\xd0\xcf\x11\xe0"):
            raise ReadError(1, _("is a workbook of an old form: save it as .xlsx, .ods or .csv"))
        with opened(self.path) as stream:
            head = stream.read(_LOOKED_AT)
        names = [suffix.lower() for suffix in self.path.suffixes]
        while names and names[-1] in PACKED:
            names.pop()
        name, words = names[-1] if names else "", head.removeprefix(b"\xef\xbb\xbf").lstrip()
        if name in DELIMITED:
            return "csv"
        if words.startswith((b"<?xml", b"<mediawiki")):
            return "openlist"
        if name in (".xlsx", ".ods") and head:
            raise ReadError(1, _("the workbook is damaged or cut short: fetch it again"))
        return "jsonl" if name == ".jsonl" or words.startswith(b"{") else "text"


def _items(reader, units, seen: Seen) -> Iterator[Item | ReadError]:
    for line, unit in units:
        try:
            item = reader.item(line, unit)
            if not seen.add(item.key):
                raise ReadError(
                    line, _("the key “%(key)s” stands in this file already: give each item its own", key=item.key)
                )
        except ReadError as error:
            yield error
        else:
            yield item


def _writer(reader, file):
    """Return the function (line, reason, unit) that writes a rejected unit; unit None ends the file."""
    if isinstance(reader, Table):
        rows = csv.writer(file)
        began = []

        def write(line, reason, cells):
            if cells is not None:
                if not began:  # the header is known from the first row on
                    began.append(rows.writerow(reader.headers))
                file.write(f"{REJECTED}{line}: {_one_line(reason)}\n")
                rows.writerow(reader.raw(cells))

        return write
    xml = isinstance(reader, OpenList)
    if xml:
        file.write('<mediawiki xml:lang="ru">\n')

    def write(line, reason, unit):
        if unit is None:
            file.write("</mediawiki>\n" if xml else "")
        elif xml:
            file.write(f"<!-- {REJECTED}{line}: {_one_line(reason).replace('--', '—')} -->\n{reader.raw(unit)}")
        else:
            file.write(f"{REJECTED}{line}: {_one_line(reason)}\n{reader.raw(unit)}")

    return write


def _one_line(reason: str) -> str:
    return " ".join(reason.split())[:500]


def read(path: Path | str, lines=None, **options) -> Iterator[Item | ReadError]:
    """Yield the items of a file in order, and a ReadError for each line that is none (options: see ``File``).

    ``lines`` (an iterable of text lines: JSON Lines, or text with blank lines between entries) stands for the
    file. Raises ReadError where the file itself cannot be read on.
    """
    if lines is None:
        for item in File(Path(path), **options).items():
            yield item if isinstance(item, ReadError) else item.filled()
        return
    numbered = enumerate(_short(lines), start=1)
    first = next(((number, line) for number, line in numbered if line.strip()), None)
    if first is None:
        return
    json = str(path).endswith(".jsonl") or first[1].lstrip().startswith("{")
    reader = JsonLines() if json else Text()
    yield from _items(reader, reader.units(_chain(first, numbered)), Seen())


def _chain(first, rest):
    yield first
    yield from rest


def _short(lines):
    for number, line in enumerate(lines, start=1):
        if len(line) > LONGEST_LINE:
            raise ReadError(number, _(TOO_LONG["characters"], longest=LONGEST_LINE))
        yield line.removeprefix("\ufeff") if number == 1 else line
