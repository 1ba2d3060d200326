"""Dates at the desk: written as people and cards write them, understood at once, refused where in doubt."""

import pytest
from django.urls import reverse

from memorial.accounts import Role
from tests.cast import enter, entry_of
from tests.forms import form_of
from tests.people import keeper
from tests.telling import a_source, told
from victims.models import Document, Victim

pytestmark = pytest.mark.django_db
ADD = "/en/admin/victims/victim/add/"


@pytest.fixture
def editor(client):
    client.force_login(keeper(Role.EDITOR))
    return client


def sent(client, address: str, **filled):
    return client.post(address, form_of(client.get(address), "victim_form") | filled | {"_save": ""})


def keyed(client, **fields):
    """Send a new card with these fields."""
    return sent(client, ADD, **{"new-source": a_source().slug, "new-surname": "Иванов"}, **fields)


def beside(answer, name: str) -> str:
    """Return what the page shows with a field."""
    return answer.content.decode().split(f'name="{name}"')[1].split('class="desk-field')[0]


@pytest.mark.parametrize(
    ("typed", "date"),
    [
        ("5.8.1937", "1937-08-05"),
        ("5.8.37", "1937-08-05"),
        ("5 авг. 37 г.", "1937-08-05"),
        ("осень 37", "1937-23"),
        ("25/08/1937", "1937-08-25"),
        ("5 августа 1937 г.", "1937-08-05"),
        ("5.VIII.1937", "1937-08-05"),
        ("авг. 1937", "1937-08"),
        ("осень 1937", "1937-23"),
        ("1937 г.", "1937"),
        ("около 1937", "1937~"),
        ("1937 (?)", "1937?"),
        ("между 1936 и 1938", "1936/1938"),
        ("23-25 октября 1937", "1937-10-23/1937-10-25"),
        ("не ранее октября 1937", "1937-10/.."),
        ("1937 или 1938", "[1937,1938]"),
        ("1930-е", "193X"),
        ("5 серпня 1937 р.", "1937-08-05"),
        ("близько 1937", "1937~"),
        ("не пізніше 1938", "../1938"),
        ("5 August 1937", "1937-08-05"),
        ("August 5, 1937", "1937-08-05"),
        ("autumn 1937", "1937-23"),
        ("about 1937", "1937~"),
        ("not before 1937", "1937/.."),
    ],
)
def test_a_date_is_keyed_as_the_card_writes_it_and_its_words_are_kept(editor, typed, date):
    assert keyed(editor, **{"new-arrests-0-date": typed}).status_code == 302
    [record] = told(Victim.objects.get())
    assert record["arrests"] == [{"date": date, "date_printed": typed}]


@pytest.mark.parametrize("typed", ["٥.٨.١٨٩٠", "５.８.１８９０"])
def test_a_year_is_written_out_in_whatever_digits_it_stands(editor, typed):
    assert keyed(editor, **{"new-birth-0-date": typed}).status_code == 302
    assert told(Victim.objects.get())[0]["birth"] == {"date": "1890-08-05", "date_printed": typed}


def test_edtf_is_taken_as_it_is(editor):
    assert keyed(editor, **{"new-arrests-0-date": "1937-08/1938-11"}).status_code == 302
    assert told(Victim.objects.get())[0]["arrests"] == [{"date": "1937-08/1938-11"}]


def test_words_that_somebody_gave_stay_and_those_of_the_former_date_go_with_it(editor):
    victim = enter({"surname": "Иванов", "arrests": [{"date": "1937-08-05", "date_printed": "5 авг. 37 г."}]})
    here = reverse("admin:victims_victim_change", args=[victim.pk])
    date = f"entry-{entry_of(victim).pk}-arrests-0-date"
    sent(editor, here, **{date: "6 августа 1937"})
    assert told(victim)[0]["arrests"] == [{"date": "1937-08-06", "date_printed": "6 августа 1937"}]
    sent(editor, here, **{date: "7.8.1937", f"{date}_printed": "седьмого августа"})
    assert told(victim)[0]["arrests"] == [{"date": "1937-08-07", "date_printed": "седьмого августа"}]
    sent(editor, here, **{date: "8.8.1937"})
    assert told(victim)[0]["arrests"] == [{"date": "1937-08-08", "date_printed": "седьмого августа"}]


