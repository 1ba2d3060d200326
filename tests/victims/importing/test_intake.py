"""A newer file of the same source: what is new, changed, unchanged, gone; rejected lines mended and read again."""

import csv
import json

import pytest

from tests.telling import a_source, everything, run
from tests.victims.importing.files import HEADER, IVANOV, PETROV, delimited, dump, ods, page, xlsx
from victims.importing.batches import undo_batch
from victims.matching import merge, undo_merge
from victims.models import Batch, Entry, Victim
from victims.models.checking import differences
from victims.models.record import Change, EntryInput, write
from victims.vocabulary import RevisionKind, Status

pytestmark = pytest.mark.django_db
BOOK = ("--source", "book", "--create-source")
WORDS = "{}, род. 1900, токарь. Расстрелян 5.08.1938."


def people(**names) -> str:
    return "".join(
        json.dumps({"id": key, "text": WORDS.format(name)}, ensure_ascii=False) + "\n"
        for key, name in names.items()
    )


def shown() -> list[str]:
    return sorted(victim.name for victim in Victim.objects.published())


def undone(number=None):
    batch = Batch.objects.get(pk=number) if number else Batch.objects.latest("pk")
    counts = undo_batch(batch, why="the wrong file")
    assert list(differences()) == []
    return counts


# --- newer files ---------------------------------------------------------------------------------------


def test_entries_that_a_newer_file_no_longer_has_are_told_and_kept(file):
    run("import_entries", file(people(a="Иванов Иван", b="Петров Пётр")), *BOOK)
    ran = run("import_entries", file(people(a="Иванов Илья", c="Козлов Кузьма")), *BOOK)
    assert ran.out.splitlines()[0].endswith("2 read, 1 new, 1 changed, 0 unchanged, 0 warned, 0 rejected")
    assert "1 entries of this source are not in the file: kept" in ran.out
    assert shown() == ["Иванов Илья", "Козлов Кузьма", "Петров Пётр"]
    assert Batch.objects.latest("pk").counts["gone"] == 1


def test_entries_that_are_gone_are_removed_where_it_is_asked_for_and_come_back_by_undoing(file):
    run("import_entries", file(people(a="Иванов Иван", b="Петров Пётр")), *BOOK)
    before = shown()
    ran = run("import_entries", file(people(a="Иванов Иван")), *BOOK, "--remove-gone")
    assert "1 entries of this source are not in the file: 1 removed" in ran.out
    assert shown() == ["Иванов Иван"]
    assert Entry.objects.get(item_key="b").text == WORDS.format("Петров Пётр")
    assert list(differences()) == []
    assert undone() == {"removed": 0, "reverted": 0, "returned": 1}
    assert shown() == before


def test_what_is_gone_comes_back_by_a_later_file_too(file):
    both = file(people(a="Иванов Иван", b="Петров Пётр"), "both.jsonl")
    run("import_entries", both, *BOOK)
    run("import_entries", file(people(a="Иванов Иван")), *BOOK, "--remove-gone")
    run("import_entries", both, *BOOK)
    assert shown() == ["Иванов Иван", "Петров Пётр"]
    assert list(differences()) == []


def test_imports_that_removed_and_changed_are_undone_in_any_order(file):
    run("import_entries", file(people(a="Иванов Иван", b="Петров Пётр")), *BOOK)
    run("import_entries", file(people(a="Иванов Илья")), *BOOK, "--remove-gone")
    first, second = Batch.objects.order_by("pk").values_list("pk", flat=True)
    undone(first)
    assert shown() == ["Иванов Илья"]
    undone(second)
    assert shown() == []


def test_entries_keyed_by_hand_are_never_gone(file):
    source = a_source()
    put = EntryInput(source=source, item_key="card 1", record={"surname": "Сидоров"})
    write(Change(put=[put]), kind=RevisionKind.EDIT, status=Status.PUBLISHED)
    ran = run("import_entries", file(people(a="Иванов Иван")), *BOOK, "--remove-gone")
    assert "not in the file" not in ran.out
    assert shown() == ["Иванов Иван", "Сидоров"]


