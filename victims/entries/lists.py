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
from collections.abc import Callable
from dataclasses import dataclass
from itertools import islice

from victims.entries import charges, dates, death, description, events, people, rehabilitation
from victims.entries.clauses import Range, split_clauses, split_sentences
from victims.entries.draft import Reading
from victims.entries.judgments import read_judge
from victims.entries.labels import Label, find_labels, match_label, tell_sex
from victims.entries.telling import read_events

_LINE = re.compile(r"\S[^\n]*")
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


def recognise(reading: Reading) -> bool:
    """True when lines open with labels of this form, and no name or running text stands in their place."""
    lines = reading.lines = _lines(reading)
    labelled = sum([line.kind in _ONE_LABEL_ENOUGH for line in lines])
    if not labelled:
        return False
    first = lines[0] if not _is_variants(reading, lines[0]) else _after_variants(reading, lines)
    if first is None:
        return False
    if first.kind == "birth" and reading.folded.startswith("р.", first.start):
        return False
    if first.kind is None and _describes_next(reading, lines, first):
        return False
    return not _runs_on(reading, first) and (labelled > 1 or first.kind is not None)


def _describes_next(reading: Reading, lines: list[_Line], name: _Line) -> bool:
    """True of a name whose next line goes on with a year of birth, as running text does."""
    number = next(number for number, line in enumerate(lines) if line is name) + 1
    if number == len(lines) or not people.is_name(reading, name.start, name.end):
        return False
    following = lines[number]
    year = _YEAR_ALONE.fullmatch(reading.folded, following.start, following.end)
    return following.kind is None and (year is not None or _runs_on(reading, following))


def _after_variants(reading: Reading, lines: list[_Line]) -> _Line | None:
    return next((line for line in lines if not _is_variants(reading, line)), None)


def _runs_on(reading: Reading, line: _Line) -> bool:
    """True when the first line goes on with labels or a year of birth: that is running text."""
    words = reading.folded[line.start : line.end]
    return _LABEL_INSIDE.search(words) is not None or _YEAR_FIRST.match(words) is not None


_YEAR_OF_BIRTH = r"(?:\d\d?\.\d\d?\.)?1[89]\d\d\s?(?:г\.?\s?р\b|р\b|року)"
_YEAR_ALONE = re.compile(r"(?:\d\d?\.\d\d?\.)?1[89]\d\d\s*(?:г\.)?\s*")
_YEAR_FIRST = re.compile(_YEAR_OF_BIRTH)
_LABEL_INSIDE = re.compile(
    rf"[.,]\s+(?=[рпао\d])(?:род\.|родил|прож|арестов|осужд|пригов|реаб|адрес|{_YEAR_OF_BIRTH})"
)


def _is_variants(reading: Reading, line: _Line) -> bool:
    return reading.folded.startswith(("(", "-", "["), line.start)


def _lines(reading: Reading) -> list[_Line]:
    lines: list[_Line] = []
    for start, end in _ranges(reading.folded):
        label = match_label(reading, start, end) or _shot(reading, start, end)
        if label:
            lines.append(_Line(label, label.kind, start, end))
        elif lines and _goes_on(reading, lines[-1], start, end):
            lines[-1].end = end  # what no label opens goes on with the verdict, or with a line that was broken
        else:
            lines.append(_Line(None, None, start, end))
    return lines


#: A label of a line that follows another on the same line: "58-10 УК РСФСР. Приговор: 10 лет".
_SECOND = re.compile(
    r"[.;][ \t]+(?=(?:приговор(?:ен[аы]?)?|проживал[аи]?|осужден[аы]?)\s?:|место захоронения\s?[-:]|"
    r"(?:расстрелян|реабилитирован)[аы]?\s+(?:в\s+)?\d)"
)


def _ranges(folded: str) -> list[Range]:
    """Return the lines, those parted where a second label stands on one with a label of this form."""
    lines = [match.span() for match in _LINE.finditer(folded)]
    if len(lines) == 1 or not _SECOND.search(folded):
        return lines
    found = []
    for start, end in lines:
        if folded[start] in "прм" and _COLONED.match(folded, start, end):
            for second in _SECOND.finditer(folded, start, end):
                found.append((start, second.start() + 1))
                start = second.end()
        found.append((start, end))
    return found


