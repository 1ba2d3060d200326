"""Statistics: numbers counted beforehand, drawn and in tables, with what is not known."""

import csv
import io
import re

import pytest
from django.core.management import call_command

from tests.cast import FLORENSKY, KURBAS, enter, gather
from tests.telling import name, put
from tests.victims.views.pages import Elements, content, found
from tests.victims.views.test_reference import rows
from victims.statistics.cubes import one_way

pytestmark = pytest.mark.django_db


def published(*people: dict) -> None:
    for person in people:
        gather(person, status="published")
    call_command("count_people")


def read(answer) -> list[list[str]]:
    assert answer["Content-Type"].startswith("text/csv")
    return list(csv.reader(io.StringIO(answer.content.decode())))


def test_a_page_says_that_nothing_was_counted_yet(client):
    for address in ("/en/statistics/", "/en/statistics/sex/", "/en/statistics/sentenced/kind/"):
        assert "have not been counted yet" in client.get(address).content.decode()


def test_a_page_gives_each_value_and_what_is_not_told(client):
    enter({"surname": "Неизвестный"}, status="published")
    enter({"surname": "Выдуманная", "sex": "female"}, "synthetic", synthetic=True, status="published")
    published(FLORENSKY)
    told = rows(client.get("/en/statistics/sex/"))
    assert told["male"] == ["male", "1", "", "0"]
    assert told["female"] == ["female", "0", "", "1"]
    assert told["not told"] == ["not told", "1", "", "0"]


def test_a_number_leads_to_the_people_whom_it_counts(client):
    published(FLORENSKY, KURBAS)
    for of, people in {"sex": 2, "born": 2, "sentenced": 1, "kind": 2, "died": 2}.items():
        page = content(client.get(f"/en/statistics/{of}/"))
        lists = [href for href in page.hrefs() if href.startswith("/en/victims/?")]
        assert lists and len(found(client.get(lists[0]))) == people


def test_months_are_drawn_as_columns_that_can_be_read_and_followed(client):
    published(FLORENSKY, KURBAS)
    page = Elements(client.get("/en/statistics/sentenced/"))
    named = [link["aria-label"] for link in page.all("a") if "aria-label" in link]
    assert named == ["October 1937: 1", "November 1937: 1", "1933: 1", "1937: 2"]
    assert [svg["aria-labelledby"] for svg in page.all("svg") if svg.get("role") == "group"] == ["months", "years"]
    assert not any("style" in attributes for _tag, attributes in page.elements)


def test_a_year_has_its_months_at_an_address_of_its_own(client):
    published(FLORENSKY)
    told = rows(client.get("/en/statistics/sentenced/?year=1933"))
    assert told["July 1933"][1] == "1" and "November 1937" not in told
    for wrong in ("/en/statistics/sentenced/?year=вчера", "/en/statistics/sex/?year=1937"):
        assert client.get(wrong).status_code == 404


def test_two_things_at_once_are_those_of_one_sentence(client):
    published(FLORENSKY)
    answer = client.get("/en/statistics/sentenced/kind/")
    assert rows(answer)["Month of sentence"] == ["Month of sentence", "camp", "death sentence"]
    assert rows(answer)["November 1937"] == ["November 1937", "0", "1"]
    [people] = [href for href in content(answer).hrefs() if "kind=vmn" in href]
    assert people == "/en/victims/?sentence=1937-11&kind=vmn&synthetic=false"
    assert len(found(client.get(people))) == 1
    turned = rows(client.get("/en/statistics/kind/sentenced/"))
    assert turned["Kind of sentence"][1:] == ["November 1937"]
    assert turned["camp"][1:] == ["0"]


def test_the_numbers_come_as_a_file(client):
    enter({"surname": "Выдуманная", "sex": "female"}, "synthetic", synthetic=True, status="published")
    published(FLORENSKY)
    assert read(client.get("/en/statistics/sex/?format=csv")) == [
        ["sex", "sex: name", "people", "synthetic"],
        ["male", "male", "1", "0"],
        ["female", "female", "0", "1"],
    ]
    both = read(client.get("/statistics/sentenced/kind/?format=csv"))
    assert ["1937-11", "ноябрь 1937 г.", "vmn", "высшая мера наказания", "1", "0"] in both


@pytest.mark.usefixtures("reference")
def test_regions_sites_and_bodies_are_named_in_the_language_of_the_page(client):
    published(KURBAS)
    assert "Sandarmokh" in rows(client.get("/en/statistics/site/"))
    assert "Сандармох" in rows(client.get("/statistics/site/"))
    name = "Special troika of the NKVD Directorate for Leningrad Oblast"
    assert name in rows(client.get("/en/statistics/sentenced_by/"))
    assert "№ 00447: inferred by a named rule" in rows(client.get("/en/statistics/attribution/"))


@pytest.mark.usefixtures("reference")
def test_every_kind_of_body_leads_to_those_whom_it_counts(client):
    published(FLORENSKY, KURBAS)
    put(name("Первый", sentences=[{"body": "районная тройка"}]), name("Второй"))
    published()
    hrefs = [href for href in content(client.get("/en/statistics/body/")).hrefs() if "body_kind=" in href]
    told = {kind: number for kind, number in one_way("body").items() if len(kind) > 1}
    assert "district_troika" in told
    assert len(hrefs) == len(told) >= 2
    for href in hrefs:
        kind = re.search("body_kind=([a-z_]+)", href)[1]
        assert len(found(client.get(href))) == told[kind]


@pytest.mark.usefixtures("reference")
def test_a_person_of_an_operation_and_of_its_part_counts_once_in_the_whole(client):
    put(
        name("Первый", sentences=[{"date": "1938-03-01", "operation": "00447-camps"}]),
        name("Второй", sentences=[
            {"date": "1937-12-01", "operation": "00447"}, {"date": "1938-03-01", "operation": "00447-camps"},
        ]),
    )  # fmt: skip
    published()
    told = one_way("operation")
    assert told["00447-camps"] == 2
    assert told["00447"] == len(found(client.get("/en/victims/?operation=00447&synthetic=false")))
    assert one_way("attribution")["00447 printed"] == 2
    page = content(client.get("/en/statistics/operation/attribution/"))
    lists = [href for href in page.hrefs() if "attribution=printed" in href]
    assert [len(found(client.get(href))) for href in lists] == [2, 2]


def test_every_dimension_and_every_pair_has_a_page_and_nothing_else_has(client, django_assert_max_num_queries):
    published(FLORENSKY)
    start = content(client.get("/en/statistics/")).hrefs()
    dimensions = [href for href in start if re.fullmatch(r"/en/statistics/\w+/", href)]
    assert len(dimensions) == 19
    for address in dimensions:
        pairs = [href for href in content(client.get(address)).hrefs() if re.fullmatch(rf"{address}\w+/", href)]
        assert len(pairs) == 18
        for pair in pairs[:4]:
            with django_assert_max_num_queries(12):
                assert client.get(pair).status_code == 200
    for nowhere in ("shoes", "sex/shoes", "sex/sex"):
        assert client.get(f"/en/statistics/{nowhere}/").status_code == 404
