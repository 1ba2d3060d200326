"""Everything that is recorded of a person, as pages and API tell it.

One fact that several entries tell is one ``Telling`` with several sources; what contradicts it stands
beside it. What a source ties together by a case is one ``Chapter``; the rest stands in the order of time.
"""

from collections import defaultdict
from dataclasses import dataclass, field
from functools import cached_property

from django.db.models import Prefetch

from memorial import edtf
from victims.models import (
    FACTS,
    Arrest,
    Birth,
    Case,
    Death,
    Decision,
    Entry,
    Imprisonment,
    NameForm,
    Rehabilitation,
    Residence,
    Sentence,
    SentenceArticle,
    SentenceRevision,
    Trait,
    Victim,
)
from victims.models.printed import PrintedField
from victims.models.projection import FIELDS
from victims.models.values import own
from victims.names import cased
from victims.vocabulary import NameKind

#: What happened to a person, in the order in which it happens.
EVENTS = (Arrest, Sentence, Imprisonment, Death, Rehabilitation)
#: Fields that are told once of a person, beside the projection's; and those that may well be several.
SEVERAL = {"citizenship", "education", "party", "residence", "occupation", "prior_repressions"}


@dataclass(slots=True)
class Telling:
    """One fact: ``fact``, the row of the first entry that tells it, and the rows of the others."""

    fact: object
    others: list = field(default_factory=list)

    @property
    def rows(self) -> list:
        return [self.fact, *self.others]

    @property
    def slot(self) -> str:
        return self.fact.slot

    @property
    def entries(self) -> list[Entry]:
        return [row.entry for row in self.rows]

    @property
    def begins(self) -> tuple:
        """For the order of time: by the last day it may mean, what is not dated last, then as things happen.

        So a sentence of "1928" follows an arrest of May 1928. Times that last count from their first day.
        """
        day = self.fact.date_latest
        if day == edtf.FAR_FUTURE or isinstance(self.fact, Imprisonment):
            day = self.fact.date_earliest
        return day is None, str(day), EVENTS.index(type(self.fact))


@dataclass(slots=True)
class Chapter:
    """What a source ties together: ``case``, its rows; None for what no source ties to a case."""

    cases: list[Case]
    events: list[Telling]


@dataclass(slots=True)
class Value:
    """One value of a field, the entries that tell it, and whether it is the one that is shown."""

    value: object
    entries: list[Entry]
    shown: bool = False


@dataclass(slots=True)
class Field:
    """All that is told in one field of a person, the value shown first; the editors' decision, if any."""

    name: str
    values: list[Value]
    decision: Decision | None = None

    @property
    def differs(self) -> bool:
        """Whether entries contradict each other: not where several values can all be true."""
        return len(self.values) > 1 and self.name not in SEVERAL


class Dossier:
    """A person with all entries and facts; made by ``dossiers``."""

    def __init__(self, victim: Victim, entries: list[Entry], facts: dict, decisions: list[Decision]):
        self.victim, self.entries = victim, entries
        self.decisions = {decision.field: decision for decision in decisions}
        self.numbers = {entry.pk: number for number, entry in enumerate(entries, start=1)}
        self._facts = facts

    def rows(self, model) -> list:
        """Return the rows of one kind of fact, in the order of their entries."""
        return self._facts.get(model, [])

    def tellings(self, model) -> list[Telling]:
        """Return the facts of one kind, each once."""
        found = {row.pk: Telling(row) for row in self.rows(model) if row.same_as_id is None}
        for row in self.rows(model):
            if row.same_as_id is not None:
                found[row.same_as_id].others.append(row)
        return list(found.values())

    @cached_property
    def fields(self) -> dict[str, Field]:
        """What is told of the person, field by field: name, sex, birth, traits, residence, age."""
        told: dict[str, dict] = {}
        for name, entry, value in self._told():
            told.setdefault(name, {}).setdefault(value, []).append(entry)
        fields = {}
        for name, values in told.items():
            chosen = self._chosen(name)
            listed = [Value(value, entries, value == chosen) for value, entries in values.items()]
            if chosen not in (None, "") and chosen not in values:  # an editor's own value
                listed.append(Value(chosen, [], True))
            fields[name] = Field(name, sorted(listed, key=lambda value: not value.shown), self.decisions.get(name))
        return fields

    def _told(self):
        for entry in self.entries:
            for name in ("sex", "age"):
                if getattr(entry, name) not in ("", None):
                    yield name, entry, getattr(entry, name)
        for row in self.rows(NameForm):
            if row.kind == NameKind.MAIN:
                parts = (cased(row.surname), row.given_name, row.patronymic)
                yield "name", row.entry, " ".join(part for part in parts if part)
        for row in self.rows(Birth):
            if row.date:
                yield "birth", row.entry, row.date
            if row.place:
                yield "birth_place", row.entry, row.place
        for row in self.rows(Trait):
            yield row.kind, row.entry, row.form
        for row in self.rows(Residence):
            if row.place:
                yield "residence", row.entry, row.place

    def _chosen(self, name: str):
        """Return the value that the projection shows of a field; None for fields that it leaves alone."""
        return getattr(self.victim, name) if name in FIELDS else None

    @cached_property
    def chapters(self) -> list[Chapter]:
        """Arrests, sentences, imprisonments, death, rehabilitations: by case where a source ties them, by date."""
        events = [telling for model in EVENTS for telling in self.tellings(model)]
        root: dict[int, int] = {}

        def find(case: int) -> int:
            while root.setdefault(case, case) != case:
                case = root[case]
            return case

        for telling in events:
            first, *others = [row.case_id for row in telling.rows if row.case_id] or [None]
            for case in others:
                root[find(case)] = find(first)
        tied = defaultdict(list)
        for telling in events:
            case = next((row.case_id for row in telling.rows if row.case_id), None)
            tied[case and find(case)].append(telling)
        chapters = []
        for key, tellings in tied.items():
            cases = [case for case in self.rows(Case) if key is not None and find(case.pk) == key]
            chapters.append(Chapter(cases, in_order(tellings)))
        return sorted(chapters, key=lambda one: (not one.cases, min(event.begins for event in one.events)))


