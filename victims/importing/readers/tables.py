"""Rows of a table as entries: the words of a row stay, header by header, beside what its columns became."""

from collections.abc import Iterator
from dataclasses import dataclass, field

from memorial.saying import said as _
from victims import entries
from victims.importing.readers.columns import Columns, MappingError, Target
from victims.importing.readers.filling import Filling, read_date
from victims.importing.readers.items import LONGEST_KEY, REJECTED, Item, Keys, ReadError, checked, locator
from victims.importing.readers.sheets import cells_of

#: One of these must be told, or the first row is no header.
NAMING = {"name", "surname", "given_name", "patronymic", "text"}
#: Rows looked at for a dry run's samples, and samples shown of a column.
LOOKED_AT, SAMPLES = 200, 3


@dataclass
class Column:
    """One column as a dry run shows it: what it becomes, how many of the first rows fill it, samples."""

    header: str
    target: Target | None
    filled: int = 0
    samples: list[tuple[str, str]] = field(default_factory=list)


def headers_of(line: int, cells: list[str]) -> list[str]:
    """Return what the columns of a table are called by its first row."""
    cells = cells_of(line, cells)
    while cells and not cells[-1].strip():
        cells = cells[:-1]
    return [" ".join(cell.split()) or f"column {at}" for at, cell in enumerate(cells, 1)]


class Table:
    """A table whose first row is its header; ``rows`` come from a CSV file or a sheet as (line, cells)."""

    suffix = ".csv"

    def __init__(self, columns: Columns | None = None, ragged: bool = True):
        self.columns, self.keys, self.ragged = columns or Columns(), Keys(), ragged
        self.headers: list[str] = []
        self.targets: list[Target | None] = []

    def units(self, rows) -> Iterator[tuple[int, list[str]]]:
        """Yield (line, cells) of the rows below the header; ReadError where the table has no usable header."""
        for line, cells in rows:
            if not any(cell.strip() for cell in cells) or cells[0].startswith(REJECTED):
                continue
            if self.headers:
                yield line, cells
            else:
                self._read_header(line, cells)

    def _read_header(self, line: int, cells: list[str]) -> None:
        headers = headers_of(line, cells)
        for at, header in enumerate(headers):
            if header in headers[:at]:
                told = _(
                    "columns %(one)s and %(other)s are both called “%(header)s”: give each column its own name",
                    one=headers.index(header) + 1, other=at + 1, header=header,
                )  # fmt: skip
                raise ReadError(line, told)
        try:
            self.targets = self.columns.of(headers)
        except MappingError as error:
            raise ReadError(line, error.args[0]) from None
        if not any(told and told.path in NAMING for told in self.targets):
            told = _(
                "no column is known to tell a name (%(headers)s): the first row must be the header; say what a "
                "column becomes (--map HEADER=PLACE, e.g. --map 'Человек=name')",
                headers=", ".join(headers)[:300],
            )
            raise ReadError(line, told)
        self.headers = headers

    def item(self, line: int, cells: list[str]) -> Item:
        """Return the entry of a row; ReadError where it is none."""
        cells = self._cells(line, cells)
        about = {
            told.path: cell.strip()
            for told, cell in zip(self.targets, cells, strict=True)
            if told and told.path in ("id", "page", "row", "locator", "text", "language")
        }
        for name in ("id", "page", "row", "locator"):
            if len(about.get(name, "")) > LONGEST_KEY:
                told = _(
                    '"%(name)s" must be at most %(longest)s characters: %(text)s…',
                    name=name, longest=LONGEST_KEY, text=about[name][:40],
                )  # fmt: skip
                raise ReadError(line, told)
        if "text" in about and self._only_about(cells):
            item = Item(line, "", checked(line, about["text"]))
        else:
            item = self._filled(line, cells)
        page, place = about.get("page", ""), about.get("row", "")
        item.locator = about.get("locator") or locator(page, place)
        item.key = about.get("id") or (f"{page}/{place}" if page and place else self.keys(item.text))
        if len(item.key) > LONGEST_KEY:
            told = _("page and number must be at most %(longest)s characters together", longest=LONGEST_KEY)
            raise ReadError(line, told)
        if language := about.get("language"):
            if len(language) > 10:
                told = _("the language must be a code such as ru or uk: %(text)s", text=language[:40])
                raise ReadError(line, told)
            item.language = language
        return item

    def _cells(self, line: int, cells: list[str]) -> list[str]:
        """Return as many cells as there are headers; a row of a file of another number is not to be trusted."""
        cells_of(line, cells)
        wanted = len(self.headers)
        spare = cells[wanted:]
        if any(cell.strip() for cell in spare) or (not self.ragged and len(cells) < wanted):
            told = _(
                "has %(cells)s cells where the header has %(wanted)s: look for a delimiter or a quote too many or "
                "too few",
                cells=len(cells), wanted=wanted,
            )  # fmt: skip
            raise ReadError(line, told)
        return [*cells[:wanted], *[""] * (wanted - len(cells))]

    def _only_about(self, cells: list[str]) -> bool:
        """Return whether a row tells nothing beside its printed words and where they stand."""
        return all(
            told is not None and told.path in ("id", "page", "row", "locator", "text", "language")
            for told, cell in zip(self.targets, cells, strict=True)
            if cell.strip()
        )

    def _filled(self, line: int, cells: list[str]) -> Item:
        parts, filling, draft, numbered, at = [], Filling(), None, False, 0
        for header, told, cell in zip(self.headers, self.targets, cells, strict=True):
            value = cell.strip()
            if not value:
                continue
            start = at + len(header) + 2
            parts.append(f"{header}: {value}")
            at = start + len(value) + 1
            piece = (start, start + len(value))
            if told is None:
                filling.left.append(piece)
            elif told.path == "text":
                draft = (entries.parse(value), start)
            elif told.path not in ("id", "page", "row", "locator", "language"):
                numbered |= told.number is not None
                filling.put(told.path, value, piece, header, told.number)
        text = checked(line, "\n".join(parts))
        if draft:
            _shift_remainder(filling, *draft)
        record, spans = filling.finish(tied=numbered)
        if draft:
            record, spans = _merged(record, spans, *draft)
            filling.warnings += [code for code in draft[0].warnings if code not in filling.warnings]
        return Item(line, "", text, "", record, spans, filling.warnings or None)

    def raw(self, cells: list[str]) -> list[str]:
        """Return a unit as a file of rejected lines has it."""
        return cells

    def describe(self, rows) -> list[Column]:
        """Return what each column becomes, with samples of its first rows."""
        found: list[Column] = []
        for count, (_line, cells) in enumerate(self.units(rows)):
            found = found or [Column(*told) for told in zip(self.headers, self.targets, strict=True)]
            if count >= LOOKED_AT:
                break
            for column, cell in zip(found, cells, strict=False):
                self._sample(column, cell.strip())
        return found or [Column(*told) for told in zip(self.headers, self.targets, strict=True)]

    @staticmethod
    def _sample(column: Column, cell: str) -> None:
        if not cell:
            return
        column.filled += 1
        if len(column.samples) < SAMPLES and cell not in [printed for printed, _read in column.samples]:
            column.samples.append((cell, _as_read(column.target, cell)))


