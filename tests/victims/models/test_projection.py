"""What is shown of a person: chosen from their entries by one rule, and by the editors' decisions."""

import pytest

from tests.cast import FLORENSKY, KURBAS, MANDELSTAM, SPIRIDONOVA, again, edit, enter, entry, entry_of, gather
from tests.victims.models.portrait import differing, forgotten, portrait
from victims.models import Death, Decision, PrintedForm, Victim
from victims.models.checking import differences
from victims.models.record import Change, Refused, Ruling
from victims.models.values import RecordError

pytestmark = pytest.mark.django_db


def person(*told):
    """Put entries (source, record) into the database as one person."""
    victim = None
    for number, (source, record) in enumerate(told):
        victim = enter({"surname": "Курбас"} | record, source, str(number), victim_id=victim and victim.pk)
    return again(victim)


# --- the default rule ---


def test_a_person_of_one_entry_is_shown_as_it_tells():
    victim = enter(SPIRIDONOVA["martyrology"])
    assert victim.name == "Спиридонова Мария Александровна"
    assert (victim.sex, victim.birth, victim.death, victim.manner) == (
        "female",
        "1884-10-28",
        "1941-09-11",
        "shot",
    )
    assert (victim.birth_place.text, victim.burial_place.text) == ("Тамбов", "Медведевский лес")
    assert (victim.nationality.text, victim.occupation.text) == ("русская", "экономист")
    assert victim.birth_earliest == victim.birth_latest
    assert (victim.status, victim.synthetic, victim.revision) == ("draft", False, 1)


@pytest.mark.parametrize("order", [("martyrology", "lists"), ("lists", "martyrology")])
def test_the_source_nearest_to_the_file_is_asked_first(order):
    victim = person(*((source, {"occupation": f"из {source}"}) for source in order))
    assert victim.occupation.text == "из martyrology"


@pytest.mark.parametrize("order", [("lists", "openlist"), ("openlist", "lists")])
def test_of_sources_as_near_the_first_by_id_is_asked_first(order):
    victim = person(*((source, {"occupation": f"из {source}"}) for source in order))
    assert victim.occupation.text == "из lists"


@pytest.mark.parametrize("order", ["12", "21"])
def test_of_entries_of_one_source_the_first_by_key_is_asked_first(order):
    victim = None
    for key in order:
        victim = enter({"surname": "Курбас", "occupation": key}, key=key, victim_id=victim and victim.pk)
    assert again(victim).occupation.text == "1"


def test_what_the_first_source_does_not_tell_is_taken_from_the_next():
    victim = gather({"martyrology": {"surname": "Мандельштам"}, "lists": MANDELSTAM["lists"]})
    assert (victim.surname, victim.given_name) == ("Мандельштам", "")
    assert (victim.birth, victim.occupation.text) == ("1891", "литератор")


def test_a_name_is_taken_whole_from_one_source():
    victim = person(("martyrology", {"given_name": "Александр"}), ("lists", {"patronymic": "Степанович"}))
    assert victim.name == "Курбас Александр"


def test_a_name_with_a_surname_tells_more_than_one_without():
    victim = person(("martyrology", {"surname": "", "given_name": "Лесь"}), ("lists", {"given_name": "Александр"}))
    assert victim.name == "Курбас Александр"


@pytest.mark.parametrize(
    ("first", "second", "shown"),
    [
        ("1937", "1937-12-08", "1937-12-08"),
        ("1937-12-08", "1937", "1937-12-08"),
        ("1937", "1938-01-01", "1937"),
        ("1937-12-08", "1937-12-09", "1937-12-08"),
        ("[1937,1938]", "1938", "1938"),
        ("../1938", "1937-11/1937-12", "1937-11/1937-12"),
    ],
)
def test_a_more_exact_date_that_agrees_is_shown(first, second, shown):
    victim = person(("martyrology", {"death": {"date": first}}), ("lists", {"death": {"date": second}}))
    assert victim.death == shown


def test_a_person_without_a_printed_surname_is_kept_and_sorted_last():
    nameless = enter({"given_name": "Мария"}, key="1")
    enter(SPIRIDONOVA["lists"])
    assert nameless.name == "Мария"
    assert list(Victim.objects.by_name())[-1] == nameless


def test_a_person_is_synthetic_when_every_entry_is():
    assert enter(KURBAS["lists"], "synthetic", synthetic=True).synthetic
    victim = enter(MANDELSTAM["lists"], "synthetic", synthetic=True)
    assert not enter(MANDELSTAM["martyrology"], victim_id=victim.pk).synthetic


