"""Reading files of entries: what they hold, and what is said of those that cannot be read."""

import gzip
import json
from itertools import islice

import pytest

from victims.importing.readers import LONGEST_LINE, LONGEST_TEXT, Item, ReadError, Seen, read


def lines(*rows) -> str:
    return "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows)


def keys(path) -> list[str]:
    return [item.key for item in read(path)]


def texts(path) -> list[str]:
    return [item.text for item in read(path)]


def told(path) -> list:
    """Return the texts of items and the errors of lines that are none."""
    return [item if isinstance(item, ReadError) else item.text for item in read(path)]


# --- forms of file -------------------------------------------------------------------------------------


def test_json_lines_give_an_item_a_line(file):
    path = file(lines({"id": "a", "text": "Иванов"}, {"id": "b", "text": "Петров\nего брат"}))
    assert list(read(path)) == [Item(1, "a", "Иванов"), Item(2, "b", "Петров\nего брат")]


def test_blank_lines_divide_entries_of_a_text(file):
    path = file("\n\nИванов Иван,\nрод. 1900\n \t\n\n\nПетров\n", "book.txt")
    assert [(item.line, item.text) for item in read(path)] == [(3, "Иванов Иван,\nрод. 1900"), (8, "Петров")]


def test_json_lines_are_known_by_the_first_character_under_any_name(file):
    assert keys(file("\n  " + lines({"id": "a", "text": "Иванов"}), "book.txt")) == ["a"]


def test_a_text_may_hold_brackets(file):
    assert texts(file('Иванов {1900}\n\n{"не": JSON\n', "book.txt")) == ["Иванов {1900}", '{"не": JSON']


@pytest.mark.parametrize("file_name", ["book.jsonl.gz", "book.jsonl", "book"])
def test_a_gzipped_file_is_read_under_any_name(file, file_name):
    assert keys(file(gzip.compress(lines({"id": "a", "text": "Иванов"}).encode()), file_name)) == ["a"]


def test_gzip_in_several_members_is_one_file(file):
    members = [gzip.compress(lines({"id": key, "text": "Иванов"}).encode()) for key in "ab"]
    assert keys(file(b"".join(members))) == ["a", "b"]


@pytest.mark.parametrize("content", ["", "\n\n \n", "\ufeff", b""])
def test_a_file_of_nothing_has_no_items(file, content):
    if isinstance(content, bytes):
        content = gzip.compress(b"")
    for file_name in ("book.jsonl", "book.txt"):
        assert list(read(file(content, file_name))) == []


def test_a_byte_order_mark_is_no_part_of_an_entry(file):
    assert keys(file("\ufeff" + lines({"id": "a", "text": "Иванов"}), "book.txt")) == ["a"]
    assert texts(file("\ufeffИванов\n", "book.txt")) == ["Иванов"]


def test_line_ends_of_windows_are_no_part_of_an_entry(file):
    printed = "Иванов,\r\nрод. 1900\r\n\r\nПетров\r\n"
    assert texts(file(printed, "book.txt")) == ["Иванов,\nрод. 1900", "Петров"]
    assert texts(file(lines({"id": "a", "text": "Иванов"}).replace("\n", "\r\n"))) == ["Иванов"]


def test_lines_may_stand_for_a_file():
    given = ["\ufeff" + lines({"id": "a", "text": "Иванов"}), "\n", lines({"id": "b", "text": "Петров"})]
    assert [(item.line, item.key) for item in read("-", lines=given)] == [(1, "a"), (3, "b")]


def test_a_long_file_is_read_line_by_line(file):
    path = file(lines(*({"id": number, "text": "Иванов"} for number in range(50_000))) + "{")
    assert [item.key for item in islice(read(path), 2)] == ["0", "1"]


# --- keys ----------------------------------------------------------------------------------------------


def test_the_id_is_the_key_and_page_with_row_the_next_best():
    given = lines(
        {"id": "a", "page": 3, "row": 7, "text": "Иванов"},
        {"page": 3, "row": 7, "text": "Петров"},
        {"id": None, "page": "12 об.", "row": "2", "text": "Сидоров"},
        {"id": "", "page": 4, "row": 0, "text": "Козлов"},
    ).splitlines(keepends=True)
    found = list(read("-", lines=given))
    assert [item.key for item in found] == ["a", "3/7", "12 об./2", "4/0"]
    assert [item.locator for item in found] == ["с. 3, № 7", "с. 3, № 7", "с. 12 об., № 2", "с. 4, № 0"]


