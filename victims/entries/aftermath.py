"""What followed a sentence, in sentences of running text that have no verb of their own in the list of labels:
an execution carried out, a revision, a term served, a release or escape, a rehabilitation taken back; and what
stands around: relatives, family, the archival file.
"""

import re

from victims.entries import dates, death, events
from victims.entries.clauses import Range, split_clauses, trim
from victims.entries.draft import Reading
from victims.entries.labels import find_labels, tell_sex

_CAMP = (
    r"(?:\S{0,20}лаг(?:а|у|е|ах|ере|ерях|ерю|ерь)?(?!\w)|итл|итк|ло(?!\w)|лаготделени|ссылк|тюрьм|заключ|лагер|спецпос|колони|"
    r"политизолятор|[а-я-]+строй(?!\w))"
)
_KIND = re.compile(
    r"(?P<executed>пр\.\s+в\s+исп(?:олн)?\.|(?:приговор|вирок|прысуд|постановление|решение|расстрел)\s+(?:был\s+)?(?:прив(?:ед(?:[её]н\w*)?)?\.?(?:\s+в\s+исп(?:олн\.|олнение|\.)|(?=\s+\d))|"
    r"исполнен\w?|исп(?:олн)?\.|виконан\w|приведено\s+до\s+виконання)|прив(?:ед(?:[её]н\w*)?)?\.?\s+в\s+исп(?:олн\.|олнение|\.)|"
    r"исполнен[оа]?(?=\s*:?\s*\d))(?!\w)"
    r"|(?P<withdrawn>реабилитация\s+(?:была\s+)?отменена|решение\s+о\s+реабилитации\s+(?:было\s+)?отменено|"
    r"реабілітаці[яю]\s+скасован[ао])"
    r"|(?P<refused>в\s+реабилитации\s+отказано|реабилитация\s*[:-]?\s*отказано|отказано\s+в\s+реабилитации|не\s+реаб(?:илитирован|ілітован)|признан[а]?\s+не\s+подлежащ\w+\s+реабилитации|"
    r"реабилитации\s+не\s+подлежит|(?:нет\s+)?(?:данных|сведений)\s+(?:о|по)\s+реабилитации|сведени[йя]\s+о\s+реабилитации\s+(?:нет|не|отсутств)|у\s+реабілітації\s+відмовлено)"
    r"|(?P<fate>(?:(?:его|ее|о)\s+)?(?:дальнейш\w+\s+судьб\w+|подальш\w+\s+дол\w+|далейш\w+\s+лёс\w*|судьба|доля)"
    r"\s+(?:не\s?извест\w+|не\s?установлен\w*|невідом\w+|не\s?відом\w+|невядом\w+)|"
    r"сведени[йя]\s+об?\s+(?:дальнейшей\s+|его\s+|ее\s+)?(?:судьбе|исполнении\s+приговора|приговоре|осуждении|смерти|расстреле|мере\s+наказания)\s+"
    r"(?:нет|не\s|отсутств))"
    r"|(?P<relatives>\(?\s*(?:(?:его|ее|их|родной|двоюродный|сводный)\s+)?(?:брат(?:ья)?|сестр[аы]|отец|мать|сын(?:овья)?|"
    r"дочь|дочери|муж|жена|тесть|свекор|зять|дядя|племянник|дед|внук|родственник|дружина|чоловік)"
    r"(?=\s*[-:,(]|(?:\s+[а-яіїєў-]+){1,3},?\s+\d{4}|(?:\s+[а-яіїєў-]+){1,3}(?:вич|вна|ич|іч)(?!\w)|(?:\s+\S+){1,4}\s+(?:расстр|репресс|арест|осужд|умер|служил)|"
    r"\s+(?:расстрелян|репрессирован|осужд[её]нн|арестован)\w+\s))"
    r"|(?P<family>(?:не\s+)?женат\w?|замужем|замужняя|холост(?:ой)?|холостяк|вдов(?:а|ец)?|семья|дети(?=\s*[:-])|состав\s+семьи|член(?:ы|ов)\s+семьи|"
    r"на\s+иждивении|имел[а]?\s+(?:\S+\s+){0,2}(?:дет|ребенк|сын|доч)|в\s+семье|одружен\w+|"
    r"(?:\d+|двое|трое|четверо|пятеро|шестеро|один|одна)\s+(?:человек\s+)?дет)(?!\w*\s*крестьян)"
    r"|(?P<file>\*\*\s*|\[?арх(?:ивное|\.|ив)\s*(?:уголовное\s+)?(?:дело|д\.|№|фсб|уфсб|суд)?\s*[:№-]?\s*|"
    r"(?:следственное\s+|уголовное\s+|личное\s+)?дело\s*(?:№|n(?=\s?\d)|п-|р-|(?=\d{3}))|у?фсб\s(?=[^\d]{3,60}\s(?:№\s?)?[прд]?[-.]?\s?\d{3})|ф\.\s?[\dрп]|га[а-я]{2,4}[.,]\s?ф|уафсб|"
    r"архивно-следственное\s+дело|\(?д\.\s?№|\(?[пр]-\d{3,}(?!\d*\s*\w)|архивная\s+ссылка|шифр)"
    r"|(?P<prior>(?:ранее|прежде|раніше)\s+(?:не\s+)?(?:был[а]?\s+)?(?:судим|репресс|раскула|привлека|осужд|судил|підда|лишал)|"
    r"(?:не\s+)?судим(?:а|ый|ость)?(?=[\s,.]|$))"
)
_REVISED = re.compile(
    r"(?<!\w)(?:(?P<what>срок|мера\s+наказания|наказание|приговор|расстрел|вмн|высшая\s+мера(?:\s+наказания)?|решение|"
    r"постановление|строк|вирок|заключение)\s+(?:\S+\s+){0,8}?)?"
    r"(?P<verb>снижен\w?|сокращен\w?|замен[её]н\w?|изменен\w?|отмен[её]н\w?|смягчен\w?|скасован\w|замінен\w|знижен\w?|"
    r"оставлен\w?(?=\s+(?:в\s+силе|без\s+изменен))|залишен\w?(?=\s+(?:в\s+силі|без\s+змін)))(?!\w)"
)
_SERVED = re.compile(
    r"(?:(?:срок|термін|наказание|ссылку|заключение|покарання|строк|пакаранне)\s+(?:наказания\s+|заключения\s+|ссылки\s+)?"
    r"(?:отбывал\w?|отбыл\w?|отбыв\.|відбува(?:в|л[аи])|адбыва(?:ў|л[аі]))|отбыв\.(?=\s*:)|отбывал[аи]?(?:\s+(?:срок|наказание|ссылку|заключение|покарання)(?:\s+наказания)?)?|"
    r"відбував(?:ла)?(?:\s+(?:покарання|строк))?|"
    r"(?:состоял[аи]?|находил(?:ся|ась))(?=\s+на\s+(?:спец)?(?:учете|поселении))|содержал(?:ся|ась)|(?:прибыл[аи]?|этапирован\w?|отправлен\w?|направлен\w?|поступил\w?|переведен\w?|утримувався)(?=\s)"
    rf"(?=(?:[^.]|\.(?=\d)){{0,80}}?{_CAMP})|находил(?:ся|ась)(?=\s+(?:в|на)\s+(?:\S+\s+){{0,2}}{_CAMP})|"
    r"(?:мобилизован[аы]?|моб\.)\s+в\s+(?:трудармию|трудовую\s+армию|рабочую\s+колонну|рабочие\s+колонны))(?!\w)\s*"
)
_ENDED = re.compile(
    r"(?:(?P<released>(?:из-под\s+стражи\s+)?освобо[жд]+[её]н[аы]?|снят[аы]?\s+с\s+(?:уч[её]та|спец(?:учета|поселения))(?:\s+спецпоселения)?|осв(?:об)?\.|звільнен\w*|вызволен\w*|отпущен[а]?|амнистирован[аы]?)"
    r"|(?P<escaped>(?:самовольно\s+)?бежал[аи]?|сбежал[аи]?|совершил[а]?\s+побег|утік|втік))(?!\w)"
)
#: A term served that no verb tells: "В Богословлаге с 1942", "На спецпоселении в Каратузском р-не".
_HELD = re.compile(
    r"(?:в|на)\s+(?:[а-я]{2,}лаге|[а-я]{3,}строе|трудармии|заключении|ссылке|лагере|лагерях|спец(?:поселении|учете)|с/п|"
    r"рабочей\s+колонне|стройколонне)(?!\w)"
)
_NOTHING = re.compile("")
_FROM = re.compile(r"[\s,(]*(?:из|с|із|з)\s+(?=\S)")
_SINCE = re.compile(r"(?:с|со|з)\s")
_IN = re.compile(r"[\s,(:-]*(?:в|во|на|у|из)\s+(?=\S)")
_STATES = re.compile(rf"[\s,]*(?:(?:и|в|во|на|у|из|с|со)\s+)?(?:\S+\s+){{0,3}}?{_CAMP}")