# --- decisions ---


def decide(victim, field, value=None, entry=None, reason="as the file has it"):
    edit(Change(decide=[Ruling(victim.pk, field, reason, entry and entry.pk, value)]))
    return again(victim)


def test_an_editor_chooses_the_entry_that_is_right():
    victim = gather(FLORENSKY)
    assert decide(victim, "death", entry=entry_of(victim, "lists")).death == "1937"
    assert decide(victim, "occupation", entry=entry_of(victim, "lists")).occupation.text == "священник"
    assert list(differences()) == []


OWN = {
    "name": {"surname": "Флоренский", "given_name": "о. Павел"},
    "sex": "female",
    "birth": "1882-01",
    "birth_place": "Евлах",
    "nationality": "русский, армянин",
    "occupation": "профессор",
    "residence": "Сергиев Посад",
    "death": "1937-12-08~",
    "manner": "died",
    "burial_place": "Левашово",
}


@pytest.mark.parametrize("field", OWN)
def test_an_editor_gives_a_value_of_their_own(field):
    victim = decide(gather(FLORENSKY), field, OWN[field])
    if field == "name":
        assert (victim.surname, victim.given_name, victim.patronymic) == ("Флоренский", "о. Павел", "")
    else:
        shown = getattr(victim, field)
        assert getattr(shown, "text", shown) == OWN[field]
    assert list(differences()) == []


def test_printed_words_of_an_editor_stand_in_the_dictionary_once():
    decide(gather(FLORENSKY), "occupation", "профессор")
    decide(gather(KURBAS), "occupation", "профессор")
    form = PrintedForm.objects.get(kind="occupation", text="профессор")
    assert form.state == "recognised"


@pytest.mark.parametrize("field", OWN)
def test_an_editor_says_that_a_value_is_not_known(field):
    victim = decide(gather(FLORENSKY), field, "")
    assert not getattr(victim, field)
    assert list(differences()) == []


def test_a_date_that_is_not_known_has_no_bounds():
    victim = decide(gather(FLORENSKY), "death", "")
    assert (victim.death_earliest, victim.death_latest) == (None, None)


def test_a_decision_is_replaced_and_taken_back():
    victim = gather(FLORENSKY)
    decide(victim, "death", "1938")
    assert decide(victim, "death", "1939").death == "1939"
    assert Decision.objects.filter(victim=victim).count() == 1
    assert decide(victim, "death").death == "1937-12-08"
    assert not Decision.objects.filter(victim=victim).exists()


def test_a_decision_for_an_entry_sleeps_while_the_entry_is_removed_and_comes_back_with_it():
    victim = gather(FLORENSKY)
    lists = entry_of(victim, "lists")
    decide(victim, "occupation", entry=lists)
    edit(Change(remove=[lists.pk]))
    assert again(victim).occupation.text == "священник, философ, учёный"
    assert list(differences()) == []
    edit(Change(put=[entry(FLORENSKY["lists"], "lists")]))
    assert again(victim).occupation.text == "священник"


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("death", "зимой 1937-го"), ("birth", "1882-13"), ("sex", "мужской"), ("manner", "убит"),
        ("name", "Флоренский"), ("name", {"surname": "Ф" * 201}), ("birth_place", 7), ("death", 1937),
    ],
)  # fmt: skip
def test_an_own_value_has_the_form_that_a_record_has(field, value):
    victim = gather(FLORENSKY)
    with pytest.raises((Refused, RecordError)):
        decide(victim, field, value)
    assert again(victim).revision == victim.revision


def test_only_fields_that_are_shown_are_decided():
    with pytest.raises(Refused, match="no field 'hair' to decide on; choose one of name, sex, birth"):
        decide(gather(FLORENSKY), "hair", "grey")


# --- one fact told by several books ---


def deaths(victim):
    """Return {source: source of the entry that told it first, or None} for a person's deaths."""
    rows = Death.objects.filter(victim=victim).select_related("entry__source", "same_as__entry__source")
    return {row.entry.source.slug: row.same_as and row.same_as.entry.source.slug for row in rows}


def died(*told):
    return person(*((source, {"death": {"date": date}}) for source, date in told))


@pytest.mark.parametrize("order", [1, -1])
def test_one_death_told_exactly_and_by_its_year_is_one_death(order):
    victim = died(*[("martyrology", "1937-12-08"), ("lists", "1937")][::order])
    assert deaths(victim) == {"martyrology": None, "lists": "martyrology"}


