"""What happened to a person: arrests, sentences, death, rehabilitations, each read from its own stretch of text.

A stretch is one or two pieces (what stands before the verb, and after it). Order within it is free: the date is
known by its form, the charge and the punishment by the words that lead them in, and what is left is the body.
"""

import re

from victims.entries import dates, terms
from victims.entries.clauses import Range, split_sentences, trim
from victims.entries.draft import Reading
from victims.entries.lexicon import alternation

CHARGE = re.compile(
    r"(?P<label>(?<!\w)(?:обв\.?\s*:|обвин(?:ение|\.)?\s*:|по\s+обвин(?:ению|ен\.|\.)?\s+(?:в|во)(?!\w)|"
    r"по\s+обвинению|обв\.?\s+(?:в|во)(?!\w)|за\s+обвинувачен\w+\s+(?:в|у)(?!\w)))"
    r"|(?<!\w)(?:(?:по|за)\s*(?=ст\.)|за\s+(?=связь|участи|активн|анти|контр|к\.?[-/]?р|а/с|шпион|вредит|организ|"
    r"хранен|избиен|пораж|принадл|агитац|недонос|измен|систем|высказ|пропаг)|"
    r"как\s+(?=кулак|член|чсир|социальн|соц|бывш|сын|дочь|враг))"
)
_CHARGE_AGAIN = re.compile(r"\s*(?:по\s+обвинению\s+(?:в|во)\s|обвинен[аы]?\s+(?:в|во)\s|обв\.?:|"
                           r"обвинени[ея]\s*[:-]|обв\.\s+(?=по\s)|обвинен[аы]?\s+(?=по\s))\s*")  # fmt: skip
_VERDICT = re.compile(
    r"(?P<to>(?<!\w)(?:к|до|на)\s+(?=\d|вмн|высш|расстр|лишени|заключ|ссыл|высыл|тюр|тюрем|исправ|принуд|конц|лагер|итл|"
    r"одн|дв|тр[еи]|четыр|пят|шест|сем|восьм|десят|двадц|политизол|каторж|услов|втт|спец|"
    r"смерт|розстр|ув'язн|позбавл|вмп|висил|заслан))"
)
_DEATH = re.compile(r"(?<!\w)(?:(?:умер(?:ла|ли)?|погиб(?:ла)?|скончал(?:ся|ась)|помер(?:ла)?)(?!\w)|ум\.)")
_SHOT = re.compile(r"(?<!\w)рас+тр?ел(?:ян[аы]?|ен[аы]?)(?!\w)")
_SHOT_ON = re.compile(r"(?<=[.;,])\s*рас+трелян[аы]?(?=\s+(?:в\s+)?\d)")
_DIED_OF_CASE = re.compile(r"в\s+связи\s+со?\s+(?:его\s+|ее\s+)?смерт\w+")
_NO_REHABILITATION = re.compile(
    r"\s*(?:сведени[йея]\s+о\s+реабилитации\s+(?:нет|отсутств\w+|не\s+имеется)|нет сведений)"
)
_REHABILITATED = re.compile(r"\s*(?:реабилитирован[аоы]?|реабил\.|посмертно)(?!\w)\s*[:.]?\s*")
_GROUND = re.compile(
    r"(?:(?<=\s)|^)(?:за\s+(?:отсутств|недоказ|не\s?доказ|необосн|отсутсв)|на\s+основани|по\s+(?:указу|закону|ст\.|статье|"
    r"постановлению\s+пленума|реабилитирующ)|указ(?:у|ом)?\s+(?:пвс|през|от)|закон\w*\s+(?:рк|рф|рсфср|от|кр|украин)|"
    r"в\s+соответстви|в\s+связи|в\s+силу|согласно|п\.?\s?\"|прекращ|дело\s+прекращ|дело\s+производ|ввиду|вследств|"
    r"с\s+прекращением|реабилитирован|считается|ст\.\s?\d|из-за\s+отсут)"
)
_NO_BODY = re.compile(
    r"\s*(?:под\s+страж|повторно|вторично|впервые|находил|содержал|по\s+месту|в\s|на\s|по\s+делу|без\s+санкц|"
    r"как\s|вместе|с\s|мера\s+прес|за\s|умер|освоб|не\s+арест|аресту?\s+не|подписка)"
)
_BODY = re.compile(
    rf"(?<!\w)(?:{alternation('bodies.txt')})(?!\w)|(?<=\w)(?:нквд|гпу|чк|суд|трибунал|мгб|мвд|кгб|чека|прокур)"
)


