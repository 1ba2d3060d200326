"""Which column of a table becomes what: found by its header, by a saved mapping, or as the user says."""

import csv
import json
import re
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

from memorial.saying import said as _
from victims.importing.readers.filling import PATHS

DATA = Path(__file__).parent / "data"
#: What a column may be beside a place of the record form: what tells the entry itself, or nothing but its words.
ABOUT = ("id", "page", "row", "locator", "text", "language")
#: A column that is kept among the words alone.
WORDS = "-"
_NUMBERED = re.compile(r"^(?P<name>.*\D)\s?(?P<number>[1-9]\d?)$", re.DOTALL)
_TARGET = re.compile(r"(?P<path>[a-z_]+(?:\[(?P<at>\d{1,2})\])?(?:\.[a-z_]+)?)")


class MappingError(ValueError):
    """A mapping of columns that cannot be; the message names the column and the remedy."""


@dataclass(frozen=True, slots=True)
class Target:
    """What a column becomes: a path of the record form or of ``ABOUT``, and the number of its case."""

    path: str
    number: int | None = None

    def __str__(self) -> str:
        slot, dot, key = self.path.partition(".")
        return f"{slot}[{self.number - 1}]{dot}{key}" if self.number else self.path


def folded(header: str) -> str:
    """Return a header as ``headers.csv`` has it: small letters, no punctuation."""
    plain = re.sub(r"[^\w№/'’ ]+", " ", header.lower().replace("ё", "е").replace("/", " "))
    return " ".join(plain.split())


@cache
def known() -> dict[str, str]:
    """Return {folded header: path} of all headers that are known."""
    found: dict[str, str] = {}
    with (DATA / "headers.csv").open(encoding="utf-8", newline="") as rows:
        for row in csv.DictReader(rows):
            for header in row["headers"].split("|"):
                found.setdefault(folded(header), row["path"])
    for path in PATHS:
        found.setdefault(folded(path.replace("_", " ")), path)
        found.setdefault(path, path)
    return found


def recognise(header: str) -> Target | None:
    """Return what a column of this header becomes; None where nobody knows."""
    if exact := _TARGET.fullmatch(header.strip()):
        path = re.sub(r"\[\d+\]", "", exact["path"])
        if path in PATHS and (exact["at"] is not None or "." in path):
            return target(header)
    name = folded(header)
    if path := known().get(name) or known().get(header.strip().lower()):
        return Target(path)
    numbered = _NUMBERED.match(name)
    if numbered and (path := known().get(numbered["name"].strip())) and "." in path:
        return Target(path, int(numbered["number"]))
    return None


def target(text: str, header: str = "") -> Target | None:
    """Return what a mapping says: "arrests[1].date", "notes", "id"; "-" or None keep the words alone."""
    if text in (None, "", WORDS):
        return None
    said = _TARGET.fullmatch(text.strip()) if isinstance(text, str) else None
    path = re.sub(r"\[\d+\]", "", said["path"]) if said else ""
    if path not in PATHS and path not in ABOUT:
        told = _(
            "“%(header)s” cannot become “%(place)s”: choose a place of the record form such as surname, "
            "birth.date, arrests[1].date or notes, or one of %(about)s, or %(words)s to keep its words alone",
            header=header, place=text, about=", ".join(ABOUT), words=WORDS,
        )  # fmt: skip
        raise MappingError(told)
    return Target(path, int(said["at"]) + 1 if said["at"] is not None else None)


@dataclass
class Columns:
    """The mapping of one table: what is said of headers, and then what the table's own headers tell."""

    said: dict[str, Target | None] = field(default_factory=dict)

    @classmethod
    def read(cls, mapping: Path | None = None, pairs=()) -> "Columns":
        """Return what a saved mapping ({"columns": {header: place}}) and pairs "header=place" say."""
        said: dict[str, Target | None] = {}
        if mapping:
            for header, place in _saved(mapping).items():
                said[header] = target(place, header)
        for pair in pairs:
            header, sign, place = pair.rpartition("=")
            if not sign or not header.strip():
                raise MappingError(f'--map {pair}: must be "HEADER=PLACE", such as "Дата ареста=arrests.date"')
            said[header.strip()] = target(place.strip(), header.strip())
        return cls(said)

    def of(self, headers: list[str]) -> list[Target | None]:
        """Return what each column becomes; MappingError where two columns are one, or a named one is not there."""
        if missing := [header for header in self.said if header not in headers]:
            told = _(
                "the mapping names columns that the file does not have: %(missing)s; it has: %(headers)s",
                missing=", ".join(missing), headers=", ".join(headers),
            )  # fmt: skip
            raise MappingError(told)
        found = [self.said[header] if header in self.said else recognise(header) for header in headers]
        for about in ("id", "page", "row", "text", "language", "locator"):
            named = [header for header, told in zip(headers, found, strict=True) if told and told.path == about]
            if len(named) > 1:
                told = _(
                    "several columns would be “%(place)s” (%(headers)s): say which (--map)",
                    place=about, headers=", ".join(named),
                )  # fmt: skip
                raise MappingError(told)
        return found


def _saved(path: Path) -> dict:
    try:
        told = json.loads(path.read_text(encoding="utf-8-sig"))
        columns = told["columns"]
        if not isinstance(columns, dict):
            raise TypeError
    except OSError as error:
        raise MappingError(f"{path}: cannot be read: {error.strerror or error}") from None
    except (ValueError, KeyError, TypeError):
        raise MappingError(f'{path}: must be JSON: {{"columns": {{"HEADER": "PLACE", …}}}}') from None
    return columns


def saved(headers: list[str], targets: list[Target | None]) -> str:
    """Return a mapping as it is kept in a file, to be looked through and used again."""
    columns = {header: str(told) if told else None for header, told in zip(headers, targets, strict=True)}
    return json.dumps({"columns": columns}, ensure_ascii=False, indent=2) + "\n"
