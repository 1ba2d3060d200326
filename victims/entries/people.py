"""The name that stands before an entry, with its variants in brackets, and the sex it tells."""

import re

from victims.entries.clauses import Range, split_clauses, trim
from victims.entries.draft import Reading

_TOKEN = re.compile(
    r"\((?P<inner>(?:[^()]++|\([^()]*+\))*+)\)|(?P<word>[^\W\d_]\.(?=[^\W\d_]\.?(?:[\s,;]|$))|[^\s(),;]+)"
)
_PATRONYMIC = re.compile(r"(?:[оеиіїa-я]ч|[внш]на|ична|ов[иі]ч|оглы|огли|кызы|гызы|оглу|уулу|улы|заде|кизи)\.?$")
_MALE = re.compile(r"(?:[еоиь]вич|[а-яії]ич|іч|оглы|огли|оглу|уулу|улы|угли)\.?$")
_FEMALE = re.compile(r"(?:[оеєї]вна|ична|инична|івна|ївна|кызы|гызы|кизи)\.?$")
#: Titles that follow a name in small letters and belong to it: "Ахмед бек".
_TITLES = frozenset("бек бей бег хан ага паша мирза ханум".split())
_SUFFIX = frozenset({"оглы", "огли", "оглу", "кызы", "гызы", "кизи", "заде", "уулу", "улы", "угли"})
_LABEL = re.compile(
    r"\s*(?:варианты?\s+(?:фамилии|имени|отчества|фио)\s+|(?:варианты?\s+)?(?:фамили[ия]|имени|имя|отчеств[аo]|отчество|фио|ф\.\s?и\.\s?о\.)\s*[:-]|варианты?\s*[:-]|"
    r"(?:он|она)\s+же\s*[:-]?|по\s+(?:другим|др\.?)\s+(?:данным|сведениям)\s*[:-]?|также|"
    r"урожд(?:енн(?:ая|ый))?\.?\s*[:-]?|ур\.|"
    r"по\s+(?:первому\s+|второму\s+)?мужу\s*[:-]?|по\s+отцу\s*[:-]?|до\s+замужества\s*[:-]?|"
    r"(?:наст(?:оящ[а-я]+|\.)|девичья|парт(?:ийная|\.)|прежняя|другая)\s+(?:фамилия|кличка|имя)\s*[:-]?|"
    r"в\s+др(?:\.|угих|угом)\s+источник\w*\s*[:-]?|псевд(?:оним)?\.?\s*[:-]?|в\s+(?:миру|монашестве|крещении|схиме|постриге)\s*[:-]?|правильно\s*[:-]?|или\s)\s*"
)
_ALIAS = re.compile(r"(?:^|(?<=\s))(?:(?:он|она)\s+же|урожденн(?:ая|ый)|урожд\.|псевд\.)(?=\s)")


def read_name(reading: Reading, start: int, end: int) -> None:
    """Read "Фамилия (варианты) Имя Отчество" from a range; what is neither stays in the remainder."""
    start, end = _without_aliases(reading, start, end)
    words: list[Range] = []
    for match in _TOKEN.finditer(reading.folded, start, end):
        if match["word"] is None:
            read_variants(reading, *match.span("inner"))
        elif reading.says(match.span()):
            words.append(match.span())
    ranked = bool(words) and reading.folded[slice(*words[0])] in _RANKS
    religious = ranked or (len(words) == 1 and _tells_whole_name(reading))
    if religious and _read_in_religion(reading, words, ranked):
        return
    if len(words) > 3 and reading.folded[slice(*words[0])] in _CLERGY:
        reading.put_text("occupation", words.pop(0))
    if not words:
        return
    surname, words = _surname(reading, words)
    given, patronymic = _divide(reading, words)
    reading.put_text("surname", *surname)
    if given:
        reading.put_text("given_name", *given)
    if patronymic:
        reading.put_text("patronymic", *patronymic)


