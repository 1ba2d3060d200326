"""Days that an entry prints without their year, where the text itself tells it: in the same sentence, and
of a death by the verdict before it.
"""

import re

from victims.entries import dates
from victims.entries.clauses import Range
from victims.entries.death import SAME_DAY
from victims.entries.draft import Reading, Span

_SLOTS = {"arrest": "arrests", "convict": "sentences"}
_MONTH = rf"(?P<month>{'|'.join(sorted(dates.MONTHS, key=len, reverse=True))})[а-яії]{{0,4}}"
_DAY = re.compile(rf"[\s,]*(?:(?:и|а|і|та)\s+)?(?P<day>\d{{1,2}})\s{_MONTH}(?!\w|\s\d)")
_SAME_YEAR = re.compile(rf"[\s,]*(?P<day>\d{{1,2}})\s{_MONTH}\s+(?:того\s+же\s+года|того\s+ж\s+року)")
_SAME_DAY = re.compile(rf"[\s,]*(?P<told>{SAME_DAY})")
_ONE_DATE = re.compile(r"(\d{4})(?:-\d\d){0,2}")
_PASSED = re.compile(r"sentences\[\d+\]\.date")
_MONTH_OR_DAY = re.compile(r"\d{4}-(?:0\d|1[0-2])(?:-\d\d)?")
_WHOLE = len("1937-08-05")
#: How far away a year may stand, in signs and in values told: hostile text costs linear time.
_NEAR, _LAST = 200, 20


def read(reading: Reading, kind: str, lead: Range, tail: Range, sentence: Range) -> None:
    """Date the event of a verb that has no date yet; `lead` stands before the verb, `tail` follows it."""
    slot = "death" if kind in ("shot", "died") else kind in _SLOTS and reading.last(_SLOTS[kind])
    if slot and not reading.filled(f"{slot}.date") and (same := _SAME_DAY.match(reading.folded, *tail)):
        _of_day_before(reading, f"{slot}.date", same)
        return
    if not slot or reading.filled(f"{slot}.date"):
        return
    day = _DAY.match(reading.folded, *tail)
    if not day:
        if same := _SAME_YEAR.match(reading.folded, *lead):
            _of_date_before(reading, f"{slot}.date", same)
        elif before := _DAY.match(reading.folded, *lead):
            _of_date_told(reading, f"{slot}.date", before, sentence[0])
        return
    if same := _SAME_YEAR.match(reading.folded, *tail):
        _of_date_before(reading, f"{slot}.date", same)
    elif not _of_date_told(reading, f"{slot}.date", day, sentence[0]) and tail[1] < sentence[1]:
        _of_date_after(reading, f"{slot}.date", day, (tail[1], min(sentence[1], tail[1] + _NEAR)))


def _of_day_before(reading: Reading, slot: str, same: re.Match[str]) -> None:
    """Read "расстрелян в тот же день": the day of the date told last."""
    last = _told_last(reading, same.start())
    if last and len(last.value) == _WHOLE:
        reading.put(slot, last.value, *last.pieces, same.span("told"))


def _told_last(reading: Reading, before: int) -> Span | None:
    """Return the date that is told last before a place of the text."""
    near = reading.spans[-_LAST:]
    told = [span for span in near if span.slot.endswith(".date") and span.pieces[0][0] < before]
    return max(told, key=lambda span: span.pieces, default=None)


def _of_date_told(reading: Reading, slot: str, day: re.Match[str], start: int) -> bool:
    """Read "арестован 3 декабря 1937 г. и 13 декабря приговорен": a later day of the year told before it.

    It is told in the same sentence; of a death also before it, by the verdict: "8 сентября 1937 г. приговорен
    к ВМН. 9 сентября расстрелян".
    """
    last = _told_last(reading, day.start())
    if not last or last.slot == "birth.date" or not _MONTH_OR_DAY.fullmatch(last.value):
        return False
    passed = slot == "death.date" and _PASSED.fullmatch(last.slot) and last.pieces[0][0] >= start - _NEAR
    if last.pieces[0][0] < start and not passed:
        return False
    value = _edtf(last.value[:4], day)
    later = value[: len(last.value)] >= last.value and dates.is_day(value)
    return later and reading.put(slot, value, *last.pieces, (day.start("day"), day.end()))


def _of_date_after(reading: Reading, slot: str, day: re.Match[str], rest: Range) -> None:
    """Read "арестован 5 августа, расстрелян 20 сентября 1937 г.": one year closes the sentence."""
    found = dates.find(reading.folded, *rest)
    if len(found) != 1 or len(found[0].edtf or "") != _WHOLE:
        return
    value = _edtf(found[0].edtf[:4], day)
    year = reading.folded.rfind(value[:4], *found[0][:2])
    if value <= found[0].edtf and dates.is_day(value) and year >= 0:
        reading.put(slot, value, (day.start("day"), day.end()), (year, year + 4))


def _of_date_before(reading: Reading, slot: str, day: re.Match[str]) -> None:
    """Read "2 сентября того же года": the year of the date told last."""
    last = _told_last(reading, day.start())
    year = last and _ONE_DATE.fullmatch(last.value)
    if year and dates.is_day(value := _edtf(year[1], day)):
        reading.put(slot, value, *last.pieces, (day.start("day"), day.end()))


def _edtf(year: str, day: re.Match[str]) -> str:
    return f"{year}-{dates.MONTHS[day['month']]:02}-{int(day['day']):02}"
