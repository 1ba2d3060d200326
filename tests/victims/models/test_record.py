"""The door: what a change does, that it does all of it or nothing, and what it costs."""

import pytest
from django.utils import timezone

from tests.cast import (
    FLORENSKY,
    KURBAS,
    MANDELSTAM,
    SPIRIDONOVA,
    again,
    book,
    edit,
    enter,
    enter_all,
    entry,
    entry_of,
    gather,
)
from tests.victims.models.portrait import differing, dump, portrait
from victims.importing.reference import load_reference
from victims.matching import merge, undo_merge
from victims.models import Entry, EntryVersion, PrintedForm, Revision, Sitting, Tombstone, Victim
from victims.models.checking import differences
from victims.models.dictionary import Dictionary
from victims.models.record import Change, Refused, Ruling, write
from victims.models.values import RecordError
from victims.vocabulary import RevisionKind, Status, WithdrawalReason

pytestmark = pytest.mark.django_db


# --- entries come in ---


def test_two_identical_printed_lines_are_two_people():
    one, other = enter(KURBAS["lists"], key="с. 5, № 1"), enter(KURBAS["lists"], key="с. 5, № 2")
    assert one != other
    assert Victim.objects.count() == 2


def test_the_same_item_again_changes_nothing():
    victim = enter(KURBAS["martyrology"], text="Курбас Александр Степанович, 1887 г. р.")
    before, logged = dump(), Revision.objects.count()
    enter(KURBAS["martyrology"], text="Курбас Александр Степанович, 1887 г. р.")
    assert (differing(before, dump()), Revision.objects.count()) == ({}, logged)
    assert again(victim).revision == 1


def test_an_item_whose_rows_are_its_only_record_is_the_same_again():
    for _ in range(2):
        written = edit(Change(put=[entry(KURBAS["martyrology"], keep_reading=False)]))
    assert (written.unchanged, written.changed) == (["Курбас Александр"], [])


def test_a_corrected_item_is_a_new_version_of_the_same_entry():
    victim = enter(KURBAS["lists"], text="Курбас Лесь, 1887")
    enter(KURBAS["lists"] | {"death": {"date": "1937"}}, text="Курбас Лесь, 1887, ум. 1937")
    [told] = Entry.objects.filter(victim=victim)
    assert (told.version, told.text) == (2, "Курбас Лесь, 1887, ум. 1937")
    [former] = told.versions.all()
    assert (former.version, former.text, former.reading["death"]) == (
        1,
        "Курбас Лесь, 1887",
        {"date": "1937-11-03"},
    )
    assert again(victim).death == "1937"
    assert list(differences()) == []


def test_a_change_is_told_by_item():
    book("lists")
    first = edit(Change(put=[entry(KURBAS["lists"]), entry(MANDELSTAM["lists"])]))
    assert (len(first.new), first.changed, first.unchanged, first.touched) == (2, [], [], [])
    second = edit(
        Change(
            put=[
                entry(KURBAS["lists"]),
                entry(MANDELSTAM["lists"] | {"occupation": "поэт"}),
                entry(SPIRIDONOVA["lists"]),
            ]
        )
    )
    assert (second.changed, second.unchanged) == (["Мандельштам Иосиф"], ["Курбас Лесь"])
    assert len(second.new) == len(second.touched) == 1


def test_the_words_are_kept_as_they_are():
    text = "КУРБАС  Лесь\n(Александр) Степанович…"
    victim = enter(KURBAS["lists"], text=text, locator="с. 5", spans=[["surname", [[0, 6]]]], warnings=["w"])
    told = entry_of(victim)
    assert (told.text, told.locator, told.spans, told.warnings) == (text, "с. 5", [["surname", [[0, 6]]]], ["w"])


def test_new_records_have_the_status_that_was_asked_for():
    assert enter(KURBAS["lists"]).status == Status.DRAFT
    assert enter(MANDELSTAM["lists"], status=Status.PUBLISHED).status == Status.PUBLISHED


def test_one_book_may_bring_a_person_another_entry():
    victim = gather(FLORENSKY)
    assert victim.entries.count() == 3
    assert (victim.revision, victim.name) == (3, "Флоренский Павел Александрович")


def test_people_who_never_lived_sit_before_no_real_body():
    load_reference()
    before = Sitting.objects.count()
    victim = enter(KURBAS["martyrology"], "synthetic", synthetic=True)
    assert victim.sentence_set.get().sitting is None
    assert Sitting.objects.count() == before
    assert list(differences()) == []


# --- entries go, and come back ---


