"""The dump of the Open List (MediaWiki XML export): a page with the template "Формуляр" is an entry.

The entry's words are the title and the page as written. Numbered parameters tie an arrest, a sentence, an
imprisonment and a rehabilitation to one case; the numbers are no chronology, and two of them may tell one
conviction: both stay, and a warning says so.
"""

import re
from collections import Counter
from collections.abc import Iterator
from functools import partial
from typing import NamedTuple
from xml.etree.ElementTree import Element, ParseError, SubElement, tostring

from defusedxml.common import DefusedXmlException
from defusedxml.ElementTree import iterparse

from memorial import edtf
from memorial.saying import said as _
from victims.importing.readers import wiki
from victims.importing.readers.filling import PATHS, Filling, Range, read_date
from victims.importing.readers.items import LONGEST_LOCATOR, Item, ReadError, checked

LONGEST_PAGE = 2_000_000
FORM, PRESUMED, RELATIVES = "формуляр", "предположительные родственники", "репрессированные родственники"
REHABILITATED = "реабилитация"
#: What a parameter without its number becomes. Those of ``OWN`` are read by a rule of their own.
PARAMETERS = {
    "варианты фио": "name_variants",
    "пол": "sex",
    "возраст": "age",
    "дата рождения": "birth.date",
    "год рождения": "birth.date",
    "место рождения": "birth.place",
    "национальность": "nationality",
    "гражданство (подданство)": "citizenship",
    "социальное происхождение": "social_origin",
    "образование": "education",
    "партийность": "party",
    "профессия / место работы": "occupation",
    "место проживания": "residence",
    "состав семьи": "family",
    "прежние репрессии": "prior_repressions",
    "дата ареста": "arrests.date",
    "мера пресечения": "arrests.measure",
    "примечание к аресту": "arrests.note",
    "обвинение": "sentences.charge",
    "осуждение": "sentences.date",
    "осудивший орган": "sentences.body",
    "статья": "sentences.articles",
    "приговор": "sentences.verdict",
    "место отбывания": "imprisonments.place",
    "расстрел": "death.shot",
    "дата смерти": "death.date",
    "год смерти": "death.date",
    "место смерти": "death.place",
    "место захоронения": "death.burial_place",
    "дата реабилитации": "rehabilitations.date",
    "реабилитирующий орган": "rehabilitations.body",
    "основания реабилитации": "rehabilitations.ground",
    "архивное дело": "archival_files",
    "фотография": "photographs",
    "фото": "photographs",
    "подпись к фотографии": "photographs.caption",
    "примечание": "notes",
}
GROUNDS = {"реабилитирующий орган", "основания реабилитации"}
OWN = {"где и кем арестован", "источники данных", REHABILITATED}
_NUMBER = re.compile(r"^(?P<name>.*?)\s*(?P<number>[1-9]\d?)$")
_TITLE = re.compile(r"^(?P<name>.*?)\s*\((?P<year>\d{4})[^()]*\)\s*$")
#: Words by which "где и кем арестован" names a body and not a place.
_BODY = re.compile(r"\b(?:(?:[УГО]*)?НКВД|О?ГПУ|У?НКГБ|У?МГБ|В?ЧК|ВЧК|РО|ОО|НКЮ|УГРО|СМЕРШ|отдел\w*|управлени\w*|"
                   r"милици\w*|прокур\w*|комендат\w*|контрразв\w*|ревком\w*|органами)\b", re.I)  # fmt: skip
#: Words by which a category names a source.
_SOURCE = re.compile(r"\bБД\b|база данных|\bкниг[аи]\b|памяти|прокуратур|\bМВД\b|\bУ?ФСБ\b|\bСБУ\b|архив|"
                     r"мартиролог|список|списки|мемориал|сведения", re.IGNORECASE)  # fmt: skip
_PARTED = re.compile(r"(?:\[[^]\n]*\]|\"[^\"\n]*\"|«[^»\n]*»|[^;])+")


class Page(NamedTuple):
    """A page of the dump as it is of use here."""

    number: str
    title: str
    text: str


