"""Reading stored entries again with a better parser: corrections and decisions stay."""

import pytest

from tests.cast import KURBAS, MANDELSTAM, SPIRIDONOVA, again, edit, enter, enter_all, entry_of
from victims import entries
from victims.importing.rereading import reread
from victims.matching import merge, undo_merge
from victims.models import Entry
from victims.models.checking import differences
from victims.models.record import Change, Ruling

pytestmark = pytest.mark.django_db

TEXT = "Курбас Александр Степанович, 1887 г. р., украинец, режиссёр. Расстрелян 3 ноября 1937 г."
OTHER = "Спиридонова Мария Александровна, 1884 г. р., русская. Расстреляна 11 сентября 1941 г."


def read_formerly(text=TEXT, key="1", source="lists", version="0", **more):
    """Put an entry into the database as a former parser read it: nothing but the surname."""
    return enter({"surname": text.split()[0]}, source, key, text=text, parser_version=version, spans=[], **more)


def read_again():
    return reread(Entry.objects.all(), why="a better parser")


def test_an_entry_is_read_again_by_the_present_parser():
    victim = read_formerly()
    assert read_again() == 1
    told = entry_of(victim, "lists")
    draft = entries.parse(TEXT)
    assert told.parser_version == entries.PARSER_VERSION
    assert [slot for slot, _ in told.spans if slot] == [span.slot for span in draft.spans]
    assert told.reading["given_name"] == draft.record["given_name"] == "Александр"
    assert (told.text, told.version) == (TEXT, 1)
    assert again(victim).given_name == "Александр"
    assert list(differences()) == []


def test_what_the_former_parser_doubted_gives_way_to_what_the_present_one_doubts():
    doubtful = f"{TEXT} Арестован 31 июня 1937 г."
    for key, text, doubts in (("1", TEXT, ["unread"]), ("2", doubtful, [])):
        victim = read_formerly(text, key, warnings=doubts)
        read_again()
        assert entry_of(victim, "lists").warnings == (entries.parse(text).warnings or None)
    assert entry_of(victim, "lists").warnings


def test_an_entry_is_read_again_once():
    victim = read_formerly()
    read_again()
    revision = again(victim).revision
    assert read_again() == 0
    assert again(victim).revision == revision


def test_readings_that_stay_the_same_are_not_counted():
    draft = entries.parse(TEXT)
    enter(draft.record, "lists", "1", text=TEXT, parser_version="0")
    read_formerly(OTHER, "2")
    assert read_again() == 1


def test_entries_keyed_by_hand_removed_or_of_the_present_parser_are_passed_over():
    by_hand = enter({"surname": "Курбас"}, "lists", "1", text=TEXT)
    fields = enter(MANDELSTAM["lists"], "lists", "2", parser_version="0")
    present = read_formerly(key="3", version=entries.PARSER_VERSION)
    removed = read_formerly(key="4")
    edit(Change(remove=[entry_of(removed, "lists").pk]))
    revisions = [again(victim).revision for victim in (by_hand, fields, present, removed)]
    assert read_again() == 0
    assert [again(victim).revision for victim in (by_hand, fields, present, removed)] == revisions


def test_what_a_human_corrected_stays_corrected():
    victim = read_formerly()
    edit(Change(correct={entry_of(victim, "lists").pk: {"given_name": {"value": "Лесь"}}}))
    read_again()
    assert (again(victim).given_name, again(victim).patronymic) == ("Лесь", "Степанович")
    assert entry_of(victim, "lists").reading["given_name"] == "Александр"
    assert list(differences()) == []


def test_decisions_stay():
    victim = read_formerly()
    edit(
        Change(
            decide=[
                Ruling(victim.pk, "name", "his own name", value={"surname": "Курбас", "given_name": "Лесь"}),
                Ruling(victim.pk, "birth", "the file", value="1887-02-25"),
                Ruling(victim.pk, "nationality", "as this book has it", entry_id=entry_of(victim, "lists").pk),
            ]
        )
    )
    read_again()
    shown = again(victim)
    assert (shown.name, shown.birth) == ("Курбас Лесь", "1887-02-25")
    assert list(differences()) == []


def test_a_reading_of_a_merged_record_goes_back_with_it():
    kept, absorbed = enter(KURBAS["martyrology"]), read_formerly()
    made = merge(kept, absorbed, why="one person")
    read_again()
    assert list(differences()) == []
    undo_merge(made, why="two persons")
    assert again(absorbed).given_name == "Александр"
    assert list(differences()) == []


def test_a_new_reading_is_logged_with_its_reason():
    victim = read_formerly()
    read_again()
    logged = victim.revisions.latest("id")
    assert (logged.kind, logged.why) == ("reread", "a better parser")
    assert logged.record["entries"][0]["record"]["given_name"] == "Александр"


def test_only_the_entries_asked_for_are_read_again():
    one, other = read_formerly(), read_formerly(OTHER, "2", "openlist")
    enter_all(SPIRIDONOVA)
    reread(Entry.objects.filter(source__slug="lists"), why="a better parser")
    assert again(one).given_name == "Александр"
    assert again(other).given_name == ""
