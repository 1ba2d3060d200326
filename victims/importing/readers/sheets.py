"""Rows of a sheet of a workbook (XLSX, ODS), streamed: a sheet of a million empty rows costs no memory."""

import datetime
import re
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from xml.etree.ElementTree import ParseError

import openpyxl
from defusedxml.common import DefusedXmlException
from defusedxml.ElementTree import iterparse
from django.utils.translation import gettext_noop

from memorial.saying import said as _
from victims.importing.readers.items import LONGEST_TEXT, ReadError

#: What a sheet can hold in any program, and what its parts may unpack to.
MOST_ROWS, MOST_COLUMNS = 1_048_576, 16_384
LARGEST_PART, LARGEST_STRINGS, LARGEST_RATIO, SMALL = 2_000_000_000, 200_000_000, 500, 50_000_000
SHEET_TYPE = b"application/vnd.oasis.opendocument.spreadsheet"
DAMAGED = gettext_noop("the workbook is damaged or cut short (%(why)s): fetch it again")
FORMULA = gettext_noop("cell %(cell)s holds a formula (%(text)s): put its value in its place")
ERROR = gettext_noop("cell %(cell)s holds an error (%(text)s): put its value in its place")
OFFICE = "{urn:oasis:names:tc:opendocument:xmlns:office:1.0}"
TABLE = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"
TEXT = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}"


def kind_of(path: Path) -> str:
    """Return "xlsx" or "ods"; ReadError for another zip file, a damaged one, or one that unpacks without end."""
    try:
        with zipfile.ZipFile(path) as archive:
            names = set(archive.namelist())
            _check(archive)
            if "xl/workbook.xml" in names:
                return "xlsx"
            if "content.xml" in names and archive.read("mimetype")[:100].startswith(SHEET_TYPE):
                return "ods"
    except (zipfile.BadZipFile, EOFError, OSError, KeyError, NotImplementedError, RuntimeError) as error:
        raise ReadError(1, _(DAMAGED, why=error)) from None
    raise ReadError(1, _("is a zip file, yet neither XLSX nor ODS: unpack it, and import what is in it"))


def _check(archive: zipfile.ZipFile) -> None:
    """Refuse what unpacks into more than any list; the library never reads past the sizes declared here."""
    for part in archive.infolist():
        limit = LARGEST_STRINGS if part.filename.endswith("sharedStrings.xml") else LARGEST_PART
        bomb = part.file_size > max(SMALL, LARGEST_RATIO * part.compress_size)
        if part.file_size > limit or bomb:
            told = _(
                "its part %(name)s unpacks to %(size)s bytes: this is no list of entries",
                name=part.filename, size=part.file_size,
            )  # fmt: skip
            raise ReadError(1, told)


def rows(path: Path, sheet: str = "") -> Iterator[tuple[int, list[str]]]:
    """Yield (number of the row, cells as text) of a workbook's only filled sheet, or of the one named."""
    read = {"xlsx": _xlsx, "ods": _ods}[kind_of(path)]
    number = 0
    try:
        for number, cells in read(path, sheet):
            if number > MOST_ROWS or len(cells) > MOST_COLUMNS:
                raise ReadError(number, _too_large())
            yield number, cells
    except ReadError:
        raise
    except DefusedXmlException:
        told = _("the workbook's XML declares entities: that is no workbook")
        raise ReadError(number + 1, told) from None
    except (ParseError, zipfile.BadZipFile, EOFError, OSError) as error:
        raise ReadError(number + 1, _(DAMAGED, why=error)) from None
    except (ValueError, KeyError, TypeError, AttributeError, IndexError) as error:
        told = _("the workbook cannot be read (%(why)s): save it as CSV", why=_short(error))
        raise ReadError(number + 1, told) from None


def _too_large() -> str:
    return _("the sheet has more than %(rows)s rows or %(columns)s columns", rows=MOST_ROWS, columns=MOST_COLUMNS)


def _short(error: Exception) -> str:
    return " ".join(str(error).split())[:120] or type(error).__name__


def _choose(names: list[str], filled: list[str], sheet: str) -> str:
    """Return the sheet that is meant; ReadError where it is not there, or several are filled."""
    if sheet:
        if sheet not in names:
            told = _(
                "there is no sheet “%(sheet)s”; choose one (--sheet): %(names)s",
                sheet=sheet,
                names=", ".join(names),
            )
            raise ReadError(1, told)
        return sheet
    if len(filled) > 1:
        raise ReadError(
            1, _("several sheets are filled; choose one (--sheet): %(names)s", names=", ".join(filled))
        )
    return filled[0] if filled else ""


# --- XLSX ----------------------------------------------------------------------------------------------


@contextmanager
def _workbook(path: Path):
    book = openpyxl.load_workbook(path, read_only=True, data_only=False, keep_links=False)
    try:
        yield book
    finally:
        book.close()


def _xlsx(path: Path, sheet: str) -> Iterator[tuple[int, list[str]]]:
    with _workbook(path) as book:
        names = [told.title for told in book.worksheets]
        for told in book.worksheets:
            told.reset_dimensions()  # what a file declares of its size need not be true
        filled = [] if sheet else [told.title for told in book.worksheets if _has_cells(told)]
        name = _choose(names, filled, sheet)
        if not name:
            return
        for number, row in enumerate(book[name].rows, 1):
            cells = [
                _xlsx_cell(cell, number, at) if cell.value is not None else "" for at, cell in enumerate(row, 1)
            ]
            yield number, cells