def _as_read(told: Target | None, cell: str) -> str:
    """Return what a dry run says a value becomes, where that is not its words."""
    if told is None or told.path in ("id", "page", "row", "locator", "text", "language"):
        return ""
    filling = Filling()
    filling.put(told.path, cell, (0, len(cell)), "")
    if told.path.endswith("date") or told.path == "death.shot":
        return read_date(" ".join(cell.split()))[0] or _("kept as printed")
    record, _spans = filling.finish()
    if told.path in ("name", "name_variants"):
        return ", ".join(f"{key} {value}" for key, value in record.items())
    if told.path == "sentences.verdict":
        said = record["sentences"][0]
        return " ".join(said[key] for key in ("kind", "term") if said.get(key))
    return _("a note") if "notes" in record and told.path.partition(".")[0] != "notes" else ""


def _shift_remainder(filling: Filling, draft, offset: int) -> None:
    filling.left += [(start + offset, end + offset) for start, end in draft.remainder]


def _merged(record: dict, spans: list, draft, offset: int) -> tuple[dict, list]:
    """Lay what columns tell over what the parser read in the printed words; a told slot is the columns' alone."""
    told = {slot: value for slot, value in draft.record.items() if slot not in record}
    for span in draft.spans:
        if span.slot.partition(".")[0].partition("[")[0] in told:
            spans.insert(0, [span.slot, [[start + offset, end + offset] for start, end in span.pieces]])
    return told | record, spans
