"""What tests share: records written through the door and read back, commands run, every table at once."""

import io
import os
import subprocess
import sys
import threading
from dataclasses import dataclass

from django.apps import apps
from django.conf import settings
from django.core.management import CommandError, call_command
from django.db import connection

from sources.models import Source, SourceKind
from victims.models import Victim, cluster
from victims.models.record import Change, EntryInput, write
from victims.vocabulary import RevisionKind, Status


def a_source(slug: str = "book", kind: str = SourceKind.BOOK, **columns) -> Source:
    """Return the source with this id, made where there is none."""
    return Source.objects.get_or_create(slug=slug, defaults={"kind": str(kind), "title": slug, **columns})[0]


def name(surname="", given_name="", patronymic="", **said) -> dict:
    """Return a record that tells this name, and what else is said."""
    return {"surname": surname, "given_name": given_name, "patronymic": patronymic, **said}


def put(*records: dict, source=None, status=Status.PUBLISHED, synthetic=False, **columns) -> list[Victim]:
    """Write each record as the entry of a new victim, and return the victims in this order."""
    source = source or a_source()
    count = source.entries.count()
    inputs = [
        EntryInput(source=source, item_key=f"key {number}", record=record, synthetic=synthetic, **columns)
        for number, record in enumerate(records, start=count)
    ]
    written = write(Change(put=inputs), kind=RevisionKind.EDIT, status=status)
    return [Victim.objects.get(pk=pk) for pk in written.new]


def told(victim: Victim) -> list[dict]:
    """Return the records of a victim's entries, as the database gives them back."""
    found = cluster.load([victim.pk])[victim.pk]
    records = cluster.records(found.laid)
    return [records[pk] for pk in found.live()]


def everything(*without: str) -> dict[str, list]:
    """Return all rows of all tables of the project, but those of the models named."""
    models = [*apps.get_app_config("sources").get_models(), *apps.get_app_config("victims").get_models()]
    return {
        model.__name__: list(model.objects.order_by("pk").values())
        for model in models
        if model.__name__ not in without
    }


@dataclass
class Ran:
    """What became of a command."""

    code: int
    out: str
    err: str


def run(command: str, *arguments, **options) -> Ran:
    """Run a management command in this process, and return its exit code and what it wrote."""
    out, err, code = io.StringIO(), io.StringIO(), 0
    try:
        call_command(command, *map(str, arguments), stdout=out, stderr=err, **options)
    except CommandError as error:
        code = error.returncode
        err.write(str(error))
    except SystemExit as error:
        code = error.code
    return Ran(code, out.getvalue(), err.getvalue())


def start(database, *arguments, **options) -> subprocess.Popen:
    """Start manage.py as a process of its own over an SQLite file."""
    return subprocess.Popen(
        [sys.executable, "manage.py", *(word if isinstance(word, bytes) else str(word) for word in arguments)],
        cwd=settings.BASE_DIR,
        env=os.environ | {"DATABASE_URL": f"sqlite:///{database}"},
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        **options,
    )


def manage(database, *arguments, given: bytes = b"") -> Ran:
    """Run manage.py as a process of its own over an SQLite file, and wait for it."""
    process = start(database, *arguments)
    out, err = process.communicate(given, timeout=120)
    return Ran(process.returncode, out.decode(), err.decode())


def at_once(*deeds) -> list:
    """Do things at the same time, each with a connection of its own; return their results or errors."""
    results, ready = [None] * len(deeds), threading.Barrier(len(deeds))

    def do(number, deed):
        ready.wait()
        try:
            results[number] = deed()
        except Exception as error:
            results[number] = error
        finally:
            connection.close()

    threads = [threading.Thread(target=do, args=pair) for pair in enumerate(deeds)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=60)
    return results
