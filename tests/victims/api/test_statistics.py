"""Statistics for programs: the numbers that the pages show."""

import pytest
from django.core.management import call_command

from tests.cast import FLORENSKY, KURBAS, enter, gather

pytestmark = pytest.mark.django_db
AT = "/api/v1/statistics/"


@pytest.fixture
def counted(db):
    gather(FLORENSKY, status="published")
    gather(KURBAS, status="published")
    enter({"surname": "Выдуманная", "sex": "female"}, "synthetic", synthetic=True, status="published")
    call_command("count_people")


def test_before_the_people_were_counted_it_says_so(client):
    assert client.get(AT).json()["counted_at"] is None
    assert client.get(f"{AT}sex/").json()["results"] == []


def test_it_lists_what_people_are_counted_by(client, counted):
    told = client.get(AT).json()
    assert told["people"] == 3 and len(told["results"]) == 19
    assert all(client.get(one["url"]).status_code == 200 for one in told["results"])


def test_it_counts_by_one_thing_in_the_language_that_is_asked_for(client, counted):
    told = client.get(f"{AT}sex/", headers={"accept-language": "ru"}).json()
    lists = [one.pop("victims") for one in told["results"]]
    assert lists == [f"http://testserver/api/v1/victims/?sex={sex}" for sex in ("male", "female")]
    assert told["results"] == [
        {"value": "male", "name": "мужской", "certain": True, "lived": 2, "synthetic": 0},
        {"value": "female", "name": "женский", "certain": True, "lived": 0, "synthetic": 1},
    ]
    [unknown] = [one for one in client.get(f"{AT}age/").json()["results"] if one["value"] == "?"]
    assert unknown["certain"] is False


def test_every_number_leads_to_the_list_of_its_people(client, counted):
    seen = 0
    for of in (one["of"] for one in client.get(AT).json()["results"]):
        for one in client.get(f"{AT}{of}/").json()["results"]:
            assert one["victims"], (of, one["value"])
            found = client.get(one["victims"]).json()["results"]
            wider = len(found) - one["lived"] - one["synthetic"]  # dates of which a part falls into a month
            of_dates = of in ("born", "arrested", "sentenced", "died")
            assert wider >= 0 if of_dates else wider == 0, (of, one["value"])
            seen += len(found)
    assert seen > 30


def test_it_counts_by_two_things_of_one_sentence(client, counted):
    told = client.get(f"{AT}sentenced/kind/").json()
    lived = {(one["value"], one["and_value"]): one["lived"] for one in told["results"] if one["certain"]}
    assert lived == {("1933-07", "camp"): 1, ("1937-11", "vmn"): 1, ("1937-10", "vmn"): 1}
    assert told["more"] is False


def test_what_nobody_is_counted_by_is_not_there_and_parameters_are_refused(client):
    for nowhere in ("shoes/", "sex/shoes/", "sex/sex/"):
        assert client.get(AT + nowhere).status_code == 404
    assert client.get(f"{AT}sex/?year=1937").status_code == 400
