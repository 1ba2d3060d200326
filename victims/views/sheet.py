"""The record of a person as a sheet of paper (PDF): the life, the facts, the sources word for word, a citation."""

import json
from functools import cache
from html import unescape

import typst
from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.html import strip_tags
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from victims.dossier import Dossier, dossiers
from victims.models import Victim
from victims.models.victim import from_public_id
from victims.templatetags.wording import in_latin, known_as, language
from victims.views.citing import citations
from victims.views.story import Story, aged
from victims.views.telling import Line, Teller

#: What the projection shows in printed words.
SHOWN = ("birth_place__site", "residence__site", "burial_place__site", "nationality", "occupation")
TEMPLATE = settings.BASE_DIR / "victims" / "sheets" / "person.typ"


@require_safe
def sheet(request: HttpRequest, public_id: str) -> HttpResponse:
    """Give a published record as a PDF that screen readers read; 404 for any other."""
    found = Victim.objects.published().select_related(*SHOWN).filter(pk=from_public_id(public_id)).first()
    if found is None:
        raise Http404
    [dossier] = dossiers([found])
    address = request.build_absolute_uri(reverse("victims:victim", args=[found.public_id]))
    told = json.dumps(as_data(dossier, address), ensure_ascii=False)
    body = typst.compile(_template(), format="pdf", sys_inputs={"told": told})
    name = f'inline; filename="memorial-{found.public_id}.pdf"'
    return HttpResponse(body, content_type="application/pdf", headers={"Content-Disposition": name})


@cache
def _template() -> bytes:
    return TEMPLATE.read_bytes()


def as_data(dossier: Dossier, address: str) -> dict:
    """Return all that the sheet says, as plain words: the template adds none of its own."""
    shown, story, teller = dossier.victim, Story(dossier), Teller(dossier, {})
    traits = [form.text for form in (shown.occupation, shown.nationality, shown.residence) if form]
    parts = [
        _list(_("A life in the order of time"), [_sentence(step) for step in story.steps()]),
        _list(_("No source here tells:").rstrip(":"), story.unknown()),
        _rows(_("Who the person was"), [_line(line) for line in [*teller.who(), *teller.names()]]),
        _rows(_("Sources, word for word"), [_source(dossier, entry) for entry in dossier.entries]),
    ]
    return {
        "language": language(),
        "site": _("Memorial") + ": " + _("an open database of the victims of Soviet terror"),
        "banner": _("synthetic person who never lived") if shown.synthetic else "",
        "name": known_as(shown),
        "latin": in_latin(shown),
        "lead": [line for line in (" · ".join(traits), aged(shown)) if line],
        "parts": [part for part in parts if part["rows"]],
        "address": address,
        "citation": citations(shown, address, timezone.localdate())[1 if language() == "en" else 0]["text"],
    }


def _list(title: str, rows: list[str]) -> dict:
    return {"title": title, "kind": "list", "rows": rows}


def _rows(title: str, rows: list) -> dict:
    return {"title": title, "kind": "rows", "rows": rows}


def _plain(html) -> str:
    """Return words without the elements that mark their language."""
    return unescape(strip_tags(str(html)))


def _sentence(step) -> str:
    return f"{_plain(step.words)} {_numbers(step.numbers)}"


def _numbers(numbers) -> str:
    return " ".join(f"[{number}]" for number in numbers)


def _line(line: Line) -> tuple[str, str]:
    values = []
    for said, told in line.values:
        note = f" ({said.note})" if said.note else ""
        values.append(f"{said.text}{note} {_numbers(told)}")
    return str(line.label), (" / " if not line.several else "; ").join(values)


def _source(dossier: Dossier, entry) -> tuple[str, str]:
    heading = ", ".join(part for part in (entry.source.title, entry.locator) if part)
    heading = f"[{dossier.numbers[entry.pk]}] {heading}"
    return heading, entry.text or _(
        "The words of this source are not recorded here: what it says was entered field by field."
    )