def read_date(reading: Reading, slot: str, pieces: tuple[Range, ...], *, last: bool = False,
              birth: bool = False) -> list[Range]:  # fmt: skip
    """Take the first (or last) date out of the pieces into the slot; return the pieces that are left."""
    found = [
        (number, one)
        for number, (start, end) in enumerate(pieces)
        for one in dates.find(reading.folded, start, end, birth=birth)
    ]
    if not found:
        return list(pieces)
    number, one = found[-1 if last else 0]
    if one.edtf is None:
        reading.warn("impossible_date")
        return _cut(reading, pieces, number, (one.start, one.end))
    if not reading.put(slot, one.edtf, (one.start, one.end)):
        return list(pieces)
    return _cut(reading, pieces, number, (one.start, one.end))


def _cut(reading: Reading, pieces: tuple[Range, ...], number: int, hole: Range) -> list[Range]:
    start, end = pieces[number]
    parts = [(start, hole[0]), (hole[1], end)]
    return [piece for piece in (*pieces[:number], *parts, *pieces[number + 1 :]) if reading.says(piece)]


def read_arrest(reading: Reading, *pieces: Range, running: bool = True) -> None:
    """Read an arrest: date and body; a charge told with it is kept for the sentence that follows.

    Outside running text whatever stands beside the date is the body, known or not.
    """
    slot = reading.event("arrests")
    if running:
        pieces = _take_charge(reading, pieces)
    left = read_date(reading, f"{slot}.date", pieces)
    if running:
        _put_body(reading, slot, left)
        return
    left = [piece for piece in left if not _NO_BODY.match(reading.folded, *trim(reading.folded, *piece))]
    if left:
        reading.put_text(f"{slot}.body", left[0])


def names_body(reading: Reading, start: int, end: int) -> bool:
    """True when the range names a body that arrests or sentences."""
    return _BODY.search(reading.folded, start, end) is not None


def _take_charge(reading: Reading, pieces: tuple[Range, ...]) -> tuple[Range, ...]:
    """Cut the charge off the last piece and keep it pending, label and text."""
    if not pieces:
        return pieces
    start, end = pieces[-1]
    match = CHARGE.search(reading.folded, start, end)
    if not match:
        return pieces
    if match["label"]:
        reading.label(*match.span("label"))
    if "charge" not in reading.pending:
        reading.pending["charge"] = (match.end("label") if match["label"] else match.start(), end)
    return (*pieces[:-1], (start, match.start()))


def _put_body(reading: Reading, slot: str, left: list[Range]) -> None:
    for piece in reversed(left):
        start, end = _body_in(reading, *piece)
        if _NO_BODY.match(reading.folded, start, end):
            continue
        if _BODY.search(reading.folded, start, end) and reading.put_text(f"{slot}.body", (start, end)):
            return


def _body_in(reading: Reading, start: int, end: int) -> Range:
    """A body stands in one clause, next to its verb; "и" before another verb is none of it."""
    start = max(
        (edge for mark in ",;" if (edge := reading.folded.rfind(mark, start, end) + 1)), default=start
    )
    start, end = trim(reading.folded, start, end)
    return start, end - 2 if reading.folded.endswith(" и", start, end) else end


