from pathlib import Path

from django.core.management.base import BaseCommand

from victims.importing.intake import take_in
from victims.importing.readers import FORMS, Columns, File, MappingError, ReadError, saved
from victims.importing.transfer import count, is_transfer, take_over
from victims.management.reporting import bar, reading, refuse, source, user
from victims.models.name_keys import count_when_grown
from victims.models.record import Refused
from victims.vocabulary import Status

SHOWN = 50


class Command(BaseCommand):
    help = (
        'Load entries from JSON Lines ({"id", "text"} a line), text (blank lines between entries), a table (CSV, '
        "XLSX, ODS), or the dump of the Open List (MediaWiki XML); also packed as gz, bz2, xz or 7z. Running it "
        "again changes nothing; a changed entry becomes a new version. An export of everything is "
        "read without --source. See docs/importing.md."
    )

    def add_arguments(self, parser):
        parser.add_argument("file", type=Path)
        parser.add_argument("--source", default="", metavar="ID")
        parser.add_argument("--create-source", action="store_true")
        parser.add_argument("--synthetic", action="store_true", help="The persons never lived: mark them so")
        parser.add_argument(
            "--status", choices=[str(Status.PUBLISHED), str(Status.DRAFT)], default=str(Status.PUBLISHED)
        )
        parser.add_argument("--by", default="", metavar="NAME", help="The account that the import is recorded for")
        parser.add_argument("--dry-run", action="store_true", help="Read and count, write nothing")
        parser.add_argument("--as", choices=FORMS, default="", dest="form", help="Its form, if not found")
        parser.add_argument("--encoding", default="", help="Of text and tables, if not found")
        parser.add_argument("--delimiter", default="", help="Of a table, if not found")
        parser.add_argument("--sheet", default="", help="Of a workbook with several filled sheets")
        parser.add_argument(
            "--map", action="append", default=[], metavar="HEADER=PLACE",
            help='What a column becomes, e.g. "Когда взят=arrests.date"; - keeps its words alone',
        )  # fmt: skip
        parser.add_argument("--mapping", type=Path, metavar="FILE", help="A mapping that was saved")
        parser.add_argument("--save-mapping", type=Path, metavar="FILE", help="Save the mapping of the columns")
        parser.add_argument(
            "--rejected", type=Path, metavar="FILE", help="Where rejected lines go (beside the file if not said)"
        )
        parser.add_argument(
            "--remove-gone", action="store_true", help="Remove imported entries that the file no longer has"
        )

    def handle(self, *, file, dry_run, synthetic, create_source, **options):
        if not file.is_file():
            raise refuse(f"{file}: there is no such file")
        try:
            if is_transfer(file):
                self.take_over(file, dry_run, options)
                return
            if not options["source"]:
                raise refuse("--source ID is missing: name the book, database or archival unit it comes from")
            told = self.file(file, options)
            with reading(file) as told.at:
                number = told.count()  # to its end: of a file cut short nothing is written
            self.foresee(file, number, options)
            self.describe(told, dry_run, options["save_mapping"])
            told.at = lambda position: None
            origin = source(options["source"], create_source, synthetic, save=not dry_run)
            with bar("entries", number) as advance:
                taken = take_in(
                    told,
                    origin,
                    synthetic=synthetic,
                    status=options["status"],
                    by=user(options["by"]),
                    dry_run=dry_run,
                    remove_gone=options["remove_gone"],
                    rejected=options["rejected"] or told.rejected_beside(),
                    progress=advance,
                )
        except ReadError as error:
            raise refuse(f"{file}, {error}") from None
        except (MappingError, Refused) as error:
            raise refuse(str(error)) from None
        if not dry_run:
            count_when_grown()
        self.report(taken, dry_run)
        if taken.summary.rejected:
            raise SystemExit(2)

    def take_over(self, file, dry_run, options):
        """Read an export of everything, which names its sources itself."""
        if options["source"]:
            raise refuse(f"{file} is an export of everything and names its sources itself: leave --source out")
        with reading(file) as at:
            people = count(file, at)
        with bar("people", people) as advance:
            taken = take_over(file, by=user(options["by"]), dry_run=dry_run, progress=advance)
        if not dry_run:
            count_when_grown()
        what = "dry run, nothing written" if dry_run else "read"
        self.stdout.write(
            f"{what}: {taken.people} people new, {taken.people_there} unchanged; "
            f"{taken.rows} other rows new, {taken.rows_there} unchanged"
        )

    @staticmethod
    def file(path, options) -> File:
        columns = Columns.read(options["mapping"], options["map"])
        if len(options["delimiter"]) > 1 and options["delimiter"] != "\\t":
            raise refuse(f"--delimiter {options['delimiter']}: must be one character, or \\t")
        return File(
            path, options["form"], columns, options["encoding"], options["delimiter"].replace("\\t", "\t"),
            options["sheet"],
        )  # fmt: skip

    @staticmethod
    def foresee(file, number, options) -> None:
        """Refuse what would end badly after everything was written."""
        if options["remove_gone"] and not number:  # of a download that failed, a whole book would be gone
            raise refuse(f"{file}: there is no entry in it, so nothing is removed: fetch it again")
        if options["rejected"] and not options["rejected"].absolute().parent.is_dir():
            raise refuse(f"--rejected {options['rejected']}: there is no such directory")

    def describe(self, told: File, dry_run, save) -> None:
        """Tell what each column of a table becomes, and save that where it is asked for."""
        found = told.describe() if dry_run or save else []
        if save:
            if not found:
                raise refuse("--save-mapping: only tables have columns")
            words = saved([column.header for column in found], [column.target for column in found])
            try:
                save.write_text(words, "utf-8")
            except OSError as error:
                raise refuse(f"--save-mapping {save}: cannot be written: {error.strerror or error}") from None
        for column in found if dry_run else ():
            became = column.target or "kept as words alone"
            samples = "; ".join(
                f"{printed[:60]}{f' → {read}' if read else ''}" for printed, read in column.samples
            )
            self.stdout.write(f"{column.header!r}: {became} ({samples or 'empty'})".replace("\n", " "))

    def report(self, taken, dry_run):
        summary = taken.summary
        batch = "dry run, nothing written" if dry_run else f"batch {summary.batch.pk}"
        counts = summary.counts()
        self.stdout.write(f"{batch}: " + ", ".join(f"{number} {name}" for name, number in counts.items()))
        for name, number in taken.aside.items():
            self.stdout.write(f"  passed over: {number} {name}")
        for code, number in summary.warnings.most_common():
            self.stdout.write(f"  {number} with warning {code}")
        if taken.gone:
            what = f"{taken.removed} removed" if taken.removed else "kept; --remove-gone removes them"
            self.stdout.write(f"  {taken.gone} entries of this source are not in the file: {what}")
        if taken.gone and taken.by_words and summary.new:
            self.stdout.write(
                f"  {taken.by_words} entries have no id and are known by their words: where these were mended, "
                'the entry is new, and the former one gone; ids tie them ("id", of a table --map HEADER=id)'
            )
        for rejected in summary.rejected[:SHOWN]:
            self.stdout.write(f"  rejected line {rejected.line}: {rejected.reason}")
        if len(summary.rejected) > SHOWN:
            self.stdout.write(f"  … and {len(summary.rejected) - SHOWN} more")
        if taken.rejected:
            self.stdout.write(f"  what was rejected is in {taken.rejected}: mend it there, and import that file")
