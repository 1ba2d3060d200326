"""Two records that are one person, and one record that is two: merge, undo, split, "not the same"."""

import pytest

from tests.cast import FLORENSKY, KURBAS, MANDELSTAM, again, edit, enter, enter_all, entry, entry_of, gather
from tests.victims.models.portrait import differing, dump
from victims.matching import merge, not_same, split, undo_merge, undo_not_same
from victims.matching.merging import known_not_same
from victims.models import Death, Entry, Merge, NotSame, Revision, Victim
from victims.models.checking import differences
from victims.models.record import Change, Refused, Ruling
from victims.vocabulary import Status, WithdrawalReason

pytestmark = pytest.mark.django_db


@pytest.fixture
def three():
    """Florensky as three books tell of him: three records, best told first."""
    return enter_all(FLORENSKY)


def keys(victim):
    return sorted(entry.source.slug for entry in victim.entries.all())


# --- merging ---


def test_merging_makes_one_record_with_the_entries_of_both(three):
    martyrology, lists, _ = three
    merge(martyrology, lists, why="one person")
    kept = again(martyrology)
    assert keys(kept) == ["lists", "martyrology"]
    assert (kept.status, kept.name) == (Status.DRAFT, "Флоренский Павел Александрович")
    assert again(lists).status == Status.MERGED


def test_a_merge_fills_in_what_the_record_did_not_tell(three):
    _, lists, openlist = three
    merge(openlist, lists, why="one person")
    kept = again(openlist)
    assert kept.patronymic == "Александрович"
    assert kept.occupation.text == "священник"
    assert (kept.birth, kept.death, kept.manner) == ("1882-01-21", "1937-12", "shot")


def test_a_public_id_leads_to_the_record_however_many_merges_ago(three):
    martyrology, lists, openlist = three
    merge(lists, openlist, why="one person")
    merge(martyrology, lists, why="one person")
    assert [again(victim).current for victim in three] == [martyrology] * 3
    assert [victim.public_id for victim in three] == [again(victim).public_id for victim in three]


def test_a_merge_that_is_undone_gives_the_public_id_its_own_record_back(three):
    martyrology, lists, _ = three
    made = merge(martyrology, lists, why="one person")
    restored = undo_merge(made, why="two persons")
    assert restored == lists == restored.current
    assert (keys(restored), keys(martyrology)) == (["lists"], ["martyrology"])
    assert restored.status == Status.DRAFT
    assert again(made).undone_at is not None


def test_an_undone_merge_restores_the_status(three):
    martyrology, lists, _ = three
    edit(Change(status={martyrology.pk: Status.PUBLISHED, lists.pk: Status.PUBLISHED}))
    made = merge(martyrology, lists, why="one person")
    assert undo_merge(made, why="two persons").status == Status.PUBLISHED
    assert again(martyrology).status == Status.PUBLISHED


def test_every_order_of_undoing_a_chain_gives_back_the_very_same_rows(three):
    before = dump()
    for undone in ((0, 1), (1, 0)):
        martyrology, lists, openlist = three
        made = [merge(lists, openlist, why="one person"), merge(martyrology, lists, why="one person")]
        for number in undone:
            undo_merge(made[number], why="three persons")
        assert differing(before, dump()) == {}


def test_a_merge_can_be_made_undone_and_made_again(three):
    martyrology, lists, _ = three
    for _ in range(2):
        undo_merge(merge(martyrology, lists, why="one person"), why="two persons")
    assert Merge.objects.filter(kept=martyrology, absorbed=lists).count() == 2
    assert list(differences()) == []


def test_entries_that_came_after_the_merge_stay_when_it_is_undone(three):
    martyrology, lists, _ = three
    made = merge(martyrology, lists, why="one person")
    enter(FLORENSKY["openlist"], "openlist", "later", victim_id=martyrology.pk)
    undo_merge(made, why="two persons")
    assert keys(martyrology) == ["martyrology", "openlist"]


def test_an_entry_split_off_meanwhile_stays_where_it_is():
    kept, absorbed = gather(FLORENSKY), gather(KURBAS)
    made = merge(kept, absorbed, why="one person")
    third = Entry.objects.get(source__slug="lists", item_key="Курбас Лесь")
    apart = split(again(kept), [third], why="a third person")
    undo_merge(made, why="two persons")
    assert keys(apart) == ["lists"]
    assert keys(absorbed) == ["martyrology"]
    assert list(differences()) == []


