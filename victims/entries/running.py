"""Entries told in running text: cards, Ukrainian and many regional books.

A name, a birth with its description, then sentences of residence, trade and events (`telling`).
"""

import re
from itertools import pairwise

from victims.entries import dates, death, description, events, people, places
from victims.entries.clauses import Range, in_latin, split_clauses, split_sentences, trim
from victims.entries.draft import Reading
from victims.entries.labels import EVENTS, Label, find_labels, match_label, skip_marks, tell_sex
from victims.entries.telling import read_events

_BIRTH_YEAR = re.compile(
    r"\s*(?:[гr][./]?\s?р\.?(?!\w)|года\s+рожд(?:ения|\.)|год\s+рождения|р\.?\s?н\.?(?!\w)|р\.\s?нар(?:одж)?\.?|нар\.(?=[,;\s])|"
    r"(?:р\.\s+)?року\s+народження|р(?:оку)?\.?\s+народження|народження|народж\.|рождения|рожд\.|г\.\s?рожд\.?|н\.?(?=,|\s|$)|"
    r"(?:(?:г\.|года)\s+)?нараджэння|г\.\s?н\.|г\.(?=\s?,)|-\s?\?)[,.\s]*"
)
_SOURCE = re.compile(r"(?<!\w)(?:источник|джерело|источники)(?:\s+данных)?\s*:")
_RANK = r"(?P<rank>(?:схи|иеро)?монах(?:иня)?|инок(?:иня)?|послушни(?:к|ца))(?:\s(?P<religious>[^\W\d_]{3,20}))?"
_OTHER_NAME = (
    r"(?P<other>(?:в\s(?:монашестве|миру|схиме|крещении|постриге)|по\s(?:(?:перв|втор)ому\s)?мужу|по\sотцу)\s"
    r"[^\W\d_]{2,20}(?:\s[^\W\d_]{2,20}){0,2})"
)
_NAME_HEAD = re.compile(
    rf"(?:[^,\d\n(]|\([^()\n]{{0,120}}+\)){{3,120}}?(?:,\s(?:(?:сын|дочь|син|дочка)\s[^\W\d_]+|{_RANK}|{_OTHER_NAME}))?(?P<mark>(?:[,;]|(?<!\W\w)\.)?\s+)"
    r"(?=род[.\s]|рожд[.\s]|н\.\s[вуў]\s?\d|р\.\s(?:в\s|ок\.\s|около\s)?\d|родил|нар[.\s]|н\.\s\d{4}|народи|нарадз|(?:не\s(?:позднее|позже|ранее)|после|до)\s\d{4}\s?г\.\s?р|(?:ок\.|около|прим\.|примерно|приблизительно|бл\.|близько)\s\d{4}\b|\d{1,4}\b|\(\d{4}|урож|уродж|г\.\s?р|место\s+рожд|год\s+рожд)"
)


def recognise(reading: Reading) -> bool:
    """True always: running text is what is left when no other form is known."""
    return bool(reading.text)


def read(reading: Reading) -> None:
    """Read an entry of this form."""
    source = _SOURCE.search(reading.folded)
    end = len(reading.text)
    if source:
        reading.label(*source.span())
        reading.put_text(reading.more("sources"), (source.end(), end))
        end = source.start()
    number = _NUMBER.match(reading.text, 0, end)
    if number:
        reading.label(*number.span("number"))
    sentences = split_sentences(reading.text, reading.folded, number.end() if number else 0, end)
    sentences = [part for one in sentences for part in _labelled(reading, one) if reading.says(part)]
    sentences = _read_name(reading, sentences)
    sentences = _read_birth(reading, sentences)
    read_events(reading, sentences)
    events.flush(reading)
    if died := reading.pending.pop("died", None):
        year = _FOUR_FIGURES.search(reading.text, *died)[0]  # "в 1930"
        reading.put("death.date", year, died) or reading.label(*died)


_FOUR_FIGURES = re.compile(r"\d{4}")
#: So many clauses with a label make a card whose fields end with a semicolon.
_FIELDS = 5


def _labelled(reading: Reading, sentence: Range) -> list[Range]:
    """Part "…; место жительства: там же; приговор - ВМН; …" before each clause that a label opens."""
    if reading.folded.count(";", *sentence) < _FIELDS:
        return [sentence]
    clauses = split_clauses(reading.folded, *sentence, ";")
    begins = [begin for begin, end in clauses[1:] if _is_field(reading, begin, end)]
    if len(begins) < _FIELDS:
        return [sentence]
    edges = [sentence[0], *begins, sentence[1]]
    return list(pairwise(edges))


