"""Names in Latin letters for readers of English: BGN/PCGN without its marks, as maps and books print them."""

import re

_LETTERS = {
    "а": "a", "б": "b", "в": "v", "г": "g", "ґ": "g", "д": "d", "е": "e", "ё": "yo", "є": "ye", "ж": "zh",
    "з": "z", "и": "i", "і": "i", "ї": "yi", "й": "y", "к": "k", "л": "l", "м": "m", "н": "n", "о": "o", "п": "p",
    "р": "r", "с": "s", "т": "t", "у": "u", "ў": "u", "ф": "f", "х": "kh", "ц": "ts", "ч": "ch", "ш": "sh",
    "щ": "shch", "ъ": "", "ы": "y", "ь": "", "э": "e", "ю": "yu", "я": "ya", "ѣ": "e", "ѳ": "f", "ѵ": "i", "’": "",
    "ʼ": "",
}  # fmt: skip
_AFTER_THESE_YE = "аеёиоуыэюяъьіїє"
#: The ending of adjectives, which English writes with one letter: Флоренский is Florensky.
_ENDING = re.compile(r"[иы]й\b")
_CYRILLIC = re.compile(r"[а-яёіїєґўѣѳѵ]", re.IGNORECASE)


def latin(text: str) -> str:
    """Return Cyrillic words in Latin letters, each capital where it stood; other letters stay as they are.

    "" for a text without Cyrillic: there is nothing to tell beside it.
    """
    if not _CYRILLIC.search(text):
        return ""
    written, before = "", " "
    for letter in _ENDING.sub("ы", text):
        lower = letter.lower()
        told = _LETTERS.get(lower, letter)
        if lower == "е" and (not before.isalpha() or before in _AFTER_THESE_YE):
            told = "ye"
        if letter != lower and told:
            told = told[0].upper() + told[1:]
        written, before = written + told, lower
    return written
