"""What the list says of a match: words marked, the wrong keyboard, what may be meant, what finds more."""

import re

import pytest

from tests.telling import name, put
from tests.victims.views.pages import asked, content, found

pytestmark = pytest.mark.django_db


def marks(answer) -> list[str]:
    return re.findall(r"<b>(.*?)</b>", answer.content.decode())


def test_the_words_that_match_are_marked(client):
    put(name("Щербаков", "Иван", "Петрович"))
    assert marks(asked(client, "иван щербаков")) == ["Щербаков", "Иван"]


def test_a_name_typed_on_the_wrong_keyboard_is_read_and_said(client):
    [one] = put(name("Щербаков", "Иван"))
    answer = asked(client, "oth,frjd")
    assert found(answer) == [one.public_id]
    words = content(answer).words
    assert "Typed on a Latin keyboard, these letters read in Russian: щербаков" in words


def test_a_misspelt_name_is_answered_with_the_likeliest_one(client):
    put(name("Щербаков", "Иван"))
    page = content(asked(client, "Щирбокав"))
    assert "Did you mean: Щербаков" in page.words
    assert any(href.endswith("?q=%D0%A9%D0%B5%D1%80%D0%B1%D0%B0%D0%BA%D0%BE%D0%B2") for href in page.hrefs())


def test_a_name_found_as_written_is_not_doubted(client):
    put(name("Щербаков", "Иван"))
    assert "Did you mean" not in content(asked(client, "Щербаков")).words


def test_who_finds_nobody_is_told_which_filter_to_leave_out_and_how_many_that_finds(client):
    put(*(name("Щукин", f"{number}", death={"manner": "shot"}) for number in range(3)))
    words = content(asked(client, surname="Щукин", manner="died")).words
    assert "Leave out the filter “Manner of death” (3)" in words
    assert "Leave out the filter “Surname”" not in words  # it would find nobody either


def test_readers_of_english_find_the_name_in_latin_letters_beside_it(client):
    [one] = put(name("Щербаков", "Иван"))
    assert "Shcherbakov Ivan" in content(asked(client, "Щербаков")).words
    assert "Shcherbakov Ivan" in content(client.get(f"/en/victims/{one.public_id}/")).words
    assert "Shcherbakov" not in content(client.get(f"/uk/victims/{one.public_id}/")).words


def test_where_no_single_filter_is_to_blame_each_is_offered_alone(client):
    put(name("Щукин", death={"manner": "shot"}), name("Ершов", occupation="плотник"))
    words = content(asked(client, surname="Щукин", manner="died", occupation="плотник")).words
    assert "Keep only the filter “Surname” (1)" in words
    assert "Keep only the filter “Occupation” (1)" in words
    assert "“Manner of death”" not in words
