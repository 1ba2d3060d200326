"""The log: append only, the whole record after each change, each row chained to the one before."""

import pytest
from django.contrib.auth import get_user_model
from django.utils import timezone

from tests.cast import FLORENSKY, KURBAS, MANDELSTAM, edit, enter, entry, entry_of, gather
from victims.matching import merge
from victims.models import Batch, Revision
from victims.models.record import Change, Ruling, write
from victims.models.victim import public_id
from victims.vocabulary import RevisionKind, Status

pytestmark = pytest.mark.django_db


def test_every_change_is_logged_with_the_whole_record_after_it():
    editor = get_user_model().objects.create(username="editor")
    victim = gather(FLORENSKY)
    lists = entry_of(victim, "lists")
    edit(
        Change(decide=[Ruling(victim.pk, "birth", "as the file has it", value="1882-01-22")]),
        why="a letter",
        by=editor,
    )
    logged = victim.revisions.latest("id")
    assert (logged.number, logged.kind, logged.why, logged.by) == (4, "edit", "a letter", editor)
    told = logged.record
    assert (told["id"], told["status"], told["merged_into"]) == (victim.public_id, "draft", None)
    assert [each["source"] for each in told["entries"]] == ["martyrology", "lists", "openlist"]
    assert told["entries"][0]["record"] == FLORENSKY["martyrology"]
    assert (told["entries"][1]["id"], told["entries"][1]["item_key"]) == (lists.pk, "Флоренский Павел")
    [decided] = told["decisions"]
    assert (decided["field"], decided["value"], decided["reason"]) == ("birth", "1882-01-22", "as the file has it")


def test_revisions_of_a_record_are_counted_from_one():
    victim = gather(FLORENSKY)
    edit(Change(status={victim.pk: Status.PUBLISHED}))
    assert list(victim.revisions.order_by("id").values_list("number", flat=True)) == [1, 2, 3, 4]


def test_the_log_tells_words_corrections_and_removal():
    victim = enter(KURBAS["lists"], text="Курбас Лесь, 1887", locator="с. 5")
    told = entry_of(victim)
    edit(Change(correct={told.pk: {"death.date": {"value": "1937-11-04", "reason": "the file"}}}))
    [logged] = victim.revisions.latest("id").record["entries"]
    assert (logged["text"], logged["locator"]) == ("Курбас Лесь, 1887", "с. 5")
    assert logged["corrections"] == {"death.date": {"value": "1937-11-04", "reason": "the file"}}
    assert logged["record"]["death"] == {"date": "1937-11-04"}
    edit(Change(remove=[told.pk]))
    record = victim.revisions.latest("id").record
    assert (record["status"], record["entries"][0]["removed"]) == ("withdrawn", True)


def test_the_log_tells_where_a_merged_record_went():
    kept, absorbed = enter(KURBAS["martyrology"]), enter(KURBAS["lists"], "lists")
    merge(kept, absorbed, why="one person")
    record = absorbed.revisions.latest("id").record
    assert (record["status"], record["merged_into"], record["entries"]) == ("merged", kept.public_id, [])


def test_what_a_batch_brings_is_one_row():
    batch = Batch.objects.create(source=entry(KURBAS["lists"]).source, started_at=timezone.now())
    put = [entry(KURBAS["lists"]), entry(MANDELSTAM["lists"])]
    written = write(Change(put=put), kind=RevisionKind.IMPORT, batch=batch)
    logged = Revision.objects.get()
    assert (logged.victim, logged.number, logged.batch) == (None, 0, batch)
    assert (logged.record["new"], logged.record["first"]) == (2, public_id(written.new[0]))


def test_rows_are_chained_each_to_the_one_before():
    gather(FLORENSKY)
    rows = list(Revision.objects.order_by("id"))
    assert [row.previous for row in rows] == ["", *(row.hash for row in rows[:-1])]
    assert all(row.hash == row.chained() for row in rows)


def test_the_log_is_neither_changed_nor_deleted():
    enter(KURBAS["lists"])
    row = Revision.objects.get()
    row.why = "for no reason"
    with pytest.raises(TypeError, match="append only"):
        row.save()
    with pytest.raises(TypeError, match="append only"):
        row.delete()
    assert Revision.objects.get().why == ""


@pytest.mark.parametrize("how", ["update", "delete", "bulk_update"])
def test_the_log_is_not_changed_or_deleted_in_bulk_either(how):
    enter(KURBAS["lists"])
    rows = Revision.objects.all()
    with pytest.raises(TypeError, match="append only"):
        if how == "update":
            rows.update(why="for no reason")
        elif how == "delete":
            rows.delete()
        else:
            rows.bulk_update([rows[0]], ["why"])
