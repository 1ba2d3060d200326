"""The record on paper: a PDF in the language of the page, of published records alone."""

import io
import json
import re
from itertools import pairwise

import pytest
import typst
from django.utils import translation
from PIL import Image

from tests.cast import FLORENSKY, gather
from tests.telling import a_source, name, put
from tests.victims.views.pages import LANGUAGES, page_of
from victims.dossier import dossiers
from victims.views.sheet import TEMPLATES, as_data
from victims.views.story import life
from victims.vocabulary import Status

pytestmark = pytest.mark.django_db


def life_of(victim) -> list[str]:
    with translation.override("en"):
        return life(victim)


@pytest.mark.parametrize("at", LANGUAGES.values())
def test_a_record_is_a_sheet_of_paper(client, at):
    florensky = gather(FLORENSKY, status=Status.PUBLISHED)
    assert f"{at}victims/{florensky.public_id}/sheet.pdf" in page_of(client, florensky, at).hrefs()
    answer = client.get(f"{at}victims/{florensky.public_id}/sheet.pdf")
    assert answer.headers["Content-Type"] == "application/pdf"
    assert answer.content.startswith(b"%PDF-") and b"/StructTreeRoot" in answer.content


def test_words_of_sources_are_no_markup_on_paper(client):
    sly = '#read("/etc/passwd") $x$ \\ *_ <a> & "'
    [victim] = put(name(f"Иванов{sly}", "Иван", notes=[sly], birth={"place": sly}), text=sly)
    assert client.get(f"/en/victims/{victim.public_id}/sheet.pdf").content.startswith(b"%PDF-")
    told = as_data(dossiers([victim])[0], "http://testserver/")
    assert sly in str(told["parts"][0]["rows"][0])


def test_the_sheet_tells_what_was_done_and_what_the_family_was_told_in_the_words_of_the_language():
    florensky = gather(FLORENSKY, status=Status.PUBLISHED)
    with translation.override("uk"):
        told = as_data(dossiers([florensky])[0], "")
    parts = {part["title"]: part["rows"] for part in told["parts"]}
    events = [event for _case, _files, events in parts["Що сталося"] for event in events]
    judged = next(lines for heading, lines in events if "25 листопада 1937" in heading)
    assert "Вид вироку: вища міра покарання [1] [2]" in judged
    assert any("15 грудня 1943" in " ".join(lines) for _heading, lines in parts["Що держава повідомила родині"])
    assert told["lead"][0].startswith("народження: 21 січня 1882")


def test_the_sheet_ties_to_a_case_what_the_source_ties_and_names_the_item_that_tells_it():
    florensky = gather(FLORENSKY, status=Status.PUBLISHED)
    with translation.override("en"):
        told = as_data(dossiers([florensky])[0], "")
    parts = {part["title"]: part["rows"] for part in told["parts"]}
    tied = {title: [heading for heading, _lines in events] for title, _files, events in parts["What was done"]}
    first = tied["Case 1 (as the source ties it together)"]
    assert [any(day in one for one in first) for day in ("26 July 1933", "5 May 1958", "25 November 1937")] == [
        True, True, False,
    ]  # fmt: skip
    assert any("8 December 1937" in one for one in tied["Not tied to a case by any source"])
    for heading, _words in parts["Sources, word for word"]:
        assert "item Флоренский Павел" in heading


def test_words_that_are_longer_than_a_page_go_on_on_the_next(client):
    def pages(text):
        [victim] = put(name("Длинный"), text=text)
        answer = client.get(f"/en/victims/{victim.public_id}/sheet.pdf")
        return len(re.findall(rb"/Type\s*/Page\b", answer.content))

    assert pages("Слова.") == 1
    assert pages("Слова источника. " * 900) > 2


def lines_of_the_last_page(victim, address="http://testserver/") -> tuple[int, int]:
    """Return the number of pages of a sheet, and how many lines stand on the last of them above its foot."""
    told = {"told": json.dumps(as_data(dossiers([victim])[0], address))}
    pages = typst.compile(TEMPLATES / "person.typ", sys_inputs=told, format="png", ppi=72)
    pages = pages if isinstance(pages, list) else [pages]
    last = Image.open(io.BytesIO(pages[-1])).convert("L")
    body = last.crop((0, 0, last.width, int(last.height * 0.93)))
    inked = [body.crop((0, row, body.width, row + 1)).getextrema()[0] < 200 for row in range(body.height)]
    return len(pages), sum(now and not before for before, now in pairwise([False, *inked]))


def test_the_citation_stands_on_no_page_of_its_own():
    """Whatever goes over to a second page, the last source goes with the citation."""
    over = []
    for more in range(30, 54, 2):
        [victim] = put(name("Длинный"), text="\n".join(["Слова источника."] * more))
        pages, lines = lines_of_the_last_page(victim)
        over += [lines] * (pages == 2)
    assert over, "the sheet must grow over its first page"
    assert min(over) > 7


def test_networks_are_shown_a_picture_of_who_it_was(client):
    florensky = gather(FLORENSKY, status=Status.PUBLISHED)
    for at in LANGUAGES.values():
        text = client.get(f"{at}victims/{florensky.public_id}/").content.decode()
        address = re.search(r'og:image" content="http://testserver([^"]+)"', text)[1]
        assert address == f"{at}victims/{florensky.public_id}/card.png"
        answer = client.get(address)
        assert answer.headers["Content-Type"] == "image/png"
        assert Image.open(io.BytesIO(answer.content)).size == (1200, 630)
    assert "shot 8 December 1937" in life_of(florensky)


def test_there_is_no_picture_of_whom_the_public_does_not_see(client):
    [draft] = put(name("Тайный"), status=Status.DRAFT)
    assert client.get(f"/en/victims/{draft.public_id}/card.png").status_code == 404


def test_the_sheet_marks_one_who_never_lived_and_is_not_given_of_a_draft(client):
    [made] = put(name("Вымышленный"), synthetic=True, source=a_source("made", "synthetic"))
    assert as_data(dossiers([made])[0], "")["banner"]
    [draft] = put(name("Тайный"), status=Status.DRAFT)
    for identity in (draft.public_id, "nobody"):
        assert client.get(f"/en/victims/{identity}/sheet.pdf").status_code == 404
