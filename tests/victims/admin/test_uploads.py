"""An archivist uploads a file: sees what would become of it, mends the mapping, imports it, takes it back."""

import gzip
import io
import json
import os
import zipfile
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from memorial.accounts import Role
from tests.cast import enter
from tests.forms import form_of
from tests.people import keeper
from tests.telling import a_source, run
from tests.victims.importing.files import HEADER, IVANOV, PETROV, delimited
from victims.desk import uploading
from victims.models import Batch, Entry, Victim
from victims.models.checking import differences
from victims.vocabulary import Status

pytestmark = pytest.mark.django_db
IMPORTS = "/en/admin/victims/batch/"
HERE = f"{IMPORTS}upload/"


@pytest.fixture(autouse=True)
def kept(settings, tmp_path) -> Path:
    settings.UPLOAD_ROOT = tmp_path / "uploads"
    return settings.UPLOAD_ROOT


@pytest.fixture
def archivist(client):
    user = keeper(Role.ARCHIVIST, a_source("book"), name="archivist")
    client.force_login(user)
    return client


def table(*rows) -> bytes:
    return delimited(HEADER, *(rows or (IVANOV, PETROV))).encode()


def look(client, content: bytes, name: str = "book.csv", **said):
    said = {"source": "book", "file": SimpleUploadedFile(name, content), "_look": ""} | said
    return client.post(HERE, said)


def again(answer, **said) -> dict:
    """Return what a browser would send of the page that came, the file being kept."""
    told = {column.name: column.becomes for column in answer.context["looked"].columns}
    return {"source": "book", "kept": answer.context["form"].data["kept"]} | told | said


def test_a_file_is_looked_at_its_columns_are_mapped_and_it_is_imported(archivist, kept):
    looked = look(archivist, table())
    assert looked.status_code == 200
    assert not Victim.objects.exists()
    columns = {column.header: column.becomes for column in looked.context["looked"].columns}
    assert columns[HEADER[0]] == "surname"
    page = looked.content.decode()
    assert "2 read: 2 new, 0 changed, 0 unchanged." in page
    assert IVANOV[0] in page
    without = again(looked) | {looked.context["looked"].columns[3].name: "notes"}
    mapped = archivist.post(HERE, without | {"_look": ""})
    assert mapped.context["looked"].columns[3].becomes == "notes"
    done = archivist.post(HERE, without | {"_import": ""})
    assert done.status_code == 200
    assert "Imported: 2 new, 0 changed, 0 unchanged." in done.content.decode()
    batch = Batch.objects.get()
    assert (batch.by.username, batch.file_name, batch.counts["new"]) == ("archivist", "book.csv", 2)
    assert set(Victim.objects.values_list("status", flat=True)) == {"draft"}
    assert {victim.birth for victim in Victim.objects.all()} == {""}
    assert list(kept.iterdir()) == []
    assert list(differences()) == []


def test_what_was_imported_is_seen_and_undone(archivist):
    looked = look(archivist, table())
    done = archivist.post(HERE, again(looked) | {"_import": ""})
    batch = Batch.objects.get()
    assert archivist.get(f"{IMPORTS}{batch.pk}/change/").status_code == 200
    enter({"surname": "Другой"}, status=Status.PUBLISHED)
    for page in (done, archivist.get(f"{IMPORTS}{batch.pk}/change/")):
        assert f"/en/admin/victims/victim/?batch={batch.pk}" in page.content.decode()
    listed = archivist.get(f"/en/admin/victims/victim/?batch={batch.pk}")
    assert {row.surname for row in listed.context["cl"].result_list} == {IVANOV[0], PETROV[0]}
    assert "In all: 2" in listed.content.decode()
    for nothing in ("99999", "x", "9" * 30):
        page = archivist.get(f"/en/admin/victims/victim/?batch={nothing}").content.decode()
        assert "Nothing was found" in page and IVANOV[0] not in page
    undo = {"action": "undo", "_selected_action": batch.pk}
    assert "Undo the import" in archivist.post(IMPORTS, undo).content.decode()
    archivist.post(IMPORTS, undo | {"_confirmed": "1", "why": "the wrong file"}, follow=True)
    assert not Entry.objects.filter(removed=False, batch=batch).exists()


def test_an_archivist_undoes_nothing_that_is_published(archivist):
    archivist.post(HERE, again(look(archivist, table())) | {"_import": ""})
    Victim.objects.update(status=Status.PUBLISHED.value)
    undo = {"action": "undo", "_selected_action": Batch.objects.get().pk, "_confirmed": "1", "why": "w"}
    answer = archivist.post(IMPORTS, undo, follow=True)
    assert "while all of it is a draft" in answer.content.decode()
    assert Entry.objects.filter(removed=False).count() == 2


