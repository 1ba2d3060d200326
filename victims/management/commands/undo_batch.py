from django.core.management.base import BaseCommand

from victims.importing.batches import undo_batch
from victims.management.reporting import bar, reason, refuse
from victims.models import Batch
from victims.models.record import Refused


class Command(BaseCommand):
    help = "Undo an import: what it brought goes, what it changed becomes what it was."

    def add_arguments(self, parser):
        parser.add_argument("batch", type=int, help="The number that import_entries printed")
        parser.add_argument("--why", required=True)

    def handle(self, *, batch, why, **options):
        found = Batch.objects.filter(pk=batch).first()
        if found is None:
            raise refuse(f"batch {batch}: there is no such batch")
        try:
            with bar("entries") as advance:
                counts = undo_batch(found, why=reason(why), progress=advance)
        except Refused as error:
            raise refuse(str(error)) from None
        self.stdout.write(f"{counts['removed']} entries removed, {counts['reverted']} as they were before")
