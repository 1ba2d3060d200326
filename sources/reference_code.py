"""Archival reference codes ("ГАРФ. Ф. 10035. Оп. 1. Д. П-1234. Л. 4 об.") read and written."""

import re
from dataclasses import dataclass
from itertools import pairwise

#: Part -> the label it is written with.
LABELS = {
    "ru": {"fonds": "Ф.", "opis": "Оп.", "delo": "Д.", "volume": "Т.", "leaves": "Л.", "verso": "об."},
    "uk": {"fonds": "Ф.", "opis": "Оп.", "delo": "Спр.", "volume": "Т.", "leaves": "Арк.", "verso": "зв."},
}

#: Part -> the words archivists put before it (Russian, Ukrainian, Belarusian, and Latin transliteration).
_WORDS = {
    "fonds": "фонда?|ф|fonds?|f",
    "opis": r"описи|опись|опису?|воп[іи]с|воп|оп|opis|op",
    "delo": r"ед(?:иница|\.)?\s*хр(?:анения|\.)?|од(?:иниця|\.)?\s*зб(?:ерігання|\.)?"
    r"|справ[аи]|спр|(?:арх\.?\s*|архивное\s+)?д(?:ел[оа])?|delo|d",
    "volume": "тома?|т",
    "leaves": r"листы?|листа|аркуш[іи]?|арк\.?\s*арк|арк|лл|л|ll|l",
}
_LABEL = re.compile(
    r"(?<!\w)(?:" + "|".join(f"(?P<{part}>{words})" for part, words in _WORDS.items()) + ")"
    # a label counts only before something that can be a number: "им. Д. Фурманова" has no delo
    r"(?:\s*[.:]\s*|\s+|(?=\d))(?:№+\s*)?(?=(?:[^\W\d_]{1,4}\s?[-–—]?\s?)?\d|[бb]/[нn]\b)",
    re.IGNORECASE,
)
_DASH = re.compile(r"\s*[-‐‑‒–—−]\s*")
_NUMBER = re.compile(
    r"(?:(?P<prefix>[^\W\d_]{1,4})(?P<gap>[- ]?))?\d+(?:[-/.]?\w+)*(?: [^\W\d_]{1,2})?(?: \(\d+\))?|б/н"
)
_VERSO = r"(?:об|зв|v|ob|zv)\b\.?"
_LEAF = re.compile(rf"(?P<number>\d+(?!\w*\d)(?:(?!об|зв|ob|zv|v)[^\W\d_])?)\s*(?P<verso>{_VERSO})?", re.I)
_AND_VERSO = re.compile(rf"(?P<number>\d+[а-я]?)\s*[иісc]\s*(?={_VERSO})", re.I)
#: A repository's name may end in an abbreviation, whose point is its own.
_ABBREVIATED = re.compile(r"(?:^|[\s.])(?:обл|кр|окр|респ|гор|г|р-на|авт|им|ім)\.$", re.I)


class ReferenceCodeError(ValueError):
    """A text that cannot be read as an archival reference code; the message names the part at fault."""


@dataclass(frozen=True, slots=True)
class ReferenceCode:
    """The levels of an archival reference; None where a level is not given.

    `delo` includes the volume ("П-1234. Т. 2"); `leaves` are in the Russian form ("4–6 об., 9").
    """

    repository: str | None = None
    fonds: str | None = None
    opis: str | None = None
    delo: str | None = None
    leaves: str | None = None

    def format(self, language: str = "ru") -> str:
        """Return the code as archivists of the language ("ru" or "uk") write it."""
        labels = LABELS[language]
        leaves = self.leaves and self.leaves.replace(LABELS["ru"]["verso"], labels["verso"])
        numbers = (("fonds", self.fonds), ("opis", self.opis), ("delo", self.delo), ("leaves", leaves))
        code = ". ".join(f"{labels[part]} {value}" for part, value in numbers if value)
        if not self.repository or not code:
            return self.repository or code
        return f"{self.repository}{'' if self.repository.endswith('.') else '.'} {code}"

    def __str__(self) -> str:
        return self.format()


def parse(text: str) -> ReferenceCode:
    """Read a reference code in any of the usual spellings; `parse(str(code)) == code`.

    What stands before the first label is the repository. Everything else must belong to a part, or
    ReferenceCodeError is raised: nothing is left out. Dashes, spaces, case of labels and letters before a
    number are made canonical.
    """
    text = " ".join(text.split())
    labels = list(_LABEL.finditer(text))
    if not labels or all(label.lastgroup == "leaves" for label in labels):
        raise ReferenceCodeError(f"no fonds, opis or delo in {text!r}")
    parts: dict[str, str] = {}
    ends = [label.start() for label in labels[1:]] + [len(text)]
    for label, end in zip(labels, ends, strict=True):
        _add(parts, label.lastgroup, text[label.end() : end], text)
    return ReferenceCode(repository=_repository(text[: labels[0].start()]), **parts)


def _add(parts: dict[str, str], part: str, written: str, text: str) -> None:
    """Put one labelled value in its place; a volume goes with the delo."""
    value = written.strip(" ,;.")
    if part == "volume":
        if "delo" not in parts or "leaves" in parts or LABELS["ru"]["volume"] in parts["delo"]:
            raise ReferenceCodeError(f"a volume without its delo in {text!r}")
        parts["delo"] += f". {LABELS['ru']['volume']} {_number(value, part)}"
    elif part in parts:
        raise ReferenceCodeError(f"two of {part} in {text!r}")
    else:
        parts[part] = _leaves(value) if part == "leaves" else _number(value, part)


def _repository(written: str) -> str | None:
    name = written.strip().rstrip(",;:/ ").strip()
    if name.endswith(".") and not _ABBREVIATED.search(name):
        name = name.rstrip(". ")
    return name or None


def _number(value: str, part: str) -> str:
    """Return a number of a fonds, opis, delo or volume in the canonical spelling."""
    value = re.sub(r"\s*/\s*", "/", _DASH.sub("-", value))
    found = _NUMBER.fullmatch(value)
    if not found:
        raise ReferenceCodeError(f"{part} is not a number: {value!r}")
    prefix = found["prefix"]
    if not prefix:
        return value
    gap = "-" if found["gap"] else ""
    return prefix.upper() + gap + value[found.end("gap") :]


def _leaves(value: str) -> str:
    """Return leaves in the canonical spelling: "4", "4 об.", "4–6 об., 9"."""
    items = re.split(r"\s*[,;]\s*|\s+(?:и|та|і)\s+(?=\d)", _AND_VERSO.sub(r"\g<number>, \g<number> ", value))
    return ", ".join("–".join(_leaf(end, value) for end in _range(item)) for item in items)


def _range(item: str) -> list[str]:
    ends = _DASH.split(item.strip())
    if len(ends) > 2:
        raise ReferenceCodeError(f"leaves are not a range: {item!r}")
    for first, last in pairwise(ends):
        if (a := re.match(r"\d+", first)) and (b := re.match(r"\d+", last)) and int(a[0]) > int(b[0]):
            raise ReferenceCodeError(f"leaves run backwards: {item!r}")
    return ends


def _leaf(written: str, value: str) -> str:
    found = _LEAF.fullmatch(written)
    if not found:
        raise ReferenceCodeError(f"leaves are not numbers: {value!r}")
    return f"{found['number']} {LABELS['ru']['verso']}" if found["verso"] else found["number"]
