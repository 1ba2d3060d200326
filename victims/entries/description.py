"""What an entry tells of a person between birth and arrest: nationality, party, education, origin, trade.

Each clause is known by its first words; what no dictionary knows is a place before the nationality and a trade
after it, because that is the order all these books keep.
"""

import re
from functools import lru_cache

from victims.entries import dates
from victims.entries.clauses import Range, split_clauses, split_sentences, trim
from victims.entries.draft import Reading
from victims.entries.places import (
    LEADS_IN,
    NATIVE,
    looks_like_place,
    names_place,
    tells_office,
    tells_place,
    tells_workplace,
)
from victims.entries.traits import LONGEST_REMEMBERED, PARTY_MORE, read_clause, slot_of, slot_told
from victims.entries.unmarked import part_again

_TRADE_LABEL = re.compile(
    r"\s*(?:(?:на\s+(?:момент|день|время|час)\s+(?:ареста|арешту)\s*)?(?:работал[аи]?|трудил(?:ся|ась)|был[аи]?|працював|"
    r"працювала|занимал(?:ся|ась)(?=\s+сельск))(?!\w)|(?:по\s+)?професси[яи](?:\s*/\s*место\s+работы)?\s*[:-]|(?:место|местом)\s+работы\s*[:-]|"
    r"должность\s*[:-]|занятие\s*[:-]|род\s+занятий\s*[:-]|на\s+(?:момент|день)\s+ареста\s*[:,-]|на\s+час\s+арешту\s)\s*[:-]?"
)
_TRADE_PROFESSION = re.compile(r"\s*по\s+професси[яи]\s*[:-]?\s*")
_LIVED = re.compile(
    r"\s*(?:(?:(?:до|перед|на\s+(?:день|момент|время))\s+(?:войны|арест\w+|высылки|депортации|выселения)\s+)?(?:(?:проживал[аи]?|жил[аи]?)(?:\s+и\s+работал[аи]?)?|прож(?:ив)?\.|мешк\.|(?:проживав|проживала|мешкав|мешкала)(?:\s+і\s+працюва(?:в|ла))?|"
    r"житель|жительница|жит\.|пражывал[аи]?|пражываў|проживает|проживающ[а-я]{2}|мешканець|мешканка|"
    r"(?:последнее\s+)?место\s+(?:жительства|проживания|жит(?:\.|-ва)|прож\.)|адрес|м\.\s?[пж]\.(?=\s?[:-]))(?!\w)\s*[:-]?\s*)"
)
_BESIDE_TRADE = ("nationality", "social_origin", "citizenship", "education", "party")


def read_description(reading: Reading, start: int, end: int, *, place: bool = True) -> None:
    """Read comma-parted clauses: place, nationality, party, education, origin, then the trade to the end.

    `place`: whether clauses before the first known one are a place of birth.
    """
    marks = ",;" if reading.folded.find(";", start, end) >= 0 else ","
    parts = part_again(reading.folded, split_clauses(reading.folded, start, end, marks))
    parts = [part for part in parts if reading.says(part)]
    if parts and (unknown := _NOT_KNOWN.fullmatch(reading.folded, *parts[0])):
        reading.label(*unknown.span())
        del parts[0]
    parts = [part for part in parts if not (_read_year(reading, *part) or _read_maiden_name(reading, *part))]
    slots = [_clause_slot(reading, *part) for part in parts]
    first = next((number for number, slot in enumerate(slots) if slot), None)
    told = slots[first] in _PLACES if first is not None else True
    split = _end_of_place(reading, parts[:first]) if told else _without_station(reading, parts[:first])
    if split and tells_office(reading, *parts[0]):
        split = 0
    if place and split:
        read_place(reading, parts[0][0], parts[split - 1][1])
    number = split if place else 0
    while number < len(parts):
        slot = slots[number]
        if slot is None or reading.filled(slot):
            break
        last = _last_of(reading, parts, slots, number)
        if slot in _PLACES:
            _read_told_place(reading, slot, parts[number][0], parts[last][1])
        else:
            read_clause(reading, slot, (parts[number][0], parts[last][1]))
        number = last + 1
    if place and number < len(parts) and not reading.filled("birth.place"):
        number = _read_late_place(reading, parts, slots, number)
    if number < len(parts):
        read_trade(reading, parts[number:], slots[number:])


def _read_late_place(reading: Reading, parts: list[Range], slots: list[str | None], number: int) -> int:
    """Read a place of birth that follows the nationality; return the number of the first clause behind it."""
    last = number
    if _REGION.fullmatch(reading.folded, *parts[number]) or _in_land(reading, parts, slots, number):
        while last + 1 < len(parts) and slots[last + 1] is None and tells_place(reading, *parts[last + 1]):
            last += 1
    elif not names_place(reading, *parts[number]):
        return number
    read_place(reading, parts[number][0], parts[last][1])
    return last + 1


