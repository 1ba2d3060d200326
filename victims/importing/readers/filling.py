"""A row of a table, or a template, being filled into the record form: nothing printed is dropped.

A *path* names a place of the record form without numbers: "birth.date", "arrests.body", "occupation". The models
say which there are (``PATHS``), so that a field declared once can be filled by a column at once.
"""

import re
from dataclasses import dataclass, field
from functools import lru_cache

from django.db import models

from memorial import edtf
from memorial.fields import EDTFField
from victims.entries.dates import find, phrase
from victims.entries.draft import Reading
from victims.entries.people import read_name, read_sex_of_patronymic, read_variants
from victims.entries.terms import read_punishment
from victims.letters import fold
from victims.models.facts import SENTENCE_PARTS, CaseFact, CaseField
from victims.models.printed import PrintedField
from victims.models.rows import NAME_PARTS, SINGLE, SLOTS, TRAITS
from victims.models.values import LINKS, own
from victims.vocabulary import Completeness, Manner, Sex

#: Places that are filled otherwise than by a value of their own kind.
WHOLE_NAME, VARIANTS, SHOT = "name", "name_variants", "death.shot"
SEXES = dict.fromkeys("м муж мужской мужчина male m ч чол чоловіча чоловік".split(), "male")
SEXES |= dict.fromkeys("ж жен женский женщина female f жін жіноча жінка".split(), "female")
MANNERS = dict.fromkeys("расстрелян расстреляна расстрел shot executed розстріляний розстріляна".split(), "shot")
MANNERS |= dict.fromkeys("умер умерла скончался скончалась died помер померла".split(), "died")
YES = {"да", "+", "так", "yes", "1", "x", "х"}
CODES = {"sex": SEXES, "manner": MANNERS}
_ISO = re.compile(r"\d{4}(-\d\d(-\d\d)?)?[~?%]?")
_INTERVAL = re.compile(r"^(?P<place>.*?)\s*\((?P<date>[^()]*\d{4}[^()]*)\)\s*$", re.DOTALL)
_ARTICLE = re.compile(r"\s*[;,]\s*(?=(?:ст\.?\s*)?\d)")

Range = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Kind:
    """How a value is read: date, words, text, code or number; its slot and key; whether it may have a case."""

    how: str
    slot: str
    key: str
    longest: int | None = None
    codes: frozenset = frozenset()
    printed: bool = False
    cased: bool = False


def _kind(model, told: models.Field) -> Kind | None:
    if isinstance(told, CaseField) or told.name in LINKS or isinstance(told, models.BooleanField):
        return None
    names = {other.name for other in own(model)}
    how, codes = "text", frozenset()
    if isinstance(told, EDTFField):
        how = "date"
    elif isinstance(told, PrintedField):
        how = "words"
    elif told.choices or told.name == "term":
        how, codes = "code", frozenset(str(code) for code, _label in told.choices or ())
    elif isinstance(told, models.PositiveSmallIntegerField):
        how = "number"
    printed = how == "date" and f"{told.name}_printed" in names
    longest = getattr(told, "max_length", None)
    return Kind(how, model.slot, told.name, longest, codes, printed, issubclass(model, CaseFact))


def _paths() -> dict[str, Kind]:
    found = {part: Kind("text", "", part, 200) for part in NAME_PARTS}
    found |= {trait: Kind("words", "", trait) for trait in TRAITS}
    found["sex"] = Kind("code", "", "sex", codes=frozenset(map(str, Sex)))
    found["completeness"] = Kind("code", "", "completeness", codes=frozenset(map(str, Completeness)))
    found["age"] = Kind("number", "", "age", 150)
    for slot, model in SLOTS.items():
        if slot == "cases":
            continue
        for told in own(model):
            if kind := _kind(model, told):
                found[f"{slot}.{told.name}"] = kind
        if model.shorthand:
            found[slot] = found[f"{slot}.{model.shorthand}"]
    articles = SENTENCE_PARTS[0]
    found["sentences.articles"] = Kind("articles", "sentences", articles.slot, cased=True)
    found[WHOLE_NAME] = found[VARIANTS] = Kind("name", "", "")
    found[SHOT] = Kind("date", "death", "date", printed=True, cased=True)
    return found


#: {path: how it is filled}; where a slot has a shorthand, its name alone is a path too.
PATHS = _paths()


@lru_cache(maxsize=65_536)
def read_date(text: str) -> tuple[str | None, bool]:
    """Return the EDTF of a date phrase or None, and whether the calendar has no such day."""
    text = " ".join(text.split())
    if _ISO.fullmatch(text) and edtf.is_valid(text):
        return text, False
    value = phrase(text) if len(text) <= 200 else None
    if value is not None:
        return (value, False) if edtf.is_valid(value) else (None, False)
    return None, any(found.edtf is None for found in find(fold(text[:500]), 0, len(text[:500])))


