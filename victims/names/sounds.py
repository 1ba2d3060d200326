"""How a name sounds: every spelling, in any alphabet, as plain Cyrillic letters without softness or doubling.

The tables of letters are data files that a linguist can read (``data/letters.tsv``, ``data/latin.tsv``). One
Cyrillic spelling has one sound; a Latin spelling has one for each language that may have written it.
"""

import re
import unicodedata
from functools import cache, lru_cache
from operator import eq
from pathlib import Path

from victims.names.folding import fold

DATA = Path(__file__).resolve().parent / "data"
#: Languages of ``latin.tsv``, the likeliest first; "de-zh" is German but for what stands there.
LANGUAGES = tuple("en iso de pl fr en-h de-zh hu tr az es it nl iso-sv it-ro iso-ca zh ko ko-t".split())
#: Chinese and Korean names are nothing but such syllables, together or apart; no other word is read as one.
_SYLLABLES = (
    r"(?:(?:[bpmfdtnlgkhjqxrsyw]|zh|ch|sh|ts|hs|rh|[bghkmpr]y|[ghk]w)?[aeiouyüŏŭ]{1,3}(?:ng|n|r|m|k|p|l|t|h)? ?)+"
)
#: What a word must be for these languages to read it: others read most words as one before them does.
_ONLY = dict.fromkeys(("zh", "ko", "ko-t"), re.compile(_SYLLABLES)) | {
    "iso-sv": re.compile(".*[tsz]j.*"),
    "it-ro": re.compile(".*[șşțţăâî].*"),
    "iso-ca": re.compile(".*x.*"),
}
_CYRILLIC = re.compile(r"[а-яёҐ-ӿѐ-ҁ]")
_LATIN = re.compile(r"[a-zà-ɏḀ-ỿ]")
#: Latin letters that look like Cyrillic ones, for those that stray into a Cyrillic word.
_LOOK_ALIKE = str.maketrans("abcehikmnoptxy", "авсенікмпортху".replace("і", "и"))
_TWO = re.compile(r"(.)\1+")
_RULES = (
    (re.compile(r"[шсзжщ]ч|шт?ш"), "ш"),
    (re.compile(r"[тд][сц]"), "ц"),
    (re.compile(r"дж"), "ж"),
    (re.compile(r"дз"), "з"),
    (re.compile(r"ио"), "е"),
    (re.compile(r"и(?=[аеиуюя])"), ""),
)
#: What one of the rules may begin with.
_RULED = re.compile("[сзжщшт][чш]|[тд][сц]|д[жз]|и[оаеиуюя]")


def _rows(name: str):
    for line in (DATA / name).read_text(encoding="utf-8").splitlines():
        if line and not line.startswith("#"):
            yield line.split("\t")


@cache
def _letters() -> dict[int, str]:
    return {ord(letter): sound for letter, sound in _rows("letters.tsv")}


@cache
def _tables() -> dict[str, tuple[re.Pattern, dict[str, str], frozenset[str]]]:
    """Return {language: (pattern of its letters, {letters: Cyrillic}, its letters with marks)}."""
    told: dict[str, dict[str, str]] = {}
    for language, letters, cyrillic in _rows("latin.tsv"):
        told.setdefault(language, {})[letters] = cyrillic
    tables = {}
    for language in LANGUAGES:
        table = told["all"] | told[language.partition("-")[0]] | told[language]
        letters = map(re.escape, sorted(table, key=len, reverse=True))
        pattern = re.compile("|".join((*letters, ".")), re.DOTALL)
        marked = frozenset(letter for letters in table for letter in letters if letter > "z")
        tables[language] = pattern, table, marked
    return tables


def single(heard: str) -> str:
    """Return a sound with every run of one letter as one."""
    # Most have none, and to see that takes a tenth of the time.
    return _TWO.sub(r"\1", heard) if True in map(eq, heard, heard[1:]) else heard


@lru_cache(maxsize=1 << 14)
def is_latin(word: str) -> bool:
    """Return whether a word is written in Latin letters, not counting those that stray into a Cyrillic one.

    Where all of them look like Cyrillic letters, one that is Cyrillic tells that the others were meant to be.
    """
    if not _LATIN.search(word):
        return False
    latin, cyrillic = _LATIN.findall(word), _CYRILLIC.findall(word)
    return len(latin) > len(cyrillic) and not (cyrillic and all(ord(letter) in _LOOK_ALIKE for letter in latin))


