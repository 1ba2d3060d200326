"""Loading entries: what is new, changed, unchanged or rejected, and that nothing else happens."""

import hashlib
import multiprocessing

import pytest

from tests.telling import a_source, everything, name, put, told
from tests.victims.importing.files import dump, page
from victims.importing import loading
from victims.importing.batches import undo_batch
from victims.importing.loading import CHUNK, load
from victims.importing.readers import File, Item, ReadError, read
from victims.importing.reference import load_reference
from victims.models import Batch, Death, Entry, Revision, Sentence, Sitting, Victim
from victims.models.checking import differences
from victims.search import search
from victims.vocabulary import Status

pytestmark = pytest.mark.django_db
WORDS = "Иванов Иван Иванович, род. 1900, русский, б/п, токарь. Расстрелян 5.08.1938. Место захоронения: Бутово."


def item(key="a", text=WORDS, line=1, locator="") -> Item:
    return Item(line, str(key), text, locator)


def many(count) -> list[Item]:
    return [item(number, WORDS.replace("Иванов", f"Иванов{'а' * number}"), number) for number in range(count)]


def loaded(*items, **options):
    return load(items, a_source(), status=Status.PUBLISHED, **options)


def counts(summary) -> tuple:
    return summary.read, summary.new, summary.changed, summary.unchanged, len(summary.rejected)


def test_an_entry_becomes_a_person_with_its_words_beside_what_was_read():
    assert counts(loaded(item(locator="с. 12"))) == (1, 1, 0, 0, 0)
    victim, entry = Victim.objects.get(), Entry.objects.get()
    assert (victim.name, victim.birth, victim.death) == ("Иванов Иван Иванович", "1900", "1938-08-05")
    assert (str(victim.burial_place), victim.manner) == ("Бутово", "shot")
    assert (entry.text, entry.locator, entry.item_key, entry.version) == (WORDS, "с. 12", "a", 1)
    assert entry.parser_version
    assert told(victim)[0]["occupation"] == "токарь"


def test_spans_tell_where_in_the_words_each_value_stands():
    loaded(item())
    spans = {slot: pieces for slot, pieces in Entry.objects.get().spans if slot}
    [[start, end]] = spans["birth.date"]
    assert WORDS[start:end] == "1900"
    [[start, end]] = spans["death.burial_place"]
    assert WORDS[start:end] == "Бутово"


def test_words_that_were_not_understood_are_kept_as_the_remainder():
    words = WORDS.replace("токарь.", "токарь. Ъъъ ыыы 123.")
    loaded(item(text=words))
    spans = dict(Entry.objects.get().spans)
    remainder = [words[start:end] for start, end in spans.get("", ())]
    told_words = str(told(Victim.objects.get()))
    for word in ("Ъъъ", "ыыы", "123"):
        assert word in told_words or any(word in piece for piece in remainder)


def test_loading_again_changes_nothing_but_the_list_of_batches():
    loaded(*many(3))
    before = everything("Batch")
    assert counts(loaded(*many(3))) == (3, 0, 0, 3, 0)
    assert everything("Batch") == before
    assert Batch.objects.count() == 2


def test_a_changed_text_becomes_a_version_of_the_same_entry_and_person():
    loaded(item())
    victim = Victim.objects.get()
    assert counts(loaded(item(text=WORDS.replace("1900", "1901")), item("b"))) == (2, 1, 1, 0, 0)
    entry = Entry.objects.get(item_key="a")
    assert (entry.victim, entry.version, entry.victim.birth) == (victim, 2, "1901")
    assert [version.text for version in entry.versions.all()] == [WORDS]
    assert Death.objects.filter(victim=victim).count() == 1
    assert list(differences()) == []


def test_a_changed_place_in_the_book_is_a_version_too():
    loaded(item(locator="с. 1"))
    assert loaded(item(locator="с. 2")).changed == 1
    assert Entry.objects.get().locator == "с. 2"


def test_one_key_in_two_sources_is_two_entries():
    loaded(item())
    load([item()], a_source("another"), status=Status.PUBLISHED)
    assert (Entry.objects.count(), Victim.objects.count()) == (2, 2)


def test_a_dry_run_counts_and_writes_nothing():
    loaded(item("a"), item("b"))
    before = everything()
    summary = loaded(item("a"), item("b", WORDS + " "), item("c"), ReadError(4, "is not JSON"), dry_run=True)
    assert counts(summary) == (4, 1, 1, 1, 1)
    assert summary.batch is None
    assert everything() == before


def test_lines_that_could_not_be_read_are_counted_with_their_reason():
    summary = loaded(ReadError(1, "is not JSON"), item("a", line=2))
    assert counts(summary) == (2, 1, 0, 0, 1)
    assert [(rejected.line, rejected.reason) for rejected in summary.rejected] == [(1, "is not JSON")]