@pytest.mark.parametrize(
    ("field", "typed", "remedy"),
    [
        ("arrests-0-date", "31.02.1938", "There is no such day: February 1938 has 28 days"),
        ("arrests-0-date", "31 июня 1938", "June 1938 has 30 days. If the day is not known: 1938-06."),
        ("arrests-0-date", "1938-02-31", "February 1938 has 28 days"),
        ("arrests-0-date", "5/8/1937", "5 August 1937 or 8 May 1937"),
        ("arrests-0-date", "5/8/37", "5 August 1937 or 8 May 1937"),
        ("arrests-0-date", "5.8.02", "1902 or 2002? Write all four."),
        ("arrests-0-date", "августа 25", "write 5.8.1937, August 1937"),
        ("birth-0-date", "5 авг. 37", "1837 or 1937? Write all four."),
        ("birth-0-date", "5.8.37", "1837 or 1937? Write all four."),
        ("arrests-0-date", "5 августа", "write 5.8.1937, August 1937"),
        ("arrests-0-date", "весной того же года", "write its words under “Date as printed”"),
        ("official_notices-0-given", "37", "write 5.8.1937, August 1937"),
    ],
)
def test_what_is_no_date_or_may_be_two_is_refused_beside_its_field(editor, field, typed, remedy):
    answer = keyed(editor, **{f"new-{field}": typed})
    assert answer.status_code == 422
    assert remedy in beside(answer, f"new-{field}")
    assert form_of(answer, "victim_form")[f"new-{field}"] == typed
    assert not Victim.objects.exists()


@pytest.mark.parametrize(
    ("language", "words"), [("", "около 1890 г."), ("/en", "about 1890"), ("/uk", "близько 1890 р.")]
)
def test_what_is_understood_is_told_at_once_in_the_language_of_the_page(editor, language, words):
    here = f"{language}/admin/victims/victim/reading/"
    assert editor.get(here, {"text": "ок. 1890"}).json() == {"reading": words, "valid": True, "problem": ""}
    wrong = editor.get(here, {"text": "5.8.37", "of": "birth"}).json()
    assert (wrong["reading"], wrong["valid"]) == ("", False) and "1837" in wrong["problem"]
    assert editor.get(here, {"text": " "}).json() == {"reading": "", "valid": True, "problem": ""}


@pytest.mark.parametrize(("typed", "term"), [("10 лет", "P10Y"), ("1,5 года", "P1Y6M"), ("P3Y6M", "P3Y6M")])
def test_a_term_is_keyed_as_the_card_writes_it(editor, typed, term):
    assert keyed(editor, **{"new-sentences-0-term": typed}).status_code == 302
    assert told(Victim.objects.get())[0]["sentences"] == [{"term": term}]


@pytest.mark.parametrize("typed", ["долго", "10 лет и 5 лет поражения в правах"])
def test_what_is_no_single_term_is_refused_beside_its_field(editor, typed):
    answer = keyed(editor, **{"new-sentences-0-term": typed})
    assert answer.status_code == 422 and "This is no term: write" in beside(answer, "new-sentences-0-term")


def test_a_form_that_comes_back_tells_what_was_understood(editor):
    answer = keyed(editor, **{"new-arrests-0-date": "авг. 1937", "new-age": "900"})
    assert "August 1937" in beside(answer, "new-arrests-0-date")


def test_reference_data_takes_dates_as_they_are_written(editor):
    here = reverse("admin:victims_document_add")
    said = {"slug": "order", "kind": "order", "title_en": "Order", "source": a_source().pk}
    data = form_of(editor.get(here), "document_form") | said
    wrong = editor.post(here, data | {"date": "31 июня 1937"})
    assert "июнь 1937 г., дней: 30" in wrong.content.decode()
    assert editor.post(here, data | {"date": "30 июля 1937 г."}).status_code == 302
    assert Document.objects.get().date == "1937-07-30"
