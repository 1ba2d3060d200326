"""merge, undo_merge, undo_batch, check_records, load_reference: what they say and how they end."""

import pytest
from django.db import connection
from django.utils import timezone

from tests.telling import a_source, everything, manage, name, put, run
from victims.importing.reference import load_reference
from victims.models import Batch, Death, Entry, Merge, NotSame, Victim
from victims.models.victim import public_id
from victims.vocabulary import Status

WHY = ("--why", "one man")
IVANOV = "Иванов Иван Иванович, род. 1900, токарь. Расстрелян 5.08.1938. Место захоронения: Бутово."


@pytest.fixture
def two(db):
    return put(name("Иванов", "Иван"), name("Иваньков", "Иван", "Иванович", birth={"date": "1900"}))


def merged(two):
    """Merge the two by the command, and return the Merge."""
    ran = run("merge", two[0].public_id, two[1].public_id, *WHY)
    assert ran.code == 0
    return Merge.objects.get()


# --- merge and its undoing -----------------------------------------------------------------------------


def test_nothing_is_merged_or_undone_without_a_reason(two):
    kept, absorbed = two
    before = everything()
    ran = run("merge", kept.public_id, absorbed.public_id, "--why", " ")
    assert (ran.code, "--why" in ran.err) == (2, True)
    assert everything() == before
    made = merged(two)
    assert run("undo_merge", made.pk, "--why", "").code == 2
    made.refresh_from_db()
    assert made.undone_at is None
    batch = Batch.objects.create(source=a_source("book"), file_name="x", started_at=timezone.now())
    assert run("undo_batch", batch.pk, "--why", "").code == 2


def test_a_merge_says_how_it_is_taken_back(two):
    kept, absorbed = two
    ran = run("merge", kept.public_id, absorbed.public_id, *WHY)
    made = Merge.objects.get()
    assert (ran.code, ran.err) == (0, "")
    assert ran.out == (
        f"merge {made.pk}: {absorbed.public_id} is now {kept.public_id}; undo_merge {made.pk} takes it back\n"
    )
    assert made.reason == "one man"
    absorbed.refresh_from_db()
    assert (absorbed.status, absorbed.current) == (Status.MERGED, kept)
    assert run("search", "иваньков").out.startswith(kept.public_id)


def test_a_merge_undone_gives_both_back(two):
    made = merged(two)
    ran = run("undo_merge", made.pk, "--why", "two men")
    assert ran.code == 0
    assert ran.out == f"{two[1].public_id} Иваньков Иван Иванович is a record of its own again\n"
    assert run("search", "иваньков").out.startswith(two[1].public_id)
    again = run("undo_merge", made.pk, "--why", "two men")
    assert (again.code, "undone already" in again.err) == (2, True)
    assert run("check_records").code == 0


@pytest.mark.parametrize("number", ["0", "-1", "77", "9" * 30])
def test_a_merge_or_batch_that_is_not_there_is_named(db, number):
    for command in ("undo_merge", "undo_batch"):
        ran = run(command, "--why", "no", "--", number)
        assert (ran.code, number in ran.err, "there is no such" in ran.err) == (2, True, True)


def test_misread_letters_of_an_id_are_read_as_they_were_meant(db):
    kept, *others = put(*(name("Иванов", "Иван", str(number)) for number in range(40)))
    absorbed = next(victim for victim in others if "1" in victim.public_id)
    typed = absorbed.public_id.lower().replace("0", "o").replace("1", "l")
    spaced = f" {kept.public_id[:2]}-{kept.public_id[2:]} "
    assert run("merge", spaced, typed, *WHY).code == 0
    assert Merge.objects.get().absorbed == absorbed


def wrong_check(victim) -> str:
    last = "0" if victim.public_id[-1] != "0" else "2"
    return victim.public_id[:-1] + last


def test_a_wrong_check_character_is_refused_with_the_remedy(two):
    for typed in (wrong_check(two[1]), "", "-", "иванов", "!!!", "A" * 40, two[1].public_id[:-1]):
        for pair in ((two[0].public_id, typed), (typed, two[0].public_id)):
            ran = run("merge", *WHY, "--", *pair)
            assert ran.code == 2, typed
            assert "look for a misread letter" in ran.err or "nobody has it" in ran.err
    assert Merge.objects.count() == 0


@pytest.mark.parametrize("number", [10**6, 2**60 - 1])
def test_an_id_that_nobody_has_is_said(two, number):
    ran = run("merge", two[0].public_id, public_id(number), *WHY)
    assert (ran.code, "nobody has it" in ran.err) == (2, True)


@pytest.mark.parametrize("number", [2**63 - 1, 2**63, 32**13 - 1, 32**30])
def test_an_id_beyond_all_numbers_is_refused(two, number):
    ran = run("merge", two[0].public_id, public_id(number), *WHY)
    assert (ran.code, public_id(number) in ran.err) == (2, True)


