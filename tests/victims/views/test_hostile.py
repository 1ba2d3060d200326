"""What strangers may type into addresses: it stays text, and no page breaks."""

import pytest

from tests.telling import name, put
from tests.victims.views.pages import Elements, content
from victims.filters import VictimFilterSet

pytestmark = pytest.mark.django_db
HOSTILE = [
    "<script>alert(1)</script>",
    '"><img src=x onerror=alert(1)>',
    "' onfocus=alert(1) autofocus '",
    "</title><script>alert(1)</script>",
    "{{ 7|add:7 }}{% now 'Y' %}",
    "javascript:alert(1)",
    "\u202eвонавИ\u202c",
    "\0\x1b[31m",
    "👤",
    "'; DROP TABLE victims_victim; --",
    "&lt;b&gt;",
    "!!!",
    "%",
    "9" * 400,
    "я" * 5_000,
]
PLACES = ["victims", "execution-sites", "operations", "sources", "bodies"]


def inline(page) -> list[dict]:
    """Return the scripts of a page that are no file of ours and no mere data."""
    return [
        one
        for one in page.all("script")
        if not one.get("src", "").startswith("/static/victims/") and one.get("type") != "application/ld+json"
    ]


@pytest.fixture(autouse=True)
def somebody():
    put(name("Иванов", "Иван", birth={"place": "Москва"}))


@pytest.mark.parametrize("typed", HOSTILE)
def test_what_is_typed_as_a_name_stays_text(client, typed):
    answer = client.get("/victims/", {"q": typed})
    assert answer.status_code in (200, 400)
    page = Elements(answer)
    assert page.all("input")[0]["value"] == typed.strip().replace("\0", "")[:200]
    assert inline(page) == page.all("img") == page.all("b") == []


@pytest.mark.parametrize("typed", HOSTILE)
@pytest.mark.parametrize("parameter", [*VictimFilterSet.base_filters, "after", "before", "q", "другой"])
def test_nothing_typed_as_a_parameter_breaks_the_page(client, parameter, typed):
    answer = client.get("/en/victims/", {parameter: typed})
    assert answer.status_code in (200, 400)
    page = content(answer)
    assert inline(page) == page.all("img") == page.all("b") == []


@pytest.mark.parametrize("typed", [*HOSTILE, "..", "0", "00012'", "none", "-1"])
@pytest.mark.parametrize("part", PLACES)
def test_an_id_that_is_none_is_not_found(client, part, typed):
    from urllib.parse import quote

    answer = client.get(f"/en/{part}/{quote(typed, safe='')}/")
    assert answer.status_code in (404, 301)


def test_broken_bytes_in_an_address_are_answered(client):
    for query in ("q=%ff%fe", "q=%ED%A0%80", "q=%00", "q", "q=&q=", "q=+", "a" * 5000, "surname=%ff", "birth=%00"):
        for at in ("/", "/victims/", "/en/victims/"):
            assert client.get(f"{at}?{query}").status_code in (200, 301, 302, 400)


def test_what_a_book_prints_stays_text(client):
    script = "<script>alert(1)</script>"
    [victim] = put(
        name(f"{script}Иванов", birth={"place": '"><b onclick=x>'}, notes=[script], relatives=[script]),
        text=f"{script} '\"><b onclick=x>",
    )
    for address in (
        "/victims/?q=Иванов+alert+1+script+script",
        f"/victims/{victim.public_id}/",
        "/en/sources/book/",
    ):
        page = Elements(client.get(address))
        assert inline(page) == []
        assert "onclick" not in {key for _, attributes in page.elements for key in attributes}


@pytest.mark.parametrize(
    "address",
    ["/", "/victims/", "/victims/?q=Иванов", "/victims/?q=1937", "/execution-sites/", "/operations/", "/sources/",
     "/sources/book/", "/bodies/", "/about/", "/help/", "/none/", "person"],
)  # fmt: skip
def test_nothing_is_inline_and_nothing_comes_from_another_host(client, address):
    from victims.models import Victim

    address = f"/victims/{Victim.objects.get().public_id}/" if address == "person" else address
    answer = client.get(address)
    page = Elements(answer)
    assert page.all("style") == inline(page) == []
    for _tag, attributes in page.elements:
        assert "style" not in attributes
        assert not [key for key in attributes if key.startswith("on")]
        for key in ("src", "href", "action"):
            assert attributes.get(key, "/").startswith(("/", "#", "?", "http://testserver/"))
    assert "default-src 'none'" in answer.headers["Content-Security-Policy"]
