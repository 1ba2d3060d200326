"""Files that would hurt: each ends in a clear error, in bounded time and memory, and nothing is half written."""

import bz2
import gzip
import io
import json
import os
import subprocess
import sys
import zipfile

import py7zr
import pytest
from django.conf import settings

from tests.telling import a_source, everything, run
from tests.victims.importing.files import HEADER, IVANOV, PETROV, delimited, dump, ods, page, xlsx

pytestmark = pytest.mark.django_db
BOOK = ("--source", "book")
GOOD = delimited(HEADER, *[IVANOV] * 600)
PEOPLE = "".join(json.dumps({"id": n, "text": f"Иванов {n * 7919}, род. 1900"}) + "\n" for n in range(2000))
PAGES = dump(*(page(f"Иванов {n * 7919} (1900)", n) for n in range(1, 1500)))
LAUGHS = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 10))


def seven(content: bytes, *names: str) -> bytes:
    made = io.BytesIO()
    with py7zr.SevenZipFile(made, "w") as archive:
        for name in names:
            archive.writestr(content, name)
    return made.getvalue()


def zipped(**parts: bytes) -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return made.getvalue()


def with_part(workbook: bytes, name: str, content: bytes) -> bytes:
    """Return a workbook with one part of it exchanged."""
    made = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(workbook)) as old, zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as new:
        for part in old.namelist():
            new.writestr(part, content if part == name else old.read(part))
    return made.getvalue()