def _has_cells(sheet) -> bool:
    """Return whether one of the first rows of a sheet tells anything."""
    for number, row in enumerate(sheet.rows):
        if any(cell.value is not None for cell in row):
            return True
        if number > 1000:
            return False
    return False


def _named(number: int, at: int) -> str:
    return f"{openpyxl.utils.get_column_letter(at)}{number}"


class CellError(str):
    """What stands in a cell that has no value of its own, and why its row is rejected by ``cells_of``."""

    why = ""

    @classmethod
    def of(cls, what: str, why: str) -> "CellError":
        made = cls(what)
        made.why = why
        return made


def _xlsx_cell(cell, number: int, at: int) -> str:
    value = cell.value
    if cell.data_type == "f" or cell.data_type == "e":
        held = FORMULA if cell.data_type == "f" else ERROR
        return CellError.of(str(value), _(held, cell=_named(number, at), text=str(value)[:40]))
    if isinstance(value, datetime.datetime | datetime.date):
        return _date(value, str(cell.number_format or ""))
    if isinstance(value, float):
        return _number(value)
    return str(value)


def _number(value: float) -> str:
    return str(int(value)) if value.is_integer() and abs(value) < 1e15 else repr(value)


def _date(value, number_format: str = "") -> str:
    """Return a date as the books print it, as exact as its cell shows it."""
    shown = re.sub(r'"[^"]*"|\[[^]]*\]|\\.', "", number_format.lower())
    day = value if isinstance(value, datetime.date) else value.date()
    if shown and "y" in shown and "d" not in shown:
        return f"{day:%m.%Y}" if "m" in shown else f"{day.year:04}"
    text = f"{day.day:02}.{day.month:02}.{day.year:04}"
    if isinstance(value, datetime.datetime) and value.time() != datetime.time():
        text += f" {value:%H:%M:%S}"
    return text


def cells_of(line: int, cells: list[str]) -> list[str]:
    """Return a row's cells, or raise ReadError where one of them has no value of its own."""
    for cell in cells:
        if isinstance(cell, CellError):
            raise ReadError(line, cell.why)
    return cells


# --- ODS -----------------------------------------------------------------------------------------------


def _ods(path: Path, sheet: str) -> Iterator[tuple[int, list[str]]]:
    names, filled = [], []
    for name, _row, cells in _ods_rows(path):
        if name not in names:
            names.append(name)
        if name not in filled and any(cells):
            filled.append(name)
    chosen = _choose(names, filled, sheet)
    for name, number, cells in _ods_rows(path):
        if name == chosen:
            yield number, cells


def _ods_rows(path: Path) -> Iterator[tuple[str, int, list[str]]]:
    """Yield (sheet, number of the row, cells) of all rows that tell anything."""
    with zipfile.ZipFile(path) as archive, archive.open("content.xml") as content:
        name, number, open_elements = "", 0, []
        for event, element in iterparse(content, events=("start", "end"), forbid_dtd=True):
            if event == "start":
                open_elements.append(element)
                if element.tag == f"{TABLE}table":
                    name, number = element.get(f"{TABLE}name", ""), 0
                continue
            open_elements.pop()
            if element.tag == f"{TABLE}table-row":
                repeated = _repeated(element, "rows")
                cells = _ods_cells(element, number + 1)
                if not cells:
                    number += repeated
                elif number + repeated > MOST_ROWS:
                    raise ReadError(number + 1, _too_large())
                else:
                    for _again in range(repeated):
                        number += 1
                        yield name, number, cells
                open_elements[-1].remove(element)


def _repeated(element, what: str) -> int:
    text = element.get(f"{TABLE}number-{what}-repeated", "1")
    if not text.isascii() or not text.isdigit() or not 0 < int(text) < 10**9:
        raise ReadError(
            1, _("the workbook repeats a row or a cell “%(times)s” times: save it anew as CSV", times=text[:20])
        )
    return int(text)


def _ods_cells(row, number: int) -> list[str]:
    cells: list[str] = []
    empty = 0
    for cell in row:
        if cell.tag not in (f"{TABLE}table-cell", f"{TABLE}covered-table-cell"):
            continue
        repeated = _repeated(cell, "columns")
        value = _ods_cell(cell, number, len(cells) + empty + 1)
        if not value:
            empty += repeated
            continue
        if len(cells) + empty + repeated > MOST_COLUMNS or repeated * len(value) > 10 * LONGEST_TEXT:
            raise ReadError(number, _too_large())
        cells += [""] * empty + [value] * repeated
        empty = 0
    return cells


def _ods_cell(cell, number: int, at: int) -> str:
    if cell.get(f"{TABLE}formula"):
        formula = cell.get(f"{TABLE}formula")
        where = _named(number, min(at, MOST_COLUMNS))
        return CellError.of(formula, _(FORMULA, cell=where, text=formula[:40]))
    kind = cell.get(f"{OFFICE}value-type", "")
    if kind == "float":
        try:
            return _number(float(cell.get(f"{OFFICE}value", "")))
        except ValueError:
            pass
    if kind == "date":
        try:
            return _date(datetime.datetime.fromisoformat(cell.get(f"{OFFICE}date-value", "")))
        except ValueError:
            pass
    return "\n".join("".join(part.itertext()) for part in cell if part.tag == f"{TEXT}p")
