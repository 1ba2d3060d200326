"""The sources of a person, word for word: what was read from them, and by whom."""

import re

import pytest

from sources.models import Level, Source
from tests.cast import FLORENSKY, enter, gather
from tests.telling import name, put
from tests.victims.views.pages import of, page_of, part_of
from victims.models import Entry
from victims.vocabulary import Status

pytestmark = pytest.mark.django_db
TEXT = "Азаров Пётр, род. 1894, щщщ. Расстрелян 16.05.1938."


SPANS = [
    ["surname", [[0, 6]]],
    ["given_name", [[7, 11]]],
    ["birth.date", [[18, 22]]],
    ["", [[24, 27]]],
    ["sex", [[29, 39]]],
    ["death.manner", [[29, 39]]],
    ["death.date", [[40, 50]]],
]


@pytest.fixture
def florensky():
    return gather(FLORENSKY, status=Status.PUBLISHED)


@pytest.fixture
def read():
    """An entry that the program read, with something that it did not understand."""
    return enter(
        {"surname": "Азаров", "given_name": "Пётр"},
        text=TEXT,
        spans=SPANS,
        parser_version="7",
        warnings=["impossible_date"],
        locator="С. 12",
        status=Status.PUBLISHED,
    )


def test_the_words_of_a_source_stand_as_printed_with_what_was_read_marked(client, read):
    answer = client.get(of(read)).content.decode()
    quoted = answer.split("<blockquote")[1].split(">", 1)[1].split("</blockquote>")[0]
    assert re.sub("<[^>]+>", "", quoted) == TEXT
    assert '<span class="part" title="Surname">Азаров</span>' in quoted
    assert '<span class="part" title="Date of death">16.05.1938</span>' in quoted
    assert '<span class="part" title="Sex, Manner of death">Расстрелян</span>' in quoted
    assert '<span class="unread">щщщ</span>' in quoted


def test_an_entry_tells_where_it_stands_who_read_it_and_what_is_doubtful(client, read):
    words = part_of(client, read, "Sources, word for word")
    for told in (
        "[1] martyrology",
        "С. 12",
        "Read by a program (version 7)",
        "prints a date that does not exist",
        "underlined",
        "not understood yet",
        "Surname Азаров",
    ):
        assert told in words
    assert "/en/sources/martyrology/" in page_of(client, read).hrefs()


def test_what_a_human_corrected_is_told_without_their_name(client, read):
    Entry.objects.filter(victim=read).update(
        corrections={"birth.date": {"value": "1895", "reason": "опечатка", "by": 1, "at": "2026-02-03T10:00:00Z"}}
    )
    words = part_of(client, read, "Sources, word for word")
    assert "A person corrected: Date of birth (опечатка), 3 February 2026" in words


def test_an_entry_of_an_archive_carries_its_reference(client):
    unit = None
    for level, code in (
        (Level.REPOSITORY, "ГАРФ"),
        (Level.FONDS, "10035"),
        (Level.OPIS, "1"),
        (Level.DELO, "П-1"),
    ):
        unit = Source.objects.create(
            slug=f"unit-{level}", kind="archival_unit", level=str(level), code=code, title=code, parent=unit
        )
    [victim] = put(name("Иванов"), source=unit, locator="Л. 4")
    assert "ГАРФ. Ф. 10035. Оп. 1. Д. П-1 · Л. 4" in part_of(client, victim, "Sources, word for word")


def test_entries_keyed_as_fields_say_so(client, florensky):
    words = part_of(client, florensky, "Sources, word for word")
    assert words.count("entered field by field") == 3
