"""The pages as people meet them: with and without scripts, by keyboard, on a desk, on a telephone, on paper."""

import pytest
from django.core.management import call_command
from playwright.sync_api import expect

from tests import telling

PAVEL = "Флоренский Павел Александрович"
OVERFLOW = "document.documentElement.scrollWidth - document.documentElement.clientWidth"


@pytest.fixture
def without_scripts(browser, live_server):
    """A page of a browser in which JavaScript is switched off."""
    context = browser.new_context(base_url=live_server.url, java_script_enabled=False)
    yield context.new_page()
    context.close()


def look_for(page, words, at="/"):
    page.goto(at)
    page.locator("input[name=q]").fill(words)
    page.locator("input[name=q]").press("Enter")
    page.wait_for_url("**/victims/?q=*")


@pytest.mark.parametrize("at", ["/", "/en/"])
@pytest.mark.parametrize("scripts", [True, False])
def test_a_relative_finds_a_person_and_with_one_click_the_words_of_a_source(people, request, at, scripts):
    page = request.getfixturevalue("page" if scripts else "without_scripts")
    look_for(page, "флоренский павел", at)
    assert page.locator("input[name=q]").input_value() == "флоренский павел"
    page.locator("ol.results .who a").filter(has_text=PAVEL).last.click()
    page.wait_for_url(f"**{at}victims/{people.florensky.public_id}/")
    assert page.locator("h1").inner_text() == PAVEL
    shooting = page.locator(".events > .death")
    assert "1937" in shooting.locator("h4").inner_text()
    shooting.locator("a.ref").first.click()
    page.wait_for_url("**#entry-1")
    entry = page.locator("#entry-1")
    assert "martyrology" in entry.inner_text()
    assert entry.evaluate("element => element.matches(':target')") if scripts else page.url.endswith("#entry-1")
    top, height = entry.bounding_box()["y"], page.viewport_size["height"]
    assert -1 <= top < height


def test_filters_work_without_scripts_and_leave_a_short_address(people, without_scripts):
    page = without_scripts
    page.goto("/en/victims/")
    page.locator("summary").first.click()
    page.get_by_label("Surname", exact=True).fill("Флоренский")
    page.get_by_label("Manner of death").select_option("shot")
    page.locator("details button").click()
    page.wait_for_url("**/en/victims/?surname=*")
    assert page.url.count("=") == 2
    assert PAVEL in page.locator("ol.results").inner_text()
    with page.expect_navigation():
        page.get_by_role("link", name="Remove the filter Manner of death").click()
    assert "manner" not in page.url


def test_a_list_is_paged_to_its_end_and_back(people, page):
    page.goto("/en/victims/?q=Иванов")
    expect(page.locator("ol.results > li")).to_have_count(20)
    page.get_by_role("link", name="Next page").click()
    expect(page.locator("ol.results > li")).to_have_count(5)
    page.get_by_role("link", name="First page").click()
    expect(page.locator("ol.results > li")).to_have_count(20)


@pytest.mark.looks
@pytest.mark.parametrize("prefix", ["", "/en"])
def test_nothing_scrolls_sideways_on_a_telephone(people, page, prefix):
    wide = {}
    for width in (390, 320):
        page.set_viewport_size({"width": width, "height": 844})
        for name, address in people.addresses.items():
            page.goto(prefix + address)
            if (overflow := page.evaluate(OVERFLOW)) > 0:
                wide[name, width] = overflow
    page.complaints.clear()  # the browser's own words on status 400, 404, 410
    assert wide == {}


@pytest.mark.looks
@pytest.mark.looks
def test_a_chart_wider_than_a_telephone_begins_at_its_highest_column(people, page):
    arrests = [{"date": f"{year}-05"} for year in (1918, *[1937] * 3)]
    telling.put(*(telling.name("Иванов", str(number), arrests=[told]) for number, told in enumerate(arrests)))
    call_command("count_people")
    page.set_viewport_size({"width": 390, "height": 844})
    page.goto("/en/statistics/arrested/")
    chart = page.locator("#years ~ figure .scroll")
    seen = """chart => [chart, chart.querySelector(".most")]
        .map(one => one.getBoundingClientRect()).map(box => [box.left, box.right])"""
    (left, right), (begins, ends) = chart.evaluate(seen)
    assert chart.evaluate("chart => chart.scrollWidth > chart.clientWidth")
    assert left <= begins and ends <= right


