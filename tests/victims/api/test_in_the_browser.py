"""The reader of the description in a browser, under the site's policy and with no other host."""

import pytest

from tests.cast import KURBAS, enter
from victims.vocabulary import Status

pytestmark = pytest.mark.django_db(transaction=True)


def test_the_description_can_be_read_and_tried_out(page):
    enter(KURBAS["martyrology"], status=Status.PUBLISHED)
    answer = page.goto("/api/v1/docs/")
    assert answer.status == 200
    assert "script-src 'self'" in answer.headers["content-security-policy"]
    assert "unsafe" not in answer.headers["content-security-policy"]
    page.wait_for_selector("text=List or find people")
    assert page.title() == "Memorial API"
    operation = "#operations-victims-victims_list"
    page.click(f"{operation} .opblock-summary-control")
    page.click(f"{operation} .try-out__btn")
    page.fill(f"{operation} tr[data-param-name=surname] input", "Курбас")
    page.click(f"{operation} .execute")
    page.wait_for_selector(f"{operation} .live-responses-table .response-col_status")
    told = page.inner_text(f"{operation} .live-responses-table")
    assert "200" in told
    assert "Курбас" in told
