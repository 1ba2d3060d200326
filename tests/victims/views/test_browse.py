"""Ways to people without a search: every page has an address of its own and asks a bounded question."""

import pytest

from tests.telling import name, put
from tests.victims.views.pages import content, found, link, names
from victims.models import Place, PrintedForm

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("reference")]
TROIKA = "Особая тройка УНКВД Ленинградской области"


def shot(surname, day, **said):
    return name(surname, "Иван", death={"date": day, "manner": "shot"}, **said)


def test_surnames_are_found_letter_by_letter(client):
    ivanov, ivin, other = put(name("Иванов"), name("Ивин"), name("Йозеф"))
    letters = content(client.get("/en/browse/surnames/"))
    assert "/en/browse/surnames/%D0%98/" in letters.hrefs()
    assert "/en/browse/surnames/%D0%90/" not in letters.hrefs()
    assert found(client.get("/en/browse/surnames/Ив/")) == [ivanov.public_id, ivin.public_id]
    assert found(client.get("/en/browse/surnames/Ива/")) == [ivanov.public_id]
    assert found(client.get("/en/browse/surnames/Й/")) == [other.public_id]


def test_ukrainian_letters_are_named_by_the_letters_that_they_are_sorted_as(client):
    put(name("Іваненко"), name("Ївга"), name("Єфремов"), name("Ґалаґан"))
    words = content(client.get("/uk/browse/surnames/")).words
    assert "Г Ґ" in words and "Е Є" in words and "И І Ї" in words
    assert "Ґ" not in content(client.get("/browse/surnames/")).words
    for begins, surname in (("И", "Іваненко"), ("И", "Ївга"), ("Е", "Єфремов"), ("Г", "Ґалаґан")):
        assert surname in names(client.get(f"/uk/browse/surnames/{begins}/"))
    assert "И І Ї" in content(client.get("/uk/browse/")).words


def test_a_list_goes_on_where_the_page_ends(client):
    people = put(*(name("Иванов", f"{number:02}") for number in range(25)))
    first = client.get("/en/browse/surnames/Ив/")
    second = client.get("/en/browse/surnames/Ив/" + link(first, "next"))
    assert found(first) + found(second) == [one.public_id for one in people]
    assert found(client.get("/en/browse/surnames/Ив/" + link(second, "prev"))) == found(first)
    assert client.get("/en/browse/surnames/Ив/?after=nowhere").status_code == 404


@pytest.mark.parametrize("begins", ["ив", "ИВ", "Ивано", "I", "%27", "Ив%00"])
def test_what_is_no_beginning_of_a_surname_has_no_page(client, begins):
    assert client.get(f"/en/browse/surnames/{begins}/").status_code == 404


def test_a_day_of_the_year_names_those_shot_on_it_in_any_year(client):
    a, b, _c, _d = put(
        shot("Абрамов", "1937-12-10"),
        shot("Белов", "1938-12-10"),
        shot("Волков", "1937-12-11"),
        shot("Гусев", "1937-12"),
    )
    page = client.get("/en/browse/days/12-10/")
    assert found(page) == [a.public_id, b.public_id]
    assert "/en/browse/days/1938-12-10/" in content(page).hrefs()
    assert found(client.get("/en/browse/days/1938-12-10/")) == [b.public_id]
    assert "Nobody is recorded here yet" in content(client.get("/en/browse/days/01-01/")).words


@pytest.mark.parametrize("day", ["02-30", "1937-02-29", "1937-13-01", "00-00", "0000-01-01"])
def test_a_day_that_never_was_has_no_page(client, day):
    assert client.get(f"/en/browse/days/{day}/").status_code == 404


def test_the_calendar_leads_to_every_day(client):
    hrefs = [href for href in content(client.get("/en/browse/days/")).hrefs() if "/days/" in href]
    assert len(hrefs) == 366
    assert "/en/browse/days/02-29/" in hrefs


