"""Whether words name a place: by a word of geography, by what leads it in, or by capitals alone."""

import re

from victims.entries.clauses import trim
from victims.entries.draft import Reading
from victims.entries.lexicon import words

_GEO = words("geo_words.txt")
_WORD = re.compile(r'[\s"(]*(?P<word>\w+(?:[/\\-]\w+)*)\.?')
_MORE = re.compile(r"[,\d]")
LEADS_IN = re.compile(
    r"[\s,.]*(?:(?:в|во|на(?!\s+спец)|у|ў)|из(?=\s+(?:г|с|д|дер|пос|х|ст|сл|сел[ао]|дерев\w+|город\w*|станиц\w+)[.\s]|\s+[а-я-]+(?:ого|ой)\s+(?:губ|обл|уезда|у\.|района|р-на|окр)))\s+(?=\S)"
)
NATIVE = re.compile(
    r"[\s.,]*(?:(?P<both>мест[оа]\s+рождения\s+и\s+(?:проживания|жительства)\s*[:-]?|(?:и|і|та|й)\s+(?:проживал[аи]?|жил[аи]?|проживав|проживала|мешкав|мешкала)(?!\w)\s*:?\s*|(?:уроженец|уроженка|урож\.|ур\.|уродженець|уродженка|ураджэнец)\s+(?:и|і|та|й)\s+"
    r"(?:житель|жительница|жит\.|мешканець|мешканка|жителька|жыхар)\s*)|"
    r"(?:уроженец|уроженка|урож\.|ур\.|уродженець|уродженка|уродж\.|ураджэнец|ураджэнка|место\s+рожд(?:ения|\.)\s*[:-]?|"
    r"м\.\s?р\.\s*[:-]?|місце\s+народження\s*[:-]?|(?:родил(?:ся|ась)|р\.(?=\s+в\s+\D)|род\.(?=\s+в\s+\D)|народи(?:вся|лася|лась)|нарадзі(?:ўся|лася))(?=\s+[вуў]\s)))\s*"
)


def tells_both(reading: Reading, start: int, end: int) -> bool:
    """True for "уроженец и житель …": where one was born, and lived."""
    native = NATIVE.match(reading.folded, start, end)
    return native is not None and native.lastgroup == "both"


def opens_place(reading: Reading, start: int, end: int) -> bool:
    """True for a sentence that is a place and nothing else: "Улус Ацагат Заиграевского аймака"."""
    match = _WORD.match(reading.folded, start, end)
    named = match is not None and len(match["word"]) > 2 and match["word"] in _GEO
    return named and not _MORE.search(reading.folded, start, end) and looks_like_place(reading, start, end)


def names_place(reading: Reading, start: int, end: int) -> bool:
    """True for "с. Нагорное": a word of geography and a name."""
    match = _WORD.match(reading.folded, start, end)
    return (
        match is not None
        and (match["word"] in _GEO or match["word"] in ("а", "ст-ца"))
        and match.end() < end
        and reading.folded[match.end() - 1] == "."
        and _SENIOR.match(reading.text, start, end) is None
    )


def tells_place(reading: Reading, start: int, end: int) -> bool:
    """True for "Челябинская обл.", "г. Троицк": words with one of geography that name no office."""
    if not any(token in _GEO for token in _tokens(reading, start, end)):
        return False
    return not (_OFFICE.match(reading.folded, start, end) or _SENIOR.match(reading.text, start, end))


#: "ст. экономист", but "ст. Тайга".
_SENIOR = re.compile(r"\s*[Сс]т\.\s[а-яё]{4}")
#: What an address goes on with: "Омская обл., совхоз «Победа»", "г. Прокопьевск, 10 участок".
_FARM = re.compile(
    r"\s*(?:(?:совхоз|колхоз)[аеу]?\s|[кс]-з\s|"
    r"\d{1,3}(?:-[а-я]{1,2})?\s(?:участок|отделение|лагпункт|разъезд|км)(?!\w))"
)