def read_conviction(reading: Reading, *pieces: Range, running: bool = False) -> str:
    """Read a sentence line: body, date, charge; in running text its verdict too. Return the sentence's slot."""
    slot = reading.event("sentences")
    verdict: Range | None = None
    if running and pieces:
        *head, (start, end) = pieces
        match = _VERDICT.search(reading.folded, start, end)
        if match:
            reading.label(*match.span("to"))
            verdict = (match.end(), _end_of_verdict(reading, match.end(), end))
            pieces = (*head, (start, match.start()), (verdict[1], end))
    body = _conviction_head(reading, slot, tuple(pieces))
    if running:
        _put_body(reading, slot, body)
    else:
        reading.put_text(f"{slot}.body", *[piece for piece in body if not _NO_WORD.fullmatch(reading.folded, *trim(
            reading.folded, *piece))])  # fmt: skip
    if verdict:
        read_verdict(reading, slot, *verdict)
    return slot


_NO_WORD = re.compile(r"[\W_]*(?:в|на|от)?[\W_]*")


def _end_of_verdict(reading: Reading, start: int, end: int) -> int:
    """A verdict in running text ends before the charge, the date, or the body that the sentence tells after it."""
    stops = [match.start() for match in (CHARGE.search(reading.folded, start, end),) if match]
    first = next((one for one in dates.find(reading.folded, start, end) if one.edtf), None)
    if first:
        stops.append(first.start)
    body = _RUNNING_BODY.search(reading.folded, start, end)
    if body:
        stops.append(body.start())
    return min(stops, default=end)


_RUNNING_BODY = re.compile(
    r"(?<=\s)(?=(?:[\w.-]+(?:ым|им|ой|ей)\s+){0,3}(?:коллегией|тройкой|осо|особым|вт|военным|верховным|[а-я-]*судом|"
    r"трибуналом|[а-я]*трибуналом|комиссией)(?!\w))"
)


def _conviction_head(reading: Reading, slot: str, pieces: tuple[Range, ...]) -> list[Range]:
    """Take charge and date out of the pieces; what is left tells the body."""
    kept: list[Range] = []
    charges = [reading.pending.pop("charge")] if "charge" in reading.pending else []
    for piece in pieces:
        match = CHARGE.search(reading.folded, *piece)
        if match:
            if match["label"]:
                reading.label(*match.span("label"))
            charges.append((match.end("label") if match["label"] else match.start(), piece[1]))
            piece = (piece[0], match.start())
        kept.append(piece)
    if charges:
        read_charge(reading, slot, *charges)
    return read_date(reading, f"{slot}.date", tuple(kept), last=True)


def read_charge(reading: Reading, slot: str, *pieces: Range) -> None:
    """Fill the charge of a sentence, told in one or several places, doubled labels dropped."""
    kept = []
    for start, end in pieces:
        match = _CHARGE_AGAIN.match(reading.folded, start, end)
        if match:
            reading.label(*match.span())
            start = match.end()
        stop = _CHARGE_ENDS.search(reading.folded, start, end)
        kept.append((start, stop.start() if stop else end))
    reading.put_text(f"{slot}.charge", *kept)


_CHARGE_ENDS = re.compile(r",\s*(?=\d+\s+(?:год|лет|мес)|освобожд|содержал|исключен|находил)")


def keep_charge(reading: Reading, start: int, end: int) -> None:
    """Keep a charge told before its sentence; a second one is left over."""
    reading.pending.setdefault("charge", (start, end))


def flush(reading: Reading) -> None:
    """At the end of the entry, give a charge that met no sentence a sentence of its own."""
    if "charge" in reading.pending:
        read_charge(reading, reading.event("sentences"), reading.pending.pop("charge"))


def read_verdict(reading: Reading, slot: str, start: int, end: int) -> None:
    """Fill verdict, kind and term of a sentence; a clause that tells the death goes to the death."""
    pieces = [piece for piece in _without_death(reading, start, end) if reading.says(piece)]
    if not pieces or not reading.put_text(f"{slot}.verdict", *pieces):
        return
    punishment = terms.read_punishment(reading.folded, pieces[0][0], pieces[-1][1])
    reading.put(f"{slot}.kind", punishment.kind, punishment.evidence)
    if punishment.term and punishment.term_at:
        reading.put(f"{slot}.term", punishment.term, punishment.term_at)
    _death_in_verdict(reading, pieces)


