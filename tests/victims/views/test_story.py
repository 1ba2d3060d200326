"""A life in plain sentences, those who stood beside the person, and how the record is cited."""

import json
import re

import pytest

from tests.cast import FLORENSKY, SPIRIDONOVA, gather
from tests.telling import a_source, name, put
from tests.victims.views.pages import of, page_of, part_of
from victims.vocabulary import Status

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("reference")]
TROIKA = "Особая тройка УНКВД Ленинградской области"
STORY = "A life in the order of time"


@pytest.fixture
def florensky():
    return gather(FLORENSKY, status=Status.PUBLISHED)


def test_a_life_is_told_from_birth_to_rehabilitation(client, florensky):
    words = part_of(client, florensky, STORY)
    told = ["Born 21 January 1882", "Arrested 21 May 1928", "Arrested (February 1933)", "Sentenced 26 July 1933",
            "Sentenced 25 November 1937; death sentence", "Shot 8 December 1937; aged 55",
            "What the state told the family of the death", "Rehabilitated 5 May 1958"]  # fmt: skip
    places = [words.find(one) for one in told]
    assert -1 not in places
    assert places == sorted(places)


def test_every_sentence_leads_to_its_sources(client, florensky):
    text = client.get(of(florensky)).content.decode().split('class="story">')[1].split("</ol>")[0]
    steps = text.split("<li")[1:]
    assert steps and all('href="#entry-' in step for step in steps)


def test_a_false_notice_stands_beside_the_date_that_sources_tell(client, florensky):
    assert "15 December 1943; sources tell another date: 8 December 1937" in part_of(client, florensky, STORY)


def test_what_no_source_tells_is_said(client):
    [shot] = put(name("Иванов", "Иван", death={"manner": "shot"}))
    words = part_of(client, shot, STORY)
    assert "Shot, on a date that no source tells." in words
    assert "No source here tells: when the person was born; where the person was born" in words
    assert "when the person was shot; where the person is buried" in words


@pytest.mark.parametrize(
    ("sex", "born", "age", "died"),
    [("male", "1882-01-21", "aged 55", "1937-12-08"), ("male", "1882", "aged 54 or 55", "1937"),
     ("female", "1882", "", "1937-12/1938-02"), ("female", "about", "", "1937")],
)  # fmt: skip
def test_an_age_is_told_only_as_far_as_dates_tell_it(client, sex, born, age, died):
    birth = {} if born == "about" else {"birth": {"date": born}}
    [one] = put(name("Иванов", "Иван", sex=sex, death={"date": died, "manner": "shot"}, **birth))
    words = page_of(client, one).words
    assert age in words if age else "aged" not in words


@pytest.mark.parametrize(
    ("at", "of_forty_one", "of_fifty_five"),
    [("/", "в возрасте 40 или 41 года", "в возрасте 54 или 55 лет"),
     ("/uk/", "у віці 40 або 41 року", "у віці 54 або 55 років")],
)  # fmt: skip
def test_an_age_between_two_years_is_worded_by_the_second(client, at, of_forty_one, of_fifty_five):
    young, old = put(*(name("Иванов", birth={"date": born}, death={"date": "1937"}) for born in ("1896", "1882")))
    assert of_forty_one in page_of(client, young, at).words
    assert of_fifty_five in page_of(client, old, at).words


def test_an_arrest_without_a_date_stands_before_the_shooting_and_a_rehabilitation_behind(client):
    [person] = put(
        name("Иванов", arrests=[{"date_printed": "весной того же года"}], death={"date": "1938", "manner": "shot"},
             rehabilitations=[{"body": "суд"}])
    )  # fmt: skip
    words = part_of(client, person, STORY)
    places = [words.index(verb) for verb in ("Arrest", "Sho", "Rehabilitat")]
    assert places == sorted(places)
    done = part_of(client, person, "What was done")
    assert done.index("Arrest") < done.index("Shooting") < done.index("Rehabilitation")


def test_verbs_agree_with_a_woman(client):
    woman = gather(SPIRIDONOVA, status=Status.PUBLISHED)
    assert 'class="story"' in client.get(of(woman, "/")).content.decode()


# --- those beside ---


def shared(surname, number=0):
    return name(
        surname,
        f"{number}",
        birth={"place": "дер. Щукино"},
        residence="пос. Лесной",
        sentences=[{"date": "1937-12-01", "body": TROIKA, "kind": "vmn"}],
        death={"date": "1937-12-02", "manner": "shot", "burial_place": "Бутово"},
    )


