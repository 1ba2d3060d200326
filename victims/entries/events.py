"""What happened to a person: arrests, sentences, death, rehabilitations, each read from its own stretch of text.

A stretch is one or two pieces (what stands before the verb, and after it). Order within it is free: the date is
known by its form, the charge and the punishment by the words that lead them in, and what is left is the body.
"""

import re

from victims.entries import dates, terms
from victims.entries.charges import CHARGE, read_charge, take_charge
from victims.entries.clauses import Range, split_clauses, trim
from victims.entries.death import death_in_verdict, tells_death, without_death
from victims.entries.draft import Reading
from victims.entries.lexicon import alternation

VERDICT = re.compile(
    r"(?P<to>(?<![\w-])(?:к|до|на|да)\s+(?=\d|вмн|высш|расстр|лишени|заключ|ссыл|высыл|тюр|тюрем|исправ|принуд|конц|лагер|итл|"
    r"одн|дв|тр[еи]|четыр|пят|шест|сем|восьм|десят|двадц|политизол|каторж|услов|втт|спец|"
    r"смерт|розстр|расстр|вищ|вышэй|пазбаў|тринад|виправ|ув'язн|позбавл|вмп|висил|заслан))"
)
_NO_BODY = re.compile(
    r"\s*(?:основани|под\s+страж|повторно|вторично|впервые|находил|содержал|по\s+месту|в\s|на\s|по\s+делу|без\s+санкц|"
    r"как\s|вместе|с\s|не\s+был|следстви|осужд|(?:\w+\s+)?месяц|\d\d?\.\d\d?\.\d|\(?этап|мера\s+прес|за\s(?!ріш|пост|вирок|ухвал)|умер|освоб|дальнейш|судьба|не\s+арест|аресту?\s+не|подписка|отбыва)"
)
BODY = re.compile(
    rf"(?<!\w)(?:{alternation('bodies.txt')})(?!\w)|(?<=\w)(?:нквд|гпу|чк|суд|трибунал|мгб|мвд|кгб|чека|прокур)"
)


def read_date(reading: Reading, slot: str, pieces: tuple[Range, ...], *, last: bool = False,
              birth: bool = False) -> list[Range]:  # fmt: skip
    """Take the first (or last) date out of the pieces into the slot; return the pieces that are left."""
    numbers = range(len(pieces))
    for number in reversed(numbers) if last else numbers:
        if found := dates.find(reading.folded, *pieces[number], birth=birth):
            break
    else:
        return list(pieces)
    start, end, edtf = found[-1 if last else 0]
    if edtf is None:
        reading.warn("impossible_date")
    elif not reading.put(slot, edtf, (start, end)):
        return list(pieces)
    return _cut(reading, pieces, number, (start, end))


def _cut(reading: Reading, pieces: tuple[Range, ...], number: int, hole: Range) -> list[Range]:
    start, end = pieces[number]
    parts = [(start, hole[0]), (hole[1], end)]
    return [piece for piece in (*pieces[:number], *parts, *pieces[number + 1 :]) if reading.says(piece)]


def read_arrest(reading: Reading, *pieces: Range, running: bool = True) -> None:
    """Read an arrest: date, body, place, measure; a charge told with it is kept for the sentence that follows.

    Outside running text whatever stands beside the date is the body, known or not.
    """
    slot = reading.event("arrests")
    reading.open = None
    if running:
        if "charge" in reading.pending and reading.pending["charge"] == reading.pending.get("arrested_for"):
            del reading.pending["charge"]  # why the person was arrested before, which no sentence followed
        known = "charge" in reading.pending
        pieces = take_charge(reading, pieces)
        charge = None if known else reading.pending.get("charge")
        if charge and (dated := _day_behind(reading, charge, list(pieces))):
            # "арестована как жена врага народа 9 мая 1938 г.": the day is of the arrest
            reading.pending["charge"] = (charge[0], dated[0])
            pieces = (*pieces, dated)
        if not known and "charge" in reading.pending:
            reading.pending["arrested_for"] = reading.pending["charge"]
    left = read_date(reading, f"{slot}.date", pieces)
    left = [piece for piece in (_circumstances(reading, slot, piece) for piece in left) if reading.says(piece)]
    if running:
        _put_body(reading, slot, [part for piece in left for part in _without_manner(reading, slot, piece)])
        return
    left = [_without_aside(reading, *piece) for piece in left]
    left = [piece for piece in left if not _NO_BODY.match(reading.folded, *trim(reading.folded, *piece))]
    if left and reading.says(left[0]):
        reading.put_text(f"{slot}.body", left[0])