def test_an_archivist_imports_only_for_their_own_sources_and_sees_only_their_imports(archivist, tmp_path):
    a_source("other")
    assert look(archivist, table(), source="other").status_code == 422
    (tmp_path / "other.csv").write_bytes(table())
    assert run("import_entries", tmp_path / "other.csv", "--source", "other").code == 0
    assert archivist.get(f"{IMPORTS}{Batch.objects.get().pk}/change/").status_code == 302
    page = archivist.get(IMPORTS).content.decode()
    assert "other.csv" not in page
    assert HERE in page


def test_an_archivist_changes_no_published_record_by_a_file(archivist):
    enter({"surname": "Иванов"}, key="7", status=Status.PUBLISHED)
    archivist.force_login(keeper(Role.ARCHIVIST, Entry.objects.get().source))
    line = json.dumps({"id": "7", "text": "Иванов Иван Другой"}).encode()
    looked = look(archivist, line, "a.jsonl", source="martyrology")
    assert looked.status_code == 422
    assert "1 entries of this file are here already and no drafts" in looked.content.decode()
    answer = archivist.post(HERE, again(looked, source="martyrology") | {"_import": ""})
    assert (answer.context["taken"], Batch.objects.count()) == (None, 0)


def test_an_editor_may_publish_what_is_imported(client):
    a_source("book")
    client.force_login(keeper(Role.EDITOR))
    looked = look(client, "Иванов Иван, 1900 г.р., русский.\n\nПетров Пётр, 1901 г.р.\n".encode(), "book.txt")
    client.post(HERE, again(looked, status="published") | {"_import": ""})
    assert set(Victim.objects.values_list("status", flat=True)) == {"published"}


@pytest.mark.parametrize("name", ["nobody", "no role"])
def test_who_keeps_no_records_uploads_nothing(client, name):
    a_source("book")
    if name == "no role":
        client.force_login(keeper(None))
    assert look(client, table()).status_code in (302, 403)
    assert not Batch.objects.exists()


def test_rejected_lines_are_shown_and_given_back_to_be_mended(archivist):
    looked = look(archivist, table(IVANOV, [*PETROV, "ячейка"]))
    assert looked.status_code == 200
    assert [line for line, _reason in looked.context["looked"].rejected] == [3]
    done = archivist.post(HERE, again(looked) | {"_import": ""})
    assert "# rejected, line 3" in done.context["rejected"]
    assert PETROV[0] in done.context["rejected"]
    assert Entry.objects.count() == 1


def test_a_table_whose_header_nobody_knows_is_mapped_by_hand(archivist):
    looked = look(archivist, "Человек;Когда взят\nИванов Иван;05.08.1937\n".encode())
    assert looked.status_code == 422
    assert "no column is known to tell a name" in looked.content.decode()
    wrong = archivist.post(HERE, again(looked, **{"column-0": "nome", "_look": ""}))
    assert "cannot become" in wrong.context["looked"].columns[0].error
    right = archivist.post(HERE, again(looked, **{"column-0": "name", "column-1": "arrests.date", "_import": ""}))
    assert right.context["taken"].summary.new == 1
    assert Victim.objects.get().name == "Иванов Иван"


def test_another_file_is_not_read_by_the_columns_of_the_first(archivist):
    first = again(look(archivist, table()))
    other = SimpleUploadedFile("b.csv", "Имя;Фамилия\nИван;Иванов\n".encode())
    second = archivist.post(HERE, first | {"file": other})
    assert [column.becomes for column in second.context["looked"].columns] == ["given_name", "surname"]


def test_a_file_is_chosen_once_also_where_the_source_was_forgotten(archivist):
    forgotten = look(archivist, table(), source="")
    assert forgotten.status_code == 422
    assert "The file book.csv is kept here for a day" in forgotten.content.decode()
    told = form_of(forgotten, "upload")
    looked = archivist.post(HERE, told | {"source": "book", "_look": ""})
    assert "2 read: 2 new, 0 changed, 0 unchanged." in looked.content.decode()


def test_who_enters_one_source_alone_is_not_asked_for_it(archivist):
    card = "/en/admin/victims/victim/add/"
    assert form_of(archivist.get(HERE), "upload")["source"] == "book"
    assert form_of(archivist.get(card), "victim_form")["new-source"] == "book"
    archivist.force_login(keeper(Role.ARCHIVIST, a_source("book"), a_source("other")))
    assert form_of(archivist.get(HERE), "upload")["source"] == ""
    assert form_of(archivist.get(card), "victim_form")["new-source"] == ""