def test_a_removed_entry_keeps_its_words_and_has_no_facts():
    victim = gather(FLORENSKY)
    lists = entry_of(victim, "lists")
    edit(Change(remove=[lists.pk]))
    lists = again(lists)
    assert lists.removed
    assert lists.reading["occupation"] == "священник"
    assert not lists.death_set.exists() and not lists.sentence_set.exists()


def test_a_removed_entry_without_a_reading_keeps_its_record():
    victim = enter(KURBAS["martyrology"], keep_reading=False)
    told = portrait()
    edit(Change(remove=[entry_of(victim).pk]))
    assert again(entry_of(victim)).reading["death"] == KURBAS["martyrology"]["death"]
    edit(Change(put=[entry(KURBAS["martyrology"], keep_reading=False)]))
    assert differing(told, portrait()) == {}


def test_a_person_of_whom_nothing_is_left_leaves_a_tombstone():
    victim = enter(KURBAS["martyrology"], status=Status.PUBLISHED)
    edit(Change(remove=[entry_of(victim).pk]))
    gone = again(victim)
    assert (gone.status, gone.name, gone.death) == (Status.WITHDRAWN, "", "")
    assert gone.tombstone.reason == WithdrawalReason.BATCH_UNDONE
    assert not gone.names.exists()
    assert list(differences()) == []


def test_a_person_comes_back_with_the_entry():
    victim = enter(KURBAS["martyrology"])
    edit(Change(remove=[entry_of(victim).pk]))
    enter(KURBAS["martyrology"])
    assert (again(victim).status, again(victim).death) == (Status.DRAFT, "1937-11-03")
    assert not Tombstone.objects.exists()


def test_what_is_done_to_a_removed_entry_gives_it_no_facts():
    victim = gather(FLORENSKY)
    lists = entry_of(victim, "lists")
    edit(Change(remove=[lists.pk]))
    edit(Change(correct={lists.pk: {"death.date": {"value": "1936"}}}))
    assert again(lists).removed
    assert not lists.death_set.exists()
    edit(Change(put=[entry(FLORENSKY["lists"], "lists")]))
    assert lists.death_set.get().date == "1936"


# --- corrections by hand ---


def test_a_human_corrects_what_the_machine_read():
    victim = enter(KURBAS["martyrology"])
    edit(Change(correct={entry_of(victim).pk: {
        "death.date": {"value": "1937-11-04"}, "sentences[0].kind": {"value": "camp"},
        "rehabilitations[1].date": {"value": "1989"}, "party": {"value": "б/п"},
    }}))  # fmt: skip
    assert again(victim).death == "1937-11-04"
    assert victim.sentence_set.get().kind == "camp"
    assert list(victim.rehabilitation_set.values_list("date", flat=True)) == ["1957-04-19", "1989"]
    assert entry_of(victim).reading["death"]["date"] == "1937-11-03"


def test_a_correction_outlives_a_new_version_and_is_taken_back():
    victim = enter(KURBAS["martyrology"])
    edit(Change(correct={entry_of(victim).pk: {"death.date": {"value": "1937-11-04"}}}))
    enter(KURBAS["martyrology"] | {"occupation": "актёр"})
    assert (again(victim).death, again(victim).occupation.text) == ("1937-11-04", "актёр")
    edit(Change(correct={entry_of(victim).pk: None}))
    assert again(victim).death == "1937-11-03"


# --- status and withdrawal ---


def test_a_withdrawn_record_leaves_its_id_the_day_and_the_class_of_reason():
    victim = gather(FLORENSKY)
    before = timezone.now().date()
    edit(Change(withdraw={victim.pk: WithdrawalReason.RIGHTS}), why="the rights holder asked")
    assert again(victim).status == Status.WITHDRAWN
    assert before <= again(victim).tombstone.date <= timezone.now().date()
    assert again(victim).tombstone.reason == WithdrawalReason.RIGHTS
    assert victim not in Victim.objects.live()


def test_a_record_withdrawn_by_hand_does_not_come_back_with_an_import():
    victim = gather(FLORENSKY)
    edit(Change(withdraw={victim.pk: WithdrawalReason.PRIVACY}))
    enter(FLORENSKY["lists"] | {"occupation": "философ"}, "lists")
    assert again(victim).status == Status.WITHDRAWN


# --- all or nothing ---