def test_a_page_of_the_same_words_that_is_read_better_now_becomes_a_version(file):
    book = file(dump(page("Иванов Иван (1900)", 1), page("Петров Пётр (1890)", 2)), "dump.xml")
    run("import_entries", book, *BOOK)
    read = Entry.objects.get(item_key="1").reading
    Entry.objects.filter(item_key="1").update(reading={"surname": "Иванов Иван"})  # by a reader of old
    assert "2 read, 0 new, 1 changed, 1 unchanged" in run("import_entries", book, *BOOK, "--dry-run").out
    assert "2 read, 0 new, 1 changed, 1 unchanged" in run("import_entries", book, *BOOK).out
    assert (Entry.objects.get(item_key="1").reading, Entry.objects.get(item_key="1").version) == (read, 2)
    assert "0 changed, 2 unchanged" in run("import_entries", book, *BOOK).out


def test_nothing_is_removed_while_lines_are_rejected_that_may_be_it(file):
    run("import_entries", file(people(a="Иванов Иван", b="Петров Пётр")), *BOOK)
    ran = run("import_entries", file(people(a="Иванов Иван") + '{"id": "b", "text": \n'), *BOOK, "--remove-gone")
    assert (ran.code, "mend these lines" in ran.err) == (2, True)
    assert shown() == ["Иванов Иван", "Петров Пётр"]


@pytest.mark.parametrize("name", ["book.jsonl", "book.txt", "book.csv"])
def test_a_file_without_an_entry_removes_nobody(file, name):
    run("import_entries", file(people(a="Иванов Иван", b="Петров Пётр")), *BOOK)
    before = everything()
    ran = run("import_entries", file("", name), *BOOK, "--remove-gone")
    assert (ran.code, "there is no entry in it" in ran.err) == (2, True)
    assert everything() == before


def test_a_dry_run_tells_what_is_gone_and_removes_nothing(file):
    run("import_entries", file(people(a="Иванов Иван", b="Петров Пётр")), *BOOK)
    before = everything()
    ran = run("import_entries", file(people(a="Иванов Иван")), *BOOK, "--remove-gone", "--dry-run")
    assert "1 entries of this source are not in the file" in ran.out
    assert everything() == before


def test_an_import_that_removed_is_undone_after_merges(file):
    run("import_entries", file(people(a="Иванов Иван", b="Иванов Иван")), *BOOK)
    kept, absorbed = Victim.objects.order_by("pk")
    made = merge(kept, absorbed, why="one person")
    run("import_entries", file(people(a="Иванов Иван")), *BOOK, "--remove-gone")
    assert list(differences()) == []
    undone()
    undo_merge(made, why="two persons")
    assert shown() == ["Иванов Иван", "Иванов Иван"]
    assert list(differences()) == []


# --- rejected lines ------------------------------------------------------------------------------------

BAD = [*IVANOV[:4], "1937", "ВМН", "", "серые", "лишнее"]


def mend(path, wrong, right):
    text = path.read_text()
    assert wrong in text
    path.write_text(text.replace(wrong, right))


@pytest.mark.parametrize(
    ("name", "content", "wrong", "right"),
    [
        ("book.jsonl", people(a="Иванов") + '{"id": "b", "tex"}\n', '"tex"', '"text": "Петров, род. 1890"'),
        ("book.txt", "Иванов Иван, род. 1900\n\nПет\0ров Пётр, род. 1890\n", "\0", ""),
        ("book.csv", delimited(HEADER, IVANOV, [*PETROV, "лишнее"]), ",лишнее", ""),
        ("book.xlsx", xlsx(HEADER, IVANOV, ["Петров", "=A1", "", "1890", "", "", "", ""]), "=A1", "Пётр"),
        ("book.ods", ods(HEADER, IVANOV, [*PETROV, "лишнее"]), ",лишнее", ""),
        (
            "dump.xml",
            dump(page("Иванов Иван (1900)", 1), page("Петров Пётр (1890)", 2, text="{{Форма}}")),
            "{{Форма}}",
            "{{Формуляр|пол=мужчина}}",
        ),
    ],
    ids=["json", "text", "csv", "xlsx", "ods", "openlist"],
)
def test_rejected_lines_are_mended_in_their_own_file_and_imported(file, tmp_path, name, content, wrong, right):
    ran = run("import_entries", file(content, name), *BOOK)
    assert (ran.code, "2 read, 1 new" in ran.out, "1 rejected" in ran.out) == (2, True, True)
    [rejected] = tmp_path.glob("*.rejected.*")
    assert str(rejected) in ran.out
    assert [name for name in shown() if "Петров" in name] == []
    mend(rejected, wrong, right)
    refused = run("import_entries", rejected, *BOOK, "--remove-gone")
    assert (refused.code, "file of rejected lines" in refused.err, len(shown())) == (2, True, 1)
    again = run("import_entries", rejected, *BOOK)
    assert (again.code, "1 read, 1 new" in again.out) == (0, True), again.out + again.err
    assert "not in the file" not in again.out  # a part of a file tells nothing of the rest
    assert [name.split()[0] for name in shown()] == ["Иванов", "Петров"]