def _in_land(reading: Reading, parts: list[Range], slots: list[str | None], number: int) -> bool:
    """True of "Литва, Кедайнский уезд": a name, then its region."""
    return (
        number + 1 < len(parts)
        and slots[number + 1] is None
        and looks_like_place(reading, *parts[number])
        and (
            _REGION.fullmatch(reading.folded, *parts[number + 1]) is not None
            or (names_place(reading, *parts[number + 1]) and tells_place(reading, *parts[number]))
        )
    )


#: "Житомирская обл.": a clause that is the name of a region and nothing else.
_REGION = re.compile(
    r"\s*[а-яёіїє-]{4,}(?:ск|цк|ськ|цьк)(?:ая|ий|а)\s+(?:обл|губ|область|губерния|край|кр|р-н|район|у|уезд|окр|округ|асср|ао)\.?\s*"
)
_NOT_KNOWN = re.compile(
    r"[\s.(]*(?:(?:место\s+рождения\s+)?(?:не\s?(?:установлен[оа]?|известн[оа]|указан[оа]?))|(?:нет\s+(?:данных|сведений)))[\s.)]*"
)
#: "Место захоронения неизвестно".
_UNKNOWN = re.compile(r"\W*не\s?(?:известн[оа]|установлен[оа]|указан[оа])\W*")
_PLACES = ("birth.place", "residence")


def _clause_slot(reading: Reading, start: int, end: int) -> str | None:
    """As `slot_of`, and the places that a clause of running text names by their own words."""
    clause = reading.folded[start:end]
    return (_remembered_in_text if end - start < LONGEST_REMEMBERED else _slot_in_text)(clause)


def _slot_in_text(folded: str) -> str | None:
    if _YEARS.match(folded):
        return "age"
    if _MARRIED.match(folded):
        return "family"
    if NATIVE.match(folded):
        return "birth.place"
    return "residence" if _LIVED.match(folded) or _LIVED_THERE.match(folded) else slot_told(folded)


_YEARS = re.compile(r"\s*(?:в\s+возрасте\s+)?\d{1,3}\s(?:лет|л\.|г\.|год[а-я]*|років|роки)[\s.]*$")


#: "женат, 2 детей": no trade, though it stands beside one.
_MARRIED = re.compile(
    r"\s*(?:женат|замужем|замужняя|холост(?:ой|а|ая)?|холостяк|вдов(?:а|ец)?|одружен(?:ий|а)|"
    r"(?:(?:на\s+иждивении|имел[аи]?)\s+)?(?:\d{1,2}|двое|трое|четверо|пятеро|шестеро|семеро)\s(?:детей|ребенка|дітей)|бездет(?:ен|на|ный|ная))[\s.]*$"
)


def tells_age(reading: Reading, start: int, end: int) -> bool:
    """True of "42 лет": a number of years and nothing else."""
    return _YEARS.match(reading.folded, start, end) is not None


_remembered_in_text = lru_cache(maxsize=1 << 14)(_slot_in_text)


def opens_description(reading: Reading, start: int, end: int) -> bool:
    """True when the words that follow a name describe a person: nationality, native place, party…"""
    return any(_clause_slot(reading, *part) for part in split_clauses(reading.folded, start, end)[:4])


#: "уроженец с. Старая Лава, там же проживал".
_LIVED_THERE = re.compile(r"\s*(?P<there>(?:там|тут)\s+же)\s+(?:проживал[аи]?|жил[аи]?)[\s.]*$")


def _read_told_place(reading: Reading, slot: str, start: int, end: int) -> None:
    if there := slot == "residence" and _LIVED_THERE.match(reading.folded, start, end):
        reading.put_text(slot, there.span("there"))
        reading.label(there.end("there"), end)
        return
    lived = _LIVED.match(reading.folded, start, end) if slot == "residence" else None
    if lived:
        reading.label(*lived.span())
        start = lived.end()
    read_place(reading, start, end, slot)


def _last_of(reading: Reading, parts: list[Range], slots: list[str | None], number: int) -> int:
    """Return the last clause of what the clause begins: a party has several, and so has a place."""
    if slots[number] == "party":
        return _last_of_party(reading, parts, slots, number)
    if slots[number] == "family":
        while number + 1 < len(parts) and slots[number + 1] == "family":
            number += 1
    if slots[number] in _PLACES:
        while (
            number + 1 < len(parts)
            and slots[number + 1] is None
            and looks_like_place(reading, *parts[number + 1], after=True)
        ):
            number += 1
    return number


