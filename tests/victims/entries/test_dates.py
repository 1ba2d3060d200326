import pytest
from hypothesis import given
from hypothesis import strategies as st

from memorial import edtf
from victims.entries import dates
from victims.entries.lexicon import fold


@pytest.mark.parametrize(
    ("printed", "expected"),
    [
        ("5 августа 1937 г.", "1937-08-05"),
        ("05.08.1937", "1937-08-05"),
        ("5.8.37 г.", "1937-08-05"),
        ("5.VIII.1937", "1937-08-05"),
        ("00.09.1941", "1941-09"),
        ("в июле 1998 г.", "1998-07"),
        ("в 1930 году", "1930"),
        ("в начале 1937 г.", "1937"),
        ("осенью 1932 г.", "1932-23"),
        ("около 1900 г.", "1900~"),
        ("ок. 1900", "1900~"),
        ("1937 (?)", "1937?"),
        ("1889 или 1890", "[1889,1890]"),
        ("1889/1890", "[1889,1890]"),
        ("2(15) апреля 1887 г.", "1887-04-15"),
        ("15 (2) апреля 1887 г.", "1887-04-15"),
        ("5/18 марта 1917 г.", "1917-03-18"),
        ("15 (16) апреля 1938 г.", "[1938-04-15,1938-04-16]"),
        ("4/5 августа 1937 г.", "[1937-08-04,1937-08-05]"),
        ("1901 (1900)", "[1900,1901]"),
        ("29.05.1888 (по другим данным - 1890)", "[1888-05-29,1890]"),
        ("не ранее августа 1937 г.", "1937-08/.."),
        ("после 1937 г.", "1937/.."),
        ("не позднее 5 мая 1938 г.", "../1938-05-05"),
        ("до декабря 1937 г.", "../1937-12"),
        ("между 23 и 25 октября 1937 г.", "1937-10-23/1937-10-25"),
        ("между августом 1937 г. и мартом 1938 г.", "1937-08/1938-03"),
        ("с 23 по 25 октября 1937 г.", "1937-10-23/1937-10-25"),
        ("23-25.10.1937", "1937-10-23/1937-10-25"),
        ("1930-1931 годах", "1930/1931"),
        ("5 серпня 1937 р.", "1937-08-05"),
        ("у липні 1938 р.", "1938-07"),
        ("не пізніше травня 1938 р.", "../1938-05"),
    ],
)
def test_it_reads_a_date_phrase(printed, expected):
    assert dates.phrase(printed) == expected
    assert edtf.is_valid(expected)


@pytest.mark.parametrize(
    "printed", ["31 июня 1937 г.", "30.02.1938", "29 февраля 1942 г.", "66.06.1956", "5.13.1937"]
)
def test_it_makes_no_date_of_a_day_that_never_was(printed):
    folded = fold(printed)
    assert [one.edtf for one in dates.find(folded, 0, len(folded))] == [None]


@pytest.mark.parametrize("printed", ["ст. 58-10", "д. 12, кв. 24", "№ 1937/5а", "тройка", ""])
def test_it_sees_no_date_where_there_is_none(printed):
    assert dates.phrase(printed) is None


def test_a_year_letter_does_not_eat_the_next_word():
    folded = fold("13 октября 1937 г. Районный отдел")
    (found,) = dates.find(folded, 0, len(folded))
    assert folded[found.start : found.end] == "13 октября 1937 г."


def test_a_short_year_of_birth_is_of_the_century_before():
    folded = fold("12.03.85")
    assert dates.find(folded, 0, len(folded), birth=True)[0].edtf == "1885-03-12"
    assert dates.find(folded, 0, len(folded))[0].edtf == "1985-03-12"


@given(st.text(alphabet="0123456789./-,() гвдоилмартюня?около", max_size=60))
def test_whatever_it_finds_is_valid_and_in_place(text):
    folded = fold(text)
    end = 0
    for found in dates.find(folded, 0, len(folded)):
        assert end <= found.start < found.end <= len(text)
        assert found.edtf is None or edtf.is_valid(found.edtf)
        end = found.end