def test_undoing_takes_nothing_from_a_record_that_was_released_before(three):
    """A went into B and B into C. A was found to be another, and later to be C: B must not take it along."""
    c, b, a = three
    first, second = merge(b, a, why="one person"), merge(c, b, why="one person")
    undo_merge(first, why="another person")
    third = merge(c, a, why="one person after all")
    undo_merge(second, why="another person")
    assert (keys(b), keys(c)) == (["lists"], ["martyrology", "openlist"])
    undo_merge(third, why="another person")
    assert (keys(a), keys(b), keys(c)) == (["openlist"], ["lists"], ["martyrology"])


def test_undoing_takes_nothing_from_a_record_that_took_its_former_record_in(three):
    c, b, a = three
    first, second = merge(b, a, why="one person"), merge(c, b, why="one person")
    undo_merge(first, why="another person")
    merge(a, c, why="one person after all")
    undo_merge(second, why="another person")
    assert (keys(b), keys(a)) == (["lists"], ["martyrology", "openlist"])


def test_undoing_takes_nothing_that_was_split_off_and_merged_again(three):
    martyrology, lists, _ = three
    first = merge(martyrology, lists, why="one person")
    other = split(martyrology, [entry_of(martyrology, "lists")], why="another person")
    merge(martyrology, other, why="one person after all")
    undo_merge(first, why="the second finding holds")
    assert (keys(martyrology), keys(lists)) == (["lists", "martyrology"], [])


def test_a_merge_is_logged_for_both_records_with_its_reason(three):
    martyrology, lists, _ = three
    merge(martyrology, lists, why="same day of birth")
    for victim in (martyrology, lists):
        logged = victim.revisions.latest("id")
        assert (logged.kind, logged.why) == ("merge", "same day of birth")
    assert lists.revisions.latest("id").record["merged_into"] == martyrology.public_id


# --- refusals ---


def test_a_record_is_not_merged_with_itself(three):
    with pytest.raises(Refused, match="itself"):
        merge(three[0], three[0], why="?")


def test_merged_records_are_not_merged_again(three):
    martyrology, lists, openlist = three
    merge(martyrology, lists, why="one person")
    with pytest.raises(Refused, match=f"{lists.public_id} is merged"):
        merge(openlist, lists, why="?")
    with pytest.raises(Refused, match=f"{lists.public_id} is merged"):
        merge(lists, openlist, why="?")


def test_withdrawn_records_are_not_merged(three):
    martyrology, lists, _ = three
    edit(Change(withdraw={lists.pk: WithdrawalReason.PRIVACY}))
    with pytest.raises(Refused, match="is withdrawn"):
        merge(martyrology, lists, why="?")


def test_a_published_record_is_not_hidden_in_a_draft(three):
    martyrology, lists, _ = three
    edit(Change(status={lists.pk: Status.PUBLISHED}))
    with pytest.raises(Refused, match=f"publish {martyrology.public_id} first"):
        merge(martyrology, lists, why="?")
    merge(lists, martyrology, why="the other way round")


def test_a_person_who_never_lived_is_not_merged_with_one_who_did(three):
    nobody = enter(KURBAS["lists"], "synthetic", synthetic=True)
    assert nobody.synthetic
    with pytest.raises(Refused, match="synthetic"):
        merge(three[0], nobody, why="?")


def test_those_found_not_to_be_the_same_are_not_merged(three):
    martyrology, lists, _ = three
    not_same(lists, martyrology, why="father and son")
    assert (known_not_same(martyrology), known_not_same(lists)) == ([lists.pk], [martyrology.pk])
    for kept, absorbed in ((martyrology, lists), (lists, martyrology)):
        with pytest.raises(Refused, match="not to be the same person"):
            merge(kept, absorbed, why="?")


def test_what_was_found_already_is_not_found_again_with_another_reason(three):
    found = not_same(three[0], three[1], why="father and son")
    with pytest.raises(Refused, match="already"):
        not_same(three[1], three[0], why="two brothers")
    assert again(found).reason == "father and son"


