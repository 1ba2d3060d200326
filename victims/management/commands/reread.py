from django.core.management.base import BaseCommand

from victims.importing.rereading import reread
from victims.management.reporting import bar, source
from victims.models import Entry


class Command(BaseCommand):
    help = "Read the stored entries of a source again with the present parser; corrections and decisions stay."

    def add_arguments(self, parser):
        parser.add_argument("--source", required=True, metavar="ID")
        parser.add_argument("--why", default="a better parser")

    def handle(self, *, why, **options):
        found = Entry.objects.filter(source=source(options["source"]))
        with bar("entries") as advance:
            changed = reread(found, why=why, progress=advance)
        self.stdout.write(f"{changed} readings changed")