def test_an_entry_that_cannot_be_kept_is_told_and_the_others_are_kept():
    long = WORDS.replace("Иванов", "И" * 300)
    summary = loaded(item("a", line=1), item("b", long, line=2), item("c", line=3))
    if summary.rejected:  # or else the parser found a place for so long a word
        assert [(rejected.line, "200" in rejected.reason) for rejected in summary.rejected] == [(2, True)]
    assert summary.new + len(summary.rejected) == 3
    assert {"a", "c"} <= set(Entry.objects.values_list("item_key", flat=True))


HOSTILE = [
    "ъ",
    "род. 31.02.1937",
    "Иванов, род. 99.99.9999. Расстрелян 0.0.0000.",
    "Иванов " * 2000,
    "(" * 5000,
    "Иванов И.И., род. 1900. Приговор: 99999999999 лет ИТЛ. Возраст 99999999.",
    "<script>alert(1)</script>, род. 1900, '; DROP TABLE victims_victim; --",
    "مرحبا \u202eИванов\u202c 👤, род. 1900",
    "Иванов\u2028Иван\x1c\x85Иванович, род. 1900",
    "Родился в 1900 г. " + "место " * 3000 + "Расстрелян.",
]


@pytest.mark.parametrize("text", HOSTILE)
def test_any_text_is_kept_word_for_word_or_told_as_rejected(text):
    summary = loaded(item("a", text), item("b"))
    assert summary.new + len(summary.rejected) == 2
    if not summary.rejected:
        assert Entry.objects.get(item_key="a").text == text
    assert list(differences()) == []


def test_every_batch_knows_its_file_and_what_became_of_it(tmp_path):
    path = tmp_path / "book.txt"
    path.write_text(WORDS + "\n")
    batch = load(read(path), a_source(), file=path).batch
    batch.refresh_from_db()
    assert (batch.file_name, batch.file_sha256) == ("book.txt", hashlib.sha256(path.read_bytes()).hexdigest())
    assert batch.counts == {"read": 1, "new": 1, "changed": 0, "unchanged": 0, "warned": 0, "rejected": 0}
    assert batch.started_at <= batch.finished_at


def test_a_long_list_is_written_in_several_transactions_of_one_batch():
    summary = loaded(*many(CHUNK + 1))
    assert summary.new == Victim.objects.count() == CHUNK + 1
    revisions = Revision.objects.filter(batch=summary.batch)
    assert [revision.record["new"] for revision in revisions] == [CHUNK, 1]
    assert {(revision.kind, revision.victim_id) for revision in revisions} == {("import", None)}


def test_new_persons_have_the_status_asked_for_and_the_mark_of_synthetic():
    load([item("a")], a_source(), status=Status.DRAFT)
    load([item("b")], a_source(), status=Status.PUBLISHED, synthetic=True)
    load([item("c")], a_source("made-up", "synthetic"), status=Status.PUBLISHED)
    marks = Victim.objects.order_by("pk").values_list("status", "synthetic")
    assert list(marks) == [("draft", False), ("published", True), ("published", True)]
    assert len(search("Иванов").hits) == 2


def test_synthetic_persons_sit_before_no_real_body():
    load_reference()
    before = Sitting.objects.count()
    words = (
        "Иванов Иван Иванович. Родился в 1900 г.; русский. Арестован 1 августа 1937 г. "
        "Приговорен: тройка УНКВД Московской области 20 августа 1937 г. Приговор: ВМН Расстрелян."
    )
    load([item("a", words)], a_source("made-up", "synthetic"), status=Status.PUBLISHED)
    assert Sentence.objects.filter(entry__item_key="a").exists()
    assert Sitting.objects.count() == before


def test_bodies_and_places_that_are_recognised_later_mend_what_was_loaded_before():
    said = [{"body": "тройка УНКВД Московской области", "date": "1937-10-01", "kind": "vmn"}]
    [victim] = put(name("Иванов", sentences=said, death={"manner": "shot", "burial_place": "Бутово"}))
    assert Sentence.objects.get().attribution == "unknown"
    load_reference()
    sentence = Sentence.objects.get(victim=victim)
    assert (sentence.attribution, sentence.operation.code) == ("inferred", "00447")
    assert sentence.sitting.date.isoformat() == "1937-10-01"
    assert Victim.objects.get(pk=victim.pk).burial_place.site.slug == "butovo"
    assert list(differences()) == []


def test_warnings_are_counted_and_refuse_nothing():
    summary = loaded(item(text=WORDS.replace("род. 1900", "род. 1950")))
    assert summary.new == 1
    entry = Entry.objects.get()
    assert bool(entry.warnings) == bool(summary.warned)
    assert sum(summary.warnings.values()) == len(entry.warnings or [])


def test_progress_counts_every_item():
    done = []
    loaded(*many(5), ReadError(6, "is not JSON"), progress=done.append)
    assert sum(done) == 6


@pytest.fixture
def many_at_once(monkeypatch):
    """Let a few hundred items count as many, in small chunks."""
    monkeypatch.setattr(loading, "FEW", 40)
    monkeypatch.setattr(loading, "CHUNK", 20)


def said() -> list:
    """What the database holds of people, whoever read it: ids left aside."""
    entries = Entry.objects.order_by("item_key").values_list("item_key", "text", "reading", "spans", "warnings")
    return [list(entries), [told(victim) for victim in Victim.objects.order_by("sort_key")], everything("Name")]


