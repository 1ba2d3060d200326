"""Several repressions told as one list: "1) 1929 г. - 3 года; 2) 1937 г. - расстрел", "1925 - Соловки, 3 г."."""

import re
from itertools import pairwise

from victims.entries import dates, death, events
from victims.entries.clauses import Range, split_clauses
from victims.entries.draft import Reading
from victims.entries.labels import find_labels, match_label, skip_marks

_HEADING = re.compile(
    r"\W*(?:репрессии|репрессирован[а]?|аресты|арестовывал(?:ся|ась)|судимости|осуждения|осуждал(?:ся|ась)|арест[ыа]?\s+и\s+ссылки)"
    r"(?:\s+(?:дважды|трижды))?\s*:\s*"
)
_NUMBER = re.compile(r"\W*(?P<number>\d{1,2})\)\s*")
_DASH = re.compile(r"\s*[-–—:]\s*(?=\w)")
_PUNISHED = re.compile(
    r"(?:(?P<arrest>арест(?:ован[а]?)?\.?),\s+)?(?=(?:вмн|вмсз|расстрел(?:у|ом)?|высшая\s+мера|ссылка|высылка|заключение|тюрьма|концлагерь|лагерь|"
    r"соловки|условно|[а-я]{3,}лаг(?=,))(?!\w)|(?:1?\d|2[0-5])\s?(?:лет|год\w*|г\.|л\.|мес\w*)\s?)"
)


def parted(reading: Reading, sentence: Range) -> list[Range]:
    """Part a sentence that is a list of dated events; any other is returned whole."""
    heading = _HEADING.match(reading.folded, *sentence)
    if not heading and (begins := _labelled(reading, sentence)):
        return list(pairwise([sentence[0], *begins, sentence[1]]))
    start = heading.end() if heading else sentence[0]
    if not heading and not _DATED_NEXT.search(reading.folded, *sentence):
        return [sentence]
    items = _items(reading, start, sentence[1], ";") or _items(reading, start, sentence[1], ",")
    if not items and not (heading and _is_item(reading, start, sentence[1])):
        return [sentence]
    if heading:
        reading.label(*heading.span())
    return items or [(start, sentence[1])]


def _labelled(reading: Reading, sentence: Range) -> list[int]:
    """Return where clauses begin with a label that counts at the head of a sentence only: "; приговор: ВМН"."""
    if reading.folded.find(";", *sentence) < 0:
        return []
    anywhere = {label.start for label in find_labels(reading, *sentence)}
    begins = [skip_marks(reading, clause) for clause in split_clauses(reading.folded, *sentence, ";")[1:]]
    heads = {begin for begin in begins if _AFTER.match(reading.folded, begin)}
    for begin in {*begins}.difference(anywhere):
        label = match_label(reading, begin, sentence[1])
        if label and label.kind in _EVENTS:
            heads.add(begin)
    return sorted(heads)


_EVENTS = frozenset({"verdict", "convict", "arrest", "shot"})
_AFTER = re.compile(r"(?:срок|наказание)\s+отбыв|отбыв|освобожд[её]н|реабилит")


#: A second item: "…, 20 декабря 1937 - ВМН".
_DATED_NEXT = re.compile(r"[;,]\s(?:\d\)\s)?\d[^,;]{2,24}?\s-\s")


def _items(reading: Reading, start: int, end: int, mark: str) -> list[Range]:
    items = [part for part in split_clauses(reading.folded, start, end, mark) if reading.says(part)]
    return items if len(items) > 1 and all(_is_item(reading, *part) for part in items) else []


def _is_item(reading: Reading, start: int, end: int) -> bool:
    number = _NUMBER.match(reading.folded, start, end)
    return _dated(reading, number.end() if number else start, end) is not None


def _dated(reading: Reading, start: int, end: int) -> tuple[dates.Found, int] | None:
    """Return the date that opens a range and where the words behind its dash begin."""
    found = next(iter(dates.find(reading.folded, start, end)), None)
    if found is None or found.edtf is None or reading.says((start, found.start)):
        return None
    dash = _DASH.match(reading.folded, found.end, end)
    return (found, dash.end()) if dash else None


def without_number(reading: Reading, start: int, end: int) -> int:
    """Return where the words of "2) 1937 г. - расстрел" begin."""
    number = _NUMBER.match(reading.folded, start, end)
    if number is None:
        return start
    reading.label(*number.span("number"))
    return number.end()


_PLAIN = re.compile(r"(?:(?P<arrest>арест)|(?P<shot>расстрел))[\s.]*")


def _read_plain(reading: Reading, found: dates.Found, plain: re.Match[str]) -> bool:
    """Read "… - арест"; "расстрел" is the shooting where a death sentence was told, else a sentence."""
    if plain["arrest"]:
        reading.label(*plain.span("arrest"))
        events.read_arrest(reading, found[:2])
    elif any(sentence["kind"] == "vmn" for sentence in reading.record["sentences"]):
        death.read_death(reading, "shot", plain.span("shot"), found[:2])
    else:
        events.read_verdict(reading, events.read_conviction(reading, found[:2]), *plain.span("shot"))
    return True


def read(reading: Reading, start: int, end: int) -> bool:
    """Read "1933 г. - 5 лет ссылки", a sentence told by its date and punishment alone; else False."""
    told = _dated(reading, start, end)
    if told and (plain := _PLAIN.fullmatch(reading.folded, told[1], end)):
        return _read_plain(reading, told[0], plain)
    punished = told and _PUNISHED.match(reading.folded, told[1], end)
    if not punished:
        return False
    found = told[0]
    if punished["arrest"]:
        reading.label(*punished.span("arrest"))
        events.read_arrest(reading, found[:2])
        slot = events.read_conviction(reading)
    else:
        slot = events.read_conviction(reading, found[:2])
    events.read_verdict(reading, slot, punished.end(), end)
    return True
