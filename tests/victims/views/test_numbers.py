"""Statistics: numbers counted beforehand, with what is not known."""

import pytest
from django.core.management import call_command

from tests.cast import FLORENSKY, enter, gather

pytestmark = pytest.mark.django_db


def test_a_page_says_that_nothing_was_counted_yet(client):
    assert "have not been counted yet" in client.get("/en/statistics/sex/").content.decode()


def test_a_page_gives_each_value_and_what_is_not_told(client):
    gather(FLORENSKY, status="published")
    enter({"surname": "Неизвестный"}, status="published")
    call_command("count_people")
    told = client.get("/en/statistics/sex/").content.decode()
    assert '<th scope="row">male</th><td>1</td><td>0</td>' in told
    assert '<th scope="row">not told</th><td>1</td><td>0</td>' in told


def test_the_numbers_come_as_a_file(client):
    gather(FLORENSKY, status="published")
    call_command("count_people")
    answer = client.get("/en/statistics/sentenced/?format=csv")
    assert answer["Content-Type"].startswith("text/csv")
    assert "1933-07,1933-07,1,0" in answer.content.decode()


def test_every_dimension_has_a_page_and_nothing_else_has(client):
    start = client.get("/en/statistics/").content.decode()
    assert start.count("/en/statistics/") >= 15
    assert client.get("/en/statistics/shoes/").status_code == 404
