"""People counted beforehand, by one thing and by two things at once.

A person counts once for each value, however many entries tell it; so what several values may be true of
(sources, sentences) adds up to more than the people. A sentence of a part of an operation is one of the whole
too. Two things about sentences (``OF_SENTENCE``) are counted together where one sentence has both; any other two,
where one person has both. What is not told, what is told and not recognised yet, and what is too vague for a value
of its own are values, never left out and never mixed.
"""

from collections import Counter, defaultdict
from datetime import date, datetime
from itertools import combinations, islice, product

from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils import timezone

from sources.models import Source
from victims.models import Arrest, Count, Counting, Death, Entry, Sentence, Trait, Victim
from victims.models.gaps import BIT, NOT_TOLD, TRAITS, UNRECOGNISED, VAGUE, band
from victims.vocabulary import FormState

#: What one sentence tells.
OF_SENTENCE = ("sentenced", "kind", "body", "sentenced_by", "operation", "attribution")
DIMENSIONS = (
    "sex", "born", "age", *map(str, TRAITS), "region", "arrested", "died", *OF_SENTENCE,
    "site", "source",
)  # fmt: skip
PAIRS = tuple(combinations(DIMENSIONS, 2))
#: Days on which a body sentenced ("1937-10-09 12", the key of the body): counted alone, and only where told.
SITTING = "sitting"
#: Sources with all that they are part of: who is told of by one, and who by it alone; counted alone.
TOLD_BY, ONLY_TOLD_BY = "told_by", "only_told_by"
ALONE = (SITTING, TOLD_BY, ONLY_TOLD_BY)
#: How many people are read at once.
STEP = 2000

Told = dict[int, dict[str, set[str]]]
#: (dimension, another or nothing, synthetic) -> {(value, value of the other or nothing): people}.
Numbers = dict[tuple[str, str, bool], Counter]


def count_people(tell=lambda people: None) -> Counting:
    """Count all people whom the public sees and put the numbers in place of the former ones, at once.

    Reads ``STEP`` people at a time; what is kept in memory are the numbers. ``tell`` hears how many were read.
    Pages show the former numbers until the end; a run that is killed changes nothing.
    """
    began, numbers, people, last = timezone.now(), defaultdict(Counter), 0, 0
    while keys := list(Victim.objects.published().filter(pk__gt=last).order_by("pk").values_list("pk")[:STEP]):
        last = keys[-1][0]
        _add(numbers, values([pk for (pk,) in keys]))
        people += len(keys)
        tell(people)
    return _replace(numbers, began, people)


def one_way(of: str, synthetic: bool = False, among=()) -> dict[str, int]:
    """Return {value: people} of a dimension, the most first; empty before anything was counted.

    ``among``: the only values that are read; empty: all.
    """
    return _read(of, "", synthetic, "value", **({"value__in": among} if among else {}))


def two_way(
    of: str, and_of: str, synthetic: bool = False, among=(), and_among=(), most: int | None = None
) -> dict[tuple[str, str], int]:
    """Return {(value, value of the other): people} of two dimensions, in the order that they were asked for.

    ``among`` and ``and_among``: the only values of the one and of the other that are read; empty: all. ``most``:
    how many pairs are read, those of the most people.
    """
    turned = DIMENSIONS.index(of) > DIMENSIONS.index(and_of)
    first, second = (and_of, of) if turned else (of, and_of)
    columns = ("and_value", "value") if turned else ("value", "and_value")
    only = {f"{column}__in": kept for column, kept in zip(columns, (among, and_among), strict=True) if kept}
    return _read(first, second, synthetic, *columns, most=most, **only)


def divided(dimensions: list[str], synthetic: list[bool], by: str = "", value: str = "") -> dict[str, Counter]:
    """Return {dimension: {value: people}} of everybody, or of those who have a value of the dimension ``by``."""
    columns = ("of", "value", "and_of", "and_value", "number")
    rows = Count.objects.filter(synthetic__in=synthetic).values_list(*columns)
    found: dict[str, Counter] = defaultdict(Counter)
    if not by:
        for of, one, _none, _no, number in rows.filter(of__in=dimensions, and_of=""):
            found[of][one] += number
        return found
    for of, one, _by, _value, number in rows.filter(of__in=dimensions, and_of=by, and_value=value):
        found[of][one] += number
    for _by, _value, of, one, number in rows.filter(of=by, value=value, and_of__in=dimensions):
        found[of][one] += number
    return found


