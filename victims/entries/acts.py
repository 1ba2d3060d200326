"""Punishments that a verb of their own tells: "выслан …", "раскулачен …", "дело прекращено …"."""

import re

from victims.entries import aftermath, charges, dates, events
from victims.entries.clauses import Range
from victims.entries.draft import Reading
from victims.entries.labels import Label
from victims.entries.rejoining import BODY_BEGINS

_WHERE_TO = re.compile(
    r"\s*с\s+(?:муж|жен|семь|матер|отц|дет|брат|сест|родит)|\s*(?:сроком\s+)?(?:на|в|за|из)\s+(?=\d{1,2}\s(?:лет|год)|спец|пос|ссыл|[а-я-]+(?:ий|ую|ая|ое|ие)\s|г\.|казах|асср|[а-я-]+(?:ой|ого)\s|сибир|урал|коми|якут|предел|архан|"
    r"кыргы|узбек)"
)
_WHY = re.compile(r"\W*(?:как|як|за|по\s+ст\.|по\s+обв|на\s+(?:основании|підставі)\s+ст)(?!\w)")
#: Why a case was closed, which belongs to the decision: "дело прекращено за недоказанностью".
_GROUND = re.compile(r"\W*(?:за\s+(?:недоказ|отсутстви|недостат|смерть)|в\s+связи\s+со?\s|ввиду\s|вследствие\s)")
_FAMILY = re.compile(r"\s*:\s*(?=(?:жена|муж|дети|сын|дочь|мать|отец|брат|сестра|дружина|діти|син)(?!\w))")
#: "выслан с семьей (жена Мария, 1875; дети: …) на спецпоселение": who went along, with years of their own.
_KIN_BESIDE = re.compile(r"\(\s*(?:жена|муж|дети|сын|дочь|сестра|брат|мать|отец|дружина|діти)(?!\w)")
#: What became of the exile, told in the same sentence.
_AFTER_ACT = re.compile(
    r",\s+(?:и\s+)?(?=(?:снят[аы]?|(?:из-под\s+стражи\s+)?освобожд[её]н[аы]?|бежал[аи]?|звільнен\w*)(?!\w))"
)


#: A law has a day of its own: "выслан по Указу ПВС СССР от 28.08.1941".
_BY_LAW = re.compile(r"(?<!\w)(?:указ[ау]?|закон[ау]?|директив\w+)\s[^.]{0,40}\sот\s+\d")


#: "выслан в 1930 в Сев. край", "Выслан: 12.05.1931, Хибиногорск": a name tells where to.
_NAME = re.compile(r"[\s,]*(?:\([^()]*\)\s*)?(?:(?:в|во|на|за|из)\s+)?(?=[А-ЯЁІЇЄ][а-яёіїє])")


def _tells_where(reading: Reading, start: int, end: int) -> bool:
    if _WHERE_TO.match(reading.folded, start, end):
        return True
    return bool(_NAME.match(reading.text, start, end)) and not events.names_body(reading, start, end)


def read_act(reading: Reading, label: Label, lead: Range, tail: Range) -> None:
    """Read "выслан …", "дело прекращено …": a sentence whose verdict begins with the verb itself."""
    if family := _FAMILY.search(reading.folded, *tail):
        reading.filled("family") or reading.put_text("family", (family.end(), tail[1]))
        tail = (tail[0], family.start())
    if after := _AFTER_ACT.search(reading.folded, *tail):
        aftermath.read(reading, after.end(), tail[1])
        tail = (tail[0], after.start())
    slot = reading.last("sentences")
    if slot is None or reading.filled(f"{slot}.verdict"):
        slot = events.read_conviction(reading, lead, running=True)
    elif dates.find(reading.folded, *lead):
        events.read_date(reading, f"{slot}.date", (lead,))
    kin = _KIN_BESIDE.search(reading.folded, *tail)
    of_kin = kin and not dates.find(reading.folded, tail[0], kin.start())
    decided = not (reading.filled(f"{slot}.date") or of_kin or _BY_LAW.search(reading.folded, *tail))
    left = events.read_date(reading, f"{slot}.date", (tail,)) if decided else [tail]
    first = left[0][1] if left and left[0][0] == tail[0] else tail[0]
    after = [piece for piece in left if piece[0] >= first]
    rest = [piece for piece in after if _tells_where(reading, *piece)]
    for piece in after:
        if piece in rest:
            continue
        if _GROUND.match(reading.folded, *piece):
            rest.append(piece)
        elif _WHY.match(reading.folded, *piece):
            charges.keep_charge(reading, *piece)
        elif BODY_BEGINS.match(reading.folded, *piece) and not reading.filled(f"{slot}.body"):
            events.put_whole_body(reading, f"{slot}.body", piece)
    events.read_verdict(reading, slot, label.start, max(first, label.word_end), *rest)
