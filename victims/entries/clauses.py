"""Where a sentence and a clause end: the punctuation of the books, blind to what the words mean."""

import re

from victims.entries.lexicon import abbreviations

# Brackets and quotations hold together; an opening mark that is never closed is a mere letter. All quantifiers
# that could meet again are possessive, so that hostile text costs linear time.
_BRACKET = r"\((?:[^()]++|\([^()]*+\))*+\)"
_QUOTE = r'"[^"\n]{0,300}+"'
_SQUARE = r"\[[^][\n]{0,300}+\]"
_CLAUSE = re.compile(rf"{_BRACKET}|{_QUOTE}|{_SQUARE}|(?P<mark>[,;])")
_STOP = re.compile(rf"{_BRACKET}|{_QUOTE}|(?P<line>\n\s*)|(?<!\.)(?P<stop>\.++)(?P<gap>\s*+)(?=[^\s.])")
_WHOLE_DATE = re.compile(r"\d{1,2}(?:\.\d{1,2}\.\d{2,4}|\s+[а-яі]{3,10}\.?\s+\d{4})(?!\d)")
_YEAR_BEFORE = re.compile(r"\d\s*(?:г\.\s*)?$")
_FIGURE_BEFORE = re.compile(r"\d\s*$")
_BESIDE = re.compile(r"\([^()]{1,120}\)\s+[а-яіїє]")
_PLACE_ASIDE = re.compile(
    r"\((?:(?:в|на)\s)?[^()\d.]{0,20}(?:лаг|лагер[ьея]|ссылк[ае]|тюрьм[ае]|заключени[ие]|спецпоселени[ие])"
    r"(?:е|,\s[^()]{3,40})?\)"
)
_LEVELS = frozenset(("нач", "выс", "высш", "сред", "средн", "низш"))
_EDUCATION = re.compile(r"(?:обр|обра?з|образование|освіта)\.?\s*[:-]?\s*(?:н/|незак\.?\s*)?$")
_EDGE = " \t\r\n\u00a0\u2009.,;:-–—|"
_LONGEST_ABBREVIATION = 12
_OF_TERM = re.compile(r"(?:итл|втт|итр|л/с|п/п|гпп|глс)(?!\w)")
_UNITS = frozenset(("у", "пов", "вол", "р-н", "рн", "окр", "вл"))
_UNIT_ABOVE = re.compile(
    r"[а-яіїє-]{4,}(?:ой|ого|кой|ої|ському|ським)\s+(?:губ|обл|края|кр\.|у\.|уезда|окр|респ|асср|сср)"
)
_REPUBLIC = re.compile(r"(?:[а-яё]{3,6}\.|[а-яё-]{4,}ой)\s(?:а?сср)(?!\w)")
_OF_REPUBLIC = re.compile(r"(?:а?(?:сср|рср)|о(?:бл)?вд|цчо|двк|зск|ачк|скк|нвк|иппо?)(?!\w)")
_DISTRICT = re.compile(r"[а-яіїєў-]{4,}(?:ский|цкий|ський|цький|скі)\s+(?:р-н|район|уезд|у\.|окр|округ|аймак)")
_OPENS_SENTENCE = re.compile(r"(?:прож|арест|осужд|пригов|родил|образ|место|адрес|б/п|беспарт)")
_YEAR_OR_TOWN = frozenset({"г", "р"})

Range = tuple[int, int]


def split_clauses(folded: str, start: int, end: int, marks: str = ",;") -> list[Range]:
    """Part a range at the marks (",", ";" or ",;") that stand outside brackets and quotations."""
    clause = folded[start:end]
    if "," not in clause and ";" not in clause:
        return [(start, end)]
    parts, begin = [], start
    if "(" not in clause and '"' not in clause and "[" not in clause:
        if len(marks) == 2:
            clause = clause.replace(";", ",")
        for words in clause.split(marks[0]):
            parts.append((begin, begin + len(words)))
            begin += len(words) + 1
        return parts
    for match in _CLAUSE.finditer(folded, start, end):
        if match["mark"] and match["mark"] in marks:
            parts.append((begin, match.start()))
            begin = match.end()
    parts.append((begin, end))
    return parts


def split_sentences(text: str, folded: str, start: int, end: int) -> list[Range]:
    """Part a range into sentences: at line ends, and at points that are not those of an abbreviation."""
    parts, begin = [], start
    for match in _STOP.finditer(folded, start, end):
        if match["line"] or (match["stop"] and _ends_sentence(text, folded, begin, match)):
            parts.append((begin, match.end() if match["line"] else match.end("stop")))
            begin = match.end()
    if begin < end:
        parts.append((begin, end))
    return parts


