"""What people do to records, one at a time: conflicts, and restoring across all that may have happened since."""

from functools import partial

import pytest

from memorial.accounts import Role
from tests.cast import FLORENSKY, KURBAS, MANDELSTAM, again, book, edit, enter, entry, entry_of, gather
from tests.people import keeper
from tests.telling import a_source, run, told
from tests.victims.models.test_record_concurrency import at_once, failed
from victims import editing
from victims.desk.history import steps
from victims.editing import Conflict, Refused, Wish
from victims.matching import split
from victims.models import Entry, Victim, cluster
from victims.models.checking import differences
from victims.models.record import Change, Ruling
from victims.vocabulary import Status

pytestmark = pytest.mark.django_db
MOSCOW = "Азаров Пётр Ильич, род. 1894, дер. Коньково, русский, б/п, сторож. Расстрелян 16.05.1938."


@pytest.fixture
def editor(db):
    return keeper(Role.EDITOR)


def change(victim, user, source="martyrology", **said):
    """Let an editor add to what one book says, as the record stands now."""
    told = entry_of(victim, source)
    wish = Wish(told.source, cluster.record_of(told) | said, told.text, told, told.item_key, told.locator)
    return editing.save([wish], user=user, victim=again(victim))


def restored(victim, number, user, **more):
    return editing.restore(again(victim), number, user=user, why="a mistake", **more)


# --- saving ---


def test_a_language_changed_on_the_form_is_written(editor):
    for keep in (True, False):
        text = MOSCOW if keep else ""
        victim = enter(KURBAS["lists"], key=f"kept {keep}", text=text, keep_reading=keep)
        told = victim.entries.get()
        wish = Wish(told.source, cluster.record_of(told), told.text, told, told.item_key, told.locator, "uk")
        editing.save([wish], user=editor, victim=victim)
        assert again(told).language == "uk"
        assert cluster.record_of(again(told)) == wish.record
        assert any(change.after == "uk" for change in steps(again(victim))[0].changes)
        restored(victim, 1, editor)
        assert again(told).language == "ru"
    assert list(differences()) == []


def test_a_book_that_comes_again_leaves_the_language_that_somebody_told(editor):
    victim = enter(KURBAS["lists"], "lists", text="Курбас Лесь")
    told = victim.entries.get()
    editing.save(
        [Wish(told.source, KURBAS["lists"], told.text, told, told.item_key, language="uk")],
        user=editor, victim=victim,
    )  # fmt: skip
    edit(Change(put=[entry(KURBAS["lists"], "lists", text="Курбас Лесь, актёр")]))
    assert (again(told).language, again(told).text) == ("uk", "Курбас Лесь, актёр")


def test_what_is_changed_in_fields_that_were_read_outlives_the_next_import(editor):
    victim = enter(KURBAS["martyrology"])
    change(victim, editor, nationality="поляк")
    edit(Change(put=[entry(KURBAS["martyrology"] | {"party": "б/п"})]))
    [record] = told(victim)
    assert (record["nationality"], record["party"]) == ("поляк", "б/п")


def test_a_synthetic_entry_is_not_added_to_a_person_who_lived(editor):
    victim = enter(KURBAS["martyrology"])
    with pytest.raises(Refused, match="synthetic"):
        editing.save([Wish(book("synthetic"), {"surname": "X"}, synthetic=True)], user=editor, victim=victim)
    assert len(told(victim)) == 1


def test_who_saves_over_a_record_that_moved_on_is_told_even_if_nothing_of_theirs_is_left_in_it(editor):
    victim = gather(FLORENSKY, status=Status.PUBLISHED)
    split(victim, [entry_of(victim, "openlist")], why="another man")
    with pytest.raises(Conflict):
        editing.save([], user=editor, victim=victim, revision=victim.revision)


@pytest.mark.parametrize("act", [editing.publish, editing.unpublish, partial(editing.withdraw, reason="privacy")])
def test_who_decides_on_a_record_that_moved_on_is_told_and_nothing_is_done(editor, act):
    victim = gather(MANDELSTAM)
    seen = victim.revision
    change(victim, editor, nationality="поляк")
    with pytest.raises(Conflict):
        act(again(victim), user=editor, revision=seen)
    assert (again(victim).status, again(victim).revision) == (Status.DRAFT, seen + 1)
    assert act(again(victim), user=editor, revision=seen + 1).revision == seen + 2


# --- several at once ---


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("attempt", range(3))
def test_of_two_who_save_at_once_the_second_gets_a_conflict(attempt):
    user, victim = keeper(Role.EDITOR), enter(KURBAS["martyrology"])
    told_now, seen = entry_of(victim), victim.revision
    record = cluster.record_of(told_now)

    def saving(occupation):
        wish = Wish(told_now.source, record | {"occupation": occupation}, "", told_now, told_now.item_key)
        return lambda: editing.save([wish], user=user, victim=victim, revision=seen)

    results = at_once(saving("актёр"), saving("поэт"))
    [error] = failed(results)
    assert isinstance(error, Conflict)
    assert again(victim).revision == seen + 1
    assert told(victim)[0]["occupation"] in ("актёр", "поэт")
    assert list(differences()) == []


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("attempt", range(3))
def test_two_who_key_the_same_card_at_once_do_not_write_into_each_others_person(attempt):
    user, source = keeper(Role.EDITOR), book("lists")
    wishes = [Wish(source, {"surname": name}, item_key="17") for name in ("Курбас", "Флоренский")]
    results = at_once(*(lambda wish=wish: editing.save([wish], user=user) for wish in wishes))
    [error] = failed(results)
    assert isinstance(error, Refused)
    assert Victim.objects.count() == Entry.objects.count() == 1
    assert Entry.objects.get().version == 1
    assert list(differences()) == []


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("attempt", range(3))
def test_a_record_is_changed_while_a_merge_that_was_previewed_is_confirmed(attempt):
    user = keeper(Role.EDITOR)
    kept, absorbed = enter(KURBAS["martyrology"]), enter(KURBAS["lists"], "lists")
    seen = {kept.pk: kept.revision, absorbed.pk: absorbed.revision}
    told_now = entry_of(absorbed, "lists")
    wish = Wish(told_now.source, {"surname": "Флоренский"}, "", told_now, told_now.item_key)
    results = at_once(
        lambda: editing.merge(kept, absorbed, user=user, why="one man", seen=seen),
        lambda: editing.save([wish], user=user, victim=absorbed, revision=seen[absorbed.pk]),
    )
    [error] = failed(results)
    assert isinstance(error, Conflict)
    assert list(differences()) == []


