#!/usr/bin/env python3
"""Whether people are found however their name is typed, and how fast, on both engines, in one run.

    benchmarks/search.py [--quick] [--persons N]

Over N synthetic persons (300,000; quick: 8,000): names of some of them are corrupted in one way each, and asked
for; recall@k is the share of queries whose person, or a namesake who cannot be told apart, is among the first k.
Times are of ``search`` alone, beside the time of fetching 20 people by their keys. Where ../shared is there, real
spellings of real names by people of many countries are asked as well ("alike": surname and given name).
"""

import json
import random
import statistics
import sys
import time

from _engines import ROOT, on_both

QUICK, FULL = 8_000, 300_000
EACH, EACH_QUICK = 100, 20
SPELLINGS = ROOT.parent / "shared" / "data" / "names" / "spellings.jsonl"
LETTERS = "абвгдежзиклмнопрстуфхцчшыя"


def main() -> int:
    return on_both(__file__, __doc__, measure, quick=QUICK, full=FULL)


def measure(persons: int) -> None:
    from django.core.management import call_command
    from django.db import connection

    from victims.importing.reference import load_reference

    call_command("migrate", verbosity=0)
    load_reference()
    call_command("make_synthetic", persons, stdout=sys.stderr)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    plain = floor()
    print(f"{'kind':22} {'n':>5} {'r@1':>6} {'r@10':>6} {'p50 ms':>8} {'p95':>7} {'p99':>7} {'x 20 rows':>9}")
    everything = []
    each = EACH_QUICK if persons <= QUICK else EACH
    for kind, queries in corrupted(persons, each).items():
        everything += tell(kind, queries, plain)
    tell("all corrupted", everything, plain, asked=True)
    if SPELLINGS.exists():
        real_spellings(plain)
    else:
        print("SKIPPED: ../shared/data is absent: no real spellings to ask")


def floor() -> float:
    """Return the seconds of fetching 20 people with what a list shows of them."""
    from victims.models import Victim

    keys = list(Victim.objects.order_by("?").values_list("pk", flat=True)[:20])
    times = []
    for _time in range(50):
        started = time.perf_counter()
        list(Victim.objects.select_related("birth_place", "residence", "burial_place").filter(pk__in=keys))
        times.append(time.perf_counter() - started)
    return statistics.median(times)


def corrupted(persons: int, each: int) -> dict[str, list[tuple]]:
    """Return {kind of error: [(query, surname, given name)]}, the same in every run."""
    from victims.models import Victim

    chance, people = random.Random(1937), []
    found = Victim.objects.filter(synthetic=True, surname__gt="А", given_name__gt="А").order_by("pk")
    first, last = found.first().pk, found.last().pk
    while len(people) < each:
        victim = found.filter(pk__gte=chance.randint(first, last)).first()
        if victim and len(victim.surname) > 4 and "-" not in victim.surname:
            people.append(victim)
    kinds = {
        "as written": lambda s, g: f"{s} {g}",
        "lower case, other order": lambda s, g: f"{g.lower()} {s.lower()}",
        "a letter left out": lambda s, g: f"{without(chance, s)} {g}",
        "a letter too much": lambda s, g: f"{with_more(chance, s)} {g}",
        "a letter changed": lambda s, g: f"{changed(chance, s)} {g}",
        "two letters swapped": lambda s, g: f"{swapped(chance, s)} {g}",
        "a vowel reduced": lambda s, g: f"{reduced(chance, s)} {g}",
        "an error in each part": lambda s, g: f"{changed(chance, s)} {without(chance, g)}",
        "English": lambda s, g: latin(f"{g} {s}", "en"),
        "German": lambda s, g: latin(f"{g} {s}", "de"),
        "Polish": lambda s, g: latin(f"{g} {s}", "pl"),
        "French": lambda s, g: latin(f"{g} {s}", "fr"),
        "scholarly": lambda s, g: latin(f"{g} {s}", "iso"),
        "initial": lambda s, g: f"{s} {g[0]}.",
    }
    return {
        kind: [(make(one.surname, one.given_name), one.surname, one.given_name, kind) for one in people]
        for kind, make in kinds.items()
    }


def without(chance, word: str) -> str:
    at = chance.randrange(1, len(word)) if len(word) > 2 else 0
    return word[:at] + word[at + 1 :]


def with_more(chance, word: str) -> str:
    at = chance.randrange(1, len(word))
    return word[:at] + chance.choice(LETTERS) + word[at:]


def changed(chance, word: str) -> str:
    at = chance.randrange(1, len(word))
    return word[:at] + chance.choice(LETTERS) + word[at + 1 :]


