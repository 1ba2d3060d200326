"""Sentences that a label tells, or nothing but who passed them: "Приговор: ВК ВС СССР, 11.10.1937 – ВМН"."""

import re

from victims.entries import aftermath, dates, events, terms
from victims.entries.clauses import Range
from victims.entries.draft import Reading
from victims.entries.labels import Label, find_labels

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
    r"\s*[,;]?\s*(?P<charge>(?:по\s+)?(?:ст\.\s?){1,2}\d(?:[^.]|\.(?=\S)|(?<=[чпк])\.\s|(?<=ст)\.\s){0,80}?)"
    r"\s+-\s+(?=[^\W\d]|\d{1,2}\s(?:лет|год|л\.|г\.))"
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
        return _by_court(reading, start, end) or _dated_before(reading, start, end)
    verbs = find_labels(reading, start, end)
    return (
        bool(dates.find(reading.folded, start, verbs[0].start if verbs else end))
        and not _REVIEW.search(reading.folded, start, _punished(reading, start, end))
    )


def _by_court(reading: Reading, start: int, end: int) -> bool:
    """True of "Линейный суд Омской ж. д. 17.09.1941, ст. 58-10 – 10 лет": a court, a day, a punishment."""
    found = next(iter(dates.find(reading.folded, start, end)), None)
    if found is None:
        return False
    body = events.BODY.match(reading.folded, start, found.start)
    # "НКВД СССР 18.07.38, ст. 58-6 – ВМН"
    decided = body and _BY_ARTICLE_THEN.match(reading.folded, found.end, end)
    if not decided and _COURT_BEGINS.match(reading.folded, start, found.start) is None:
        return False
    if find_labels(reading, start, end) or events.CHARGE.search(reading.folded, start, found.start):
        return False
    by_article = _BY_ARTICLE_THEN.match(reading.folded, found.end, end)
    told = by_article or events.tells_punishment(reading, found.end, end)
    return bool(told) and not _REVIEW.search(reading.folded, start, end)


_COURT_BEGINS = re.compile(r"\W*(?:[а-яіїє-]+(?:[иы]й|[иы]м|ой)\s+){0,3}[а-я]*суд(?:ом)?(?!\w)")


def _punished(reading: Reading, start: int, end: int) -> int:
    """Return where the punishment begins behind the day and a mark: what follows it may tell of a review."""
    found = dates.find(reading.folded, start, end)
    if not found:
        return end
    dash = _DASH.match(reading.folded, found[0].end, end) if len(found) == 1 else None
    if dash and events.tells_punishment(reading, dash.end(), end):
        return dash.end()
    to = events.VERDICT.search(reading.folded, found[0].end, end)
    return to.end() if to else end


def read_beside(reading: Reading, start: int, end: int) -> bool:
    """Read a judgment that an arrest goes on with after a semicolon; else False."""
    if _is_told(reading, start, end):
        read_judgment(reading, start, end)
        return True
    return read_passed_by(reading, start, end)


def _is_told(reading: Reading, start: int, end: int) -> bool:
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
    if by := _BY_ARTICLE_THEN.match(reading.folded, found.end, end):
        slot = events.read_conviction(reading, (start, found.end), running=True)
        events.read_charge(reading, slot, by.span("charge"))
        events.read_verdict(reading, slot, by.end(), end)
        return
    dash = _DASH.match(reading.folded, found.end, end) or _THEN.match(reading.folded, found.end, end)
    slot = events.read_conviction(reading, (start, dash.start() if dash else end), running=True)
    if dash:
        events.read_verdict(reading, slot, dash.end(), end)


_COURT = re.compile(
    r"\W*(?:(?:особая|судебная)\s+)?(?:военный\s+трибунал|(?:спец|суд)?(?:тройка|коллегия)|особое\s+совещание|осо|вт|вк\s+вс)(?!\w)"
)


_PASSED_BY = re.compile(
    rf"\W*(?P<what>(?:вмн|вмсз|расстрел|высшая\s+мера|\d{{1,2}}\s?(?:лет|л\.|г\.|года?)\s[^.;()]{{2,40}}?))\s+"
    rf"\((?P<who>(?={JUDGED.pattern})[^()]+)\)[\s.;]*"
)