def _is_field(reading: Reading, start: int, end: int) -> bool:
    begin = skip_marks(reading, (start, end))
    return match_label(reading, begin, end) is not None or reading.folded.startswith("архив", begin, end)


#: "17. ПЕТРОВ Пётр Петрович, 1900 …": the number of an entry in its list.
_NUMBER = re.compile(r"\s*(?:№\s*)?(?P<number>\d{1,6})[.)]\s+(?=[А-ЯЁІЇЄҐ][а-яёіїєґА-ЯЁІЇЄҐ'’-]+[\s,(])")


def _read_name(reading: Reading, sentences: list[Range]) -> list[Range]:
    """Read the name that the text begins with; return the sentences after it, what follows it in its own first."""
    if not sentences:
        return sentences
    start, end = sentences[0]
    while start < end and reading.folded[start].isspace():
        start += 1
    if match_label(reading, start, end):
        return sentences
    for read_one in _WAYS_OF_NAMING:
        left = read_one(reading, (start, end), sentences[1:])
        if left is not None:
            return left
    return sentences


def _name_alone(reading: Reading, first: Range, rest: list[Range]) -> list[Range] | None:
    """Read a first sentence that is a name, a name in brackets, or a name and what the person was."""
    start, end = first
    bracket = reading.folded[start] == "("
    opened = bool(rest) and not bracket and _opens_entry(reading, rest[0])
    if opened and people.is_name(reading, start, end):
        _take_name(reading, *trim(reading.folded, start, end))
        return rest
    if bracket and reading.folded[end - 1] == ")":
        people.read_name(reading, start, end)
        return rest
    label = match_label(reading, *rest[0]) if opened else None
    if label is None or label.kind != "birth":
        return None
    name, *beside = split_clauses(reading.folded, start, end)
    if not beside or _YEAR_TOLD.match(reading.folded, *beside[0]):
        return None
    if not people.is_name(reading, *name) or " " not in reading.text[slice(*name)]:
        return None
    _take_name(reading, *trim(reading.folded, *name))
    if lived := _YEARS.match(reading.folded, *trim(reading.folded, beside[0][0], end)):
        _read_life(reading, lived.span("birth"), lived.span("death"))
    else:
        description.read_trade_text(reading, beside[0][0], end)
    return rest


_AFTER_NAME = ("nationality", "party", "social_origin", "education")


def _name_before_nationality(reading: Reading, first: Range, rest: list[Range]) -> list[Range] | None:
    """Read "Петров Иван, русский, …", "Усманов Г., кандидат в члены ВКП(б), …"."""
    name, *beside = split_clauses(reading.folded, *first)
    if not beside or description.slot_of(reading, *beside[0]) not in _AFTER_NAME:
        return None
    if not people.is_name(reading, *name):
        return None
    _take_name(reading, *trim(reading.folded, *name))
    return [(beside[0][0], first[1]), *rest]


def _name_before_dash(reading: Reading, first: Range, rest: list[Range]) -> list[Range] | None:
    """Read "Остроумов Василий Алексеевич - священник. Р. 1872"."""
    start, end = first
    dash = _TRADE_NEXT.search(reading.folded, start, min(end, start + _LONGEST_NAME))
    named = dash and " " in reading.text[start : dash.start()] and people.is_name(reading, start, dash.start())
    if not named:
        return None
    _take_name(reading, start, dash.start())
    return _read_trade_first(reading, dash.end(), [first, *rest])


def _name_before_birth(reading: Reading, first: Range, rest: list[Range]) -> list[Range] | None:
    """Read the name that a birth follows in the same sentence: "Петров Иван Ильич, сын Ильи, 1900 г. р.…"."""
    start, end = first
    head = _NAME_HEAD.match(reading.folded, start, end)
    if head is None:
        return None
    told = _IN_RELIGION if head["rank"] else _OTHERWISE if head["other"] else _CHILD_OF
    beside = told.search(reading.folded, start, head.start("mark"))
    if not people.is_name(reading, start, beside.start() if beside else head.start("mark")):
        return None
    _take_name(reading, start, head.start("mark"))
    return [(head.end("mark"), end), *rest]