def _without_aside(reading: Reading, start: int, end: int) -> Range:
    """Take off what leads the body in: "и осужден", "(по данным ФСБ - 07.06.1947 г.)"."""
    if aside := _ASIDE.match(reading.folded, start, end):
        reading.label(*aside.span())
        start = aside.end()
    return start, end


_ASIDE = re.compile(
    r"\W*(?:и\s+(?:арестован|осужд[её]н)[аы]?(?!\w)|\(по\s+(?:другим\s+)?данным\s[^()]{0,30}\d{4}\s?г?\.?\))"
)


_ONCE_MORE = re.compile(
    r"[\s,.;(-]*(?:(?:повторно|вторично|вновь|впервые|снова|вдруге|повторно|в\s+(?:первый|второй|третий)\s+раз|"
    r"в\s+ночь(?:\s+(?:на|с))?|второй\s+раз|1-й\s+раз|2-й\s+раз|потом|затем)(?!\w)[\s,.;)-]*)+"
)
_MEASURE = re.compile(
    r"[\s,.;(]*(?:мера\s+пресеч\w+\s*[:-]?\s*)?(?P<measure>(?:(?:находил(?:ся|ась)|содержал(?:ся|ась)|взят[а]?|был[а]?)\s+)?"
    r"(?:под\s+страж|подписк|не\s+арест|аресту?\s+не|без\s+санкц|без\s+ареста|содержание\s+под))"
)
_ARREST_PLACE = re.compile(
    r"[\s,.;(]*(?P<in>(?:в|во|на|у)\s+)(?=(?:\w+\s+){0,3}?(?:г\.|с\.|д\.|дер\.|пос\.|ст\.|селе|деревн|город|поселк|"
    r"лагер|итл|ссылк|тюрьм|местах|концлаг|спецпос|[а-я-]*лаге|[а-я-]+ск(?:е|у)?(?!\w)|москве|москва|районе|колхозе))"
)


_ARREST_TOWN = re.compile(r"[\s,]*(?P<in>[ву])\s+(?P<town>[А-ЯЁІЇЄ][а-яёіїє]{2,}(?:-[А-ЯЁІЇЄ][а-яёіїє]+)*)[\s.,]*")


def _circumstances(reading: Reading, slot: str, piece: Range) -> Range:
    """Take "повторно", the measure of restraint and the place of the arrest off a piece."""
    folded = reading.folded
    start, end = piece
    if again := _ONCE_MORE.match(folded, start, end):
        reading.label(*again.span())
        start = again.end()
    if measure := _MEASURE.match(folded, start, end):
        if reading.put_text(f"{slot}.measure", (measure.start("measure"), end)):
            return end, end
    elif (town := _ARREST_TOWN.match(reading.text, start, end)) and (
        town.end() == end or _BODY_WORDS.match(folded, town.end(), end)
    ):
        reading.put_text(f"{slot}.place", town.span("town"))
        reading.label(*town.span("in"))
        return town.end(), end
    elif place := _ARREST_PLACE.match(folded, start, end):
        stop = _end_of_place(reading, place.end(), end)
        if reading.put_text(f"{slot}.place", (place.end(), stop)):
            reading.label(*place.span("in"))
            return stop, end
    return start, end


def _end_of_place(reading: Reading, start: int, end: int) -> int:
    """A place of arrest ends before the body that arrested."""
    body = _BODY_WORDS.search(reading.folded, start, end)
    return body.start() if body else end


_BODY_WORDS = re.compile(
    r"(?<=\s)(?=(?:[\w-]+(?:ым|им|ой|ей|ими|ыми)\s+){0,3}(?:органами|отделом|[а-я]*отделом|управлением|унквд|нквд|огпу|"
    r"гпу|ро|го|дто|чк|вчк|кгб|мгб|сотрудник|угб|упвс|милици|по\s+ст|по\s+обвин|за\s)(?!\w))"
)


def names_body(reading: Reading, start: int, end: int) -> bool:
    """True when the range names a body that arrests or sentences."""
    return BODY.search(reading.folded, start, end) is not None


def _put_body(reading: Reading, slot: str, left: list[Range]) -> None:
    for piece in reversed(left):
        if slot.startswith("sentences") and (paper := _PROTOCOL.fullmatch(reading.folded, *piece)):
            reading.put_text(f"{slot}.note", paper.span("note"))
            continue
        start, end = _body_in(reading, *piece)
        if _NO_BODY.match(reading.folded, start, end):
            continue
        if BODY.search(reading.folded, start, end) and put_whole_body(reading, f"{slot}.body", (start, end)):
            return