def read(reading: Reading, start: int, end: int) -> bool:
    """Read one sentence if it tells what followed; False where it is none of these."""
    folded = reading.folded
    match = _KIND.match(folded, start, end) or _executed_on(reading, start, end)
    if match:
        return _READERS[match.lastgroup](reading, match, start, end)
    if reading.filled("sentences") and read_revision(reading, start, end):
        return True
    return _read_custody(reading, start, end)


def end_of_custody(reading: Reading, start: int, end: int) -> int:
    """Return where a release ends that something else follows: "освобожден в 1954, реабилитирован …"."""
    if _ENDED.match(reading.folded, start, end):
        for label in find_labels(reading, start, end):
            mark = reading.folded.rfind(",", start, label.start)
            if label.kind in _NEXT and mark > start and not reading.says((mark, label.start)):
                return mark
    return end


_NEXT = frozenset({"rehabilitation", "arrest", "convict", "died", "shot"})


def _executed_on(reading: Reading, start: int, end: int) -> re.Match[str] | None:
    """Return "приговор исполнен" that its day stands before."""
    if reading.folded.find("исп", start, end) < 0:
        return None
    first = next(iter(dates.find(reading.folded, start, end)), None)
    if first is None or reading.says((start, first.start)):
        return None
    begin = next((place for place in range(first.end, end) if reading.folded[place].isalnum()), end)
    match = _KIND.match(reading.folded, begin, end)
    return match if match and match.lastgroup == "executed" else None


