"""The list of people: found by a name, left by filters, by the alphabet."""

from urllib.parse import quote

import pytest

from memorial.accounts import Role
from tests.people import keeper
from tests.telling import a_source, name, put, run
from tests.victims.views.pages import LANGUAGES, LIST, Elements, asked, content, found, link, names
from victims.vocabulary import Status

pytestmark = pytest.mark.django_db


@pytest.fixture
def cast():
    """A person who lived, one with hardly anything known, one without a surname, one who never lived."""
    return put(
        name(
            "Флоренский",
            "Павел",
            "Александрович",
            birth={"date": "1882-01-21", "place": "близ Евлаха"},
            death={"date": "1937-12-08", "manner": "shot", "burial_place": "Левашово"},
        ),
        name("Флоренский", "Лев"),
        {"nationality": "русский", "name_variants": ["Флоренская"]},
    ) + put(name("Флоренский", "Вымышленный", birth={"date": "1900~"}, death={"manner": "died"}), synthetic=True)


# --- by name ---


@pytest.mark.parametrize(
    ("language", "born", "shot", "marked"),
    [
        ("ru", "21 января 1882", "8 декабря 1937", "никогда не жив"),
        ("en", "21 January 1882", "8 December 1937", "never lived"),
        ("uk", "21 січня 1882", "8 грудня 1937", "ніколи не жи"),
    ],
)
def test_a_person_is_told_in_the_words_of_the_language(client, cast, language, born, shot, marked):
    at = f"{LANGUAGES[language]}victims/"
    answer = asked(client, "флоренский павел", at)
    page = content(answer)
    assert answer.status_code == 200
    for words in ("Флоренский Павел Александрович", born, shot, "близ Евлаха", "Левашово", cast[0].public_id):
        assert words in page.text
    assert marked not in page.text.lower()
    assert marked in content(asked(client, "вымышленный", at)).text.lower()


def test_a_name_leads_to_the_page_of_the_person(client, cast):
    person = found(asked(client, "флоренский павел"))[0]
    assert person == cast[0].public_id
    assert client.get(f"/en/victims/{person}/").status_code == 200


def test_only_what_is_known_is_told_and_where_it_is_told(client, cast):
    words = content(asked(client, "Флоренский Лев")).words
    people = words.split("in none of the numbers.")[1].lower()
    for unknown in ("birth", "shooting", "death", "burial", "none", "null"):
        assert unknown not in people
    assert "book" in people
    assert "date not told" in content(asked(client, "Вымышленный")).words


def test_every_source_of_a_person_is_named_once(client):
    one, other = put(name("Иванов", "Иван"), source=a_source("book-1")) + put(
        name("Иванов", "Иван"), source=a_source("book-2")
    )
    [draft] = put(name("Иванов", "Иван"), source=a_source("book-1"), status=Status.DRAFT)
    for absorbed in (other, draft):
        assert run("merge", one.public_id, absorbed.public_id, "--why", "one man").code == 0
    page = content(asked(client, "Иванов"))
    assert len(page.all("cite")) == 2
    assert "book-1; book-2" in page.words


def test_a_person_without_a_surname_is_shown_by_what_is_known(client, cast):
    [unnamed] = [victim for victim in cast if not victim.surname]
    assert found(asked(client, "Флоренская"))[0] == unnamed.public_id
    assert f"Name not printed, record {unnamed.public_id}" in content(asked(client, "Флоренская")).words
    put({"given_name": "Мария", "patronymic": "Ивановна"})
    assert "Мария Ивановна (surname not printed)" in names(asked(client, "мария ивановна"))


def test_words_of_sources_are_marked_as_russian_on_pages_of_other_languages(client, cast):
    assert content(asked(client, "флоренский павел")).marked_russian() == 3  # name, places of birth and burial
    assert content(asked(client, "флоренский павел", "/victims/")).marked_russian() == 0


def test_ukrainian_words_of_the_page_are_not_taken_for_russian_ones(client):
    page = content(asked(client, at="/uk/victims/", kind="exile", sex="female"))
    assert "заслання" in page.words and page.marked_russian() == 0


def test_the_reason_of_a_match_is_told(client, cast):
    assert "name as written" in content(asked(client, "Флоренский Лев")).words
    assert "a variant of the name" in content(asked(client, "Флоренская")).words


@pytest.mark.parametrize("at", LANGUAGES.values())
def test_drafts_merged_and_withdrawn_are_not_shown(client, at):
    put(name("Тайный", "Иван"), status=Status.DRAFT)
    kept, absorbed = put(name("Иванов", "Иван"), name("Иванов", "Пётр"))
    run("merge", kept.public_id, absorbed.public_id, "--why", "one man")
    for query in ("", "Тайный", "Иванов"):
        answer = asked(client, query, f"{at}victims/")
        assert found(answer) == ([] if query == "Тайный" else [kept.public_id])


