"""Asking: whose names are asked for, what counts as found, and how recall and times are told."""

import json
import time
from dataclasses import dataclass, field
from random import Random

from _corruptions import KINDS, Person
from _engines import ROOT

SPELLINGS = ROOT.parent / "shared" / "data" / "names" / "spellings.jsonl"
NAME = ("surname", "given_name", "patronymic")
#: Queries that warm caches up, and pages as long as people look at.
WARM, LIMIT = 60, 20


@dataclass
class Tally:
    """What an engine answered: (rank or None, seconds, whether anybody was found) of each query."""

    asked: list[tuple[int | None, float, bool]] = field(default_factory=list)

    def recall(self, k: int) -> float:
        return sum(rank is not None and rank < k for rank, *_ in self.asked) / max(len(self.asked), 1)

    @property
    def empty(self) -> int:
        return sum(not anybody for *_, anybody in self.asked)

    def ms(self, share: float) -> float:
        return percentile([seconds for _rank, seconds, _anybody in self.asked], share)

    def line(self) -> str:
        times = " ".join(f"{self.ms(share):7.1f}" for share in (0.5, 0.95, 0.99))
        return f"{len(self.asked):>5} {self.recall(1):6.3f} {self.recall(10):6.3f} {times}"

    def summary(self) -> dict:
        times = {f"p{share}": self.ms(share / 100) for share in (50, 95, 99)}
        return {"n": len(self.asked), "r1": self.recall(1), "r10": self.recall(10), "empty": self.empty, **times}


def percentile(seconds: list[float], share: float) -> float:
    """Return a percentile in milliseconds."""
    ordered = sorted(seconds)
    return ordered[min(len(ordered) - 1, int(len(ordered) * share))] * 1000 if ordered else 0.0


class Ours:
    name = "this search"
    every = 1

    def ask(self, query: str) -> list:
        from victims.search import search

        return [hit.victim for hit in search(query, limit=LIMIT).hits]


def queries(each: int) -> dict[str, list[tuple[str, str, Person]]]:
    """Return {kind: [(query, parts that it asks for, person)]}, the same in every run over the same persons."""
    found = {}
    for kind, (make, parts) in KINDS.items():
        chance, made = Random(f"1937 {kind}"), []
        for person in drawn(chance, each * 60):
            if query := make(chance, person):
                made.append((query, parts, person))
            if len(made) == each:
                break
        found[kind] = made
    return found


def drawn(chance: Random, tries: int):
    """Yield persons by chance, as many tries as there may be, of whom all three parts are told."""
    from victims.models import Victim

    found = Victim.objects.published().filter(synthetic=True)
    ends = found.order_by("pk").values_list("pk", flat=True)
    first, last = ends.first(), ends.last()
    while tries > 0:
        keys = [chance.randint(first, last) for _ in range(min(200, tries))]
        tries -= len(keys)
        people = found.in_bulk(keys)
        for key in keys:
            one = people.get(key)
            if one and all(getattr(one, part).isalpha() for part in NAME) and len(one.surname) > 3:
                year = one.birth_earliest.year if one.birth_earliest and one.birth_earliest.year > 1 else None
                yield Person(one.surname.lower(), one.given_name.lower(), one.patronymic.lower(), year)


def plain(text: str) -> str:
    return text.lower().replace("ё", "е")


def fits(parts: str, person: Person, victim) -> bool:
    """Whether a person found is the one asked for, or one who cannot be told apart by what was asked."""
    wanted, told = (person.surname, person.given, person.patronymic), [getattr(victim, part) for part in NAME]
    for part, one, other in zip("sgp", wanted, told, strict=True):
        if part in parts and plain(one) != plain(other):
            return False
        if part.upper() in parts and plain(one)[:1] != plain(other)[:1]:
            return False
    return "y" not in parts or bool(victim.birth_earliest and victim.birth_earliest.year == person.year)


