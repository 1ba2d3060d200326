"""What a clause tells by its own words: nationality, party, education, origin, citizenship, sex and age."""

import re
from functools import lru_cache

from victims.entries.clauses import Range
from victims.entries.draft import Reading
from victims.entries.lexicon import alternation, words
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
    r"|\s*со?\s+(?:не\w+\s+)?(?:высш|средн|низш|начальн)\w+\s+образованием\s*$"
    r"|\s*(?:\d{1,2}\s?кл(?:асс\w*)?\.?|без\s+образования)\s*$"
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
PARTY_MORE = re.compile(r"\s*(?:вторично\s+|вновь\s+)?(?:восстановлен[а-я]*|исключ[а-я]*|выбыл[а-я]*|"
                         r"механически)(?!\w)|\s*кп\s")  # fmt: skip
_ORIGIN = re.compile(
    rf"[\s(]*(?:(?:происх(?:ождение|\.)?\s*[:-]?\s*|выходец\s+)?(?:из|із|зі|з)\s+(?:{alternation('origins.txt')})(?!\w)"
    r"|(?:сын|дочь|син|дочка)\s+(?:священн|крестьян|кулак|торгов|дворян|служащ|рабоч|помещик|купц|диакон"
    r"|дьякон|псаломщ|офицер|чиновник|мещан|казак|учител|мулл|бая|раввин)"
    r"|(?:соц(?:иальное|\.)?\s*(?:происхождение|происх\.?|полож(?:ение|\.)?)|происхождение)\s*[:-]?"
    r"|крестьянского\s+(?:сословия|происхождения))"
)
_ORIGIN_LABEL = re.compile(
    r"\s*(?:соц(?:иальное|\.)?\s*(?:происхождение|происх\.?|полож(?:ение|\.)?)\s*[:-]?|происхождение\s*[:-])\s*"
)
_CITIZENSHIP = re.compile(
    r"\s*(?P<label>(?:подданство|гражданство|підданство)(?:\s*\([^()]{3,20}\))?\s*:?\s*)?(?P<value>(?:подданн|подд\b|гр-н(?!\w)|гр-ка(?!\w)|гражданин|гражданка|"
    r"без гражданства|лицо без гражданства|иноподданн|підданий)|"
    r"(?:[а-я-]+(?:ий|ая|ое)|[а-я]{3,6}\.)\s+(?:подданн|гражданин|гражданк))?"
)
_OF_CITIZENS = ("подд", "гражд", "підд", "гр-н ", "гр-ка ")
_NOT_CITIZEN = re.compile(r"\s*почетн")
_TRAIT_LABEL = re.compile(
    r"\s*(?:(?P<nationality>национальность|нац\.?(?=\s?[:-])|національність|нацыянальнасць)|"
    r"(?P<party>партийность|партійність|партыйнасць)|"
    r"(?P<sex>пол|стать)(?=\s?:)|(?P<age>возраст|вік)(?=\s?[:-]))\s*[:-]?\s*"
)
_LABELS = {
    "nationality": _TRAIT_LABEL, "party": _TRAIT_LABEL, "education": _EDUCATION_LABEL,
    "social_origin": _ORIGIN_LABEL, "citizenship": _CITIZENSHIP,
}  # fmt: skip


def slot_of(reading: Reading, start: int, end: int) -> str | None:
    """Tell which slot a clause fills by its own words, or None where only its position could tell."""
    clause = reading.folded[start:end]
    return (_remembered if end - start < LONGEST_REMEMBERED else slot_told)(clause)


def slot_told(folded: str) -> str | None:
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
    if opening in "всднб0123456789" and _SHORT_EDUCATION.match(folded):
        return "education"
    if opening in "вдзиікпс" and _ORIGIN.match(folded):
        return "social_origin"
    if any(map(folded.__contains__, _OF_CITIZENS)) and not _NOT_CITIZEN.match(folded):
        citizen = _CITIZENSHIP.match(folded)
        return "citizenship" if citizen["label"] or citizen["value"] else None
    return None


LONGEST_REMEMBERED = 60
# Most clauses are the same few words, printed thousands of times.
_remembered = lru_cache(maxsize=1 << 14)(slot_told)


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
    again = slot == "education" and len(pieces) == 1 and _SCHOOLING.search(reading.folded, stop, end)
    if again and reading.says((stop, again.start())):
        reading.label(*again.span())
        end = again.start()
        if again["of"] and (lead := _WITH.match(reading.folded, stop, end)):
            stop = lead.end()
    if not reading.put_text(slot, (stop, end), *pieces[1:]):
        return False
    if stop > start:
        reading.label(start, stop)
    return True


#: "высшее образование", "с высшим образованием": the word is a label behind the value too.
_SCHOOLING = re.compile(
    r"(?:(?<=[ея.])\s+(?:образование|обр(?:азов?)?\.|освіта|адукацыя)|(?<=м)\s+(?P<of>образованием))[\s.,]*$"
)
_WITH = re.compile(r"\s*со?\s+")


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
