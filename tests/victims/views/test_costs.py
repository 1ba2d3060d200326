"""What a page asks of the database: no more than so many questions, however many people it shows."""

import pytest

from sources.models import Source
from tests.cast import FLORENSKY, gather
from tests.telling import a_source, name, put
from victims.vocabulary import Status

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("reference")]
TROIKA = "Особая тройка УНКВД Ленинградской области"
#: Page -> the most questions it asks.
COSTS = {
    "/": 0,
    "/about/": 0,
    "/help/": 0,
    "/victims/": 15,
    "/victims/?q=Щукин": 18,
    "/victims/?surname=Щукин&manner=shot": 15,
    "/victims/?q=Щукин&site=butovo&source=kniga": 24,
    "/victims/?q=никого": 21,
    "/victims/?manner=drowned": 5,
    "/execution-sites/": 4,
    "/execution-sites/butovo/": 14,
    "/operations/": 4,
    "/operations/00447/": 29,
    "/bodies/": 1,
    "/bodies/troika-unkvd-leningrad/": 16,
    "/sources/": 4,
    "/sources/kniga/": 13,
}


def shchukin(count: int):
    """Put some people of one surname, shot and buried at one site, sentenced by one body, told by one book."""
    book = a_source("kniga", title="Книга памяти")
    return put(
        *(
            name(
                "Щукин",
                f"{number:03}",
                birth={"place": f"место {number}"},
                sentences=[{"date": "1937-12-01", "body": TROIKA, "articles": ["58-10"]}],
                death={"date": "1937-12-02", "manner": "shot", "burial_place": "Бутово"},
            )
            for number in range(count)
        ),
        source=book,
    )


@pytest.mark.parametrize("count", [1, 20])
@pytest.mark.parametrize(("address", "queries"), COSTS.items())
def test_a_page_asks_no_more_for_twenty_people_than_for_one(
    client, django_assert_max_num_queries, address, queries, count
):
    shchukin(count)
    with django_assert_max_num_queries(queries):
        assert client.get(address).status_code in (200, 400)


def test_the_page_of_a_person_asks_no_more_for_many_entries_than_for_one(client, django_assert_max_num_queries):
    [one] = shchukin(1)
    many = gather(FLORENSKY, status=Status.PUBLISHED)
    for victim in (one, many):
        with django_assert_max_num_queries(26):
            client.get(f"/victims/{victim.public_id}/")


def test_a_list_of_sources_asks_as_much_for_many(client, django_assert_num_queries):
    Source.objects.bulk_create(
        Source(slug=f"book-{number}", kind="book", title=f"Книга {number}") for number in range(40)
    )
    with django_assert_num_queries(4):
        client.get("/sources/")
