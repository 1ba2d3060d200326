"""A vocabulary whose words are written when they are used: each once, also where others write the same."""

import pytest
from django.db import connection, transaction

from tests.telling import at_once
from victims.importing.reference import load_reference
from victims.models import NamePart, Place, PrintedForm
from victims.models.dictionary import Dictionary
from victims.models.foreseen import Foreseen
from victims.models.name_keys import wrong_keys

WORDS = {"s": ["курбас", "флоренский"], "place": ["г. Харьков", "Уральская обл."], "article": ["58-10"]}


def foreseen() -> Foreseen:
    with transaction.atomic():
        return Foreseen(WORDS, [])


def add(lookup: Foreseen, used) -> set:
    with transaction.atomic():
        return lookup.add(used)


@pytest.mark.django_db(transaction=True)
class TestAVocabulary:
    def test_only_words_that_were_asked_for_are_written(self):
        lookup = foreseen()
        surname, place = lookup.id("s", "курбас"), lookup.id("place", "г. Харьков")
        assert add(lookup, lookup.used()) == set()
        assert list(NamePart.objects.values_list("pk", "norm")) == [(surname, "курбас")]
        assert list(Place.objects.values_list("pk", "text")) == [(place, "г. Харьков")]
        assert not PrintedForm.objects.exists()
        assert not any(missing or surplus for missing, surplus in wrong_keys())

    def test_a_place_is_kept_with_the_region_that_it_names(self):
        load_reference()
        lookup = foreseen()
        pk = lookup.id("place", "Уральская обл.")
        add(lookup, lookup.used())
        plain = Dictionary()
        plain.missing = {("place", "Уральская обл., с. Красное")}
        with transaction.atomic():
            plain.learn()
        regions = dict(Place.objects.values_list("pk", "region"))
        assert regions[pk] == regions[plain.ids["place", "Уральская обл., с. Красное"]]

    def test_a_word_that_two_were_the_first_to_use_is_written_once(self):
        one = foreseen()
        one.id("s", "курбас")
        used = one.used()
        assert add(one, used) == add(one, used) == set()
        assert NamePart.objects.count() == 1

    def test_a_word_that_is_there_keeps_its_id(self):
        first = foreseen()
        pk = first.id("article", "58-10")
        add(first, first.used())
        again = foreseen()
        assert again.id("article", "58-10") == pk
        assert again.used() == {}

    def test_an_unknown_word_is_missing(self):
        lookup = foreseen()
        assert lookup.id("s", "никто") is None
        assert lookup.missing == {("s", "никто")}

    def test_a_word_that_somebody_else_wrote_meanwhile_is_told_and_not_written_again(self):
        if connection.vendor == "postgresql":
            pytest.skip("PostgreSQL: the dictionary is locked, so nobody writes meanwhile")

        def other():
            dictionary = Dictionary()
            dictionary.missing = {("place", "г. Харьков")}
            with transaction.atomic():
                dictionary.learn()
            return dictionary.ids["place", "г. Харьков"]

        lookup = foreseen()
        ours, alone = lookup.id("place", "г. Харьков"), lookup.id("s", "курбас")
        [theirs] = at_once(other)
        assert add(lookup, lookup.used()) == {("place", "г. Харьков")}
        assert theirs != ours
        assert list(Place.objects.values_list("pk", flat=True)) == [theirs]
        assert list(NamePart.objects.values_list("pk", flat=True)) == [alone]