def test_a_place_of_birth_is_found_by_its_words_and_names_its_people(client):
    one, _other = put(
        name("Иванов", birth={"place": "дер. Щукино, Тверская губ."}), name("Петров", birth={"place": "Тверь"})
    )
    place = Place.objects.get(text__startswith="дер. Щукино")
    page = content(client.get("/en/browse/places/?words=щукино+тверская"))
    assert f"/en/browse/places/{place.pk}/" in page.hrefs()
    assert found(client.get(f"/en/browse/places/{place.pk}/")) == [one.public_id]
    assert "No place of birth is printed so" in content(client.get("/en/browse/places/?words=нигде")).words
    assert client.get("/en/browse/places/999999/").status_code == 404


def test_those_born_and_those_living_at_a_place_lead_to_each_other(client):
    born, lived = put(name("Иванов", birth={"place": "Щукино"}), name("Петров", residence="Щукино"))
    at = f"/en/browse/places/{born.birth_place_id}/"
    for here, beside, person in ((at, f"{at}residents/", born), (f"{at}residents/", at, lived)):
        answer = client.get(here)
        assert found(answer) == [person.public_id]
        assert beside in content(answer).hrefs()
    [other] = put(name("Попов", residence="Тверь"))
    assert client.get(f"/en/browse/places/{other.residence_id}/").status_code == 404
    alone = client.get(f"/en/browse/places/{other.residence_id}/residents/")
    assert "Who was born there" not in content(alone).words
    assert client.get("/en/browse/places/999999/residents/").status_code == 404


def test_an_occupation_is_found_by_its_letters(client):
    one, _other = put(name("Иванов", occupation="пчеловод"), name("Петров", occupation="плотник"))
    form = PrintedForm.objects.get(text="пчеловод")
    assert "/en/browse/occupations/%D0%BF%D1%87/" in content(client.get("/en/browse/occupations/п/")).hrefs()
    assert "пчеловод" in content(client.get("/en/browse/occupations/пч/")).words
    assert found(client.get(f"/en/browse/occupations/{form.pk}/")) == [one.public_id]
    assert client.get("/en/browse/occupations/пче/").status_code == 404


def test_a_region_shows_what_became_of_it_and_what_lies_in_it(client):
    page = content(client.get("/en/browse/regions/"))
    assert "/en/browse/regions/karelian-assr/" in page.hrefs()
    shown = content(client.get("/en/browse/regions/karelian-assr/"))
    assert any("/execution-sites/" in href for href in shown.hrefs())


def test_a_sitting_names_those_who_were_sentenced(client):
    one, _other = put(
        name("Иванов", sentences=[{"date": "1937-12-01", "body": TROIKA}]),
        name("Петров", sentences=[{"date": "1937-12", "body": TROIKA}]),
    )
    assert found(client.get("/en/bodies/troika-unkvd-leningrad/1937-12-01/")) == [one.public_id]


@pytest.mark.parametrize("count", [1, 20])
def test_a_page_asks_as_much_for_one_person_as_for_twenty(client, django_assert_max_num_queries, count):
    people = put(
        *(
            shot("Иванов", "1937-12-08", occupation="пчеловод", birth={"place": "Щукино"}, residence="Щукино")
            for _ in range(count)
        )
    )
    addresses = [
        *("/browse/", "/browse/surnames/", "/browse/surnames/Ив/", "/browse/days/12-08/", "/browse/regions/"),
        *("/browse/days/1937-12-08/", "/browse/occupations/пч/"),
        f"/browse/places/{people[0].birth_place_id}/",
        f"/browse/places/{people[0].birth_place_id}/residents/",
        f"/browse/occupations/{people[0].occupation_id}/",
    ]
    for address in addresses:
        with django_assert_max_num_queries(8 if "/places/" in address else 6):
            assert client.get(address).status_code == 200


def test_regions_are_named_and_sorted_in_the_language_of_the_page(client):
    ukrainian = content(client.get("/uk/browse/regions/")).words
    told = [ukrainian.index(name) for name in ("Азербайджанська РСР", "Вінницька область", "Вірменська РСР")]
    assert told == sorted(told)
    assert "Kharkov Oblast" in content(client.get("/en/browse/regions/")).words
    assert "Харківська область" in content(client.get("/uk/operations/00447/")).words
