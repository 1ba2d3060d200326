"""The record on paper: a PDF in the language of the page, of published records alone."""

import pytest

from tests.cast import FLORENSKY, gather
from tests.telling import a_source, name, put
from tests.victims.views.pages import LANGUAGES, page_of
from victims.dossier import dossiers
from victims.views.sheet import as_data
from victims.vocabulary import Status

pytestmark = pytest.mark.django_db


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


def test_the_sheet_marks_one_who_never_lived_and_is_not_given_of_a_draft(client):
    [made] = put(name("Вымышленный"), synthetic=True, source=a_source("made", "synthetic"))
    assert as_data(dossiers([made])[0], "")["banner"]
    [draft] = put(name("Тайный"), status=Status.DRAFT)
    for identity in (draft.public_id, "nobody"):
        assert client.get(f"/en/victims/{identity}/sheet.pdf").status_code == 404
