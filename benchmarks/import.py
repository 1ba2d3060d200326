#!/usr/bin/env python3
"""How fast a printed book is loaded, from its lines to persons that are found, on both engines, in one run.

    benchmarks/import.py [--quick] [--persons N]

N printed entries of persons who never lived are read, parsed, laid out and written by ``import_entries``' own
function. Beside the rate stand: the rate of the first and of the last tenth (is it constant?), the ratio to the
plainest bulk write of the same final rows, the rate of a second run that changes nothing, and the memory.
"""

import resource
import sys
import time
from itertools import islice

from _engines import on_both
from loading import plain_copy

QUICK, FULL = 6_000, 300_000


def main() -> int:
    return on_both(__file__, __doc__, measure, quick=QUICK, full=FULL)


def measure(entries: int) -> None:
    from django.core.management import call_command

    from sources.models import Source
    from victims.importing.loading import load
    from victims.importing.reference import load_reference
    from victims.models.checking import differences

    call_command("migrate", verbosity=0)
    load_reference()
    source = Source.objects.create(slug="a-book", kind="synthetic", title="A book of persons who never lived")
    clock = Clock(entries)
    started = time.perf_counter()
    summary = load(items(entries), source, status="published", progress=clock)
    seconds = time.perf_counter() - started
    assert (summary.new, summary.rejected) == (entries, []), summary.counts()
    plain = plain_copy()
    started = time.perf_counter()
    assert load(items(entries), source, status="published").unchanged == entries
    again = time.perf_counter() - started
    first, last = clock.rates()
    print(
        f"{entries:>9,} printed entries   {entries / seconds:>7,.0f} a second   "
        f"first tenth {first:,.0f}, last tenth {last:,.0f} ({last / first:.2f})   "
        f"{seconds / plain:.2f} x the plain write of the same rows   again: {entries / again:,.0f} a second   "
        f"{memory():.0f} MB"
    )
    wrong = list(islice(differences(), 3)) if entries <= 100_000 else []
    print("check_records: " + ("all is consistent" if entries <= 100_000 else "asked by hand at this size"))
    if wrong:
        raise SystemExit(f"differences: {wrong}")


class Clock:
    """Takes the time at each tenth of the entries."""

    def __init__(self, entries: int):
        self.tenth, self.done, self.times = max(entries // 10, 1), 0, [time.perf_counter()]

    def __call__(self, number: int) -> None:
        self.done += number
        if self.done % self.tenth == 0:
            self.times.append(time.perf_counter())

    def rates(self) -> tuple[float, float]:
        """Return entries a second of the second tenth (the first starts the readers) and of the last."""
        return self.tenth / (self.times[2] - self.times[1]), self.tenth / (self.times[-1] - self.times[-2])


def items(entries: int):
    """Yield printed entries in the four forms of the generator."""
    from victims import synthetic
    from victims.importing.readers import Item

    for number, person in enumerate(synthetic.persons(entries, 1938), start=1):
        yield Item(number, person.item_key, person.text)


def memory() -> float:
    """Return the most megabytes that this process and each of its readers took together."""
    own, readers = (resource.getrusage(who).ru_maxrss for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    return (own + 2 * readers) / 1024


if __name__ == "__main__":
    sys.exit(main())