def a_book(count=150) -> list[Item]:
    sentence = " Приговорен: тройка при УНКВД по МО 1 октября 1937 г. Приговор: ВМН."
    return [item(one.key, one.text + sentence * (number % 3 == 0)) for number, one in enumerate(many(count))]


def test_many_are_read_beside_the_writer_and_become_what_a_few_would(many_at_once):
    load_reference()
    made = loaded(*a_book(), processes=2)
    assert (made.new, made.rejected) == (150, [])
    beside = said()
    undo_batch(made.batch, why="again")
    assert loaded(*a_book(), processes=0).changed == 150  # entries that were undone come back as they were
    assert said()[0] == beside[0]
    assert list(differences()) == []


def test_pages_of_a_dump_are_read_beside_the_writer_too(many_at_once, file):
    pages = [page(f"Иванов Иван {n * 7919} (1900)", n, пол="мужчина") for n in range(1, 91)]
    book = File(file(dump(*pages, page("Без формуляра", 99, text="пусто")), "dump.xml"))
    made = load(book.items(), a_source(), processes=2)
    assert (made.new, [one.line for one in made.rejected]) == (90, [91])
    beside = said()
    undo_batch(made.batch, why="again")
    assert load(book.items(), a_source(), processes=0).changed == 90
    assert said()[0] == beside[0]
    assert load(book.items(), a_source(), processes=2).unchanged == 90


def test_changed_and_rejected_ones_among_many_are_told_apart(many_at_once):
    loaded(*a_book(), processes=2)
    book = a_book(160)
    book[100] = item(100, book[100].text + " Ъъъ.")
    book[110] = Item(110, "110", "Слова.", record={"surname": "И" * 300})
    book[155] = Item(155, "155", "Слова.", record={"surname": "Иванов", "relatives": [{"other": "ABCDEF"}]})
    summary = loaded(*book, processes=2)
    assert counts(summary) == (160, 9, 1, 148, 2)
    assert [(one.line, one.reason.split(":")[0]) for one in summary.rejected] == [
        (110, "name_variants[0].surname"), (155, "relatives[0].other"),
    ]  # fmt: skip
    assert list(differences()) == []


def test_a_chunk_of_which_nobody_can_be_kept_is_told_and_the_others_come(many_at_once):
    nobody = {"surname": "Иванов", "relatives": [{"other": "ABCDEF"}]}
    book = a_book(100)
    book[60:80] = [Item(number, str(number), "Слова.", record=nobody) for number in range(60, 80)]
    summary = loaded(*book, processes=2)
    assert (summary.new, len(summary.rejected)) == (80, 20)
    assert {one.reason.split(":")[0] for one in summary.rejected} == {"relatives[0].other"}
    assert list(differences()) == []


def test_cases_and_sentences_of_many_belong_to_their_own_people(many_at_once):
    load_reference()
    book = a_book(100)
    for number in range(0, 100, 7):  # a name that is too long, in the midst of people with sentences
        book[number] = Item(number, str(number), "Слова.", record={"surname": "И" * 300})
    for number in range(1, 100, 7):
        body, articles = f"тройка при УНКВД по МО № {number}", ["58-10", f"58-{number}"]
        sentences = [{"case": 2, "body": body, "articles": articles}, {"case": 1}]
        told = {"surname": "Иванов", "arrests": [{"case": 1}], "sentences": sentences}
        book[number] = Item(number, str(number), "Слова.", record=told)
    assert loaded(*book, processes=2).new == 85
    for number in range(1, 100, 7):
        entry = Entry.objects.get(item_key=str(number))
        first, second = entry.sentence_set.all()
        assert [str(article) for article in first.articles.all()] == ["58-10", f"58-{number}"]
        assert (first.case.position, second.case.position, second.articles.count()) == (2, 1, 0)
        assert entry.arrest_set.get().case == second.case
    assert list(differences()) == []


def test_an_item_that_stands_twice_in_a_file_is_two_versions_of_one_entry(many_at_once):
    book = a_book(100)
    book += [item("0", WORDS.replace("1900", "1901"))]
    assert counts(loaded(*book, processes=2))[1:3] == (100, 1)
    assert Entry.objects.get(item_key="0").version == 2


def test_no_reader_outlives_the_import(many_at_once):
    def broken():
        yield from a_book(100)
        raise ReadError(101, "is cut short")

    with pytest.raises(ReadError):
        load(broken(), a_source(), processes=2)
    assert multiprocessing.active_children() == []


def test_a_reader_that_is_killed_is_told(many_at_once):
    def cut():
        yield from a_book(100)
        for child in multiprocessing.active_children():
            child.kill()
            child.join()
        yield from a_book(200)[100:]

    with pytest.raises(RuntimeError, match="ended from outside"):
        load(cut(), a_source(), processes=2)
    assert loaded(*a_book(200), processes=2).new + Entry.objects.count() >= 200
    assert Entry.objects.count() == 200
