"""Sentences that the point of an abbreviation or a year parted, made one again; those that semicolons part."""

import re

from victims.entries import dates, judgments
from victims.entries.clauses import Range, split_clauses, trim
from victims.entries.draft import Reading
from victims.entries.labels import EVENTS, find_labels, match_label, skip_marks

_YEAR_ENDS = re.compile(r"(?:\d{4}|\.\d\d)\s?(?:гг?|р|года|году|року)\.?\s*$|\d\.\s*$")
_LONGEST_YEAR = 12
#: How a body begins that arrests, sentences or rehabilitates.
BODY_BEGINS = re.compile(
    r"\s*[\"(]?(?:[а-я]{2,4}\s+(?:гугб|угб|у?нквд|огпу|гпу|у?мгб|у?нкгб|у?мвд)|пп\s+огпу|у?нквд|у?нквс|у?нкдб|у?мдб|у?нкгб|огпу|гпу|осо|г?увд|у?мвд|у?мгб|у?кгб|у?фсб|прокур|генеральн\w+\s+прокур|"
    r"воен(?:н\w+|\.)\s+прокур|вквс|пленум|президиум|верховн\w+\s+суд|вс\s|(?:по\s+)?(?:постановлени|решени|определени|заключени)|(?:[а-я-]+ая\s+)?(?:обл|край|рай|гор|рес)\w{0,3}прокурат|определени|заключени|"
    r"(?:[а-я-]+(?:ий|ый|ой)\s+){0,2}(?:[а-я]*суд(?:ом)?(?!\w)|[а-я]*трибунал(?!\w))|[а-я]+(?:ой|ей)\s(?=нквд|огпу|унквд|при|пп|ссср)|коллегией|тройкой|тройка|двойкой|комиссией|вт\s|вк\s|"
    r"(?:[а-яіїєў-]+(?:ым|им|ой|ей|ім|ою|ай)\s+){1,4}(?:[а-я]*судом|[а-я]*трибуналом|коллегией|тройкой|совещанием|"
    r"комиссией|рик\w*|\w*исполкомом|сельсоветом|отделом|рв|мв|відділом|нквс|унквс|дпу|унквд|нквд|огпу|гпу|ро|го|райотделом|окротделом|управлением|[а-я]*прокуратурой)|ск\s+вс\s)"
)


def rejoined(reading: Reading, sentences: list[Range]) -> list[Range]:
    """Return the sentences with those made one that the point of an abbreviation parted, fields parted."""
    joined: list[Range] = []
    for sentence in [part for one in sentences for part in _fields(reading, one)]:
        before = joined[-1] if joined else None
        if before and (day := _day_of_next(reading, before, sentence)):
            joined[-1] = (before[0], day)
            joined.append((day, sentence[1]))
        elif before and (
            _is_label_of_date(reading, before, sentence)
            or _goes_on(reading, before, sentence)
            or _is_day_of_shooting(reading, before, sentence)
        ):
            joined[-1] = (before[0], sentence[1])
        else:
            joined.append(sentence)
    return joined


def _fields(reading: Reading, sentence: Range) -> list[Range]:
    """Part "Арест. …; тройка УНКВД, 12.11.1937; обв.: …; ВМН; расстрелян …" where each clause tells an event."""
    if reading.folded.count(";", *sentence) < _FEWEST_MARKS:
        return [sentence]
    clauses = split_clauses(reading.folded, *sentence, ";")
    kinds = [_kind_of_field(reading, *clause) for clause in clauses]
    return clauses if all(kinds) and "unlabelled" in kinds else [sentence]


_FEWEST_MARKS = 2


def _kind_of_field(reading: Reading, start: int, end: int) -> str | None:
    if not reading.says((start, end)) or match_label(reading, skip_marks(reading, (start, end)), end):
        return "labelled"
    judged = judgments.JUDGED.match(reading.folded, start, end) and dates.find(reading.folded, start, end)
    return "unlabelled" if judged or _BARE.fullmatch(reading.folded, start, end) else None


#: "ВМН": a punishment that is all of a clause.
_BARE = re.compile(r"\W*(?:вмн|вмсз|вмп|\d{1,2}\s?(?:лет|л\.|г\.|года?)\s[^,;]{2,40})\W*")


def _year_then_body(reading: Reading, before: Range, sentence: Range) -> bool:
    end = max(before[0], before[1] - _LONGEST_YEAR), before[1]
    return bool(_YEAR_ENDS.search(reading.folded, *end) and BODY_BEGINS.match(reading.folded, *sentence))


