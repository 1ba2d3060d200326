"""What is asked of the search, each number with OK or NOT REACHED behind it."""

#: Up to so many persons the numbers that are asked of twelve million are not.
MANY = 6_000_000
EXACT = ("exact", "capitals")
PEERS = {
    # name: (misses on real spellings at most this part of its, on corrupted queries, p50 on SQLite, on PostgreSQL)
    "tantivy, fuzzy 2": (1 / 6, 1 / 15, 1 / 4, 1 / 3),
    "milli (Meilisearch)": (1 / 10, None, 1.0, 1.0),
    "pg_trgm, GIN": (None, 1 / 30, 1 / 25, 1 / 25),
}


def verdicts(told: dict) -> list[str]:
    """Return a line for every asked number that was measured."""
    lines: list[str] = []

    def asked(what: str, value: float, bound: float, least: bool = False, unit: str = "") -> None:
        good = value >= bound if least else value <= bound
        sign = "at least" if least else "at most"
        verdict = "OK         " if good else "NOT REACHED"
        lines.append(f"{verdict} {what}: {value:.3f}{unit} ({sign} {bound:.3f}{unit})")

    many = told["persons"] > MANY
    ours = told["corrupted"]["this search"]
    asked("corrupted @10", ours["all"]["r10"], 0.99 if many else 0.995, True)
    if not many:
        asked("corrupted @1", ours["all"]["r1"], 0.97, True)
        single = {kind: one for kind, one in ours.items() if kind not in (*told["several"], "all")}
        worst = min(single, key=lambda kind: single[kind]["r10"])
        asked(f"every single kind @10 (worst: {worst})", single[worst]["r10"], 0.98, True)
        below = [kind for kind, one in single.items() if one["r10"] < 0.98]
        lines += [f"            below .98 @10: {', '.join(below)}"] if below else []
        asked("exact spelling @1", min(ours[kind]["r1"] for kind in EXACT), 1.0, True)
        asked("two errors in one surname @10", ours["two errors in surname"]["r10"], 0.97, True)
    real = told.get("spellings", {})
    if real:
        asked("real spellings, alike @1", real["this search"]["r1"], 0.94, True)
        asked("real spellings, alike @10", real["this search"]["r10"], 0.98, True)
        asked("real spellings, empty pages", real["this search"]["empty"], 0)
    for name, bounds in PEERS.items():
        _peer(told, name, bounds, asked)
    filters = told["filters"]
    for name, times in filters.items():
        if name != "no filter":
            asked(f"p95 with {name} / without", times["p95"] / filters["no filter"]["p95"], 2)
    if told.get("completion"):
        asked("completion p95", told["completion"]["p95"], 10, unit=" ms")
    else:
        lines.append("NOT MEASURED completion: there is none")
    http = told["http"]
    asked("API answer p50 / floor, the API's own list", http["search"]["p50"] / http["floor"]["p50"], 2.5)
    asked("memory of a worker (its own)", http["memory"]["own"], 250, unit=" MB")
    asked("two processes / one", told["processes"]["ratio"], 1.9, True)
    asked("name index / rows", told["bytes"]["share"], 0.2)
    slowest = max(told["hostile"], key=lambda name: told["hostile"][name][0])
    asked(f"slowest hostile query ({slowest})", told["hostile"][slowest][0], 100, unit=" ms")
    failed = [name for name, (_ms, outcome) in told["hostile"].items() if outcome.startswith("FAILED")]
    asked("hostile queries that fail", len(failed), 0)
    asked("a new surname is found in its own transaction", told["new surname"]["found"], 1, True)
    return lines


def _peer(told: dict, name: str, bounds: tuple, asked) -> None:
    real, corrupted, *p50 = bounds
    theirs, ours = told["corrupted"].get(name), told["corrupted"]["this search"]["all"]
    if not theirs:
        return
    if corrupted:
        asked(f"misses on corrupted / {name}'s", _misses(ours) / _misses(theirs["all"]), corrupted)
    if real and told.get("spellings"):
        misses = _misses(told["spellings"]["this search"]) / _misses(told["spellings"][name])
        asked(f"misses on real spellings / {name}'s", misses, real)
    asked(f"p50 / {name}'s", ours["p50"] / theirs["all"]["p50"], p50[told["engine"] == "PostgreSQL"])
    if name.startswith("milli"):
        asked(f"p99 / {name}'s", ours["p99"] / theirs["all"]["p99"], 0.5)


def _misses(one: dict) -> float:
    """Return the share of queries whose person is not among ten."""
    return max(1 - one["r10"], 1e-9)