def test_a_finding_that_is_taken_back_hinders_no_merge_any_more(three):
    found = not_same(three[0], three[1], why="father and son")
    undo_not_same(found, why="one man")
    assert (known_not_same(three[0]), NotSame.objects.count()) == ([], 0)
    with pytest.raises(Refused, match="taken back already"):
        undo_not_same(found, why="once more")
    merge(three[0], three[1], why="one man")


def test_a_finding_and_its_taking_back_are_logged_for_both_with_their_reasons(three):
    before, one, other = dump(), *three[:2]
    found = not_same(one, other, why="father and son")
    undo_not_same(found, why="one man")
    for victim, of in ((one, other), (other, one)):
        rows = victim.revisions.order_by("number")[1:]
        told = [(row.kind, row.why, row.record["apart"]) for row in rows]
        assert told == [
            ("decision", "father and son", {of.public_id: True}),
            ("decision", "one man", {of.public_id: False}),
        ]
    assert three[2].revisions.count() == 1
    assert differing(before, dump()) == {}
    assert list(differences()) == []


def test_what_was_found_of_a_record_holds_for_the_one_it_was_merged_into(three):
    martyrology, lists, openlist = three
    found = not_same(martyrology, lists, why="father and son")
    made = merge(openlist, martyrology, why="one man")
    assert (known_not_same(openlist), known_not_same(lists)) == ([lists.pk], [openlist.pk])
    for kept, absorbed in ((openlist, lists), (lists, openlist)):
        with pytest.raises(Refused, match="not to be the same person"):
            merge(kept, absorbed, why="?")
    with pytest.raises(Refused, match="already"):
        not_same(lists, openlist, why="?")
    undo_not_same(found, why="one man")
    assert openlist.revisions.latest("id").why == "one man"
    undo_merge(made, why="two men")
    assert known_not_same(martyrology) == known_not_same(openlist) == []
    assert list(differences()) == []


def test_a_merged_record_is_told_apart_from_nobody(three):
    merge(three[0], three[1], why="one man")
    with pytest.raises(Refused, match="was merged into"):
        not_same(three[1], three[2], why="?")
    assert NotSame.objects.count() == 0


def test_nobody_is_not_the_same_as_himself(three):
    with pytest.raises(Refused, match="same as itself"):
        not_same(three[0], three[0], why="?")


def test_a_merge_is_undone_once(three):
    made = merge(three[0], three[1], why="one person")
    undo_merge(made, why="two persons")
    with pytest.raises(Refused, match="undone already"):
        undo_merge(made, why="?")


def test_a_refused_merge_leaves_nothing(three):
    edit(Change(status={three[1].pk: Status.PUBLISHED}))
    before, logged = dump(), Revision.objects.count()
    with pytest.raises(Refused):
        merge(three[0], three[1], why="?")
    assert (differing(before, dump()), Revision.objects.count()) == ({}, logged)
    assert not Merge.objects.exists()


# --- what happens to a record that is merged ---


def test_a_changed_entry_of_a_merged_record_changes_the_record_that_kept_it(three):
    martyrology, lists, _ = three
    merge(martyrology, lists, why="one person")
    edit(Change(put=[entry(FLORENSKY["lists"] | {"nationality": "русский"}, "lists")]))
    assert again(martyrology).nationality.text == "русский"
    assert again(lists).status == Status.MERGED
    assert list(differences()) == []


def test_nothing_new_is_hidden_in_a_merged_record(three):
    martyrology, lists, _ = three
    merge(martyrology, lists, why="one person")
    try:
        enter(FLORENSKY["lists"] | {"nationality": "русский"}, "openlist", "new", victim_id=lists.pk)
    except Refused:
        return
    assert Entry.objects.get(item_key="new").victim == martyrology


@pytest.mark.parametrize("change", ["status", "withdraw"])
def test_a_merged_record_is_neither_published_nor_withdrawn(three, change):
    martyrology, lists, _ = three
    merge(martyrology, lists, why="one person")
    code = Status.PUBLISHED if change == "status" else WithdrawalReason.ERROR
    with pytest.raises(Refused):
        edit(Change(**{change: {lists.pk: code}}))
    assert again(lists).status == Status.MERGED


