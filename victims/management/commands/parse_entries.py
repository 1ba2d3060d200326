import json
import sys
from pathlib import Path

from django.core.management.base import BaseCommand

from victims import entries
from victims.importing.readers import ReadError, read
from victims.management.reporting import refuse


class Command(BaseCommand):
    help = 'Read entries (JSON Lines or text; - for standard input) and write {"id", "record"} lines.'
    requires_system_checks = []

    def add_arguments(self, parser):
        parser.add_argument("file", nargs="?", default="-")

    def handle(self, *, file, **options):
        if file != "-" and not Path(file).is_file():
            raise refuse(f"{file}: there is no such file")
        bad = 0
        try:
            for item in read(file, lines=sys.stdin if file == "-" else None):
                if isinstance(item, ReadError):
                    bad += 1
                    self.stderr.write(str(item))
                    continue
                record = entries.parse(item.text).record
                self.stdout.write(json.dumps({"id": item.key, "record": record}, ensure_ascii=False))
        except ReadError as error:
            raise refuse(f"{file}, {error}") from None
        except UnicodeDecodeError as error:
            raise refuse(f"{file}: is not UTF-8 ({error.reason})") from None
        if bad:
            raise refuse(f"{bad} lines could not be read")
