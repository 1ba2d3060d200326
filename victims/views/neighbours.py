"""Those who stand beside a person: judged or shot on the same day, born or living at the same place."""

import datetime

from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext as _

from memorial import edtf
from victims.dossier import Dossier
from victims.filters.leading import Leading
from victims.models import Body, Death, ExecutionSite, Place, Residence, Sentence, Victim
from victims.statistics import bounded
from victims.templatetags.wording import in_words, named_plainly
from victims.vocabulary import Manner

#: How far neighbours are counted.
COUNTED = 1000


def sentenced_on(body: Body, day: datetime.date):
    """Return the published people whom a body sentenced on a day."""
    told = Sentence.objects.filter(date_earliest=day, date_latest=day, body__in=body.forms.all())
    return Victim.objects.published().filter(pk__in=told.values("victim"))


def shot_on(*days: datetime.date):
    """Return the published people who were shot on one of some days, as far as the very day is recorded."""
    day = Q(pk__in=[])
    for one in days:
        day |= Q(death_earliest=one, death_latest=one)
    return Victim.objects.published().filter(day, manner=str(Manner.SHOT))


def shot_at(site: ExecutionSite, day: datetime.date):
    """Return those who were shot on a day and shot or buried at a site."""
    places = site.places.values("pk")
    there = Death.objects.filter(Q(place__in=places) | Q(burial_place__in=places), date_earliest=day)
    return shot_on(day).filter(Q(burial_place__in=places) | Q(pk__in=there.values("victim")))


def born_at_place(place: Place):
    """Return the people who were born at a place that is printed in these very words."""
    return Victim.objects.published().filter(birth_place=place)


def lived_at_place(place: Place):
    """Return the people of whom a source tells, in these very words, that they lived there."""
    rows = Residence.objects.filter(place=place)
    return Leading().narrow(Victim.objects.published(), [[rows]])


def neighbours(dossier: Dossier) -> list[dict]:
    """Return {words, url, count} of those beside a person, as far as there are others; the counts are bounded."""
    shown = dossier.victim
    found = [way for way in (_judged(dossier), _shot(dossier), _born(shown), _lived(shown)) if way]
    for way in found:
        way["count"] = bounded(way.pop("people").exclude(pk=shown.pk), COUNTED)
    return [way for way in found if way["count"]]


def _judged(dossier: Dossier) -> dict | None:
    """Return those judged with a person by one body on one day: by the last sentence that tells both."""
    told = [row for row in dossier.rows(Sentence) if row.date and edtf.is_day(row.date)]
    told = [row for row in told if row.body and row.body.body_id]
    if not told:
        return None
    last = max(told, key=lambda row: row.date_latest)
    body, day = last.body.body, last.date_latest
    return {
        "words": _("Sentenced by the same body on the same day"),
        "detail": f"{named_plainly(body)}, {in_words(last.date)}",
        "url": reverse("victims:sentenced", args=[body.slug, day.isoformat()]),
        "people": sentenced_on(body, day),
    }


def places_of_death(dossier: Dossier) -> list[Place]:
    """Return where a person lies or was shot: the place of burial that is shown first, then all that is told."""
    told = [place for row in dossier.rows(Death) for place in (row.place, row.burial_place)]
    return [place for place in (dossier.victim.burial_place, *told) if place]


def _shot(dossier: Dossier) -> dict | None:
    shown = dossier.victim
    if shown.manner != Manner.SHOT or not (shown.death and edtf.is_day(shown.death)):
        return None
    day = shown.death_earliest
    if place := next((place for place in places_of_death(dossier) if place.site), None):
        return {
            "words": _("Shot on the same day and shot or buried at the same place"),
            "detail": f"{named_plainly(place.site)}, {in_words(shown.death)}",
            "url": reverse("victims:shot_at", args=[day.isoformat(), place.site.slug]),
            "people": shot_at(place.site, day),
        }
    return {
        "words": _("Shot on the same day"),
        "detail": in_words(shown.death),
        "url": reverse("victims:day", args=[day.isoformat()]),
        "people": shot_on(day),
    }


def _born(shown: Victim) -> dict | None:
    words = _("Born at a place that is printed in the same words")
    return _at_place(words, "victims:born_at", shown.birth_place, born_at_place)


def _lived(shown: Victim) -> dict | None:
    words = _("Lived at a place that is printed in the same words")
    return _at_place(words, "victims:lived_at", shown.residence, lived_at_place)


def _at_place(words: str, page: str, place: Place | None, people) -> dict | None:
    if place is None:
        return None
    return {
        "words": words, "detail": place.text, "printed": True, "url": reverse(page, args=[place.pk]),
        "people": people(place),
    }  # fmt: skip
