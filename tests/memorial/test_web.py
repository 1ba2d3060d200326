"""What every answer of the site has in common."""

import re

import pytest
from django.db import OperationalError, connection

MISSING = "/no-such-page/"


def test_healthz_tells_that_the_database_answers(client, db):
    answer = client.get("/healthz")
    assert answer.status_code == 200
    assert answer.json() == {"status": "ok", "database": "ok"}
    assert "no-store" in answer.headers["Cache-Control"]


def test_healthz_fails_where_the_database_does_not_answer(client, db, monkeypatch):
    def fail(*arguments):
        raise OperationalError("no connection to 203.0.113.77")

    with monkeypatch.context() as broken:
        broken.setattr(connection, "cursor", fail)
        answer = client.get("/healthz")
    assert answer.status_code == 503
    assert answer.json() == {"status": "failing", "database": "unreachable"}


@pytest.mark.parametrize("path", ["/healthz", MISSING])
def test_every_answer_forbids_inline_code_and_other_hosts(client, db, path):
    policy = client.get(path).headers["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy
    assert "http" not in policy


@pytest.mark.parametrize(
    ("path", "language", "words"),
    [
        (MISSING, "ru", "Такой страницы нет"),
        ("/en" + MISSING, "en", "There is no such page"),
        ("/uk" + MISSING, "uk", "Такої сторінки немає"),
    ],
)
def test_the_address_decides_the_language(client, db, path, language, words):
    answer = client.get(path, headers={"accept-language": "de, en;q=0.5"})
    assert answer.status_code == 404
    page = answer.content.decode()
    assert f'<html lang="{language}">' in page
    assert f"<h1>{words}</h1>" in page


@pytest.mark.parametrize("prefix", ["", "/en", "/uk"])
def test_the_language_switch_keeps_the_page_and_its_query(client, db, prefix):
    page = client.get(f"{prefix}{MISSING}?q=a&page=2").content.decode()
    links = re.findall(r'<li><a href="([^"]+)" lang="(\w+)"', page)
    query = "no-such-page/?q=a&amp;page=2"
    assert links == [("/" + query, "ru"), ("/en/" + query, "en"), ("/uk/" + query, "uk")]


def test_the_language_switch_never_leads_to_another_host(client, db):
    page = client.get("/en//example.org/").content.decode()
    assert 'href="/example.org/"' in page
    assert 'href="//' not in page


def test_a_page_has_nothing_inline_and_nothing_from_elsewhere(client, db):
    page = client.get(MISSING).content.decode()
    assert not re.search(r"<(style|script(?! src=))|\sstyle=|\son\w+=|javascript:", page)
    loaded = re.findall(r'(?:src|stylesheet" href)="([^"]+)"', page)
    assert loaded
    assert all(address.startswith("/static/") for address in loaded)


def test_in_a_browser_the_styles_apply_and_the_keyboard_can_skip_to_the_content(page):
    page.goto(MISSING)
    page.complaints.clear()  # the browser reports the 404 itself
    assert page.evaluate("getComputedStyle(document.querySelector('body > header')).display") == "flex"
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "skip"
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "content"


@pytest.mark.parametrize(("scheme", "dark"), [("light", False), ("dark", True)])
def test_in_a_browser_the_page_follows_the_scheme_of_the_system(page, scheme, dark):
    page.emulate_media(color_scheme=scheme)
    page.goto(MISSING)
    page.complaints.clear()
    colour = page.evaluate("getComputedStyle(document.documentElement).backgroundColor")
    brightness = sum(map(int, re.findall(r"\d+", colour)[:3]))
    assert (brightness < 200) is dark


def test_a_page_that_is_not_there_offers_the_search_and_other_ways(client, db):
    answer = client.get("/en/nothing-of-the-kind/")
    page = answer.content.decode()
    assert answer.status_code == 404
    assert 'action="/en/victims/"' in page and 'href="/en/browse/"' in page and 'href="/en/contribute/"' in page
