"""What an entry tells of a person between birth and arrest: nationality, party, education, origin, trade.

Each clause is known by its first words; what no dictionary knows is a place before the nationality and a trade
after it, because that is the order all these books keep.
"""

import re
from functools import lru_cache

from victims.entries.clauses import Range, split_clauses, split_sentences
from victims.entries.draft import Reading
from victims.entries.lexicon import alternation, words
from victims.entries.places import LEADS_IN, NATIVE, looks_like_place, names_place, tells_place
from victims.entries.unmarked import part_again
from victims.meanings import nationality_words

NATIONALITY = words("nationalities.txt") | nationality_words()
_QUALIFIERS = words("nationality_qualifiers.txt")
_EDUCATION = words("education_words.txt")
_PARTY = words("party_words.txt")


_WORD = re.compile(r'[\s"(]*(?:-\s)?(?P<word>\w+(?:[/\\-]\w+)*)\.?')
_EDUCATION_LABEL = re.compile(
    r"\s*(?P<label>образование|обр\.?|образ\.|освіта|адукацыя|адук\.|осв\.|обpазование|образов\.)(?!\w)\s*(?P<again>образование)?[:\s-]*"
)
_SHORT_EDUCATION = re.compile(
    r"\s*(?:(?:не(?:ок|зак|полн)\w*|н)[./]\s*)?(?:высш|ср(?:едн)?|низш|нач(?:альн)?|домашн)(?:ее|яя|ое|\.)?\s+"
    r"обр(?:аз(?:ование|ов)?)?\.?\s*$"
    r"|\s*с\s+(?:не\w+\s+)?(?:высш|средн|низш|начальн)\w+\s+образованием\s*$"
)
_STEMS = alternation("parties.txt")
_PARTY_CLAUSE = re.compile(
    r"\s*(?:(?:бывш[а-я]*|быв|б|ранее|в прошлом|колишній)\.?\s+"
    r"|(?:(?:в|с|до|з)\s+)?\d{4}[\d\s.,-]*+(?:по\s\d{4}\s)?(?:гг?\.?\s*|годах\s)?(?:-\s*)?){0,4}+"
    rf"(?:(?:член[а-я]*|чл\.?|ч\.|канд[а-я]*\.?)(?:/канд\.)?(?:\s+в\s+(?:член[а-я]*|чл\.?))?\s*"
    rf"(?:[\w.-]+(?:ой|их)\s+){{0,4}}(?:{_STEMS})"
    rf"|(?:исключ[а-я]*|искл\.?|выбыл[а-я]*|вычищен[а-я]*|восстановлен[а-я]*|вышел|вышла|виключен[а-я]*)\s+"
    rf"(?:из|в|з)\s+(?:(?:рядов|член[а-я]*|кандидат[а-я]*|канд\.?)\s+(?:в\s+)?(?:член[а-я]*\s+)?)*(?:{_STEMS})"
    rf"|состоял[а-я]*\s+в\s+(?:{_STEMS})|(?:поза\s+парті|(?:без|вне)\s+партии)|левый\s+(?:эсер|социалист))"
)
_PARTY_MORE = re.compile(r"\s*(?:вторично\s+|вновь\s+)?(?:восстановлен[а-я]*|исключ[а-я]*|выбыл[а-я]*|"
                         r"механически)(?!\w)|\s*кп\s")  # fmt: skip