def test_an_editor_finds_drafts_and_they_are_marked(client):
    [draft] = put(name("Тайный", "Иван"), status=Status.DRAFT)
    client.force_login(keeper(Role.EDITOR))
    for answer in (asked(client, "Тайный"), asked(client), asked(client, "тайный", surname="Тайный")):
        assert found(answer) == [draft.public_id]
        assert "draft" in content(answer).words


# --- nobody found ---


@pytest.mark.parametrize("at", LANGUAGES.values())
def test_nobody_found_is_said_with_what_to_try(client, cast, at):
    answer = asked(client, "Никто Такой", f"{at}victims/")
    assert answer.status_code == 200
    assert found(answer) == []
    assert len(content(answer).all("h2")) == 1


def test_a_question_that_finds_nobody_is_loosened_by_links(client, cast):
    answer = asked(client, "Флоренский Павел Петрович 1950", manner="shot", birth_place="Евлах")
    page = content(answer)
    links = [href for href in page.hrefs() if href.startswith(LIST + "?")]
    assert any("%D0%9F%D0%B5%D1%82%D1%80" not in href and "1950" in href and "manner" in href for href in links)
    assert any("1950" not in href for href in links)
    assert any("manner" not in href and "birth_place" in href for href in links)
    assert "Leave out the patronymic: Флоренский Павел 1950" in page.words
    for href in links:
        assert client.get(href.replace("&amp;", "&")).status_code == 200


# --- filters ---


def test_a_name_and_filters_are_asked_together(client, cast):
    assert found(asked(client, "флоренский", manner="shot")) == [cast[0].public_id]
    assert found(asked(client, "флоренский", manner="died")) == [cast[3].public_id]


def test_empty_fields_of_the_form_leave_the_address(client, cast):
    answer = asked(client, "флоренский", surname="", manner="shot", death="")
    assert answer.status_code == 302
    assert answer.url == f"{LIST}?q=%D1%84%D0%BB%D0%BE%D1%80%D0%B5%D0%BD%D1%81%D0%BA%D0%B8%D0%B9&manner=shot"
    assert client.get(LIST, {"q": "", "manner": ""}).url == LIST


@pytest.mark.parametrize(
    ("typed", "written"),
    [("21.1.1882", "1882-01-21"), ("1880±2", "1878/1882"), ("январь 1882", "1882-01"), ("1880–1885", "1880/1885")],
)
def test_dates_may_be_typed_as_people_write_them(client, cast, typed, written):
    answer = asked(client, birth=typed, manner="shot")
    assert answer.url == f"{LIST}?birth={quote(written, safe='')}&manner=shot"
    assert cast[0].public_id in found(client.get(answer.url))


@pytest.mark.parametrize(
    ("at", "typed", "shown"),
    [
        ("/en", "about 1890", "about 1890"),
        ("", "около 1890", "около 1890 г."),
        ("/uk", "близько 1890", "близько 1890 р."),
        ("/en", "1889 or 1890", "1889 or 1890"),
        ("/en", "autumn 1937", "autumn 1937"),
        ("/en", "21.1.1882", "21 January 1882"),
        ("/en", "1930s", "1930s"),
        ("/en", "after August 1937", "not before August 1937"),
        ("/en", "1880–1885", "1880–1885"),
        ("", "1880-1885", "1880–1885"),
        ("", "1882", "1882"),
        ("", "1882?", "1882?"),
        ("", "позавчера", "позавчера"),
    ],
)
def test_a_date_stands_in_its_box_as_people_write_it_and_asks_the_same_again(client, at, typed, shown):
    first = client.get(f"{at}/victims/", {"death": typed}, follow=True)
    boxes = {field["name"]: field["value"] for group in first.context["groups"] for field in group["fields"]}
    assert boxes["death"] == shown
    second = client.get(f"{at}/victims/", {"death": boxes["death"]}, follow=True)
    assert second.request["QUERY_STRING"] == first.request["QUERY_STRING"]


@pytest.mark.parametrize(
    ("parameters", "words"),
    [
        ({"birth": "вчера"}, "This is no date: write 1937, August 1937, 5.8.1937"),
        ({"death": "1937-13"}, "This is no date"),
        ({"manner": "drowned"}, "There is no such value"),
        ({"operation": "00000"}, "There is nothing with this id"),
        ({"source": "nowhere"}, "There is nothing with this id"),
        ({"synthetic": "maybe"}, "There is no such value"),
        ({"surname": "И" * 201}, "at most 200"),
        ({"surname": "a\0b"}, "Null characters"),
    ],
)
def test_what_is_wrong_with_a_filter_is_said_beside_it_and_above(client, parameters, words):
    answer = asked(client, **parameters)
    assert answer.status_code == 400
    page = content(answer)
    [parameter] = parameters
    [field] = [
        field for tag in ("input", "select") for field in page.all(tag) if field.get("aria-invalid") == "true"
    ]
    assert field["name"] == parameter
    assert f"e-{parameter}" in field["aria-describedby"].split()
    assert page.text.count(words) == 2
    assert f"#f-{parameter}" in page.hrefs()
    assert [attributes for _tag, attributes in page.elements if attributes.get("role") == "alert"]
    assert found(answer) == []


