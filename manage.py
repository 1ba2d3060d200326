#!/usr/bin/env python
"""The command line: python manage.py help"""

import os
import sys

from django.core.exceptions import ImproperlyConfigured
from django.core.management import execute_from_command_line


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


if __name__ == "__main__":
    main()
