"""The archivist's job in a real browser: a card is entered, changed, published, restored."""

import pytest
from django.urls import reverse

from memorial.accounts import Role
from tests.cast import FLORENSKY, KURBAS, enter, entry_of, gather
from tests.people import PASSWORD, keeper
from tests.telling import a_source
from tests.victims.views.test_accessibility import AXE, RUN
from victims.editing import Wish, save
from victims.models import Entry, Victim
from victims.vocabulary import Status

PRINTED = "Азаров Пётр Ильич, род. 1894, дер. Коньково, русский, б/п, сторож. Расстрелян 16.05.1938."


@pytest.fixture
def sign_in(transactional_db, page):
    def done(user):
        page.goto(reverse("account_login"))
        page.locator("[name=login]").fill(user.username)
        page.locator("[name=password]").fill(PASSWORD)
        page.locator("[name=password]").press("Enter")
        page.wait_for_url("**/admin/**")

    return done


def fill(page, name, words):
    page.locator(f"[name='{name}']").fill(words)


def press(page, name):
    with page.expect_navigation():
        page.locator(f"button[name='{name}']").click()


def test_an_archivist_enters_a_card_and_an_editor_publishes_changes_and_restores_it(sign_in, page):
    source = a_source("book")
    archivist, editor = keeper(Role.ARCHIVIST, source), keeper(Role.EDITOR)
    sign_in(archivist)
    page.goto(reverse("admin:victims_victim_add"))
    fill(page, "new-source", "book")
    fill(page, "new-text", PRINTED)
    press(page, "_read-new")
    assert page.locator("[name='new-surname']").input_value() == "Азаров"
    assert page.locator("[name='new-death-0-date']").input_value() == "1938-05-16"
    assert page.locator("button[name=_publish]").count() == 0
    press(page, "_save")
    victim, entry = Victim.objects.get(), Entry.objects.get()
    assert (victim.status, victim.name, entry.text) == (Status.DRAFT, "Азаров Пётр Ильич", PRINTED)

    page.context.clear_cookies()
    sign_in(editor)
    page.goto(reverse("admin:victims_victim_change", args=[victim.pk]))
    fill(page, f"entry-{entry.pk}-birth-0-date", "1895~")
    page.locator(f"#id_entry-{entry.pk}-birth-0-date + output", has_text="1895").wait_for()
    fill(page, "why", "по метрике")
    press(page, "_publish")
    victim.refresh_from_db()
    assert (victim.status, victim.birth) == (Status.PUBLISHED, "1895~")

    page.goto(reverse("admin:victims_victim_history", args=[victim.pk]))
    assert "по метрике" in page.locator("#revision-2").locator("xpath=..").inner_text()
    page.locator("#revision-1").locator("xpath=..").get_by_role("link").click()
    fill(page, "why", "метрика другого человека")
    with page.expect_navigation():
        page.locator("form button.default").click()
    victim.refresh_from_db()
    assert (victim.status, victim.birth, victim.revision) == (Status.PUBLISHED, "1894", 3)


@pytest.mark.looks
def test_the_row_of_buttons_is_as_high_on_a_telephone_as_what_stands_in_it(sign_in, page):
    a_source("book")
    sign_in(keeper(Role.EDITOR))
    page.set_viewport_size({"width": 390, "height": 844})
    page.goto(reverse("admin:victims_victim_add"))
    assert page.locator(".desk-submit > .desk-field").bounding_box()["height"] < 100


def test_one_more_fact_comes_with_a_button_and_words_that_are_there_are_offered(sign_in, page):
    source = a_source("book")
    sign_in(keeper(Role.EDITOR))
    page.goto(reverse("admin:victims_victim_add"))
    fill(page, "new-source", "book")
    fill(page, "new-surname", "Иванов")
    arrests = page.locator("#new-arrests")
    arrests.locator("summary").click()
    fill(page, "new-arrests-0-date", "1933")
    arrests.locator("button.more").click()
    fill(page, "new-arrests-1-date", "1937")
    fill(page, "new-arrests-1-body", "УНКВД")
    page.locator("#new-sentences > summary").click()
    page.locator("#new-sentences-0-revision > summary").click()
    fill(page, "new-sentences-0-revision-0-date", "1939")
    press(page, "_save")
    entry = Entry.objects.get()
    assert list(entry.arrest_set.values_list("date", flat=True)) == ["1933", "1937"]
    assert entry.sentence_set.get().revisions.get().date == "1939"
    body = page.locator(f"[name='entry-{entry.pk}-arrests-0-body']")
    body.press_sequentially("унк")
    page.locator(f"#id_entry-{entry.pk}-arrests-0-body-offers option").first.wait_for(state="attached")
    offers = page.locator(f"#id_entry-{entry.pk}-arrests-0-body-offers option").evaluate_all(
        "all => all.map(o => o.value)"
    )
    assert offers == ["УНКВД"]
    assert source


