"""Every page held to WCAG 2.2 AA by axe, in light and in dark, on a telephone and on a desk."""

from pathlib import Path

import axe_playwright_python
import pytest

AXE = Path(axe_playwright_python.__file__).with_name("axe.min.js").read_text("utf-8")
RUN = """
axe.run({
    resultTypes: ["violations"],
    runOnly: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"],
    rules: {"target-size": {enabled: true}},
}).then(found => found.violations.flatMap(one => one.nodes.map(node => `${one.id}: ${node.target}`)))
"""


@pytest.mark.parametrize("width", [390, 1280])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_no_page_violates_a_rule_that_a_program_can_check(people, browser, live_server, scheme, width):
    context = browser.new_context(
        base_url=live_server.url, color_scheme=scheme, viewport={"width": width, "height": 900}
    )
    page, violations = context.new_page(), {}
    for name, address in people.addresses.items():
        page.goto("/en" + address)
        if page.locator("details").count():
            page.evaluate("document.querySelectorAll('details').forEach(one => one.open = true)")
        page.evaluate(AXE)
        if found := page.evaluate(RUN):
            violations[name] = found
    context.close()
    assert violations == {}
