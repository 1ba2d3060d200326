"""Five people on their way through the site, each to what they came for."""

import gzip
from itertools import pairwise

import pytest
from django.core.management import call_command
from playwright.sync_api import expect

from tests.cast import enter
from tests.telling import a_source, name, put
from victims.contributions import guards
from victims.importing.reference import load_reference

TROIKA = "Особая тройка УНКВД Ленинградской области"
VILLAGE = "с. Берёзовка Тотемского р-на"
#: What a first visit on a slow line may bring, compressed.
LIGHT = 60_000


@pytest.fixture
def recorded(transactional_db):
    """Some people of a village, most of them shot, and the reference data."""
    load_reference()
    shot = {"date": "1937-10-14", "manner": "shot"}
    sentences = [{"date": "1937-10-09", "body": TROIKA, "kind": "vmn"}]
    villagers = [
        name(surname, given, birth={"date": year, "place": VILLAGE}, sentences=sentences, death=shot)
        for surname, given, year in (
            ("Щербаков", "Иван", "1889"), ("Попов", "Пётр", "1901"), ("Белов", "Фёдор", "1875")
        )
    ]  # fmt: skip
    exiled = name("Белова", "Анна", birth={"date": "1899", "place": VILLAGE},
                  sentences=[{"date": "1931", "kind": "exile"}])  # fmt: skip
    people = put(*villagers, exiled, source=a_source("martyrology", title="Мартиролог"))
    enter({"surname": "Щербаков", "given_name": "Вымышленный"}, "synthetic", synthetic=True, status="published")
    call_command("count_people")
    return people


@pytest.fixture
def phone(browser, live_server):
    """A telephone whose browser runs no scripts, and the bytes that came to it, compressed."""
    context = browser.new_context(
        base_url=live_server.url, java_script_enabled=False, is_mobile=True, has_touch=True,
        viewport={"width": 390, "height": 844},
    )  # fmt: skip
    page, came = context.new_page(), {}
    page.on("response", lambda answer: answer.ok and came.update({answer.url: len(gzip.compress(answer.body()))}))
    page.came = came
    yield page
    context.close()


def test_a_granddaughter_in_germany_finds_him_as_her_language_spells_him(recorded, page):
    page.goto("/en/")
    page.get_by_label("Name", exact=True).fill("Schtscherbakow")
    page.get_by_role("button", name="Search").click()
    page.get_by_role("link", name="Щербаков Иван").click()
    expect(page.locator("h1")).to_have_text("Щербаков Иван")
    words = page.locator("main").inner_text()
    assert "Shcherbakov Ivan" in words  # in letters that she reads
    assert "shot" in words.lower() and "14 October 1937" in words
    assert "Мартиролог" in words  # who tells it
    for wanted in ("Add or correct", "PDF"):
        assert page.get_by_role("link", name=wanted).first.is_visible()
    page.get_by_role("link", name="Sentenced by the same body on the same day").click()
    expect(page.locator("ol.results")).to_contain_text("Белов Фёдор")


def test_a_teacher_finds_those_shot_from_one_village(recorded, page):
    page.goto("/en/victims/")
    page.get_by_text("More ways to search").click()
    page.get_by_label("Place of birth").fill("берёзовка")
    page.get_by_label("Manner of death").select_option("shot")
    page.locator("form details button").click()
    page.wait_for_url("**birth_place=*")
    people = page.locator("ol.results .who a")
    expect(people).to_have_text(["Белов Фёдор", "Попов Пётр", "Щербаков Иван"])
    page.get_by_role("link", name="by birth").click()
    expect(people).to_have_text(["Белов Фёдор", "Щербаков Иван", "Попов Пётр"])
    page.get_by_text("Narrow the list").click()
    page.get_by_role("link", name="1900–1909").click()
    expect(people).to_have_text(["Попов Пётр"])
    people.first.click()
    page.get_by_role("link", name="Born at a place that is printed in the same words").click()
    expect(page.locator("ol.results > li")).to_have_count(4)  # with her who was not shot