def test_those_who_shared_a_fate_are_one_step_away(client):
    first, second, third = put(*(shared("Щукин", number) for number in range(3)))
    put(name("Другой", sentences=[{"date": "1937-12-02", "body": TROIKA}], death={"date": "1937-12-03"}))
    page = page_of(client, first)
    words = part_of(client, first, "Others beside this person")
    for kind in ("Sentenced by the same body on the same day", "Born at a place that is printed in the same words",
                 "Lived at a place that is printed in the same words",
                 "Shot on the same day and shot or buried at the same place"):  # fmt: skip
        assert f"{kind} : 2 people more" in words.replace(kind + ":", f"{kind} :")
    for href in (
        "/en/bodies/troika-unkvd-leningrad/1937-12-01/",
        "/en/browse/days/1937-12-02/butovo/",
        f"/en/browse/places/{first.birth_place_id}/",
        f"/en/browse/places/{first.residence_id}/residents/",
    ):
        assert href in page.hrefs()
        beside = client.get(href).content.decode()
        assert all(one.public_id in beside for one in (first, second, third))
        assert "Другой" not in beside


def test_a_site_where_they_were_shot_joins_them_though_no_burial_is_told(client):
    told = {"death": {"date": "1937-12-02", "manner": "shot", "place": "Бутово"}}
    first, _second = put(name("Первый", **told), name("Второй", **told))
    page = page_of(client, first)
    assert "Shot on the same day and shot or buried at the same place" in page.words
    assert "/en/browse/days/1937-12-02/butovo/" in page.hrefs()


def test_nobody_beside_a_person_makes_no_list(client):
    [alone] = put(shared("Одинцов"))
    assert "Others beside" not in page_of(client, alone).words


# --- citing, and programs ---


def test_a_record_is_cited_in_the_usual_styles(client, florensky):
    words = page_of(client, florensky).words
    address = f"http://testserver/en/victims/{florensky.public_id}/"
    assert "Флоренский Павел Александрович [Электронный ресурс] // Мемориал:" in words
    assert f"URL: {address} (дата обращения: " in words
    assert "“Флоренский Павел Александрович.” Record" in words
    plain = f"Memorial: an open database of the victims of Soviet terror, record {florensky.public_id}, revision "
    assert f"Флоренский Павел Александрович. {plain}" in words and "seen on " in words
    assert f"радянського терору, картка {florensky.public_id}, " in page_of(client, florensky, "/uk/").words


def test_a_reference_is_a_file_for_bibtex(client, florensky):
    answer = client.get(f"/en/victims/{florensky.public_id}/cite.bib")
    text = answer.content.decode()
    assert text.startswith(f"@online{{memorial-{florensky.public_id},")
    assert "{{Флоренский Павел Александрович}}" in text
    assert ".bib" in answer.headers["Content-Disposition"]
    [draft] = put(name("Тайный", "Иван"), status=Status.DRAFT)
    assert client.get(f"/en/victims/{draft.public_id}/cite.bib").status_code == 404


def block(client, victim) -> dict | None:
    found = re.search(r'ld\+json">(.*?)</script>', client.get(of(victim)).content.decode(), re.DOTALL)
    return json.loads(found[1]) if found else None


def test_programs_read_the_person_in_linked_data(client, florensky):
    told = block(client, florensky)
    assert (told["@type"], told["birthDate"], told["deathDate"]) == ("Person", "1882-01-21", "1937-12-08")
    assert told["familyName"] == "Флоренский"


def test_linked_data_cannot_end_its_block_and_names_no_invented_person(client):
    [sly] = put(name("</script><script>alert(1)", "Иван", birth={"date": "1890~"}))
    told = block(client, sly)
    assert told["familyName"].startswith("</script>")
    assert "birthDate" not in told
    [made] = put(name("Вымышленный"), synthetic=True, source=a_source("made", "synthetic"))
    assert block(client, made) is None


def test_a_social_network_is_told_who_the_person_was(client, florensky):
    text = client.get(of(florensky)).content.decode()
    assert '<meta property="og:title" content="Флоренский Павел Александрович">' in text
    assert "Born 21 January 1882" in re.search(r'og:description" content="([^"]*)"', text)[1]