class OpenList:
    """Pages of the main namespace that are no redirects; what else the dump has is counted in ``aside``."""

    suffix = ".xml"

    def __init__(self):
        self.aside: Counter = Counter()

    def units(self, stream) -> Iterator[tuple[int, Page]]:
        """Yield (number of the page in the file, page); memory stays that of one page."""
        count = 0
        try:
            parser = iterparse(stream, events=("start", "end"), forbid_dtd=True)
            _event, root = next(parser)
            if _local(root.tag) != "mediawiki":
                told = _(
                    "is XML of <%(tag)s>, and not an export of MediaWiki: choose another", tag=_local(root.tag)
                )
                raise ReadError(1, told)
            for event, element in parser:
                if event == "end" and _local(element.tag) == "page":
                    count += 1
                    if page := self._page(element):
                        yield count, page
                    root.clear()
        except ReadError as error:
            raise ReadError(error.line or count + 1, error.message) from None
        except DefusedXmlException:
            told = _("the XML declares a document type or entities: that is no dump")
            raise ReadError(count + 1, told) from None
        except (ParseError, ValueError, StopIteration) as error:
            told = _(
                "the XML is damaged or cut short after %(count)s pages (%(why)s): fetch it again",
                count=count, why=error,
            )  # fmt: skip
            raise ReadError(count + 1, told) from None

    def _page(self, element) -> Page | None:
        told = {_local(child.tag): child for child in element}
        if _words(told.get("ns")) not in ("", "0"):
            self.aside[_("pages of other namespaces")] += 1
            return None
        text = ""
        for revision in element:  # the last one of a whole history
            if _local(revision.tag) == "revision":
                text = next((_words(child) for child in revision if _local(child.tag) == "text"), "")
        if "redirect" in told or re.match(r"\s*#(?:redirect|перенаправление)\b", text, re.IGNORECASE):
            self.aside[_("redirects")] += 1
            return None
        return Page(_words(told.get("id")).strip(), _words(told.get("title")).strip(), text)

    def item(self, number: int, page: Page) -> Item:
        """Return the entry of a page, its fields ``unread``; ReadError where it has no template, or no id."""
        if not page.number.isdigit() or not page.title:
            told = _("the page “%(title)s” has no id or no title: it cannot be told from others", title=page.title)
            raise ReadError(number, told)
        if "\0" in page.text:
            raise ReadError(number, _("the page “%(title)s” holds a NUL character: remove it", title=page.title))
        text = checked(number, f"{page.title}\n\n{page.text.strip()}", LONGEST_PAGE)
        if not wiki.has(text, FORM):
            told = _("the page “%(title)s” has no template «Формуляр»: it tells of no person", title=page.title)
            raise ReadError(number, told)
        item = Item(number, page.number, text, page.title[:LONGEST_LOCATOR])
        item.unread = partial(_fields, len(page.title))
        return item

    @staticmethod
    def raw(page: Page) -> str:
        """Return a unit as an export has it."""
        made = Element("page")
        SubElement(made, "title").text = page.title
        SubElement(made, "ns").text = "0"
        SubElement(made, "id").text = page.number
        SubElement(SubElement(made, "revision"), "text").text = page.text
        return tostring(made, encoding="unicode") + "\n"


def _local(tag: str) -> str:
    return tag.rpartition("}")[2]


def _words(element) -> str:
    return (element.text or "") if element is not None else ""


def _fields(title: int, text: str) -> tuple[dict, list, list | None]:
    """Return record, spans and warnings of a page whose words begin with a title of this length."""
    record, spans, warnings = _Page(text, text[:title]).read()
    return record, spans, warnings or None


