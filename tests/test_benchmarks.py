"""The benchmark of the search asks every kind of query, and says of every asked number whether it is reached."""

import sys
from random import Random

import pytest
from django.conf import settings


@pytest.fixture(autouse=True)
def benchmarks(monkeypatch):
    monkeypatch.syspath_prepend(str(settings.BASE_DIR / "benchmarks"))
    yield
    for name in ("_corruptions", "_verdicts"):
        sys.modules.pop(name, None)


def test_every_kind_of_query_is_made_of_some_name_and_is_not_that_name():
    from _corruptions import KINDS, Person

    people = [
        Person("щербаковский", "николай", "алексеевич", 1897), Person("кузьминова", "мария", "васильевна", 1901),
        Person("симоненко", "фёдор", "ефимович", 1888), Person("орлов", "пётр", "львович", None),
    ]  # fmt: skip
    made = {
        kind: [query for one in people if (query := make(Random(7), one))] for kind, (make, _) in KINDS.items()
    }
    assert [kind for kind, queries in made.items() if not queries] == []
    names = {str(one) for one in people}
    assert [kind for kind, queries in made.items() if kind != "exact" and names & set(queries)] == []


def test_a_number_that_is_not_reached_is_named():
    from _verdicts import verdicts

    one = {"n": 100, "r1": 0.98, "r10": 0.99, "empty": 0, "p50": 3.0, "p95": 5.0, "p99": 6.0}
    kinds = dict.fromkeys(("exact", "capitals", "deletion", "two errors in surname", "all"), one)
    told = {
        "engine": "SQLite", "persons": 1000, "several": ("two errors in surname",),
        "corrupted": {"this search": kinds}, "filters": {"no filter": one, "site": one}, "completion": one,
        "http": {"search": one, "floor": one, "memory": {"own": 300}}, "processes": {"ratio": 1.95},
        "bytes": {"share": 0.1}, "hostile": {"spaces": (1.0, "refused")}, "new surname": {"found": True, "ms": 1},
    }  # fmt: skip
    lines = verdicts(told)
    assert "NOT REACHED corrupted @10: 0.990 (at least 0.995)" in lines
    assert "OK          corrupted @1: 0.980 (at least 0.970)" in lines
    assert "NOT REACHED memory of a worker (its own): 300.000 MB (at most 250.000 MB)" in lines