def test_what_is_passed_over_and_doubted_is_told_before_the_import_and_after(archivist):
    lines = [{"id": "1", "text": "Иванов Иван, 1900 г.р. Расстрелян 31 июня 1938 г.", "рост": "170"},
             {"id": "2", "text": "Петров Пётр, 1901 г.р.", "рост": "180"}]  # fmt: skip
    looked = look(archivist, "\n".join(map(json.dumps, lines)).encode(), "book.jsonl")
    done = archivist.post(HERE, again(looked) | {"_import": ""})
    for page in (looked.content.decode(), done.content.decode()):
        assert "<li>passed over: рост (2)</li>" in page
        assert "<li>The source prints a date that does not exist in the calendar. (1)</li>" in page


def test_nobody_reads_a_file_that_another_has_uploaded_or_one_of_their_own_making(archivist, client):
    looked = look(archivist, table())
    told = again(looked)
    client.force_login(keeper(Role.EDITOR))
    for kept in (told["kept"], "../../etc/passwd", told["kept"] + "x"):
        answer = client.post(HERE, told | {"kept": kept, "_import": ""})
        assert answer.status_code == 422
        assert "not kept any more" in answer.content.decode()
    assert not Batch.objects.exists()


def workbook(**parts) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name.replace("__", "/"), content)
    return out.getvalue()


HOSTILE = {
    "cut short": ("a.txt.gz", gzip.compress(table() * 50)[:-200], "cut short"),
    "bomb": ("a.txt.gz", gzip.compress(bytes(120_000_000)), "unpacks to more than"),
    "workbook bomb": ("a.xlsx", workbook(xl__workbook=b"", big=bytes(120_000_000)), "more than 100 MB"),
    "no workbook": ("a.xlsx", workbook(a=b""), "neither XLSX nor ODS"),
    "NUL": ("a.txt", "Иванов\0 Иван".encode(), "NUL"),
    "encoding": ("a.txt", "Иванов Иван".encode("cp1251"), "UTF-8"),
    "one line": ("a.txt", b"a" * 5_000_000, "this is no list of entries"),
    "entities": ("a.xml", b'<?xml version="1.0"?><!DOCTYPE a [<!ENTITY b "c">]><mediawiki/>', "entit"),
    "empty": ("a.txt", b"\n\n", "no entry"),
    "everything": ("a.jsonl", b'{"memorial":{"version":1}}\n{"end":{"lines":1}}\n', "export of everything"),
    "too many": ("a.txt", "Иванов Иван\n\n".encode() * 3001, "more than 3,000 entries"),
}


@pytest.mark.parametrize("case", HOSTILE)
def test_a_hostile_file_is_a_clear_error_and_writes_nothing(archivist, case):
    name, content, words = HOSTILE[case]
    answer = look(archivist, content, name, _import="")
    page = answer.content.decode()
    assert words in page
    assert answer.context["taken"] is None
    assert not Batch.objects.exists()


@pytest.mark.parametrize(
    ("language", "spoilt", "rejected"),
    [("", "Строка 3: здесь стоит символ NUL", "Строка 3: ячеек 9, а в заголовке их 8"),
     ("/uk", "Рядок 3: тут стоїть символ NUL", "Рядок 3: клітинок 9, а в заголовку їх 8")],
)  # fmt: skip
def test_what_a_reader_says_is_in_the_language_of_the_page(archivist, language, spoilt, rejected):
    def page(content, **said):
        sent = {"source": "book", "file": SimpleUploadedFile("book.csv", content), "_look": ""} | said
        return archivist.post(HERE.replace("/en", language), sent).content.decode()

    assert spoilt in page(table(IVANOV) + "Пет\0ров\n".encode())
    assert rejected in page(table(IVANOV, [*PETROV, "лишнее"]))
    loaded = page(table(IVANOV, [*PETROV, "лишнее"]), _import="")
    assert rejected.partition(": ")[2] in loaded
    printed = {"": "лето 37 → остаётся как напечатано", "/uk": "лето 37 → залишається як надруковано"}[language]
    assert printed in page("Фамилия;Дата ареста\nИванов;лето 37\n".encode())


def test_a_file_that_is_too_large_is_told_so_with_the_command(archivist, monkeypatch):
    monkeypatch.setattr(uploading, "MOST_BYTES", 10)
    page = look(archivist, table()).content.decode()
    assert "more than 10 MB" in page
    assert "import_entries" in page


def test_what_is_older_than_a_day_is_thrown_away(archivist, kept):
    look(archivist, table())
    [first] = kept.iterdir()
    os.utime(first, (0, 0))
    look(archivist, table())
    assert first not in kept.iterdir()
    assert len(list(kept.iterdir())) == 1


def test_the_words_of_the_file_are_never_markup(archivist):
    looked = look(archivist, table(["<script>alert(1)</script>", *IVANOV[1:]]), "<b>.csv")
    assert "<script>alert" not in looked.content.decode()
