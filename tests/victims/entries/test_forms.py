"""Entries of the forms that memorial books print, in `forms/*.txt`: the persons are invented, the forms are not.

A file holds cases parted by lines of "=": a title after "#", the entry, a line "->", and one "slot = value" a
line. Slots left out must be empty, and a line "? …" is a piece of the remainder.
"""

from pathlib import Path

import pytest

from tests.victims.entries.test_parse import check
from victims.entries import parse

FORMS = Path(__file__).parent / "forms"


def _cases():
    for path in sorted(FORMS.glob("*.txt")):
        for case in path.read_text(encoding="utf-8").split("\n====\n"):
            title, _, rest = case.strip("\n").partition("\n")
            text, _, told = rest.partition("\n->\n")
            yield pytest.param(text, told.splitlines(), id=f"{path.stem}: {title.lstrip('# ')}")


@pytest.mark.parametrize(("text", "told"), list(_cases()))
def test_it_reads_the_form(text, told):
    draft = parse(text)
    check(text, draft)
    read = sorted(f"{span.slot} = {span.value}" for span in draft.spans)
    read += [f"? {' '.join(text[start:end].split())}" for start, end in draft.remainder]
    read += [f"! {warning}" for warning in draft.warnings]
    assert read == told