def in_order(tellings: list[Telling]) -> list[Telling]:
    """Return events in the order of time; what is not dated, before the first that can only have come later.

    So nobody is arrested after being shot because a book prints "весной того же года".
    """
    found: list[Telling] = []
    for telling in sorted(tellings, key=lambda one: one.begins):  # the dated ones first
        later = [place for place, one in enumerate(found) if one.begins[2] > telling.begins[2]]
        place = later[0] if telling.begins[0] and later else len(found)
        found.insert(place, telling)
    return found


def dossiers(victims: list[Victim]) -> list[Dossier]:
    """Return the dossiers of some people in their order, with a fixed number of queries."""
    keys = [victim.pk for victim in victims]
    entries: dict[int, list[Entry]] = defaultdict(list)
    found = Entry.objects.filter(victim__in=keys, removed=False)
    for entry in found.select_related("source__parent__parent__parent"):
        entries[entry.victim_id].append(entry)
    for told in entries.values():
        told.sort(key=lambda entry: (entry.source.rank, entry.source.slug, entry.item_key))
    known = {entry.pk: entry for told in entries.values() for entry in told}
    facts: dict[int, dict] = defaultdict(dict)
    order = {pk: place for told in entries.values() for place, pk in enumerate(entry.pk for entry in told)}
    for model in FACTS:
        rows = [row for row in _facts(model, keys) if row.entry_id in known]
        for row in sorted(rows, key=lambda row: (order[row.entry_id], row.position)):
            row.entry = known[row.entry_id]
            facts[row.victim_id].setdefault(model, []).append(row)
    decisions = defaultdict(list)
    for decision in Decision.objects.filter(victim__in=keys).select_related("entry__source"):
        decisions[decision.victim_id].append(decision)
    return [Dossier(victim, entries[victim.pk], facts[victim.pk], decisions[victim.pk]) for victim in victims]


def joined(model) -> list[str]:
    """Return the relations of a fact that are wanted wherever it is told: printed words and what they mean."""
    found = []
    for one in own(model):
        if isinstance(one, PrintedField):
            meant = ("site", "region") if one.form_kind == "place" else ("body__region",)
            found.extend(f"{one.name}__{name}" for name in meant)
        elif one.name in ("group", "unit", "other"):
            found.append(one.name)
    return found + (["operation", "sitting"] if model is Sentence else [])


def with_words(queryset):
    """Return facts with the words behind them, articles and revisions included, ready to be told."""
    model = queryset.model
    queryset = queryset.select_related(*joined(model)) if joined(model) else queryset
    if model is Sentence:
        queryset = queryset.prefetch_related(
            Prefetch("articles", SentenceArticle.objects.select_related("article")),
            Prefetch("revisions", SentenceRevision.objects.select_related(*joined(SentenceRevision))),
        )
    return queryset


def _facts(model, keys):
    # Through entries: the index of facts is on (entry, position).
    return with_words(model.objects.filter(entry__victim__in=keys))


def marked(entry: Entry) -> list[tuple[str, str | None]]:
    """Return an entry's words in pieces, each with the slot that was read from it.

    The slot is "" for what was not understood, None for what is neither (labels, punctuation).
    """
    text, slots = entry.text, {}
    for slot, pieces in entry.spans or ():
        for start, end in pieces:
            for at in range(start, min(end, len(text))):
                slots.setdefault(at, slot)
    found: list[tuple[str, str | None]] = []
    for at, letter in enumerate(text):
        slot = slots.get(at)
        if found and found[-1][1] == slot:
            found[-1] = (found[-1][0] + letter, slot)
        else:
            found.append((letter, slot))
    return found


__all__ = ["Chapter", "Dossier", "Field", "Telling", "Value", "dossiers", "marked", "with_words"]