def swapped(chance, word: str) -> str:
    at = chance.randrange(1, len(word) - 1)
    return word[:at] + word[at + 1] + word[at] + word[at + 2 :]


def reduced(chance, word: str) -> str:
    pairs = {"о": "а", "а": "о", "е": "и", "и": "е", "я": "е", "ы": "и"}
    places = [at for at, letter in enumerate(word) if at and letter in pairs]
    if not places:
        return changed(chance, word)
    at = chance.choice(places)
    return word[:at] + pairs[word[at]] + word[at + 1 :]


#: How some languages write Cyrillic letters; these tables are not those that the search reads by.
LATIN = {
    "en": dict(zip("абвгдеёжзийклмнопрстуфхцчшщъыьэюя", (
        "a b v g d e e zh z i y k l m n o p r s t u f kh ts ch sh shch _ y _ e yu ya").split(), strict=True)),
    "de": dict(zip("абвгдеёжзийклмнопрстуфхцчшщъыьэюя", (
        "a b w g d e e sh s i j k l m n o p r s t u f ch z tsch sch schtsch _ y _ e ju ja").split(), strict=True)),
    "pl": dict(zip("абвгдеёжзийклмнопрстуфхцчшщъыьэюя", (
        "a b w g d ie io ż z i j k ł m n o p r s t u f ch c cz sz szcz _ y _ e ju ja").split(), strict=True)),
    "fr": dict(zip("абвгдеёжзийклмнопрстуфхцчшщъыьэюя", (
        "a b v g d e io j z i ï k l m n o p r s t ou f kh ts tch ch chtch _ y _ e iou ia").split(), strict=True)),
    "iso": dict(zip("абвгдеёжзийклмнопрстуфхцчшщъыьэюя", (
        "a b v g d e ë ž z i j k l m n o p r s t u f h c č š šč _ y _ è ju ja").split(), strict=True)),
}  # fmt: skip


def latin(words: str, language: str) -> str:
    return "".join(LATIN[language].get(letter, letter) for letter in words.lower()).replace("_", "").title()


def tell(kind: str, queries: list, plain: float, *, asked=False) -> list:
    """Ask, print a line, and return what was asked with ranks and times."""
    told = queries if asked else [ask(*query) for query in queries]
    ranks = [rank for rank, _seconds in told]
    times = sorted(seconds for _rank, seconds in told)
    at = [sum(rank is not None and rank < k for rank in ranks) / len(ranks) for k in (1, 10)]
    p50, p95, p99 = (times[min(len(times) - 1, int(len(times) * share))] * 1000 for share in (0.5, 0.95, 0.99))
    print(
        f"{kind:22} {len(told):>5} {at[0]:>6.3f} {at[1]:>6.3f} {p50:>8.1f} {p95:>7.1f} {p99:>7.1f} "
        f"{p50 / plain / 1000:>9.1f}",
        flush=True,
    )
    return told


def ask(query: str, surname: str, given_name: str, kind: str = "") -> tuple:
    """Return (rank of the first with this surname and given name or None, seconds)."""
    from victims.names import fold
    from victims.search import search

    started = time.perf_counter()
    hits = search(query, limit=20).hits
    seconds = time.perf_counter() - started
    wanted = fold(surname), fold(given_name)[:1] if kind == "initial" else fold(given_name)
    for rank, hit in enumerate(hits):
        given = fold(hit.victim.given_name)
        if (fold(hit.victim.surname), given[:1] if kind == "initial" else given) == wanted:
            return rank, seconds
    return None, seconds


def real_spellings(plain: float) -> None:
    """Put the people of the spellings into the database, and ask for them."""
    from sources.models import Source, SourceKind
    from victims.importing.loading import load
    from victims.importing.readers import Item
    from victims.vocabulary import Status

    people = [json.loads(line) for line in SPELLINGS.read_text(encoding="utf-8").splitlines()]
    source, _ = Source.objects.get_or_create(
        slug="spellings", defaults={"kind": str(SourceKind.SYNTHETIC), "title": "Spellings"}
    )
    items = [
        Item(
            number, f"h{number}", f"{one['target']}, род. {one['birth_year'] or 1890}, г. Москва. Расстрелян 1938."
        )
        for number, one in enumerate(people, start=1)
    ]
    load(items, source, synthetic=True, status=Status.PUBLISHED)
    asked = []
    for one in people:
        surname, given_name = one["target"].split()[:2]
        asked += [ask(query["q"], surname, given_name) for query in one["queries"]]
    tell("real spellings, alike", asked, plain, asked=True)


if __name__ == "__main__":
    sys.exit(main())
