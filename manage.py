#!/usr/bin/env python
"""The command line: python manage.py help"""

import os
import sys

from django.core.exceptions import ImproperlyConfigured
from django.core.management import execute_from_command_line
from django.db import InternalError, OperationalError, ProgrammingError


def main():
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "memorial.settings")
    try:
        import memorial.settings  # noqa: F401
    except ImproperlyConfigured as refusal:
        print(f"Memorial does not start: {refusal}", file=sys.stderr)
        sys.exit(2)
    try:
        execute_from_command_line(sys.argv)
        sys.stdout.flush()
    except BrokenPipeError:  # whoever reads has read enough; the interpreter's own last flush fails as well
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    except KeyboardInterrupt:  # what was committed stays, and every command may be run again
        print("Stopped. Run it again to finish it.", file=sys.stderr)
        sys.exit(130)
    except (InternalError, OperationalError, ProgrammingError) as error:
        # not reached, full, locked, not to be written to, of another version
        if "--traceback" in sys.argv:
            raise
        print(f"The database does not do that: {remedy(str(error).strip())}", file=sys.stderr)
        sys.exit(1)


def remedy(said: str) -> str:
    """Return what a database says with what to do about it, as far as that is known."""
    known = {
        ("no such table", "no such column", "does not exist"): "run manage.py migrate",
        ("unable to open", "connection failed"): "look at DATABASE_URL, and whether the server runs",
        ("is full", "No space left"): "make room on the disk, and run it again",
        ("readonly", "read-only"): "its file and directory, or its server, must allow writing",
        ("locked",): "another process is writing; run it again when that has ended",
    }
    todo = (told for words, told in known.items() if any(word in said for word in words))
    return f"{said}: {next(todo, 'add --traceback to see where')}"


if __name__ == "__main__":
    main()
