"""How many queries each address asks: the same for one row as for twenty."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from memorial.accounts import Role
from tests.cast import FLORENSKY, KURBAS, book, enter, gather
from tests.people import keeper
from tests.victims.api.asking import Api
from victims.models import (
    Body,
    BodyMember,
    Document,
    ExecutionSite,
    Operation,
    OperationCategory,
    Region,
    RegionSuccession,
    SiteFigure,
    Sitting,
)
from victims.vocabulary import Status

#: Address -> (queries of a list, queries of one of its items), for a visitor.
QUERIES = {
    "victims": (2, 23),
    "entries": (1, 24),
    "arrests": (3, 2),
    "sentences": (5, 4),
    "imprisonments": (3, 2),
    "deaths": (3, 2),
    "rehabilitations": (3, 2),
    "bodies": (1, 3),
    "sittings": (1, 1),
    "regions": (3, 3),
    "execution-sites": (2, 2),
    "operations": (1, 8),
    "sources": (1, 1),
}
#: A search by name: the words, the rows of the index, the people, two columns of theirs, the sources.
SEARCH = 8
#: What looking for names that are only like it adds, where those who have the very name fill no page.
LIKE = 2
#: What signing in with a token asks, and then the role of a user.
TOKEN, ROLE = 2, 1


def people(count: int) -> None:
    """Make so many published people, each with every kind of listed fact, of two books."""
    for number in range(count):
        record = FLORENSKY["martyrology"] | {"imprisonments": [{"place": "Соловки", "date": "1934/1937"}]}
        victim = enter(record, key=f"p{number}", status=Status.PUBLISHED)
        enter(FLORENSKY["lists"], "lists", key=f"p{number}", victim_id=victim.pk)


def reference(count: int) -> None:
    """Make so many rows of each kind of reference data, with what belongs to them."""
    source = book("case-file")
    for n in range(count):
        region = Region.objects.create(slug=f"r{n}", name_ru=f"область {n}", kind="oblast")
        other = Region.objects.create(slug=f"s{n}", name_ru=f"край {n}", kind="krai")
        RegionSuccession.objects.create(
            predecessor=region, successor=other, date="1938", relation="split", source=source
        )
        body = Body.objects.create(
            slug=f"b{n}", kind="troika", name_ru=f"тройка {n}", region=region, source=source
        )
        BodyMember.objects.create(body=body, name="Эйхе", office="секретарь", source=source)
        Sitting.objects.create(body=body, date="1937-11-25")
        where = {"latitude": 60.0, "longitude": 30.0, "precision_km": 1.0, "country_today": "RU", "region": region}
        told = {"shooting": "yes", "burial": "yes", "name_ru": "место", "name_en": "site", "source": source}
        site = ExecutionSite.objects.create(slug=f"e{n}", **where, **told)
        SiteFigure.objects.create(site=site, lowest=1, highest=2, source=source)
        operation = Operation.objects.create(code=f"o{n}", name_ru="приказ", name_en="order", source=source)
        OperationCategory.objects.create(
            operation=operation, number=1, wording_en="first", punishment="x", source=source
        )
        Document.objects.create(slug=f"d{n}", operation=operation, kind="order", title_en="order", source=source)


def asked(api: Api, address: str, **query) -> int:
    """Return how many queries an answer took."""
    with CaptureQueriesContext(
        connection,
    ) as queries:
        answer = api.get(address, **query)
    assert answer.status_code == 200, answer.content.decode()
    return len(queries)


@pytest.mark.parametrize("place", QUERIES)
def test_a_list_asks_the_same_for_one_row_as_for_twenty(api, place):
    people(12)
    reference(12)
    counts = {asked(api, f"{place}/", limit=limit) for limit in (1, 20)}
    assert counts == {QUERIES[place][0]}


@pytest.mark.parametrize("place", QUERIES)
def test_an_item_asks_a_fixed_number(api, place):
    people(1)
    reference(1)
    item = api.get(f"{place}/").json()["results"][0]
    assert asked(api, item["url"]) == QUERIES[place][1]


def test_a_search_asks_a_bounded_number_and_no_more_for_many_who_have_the_very_name(api, db):
    people(1)
    for number in range(20):
        record = KURBAS["martyrology"] | {"residence": {"place": "Киев"}}
        enter(record, key=f"q{number}", status=Status.PUBLISHED)
    assert asked(api, "victims/", q="курбас", limit=1) == SEARCH
    assert asked(api, "victims/", q="курбас", limit=20) == SEARCH + LIKE
    assert asked(api, "victims/", q="kurbass les") < SEARCH + 30


def test_a_person_of_many_entries_asks_no_more_than_one_of_few(api, db):
    one = gather(KURBAS, status=Status.PUBLISHED)
    for number in range(20):
        enter(KURBAS["lists"], "lists", key=f"more {number}", victim_id=one.pk)
    assert asked(api, f"victims/{one.public_id}/") == QUERIES["victims"][1]


def test_signing_in_with_a_token_asks_a_fixed_number_more(db):
    people(3)
    user = keeper(Role.EDITOR)
    assert asked(Api(user), "victims/") == QUERIES["victims"][0] + TOKEN + ROLE
    assert asked(Api(user), "sources/") == QUERIES["sources"][0] + TOKEN


def test_a_revision_list_asks_a_fixed_number(db):
    victim = gather(FLORENSKY, status=Status.PUBLISHED)
    editor = Api(keeper(Role.EDITOR))
    counts = {asked(editor, f"victims/{victim.public_id}/revisions/", limit=limit) for limit in (1, 20)}
    assert len(counts) == 1


@pytest.mark.parametrize("address", ["", "fields/", "schema/"])
def test_what_the_api_tells_of_itself_asks_nothing(api, db, address):
    assert asked(api, address) == 0
