"""The closed list of labels (`data/labels.csv`) as it stands in a text: which, where, and the sex it tells."""

import re
from functools import cache, partial
from typing import NamedTuple

from victims.entries import lexicon
from victims.entries.clauses import Range
from victims.entries.draft import Reading

#: Labels that tell what happened to a person.
EVENTS = frozenset("arrest convict verdict charge act shot died death_date burial rehabilitation".split())


class Label(NamedTuple):
    """A label found in the text; `end` is after its colon or dash."""

    kind: str
    sex: str | None
    start: int
    end: int
    word_end: int


_found = partial(tuple.__new__, Label)  # as `Label`, and three times as fast


@cache
def _known() -> dict[str, tuple[str, str, str | None]]:
    return {form: (kind, where, sex) for form, kind, where, sex in lexicon.labels()}


#: Labels are looked up by their first letters: so many are parted by their beginning.
_KEY = 2


@cache
def _beginning(line: bool) -> dict[str, re.Pattern[str]]:
    """Return {first letters: the labels that begin so}; those that open a line among them or not."""
    where = ("line", "sentence", "any") if line else ("sentence", "any")
    found: dict[str, list[str]] = {}
    for form, (_, place, _) in _known().items():
        if place in where:
            found.setdefault(form[:_KEY], []).append(form)
    return {first: _compiled(forms) for first, forms in found.items()}


@cache
def _pattern(where: tuple[str, ...]) -> re.Pattern[str]:
    return _compiled([form for form, (_, place, _) in _known().items() if place in where])


def _compiled(forms: list[str]) -> re.Pattern[str]:
    forms = sorted(forms, key=lambda form: (-len(form), form))
    words = "|".join(
        re.escape(form).replace(r"\ ", r"\s+") + (r"(?!\w)" if form[-1].isalpha() else "") for form in forms
    )
    return re.compile(rf"(?<![\w-])(?P<form>{words})(?P<mark>\s*[:.]?(?:\s*[-:](?=\s))?)")


def match_label(reading: Reading, start: int, end: int, *, line: bool = True) -> Label | None:
    """Return the label that stands right at `start`, or None."""
    pattern = _beginning(line).get(reading.folded[start : start + _KEY])
    match = pattern.match(reading.folded, start, end) if pattern else None
    return _label(match) if match else None


def find_labels(reading: Reading, start: int, end: int) -> list[Label]:
    """Return the labels that count anywhere in running text."""
    return [_label(match) for match in _pattern(("any",)).finditer(reading.folded, start, end)]


def _label(match: re.Match[str]) -> Label:
    known, form = _known(), match["form"]
    kind, _, sex = known.get(form) or known[" ".join(form.split())]
    return _found((kind, sex, *match.span(), match.end("form")))


def tell_sex(reading: Reading, label: Label) -> None:
    """Tell the sex from the grammar of a label, once."""
    if label.sex and reading.record["sex"] is None:
        reading.put("sex", label.sex, (label.start, label.word_end))


def skip_marks(reading: Reading, sentence: Range) -> int:
    """Return where the first word, number or bracket of a sentence begins."""
    start = sentence[0]
    while start < sentence[1] and not (reading.folded[start].isalnum() or reading.folded[start] == "("):
        start += 1
    return start
