"""A person's facts in the words of the page: each value once, with the numbers of the entries that tell it."""

from dataclasses import dataclass, field

from django.urls import reverse
from django.utils.translation import gettext as _

from memorial.coded import gettext_noop
from victims.dossier import Chapter, Dossier, Telling
from victims.labels import label
from victims.models import (
    ArchivalFile,
    Birth,
    Citation,
    Death,
    Decision,
    NameForm,
    OfficialNotice,
    Photograph,
    Relative,
    Remark,
    Residence,
    Sentence,
    SentenceRevision,
    Tag,
    Victim,
)
from victims.templatetags.wording import in_words, known_as
from victims.views.reading import (
    FIELDS,
    Reader,
    Said,
    archival_file,
    citation,
    form_of_name,
    of_form,
    photograph,
    printed,
)
from victims.vocabulary import Manner, NameKind, Sex


@dataclass(slots=True)
class Line:
    """A field: its label and its values, each with entries; ``several`` where all of them may be true."""

    label: str
    values: list[tuple[Said, list[int]]]
    several: bool = True
    reason: str = ""
    slot: str = ""


@dataclass(slots=True)
class Event:
    """Something that was done: what, when, its fields, the entries that tell it."""

    slot: str
    title: str
    when: str
    lines: list[Line]
    numbers: list[int]
    revisions: list["Event"] = field(default_factory=list)


#: What fields are called here and not in forms: the page tells the meaning too, not only the print.
TITLES = {"sentences.operation": gettext_noop("Operation")}
#: Fields of a person in the order of the page.
WHO = (
    "name", "sex", "birth", "birth_place", "age", "nationality", "citizenship", "social_origin", "education",
    "party", "occupation", "family", "residence", "prior_repressions",
)  # fmt: skip
#: Fields of a death that editors decide.
DECIDED = ("death", "manner", "burial_place")


