"""Tables of persons: encoding and delimiter found, columns known by their header, no word of a row dropped."""

import csv
import datetime
import gzip
import io

import pytest

from tests.victims.importing.files import HEADER, IVANOV, PETROV, delimited, ods, xlsx
from victims.importing.readers import Columns, File, MappingError, ReadError, read, saved
from victims.models.rows import check

TABLE, FILE = delimited(HEADER, IVANOV, PETROV), "book.csv"


def records(path, **options) -> list[dict]:
    found = list(read(path, **options))
    for item in found:
        check(item.record)
    return [item.record for item in found]


def refused(path, **options) -> ReadError:
    with pytest.raises(ReadError) as error:
        list(read(path, **options))
    return error.value


def words_of(item, slot) -> list[str]:
    return [item.text[start:end] for name, pieces in item.spans if name == slot for start, end in pieces]


# --- what a row becomes --------------------------------------------------------------------------------


def test_a_row_becomes_a_record_beside_its_own_words(file):
    ivanov, petrov = read(file(TABLE))
    assert ivanov.record == {
        "surname": "Иванов",
        "given_name": "Иван",
        "patronymic": "Иванович",
        "birth": {"date": "1900"},
        "arrests": [{"date": "1937-08-05"}],
        "sentences": [{"verdict": "ВМН", "kind": "vmn"}],
        "death": {"date": "1937-08-17", "manner": "shot"},
    }
    assert ivanov.text.split("\n")[0] == "Фамилия: Иванов"
    assert ivanov.text.split("\n")[-1] == "Цвет глаз: серые"
    assert (petrov.record["birth"], petrov.line) == ({"date": "1890~"}, 3)


def test_a_date_that_cannot_be_read_is_kept_as_printed(file):
    _ivanov, petrov = read(file(TABLE))
    assert petrov.record["arrests"] == [{"date_printed": "лето 37"}]
    assert petrov.record["sentences"] == [{"verdict": "10 лет ИТЛ", "kind": "camp", "term": "P10Y"}]


def test_every_value_knows_its_place_in_the_words_of_the_row(file):
    ivanov, _petrov = read(file(TABLE))
    for slot, words in {
        "surname": "Иванов", "birth.date": "1900", "arrests[0].date": "05.08.1937", "sentences[0].kind": "ВМН",
        "death.manner": "17.08.1937", "": "серые",
    }.items():  # fmt: skip
        assert words_of(ivanov, slot) == [words]


def test_a_column_that_nobody_knows_stays_among_the_words_and_is_shown_as_not_understood(file):
    ivanov, petrov = read(file(TABLE))
    assert "Цвет глаз: серые" in ivanov.text
    assert words_of(ivanov, "") == ["серые"]
    assert words_of(petrov, "") == []


def test_headers_are_known_in_english_and_ukrainian_too(file):
    for header, row, told in [
        ("surname,given name,date of birth,arrested", "Iwanow,Iwan,1900,5.08.1937", ("Iwanow", "1900")),
        ("Прізвище,Ім'я,Дата народження,Дата арешту", "Іваненко,Іван,1900,5 серпня 1937", ("Іваненко", "1900")),
    ]:
        [record] = records(file(f"{header}\n{row}\n"))
        assert (record["surname"], record["birth"]["date"]) == told
        assert record["arrests"] == [{"date": "1937-08-05"}]


def test_a_whole_name_in_one_column_is_parted_and_tells_the_sex(file):
    [record] = records(file("ФИО;Год рождения\nИванова (Петрова) Анна Ивановна;1900\n"))
    assert (record["surname"], record["given_name"], record["patronymic"]) == ("Иванова", "Анна", "Ивановна")
    assert (record["name_variants"], record["sex"]) == (["Петрова"], "female")


def test_numbered_columns_tie_the_facts_of_one_case(file):
    header = "Фамилия;Дата ареста 1;Приговор 1;Дата ареста 2;Приговор 2"
    [record] = records(file(f"{header}\nИванов;1930;3 года ссылки;1937;ВМН\n"))
    assert [(arrest["date"], arrest["case"]) for arrest in record["arrests"]] == [("1930", 1), ("1937", 2)]
    assert [(said["kind"], said["case"]) for said in record["sentences"]] == [("exile", 1), ("vmn", 2)]


def test_what_a_place_cannot_hold_becomes_a_note_and_is_not_lost(file):
    [record] = records(file("Фамилия;Возраст;Пол;Имя\nИванов;около сорока;неясен;" + "И" * 300 + "\n"))
    assert record["notes"] == ["Возраст: около сорока", "Пол: неясен", "Имя: " + "И" * 300]


