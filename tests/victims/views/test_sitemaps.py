"""What robots are told: the pages there are, and those to leave alone."""

import re
from urllib.parse import unquote
from xml.etree import ElementTree

import pytest

from tests.telling import a_source, name, put
from victims.models.victim import public_id
from victims.views import sitemaps
from victims.vocabulary import Status

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("reference")]


def addresses(client, path) -> list[str]:
    answer = client.get(path)
    assert answer.status_code == 200
    text = b"".join(answer.streaming_content) if answer.streaming else answer.content
    return [one.text for one in ElementTree.fromstring(text).iter() if one.tag.endswith("loc")]


def test_the_index_names_files_that_are_there(client):
    put(name("Иванов", birth={"place": "дер. Щукино"}, occupation="плотник"))
    files = addresses(client, "/sitemap.xml")
    assert len(files) == 4
    for file in files:
        assert addresses(client, file.removeprefix("http://testserver"))


def test_pages_stand_in_every_language_and_are_there(client):
    found = [one.removeprefix("http://testserver") for one in addresses(client, "/sitemap-pages.xml")]
    assert {"/", "/en/", "/uk/browse/", "/execution-sites/butovo/", "/en/operations/00447/"} <= set(found)
    assert "/statistics/kind/" in found
    assert len(found) == len(set(found)) < 50_000
    for path in [one for one in found if not re.search(r"/days/\d|/uk/", one)][::7]:
        assert client.get(path).status_code == 200, path


def test_surnames_stand_in_it_by_two_letters_as_far_as_somebody_who_lived_bears_them(client):
    put(name("Иванов"))
    put(name("Яшин"), synthetic=True, source=a_source("made", "synthetic"))
    found = [unquote(one) for one in addresses(client, "/sitemap-pages.xml")]
    assert "http://testserver/browse/surnames/Ив/" in found
    assert "http://testserver/browse/surnames/Яш/" not in found
    assert client.get("/browse/surnames/Ив/").status_code == 200


def test_only_those_who_lived_and_are_published_stand_in_it(client, monkeypatch):
    [lived], [draft] = put(name("Иванов")), put(name("Тайный"), status=Status.DRAFT)
    [made] = put(name("Вымышленный"), synthetic=True, source=a_source("made", "synthetic"))
    found = addresses(client, f"/sitemap-people-{lived.pk // sitemaps.RUN}.xml")
    assert f"http://testserver/victims/{lived.public_id}/" in found
    assert not any(public_id(one.pk) in path for one in (draft, made) for path in found)


def test_places_of_birth_and_occupations_stand_in_it_as_far_as_somebody_who_lived_has_them(client):
    [lived] = put(name("Иванов", birth={"place": "дер. Щукино"}, occupation="плотник"))
    put(name("Вымышленный", birth={"place": "дер. Нигде"}, occupation="звездочёт"), synthetic=True,
        source=a_source("made", "synthetic"))  # fmt: skip
    for kind, key in (("places", lived.birth_place_id), ("occupations", lived.occupation_id)):
        file, page = f"{kind}-{key // sitemaps.RUN}", f"{kind}/{key}"
        found = [one.removeprefix("http://testserver") for one in addresses(client, f"/sitemap-{file}.xml")]
        assert f"/browse/{page}/" in found
        for path in found:
            assert "Вымышленный" not in client.get(path).content.decode()


@pytest.mark.parametrize(
    "name",
    ["places-", "occupations-x", "people", "people-", "people-01", "people-x", "pages-1", "people-9999999999"],
)
def test_a_file_that_is_not_of_the_map_is_not_found(client, name):
    assert client.get(f"/sitemap-{name}.xml").status_code == 404


def test_robots_are_led_to_the_map_and_away_from_endless_lists(client):
    text = client.get("/robots.txt").content.decode()
    assert "Sitemap: http://testserver/sitemap.xml" in text
    assert {"Disallow: /victims/?", "Disallow: /en/victims/?", "Disallow: /admin/"} <= set(text.splitlines())
