"""Files of delimited values: the encoding and the delimiter are found, quotes must be balanced."""

import csv
import io
import re
from collections.abc import Iterator
from pathlib import Path

from charset_normalizer import from_bytes

from memorial.saying import said as _
from victims.importing.readers.items import LONGEST_TEXT, REJECTED, ReadError
from victims.importing.readers.streams import bounded_lines, opened, text_lines

DELIMITERS = ";\t,|"
ENCODINGS = ["cp1251", "koi8_r", "cp866"]
SAMPLE_LINES, SAMPLE_BYTES = 50, 64 * 1024


def encoding_of(path: Path) -> str:
    """Return the encoding of a file: UTF-8 and UTF-16 by their marks or validity, else an old Cyrillic one.

    A file whose first words beyond ASCII are valid UTF-8 is UTF-8, so that one damaged byte later is told and not
    read as another alphabet. Raises ReadError where no encoding fits.
    """
    with opened(path) as stream:
        start = stream.peek(4)[:4]
        if start.startswith((b"\xff\xfe", b"\xfe\xff")):
            return "utf-16"
        sample = b""
        for _number, line in bounded_lines(stream):
            if line.isascii():
                continue
            if not sample:
                try:
                    line.decode()
                except UnicodeDecodeError:
                    pass
                else:
                    return "utf-8"
            sample += line
            if len(sample) > SAMPLE_BYTES:
                break
    if not sample:
        return "utf-8"
    words = b" ".join(re.findall(rb"[A-Za-z\x80-\xff][A-Za-z\x80-\xff .,-]+", sample))[:SAMPLE_BYTES]
    best = from_bytes(words, cp_isolation=ENCODINGS).best()
    if best is None:
        told = _("is neither UTF-8 nor %(others)s: say its encoding (--encoding)", others=", ".join(ENCODINGS))
        raise ReadError(1, told)
    return {"cp1125": "cp866"}.get(best.encoding, best.encoding)


def delimiter_of(lines: list[str]) -> str:
    """Return the delimiter under which most of the first rows have as many cells as the header."""

    def fitting(sign: str) -> tuple[int, int]:
        try:
            rows = [row for row in csv.reader(lines, delimiter=sign) if row]
        except csv.Error:
            return 0, 0
        width = len(rows[0]) if rows else 0
        return (sum(len(row) == width for row in rows), width) if width > 1 else (0, 0)

    return max(DELIMITERS, key=fitting)


def rows(path: Path, encoding: str = "", delimiter: str = "", at=lambda position: None) -> Iterator[tuple]:
    """Yield (line, cells) of a file; ReadError, with the line where a row begins, where it cannot be read on."""
    encoding = encoding or encoding_of(path)
    delimiter = delimiter or _found_delimiter(path, encoding)
    csv.field_size_limit(LONGEST_TEXT)
    with opened(path, at) as stream:
        counted = _Lines(_lines(stream, encoding))
        reader = csv.reader(counted, delimiter=delimiter, strict=True)
        while True:
            began = counted.number + 1
            try:
                cells = next(reader, None)
            except csv.Error as error:
                raise ReadError(counted.first or began, _why(str(error))) from None
            if cells is None:
                return
            yield counted.first or began, cells
            counted.first = 0


def _found_delimiter(path: Path, encoding: str) -> str:
    with opened(path) as stream:
        lines = []
        for _number, line in _lines(stream, encoding):
            if line.strip() and not line.startswith(REJECTED):
                lines.append(line)
            if len(lines) >= SAMPLE_LINES:
                break
    return delimiter_of(lines)


def _lines(stream, encoding: str) -> Iterator[tuple[int, str]]:
    if encoding != "utf-16":
        yield from text_lines(stream, encoding)
        return
    text = io.TextIOWrapper(stream, encoding, newline="\n")
    number = 0
    try:
        for number, line in bounded_lines(text, unit="characters"):
            yield number, line
    except UnicodeError as error:
        told = _("is not %(encoding)s (%(why)s): save the file as UTF-8", encoding="UTF-16", why=error)
        raise ReadError(number + 1, told) from None


def _why(error: str) -> str:
    if "field limit" in error or "unexpected end" in error or "expected after" in error:
        return _(
            "the quotes of the row that begins here are not balanced (%(why)s): close or double them", why=error
        )
    if "new-line" in error:
        return _("the lines end as on old Macintoshes: save the file with line ends of Windows or Unix")
    return _("is no row of this table (%(why)s)", why=error)


class _Lines:
    """Lines for the CSV reader, which tells no row's first line; notes of rejection are passed over."""

    def __init__(self, lines):
        self.lines, self.number, self.first = lines, 0, 0

    def __iter__(self):
        return self

    def __next__(self) -> str:
        for number, line in self.lines:
            self.number = number
            if "\0" in line:
                raise ReadError(number, _("holds a NUL character: this is no text file, or it is damaged"))
            if line.startswith(REJECTED):
                continue
            self.first = self.first or number
            return line
        raise StopIteration
