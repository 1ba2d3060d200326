"""Sites and lives on a map that asks no other host, and their numbers by month; a table tells the same."""

import pytest
from django.core.management import call_command
from hypothesis import given
from hypothesis import strategies as st

from tests.telling import a_source, name, put
from tests.victims.views.pages import Elements, content, page_of
from victims.views.mapping import HEIGHT, WIDTH, Point, markers, project


@pytest.mark.parametrize(
    ("place", "latitude", "longitude"),
    [("Kaliningrad", 54.7, 20.5), ("Magadan", 59.6, 150.8), ("Dushanbe", 38.5, 68.8), ("Norilsk", 69.3, 88.0)],
)
def test_the_whole_of_the_former_union_lies_on_the_map(place, latitude, longitude):
    x, y = project(latitude, longitude)
    assert 0 <= x <= WIDTH and 0 <= y <= HEIGHT, place


@given(st.lists(st.tuples(st.floats(-90, 90), st.floats(-180, 180)), max_size=12))
def test_no_point_is_drawn_twice_or_beside_the_map(places):
    drawn = markers([Point(number, *place, 1.0, "x") for number, place in enumerate(places, start=1)])
    numbers = [point.number for one in drawn for point in one["points"]]
    assert len(numbers) == len(set(numbers)) <= len(places)
    assert all(0 <= one["x"] <= WIDTH and 0 <= one["y"] <= HEIGHT for one in drawn)


@pytest.mark.django_db
class TestPages:
    pytestmark = pytest.mark.usefixtures("reference")

    def test_every_site_on_the_map_stands_in_the_table(self, client):
        page = content(client.get("/en/execution-sites/"))
        [picture] = page.all("svg")
        assert (picture["role"], picture["aria-label"]) == ("img", "Map of the execution sites")
        assert page.all("image") == [{"href": "/static/map/base.svg", "width": str(WIDTH), "height": str(HEIGHT)}]
        assert "Butovo firing range" in page.words

    def test_numbers_are_drawn_and_written_with_a_point_in_every_language(self, client):
        for at in ("/", "/en/", "/uk/"):
            for circle in Elements(client.get(f"{at}execution-sites/")).all("circle"):
                assert 0 < float(circle["cx"]) < WIDTH

    def test_a_site_tells_its_months(self, client):
        there = {"manner": "shot", "burial_place": "Лисья балка"}
        put(
            name("Иванов", death={"date": "1937-08-24", **there}),
            name("Петров", death={"date": "1937-08", **there}),
            name("Сидоров", death={"date": "1938-03-01", **there}),
            name("Неизвестный", death={"date": "1937", **there}),
        )
        put(name("Придуманный", death={"date": "1938-03-02", **there}), synthetic=True,
            source=a_source("made", "synthetic"))  # fmt: skip
        call_command("count_people")
        page = content(client.get("/en/execution-sites/lisya-balka/"))
        assert "August 1937 2" in page.words and "March 1938 1" in page.words
        assert "/en/victims/?site=lisya-balka&death=1937-08&synthetic=false" in page.hrefs()
        assert len(page.all("rect")) >= 2

    def test_a_life_is_mapped_as_far_as_its_places_are_known(self, client):
        known, unknown = put(
            name("Иванов", death={"manner": "shot", "burial_place": "Лисья балка"}), name("Петров")
        )
        page = page_of(client, known)
        assert "Shooting and burial: Lisya Balka" in page.words
        assert page.all("svg")
        assert not page_of(client, unknown).all("svg")

    def test_the_place_of_a_shooting_is_mapped_where_no_burial_is_told_and_a_death_is_no_shooting(self, client):
        shot, died = put(
            name("Иванов", death={"manner": "shot", "place": "Лисья балка"}),
            name("Петров", death={"manner": "died", "burial_place": "Лисья балка"}),
        )
        assert "Shooting and burial: Lisya Balka" in page_of(client, shot).words
        assert "Death and burial: Lisya Balka" in page_of(client, died).words
