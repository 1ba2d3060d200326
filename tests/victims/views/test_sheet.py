"""The record on paper: a PDF in the language of the page, of published records alone."""

import io
import re

import pytest
from django.utils import translation
from PIL import Image

from tests.cast import FLORENSKY, gather
from tests.telling import a_source, name, put
from tests.victims.views.pages import LANGUAGES, page_of
from victims.dossier import dossiers
from victims.views.sheet import as_data
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
    judged = next(lines for heading, lines in parts["Що сталося"] if "25 листопада 1937" in heading)
    assert "Вид вироку: вища міра покарання [1] [2]" in judged
    assert any("15 грудня 1943" in " ".join(lines) for _heading, lines in parts["Що держава повідомила родині"])
    assert told["lead"][0].startswith("народження: 21 січня 1882")


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
