"""A sorting key of plain ASCII, so that every database and collation orders names alike.

Every letter becomes a lower-case letter and a digit, marks between words become a digit. The letters of
the key are those whose place no national collation moves (no v w x y z), and because letters and digits
alternate no digraph (ch, cs, aa, lj) can arise; digits stand before letters everywhere, and unlike spaces
and points they are never skipped.

    0       end of a field          a0 … p5  the Russian alphabet, two letters of it to a Latin one
    1, 2    space, hyphen           q0 … s5  the Latin alphabet, after the Russian
    3n      the digit n             t…       any other letter, by code point
    u       no surname printed: at the end of the list, by what is known
"""

import unicodedata
from functools import lru_cache
from string import ascii_lowercase

from victims.names.folding import fold

_RUSSIAN = "абвгдежзийклмнопрстуфхцчшщъыьэюя"
#: Letters of other alphabets stand with the Russian letter a reader would look under.
_LIKE = {
    "и": "іїѵӥӣ", "е": "ѐєѣҽ", "г": "ґғҕӷѓ", "у": "ўүұӯӱӳ", "а": "әӓ", "о": "өӧӫѡ", "к": "қҡҝҟќ", "н": "ңҥӈ",
    "ж": "җӂӝ", "ч": "ҷҹӌӵ", "х": "һҳ", "ф": "ѳ", "з": "ҙӟ", "с": "ҫѕ", "й": "јҋ", "т": "ҭ", "ц": "ҵ",
    "л": "љӆ", "д": "ђџ", "п": "ҧ", "э": "ӭ", "ы": "ӹ",
}  # fmt: skip
_LATIN_LIKE = {
    "ß": "ss", "æ": "ae", "œ": "oe", "ø": "o", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "ı": "i", "ə": "a",
    "ħ": "h", "ŋ": "n",
}  # fmt: skip

_FIELD, _NO_SURNAME = "0", "u"


def _codes() -> dict[str, str]:
    """Return the code of every letter that is not spelt out by its code point."""
    codes = {" ": "1", "-": "2"} | {digit: f"3{digit}" for digit in "0123456789"}
    codes |= {letter: f"{'abcdefghijklmnop'[i // 2]}{i % 2 * 5}" for i, letter in enumerate(_RUSSIAN)}
    codes |= {letter: f"{'qrs'[i // 10]}{i % 10}" for i, letter in enumerate(ascii_lowercase)}
    codes |= {letter: codes[base] for base, letters in _LIKE.items() for letter in letters}
    return codes | {letter: "".join(codes[x] for x in base) for letter, base in _LATIN_LIKE.items()}


_CODES = _codes()


def sort_key(surname: str | None, given: str | None, patronymic: str | None) -> str:
    """Return the ASCII key that sorts a name by surname, then given name, then patronymic.

    Only `0-9a-u`. A part not known is None or empty and sorts first in its place; only a missing surname
    sorts after every surname.
    """
    first = _coded(surname) if surname else ""
    return _FIELD.join((first or _NO_SURNAME, _coded(given or ""), _coded(patronymic or "")))


@lru_cache(maxsize=1 << 16)
def _coded(part: str) -> str:
    return "".join(_CODES.get(letter) or _spelt(letter) for letter in fold(part))


def _spelt(letter: str) -> str:
    """Return the code of a letter outside the table: its base letter's, or its code point."""
    base = unicodedata.normalize("NFKD", letter)[0]
    if base in _CODES:
        return _CODES[base]
    return f"t{ord(base):07d}" if base.isalnum() else ""