def is_unvowelled(word: str) -> bool:
    """Return whether a word is written in Hebrew or Arabic letters, of which few are vowels."""
    return "\u0590" <= word[:1] <= "\u06ff"


@lru_cache(maxsize=1 << 16)
def sound(word: str, raw: bool = False) -> str:
    """Return how a folded Cyrillic word sounds: "щеголёвъ" and "щеголев" are "шеголев".

    ``raw`` True leaves neighbours as they are: where a letter fell out they may be no neighbours in truth.
    """
    if _LATIN.search(word):
        word = word.translate(_LOOK_ALIKE)
    heard = word.replace(" ", "").replace("-", "").translate(_letters())
    if raw:
        return heard
    heard = single(heard)
    if not _RULED.search(heard):
        return heard
    for pattern, instead in _RULES:
        heard = pattern.sub(instead, heard)
    return single(heard)


@cache
def _foreign_letters() -> dict[int, str]:
    return {code: heard for code, heard in _letters().items() if not "а" <= chr(code) <= "я"}


#: Where y and i are й, and where Russian spelling has и for ы.
_SHORT_Y, _NO_Y = re.compile("(?<=[аеёиоуыэюя])(?:ы|и$)|^ы"), re.compile("(?<=[гкхжчшщ])ы")


@lru_cache(maxsize=1 << 14)
def cyrillic(word: str) -> tuple[str, ...]:
    """Return the Cyrillic readings of a folded Latin word, the likeliest language first, each once.

    It is not read by a language that lacks letters with marks which another one has.
    """
    found: dict[str, None] = {}
    marks = [letter for letter in word if letter > "z"]
    tables = {language: table for language, table in _tables().items() if _may_read(language, word)}
    foreign = {language: sum(letter not in tables[language][2] for letter in marks) for language in tables}
    fewest = min(foreign.values())
    for language, (pattern, table, marked) in tables.items():
        if foreign[language] > fewest:
            continue
        plain = "".join(letter if letter in marked else _unmarked(letter) for letter in word) if marks else word
        found[_read(plain, pattern, table)] = None
    return tuple(found)


def _read(word: str, pattern: re.Pattern, table: dict[str, str]) -> str:
    """Return a Latin word in Cyrillic letters, read by a language's pattern and table."""
    written = "".join([table.get(letters, letters) for letters in pattern.findall(word)])
    return _NO_Y.sub("и", _SHORT_Y.sub("й", written))


#: W and a c for ц are in one word in Polish only.
_POLISH = re.compile("w.*c(?![hkz])|c(?![hkz]).*w")


@lru_cache(maxsize=1 << 12)
def spellings(word: str) -> tuple[str, ...]:
    """Return a folded word in Russian letters, the likeliest of its readings first."""
    found = cyrillic(word) if is_latin(word) else (word,)
    if _POLISH.search(word):
        pattern, table, _marked = _tables()["pl"]
        found = tuple(dict.fromkeys((_read(word, pattern, table), *found)))
    return tuple(spelt.translate(_foreign_letters()) for spelt in found)


def _may_read(language: str, word: str) -> bool:
    return language not in _ONLY or bool(_ONLY[language].fullmatch(word))


#: Cyrillic letters that a name may begin with where its Latin form begins with this one.
_FIRST = {
    "a": "ая", "b": "б", "c": "цкчс", "d": "дж", "e": "еэё", "f": "фт", "g": "гждх", "h": "хг", "i": "ийяюе",
    "j": "йяюеёждих", "k": "кх", "l": "л", "m": "м", "n": "н", "o": "оае", "p": "пф", "q": "к", "r": "р",
    "s": "сшз", "t": "тцчф", "u": "ую", "v": "вф", "w": "в", "x": "хкс", "y": "яюеёий", "z": "зжц",
}  # fmt: skip


_ALSO = {"и": "ійї", "і": "и", "е": "эє", "э": "е", "г": "ґх", "у": "ў", "є": "е", "й": "и"}


def first_letters(initial: str) -> str:
    """Return the Cyrillic letters with which a name may begin of which an initial stands, itself the first."""
    if is_latin(initial):
        return initial + _FIRST.get(_unmarked(initial)[:1], "")
    return initial + _ALSO.get(initial, "")


def _unmarked(letter: str) -> str:
    if letter.isascii():
        return letter
    return "".join(part for part in unicodedata.normalize("NFKD", letter) if not unicodedata.combining(part))