def test_numbers_are_ids_too(file):
    path = file(lines({"id": 0, "text": "Иванов"}, {"id": 1937, "text": "Петров"}))
    assert keys(path) == ["0", "1937"]


@pytest.mark.parametrize("file_name", ["book.jsonl", "book.txt"])
def test_two_identical_printed_lines_are_two_persons(file, file_name):
    if file_name == "book.txt":
        content = "Иванов\n\nПетров\n\nИванов\n"
    else:
        content = lines({"text": "Иванов"}, {"text": "Петров"}, {"text": "Иванов"})
    first, other, second = keys(file(content, file_name))
    assert len({first, other, second}) == 3
    assert first.endswith("-1")
    assert second == first[:-1] + "2"


def test_keys_do_not_depend_on_the_other_entries_of_the_file(file):
    alone = keys(file("Иванов\n", "book.txt"))
    assert keys(file("Петров\n\nИванов\n", "book.txt"))[1:] == alone
    assert keys(file(lines({"text": "Иванов"}))) == alone


def test_an_id_that_stands_twice_is_refused_the_second_time(file):
    first, second, third = read(file(lines(*({"id": key, "text": "Иванов"} for key in ("1", 1, "2")))))
    assert (first.key, third.key) == ("1", "2")
    assert (second.line, "already" in second.message) == (2, True)


def test_a_page_and_row_that_stand_twice_are_refused_the_second_time(file):
    found = list(read(file(lines(*({"page": 1, "row": 1, "text": text} for text in ("Иванов", "Петров"))))))
    assert found[0].key == "1/1"
    assert "already" in found[1].message


# --- lines that are no entries -------------------------------------------------------------------------

DEEP = "[" * 200_000
BAD_LINES = {
    "no JSON": ("{", "JSON"),
    "no object": ("[1, 2]", "object"),
    "a bare text": ('"Иванов"', "object"),
    "a number": ("1937", "object"),
    "null": ("null", "object"),
    "no text": ('{"id": "x"}', '"text"'),
    "text that is a number": ('{"id": "x", "text": 5}', '"text"'),
    "text that is null": ('{"id": "x", "text": null}', '"text"'),
    "an empty text": ('{"id": "x", "text": ""}', "empty"),
    "a blank text": ('{"id": "x", "text": " \\n\\t"}', "empty"),
    "NUL in the text": ('{"id": "x", "text": "Иванов\\u0000"}', "NUL"),
    "NUL in the id": ('{"id": "x\\u0000", "text": "Иванов"}', '"id"'),
    "NUL in the page": ('{"id": "x", "page": "\\u0000", "text": "Иванов"}', '"page"'),
    "half a pair in the text": ('{"id": "x", "text": "\\ud800"}', "Unicode"),
    "half a pair in the id": ('{"id": "\\ud800", "text": "Иванов"}', '"id"'),
    "half a pair in the page": ('{"id": "x", "page": "\\udfff", "text": "Иванов"}', '"page"'),
    "a list as id": ('{"id": ["x"], "text": "Иванов"}', '"id"'),
    "true as id": ('{"id": true, "text": "Иванов"}', '"id"'),
    "a long id": ('{"id": "' + "x" * 201 + '", "text": "Иванов"}', "200"),
    "an object as page": ('{"page": {}, "row": 1, "text": "Иванов"}', '"page"'),
    "deep nesting": ('{"id": "x", "text": ' + DEEP + "}", "JSON"),
    "deep nesting elsewhere": ('{"id": "x", "text": "Иванов", "a": ' + DEEP + "}", "JSON"),
    "an endless number": ('{"id": ' + "9" * 10_000 + ', "text": "Иванов"}', "JSON"),
    "a long text": (json.dumps({"id": "x", "text": "И" * (LONGEST_TEXT + 1)}), str(LONGEST_TEXT)),
}


@pytest.mark.parametrize("bad", BAD_LINES)
def test_a_line_that_is_no_entry_is_told_with_its_number_and_the_others_are_read(file, bad):
    line, word = BAD_LINES[bad]
    good = lines({"id": "good", "text": "Иванов"})
    first, wrong, last = read(file(good.replace("good", "first") + line + "\n" + good))
    assert (first.key, last.key) == ("first", "good")
    assert isinstance(wrong, ReadError)
    assert wrong.line == 2
    assert str(wrong).startswith("line 2: ")
    assert word in wrong.message
    assert len(wrong.message) < 400