_ORIGIN = re.compile(
    rf"[\s(]*(?:(?:происх(?:ождение|\.)?\s*[:-]?\s*|выходец\s+)?(?:из|із|зі|з)\s+(?:{alternation('origins.txt')})(?!\w)"
    r"|(?:сын|дочь|син|дочка)\s+(?:священн|крестьян|кулак|торгов|дворян|служащ|рабоч|помещик|купц|диакон"
    r"|дьякон|псаломщ|офицер|чиновник|мещан|казак|учител|мулл|бая|раввин)"
    r"|(?:соц(?:иальное|\.)?\s*(?:происхождение|происх\.?|положение)|происхождение)\s*[:-]?"
    r"|крестьянского\s+(?:сословия|происхождения))"
)
_ORIGIN_LABEL = re.compile(
    r"\s*(?:соц(?:иальное|\.)?\s*(?:происхождение|происх\.?|положение)|происхождение)\s*[:-]\s*"
)
_CITIZENSHIP = re.compile(
    r"\s*(?P<label>(?:подданство|гражданство|підданство)(?:\s*\([^()]{3,20}\))?\s*:?\s*)?(?P<value>(?:подданн|подд\b|гр-н(?!\w)|гр-ка(?!\w)|гражданин|гражданка|"
    r"без гражданства|лицо без гражданства|иноподданн|підданий)|"
    r"(?:[а-я-]+(?:ий|ая|ое)|[а-я]{3,6}\.)\s+(?:подданн|гражданин|гражданк))?"
)
_OF_CITIZENS = ("подд", "гражд", "підд", "гр-н ", "гр-ка ")
_NOT_CITIZEN = re.compile(r"\s*почетн")
_TRADE_LABEL = re.compile(
    r"\s*(?:(?:на\s+(?:момент|день|время|час)\s+(?:ареста|арешту)\s*)?(?:работал[аи]?|трудил(?:ся|ась)|был[аи]?|працював|"
    r"працювала|занимал(?:ся|ась)(?=\s+сельск))(?!\w)|(?:по\s+)?професси[яи]\s*[:-]|(?:место|местом)\s+работы\s*[:-]|"
    r"должность\s*[:-]|занятие\s*[:-]|на\s+(?:момент|день)\s+ареста\s*[:,-]|на\s+час\s+арешту\s)\s*[:-]?"
)
_TRADE_PROFESSION = re.compile(r"\s*по\s+професси[яи]\s*[:-]?\s*")
_LIVED = re.compile(
    r"\s*(?:(?:(?:до|перед|на\s+(?:день|момент|время))\s+(?:войны|арест\w+|высылки|депортации|выселения)\s+)?(?:(?:проживал[аи]?|жил[аи]?)(?:\s+и\s+работал[аи]?)?|прож(?:ив)?\.|(?:проживав|проживала|мешкав|мешкала)(?:\s+і\s+працюва(?:в|ла))?|"
    r"житель|жительница|жит\.|пражывал[аи]?|пражываў|проживает|проживающ[а-я]{2}|мешканець|мешканка|"
    r"(?:последнее\s+)?место\s+(?:жительства|проживания)|адрес|м\.\s?[пж]\.(?=\s?:))(?!\w)\s*[:-]?\s*)"
)
_TRAIT_LABEL = re.compile(
    r"\s*(?:(?P<nationality>национальность|нац\.?(?=\s?[:-])|національність|нацыянальнасць)|"
    r"(?P<party>партийность|партійність|партыйнасць)|"
    r"(?P<sex>пол|стать)(?=\s?:)|(?P<age>возраст|вік)(?=\s?[:-]))\s*[:-]?\s*"
)
_LABELS = {
    "nationality": _TRAIT_LABEL, "party": _TRAIT_LABEL, "education": _EDUCATION_LABEL,
    "social_origin": _ORIGIN_LABEL, "citizenship": _CITIZENSHIP,
}  # fmt: skip
_BESIDE_TRADE = ("nationality", "social_origin", "citizenship", "education", "party")


def slot_of(reading: Reading, start: int, end: int) -> str | None:
    """Tell which slot a clause fills by its own words, or None where only its position could tell."""
    clause = reading.folded[start:end]
    return (_remembered if end - start < _LONGEST_REMEMBERED else _slot)(clause)


def _slot(folded: str) -> str | None:
    match = _WORD.match(folded)
    if not match:
        return None
    word = match["word"]
    if _is_nationality(folded, match, len(folded)):
        return "nationality"
    if label := _TRAIT_LABEL.match(folded):
        return label.lastgroup
    opening = word[0]  # most clauses are none of these, and tell it by their first letter
    if word in _PARTY or (opening in "0123456789бвдзиклпрсч" and _PARTY_CLAUSE.match(folded)):
        return "party"
    if word in _EDUCATION or (opening in "ао" and _EDUCATION_LABEL.match(folded)):
        return "education"
    if opening in "всдн" and _SHORT_EDUCATION.match(folded):
        return "education"
    if opening in "вдзиікпс" and _ORIGIN.match(folded):
        return "social_origin"
    if any(map(folded.__contains__, _OF_CITIZENS)) and not _NOT_CITIZEN.match(folded):
        citizen = _CITIZENSHIP.match(folded)
        return "citizenship" if citizen["label"] or citizen["value"] else None
    return None


_LONGEST_REMEMBERED = 60
# Most clauses are the same few words, printed thousands of times.
_remembered = lru_cache(maxsize=1 << 14)(_slot)


def _is_nationality(folded: str, match: re.Match[str], end: int) -> bool:
    word = match["word"]
    if (
        word in _QUALIFIERS
        and (following := _WORD.match(folded, match.end(), end))
        and following["word"] in NATIONALITY
        and "(" not in folded[match.end() : following.start("word")]
    ):
        match, word = following, following["word"]
    if word not in NATIONALITY:
        return False
    rest = folded[match.end() : end].strip(" .:\n|")
    return not rest or rest[0] in "(?[/" or rest.startswith(("или ", "по др", "по нац"))


def read_clause(reading: Reading, slot: str, *pieces: Range) -> bool:
    """Fill the slot with the clause, its label dropped and noted."""
    start, end = pieces[0]
    stop = start
    if slot == "age":
        return _read_age(reading, start, end)
    if slot == "sex":
        return _read_sex(reading, start, end)
    if slot in _LABELS:
        match = _LABELS[slot].match(reading.folded, start, end)
        stop = max(start, match.end("label") if slot == "citizenship" else match.end()) if match else start
    if not reading.put_text(slot, (stop, end), *pieces[1:]):
        return False
    if stop > start:
        reading.label(start, stop)
    return True


