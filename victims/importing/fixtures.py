"""The files of fixtures/, as they are."""

import csv
import json
from pathlib import Path

from django.conf import settings

FIXTURES = Path(settings.BASE_DIR) / "fixtures"


def rows(name: str) -> list[dict]:
    """Return the rows of a CSV file of fixtures/."""
    with (FIXTURES / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def facts(name: str) -> dict:
    """Return a JSON file of fixtures/."""
    return json.loads((FIXTURES / name).read_text(encoding="utf-8"))