def _name_before_more(reading: Reading, first: Range, rest: list[Range]) -> list[Range] | None:
    """Read a name before what the person was, the birth told after that or not at all."""
    start, end = first
    name, *beside = split_clauses(reading.folded, start, end)
    if name[1] - name[0] > _LONGEST_NAME or " " not in reading.text[slice(*name)].strip():
        return None
    if beside and people.is_name(reading, *name) and (
        birth := _BORN_LATER.search(reading.folded, name[1], min(end, name[1] + _LONGEST_STATION))
    ):
        _take_name(reading, *trim(reading.folded, *name))
        lived = places.names_place(reading, *beside[0])
        description.read_description(reading, beside[0][0], birth.start(), place=lived)
        return [(birth.end(), end), *rest]
    if not (people.is_whole_name(reading, *name) or _in_capitals(reading, *name)):
        return None
    _take_name(reading, *trim(reading.folded, *name))
    return _read_rest_of_birth(reading, beside[0][0], [first, *rest]) if beside else rest


_WAYS_OF_NAMING = (
    _name_alone, _name_before_nationality, _name_before_dash, _name_before_birth, _name_before_more,
)  # fmt: skip


_YEAR_TOLD = re.compile(r"\s*1[789]\d\d\s?(?:г\.?\s?р|года?\s+рожд|р\.\s?н|г?[\s.]*$)")
#: "Иванов Иван Иванович, священник, 1880 г. р.": where the birth is told after what the person was.
_BORN_LATER = re.compile(
    r",\s+(?=(?:\d{1,2}[.\s][^,]{1,12}[.\s])?1[789]\d\d\s?(?:г\.?\s?р|года?\s+рожд|г\.\s?рожд|р\.?\s?н|року\s+нар|[,.;])|"
    r"(?:р\.\s(?=\d)|(?:род\.|родил(?:ся|ась)|нар\.|народи(?:вся|лася)|урож)\s))"
)
def _read_trade_first(reading: Reading, start: int, sentences: list[Range]) -> list[Range]:
    """Read "Остроумов Василий Алексеевич - священник. Р. 1872" from behind the dash."""
    end = sentences[0][1]
    if born := _BORN_LATER.search(reading.folded, start, min(end, start + _LONGEST_STATION)):
        description.read_description(reading, start, born.start(), place=False)
        return [(born.end(), end), *sentences[1:]]
    rest = _read_rest_of_birth(reading, start, sentences)
    return _read_birth(reading, rest) if rest and not reading.filled("birth.date") else rest


def _in_capitals(reading: Reading, start: int, end: int) -> bool:
    """True for "ДРЕМОВ Антон": a surname in capitals and a name."""
    surname, _, rest = reading.text[start:end].strip().partition(" ")
    return len(surname) > 2 and surname.isupper() and rest[1:2].islower() and people.is_name(reading, start, end)


#: "Остроумов Василий Алексеевич - священник".
_TRADE_NEXT = re.compile(r"\s-\s(?=[а-яёіїєґ]{4})(?!урож|рожд|родил|нарo|народ)")
_LONGEST_NAME, _LONGEST_STATION = 120, 160
_DAY = len("1937-08-05")


def _take_name(reading: Reading, start: int, end: int) -> None:
    if father := _CHILD_OF.search(reading.folded, start, end):
        reading.label(*father.span("of"))
        reading.put_text("patronymic", father.span("father"))
        reading.put("sex", "female" if father["of"][0] == "д" else "male", father.span("of"))
        end = father.start()
    born = _BORN_ASIDE.search(reading.folded, start, end)
    if born and (found := dates.find(reading.folded, *born.span("when"), birth=True)):
        _take_birth_date(reading, found[0], born.end("when"))
        end = born.start()
    if lived := _LIVED.match(reading.folded, max(start, reading.folded.rfind("(", start, end)), end):
        _read_life(reading, lived.span("birth"), lived.span("death"))
        end = lived.start()
    if other := _OTHERWISE.search(reading.folded, start, end):
        people.read_variants(reading, *other.span("other"))
        end = other.start()
    if vowed := _IN_RELIGION.search(reading.folded, start, end):
        if vowed["religious"]:
            reading.put_text(reading.more("name_variants"), vowed.span("told"))
        else:
            reading.put_text("occupation", vowed.span("told"))
        end = vowed.start()
    people.read_name(reading, start, end)
    people.read_sex_of_patronymic(reading)