_SEX = re.compile(r"\s*(?P<label>пол|стать)\s*:\s*(?P<told>муж\w*|жен\w*|чол\w*|жін\w*|м|ж|ч)[\s.]*")


def _read_sex(reading: Reading, start: int, end: int) -> bool:
    told = _SEX.fullmatch(reading.folded, start, end)
    if told is None:
        return False
    sex = "female" if told["told"][0] == "ж" else "male"
    if not reading.put("sex", sex, told.span("told")):
        if reading.record["sex"] != sex:
            return False
        reading.label(*told.span("told"))
    reading.label(*told.span("label"))
    return True


_AGE = re.compile(
    r"\s*(?:возраст|вік|в\s+возрасте)?[\s:-]*(?P<years>\d{1,3})\s?(?:лет|л\.|г\.|год[а-я]*|років|роки|рік)?[\s.]*"
)


def _read_age(reading: Reading, start: int, end: int) -> bool:
    """Read "42 лет", "возраст: 42": a number of years."""
    told = _AGE.fullmatch(reading.folded, start, end)
    if told is None or not reading.put("age", told["years"], told.span("years")):
        return False
    reading.record["age"] = int(told["years"])
    for label in ((start, told.start("years")), (told.end("years"), end)):
        if reading.says(label):
            reading.label(*label)
    return True


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
    slots = [_clause_slot(reading, *part) for part in parts]
    first = next((number for number, slot in enumerate(slots) if slot), None)
    told = slots[first] in _PLACES if first is not None else True
    split = _end_of_place(reading, parts[:first]) if told else first
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
    if _REGION.fullmatch(reading.folded, *parts[number]):
        while last + 1 < len(parts) and slots[last + 1] is None and tells_place(reading, *parts[last + 1]):
            last += 1
    elif not names_place(reading, *parts[number]):
        return number
    read_place(reading, parts[number][0], parts[last][1])
    return last + 1


#: "Житомирская обл.": a clause that is the name of a region and nothing else.
_REGION = re.compile(
    r"\s*[а-яёіїє-]{4,}(?:ск|цк|ськ|цьк)(?:ая|ий|а)\s+(?:обл|губ|область|губерния|край|кр|р-н|район|у|уезд|окр|округ|асср|ао)\.?\s*"
)
_NOT_KNOWN = re.compile(
    r"[\s.(]*(?:(?:место\s+рождения\s+)?(?:не\s?(?:установлен[оа]?|известн[оа]|указан[оа]?))|(?:нет\s+(?:данных|сведений)))[\s.)]*"
)
_PLACES = ("birth.place", "residence")


def _clause_slot(reading: Reading, start: int, end: int) -> str | None:
    """As `slot_of`, and the places that a clause of running text names by their own words."""
    clause = reading.folded[start:end]
    return (_remembered_in_text if end - start < _LONGEST_REMEMBERED else _slot_in_text)(clause)


def _slot_in_text(folded: str) -> str | None:
    if _YEARS.match(folded):
        return "age"
    if NATIVE.match(folded):
        return "birth.place"
    return "residence" if _LIVED.match(folded) or _LIVED_THERE.match(folded) else _slot(folded)


_YEARS = re.compile(r"\s*(?:в\s+возрасте\s+)?\d{1,3}\s(?:лет|л\.|г\.|год[а-я]*|років|роки)[\s.]*$")
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
        slots[number + 1] == "party" or _PARTY_MORE.match(reading.folded, *parts[number + 1])
    ):
        number += 1
    return number


def _end_of_place(reading: Reading, parts: list[Range]) -> int:
    """Without a nationality, the place is the leading clauses that name a place."""
    number = 0
    while number < len(parts) and looks_like_place(reading, *parts[number]):
        number += 1
    return number


def read_place(reading: Reading, start: int, end: int, slot: str = "birth.place") -> None:
    """Fill a place, "уроженец" and a leading "в" dropped as labels."""
    both = False
    if native := NATIVE.match(reading.folded, start, end):
        reading.label(*native.span())
        start, both = native.end(), native.lastgroup == "both"
    if lead := LEADS_IN.match(reading.folded, start, end):
        reading.label(*lead.span())
        start = lead.end()
    cut = reading.folded.find("||", start, end)
    if cut >= 0:
        if slot_of(reading, cut + 2, end) == "party" and not reading.filled("party"):
            reading.pending["party"] = (cut + 2, end)
        end = cut
    reading.put_text(slot, (start, end))
    if both and not reading.filled("residence"):
        reading.put_text("residence", (start, end))


def read_trade(reading: Reading, parts: list[Range], slots: list[str | None]) -> None:
    """Fill the occupation with all clauses left, except those that plainly fill another slot still empty."""
    pieces: list[Range] = []
    number = 0
    while number < len(parts):
        part, slot = parts[number], slots[number]
        if slot in _BESIDE_TRADE and not reading.filled(slot):
            read_clause(reading, slot, part)
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
