"""The form of "Расстрелы в Москве":

    Фамилия Имя Отчество (варианты), род. 1894, место, латыш, б/п, должность. Адрес: … Расстрелян 16.05.1938.
    Место захоронения: Бутово.

Between the address and the shooting some entries tell earlier arrests and sentences in running text.
"""

import re

from victims.entries import death, events, people
from victims.entries.clauses import Range, split_sentences
from victims.entries.description import read_description, read_place
from victims.entries.draft import Reading
from victims.entries.labels import Label, find_labels, match_label, tell_sex
from victims.entries.telling import read_events

_BIRTH = re.compile(r"[,.]\s*(?P<label>род(?:\.|ил(?:ся|ась)|(?=\s\d))\s*)")
# Each begins with a letter of its own, and so is found fast.
_ADDRESS = re.compile(r"адрес(?<!\wадрес)(?:\s*:\s*|(?<=\. адрес)\s+)")
_SHOT = re.compile(r"рас(?<!\wрас)с*тр?елян(?:а|ы)?(?=\W)")
_BURIAL = re.compile(r"место(?<!\wместо)\s+захоронения\s*[:-]\s*")
_DIGIT = re.compile(r"\d")
_LONGEST_NAME = 160


def recognise(reading: Reading) -> bool:
    """True when the text begins with a name, ", род." and has an address, a shooting or a burial place.

    Where the book gives no birth, a comma ends the name, and a shooting or a burial place must follow.
    """
    figure = _DIGIT.search(reading.folded, 0, _LONGEST_NAME)
    if reading.folded.find(",", 1, figure.start() if figure else _LONGEST_NAME) < 0:
        return False
    birth, end = _after_name(reading)
    if end <= 0 or (birth is None and reading.folded[end] != ",") or (figure and figure.start() < end):
        return False
    if not people.is_name(reading, 0, end):
        return False
    if birth and _ADDRESS.search(reading.folded, end):
        return True
    if not any(pattern.search(reading.folded, end) for pattern in (_SHOT, _BURIAL)):
        return False
    shot = _SHOT.search(reading.folded, end)
    shot_at = shot.start() if shot else len(reading.text)
    if shot and (
        _BY_DECISION.match(reading.folded, shot.end()) or _DAY_BEFORE.search(reading.folded, end, shot.start())
    ):
        return False
    # Where arrests and sentences are told, it is running text.
    return not any(
        hit.kind not in ("shot", "burial") for hit in find_labels(reading, end, len(reading.text))
    ) and not (birth is None and _TELLS_BIRTH.search(reading.folded, end, min(end + _LONGEST_NAME, shot_at)))


_BY_DECISION = re.compile(r"\s+(?:по|согласно)\s+(?:постановлени|приговор|решени)")
_DAY_BEFORE = re.compile(r"\d{4}(?:\s?г\.?|\s?года)?\s+$")  # "4 ноября 1918 г. расстрелян"
#: A birth, or an age, that no "род." leads in: running text tells it so.
_TELLS_BIRTH = re.compile(r"(?<!\d)1[89]\d\d(?!\d)|,\s*\d\d\s(?:лет|л\.|г\.)|\d\s?(?:г\.?\s?р|р\.)")


def _after_name(reading: Reading) -> tuple[re.Match | None, int]:
    """Return the label of the birth, if there is one, and where the name before it ends; -1 for no name."""
    birth = _BIRTH.search(reading.folded, 0, _LONGEST_NAME)
    if birth:
        return birth, birth.start()
    return None, reading.folded.find(",", 0, _LONGEST_NAME)


def read(reading: Reading) -> None:
    """Read an entry of this form."""
    birth, name_end = _after_name(reading)
    after = birth.end() if birth else name_end + 1
    marks = _marks(reading, after)
    people.read_name(reading, 0, name_end)
    people.read_sex_of_patronymic(reading)
    told_until = marks[0][1] if marks else len(reading.text)
    if birth:
        reading.label(*birth.span("label"))
        _read_birth(reading, after, told_until)
    else:
        read_description(reading, after, told_until)
        reading.take_back("birth.place")  # a place is that of the birth only where a birth is told
    for number, (kind, start, end) in enumerate(marks):
        following = marks[number + 1][1] if number + 1 < len(marks) else len(reading.text)
        _READERS[kind](reading, start, end, following)
    events.flush(reading)


def _marks(reading: Reading, start: int) -> list[tuple[str, int, int]]:
    """Find the labels after the birth, in order: address, the last shooting, the burial place."""
    folded = reading.folded
    address, burial = _ADDRESS.search(folded, start), _BURIAL.search(folded, start)
    shots = list(
        _SHOT.finditer(folded, address.end() if address else start, burial.start() if burial else len(folded))
    )
    marks = [("address", *address.span())] if address else []
    marks += [("shot", *shots[-1].span())] if shots else []
    marks += [("burial", *burial.span())] if burial else []
    return sorted(marks, key=lambda mark: mark[1])


def _read_birth(reading: Reading, start: int, end: int) -> None:
    comma = reading.folded.find(",", start, end)
    events.read_date(reading, "birth.date", ((start, comma if comma >= 0 else end),), birth=True)
    dated = [span.pieces[0][1] for span in reading.spans if span.slot == "birth.date"]
    read_description(reading, dated[0] if dated else start, end)


def _read_address(reading: Reading, start: int, end: int, following: int) -> None:
    reading.label(start, end)
    sentences = split_sentences(reading.text, reading.folded, end, following)
    told = next((number for number, one in enumerate(sentences) if number and _tells_event(reading, one)), None)
    stop = following if told is None else sentences[told][0]
    read_place(reading, end, stop, "residence")
    if told is not None:
        read_events(reading, sentences[told:])


def _tells_event(reading: Reading, sentence: Range) -> bool:
    """True when the sentence tells of a year or begins with an event: an address does neither."""
    return bool(_YEAR.search(reading.folded, *sentence)) or match_label(reading, *sentence, line=False) is not None


_YEAR = re.compile(r"(?<![\d\"])1[89]\d\d\s?г")


def _read_shot(reading: Reading, start: int, end: int, following: int) -> None:
    reading.label(start, end)
    female = reading.folded[end - 1] == "а"
    tell_sex(reading, Label("shot", "female" if female else "male", start, end, end))
    death.read_death(reading, "shot", (start, end), (end, following))


def _read_burial(reading: Reading, start: int, end: int, following: int) -> None:
    reading.label(start, end)
    read_place(reading, end, following, "death.burial_place")


_READERS = {"address": _read_address, "shot": _read_shot, "burial": _read_burial}
