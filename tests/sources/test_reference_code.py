"""Archival reference codes, read and written."""

import re
from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sources.reference_code import ReferenceCode, ReferenceCodeError, parse

CODE = ReferenceCode("ГАРФ", "10035", "1", "П-1234", "4 об.")


@pytest.mark.parametrize(
    ("text", "canonical"),
    [
        ("ГАРФ. Ф. 10035. Оп. 1. Д. П-1234. Л. 4 об.", "ГАРФ. Ф. 10035. Оп. 1. Д. П-1234. Л. 4 об."),
        ("ГАРФ, ф. 10035, оп. 1, д. п–1234, л. 4об", "ГАРФ. Ф. 10035. Оп. 1. Д. П-1234. Л. 4 об."),
        ("Ф.1126 Оп.2 Д.930", "Ф. 1126. Оп. 2. Д. 930"),
        ("Ф1126 Оп2 Д930 Л5", "Ф. 1126. Оп. 2. Д. 930. Л. 5"),
        ("ф. Р-7523, оп. 10, д. 11, лл. 4–6 об.", "Ф. Р-7523. Оп. 10. Д. 11. Л. 4–6 об."),
        ("ф. Р 7523, оп. 10, д. 11, лл. 4 - 6, 9", "Ф. Р-7523. Оп. 10. Д. 11. Л. 4–6, 9"),
        ("ЦА ФСБ. Д. П-15477", "ЦА ФСБ. Д. П-15477"),
        ("ЦА ФСБ РФ. Д. Р-33000. Т. 2. Лл. 1, 3 и 5 об.", "ЦА ФСБ РФ. Д. Р-33000. Т. 2. Л. 1, 3, 5 об."),
        ("Ф. 263. Оп. 1. Спр. 4567. Арк. 12 зв.", "Ф. 263. Оп. 1. Д. 4567. Л. 12 об."),
        (
            "ЦДАГО України, ф. 263, оп. 1, спр. 4567, арк. 1–3",
            "ЦДАГО України. Ф. 263. Оп. 1. Д. 4567. Л. 1–3",
        ),
        ("фонд 1, опись 2, дело 3", "Ф. 1. Оп. 2. Д. 3"),
        ("Фонд № 1, опись № 2, ед. хр. 3, листы 4–5", "Ф. 1. Оп. 2. Д. 3. Л. 4–5"),
        ("Архив УФСБ по Томской обл. Д. П-8", "Архив УФСБ по Томской обл. Д. П-8"),
        ("Музей им. Д. Фурманова. Ф. 3. Оп. 1. Д. 2", "Музей им. Д. Фурманова. Ф. 3. Оп. 1. Д. 2"),
        ("ГАРФ. Ф. 5446. Оп. 24 а. Д. 12/3", "ГАРФ. Ф. 5446. Оп. 24 а. Д. 12/3"),
        ("РГАСПИ. Ф. 17. Оп. 162. Д. 21. Л. 89 и об.", "РГАСПИ. Ф. 17. Оп. 162. Д. 21. Л. 89, 89 об."),
        ("GARF, f. 9401, op. 1, d. 20, ll. 4–5", "GARF. Ф. 9401. Оп. 1. Д. 20. Л. 4–5"),
        ("ГДА СБУ. Ф. 16. Оп. 31 (1951). Спр. 95", "ГДА СБУ. Ф. 16. Оп. 31 (1951). Д. 95"),
        ("Архив ФСБ, арх. д. № Р-3100", "Архив ФСБ. Д. Р-3100"),
        ("АП РФ. Ф. 3. Оп. 24. Д. б/н", "АП РФ. Ф. 3. Оп. 24. Д. б/н"),
    ],
)
def test_it_reads_what_archivists_write(text, canonical):
    assert str(parse(text)) == canonical
    assert parse(canonical) == parse(text)


def test_it_names_the_levels():
    assert parse("ГАРФ. Ф. 10035. Оп. 1. Д. П-1234. Л. 4 об.") == CODE


def test_it_writes_ukrainian():
    assert CODE.format("uk") == "ГАРФ. Ф. 10035. Оп. 1. Спр. П-1234. Арк. 4 зв."


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("", "no fonds"),
        ("ГАРФ", "no fonds"),
        ("Л. 4", "no fonds"),
        ("Ф. 1. Ф. 2", "two of fonds"),
        ("Ф. 1. Оп. 2. Д. 3 (копия)", "delo is not a number: '3 (копия)'"),
        ("Ф. 1. Оп. 2. Д. 3. Л. пять", "delo is not a number"),
        ("Ф. 1. Оп. 2. Д. 3. Л. 6–4", "run backwards"),
        ("Ф. 1. Оп. 2. Д. 3. Л. 1–2–3", "not a range"),
        ("Ф. 1. Оп. 2. Д. 3. Л. 4 микрофильм", "leaves are not numbers"),
        ("Ф. 1. Т. 2", "without its delo"),
        ("Д. 930. Л. 4 // ГАРФ", "leaves are not numbers"),
    ],
)
def test_it_says_what_cannot_be_read(text, says):
    with pytest.raises(ReferenceCodeError, match=re.escape(says)):
        parse(text)


letters = st.text("АБВГДЕИКЛМНПРСТФ", min_size=1, max_size=2)
plain = st.integers(1, 99999).map(str)
numbers = plain | st.builds("{}-{}".format, letters, plain) | st.builds("{}/{}".format, plain, plain)
dela = numbers | st.builds("{}. Т. {}".format, numbers, plain) | st.just("б/н")
leaf = st.builds("{}{}".format, st.integers(1, 499), st.sampled_from(["", " об.", "а", "а об."]))
end = st.builds("{}{}".format, st.integers(500, 999), st.sampled_from(["", " об."]))
leaves = st.lists(leaf | st.builds("{}–{}".format, leaf, end), min_size=1, max_size=3).map(", ".join)
repositories = st.sampled_from(["ГАРФ", "ЦА ФСБ РФ", "Архив УФСБ по Томской обл.", "ГДА СБ України"])


@st.composite
def codes(draw):
    fonds = draw(st.none() | numbers)
    opis = draw(st.none() | numbers)
    delo = draw(dela if not (fonds or opis) else st.none() | dela)
    return ReferenceCode(draw(st.none() | repositories), fonds, opis, delo, draw(st.none() | leaves))


@given(codes(), st.sampled_from(["ru", "uk"]))
def test_what_is_written_is_read_back(code, language):
    assert parse(code.format(language)) == code


@given(codes())
def test_plain_spelling_reads_alike(code):
    loose = str(code).lower().replace("–", "-").replace(". ", " ") if not code.repository else str(code)
    assert parse(loose) == code


@given(st.text())
def test_any_text_is_read_or_refused(text):
    with suppress(ReferenceCodeError):
        assert parse(str(parse(text))) == parse(text)
