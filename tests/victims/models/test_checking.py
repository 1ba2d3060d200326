"""check_records: what is not as its origins make it is found, and nothing else."""

from datetime import date

import pytest
from django.core.management import call_command
from django.db import connection

from memorial.accounts import Role
from sources.models import Source
from tests.cast import FLORENSKY, KURBAS, MANDELSTAM, SPIRIDONOVA, edit, enter, enter_all, entry_of, gather
from tests.people import keeper
from victims.importing.reference import load_reference
from victims.matching import merge, undo_merge
from victims.models import Arrest, Birth, Death, Decision, Entry, NamePart, PersonName, Revision, Sentence, Victim
from victims.models.checking import differences
from victims.models.record import Change, Ruling

pytestmark = pytest.mark.django_db


@pytest.fixture
def florensky():
    return gather(FLORENSKY, status="published")


def found(*expected):
    """Check that exactly so many differences are found, each telling what is expected of it."""
    lines = list(differences())
    assert len(lines) == len(expected), lines
    for line, words in zip(lines, expected, strict=True):
        for word in words if isinstance(words, tuple) else [words]:
            assert str(word) in line
    return True


def test_reference_data_merges_and_their_undoing_are_consistent():
    load_reference()
    assert load_reference()["changed"] == 0
    known = Victim.objects.get(surname="Флоренский")
    edit(Change(status={victim.pk: "published" for victim in enter_all(FLORENSKY)}))
    made = [
        merge(known, victim, why="one person")
        for victim in Victim.objects.filter(surname="Флоренский").exclude(pk=known.pk)
    ]
    edit(Change(decide=[Ruling(known.pk, "occupation", "his own word", value="профессор")]))
    edit(Change(remove=[entry_of(known, "lists").pk]))
    assert found()
    undo_merge(made[0], why="another person")
    assert found()


def test_nothing_at_all_is_consistent():
    assert found()


def test_a_wrong_bound_is_found(florensky):
    fact = Arrest.objects.get(victim=florensky, date="1928-05-21")
    Arrest.objects.filter(pk=fact.pk).update(date_latest=date(1928, 5, 22))
    assert found((f"Arrest {fact.pk}", "bounds of date '1928-05-21'", "1928-05-22", "1928-05-21"))


def test_a_wrong_bound_of_a_source_is_found():
    load_reference()
    Source.objects.filter(slug="werth-2010").update(issued_earliest=date(2010, 5, 1))
    assert found(("Source", "bounds of issued", "2010-05-01"))


def test_a_date_that_is_none_is_found(florensky):
    fact = Arrest.objects.get(victim=florensky, date="1928-05-21")
    Arrest.objects.filter(pk=fact.pk).update(date="spring")
    assert "is not EDTF" in next(differences())


@pytest.mark.parametrize(
    ("column", "value"),
    [
        ("surname", "Флоринский"), ("given_name", ""), ("sex", "female"), ("manner", "died"), ("sort_key", "u"),
        ("synthetic", True), ("occupation", None),
    ],
)  # fmt: skip
def test_a_wrong_column_of_a_person_is_found(florensky, column, value):
    Victim.objects.filter(pk=florensky.pk).update(**{column: value})
    assert found((f"Victim {florensky.public_id}", column))


def test_a_wrong_date_of_a_person_is_found(florensky):
    Victim.objects.filter(pk=florensky.pk).update(
        death="1937-12-09", death_earliest=date(1937, 12, 9), death_latest=date(1937, 12, 9)
    )
    assert found("death is '1937-12-09', not '1937-12-08'", "death_earliest", "death_latest")


def test_a_decision_that_came_in_by_the_window_is_found(florensky):
    Decision.objects.create(
        victim=florensky, field="manner", value="died", reason="?", at=florensky.revisions.latest("id").at
    )
    assert found("manner is 'shot', not 'died'")


def test_a_missing_form_of_the_name_is_found(florensky):
    PersonName.objects.filter(victim=florensky).first().delete()
    assert found((f"Victim {florensky.public_id}", "the name index"))


def test_an_extra_form_of_the_name_is_found(florensky):
    part = NamePart.objects.filter(kind="s").exclude(norm="флоренский").first()
    PersonName.objects.create(victim=florensky, surname=part)
    assert found("the name index")


def test_a_form_of_the_name_that_stands_twice_is_found(florensky):
    form = PersonName.objects.filter(victim=florensky).first()
    form.pk = None
    form.save(force_insert=True)
    assert found("the name index")


