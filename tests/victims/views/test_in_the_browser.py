"""The first page as a visitor meets it: with and without scripts, on a desk and on a telephone."""

import pytest

from victims.importing.reference import load_reference

PAVEL = "Флоренский Павел Александрович"


@pytest.fixture
def loaded(transactional_db):
    load_reference()


@pytest.fixture
def without_scripts(browser, live_server):
    """A page of a browser in which JavaScript is switched off."""
    context = browser.new_context(base_url=live_server.url, java_script_enabled=False)
    yield context.new_page()
    context.close()


def look_for(page, words, at="/"):
    page.goto(at)
    page.get_by_role("searchbox").fill(words)
    page.get_by_role("searchbox").press("Enter")
    page.wait_for_url("**/?q=*")


def test_a_relative_types_a_name_and_sees_the_person(loaded, page):
    look_for(page, "флоренский павел")
    [result] = page.locator("ol.results > li").all()
    assert PAVEL in result.inner_text()
    assert "8 декабря 1937" in result.inner_text()
    assert page.get_by_role("searchbox").input_value() == "флоренский павел"


def test_it_works_without_scripts(loaded, without_scripts):
    look_for(without_scripts, "флоренский павел", at="/en/")
    assert PAVEL in without_scripts.locator("ol.results").inner_text()
    without_scripts.get_by_role("button").click()
    assert PAVEL in without_scripts.locator("ol.results").inner_text()


@pytest.mark.parametrize("query", ["", "флоренский", "а" * 150, "никто такой", "И" * 201])
def test_nothing_scrolls_sideways_on_a_telephone(loaded, page, query):
    for width in (390, 320):
        page.set_viewport_size({"width": width, "height": 844})
        page.goto(f"/?q={query}")
        page.complaints.clear()  # the browser's own words on status 400
        overflow = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
        assert page.evaluate(overflow) <= 0, width


def test_the_keyboard_reaches_the_box_and_the_content(loaded, page):
    page.goto("/")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "skip"
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "content"
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.id") == "q"