def read_passed_by(reading: Reading, start: int, end: int) -> bool:
    """Read "ВМН (тройка УНКВД, 16.09.37)": the punishment, and in brackets who passed it and when; else False."""
    told = _PASSED_BY.fullmatch(reading.folded, start, end)
    if told is None or not dates.find(reading.folded, *told.span("who")):
        return False
    slot = events.read_conviction(reading, told.span("who"), running=True)
    events.read_verdict(reading, slot, *told.span("what"))
    return True


def read_shot_by_article(reading: Reading, start: int, end: int) -> bool:
    """Read "Тройка при НКВД КАССР 14.04.38, ст. 58-10 – расстрелян": the verb is the punishment; else False."""
    found = next(iter(dates.find(reading.folded, start, end)), None)
    if found is None or JUDGED.match(reading.folded, start, found.start) is None:
        return False
    by = _BY_ARTICLE_THEN.match(reading.folded, found.end, end)
    if by is None or _SHOT_ALONE.fullmatch(reading.folded, by.end(), end) is None:
        return False
    read_judgment(reading, start, end)
    return True


_SHOT_ALONE = re.compile(r"расстрелян[аы]?\W*")


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


def goes_on(reading: Reading, label: Label, *pieces: Range) -> bool:
    """True of "Приговорен тройкой к ВМН" that tells what "Осужден по ст. 58-10" before it did not."""
    slot = reading.last("sentences")
    if slot is None or slot != reading.open or not reading.folded.startswith("пригов", label.start):
        return False
    if reading.filled(f"{slot}.verdict") or not any(events.tells_punishment(reading, *piece) for piece in pieces):
        return False
    told = {"date": dates.find, "charge": events.CHARGE.search, "body": events.BODY.search}
    return not any(
        reading.filled(f"{slot}.{key}") and any(find(reading.folded, *piece) for piece in pieces)
        for key, find in told.items()
    )


#: What followed, told in the sentence of the punishment: "…; срок отбывал в Карлаге, освобожден в 1943 г."
_SERVED_AFTER = re.compile(
    r"[,;]\s+(?:и\s+)?(?=(?:срок\w*\s+|наказание\s+)?отбывал[аи]?[\s:]|освобожд[её]н[аы]?\s|осв(?:об)?\.\s|исполнен[оа]?\s)"
)
#: "осужден тройкой 22 октября 1937 г., приговор - ВМН".
_VERDICT_NEXT = re.compile(r",\s+(?P<label>приговор\s?[-:]\s)")
#: How far from its body the day of a sentence may stand, in signs.
_NEAR = 200
_JUDGED_NEXT = re.compile(rf";\s+(?={JUDGED.pattern})")


def read_told(reading: Reading, *pieces: Range) -> None:
    """Read a sentence, and what followed it where the same words go on to tell that."""
    *before, (start, end) = pieces or [(0, 0)]
    for other in _JUDGED_NEXT.finditer(reading.folded, start, end):
        if dates.find(reading.folded, other.end(), min(end, other.end() + _NEAR)):
            _read_one(reading, *before, (start, other.start()))
            before, start = [], other.end()
    _read_one(reading, *before, (start, end))


def _read_one(reading: Reading, *pieces: Range) -> None:
    *before, (start, end) = pieces
    if told := _VERDICT_NEXT.search(reading.folded, start, end):
        reading.label(*told.span("label"))
        end, rest = told.start(), (told.end(), end)
        events.read_conviction(reading, *before, (start, end), running=True)
        after = _SERVED_AFTER.search(reading.folded, *rest)
        events.read_verdict(reading, reading.last("sentences"), rest[0], after.start() if after else rest[1])
        if after:
            aftermath.read(reading, after.end(), rest[1])
        return
    after = _SERVED_AFTER.search(reading.folded, start, end)
    events.read_conviction(reading, *before, (start, after.start() if after else end), running=True)
    if after:
        aftermath.read(reading, after.end(), end)
