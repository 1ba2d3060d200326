"""How, when and where a person died, and in whose hands: told by a line of its own, or within a verdict."""

import re
from functools import lru_cache

from victims.entries import dates, terms
from victims.entries.clauses import Range, split_sentences, trim
from victims.entries.draft import Reading
from victims.entries.lexicon import alternation, table

SHOT = re.compile(r"р(?<!\wр)(?:ас+тр?ел(?:ян[аы]?|ен[аы]?)|озстріл(?:ян\w*))(?!\w)")
_DEATH = re.compile(
    r"(?<!\w)(?:(?:умер(?:ла|ли)?|погиб(?:ла)?|скончал(?:ся|ась)|помер(?:ла)?|загинув(?:ла)?)(?!\w)|ум\.)"
)
_SHOT_ON = re.compile(r"(?<=[.;,])\s*рас+трелян[аы]?(?=\s+(?:в\s+)?\d)")
_DIED_OF_CASE = re.compile(r"в\s+связи\s+со?\s+(?:его\s+|ее\s+)?смерт\w+")
_CIRCUMSTANCES = tuple(
    (row["circumstance"], re.compile(rf"(?<!\w)(?:{row['words']})(?!\w)")) for row in table("circumstances.csv")
)
_UNDER_INVESTIGATION = dict(_CIRCUMSTANCES)["under_investigation"]
_IN = re.compile(r"[\s(,.;:-]*(?:в|во|на|у|близ|под|около|возле)\s+(?=\S)")
_AT = re.compile(rf"[\s(,.;:-]*(?:{alternation('geo_words.txt')}|окрестност\w*|околиц\w*)(?!\w)")
_NAMED = re.compile(r"[\s(,.;:-]*(?=[^\W\d_])")
#: "в тот же день"; which day, `yearless` tells.
SAME_DAY = r"(?:в\s+(?:тот|этот)\s+же\s+день|того\s+же?\s+дня|в\s+день\s+вынесения\s+приговора)"
#: "25 августа того же года": which day, `yearless` tells.
_DAY_ALONE = re.compile(r"\s*\d{1,2}\s[а-яі]{3,9}\s+(?:того|этого)\s+же\s+года\s+")
_SAME_DAY = re.compile(rf"[\s,.]*{SAME_DAY}[\s,.]*")
_HOUR = re.compile(r"[\s,]*(?P<hour>в\s+\d{1,2}\s?ч(?:ас\w*)?\b\.?(?:\s\d{1,2}\s?м(?:ин\w*)?\b\.?)?)")
_GRAVE = re.compile(
    r"[\s,.;]*(?:(?:и|і|та)\s+)?(?:место\s+захоронения|похоронен[аы]?|захоронен[аы]?|погреб[её]н[аы]?|похован(?:ий|а))(?!\w)\s*[:-]?\s*"
)
_GRAVE_IN = re.compile(r"\s*(?:(?:в|во|на|у)\s+(?=\S))?")
_CAUSE = re.compile(r"[\s(,.;:-]*(?:от|из-за|вследствие|по\s+болезни|прич(?:ина|\.)|покончил|убит|від)(?!\w)")


def read_death(reading: Reading, manner: str | None, evidence: Range, *pieces: Range) -> None:
    """Read a death: manner (None: not told), date, and of the words left the place and the circumstance."""
    told = manner and reading.put("death.manner", manner, evidence)
    if not told and reading.filled("death.date"):
        return
    left = list(pieces)
    if not reading.filled("death.date"):
        left = _take_date(reading, pieces)
    for piece in left:
        if same := _SAME_DAY.match(reading.folded, *piece):
            piece = (same.end(), piece[1])
        if reading.says(piece):
            _read_rest(reading, piece, after=piece[0] >= evidence[1])


