from django.core.management.base import BaseCommand
from django.db import transaction

from victims.management.reporting import bar
from victims.models import NamePart
from victims.models.name_keys import count_people, repair, wrong_keys


class Command(BaseCommand):
    help = (
        "Write the keys under which misspelt names are found again, and count how many people have each name; "
        "--check only says which keys are wrong."
    )

    def add_arguments(self, parser):
        parser.add_argument("--check", action="store_true", help="Only say what is wrong; exit code 1")

    def handle(self, *, check, **options):
        missing = surplus = 0
        with bar("parts of names", NamePart.objects.count()) as advance:
            for less, more in wrong_keys(advance):
                missing, surplus = missing + len(less), surplus + len(more)
                if not check and (less or more):
                    with transaction.atomic():
                        repair(less, more)
        if not check:
            count_people()
        told = f"{missing} keys missing, {surplus} for nothing"
        if not (missing or surplus):
            self.stdout.write("All keys are as they should be.")
        elif check:
            self.stdout.write(f"{told}: run rebuild_names.")
            raise SystemExit(1)
        else:
            self.stdout.write(f"Mended: {told}.")