def test_a_decision_on_a_merged_record_is_shown_or_refused(three):
    martyrology, lists, _ = three
    merge(martyrology, lists, why="one person")
    try:
        edit(Change(decide=[Ruling(lists.pk, "occupation", "his own word", value="профессор")]))
    except Refused:
        return
    assert again(martyrology).occupation.text == "профессор"
    assert list(differences()) == []


# --- decisions ---


def test_a_decision_survives_a_merge_and_its_undoing(three):
    martyrology, lists, openlist = three
    edit(Change(decide=[Ruling(lists.pk, "occupation", "his own word", value="профессор")]))
    made = [merge(openlist, lists, why="one person"), merge(martyrology, openlist, why="one person")]
    assert again(martyrology).occupation.text == "профессор"
    undo_merge(made[0], why="two persons")
    assert again(martyrology).occupation.text == "священник, философ, учёный"
    assert again(lists).occupation.text == "профессор"


def test_the_record_that_is_kept_has_the_word_where_both_had_a_decision(three):
    martyrology, lists, _ = three
    edit(
        Change(
            decide=[
                Ruling(lists.pk, "occupation", "his own word", value="профессор"),
                Ruling(martyrology.pk, "occupation", "as the file has it", value="священник"),
                Ruling(lists.pk, "sex", "plainly", value="male"),
            ]
        )
    )
    made = merge(martyrology, lists, why="one person")
    assert again(martyrology).occupation.text == "священник"
    undo_merge(made, why="two persons")
    assert again(lists).occupation.text == "профессор"


def test_a_decision_for_an_entry_follows_the_entry_through_a_merge(three):
    martyrology, lists, _ = three
    edit(
        Change(decide=[Ruling(lists.pk, "birth", "the day is not certain", entry_id=entry_of(lists, "lists").pk)])
    )
    made = merge(martyrology, lists, why="one person")
    assert again(martyrology).birth == "1882"
    undo_merge(made, why="two persons")
    assert (again(martyrology).birth, again(lists).birth) == ("1882-01-21", "1882")


# --- splitting ---


def test_splitting_gives_entries_a_record_of_their_own():
    florensky = gather(FLORENSKY, status=Status.PUBLISHED)
    new = split(florensky, [entry_of(florensky, "lists"), entry_of(florensky, "openlist")], why="another")
    assert (keys(florensky), keys(new)) == (["martyrology"], ["lists", "openlist"])
    assert (new.status, new.birth, new.death) == (Status.PUBLISHED, "1882-01-21", "1937-12")
    assert new.revisions.latest("id").why == "another"
    assert set(Death.objects.filter(victim=florensky).values_list("same_as", flat=True)) == {None}
    assert list(differences()) == []


def test_a_split_can_be_taken_back_by_merging():
    florensky = gather(FLORENSKY)
    before = again(florensky)
    new = split(florensky, [entry_of(florensky, "lists")], why="another")
    merge(florensky, new, why="the same after all")
    for column in ("name", "birth", "death", "manner", "occupation", "sort_key"):
        assert getattr(again(florensky), column) == getattr(before, column)
    assert list(differences()) == []


def test_a_record_is_not_split_into_all_and_nothing():
    florensky = gather(FLORENSKY)
    with pytest.raises(Refused, match="At least one entry must stay"):
        split(florensky, list(florensky.entries.all()), why="?")
    with pytest.raises(Refused, match="Choose entries"):
        split(florensky, [], why="?")


def test_only_entries_of_the_record_are_split_off(three):
    mandelstam = gather(MANDELSTAM)
    with pytest.raises(Refused, match="Choose entries of this record"):
        split(mandelstam, [entry_of(mandelstam), entry_of(three[1], "lists")], why="?")


def test_removed_entries_do_not_count_as_what_stays():
    florensky = gather(FLORENSKY)
    stays = entry_of(florensky)
    edit(Change(remove=[entry_of(florensky, "lists").pk, entry_of(florensky, "openlist").pk]))
    with pytest.raises(Refused, match="At least one entry must stay"):
        split(florensky, [stays], why="?")
    assert Victim.objects.live().count() == 1