#: What stands before a noble or foreign surname and belongs to it: "фон дер Лауниц", "де Лазари".
_PARTICLES = frozenset("фон дер ден де ди да дю дель ла ле ван цу тер".split())
_ELIDED = re.compile(r"[дл]['’`][^\W\d_]")  # "д'Артаньян"


def _surname(reading: Reading, words: list[Range]) -> tuple[list[Range], list[Range]]:
    """Return the words of the surname, and all words with those of them after the first left out."""
    length = 1
    while length < len(words) and _is_particle(reading, words[length - 1]):
        length += 1
    small = length == 1 and len(words) > 2 and reading.text[words[1][0]].islower()
    if small and _is_particle(reading, words[1]):  # "Мекк фон Николай Карлович", "Ван дер Беллен Иван Карлович"
        length = 3 if _is_particle_word(reading, words[0]) else 2
    return words[:length], words[length - 1 :]


def _is_particle(reading: Reading, word: Range) -> bool:
    """True of a particle in small letters: capitalised ones are surnames of China; "Фон" is none."""
    return _is_particle_word(reading, word) and (
        reading.folded[slice(*word)] == "фон" or reading.text[word[0]].islower())  # fmt: skip


def _is_particle_word(reading: Reading, word: Range) -> bool:
    return reading.folded[slice(*word)] in _PARTICLES


_RANKS = frozenset(
    "архиепископ епископ митрополит архимандрит игумен игуменья иеромонах иеродиакон монах монахиня инок инокиня "
    "схимонах схимонахиня иеросхимонах схиигумен послушник послушница".split()
)


#: What stands before a surname, a name and a patronymic; alone before two words it may be the surname.
_CLERGY = _RANKS | frozenset("священник протоиерей иерей протодиакон диакон дьякон псаломщик".split())


def _tells_whole_name(reading: Reading) -> bool:
    """True of "ФЕОФАН (Тихонов Федор Петрович)": the bracket has the surname, the name and the patronymic."""
    told = next((span for span in reading.spans if span.slot == "name_variants[0]"), None)
    return told is not None and is_whole_name(reading, *told.pieces[0])


def _read_in_religion(reading: Reading, words: list[Range], ranked: bool) -> bool:
    """Read "Иеромонах Никон (в миру Белов Николай Петрович)": the rank is the trade, the secular name the name."""
    secular = next((span for span in reading.spans if span.slot == "name_variants[0]"), None)
    parts = [match.span() for match in _TOKEN.finditer(reading.folded, *secular.pieces[0])] if secular else []
    if len(parts) < 2 or len(reading.record["name_variants"]) > 1:
        return False
    reading.take_back("name_variants[0]")
    reading.record["name_variants"].clear()
    given, patronymic = _divide(reading, parts)
    reading.put_text("surname", parts[0])
    reading.put_text("given_name", *given)
    if patronymic:
        reading.put_text("patronymic", *patronymic)
    if ranked:
        reading.put_text("occupation", words.pop(0))
    if words:
        reading.put_text("name_variants[0]", *words)
    return True


#: "(отчество не указано)": nothing is told.
_NOT_TOLD = re.compile(
    r"\W*(?:(?:имя|отчество|фамилия|имя\s+и\s+отчество)\s+)?(?:не\s?(?:указан[оаы]?|известн[оаы]|установлен[оаы]?)|нет)\W*"
)
_KIN = re.compile(r"(?:отец|мать|муж|жена|сын|дочь|брат|сестра)\s*-\s")


