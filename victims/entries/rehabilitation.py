"""Rehabilitations: when, by whom, on what ground, and that one was taken back."""

import re
from itertools import pairwise

from victims.entries import dates, events
from victims.entries.clauses import Range
from victims.entries.draft import Reading

_NONE_KNOWN = re.compile(
    r"\s*(?:(?:нет|не имеется)\s+(?:данных|сведений)\s+(?:о|по)\s+реабилитации|"
    r"сведени[йея]\s+о\s+реаб(?:илитации|\.)\s+(?:нет|отсутств\w+|не\s+имеется)|нет сведений|"
    r"(?<=реабилитирован )не\s+был)"
)
_AGAIN = re.compile(
    r"\s*(?:реабилитирован[аоы]?|реабилитировав|реаб(?:ил)?\.|посмертно|реабілітован\w+|постсмертно|полностью|частично|и)(?!\w)\s*[:.]?\s*"
)
_GROUND = re.compile(
    r"(?=[знпувсдрио\"])(?:(?<=[\s(])|^)(?:за\s+(?:отсутств|недоказ|недостат|не\s?доказ|необосн|отсутсв|відсутн|недовед)|на\s+(?:осн(?:\.|ов\.|овани)|підставі)|"
    r"по\s+(?:указу|закону|ст\.|статье|постановлению\s+пленума|реабилитирующ)|указ(?:у|ом)?\s+(?:пвс|през|от|верх|(?:19|20)?\d\d\s?г?[\s.]*$)|"
    r"закон\w*\s+(?:рк|рф|рсфср|от|кр|украин|укр)|"
    r"в\s+соответстви|в\s+связи|в\s+силу|согласно|відповідно|згідно|\"?подпадает\s+под|\"\.{0,3}\s?(?:приговор|определени|постановлени|решени|архивно|следственно|распростр|подвергнут|дело|за)|п\.?\s?\"|прекр(?:ащ|\.|\s|$)|дело\s+(?:прекр|(?:дальнейшим\s+)?производ)|"
    r"освободить|отсутствие\s+(?:состава|события)|признана?\s+пострадавш|(?:приговор|постановление|решение)\s[^.]{3,90}\sотменен[оы]?(?!\w)|"
    r"ввиду|вследств|с\s+прекращением|реабилитирован|считается|ст\.\s?\d|из-за\s+отсут|справу\s+(?:припин|закри))"
)
_FILE = re.compile(r"[\s(,.]*\((?P<file>(?:п|р|п-|д|арх)[.-]?\s?-?\d[\d-]*)\)")
_EDGE_WORD = re.compile(r"[\s,.;(]*(?<!\w)(?:от|від|и|в)\s*$")


def read_rehabilitation(reading: Reading, *pieces: Range) -> None:
    """Read a rehabilitation: date, body (or the law alone where no body is named), ground."""
    folded = reading.folded
    if any(match := _NONE_KNOWN.match(folded, *piece) for piece in pieces):
        reading.label(*match.span())
        return
    for piece in pieces:
        if parted := _by_case(reading, piece):
            for one in parted:
                _read_one(reading, one)
            return
    _read_one(reading, *pieces)


def _by_case(reading: Reading, piece: Range) -> list[Range]:
    """Part "по 1-му делу …, по 2-му делу …": each case has a rehabilitation of its own."""
    if reading.folded.find("по ", *piece) < 0:
        return []
    marks = list(_CASE.finditer(reading.folded, *piece))
    if len(marks) < 2 or reading.says((piece[0], marks[0].start())):
        return []
    for mark in marks:
        reading.label(*mark.span())
    return [(a.end(), b.start()) for a, b in pairwise(marks)] + [(marks[-1].end(), piece[1])]


_CASE = re.compile(
    r"(?<!\w)(?:и\s+)?по\s+(?:\d\S{0,3}|первому|второму|третьему)\s+(?:делу|приговору|осуждению)\s*[:-]?\s*"
)


def _read_one(reading: Reading, *pieces: Range) -> None:
    folded = reading.folded
    slot = reading.event("rehabilitations")
    left = []
    for piece in pieces:
        match = _AGAIN.match(folded, *piece)
        while match and match.end() > match.start():
            reading.label(*match.span())
            piece = (match.end(), piece[1])
            match = _AGAIN.match(folded, *piece)
        left.append(piece)
    first = max((piece[0] for piece in left), default=0)
    for piece in _dated(reading, slot, left):
        if again := _another_day(reading, piece):
            reading.put(f"{reading.event('rehabilitations')}.date", again.edtf, again[:2])
            continue
        _read_body(reading, slot, piece, before=piece[1] <= first)


def _another_day(reading: Reading, piece: Range) -> dates.Found | None:
    """Return the second day of "28.04.1989, 18.05.1989"."""
    found = dates.find(reading.folded, *piece)
    alone = len(found) == 1 and found[0].edtf and not reading.says((piece[0], found[0].start))
    return found[0] if alone and not reading.says((found[0].end, piece[1])) else None


def _dated(reading: Reading, slot: str, pieces: list[Range]) -> list[Range]:
    """Take the date, but never that of a law ("по Закону от …")."""
    for number, (start, end) in enumerate(pieces):
        ground = _GROUND.search(reading.folded, start, end)
        found = dates.find(reading.folded, start, ground.start() if ground else end)
        if not found:
            continue
        one = found[0]
        if one.edtf is None:
            reading.warn("impossible_date")
            return pieces
        reading.put(f"{slot}.date", one.edtf, one[:2])
        parts = [piece for piece in ((start, one.start), (one.end, end)) if reading.says(piece)]
        return [*pieces[:number], *parts, *pieces[number + 1 :]]
    return pieces


def _read_body(reading: Reading, slot: str, piece: Range, *, before: bool = False) -> None:
    """Fill body and ground from a piece; a second piece tells the ground at most.

    ``before`` the verb other words may stand than a body: "…, г. Куйбышев; реабилитирован".
    """
    start, end = piece
    folded = reading.folded
    while (match := _AGAIN.match(folded, start, end)) and match.end() > start:
        reading.label(*match.span())
        start = match.end()
    if file := _FILE.search(folded, start, end):
        reading.put_text(reading.more("archival_files"), file.span("file"))
        if not reading.says((file.end(), end)):
            end = file.start()
    ground = _GROUND.search(folded, start, end)
    if reading.filled(f"{slot}.body"):
        if ground and not reading.says((start, ground.start())):
            reading.put_text(f"{slot}.ground", (ground.start(), end))
        return
    if ground and reading.says((start, ground.start())):
        again = _AGAIN.match(folded, ground.start(), end)
        if again:
            reading.label(*again.span())
        reading.put_text(f"{slot}.ground", (again.end() if again else ground.start(), end))
        end = ground.start()
    if edge := _EDGE_WORD.search(folded, max(start, end - 14), end):
        reading.label(*edge.span())
        end = edge.start()
    if _NO_BODY.match(folded, start, end) or (before and not events.names_body(reading, start, end)):
        return
    reading.put_text(f"{slot}.body", (start, end))


_NO_BODY = re.compile(
    r"\W*(?:дело\s+(?:было\s+)?пересм|по\s+(?:обоим|всем|двум|трем|данному|этому|обеим)\s|\(?по\s+делу\s)"
)