_COLONED = re.compile(r"(?:приговор(?:ен[аы]?)?|проживал[аи]?)\s?:|место захоронения\s?[-:]|родил(?:ся|ась)\s")
_BROKEN = re.compile(r"(?:(?<!\w)(?:в|во|на|с|к|по|при|от|до|из|у|и|за|о|об|под|без)|,|:)\s*$")
_MONTH = rf"(?:{'|'.join(dates.MONTHS)})[а-яі]{{0,4}}"
_DAY_LAST = re.compile(rf"(?<!\d)\d\d?\s*(?:{_MONTH}\s*)?$|(?<!\w)в\s*(?:{_MONTH}\s*)?$")
_DATE_GOES_ON = re.compile(rf"[12]\d{{3}}(?:\s?(?:г|року|р\.)|\s)|{_MONTH}\s+[12]\d{{3}}|г[.,]\s")
_YEAR_LAST = re.compile(r"[12]\d{3}\s*$")


def _goes_on(reading: Reading, line: _Line, start: int, end: int) -> bool:
    """True when a line without a label is the rest of the one before it."""
    folded, tail = reading.folded, max(line.start, line.end - 24)
    if line.kind == "verdict" and not find_labels(reading, start, end):
        return True
    if _DATE_GOES_ON.match(folded, start, end):
        last = _YEAR_LAST if folded[start] == "г" else _DAY_LAST
        return last.search(folded, tail, line.end) is not None
    if line.label is None:
        return False
    alone = not reading.says((line.label.end, line.end))  # "Приговорен:"
    return alone or _BROKEN.search(folded, tail, line.end) is not None


def _shot(reading: Reading, start: int, end: int) -> Label | None:
    """Read "Расстрел. 26 февраля 1947 г.": an abbreviated verb, told from the punishment by its date."""
    match = _SHOT.match(reading.folded, start, end)
    return match and Label("shot", None, start, match.end(), match.end())


_SHOT = re.compile(r"расстрел\.(?=\s+(?:в\s+)?\d)")


def read(reading: Reading) -> None:
    """Read an entry of this form."""
    lines = _read_head(reading, reading.lines or _lines(reading))
    for line in lines:
        if line.label:
            reading.label(line.label.start, line.label.end)
            tell_sex(reading, line.label)
    for number, line in enumerate(lines):
        _read_line(reading, line, lines, number)
    if "party" in reading.pending:
        description.read_clause(reading, "party", reading.pending.pop("party"))
    if "trade" in reading.pending and not reading.filled("occupation"):
        description.read_trade_text(reading, *reading.pending.pop("trade"))
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
_MORE_EVENTS = {
    "arrest": re.compile(rf"[.\d,]{_MORE}|[\d,]\s+дело\s+прекращ|\"\.\s+выслан"),
    None: re.compile(rf"[.\d]{_MORE}"),
}


def _read_line(reading: Reading, line: _Line, lines: list[_Line], number: int) -> None:
    """Read a line, the one of that number of all lines."""
    kind = line.kind
    if _runs(reading, line):
        if line.label:
            reading.labels.remove((line.label.start, line.label.end))
        sentences = split_sentences(reading.text, reading.folded, line.start, line.end)
        read_events(reading, [part for one in sentences for part in _without_trade(reading, line, one)])
    elif kind in _BODIES:
        _BODIES[kind](reading, line.label.end, line.end)
    elif kind in ("shot", "died"):
        evidence = line.label.start, line.label.word_end
        death.read_death(reading, kind, evidence, (line.label.end, line.end))
    elif kind == "verdict":
        _read_verdict(reading, line, _kind_after(lines, number))
    elif kind == "act":
        _read_act(reading, line)
    elif kind == "work" and not line.label.sex and reading.folded.endswith(":", 0, line.label.end):
        description.read_trade_text(reading, line.label.end, line.end)
    elif kind in (None, "work"):
        if line.label:
            reading.labels.remove((line.label.start, line.label.end))
        _read_unlabelled(reading, line, lines, number)


def _without_trade(reading: Reading, line: _Line, sentence: Range) -> list[Range]:
    """Read the trade that stands beside a conviction on the line of a trade; return what is left of a sentence.

    "Плотник лесозавода. в 1930 осужден на 5 лет", "В 1926 осужден на 6 лет, срок отбыл. Мастер мехцеха".
    """
    if line.kind is not None or reading.filled("occupation") or reading.filled("residence"):
        return [sentence]
    start, end = sentence
    judged = _JUDGED_NEXT.search(reading.folded, start, end)
    stop = judged.start() + 1 if judged else end
    if reading.folded[start].isdigit() or _NO_TRADE.match(reading.folded, start, stop) or (
        find_labels(reading, start, stop)
    ):
        return [sentence]
    description.read_trade_text(reading, start, stop)
    return [(stop, end)] if judged else []


