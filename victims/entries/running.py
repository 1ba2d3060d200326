"""Entries told in running text: cards, Ukrainian and many regional books, and what other forms leave.

Sentence after sentence: a name, a birth with its description, a residence, a trade, events. Within a sentence
every verb of `data/labels.csv` opens an event, which owns the words after it up to the comma before the next
verb; the words before the first verb (a date, a body) are its own too.
"""

import re

from victims.entries import dates, description, events, people
from victims.entries.clauses import Range, split_clauses, split_sentences, trim
from victims.entries.draft import Reading
from victims.entries.labels import Label, find_labels, match_label, tell_sex

_BIRTH_YEAR = re.compile(
    r"\s*(?:г\.?\s?р\.?|года\s+рождения|р\.\s?н\.|року\s+народження|народження|рождения)[,.\s]*"
)
_FAMILY = re.compile(r"\s*(?:\*\*|гасо|источник|арх|ф\.\s?\d)")
_SOURCE = re.compile(r"(?<!\w)(?:источник|джерело)\s*:")
_ENDED = re.compile(
    r"\s*(?:дело|справу|уголовное дело|судим|освобожд|находил|содерж|срок|отбыв|ссылку|реаби|умер)"
)
_EVENTS = frozenset(
    {"arrest", "convict", "verdict", "charge", "act", "shot", "died", "burial", "rehabilitation"}
)
_NOUN_VERDICT = re.compile(r"\s*[-–:]\s*")
_WAS = re.compile(r"(?:^|\s)(?:был[аи]?|вновь|повторно|був|була)\s*$")


def recognise(reading: Reading) -> bool:
    """True always: running text is what is left when no other form is known."""
    return bool(reading.text)


def read(reading: Reading) -> None:
    """Read an entry of this form."""
    source = _SOURCE.search(reading.folded)
    end = len(reading.text)
    if source:
        reading.label(*source.span())
        end = source.start()
    sentences = split_sentences(reading.text, reading.folded, 0, end)
    sentences = [sentence for sentence in sentences if reading.says(sentence)]
    sentences = _read_name(reading, sentences)
    sentences = _read_birth(reading, sentences)
    read_events(reading, sentences)
    events.flush(reading)


def _read_name(reading: Reading, sentences: list[Range]) -> list[Range]:
    """Read a first sentence that is a name, or the name before a year of birth in it."""
    if not sentences:
        return sentences
    start, end = sentences[0]
    while start < end and reading.folded[start].isspace():
        start += 1
    if match_label(reading, start, end):
        return sentences
    opened = len(sentences) > 1 and _opens_entry(reading, sentences[1])
    if opened and reading.folded[start] != "(" and people.is_name(reading, start, end):
        people.read_name(reading, *trim(reading.folded, start, end))
        people.read_sex_of_patronymic(reading)
        return sentences[1:]
    if reading.folded[start] == "(" and reading.folded[end - 1] == ")":
        people.read_name(reading, start, end)
        return sentences[1:]
    head = _NAME_HEAD.match(reading.folded, start, end)
    if head and people.is_name(reading, start, head.start("mark")):
        people.read_name(reading, start, head.start("mark"))
        people.read_sex_of_patronymic(reading)
        return [(head.end("mark"), end), *sentences[1:]]
    return sentences


_NAME_HEAD = re.compile(r"[^,\d\n]{3,120}?(?P<mark>,\s*)(?=род|нар|\d|урож)")


def _opens_entry(reading: Reading, sentence: Range) -> bool:
    label = match_label(reading, _skip(reading, sentence), sentence[1])
    return label is not None or bool(re.match(r"\s*\d", reading.folded[sentence[0] : sentence[1]]))


def _skip(reading: Reading, sentence: Range) -> int:
    start = sentence[0]
    while start < sentence[1] and not (reading.folded[start].isalnum() or reading.folded[start] == "("):
        start += 1
    return start


def _read_birth(reading: Reading, sentences: list[Range]) -> list[Range]:
    """Read "Род. в 1891, …", "1907 г.р., урож. …", "1882 р., …": date, then description."""
    if not sentences:
        return sentences
    start, end = _skip(reading, sentences[0]), sentences[0][1]
    label = match_label(reading, start, end)
    if label and label.kind == "birth":
        reading.label(label.start, label.end)
        tell_sex(reading, label)
        start = label.end
    found = dates.find(reading.folded, start, end, birth=True)
    if not found or reading.says((start, found[0].start)):
        if not label or label.kind != "birth":
            return sentences
    else:
        if not _dates_birth(reading, label, found[0], end):
            return sentences
        start = _take_birth_date(reading, found[0], end)
    return _read_rest_of_birth(reading, start, sentences)