def timed(engine, query: str) -> tuple[list, float]:
    """Return the people found, and the seconds until they were there: who finds keys must read the people, too."""
    from victims.search.rows import people

    started = time.perf_counter()
    found = engine.ask(query)
    if found and isinstance(found[0], int):
        read = people(found)
        found = [read[pk] for pk in found if pk in read]
    return found, time.perf_counter() - started


def ask_kinds(engines: list, kinds: dict, misses: list) -> dict[str, dict[str, Tally]]:
    """Ask every engine for all kinds, kind by kind, print a line for each, and return {engine: {kind: Tally}}."""
    told = {engine.name: {} for engine in engines}
    for engine in engines:
        for asked in list(kinds.values())[:3]:
            for query, *_ in asked[: WARM // 3 if engine.every == 1 else 2]:
                engine.ask(query)
    times = f"{'p50 ms':>7} {'p95':>7} {'p99':>7}"
    print(f"{'corrupted queries':26} {'engine':20} {'n':>5} {'@1':>6} {'@10':>6} {times}")
    for kind, asked in kinds.items():
        for engine in engines:
            tally = told[engine.name][kind] = Tally()
            for query, parts, person in asked[:: engine.every]:
                found, seconds = timed(engine, query)
                rank = next((rank for rank, one in enumerate(found) if fits(parts, person, one)), None)
                tally.asked.append((rank, seconds, bool(found)))
                if isinstance(engine, Ours) and (rank is None or rank > 0):
                    best = " ".join(getattr(found[0], part) for part in NAME) if found else "-"
                    misses.append(f"{kind}\t{rank}\t{query}\t{person}\t{best}")
            print(f"{kind:26} {engine.name:20} {tally.line()}", flush=True)
    return told


def whole(tallies: dict[str, Tally], leave_out: tuple = ()) -> Tally:
    return Tally([one for kind, tally in tallies.items() if kind not in leave_out for one in tally.asked])


def ask_spellings(engines: list, misses: list) -> dict[str, Tally]:
    """Ask for the real people of the spellings, scored as ../shared/tools/score_names.py does: "alike"."""
    told = {}
    for engine in engines:
        tally = told[engine.name] = Tally()
        for person in spellings():
            for query in person["queries"]:
                found, seconds = timed(engine, query["q"])
                names = [plain(" ".join(filter(None, (getattr(one, part) for part in NAME)))) for one in found]
                words = query["q"].replace(",", " ").replace(".", ". ").split()
                count = None if sum(len(word.strip(".")) > 1 for word in words) > 2 else 2
                wanted = plain(person["target"]).split()[:count]
                rank = next((rank for rank, name in enumerate(names) if name.split()[:count] == wanted), None)
                tally.asked.append((rank, seconds, bool(found)))
                if isinstance(engine, Ours) and (rank is None or rank > 0):
                    misses.append(f"spelling\t{rank}\t{query['q']}\t{person['target']}\t{names[:1]}")
        print(f"{'real spellings, alike':26} {engine.name:20} {tally.line()}   {tally.empty} empty", flush=True)
    return told


def spellings() -> list[dict]:
    return [json.loads(line) for line in SPELLINGS.read_text(encoding="utf-8").splitlines()]


def load_spellings() -> bool:
    """Put the people of the spellings into the database, as ``import_entries --synthetic`` does."""
    from sources.models import Source, SourceKind
    from victims.importing.loading import load
    from victims.importing.readers import Item
    from victims.vocabulary import Status

    if not SPELLINGS.exists():
        print("SKIPPED: ../shared/data is absent: no real spellings to ask")
        return False
    source, _ = Source.objects.get_or_create(
        slug="spellings", defaults={"kind": str(SourceKind.SYNTHETIC), "title": "Spellings"}
    )
    items = []
    for number, one in enumerate(spellings(), start=1):
        born = f", род. {one['birth_year']}" if one["birth_year"] else ""
        text = f"{one['target']}{born}, г. Москва. Расстрелян 1938. Место захоронения: Бутово."
        items.append(Item(number, f"h{number}", text))
    load(items, source, synthetic=True, status=Status.PUBLISHED)
    return True