def read_by(reading: Reading, kind: str, start: int, end: int) -> None:
    """Read who acted in the event of a kind told last: "Реабилитирующий орган: …"."""
    slot = reading.last(kind) or reading.event(kind)
    put_whole_body(reading, f"{slot}.body", (start, end))


_JUDGED_BY = re.compile(r"(?:орган\s+осуждения|судебный\s+орган)\s*:?\s*")
#: "(протокол № 311)": what the decision stands in is no body.
_PROTOCOL = re.compile(r"\W*(?P<note>прот(?:окол\w*)?\.?\s+№?\s*[\d/-]+)[\s.,;)]*")


def put_whole_body(reading: Reading, slot: str, piece: Range) -> bool:
    """Fill a body; "от" that led in its date is none of it."""
    start, end = trim(reading.folded, *piece)
    if reading.folded.startswith("(", start, end) and reading.folded.find(")", start, end) == end - 1:
        start, end = start + 1, end - 1
    elif lead := _JUDGED_BY.match(reading.folded, start, end):
        reading.label(*lead.span())
        start = lead.end()
    elif reading.folded.startswith("(", start, end) and reading.folded.find(")", start, end) < 0:
        start += 1
    elif reading.folded.startswith(")", start, end):
        start += 1  # "осужд. (31.12.36) ОСО": the day that a bracket held is told
    if yearless := _YEARLESS.search(reading.folded, start, end):
        end = yearless.start()
    if same_year := _SAME_YEAR.match(reading.folded, start, end) or _DAY_FIRST.match(reading.folded, start, end):
        start = same_year.end()
    edge = _LEADS_DATE.search(reading.folded, max(start, end - 6), end)
    if not reading.put_text(slot, (start, edge.start() if edge else end)):
        return False
    if edge:
        reading.label(*edge.span())
    return True


_MONTH = rf"(?:{'|'.join(sorted(dates.MONTHS, key=len, reverse=True))})[а-яії]{{0,5}}"
#: A day without a year is none that can be told.
_YEARLESS = re.compile(rf"\s+\d{{1,2}}\s+{_MONTH}[\s.,]*$")
#: "28 сентября НКВД ДАССР": which day, `yearless` tells.
_DAY_FIRST = re.compile(rf"\d{{1,2}}\s+{_MONTH}[\s,]+(?=\D)")
#: Which day, `yearless` tells.
_SAME_YEAR = re.compile(r"\d{1,2}\s+[а-яі]{3,9}\s+(?:того|этого)\s+же\s+года[\s,]+")
_LEADS_DATE = re.compile(r"[\s,]+(?:от|від|ад|за|в|и|на)$")


def _body_in(reading: Reading, start: int, end: int) -> Range:
    """A body stands in one clause, the last that names one; "и" before another verb is none of it."""
    for start, end in reversed(split_clauses(reading.folded, start, end)):  # noqa: B020 - the whole, then its parts
        if BODY.search(reading.folded, start, end):
            break
    start, end = trim(reading.folded, start, end)
    return start, end - 2 if reading.folded.endswith(" и", start, end) else end


def read_conviction(reading: Reading, *pieces: Range, running: bool = False) -> str:
    """Read a sentence line: body, date, charge; in running text its verdict too. Return the sentence's slot."""
    slot = reading.open = reading.pending.pop("judged", None) or reading.event("sentences")
    verdict: Range | None = None
    if running and pieces:
        *head, (start, end) = pieces
        match = VERDICT.search(reading.folded, start, end) or _BARE_VERDICT.search(reading.folded, start, end)
        if match:
            if match.lastgroup == "to":
                reading.label(*match.span("to"))
            verdict = (match.end(), _end_of_verdict(reading, match.end(), end))
            pieces = (*head, (start, match.start()), (verdict[1], end))
    body = _conviction_head(reading, slot, tuple(pieces), running)
    if running:
        body = [part for piece in body for part in _without_manner(reading, slot, piece)]
        body = [_without_revision(reading, piece) for piece in body]
        _put_body(reading, slot, body)
    else:
        body = [piece for piece in body if not _NO_WORD.fullmatch(reading.folded, *piece)]
        body = [_without_lead(reading, *piece) for piece in body]
        reading.put_text(f"{slot}.body", *body)
    if verdict:
        read_verdict(reading, slot, *verdict)
    return slot