def _executed(reading: Reading, match: re.Match[str], start: int, end: int) -> bool:
    """A sentence carried out: of a death sentence it is the shooting, with its date and place."""
    reading.label(*match.span())
    slot = reading.last("sentences")
    if slot and reading.record["sentences"][-1]["kind"] == "vmn":
        pieces = [piece for piece in ((start, match.start()), (match.end(), end)) if reading.says(piece)]
        death.read_death(reading, "shot", match.span(), *pieces)
    return True


def _withdrawn(reading: Reading, match: re.Match[str], start: int, end: int) -> bool:
    slot = reading.last("rehabilitations")
    if slot is None:
        return False
    reading.label(*match.span())
    for piece in events.read_date(reading, f"{slot}.withdrawn", ((match.end(), end),)):
        if not reading.filled(f"{slot}.withdrawn_by") and events.names_body(reading, *piece):
            reading.put_text(f"{slot}.withdrawn_by", piece)
    return True


def _refused(reading: Reading, match: re.Match[str], start: int, end: int) -> bool:
    return reading.put_text(reading.more("notes"), (start, end))


def _relatives(reading: Reading, match: re.Match[str], start: int, end: int) -> bool:
    begin, stop = trim(reading.folded, start, end)
    if reading.folded[begin] == "(" and reading.folded.endswith(")", begin, stop):
        begin, stop = begin + 1, stop - 1
    return reading.put_text(reading.more("relatives"), (begin, stop))


def _family(reading: Reading, match: re.Match[str], start: int, end: int) -> bool:
    return not reading.filled("family") and reading.put_text("family", (start, end))


def _file(reading: Reading, match: re.Match[str], start: int, end: int) -> bool:
    begin, stop = trim(reading.folded, start, end)
    if reading.folded[begin] == "(" and reading.folded[stop - 1] == ")":
        begin, stop = begin + 1, stop - 1
    if reading.folded[stop - 1] == "]" and "[" not in reading.folded[begin:stop]:
        stop -= 1  # the one that opens is passed over with the marks before the sentence
    return reading.put_text(reading.more("archival_files"), (begin, stop))


def _prior(reading: Reading, match: re.Match[str], start: int, end: int) -> bool:
    if dates.find(reading.folded, start, end):
        return False  # told with its date: a conviction of its own
    return not reading.filled("prior_repressions") and reading.put_text("prior_repressions", (start, end))


