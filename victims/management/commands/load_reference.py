from django.core.management.base import BaseCommand

from victims.importing.reference import load_reference


class Command(BaseCommand):
    help = "Load the reference data of fixtures/; a second run changes nothing."

    def handle(self, **options):
        counts = load_reference()
        self.stdout.write(
            f"{counts['changed']} rows new or changed, {counts['unchanged']} unchanged, "
            f"{counts['persons']} persons new."
        )
