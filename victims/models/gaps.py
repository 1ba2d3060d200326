"""What nobody tells of a person, and their age at the first arrest: columns by which lists ask for both (pure).

A gap is a thing of the statistics and how it fails: nothing is told of it, or what is told is not read, or is too
vague to count under one value. Gaps that hang on the meaning of printed words are none of these: one correction
of the dictionary would change the columns of thousands.
"""

from collections.abc import Iterable

from victims.models.facts import Arrest, Birth, Death, Sentence, Trait
from victims.models.values import iso_bounds
from victims.vocabulary import TraitKind

#: Values that no code can be: nothing is told; words that are not recognised yet; told, but not to a value.
NOT_TOLD, UNRECOGNISED, VAGUE = "?", "!", "~"
TRAITS = (
    TraitKind.NATIONALITY, TraitKind.SOCIAL_ORIGIN, TraitKind.EDUCATION, TraitKind.PARTY, TraitKind.OCCUPATION,
)  # fmt: skip
#: The gaps that a person's column may hold, in the order of their bits: a new one is added at the end.
GAPS = (
    *((of, NOT_TOLD) for of in ("sex", "born", "age", *map(str, TRAITS), "region", "arrested", "sentenced",
                                "kind", "body", "died", "site")),
    *((of, VAGUE) for of in ("born", "age", "arrested", "sentenced", "died")),
    *((of, UNRECOGNISED) for of in ("born", "arrested", "sentenced", "kind", "died")),
)  # fmt: skip
BIT = {gap: 1 << place for place, gap in enumerate(GAPS)}
#: Ages at arrest by ten years; the first and the last band are open.
YOUNGEST, OLDEST = 20, 80
_TRAITS = {str(kind): BIT[str(kind), NOT_TOLD] for kind in TRAITS}
_DATED = {
    of: {value: BIT.get((of, value), 0) for value in (NOT_TOLD, VAGUE, UNRECOGNISED)}
    for of in ("born", "age", "arrested", "sentenced", "died")
}
_BEGINNING, _END = "0001", "9999-12-31"


def measured(shown: dict, facts: dict) -> dict:
    """Return the columns ``gaps`` (bits), ``age_lowest`` and ``age_highest`` (whole years) of a person.

    ``shown``: the other columns of the projection. ``facts``: {model: rows}; arrests and sentences each once,
    though several entries tell them.
    """
    gaps = 0 if shown["sex"] else BIT["sex", NOT_TOLD]
    told = {row.kind for row in facts.get(Trait, ())}
    for kind, bit in _TRAITS.items():
        if kind not in told:
            gaps |= bit
    if shown["residence_id"] is None:
        gaps |= BIT["region", NOT_TOLD]
    arrests = [(row.date, row.date_printed) for row in facts.get(Arrest, ())]
    gaps |= _of_shown("born", shown, "birth", facts.get(Birth, ())) | _of_dates("arrested", arrests)
    deaths = facts.get(Death, ())
    gaps |= _of_shown("died", shown, "death", deaths)
    if not any(row.place_id or row.burial_place_id for row in deaths):
        gaps |= BIT["site", NOT_TOLD]
    gaps |= _of_sentences(facts.get(Sentence, ()))
    lowest, highest = age_at(shown["birth_earliest"], shown["birth_latest"], arrests)
    if lowest is None:
        told = shown["birth"] and any(date for date, _printed in arrests)
        gaps |= BIT["age", VAGUE if told else NOT_TOLD]
    elif band(lowest) != band(highest):
        gaps |= BIT["age", VAGUE]
    return {"gaps": gaps, "age_lowest": lowest, "age_highest": highest}


def age_at(born: str | None, born_latest: str | None, arrests: list[tuple[str, str]]) -> tuple:
    """Return the lowest and the highest age at the first arrest; (None, None) where they cannot be told.

    Bounds of the birth are ISO days, ``arrests`` are (EDTF, words). The first arrest is that which ended soonest;
    of two that may be one, the one that is told more exactly.
    """
    dated = [iso_bounds(date) for date, _printed in arrests if date]
    if not dated or born is None:
        return None, None
    latest = min(last for _first, last in dated)
    earliest = max(first for first, last in dated if last == latest)
    if _END in (born, born_latest, earliest, latest) or _BEGINNING in (born[:4], earliest[:4]):
        return None, None
    lowest, highest = _years(born_latest, earliest), _years(born, latest)
    return (lowest, highest) if lowest >= 0 else (None, None)


def band(years: int) -> str:
    """Return the band of ages (``30-39``) that an age lies in."""
    if years < YOUNGEST:
        return f"0-{YOUNGEST - 1}"
    return f"{OLDEST}+" if years >= OLDEST else f"{years // 10 * 10}-{years // 10 * 10 + 9}"


def _of_dates(of: str, told: Iterable[tuple[str, str]]) -> int:
    """Return the gaps of dates, (EDTF, words): one that is told fills the gap of another that is not."""
    bits, gaps, any_told = _DATED[of], 0, False
    for date, printed in told:
        if date:
            earliest, latest = iso_bounds(date)
            gaps |= bits[VAGUE] if earliest[:4] != latest[:4] else 0
        elif printed:
            gaps |= bits[UNRECOGNISED]
        any_told = any_told or bool(date or printed)
    return gaps if any_told else bits[NOT_TOLD]


def _of_shown(of: str, shown: dict, name: str, rows) -> int:
    """Return the gap of a date that is shown of the person: births are counted by ten years, deaths by one."""
    bits, told = _DATED[of], shown[name]
    if told:
        alike = 3 if of == "born" else 4
        return bits[VAGUE] if shown[f"{name}_earliest"][:alike] != shown[f"{name}_latest"][:alike] else 0
    return bits[UNRECOGNISED if any(row.date_printed and not row.date for row in rows) else NOT_TOLD]


def _of_sentences(rows) -> int:
    gaps = _of_dates("sentenced", [(row.date, row.date_printed) for row in rows])
    if not any(row.body_id for row in rows):
        gaps |= BIT["body", NOT_TOLD]
    if not any(row.kind or row.verdict_id for row in rows):
        return gaps | BIT["kind", NOT_TOLD]
    if any(row.verdict_id and not row.kind for row in rows):
        gaps |= BIT["kind", UNRECOGNISED]
    return gaps


def _years(born: str, day: str) -> int:
    return int(day[:4]) - int(born[:4]) - (day[5:] < born[5:])