def _without_lead(reading: Reading, start: int, end: int) -> Range:
    start, end = trim(reading.folded, start, end)
    edge = _LEADS_DATE.search(reading.folded, max(start, end - 6), end)
    if edge is None:
        return start, end
    reading.label(*edge.span())
    return start, edge.start()


#: In what way, or within what operation, it came about: kept as a note.
_MANNER = re.compile(
    r"(?<!\w)(?:(?:по|в\s+(?:ходе|рамках|порядке)|согласно|на\s+основании)\s+(?:(?:[а-я]+(?:ой|ей)\s+){1,2}(?:операци[ияей]+|лини[ияей]+)|"
    r"приказ[ауе]?\s+(?:нквд\s+)?(?:ссср\s+)?(?:№\s*)?\d+)|в\s+(?:альбомном|особом|внесудебном|несудебном|упрощенном)\s+порядке|"
    r"во\s+внесудебном\s+порядке|заочно)(?!\w)"
)


def _without_manner(reading: Reading, slot: str, piece: Range) -> list[Range]:
    """Keep "в альбомном порядке", "по польской операции" as a note; return what is left of the piece."""
    found = _MANNER.search(reading.folded, *piece)
    if not found or not reading.put_text(f"{slot}.note", found.span()):
        return [piece]
    left = (piece[0], found.start()), (found.end(), piece[1])
    return [one for one in left if reading.says(one)]


def _without_revision(reading: Reading, piece: Range) -> Range:
    """Keep "…, расстрел заменен на …" for what follows the sentence."""
    match = _REVISED.search(reading.folded, *piece)
    if match:
        reading.pending["revision"] = (match.start("what"), piece[1])
        return piece[0], match.start()
    return piece


_REVISED = re.compile(
    r"[,;(]\s*(?P<what>(?:(?:расстрел|вмн|наказание|срок|высшая\s+мера|приговор)\w*\s+)?(?:был[ао]?\s+)?"
    r"(?:замен|сниж|сокращ|смягч|отмен)\w*)"
)
# "осужден: ВМН", "осужден – 10 лет ИТЛ", "осужден (ВМН)": a punishment that no "к" leads in.
_BARE_VERDICT = re.compile(
    r"(?<![\w/])(?=(?:вмн|вмсз|вмп|высшая\s+мера|расстрел|розстріл)(?!\w)|(?:итл|концлагерь|ссылка|высылка|л/с)\s?-\s?\d{1,2}\s?(?:лет|год)|(?:\d{1,2}|три|пять|восемь|десять)\s?(?:лет|года?|г\.|л\.|р\.|років|роки)\s+(?:итл|л/с|лиш|ссыл|тюр|конц|лаг|"
    r"заключ|высыл|втт|спецпос|поражен|исправ|к/л|каторг|ктр(?!\w))|\d{1,2}\s?\+\s?\d(?![\d.]))"
)
_NO_WORD = re.compile(r"[\W_]*+(?:(?:в|на|от)[\W_]*+)?")


def tells_punishment(reading: Reading, start: int, end: int) -> bool:
    """True where a range tells a punishment, led in by "к" or bare."""
    return any(told.search(reading.folded, start, end) for told in (VERDICT, _BARE_VERDICT))


def _end_of_verdict(reading: Reading, start: int, end: int) -> int:
    """A verdict in running text ends before the charge, the date, or the body that the sentence tells after it."""
    stops = [match.start() for match in (CHARGE.search(reading.folded, start, end),) if match]
    first = next((one for one in dates.find(reading.folded, start, end) if one.edtf), None)
    if first:
        dated = _DATED_BESIDE.search(reading.folded, start, first.start)
        stops.append(dated.start() if dated else first.start)
    body = _RUNNING_BODY.search(reading.folded, start, end)
    if body:
        stops.append(body.start())
    stop = min(stops, default=end)
    return stop - reading.folded.endswith("(", start, stop)


#: "к расстрелу (пост. от 15.12.37)": the paper that the day is of.
_DATED_BESIDE = re.compile(
    r"\s*\(\s*(?:пост(?:ановл\w*)?|реш(?:ени\w*)?|прот(?:окол\w*)?|приговор\w*)\.?\s+(?:от\s+)?$"
)
_RUNNING_BODY = re.compile(
    r"(?<=\s)(?=(?:(?!лагерей|концлагерей)[\w.-]+(?:ым|им|ой|ей)\s+){0,3}(?:коллегией|тройкой|осо|особым|вт|военным|верховным|[а-я-]*судом|"
    r"трибуналом|[а-я]*трибуналом|комиссией)(?!\w))"
)