def test_a_day_that_no_calendar_has_is_kept_and_doubted(file):
    [item] = read(file("Фамилия;Дата ареста\nИванов;31.06.1937\n"))
    assert item.record["arrests"] == [{"date_printed": "31.06.1937"}]
    assert item.warnings == ["impossible_date"]


def test_a_column_of_printed_entries_is_read_by_the_parser(file):
    [alone] = read(file("id;text\n1;Иванов Иван Иванович, род. 1900, токарь\n"))
    assert (alone.key, alone.record, alone.text) == ("1", None, "Иванов Иван Иванович, род. 1900, токарь")
    [beside] = read(file("text;Национальность;Цвет глаз\nИванов Иван Иванович, род. 1900;русский;серые\n"))
    assert beside.record["surname"] == "Иванов"
    assert beside.record["nationality"] == "русский"
    assert words_of(beside, "birth.date") == ["1900"]
    assert "Цвет глаз: серые" in beside.text


def test_keys_and_locators_come_from_their_columns(file):
    found = list(read(file("id;Фамилия;Стр.;№\nа-1;Иванов;12;3\n;Петров;12;4\n")))
    assert [(item.key, item.locator) for item in found] == [("а-1", "с. 12, № 3"), ("12/4", "с. 12, № 4")]


def test_two_identical_rows_are_two_persons(file):
    one, other = read(file(delimited(HEADER, IVANOV, IVANOV)))
    assert (one.text, one.key[:-1]) == (other.text, other.key[:-1])
    assert one.key != other.key


# --- encodings, delimiters, forms ----------------------------------------------------------------------


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1251", "koi8-r", "cp866"])
def test_the_encoding_of_a_table_is_found(file, encoding):
    assert [record["surname"] for record in records(file(TABLE.encode(encoding)))] == ["Иванов", "Петров"]


@pytest.mark.parametrize("encoding", ["cp1251", "koi8-r", "cp866"])
def test_the_encoding_is_found_where_the_first_rows_are_ascii(file, encoding):
    rows = [["Ivanov", "Ivan", "", "1900", "", "", "", ""]] * 300
    content = delimited(["surname", *HEADER[1:]], *rows, PETROV).replace(";".join(HEADER[1:]), "a;b;c;d;e;f;g")
    assert records(file(content.encode(encoding)))[-1]["surname"] == "Петров"


def test_a_damaged_byte_of_a_table_in_utf_8_is_told_and_not_read_as_another_alphabet(file):
    error = refused(file(TABLE.encode() + b"\xd0;\xff;;;;;;\n"))
    assert (error.line, "UTF-8" in error.message) == (4, True)


def test_an_encoding_may_be_said(file):
    path = file(TABLE.encode("mac-cyrillic"))
    assert records(path, encoding="mac-cyrillic")[0]["surname"] == "Иванов"
    assert "there is no such encoding" in refused(path, encoding="klingon").message


@pytest.mark.parametrize("sign", [";", ",", "\t", "|"])
def test_the_delimiter_of_a_table_is_found(file, sign):
    assert [record["surname"] for record in records(file(delimited(HEADER, IVANOV, PETROV, sign=sign)))] == [
        "Иванов",
        "Петров",
    ]


def test_commas_inside_quotes_are_no_delimiters(file):
    made = io.StringIO()
    csv.writer(made).writerows([["Фамилия", "Место рождения"], ["Иванов", "Тула,\nЗаречье; д. 5"]])
    [record] = records(file(made.getvalue()))
    assert record["birth"]["place"] == "Тула, Заречье; д. 5"


def test_a_gzipped_table_is_read(file):
    assert records(file(gzip.compress(TABLE.encode("cp1251")), "book.csv.gz"))[0]["surname"] == "Иванов"


def test_workbooks_are_read_as_tables(file):
    plain = list(read(file(TABLE)))
    for name, content in (("book.xlsx", xlsx(HEADER, IVANOV, PETROV)), ("book.ods", ods(HEADER, IVANOV, PETROV))):
        found = list(read(file(content, name)))
        assert [(item.key, item.text, item.record) for item in found] == [
            (item.key, item.text, item.record) for item in plain
        ]


def test_dates_and_numbers_of_cells_are_written_as_the_books_print_them(file):
    row = ["Иванов", 1900, datetime.date(1937, 8, 5), 3.5, True]
    [item] = read(file(xlsx(["Фамилия", "Год рождения", "Дата ареста", "Рост", "Чин"], row), "book.xlsx"))
    assert item.text.split("\n")[1:] == ["Год рождения: 1900", "Дата ареста: 05.08.1937", "Рост: 3.5", "Чин: True"]
    assert item.record["arrests"] == [{"date": "1937-08-05"}]


