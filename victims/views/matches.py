"""What a hit shows of its match: the words marked in the name, and what the query may have meant."""

import re

from django.http import QueryDict
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from victims.names import fold
from victims.search import Hit
from victims.search.query import on_russian_keys
from victims.views.frame import list_address

_WORD = re.compile(r"[^\W\d_]+")
#: A best hit up to this has a name that is only like the words of the query.
DOUBTFUL = 0.93


def marked(name: str, typed: str, reason: str) -> SafeString:
    """Return a name with the words in bold that matched: those that are typed, or that the reason names."""
    known = {fold(word) for word in _WORD.findall(f"{typed} {reason}")}
    found, at = [], 0
    for word in _WORD.finditer(name):
        if fold(word[0]) in known:
            found += [(name[at : word.start()], False), (word[0], True)]
            at = word.end()
    pieces = [*found, (name[at:], False)]
    return format_html_join("", "{}", ((format_html("<b>{}</b>", text) if hit else text,) for text, hit in pieces))


def meant(query: str, hits: list[Hit], given: QueryDict) -> dict | None:
    """Return what a query seems to have meant, and its address: the wrong keyboard, or a name only like it.

    None where the best hit has the very words, or nobody was found.
    """
    if not hits or hits[0].score > DOUBTFUL:
        return None
    best, switched = hits[0].victim, on_russian_keys(query)
    typed_wrong = switched != query and set(_words(switched)) <= set(_words(best.name))
    years = re.findall(r"(?:1[789]|20)\d\d(?:-\d{4})?", query)
    words = switched if typed_wrong else " ".join([*_nearest(query, best), *years])
    if _words(words) == _words(query):
        return None
    kept = {name: value for name, value in given.items() if name not in ("q", "after", "before")}
    return {"words": words, "keyboard": typed_wrong, "url": list_address(q=words, **kept)}


def _words(text: str) -> list[str]:
    return [fold(word) for word in _WORD.findall(text)]


def _nearest(query: str, best) -> list[str]:
    """Return as many parts of the best hit's name as the query has words: one who types two means two."""
    parts = [part for part in (best.surname, best.given_name, best.patronymic) if part]
    return parts[: max(1, len(_WORD.findall(query)))]
