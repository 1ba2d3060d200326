"""Printed forms get the meaning that their words tell where they are first kept; what stays open, stays open."""

import pytest

from tests.telling import a_source, everything, name, put, run, told
from victims.importing.loading import load
from victims.importing.meanings import recognise_again, tally
from victims.importing.readers import Item
from victims.models import Place, PrintedForm, Revision, Sentence, SentenceArticle
from victims.models.checking import differences
from victims.vocabulary import FormState

pytestmark = pytest.mark.usefixtures("reference")

TEXT = (
    "Курбас Александр Степанович, 1887 г. р., уроженец с. Старый Скалат Тернопольской обл., украинец, б/п, "
    "режиссёр. Арестован 26 декабря 1933 г. Особой тройкой УНКВД ЛО 9 октября 1937 г. приговорен по ст. ст. "
    "58-8-11 УК РСФСР к высшей мере наказания. Расстрелян 3 ноября 1937 г."
)


def form(kind, text):
    return PrintedForm.objects.get(kind=kind, text=text)


def meaning(kind, text):
    one = form(kind, text)
    return str(one.state), one.code


def forgotten(**where):
    """Make forms as they were kept before there were dictionaries."""
    PrintedForm.objects.filter(**where).update(state=str(FormState.UNRECOGNISED), code="", body=None)


def test_a_form_has_its_code_beside_the_printed_words():
    (victim,) = put(name("Курбас", nationality="украинец", party="б/п", education="высшее"))
    assert meaning("nationality", "украинец") == ("recognised", "ukrainian")
    assert meaning("party", "б/п") == ("recognised", "none")
    assert meaning("education", "высшее") == ("recognised", "higher")
    assert told(victim)[0]["nationality"] == "украинец"


def test_what_no_dictionary_knows_is_unrecognised_and_what_is_not_told_is_no_form():
    put(name("Курбас", nationality="мухалиджанец", education=None))
    assert meaning("nationality", "мухалиджанец") == ("unrecognised", "")
    assert not PrintedForm.objects.filter(kind="education").exists()


def test_a_place_lies_in_the_region_that_it_plainly_names():
    put(name("Курбас", residence="г. Муром Горьковской обл.", birth={"place": "с. Старый Скалат"}))
    named = Place.objects.get(text="г. Муром Горьковской обл.")
    assert (named.region.slug, str(named.state)) == ("gorky-oblast", "recognised")
    open_ = Place.objects.get(text="с. Старый Скалат")
    assert (open_.region, str(open_.state)) == (None, "unrecognised")


def test_a_body_is_matched_to_the_known_one_that_its_words_mean():
    sentence = {"date": "1937-10-09", "kind": "vmn", "body": "Ос. Тр. УНКВД ЛО"}
    put(name("Курбас", sentences=[sentence]), name("Зеров", sentences=[{**sentence, "body": "тройка"}]))
    kept = {row.body.text: row for row in Sentence.objects.filter(entry__source__slug="book")}
    assert kept["Ос. Тр. УНКВД ЛО"].body.body.slug == "troika-unkvd-leningrad"
    assert (kept["Ос. Тр. УНКВД ЛО"].operation.code, kept["Ос. Тр. УНКВД ЛО"].attribution) == ("00447", "inferred")
    assert (kept["тройка"].body.body, kept["тройка"].operation) == (None, None)
    assert meaning("body", "тройка") == ("unrecognised", "")
    assert list(differences()) == []


def test_a_kind_of_body_alone_is_no_known_body():
    put(name("Зеров", arrests=[{"body": "Вяземским РО УНКВД"}], sentences=[{"body": "Военный трибунал БВО"}]))
    assert meaning("body", "Вяземским РО УНКВД") == ("recognised", "security")
    assert meaning("body", "Военный трибунал БВО") == ("recognised", "tribunal")
    assert form("body", "Вяземским РО УНКВД").body is None
    assert form("body", "Военный трибунал БВО").body is None


@pytest.mark.parametrize("many", [1, 1500])
def test_an_import_keeps_articles_with_their_codes(many):
    load([Item(number, str(number), TEXT) for number in range(many)], a_source())
    articles = SentenceArticle.objects.order_by("sentence", "position")
    assert list(articles.values_list("article__text", "article__code")[:2]) == [
        ("58-8 УК РСФСР", "58-8 RSFSR"),
        ("58 11 УК РСФСР", "58-11 RSFSR"),
    ]
    assert len(articles) == 2 * many
    assert form("body", "Особой тройкой УНКВД ЛО").body.slug == "troika-unkvd-leningrad"
    assert Place.objects.get(text__startswith="с. Старый").state == "unrecognised"  # that oblast is not kept here


def test_kept_forms_are_recognised_again_when_a_dictionary_learns_them():
    put(name("Курбас", nationality="украинец", sentences=[{"date": "1937-10-09", "body": "Ос. Тр. УНКВД ЛО"}]))
    right = everything("Revision")
    forgotten(text__in=["украинец", "Ос. Тр. УНКВД ЛО"])
    Sentence.objects.filter(body__text="Ос. Тр. УНКВД ЛО").update(
        operation=None, attribution="unknown", rule="", sitting=None
    )
    ran = run("printed_forms", "--recognise")
    assert (ran.code, ran.out) == (0, "2 forms recognised\n")
    assert everything("Revision") == right
    assert Revision.objects.order_by("pk").last().why == "the dictionaries of printed forms"
    assert list(differences()) == []
    assert recognise_again() == 0


def test_a_body_that_became_known_later_is_matched():
    put(name("Курбас", sentences=[{"date": "1937-10-09", "body": "Ос. Тр. УНКВД ЛО"}]))
    PrintedForm.objects.filter(text="Ос. Тр. УНКВД ЛО").update(body=None)  # as kept before the body was known
    assert recognise_again(["body"]) == 1
    assert form("body", "Ос. Тр. УНКВД ЛО").body.slug == "troika-unkvd-leningrad"


def test_what_a_person_decided_stays():
    put(name("Курбас", nationality="украинец"))
    PrintedForm.objects.filter(text="украинец").update(code="rusyn")
    assert recognise_again() == 0
    assert form("nationality", "украинец").code == "rusyn"
    PrintedForm.objects.filter(text="украинец").update(code="", state=str(FormState.MEANINGLESS))
    assert recognise_again() == 0


def test_the_unrecognised_are_counted_and_listed():
    schools = ["высшее", "высшее", "студия", "студия", "3 курса университета"]
    put(*(name("Курбас", education=words) for words in schools), name("Зеров"))
    told_of = tally("education")
    assert (told_of["printed"], told_of["printed_recognised"]) == (5, 2)
    assert (told_of["forms"], told_of["recognised"]) == (3, 1)
    ran = run("printed_forms", "--unrecognised", "education")
    assert (ran.code, ran.out) == (0, "2\tстудия\n1\t3 курса университета\n")
    assert run("printed_forms", "--unrecognised", "education", "--limit", "1").out == "2\tстудия\n"
    assert "education\t3\t1\t5\t2\t40.0%\n" in run("printed_forms").out
    assert run("printed_forms", "--unrecognised", "names").code != 0
