"""Sentences that a label tells, or nothing but who passed them: "Приговор: ВК ВС СССР, 11.10.1937 – ВМН"."""

import re

from victims.entries import dates, events, terms
from victims.entries.draft import Reading
from victims.entries.labels import find_labels

_AGAIN = re.compile(r"\W*(?:повторно|вторично|вновь)\W+")
JUDGED = re.compile(
    rf"(?:{_AGAIN.pattern})?\W*(?:[а-яіїє.-]+\s+){{0,2}}?(?:(?:суд)?тройк\w*|(?:суд)?трійк\w*|осо|особ\w*\.?\s+совещ\w*|вквс|вк\s+вс|коллеги\w*|колегі\w*|"
    r"комис\w*\.?|комісі\w*|ос(?=\s+(?:при\s+)?нквд)|вт|трибунал\w*|двойк\w*|тр(?=\.\s(?:пп|у?нквд|огпу|гпу|при)))(?!\w)"
)
_REVIEW = re.compile(
    r"(?<!\w)(?:дел[оау]|замен|реабил|отмен|пересм|протест|сниж|снят|прекращ|освоб|постановил[аио]?(?!\w))"
)
_DASH = re.compile(r"\s*\)?\s*[-–:]\s*")
#: After a body and a date a punishment follows a comma too.
_THEN = re.compile(r"\s*,\s*(?=вмн|вмсз|расстр|высш|\d{1,2}\s?(?:лет|год|г\.|л\.)\s)")


def read_verdict(reading: Reading, start: int, end: int) -> None:
    """Read "Приговор: кем, 11.10.1937 – ВМН": body, date, and after the dash the punishment."""
    found = next((one for one in dates.find(reading.folded, start, end)), None)
    dash = found and (_DASH.match(reading.folded, found.end, end) or _THEN.match(reading.folded, found.end, end)
                      or _BY_ARTICLE_THEN.match(reading.folded, found.end, end))  # fmt: skip
    slot = reading.last("sentences")
    if found and not reading.says((start, found.start)) and _BY_WHOM_TO_WHAT.match(reading.folded, found.end, end):
        events.read_conviction(reading, (start, end), running=True)
        return
    if found and _tells_no_punishment(reading, found, start, end):
        events.read_conviction(reading, (start, end), running=True)
        return
    judged = found and found.edtf and JUDGED.match(reading.folded, start, found.start)
    if judged and terms.read_punishment(reading.folded, start, end).kind == "other":
        events.read_conviction(reading, (start, found.end), running=True)
        return
    first = found and _PUNISHED.match(reading.folded, start, found.start)
    if first and _BY_WHOM.match(reading.folded, found.end, end):
        slot = events.read_conviction(reading, (found.start, end), running=True)
        events.read_verdict(reading, slot, start, found.start)
        return
    if dash:
        slot = events.read_conviction(reading, (start, found.end), running=dash.re is _BY_ARTICLE_THEN)
        if dash.re is _BY_ARTICLE_THEN:
            events.read_charge(reading, slot, dash.span("charge"))
        start = dash.end()
    elif slot is None or reading.filled(f"{slot}.verdict"):
        slot = events.read_conviction(reading)
    by = _BY_ARTICLE.search(reading.folded, start, end)
    if by and not reading.filled(f"{slot}.charge"):
        events.read_charge(reading, slot, (by.end(), end))
        end = by.start()
    events.read_verdict(reading, slot, start, end)


#: "тройка 15.08.1937, ст. 58-10 – ВМН": the article between the day and the punishment.
_BY_ARTICLE_THEN = re.compile(
    r"\s*[,;]?\s*(?P<charge>(?:по\s+)?(?:ст\.\s?){1,2}\d[^.]{0,80}?)\s+-\s+(?=[^\W\d]|\d{1,2}\s(?:лет|год|л\.|г\.))"
)
#: "ВМН, ст. 58-10": under what article, told after the punishment.
_BY_ARTICLE = re.compile(r"[,;]\s*(?=(?:по\s+)?(?:ст\.\s?){1,2}\d)")


def _tells_no_punishment(reading: Reading, found: dates.Found, start: int, end: int) -> bool:
    """True of nothing but a body and its day, in either order: the punishment is told later."""
    folded = reading.folded
    if JUDGED.match(folded, start, found.start):
        return not reading.says((found.end, end))
    first = not reading.says((start, found.start)) and JUDGED.match(folded, found.end, end)
    return bool(first) and not events.tells_punishment(reading, found.end, end)


