#!/usr/bin/env python3
"""Whether people are found however their name is written, how fast, and beside whom: both engines, one run.

    benchmarks/search.py [--quick] [--persons N] [--keep DIR] [--engine sqlite|postgresql] [--no-peers]

Over N synthetic persons (3,100,000; quick: 8,000), names of some of them are written in forty ways and asked
for; recall@k is the share of queries whose person, or a namesake who cannot be told apart by what was asked, is
among the first k. Where ../shared is there, real spellings of real names by people of many countries are asked
as well ("alike": surname and given name where no patronymic was asked). Other search engines
(requirements-bench.txt) answer the same queries over the same names, kind by kind. The last lines say of every
asked number whether it is reached. With --keep databases and indexes stay in DIR for the next run, which adds
the persons that are missing.
"""

import argparse
import json
import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from _engines import ROOT, django_ready

QUICK, FULL = 8_000, 3_100_000
EACH, EACH_QUICK = 100, 6


def main() -> int:
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("--quick", action="store_true")
    arguments.add_argument("--persons", type=int, default=0)
    arguments.add_argument("--each", type=int, default=0, help="queries of each kind")
    arguments.add_argument("--keep", type=Path, help="where databases stay for the next run")
    arguments.add_argument("--engine", choices=["sqlite", "postgresql"])
    arguments.add_argument("--no-peers", action="store_true")
    arguments.add_argument("--here", action="store_true", help=argparse.SUPPRESS)
    options = arguments.parse_args()
    options.persons = options.persons or (QUICK if options.quick else FULL)
    options.each = options.each or (EACH_QUICK if options.quick else EACH)
    if options.here:
        django_ready()
        measure(options)
        return 0
    with tempfile.TemporaryDirectory() as scratch:
        keep = (options.keep or Path(scratch)).resolve()
        keep.mkdir(parents=True, exist_ok=True)
        keep.chmod(0o755)  # PostgreSQL belongs to another user
        for name, prefix, environment in engines(options.engine, keep):
            print(f"-- {name}, {options.persons:,} synthetic persons, {time.strftime('%d %b %Y')}", flush=True)
            command = [*prefix, sys.executable, __file__, "--here", "--keep", str(keep)]
            command += ["--persons", str(options.persons), "--each", str(options.each)]
            command += ["--no-peers"] * options.no_peers
            subprocess.run(command, env=os.environ | environment, check=True, cwd=ROOT)
    return 0


def engines(only: str | None, keep: Path):
    """Yield (name, what to run a command with, its environment) of the engines that are there."""
    if only != "postgresql":
        yield "SQLite", [], {"DATABASE_URL": f"sqlite:///{keep}/search.sqlite3"}
    if only == "sqlite":
        return
    if any(Path("/usr/lib/postgresql").glob("*/bin/initdb")):
        server = {"POSTGRES_KEEP": f"{keep}/postgres", "POSTGRES_OPTIONS": "-c shared_buffers=2GB"}
        yield "PostgreSQL", [str(ROOT / "tests" / "postgres.sh")], server
    else:
        print("SKIPPED: PostgreSQL is not installed")


def measure(options) -> None:
    from _asking import Ours, ask_kinds, ask_spellings, load_spellings, queries, whole
    from _corruptions import SEVERAL
    from _peers import peers
    from django.db import connection

    made_ready(options.persons)
    real = load_spellings()
    with connection.cursor() as cursor:
        # As a server keeps its tables by itself; this one is set to leave them alone.
        cursor.execute("VACUUM ANALYZE" if connection.vendor == "postgresql" else "ANALYZE")
    others = [] if options.no_peers else peers(connection.vendor, options.keep, options.persons)
    asking, misses = [Ours(), *others], []
    kinds = queries(options.each)
    answered = ask_kinds(asking, kinds, misses)
    told = {
        "engine": "PostgreSQL" if connection.vendor == "postgresql" else "SQLite",
        "persons": options.persons,
        "several": SEVERAL,
        "corrupted": {
            name: {kind: one.summary() for kind, one in tallies.items()} | {"all": whole(tallies).summary()}
            for name, tallies in answered.items()
        },
    }
    for name, tallies in answered.items():
        print(f"{'all corrupted':26} {name:20} {whole(tallies).line()}", flush=True)
    if real:
        told["spellings"] = {name: one.summary() for name, one in ask_spellings(asking, misses).items()}
    del asking, others  # their memory is not the search's
    surroundings(told, kinds, options)
    from _verdicts import verdicts

    print("\n".join(verdicts(told)))
    print(f"load of the machine: {os.getloadavg()[1]:.1f}")
    (options.keep / f"misses-{connection.vendor}-{options.persons}.tsv").write_text("\n".join(misses), "utf-8")
    (options.keep / f"told-{connection.vendor}-{options.persons}.json").write_text(
        json.dumps(told, ensure_ascii=False, indent=1), "utf-8"
    )


def made_ready(persons: int) -> None:
    """Bring the database to the present tables and to so many persons."""
    from _population import populate, recognise
    from django.core.management import call_command

    from victims.importing.reference import load_reference

    call_command("migrate", verbosity=0)
    call_command("createcachetable", verbosity=0)
    load_reference()
    started = time.perf_counter()
    populate(persons)
    recognise()
    print(f"persons made ready in {time.perf_counter() - started:.0f} s", flush=True)


def surroundings(told: dict, kinds: dict, options) -> None:
    """Measure what surrounds the search, and tell it."""
    from _limits import completion, filters, hostile, new_surname
    from _serving import bytes_of_index, over_http, side_by_side

    few = max(options.each // 5, 3)
    told["filters"] = filters(kinds, few)
    for name, times in told["filters"].items():
        print(f"{name:26} p50 {times['p50']:.1f} ms, p95 {times['p95']:.1f} ms", flush=True)
    told["completion"] = completion(kinds, few * 2)
    if told["completion"]:
        print("completion: {n} prefixes, p50 {p50:.1f} ms, p95 {p95:.1f} ms".format(**told["completion"]))
    told["hostile"] = hostile()
    for name, (ms, outcome) in told["hostile"].items():
        print(f"hostile: {name:26} {ms:7.1f} ms  {outcome}", flush=True)
    told["new surname"] = new_surname()
    print("new surname: found {found}, {ms:.1f} ms".format(**told["new surname"]))
    told["bytes"] = bytes_of_index(options.persons)
    index, rows = told["bytes"]["index"] / 1e6, told["bytes"]["rows"] / 1e6
    print(f"name index {index:.0f} MB, rows of records {rows:.0f} MB")
    told["http"] = over_http(kinds, few * 2)
    for name in ("search", "floor", "plain"):
        print("HTTP {0:21} p50 {p50:.1f} ms, p95 {p95:.1f} ms".format(name, **told["http"][name]))
    print("HTTP: {n} answers of {rows:.1f} rows".format(**told["http"]))
    print("memory of the worker: resident {rss:.0f} MB, its own {own:.0f} MB".format(**told["http"]["memory"]))
    told["processes"] = side_by_side(kinds, seconds=6 if options.persons > QUICK else 1)
    print("queries a second: one process {one:.0f}, two {two:.0f}".format(**told["processes"]), flush=True)


if __name__ == "__main__":
    sys.exit(main())
