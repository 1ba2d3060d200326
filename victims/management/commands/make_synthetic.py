import time

from django.core.management.base import BaseCommand

from victims.importing.synthetic import make_synthetic
from victims.management.reporting import bar, refuse
from victims.models.name_keys import count_when_grown


class Command(BaseCommand):
    help = "Make persons who never lived, for benchmarks and demonstration; each is marked as synthetic."

    def add_arguments(self, parser):
        parser.add_argument("count", type=int, metavar="N")
        parser.add_argument("--seed", type=int, default=1, help="The same seed makes the same persons")

    def handle(self, *, count, seed, **options):
        if count < 1:
            raise refuse("N: must be at least 1")
        started = time.monotonic()
        with bar("persons", count) as advance:
            made = make_synthetic(count, seed, progress=advance)
        seconds = time.monotonic() - started
        count_when_grown()
        self.stdout.write(
            f"{made} synthetic persons in {seconds:.1f} s ({made / max(seconds, 0.001):,.0f} a second)"
        )
