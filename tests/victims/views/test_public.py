"""The page of the name box and the people found, in three languages."""

import re
from html.parser import HTMLParser

import pytest

from tests.telling import a_source, name, put, run
from victims.vocabulary import Status

pytestmark = pytest.mark.django_db
LANGUAGES = {"ru": "/", "en": "/en/", "uk": "/uk/"}


class Elements(HTMLParser):
    """Elements of a page as (tag, attributes), and its text."""

    def __init__(self, answer):
        super().__init__()
        self.elements, self.text = [], ""
        self.feed(answer.content.decode())

    def handle_starttag(self, tag, attrs):
        self.elements.append((tag, dict(attrs)))

    def handle_data(self, data):
        self.text += data

    def all(self, tag) -> list[dict]:
        return [attributes for found, attributes in self.elements if found == tag]


@pytest.fixture
def cast():
    """A person who lived, one with hardly anything known, and one who never lived."""
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


def asked(client, query, at="/", **more):
    return client.get(at, {"q": query, **more})


@pytest.mark.parametrize(("language", "at"), LANGUAGES.items())
def test_the_first_page_asks_for_a_name(client, language, at):
    answer = client.get(at)
    page = Elements(answer)
    assert answer.status_code == 200
    assert page.all("html") == [{"lang": language}]
    assert [field["name"] for field in page.all("input")] == ["q"]
    assert page.all("label") == [{"for": "q"}]
    assert len(page.all("h1")) == 1
    assert page.all("h2") == []


@pytest.mark.parametrize(
    ("language", "born", "shot", "marked"),
    [
        ("ru", "21 января 1882", "8 декабря 1937", "вымышлен"),
        ("en", "21 January 1882", "8 December 1937", "never lived"),
        ("uk", "21 січня 1882", "8 грудня 1937", "вигадан"),
    ],
)
def test_a_person_is_told_in_the_words_of_the_language(client, cast, language, born, shot, marked):
    answer = asked(client, "флоренский павел", LANGUAGES[language])
    page = Elements(answer)
    assert answer.status_code == 200
    for words in ("Флоренский Павел Александрович", born, shot, "близ Евлаха", "Левашово", cast[0].public_id):
        assert words in page.text
    assert marked not in page.text.lower()
    assert marked in Elements(asked(client, "вымышленный", LANGUAGES[language])).text.lower()


def test_only_what_is_known_is_told_and_where_it_is_told(client, cast):
    text = Elements(asked(client, "Флоренский Лев", "/en/")).text.split("People found")[1]
    for words in ("birth", "shooting", "death", "burial", "none", "null"):
        assert words not in text.split("Every fact")[0].lower()
    assert "book" in text
    assert "date not told" in Elements(asked(client, "Вымышленный", "/en/")).text


def test_every_source_of_a_person_is_named_once(client):
    one, other = put(name("Иванов", "Иван"), source=a_source("book-1")) + put(
        name("Иванов", "Иван"), source=a_source("book-2")
    )
    [draft] = put(name("Иванов", "Иван"), source=a_source("book-1"), status=Status.DRAFT)
    for absorbed in (other, draft):
        assert run("merge", one.public_id, absorbed.public_id, "--why", "one man").code == 0
    page = Elements(asked(client, "Иванов"))
    assert len(page.all("cite")) == 2
    assert "book-1; book-2" in " ".join(page.text.split())


def test_a_person_without_a_main_name_is_shown_all_the_same(client, cast):
    page = Elements(asked(client, "Флоренская"))
    assert cast[2].public_id in page.text
    assert len(page.all("li")) == 3 + 1


def test_names_and_places_are_marked_as_russian_on_every_page(client, cast):
    page = Elements(asked(client, "флоренский павел", "/en/"))
    results = [attributes for tag, attributes in page.elements if tag in ("b", "span", "dd")]
    marked = [attributes["lang"] for attributes in results if "lang" in attributes]
    assert marked == ["ru"] * 3  # the name, the places of birth and of burial


@pytest.mark.parametrize("at", LANGUAGES.values())
def test_nobody_found_is_said_with_what_to_try(client, cast, at):
    answer = asked(client, "Никто Такой", at)
    assert answer.status_code == 200
    page = Elements(answer)
    assert len(page.all("h2")) == 1
    assert page.all("b") == []
    assert len(page.text.split()) > len(Elements(client.get(at)).text.split()) + 20


@pytest.mark.parametrize(("language", "at"), LANGUAGES.items())
@pytest.mark.parametrize("query", ["И" * 201, "1937", "а б в г д е ж з и"])
def test_a_question_that_cannot_be_answered_says_why_in_the_language(client, language, at, query):
    answer = asked(client, query, at)
    assert answer.status_code == 400
    page = Elements(answer)
    [field] = page.all("input")
    assert field["aria-invalid"] == "true"
    assert "q-error" in field["aria-describedby"].split()
    [error] = [attributes for tag, attributes in page.elements if attributes.get("role") == "alert"]
    assert error["id"] == "q-error"
    words = re.search(r'role="alert">([^<]*)<', answer.content.decode())[1]
    assert bool(re.search("[а-я]", words)) == (language != "en")
    assert bool(re.search("[A-Za-z]", words)) == (language == "en")


