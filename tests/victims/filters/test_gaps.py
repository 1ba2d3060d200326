"""Lists of those of whom something is not known, and by age: the people whom the statistics count."""

import re
from html import unescape
from urllib.parse import parse_qs, urlsplit

import pytest
from django.core.management import call_command
from django.http import QueryDict

from tests.cast import gather
from tests.telling import a_source, name, put
from tests.victims.views.pages import asked, content, names
from victims.filters import VictimFilterSet
from victims.models import Victim
from victims.models.gaps import NOT_TOLD, UNRECOGNISED, VAGUE
from victims.statistics.cubes import DIMENSIONS, one_way
from victims.statistics.values import MONTHS, UNCERTAIN, question
from victims.vocabulary import Status

pytestmark = pytest.mark.django_db
CELL = re.compile(r'<td class="figure"><a href="([^"]+)">(\d+)</a>')


def listed(**parameters) -> int:
    given = QueryDict(mutable=True)
    given.update(parameters)
    asked_for = VictimFilterSet(given, Victim.objects.published())
    assert asked_for.complaints() == {}, parameters
    people = list(asked_for.qs.values_list("pk", flat=True))
    assert len(people) == len(set(people)) == len(asked_for.keys(10_000))
    return len(people)


@pytest.fixture
def people():
    """Synthetic people, and some of whom little is told, in words that nobody has recognised."""
    call_command("make_synthetic", "120", "--seed", "5", verbosity=0)
    call_command("load_reference", verbosity=0)
    odd = {"nationality": "неведомый", "residence": "где-то", "birth": {"date_printed": "в среду"}}
    put(
        name("Азов", "Азар"),
        name("Бобров", "Борис", **odd, arrests=[{"date_printed": "весной"}], sentences=[{"verdict": "нечто"}]),
        name("Волков", "Вавила", birth={"date": "1890/1909"}, arrests=[{"date": "1937/1938"}],
             sentences=[{"date": "1937/1938", "body": "неведомо кто"}],
             death={"date": "1937/1942", "place": "там"}),
        name("Громов", "Глеб", birth={"date": "1900"}, arrests=[{"date": "1937-08-05"}, {"date": "1938"}],
             death={"date_printed": "зимой"}),
        source=a_source("book-1"),
    )  # fmt: skip
    call_command("count_people", verbosity=0)


@pytest.mark.parametrize("most", [2, 5000])
@pytest.mark.parametrize("synthetic", [False, True])
def test_every_number_leads_to_as_many_people(people, monkeypatch, synthetic, most):
    monkeypatch.setattr("victims.filters.leading.MOST", most)
    seen = set()
    for of in DIMENSIONS:
        for value, number in one_way(of, synthetic).items():
            asked_for = question(of, value)
            assert asked_for or (of, value) == ("source", NOT_TOLD), (of, value)
            many = listed(**asked_for, synthetic=str(synthetic).lower())
            # a date is asked for by overlap: who may have been arrested in a month is found beside who was
            vague = of in MONTHS or of == "born"
            assert many >= number if vague and value not in UNCERTAIN else many == number, (of, value)
            seen.add((of, value if value in UNCERTAIN else ""))
    assert {("party", NOT_TOLD), ("born", NOT_TOLD), ("site", NOT_TOLD)} <= seen
    if not synthetic:
        unread = {of for of, value in seen if value == UNRECOGNISED}
        assert unread >= {"nationality", "region", "born", "arrested", "kind", "body", "died"}
        assert {of for of, value in seen if value == VAGUE} >= {"born", "age", "arrested", "sentenced", "died"}


@pytest.mark.parametrize(
    "pair", ["age/sex", "nationality/party", "kind/body", "region/site", "operation/education"]
)
def test_a_number_of_two_things_leads_to_those_who_have_both(client, people, pair):
    cells = CELL.findall(client.get(f"/en/statistics/{pair}/").content.decode())
    assert cells
    for address, number in cells:
        parameters = {name: value for name, [value] in parse_qs(urlsplit(unescape(address)).query).items()}
        assert listed(**parameters) == int(number), parameters


def test_several_gaps_are_asked_for_at_once(people):
    assert listed(not_told="sex,arrested,kind", synthetic="false", surname="Азов") == 1
    assert listed(not_told="sex", unrecognised="nationality", synthetic="false") == 1
    assert listed(not_told="sex,arrested", synthetic="false", surname="Громов") == 0
    assert listed(not_told=",sex,,", synthetic="false", surname="Громов") == 1


def test_an_arrest_that_another_book_tells_less_exactly_is_no_gap(db):
    told = {"martyrology": "1937-08-05", "lists": "1937/1938"}
    books = {source: name("Донской", arrests=[{"date": date}]) for source, date in told.items()}
    gather(books, status=Status.PUBLISHED)
    assert listed(inexact="arrested") == 0
    assert listed(not_told="arrested") == 0


def test_an_age_is_asked_for_by_the_first_arrest(people):
    for age, number in {"36": 0, "36-37": 1, "30–39": 1, "0-37": 1, "-37": 1, "36+": 1, "38+": 0}.items():
        assert listed(age=age, synthetic="false", surname="Громов") == number, age


@pytest.mark.parametrize(
    ("parameters", "field"),
    [({"age": "old"}, "age"), ({"age": "40-30"}, "age"), ({"age": "900"}, "age"),
     ({"not_told": "shoes"}, "not_told"), ({"inexact": "sex"}, "inexact"),
     ({"not_told": "sex,shoes"}, "not_told"), ({"not_told": ",,"}, "not_told")],
)  # fmt: skip
def test_what_cannot_be_asked_for_is_told_beside_its_field(client, db, parameters, field):
    answer = client.get("/en/victims/", parameters)
    assert answer.status_code == 400
    assert f'href="#f-{field}"' in answer.content.decode()
    assert client.get("/api/v1/victims/", parameters).status_code == 400


def test_commas_too_many_break_nothing(client, people):
    for value in (",", "sex,", ",,sex,,sex", " sex", "sex, party"):
        for at in ("/en/victims/", "/api/v1/victims/"):
            assert client.get(at, {"not_told": value}).status_code in (200, 302, 400), (at, value)
    assert client.get("/en/victims/", {"not_told": ",,sex,,sex"}).content.decode().count("Not told: Sex") <= 1


def test_a_search_by_name_is_narrowed_to_gaps(client, people):
    assert names(asked(client, q="Громов", unrecognised="died")) == ["Громов Глеб"]
    assert names(asked(client, q="Громов", unrecognised="died", not_told="arrested")) == []
    for age, words in {"30-39": "30–39", "37": "37", "36+": "36+", "-37": "0–37"}.items():
        assert f"Age at arrest: {words}" in content(asked(client, q="Громов", age=age)).words
