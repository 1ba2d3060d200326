from django.core.management.base import BaseCommand

from victims.statistics.cubes import count_people, counted


class Command(BaseCommand):
    help = (
        "Count the people whom the public sees, by one thing and by two at once, for the pages to show. "
        "Run it after imports and every night; a run changes nothing until it has counted all."
    )

    def add_arguments(self, parser):
        parser.add_argument("--unless-counted", action="store_true", help="count them the first time only")

    def handle(self, **options):
        made = (counted() if options["unless_counted"] else None) or count_people()
        self.stdout.write(f"{made.people} people counted as of {made.counted_at:%Y-%m-%d %H:%M %Z}")
