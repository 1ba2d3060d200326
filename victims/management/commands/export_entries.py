import gzip
from contextlib import suppress
from pathlib import Path

from django.core.management.base import BaseCommand

from victims.importing.exporting import exported
from victims.importing.transfer import everything
from victims.management.reporting import bar, refuse, source
from victims.models import Entry, Victim
from victims.vocabulary import Status


class Command(BaseCommand):
    help = (
        "Write the entries of a source as JSON Lines, which import_entries reads back: words, record with the "
        "place of every value, corrections. Without --source, everything that is recorded, for another database. "
        "- writes to standard output; a name that ends in .gz is packed."
    )

    def add_arguments(self, parser):
        parser.add_argument("file")
        parser.add_argument("--source", default="", metavar="ID")
        choices = [str(Status.PUBLISHED), str(Status.DRAFT)]
        parser.add_argument("--status", choices=choices, help="Of published records, or of drafts")

    def handle(self, *, file, status, **options):
        if not options["source"]:
            if status:
                raise refuse("--status goes with --source: everything is exported with the status that it has")
            self.write(file, "people", Victim.objects.count(), everything)
            return
        found = Entry.objects.filter(source=source(options["source"]))
        if status:
            found = found.filter(victim__status=status)
        count = found.filter(removed=False).count()
        self.write(file, "entries", count, lambda advance: exported(found, advance))

    def write(self, file, unit, count, lines):
        with bar(unit, count) as advance:
            if file == "-":
                for line in lines(advance):
                    self.stdout.write(line, ending="")
                return
            path = Path(file)
            partial = path.with_name(path.name + ".part")  # a name that is there is whole
            try:
                opening = gzip.open if path.suffix == ".gz" else open
                with opening(partial, "wt", encoding="utf-8") as out:
                    for line in lines(advance):
                        out.write(line)
                partial.replace(path)
            except OSError as error:
                raise refuse(f"{file}: cannot be written: {error.strerror or error}") from None
            finally:
                with suppress(OSError):  # of what is not whole, nothing stays on a full disk
                    partial.unlink()
