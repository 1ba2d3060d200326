from django.core.management.base import BaseCommand

from victims.management.reporting import reason, refuse
from victims.matching import undo_merge
from victims.models import Merge
from victims.models.record import Refused


class Command(BaseCommand):
    help = "Undo a merge: the absorbed record gets its entries back."

    def add_arguments(self, parser):
        parser.add_argument("merge", type=int, help="The number that merge printed")
        parser.add_argument("--why", required=True)

    def handle(self, *, merge, why, **options):
        made = Merge.objects.filter(pk=merge).first()
        if made is None:
            raise refuse(f"merge {merge}: there is no such merge")
        try:
            restored = undo_merge(made, why=reason(why))
        except Refused as error:
            raise refuse(str(error)) from None
        self.stdout.write(f"{restored.public_id} {restored.name} is a record of its own again")