SHEET = "xl/worksheets/sheet1.xml"
XML = '<?xml version="1.0"?><!DOCTYPE d [<!ENTITY l0 "ха">' + LAUGHS + "]>"
SHEET_NAMES = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
#: {what: (file name, how its bytes are made, word of the error)}
SPOILT = {
    "gzip cut short": ("a.jsonl.gz", lambda: gzip.compress(PEOPLE.encode())[:-30], "fetch it again"),
    "gzip of no byte": ("a.jsonl.gz", lambda: gzip.compress(b"")[:4], "fetch it again"),
    "bzip2 cut short": ("a.xml.bz2", lambda: bz2.compress(PAGES.encode())[:-30], "fetch it again"),
    "7z cut short": ("a.xml.7z", lambda: seven(PAGES.encode(), "a.xml")[:-30], "fetch it again"),
    "7z of two files": ("a.xml.7z", lambda: seven(b"x", "a.xml", "b.xml"), "pack one file"),
    "XLSX cut short": ("a.xlsx", lambda: xlsx(HEADER, IVANOV)[:-30], "fetch it again"),
    "XLSX by name alone": ("a.xlsx", lambda: b"Ivanov", "fetch it again"),
    "ODS cut short": ("a.ods", lambda: ods(HEADER, IVANOV)[:-30], "fetch it again"),
    "an old workbook": ("a.xls", lambda: b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" * 100, "save it as .xlsx"),
    "a zip of other things": ("a.zip", lambda: zipped(**{"book.txt": b"Ivanov"}), "neither XLSX nor ODS"),
    "a bomb in gzip": ("a.csv.gz", lambda: gzip.compress(b"\n" * 50_000_000, 9), "unpacks to more"),
    "a bomb in bzip2": ("a.txt.bz2", lambda: bz2.compress(b"\n" * 50_000_000), "unpacks to more"),
    "a bomb in 7z": ("a.txt.7z", lambda: seven(b"\n" * 21_000_000, "a.txt"), "unpacks to more"),
    "a bomb in XLSX": (
        "a.xlsx", lambda: with_part(xlsx(HEADER, IVANOV), SHEET, b" " * 60_000_000), "this is no list of entries"),
    "entities in XLSX": (
        "a.xlsx", lambda: with_part(xlsx(HEADER), SHEET,
                                     f"{XML}<worksheet {SHEET_NAMES}>&l9;</worksheet>".encode()),
        "workbook cannot be read"),
    "entities in ODS": (
        "a.ods", lambda: with_part(ods(HEADER), "content.xml", f"{XML}<a>&l9;</a>".encode()), "entities"),
    "entities in a dump": ("a.xml", lambda: f"{XML}<mediawiki>&l9;</mediawiki>".encode(), "entities"),
    "NUL bytes in a table": ("a.csv", lambda: GOOD.encode() + b"\0\0\0\n", "NUL"),
    "another encoding later": ("a.csv", lambda: GOOD.encode() + ";".join(PETROV).encode("cp1251"), "UTF-8"),
    "bytes of no alphabet": ("a.txt", lambda: bytes(range(128, 256)) * 1000, "UTF-8"),
    "a line of 50 MB": ("a.csv", lambda: GOOD.encode() + b"x" * 50_000_000, "longer than"),
    "a text without a blank line": ("a.txt", lambda: b"Ivanov\n" * 700_000, "without a blank line"),
    "quotes without an end": ("a.csv", lambda: (GOOD + '"Иванов;' + GOOD).encode(), "quotes"),
    "a header twice": ("a.csv", lambda: delimited([*HEADER, "Имя"]).encode(), "both called “Имя”"),
    "no header": ("a.csv", lambda: delimited(IVANOV, PETROV).encode(), "the first row must be the header"),
    "a cell without end in ODS": (
        "a.ods", lambda: ods(body='<table:table-row><table:table-cell table:number-columns-repeated="99999999" '
                                  'office:value-type="string"><text:p>а</text:p></table:table-cell></table:table-row>'),
        "columns"),
    "a row without end in ODS": (
        "a.ods", lambda: ods(body='<table:table-row table:number-rows-repeated="99999999"><table:table-cell '
                                  'office:value-type="string"><text:p>а</text:p></table:table-cell></table:table-row>'),
        "rows"),
}  # fmt: skip


@pytest.mark.parametrize("kind", list(SPOILT))
def test_a_spoilt_file_is_told_with_its_line_and_nothing_is_written(tmp_path, kind):
    name, content, word = SPOILT[kind]
    a_source()
    before = everything()
    path = tmp_path / name
    path.write_bytes(content())
    ran = run("import_entries", path, *BOOK)
    assert ran.code == 2
    assert word in ran.err, ran.err
    assert ran.err.startswith(f"{path}, line ")
    assert everything() == before


@pytest.mark.parametrize("name", ["a.jsonl", "a.txt", "a.csv", "a.jsonl.gz", "a.xml", "a.bin"])
def test_a_file_of_no_byte_brings_nobody(tmp_path, name):
    a_source()
    path = tmp_path / name
    path.write_bytes(b"")
    ran = run("import_entries", path, *BOOK)
    assert (ran.code, "0 read, 0 new" in ran.out) == (0, True), ran.err


def test_a_directory_is_no_file(tmp_path):
    ran = run("import_entries", tmp_path, *BOOK)
    assert (ran.code, str(tmp_path) in ran.err) == (2, True)


def test_a_formula_rejects_its_row_and_names_its_cell(tmp_path):
    a_source()
    path = tmp_path / "a.xlsx"
    path.write_bytes(xlsx(HEADER, IVANOV, ["Петров", '=CMD|"/C calc"!A0', *[""] * 6]))
    ran = run("import_entries", path, *BOOK)
    assert (ran.code, "2 read, 1 new" in ran.out, "cell B3 holds a formula" in ran.out) == (2, True, True)


MEASURED = """
import os, resource, sys, django
django.setup()
from pathlib import Path
from victims.importing.readers import File
resource.setrlimit(resource.RLIMIT_CPU, (120, 120))
before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
print(File(Path(sys.argv[1])).count(), (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) // 1024)
"""


def measured(path) -> tuple[int, int]:
    """Return how many entries a process of its own finds in a file, and how many MB that took it."""
    ran = subprocess.run(
        [sys.executable, "-c", MEASURED, path],
        cwd=settings.BASE_DIR,
        env=os.environ | {"DJANGO_SETTINGS_MODULE": "memorial.settings"},
        capture_output=True,
        check=True,
        text=True,
    )
    count, memory = ran.stdout.split()
    return int(count), int(memory)


@pytest.mark.parametrize("kind", ["a million empty rows", "the last cell of a sheet", "a declared size"])
def test_a_workbook_of_nearly_nothing_costs_nearly_nothing(tmp_path, kind):
    rows = {
        "a million empty rows": "".join(f'<row r="{n}"/>' for n in range(3, 1_000_000)),
        "the last cell of a sheet": '<row r="1048576"><c r="XFD1048576" t="inlineStr"><is><t>х</t></is></c></row>',
        "a declared size": "",
    }[kind]
    first = "".join(
        f'<row r="{n}"><c r="A{n}" t="inlineStr"><is><t>{word}</t></is></c></row>'
        for n, word in ((1, "Фамилия"), (2, "Иванов"))
    )
    data = f'<dimension ref="A1:XFD1048576"/><sheetData>{first}{rows}</sheetData>'
    sheet = f"<worksheet {SHEET_NAMES}>{data}</worksheet>"
    path = tmp_path / "a.xlsx"
    path.write_bytes(with_part(xlsx(HEADER), SHEET, sheet.encode()))
    count, memory = measured(path)
    assert count == (2 if kind == "the last cell of a sheet" else 1)
    assert memory < 200


def test_a_long_packed_dump_costs_the_memory_of_one_page(tmp_path):
    path = tmp_path / "a.xml.bz2"
    pages = (page(number=n, text="{{Формуляр}}" + f"{n} " * 700) for n in range(9000))
    path.write_bytes(bz2.compress(dump(*pages).encode()))
    count, memory = measured(path)
    assert count == 9000
    assert memory < 100
