"""Groups of occupations: what a person was by the first printed word that tells it, else by the place of work."""

import re
from functools import cache

from victims.meanings.dictionaries import rows

#: What somebody no longer was: "бывший священник, сторож" was a watchman.
_FORMER = re.compile(r"\b(?:до\s+\d{4}\W+|быв(?:ш\w*|\.)?|б\.|колишн\w*)\s*(?:[\w-]+)?")
#: Whom an institution is of: "институт инженеров", "артель сапожников".
_OF_MANY = re.compile(r"\b(?:\w{3,}(?:ов|ев)|\w*(?:телей|врачей))\b")
#: Who works the land does it in a collective farm where one is named.
_PEASANTS, _COLLECTIVE, _ALONE = "peasants", "collective_farmers", re.compile("единолич|одноосіб|аднаасоб")


@cache
def _columns() -> tuple[re.Pattern[str], re.Pattern[str]]:
    """Return the patterns of the words that name a group, general ones last, and of places of work."""
    words, places = [], []
    for row in rows("occupation"):
        for column, found in (("pattern", words), ("place", places)):
            if row[column]:
                found.append(f"(?P<{row['code']}>{row[column]})")
    words += [f"(?P<general_{row['code']}>{row['general']})" for row in rows("occupation") if row["general"]]
    return tuple(re.compile(rf"(?<![\w-])(?:{'|'.join(found)})") for found in (words, places))


def meaning(text: str) -> str | None:
    """Return the group of a folded occupation, or None where its words name none."""
    words, places = _columns()
    text = _OF_MANY.sub("", text)
    now = _FORMER.sub("", text)
    found, place = words.search(now), places.search(now)
    if found is None and place is None:
        found = words.search(text)
    group = found.lastgroup if found else ""
    if place and (not group or group.startswith("general_")):
        return place.lastgroup
    if place and group == _PEASANTS and place.lastgroup == _COLLECTIVE and not _ALONE.search(now):
        return _COLLECTIVE
    return group.removeprefix("general_") or None
