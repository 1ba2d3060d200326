"""The form of the lists of lists.memo.ru: a line for each event, opened by its label.

(варианты фамилии: …)
Родился в 1891 г., место; национальность;  образование; партийность;
род занятий.
Проживал: …
Арестован 5 августа 1937 г. кем
Приговорен: кем 15 октября 1937 г., обв.: …
Приговор: …
Расстрелян 23 октября 1937 г.
Место захоронения - …
Реабилитирован 6 июля 1960 г. кем
"""

import re
from dataclasses import dataclass
from itertools import islice

from victims.entries import dates, death, description, events, people, rehabilitation
from victims.entries.clauses import Range, split_clauses, split_sentences
from victims.entries.draft import Reading
from victims.entries.labels import Label, find_labels, match_label, tell_sex
from victims.entries.telling import read_events, read_judge

_LINE = re.compile(r"[^\n]+")
_BLANK = re.compile(r"\s*")
_ONE_LABEL_ENOUGH = frozenset(
    {"convict", "verdict", "burial", "rehabilitation", "shot", "arrest", "birth", "residence"}
)
_AGAIN = re.compile(r"\s*(?:место\s+захоронения|реабилитирован[аы]?)\s*[-:.]?\s*")


@dataclass(slots=True)
class _Line:
    label: Label | None
    kind: str | None
    start: int
    end: int

    @property
    def body(self) -> Range:
        return (self.label.end if self.label else self.start), self.end


def recognise(reading: Reading) -> bool:
    """True when lines open with labels of this form, and no name or running text stands in their place."""
    lines = reading.lines = _lines(reading)
    labelled = [line for line in lines if line.kind in _ONE_LABEL_ENOUGH]
    first = next((line for line in lines if not _is_variants(reading, line)), None)
    if not labelled or first is None:
        return False
    if first.kind == "birth" and reading.folded.startswith("р.", first.start):
        return False
    return not _runs_on(reading, first) and (len(labelled) > 1 or first.kind is not None)


def _runs_on(reading: Reading, line: _Line) -> bool:
    """True when the first line goes on with labels or a year of birth: that is running text."""
    return _LABEL_INSIDE.search(reading.folded[line.start : line.end]) is not None


_LABEL_INSIDE = re.compile(
    r"[.,]\s+(?:род\.|родил|прож|арестов|осужд|пригов|реаб|адрес)"
    r"|(?:[.,]\s+|^)(?:\d\d?\.\d\d?\.)?1[89]\d\d\s?(?:г\.?\s?р\b|р\b|року)"
)


def _is_variants(reading: Reading, line: _Line) -> bool:
    return reading.folded.startswith(("(", "-", "["), line.start)


def _lines(reading: Reading) -> list[_Line]:
    lines: list[_Line] = []
    for match in _LINE.finditer(reading.folded):
        start = _BLANK.match(reading.folded, *match.span()).end()
        if start >= match.end():
            continue
        label = match_label(reading, start, match.end())
        if (
            label is None
            and lines
            and lines[-1].kind == "verdict"
            and not find_labels(reading, start, match.end())
        ):
            # What no label opens goes on with the verdict.
            lines[-1].end = match.end()
        else:
            lines.append(_Line(label, label and label.kind, start, match.end()))
    return lines


def read(reading: Reading) -> None:
    """Read an entry of this form."""
    lines = _read_head(reading, reading.lines or _lines(reading))
    for line in lines:
        if line.label:
            reading.label(line.label.start, line.label.end)
            tell_sex(reading, line.label)
    for number, line in enumerate(lines):
        following = next((other.kind for other in islice(lines, number + 1, None) if other.kind), None)
        _read_line(reading, line, following, lines[:number])
    if "party" in reading.pending:
        description.read_clause(reading, "party", reading.pending.pop("party"))
    events.flush(reading)


def _read_head(reading: Reading, lines: list[_Line]) -> list[_Line]:
    """Read name variants and a name that stand before the first label; return the lines after them."""
    while lines and lines[0].label is None:
        start, end = lines[0].start, lines[0].end
        if reading.folded[start] == "(":
            people.read_name(reading, start, end)
        elif len(lines) > 1 and lines[1].kind == "birth" and people.is_name(reading, start, end):
            people.read_name(reading, start, end)
            people.read_sex_of_patronymic(reading)
        else:
            break
        lines = lines[1:]
    return lines


_MORE = r"\s+(?:приговорен|осужд|репрессирован|реабил|арестован)"
#: In a line of an arrest the other events follow a comma too; in one of a trade that is a list of posts.
_MORE_EVENTS = {"arrest": re.compile(rf"[.\d,]{_MORE}"), None: re.compile(rf"[.\d]{_MORE}")}


def _read_line(reading: Reading, line: _Line, following: str | None, before: list[_Line]) -> None:
    more = _MORE_EVENTS.get(line.kind)
    if more and more.search(reading.folded, line.start, line.end):
        if line.label:
            reading.labels.remove((line.label.start, line.label.end))
        read_events(reading, split_sentences(reading.text, reading.folded, line.start, line.end))
        return
    match line.kind:
        case "birth":
            _read_birth(reading, *line.body)
        case "residence":
            description.read_place(reading, *line.body, "residence")
        case "arrest":
            events.read_arrest(reading, line.body, running=False)
        case "convict":
            events.read_conviction(reading, line.body)
        case "verdict":
            _read_verdict(reading, line, following)
        case "charge":
            events.keep_charge(reading, *line.body)
        case "shot":
            death.read_death(reading, "shot", (line.label.start, line.label.word_end), line.body)
        case "died":
            death.read_death(reading, "died", (line.label.start, line.label.word_end), line.body)
        case "burial":
            _read_burial(reading, *line.body)
        case "rehabilitation":
            rehabilitation.read_rehabilitation(reading, line.body)
        case "judged":
            read_judge(reading, *line.body)
        case "act":
            _read_act(reading, line)
        case "work":
            reading.labels.remove((line.label.start, line.label.end))
            _read_unlabelled(reading, line, following, before)
        case None:
            _read_unlabelled(reading, line, following, before)


