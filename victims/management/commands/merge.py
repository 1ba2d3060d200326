from django.core.management.base import BaseCommand

from victims.management.reporting import reason, refuse, victim
from victims.matching import merge
from victims.models.record import Refused


class Command(BaseCommand):
    help = "Make one record of two that tell of one person: the entries of ABSORBED go to KEPT."

    def add_arguments(self, parser):
        parser.add_argument("kept")
        parser.add_argument("absorbed")
        parser.add_argument("--why", required=True, help="The reason, kept with the merge")

    def handle(self, *, kept, absorbed, why, **options):
        try:
            made = merge(victim(kept), victim(absorbed), why=reason(why))
        except Refused as error:
            raise refuse(str(error)) from None
        self.stdout.write(f"merge {made.pk}: {absorbed} is now {kept}; undo_merge {made.pk} takes it back")
