"""What is implausible in a record: doubts for the editor, which never refuse what a source prints (pure)."""

from memorial import edtf
from memorial.coded import Coded
from memorial.coded import gettext_noop as _

YOUNGEST, OLDEST = 12, 100


class Doubt(Coded):
    BEFORE_BIRTH = "before_birth", _("lies before the birth")
    AFTER_DEATH = "after_death", _("lies after the death")
    BEFORE_ARREST = "before_arrest", _("lies before the first arrest")
    SHOT_BEFORE_SENTENCE = "shot_before_sentence", _("shot before any sentence that is told")
    REHABILITATED_EARLY = "rehabilitated_early", _("rehabilitated before any sentence that is told")
    AGE = "age", _("an age under 12 or over 100 years at arrest")


def doubts(record: dict) -> list[tuple[str, Doubt]]:
    """Return (slot, doubt) for what contradicts itself in a record; dates that only may do so do not count."""
    births = _told(record, "birth")
    deaths = _told(record, "death")
    arrests, sentences = _told(record, "arrests"), _told(record, "sentences")
    rehabilitations = _told(record, "rehabilitations")
    found = []
    for slot, days in (*arrests, *sentences, *deaths):
        if births and all(days[1] < born[0] for _slot, born in births):
            found.append((slot, Doubt.BEFORE_BIRTH))
    for slot, days in (*arrests, *sentences):
        if deaths and all(days[0] > died[1] for _slot, died in deaths):
            found.append((slot, Doubt.AFTER_DEATH))
    if arrests:
        for slot, days in sentences:
            if all(days[1] < arrested[0] for _slot, arrested in arrests):
                found.append((slot, Doubt.BEFORE_ARREST))
    if sentences:
        shot = [one for one in deaths if _items(record, "death")[_number(one[0])].get("manner") == "shot"]
        found += [(slot, Doubt.SHOT_BEFORE_SENTENCE) for slot, days in shot if _before_all(days, sentences)]
        found += [
            (slot, Doubt.REHABILITATED_EARLY) for slot, days in rehabilitations if _before_all(days, sentences)
        ]
    for slot, days in arrests:
        if births and not any(_age_is_plausible(born, days) for _slot, born in births):
            found.append((slot, Doubt.AGE))
    return found


def _items(record: dict, slot: str) -> list[dict]:
    told = record.get(slot) or []
    return [item if isinstance(item, dict) else {} for item in (told if isinstance(told, list) else [told])]


def _told(record: dict, slot: str) -> list[tuple[str, tuple]]:
    """Return (slot of the date, first and last day) of what is dated, but for open ends on both sides."""
    found = []
    for number, item in enumerate(_items(record, slot)):
        dates = item.get("date")
        for date in dates if isinstance(dates, list) else [dates]:
            if date and edtf.is_valid(date):
                found.append((f"{slot}[{number}].date", edtf.bounds(date)))
    return found


def _number(slot: str) -> int:
    return int(slot.partition("[")[2].partition("]")[0])


def _before_all(days, others) -> bool:
    return all(days[1] < other[0] for _slot, other in others)


def _age_is_plausible(born, arrested) -> bool:
    youngest, oldest = arrested[0].year - born[1].year - 1, arrested[1].year - born[0].year
    return oldest >= YOUNGEST and youngest <= OLDEST