def _goes_on(reading: Reading, before: Range, sentence: Range) -> bool:
    """True for a body after a year: "… 16 апреля 1933 г. ОСО при Коллегии ОГПУ"."""
    named = match_label(reading, skip_marks(reading, sentence), sentence[1])
    label = match_label(reading, skip_marks(reading, before), before[1])
    if label and label.kind == "arrest" and judgments.names_judge(reading, *sentence):
        return False
    if named or not _year_then_body(reading, before, sentence) or _DATED.match(reading.folded, *sentence):
        return False
    if _REVIEWED.match(reading.folded, *before):
        return True
    told = find_labels(reading, *before) or _opens_event(reading, *before)
    another = _told_before_verb(reading, *sentence) or judgments.is_judgment(reading, *sentence)
    return _is_date(reading, *before) or bool(told and not another)


#: "Приговор отменен 2 января 1939 г. Верховным судом РСФСР": who changed it.
_REVIEWED = re.compile(
    r"\s*(?:приговор|мера|наказание|срок|постановление|решение)\s+(?:\w+\s+)?(?:отмен|замен|сниж|измен)"
)
#: "… 1929 г. Постановлением от 5.3.1932 лишен права проживания": a decision of another day, by whom not told.
_DATED = re.compile(r"\s*(?:постановлени|решени|определени|постанов)\w*\s+(?:от|від)\s+\d")


def _is_label_of_date(reading: Reading, before: Range, sentence: Range) -> bool:
    """True for "Розстріл. 12.01.1938": a word cut short that looks like the end of a sentence, then its day."""
    begin = skip_marks(reading, before)
    label = match_label(reading, begin, before[1])
    alone = label is not None and label.kind in EVENTS and not reading.says((label.end, before[1]))
    first = next(iter(dates.find(reading.folded, *sentence)), None) if alone else None
    return first is not None and not reading.says((sentence[0], first.start))


#: "Расстрелян по постановлению тройки от 5 октября 1937 г.": the day is of the decision.
BY_DECISION = re.compile(
    r"\W*(?:(?:по|согласно|на\s+основании|за|згідно\s+з)\s+)(?:постановлени|приговор|решени|постанов|вирок|рішенн|ухвал)\w*\s"
)


def _is_day_of_shooting(reading: Reading, before: Range, sentence: Range) -> bool:
    """True for "Расстрелян по постановлению … от 18 ноября 1937 г. 22 ноября 1937 г. в Ленинграде"."""
    label = match_label(reading, skip_marks(reading, before), before[1])
    if label is None or label.kind != "shot" or not BY_DECISION.match(reading.folded, label.end, before[1]):
        return False
    first = next(iter(dates.find(reading.folded, *sentence)), None)
    alone = first is not None and not reading.says((sentence[0], first.start))
    return alone and len(dates.find(reading.folded, *before)) == 1 and not find_labels(reading, *sentence)


#: How far back the date of what is told before may stand, in signs.
_NEAR = 200


def _day_of_next(reading: Reading, before: Range, sentence: Range) -> int:
    """Return where the day of a sentence begins that the point of its year parted from it, or 0.

    "5 августа арестован, 3 февраля 1942 г. Областным судом осужден": what is told before has a day of its own.
    """
    folded = reading.folded
    if not _year_then_body(reading, before, sentence):
        return 0
    before = (max(before[0], before[1] - _NEAR), before[1])
    last = split_clauses(folded, *before)[-1]
    if last[0] == before[0] or not _is_date(reading, *last):
        return 0
    verb = next(iter(find_labels(reading, *sentence)), None)
    awaits = verb and verb.kind in ("convict", "act") and not dates.find(folded, sentence[0], verb.start)
    return last[0] if awaits and dates.find(folded, before[0], last[0]) else 0


def _opens_event(reading: Reading, start: int, end: int) -> bool:
    """True for "Арест 5 августа 1937 г.", "Реабилитация …": a label that counts at the head of a sentence only."""
    label = match_label(reading, *trim(reading.folded, start, end))
    return label is not None and label.kind in ("arrest", "rehabilitation")


def _is_date(reading: Reading, start: int, end: int) -> bool:
    """True for a date and nothing else: the sentence goes on after the point of its year."""
    found = dates.find(reading.folded, start, end)
    return len(found) == 1 and not reading.says((start, found[0].start)) and not reading.says((found[0].end, end))


def _told_before_verb(reading: Reading, start: int, end: int) -> bool:
    """True when a verb of this sentence itself needs the body that opens it: "Тройкой УНКВД … приговорен"."""
    return any(hit.kind in ("arrest", "convict", "act") for hit in find_labels(reading, start, end))