def _conviction_head(reading: Reading, slot: str, pieces: tuple[Range, ...], running: bool) -> list[Range]:
    """Take charge and date out of the pieces; what is left tells the body."""
    kept: list[Range] = []
    charges = [reading.pending.pop("charge")] if "charge" in reading.pending else []
    for piece in pieces:
        match = CHARGE.search(reading.folded, *piece)
        if match:
            if match["label"]:
                reading.label(*match.span("label"))
            begin = match.end("label") if match["label"] else match.start()
            judged = _JUDGED_BEHIND.match(reading.folded, begin, piece[1]) if running else None
            charges.append((begin, judged.end("articles") if judged else piece[1]))
            if judged:
                kept.append((judged.end("articles"), piece[1]))
            piece = (piece[0], match.start() - reading.folded.endswith("(", *piece[:1], match.start()))
        kept.append(piece)
    if running and charges and (dated := _day_behind(reading, charges[-1], kept)):
        charges[-1] = (charges[-1][0], dated[0])
        kept.append(dated)
    if charges:
        read_charge(reading, slot, *charges)
    return read_date(reading, f"{slot}.date", tuple(kept), last=True)


#: "по ст. 58-10 УК РСФСР спецколлегией Ивановского облсуда 29.12.36": who judged, behind the article.
_JUDGED_BEHIND = re.compile(
    r"\s*(?P<articles>(?:по\s+|за\s+)?(?:(?:ст|стать[яеи])\.?\s?){1,2}[\d\s.,пчабв/-]+(?:у?кк?\s[а-я]{2,6})?)[\s,]+"
    r"(?=(?:[\w.-]+(?:ой|ою|им|ым)\s+)?(?:спец|суд)?(?:тройкой|коллегией|совещанием|комиссией|судом|трибуналом)\s)"
)


def _day_behind(reading: Reading, charge: Range, kept: list[Range]) -> Range | None:
    """Return the end of a charge that tells the day of the sentence; None where it does not."""
    if any(dates.find(reading.folded, *piece) for piece in kept):
        return None
    days = [one for one in dates.find(reading.folded, *charge) if len(one.edtf or "") == _DAY]
    if not days or _HAPPENED.search(reading.folded, charge[0], days[-1].start):
        return None
    start, end, _edtf = days[-1]
    body = _RUNNING_BODY.search(reading.folded, end, charge[1])
    return None if reading.says((end, body.start() if body else charge[1])) else (start, charge[1])


#: A whole day, 1937-09-21.
_DAY = 10
#: What has a day of its own: "за участие в восстании 5 июля 1921 г.".
_HAPPENED = re.compile(r"(?:восстани|мятеж|бо[юя]|боях|событи|погром|митинг|забастовк|собрани|побег)\w*\s+$"
                       r"|(?<!\w)(?:от|від)\s+$")  # fmt: skip


def flush(reading: Reading) -> None:
    """At the end of the entry, give a charge that met no sentence a sentence of its own."""
    if "charge" in reading.pending:
        read_charge(reading, reading.event("sentences"), reading.pending.pop("charge"))


def read_verdict(reading: Reading, slot: str, start: int, end: int, *more: Range) -> None:
    """Fill verdict, kind and term of a sentence; a clause that tells the death goes to the death.

    ``more`` pieces of the verdict stand after something else, such as its date.
    """
    if reading.folded.endswith("(", 0, start) and reading.folded.find("(", start, end) < 0:
        close = reading.folded.find(")", start, end)  # "осужден (10 лет лагеря, Соловки)"
        end = close if close > 0 and not reading.says((close, end)) else end
    deadly = end - start > _LONGEST_VERDICT or tells_death(reading.folded[start:end])
    told = without_death(reading, start, end) if deadly else [(start, end)]
    pieces = [piece for piece in (*told, *more) if reading.says(piece)]
    if not pieces or not reading.put_text(f"{slot}.verdict", *pieces):
        return
    punishment = terms.read_punishment(reading.folded, pieces[0][0], pieces[-1][1])
    reading.put(f"{slot}.kind", punishment.kind, punishment.evidence)
    if punishment.term and punishment.term_at:
        reading.put(f"{slot}.term", punishment.term, punishment.term_at)
    if deadly:
        death_in_verdict(reading, pieces)


#: A longer one is hardly printed twice, and not remembered.
_LONGEST_VERDICT = 120
