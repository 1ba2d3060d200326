from django.core.management.base import BaseCommand

from victims.management.reporting import bar
from victims.models import Victim
from victims.models.checking import differences

SHOWN = 100


class Command(BaseCommand):
    help = (
        "Recompute all date bounds, projections, shared facts, the name index and the log's chain, and "
        "report every difference. Exit code 1 where there is one."
    )

    def handle(self, **options):
        found = 0
        with bar("victims", Victim.objects.count()) as advance:
            for line in differences(advance):
                found += 1
                if found <= SHOWN:
                    self.stdout.write(line)
        if found:
            self.stdout.write(f"{found} differences.")
            raise SystemExit(1)
        self.stdout.write(f"{Victim.objects.count()} victims: all is consistent.")
