"""The folding of printed text letter for letter (pure): `fold(text)` keeps its length.

So an offset in the folded text is an offset in the printed one.
"""

import re

# Latin letters that typists set for Cyrillic ones ("Hовинский", "СHК"): matched as if they were Cyrillic.
_LOOKALIKE = dict(zip("ABCEHKMOPTXYaceopxyiI", "авсенкмортхуасеорхуіі", strict=True))
_CYRILLIC = {chr(code): chr(code).lower() for code in range(0x400, 0x430)} | {"Ґ": "ґ"}
_SIGNS = {
    "ё": "е", "Ё": "е", "\u00a0": " ", "\u2009": " ", "\t": " ", "\r": " ",
    "–": "-", "—": "-", "‑": "-", "−": "-", "’": "'", "ʼ": "'", "`": "'", "«": '"', "»": '"', "“": '"', "”": '"',
    "„": '"',
}  # fmt: skip
_LATIN = {chr(code): chr(code + 32) for code in range(ord("A"), ord("Z") + 1)}
_FOLD = str.maketrans(_LATIN | _CYRILLIC | _LOOKALIKE | _SIGNS)
_NEEDS_TABLE = re.compile(f"[a-z{re.escape(''.join(_SIGNS))}]")


def fold(text: str) -> str:
    """Lower-case the text letter for letter, look-alikes made Cyrillic; the length stays the same."""
    lower = text.lower()
    if len(lower) != len(text):
        return text.translate(_FOLD)
    return text.translate(_FOLD) if _NEEDS_TABLE.search(lower) else lower
