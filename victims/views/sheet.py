"""The record of a person as a sheet of paper (PDF), its sources word for word, and as a picture for networks."""

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
from victims.templatetags.wording import in_latin, known_as, language, titled
from victims.views.citing import citations
from victims.views.story import Story, life
from victims.views.telling import Event, Line, Teller

#: What the projection shows in printed words.
SHOWN = ("birth_place__site", "residence__site", "burial_place__site", "nationality", "occupation")
TEMPLATES = settings.BASE_DIR / "victims" / "sheets"


@require_safe
def sheet(request: HttpRequest, public_id: str) -> HttpResponse:
    """Give a published record as a PDF that screen readers read; 404 for any other."""
    found = _published(public_id)
    [dossier] = dossiers([found])
    body = _set(as_data(dossier, _address(request, found)), "person.typ", format="pdf")
    name = f'inline; filename="memorial-{found.public_id}.pdf"'
    return HttpResponse(body, content_type="application/pdf", headers={"Content-Disposition": name})


@require_safe
def card(request: HttpRequest, public_id: str) -> HttpResponse:
    """Give a published record as the picture that social networks show of it: who it was, born and died when."""
    found = _published(public_id)
    lines = [" · ".join(life(found)), " · ".join(_traits(found))]
    told = _heading(found) | {"lead": [line for line in lines if line], "address": _address(request, found)}
    return HttpResponse(_set(told, "card.typ", format="png", ppi=72), content_type="image/png")


def _published(public_id: str) -> Victim:
    found = Victim.objects.published().select_related(*SHOWN).filter(pk=from_public_id(public_id)).first()
    if found is None:
        raise Http404
    return found


def _address(request: HttpRequest, victim: Victim) -> str:
    return request.build_absolute_uri(reverse("victims:victim", args=[victim.public_id]))


def _set(told: dict, template: str, **how) -> bytes:
    return typst.compile(_template(template), sys_inputs={"told": json.dumps(told, ensure_ascii=False)}, **how)


@cache
def _template(name: str) -> bytes:
    return (TEMPLATES / name).read_bytes()


def _heading(shown: Victim) -> dict:
    """Return what sheet and picture begin with."""
    return {
        "language": language(),
        "site": _("Memorial") + ": " + _("an open database of the victims of Soviet terror"),
        "banner": _("synthetic person who never lived") if shown.synthetic else "",
        "name": known_as(shown),
        "latin": in_latin(shown),
    }


def _traits(shown: Victim) -> list[str]:
    return [form.text for form in (shown.occupation, shown.nationality, shown.residence) if form]


def as_data(dossier: Dossier, address: str) -> dict:
    """Return all that the sheet says, as plain words: the template adds none of its own."""
    shown, story, teller = dossier.victim, Story(dossier), Teller(dossier, {})
    parts = [
        _list(_("A life in the order of time"), [_sentence(step) for step in story.steps()]),
        _list(_("No source here tells:").rstrip(":"), story.unknown()),
        _rows(_("Who the person was"), [_line(line) for line in [*teller.who(), *teller.names()]]),
        {"title": _("What was done"), "kind": "cases", "rows": _cases(teller.chapters())},
        _rows(_("What the state told the family"), [_event(one) for one in teller.notices()]),
        _rows(_("Sources, word for word"), [_source(dossier, entry) for entry in dossier.entries]),
    ]
    return {
        **_heading(shown),
        "lead": [line for line in (" · ".join(life(shown)), " · ".join(_traits(shown))) if line],
        "parts": [part for part in parts if part["rows"]],
        "address": address,
        "citation": citations(shown, address, timezone.localdate())[1 if language() == "en" else 0]["text"],
    }


def _list(title: str, rows: list[str]) -> dict:
    return {"title": title, "kind": "list", "rows": rows}


def _rows(title: str, rows: list) -> dict:
    return {"title": title, "kind": "rows", "rows": rows}


def _cases(chapters: list[dict]) -> list[tuple[str, list[str], list[tuple[str, list[str]]]]]:
    """Return what is told of each case: what ties it together, its files, and its events."""
    told = []
    for number, chapter in enumerate(chapters, 1):
        title = _("Not tied to a case by any source") if len(chapters) > 1 else ""
        if chapter["tied"]:
            title = f"{_('Case %(number)s') % {'number': number}} ({_('as the source ties it together')})"
        told.append((title, chapter["files"], [_event(one) for one in chapter["events"]]))
    return told


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


def _event(event: Event) -> tuple[str, list[str]]:
    """Return what was done, as a heading, and all that is told of it, what it was changed to as well."""
    told = [": ".join(_line(line)) for line in event.lines]
    for heading, lines in map(_event, event.revisions):
        told += [heading, *lines]
    return " ".join(part for part in (event.title, event.when, _numbers(event.numbers)) if part), told


def _source(dossier: Dossier, entry) -> tuple[str, str]:
    code = entry.source.reference_code
    reference = code.format("uk" if language() == "uk" else "ru") if code else ""
    key = _("item %(key)s") % {"key": entry.item_key}
    heading = ", ".join(part for part in (titled(entry.source), reference, entry.locator, key) if part)
    heading = f"[{dossier.numbers[entry.pk]}] {heading}"
    return heading, entry.text or _(
        "The words of this source are not recorded here: what it says was entered field by field."
    )