def test_one_bad_record_among_many_leaves_nothing():
    enter(KURBAS["lists"], "lists")
    before, forms, logged = dump(), PrintedForm.objects.count(), Revision.objects.count()
    put = [
        entry(KURBAS["lists"] | {"occupation": "актёр"}, "lists"),
        entry(MANDELSTAM["lists"], "lists"),
        entry(SPIRIDONOVA["lists"] | {"death": {"date": "осенью"}}, "lists"),
    ]
    with pytest.raises(RecordError, match=r"death\[0\].date"):
        edit(Change(put=put))
    assert differing(before, dump()) == {}
    assert (PrintedForm.objects.count(), Revision.objects.count()) == (forms, logged)


def test_a_bad_decision_takes_the_entries_of_its_change_with_it():
    victim = gather(FLORENSKY)
    before = dump()
    with pytest.raises(Refused):
        edit(Change(put=[entry(KURBAS["lists"])], decide=[Ruling(victim.pk, "hair", "?", value="grey")]))
    assert differing(before, dump()) == {}


def test_the_words_learnt_in_a_change_that_failed_are_learnt_again():
    lookup = Dictionary()
    bad = [entry(KURBAS["martyrology"]), entry({"surname": "Мандельштам", "birth": {"date": "?"}})]
    with pytest.raises(RecordError):
        edit(Change(put=bad), lookup=lookup)
    victim = enter(KURBAS["martyrology"], lookup=lookup)
    assert again(victim).occupation.text == "режиссёр"
    assert list(differences()) == []


def test_what_one_writer_knows_serves_the_next_change():
    lookup = Dictionary()
    for person in (FLORENSKY, KURBAS, SPIRIDONOVA):
        enter(person["martyrology"], lookup=lookup)
    assert list(differences()) == []


# --- decisions through everything else ---


def test_a_decision_survives_new_versions_merges_and_their_undoing():
    kept, absorbed = enter_all(MANDELSTAM)
    edit(Change(decide=[Ruling(absorbed.pk, "occupation", "his own word", value="переводчик")]))
    enter(MANDELSTAM["lists"] | {"occupation": "журналист"}, "lists")
    assert again(absorbed).occupation.text == "переводчик"
    made = merge(kept, absorbed, why="one person")
    enter(MANDELSTAM["lists"] | {"occupation": "очеркист"}, "lists")
    assert again(kept).occupation.text == "переводчик"
    undo_merge(made, why="two persons")
    assert (again(kept).occupation.text, again(absorbed).occupation.text) == ("поэт", "переводчик")
    assert list(differences()) == []


# --- versions ---


def test_an_entry_goes_back_to_what_it_said_before():
    victim = enter(KURBAS["lists"], text="Курбас Лесь, 1887")
    told = portrait()
    enter(KURBAS["lists"] | {"death": {"date": "1938"}}, text="Курбас Лесь, 1887, ум. 1938")
    edit(Change(revert=[entry_of(victim).pk]))
    back = entry_of(victim)
    assert (back.text, back.version, again(victim).death) == ("Курбас Лесь, 1887", 3, "1937-11-03")
    assert list(EntryVersion.objects.values_list("version", "undone")) == [(1, False), (2, True)]
    assert differing({"Death": told["Death"]}, {"Death": portrait()["Death"]}) == {}


def test_an_entry_without_a_former_version_is_removed():
    victim = enter(KURBAS["lists"])
    edit(Change(revert=[entry_of(victim).pk]))
    assert entry_of(victim).removed


# --- what it costs: queries as measured on SQLite (PostgreSQL: 66, 52 and 40) ---

NEW_PERSON, ONE_MORE_ENTRY, HUNDRED_PERSONS = 79, 52, 68


def test_writing_a_person_costs_a_bounded_number_of_queries(django_assert_max_num_queries):
    load_reference()
    told = entry(FLORENSKY["martyrology"])
    with django_assert_max_num_queries(NEW_PERSON):
        write(Change(put=[told]), kind=RevisionKind.IMPORT)


def test_one_more_entry_of_a_person_costs_a_bounded_number_of_queries(django_assert_max_num_queries):
    load_reference()
    victim = enter(FLORENSKY["martyrology"])
    enter(FLORENSKY["lists"], "lists", victim_id=victim.pk)
    told = entry(FLORENSKY["openlist"], "openlist", victim_id=victim.pk)
    with django_assert_max_num_queries(ONE_MORE_ENTRY):
        write(Change(put=[told]), kind=RevisionKind.IMPORT)


def test_a_hundred_people_cost_no_more_than_one(django_assert_max_num_queries):
    load_reference()
    put = [entry(FLORENSKY["martyrology"], key=str(number)) for number in range(101)]
    with django_assert_max_num_queries(HUNDRED_PERSONS):
        write(Change(put=put), kind=RevisionKind.IMPORT)