def _dates_birth(reading: Reading, label: Label | None, found: dates.Found, end: int) -> bool:
    """A date at the head of an entry is of birth when a label says so, or no event stands by it."""
    if label is not None and label.kind == "birth":
        return True
    return not any(hit.kind in _EVENTS for hit in find_labels(reading, found.end, min(end, found.end + 40)))


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
    verb = next(
        (hit for hit in find_labels(reading, start, end) if hit.kind in _EVENTS | {"residence"}), None
    )
    if verb:
        stop = reading.folded.rfind(",", start, verb.start)
        stop = stop if stop >= 0 else start
        description.read_description(reading, start, stop)
        return [(stop, end), *sentences[1:]]
    description.read_description(reading, start, end)
    rest = sentences[1:]
    while rest and (slot := _slot_of_sentence(reading, *rest[0])) and not reading.filled(slot):
        description.read_description(reading, *rest[0], place=False)
        rest = rest[1:]
    return rest


def _slot_of_sentence(reading: Reading, start: int, end: int) -> str | None:
    return description.slot_of(reading, *split_clauses(reading.folded, start, end)[0])


def read_events(reading: Reading, sentences: list[Range]) -> None:
    """Read sentences of events, residence and trade; what tells neither stays in the remainder."""
    free: list[Range] = []
    for start, end in _rejoined(reading, sentences):
        if not reading.says((start, end)):
            continue
        begin = _skip(reading, (start, end))
        opening = match_label(reading, begin, end)
        hits = find_labels(reading, begin, end)
        if opening and opening.kind not in ("birth", "origin_place", "source"):
            hits = [opening] + [hit for hit in hits if hit.start >= opening.end]
        hits = [hit for hit in hits if _counts(reading, hit)]
        if hits:
            _read_sentence(reading, begin, end, hits)
        else:
            free.append((begin, end))
    _read_free(reading, free)


_YEAR_ENDS = re.compile(r"\d\s?гг?\.\s*$")
_BODY_BEGINS = re.compile(
    r"\s*(?:нквд|огпу|унквд|гпу|осо|(?:по\s+)?постановлени|решени|[а-я]*суд(?:ом)?\s|"
    r"[а-я]+(?:ой|ей)\s(?=нквд|огпу|унквд|при|пп|ссср)|коллегией|тройкой|комиссией|вт\s|вк\s|"
    r"(?:[а-я]+(?:ым|им|ой)\s+){1,4}(?:[а-я]*судом|[а-я]*трибуналом|коллегией|тройкой|совещанием|комиссией|отделом))"
)


def _rejoined(reading: Reading, sentences: list[Range]) -> list[Range]:
    """A body after a year goes on with the sentence: "… 16 апреля 1933 г. ОСО при Коллегии ОГПУ"."""
    joined: list[Range] = []
    for start, end in sentences:
        if (
            joined
            and _BODY_BEGINS.match(reading.folded, start, end)
            and _YEAR_ENDS.search(reading.folded, max(joined[-1][0], joined[-1][1] - 12), joined[-1][1])
        ):
            joined[-1] = (joined[-1][0], end)
        else:
            joined.append((start, end))
    return joined


def _counts(reading: Reading, hit: Label) -> bool:
    """A second birthplace is none, nor is "по обвинен. в …" a verb."""
    if hit.kind == "origin_place":
        return not reading.filled("birth.place")
    return hit.kind != "charge" or not reading.folded.endswith("по ", 0, hit.start)


def _read_free(reading: Reading, free: list[Range]) -> None:
    """The first sentence without a verb, when no trade is told, is the trade."""
    for sentence in free:
        if reading.filled("occupation") or _FAMILY.match(reading.folded, *sentence) or _ENDED.match(
                reading.folded, *sentence) or dates.find(reading.folded, sentence[0], min(
                sentence[1], sentence[0] + 12)) or not _after_residence(reading, sentence):  # fmt: skip
            continue
        description.read_trade_text(reading, *sentence)


def _after_residence(reading: Reading, sentence: Range) -> bool:
    """A trade is told before the arrest."""
    firsts = [
        span.pieces[0][0] for span in reading.spans if span.slot.startswith(("arrests[0]", "sentences[0]"))
    ]
    return not firsts or sentence[0] < min(firsts)


