"""Names as readers of English find them in maps and books."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from victims.names.latin import latin


@pytest.mark.parametrize(
    ("printed", "read"),
    [
        ("Флоренский Павел Александрович", "Florensky Pavel Aleksandrovich"),
        ("Ежов", "Yezhov"),
        ("Щербаков Алексей", "Shcherbakov Aleksey"),
        ("Мейерхольд", "Meyerkhold"),
        ("Грушевський Михайло", "Grushevsky Mikhaylo"),  # a name alone does not tell its language
        ("Соловьёв", "Solovyov"),
        ("Її", "Yiyi"),
        ("Schmidt", ""),
        ("", ""),
    ],
)
def test_a_name_is_written_in_latin_letters(printed, read):
    assert latin(printed) == read


@given(st.text("абвгдеёжзийклмнопрстуфхцчшщъыьэюяАЯЁіїєґ -", max_size=40))
def test_no_cyrillic_letter_is_left(text):
    assert not set(latin(text).lower()) & set("абвгдеёжзийклмнопрстуфхцчшщъыьэюяіїєґ")
