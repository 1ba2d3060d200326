"""Dates as people type them into a box, and what is left as it was typed."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from memorial import edtf
from victims.search.dates import as_edtf


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ("1937", "1937"),
        ("1937 г.", "1937"),
        ("в 1937 году", "1937"),
        ("5.8.1937", "1937-08-05"),
        ("05/08/1937", "1937-08-05"),
        ("8.1937", "1937-08"),
        ("август 1937", "1937-08"),
        ("в августе 1937 года", "1937-08"),
        ("5 августа 1937 г.", "1937-08-05"),
        ("5 серпня 1937 р.", "1937-08-05"),
        ("5 August 1937", "1937-08-05"),
        ("August 5, 1937", "1937-08-05"),
        ("5. August 1937", "1937-08-05"),
        ("31 травня 1938", "1938-05-31"),
        ("1 мая 1938", "1938-05-01"),
        ("1937-1938", "1937/1938"),
        ("1937–1938", "1937/1938"),
        ("с 1937 по 1938", "1937/1938"),
        ("from August 1937 to 17.11.1938", "1937-08/1938-11-17"),
        ("між 1937 і 1938", "1937/1938"),
        ("1897±2", "1895/1899"),
        ("1897 +- 2", "1895/1899"),
        ("до 1937", "../1937"),
        ("после 5.8.1937", "1937-08-05/.."),
        ("since 1937", "1937/.."),
        ("not before 1937", "1937/.."),
        ("not later than 1937", "../1937"),
        ("около 1890 г.", "1890~"),
        ("c. 1890", "1890~"),
        ("about August 1937", "1937-08~"),
        ("1890 or 1889", "[1889,1890]"),
        ("осень 1937", "1937-23"),
        ("in spring 1938", "1938-21"),
        ("1930-е гг.", "193X"),
        ("1930s", "193X"),
    ],
)
def test_a_date_is_read_as_people_write_it(typed, read):
    assert as_edtf(typed) == read
    assert edtf.is_valid(read)


@pytest.mark.parametrize(
    "typed",
    ["вчера", "1937-08-05", "1937-08/1938-11", "1938/..", "../1936", "1937-13", "5.8.37", "32.8.1937",
     "5 осени 1937", "1937~", "", "августа", "5 пятнабря 1937", "1937 " * 40],
)  # fmt: skip
def test_what_is_edtf_or_is_not_understood_stays_as_it_was_typed(typed):
    assert as_edtf(typed) == typed


@given(st.text())
def test_no_text_breaks_it(typed):
    assert isinstance(as_edtf(typed), str)