def test_a_question_that_cannot_be_answered_stays_in_the_box(client):
    page = Elements(asked(client, "Иванов " * 40))
    assert page.all("input")[0]["value"] == ("Иванов " * 40)[:200]


@pytest.mark.parametrize("at", LANGUAGES.values())
def test_drafts_merged_and_withdrawn_are_not_shown(client, at):
    put(name("Тайный", "Иван"), status=Status.DRAFT)
    kept, absorbed = put(name("Иванов", "Иван"), name("Иванов", "Пётр"))
    run("merge", kept.public_id, absorbed.public_id, "--why", "one man")
    assert "Тайный Иван" not in Elements(asked(client, "Тайный", at)).text
    page = Elements(asked(client, "Иванов", at))
    assert kept.public_id in page.text
    assert absorbed.public_id not in page.text


def test_a_long_list_is_cut_and_says_so(client):
    put(*(name("Иванов", "Иван", str(number)) for number in range(21)))
    page = Elements(asked(client, "Иванов", "/en/"))
    assert page.text.count("Иванов Иван") == 20
    assert "More people match" in page.text
    put(*(name("Сидоров", "Иван", str(number)) for number in range(20)))
    assert "More people match" not in Elements(asked(client, "Сидоров", "/en/")).text


HOSTILE = [
    "<script>alert(1)</script>",
    '"><img src=x onerror=alert(1)>',
    "' onfocus=alert(1) autofocus '",
    "</title><script>alert(1)</script>",
    "{{ 7|add:7 }}{% now 'Y' %}",
    "javascript:alert(1)",
    "\u202eвонавИ\u202c",
    "\0\x1b[31m",
    "👤",
    "'; DROP TABLE victims_victim; --",
    "&lt;b&gt;",
    "!!!",
]


@pytest.mark.parametrize("query", HOSTILE)
def test_what_is_typed_stays_text(client, cast, query):
    answer = asked(client, query)
    assert answer.status_code in (200, 400)
    page = Elements(answer)
    assert page.all("input")[0]["value"] == query.strip().replace("\0", "")
    empty = Elements(asked(client, "никто"))
    assert {tag for tag, _ in page.elements} <= {tag for tag, _ in empty.elements} | {"p"}


def test_what_a_book_prints_stays_text(client):
    put(name("<script>alert(1)</script>Иванов", birth={"place": '"><b onclick=x>'}))
    answer = asked(client, "alert 1 script Иванов script")
    page = Elements(answer)
    assert page.all("script") == []
    assert "onclick" not in {key for _, attributes in page.elements for key in attributes}
    page = Elements(asked(client, "Иванов"))
    assert page.all("script") == []


@pytest.mark.parametrize("query", ["", "Флоренский", "1937", "никто"])
def test_nothing_is_inline_and_nothing_comes_from_another_host(client, cast, query):
    answer = asked(client, query)
    page = Elements(answer)
    assert page.all("style") == []
    assert [script for script in page.all("script") if "src" not in script] == []
    for _tag, attributes in page.elements:
        assert "style" not in attributes
        assert not [key for key in attributes if key.startswith("on")]
        for key in ("src", "href", "action"):
            assert attributes.get(key, "/").startswith(("/", "#", "http://testserver/"))
    assert "default-src 'none'" in answer.headers["Content-Security-Policy"]


def test_broken_bytes_in_an_address_are_answered(client):
    for address in ("/?q=%ff%fe", "/?q=%ED%A0%80", "/?q=%00", "/?q", "/?q=&q=", "/?q=+", "/?" + "a" * 5000):
        assert client.get(address).status_code == 200


def test_a_page_asks_the_database_a_fixed_number_of_times(client, cast, django_assert_num_queries):
    put(*(name("Флоренский", str(number), birth={"place": f"место {number}"}) for number in range(20)))
    with django_assert_num_queries(0):
        client.get("/")
    for query in ("Флоренский", "Флоренский Павел 1882"):
        with django_assert_num_queries(4):
            asked(client, query)


def test_the_language_switch_keeps_the_question(client, cast):
    page = Elements(asked(client, "флоренский павел", "/uk/"))
    links = {link["hreflang"]: link["href"] for link in page.all("a") if "hreflang" in link}
    assert links.keys() == LANGUAGES.keys()
    for language, address in links.items():
        assert address.startswith(LANGUAGES[language])
        assert "Флоренский Павел Александрович" in Elements(client.get(address)).text


def test_other_parameters_change_nothing(client, cast):
    assert asked(client, "Флоренский Лев", status="draft", offset="x").status_code == 200
