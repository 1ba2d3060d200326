"""manage.py send_alerts: writes to those who asked to be told of new records."""

from django.core.management.base import BaseCommand

from victims.contributions import alerts
from victims.management.reporting import refuse


class Command(BaseCommand):
    help = (
        "Write to those who left an address on a search of whom it finds newly. Run it as often as they shall be "
        "told, once a day or an hour: it tells of nobody twice, and what was stopped goes on at the next run."
    )

    def add_arguments(self, parser):
        parser.add_argument("--limit", type=int, default=1000, help="alerts looked at in this run (1000)")

    def handle(self, *args, limit, **options):
        if not 0 < limit <= 1_000_000:
            raise refuse("--limit: must be a whole number from 1 to 1000000")
        looked, letters = alerts.send(limit)
        self.stdout.write(f"Looked at {looked} alerts, sent {letters} letters.")
