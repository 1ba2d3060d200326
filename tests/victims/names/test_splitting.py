"""Parts of a name variant printed in one string, and the forms under which a person is found."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from victims.names import index_forms, name_words, split

PETROVYKH = ("Петровых", "Иван", "Семёнович")
KURBAS = ("Курбас", "Александр", "Степанович")
words = st.text("абвгде -.,'ёЁA\u0301", max_size=12)
parts = st.tuples(words, words, words)


@pytest.mark.parametrize(
    ("printed", "main", "expected"),
    [
        ("Бобель", ("Бабель", "Исаак", "Эммануилович"), ("Бобель", "", "")),
        ("Иосиф Эмильевич", ("Мандельштам", "Осип", "Эмильевич"), ("", "Иосиф", "Эмильевич")),
        ("Лесь Курбас", KURBAS, ("Курбас", "Лесь", "")),
        ("Олександр-Зенон Курбас", KURBAS, ("Курбас", "Олександр-Зенон", "")),
        ("Микола Костьович Зеров", ("Зеров", "Николай", "Константинович"), ("Зеров", "Микола", "Костьович")),
        (
            "Евгения Семёновна Гинзбург",
            ("Гинзбург", "Евгения", "Соломоновна"),
            ("Гинзбург", "Евгения", "Семёновна"),
        ),
        ("митрополит Иосиф", PETROVYKH, ("", "Иосиф", "")),
        ("архимандрит Иосиф Петровых", PETROVYKH, ("Петровых", "Иосиф", "")),
        ("схиигумен, отец Иосиф", PETROVYKH, ("", "Иосиф", "")),
        ("ПЕТРОВЫХ", PETROVYKH, ("ПЕТРОВЫХ", "", "")),
        ("Иванов Пётр Сергеевич", ("", "", ""), ("Иванов", "Пётр", "Сергеевич")),
        ("Иванов, Пётр", ("", "", ""), ("Иванов", "Пётр", "")),
        ("Иванов", ("", "", ""), ("Иванов", "", "")),
        ("митрополит", PETROVYKH, ("", "", "")),
        ("", PETROVYKH, ("", "", "")),
        (" , ", PETROVYKH, ("", "", "")),
    ],
)
def test_a_variant_is_split_by_its_own_form_and_the_main_name(printed, main, expected):
    assert split(printed, main) == expected


def test_a_variant_in_another_language_is_at_least_kept_whole():
    surname, given_name, patronymic = split("Микола Куліш", ("Кулиш", "Николай", "Гурьевич"))
    assert {surname, given_name} == {"Микола", "Куліш"}
    assert not patronymic


def test_a_surname_that_looks_like_a_patronymic_stays_a_surname():
    assert split("Рабинович Абрам Исаакович") == ("Рабинович", "Абрам", "Исаакович")


@given(printed=st.text(max_size=60), main=parts)
def test_splitting_takes_any_text_and_loses_no_word_but_titles(printed, main):
    found = split(printed, main)
    told = [word for part in found for word in part.split()]
    assert set(told) <= set(printed.replace(",", " ").split())


@pytest.mark.parametrize(
    ("main", "variants", "forms"),
    [
        (PETROVYKH, [], [("петровых", "иван", "семенович")]),
        (PETROVYKH, [("", "Иосиф", "")], [("петровых", "иван", "семенович"), ("петровых", "иосиф", "")]),
        (
            KURBAS,
            [("Курбас", "Лесь", ""), ("Курбас", "Олександр-Зенон", "")],
            [
                ("курбас", "александр", "степанович"),
                ("курбас", "лесь", ""),
                ("курбас", "олександр зенон", ""),
            ],
        ),
        (
            ("Бабель", "Исаак", "Эммануилович"),
            [("Бобель", "", "")],
            [("бабель", "исаак", "эммануилович"), ("бобель", "исаак", "эммануилович")],
        ),
        (PETROVYKH, [PETROVYKH, ("ПЕТРОВЫХ", "", "")], [("петровых", "иван", "семенович")]),
        (None, [("Иванов", "", "")], [("иванов", "", "")]),
        (None, [], []),
        (("", "", ""), [("", "", "")], []),
        (("-", " ", "."), [("", "", "«»")], []),
        (("Иванов (Петров)", "И.И.", ""), [], [("иванов петров", "и и", "")]),
    ],
)
def test_a_person_is_indexed_under_every_form_once(main, variants, forms):
    assert index_forms(main, variants) == forms


@given(main=st.none() | parts, variants=st.lists(parts, max_size=4))
def test_forms_are_folded_different_and_never_empty(main, variants):
    forms = index_forms(main, variants)
    assert len(set(forms)) == len(forms)
    for form in forms:
        assert any(form)
        assert all(part == " ".join(name_words(part)) for part in form)


@given(st.text(max_size=80))
def test_what_is_typed_and_what_is_printed_are_compared_in_one_form(text):
    words = name_words(text)
    assert name_words(" ".join(words)) == words
    assert not [word for word in words if not word or "-" in word]


def test_the_longest_names_fit_the_index():
    [form] = index_forms(("И" * 500, "", ""), [])
    assert len(form[0]) == 200


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ("조명희", ["jo", "myeonghui"]),
        ("조 명희", ["jo", "myeonghui"]),
        ("이동휘", ["lee", "donghwi"]),
        ("최재형", ["choe", "jaehyeong"]),
        ("김아파나시아", ["gimapanasia"]),
    ],
)
def test_a_korean_name_typed_together_has_its_surname_first(typed, words):
    assert name_words(typed) == words
