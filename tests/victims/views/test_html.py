"""Every page is valid HTML, its headings skip no level, and a first visit stays light on a slow line."""

import gzip
import re
from itertools import pairwise
from pathlib import Path

import html5lib
import pytest
from django.conf import settings

STATIC = Path(settings.BASE_DIR) / "memorial" / "static"
#: What a first visit loads beside the page; the map's base is apart.
BESIDE = ("vendor/pico/pico-2.1.1.classless.min.css", "memorial.css", "icon.svg")
#: Bytes of a first visit, compressed.
LIGHT = 60_000


def complaints(text: str) -> list[str]:
    """Return what is wrong with a page: errors of parsing, ids used twice, headings that skip a level."""
    parser = html5lib.HTMLParser()
    parser.parse(text)
    found = [f"{code} {data} at {place}" for place, code, data in parser.errors]
    ids = re.findall(r'\sid="([^"]*)"', text)
    found += [f"id {one} twice" for one in {one for one in ids if ids.count(one) > 1}]
    levels = [int(level) for level in re.findall(r"<h([1-6])[ >]", text)]
    if levels[:1] != [1] or levels.count(1) != 1:
        found.append(f"one h1 first, not {levels}")
    steps = pairwise(levels)
    found += [f"h{below} after h{above}" for above, below in steps if below > above + 1]
    return found


@pytest.mark.parametrize("language", ["", "/en", "/uk"])
def test_every_page_is_valid_html(people, client, language):
    pages = {name: client.get(language + address) for name, address in people.addresses.items()}
    assert {name: wrong for name, page in pages.items() if (wrong := complaints(page.content.decode()))} == {}


def test_a_first_visit_is_light(people, client):
    beside = sum(len(gzip.compress((STATIC / name).read_bytes())) for name in BESIDE)
    weights = {name: beside + len(gzip.compress(client.get(at).content)) for name, at in people.addresses.items()}
    assert {name: weight for name, weight in weights.items() if weight > LIGHT} == {}
    assert beside + (STATIC / "map" / "base.svg").stat().st_size < LIGHT


def test_what_is_wrong_with_a_page_is_noticed():
    assert complaints("<!doctype html><title>x</title><h1>x</h1><h3>y</h3>") == ["h3 after h1"]
    assert complaints('<!doctype html><title>x</title><h1 id="a">x</h1><p id="a">y') == ["id a twice"]
    assert complaints("<title>x</title><h1>x</h1>") != []