class _Page:
    """One page being read: the words are ``text``, and every value knows where it stands there."""

    def __init__(self, text: str, title: str):
        self.text, self.title, self.filling = text, title, Filling()

    def read(self) -> tuple[dict, list, list]:
        found = wiki.templates(self.text)
        for template in found:
            name = template.name.lower()
            if name == FORM:
                self._form(template)
            elif name in (PRESUMED, RELATIVES):
                self._relatives(template, name == PRESUMED)
        self._title()
        self._categories()
        self._sections([template.at for template in found if template.name.lower() in (PRESUMED, RELATIVES, FORM)])
        record, spans = self.filling.finish(tied=True)
        if _told_twice(record.get("sentences") or ()):
            self.filling.warn("conviction_twice")
        return record, spans, self.filling.warnings

    def _form(self, template: wiki.Template) -> None:
        rehabilitated = []
        for parameter in template.parameters:
            if not parameter.value:
                continue
            name, number = _numbered(parameter.name)
            if name == REHABILITATED or (name in GROUNDS and number is None):
                rehabilitated.append((name, number, parameter))
            elif name == "источники данных":
                self._sources(parameter)
            elif name == "где и кем арестован":
                path = "arrests.body" if _BODY.search(parameter.value) else "arrests.place"
                self._put(path, parameter, number)
            elif name in PARAMETERS:
                self._put(PARAMETERS[name], parameter, number)
            else:
                self.filling.left.append(parameter.at)
        self._rehabilitation(rehabilitated)

    def _put(self, path: str, parameter, number: int | None) -> None:
        label = parameter.name[:1].upper() + parameter.name[1:]
        self.filling.put(path, wiki.plain(parameter.value), parameter.at, label, number)

    def _rehabilitation(self, found: list[tuple]) -> None:
        """Read a rehabilitation that two parameters may tell: one of a case, one without a number."""
        alike = None
        for name, _number, parameter in found:
            if name == REHABILITATED:
                date, _impossible = read_date(wiki.plain(parameter.value))
                alike = self._case_rehabilitated(date)
                self._put("rehabilitations.date", parameter, alike)
        told = self.filling.events.get("rehabilitations", ())
        if len(told) == 1:
            alike = told[0][0]
        for name, number, parameter in found:
            if name != REHABILITATED:
                self._put(PARAMETERS[name], parameter, number or alike)

    def _case_rehabilitated(self, date: str | None) -> int | None:
        """Return the number of the case whose rehabilitation is of this day."""
        for number, fact in self.filling.events.get("rehabilitations", ()):
            if date and fact.get("date") and _agree(date, fact["date"]):
                return number
        return None

    def _sources(self, parameter) -> None:
        for part in _PARTED.finditer(parameter.value):
            words, address = wiki.outside(part.group())
            words = " ".join(wiki.plain(words).split())
            if not words:
                continue
            start = parameter.at[0] + part.start() + len(part.group()) - len(part.group().lstrip())
            said = {"form": words} | ({"locator": address} if 0 < len(address) <= LONGEST_LOCATOR else {})
            self.filling.add("sources", said, (start, start + len(part.group().strip())))

    def _relatives(self, template: wiki.Template, presumed: bool) -> None:
        for parameter in template.parameters:
            for page, (start, end) in wiki.links(parameter.value):
                said = {"name": page[:300]} | ({"relation": parameter.name} if parameter.name else {})
                if presumed:
                    said["presumed"] = True
                self.filling.add("relatives", said, (parameter.at[0] + start, parameter.at[0] + end))
            if parameter.value and not wiki.links(parameter.value):
                self.filling.add("relatives", {"name": parameter.value[:300], "relation": parameter.name or "?"},
                                 parameter.at)  # fmt: skip

    def _title(self) -> None:
        """Read the name, and the year of birth where the template gives none, from the title."""
        told = _TITLE.match(self.title)
        name = told["name"] if told else self.title
        self.filling.put("name", name, (0, len(name)), "Заголовок")
        if told and not any("date" in fact for _number, fact in self.filling.events.get("birth", ())):
            self.filling.set(PATHS["birth.date"], told["year"], None, told.span("year"))

    def _categories(self) -> None:
        cited = {_key(fact["form"]) for _number, fact in self.filling.events.get("sources", ())}
        for name, piece in wiki.categories(self.text):
            if not _SOURCE.search(name):
                self.filling.add("tags", {"form": name}, piece)
            elif _key(name) not in cited:
                cited.add(_key(name))
                self.filling.add("sources", {"form": name}, piece)

    def _sections(self, templates: list[Range]) -> None:
        """Keep what stands outside the templates: each section under its heading, and words before the first."""
        for heading, (start, end) in wiki.sections(self.text, len(self.title)):
            words = self.text[start:end]
            for at, stop in reversed(templates):
                if start <= at and stop <= end:
                    words = words[: at - start] + words[stop - start :]
            words = wiki.plain(wiki.without_categories(words))
            if words:
                piece = _stripped(self.text, start, end)
                self.filling.note(heading, words, piece)


def _stripped(text: str, start: int, end: int) -> Range:
    while start < end and text[start].isspace():
        start += 1
    while start < end and text[end - 1].isspace():
        end -= 1
    return start, end


def _key(source: str) -> str:
    """Return what two spellings of one source have in common: letters, without what says it is a data base."""
    plain = re.sub(r"\(база данных\)|\bбд\b|\bбаза данных\b", " ", source.lower())
    return "".join(re.findall(r"\w+", plain))


def _numbered(name: str) -> tuple[str, int | None]:
    if (told := _NUMBER.match(name)) and (told["name"] in PARAMETERS or told["name"] in OWN):
        return told["name"], int(told["number"])
    return name, None


def _agree(one: str, other: str) -> bool:
    (a, b), (c, d) = edtf.bounds(one), edtf.bounds(other)
    return (a <= c and d <= b) or (c <= a and b <= d)


def _told_twice(sentences) -> bool:
    """Return whether two sentences of a page are of one day."""
    dates = [sentence["date"] for sentence in sentences if sentence.get("date")]
    return len(dates) != len(set(dates))
