"""The compared form, the pieces of a query and the sorting key of names."""

import re
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from victims.names import fold, sort_key, tokens

RUSSIAN = "абвгдежзийклмнопрстуфхцчшщъыьэюя"
words = st.text(RUSSIAN, min_size=1, max_size=12)
parts = st.none() | words


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("Семёнов", "семенов"),
        ("  ФЛОРЕНСКИЙ ", "флоренский"),
        ("Ма\u0301ндельштам", "мандельштам"),
        ("Се\u0308мина", "семина"),
        ("Мар’яненко", "маряненко"),
        ("О'Коннор", "оконнор"),
        ("Соловʼёв", "соловев"),
        ("«Иванов»", "иванов"),
        ("Петров — Водкин", "петров-водкин"),
        ("Ива\u00adнов", "иванов"),
        ("Хасан   оглы", "хасан оглы"),
        ("Józef", "józef"),
        ("Jo\u0301zef", "józef"),
        ("Їжакевич", "їжакевич"),
        ("Ўладзімір", "ўладзімір"),
        ("И\u0306осиф", "йосиф"),
        ("", ""),
        ("’", ""),
    ],
)
def test_fold_keeps_the_letters_and_drops_the_dress(text, folded):
    assert fold(text) == folded


@given(st.text())
def test_fold_is_idempotent(text):
    assert fold(fold(text)) == fold(text)


@given(words)
def test_fold_ignores_case_and_outer_space(text):
    assert fold(f" {text.upper()}\n") == fold(text)


@given(words, st.sampled_from("-‐‑–—−"), words)
def test_fold_makes_all_dashes_one(left, dash, right):
    assert fold(f"{left}{dash}{right}") == f"{left}-{right}"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Иванов И.И.", ["иванов", "и", "и"]),
        ("И. И. Иванов", ["и", "и", "иванов"]),
        ("Петров-Водкин,Кузьма", ["петров-водкин", "кузьма"]),
        ("Иванова (урожд. Петрова)", ["иванова", "урожд", "петрова"]),
        ("O'Brien  John", ["obrien", "john"]),
        (" — ", []),
        ("", []),
    ],
)
def test_tokens_split_a_query(text, expected):
    assert tokens(text) == expected


@given(st.text())
def test_tokens_are_folded_and_whole(text):
    for token in tokens(text):
        assert fold(token) == token
        assert token
        assert not re.search(r"[\s,.]", token)


def _alphabetical(name):
    surname, given_name, patronymic = (part or "" for part in name)
    order = [tuple(RUSSIAN.index(letter) for letter in part) for part in (surname, given_name, patronymic)]
    return (not surname, *order)


@given(st.lists(st.tuples(parts, parts, parts), max_size=8))
def test_key_order_is_alphabetical_with_missing_surnames_last(names):
    by_key = sorted(names, key=lambda name: sort_key(*name))
    assert [_alphabetical(name) for name in by_key] == sorted(_alphabetical(name) for name in names)


@given(st.text(), st.text(), st.text())
def test_key_is_plain_ascii_of_letters_no_collation_moves(surname, given_name, patronymic):
    assert re.fullmatch(r"[0-9a-u]+", sort_key(surname, given_name, patronymic))


@given(parts, parts, parts)
def test_key_has_no_two_letters_in_a_row(surname, given_name, patronymic):
    assert not re.search(r"[a-z]{2}", sort_key(surname, given_name, patronymic))


def test_key_order_of_a_real_list():
    ordered = [
        ("Алёхин", "Иван", "Петрович"),
        ("Алехин", "Яков", None),
        ("Иванов", None, None),
        ("Иванов", "И.", "И."),
        ("Іванов", "Иван", "Ильич"),
        ("Иванов", "Яков", "Адамович"),
        ("Иванов Оглы", "Адам", None),
        ("Иванов-Петров", "Адам", None),
        ("Иванова", "Анна", None),
        ("Ягода", None, None),
        ("Łukasz", "Adam", None),
        ("Meyer", "Karl", None),
        ("Müller", "Karl", None),
        ("ჯუღაშვილი", None, None),
        (None, "Анна", None),
        ("", "Борис", None),
    ]
    shuffled = Random(1).sample(ordered, len(ordered))
    assert sorted(shuffled, key=lambda name: sort_key(*name)) == ordered


@pytest.mark.parametrize(
    "pair", [("Ёлкин", "Елкин"), ("Їжак", "Ижак"), ("Єгоров", "Егоров"), ("Ґанжа", "Ганжа"), ("Ўс", "Ус")]
)
def test_key_puts_kindred_letters_together(pair):
    assert sort_key(pair[0], None, None) == sort_key(pair[1], None, None)


@given(st.text("абвёйЁЙіїЇґzKQ05 .,;:()/«»\"'-–— "))
def test_plain_words_are_folded_as_among_any_other_letters(text):
    assert fold(f"о{text}о") == fold(f"ҳ{text}ҳ").replace("ҳ", "о")