def sittings(first: str, last: str, bodies: list[int], most: int) -> dict[tuple[str, int], int]:
    """Return {(day, key of the body): people who lived} of sittings from one day to another, the most first."""
    asked = Q()
    for key in bodies:
        asked |= Q(value__endswith=f" {key}")
    rows = _read_of(SITTING, "", False).filter(asked, value__range=(first, f"{last}~"))
    told = rows.order_by("-number", "value").values_list("value", "number")[:most]
    return {(value[:10], int(value[11:])): number for value, number in told if bodies}


def days_of(body: int) -> dict[str, int]:
    """Return {day: people who lived} of the days on which a body (its key) sentenced."""
    rows = _read_of(SITTING, "", False).filter(value__endswith=f" {body}")
    return {value[:10]: number for value, number in rows.values_list("value", "number")}


def counted() -> Counting | None:
    """Return when the people were counted; None before the first time."""
    return Counting.objects.first()


def _read_of(of: str, and_of: str, synthetic: bool) -> QuerySet:
    return Count.objects.filter(of=of, and_of=and_of, synthetic__in=[synthetic])  # no index is for NOT synthetic


def _read(of: str, and_of: str, synthetic: bool, *columns: str, most: int | None = None, **only) -> dict:
    rows = _read_of(of, and_of, synthetic).filter(**only)
    found = rows.order_by("-number", "value", "and_value").values_list(*columns, "number")[:most]
    return {told[0] if len(told) == 1 else tuple(told): number for *told, number in found}


def _add(numbers: Numbers, told: Told) -> None:
    for synthetic in (False, True):
        people = [person for person in told.values() if ("synthetic" in person) is synthetic]
        for of in (*DIMENSIONS, *ALONE):
            numbers[of, "", synthetic].update((value, "") for person in people for value in person[of])
        # Most people have one value of most things: those pairs are counted in one go, the others one by one.
        columns = {of: [next(iter(one[of])) if len(one[of]) == 1 else None for one in people] for of in DIMENSIONS}
        several = {of: {place for place, value in enumerate(columns[of]) if value is None} for of in DIMENSIONS}
        for of, and_of in PAIRS:
            pairs, first, second = numbers[of, and_of, synthetic], columns[of], columns[and_of]
            pairs.update(zip(first, second, strict=True))
            for place in several[of] | several[and_of]:
                pairs[first[place], second[place]] -= 1
                pairs.update(_both(people[place], of, and_of))


def _both(person: dict[str, set], of: str, and_of: str):
    """Return the pairs of values that are true of a person: of one sentence, where both are told by sentences."""
    if of in OF_SENTENCE and and_of in OF_SENTENCE:
        first, second = OF_SENTENCE.index(of), OF_SENTENCE.index(and_of)
        return {(one[first], one[second]) for one in person["sentences"]} or {(NOT_TOLD, NOT_TOLD)}
    return product(person[of], person[and_of])


def _replace(numbers: Numbers, began: datetime, people: int) -> Counting:
    rows = (
        Count(of=of, and_of=and_of, synthetic=synthetic, value=value, and_value=other, number=number)
        for (of, and_of, synthetic), values in numbers.items()
        for (value, other), number in values.items()
        if number
    )
    with transaction.atomic():
        Count.objects.all().delete()
        while step := list(islice(rows, STEP)):
            Count.objects.bulk_create(step)
        Counting.objects.all().delete()
        return Counting.objects.create(counted_at=began, people=people)


def values(keys: list[int]) -> Told:
    """Return {person: {dimension: values}} of some people, every dimension with at least one value."""
    told: Told = {pk: defaultdict(set) for pk in keys}
    columns = (
        "synthetic", "gaps", "age_lowest", "sex", "birth_earliest", "birth_latest", "death_earliest",
        "death_latest", "residence", "residence__state", "residence__region__slug",
    )  # fmt: skip
    people = Victim.objects.filter(pk__in=keys).values_list("pk", *columns)
    for pk, synthetic, gaps, years, sex, born, born_last, died, died_last, *residence in people:
        told[pk] |= {
            "sex": {sex or NOT_TOLD},
            "region": {_word(*residence)},
            "born": {gap("born", gaps) or decade(born, born_last)},
            "died": {gap("died", gaps) or month(died, died_last)},
            "age": {gap("age", gaps) or band(years)},
        }
        if synthetic:
            told[pk]["synthetic"] = {""}
    _facts(told, keys)
    once = Arrest.objects.filter(entry__victim__in=keys, entry__removed=False, same_as=None)
    for pk, *dated in once.values_list("victim", "date", "date_printed", "date_earliest", "date_latest"):
        told[pk]["arrested"].add(dated_month(*dated))
    for person in told.values():
        for of in DIMENSIONS:
            if len(person[of]) > 1:
                person[of].discard(NOT_TOLD)
            person[of] = person[of] or {NOT_TOLD}
    return told