def test_a_journalist_compares_what_was_allowed_reported_and_recorded(recorded, page):
    page.goto("/en/")
    page.get_by_role("navigation", name="Pages").get_by_role("link", name="Operations").click()
    page.get_by_role("link", name="Kulak operation", exact=True).click()
    table = page.get_by_role("region", name="Planned, reported, and recorded here")
    row = table.get_by_role("row").filter(has_text="17 November 1938")
    row.wait_for()  # what is read at once would be read on the page before
    reported, recorded_here, missing = (
        int(cell.replace(",", "").rstrip("*")) for cell in row.get_by_role("cell").all_inner_texts()[-3:]
    )
    assert reported == 767_000 and recorded_here >= 3 and missing == reported - recorded_here
    assert "neither is a list of names" in page.locator("main").inner_text()
    chart = page.get_by_role("group", name="Sentences recorded here, month by month")
    chart.get_by_role("link", name="October 1937").click()
    page.wait_for_url("**sentence=1937-10*")
    assert "Щербаков Иван" in page.locator("ol.results").inner_text()
    assert "Вымышленный" not in page.locator("ol.results").inner_text()
    page.goto("/en/statistics/sentenced/attribution/")
    with page.expect_download() as download:
        page.get_by_role("link", name="All numbers as a file").click()
    lines = download.value.path().read_text("utf-8").splitlines()
    assert any(line.startswith("1937-10,October 1937,00447 inferred,") for line in lines)


def test_a_blind_reader_goes_by_names_and_by_the_keyboard_alone(recorded, page):
    page.goto("/en/")
    landmarks = page.locator("body").aria_snapshot()
    for part in ("banner", 'navigation "Language"', 'navigation "Pages"', "main", "search", "contentinfo"):
        assert f"- {part}" in landmarks
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")  # past the navigation
    page.keyboard.press("Tab")
    page.keyboard.type("щербаков иван")
    page.keyboard.press("Enter")
    page.wait_for_url("**/victims/?q=*")
    told = page.locator("main").aria_snapshot()
    assert 'heading "People found" [level=1]' in told and 'link "Щербаков Иван"' in told
    _tab_to(page, "Щербаков Иван")
    page.keyboard.press("Enter")
    page.wait_for_url(f"**/victims/{recorded[0].public_id}/")
    tags = page.locator("h1, h2, h3, h4").evaluate_all("all => all.map(one => one.tagName)")
    assert tags[0] == "H1" and all(int(below[1]) <= int(above[1]) + 1 for above, below in pairwise(tags))
    page.goto("/en/statistics/sentenced/")
    chart = page.get_by_role("group", name="Months of 1937 and 1938")
    assert 'link "October 1937: ' in chart.aria_snapshot()
    table = page.get_by_role("region", name="All values").aria_snapshot()
    assert 'columnheader "Month of sentence"' in table and 'rowheader "October 1937"' in table


def _tab_to(page, words: str) -> None:
    """Press Tab until what is focused has these words."""
    for _stop in range(60):
        page.keyboard.press("Tab")
        if words in page.evaluate("document.activeElement.innerText || ''"):
            return
    pytest.fail(f"the keyboard does not reach {words}")


def test_a_telephone_on_a_slow_line_needs_few_bytes_and_no_scripts(recorded, phone):
    phone.goto("/")
    assert sum(phone.came.values()) < LIGHT and len(phone.came) <= 6
    phone.locator("input[name=q]").fill("щербаков")
    phone.locator("input[name=q]").press("Enter")
    phone.wait_for_url("**/victims/?q=*")
    phone.locator("ol.results .who a").filter(has_text="Щербаков Иван").tap()
    phone.wait_for_url(f"**/victims/{recorded[0].public_id}/")
    assert phone.locator("h1").inner_text() == "Щербаков Иван"
    assert sum(phone.came.values()) < 2 * LIGHT  # three pages, their styles once
    for address in ("/statistics/sentenced/", "/operations/00447/"):
        phone.goto(address)
        assert phone.locator("svg a").first.is_visible()


def test_the_forms_for_visitors_are_filled_in_by_the_keyboard(recorded, page, monkeypatch):
    monkeypatch.setattr(guards, "SOONEST", -1)  # what is sent within seconds is taken for a machine's
    page.goto(f"/en/contribute/{recorded[0].public_id}/")
    _tab_to_field(page, "words")
    page.keyboard.type("Отца звали Матвеем.")
    _tab_to(page, "Send to the editors")
    page.keyboard.press("Enter")
    page.wait_for_url("**/contributions/**")
    assert "Отца звали Матвеем." in page.locator("main").inner_text()
    page.goto("/en/alerts/?q=Щербаков")
    _tab_to_field(page, "address")
    page.keyboard.type("нет")
    page.keyboard.press("Enter")
    wrong = page.get_by_role("alert")
    wrong.wait_for()
    page.complaints.clear()  # the browser's own words on status 400
    wrong.get_by_role("link").first.focus()
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.name") == "address"
    assert page.evaluate("document.activeElement.getAttribute('aria-invalid')") == "true"
    page.keyboard.press("Control+A")
    page.keyboard.type("anna@example.org")
    page.keyboard.press("Enter")
    page.get_by_role("status").wait_for()


def _tab_to_field(page, field: str) -> None:
    for _stop in range(60):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.name || ''") == field:
            return
    pytest.fail(f"the keyboard does not reach the field {field}")