def _death_in_verdict(reading: Reading, pieces: list[Range]) -> None:
    for start, end in pieces:
        shot, ended = (
            _SHOT.search(reading.folded, start, end),
            _DIED_OF_CASE.search(reading.folded, start, end),
        )
        if shot:
            reading.put("death.manner", "shot", shot.span())
        elif ended:
            reading.put("death.manner", "died", ended.span())


def _without_death(reading: Reading, start: int, end: int) -> list[Range]:
    match = _DEATH.search(reading.folded, start, end) or _SHOT_ON.search(reading.folded, start, end)
    if not match or reading.filled("death.manner"):
        return [(start, end)]
    begin, stop = _clause_around(reading, match, start, end)
    manner = "shot" if _SHOT.search(reading.folded, *match.span()) else "died"
    reading.put("death.manner", manner, match.span())
    read_date(reading, "death.date", ((match.end(), stop),))
    if not reading.filled("death.date"):
        read_date(reading, "death.date", ((begin, match.start()),), last=True)
    return [(start, begin), (stop, end)]


def _clause_around(reading: Reading, match: re.Match[str], start: int, end: int) -> Range:
    """From the date or mark before the word to the end of its sentence."""
    folded = reading.folded
    before = dates.find(folded, max(start, match.start() - 40), match.start())
    begin = match.start()
    if before and not reading.says((before[-1].end, match.start())):
        begin = before[-1].start
    after = split_sentences(reading.text, folded, match.end(), end)
    return begin, after[0][1] if after else end


def read_death(reading: Reading, manner: str, label: Range, *pieces: Range) -> None:
    """Read a shooting or another death: its manner and date."""
    reading.put("death.manner", manner, label)
    if not reading.filled("death.date"):
        read_date(reading, "death.date", pieces)


def read_rehabilitation(reading: Reading, *pieces: Range) -> None:
    """Read a rehabilitation: date, body, or the law alone where no body is named."""
    folded = reading.folded
    if any(match := _NO_REHABILITATION.match(folded, *piece) for piece in pieces):
        reading.label(*match.span())
        return
    slot = reading.event("rehabilitations")
    left = []
    for piece in pieces:
        match = _REHABILITATED.search(folded, *piece) if piece[1] - piece[0] < 4000 else None
        if match and not reading.says((piece[0], match.start())):
            reading.label(*match.span())
            piece = (match.end(), piece[1])
        left.append(piece)
    for piece in _dated(reading, slot, tuple(left)):
        if _put_rehabilitation_body(reading, slot, piece):
            return


def _dated(reading: Reading, slot: str, pieces: tuple[Range, ...]) -> list[Range]:
    """Take the date, but never that of a law ("по Закону от …")."""
    for number, (start, end) in enumerate(pieces):
        ground = _GROUND.search(reading.folded, start, end)
        found = dates.find(reading.folded, start, ground.start() if ground else end)
        if found and found[0].edtf is None:
            reading.warn("impossible_date")
        elif found:
            reading.put(f"{slot}.date", found[0].edtf, found[0][:2])
        if found:
            return _cut(reading, pieces, number, found[0][:2])
    return list(pieces)


def _put_rehabilitation_body(reading: Reading, slot: str, piece: Range) -> bool:
    start, end = piece
    match = _REHABILITATED.match(reading.folded, start, end)
    if match:
        reading.label(*match.span())
        start = match.end()
    ground = _GROUND.search(reading.folded, start, end)
    if ground and reading.says((start, ground.start())):
        again = _REHABILITATED.match(reading.folded, ground.start(), end)
        if again:
            reading.label(*again.span())
        end = ground.start()
    return reading.put_text(f"{slot}.body", (start, end))
