"""The first page and the frame that every page has, in three languages."""

import pytest

from memorial.accounts import Role
from tests.people import keeper
from tests.victims.views.pages import LANGUAGES, Elements, content

pytestmark = pytest.mark.django_db
PARTS = ["victims/", "execution-sites/", "operations/", "bodies/", "sources/", "about/", "help/"]


@pytest.mark.parametrize(("language", "at"), LANGUAGES.items())
def test_the_first_page_asks_for_a_name_and_leads_to_the_list(client, language, at):
    answer = client.get(at)
    page = Elements(answer)
    assert answer.status_code == 200
    assert page.all("html") == [{"lang": language}]
    assert [field["name"] for field in page.all("input")] == ["q"]
    [form] = page.all("form")
    assert (form["method"], form["action"], form["role"]) == ("get", f"{at}victims/", "search")
    assert page.all("label") == [{"for": "q"}]
    assert len(page.all("h1")) == 1


@pytest.mark.parametrize("at", LANGUAGES.values())
def test_an_old_address_of_a_question_leads_to_the_list(client, at):
    answer = client.get(at, {"q": "флоренский павел"})
    assert answer.status_code == 301
    assert answer.url.startswith(f"{at}victims/?q=%D1%84")
    assert client.get(answer.url).status_code == 200


@pytest.mark.parametrize("at", LANGUAGES.values())
def test_every_page_of_the_navigation_is_reached_and_marks_itself(client, at):
    links = [href for href in Elements(client.get(at)).hrefs() if href.startswith(at)]
    for part in PARTS:
        assert at + part in links
        page = Elements(client.get(at + part))
        current = [link["href"] for link in page.all("a") if link.get("aria-current") == "page"]
        assert current == [at + part]


def test_a_page_within_a_part_marks_the_part(client, reference):
    page = Elements(client.get("/en/operations/00447/"))
    assert "/en/operations/" in [link["href"] for link in page.all("a") if link.get("aria-current") == "true"]


def test_strangers_may_sign_in_from_every_page(client):
    page = Elements(client.get("/en/about/"))
    assert "/en/accounts/login/" in page.hrefs()
    assert "/api/v1/docs/" in page.hrefs()


def test_who_is_signed_in_sees_their_name_the_records_and_a_way_out(client):
    editor = keeper(Role.EDITOR, name="Редактор-1")
    client.force_login(editor)
    answer = client.get("/en/about/")
    page = Elements(answer)
    assert "Редактор-1" in page.text
    assert "/en/admin/" in page.hrefs()
    [form] = [form for form in page.all("form") if form["method"] == "post"]
    assert form["action"] == "/en/accounts/logout/"
    assert answer.headers["Cache-Control"] == "private"
    token = next(field["value"] for field in page.all("input") if field["name"] == "csrfmiddlewaretoken")
    assert client.post(form["action"], {"csrfmiddlewaretoken": token}).status_code == 302
    assert "Редактор-1" not in Elements(client.get("/en/about/")).text


@pytest.mark.parametrize("part", ["", *PARTS])
def test_a_page_names_its_own_address_and_its_other_languages(client, part):
    page = Elements(client.get(f"/en/{part}"))
    links = {link.get("hreflang") or link["rel"]: link["href"] for link in page.all("link")}
    host = "http://testserver"
    assert links["canonical"] == f"{host}/en/{part}"
    assert {code: links[code] for code in ("ru", "en", "uk", "x-default")} == {
        "ru": f"{host}/{part}",
        "en": f"{host}/en/{part}",
        "uk": f"{host}/uk/{part}",
        "x-default": f"{host}/{part}",
    }


def test_titles_tell_pages_apart(client):
    titles = set()
    for other in PARTS:
        answer = client.get(f"/en/{other}").content.decode()
        titles.add(answer.split("<title>")[1].split("</title>")[0])
    assert len(titles) == len(PARTS)


def test_what_this_is_says_what_it_leaves_out_and_who_never_lived(client):
    words = content(client.get("/en/about/")).words
    for told in ("Inferred", "Unknown", "never lived", "GNU Affero", "ordinary criminals", "write to the archive"):
        assert told in words


def test_help_says_how_dates_are_written(client):
    words = content(client.get("/en/help/")).words
    for told in ("1937-08/1938-11", "1938/..", "[1]"):
        assert told in words


@pytest.mark.parametrize(("address", "status"), [("/en/no-such-page/", 404), ("/en/bodies/none/", 404)])
def test_a_page_that_is_not_there_is_not_kept_by_search_engines(client, address, status):
    answer = client.get(address)
    assert answer.status_code == status
    assert [link for link in Elements(answer).all("link") if link["rel"] == "canonical"] == []
    assert "There is no such page" in Elements(answer).text


def test_a_fault_is_told_with_a_page_of_its_own(client, rf):
    from django.views.defaults import server_error

    answer = server_error(rf.get("/"))
    assert answer.status_code == 500
    page = Elements(answer)
    assert len(page.all("h1")) == 1
    assert len(page.all("a")) >= len(PARTS)


@pytest.mark.parametrize(
    ("address", "accepted", "offered"),
    [
        ("/", "de-DE,de;q=0.9", "/en/"),
        ("/", "de-DE,de;q=0.9,uk;q=0.5", "/uk/"),
        ("/", "ru-RU,ru;q=0.9,en;q=0.8", None),
        ("/", "de-DE,de;q=0.9,ru;q=0.3", None),
        ("/", "", None),
        ("/en/", "de-DE,de;q=0.9", None),
        ("/en/", "uk", "/uk/"),
        ("/", "*", None),
        ("/", ";;;q=x,,", None),
    ],
)
def test_a_browser_that_asks_for_another_language_is_offered_one(client, address, accepted, offered):
    answer = client.get(address, headers={"accept-language": accepted})
    offers = [link["href"] for link in content(answer).all("a") if link.get("hreflang")]
    assert offers == ([offered] if offered else [])
    assert "Accept-Language" in answer["Vary"]