def test_deaths_that_contradict_each_other_stay_side_by_side():
    assert deaths(died(("martyrology", "1937-12-08"), ("lists", "1937-12-09"))) == {
        "martyrology": None,
        "lists": None,
    }


def test_three_books_tell_one_death():
    assert deaths(gather(FLORENSKY)) == {"martyrology": None, "lists": "martyrology", "openlist": "martyrology"}


def test_two_days_do_not_become_one_because_a_third_book_has_only_the_year():
    victim = died(("case-file", "1937"), ("martyrology", "1937-12-08"), ("lists", "1937-12-09"))
    assert deaths(victim) == {"case-file": None, "martyrology": "case-file", "lists": None}


def test_the_manner_of_death_tells_deaths_apart():
    victim = person(
        ("martyrology", {"death": {"date": "1937", "manner": "shot"}}),
        ("lists", {"death": {"date": "1937", "manner": "died"}}),
        ("openlist", {"death": {"date": "1937"}}),
    )
    assert deaths(victim) == {"martyrology": None, "lists": None, "openlist": "martyrology"}


def test_arrests_without_a_date_are_not_taken_for_one():
    victim = person(
        ("martyrology", {"arrests": [{"body": "ОГПУ"}]}),
        ("lists", {"arrests": [{"body": "ОГПУ"}, {"date": "1933"}]}),
        ("openlist", {"arrests": [{"date": "1933-02"}]}),
    )
    same = victim.arrest_set.exclude(same_as=None).get()
    assert (same.date, same.same_as.date) == ("1933-02", "1933")


def test_two_arrests_of_one_book_are_two():
    victim = person(
        ("martyrology", {"arrests": [{"date": "1937"}]}),
        ("lists", {"arrests": [{"date": "1937-02"}, {"date": "1937-10"}]}),
    )
    assert sorted(victim.arrest_set.filter(same_as=None).values_list("date", flat=True)) == ["1937", "1937-10"]


def test_two_arrests_of_one_book_in_the_same_words_are_two():
    once, twice = {"arrests": [{"date": "1937"}]}, {"arrests": [{"date": "1937"}] * 2}
    victim = person(("martyrology", once), ("lists", twice))
    assert victim.arrest_set.filter(same_as=None).count() == 2


def test_two_books_in_the_same_words_tell_the_same_trait():
    victim = person(
        ("martyrology", {"nationality": "украинец", "party": "б/п"}),
        ("lists", {"nationality": "украинец", "party": "беспартийный"}),
    )
    assert [row.form.text for row in victim.trait_set.exclude(same_as=None)] == ["украинец"]


def test_relatives_and_remarks_are_never_taken_for_the_same():
    victim = person(
        ("martyrology", {"relatives": ["жена"], "notes": ["Место смерти не установлено."]}),
        ("lists", {"relatives": ["жена"], "notes": ["Место смерти не установлено."]}),
    )
    assert not victim.relative_set.exclude(same_as=None).exists()
    assert not victim.remark_set.exclude(same_as=None).exists()


def test_the_book_that_is_asked_first_tells_the_fact_whichever_came_first():
    with forgotten():
        gather(FLORENSKY)
        told = portrait()
    gather(dict(reversed(FLORENSKY.items())))
    assert differing(told, portrait()) == {}


# --- the index of names ---


def names(victim):
    rows = victim.names.select_related("surname", "given", "patronymic")
    parts = [(row.surname, row.given, row.patronymic, row.birth_year) for row in rows]
    return sorted((*(part.norm.replace("-", " ") if part else "" for part in form), year) for *form, year in parts)


def test_a_person_is_found_under_every_form_of_the_name():
    assert names(gather(KURBAS)) == [
        ("курбас", "александр", "степанович", 1887),
        ("курбас", "лесь", "", 1887),
        ("курбас", "лесь", "степанович", 1887),
        ("курбас", "олександр зенон", "", 1887),
    ]


def test_a_name_of_the_editors_own_is_in_the_index_beside_the_printed_ones():
    victim = decide(enter(MANDELSTAM["lists"]), "name", {"surname": "Мандельштамм", "given_name": "Осип"})
    assert names(victim) == [("мандельштам", "иосиф", "эмильевич", 1891), ("мандельштамм", "осип", "", 1891)]


def test_removing_the_entry_removes_its_forms_of_the_name():
    victim = gather(MANDELSTAM)
    edit(Change(remove=[entry_of(victim).pk]))
    assert names(victim) == [("мандельштам", "иосиф", "эмильевич", 1891)]