def _take_date(reading: Reading, pieces: tuple[Range, ...]) -> list[Range]:
    """Take the first date of the pieces; a day that never was stays where it is, with a warning."""
    for number, (start, end) in enumerate(pieces):
        found = dates.find(reading.folded, start, end)
        if not found:
            continue
        one = found[0]
        if one.edtf is None:
            reading.warn("impossible_date")
            parts = [(start, one.start), (one.end, end)]
        else:
            reading.put("death.date", one.edtf, one[:2])
            parts = [(start, one.start), (one.end, end)]
        return [*pieces[:number], *parts, *pieces[number + 1 :]]
    return list(pieces)


def _read_rest(reading: Reading, piece: Range, *, after: bool) -> None:
    """Where it happened ("в г. Омск", "в пути следования"), of what; before the verb only what "в" leads in."""
    piece = _without_grave(reading, piece)
    if day := _DAY_ALONE.match(reading.folded, *piece):
        piece = (day.end(), piece[1])
    if hour := _HOUR.match(reading.folded, *piece):
        reading.put_text("death.note", hour.span("hour"))
        piece = (hour.end(), piece[1])
    start, end = trim(reading.folded, *piece)
    if not reading.says((start, end)):
        return
    if reading.folded[start] == "(" and reading.folded.find(")", start, end) == end - 1:
        start, end = start + 1, end - 1  # "умер в 1942 (в лагере)"
    for code, pattern in _CIRCUMSTANCES:
        if match := pattern.search(reading.folded, start, end):
            reading.put("death.circumstance", code, match.span())
            break
    if _CAUSE.match(reading.folded, start, end):
        reading.put_text("death.note", (start, end))
        return
    lead = _IN.match(reading.folded, start, end)
    if not lead and not (after and (_AT.match(reading.folded, start, end) or _is_name(reading, start, end))):
        return
    begin, start = start, lead.end() if lead else start
    if state := _UNDER_INVESTIGATION.match(reading.folded, begin, end):  # a time and no place
        reading.put_text("death.note", (begin, state.end()))
        _read_rest(reading, (state.end(), end), after=after)
        return
    if _read_state(reading, begin, start, end):
        return
    if lead:
        reading.label(*lead.span())
    if reading.folded[start] == "(" and reading.folded.find(")", start, end) == end - 1:
        start, end = start + 1, end - 1
    if unjudged := _UNJUDGED.search(reading.folded, start, end):
        reading.put_text("death.note", unjudged.span("when"))
        end = unjudged.start()
    if cause := _OF.search(reading.folded, start, end):
        reading.put_text("death.note", (cause.start("what"), end))
        end = cause.start()
    reading.put_text("death.place", (start, end))


def _without_grave(reading: Reading, piece: Range) -> Range:
    """Read where a person was buried off a piece; return what stands before it."""
    grave = _GRAVE.search(reading.folded, *piece)
    if grave is None:
        return piece
    start = grave.start()
    reading.label(*grave.span())
    day = next((one for one in dates.find(reading.folded, grave.end(), piece[1])), None)
    told = day and not reading.says((grave.end(), day.start))  # the day of the burial is no place
    grave = _GRAVE_IN.match(reading.folded, day.end if told else grave.end(), piece[1])
    if grave.end() > grave.start():
        reading.label(*grave.span())
    reading.put_text("death.burial_place", (grave.end(), piece[1]))
    return piece[0], start


def _read_state(reading: Reading, begin: int, start: int, end: int) -> bool:
    """Read in what state a person died ("в заключении", "в ту же ночь"), which is no place; else False."""
    if _AT_THE_SAME.match(reading.folded, start, end):
        return reading.put_text("death.note", (begin, end))
    if ill := _STATE_OF.match(reading.folded, start, end):
        reading.put_text("death.note", (ill.start("what"), end))
        end = ill.end("state")
    both = _STATE_AND_CAMP.fullmatch(reading.folded, start, end)
    if both and reading.put_text("death.note", (begin, both.end("state"))):
        reading.label(*both.span("in"))
        return reading.put_text("death.place", both.span("camp"))
    held = any(one[1].fullmatch(reading.folded, start, end) for one in _CIRCUMSTANCES)
    named = _NAMED_CAMP.fullmatch(reading.folded, start, end)  # "в Унжлаге" is both
    if (held and not named) or _STATE.fullmatch(reading.folded, start, end):
        reading.put_text("death.note", (begin, end))
        return True
    return False