# --- restoring ---


def test_a_revision_before_a_merge_is_restored_only_when_the_merge_is_undone(editor):
    victim, absorbed = enter(KURBAS["martyrology"]), enter(KURBAS["lists"], "lists")
    before = told(victim)
    change(victim, editor, nationality="поляк")
    made = editing.merge(again(victim), absorbed, user=editor, why="one man")
    with pytest.raises(Refused, match=absorbed.public_id):
        restored(victim, 1, editor)
    assert len(told(victim)) == 2
    editing.undo_merge(made, user=editor, why="two men")
    restored(victim, 1, editor)
    assert told(victim) == before
    assert told(absorbed) == [KURBAS["lists"]]
    assert list(differences()) == []


def test_a_revision_before_a_split_is_refused_and_named(editor):
    victim = gather(FLORENSKY)
    number = victim.revision
    split(victim, [entry_of(victim, "openlist")], why="another man")
    with pytest.raises(Refused, match="split"):
        restored(victim, number, editor)
    assert len(told(victim)) == 2


def test_a_removed_entry_comes_back_with_its_words_and_facts(editor):
    victim = gather(FLORENSKY, text="Флоренский")
    number, before = victim.revision, told(victim)
    editing.save([], user=editor, victim=victim, remove=[entry_of(victim), entry_of(victim, "lists")])
    assert len(told(victim)) == 1
    restored(victim, number, editor)
    assert told(victim) == before
    assert list(differences()) == []


def test_the_words_before_a_new_version_by_import_come_back_with_what_was_read_in_them(editor):
    victim = enter(KURBAS["lists"], text="Курбас Лесь", spans=[["surname", [[0, 6]]]])
    change(victim, editor, nationality="украинец")
    number, before = again(victim).revision, told(victim)
    edit(Change(put=[entry({"surname": "Курбас", "party": "б/п"}, key="Курбас Лесь", text="Курбас, б/п")]))
    assert told(victim)[0]["nationality"] == "украинец"
    restored(victim, number, editor)
    now = Entry.objects.get()
    assert told(victim) == before
    assert (now.text, now.spans, now.version) == ("Курбас Лесь", [["surname", [[0, 6]]]], 3)
    assert list(now.corrections) == ["nationality"]
    assert list(differences()) == []


def test_decisions_are_restored_and_taken_back(editor):
    victim = gather(MANDELSTAM)
    editing.save(
        [],
        user=editor,
        victim=victim,
        decide=[Ruling(victim.pk, "occupation", "why", entry_of(victim, "lists").pk)],
    )
    assert str(again(victim).occupation) == "литератор"
    with_decision = again(victim).revision
    restored(victim, with_decision - 1, editor)
    assert str(again(victim).occupation) == "поэт"
    restored(victim, with_decision, editor)
    assert str(again(victim).occupation) == "литератор"
    assert list(differences()) == []


def test_restoring_what_stands_already_writes_nothing(editor):
    victim = gather(MANDELSTAM)
    number = victim.revision
    assert restored(victim, number, editor).revision == number


def test_a_revision_that_somebody_else_followed_is_not_restored_unseen(editor):
    victim = gather(MANDELSTAM)
    seen = victim.revision
    change(victim, editor, nationality="поляк")
    with pytest.raises(Conflict):
        restored(victim, 1, editor, revision=seen)


@pytest.mark.parametrize("first", ["kept", "absorbed"])
def test_an_imported_record_is_restored_to_its_own_entry_whatever_was_merged_into_it(editor, tmp_path, first):
    path = tmp_path / "book.txt"
    path.write_text(f"{MOSCOW}\n\nБоков Иван Ильич, род. 1890, русский, б/п, слесарь. Расстрелян 16.05.1938.")
    a_source("book")
    assert run("import_entries", path, "--source", "book", "--status", "published").code == 0
    one, other = Victim.objects.order_by("pk")
    kept, absorbed = (one, other) if first == "kept" else (other, one)
    before = told(kept)
    made = editing.merge(kept, absorbed, user=editor, why="one man")
    assert [len(step.changes) > 0 for step in steps(again(absorbed))]
    assert editing.as_of(again(kept), 1)["entries"][0]["record"] == before[0]
    assert editing.as_of(again(absorbed), 1)["entries"][0]["record"] == told(kept)[1 if first == "kept" else 0]
    editing.undo_merge(made, user=editor, why="two men")
    assert restored(kept, 1, editor) == kept
    assert told(kept) == before