def _read_sentence(reading: Reading, start: int, end: int, hits: list[Label]) -> None:
    position = start
    for number, hit in enumerate(hits):
        stop = end
        if number + 1 < len(hits):
            stop = _parting(reading, hit, hits[number + 1])
        _read_event(reading, hit, (position, hit.start), (hit.end, stop))
        position = stop


def _parting(reading: Reading, hit: Label, following: Label) -> int:
    """Where the words of one verb end and those that lead in the next begin: the last comma between them."""
    comma = max(reading.folded.rfind(mark, hit.end, following.start) for mark in ",;")
    return comma + 1 if comma >= 0 else following.start


def _read_event(reading: Reading, label: Label, lead: Range, tail: Range) -> None:
    reading.label(label.start, label.end)
    tell_sex(reading, label)
    was = _WAS.search(reading.folded, *lead)
    if was:
        reading.label(*was.span())
        lead = (lead[0], was.start())
    pieces = [piece for piece in (lead, tail) if reading.says(piece)]
    match label.kind:
        case "arrest":
            events.read_arrest(reading, *pieces)
        case "convict":
            events.read_conviction(reading, *pieces, running=True)
        case "verdict":
            _read_verdict(reading, *tail)
        case "charge":
            _read_charge(reading, lead, tail)
        case "act":
            _read_act(reading, label, lead, tail)
        case "shot" | "died":
            events.read_death(reading, label.kind, (label.start, label.word_end), *reversed(pieces))
        case "rehabilitation":
            events.read_rehabilitation(reading, *reversed(pieces))
        case "burial":
            description.read_place(reading, *tail, "death.burial_place")
        case "residence":
            _read_residence(reading, *tail)
        case "work":
            description.read_trade_text(reading, *tail)
        case "origin_place":
            description.read_place(reading, *tail)


def _read_residence(reading: Reading, start: int, end: int) -> None:
    """Read an address; clauses after it that name no place are the trade."""
    parts = split_clauses(reading.folded, start, end)
    number = 1
    while number < len(parts) and _is_address(reading, *parts[number]):
        number += 1
    description.read_place(reading, start, parts[number - 1][1], "residence")
    if number < len(parts) and not reading.filled("occupation"):
        description.read_trade_text(reading, parts[number][0], end)


def _is_address(reading: Reading, start: int, end: int) -> bool:
    begin, stop = trim(reading.folded, start, end)
    return (
        begin == stop or reading.folded[begin].isdigit() or description.looks_like_place(reading, start, end)
    )


def _read_verdict(reading: Reading, start: int, end: int) -> None:
    """Read "Приговор: кем, 11.10.1937 – ВМН": body, date, and after the dash the punishment."""
    found = next((one for one in dates.find(reading.folded, start, end)), None)
    dash = _NOUN_VERDICT.match(reading.folded, found.end, end) if found else None
    count = len(reading.record["sentences"])
    slot = f"sentences[{count - 1}]"
    if dash:
        slot = events.read_conviction(reading, (start, dash.start()))
        events.read_verdict(reading, slot, dash.end(), end)
        return
    if not count or reading.filled(f"{slot}.verdict"):
        slot = events.read_conviction(reading)
    events.read_verdict(reading, slot, start, end)


def _read_charge(reading: Reading, lead: Range, tail: Range) -> None:
    """Keep the charge; with a date before it ("01.11.1937 р. звинувачений …") it is a sentence."""
    start = tail[0]
    match = _CHARGE_IN.match(reading.folded, *tail)
    if match:
        reading.label(*match.span())
        start = match.end()
    if dates.find(reading.folded, *lead):
        slot = reading.event("sentences")
        events.read_date(reading, f"{slot}.date", (lead,))
        events.read_charge(reading, slot, (start, tail[1]))
        return
    events.keep_charge(reading, start, tail[1])


_CHARGE_IN = re.compile(r"\s*(?:в|во|у)\s+(?=\w)")


def _read_act(reading: Reading, label: Label, lead: Range, tail: Range) -> None:
    """Read "выслан …", "дело прекращено …": a sentence whose verdict begins with the verb itself."""
    count = len(reading.record["sentences"])
    slot = f"sentences[{count - 1}]"
    if not count or reading.filled(f"{slot}.verdict"):
        slot = events.read_conviction(reading, lead, running=True)
    elif dates.find(reading.folded, *lead):
        events.read_date(reading, f"{slot}.date", (lead,))
    left = (
        events.read_date(reading, f"{slot}.date", (tail,)) if not reading.filled(f"{slot}.date") else [tail]
    )
    stop = left[0][1] if left and left[0][0] == tail[0] else tail[0]
    events.read_verdict(reading, slot, label.start, max(stop, label.word_end))