_READERS = {
    "executed": _executed,
    "withdrawn": _withdrawn,
    "refused": _refused,
    "fate": _refused,
    "relatives": _relatives,
    "family": _family,
    "file": _file,
    "prior": _prior,
}


def read_revision(reading: Reading, start: int, end: int) -> bool:
    """Read "Определением … от 12 мая 1955 г. срок снижен до 10 лет": body, date, the change; else False."""
    match = _REVISED.search(reading.folded, start, end)
    slot = reading.last("sentences")
    if not match or not slot or reading.filled(f"{slot}.revision") or "реабилит" in reading.folded[start:end]:
        return False
    if not match["what"] and not reading.filled(f"{slot}.verdict"):
        return False
    first = match.start("what") if match["what"] else match.start("verb")
    if any(label.kind == "convict" for label in find_labels(reading, start, first)):
        return False  # another sentence, revised in its turn
    lead, told = (start, first), []
    left = events.read_date(reading, f"{slot}.revision.date", (lead,))
    for piece in left:
        if events.names_body(reading, *piece):
            events.put_whole_body(reading, f"{slot}.revision.body", piece)
    if not reading.filled(f"{slot}.revision.date"):
        rest = events.read_date(reading, f"{slot}.revision.date", ((match.end(), end),))
        end = rest[0][1] if rest and rest[0][0] == match.end() else end if rest else match.end()
        if rest and rest[0][0] > match.end():
            end = match.end()
        for piece in (piece for piece in rest if piece[0] > end):
            body, *more = split_clauses(reading.folded, *piece)
            if events.names_body(reading, *body) and events.put_whole_body(reading, f"{slot}.revision.body", body):
                told += [(more[0][0], piece[1])] if more else []
    reading.put_text(f"{slot}.revision.verdict", (first, end), *told)
    return True


def _read_custody(reading: Reading, start: int, end: int) -> bool:
    """Read a term served and how it ended; one sentence may tell both."""
    folded = reading.folded
    found = dates.find(folded, start, end)
    begin = start
    lead = found[0] if found and not reading.says((start, found[0].start)) and found[0].edtf else None
    if lead:
        begin = lead.end
        while begin < end and folded[begin] in " ,.;":
            begin += 1
    served, ended = _SERVED.match(folded, begin, end), _ENDED.match(folded, begin, end)
    if not served and _HELD.match(folded, begin, end) and not find_labels(reading, begin, end):
        served = _NOTHING.match(folded, begin)
    if served:
        slot = reading.event("imprisonments")
        if served.group():
            reading.label(*served.span())
        if lead:
            reading.put(f"{slot}.date", _since(folded, lead) or lead.edtf, lead[:2])
        stop = _read_end_there(reading, served.end(), end)
        freed = _FREED.search(folded, served.end(), stop)
        _read_where(reading, slot, served.end(), freed.start() if freed else stop)
        if freed:
            reading.label(*freed.span())
            _read_custody(reading, freed.end(), stop)
        return True
    if ended is None:
        return False
    if ended["released"] and _acquitted(reading, ended, end):
        return True
    _read_end(reading, ended, end, lead, found)
    return True


def _read_end(
    reading: Reading, ended: re.Match[str], end: int, lead: dates.Found | None, found: list[dates.Found]
) -> None:
    """Read when and from where a person was let go or fled."""
    slot = reading.last("imprisonments")
    if slot is None or reading.filled(f"{slot}.ended") or reading.filled(f"{slot}.date"):
        slot = reading.event("imprisonments")
    way = ended.lastgroup
    reading.put(f"{slot}.ended", way, ended.span(way))
    one = lead or next((one for one in found if one.start >= ended.end() and one.edtf), None)
    if one and _BY_LAW.search(reading.folded, ended.start(), one.start):
        one = None
    if one and "/" not in one.edtf and one.edtf[0] != "[":
        reading.put(f"{slot}.date", f"../{one.edtf}", one[:2])
    rest = [(ended.end(), end)] if lead or not one else [(ended.end(), one.start), (one.end, end)]
    _read_release(reading, slot, [piece for piece in rest if reading.says(piece)])


_BY_LAW = re.compile(r"(?<!\w)(?:указу|закону|постановлению)\s[^,;]{0,40}от\s+$|(?<!\w)указу\s+от\s+$")
#: "…, где и умер", "… и там же скончался".
_LONGEST_LINK = 40
_THERE = re.compile(r"[\s,]+(?:(?:где|де|и|і|там|та|же|вскоре|позднее)\s+){0,4}$")


