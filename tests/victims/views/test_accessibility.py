"""Every page held to WCAG 2.2 AA by axe, in light and in dark, on a telephone and on a desk."""

from pathlib import Path

import axe_playwright_python
import pytest
from django.contrib.auth.models import User

pytestmark = pytest.mark.looks
AXE = Path(axe_playwright_python.__file__).with_name("axe.min.js").read_text("utf-8")
RUN = """
axe.run({
    resultTypes: ["violations"],
    runOnly: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"],
    rules: {"target-size": {enabled: true}},
}).then(found => found.violations.flatMap(one => one.nodes.map(node => `${one.id}: ${node.target}`)))
"""


def violated(page) -> list[str]:
    """Return "rule: element" for all that axe finds wrong with a page."""
    page.evaluate(AXE)
    return page.evaluate(RUN)


@pytest.mark.parametrize(("scheme", "width"), [("light", 390), ("dark", 1280)])
def test_no_page_violates_a_rule_that_a_program_can_check(people, browser, live_server, scheme, width):
    context = browser.new_context(
        base_url=live_server.url, color_scheme=scheme, viewport={"width": width, "height": 900}
    )
    page, violations = context.new_page(), {}
    for name, address in people.addresses.items():
        page.goto("/en" + address)
        if page.locator("details").count():
            page.evaluate("document.querySelectorAll('details').forEach(one => one.open = true)")
        if found := violated(page):
            violations[name] = found
    context.close()
    assert violations == {}


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_what_keepers_of_records_see_besides_violates_none_either(people, page, client, live_server, scheme):
    client.force_login(User.objects.get(username="editor"))
    session = client.cookies["sessionid"].value
    page.context.add_cookies([{"name": "sessionid", "value": session, "url": live_server.url}])
    page.emulate_media(color_scheme=scheme)
    for address in (f"/en/victims/{people.draft.public_id}/", "/en/victims/?q=черновой"):
        page.goto(address)
        assert "draft" in page.locator("main").inner_text().lower()
        assert violated(page) == []
