"""The page of a person: who they were, what was done to them, and the words of every source that tells it."""

from django.http import Http404, HttpRequest, HttpResponse, HttpResponsePermanentRedirect
from django.templatetags.static import static
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import conditional_page

from victims.dossier import Dossier, dossiers
from victims.models import Birth, Relative, Victim
from victims.models.victim import from_public_id
from victims.permissions import Action, may, visible
from victims.templatetags.wording import named_plainly
from victims.views.citing import bibtex as as_bibtex
from victims.views.citing import card, citations, linked_data
from victims.views.entries import told_entries
from victims.views.frame import page
from victims.views.mapping import Point, drawn
from victims.views.neighbours import neighbours, places_of_death
from victims.views.story import Story, life
from victims.views.telling import Teller
from victims.vocabulary import Manner, Status

#: What the projection shows of a person in printed words, and where those lead.
SHOWN = ("birth_place__site", "residence__site", "burial_place__site", "nationality", "occupation")


@conditional_page
def victim(request: HttpRequest, public_id: str) -> HttpResponse:
    """Show a person; 301 from a misread id and from a merged record, 410 for a withdrawn one."""
    shown = Victim.objects.select_related(*SHOWN).filter(pk=from_public_id(public_id)).first()
    if shown is None:
        raise Http404
    current = shown.current
    if current.status == Status.WITHDRAWN:
        return page(
            request, "victims/gone.html", {"victim": current, "tombstone": _tombstone(current)}, status=410
        )
    if not may(request.user, Action.VIEW, current):
        raise Http404
    if current.public_id != public_id:
        return HttpResponsePermanentRedirect(reverse("victims:victim", args=[current.public_id]))
    [dossier] = dossiers([current])
    context = told(dossier, request)
    lived = current.status == Status.PUBLISHED and not (current.synthetic or current.possibly_living)
    return page(request, "victims/victim.html", context, indexed=lived)


def bibtex(request: HttpRequest, public_id: str) -> HttpResponse:
    """Give a published record as a file for programs that keep references."""
    found = Victim.objects.published().filter(pk=from_public_id(public_id)).first()
    if found is None:
        raise Http404
    text = as_bibtex(found, request.build_absolute_uri(_address(found)), timezone.localdate())
    name = f'attachment; filename="memorial-{found.public_id}.bib"'
    headers = {"Content-Disposition": name}
    return HttpResponse(text, content_type="application/x-bibtex; charset=utf-8", headers=headers)


def _address(victim: Victim) -> str:
    return reverse("victims:victim", args=[victim.public_id])


def _picture(victim: Victim, request: HttpRequest) -> str:
    """Return the address of the picture for social networks: of one whom they cannot see, that of the site."""
    open_to_all = victim.status == Status.PUBLISHED and not victim.possibly_living
    at = reverse("victims:card", args=[victim.public_id]) if open_to_all else static("card.png")
    return request.build_absolute_uri(at)


def _tombstone(victim: Victim):
    return getattr(victim, "tombstone", None)


def told(dossier: Dossier, request: HttpRequest) -> dict:
    """Return all that the page of a person says."""
    shown, teller = dossier.victim, Teller(dossier, _open_relatives(dossier, request.user))
    story, permanent = Story(dossier), request.build_absolute_uri(request.path)
    steps = story.steps()
    return {
        "victim": shown,
        "draft": shown.status == Status.DRAFT,
        "who": teller.who(),
        "names": teller.names(),
        "chapters": teller.chapters(),
        "notices": teller.notices(),
        "relatives": teller.relatives(),
        "beside": teller.beside(),
        "incomplete": any(entry.completeness == "incomplete" for entry in dossier.entries),
        "entries": told_entries(dossier),
        "old_style": next((row.date_old_style for row in dossier.rows(Birth) if row.date_old_style), ""),
        "story": steps,
        "unknown": story.unknown(),
        "life": life(shown),
        "neighbours": neighbours(dossier),
        "map": drawn(points := _points(dossier)),
        "points": points,
        "permanent": permanent,
        "citations": citations(shown, permanent, timezone.localdate()),
        "linked_data": linked_data(shown, permanent) if shown.status == Status.PUBLISHED else "",
        "card": card(shown, " ".join(str(step.words) for step in steps[:3]), _picture(shown, request)),
        "may_edit": may(request.user, Action.EDIT, shown),
    }


def _points(dossier: Dossier) -> list[Point]:
    """Return where a person was born, lived, and was shot or buried, as far as coordinates are known."""
    found, shown = [], dossier.victim
    died = _("Shooting and burial") if shown.manner == Manner.SHOT else _("Death and burial")
    for kind, words, places in (
        ("birth", _("Birth"), [shown.birth_place]),
        ("residence", _("Place of residence"), [shown.residence]),
        ("site", died, places_of_death(dossier)),
    ):
        for place in places:
            where = place and (place.site or place)
            if not where or where.latitude is None:
                continue
            name = f"{words}: {named_plainly(where) if place.site else place.text}"
            numbers = len(found) + 1, where.latitude, where.longitude, where.precision_km
            found.append(Point(*numbers, name, kind))
            break
    return found


def _open_relatives(dossier: Dossier, user) -> dict[int, Victim]:
    """Return the relatives' own records that this user may see."""
    wanted = {row.other_id for row in dossier.rows(Relative) if row.other_id}
    return visible(user).in_bulk(wanted) if wanted else {}
