import json
import sys
from pathlib import Path

from django.core.management.base import BaseCommand

from victims import entries
from victims.entries.reporting import Report
from victims.importing.readers import ReadError, read
from victims.management.reporting import refuse


class Command(BaseCommand):
    help = (
        'Read entries (JSON Lines or text; - for standard input) and write {"id", "record"} lines; '
        "--report: write instead, counted over all of them, what became of their words."
    )
    requires_system_checks = []

    def add_arguments(self, parser):
        parser.add_argument("files", nargs="*", default=["-"], metavar="file")
        parser.add_argument("--report", action="store_true")

    def handle(self, *, files, report, **options):
        told = Report() if report else None
        bad = sum(self._read(file, told) for file in files)
        if told:
            for line in told.lines():
                self.stdout.write(line)
        if bad:
            raise refuse(f"{bad} lines could not be read")

    def _read(self, file: str, report: Report | None) -> int:
        """Read one file and return how many of its lines could not be read."""
        if file != "-" and not Path(file).is_file():
            raise refuse(f"{file}: there is no such file")
        bad = 0
        try:
            for item in read(file, lines=sys.stdin if file == "-" else None):
                if isinstance(item, ReadError):
                    bad += 1
                    self.stderr.write(str(item))
                    continue
                draft = entries.parse(item.text)
                if report:
                    report.add(item.text, draft)
                else:
                    told = {"id": item.key, "record": draft.record}
                    self.stdout.write(json.dumps(told, ensure_ascii=False))
        except ReadError as error:
            raise refuse(f"{file}, {error}") from None
        except UnicodeDecodeError as error:
            raise refuse(f"{file}: is not UTF-8 ({error.reason})") from None
        return bad
