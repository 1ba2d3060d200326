"""Shootings told with the decision behind them: "Расстрелян по постановлению тройки от 5 октября 1937 г. …"."""

import re

from victims.entries import charges, dates, death, events
from victims.entries.clauses import Range
from victims.entries.draft import Reading
from victims.entries.labels import Label
from victims.entries.rejoining import BODY_BEGINS, BY_DECISION

_DECIDED = re.compile(
    r"\W*(?:(?:по|за|согласно|згідно(?:\s+зі?)?|відповідно\s+до|в\s+соответствии\s+со?)\s+)?"
    r"(?:решени|постановлени|приговор|постанов|рішенн|ухвал|вирок|определени)\w*\s"
)


def judged(reading: Reading, lead: Range) -> bool:
    """True where what stands before a shooting tells the sentence: its body, its day."""
    folded = reading.folded
    if _DECIDED.match(folded, *lead):
        return True
    return BODY_BEGINS.match(folded, *lead) is not None and folded.find("вмн", *lead) >= 0


def decision(reading: Reading, start: int, end: int) -> Range | None:
    """Return "по постановлению тройки от 5 октября 1937 г." that a shooting, or its day, goes on with."""
    found, dated = dates.find(reading.folded, start, end), False
    if found and not reading.says((start, found[0].start)):
        start, found, dated = found[0].end, found[1:], True
    if found and (beside := _BESIDE.match(reading.folded, start, found[0].start)) is not None:
        return beside.start(), found[0].end
    if not BY_DECISION.match(reading.folded, start, end):
        return None
    if not found:
        return (start, end) if dated and events.names_body(reading, start, end) else None
    dated = (one.end for one in found if _OF_DAY.search(reading.folded, max(start, one.start - 5), one.start))
    return start, next(dated, found[0].start)


#: "Расстрелян (пост. 1.12.1937) 10.12.1937".
_BESIDE = re.compile(r"\s*\(\s*(?:по\s+)?(?:пост|прот|реш|приговор)\w*\.?\s+(?:от\s+)?$")
_OF_DAY = re.compile(r"(?<!\w)(?:от|від)\s+$")


def read_by_decision(reading: Reading, label: Label, lead: Range, tail: Range, decided: Range) -> None:
    """Read the decision as the sentence, unless one is told already; what follows it tells the shooting."""
    slot = reading.last("sentences")
    dated = slot and (reading.filled(f"{slot}.date") or reading.filled(f"{slot}.body"))
    if not (dated and reading.open == slot):
        if slot and not dated and not reading.filled(f"{slot}.verdict"):
            reading.pending["judged"] = slot
        events.read_conviction(reading, decided, running=True)
    rest = (decided[1], tail[1])
    if why := events.CHARGE.search(reading.folded, *rest):
        charges.keep_charge(reading, why.start(), tail[1])
        rest = (decided[1], why.start())
    pieces = [piece for piece in ((tail[0], decided[0]), rest, lead) if reading.says(piece)]
    death.read_death(reading, "shot", (label.start, label.word_end), *pieces)