@pytest.mark.parametrize("bad", ["Ив\0анов", "И" * (LONGEST_TEXT + 1)])
def test_a_block_of_a_text_that_is_no_entry_is_told_with_the_number_of_its_first_line(file, bad):
    first, wrong, last = told(file(f"Иванов\n\n{bad}\nрод. 1900\n\nПетров\n", "book.txt"))
    assert (first, last) == ("Иванов", "Петров")
    assert wrong.line == 3


def test_unusual_characters_of_real_books_are_kept_letter_by_letter(file):
    printed = "Ёлкин\u0301 \u2028«Ґанна» 𝔘 👤 \u202eабв\u202c \x1c\x85 Ә\u00ad\u200b"
    assert texts(file(lines({"id": "a", "text": printed}))) == [printed]
    assert texts(file(printed + "\n", "book.txt")) == [printed]


# --- files that cannot be read on ----------------------------------------------------------------------


def refused(path) -> ReadError:
    with pytest.raises(ReadError) as error:
        list(read(path))
    assert str(error.value).startswith(f"line {error.value.line}: ")
    return error.value


def zipped(count=3000) -> bytes:
    return gzip.compress(lines(*({"id": n, "text": f"Иванов {n * 7919}"} for n in range(count))).encode())


@pytest.mark.parametrize("part", [0.05, 0.5, 0.99])
def test_a_gzip_file_cut_short_is_to_be_fetched_again(file, part):
    whole = zipped()
    assert "fetch it again" in refused(file(whole[: int(len(whole) * part)], "book.jsonl.gz")).message


def test_a_damaged_gzip_file_is_to_be_fetched_again(file):
    whole = bytearray(zipped())
    whole[len(whole) // 2] ^= 0xFF
    assert refused(file(bytes(whole), "book.jsonl.gz")).line > 1
    assert "fetch it again" in refused(file(zipped() + b"rubbish", "book.jsonl.gz")).message
    assert "fetch it again" in refused(file(b"\x1f\x8b", "book.jsonl.gz")).message


@pytest.mark.parametrize("encoding", ["cp1251", "koi8-r", "utf-16"])
def test_another_encoding_is_to_be_saved_as_utf_8(file, encoding):
    error = refused(file("Иванов\n\nПетров\n".encode(encoding), "book.txt"))
    assert error.line == 1
    assert "UTF-8" in error.message


def test_the_line_where_another_encoding_begins_is_told(file):
    good = lines({"id": "a", "text": "Иванов"}).encode()
    assert refused(file(good * 4 + '{"text": "Петров"}'.encode("cp1251"))).line == 5


def test_binary_rubbish_is_no_list_of_entries(file):
    assert "UTF-8" in refused(file(bytes(range(256)) * 40, "book.txt")).message


def test_a_huge_line_is_no_list_of_entries(file):
    error = refused(file(lines({"id": "a", "text": "Иванов"}) + "x" * (LONGEST_LINE + 1)))
    assert (error.line, str(LONGEST_LINE) in error.message) == (2, True)
    with pytest.raises(ReadError, match="line 1: "):
        list(read("-", lines=["x" * (LONGEST_LINE + 1)]))


def test_a_bomb_is_stopped_at_the_longest_line(file):
    assert refused(file(gzip.compress(b"x" * 50_000_000), "book.jsonl.gz")).line == 1


def test_a_file_that_is_not_there_or_none_at_all_is_told(tmp_path):
    assert "No such file" in refused(tmp_path / "missing.jsonl").message
    assert "directory" in refused(tmp_path).message


def test_real_files_have_a_key_for_every_entry(shared_data):
    for book, count in (("moscow", 7033), ("lists", 20657)):
        found = list(read(shared_data / "entries" / f"{book}.jsonl.gz"))
        assert not [item for item in found if isinstance(item, ReadError)]
        assert len({item.key for item in found}) == len(found) == count


def test_a_key_is_known_once_it_was_seen_and_no_other_is():
    seen, keys = Seen(), [str(number) for number in range(0, 200_000, 2)]
    assert all(seen.add(key) for key in keys)
    assert not any(seen.add(key) for key in keys)
    assert all(key in seen for key in keys)
    assert not any(str(number) in seen for number in range(1, 200_000, 2))