@lru_cache(maxsize=1 << 14)
def sounds(word: str) -> tuple[str, ...]:
    """Return how a folded word may sound, each sound once: one for Cyrillic, several for Latin letters."""
    if not is_latin(word):
        return (sound(word),)
    return tuple(dict.fromkeys(heard for reading in cyrillic(word) if (heard := sound(reading))))


_WOMEN = (
    (re.compile(r"(?<=.[оеи][вн])а$|(?<=.ин)а$"), ""),
    (re.compile(r"(?<=..)(?:ая|яя|ои|еи|ии)$"), "и"),
    (re.compile(r"(?<=[сц]к)(?:а|я)$"), "и"),
)
_WOMENS = frozenset("аяи")
_ENDS = re.compile(r"(?<=...)(?:ас|ис|ус|с|(?<=[нлртк])ш)$")


@lru_cache(maxsize=1 << 16)
def surname_stem(heard: str) -> str:
    """Return the sound of a surname without what tells a woman's from a man's: "иванова" is "иванов"."""
    if heard[-1:] not in _WOMENS:
        return heard
    for pattern, instead in _WOMEN:
        shorter = pattern.sub(instead, heard)
        if shorter != heard:
            return shorter
    return heard


_AFTER_HUSHING = re.compile(r"(?<=[жшчц])[оеа]|(?<=л)о")


def hushed(heard: str) -> str:
    """Return a sound with о and е changed for each other after ж, ш, ч, ц, л: "чорни" and "черни" are one name."""
    return _AFTER_HUSHING.sub(lambda vowel: "о" if vowel[0] == "е" else "е", heard)


@cache
def _rules(name: str) -> tuple[tuple[re.Pattern, str], ...]:
    """Return (pattern, what stands instead) of a data file."""
    return tuple((re.compile(pattern), instead) for pattern, instead in _rows(name))


@lru_cache(maxsize=1 << 14)
def respelt(word: str) -> str:
    """Return a Cyrillic word of another alphabet as a Russian record may spell it, or itself."""
    for pattern, instead in _rules("respelt.tsv"):
        word = pattern.sub(instead, word)
    return word


@cache
def _surnames() -> dict[str, tuple[str, ...]]:
    """Return {folded surname: the Cyrillic ones that are one with it}."""
    same: dict[str, list[str]] = {}
    for (line,) in _rows("surnames.tsv"):
        forms = fold(line).split()
        written = [form for form in forms if not is_latin(form)]
        for form in forms:
            same.setdefault(form, []).extend(written)
    return {form: tuple(dict.fromkeys(written)) for form, written in same.items()}


def same_surnames(word: str) -> tuple[str, ...]:
    """Return the folded surnames that are one with a word though they sound otherwise."""
    return _surnames().get(word, ())


_SHORT_I = re.compile("и(?=[еуюя])")
#: Endings that letters show and sounds hide: Czech -ová, Latvian -ts and -ds, whose s is no ц, French -ine.
_FOREIGN = re.compile(r"(?<=...)(?:ová|(?<=[td])s|(?<=[iïy]n)e)$")


def without_foreign_end(word: str) -> str:
    """Return a Latin surname without what a language adds: "bergholcová" is "bergholc", "peterss" stays."""
    return _FOREIGN.sub("", word)


def other_ends(heard: str) -> list[str]:
    """Return the sounds of a surname with the endings that Russian records give it instead of its own."""
    found = [pattern.sub(instead, heard) for pattern, instead in _rules("endings.tsv") if pattern.search(heard)]
    return [_SHORT_I.sub("", other) for other in found]


def without_baltic_end(heard: str) -> str:
    """Return the sound of a name without a Latvian or Lithuanian ending: "берзинш" "берзин", "радекас" "радек"."""
    return _ENDS.sub("", heard)


_PATRONYMIC = re.compile(
    r"(?:инична|ична|[оеи]?вич|евич|[оеи]?вна|евна|[оеи]?вич[ау]?|ич|оглы?|оглу|огли|кизи|улы?|ули)$"
)


#: "Ivanovic", where the mark on the č is left out.
_BARE = re.compile("виц$")


@lru_cache(maxsize=1 << 16)
def father(heard: str) -> str:
    """Return the stem of the father's name in the sound of a patronymic, its last vowels off: "никол"."""
    return _PATRONYMIC.sub("", _BARE.sub("вич", heard)).rstrip("аеиоуюя")


def is_patronymic(heard: str) -> bool:
    """Return whether a sound ends as patronymics do; Turkic given names end in -кул, too."""
    return bool(_PATRONYMIC.search(heard)) and len(heard) > 3 and not heard.endswith("кул")
