"""Words of the reference data in another language (pure): translations of fixtures/, and names of bodies by rule.

A translation never takes the place of what it translates: pages that show one lead to the original.
"""

import csv
import re
from functools import cache
from pathlib import Path

FILE = Path(__file__).resolve().parent.parent / "fixtures" / "translations.csv"
#: Language -> kind of body -> its name; {of}: the authority, {region}: the region in the case that follows.
BODIES = {
    "uk": {
        "troika": "Трійка {of} {region}",
        "special_troika": "Особлива трійка {of} {region}",
        "militia_troika": "Міліцейська трійка {of} {region}",
        "ogpu_troika": "Трійка ПП ОДПУ {region}",
        "procuracy": "Прокуратура {region}",
    },
    "en": {
        "troika": "Troika of the {of} {region}",
        "special_troika": "Special troika of the {of} {region}",
        "militia_troika": "Police troika of the {of} {region}",
        "ogpu_troika": "Troika of the OGPU Plenipotentiary for {region}",
        "procuracy": "Procuracy of {region}",
    },
}
#: The NKVD of a republic, and its directorate elsewhere.
NKVD = {"uk": ("НКВС", "УНКВС"), "en": ("NKVD of the", "NKVD Directorate for")}
REPUBLICS = ("ssr", "assr")
_ADJECTIVE = re.compile(r"(?P<stem>\w+)(?P<end>а|ий) (?P<noun>область|край|РСР|АРСР)\Z")
_OF = {"область": "області", "край": "краю", "а": "ої", "ий": "ого"}


@cache
def _translations() -> dict[str, dict[str, str]]:
    with FILE.open(encoding="utf-8", newline="") as file:
        return {row["original"]: row for row in csv.DictReader(file)}


def translated(text: str, language: str) -> str:
    """Return what fixtures/translations.csv has for a text in a language (ru, uk, en); nothing for none."""
    return _translations().get(text, {}).get(language, "")


def body_name(kind: str, region: str, region_kind: str, language: str) -> str:
    """Return the name of a body composed of its kind and its region's name in a language; nothing for other kinds.

    "Трійка УНКВС Ленінградської області", "Troika of the NKVD Directorate for Omsk Oblast".
    """
    pattern = BODIES.get(language, {}).get(kind) if region else None
    if not pattern:
        return ""
    of = NKVD[language][region_kind not in REPUBLICS]
    return pattern.format(of=of, region=_genitive(region) if language == "uk" else region)


def _genitive(region: str) -> str:
    """Return the Ukrainian name of a region after "of": adjective and noun declined, others as they are."""
    found = _ADJECTIVE.search(region)
    if not found:
        return region
    return f"{region[: found.start()]}{found['stem']}{_OF[found['end']]} {_OF.get(found['noun'], found['noun'])}"