def test_what_must_not_be_merged_is_refused_with_the_reason(two):
    first, second = (victim.public_id for victim in two)
    [draft] = put(name("Иванов"), status=Status.DRAFT)
    [synthetic] = put(name("Иванов"), synthetic=True)
    for kept, absorbed, words in [
        (first, first, "itself"),
        (draft.public_id, first, "publish"),
        (first, synthetic.public_id, "never the same"),
    ]:
        ran = run("merge", kept, absorbed, *WHY)
        assert (ran.code, words in ran.err) == (2, True)
    merged(two)
    ran = run("merge", second, draft.public_id, *WHY)
    assert (ran.code, "merged" in ran.err) == (2, True)
    assert NotSame.objects.count() == 0


def test_a_reason_must_be_given(two):
    for command in (["merge", *(victim.public_id for victim in two)], ["undo_merge", "1"], ["undo_batch", "1"]):
        ran = run(*command)
        assert "--why" in ran.err
    assert Merge.objects.count() == 0


# --- undoing an import ---------------------------------------------------------------------------------


@pytest.fixture
def book(db, tmp_path):
    """Import a text of some entries, and return the Batch."""

    def imported(*texts, status="published"):
        path = tmp_path / "book.txt"
        path.write_text("\n\n".join(texts))
        a_source()
        assert run("import_entries", path, "--source", "book", "--status", status).code == 0
        return Batch.objects.last()

    return imported


def test_an_import_undone_leaves_tombstones(book):
    batch = book(IVANOV, IVANOV.replace("Иванов", "Петров"))
    ran = run("undo_batch", batch.pk, "--why", "the wrong book")
    assert (ran.code, ran.out) == (0, "2 entries removed, 0 as they were before\n")
    assert set(Victim.objects.values_list("status", flat=True)) == {"withdrawn"}
    assert run("search", "иванов").out == "Nobody was found.\n"
    assert Death.objects.count() == 0
    assert Entry.objects.count() == 2
    again = run("undo_batch", batch.pk, "--why", "the wrong book")
    assert (again.code, "undone already" in again.err) == (2, True)
    assert run("check_records").code == 0


# --- checking ------------------------------------------------------------------------------------------


def by_hand(statement, *values):
    with connection.cursor() as cursor:
        cursor.execute(statement, values)


def test_consistent_records_are_said_to_be_so(two):
    ran = run("check_records")
    assert (ran.code, ran.out) == (0, "2 victims: all is consistent.\n")


@pytest.mark.parametrize(
    ("tamper", "words"),
    [
        (lambda two: Victim.objects.filter(pk=two[1].pk).update(surname="Петров"), "surname"),
        (lambda two: Victim.objects.filter(pk=two[1].pk).update(synthetic=True), "synthetic"),
        (lambda two: Victim.objects.filter(pk=two[1].pk).update(sort_key="a"), "sort_key"),
        (lambda two: Victim.objects.filter(pk=two[1].pk).update(birth_latest="1999-01-01"), "1900"),
        (lambda two: two[1].names.all().delete(), "name index"),
        (lambda two: two[1].birth_set.update(victim=two[0]), "Birth"),
        (lambda two: two[1].birth_set.update(date_earliest="1899-01-01"), "bounds of date"),
        (lambda two: by_hand("UPDATE victims_revision SET why = 'x' WHERE victim_id = %s", two[0].pk), "Revision"),
        (lambda two: by_hand("DELETE FROM victims_revision WHERE victim_id = %s", two[0].pk), "Revision"),
    ],
)
def test_what_was_changed_behind_the_door_is_told(two, tamper, words):
    tamper(two)
    ran = run("check_records")
    assert (ran.code, words in ran.out) == (1, True)
    assert "differences." in ran.out.splitlines()[-1]


def test_a_long_list_of_differences_is_cut(db):
    put(*(name("Иванов", "Иван") for _ in range(110)))
    Victim.objects.update(sex="male")
    ran = run("check_records")
    assert (ran.code, len(ran.out.splitlines())) == (1, 101)
    assert ran.out.splitlines()[-1] == "110 differences."


def test_the_whole_reference_data_is_consistent(db):
    load_reference()
    assert run("check_records").out == "17 victims: all is consistent.\n"


# --- reference data ------------------------------------------------------------------------------------


def test_loading_the_reference_data_says_what_it_did(db):
    first = run("load_reference")
    changed = int(first.out.split()[0])
    assert changed > 300
    assert first.out == f"{changed} rows new or changed, 0 unchanged, 17 persons new.\n"
    before = everything()
    assert run("load_reference").out == f"0 rows new or changed, {changed} unchanged, 0 persons new.\n"
    assert everything() == before


def test_commands_end_with_their_exit_codes_and_no_traceback(database):
    for arguments, code, words in [
        (("load_reference",), 0, ""),
        (("check_records",), 0, ""),
        (("merge", "0000X", "0001Y", "--why", "x"), 2, "check character"),
        (("undo_merge", "1", "--why", "x"), 2, "merge 1: there is no such merge"),
        (("undo_batch", "1", "--why", "x"), 2, "batch 1: there is no such batch"),
        (("undo_batch", "one", "--why", "x"), 2, "invalid int value"),
        (("merge", "0000X"), 2, "required"),
    ]:
        ran = manage(database, *arguments)
        assert ran.code == code, ran.err
        assert words in ran.err
        assert "Traceback" not in ran.err
