"""What surrounds the search: the answer over HTTP beside its floor, processes side by side, memory, bytes."""

import http.client
import json
import os
import socket
import statistics
import subprocess
import sys
import time
from multiprocessing import get_context
from pathlib import Path
from urllib.parse import quote

from _asking import percentile
from _engines import ROOT, SERVED
from _population import FULL

HERE = Path(__file__).resolve().parent
ADDRESS = "127.0.0.1"


def over_http(kinds: dict, each: int) -> dict:
    """Serve the site as in production with one worker; return milliseconds of its answers, and its memory."""
    asked = [query for found in kinds.values() for query, *_ in found[:each]]
    keys = known_keys(len(asked))
    with socket.socket() as free:
        free.bind((ADDRESS, 0))
        port = free.getsockname()[1]
    floor = {"DJANGO_SETTINGS_MODULE": "_floor_settings", "PYTHONPATH": f"{HERE}:{ROOT}"}
    environment = os.environ | SERVED | floor
    granian = [str(Path(sys.executable).parent / "granian"), "--interface", "wsgi", "--workers", "1"]
    granian += ["--blocking-threads", "4", "--host", ADDRESS, "--port", str(port), "memorial.wsgi:application"]
    server = subprocess.Popen(granian, cwd=ROOT, env=environment, stdout=subprocess.DEVNULL)
    try:
        wait_for(port)
        told = {"search": [], "floor": [], "plain": []}
        connection = http.client.HTTPConnection(ADDRESS, port, timeout=60)
        rows = []
        for number, (query, key) in enumerate(zip(asked, keys, strict=True)):
            for name, path in (
                ("search", f"/api/v1/victims/?limit=20&q={quote(query)}"),
                ("floor", f"/floor/?key={key}"),
                ("plain", f"/floor/plain/?key={key}"),
            ):
                seconds, answer = get(connection, path)
                if number >= 20:
                    told[name].append(seconds)
                    if name == "search":
                        rows.append(len(answer["results"]))
        memory = worker_memory(server.pid)
    finally:
        server.terminate()
        server.wait(30)
    found = {name: {"p50": percentile(times, 0.5), "p95": percentile(times, 0.95)} for name, times in told.items()}
    return found | {"memory": memory, "rows": statistics.mean(rows), "n": len(rows)}


def known_keys(count: int) -> list[int]:
    """Return surnames that twenty people or more bear, again and again."""
    from django.db.models import Count

    from victims.models import PersonName

    found = PersonName.objects.filter(victim__lt=100_000, surname__gt=0).values("surname").annotate(n=Count("pk"))
    keys = list(found.filter(n__gte=20).order_by("surname").values_list("surname", flat=True)[:500])
    return [keys[number % len(keys)] for number in range(count)]


def wait_for(port: int) -> None:
    for _ in range(300):
        try:
            connection = http.client.HTTPConnection(ADDRESS, port, timeout=60)
            connection.request("GET", "/healthz")
            connection.getresponse().read()
            return
        except OSError:
            time.sleep(0.1)
    raise SystemExit("the server did not start")


def get(connection, path: str) -> tuple[float, dict]:
    started = time.perf_counter()
    connection.request("GET", path, headers={"Accept": "application/json"})
    answer = connection.getresponse()
    body = answer.read()
    seconds = time.perf_counter() - started
    if answer.status != 200:
        raise SystemExit(f"{path}: {answer.status} {body[:300]!r}")
    return seconds, json.loads(body)


def worker_memory(server: int) -> dict:
    """Return the megabytes of the server's largest child: resident, and its own, that no file backs."""
    found = []
    for process in Path("/proc").glob("[0-9]*"):
        try:
            parent = int((process / "stat").read_text().rpartition(")")[2].split()[1])
            if parent == server or int(process.name) == server:
                lines = (process / "smaps_rollup").read_text().splitlines()
                found.append({line.split(":")[0]: int(line.split()[1]) / 1024 for line in lines[1:]})
        except (OSError, ValueError):
            continue
    worker = max(found, key=lambda one: one.get("Rss", 0))
    return {"rss": worker["Rss"], "own": worker["Anonymous"]}


def side_by_side(kinds: dict, seconds: float) -> dict:
    """Return how many queries a second one process answers, and two; the best of three turns of seconds."""
    asked = [query for found in kinds.values() for query, *_ in found]
    best = {1: 0.0, 2: 0.0}
    for _turn in range(3):
        for count in best:
            best[count] = max(best[count], answered(asked, count, seconds))
    return {"one": best[1], "two": best[2], "ratio": best[2] / best[1]}


def answered(asked: list[str], count: int, seconds: float) -> float:
    from django.db import connections

    connections.close_all()
    forked = get_context("fork")
    ready, answers = forked.Barrier(count), forked.Queue()
    processes = [forked.Process(target=answer, args=(asked, one, seconds, ready, answers)) for one in range(count)]
    for process in processes:
        process.start()
    total = sum(answers.get() for _ in processes)
    for process in processes:
        process.join()
    return total


def answer(asked: list[str], number: int, seconds: float, ready, answers) -> None:
    from victims.search import search

    for query in asked[number::40]:
        search(query)
    ready.wait()
    started, done = time.perf_counter(), 0
    while (taken := time.perf_counter() - started) < seconds:
        search(asked[(number * 977 + done * 31) % len(asked)])
        done += 1
    answers.put(done / taken)


def bytes_of_index(persons: int) -> dict:
    """Return the bytes of the name index, and of the rows of the records without their indexes.

    Of the tables that lean records do not write, as many bytes for each person as whole records have.
    """
    from victims.models import NameKey, NamePart, PersonName
    from victims.models.prepared import TABLES

    sizes, index = table_bytes(), 0
    for model in (NameKey, NamePart, PersonName):
        table, more = sizes[model._meta.db_table]
        index += table + more
    rows = 0.0
    lean = {"Victim", "Entry", "NameForm", "Birth", "Residence", "Death"}
    for model, _columns in TABLES:
        if model is PersonName:
            continue
        table, _more = sizes.get(model._meta.db_table, (0, 0))
        rows += table * (1 if model.__name__ in lean else persons / min(persons, FULL))
    return {"index": index, "rows": rows, "share": index / rows}


def table_bytes() -> dict[str, tuple[int, int]]:
    """Return {table: (its bytes, those of its indexes)}."""
    from django.db import connection

    found: dict[str, list[int]] = {}
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute(
                "SELECT relname, pg_table_size(oid), pg_indexes_size(oid) FROM pg_class WHERE relkind = 'r'"
            )
            return {name: (table, indexes) for name, table, indexes in cursor.fetchall()}
        cursor.execute(
            "SELECT tbl_name, s.name = tbl_name, sum(pgsize) FROM dbstat AS s JOIN sqlite_master AS m "
            "ON m.name = s.name WHERE aggregate = TRUE GROUP BY 1, 2"
        )
        for name, is_table, size in cursor.fetchall():
            found.setdefault(name, [0, 0])[0 if is_table else 1] += size
    return {name: tuple(sizes) for name, sizes in found.items()}