def _ends_sentence(text: str, folded: str, begin: int, match: re.Match[str]) -> bool:
    following = text[match.end()]
    if not (following.isupper() or following.isdigit() or following in '"«(*[†'):
        return False
    if following == "(" and _BESIDE.match(text, match.end()):
        return False  # "10 октября 1938 г. (ст. 61, 63 УК) приговорен"
    word = last_word(folded, begin, match.start())
    if word == "ср" and folded.startswith("азии", match.end()):
        return False  # "тройкой ПП ОГПУ по Ср. Азии"
    if following == "(" and word == "г" and _PLACE_ASIDE.match(folded, match.end()):
        return False  # "умер в 1942 г. (Карлаг)"
    before, after = abbreviations()
    if not match["gap"]:
        # "ул.Горького", "58.10": only a new capital after a whole word or a number parts without a space.
        return following.isupper() and len(word) > 3 and word not in before | after
    if word in _YEAR_OR_TOWN:
        # "в 1934 г. Арестован" ends a sentence, so does "1903 г. р. Раскулачен"; "г. Москва" does not.
        if _OF_TERM.match(folded, match.end()):
            return False  # "к 10 г. ИТЛ"
        if following.isdigit() and not _WHOLE_DATE.match(folded, match.end()):
            return False
        before_it = folded[max(begin, match.start() - len(word) - 6) : match.start() - len(word)]
        return (_YEAR_BEFORE if word == "р" else _FIGURE_BEFORE).search(before_it) is not None
    if word in _LEVELS and _EDUCATION.search(folded, max(begin, match.start() - 20), match.start() - len(word)):
        return not following.isdigit()  # "обр. нач. Портной артели"
    if word in ("л", "лет", "мес") and _OF_TERM.match(folded, match.end()):
        return False  # "5 л. ИТЛ"
    if _OF_REPUBLIC.match(folded, match.end()):
        return False  # "тройкой при НКВД Азерб. ССР"
    if word in _UNITS and _UNIT_ABOVE.match(folded, match.end()):
        return False  # "Моршанского у. Тамбовской губ."
    if word in ("обл", "окр") and _REPUBLIC.match(folded, match.end()):
        return False  # "Кустанайская обл. Каз. ССР"
    if word in after and _DISTRICT.match(folded, match.end()):
        return False  # "Карагандинская обл. Каркаралинский р-н"
    if len(word) == 1 and text[match.start() - 1].isupper() and not word.isdigit():
        return folded[match.start() - 2 : match.start() - 1] == ")"  # "Ш. Х." are initials, "КП(б)У." none
    if word == "д" and folded.endswith(("ж.д", "ж. д", "ж/д"), begin, match.start()):
        return _OPENS_SENTENCE.match(folded, match.end()) is not None  # "Окт. ж. д. Прож. …"
    if word == "с" and folded.endswith(("л.с", "л/с"), begin, match.start()):
        return True  # "на 5 лет л.с. В 1922 …"
    if word == "п" and folded.endswith("п.п", begin, match.start()):
        return not following.isdigit()  # "5 лет п.п. Амнистирован", but "п.п. 8, 10"
    if word in after:
        # "Тульская обл. Кузнец" ends a sentence; ", обл. Войска Донского" does not.
        return not following.isdigit() and _preceded_by_word(folded, begin, match.start() - len(word))
    return word not in before and (len(word) != 1 or word.isdigit())


def _preceded_by_word(folded: str, begin: int, position: int) -> bool:
    last = folded[begin:position].rstrip()[-1:]
    return last.isalnum() or last == "."


def last_word(folded: str, start: int, end: int) -> str:
    """Return the word that ends right before `end`."""
    first = max(start, end - _LONGEST_ABBREVIATION)
    begin = folded.rfind(" ", first, end) + 1
    if begin and folded[begin:end].isalnum():
        return folded[begin:end]
    begin = end
    while begin > first and ((sign := folded[begin - 1]).isalnum() or sign in "/-_"):
        begin -= 1
    return folded[begin:end]


def trim(folded: str, start: int, end: int) -> Range:
    """Drop spaces and punctuation at both ends; the point of a final abbreviation stays."""
    words = folded[start:end].lstrip(_EDGE)
    begin = end - len(words) if start < end else start
    stop = begin + len(words.rstrip(_EDGE))
    if begin < stop < end and folded[stop] == "." and (
        _is_abbreviation(last_word(folded, begin, stop)) or (stop == begin + 1 and folded[begin].isalpha())
    ):
        stop += 1
    return begin, stop


def _is_abbreviation(word: str) -> bool:
    before, after = abbreviations()
    return word in after or word in before


def in_latin(words: str) -> bool:
    """True for words of a language that is not read here."""
    letters = [sign for sign in words if sign.isalpha()]
    return sum(sign < "\u0250" for sign in letters) * 2 > len(letters)