def _facts(told: Told, keys: list[int]) -> None:
    mine = {"entry__victim__in": keys, "entry__removed": False}
    _sources(told, list(Entry.objects.filter(victim__in=keys, removed=False).values_list("victim", "source")))
    traits = Trait.objects.filter(**mine, kind__in=map(str, TRAITS))
    for pk, kind, *form in traits.values_list("victim", "kind", "form", "form__state", "form__code"):
        told[pk][kind].add(_word(*form))
    once = Sentence.objects.filter(**mine, same_as=None)
    dates = ("date", "date_printed", "date_earliest", "date_latest")
    for pk, kind, verdict, order, whole, how, *dated, body, state, code, judge, judging, slug in once.values_list(
        "victim", "kind", "verdict", "operation__code", "operation__parent__code", "attribution", *dates,
        "body", "body__state", "body__code", "body__body", "body__body__kind", "body__body__slug",
    ):  # fmt: skip
        sentence = {
            "sentenced": dated_month(*dated),
            "kind": kind or (UNRECOGNISED if verdict else NOT_TOLD),
            "body": _word(body, state, judging or (code or "").partition(" ")[0]),
            "sentenced_by": _word(body, state, slug),
        }
        if judge and dated[2] and dated[2] == dated[3]:
            told[pk][SITTING].add(f"{dated[2]} {judge}")
        for one in filter(None, (order or NOT_TOLD, whole)):  # of a part of an operation, and so of the whole
            sentence |= {"operation": one, "attribution": f"{one} {how}" if order else NOT_TOLD}
            told[pk]["sentences"].add(tuple(sentence[of] for of in OF_SENTENCE))
            for of, value in sentence.items():
                told[pk][of].add(value)
    for pk, *places in Death.objects.filter(**mine).values_list(
        "victim", "place", "place__state", "place__site__slug",
        "burial_place", "burial_place__state", "burial_place__site__slug",
    ):  # fmt: skip
        told[pk]["site"] |= {_word(*places[:3]), _word(*places[3:])}


def _sources(told: Told, entries: list[tuple[int, int]]) -> None:
    rows, ahead = {}, {source for _pk, source in entries}
    while ahead:
        rows |= Source.objects.only("slug", "parent").in_bulk(ahead)
        ahead = {row.parent_id for row in rows.values()} - {None, *rows}
    chains: dict[int, set[str]] = {}
    for key, row in rows.items():
        chains[key] = {row.slug}
        while row.parent_id:
            row = rows[row.parent_id]
            chains[key].add(row.slug)
    for pk, source in entries:
        person, chain = told[pk], chains[source]
        person["source"].add(rows[source].slug)
        person[ONLY_TOLD_BY] = person[ONLY_TOLD_BY] & chain if person[TOLD_BY] else set(chain)
        person[TOLD_BY] |= chain


def _word(form, state: str | None, meaning: str | None) -> str:
    """Return the value that printed words have in a dimension."""
    if form is None:
        return NOT_TOLD
    return UNRECOGNISED if state == FormState.UNRECOGNISED else meaning or VAGUE


def gap(of: str, gaps: int) -> str:
    """Return the uncertain value of a dimension by a person's column of gaps; nothing where there is none."""
    return next((value for value in (VAGUE, UNRECOGNISED, NOT_TOLD) if gaps & BIT.get((of, value), 0)), "")


def dated_month(text: str, printed: str, earliest: date | None, latest: date | None) -> str:
    """Return the month of a date that a source tells, as ``month``; or that it is not told, or not read."""
    if not text:
        return UNRECOGNISED if printed else NOT_TOLD
    return month(earliest, latest)


def month(earliest: date, latest: date) -> str:
    """Return the month that a date lies in (``1937-10``), else its year, else that it is vague."""
    if earliest.year != latest.year:
        return VAGUE
    return f"{earliest:%Y-%m}" if earliest.month == latest.month else f"{earliest:%Y}"


def decade(first: date | None, last: date | None) -> str:
    """Return the ten years (``1890-1899``) in which a birth lies; vague where it may lie in others too."""
    if first is None:
        return NOT_TOLD
    if first.year // 10 != last.year // 10:
        return VAGUE
    return f"{first.year // 10 * 10}-{first.year // 10 * 10 + 9}"
