from collections import deque
from pathlib import Path

from django.core.management.base import BaseCommand

from victims.importing.loading import load
from victims.importing.readers import ReadError, read
from victims.management.reporting import bar, refuse, source
from victims.vocabulary import Status

SHOWN = 50


class Command(BaseCommand):
    help = (
        'Load entries from JSON Lines ({"id", "text"} a line) or text (blank lines between entries), '
        "also gzipped. Running it again changes nothing; a changed text becomes a new version."
    )

    def add_arguments(self, parser):
        parser.add_argument("file", type=Path)
        parser.add_argument("--source", required=True, metavar="ID")
        parser.add_argument("--create-source", action="store_true")
        parser.add_argument("--synthetic", action="store_true", help="The persons never lived: mark them so")
        parser.add_argument(
            "--status", choices=[str(Status.PUBLISHED), str(Status.DRAFT)], default=str(Status.PUBLISHED)
        )
        parser.add_argument("--dry-run", action="store_true", help="Read and count, write nothing")

    def handle(self, *, file, status, dry_run, synthetic, create_source, **options):
        if not file.is_file():
            raise refuse(f"{file}: there is no such file")
        try:
            deque(read(file), maxlen=0)  # to its end: of a file cut short nothing is written
            with bar("entries") as advance:
                origin = source(options["source"], create_source, synthetic, save=not dry_run)
                summary = load(
                    read(file),
                    origin,
                    file=file,
                    synthetic=synthetic,
                    status=status,
                    dry_run=dry_run,
                    progress=advance,
                )
        except ReadError as error:
            raise refuse(f"{file}, {error}") from None
        self.report(summary, dry_run)
        if summary.rejected:
            raise SystemExit(2)

    def report(self, summary, dry_run):
        counts = summary.counts()
        batch = "dry run, nothing written" if dry_run else f"batch {summary.batch.pk}"
        self.stdout.write(f"{batch}: " + ", ".join(f"{number} {name}" for name, number in counts.items()))
        for code, number in summary.warnings.most_common():
            self.stdout.write(f"  {number} with warning {code}")
        for rejected in summary.rejected[:SHOWN]:
            self.stdout.write(f"  rejected line {rejected.line}: {rejected.reason}")
        if len(summary.rejected) > SHOWN:
            self.stdout.write(f"  … and {len(summary.rejected) - SHOWN} more")