def _last_of_party(reading: Reading, parts: list[Range], slots: list[str | None], number: int) -> int:
    while number + 1 < len(parts) and (
        slots[number + 1] == "party" or PARTY_MORE.match(reading.folded, *parts[number + 1])
    ):
        number += 1
    return number


_YEAR = re.compile(r"\s*(?P<year>1[89]\d\d)\s*(?:г\.?|г\.\s?р\.?|-\s?(?P<last>19\d\d))?\s*")
_MAIDEN = re.compile(r"\s*(?P<label>урожд(?:[её]нная|\.))\s+(?P<name>[^\W\d_]+(?:-[^\W\d_]+)?)\s*")


def _read_maiden_name(reading: Reading, start: int, end: int) -> bool:
    told = _MAIDEN.fullmatch(reading.folded, start, end)
    if told is None:
        return False
    reading.label(*told.span("label"))
    return reading.put_text(reading.more("name_variants"), told.span("name"))



_WHEN_BORN_LABEL = re.compile(r"\s*(?:дата|год)\s+рожд(?:ения|\.)\s*[:-]\s*")


def _read_year(reading: Reading, start: int, end: int) -> bool:
    """Read "…; ур. г. Вольск; 1906; преподаватель": the birth in a clause of its own, with or without a label."""
    if label := _WHEN_BORN_LABEL.match(reading.folded, start, end):
        found = dates.find(reading.folded, label.end(), end, birth=True)
        alone = len(found) == 1 and found[0].edtf and not reading.says((label.end(), found[0].start))
        if not alone or reading.says((found[0].end, end)):
            return False
        reading.label(*label.span())
        return reading.put("birth.date", found[0].edtf, found[0][:2])
    told = _YEAR.fullmatch(reading.folded, start, end)
    if told is None or not reading.put("birth.date", told["year"], told.span("year")):
        return False
    if told["last"]:
        reading.pending["died"] = told.span("last")
    elif reading.says((told.end("year"), end)):
        reading.label(told.end("year"), end)
    return True


#: "кол. Хортица, меннонит, немец": what a person was, between the place and the nationality.
_STATION = re.compile(r"\s*[а-яё-]{4,}\s*")


def _without_station(reading: Reading, parts: list[Range]) -> int:
    number = len(parts)
    while number > 1 and _STATION.fullmatch(reading.text, *parts[number - 1]) and not (
        looks_like_place(reading, *parts[number - 1])
    ):
        number -= 1
    return 0 if number == 1 and _is_small_word(reading, *parts[0]) else number


def _is_small_word(reading: Reading, start: int, end: int) -> bool:
    """True of "княгиня", "в колхозе «Труд»": words without a capital that name no place are a trade."""
    if tells_workplace(reading, start, end):
        return True
    begin, stop = trim(reading.folded, start, end)
    return stop - begin > 3 and reading.text[begin:stop].islower() and not looks_like_place(reading, start, end)


def _end_of_place(reading: Reading, parts: list[Range]) -> int:
    """Without a nationality, the place is the leading clauses that name a place."""
    number = 0
    while number < len(parts) and looks_like_place(reading, *parts[number]):
        number += 1
    return number


#: "родился в с. Ям в семье диакона"
_IN_FAMILY = re.compile(
    r"\s(?P<family>в\s(?:[а-я]+й\s){0,2}семье(?:\s[а-я-]+){0,3}|"
    r"[ву]\s(?:[а-яіїєў]+й\s){0,2}(?:родині|сім.?ї|сям.?і)(?:\s[а-яіїєў-]+){0,3})[\s.,]*$"
)
#: "родился в станице Кумылженской в 1881 г."
_WHEN_BORN = re.compile(r"\s+в\s+(?P<year>1[89]\d\d)(?:\s?г(?:\.|оду))?[\s.,]*$")


