"""manage.py forget_visitors: deletes visitors' names, addresses and declined pictures when their time is over."""

from django.core.management.base import BaseCommand

from victims.contributions.receiving import forget_in_time


class Command(BaseCommand):
    help = "Delete what is kept of visitors longer than the privacy page says. Run it once a day."

    def handle(self, *args, **options):
        done = forget_in_time()
        self.stdout.write(
            f"Forgot {done['contributors']} contributors, {done['pictures']} declined pictures, "
            f"{done['alerts']} alerts that nobody confirmed."
        )