_OF = re.compile(r",\s+(?P<what>(?:от|из-за|вследствие)\s)")
#: "В ту же ночь": a time and no place.
_AT_THE_SAME = re.compile(r"(?:ту|тот|этот)\s+же(?!\w)")
_UNJUDGED = re.compile(r"[\s,]+(?P<when>до\s+(?:вынесения\s+)?(?:приговора|суда))$")
#: "Унжлаге", but not "концлаге": a camp that has a name is a place.
_CAMP = r"(?!конц|исправ)[а-яё-]{3,}лаг(?:е|у|а)?"
_NAMED_CAMP = re.compile(_CAMP)
_STATE_AND_CAMP = re.compile(
    rf"(?P<state>заключении|лагере|ссылке),?(?P<in>\s+в\s+)"
    rf"(?P<camp>{_CAMP}|г\.\s.+|[а-яё-]{{4,}}(?:ом|ске|цке|не|ве|де))"
)
_STATES = (
    r"(?:местах\s+)?(?:поселении|спецпоселении|высылке|этапе|допросе|заключени[яи]|лишения\s+свободы|ссылк[еи]|неволе|ув'язненні)"
)
_STATE = re.compile(_STATES)
#: "на спецпоселении от малярии".
_STATE_OF = re.compile(rf"(?P<state>{_STATES})\s+(?P<what>от\s)")


def _is_name(reading: Reading, start: int, end: int) -> bool:
    match = _NAMED.match(reading.folded, start, end)
    named = match is not None and reading.text[match.end()].isupper()
    return named and not _BY_WHOM.search(reading.folded, start, end)


#: "Расстрелян Глазовской уЧК": by whom is no place.
_BY_WHOM = re.compile(r"(?:чк|чека|нквд|огпу|гпу|трибуналом|тройкой)(?!\w)")


@lru_cache(maxsize=1 << 13)
def tells_death(verdict: str) -> bool:
    """True when a folded verdict has a word of death in it."""
    return any(pattern.search(verdict) for pattern in (SHOT, _DEATH, _SHOT_ON, _DIED_OF_CASE))


def death_in_verdict(reading: Reading, pieces: list[Range]) -> None:
    """Tell the manner from a verdict that says "расстрелян", or that the case ended with the death."""
    for start, end in pieces:
        if not tells_death(terms.without_kin(reading.folded[start:end])):
            continue
        shot, ended = SHOT.search(reading.folded, start, end), _DIED_OF_CASE.search(reading.folded, start, end)
        if shot:
            reading.put("death.manner", "shot", shot.span())
        elif ended:
            reading.put("death.manner", "died", ended.span())


def without_death(reading: Reading, start: int, end: int) -> list[Range]:
    """Read a clause of a verdict that tells the death; return what is left of the verdict."""
    match = _DEATH.search(reading.folded, start, end) or _SHOT_ON.search(reading.folded, start, end)
    if not match or reading.filled("death.manner"):
        return [(start, end)]
    begin, stop = _clause_around(reading, match, start, end)
    manner = "shot" if SHOT.search(reading.folded, *match.span()) else "died"
    first = match.start() + len(match.group()) - len(match.group().lstrip())
    pieces = [(match.end(), stop)]
    if begin < match.start():
        dated = dates.find(reading.folded, match.end(), stop)
        pieces = [*pieces, (begin, first)] if dated else [(begin, first), *pieces]
    read_death(reading, manner, (first, match.end()), *pieces)
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


_KIN_ASIDE = re.compile(r"\([^()]*(?<!\w)(?:муж|жена|отец|мать|сын|дочь|брат|сестра|чоловік|дружина)\s[^()]*$")
_NEAR = 120


def told_of_kin(reading: Reading, at: int) -> bool:
    """True of what a bracket tells of a relative: "(муж - Осипенко А. Н., расстрелян)"."""
    return _KIN_ASIDE.search(reading.folded, max(0, at - _NEAR), at) is not None