#: "Иванов Иван Иванович (1904 г. р.)".
_BORN_ASIDE = re.compile(
    r"\s\((?P<when>(?:р\.|род\.)\s[^()]{4,20}|[^()]{4,20}\s?г\.\s?р\.?|\d{4}\s?р\.\s?н\.?|1[89]\d\d)\)[\s.,]*$"
)
_CHILD_OF = re.compile(r",\s+(?P<of>сын|дочь|син|дочка)\s+(?P<father>[^\W\d_]+)$")
_IN_RELIGION = re.compile(rf",\s+(?P<told>{_RANK})$")
_OTHERWISE = re.compile(rf",\s+{_OTHER_NAME}$")
_LIVED = re.compile(
    r"\((?P<birth>[^()\d][^()]{0,80}?|\d[^()]{3,120}?)\s?-\s?(?P<death>\d{1,2}[.\s][^()]{5,120}|(?:(?:после|не\s+ранее|около|ок\.)\s+)?(?:1[89]|20)\d\d[^()]{0,120}|\?)\)[,.\s]*"
)


#: "1893-1937" after the name.
_YEARS = re.compile(
    r"(?P<birth>1[89]\d\d)\s?-\s?(?P<death>(?:1[89]|20)\d\d)(?!\d)(?:\s?гг\.)?(?:[,.;\s]*$|[,.;]\s)"
)


#: "1889-1890" after a name is the doubt of one year of birth, and no life.
_SHORTEST_LIFE = 15


def _is_doubt(lived: re.Match[str]) -> bool:
    years = lived["birth"], lived["death"]
    return all(year.isdigit() for year in years) and int(years[1]) - int(years[0]) < _SHORTEST_LIFE


def _read_life(reading: Reading, birth: Range, death: Range) -> None:
    """Read "(1894, Пустошь – 17 января 1938, Бутово)"; a year of death alone yields to a date told later."""
    left = events.read_date(reading, "birth.date", (birth,), birth=True)
    for piece in left:
        description.read_place(reading, *piece)
    found = dates.find(reading.folded, *death)
    if not found or len(found[0].edtf or "") != 4:
        left = events.read_date(reading, "death.date", (death,))
    else:
        reading.pending["died"] = found[0][:2]
        left = [(found[0].end, death[1])]
    for piece in left:
        reading.put_text("death.place", piece)


def _opens_entry(reading: Reading, sentence: Range) -> bool:
    label = match_label(reading, skip_marks(reading, sentence), sentence[1])
    return label is not None or bool(re.match(r"\s*\d", reading.folded[sentence[0] : sentence[1]]))


def _read_birth(reading: Reading, sentences: list[Range]) -> list[Range]:
    """Read "Род. в 1891, …", "1907 г.р., урож. …", "1882 р., …": date, then description."""
    if not sentences:
        return sentences
    start, end = skip_marks(reading, sentences[0]), sentences[0][1]
    lived = _LIVED.match(reading.folded, start, end) or _YEARS.match(reading.folded, start, end)
    if lived and not _is_doubt(lived):
        _read_life(reading, lived.span("birth"), lived.span("death"))
        return _read_rest_of_birth(reading, lived.end(), sentences)
    label = match_label(reading, start, end)
    if label and label.kind == "birth":
        reading.label(label.start, label.end)
        tell_sex(reading, label)
        start = label.end
    found = dates.find(reading.folded, start, end, birth=True)
    if not found or reading.says((start, found[0].start)):
        if not label or label.kind != "birth":
            return _read_undated(reading, start, sentences)
    else:
        if not _dates_birth(reading, label, found[0], end):
            return sentences
        start = _take_birth_date(reading, found[0], end)
    return _read_rest_of_birth(reading, start, sentences)


def _read_undated(reading: Reading, start: int, sentences: list[Range]) -> list[Range]:
    """After a name, a description without a date, or with one among the traits: "…, мордвин, 1898 г. р., …"."""
    end = sentences[0][1]
    if not reading.filled("surname") or not (
        description.opens_description(reading, start, end) or _placed_birth(reading, start, end)
    ):
        return sentences
    first = next(iter(dates.find(reading.folded, start, end, birth=True)), None)
    if first and _tells_birth(reading, first, end):
        description.read_description(reading, start, first.start, place=_placed_birth(reading, start, end))
        start = _take_birth_date(reading, first, end)
    return _read_rest_of_birth(reading, start, sentences)


def _placed_birth(reading: Reading, start: int, end: int) -> bool:
    """True for "Арм. ССР, с. Цахкаван, 1904 г. р.": the place, then the year that tells itself."""
    first = next(iter(dates.find(reading.folded, start, end, birth=True)), None)
    if first is None or not _tells_birth(reading, first, end):
        return False
    clauses = [part for part in split_clauses(reading.folded, start, first.start) if reading.says(part)]
    return bool(clauses) and all(places.looks_like_place(reading, *part) for part in clauses)