@pytest.mark.looks
@pytest.mark.parametrize("width", [390, 1280])
def test_the_desk_fits_the_screen(sign_in, page, width):
    sign_in(keeper(Role.EDITOR))
    page.set_viewport_size({"width": width, "height": 844})
    page.goto(reverse("admin:victims_victim_add"))
    overflow = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
    assert page.evaluate(overflow) <= 0


FOCUSED = "document.activeElement.name || document.activeElement.className"


def test_a_card_begins_in_its_first_empty_field_and_what_must_be_mended_is_read_first(sign_in, page):
    a_source("book"), a_source("another")
    sign_in(keeper(Role.EDITOR))
    page.goto(reverse("admin:victims_victim_add"))
    assert page.evaluate(FOCUSED) == "new-source"
    fill(page, "new-source", "book")
    page.locator("#new-birth > summary").click()
    fill(page, "new-birth-0-date", "31.02.1890")
    press(page, "_save")
    page.complaints.clear()  # the browser calls 422 an error
    assert "desk-complaints" in page.evaluate(FOCUSED)
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    assert page.evaluate(FOCUSED) == "new-birth-0-date"
    fill(page, "new-birth-0-date", "1890")
    fill(page, "new-surname", "Иванов")
    press(page, "_addanother")
    assert page.evaluate(FOCUSED) == "new-item_key"
    fill(page, "new-text", PRINTED)
    press(page, "_read-new")
    assert page.evaluate(FOCUSED) == "new-text"


#: Whether something stands beside what is seen, to be reached by scrolling alone.
SIDEWAYS = """[document.documentElement, ...document.querySelectorAll('.desk :not(.visually-hidden)')].filter(
    one => one.clientWidth && one.scrollWidth > one.clientWidth + 1 && getComputedStyle(one).overflowX != 'visible'
).map(one => one.outerHTML.slice(0, 80))"""


@pytest.mark.looks
def test_tables_of_the_desk_are_read_on_a_telephone_without_scrolling_sideways(sign_in, page):
    victim = gather(FLORENSKY, status=Status.PUBLISHED)
    enter(FLORENSKY["lists"], key="another", status=Status.PUBLISHED)
    editor, told = keeper(Role.EDITOR), entry_of(victim)
    save([Wish(told.source, FLORENSKY["lists"], "слово " * 99, told, told.item_key)], user=editor, victim=victim)
    sign_in(editor)
    page.set_viewport_size({"width": 390, "height": 844})
    for name, *arguments in [("history", victim.pk), ("alike", victim.pk), ("restore", victim.pk, 1)]:
        page.goto(reverse(f"admin:victims_victim_{name}", args=arguments))
        assert page.evaluate(SIDEWAYS) == [], name
        cell = page.locator(".desk-stacked td:last-child").first
        assert cell.bounding_box()["width"] > 300, name
        assert page.evaluate("cell => getComputedStyle(cell, '::before').content", cell.element_handle()) != "none"
        page.emulate_media(media="print")
        assert page.evaluate(SIDEWAYS) == [], f"{name}, printed"
        page.emulate_media(media="screen")


#: What the administration site itself does not hold to: its own search field, filters and tables of rows below.
OWN = ".desk, .breadcrumbs"


@pytest.mark.looks
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_desk_violates_no_rule_that_a_program_can_check(sign_in, page, scheme):
    victim = gather(FLORENSKY, status=Status.PUBLISHED)
    other = enter(KURBAS["lists"], status=Status.PUBLISHED)
    editor = keeper(Role.EDITOR)
    told = entry_of(victim)
    wish = Wish(told.source, FLORENSKY["lists"], "", told, told.item_key)
    save([wish], user=editor, victim=victim)
    sign_in(editor)
    page.emulate_media(color_scheme=scheme)
    names = [("add",), ("change", victim.pk), ("history", victim.pk), ("alike", victim.pk),
             ("restore", victim.pk, 1), ("merge", victim.pk, other.pk),
             ("apart", victim.pk, other.pk), ("withdraw", victim.pk)]  # fmt: skip
    for name, *arguments in names:
        page.goto(reverse(f"admin:victims_victim_{name}", args=arguments))
        page.evaluate("document.querySelectorAll('.desk details').forEach(one => one.open = true)")
        page.evaluate(AXE)
        assert page.evaluate(RUN.replace("axe.run({", f"axe.run('{OWN}', {{")) == [], name
    page.complaints.clear()  # axe sets styles of its own, which the site's policy refuses