def read_variants(reading: Reading, start: int, end: int) -> None:
    """Read the inside of a bracket after a name: variants parted by commas, each with or without a label."""
    for piece in split_clauses(reading.folded, start, end):
        if unknown := _NOT_TOLD.fullmatch(reading.folded, *piece):
            reading.label(*unknown.span())
            continue
        label = _LABEL.match(reading.folded, *piece)
        if label:
            reading.label(*label.span())
        begin, stop = trim(reading.folded, label.end() if label else piece[0], piece[1])
        while begin < stop and reading.folded[begin] == "(" and reading.folded[stop - 1] == ")":
            begin, stop = begin + 1, stop - 1
        if not label and _KIN.match(reading.folded, begin, stop):
            reading.put_text(reading.more("relatives"), (begin, stop))
            continue
        if not label and reading.folded[begin : begin + 1].isdigit():
            return  # "…, 1905 г. р., ур. с. Рыбацкое": what follows is no name
        reading.put_text(f"name_variants[{len(reading.record['name_variants'])}]", (begin, stop))


def read_sex_of_patronymic(reading: Reading) -> None:
    """Tell the sex from the patronymic, or from its ending where the name has one."""
    for span in reading.spans:
        if span.slot == "patronymic":
            last = span.pieces[-1]
            word = reading.folded[last[0] : last[1]]
            if _FEMALE.search(word):
                reading.put("sex", "female", last)
            elif _MALE.search(word):
                reading.put("sex", "male", last)


def is_name(reading: Reading, start: int, end: int) -> bool:
    """True when the range looks like a name: one to six capitalised words, no digit, a patronymic or no more."""
    words = [match.span() for match in _TOKEN.finditer(reading.folded, start, end) if match["word"]]
    words = [word for word in words if reading.says(word)]
    return 0 < len(words) <= 6 and all(_is_name_word(reading, *word) for word in words)


def is_whole_name(reading: Reading, start: int, end: int) -> bool:
    """True when the range is a surname, a given name and a patronymic, which nothing else need confirm."""
    words = [match.span() for match in _TOKEN.finditer(reading.folded, start, end) if match["word"]]
    words = [reading.folded[slice(*word)] for word in words if reading.says(word)]
    whole = len(words) == 3 and words[0] not in _CLERGY and is_name(reading, start, end)
    return whole and bool(_MALE.search(words[-1]) or _FEMALE.search(words[-1]))


_NO_NAME = re.compile(r"[\d/:]")


def _is_name_word(reading: Reading, start: int, end: int) -> bool:
    word = reading.text[start:end]
    return not _NO_NAME.search(word) and (
        word[0].isupper() or reading.folded[start:end].lstrip("-") in _SUFFIX
        or word in _PARTICLES or word in _TITLES or _ELIDED.match(word))  # fmt: skip


def _without_aliases(reading: Reading, start: int, end: int) -> Range:
    """Cut off and read ", он же …" after a name."""
    match = _ALIAS.search(reading.folded, start, end)
    if match and "(" not in reading.folded[start : match.start()].rpartition(")")[2]:
        reading.label(*match.span())
        read_variants(reading, match.end(), end)
        return start, match.start()
    return start, end


_ONE_SYLLABLE = re.compile(r"[^\Wаеиоуыэюяіїє\d]*[аеиоуыэюяіїє][^\Wаеиоуыэюяіїє\d]*")


def _divide(reading: Reading, words: list[Range]) -> tuple[list[Range], list[Range]]:
    """Part the words after the surname into given name and patronymic."""
    rest: list[Range] = []
    for word in words[1:]:
        if rest and reading.text[slice(*word)] in _TITLES:
            rest[-1] = rest[-1][0], word[1]
        else:
            rest.append(word)
    if len(rest) < 2:
        return rest, []
    folded = [reading.folded[begin:end].lstrip("-") for begin, end in rest]
    if folded[-1] in _SUFFIX:
        return (rest[:-2], rest[-2:]) if len(rest) > 2 else ([], rest)
    if len(rest) == 2 and all(_ONE_SYLLABLE.fullmatch(reading.folded, *word) for word in words):
        return rest, []  # "Ли Фу Чен"
    if len(rest) == 2 or _PATRONYMIC.search(folded[-1]):
        return rest[:-1], rest[-1:]
    # More names than three and no patronymic among them: the books of foreigners print given names so.
    return rest, []