def _tells_birth(reading: Reading, date: dates.Found, end: int) -> bool:
    """True when a date is followed by "г. р." or the like, or ends with it."""
    told = reading.folded[date.start : date.end].rstrip(".").endswith("р")
    return told or _BIRTH_YEAR.match(reading.folded, date.end, end) is not None


def _dates_birth(reading: Reading, label: Label | None, found: dates.Found, end: int) -> bool:
    """A date at the head of an entry is of birth when a label says so, or no event stands by it."""
    if label is not None and label.kind == "birth":
        return True
    if _tells_birth(reading, found, end):
        return True
    stop = min(end, found.end + 40)
    if len(found.edtf or "") == _DAY:  # "10 октября 1937 г. тройкой … приговорен"
        first = split_clauses(reading.folded, found.end, min(end, found.end + _LONGEST_STATION))[0]
        stop = max(stop, first[1])
    return not any(hit.kind in EVENTS for hit in find_labels(reading, found.end, stop))


def _take_birth_date(reading: Reading, found: dates.Found, end: int) -> int:
    if found.edtf is None:
        reading.warn("impossible_date")
    else:
        reading.put("birth.date", found.edtf, found[:2])
    after = _BIRTH_YEAR.match(reading.folded, found.end, end)
    if after:
        reading.label(*after.span())
    return after.end() if after else found.end


def _read_rest_of_birth(reading: Reading, start: int, sentences: list[Range]) -> list[Range]:
    """Read the description up to the first event verb; sentences of description that follow are read too."""
    end = sentences[0][1]
    verbs = (hit for hit in find_labels(reading, start, end) if hit.kind in EVENTS)
    verb = next((hit for hit in verbs if not death.told_of_kin(reading, hit.start)), None)
    if verb:
        stop = max(reading.folded.rfind(mark, start, verb.start) for mark in ",;")
        stop = verb.start if reading.text[verb.start].isupper() else stop if stop >= 0 else start
        description.read_description(reading, start, stop)
        return [(stop, end), *sentences[1:]]
    if in_latin(reading.text[start:end]):
        return sentences[1:]
    description.read_description(reading, start, end)
    rest = sentences[1:]
    if rest and not reading.filled("birth.place"):
        label = match_label(reading, skip_marks(reading, rest[0]), rest[0][1])
        if label and label.kind == "birth":  # "1878 г. р. Родился: Вологодская обл."
            reading.label(label.start, label.end)
            tell_sex(reading, label)
            begin, found = label.end, dates.find(reading.folded, label.end, rest[0][1], birth=True)
            if found and not reading.filled("birth.date") and not reading.says((begin, found[0].start)):
                begin = _take_birth_date(reading, found[0], rest[0][1])
            description.read_description(reading, begin, rest[0][1])
            rest = rest[1:]
        elif places.opens_place(reading, *rest[0]):
            description.read_place(reading, *rest[0])
            rest = rest[1:]
        elif not reading.says((start, end)) and not label and _is_place(reading, *rest[0]):
            description.read_description(reading, *rest[0])
            rest = rest[1:]
    while rest:
        slot = _slot_of_sentence(reading, *rest[0])
        if slot and not reading.filled(slot):
            description.read_description(reading, *rest[0], place=False)
        elif not slot and not reading.filled("birth.place") and _names_place(reading, *rest[0]):
            description.read_place(reading, *rest[0])
        else:
            break
        rest = rest[1:]
    return rest


def _names_place(reading: Reading, start: int, end: int) -> bool:
    """True of "улус Хурамша Иволгинского аймака", "с. Бичура" after a trait, and nothing else."""
    if places.opens_place(reading, start, end):
        return True
    alone = len(split_clauses(reading.folded, start, end)) == 1 and not find_labels(reading, start, end)
    return alone and places.names_place(reading, start, end)


def _is_place(reading: Reading, start: int, end: int) -> bool:
    """True of "Челябинская обл." where nothing else follows the date: a sentence that no label is in."""
    first = split_clauses(reading.folded, start, end)[0]
    short = end - start < _LONGEST_STATION and not find_labels(reading, start, end)
    return short and places.tells_place(reading, *first) and not events.names_body(reading, *first)


def _slot_of_sentence(reading: Reading, start: int, end: int) -> str | None:
    return description.slot_of(reading, *split_clauses(reading.folded, start, end)[0])
