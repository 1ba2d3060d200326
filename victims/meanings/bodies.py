"""Bodies as books print them: their kind, and what tells one of the kind from the others."""

import re

from victims.meanings import regions
from victims.meanings.dictionaries import first_fit

#: Parts of an authority, below a region: they are not the authority of the region.
_PART = re.compile(
    r"\b(?:ро|го|уго|рай\w*|гор\w*\s?отд\w*|отдел\w*|отделени\w*|окр\w*|оперсектор\w*|опер\w*|сектор\w*|угб|дто|дорож\w*|"
    r"[гр]овд|нар\w*суд\w*|линейн\w*|городск\w*|межрай\w*|комендат\w*|погран\w*|военн\w*|транспорт\w*|иц|ж\.?\s?д|дороги)\b"
)
_AUTHORITY = (
    ("nkvd", re.compile(r"нкв[дс]")),
    ("ogpu", re.compile(r"о?гпу|дпу")),
    ("mgb", re.compile(r"мгб")),
    ("mvd", re.compile(r"\bмвд")),
)
_WHOLE = {"нквд": "nkvd", "нквд ссср": "nkvd", "органами нквд": "nkvd", "огпу": "ogpu", "огпу ссср": "ogpu",
          "органами огпу": "ogpu", "нкгб": "nkgb", "мгб": "mgb", "мгб ссср": "mgb"}  # fmt: skip
_USSR = re.compile(r"\bссср\b|\bсрср\b|\bвквс\b|союза\s+сср")
_RUSSIA = re.compile(r"\bрф\b|росси")
_REGIONAL = frozenset(
    ("troika", "ogpu_troika", "militia_troika", "supreme_court", "court", "procuracy", "security", "interior",
     "executive_committee", "presidium")
)  # fmt: skip


def meaning(text: str) -> str | None:
    """Return the kind of a body and, after a space, its region or authority where the words tell them."""
    text = text.replace("сср союза", "ссср")
    if text in _WHOLE:
        return f"security {_WHOLE[text]}"
    kind = first_fit("body", text)
    told = _apart(kind, text) if kind else None
    return f"{kind} {told}" if told else kind


def _apart(kind: str, text: str) -> str | None:
    if kind == "special_council":
        return next((name for name, pattern in _AUTHORITY if pattern.search(text)), None)
    if kind in ("military_collegium", "ogpu_collegium"):
        return "russia" if _RUSSIA.search(text) else regions.of_body(text) or "ussr"
    if kind not in _REGIONAL:
        return None
    if kind in ("security", "interior", "court", "procuracy", "executive_committee") and _PART.search(text):
        return "moscow" if kind == "court" and re.search(r"мос\w*\s?гор\w*\s*суд", text) else None
    region = regions.of_body(text)
    if region is None and kind in ("supreme_court", "procuracy") and _USSR.search(text):
        return "ussr"
    return region
