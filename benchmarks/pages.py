#!/usr/bin/env python3
"""What the site's pages and the API's answers cost: bytes, queries, server time, on both engines, in one run.

    benchmarks/pages.py [--quick] [--persons N]

Each address is asked as a stranger asks it, over the reference data and N synthetic persons (100,000; quick:
4,000). Its time stands beside that of the plainest answer from the database (/healthz) in the same run, as a
ratio. The bytes are those of the page itself, as it is and compressed.
"""

import gzip
import os
import statistics
import sys
import tempfile
import time

from _engines import on_both

QUICK, FULL = 4_000, 100_000
TIMES, TIMES_QUICK = 7, 3


def main() -> int:
    with tempfile.TemporaryDirectory() as files:
        os.environ["STATIC_ROOT"] = files
        return on_both(__file__, __doc__, measure, quick=QUICK, full=FULL)


def measure(persons: int) -> None:
    from django.core.management import call_command
    from django.db import connection
    from django.test import Client

    from victims.importing.reference import load_reference

    call_command("migrate", verbosity=0)
    call_command("createcachetable")
    call_command("collectstatic", interactive=False, verbosity=0)
    load_reference()
    call_command("make_synthetic", persons, stdout=open(os.devnull, "w"))  # noqa: SIM115
    call_command("count_people", stdout=open(os.devnull, "w"))  # noqa: SIM115
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    client = Client(SERVER_NAME="localhost")
    times = TIMES if persons > QUICK else TIMES_QUICK
    plain = ask(client, "/healthz", times)["seconds"]
    print(f"{'':44} {'status':>6} {'bytes':>9} {'gzip':>8} {'queries':>7} {'ms':>8} {'x /healthz':>10}")
    for address in addresses():
        told = ask(client, address, times)
        print(
            f"{address:44} {told['status']:>6} {told['bytes']:>9,} {told['gzip']:>8,} {told['queries']:>7} "
            f"{told['seconds'] * 1000:>8.1f} {told['seconds'] / plain:>10.1f}",
            flush=True,
        )


def addresses() -> list[str]:
    """Return what is asked: every page, and every list of the API, with a person found in the database."""
    from victims.models import Victim

    known = Victim.objects.published().filter(surname="Флоренский", synthetic=False).first()
    made = Victim.objects.published().filter(synthetic=True, surname="Кузнецов").order_by("pk")[0]
    surname = made.surname or "Иванов"
    pages = [
        "/", "/victims/", f"/victims/?q={surname.lower()}",
        f"/victims/?q={surname.lower()}+{made.given_name.lower()}",
        "/victims/?birth=1897", "/victims/?kind=camp&sentence=1938-02", "/victims/?region=karelian-assr",
        "/victims/?site=butovo", f"/victims/?surname={surname}&sex=male", f"/victims/{known.public_id}/",
        f"/victims/{made.public_id}/", "/execution-sites/", "/execution-sites/butovo/", "/operations/",
        "/operations/00447/", "/sources/", "/sources/synthetic/", "/bodies/", "/bodies/oso-nkvd/", "/about/",
        "/help/", f"/victims/{made.public_id}/sheet.pdf", "/browse/", "/browse/surnames/", "/browse/surnames/К/",
        "/browse/surnames/Ку/", "/browse/regions/karelian-assr/", "/browse/places/?words=москва",
        f"/browse/places/{made.birth_place_id or 1}/", "/browse/occupations/ко/",
        f"/browse/occupations/{made.occupation_id or 1}/", "/browse/days/", "/browse/days/12-08/",
        "/browse/days/1937-12-08/", "/bodies/troika-unkvd-leningrad/1937-11-25/", "/statistics/",
        "/statistics/sentenced/", "/statistics/sentenced/kind/", "/statistics/region/nationality/",
        "/victims/?residence=москва", "/victims/?residence=москва&sort=birth", "/victims/?article=58-10",
        "/victims/?occupation=clergy", "/victims/?birth_place=рязан&manner=shot",
        "/victims/?source=reference-works", "/victims/?sex=female&synthetic=false", "/victims/?arrest=1937-08-05",
        "/victims/?after=M.00ZR6", "/bodies/troika-unkvd-leningrad/", "/statistics/occupation/", "/about/data/",
        "/privacy/", "/sitemap.xml", "/sitemap-people-0.xml",
    ]  # fmt: skip
    lists = [
        "victims", "entries", "arrests", "sentences", "imprisonments", "deaths", "rehabilitations", "bodies",
        "sittings", "execution-sites", "regions", "operations", "sources", "fields",
    ]  # fmt: skip
    api = [f"/api/v1/{name}/" for name in lists]
    api += ["/api/v1/sentences/?date=1938-02", "/api/v1/deaths/?site=butovo"]
    api += ["/api/v1/statistics/", "/api/v1/statistics/kind/", "/api/v1/statistics/sentenced/kind/"]
    api += [f"/api/v1/victims/?q={surname.lower()}", f"/api/v1/victims/{known.public_id}/"]
    return [*pages, *api]


def ask(client, address: str, times: int) -> dict:
    """Return status, bytes, queries and the median time of an answer."""
    from django.db import connection, reset_queries
    from django.test.utils import CaptureQueriesContext

    reset_queries()  # its length is bounded, and what it does not hold is not counted
    with CaptureQueriesContext(connection) as queries:
        answer = client.get(address)
        content = answer.getvalue()
    count = len(queries)  # read now: the next request empties the log
    seconds = []
    for _time in range(times):
        started = time.perf_counter()
        client.get(address).getvalue()
        seconds.append(time.perf_counter() - started)
    return {
        "status": answer.status_code,
        "bytes": len(content),
        "gzip": len(gzip.compress(content)),
        "queries": count,
        "seconds": statistics.median(seconds),
    }


if __name__ == "__main__":
    sys.exit(main())