def read_place(reading: Reading, start: int, end: int, slot: str = "birth.place") -> None:
    """Fill a place, "уроженец" and a leading "в" dropped as labels."""
    both = False
    if slot == "residence" and (again := _LIVED.match(reading.folded, *trim(reading.folded, start, end))):
        reading.label(*again.span())  # "Проживал: проживал в Самаре"
        start = again.end()
    if native := NATIVE.match(reading.folded, start, end):
        reading.label(*native.span())
        start, both = native.end(), native.lastgroup == "both"
    if lead := LEADS_IN.match(reading.folded, start, end):
        reading.label(*lead.span())
        start = lead.end()
    if slot == "birth.place" and (when := _WHEN_BORN.search(reading.folded, start, end)) and (
        reading.put("birth.date", when["year"], when.span("year"))
    ):
        reading.label(when.start(), when.start("year"))
        if reading.says((when.end("year"), end)):
            reading.label(when.end("year"), end)
        end = when.start()
    if slot == "birth.place" and (family := _IN_FAMILY.search(reading.folded, start, end)) and (
        reading.put_text("social_origin", family.span("family"))
    ):
        end = family.start()
    cut = reading.folded.find("||", start, end)
    if cut >= 0:
        if slot_of(reading, cut + 2, end) == "party" and not reading.filled("party"):
            reading.pending["party"] = (cut + 2, end)
        end = cut
    if unknown := slot == "death.burial_place" and _UNKNOWN.fullmatch(reading.folded, start, end):
        reading.label(*unknown.span())
        return
    reading.put_text(slot, (start, end))
    if both and not reading.filled("residence"):
        reading.put_text("residence", (start, end))


def read_trade(reading: Reading, parts: list[Range], slots: list[str | None]) -> None:
    """Fill the occupation with all clauses left, except those that plainly fill another slot still empty."""
    pieces: list[Range] = []
    number = 0
    while number < len(parts):
        part, slot = parts[number], slots[number]
        if (slot in _BESIDE_TRADE or slot in ("age", "family")) and not reading.filled(slot):
            number = _last_of(reading, parts, slots, number) if slot == "family" else number
            read_clause(reading, slot, (part[0], parts[number][1]))
        elif slot in _PLACES and not reading.filled(slot):
            number = _last_of(reading, parts, slots, number)
            _read_told_place(reading, slot, part[0], parts[number][1])
        else:
            pieces.append(_unlabelled(reading, part) if not pieces else part)
        number += 1
    reading.put_text("occupation", *_joined(reading, pieces))


def read_trade_text(reading: Reading, start: int, end: int) -> None:
    """Read a text that stands where the trade stands: sentences of trade, residence, origin."""
    pieces: list[Range] = []
    for sentence in _trade_sentences(reading, start, end):
        lived = _LIVED.match(reading.folded, *sentence)
        if lived and not reading.filled("residence"):
            reading.label(*lived.span())
            read_place(reading, lived.end(), sentence[1], "residence")
            continue
        parts = split_clauses(reading.folded, *sentence)
        slots = [slot_of(reading, *part) for part in parts]
        while parts:
            last = _last_of_party(reading, parts, slots, 0) if slots[0] == "party" else 0
            if slots[0] not in _BESIDE_TRADE or not read_clause(reading, slots[0], (parts[0][0], parts[last][1])):
                pieces += [parts[0] if pieces else _unlabelled(reading, parts[0]), *parts[1 : last + 1]]
            del parts[: last + 1], slots[: last + 1]
    reading.put_text("occupation", *_joined(reading, [piece for piece in pieces if reading.says(piece)]))


def extend_trade(reading: Reading, start: int, end: int) -> None:
    """Make a sentence that goes on to tell the trade a part of the occupation told before it."""
    told = next(span for span in reading.spans if span.slot == "occupation")
    reading.take_back("occupation")
    *first, (begin, _) = told.pieces
    reading.put_text("occupation", *first, (begin, end))


_NEW_LABEL = re.compile(
    r"[.;]\s+(?=(?:по\s+профессии|работал|проживал|на\s+(?:день|момент)\s+ареста|жил)(?:[аи]|\W))"
)


def _trade_sentences(reading: Reading, start: int, end: int) -> list[Range]:
    """Sentences, parted also where a label opens one that has no capital."""
    parts = []
    for begin, stop in split_sentences(reading.text, reading.folded, start, end):
        for match in _NEW_LABEL.finditer(reading.folded, begin, stop):
            parts.append((begin, match.start()))
            begin = match.end()
        parts.append((begin, stop))
    return parts


def _unlabelled(reading: Reading, part: Range) -> Range:
    for pattern in (_TRADE_PROFESSION, _TRADE_LABEL):
        match = pattern.match(reading.folded, *part)
        if match and reading.says((match.end(), part[1])):
            reading.label(*match.span())
            return match.end(), part[1]
    return part


def _joined(reading: Reading, pieces: list[Range]) -> list[Range]:
    """Make neighbours one piece, so that the comma between them stays."""
    joined: list[Range] = []
    for start, end in pieces:
        if joined and not reading.says((joined[-1][1], start)):
            joined[-1] = (joined[-1][0], end)
        else:
            joined.append((start, end))
    return joined
