"""Files for tests of reading and importing: tables, workbooks, dumps, and spoilt ones of each."""

import io
import zipfile
from xml.sax.saxutils import escape

import openpyxl

HEADER = ["Фамилия", "Имя", "Отчество", "Год рождения", "Дата ареста", "Приговор", "Дата расстрела", "Цвет глаз"]
IVANOV = ["Иванов", "Иван", "Иванович", "1900", "05.08.1937", "ВМН", "17.08.1937", "серые"]
PETROV = ["Петров", "Пётр", "Петрович", "ок. 1890", "лето 37", "10 лет ИТЛ", "", ""]


def delimited(*rows, sign=";") -> str:
    """Return rows as text with a delimiter."""
    return "".join(sign.join(row) + "\n" for row in rows)


def xlsx(*rows, **sheets) -> bytes:
    """Return a workbook of one sheet, or of several given by name."""
    book = openpyxl.Workbook()
    book.remove(book.active)
    for title, told in (sheets or {"Лист1": rows}).items():
        sheet = book.create_sheet(title)
        for row in told:
            sheet.append(row)
    made = io.BytesIO()
    book.save(made)
    return made.getvalue()


def ods(*rows, body="") -> bytes:
    """Return an OpenDocument sheet of texts; ``body`` stands for its rows as XML."""
    names = (
        'xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" '
        'xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0" '
        'xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0"'
    )

    def cell(value):
        return f'<table:table-cell office:value-type="string"><text:p>{escape(value)}</text:p></table:table-cell>'

    told = body or "".join(f"<table:table-row>{''.join(map(cell, row))}</table:table-row>" for row in rows)
    content = (
        f'<?xml version="1.0"?><office:document-content {names}><office:body><office:spreadsheet>'
        f'<table:table table:name="Лист1">{told}</table:table>'
        "</office:spreadsheet></office:body></office:document-content>"
    )
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        archive.writestr("content.xml", content)
    return made.getvalue()


def page(title="Иванов Иван Иванович (1900)", number=7, text="", ns=0, redirect=False, **parameters) -> str:
    """Return a page of the Open List; parameters as written, "_" for a space and "__" before a case's number."""
    form = "".join(f"|{name}={value}\n" for name, value in parameters.items())
    words = escape(text or "{{Шаблон:Формуляр\n" + form + "}}\n")
    moved = f'<redirect title="{title}"/>' if redirect else ""
    return (
        f"<page><title>{escape(title)}</title><ns>{ns}</ns><id>{number}</id>{moved}<revision><id>1</id>"
        f'<text xml:space="preserve">{words}</text></revision></page>\n'
    )


def dump(*pages) -> str:
    """Return a MediaWiki export."""
    return (
        '<mediawiki xmlns="http://www.mediawiki.org/xml/export-0.10/" version="0.10" xml:lang="ru">\n'
        + "".join(pages)
        + "</mediawiki>\n"
    )
