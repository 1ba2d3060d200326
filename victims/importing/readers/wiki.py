"""Wikitext, as far as a page of the Open List needs it: templates, sections, categories, plain words (pure)."""

import re
from typing import NamedTuple

Range = tuple[int, int]
_MARK = re.compile(r"\{\{|\}\}|\[\[|\]\]|\||<!--.*?-->|<nowiki>.*?</nowiki>", re.DOTALL)
_HEADING = re.compile(r"^(={2,6})\s*(?P<name>[^=\n][^\n]*?)\s*\1\s*$", re.MULTILINE)
_CATEGORY = re.compile(
    r"\[\[\s*(?:Категория|Category|Категорія)\s*:\s*(?P<name>[^]|\n]+)[^]\n]*\]\]", re.IGNORECASE
)
_LINK = re.compile(r"\[\[(?:[^]|\n]*\|)?(?P<page>[^]|\n]*)\]\]")
_PAGE = re.compile(r"\[\[(?P<page>[^]|\n]*)(?:\|[^]\n]*)?\]\]")
_OUTSIDE = re.compile(r"\[(?P<address>(?:https?:)?//[^\s\]]+)\s*(?P<words>[^]\n]*)\]")
_BREAK = re.compile(r"<br\s*/?>[ \t]*\n?", re.IGNORECASE)
_TAG = re.compile(
    r"</?(?:b|i|u|s|p|small|big|center|div|span|nowiki|em|strong|ref|references)\b[^<>]*>", re.IGNORECASE
)
_QUOTES = re.compile(r"'{2,5}")
_COMMENT = re.compile(r"<!--.*?-->", re.DOTALL)


class Parameter(NamedTuple):
    """One parameter of a template: its name, its value as written and where that stands."""

    name: str
    value: str
    at: Range


class Template(NamedTuple):
    """A template of a page: its name, its parameters in order, and where it stands."""

    name: str
    parameters: list[Parameter]
    at: Range


def templates(text: str) -> list[Template]:
    """Return the outermost templates of a text, in order; one that is never closed is none."""
    found, depth, start, links, bars = [], 0, 0, 0, []
    for mark in _MARK.finditer(text):
        sign = mark.group()
        if sign == "{{":
            if not depth:
                start, bars, links = mark.end(), [], 0
            depth += 1
        elif sign == "}}" and depth:
            depth -= 1
            if not depth:
                found.append(_template(text, start, mark.start(), bars))
        elif sign == "[[":
            links += 1
        elif sign == "]]":
            links = max(0, links - 1)
        elif sign == "|" and depth == 1 and not links:
            bars.append(mark.start())
    return found


def has(text: str, name: str) -> bool:
    """Return whether a text opens a template of this name."""
    return re.search(rf"\{{\{{\s*(?:(?:Шаблон|Template)\s*:\s*)?{name}\s*[|}}]", text, re.IGNORECASE) is not None


def _template(text: str, start: int, end: int, bars: list[int]) -> Template:
    ends = [*bars[1:], end]
    name = text[start : bars[0] if bars else end].strip()
    parameters = []
    for bar, stop in zip(bars, ends, strict=True) if bars else ():
        key, sign, value = text[bar + 1 : stop].partition("=")
        if not sign:
            key, value = "", key
        begin = stop - len(value)
        stripped = value.strip()
        begin += len(value) - len(value.lstrip())
        parameters.append(Parameter(" ".join(key.split()).lower(), stripped, (begin, begin + len(stripped))))
    name = re.sub(r"^(?:Шаблон|Template)\s*:\s*", "", name, flags=re.IGNORECASE).replace("_", " ")
    return Template(" ".join(name.split()), parameters, (start - 2, end + 2))


def sections(text: str, start: int = 0) -> list[tuple[str, Range]]:
    """Return (heading, where its words stand) of the parts of a text; "" heads what stands before the first."""
    marks = list(_HEADING.finditer(text, start))
    ends = [mark.start() for mark in marks] + [len(text)]
    headed = [(mark["name"], (mark.end(), end)) for mark, end in zip(marks, ends[1:], strict=True)]
    return [("", (start, ends[0])), *headed]


def categories(text: str) -> list[tuple[str, Range]]:
    """Return (name, where it stands) of a page's categories."""
    return [(" ".join(mark["name"].split()), mark.span("name")) for mark in _CATEGORY.finditer(text)]


def without_categories(text: str) -> str:
    """Return a text without the lines that only file it."""
    return _CATEGORY.sub("", text)


def plain(text: str) -> str:
    """Return the words of a text without their markup: links by their words, breaks as line ends."""
    if not any(sign in text for sign in "<['"):
        return text.strip()
    text = _COMMENT.sub("", text)
    text = _BREAK.sub("\n", text)
    text = _LINK.sub(lambda mark: mark["page"], text)
    text = _OUTSIDE.sub(_told_link, text)
    text = _QUOTES.sub("", _TAG.sub("", text))
    return re.sub(r"\n{3,}", "\n\n", text).strip()


def _told_link(mark: re.Match[str]) -> str:
    return f"{mark['words']} ({mark['address']})" if mark["words"] else mark["address"]


def links(text: str) -> list[tuple[str, Range]]:
    """Return (page, where it stands) of the links to other pages."""
    return [(mark["page"].strip(), mark.span()) for mark in _PAGE.finditer(text) if mark["page"].strip()]


def outside(text: str) -> tuple[str, str]:
    """Return the words and the address of a text that is one link to another host; no address where it is none."""
    mark = _OUTSIDE.fullmatch(text.strip())
    return (mark["words"].strip() or mark["address"], mark["address"]) if mark else (text.strip(), "")