class Teller:
    """Puts a dossier into the words of the page."""

    def __init__(self, dossier: Dossier, relatives: dict[int, Victim]):
        self.dossier, self.open_relatives = dossier, relatives

    def line(self, slot: str, rows: list, read: Reader) -> Line | None:
        """Return one field of some rows that tell the same, or None where none tells it."""
        found: dict[Said, list[int]] = {}
        for row in rows:
            for said in read(row):
                numbers = found.setdefault(said, [])
                if (number := self.dossier.numbers[row.entry_id]) not in numbers:
                    numbers.append(number)
        return Line(_(TITLES.get(slot) or label(slot)), list(found.items()), slot=slot) if found else None

    def lines(self, model, rows: list) -> list[Line]:
        slots = ((f"{model.slot}.{name}", read) for name, read in FIELDS[model])
        return [line for slot, read in slots if (line := self.line(slot, rows, read))]

    # who the person was

    def who(self) -> list[Line]:
        """Return the fields of the person, the value shown first, others beside it."""
        lines = []
        for name in WHO:
            told = self.dossier.fields.get(name)
            if told and (name != "name" or told.differs or told.decision):
                values = [(self._said(name, value.value), self._numbers(value.entries)) for value in told.values]
                slot = "birth.date" if name == "birth" else "birth.place" if name == "birth_place" else name
                lines.append(Line(_(label(slot)), values, not told.differs, self._reason(told.decision)))
            if name == "birth" and (unread := self._unread_births()):
                lines.append(unread)
        return lines

    def _said(self, name: str, value) -> Said:
        if name == "sex":
            return Said(_(Sex(value).label))
        if name == "birth":
            return Said(in_words(value), note=self._old_style(value))
        if name == "age":
            return Said(str(value))
        if name == "residence":
            days = {row.date for row in self.dossier.rows(Residence) if row.place == value and row.date}
            said = of_form(value)
            notes = [*filter(None, [said.note]), *(in_words(day) for day in sorted(days))]
            return said._replace(note="; ".join(notes))
        return of_form(value)

    def _old_style(self, birth: str) -> str:
        told = [row for row in self.dossier.rows(Birth) if row.date == birth]
        old = next((row.date_old_style for row in told if row.date_old_style), "")
        notes = [_("old style: %(date)s") % {"date": in_words(old)}] if old else []
        return "; ".join([*notes, *dict.fromkeys(row.note for row in told if row.note)])

    def _unread_births(self) -> Line | None:
        rows = [row for row in self.dossier.rows(Birth) if not row.date and row.date_printed]
        return self.line("birth.date_printed", rows, printed("date_printed"))

    def _numbers(self, entries) -> list[int]:
        return sorted({self.dossier.numbers[entry.pk] for entry in entries})

    def _reason(self, decision: Decision | None) -> str:
        return decision.reason if decision else ""

    def names(self) -> list[Line]:
        """Return the other forms of the name, kind by kind."""
        kinds: dict[str, list] = {}
        for row in self.dossier.rows(NameForm):
            if row.kind != NameKind.MAIN:
                kinds.setdefault(row.kind, []).append(row)
        lines = []
        for kind in NameKind:
            if line := self.line("name_variants", kinds.get(str(kind), []), form_of_name):
                line.label = _(kind.label)
                lines.append(line)
        return lines

    # what was done

    def chapters(self) -> list[dict]:
        """Return what happened, case by case as far as sources tie it together, then by date."""
        return [self._chapter(chapter) for chapter in self.dossier.chapters]

    def _chapter(self, chapter: Chapter) -> dict:
        files = dict.fromkeys(
            text for case in chapter.cases for text in (case.archival_file, *_group(case), case.note) if text
        )
        return {
            "tied": bool(chapter.cases),
            "files": list(files),
            "events": [self.event(one) for one in chapter.events],
        }

    def event(self, telling: Telling) -> Event:
        """Return one event in words, with what a sentence was changed to."""
        model = type(telling.fact)
        lines = self.lines(model, telling.rows)
        title = _title(telling, lines)
        when, numbers = _date(model, lines) or ("", self._numbers(telling.entries))
        if model is Death:
            lines += self._decisions()
        event = Event(model.slot, title, when, lines, numbers)
        if model is Sentence:
            event.revisions = [self._revision(row, one) for row in telling.rows for one in row.revisions.all()]
        return event

    def _revision(self, sentence: Sentence, revision: SentenceRevision) -> Event:
        revision.entry_id = sentence.entry_id
        numbers = [self.dossier.numbers[sentence.entry_id]]
        lines = self.lines(SentenceRevision, [revision])
        return Event("revision", _("Revision of the sentence"), in_words(revision.date), lines, numbers)

    def _decisions(self) -> list[Line]:
        """Return what editors decided of a death."""
        lines, shown = [], self.dossier.victim
        for name in DECIDED:
            if decision := self.dossier.decisions.get(name):
                value = getattr(shown, name)
                if name == "death":
                    said = Said(in_words(value))
                elif name == "manner":
                    said = Said(_(Manner(value).label)) if value else None
                else:
                    said = Said(str(value), True) if value else None
                slot = "death.date" if name == "death" else f"death.{name}"
                title = _("%(label)s, as the editors decided") % {"label": _(label(slot))}
                lines.append(Line(title, [(said, [])] if said and said.text else [], reason=decision.reason))
        return lines

    def notices(self) -> list[Event]:
        """Return what the state told the family."""
        return [
            Event(
                OfficialNotice.slot,
                _("Official notice to the family"),
                in_words(telling.fact.given),
                self.lines(OfficialNotice, telling.rows),
                self._numbers(telling.entries),
            )
            for telling in self.dossier.tellings(OfficialNotice)
        ]

    # what stands beside

    def relatives(self) -> list[tuple[Said, list[int]]]:
        """Return the relatives, each with a link to their own record where it may be seen."""
        rows = self.dossier.rows(Relative)
        line = self.line("relatives", rows, self._relative)
        return line.values if line else []

    def _relative(self, row: Relative):
        other = self.open_relatives.get(row.other_id)
        name = row.name or (known_as(other) if other else "")
        words = ", ".join(part for part in (row.relation.text if row.relation else "", name) if part)
        notes = [_("presumed")] if row.presumed else []
        url = reverse("victims:victim", args=[other.public_id]) if other else ""
        yield Said(
            words or _("a relative whose name is not given"),
            bool(words),
            url,
            "; ".join([*notes, *filter(None, [row.note])]),
        )

    def beside(self) -> list[Line]:
        """Return photographs, groups, archival files, sources that entries name, notes."""
        told = (
            (Photograph, "photographs", photograph),
            (Tag, "tags", printed("form")),
            (ArchivalFile, "archival_files", archival_file),
            (Citation, "sources", citation),
            (Remark, "notes", printed("text")),
        )
        return [line for model, slot, read in told if (line := self.line(slot, self.dossier.rows(model), read))]


def _date(model, lines: list[Line]) -> tuple[str, list[int]] | None:
    """Return the date of an event and who tells it; its line goes where the heading says all that it says."""
    dated = next((line for line in lines if line.slot == f"{model.slot}.date"), None)
    if dated is None or dated.values[0][0].note:
        return None
    if len(dated.values) == 1:
        lines.remove(dated)
    said, numbers = dated.values[0]
    return said.text, numbers


def _title(telling: Telling, lines: list[Line]) -> str:
    """Return what an event is called; a death by its manner, whose line goes where all agree on it."""
    if not isinstance(telling.fact, Death):
        return _(label(telling.slot))
    manners = {row.manner for row in telling.rows if row.manner}
    if len(manners) == 1:
        lines[:] = [line for line in lines if line.slot != "death.manner"]
    return _("Shooting") if manners == {str(Manner.SHOT)} else _("Death")


def _group(case) -> tuple:
    return (_("group case: %(name)s") % {"name": case.group.name},) if case.group else ()
