"""Given names that are one name though no table lists the form that was typed."""

import pytest

from victims.names import fold
from victims.names.given import alike, lengthened, of_the_faith
from victims.names.sounds import sounds


@pytest.mark.parametrize(
    ("typed", "name"),
    [
        ("Natasha", "Наталья"),  # a spelling of which Wikidata keeps an item apart
        ("Sascha", "Александр"),
        ("Gabriels", "Гавриил"),  # the endings of a people
        ("Beniaminas", "Вениамин"),
        ("Samuelius", "Самуил"),
        ("Васька", "Василий"),  # endearing and rude
        ("Гришка", "Григорий"),
        ("Леночка", "Елена"),
        ("Петруша", "Пётр"),
        ("Іванко", "Иван"),
        ("Annushka", "Анна"),
        ("Chaim", "Ефим"),  # as Jews were called in their papers
        ("Фрося", "Евфросиния"),  # of peasants, whom the books call by the church form or by the other
        ("Апраксия", "Евпраксия"),
        ("Хавронья", "Феврония"),
        ("Ерофей", "Иерофей"),
        ("Hilde", "Гильда"),  # of Germans, by the old transcription
        ("Герхард", "Гергард"),
        ("Zygmunt", "Зигмас"),
        ("Levan", "Леван"),
        ("Steve", "Степан"),  # of emigrants
        ("Metro", "Дмитрий"),
    ],
)
def test_a_form_that_no_table_lists_is_known(typed, name):
    assert alike(fold(typed), fold(name))


@pytest.mark.parametrize(
    ("typed", "name"), [("Васька", "Вацлав"), ("Юрка", "Яков"), ("Samuelius", "Семён"), ("Маринка", "Мария")]
)
def test_an_ending_makes_one_name_of_no_others(typed, name):
    assert not alike(fold(typed), fold(name))


def test_a_name_of_the_faith_is_one_whatever_vowels_a_people_has():
    assert of_the_faith(sounds("bahaeddin"), "бахаутдин")
    assert of_the_faith(sounds("burhaneddin"), "бурханутдин")
    assert not of_the_faith(sounds("bahaeddin"), "бурханутдин")
    assert not of_the_faith(sounds("konstantin"), "кунстантин")


def test_a_name_is_lengthened_by_what_names_of_muslims_are_and_by_nothing_else():
    assert lengthened(("жамал",), ("жамалетдин",))
    assert lengthened(("султанбек",), ("султан",))
    assert not lengthened(("жамал",), ("жамал",))
    assert not lengthened(("жамал",), ("жамалеев",))