def _read_end_there(reading: Reading, start: int, end: int) -> int:
    """Read a death that the sentence of a term served goes on to tell; return where what stands before it ends."""
    hits = find_labels(reading, start, end)
    if not hits or hits[0].kind not in ("died", "shot"):
        return end
    verb = hits[0]
    there = _THERE.search(reading.folded, max(start, verb.start - _LONGEST_LINK), verb.start)
    if there is None:
        return end
    reading.label(there.start(), verb.start)
    tell_sex(reading, verb)
    death.read_death(reading, verb.kind, (verb.start, verb.end), (verb.end, end))
    return there.start()


#: "Отбывал срок в Карлаге, откуда освобожден 15.05.1946".
_FREED = re.compile(
    rf",\s+(?:(?:откуда|оттуда|и|звідки)\s+)?(?:был[аи]?\s+)?(?={_ENDED.pattern})"
)
_UNPROVEN = re.compile(r"(?<!\w)(?:прекращ|припинен|закритт|недоказ|недоведен|отсутств|відсутн|оправда|виправда)")


def _acquitted(reading: Reading, ended: re.Match[str], end: int) -> bool:
    """Read "Освобожден 14.03.1939 в связи с прекращением дела" after an arrest that no sentence followed."""
    if reading.filled("sentences") or not reading.filled("arrests"):
        return False
    if not _UNPROVEN.search(reading.folded, ended.end(), end):
        return False
    slot = events.read_conviction(reading)
    left = events.read_date(reading, f"{slot}.date", ((ended.start(), end),))
    events.read_verdict(reading, slot, *left[0], *left[1:])
    return True


#: Who called a person up is no place.
_CALLED = re.compile(r"(?<!\w)(?:рвк|гвк|овк|\w*военкомат\w*)(?!\w)")


def _since(folded: str, one: dates.Found) -> str:
    """Return "1945/.." for "с 1945 г."; "" for a date that tells no beginning alone."""
    alone = one.edtf and "/" not in one.edtf and one.edtf[0] != "["
    return f"{one.edtf}/.." if alone and _SINCE.match(folded, one.start) else ""


#: "Локчимлаг (по 1940), Воркутлаг": a year of one of the places.
_UNTIL = re.compile(r"\((?:по|до|с)\s+\d{4}\)")


def _read_where(reading: Reading, slot: str, start: int, end: int) -> None:
    """Place and dates of a term served."""
    mark = reading.folded.find(";", start, end)
    end = mark if mark > 0 else end
    pieces: tuple[Range, ...] = ((start, end),)
    begun = next((one for one in dates.find(reading.folded, start, end) if _since(reading.folded, one)), None)
    if reading.filled(f"{slot}.date") or _UNTIL.search(reading.folded, start, end):
        pass
    elif begun:
        reading.put(f"{slot}.date", _since(reading.folded, begun), begun[:2])
        pieces = tuple(piece for piece in ((start, begun.start), (begun.end, end)) if reading.says(piece))
    else:
        pieces = tuple(events.read_date(reading, f"{slot}.date", pieces))
    for piece in pieces:
        lead = _IN.match(reading.folded, *piece)
        if lead and reading.filled(f"{slot}.place"):
            reading.put_text(f"{slot}.note", piece)  # "… из Бутырской тюрьмы"
            continue
        if lead:
            reading.label(*lead.span())
            piece = (lead.end(), piece[1])
        place = reading.says(piece) and not _CALLED.search(reading.folded, *piece)
        if place and not reading.filled(f"{slot}.place"):
            reading.put_text(f"{slot}.place", piece)


def _read_release(reading: Reading, slot: str, pieces: list[Range]) -> None:
    """From where, or why, a person was let go; the reason is kept as a note."""
    for piece in pieces:
        lead = _FROM.match(reading.folded, *piece)
        if lead and _STATES.match(reading.folded, *piece) and not reading.filled(f"{slot}.place"):
            reading.label(*lead.span())
            reading.put_text(f"{slot}.place", (lead.end(), piece[1]))
        elif not reading.filled(f"{slot}.note"):
            reading.put_text(f"{slot}.note", piece)