def _read_act(reading: Reading, line: _Line) -> None:
    """Read a verdict that stands on a line of its own: "Раскулачен."."""
    reading.labels.remove((line.label.start, line.label.end))
    events.read_verdict(reading, reading.event("sentences"), line.start, line.end)


def _read_birth(reading: Reading, start: int, end: int) -> None:
    folded = reading.folded
    fields = split_clauses(folded, start, end, ";")
    found = _find_birth(folded, *fields[0])
    begin = fields[0][0]
    if found and not reading.says((begin, found[0].start)):
        if found[0].edtf is None:
            reading.warn("impossible_date")
        else:
            reading.put("birth.date", found[0].edtf, found[0][:2])
        begin = found[0].end
    first = (begin, fields[0][1])
    slot = description.slot_of(reading, *first) if reading.says(first) else None
    if slot and (slot == "nationality" or found):
        description.read_clause(reading, slot, first)
    elif reading.says(first):
        description.read_place(reading, *first)
    for number, part in enumerate(fields[1:]):
        _read_field(reading, part, first=not number)


def _find_birth(folded: str, start: int, end: int) -> tuple[dates.Found, ...]:
    """Find the date of a birth: mostly all that stands before the first comma, the same words in many entries."""
    comma = folded.find(",", start, end)
    if comma >= 0 and _NO_DATE.match(folded, comma, end):
        found = dates.find(folded, start, comma, birth=True)
        if found:
            return found
    return dates.find(folded, start, end, birth=True)


_NO_DATE = re.compile(r",\s*[^\s(\d]")


def _read_field(reading: Reading, part: Range, *, first: bool) -> None:
    """A field after the place: its words tell its slot; an unknown word that stands first is a nationality."""
    if not reading.says(part):
        return
    slot = description.slot_of(reading, *part)
    if slot is None and _is_word(reading, part) and not reading.filled("nationality") and first:
        slot = "nationality"
    if slot and not reading.filled(slot):
        description.read_clause(reading, slot, part)
    elif slot is None and not reading.filled("party"):
        reading.put_text("party" if "парт" in reading.folded[part[0] : part[1]] else "occupation", part)


def _is_word(reading: Reading, part: Range) -> bool:
    return re.fullmatch(r"\s*[а-я-]+\s*", reading.folded[part[0] : part[1]]) is not None


def _read_verdict(reading: Reading, line: _Line, following: str | None) -> None:
    """Read a punishment, or, before another "Приговор:", the sentence itself."""
    start, end = line.body
    if following == "verdict" or (
        reading.folded.find("обв", start, end) >= 0 and events.CHARGE.search(reading.folded, start, end)
    ):
        events.read_conviction(reading, (start, end))
        return
    count = len(reading.record["sentences"])
    slot = f"sentences[{count - 1}]"
    if not count or reading.filled(f"{slot}.verdict"):
        slot = reading.event("sentences")
    events.read_verdict(reading, slot, start, end)


def _read_burial(reading: Reading, start: int, end: int) -> None:
    match = _AGAIN.match(reading.folded, start, end)
    if match:
        reading.label(*match.span())
        start = match.end()
    description.read_place(reading, start, end, "death.burial_place")


def _read_unlabelled(reading: Reading, line: _Line, following: str | None, before: list[_Line]) -> None:
    """A line without a label is the trade; later an arrest told by body and date alone, or more events."""
    start, end = line.start, line.end
    late = any(other.kind not in (None, "birth", "work") for other in before)
    if not late and not reading.filled("occupation") and not _is_arrest(reading, start, end):
        _read_trade_line(reading, start, end, before)
    elif following in ("convict", "verdict") and _is_arrest(reading, start, end):
        events.read_arrest(reading, (start, end), running=False)
    elif any(hit.kind in ("arrest", "convict", "act") for hit in find_labels(reading, start, end)):
        read_events(reading, split_sentences(reading.text, reading.folded, start, end))


def _is_arrest(reading: Reading, start: int, end: int) -> bool:
    """True for "<body> <date>" and nothing more."""
    found = dates.find(reading.folded, start, end)
    if not found or reading.says((found[-1].end, end)) or _PLEDGE.match(reading.folded, start, end):
        return False
    return events.names_body(reading, start, found[-1].start)


_PLEDGE = re.compile(r"\W*(?:подписка|не\s|мера)")


def _read_trade_line(reading: Reading, start: int, end: int, before: list[_Line]) -> None:
    """Before the trade a book without "Родился" prints nationality and party on the first line."""
    fields = split_clauses(reading.folded, start, end, ";")
    if not before and len(fields) > 1:
        for part in fields:
            slot = description.slot_of(reading, *part) if reading.says(part) else None
            if slot:
                description.read_clause(reading, slot, part)
            elif reading.says(part):
                description.read_trade_text(reading, *part)
        return
    description.read_trade_text(reading, start, end)