#: Words; the "г." of a year is none.
_TOKEN = re.compile(r"(?<!\d )(?<!\d)г(?!\w)|(?!г(?!\w))\w+(?:[-/]\w+)*")


def _tokens(reading: Reading, start: int, end: int) -> list[str]:
    aside = reading.folded.find(" (", start + 1, end)
    return _TOKEN.findall(reading.folded[start : min(aside if aside > 0 else end, start + 200)])


#: "священник церкви с. Ольхи": an office and where it was held is a trade.
_OFFICE = re.compile(
    r"[\s-]*(?:(?:бывш\w*|быв\.|б\.|старш\w+|главн\w+|сельск\w+)\s+)?(?:(?:свящ|прот|диак|псал|иер|ком|нач|зам|пом)(?=\.)|священник|член|чабан|пастух|кочегар|повар|пекарь|шахтер|рыбак|охотник|портной|студент|грузчик|диакон|дьякон|псаломщик|настоятель|мулла|имам|"
    r"раввин|учитель|учительница|директор|председатель|начальник|заведующ\w+|зав\.|пред\.|секретарь|сторож|рабочий|"
    r"рабочая|колхозник|колхозница|крестьян\w+|бухгалтер|счетовод|агроном|врач|инженер|кузнец|конюх|бригадир|лесник|ревизор|мастер|прораб|десятник|кассир|слесарь|токарь|сапожник|стрелочник|плотник|столяр|продавец|шофер|техник|"
    r"командир|красноармеец|служащ\w+|заключенн\w+|[а-я]{3,}(?:щик|чик|щица|чица|ист|истка|тель))(?!\w)"
)


def tells_office(reading: Reading, start: int, end: int) -> bool:
    """True of "диакон", "священник церкви с. Ольхи": a trade, though a place may be named in it."""
    return _OFFICE.match(reading.folded, start, end) is not None


#: "в колхозе «Труд»", "в личном хозяйстве": where one worked.
_WORKPLACE = re.compile(
    r"\s*(?:в|на|у)\s+(?:колхоз|совхоз|сельхозарт|завод|фабрик|личн|единолич|артел|собственн|сво[ей]|домашн|сельск)"
)


def tells_workplace(reading: Reading, start: int, end: int) -> bool:
    """True of "в колхозе «Пахарь»": where a person worked."""
    return _WORKPLACE.match(reading.folded, start, end) is not None


def looks_like_place(reading: Reading, start: int, end: int, *, after: bool = False) -> bool:
    """True when the clause names a place: a word of geography, "в …", or capitalised words alone.

    ``after`` another clause of an address it may be the number of a house.
    """
    folded = reading.folded
    if tells_workplace(reading, start, end):
        return False
    if LEADS_IN.match(folded, start, end) or NATIVE.match(folded, start, end):
        return True
    if after and (names_place(reading, start, end) or _FARM.match(folded, start, end)):
        return True
    tokens = _tokens(reading, start, end)
    if not tokens or any(token in _GEO for token in tokens):
        return tells_place(reading, start, end)
    if after and tokens[0][0].isdigit() and len(tokens) == 1:
        return True  # the number of a house
    begin, _ = trim(folded, start, end)
    return reading.text[begin].isupper() and len(tokens) <= 2 and not folded[begin:end].startswith("зав")


#: "Москва, Мясницкая, 22, кв. 4.": a town, a street, the number of a house.
_ADDRESS = re.compile(
    r"\W*(?:г\.\s?)?[^\W\d_][^\d,.()]{2,30},(?:\s(?:\w{1,5}\.\s?)?[^\d,.()]{3,40},){1,3}\s(?:д\.\s?)?\d{1,3}[а-я]?(?:[/-]\d{1,3})?"
    r"(?:,\s(?:корп|кв|комн)\.\s?\d{1,4}){0,2}[\s.]*"
)


def is_address(reading: Reading, start: int, end: int) -> bool:
    """True of a sentence that is an address and nothing else."""
    told = _ADDRESS.fullmatch(reading.folded, start, end) is not None
    begin, _stop = trim(reading.folded, start, end)
    return told and reading.text[begin].isupper()