def test_text_may_be_twice_as_large_without_loss(people, page):
    page.set_viewport_size({"width": 640, "height": 800})
    for name in ("home", "person", "list of filters"):
        page.goto(people.addresses[name])
        page.evaluate("document.documentElement.style.fontSize = '200%'")
        assert page.evaluate(OVERFLOW) <= 0, name


def test_the_keyboard_reaches_the_content_and_the_box(people, page):
    page.goto("/")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "skip"
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "content"
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.hreflang") == "en"  # for which this browser asks
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.id") == "q"


def test_the_keyboard_scrolls_a_wide_table(people, page):
    page.set_viewport_size({"width": 390, "height": 844})
    page.goto("/en/execution-sites/")
    region = page.get_by_role("region", name="Execution sites", exact=True)
    region.focus()
    page.keyboard.press("ArrowRight")
    for _moment in range(50):  # the browser itself may evaluate nothing under the strict policy
        if region.evaluate("found => found.scrollLeft") > 0:
            return
        page.wait_for_timeout(100)
    pytest.fail("the table does not scroll")


def test_every_stop_of_the_keyboard_is_visible(people, page):
    page.goto(people.addresses["list of filters"])
    for _stop in range(40):
        page.keyboard.press("Tab")
        outline = page.evaluate(
            "(([e, style]) => [style.outlineStyle, style.outlineWidth, e.tagName])"
            "([document.activeElement, getComputedStyle(document.activeElement)])"
        )
        assert outline[2] == "BODY" or (outline[0] != "none" and outline[1] != "0px"), outline


def test_an_error_above_is_read_first_and_leads_to_its_field(people, page):
    page.goto("/en/victims/?birth=yesterday")
    page.complaints.clear()  # the browser's own words on status 400
    assert page.evaluate("document.activeElement.getAttribute('role')") == "alert"
    page.get_by_role("alert").get_by_role("link", name="Date of birth").click()
    assert page.evaluate("document.activeElement.id") == "f-birth"


def test_on_paper_stand_the_facts_and_sources_without_navigation(people, page):
    page.goto("/en" + people.addresses["entry"])
    page.emulate_media(media="print", color_scheme="dark")
    for hidden in ("header nav.main", "header nav.languages", "footer .links", ".legend", ".cite a[download]"):
        assert not page.locator(hidden).is_visible()
    for shown in ("h1", ".facts >> nth=0", "#entry-1", ".citations"):
        assert page.locator(shown).first.is_visible()
    assert page.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(255, 255, 255)"
    assert page.evaluate("getComputedStyle(document.querySelector('h1')).color") == "rgb(0, 0, 0)"


def test_a_list_and_its_figures_go_on_paper_whole_and_without_what_only_a_screen_can_do(people, page):
    page.set_viewport_size({"width": 640, "height": 900})  # as wide as a sheet with its margins
    page.emulate_media(media="print")
    page.goto("/en/victims/?q=Иванов")
    for hidden in ("main form details", "main form button", "#q-help", ".facets", ".alert"):
        assert not page.locator(hidden).first.is_visible(), hidden
    assert page.locator("input[name=q]").is_visible()  # whom the list is of
    assert page.locator("ol.results > li").count() == 20
    page.goto("/en/statistics/sentenced/")
    cut = "[...document.querySelectorAll('figure .scroll')].filter(e => e.scrollWidth > e.clientWidth).length"
    assert page.locator("figure .scroll").count() and page.evaluate(cut) == 0


def test_who_keeps_records_signs_out_from_any_page(people, page):
    page.goto("/en/accounts/login/?next=/en/about/")
    page.locator("input[name=login]").fill("editor")
    page.locator("input[name=password]").fill("the-archive-is-open-1937")
    page.locator("main button[type=submit]").click()
    page.wait_for_url("**/en/about/")
    assert "editor" in page.locator("footer").inner_text()
    page.goto(f"/en/victims/{people.draft.public_id}/")
    assert "Черновой" in page.locator("h1").inner_text()
    page.locator("footer button").click()
    page.wait_for_url(lambda url: "victims" not in url)
    page.goto(f"/en/victims/{people.draft.public_id}/")
    page.complaints.clear()  # the browser's own words on status 404
    assert "Черновой" not in page.locator("main").inner_text()