_JUDGED_NEXT = re.compile(r"\.\s+(?=(?:в|с)\s+\d{4}\s(?:г\.\s?|году\s)?(?:осужд|пригов|арест|раскул|высла|судим))")
_NO_TRADE = re.compile(
    r"\W*(?:в\s+\d{4}|ранее|дело|срок|отбы|освоб|служил|находил|судим|др\.\s*р|р\.\s*:|реаби|умер|наказан|"
    r"из\s+ссылки|бежал)"
)


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
        begin = found[0].end
        if found[0].edtf is None:
            reading.warn("impossible_date")
        else:
            begin = _put_birth_date(reading, found[0], fields[0][1])
    first = (begin, fields[0][1])
    slot = description.slot_of(reading, *first) if reading.says(first) else None
    if slot and (slot == "nationality" or found):
        description.read_clause(reading, slot, first)
    elif any(description.slot_of(reading, *part) in _NO_PLACE for part in split_clauses(folded, *first, ",")):
        description.read_description(reading, *first)  # commas where others have semicolons
    elif reading.says(first):
        description.read_place(reading, *first)
    for number, part in enumerate(fields[1:]):
        _read_field(reading, part, first=not number and not reading.filled("party"))


def _put_birth_date(reading: Reading, found: dates.Found, end: int) -> int:
    """Fill the date of a birth, one of two years in "1858, 1857 поляк"; return where it ends."""
    other = _OTHER_YEAR.match(reading.folded, found.end, end) if len(found.edtf) == _YEAR else None
    if other is None or other["year"] == found.edtf:
        reading.put("birth.date", found.edtf, found[:2])
        return found.end
    reading.put("birth.date", f"[{','.join(sorted((found.edtf, other['year'])))}]", found[:2], other.span("year"))
    return other.end()


_YEAR = len("1858")
_OTHER_YEAR = re.compile(r",\s(?P<year>1[89]\d\d)(?=[,;.\s])(?!\s?г)")


_NO_PLACE = ("nationality", "party")


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
    elif slot is None and not reading.filled("party") and _OF_PARTY.search(reading.folded, *part):
        reading.put_text("party", part)
    elif slot is None and not reading.filled("education") and _SCHOOLED.match(reading.folded, *part):
        reading.put_text("education", part)
    elif slot is None:
        reading.pending.setdefault("trade", part)  # the trade, unless a line of its own tells it


_OF_PARTY = re.compile(
    r"парт|(?<!\w)(?:вкп|кпсс|рсдрп|влксм|цк|кп)(?!\w)|(?<!\w)(?:меньшевик|большевик|эсер|анархист|кадет(?!ск)|бунд|сионист)"
)
_SCHOOLED = re.compile(r"\s*(?:в\s+\d{4}\s*(?:г\.|году)?\s*)?(?:окончил[аи]?|закончил[аи]?|учил(?:ся|ась))\s")


def _is_word(reading: Reading, part: Range) -> bool:
    return re.fullmatch(r"\s*[а-я-]+\s*", reading.folded[part[0] : part[1]]) is not None


def _runs(reading: Reading, line: _Line) -> bool:
    """True for a line of running text: with more events, or a sentence without a colon after its verb."""
    if line.kind == "convict":
        told = _TO.search(reading.folded, line.label.end, line.end) or reading.folded.startswith("суд", line.start)
        return bool(told) and not reading.folded[line.label.word_end : line.label.end].strip()
    more = _MORE_EVENTS.get(line.kind)
    return more is not None and more.search(reading.folded, line.start, line.end) is not None


_TO = re.compile(r"(?<!\w)(?:на|к)\s+(?:\d|вмн|высш|расстр|лишен|заключ|ссыл|высыл|спец|итл|конц|каторж)")


def _kind_after(lines: list[_Line], number: int) -> str | None:
    """Return the kind of the next line that has a label."""
    for line in islice(lines, number + 1, None):
        if line.kind:
            return line.kind
    return None


def _read_verdict(reading: Reading, line: _Line, following: str | None) -> None:
    """Read a punishment, or, before another "Приговор:", the sentence itself."""
    start, end = line.label.end, line.end
    charge = _ACCUSED.search(reading.folded, start, end) and events.CHARGE.search(reading.folded, start, end)
    if (following == "verdict" or charge) and not _PUNISHED.match(reading.folded, start, end):
        events.read_conviction(reading, (start, end))
        return
    count = len(reading.record["sentences"])
    slot = f"sentences[{count - 1}]"
    if not count or reading.filled(f"{slot}.verdict"):
        slot = reading.event("sentences")
    events.read_verdict(reading, slot, start, end)