@dataclass(slots=True)
class Filling:
    """The record being filled; ``put`` each value, then ``finish``."""

    record: dict = field(default_factory=dict)
    events: dict[str, list[tuple]] = field(default_factory=dict)
    evidence: list[tuple] = field(default_factory=list)
    notes: list[tuple[str, Range | None]] = field(default_factory=list)
    warnings: list[str] = field(default_factory=list)
    left: list[Range] = field(default_factory=list)

    def put(self, path: str, value: str, piece: Range, label: str, number: int | None = None) -> None:
        """Put a printed value into its place, ``piece`` being where it stands in the entry's words.

        What its place cannot hold (no date, no number, too long) becomes a note under its ``label``.
        """
        kind = PATHS[path]
        words = value.strip() if path in ("notes", "notes.text") else " ".join(value.split())
        if not words:
            return
        if kind.how == "name":
            self._name(path, value, piece, label)
        elif path == SHOT:
            self._shot(kind, words, piece, label, number)
        elif kind.how == "date":
            self._date(kind, words, piece, label, number)
        elif kind.how == "articles":
            self.set(kind, _ARTICLE.split(words), number, piece)
        elif kind.how == "code":
            self._code(kind, words, piece, label, number)
        elif kind.how == "number":
            if words.isascii() and words.isdigit() and int(words) <= (kind.longest or 32767):
                self.set(kind, int(words), number, piece)
            else:
                self.note(label, words, piece)
        elif kind.longest and len(words) > kind.longest:
            self.note(label, words, piece)
        else:
            self._words(path, kind, words, value, piece, number)

    def note(self, label: str, words: str, piece: Range | None) -> None:
        """Keep words that no other place can hold."""
        self.notes.append((f"{label}: {words}" if label else words, piece))

    def warn(self, code: str) -> None:
        """Remember a doubt, once."""
        if code not in self.warnings:
            self.warnings.append(code)

    def add(self, slot: str, said: dict, piece: Range, number: int | None = None) -> None:
        """Add a whole fact."""
        fact = dict(said)
        self.events.setdefault(slot, []).append((number, fact))
        self.evidence += [(slot, fact, key, piece) for key in said]

    def set(self, kind: Kind, value, number: int | None, piece: Range) -> None:
        """Put a value that is read already into the fact of this number; a second value makes another fact."""
        if not kind.slot:
            self._set_of_person(kind.key, value, piece)
            return
        facts = self.events.setdefault(kind.slot, [])
        for other, fact in facts:
            if other != number:
                continue
            if kind.key not in fact or fact[kind.key] == value:
                fact[kind.key] = value
                self.evidence.append((kind.slot, fact, kind.key, piece))
                return
            if kind.how == "date" and (exact := _more_exact(fact[kind.key], value)):
                fact[kind.key] = exact
                self.evidence.append((kind.slot, fact, kind.key, piece))
                return
        fact = {kind.key: value}
        facts.append((number, fact))
        self.evidence.append((kind.slot, fact, kind.key, piece))

    def _set_of_person(self, key: str, value, piece: Range) -> None:
        if key in TRAITS:
            told = self.record.setdefault(key, [])
            if value not in told:
                told.append(value)
            self.evidence.append((key, self.record, told.index(value), piece))
        elif self.record.setdefault(key, value) == value:
            self.evidence.append((key, self.record, None, piece))
        else:
            self.note(key, str(value), piece)

    def _words(self, path, kind: Kind, words: str, value: str, piece: Range, number) -> None:
        if kind.slot == "imprisonments" and kind.key == "place" and (timed := _INTERVAL.match(words)):
            date, _impossible = read_date(timed["date"])
            if date and timed["place"]:
                self.add("imprisonments", {"place": timed["place"], "date": date}, piece, number)
                return
        self.set(kind, words, number, piece)
        if path == "sentences.verdict":
            self._punishment(value, piece, number)

    def _punishment(self, value: str, piece: Range, number) -> None:
        made = read_punishment(fold(value), 0, len(value))
        for key, told, place in (("kind", made.kind, made.evidence), ("term", made.term, made.term_at)):
            if told:
                there = (piece[0] + place[0], piece[0] + place[1]) if place else piece
                self.set(PATHS[f"sentences.{key}"], told, number, there)

    def _date(self, kind: Kind, words: str, piece: Range, label: str, number) -> str | None:
        date, impossible = read_date(words)
        if impossible:
            self.warn("impossible_date")
        if date:
            self.set(kind, date, number, piece)
        elif kind.printed and len(words) <= 200:
            self.set(Kind("text", kind.slot, f"{kind.key}_printed"), words, number, piece)
        else:
            self.note(label, words, piece)
        return date

    def _shot(self, kind: Kind, words: str, piece: Range, label: str, number) -> None:
        """Read the day of a shooting; a bare "yes" tells the manner alone."""
        if fold(words).strip(".") not in {fold(word) for word in (*YES, *MANNERS)}:
            self._date(kind, words, piece, label, number)
        for other, fact in self.events.setdefault("death", []):
            if other == number and "manner" not in fact:
                fact["manner"] = str(Manner.SHOT)
                self.evidence.append(("death", fact, "manner", piece))
                return
        self.set(PATHS["death.manner"], str(Manner.SHOT), number, piece)

    def _code(self, kind: Kind, words: str, piece: Range, label: str, number) -> None:
        folded = words.lower().rstrip(".")
        code = folded if folded in kind.codes else CODES.get(kind.key, {}).get(folded)
        if kind.key == "term" and re.fullmatch(r"P(?=\d)(\d+Y)?(\d+M)?(\d+D)?", words):
            code = words
        elif kind.key == "term":
            code = read_punishment(fold(words), 0, len(words)).term
        if code:
            self.set(kind, code, number, piece)
        else:
            self.note(label, words, piece)

    def _name(self, path: str, value: str, piece: Range, label: str) -> None:
        reading = Reading(value)
        if path == WHOLE_NAME:
            read_name(reading, 0, len(value))
            if "sex" not in self.record:
                read_sex_of_patronymic(reading)
        else:
            for part in re.finditer(r"[^;]+", value):
                read_variants(reading, *part.span())
        draft = reading.finish()
        for span in draft.spans:
            pieces = [(piece[0] + start, piece[0] + end) for start, end in span.pieces]
            if span.slot.startswith("name_variants"):
                if len(span.value) > 500:
                    self.note(label, span.value, pieces[0])
                else:
                    self.add("name_variants", {"printed": span.value}, pieces[0])
            elif len(span.value) > 200:
                self.note(label, span.value, pieces[0])
            else:
                self.record.setdefault(span.slot, span.value)
                self.evidence += [(span.slot, self.record, None, one) for one in pieces]
        self.left += [(piece[0] + start, piece[0] + end) for start, end in draft.remainder]

    def finish(self, *, tied: bool = False) -> tuple[dict, list]:
        """Return the record and its spans; with ``tied`` facts of one number belong to one case."""
        places: dict[int, str] = {}
        record = {key: _alone(key, value) for key, value in self.record.items()}
        for text, piece in self.notes:
            self.add("notes", {"text": text}, piece) if piece else self.events.setdefault("notes", []).append(
                (None, {"text": text})
            )
        for slot, model in SLOTS.items():
            facts = sorted(self.events.get(slot, ()), key=lambda told: told[0] or 0)
            told = []
            for position, (number, fact) in enumerate(facts):
                alone = slot in SINGLE and len(facts) == 1
                places[id(fact)] = slot if alone else f"{slot}[{position}]"
                if tied and number and issubclass(model, CaseFact):
                    fact = {**fact, "case": number}
                told.append(fact[model.shorthand] if fact.keys() == {model.shorthand} else fact)
            if told:
                record[slot] = told[0] if slot in SINGLE and len(told) == 1 else told
        return record, self._spans(record, places)

    def _spans(self, record: dict, places: dict[int, str]) -> list:
        spans: dict[str, list] = {}
        for slot, holder, key, piece in self.evidence:
            if holder is self.record:
                several = isinstance(record.get(slot), list)
                path = f"{slot}[{key}]" if several and key is not None else slot
            else:
                place = places[id(holder)]
                short = SLOTS[slot].shorthand
                path = place if holder.keys() == {short} else f"{place}.{key}"
            if list(piece) not in spans.setdefault(path, []):
                spans[path].append(list(piece))
        told = [[path, sorted(pieces)] for path, pieces in spans.items()]
        return told + ([["", [list(piece) for piece in sorted(self.left)]]] if self.left else [])


def _alone(key: str, value):
    return value[0] if key in TRAITS and len(value) == 1 else value


def _more_exact(one: str, other: str) -> str | None:
    """Return the more exact of two dates of which one lies within the other; None where they differ."""
    (a, b), (c, d) = edtf.bounds(one), edtf.bounds(other)
    if a <= c and d <= b:
        return other
    if c <= a and b <= d:
        return one
    return None
