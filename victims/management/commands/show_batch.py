from django.core.management.base import BaseCommand

from victims.importing.batches import standing
from victims.management.reporting import refuse
from victims.models import Batch

LISTED = 30
ORDER = ("read", "new", "changed", "unchanged", "warned", "rejected", "gone", "removed")


def order(count: tuple[str, int]) -> int:
    """Return where a count stands in a line; the database need not keep their order."""
    return ORDER.index(count[0]) if count[0] in ORDER else len(ORDER)


class Command(BaseCommand):
    help = (
        "Show an import: who, when, which file, what became of it, and what of it still stands; or list the last."
    )

    def add_arguments(self, parser):
        parser.add_argument(
            "batch", type=int, nargs="?", help="Its number; without one the last imports are listed"
        )

    def handle(self, *, batch, **options):
        found = Batch.objects.select_related("source", "by").order_by("-pk")
        if batch is None:
            for row in found[:LISTED]:
                self.stdout.write(self.line(row))
            return
        row = found.filter(pk=batch).first()
        if row is None:
            raise refuse(f"batch {batch}: there is no such batch")
        self.stdout.write(self.line(row))
        self.stdout.write(f"  file {row.file_name or 'unnamed'}, sha256 {row.file_sha256 or 'unknown'}")
        counts = standing(row)
        self.stdout.write("  now: " + ", ".join(f"{number} {name}" for name, number in counts.items()))

    @staticmethod
    def line(row: Batch) -> str:
        by = f" by {row.by}" if row.by else ""
        state = f"undone {row.undone_at:%Y-%m-%d %H:%M}" if row.undone_at else ""
        state = state or ("finished" if row.finished_at else "not finished: import the file again")
        counts = ", ".join(f"{number} {name}" for name, number in sorted(row.counts.items(), key=order))
        began = f"{row.started_at:%Y-%m-%d %H:%M}"
        return f"batch {row.pk}: {row.source.slug}, {row.file_name}, {began}{by}, {state}; {counts}"
