"""Ways to narrow a list of people, each with how many it leaves, and its other order."""

import pytest
from django.core.management import call_command

from tests.cast import FLORENSKY, KURBAS, MANDELSTAM, SPIRIDONOVA, gather
from tests.telling import name, put
from tests.victims.views.pages import asked, content, found, link, names

pytestmark = pytest.mark.django_db
CAST = (FLORENSKY, MANDELSTAM, KURBAS, SPIRIDONOVA)


def ways(answer) -> list[str]:
    return [link["href"] for link in content(answer).all("a") if link.get("rel") == "nofollow"]


def published(*people: dict) -> None:
    for person in people:
        gather(person, status="published")


@pytest.mark.parametrize("counted", [False, True])
def test_each_way_tells_how_many_it_leaves(client, counted):
    """Whether the people were counted beforehand or are looked through now."""
    published(*CAST)
    if counted:
        call_command("count_people")
    page = content(asked(client))
    assert "death sentence 3" in page.words and "camp 2" in page.words
    for told in ("1880–1889 3", "1890–1899 1", "male 3", "female 1", "Ukrainian 1", "lists 4"):
        assert told in page.words
    [camp] = [href for href in page.hrefs() if href.endswith("?kind=camp")]
    assert len(found(client.get(camp))) == 2
    [nationality] = [href for href in page.hrefs() if href.endswith("?nationality=ukrainian")]
    assert "Nationality: Ukrainian" in content(client.get(nationality)).words


def test_a_narrowed_list_is_narrowed_further_and_keeps_its_filters(client):
    published(*CAST)
    call_command("count_people")
    answer = asked(client, kind="vmn")
    assert "Remove the filter Kind of sentence" in content(answer).words
    female = "/en/victims/?kind=vmn&sex=female"
    assert female in ways(answer) and "female 1" in content(answer).words
    assert names(client.get(female)) == ["Спиридонова Мария Александровна"]
    assert not any("kind=camp" in way for way in ways(answer))


def test_a_long_list_is_counted_within_a_bound_and_says_so(client, monkeypatch):
    monkeypatch.setattr("victims.views.people.COUNTED", 5)
    put(*(name("Иванов", "Иван", f"{number:02}", birth={"date": "1890", "place": "Бор"}) for number in range(8)))
    page = content(asked(client, birth_place="Бор"))
    assert "More than 5 people" in page.words and "Counted among 5 people" in page.words
    assert "1890–1899 5" in page.words
    refused = asked(client, birth_place="Бор", sort="birth")
    assert refused.status_code == 400 and "no more than 5 people" in content(refused).words


def test_a_filter_is_taken_off_a_list_by_birth_though_the_longer_list_has_no_such_order(client, monkeypatch):
    monkeypatch.setattr("victims.views.people.COUNTED", 5)
    put(*(name("Иванов", f"{number:02}", birth={"date": "1890", "place": "Бор"}) for number in range(8)))
    put(name("Иванова", "Анна", sex="female", birth={"date": "1891", "place": "Бор"}))
    answer = asked(client, birth_place="Бор", sex="female", sort="birth")
    lists = [url for url in content(answer).hrefs() if url.startswith("/en/victims/?")]
    [less] = [url for url in lists if "birth_place" in url and "sex" not in url]
    assert len(found(client.get(less))) == 9


def test_people_found_by_name_are_narrowed_too_and_it_says_among_how_many(client):
    put(*(name("Иванов", "Иван", sex="male", birth={"date": year}) for year in ("1890", "1895", "1901")))
    put(name("Иванова", "Анна", sex="female"), name("Петров", sex="male"))
    answer = asked(client, "иванов")
    page = content(answer)
    assert "Counted among 4 people" in page.words
    assert "male 3" in page.words and "1890–1899 2" in page.words
    [nineties] = [way for way in ways(answer) if "birth=1890%2F1899" in way and "alert" not in way]
    narrowed = client.get(nineties)
    assert names(narrowed) == ["Иванов Иван", "Иванов Иван"]
    assert "Counted among 2 people" in content(narrowed).words


def test_those_whose_lives_are_not_told_are_in_no_number(client):
    put(name("Иванов"), name("Петров"))
    assert "Narrow the list" in content(asked(client)).words  # by source alone
    assert "not told or not recognised are in none" in content(asked(client)).words


def test_a_list_goes_by_birth_from_page_to_page_and_back(client):
    births = zip("бвгджзклмнпрст", range(1910, 0, -1), strict=False)
    put(*(name(f"Ива{letter}ов", birth={"date": str(year)}) for letter, year in births))
    put(*(name(f"Нерождённый{letter}") for letter in "абвгдежзикл"))
    first = asked(client, sort="birth")
    assert names(first)[:2] == ["Иватов", "Ивасов"]
    assert names(first)[13:16] == ["Ивабов", "Нерождённыйа", "Нерождённыйб"]
    second = client.get("/en/victims/" + link(first, "next"))
    assert len(found(second)) == 5 and names(second)[-1] == "Нерождённыйл"
    assert found(client.get("/en/victims/" + link(second, "prev"))) == found(first)


def test_another_order_is_refused_in_words(client):
    for query in ({"sort": "death"}, {"sort": "birth", "q": "Иванов"}):
        answer = client.get("/en/victims/", query)
        assert answer.status_code == 400
        assert "Only “birth” is possible" in content(answer).words
