"""The pages of accounts in a browser: usable, without faults for assistive technology, at any width."""

from pathlib import Path

import axe_playwright_python
import pytest
from playwright.sync_api import expect

from tests.memorial.signing import PASSWORD, SECRET, Role, code_of, forget_tries, keeper, with_app

pytestmark = pytest.mark.looks  # the ways through the accounts are tested without a browser too
AXE = Path(axe_playwright_python.__file__).with_name("axe.min.js").read_text("utf-8")
WIDTHS = (1280, 390)


@pytest.fixture
def keepers(live_server, transactional_db):
    """People with accounts, in a database that the running site sees."""
    forget_tries()
    yield {"editor": keeper(Role.EDITOR, name="editor"), "admin": keeper(Role.ADMINISTRATOR, name="admin")}
    forget_tries()


def faults(page) -> list[str]:
    """Return what axe-core finds wrong with a page by WCAG 2.2 AA and good practice."""
    rules = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
    page.evaluate(AXE)
    found = page.evaluate("rules => axe.run(document, {runOnly: rules})", rules)
    return [
        f"{page.url}: {fault['id']}: {fault['help']}: {node['html'][:200]}"
        for fault in found["violations"]
        for node in fault["nodes"]
    ]


def faultless(page, path=None) -> None:
    """Hold that a page is without faults and needs no scrolling sideways, narrow and wide."""
    if path:
        page.goto(path)
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": 900})
        wide = page.evaluate("document.documentElement.scrollWidth")
        assert wide <= width, f"{page.url} is {wide} wide at {width}"
    assert faults(page) == []


def follow(page, element):
    """Click what leads to another page, and wait until that has come: what is asked next is asked of it."""
    with page.expect_navigation():
        element.click()


def press(page, name):
    """Press a button of the page itself; header and footer have theirs."""
    follow(page, page.get_by_role("main").get_by_role("button", name=name).first)


def enter(page, name, password=PASSWORD):
    page.goto("/en/accounts/login/")
    page.get_by_label("Username").fill(name)
    page.get_by_label("Password").fill(password)
    press(page, "Sign in")


def confirm(page):
    page.get_by_label("Password").fill(PASSWORD)
    press(page, "Go on")


def test_somebody_sets_up_an_app_signs_in_with_it_and_makes_a_token(page, keepers):
    faultless(page, "/en/accounts/login/")
    enter(page, "editor", "wrong")
    assert page.get_by_role("alert").inner_text() == "The username and/or password you specified are not correct."
    faultless(page)
    enter(page, "editor")
    page.wait_for_url("**/admin/")
    faultless(page, "/en/accounts/")
    follow(page, page.get_by_role("link", name="Second factor"))
    faultless(page)
    follow(page, page.get_by_role("link", name="Set up the app"))
    faultless(page)
    confirm(page)
    faultless(page)
    secret = page.locator("code").inner_text()
    page.get_by_label("Authenticator code").fill(code_of(secret, steady=8))
    press(page, "Set up")
    expect(page.locator("li code")).to_have_count(10)
    faultless(page)
    recovery = page.locator("li code").first.inner_text()
    follow(page, page.get_by_role("main").get_by_role("link", name="Sign out"))
    faultless(page)
    press(page, "Sign out")

    enter(page, "editor")
    faultless(page)
    page.get_by_label("Code").fill(recovery)
    press(page, "Sign in")
    page.wait_for_url("**/admin/")
    faultless(page, "/en/accounts/2fa/")
    faultless(page, "/en/accounts/tokens/")
    press(page, "Make a token")
    confirm(page)
    assert len(page.locator("pre code").first.inner_text()) == 64
    faultless(page)
    press(page, "Revoke the token")
    assert "The token is revoked" in page.get_by_role("status").inner_text()
    faultless(page)
    for path in ("2fa/totp/deactivate/", "2fa/recovery-codes/generate/", "password/change/", "logout/"):
        faultless(page, f"/en/accounts/{path}")


@pytest.mark.parametrize("prefix", ["", "/en", "/uk"])
def test_the_pages_that_anybody_sees_are_without_faults_in_every_language(page, keepers, prefix):
    for path in ("login/", "password/reset/", "password/reset/done/", "inactive/"):
        faultless(page, f"{prefix}/accounts/{path}")


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_a_new_password_is_chosen_with_the_rules_in_sight(page, keepers, scheme):
    page.emulate_media(color_scheme=scheme)
    enter(page, "editor")
    page.goto("/en/accounts/password/change/")
    page.get_by_label("Current Password").fill(PASSWORD)
    page.get_by_label("New Password", exact=True).fill("short")
    page.get_by_label("New Password (again)").fill("short")
    press(page, "Change the password")
    assert "too short" in page.get_by_role("alert").inner_text()
    faultless(page)


def test_the_administration_of_accounts_works_under_the_strict_policy(page, keepers):
    """Any breach of the policy is an error of the console, and those fail the test."""
    with_app(keepers["editor"])
    enter(page, "admin")
    page.wait_for_url("**/admin/")
    page.goto("/en/admin/auth/user/")
    assert page.locator("#result_list").get_by_role("link", name="editor").is_visible()
    follow(page, page.get_by_role("link", name="Add user").first)
    page.get_by_label("Username").fill("anna")
    page.get_by_label("Password:").fill("a-new-archive-is-open-1939")
    page.get_by_label("Password confirmation").fill("a-new-archive-is-open-1939")
    page.get_by_label("Role").select_option("archivist")
    follow(page, page.get_by_role("button", name="Save", exact=True))
    assert "anna" in page.locator(".messagelist").inner_text()
    page.goto(f"/en/admin/auth/user/{keepers['editor'].pk}/change/")
    page.goto(f"/en/admin/auth/user/{keepers['editor'].pk}/password/")
    page.goto(f"/en/admin/auth/user/{keepers['editor'].pk}/history/")
    page.goto("/en/admin/auth/user/?is_active__exact=1&o=1")
    page.get_by_label("Select this object for an action - editor").check()
    page.get_by_label("Action:").select_option("remove_second_factor")
    follow(page, page.get_by_role("button", name="Go", exact=True))
    assert "1 account changed" in page.locator(".messagelist").inner_text()
    assert page.locator("#site-name").inner_text() == "Memorial"


def test_a_code_from_the_app_signs_in(page, keepers):
    with_app(keepers["editor"])
    enter(page, "editor")
    page.get_by_label("Code").fill(code_of(SECRET, steady=8))
    press(page, "Sign in")
    page.wait_for_url("**/admin/")
