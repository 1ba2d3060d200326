"""Public ids: short, permanent, safe to read aloud and to copy by hand."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.cast import MANDELSTAM, enter
from victims.models import Victim
from victims.models.victim import ALPHABET, from_public_id, public_id

numbers = st.integers(1, 12_000_000) | st.integers(1, 2**60 - 1)


@given(numbers)
def test_the_id_leads_back_to_the_record(number):
    assert from_public_id(public_id(number)) == number


@given(numbers)
def test_one_wrong_character_never_leads_to_somebody_else(number):
    written = public_id(number)
    misread = [written[:at] + char + written[at + 1 :] for at in range(len(written)) for char in ALPHABET]
    assert {from_public_id(text) for text in misread} <= {number, None}


@given(numbers)
def test_two_characters_swapped_never_lead_to_somebody_else(number):
    written = public_id(number)
    for at, (one, other) in enumerate(pairwise(written)):
        assert from_public_id(written[:at] + other + one + written[at + 2 :]) in (number, None)


@given(numbers)
def test_the_id_is_read_however_it_was_copied(number):
    written = public_id(number)
    assert from_public_id(written.lower()) == number
    assert from_public_id(f" {written[:2]}-{written[2:]} ") == number
    assert from_public_id(written.replace("1", "l").replace("0", "o")) == number
    assert from_public_id(written.replace("1", "I")) == number


@pytest.mark.parametrize(
    "text", ["", "0", "00000", "U0001", "0001", "кто это", "1" * 15, "0001Z" * 3, "000\0", "٣٣٣٣٣"]
)
def test_what_is_no_id_leads_to_nobody(text):
    assert from_public_id(text) is None


def test_ids_are_short():
    assert len(public_id(1)) == len(public_id(32**4 - 1)) == 5
    assert len(public_id(12_000_000)) == 6


@pytest.mark.django_db
def test_a_record_is_called_by_its_name_or_else_by_its_id():
    known, nameless = enter(MANDELSTAM["martyrology"]), enter({"occupation": "поэт"}, key="1")
    assert str(known) == "Мандельштам Осип Эмильевич"
    assert str(nameless) == nameless.public_id


@pytest.mark.django_db
def test_records_are_asked_for_by_their_status():
    shown, draft = enter(MANDELSTAM["martyrology"], status="published"), enter(MANDELSTAM["lists"], "lists")
    assert list(Victim.objects.published()) == [shown]
    assert list(Victim.objects.live().by_name()) == [draft, shown]
