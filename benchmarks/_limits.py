"""Filters, completion, hostile queries, and how soon a new surname is found."""

import time

from _asking import percentile

#: Seconds after which a filter is asked no more.
PATIENCE = 25
HOSTILE = {
    "10 kB": "иванов " * 1430,
    "10 kB, one word": "щ" * 10_000,
    "200 letters": "щ" * 200,
    "eight words": "иванов иван иванович петров пётр петрович сидоров сидор",
    "eight Latin words": "schtscherbakow tschaikowsky juschtschenko wyschnewskij rzhevsky szczerbaków tchj dzhuga",
    "one letter": "и",
    "wildcards only": "* ? ** ??",
    "a wildcard before a word": "*ов",
    "wildcards everywhere": "*и*а*о* ?в*",
    "a common name alone": "Иван",
    "common names": "Иванов Иван Иванович",
    "a common patronymic alone": "Иванович",
    "initials": "И. И.",
    "emoji": "🙂🙂🙂 👩‍👩‍👧‍👦",
    "right to left": "‏איוואן איוואנאוו‎ محمد",
    "SQL": "'; DROP TABLE victims_victim; -- %_\\",
    "spaces": " " * 5000 + "иванов" + " " * 5000,
    "combining marks": "и" + "\u0301" * 180,
    "NUL and halves of pairs": "иванов\0\ud800иван",
    "one letter again and again": "а а а а а а а а",
    "quotes": '"""иванов" "',
    "year alone": "1897",
    "all Chinese": "王王王王 李李李李",
}


def filters(kinds: dict, each: int) -> dict[str, dict]:
    """Return {filter: p50, p95} of the same queries without any and with one filter, as the API asks them."""
    from django.db.models import Count
    from django.http import QueryDict

    from victims.filters import VictimFilterSet
    from victims.models import Death, Residence, Victim
    from victims.search import Filters, search

    asked = [one for kind in list(kinds.values())[:20] for one in kind[:each]]

    def commonest(model, field):
        found = model.objects.filter(**{f"{field}__gt": ""}, victim__lt=100_000).values(field)  # enough to tell
        return found.annotate(n=Count("pk")).order_by("-n").values_list(field, flat=True)[0]

    region = commonest(Residence, "place__region__slug")
    site = commonest(Death, "burial_place__site__slug")
    source = "lean-0" if Victim.objects.filter(entries__source__slug="lean-0").exists() else "synthetic"
    chosen = {
        "no filter": lambda person: "",
        "birth year": lambda person: f"birth={person.year}" if person.year else "birth=1897",
        f"region {region}": lambda person: f"region={region}",
        f"source {source}": lambda person: f"source={source}",
        f"site {site}": lambda person: f"site={site}",
    }
    told: dict[str, list[float]] = {name: [] for name in chosen}
    for query, _parts, person in asked:
        for name, parameters in chosen.items():
            if sum(told[name]) > PATIENCE:
                continue
            given = QueryDict(parameters(person), mutable=True)
            given["q"] = query  # as pages and API ask
            people = VictimFilterSet(given, queryset=Victim.objects.published(), beside=("q",)).qs
            started = time.perf_counter()
            search(query, Filters(people=people), limit=20)
            told[name].append(time.perf_counter() - started)
    return {name: {"p50": percentile(times, 0.5), "p95": percentile(times, 0.95)} for name, times in told.items()}


def completion(kinds: dict, each: int) -> dict | None:
    """Return p50 and p95 of completing what has been typed so far; None where there is no completion."""
    try:
        from victims.search import suggest
    except ImportError:
        return None
    times = []
    for query, _parts, person in [one for kind in list(kinds.values())[:6] for one in kind[:each]]:
        begun = [person.surname[:end] for end in range(2, 7)]
        for typed in (*begun, f"{person.surname} {person.given[:2]}", query[:4]):
            started = time.perf_counter()
            list(suggest(typed))
            times.append(time.perf_counter() - started)
    return {"n": len(times), "p50": percentile(times, 0.5), "p95": percentile(times, 0.95)}


def hostile() -> dict[str, tuple[float, str]]:
    """Return {query: (milliseconds, what became of it)}; the better of two times."""
    from victims.search import QueryError, search

    told = {}
    for name, query in HOSTILE.items():
        times, outcome = [], ""
        for _ in range(2):
            started = time.perf_counter()
            try:
                outcome = f"{len(search(query, limit=20).hits)} found"
            except QueryError as error:
                outcome = f"refused: {str(error)[:40]}"
            except Exception as error:  # what must not happen, told as such
                outcome = f"FAILED: {error!r}"[:100]
            times.append((time.perf_counter() - started) * 1000)
        told[name] = min(times), outcome
    return told


def new_surname() -> dict:
    """Save a person whose surname nobody has, and look for a misspelling of it within the same transaction."""
    from django.db import transaction

    from sources.models import Source
    from victims.importing.loading import load
    from victims.importing.readers import Item
    from victims.search import search
    from victims.vocabulary import Status

    source = Source.objects.get(slug="synthetic")
    with transaction.atomic():
        text = "Квырпхадзенко Аристарх Поликарпович, род. 1890, г. Москва. Расстрелян 1938."
        load([Item(1, "new-surname", text)], source, synthetic=True, status=Status.PUBLISHED)
        started = time.perf_counter()
        hits = search("Кверпхадзинко Аристарх").hits
        seconds = time.perf_counter() - started
        found = bool(hits) and hits[0].victim.surname == "Квырпхадзенко"
        transaction.set_rollback(True)
    return {"found": found, "ms": seconds * 1000}