def test_a_form_with_the_wrong_year_of_birth_is_found(florensky):
    PersonName.objects.filter(victim=florensky).update(birth_year=1883)
    assert found("the name index")


def test_a_fact_told_twice_that_is_counted_twice_is_found(florensky):
    fact = Death.objects.get(victim=florensky, date="1937")
    first = fact.same_as_id
    Death.objects.filter(pk=fact.pk).update(same_as=None)
    assert found(f"Death {fact.pk}: is the same fact as None, not {first}")


def test_a_fact_taken_for_anothers_is_found(florensky):
    one, other = Arrest.objects.filter(victim=florensky, same_as=None).order_by("pk")
    Arrest.objects.filter(pk=other.pk).update(same_as=one)
    assert found(f"Arrest {other.pk}: is the same fact as {one.pk}, not None")


def test_a_fact_of_another_person_than_its_entry_is_found(florensky):
    kurbas = enter(KURBAS["martyrology"])
    fact = Birth.objects.filter(victim=florensky).first()
    Birth.objects.filter(pk=fact.pk).update(victim=kurbas)
    assert found((f"Birth {fact.pk}", kurbas.public_id, florensky.public_id))


def test_facts_of_an_entry_that_was_removed_are_found(florensky):
    Entry.objects.filter(victim=florensky, source__slug="openlist").update(removed=True)
    assert any("removed" in line for line in differences())


def test_a_wrong_attribution_of_a_sentence_is_found():
    load_reference()
    sentence = Sentence.objects.filter(attribution="inferred").first()
    Sentence.objects.filter(pk=sentence.pk).update(attribution="unknown", operation=None, rule="")
    assert found((f"Sentence {sentence.pk}", "attribution"))


# --- the chain of the log ---


@pytest.fixture
def log():
    for person in (FLORENSKY, KURBAS, MANDELSTAM, SPIRIDONOVA):
        enter(person["martyrology"])
    return list(Revision.objects.order_by("pk"))


def sql(text, *values):
    with connection.cursor() as cursor:
        cursor.execute(text, values)


@pytest.mark.parametrize(
    ("column", "value"),
    [("why", "another reason"), ("record", "{}"), ("kind", "edit"), ("at", "1937-08-05 00:00:00+00:00")],
)
def test_a_row_that_was_changed_afterwards_is_found(log, column, value):
    sql(f"UPDATE victims_revision SET {column} = %s WHERE id = %s", value, log[1].pk)
    assert found(f"Revision {log[1].pk}: was changed after it was written")


def test_a_change_that_was_put_upon_another_is_found(log):
    sql("UPDATE victims_revision SET by_id = %s WHERE id = %s", keeper(Role.EDITOR).pk, log[1].pk)
    assert found(f"Revision {log[1].pk}: was changed after it was written")


def test_a_row_that_was_deleted_is_found(log):
    sql("DELETE FROM victims_revision WHERE id = %s", log[1].pk)
    assert found((f"Revision {log[2].pk}: follows {log[1].hash[:12]}", f"not {log[0].hash[:12]}"))


def test_the_first_row_that_was_deleted_is_found(log):
    sql("DELETE FROM victims_revision WHERE id = %s", log[0].pk)
    assert found((f"Revision {log[1].pk}: follows {log[0].hash[:12]}", "not nothing"))


def test_the_last_row_that_was_deleted_is_found(log):
    edit(Change(status={log[0].victim_id: "published"}))
    sql("DELETE FROM victims_revision WHERE id > %s", log[-1].pk)
    assert found(f"Victim {log[0].victim.public_id}: has 2 revisions, the log 1")


def test_a_row_written_anew_with_a_fitting_hash_breaks_the_chain_after_it(log):
    row = log[1]
    row.why = "another reason"
    sql("UPDATE victims_revision SET why = %s, hash = %s WHERE id = %s", row.why, row.chained(), row.pk)
    assert found(f"Revision {log[2].pk}: follows {log[1].hash[:12]}")


# --- the command ---


def test_the_command_tells_that_all_is_consistent(florensky, capsys):
    call_command("check_records")
    assert "all is consistent" in capsys.readouterr().out


def test_the_command_tells_what_is_wrong_and_fails(florensky, capsys):
    Victim.objects.filter(pk=florensky.pk).update(sex="female")
    with pytest.raises(SystemExit) as end:
        call_command("check_records")
    assert end.value.code == 1
    assert "sex is 'female', not 'male'\n1 differences." in capsys.readouterr().out