def test_the_file_of_rejected_lines_tells_why_and_goes_where_it_is_said(file, tmp_path):
    out = tmp_path / "elsewhere.csv"
    run("import_entries", file(delimited(HEADER, BAD, IVANOV), "book.csv"), *BOOK, "--rejected", out)
    told = out.read_text().splitlines()
    assert next(csv.reader([told[0]])) == HEADER
    assert told[1].startswith("# rejected, line 2: has 9 cells where the header has 8")
    assert next(csv.reader([told[2]])) == BAD


def test_a_file_of_rejected_lines_that_was_mended_is_not_written_over(file, tmp_path):
    book = file(people(a="Иванов") + '{"id": "b", "tex"}\n')
    run("import_entries", book, *BOOK)
    first = tmp_path / "book.jsonl.rejected.jsonl"
    assert str(first) in run("import_entries", book, *BOOK).out
    mend(first, '"tex"', '"text": "Петров, род. 1890"')
    mended = first.read_text()
    second = tmp_path / "book.jsonl.rejected.2.jsonl"
    assert str(second) in run("import_entries", book, *BOOK).out
    assert (first.read_text(), '"tex"' in second.read_text()) == (mended, True)
    assert [path.name for path in tmp_path.glob("*.part")] == []


def test_rejected_lines_are_told_in_the_order_of_the_file(file):
    wrong = json.dumps({"id": "a", "record": {"no": "field"}})  # found when it is laid out
    ran = run("import_entries", file(f"{wrong}\nno JSON\n{wrong.replace('a', 'b')}\n"), *BOOK)
    told = [line.split(":")[0] for line in ran.out.splitlines() if "rejected line" in line]
    assert told == [f"  rejected line {number}" for number in (1, 2, 3)]


def test_it_is_told_why_a_mended_entry_without_an_id_is_new_and_the_former_one_gone(file):
    run("import_entries", file("Иванов Иван\n", "book.txt"), *BOOK)
    ran = run("import_entries", file("Иванов Илья\n", "book.txt"), *BOOK)
    assert "1 entries have no id and are known by their words" in ran.out
    run("import_entries", file(people(a="Иванов")), "--source", "other", "--create-source")
    assert "no id" not in run("import_entries", file(people(b="Петров")), "--source", "other").out


def test_a_dry_run_and_a_good_file_write_no_file_of_rejected_lines(file, tmp_path):
    run("import_entries", file(delimited(HEADER, BAD), "book.csv"), *BOOK, "--dry-run")
    run("import_entries", file(people(a="Иванов Иван")), *BOOK)
    assert list(tmp_path.glob("*rejected*")) == []


# --- tables by command ---------------------------------------------------------------------------------


def test_a_dry_run_of_a_table_shows_what_each_column_becomes(file):
    ran = run("import_entries", file(delimited(HEADER, IVANOV, PETROV), "book.csv"), *BOOK, "--dry-run")
    assert ran.code == 0
    for line in (
        "'Фамилия': surname (Иванов; Петров)",
        "'Дата ареста': arrests.date (05.08.1937 → 1937-08-05; лето 37 → kept as printed)",
        "'Цвет глаз': kept as words alone (серые)",
        "dry run, nothing written: 2 read, 2 new",
    ):
        assert line in ran.out
    assert Entry.objects.count() == 0


def test_a_mapping_is_saved_looked_through_and_used(file, tmp_path):
    table, mapping = file(delimited(HEADER, IVANOV), "book.csv"), tmp_path / "mapping.json"
    run("import_entries", table, *BOOK, "--dry-run", "--save-mapping", mapping)
    mend(mapping, '"Цвет глаз": null', '"Цвет глаз": "notes"')
    assert run("import_entries", table, *BOOK, "--mapping", mapping).code == 0
    assert Entry.objects.get().reading["notes"] == ["серые"]


def test_a_better_mapping_makes_a_new_version_of_the_same_entries(file):
    table = file(delimited(HEADER, IVANOV), "book.csv")
    run("import_entries", table, *BOOK)
    ran = run("import_entries", table, *BOOK, "--map", "Цвет глаз=notes")
    assert "0 new, 1 changed" in ran.out
    assert (
        "1 read, 0 new, 0 changed, 1 unchanged"
        in run("import_entries", table, *BOOK, "--map", "Цвет глаз=notes").out
    )
    assert list(differences()) == []