@pytest.mark.parametrize("parameter", ["status", "offset", "Surname", "page", "лишнее", "<b>"])
def test_a_parameter_that_is_not_known_is_named_not_ignored(client, parameter):
    answer = asked(client, "Иванов", **{parameter: "x"})
    assert answer.status_code == 400
    assert f"{parameter}: There is no such parameter" in content(answer).words


def test_a_parameter_given_twice_is_named(client):
    answer = client.get(LIST + "?manner=shot&manner=died")
    assert answer.status_code == 400
    assert "Give this parameter once" in content(answer).words


@pytest.mark.parametrize("at", LANGUAGES.values())
@pytest.mark.parametrize("query", ["И" * 201, "***", "а б в г д е ж з и"])
def test_a_name_that_cannot_be_looked_for_says_why_beside_the_box(client, at, query):
    answer = asked(client, query, f"{at}victims/")
    assert answer.status_code == 400
    page = content(answer)
    [field] = [field for field in page.all("input") if field["name"] == "q"]
    assert field["aria-invalid"] == "true"
    assert "q-error" in field["aria-describedby"].split()
    assert field["value"] == query[:200]
    assert "#q" in page.hrefs()


# --- the alphabet, page by page ---


def test_without_a_question_all_are_listed_by_the_alphabet(client):
    put(name("Яковлев"), name("Ёлкин"), name("Абрамов"), name("Жуков"))
    assert names(asked(client)) == ["Абрамов", "Ёлкин", "Жуков", "Яковлев"]
    assert "4 people" in content(asked(client)).words


@pytest.mark.parametrize("query", ["", "Иванов"])
def test_pages_follow_each_other_without_gap_or_repetition(client, query):
    people = put(*(name("Иванов", "Иван", f"{number:03}") for number in range(47)))
    seen, answer = [], asked(client, query)
    for _page in range(5):
        seen += found(answer)
        if not (href := link(answer, "next")):
            break
        answer = client.get(LIST + href)
        assert answer.status_code == 200
    assert len(seen) == 47
    assert set(seen) == {victim.public_id for victim in people}


def test_one_pages_back_as_one_came(client):
    put(*(name("Иванов", "Иван", f"{number:03}") for number in range(65)))
    forward = [asked(client, surname="Иванов")]
    while href := link(forward[-1], "next"):
        forward.append(client.get(LIST + href))
    assert [len(found(answer)) for answer in forward] == [20, 20, 20, 5]
    assert "surname" in link(forward[0], "next")
    answer, back = forward[-1], [forward[-1]]
    while href := link(answer, "prev"):
        answer = client.get(LIST + href)
        back.insert(0, answer)
    assert [found(answer) for answer in back] == [found(answer) for answer in forward]


def test_a_page_stays_where_it_was_when_its_last_person_is_withdrawn(client):
    people = put(*(name("Иванов", "Иван", f"{number:03}") for number in range(41)))
    first = asked(client)
    run("merge", people[0].public_id, people[19].public_id, "--why", "one man")
    assert found(client.get(LIST + link(first, "next")))[0] == people[20].public_id


def test_a_long_list_is_counted_up_to_a_bound(client, monkeypatch):
    monkeypatch.setattr("victims.views.people.COUNTED", 5)
    put(*(name("Иванов", str(number)) for number in range(6)))
    assert "More than 5 people" in content(asked(client)).words
    assert "More than 5" not in content(asked(client, given_name="3")).words


@pytest.mark.parametrize("query", ["", "Иванов"])
@pytest.mark.parametrize(
    "place",
    ["x", ".", "0.9", "nan.00012", "inf.00012", "1e999.00012", "-.00012", "k" * 10_000, "k.99999", "é.00012",
     "\0.00012", "a\0b.00012", "0.9.00012 OR 1=1", "👤", "0.9.ZZZZZZZZZZZZZZ", ".00012", "\u202e.00012"],
)  # fmt: skip
@pytest.mark.parametrize("parameter", ["after", "before"])
def test_a_place_that_is_none_is_refused_or_leads_somewhere(client, cast, query, place, parameter):
    assert asked(client, query, **{parameter: place}).status_code in (200, 400)


def test_permutations_of_filters_are_not_kept_by_search_engines(client, cast):
    for more in ({"manner": "shot"}, {"q": "Флоренский"}, {"after": "k.00012"}):
        page = Elements(client.get(LIST, more))
        assert [meta["content"] for meta in page.all("meta") if meta.get("name") == "robots"] == [
            "noindex, follow"
        ]
        assert [one for one in page.all("link") if one["rel"] == "canonical"] == []


def test_the_language_switch_keeps_the_question(client, cast):
    page = Elements(asked(client, "флоренский павел", "/uk/victims/", manner="shot"))
    links = {link["hreflang"]: link["href"] for link in page.all("a") if "hreflang" in link}
    assert links.keys() == LANGUAGES.keys()
    for language, address in links.items():
        assert address.startswith(f"{LANGUAGES[language]}victims/")
        assert found(client.get(address)) == [cast[0].public_id]
