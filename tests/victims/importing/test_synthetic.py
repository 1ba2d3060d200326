"""Persons who never lived: made by their number, marked everywhere, loaded fast without loosening the database."""

import pytest
from django.core.management import CommandError, call_command
from django.db import IntegrityError, connection, transaction

from victims import synthetic
from victims.importing.synthetic import make_synthetic
from victims.models import Entry, Sitting, Trait, Victim
from victims.models.checking import differences

MADE = Entry.objects.filter(source__slug="synthetic")


def rules() -> set:
    """Return every constraint and index that the database holds."""
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute(
                "SELECT conrelid::regclass::text, conname, pg_get_constraintdef(oid) FROM pg_constraint"
            )
            found = set(cursor.fetchall())
            cursor.execute("SELECT indexname, indexdef FROM pg_indexes WHERE schemaname = 'public'")
            return found | set(cursor.fetchall())
        cursor.execute("SELECT name, sql FROM sqlite_master")
        return set(cursor.fetchall())


@pytest.mark.django_db
class TestAFew:
    def test_they_are_those_of_the_generator_with_their_printed_words(self):
        assert make_synthetic(40, 7) == 40
        expected = {person.item_key: person.text for person in synthetic.persons(40, 7)}
        assert dict(MADE.all().values_list("item_key", "text")) == expected

    def test_every_one_is_published_and_marked_as_synthetic(self):
        make_synthetic(40, 7)
        victims = Victim.objects.filter(entries__in=MADE.all())
        assert set(victims.values_list("status", "synthetic")) == {("published", True)}
        assert set(MADE.all().values_list("synthetic", flat=True)) == {True}

    def test_the_same_again_makes_nobody_and_more_of_them_only_the_rest(self):
        make_synthetic(40, 7)
        assert make_synthetic(40, 7) == 0
        assert make_synthetic(55, 7) == 15
        assert MADE.all().count() == 55

    def test_another_seed_makes_other_persons(self):
        make_synthetic(20, 7)
        assert make_synthetic(20, 8) == 20
        assert MADE.all().count() == 40

    def test_their_records_are_consistent(self):
        make_synthetic(120, 7)
        assert list(differences()) == []

    def test_they_make_no_sitting_of_a_real_body(self, reference):
        before = Sitting.objects.count()
        make_synthetic(300, 7)
        assert Sitting.objects.count() == before

    def test_the_command_refuses_to_make_nobody(self):
        with pytest.raises(CommandError, match="at least 1") as refused:
            call_command("make_synthetic", 0)
        assert refused.value.returncode == 2


@pytest.mark.django_db(transaction=True)
def test_many_are_as_a_few_would_be_and_the_database_keeps_its_rules():
    before = rules()
    assert make_synthetic(900, 7, few=500) == 900
    assert rules() == before
    assert dict(MADE.all().values_list("item_key", "text")) == {
        person.item_key: person.text for person in synthetic.persons(900, 7)
    }
    assert list(differences()) == []
    told = Trait.objects.filter(entry__item_key__in=[f"s7-{number}" for number in range(900)]).count()
    assert told == sum(
        bool(person.record.get(kind))
        for person in synthetic.persons(900, 7)
        for kind in ("nationality", "social_origin", "education", "party", "occupation")
    )
    trait = Trait.objects.first()
    with pytest.raises(IntegrityError), transaction.atomic():
        Trait.objects.filter(pk=trait.pk).update(form_id=10**9)
        connection.check_constraints()