@pytest.mark.parametrize(
    ("options", "words"),
    [
        (("--map", "Фамилия=прозвище"), "cannot become"),
        (("--map", "Звание=notes"), "the file does not have"),
        (("--mapping", "missing.json"), "cannot be read"),
        (("--delimiter", "ab"), "one character"),
        (("--encoding", "klingon"), "there is no such encoding"),
        (("--by", "nobody"), "there is no such account"),
    ],
)
def test_options_that_cannot_be_are_told_and_nothing_is_written(file, options, words):
    ran = run("import_entries", file(delimited(HEADER, IVANOV), "book.csv"), *BOOK, *options)
    assert (ran.code, words in ran.err) == (2, True), ran.err
    assert Entry.objects.count() == 0


# --- batches -------------------------------------------------------------------------------------------


def test_batches_are_listed_and_shown(file, django_user_model):
    django_user_model.objects.create_user("anna")
    run("import_entries", file(people(a="Иванов Иван", b="Петров Пётр")), *BOOK, "--by", "anna")
    run("import_entries", file(people(a="Иванов Илья")), *BOOK)
    first, second = Batch.objects.order_by("pk").values_list("pk", flat=True)
    listed = run("show_batch").out.splitlines()
    assert listed[1].startswith(f"batch {first}: book, book.jsonl, ")
    assert " by anna, finished; 2 read, 2 new" in listed[1]
    undone(second)
    shown_now = run("show_batch", first).out
    assert "2 entries in force" in shown_now
    assert Batch.objects.get(pk=first).file_sha256 in shown_now
    assert ", undone " in run("show_batch", second).out
    assert run("show_batch", 10**6).code == 2


# --- what a file says and no import keeps, and places that cannot be written to ------------------------


def test_what_a_line_tells_under_other_keys_is_counted_and_not_passed_over_in_silence(file):
    lines = [
        {"id": "a", "text": WORDS.format("Иванов Иван"), "link": "x", "source": "book"},
        {"id": "b", "text": WORDS.format("Петров Пётр"), "link": "y", "source": "another book", "\ud800\n": 1},
    ]
    ran = run("import_entries", file("".join(json.dumps(line) + "\n" for line in lines)), *BOOK)
    aside = {line.strip() for line in ran.out.splitlines() if "passed over" in line}
    assert aside == {"passed over: 2 link", "passed over: 1 source: another book", "passed over: 1 ?"}


def test_what_an_export_tells_is_known(file, tmp_path):
    run("import_entries", file(people(a="Иванов Иван")), *BOOK)
    run("export_entries", str(tmp_path / "out.jsonl"), "--source", "book")
    assert "passed over" not in run("import_entries", tmp_path / "out.jsonl", *BOOK).out


def test_a_place_for_rejected_lines_that_there_is_not_is_told_before_anything_is_written(file, tmp_path):
    rejecting, nowhere = file(people(a="Иванов Иван") + "{\n"), tmp_path / "none" / "rejected.jsonl"
    ran = run("import_entries", rejecting, *BOOK, "--rejected", nowhere)
    assert (ran.code, "there is no such directory" in ran.err) == (2, True)
    assert not Batch.objects.exists()


def test_rejected_lines_that_cannot_be_written_are_told_with_the_way_to_come_by_them(file, tmp_path):
    rejecting = file(people(a="Иванов Иван") + "{\n")
    (tmp_path / "book.jsonl.rejected.jsonl.part").mkdir()
    ran = run("import_entries", rejecting, *BOOK)
    assert (ran.code, "--rejected FILE" in ran.err, str(rejecting) + ", line" in ran.err) == (2, True, False)
    assert shown() == ["Иванов Иван"]
    ran = run("import_entries", rejecting, *BOOK, "--rejected", tmp_path / "elsewhere.jsonl")
    assert (ran.code, (tmp_path / "elsewhere.jsonl").exists()) == (2, True)


def test_a_mapping_that_cannot_be_saved_is_told_and_nothing_is_written(file, tmp_path):
    table = file("Фамилия;Имя\nИванов;Иван\n", "book.csv")
    ran = run("import_entries", table, *BOOK, "--save-mapping", tmp_path / "none" / "mapping.json")
    assert (ran.code, "cannot be written" in ran.err) == (2, True)
    assert not Entry.objects.exists()