#: "5 л. к/л, 10.05.1930, тройка ПП ОГПУ Сев. края": the punishment, then when and by whom.
_BY_WHOM = re.compile(rf"\s*,{JUDGED.pattern}")
_PUNISHED = re.compile(
    r"\W*(?:вмн|вмсз|расстр|высш|\d{1,2}\s?(?:лет|л\.|год|г\.)\s)[^.;]*,\s*$|\W*(?:вмн|вмсз|расстр)[^.;]*$"
)
#: "29 мая 1931 г. тройкой при ПП ОГПУ МО к 5 годам высылки": who and what, after the day.
_BY_WHOM_TO_WHAT = re.compile(rf"{JUDGED.pattern}[^;]{{0,80}}?\s(?:к|до)\s")


def is_judgment(reading: Reading, start: int, end: int) -> bool:
    """True when a body that sentences and a date open the words, and nothing tells of a later review."""
    if JUDGED.match(reading.folded, start, end) is None:
        return _dated_before(reading, start, end)
    verbs = find_labels(reading, start, end)
    return (
        bool(dates.find(reading.folded, start, verbs[0].start if verbs else end))
        and not _REVIEW.search(reading.folded, start, _punished(reading, start, end))
    )


def _punished(reading: Reading, start: int, end: int) -> int:
    """Return where the punishment begins behind the day and a mark: what follows it may tell of a review."""
    found = dates.find(reading.folded, start, end)
    dash = _DASH.match(reading.folded, found[0].end, end) if len(found) == 1 else None
    return dash.end() if dash and events.tells_punishment(reading, dash.end(), end) else end


def is_told(reading: Reading, start: int, end: int) -> bool:
    """True of "ОТ УНКВД Омской обл. 29.10.37 - расстрел": a body, a day, a punishment."""
    found = dates.find(reading.folded, start, end)
    named = len(found) == 1 and events.names_body(reading, start, found[0].start)
    if not named or find_labels(reading, start, end):
        return False
    dash = _DASH.match(reading.folded, found[0].end, end)
    return dash is not None and events.tells_punishment(reading, dash.end(), end)


def _dated_before(reading: Reading, start: int, end: int) -> bool:
    """True for "17.01.33 тройкой ПП ОГПУ (ст. 58-10) 5 л. к/л": the day, the body and the punishment."""
    found = next(iter(dates.find(reading.folded, start, end)), None)
    if found is None or found.edtf is None or reading.says((start, found.start)):
        return False
    if JUDGED.match(reading.folded, found.end, end) is None or find_labels(reading, start, end):
        return False
    told = _SAID.search(reading.folded, found.end, end) or events.tells_punishment(reading, found.end, end)
    return bool(told) and not _REVIEW.search(reading.folded, start, end)


#: What stands behind it is the punishment, whatever its words.
_SAID = re.compile(r"(?<=[^\W\d]):\s+(?=[^\W]{3})")


def read_judgment(reading: Reading, start: int, end: int) -> None:
    """Read a sentence that no verb tells: "Тройка НКВД КАССР 20.11.37, ст. 58", "ОСО 28.02.1942 – 10 лет ИТЛ"."""
    if again := _AGAIN.match(reading.folded, start, end):
        reading.label(*again.span())
        start = again.end()
    found = dates.find(reading.folded, start, end)[0]
    if not reading.says((start, found.start)):
        said = _SAID.search(reading.folded, found.end, end)
        slot = events.read_conviction(reading, (start, said.start() if said else end), running=True)
        if said:
            events.read_verdict(reading, slot, said.end(), end)
        return
    dash = _DASH.match(reading.folded, found.end, end) or _THEN.match(reading.folded, found.end, end)
    slot = events.read_conviction(reading, (start, dash.start() if dash else end), running=True)
    if dash:
        events.read_verdict(reading, slot, dash.end(), end)


_COURT = re.compile(
    r"\W*(?:(?:особая|судебная)\s+)?(?:военный\s+трибунал|(?:спец|суд)?(?:тройка|коллегия)|особое\s+совещание|осо|вт|вк\s+вс)(?!\w)"
)


def names_judge(reading: Reading, start: int, end: int) -> bool:
    """True of "Военный трибунал Воронежского фронта", a sentence that tells who judged and nothing else."""
    alone = _COURT.match(reading.folded, start, end) and not any(map(str.isdigit, reading.folded[start:end]))
    return bool(alone) and not find_labels(reading, start, end)


def read_judge(reading: Reading, start: int, end: int) -> None:
    """Read "Осудивший орган: …" of the sentence told before it."""
    slot = reading.last("sentences")
    if slot is None or reading.filled(f"{slot}.body"):
        slot = reading.open = reading.pending["judged"] = reading.event("sentences")
    events.put_whole_body(reading, f"{slot}.body", (start, end))