#: "обв.: …", "обвинен в …", but not "обвиняемый".
_ACCUSED = re.compile(r"(?<!\w)обв(?!иняем)")
#: What opens with the punishment, or quotes it, names no court, whatever it goes on with.
_PUNISHED = re.compile(r"\s*(?:к\s+)?(?:\"|\d{1,2}\s?(?:лет|года?|годам|г\.|л\.)\s|вмн|расстрел|высшая\s+мера)")


def _read_burial(reading: Reading, start: int, end: int) -> None:
    match = _AGAIN.match(reading.folded, start, end)
    if match:
        reading.label(*match.span())
        start = match.end()
    description.read_place(reading, start, end, "death.burial_place")


def _read_unlabelled(reading: Reading, line: _Line, lines: list[_Line], number: int) -> None:
    """A line without a label is the trade; later an arrest told by body and date alone, or more events."""
    start, end = line.start, line.end
    early = _EARLY.issuperset([other.kind for other in lines[:number]])
    colon = reading.folded.find(":", start, start + _LONGEST_TRAIT)
    slot = description.slot_of(reading, start, end) if 0 < colon < end else None
    if slot and description.read_clause(reading, slot, (start, end)):
        return
    if _PLEDGED.match(reading.folded, start, end):
        reading.put_text(reading.more("notes"), (start, end))
    elif early and not reading.filled("occupation") and not _is_arrest(reading, start, end):
        _read_trade_line(reading, start, end, first=not number)
    elif _kind_after(lines, number) in ("convict", "verdict") and _is_arrest(reading, start, end):
        events.read_arrest(reading, (start, end), running=False)
    elif any(hit.kind in ("arrest", "convict", "act") for hit in find_labels(reading, start, end)):
        read_events(reading, split_sentences(reading.text, reading.folded, start, end))


def _is_arrest(reading: Reading, start: int, end: int) -> bool:
    """True for "<body> <date>" and nothing more."""
    found = dates.find(reading.folded, start, end)
    if not found or reading.says((found[-1].end, end)) or _PLEDGE.match(reading.folded, start, end):
        return False
    return events.names_body(reading, start, found[-1].start)


#: How long the label of a line of a table may be: "Национальность: русский".
_LONGEST_TRAIT = 30
#: Kinds of lines that stand before the trade.
_EARLY = frozenset({None, "birth", "origin_place", "work"})
#: A pledge not to leave is no arrest; the books print it on the line of one.
_PLEDGED = re.compile(r"\W*(?:(?:взята\s+)?подписка\s+о\s+невыезде|мера\s+пресечения\s*:)")
_PLEDGE = re.compile(r"\W*(?:подписка|не\s|мера)")


def _read_trade_line(reading: Reading, start: int, end: int, *, first: bool) -> None:
    """Before the trade a book without "Родился" prints nationality and party on the first line."""
    fields = split_clauses(reading.folded, start, end, ";")
    if first and len(fields) > 1:
        for part in fields:
            slot = description.slot_of(reading, *part) if reading.says(part) else None
            if slot:
                description.read_clause(reading, slot, part)
            elif reading.says(part):
                description.read_trade_text(reading, *part)
        return
    description.read_trade_text(reading, start, end)


_BODIES: dict[str, Callable[[Reading, int, int], None]] = {
    "birth": _read_birth,
    "residence": lambda reading, start, end: description.read_place(reading, start, end, "residence"),
    "arrest": lambda reading, start, end: events.read_arrest(reading, (start, end), running=False),
    "convict": lambda reading, start, end: events.read_conviction(reading, (start, end)),
    "charge": charges.keep_charge,
    "burial": _read_burial,
    "rehabilitation": lambda reading, start, end: rehabilitation.read_rehabilitation(reading, (start, end)),
    "judged": read_judge,
    "arrested_by": lambda reading, start, end: events.read_by(reading, "arrests", start, end),
    "rehabilitated_by": lambda reading, start, end: events.read_by(reading, "rehabilitations", start, end),
    "origin_place": description.read_description,
    "source": lambda reading, start, end: reading.put_text(reading.more("sources"), (start, end)),
    "death_place": lambda reading, start, end: description.read_place(reading, start, end, "death.place"),
}
