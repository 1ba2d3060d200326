"""How a record is cited and described for machines: citations, BibTeX, JSON-LD, cards of social networks.

A style of citation is written in its own language whatever the page's, so its words are not translated; the
plain one, which has no style, is told in the language of the page.
"""

import json
from datetime import date

from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from memorial import edtf
from victims.models import Victim
from victims.names.latin import latin
from victims.templatetags.wording import in_words, known_as, language
from victims.vocabulary import Sex

SITE_RU = "Мемориал: открытая база данных жертв советского террора"
SITE_EN = "Memorial: An Open Database of the Victims of Soviet Terror"


def citations(victim: Victim, address: str, day: date) -> list[dict]:
    """Return the citations of a record: name of the style, language, text; GOST, Chicago, plain, BibTeX."""
    name, number, revision = known_as(victim), victim.public_id, victim.revision
    made_up = " [вымышленное лицо]" if victim.synthetic else ""
    gost = (
        f"{name}{made_up} [Электронный ресурс] // {SITE_RU}. Запись {number}, редакция {revision}. "
        f"URL: {address} (дата обращения: {day:%d.%m.%Y})."
    )
    made_up = " (synthetic person)" if victim.synthetic else ""
    chicago = (
        f"“{name}{made_up}.” Record {number}, revision {revision}. {SITE_EN}. "
        f"Accessed {edtf.words(day.isoformat(), 'en')}. {address}."
    )
    return [
        {"style": _("GOST R 7.0.5-2008"), "language": "ru", "text": gost},
        {"style": "Chicago", "language": "en", "text": chicago},
        {"style": _("In plain words"), "language": language(), "text": _plainly(victim, address, day)},
        {"style": "BibTeX", "language": "", "text": bibtex(victim, address, day), "code": True},
    ]


def _plainly(victim: Victim, address: str, day: date) -> str:
    """Return what a letter or a school essay says of where it was read."""
    name = known_as(victim) + (f", {_('synthetic person who never lived')}" if victim.synthetic else "")
    site = f"{_('Memorial')}: {_('an open database of the victims of Soviet terror')}"
    told = _("%(name)s. %(site)s, record %(number)s, revision %(revision)s, seen on %(day)s: %(address)s")
    return told % {
        "name": name, "site": site, "number": victim.public_id, "revision": victim.revision,
        "day": in_words(day.isoformat()), "address": address,
    }  # fmt: skip


def bibtex(victim: Victim, address: str, day: date) -> str:
    """Return the record as an @online entry of BibTeX, in UTF-8."""
    name = known_as(victim).translate({ord(letter): f"\\{letter}" for letter in "{}%&#_$"})
    note = f"Record {victim.public_id}, revision {victim.revision}"
    note += ", a synthetic person who never lived" if victim.synthetic else ""
    return (
        f"@online{{memorial-{victim.public_id},\n"
        f"  title        = {{{{{name}}}}},\n"
        f"  organization = {{{SITE_EN}}},\n"
        f"  url          = {{{address}}},\n"
        f"  urldate      = {{{day.isoformat()}}},\n"
        f"  note         = {{{note}}}\n"
        "}\n"
    )


def linked_data(victim: Victim, address: str) -> SafeString | str:
    """Return a block of JSON-LD (schema.org Person), safe within HTML; nothing for one who never lived.

    A block of data is not executed, so the policy of content lets it stand in the page. Dates that are no
    plain day, month or year are left out: schema.org has no way to say "about".
    """
    if victim.synthetic:
        return ""
    told = {
        "@context": "https://schema.org",
        "@type": "Person",
        "@id": address,
        "url": address,
        "identifier": victim.public_id,
        "name": victim.name,
        "alternateName": latin(victim.name),
        "familyName": victim.surname,
        "givenName": victim.given_name,
        "additionalName": victim.patronymic,
        "gender": {str(Sex.MALE): "Male", str(Sex.FEMALE): "Female"}.get(victim.sex, ""),
        "birthDate": _plain(victim.birth),
        "birthPlace": _place(victim.birth_place),
        "deathDate": _plain(victim.death),
        "nationality": victim.nationality.text if victim.nationality else "",
        "hasOccupation": {"@type": "Occupation", "name": victim.occupation.text} if victim.occupation else "",
    }
    text = json.dumps({name: value for name, value in told.items() if value}, ensure_ascii=False)
    return mark_safe(text.translate({ord(sign): f"\\u{ord(sign):04x}" for sign in "<>&\u2028\u2029"}))


def _plain(day: str) -> str:
    """Return an ISO date of a day, month or year, or nothing for a date that is less certain."""
    return day if day and day.replace("-", "").isdecimal() and len(day) in (4, 7, 10) else ""


def _place(place) -> dict | str:
    return {"@type": "Place", "name": place.text} if place else ""


def card(victim: Victim, summary: str, picture: str) -> dict:
    """Return what a social network shows of a record: title, description, picture (an address), language."""
    title = known_as(victim)
    if victim.synthetic:
        title += ", " + _("synthetic person who never lived")
    return {
        "title": title,
        "description": summary or _("A victim of Soviet terror, with every source."),
        "picture": picture,
        "locale": {"ru": "ru_RU", "uk": "uk_UA"}.get(language(), "en_US"),
    }
