"""The fast ways in: rows that come unchecked are checked together, and ids are nobody else's."""

import pytest
from django.db import IntegrityError, connection, transaction

from tests.cast import FLORENSKY, enter, entry_of
from victims.models import Trait, Victim
from victims.models.bulk import first_load, insert, next_ids

COLUMNS = ("entry_id", "victim_id", "position", "same_as_id", "note", "kind", "form_id")


@pytest.mark.django_db(transaction=True)
def test_a_code_that_is_none_does_not_pass_with_very_many_rows():
    victim = enter(FLORENSKY["martyrology"])
    row = (entry_of(victim).pk, victim.pk, 90, None, "", "nonsense", None)
    with pytest.raises(IntegrityError), first_load([Trait]):
        insert(Trait, COLUMNS, [row])
    if connection.vendor == "sqlite":  # where commits are the caller's, the row is there to be looked at
        Trait.objects.filter(kind="nonsense").delete()
    with pytest.raises(IntegrityError), transaction.atomic():  # and rows that come one by one are checked again
        insert(Trait, COLUMNS, [row])


@pytest.mark.django_db
def test_ids_are_given_out_once():
    taken = [next_ids(Victim, count) for count in (3, 1, 1000, 0, 2)]
    every = [pk for block in taken for pk in block]
    assert [len(block) for block in taken] == [3, 1, 1000, 0, 2]
    assert len(set(every)) == len(every)
    assert enter(FLORENSKY["martyrology"]).pk not in every