def test_of_several_filled_sheets_one_is_to_be_chosen(file):
    path = file(xlsx(А=[HEADER, IVANOV], Б=[HEADER, PETROV], Пусто=[]), "book.xlsx")
    assert "choose one (--sheet): А, Б" in refused(path).message
    assert records(path, sheet="Б")[0]["surname"] == "Петров"
    assert "there is no sheet “В”" in refused(path, sheet="В").message


# --- mapping -------------------------------------------------------------------------------------------


def test_a_column_becomes_what_is_said(file):
    path = file("Кто;Когда взяли;Чем болел\nИванов Иван;5.08.1937;тиф\n")
    assert "--map" in refused(path).message
    columns = Columns.read(pairs=["Кто=name", "Когда взяли=arrests[0].date", "Чем болел=notes"])
    [record] = records(path, columns=columns)
    assert (record["surname"], record["notes"]) == ("Иванов", ["тиф"])
    assert record["arrests"] == [{"date": "1937-08-05", "case": 1}]


def test_a_known_column_may_be_kept_as_words_alone(file):
    first, _petrov = read(file(TABLE), columns=Columns.read(pairs=["Приговор=-"]))
    assert "sentences" not in first.record
    assert "Приговор: ВМН" in first.text


def test_a_mapping_is_saved_and_used_again(file, tmp_path):
    path = file(TABLE)
    described = File(path).describe()
    kept = tmp_path / "mapping.json"
    kept.write_text(saved([column.header for column in described], [column.target for column in described]))
    assert records(path, columns=Columns.read(kept)) == records(path)


@pytest.mark.parametrize(
    ("pair", "words"),
    [
        ("Фамилия=nickname", "cannot become “nickname”"),
        ("Фамилия=cases.group", "cannot become"),
        ("Фамилия", "HEADER=PLACE"),
        ("=surname", "HEADER=PLACE"),
    ],
)
def test_a_mapping_that_cannot_be_is_told_with_the_remedy(pair, words):
    with pytest.raises(MappingError, match=words):
        Columns.read(pairs=[pair])


def test_a_mapping_of_a_column_that_is_not_there_is_told(file):
    error = refused(file(TABLE), columns=Columns.read(pairs=["Звание=notes"]))
    assert "does not have: Звание; it has" in error.message


def test_a_dry_look_shows_what_each_column_becomes(file):
    described = {column.header: column for column in File(file(TABLE)).describe()}
    assert str(described["Дата ареста"].target) == "arrests.date"
    assert described["Дата ареста"].samples == [("05.08.1937", "1937-08-05"), ("лето 37", "kept as printed")]
    assert described["Приговор"].samples[1] == ("10 лет ИТЛ", "camp P10Y")
    assert described["Цвет глаз"].target is None
    assert (described["Цвет глаз"].filled, described["Имя"].filled) == (1, 2)


# --- rows and tables that are none ---------------------------------------------------------------------


def test_a_row_of_too_many_or_too_few_cells_is_rejected_and_never_shifted(file):
    found = list(read(file(TABLE + "Сидоров;Семён\n" + ";".join(IVANOV) + ";лишнее\n")))
    assert [(error.line, "cells" in error.message) for error in found[2:]] == [(4, True), (5, True)]


def test_a_header_that_stands_twice_is_refused(file):
    error = refused(file("Фамилия;Дата;Дата\nИванов;1;2\n"))
    assert (error.line, "columns 2 and 3 are both called “Дата”" in error.message) == (1, True)


@pytest.mark.parametrize("quoted", ['"Иванов;Иван', 'Ив"анов";"Иван"x;1', '"Иванов" И;2'])
def test_quotes_that_are_not_balanced_are_told_with_the_line_where_the_row_begins(file, quoted):
    error = refused(file('Фамилия;Имя\n"Петров";Пётр\n' + quoted + "\nСидоров;Семён\n", "book.csv"), delimiter=";")
    assert (error.line, "quotes" in error.message) == (3, True)


def test_a_formula_is_no_value(file):
    rows = [["Фамилия", "Возраст"], ["Иванов", 37], ["Петров", "=A1+1"]]
    good, bad = read(file(xlsx(*rows), "book.xlsx"))
    assert good.record["age"] == 37
    assert (bad.line, "B3 holds a formula (=A1+1)" in bad.message) == (3, True)
