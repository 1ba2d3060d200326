"""Lists led by the rows that they ask about, or asked person by person: the same people either way."""

import pytest

from tests.telling import a_source, name, put
from tests.victims.views.pages import asked, content, found
from victims.filters import VictimFilterSet
from victims.models import Victim

pytestmark = pytest.mark.django_db
QUESTIONS = (
    {"kind": "camp"},
    {"kind": "camp", "sentence": "1938"},
    {"birth_place": "Бор", "manner": "shot"},
    {"article": "58-10"},
    {"source": "book-1"},
    {"nationality": "поляк", "kind": "camp"},
    {"birth": "1890", "sex": "male"},
    {"kind": "vmn", "synthetic": "false"},
    {"burial_place": "Бутово"},
)


@pytest.fixture
def people():
    told = []
    for number in range(24):
        told.append(name(
            "Иванов", f"{number:02}", sex=("male", "female")[number % 2],
            birth={"date": str(1888 + number % 4), "place": ("Бор", "Бор", "Тверь")[number % 3]},
            nationality=("русский", "поляк")[number % 3 == 0],
            sentences=[
                {"date": "1938-02-01", "kind": ("camp", "vmn")[number % 2], "articles": ["58-10"]},
                {"date": "1933", "kind": "camp"},
            ],
            death={"manner": "shot", "burial_place": "Бутово"} if number % 2 else {"manner": "died"},
        ))  # fmt: skip
    return put(*told[:12], source=a_source("book-1")) + put(*told[12:], source=a_source("book-2"), synthetic=True)


@pytest.mark.parametrize("question", QUESTIONS)
def test_a_list_holds_the_same_people_however_it_is_led(client, people, monkeypatch, question):
    few = [found(asked(client, **question)), content(asked(client, **question)).words]
    assert few[0]
    monkeypatch.setattr("victims.filters.leading.MOST", 2)
    assert [found(asked(client, **question)), content(asked(client, **question)).words] == few


@pytest.mark.parametrize("most", [2, 5000])
def test_the_keys_of_a_list_are_counted_once_each_and_no_further_than_a_bound(people, monkeypatch, most):
    monkeypatch.setattr("victims.filters.leading.MOST", most)
    for question in QUESTIONS:
        asked_for = VictimFilterSet(question, Victim.objects.published())
        keys = sorted(asked_for.qs.values_list("pk", flat=True))
        assert sorted(asked_for.keys(100)) == keys, question
        assert len(asked_for.keys(3)) == min(3, len(keys)) and set(asked_for.keys(3)) <= set(keys)


@pytest.mark.parametrize("most", [2, 20_000])
def test_a_very_common_name_is_looked_for_among_few_whom_a_filter_leaves(client, people, monkeypatch, most):
    monkeypatch.setattr("victims.search.engine.BOUND", 5)
    monkeypatch.setattr("victims.filters.leading.MOST_FOUND", most)
    shot = {"nationality": "поляк", "manner": "shot"}
    wanted = {people[number].public_id for number in (3, 9, 15, 21)}
    assert set(found(asked(client, q="Иванов", **shot))) == wanted
    told = client.get("/api/v1/victims/", {"q": "Иванов", **shot}).json()
    assert {hit["id"] for hit in told["results"]} == wanted
