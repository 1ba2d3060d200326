"""How values read in the language of a page: dates, terms, numbers, names, and words that stay Russian."""

import re

from django import template
from django.utils.formats import number_format
from django.utils.html import format_html
from django.utils.translation import get_language, get_language_info, ngettext
from django.utils.translation import gettext as _

from memorial import edtf
from victims.labels import COUNTRIES, own_name
from victims.names.latin import latin
from victims.prose import translated

register = template.Library()
CYRILLIC, LATIN = re.compile("[а-яёѣіїєґў]", re.IGNORECASE), re.compile("[a-z]", re.IGNORECASE)
UKRAINIAN, RUSSIAN = re.compile("[іїєґ]", re.IGNORECASE), re.compile("[ыэёъ]", re.IGNORECASE)
#: Ukrainian letters that stand elsewhere in the alphabet than their numbers say.
UKRAINIAN_ORDER = str.maketrans("ґєії", "геии")
TERM = re.compile(r"P(?:(\d+)Y)?(?:(\d+)M)?(?:(\d+)D)?\Z")


def language() -> str:
    """Return the two letters of the page's language."""
    return (get_language() or "ru")[:2]


@register.filter
def in_words(date: str) -> str:
    """Return an EDTF date in words; nothing for nothing."""
    return edtf.words(date, language()) if date else ""


@register.filter
def period(dates: str) -> str:
    """Return the time from one date to another in words: all of it, where ``in_words`` means a day within."""
    if "/" not in (dates or ""):
        return in_words(dates)
    start, end = (limit.replace("..", "") for limit in dates.split("/", 1))
    if edtf.is_valid(every := f"{{{start}..{end}}}"):
        return in_words(every)
    return f"{in_words(start)} – {in_words(end)}"  # a set has both ends alike: "1937/1938-05" is none


@register.filter
def term(duration: str) -> str:
    """Return an ISO 8601 duration of years, months and days in words."""
    found = TERM.match(duration or "")
    if not found:
        return duration
    years, months, days = (int(number or 0) for number in found.groups())
    told = [
        years and ngettext("%(n)s year", "%(n)s years", years) % {"n": years},
        months and ngettext("%(n)s month", "%(n)s months", months) % {"n": months},
        days and ngettext("%(n)s day", "%(n)s days", days) % {"n": days},
    ]
    return " ".join(words for words in told if words)


@register.filter
def number(value) -> str:
    """Return a number with its thousands set apart, a bounded count with its "+"; nothing for None."""
    if value is None:
        return ""
    if hasattr(value, "more"):
        return number(value.number) + ("+" if value.more else "")
    if isinstance(value, float):
        return number_format(int(value) if value.is_integer() else value)
    return number_format(value, force_grouping=True, use_l10n=True)


@register.filter
def coordinates(site) -> str:
    """Return latitude and longitude with a point in every language, as maps take them."""
    return f"{site.latitude:g}, {site.longitude:g}"


@register.filter
def tongues(codes: str) -> str:
    """Return the names of languages ("ru, uk") in the page's language; a code that nobody named stays."""
    return ", ".join(_tongue(code) for code in re.split(r"[\s,;]+", codes or "") if code)


def _tongue(code: str) -> str:
    try:
        name = str(get_language_info(code)["name_translated"])
    except KeyError:
        return code
    return name if language() == "en" else name.lower()


@register.filter
def country(code: str) -> str:
    """Return the name of a state by its code."""
    return _(COUNTRIES[code]) if code in COUNTRIES else code


@register.filter
def said(text, written: str = ""):
    """Return words that a source says, marked with their language where it is not the page's."""
    text = str(text)
    if not written:
        written = "uk" if UKRAINIAN.search(text) else "ru" if CYRILLIC.search(text) else ""
        written = written or ("en" if LATIN.search(text) else "")
    return format_html('<span lang="{}">{}</span>', written, text) if written not in ("", language()) else text


@register.filter
def ours(text):
    """Return words of the page, marked with their language where their letters tell that it is another.

    They are Russian only where nobody translated them; "заслання" has no letter that Russian lacks.
    """
    return text if language() == "uk" and not RUSSIAN.search(str(text)) else said(text)


@register.filter
def retold(text):
    """Return words of the reference data in the page's language where a translation is known, else as ``said``."""
    return translated(str(text), language()) or said(text)


@register.filter
def named(thing):
    """Return the name of a site, region, body or operation in the page's language, else in Russian."""
    own = own_name(thing, language())
    return own if own and language() != "ru" else said(thing.name_ru, "ru")


@register.filter
def named_plainly(thing) -> str:
    """Return the same as plain text, for titles and choices."""
    return own_name(thing, language()) or thing.name_ru


def titled(source) -> str:
    """Return the title of a source as plain text; one that only describes it, in the page's language."""
    return translated(source.title, language()) or source.title


def by_alphabet(thing) -> str:
    """Return what lists of sites, regions and bodies are sorted by: the name in the page's language."""
    return named_plainly(thing).lower().translate(UKRAINIAN_ORDER)


@register.filter
def years(victim) -> str:
    """Return the years of a person's life, "1882–1937", as far as each is one year."""
    told = []
    for name in ("birth", "death"):
        first, last = getattr(victim, f"{name}_earliest"), getattr(victim, f"{name}_latest")
        told.append(str(first.year) if first and first.year == last.year else "")
    return "–".join(told) if any(told) else ""


@register.filter
def known_as(victim) -> str:
    """Return what a person is called in plain text: the name, else that none is printed, with the id."""
    return victim.name or _("Name not printed, record %(id)s") % {"id": victim.public_id}


@register.filter
def in_latin(victim) -> str:
    """Return a person's name in Latin letters for readers of English; nothing in other languages."""
    return latin(victim.name) if language() == "en" else ""
