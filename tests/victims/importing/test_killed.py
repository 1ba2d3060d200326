"""An import that is really killed, on either engine: run again it ends as if nothing had happened."""

import os
import signal
import subprocess
import sys
import time

import pytest
from django.conf import settings
from django.core.management import call_command
from django.db import connection

from tests.telling import a_source, run
from tests.victims.importing.files import HEADER, IVANOV, delimited, dump, page
from tests.victims.models.portrait import differing, portrait
from victims.importing.synthetic import make_synthetic
from victims.models import Entry
from victims.models.checking import differences

COUNT = 2000


def table() -> str:
    rows = [[f"Иванов{'а' * (n % 50)}", *IVANOV[1:3], str(1850 + n % 60), *IVANOV[4:]] for n in range(COUNT)]
    rows[COUNT // 2] = ["Лишний", *IVANOV, "ячейка"]
    return delimited(HEADER, *rows)


def openlist() -> str:
    names = (f"Иванов{'а' * (n % 50)} Иван (1900)" for n in range(COUNT))
    return dump(*(page(name, n, пол="мужчина", расстрел="17.08.1937") for n, name in enumerate(names)))


def address() -> str:
    """Return the address of the tests' own database for a process of its own."""
    name = connection.settings_dict["NAME"]
    if connection.vendor == "sqlite":
        return f"sqlite:///{name}"
    return f"{os.environ['DATABASE_URL'].rpartition('/')[0]}/{name}"


def killed_half_way(*arguments) -> int:
    """Start a command, kill it when something is written and not all; return how many entries are there."""
    process = subprocess.Popen(
        [sys.executable, "manage.py", *map(str, arguments)],
        cwd=settings.BASE_DIR,
        env=os.environ | {"DATABASE_URL": address()},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    deadline = time.monotonic() + 120
    while not 0 < Entry.objects.count() < COUNT and process.poll() is None and time.monotonic() < deadline:
        time.sleep(0.02)
    process.send_signal(signal.SIGKILL)
    process.wait()
    return Entry.objects.count()


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize(("name", "content"), [("book.csv", table), ("dump.xml", openlist)], ids=["table", "dump"])
def test_an_import_that_was_killed_is_finished_by_running_it_again(tmp_path, name, content):
    path = tmp_path / name
    path.write_text(content())
    command = ("import_entries", path, "--source", "book")
    a_source()
    whole = run(*command)
    expected = portrait()
    call_command("flush", interactive=False)
    a_source()
    half = killed_half_way(*command)
    assert 0 < half < COUNT - 1
    assert list(differences()) == []
    again = run(*command)
    assert again.code == whole.code
    assert f"{COUNT} read, " in again.out
    assert f" {half} unchanged" in again.out
    assert differing(expected, portrait()) == {}
    assert list(differences()) == []


@pytest.mark.django_db(transaction=True)
def test_an_export_of_everything_is_read_to_its_end_after_it_was_killed(tmp_path):
    (tmp_path / "book.csv").write_text(table())
    a_source()
    run("import_entries", tmp_path / "book.csv", "--source", "book")
    expected = portrait()
    assert run("export_entries", tmp_path / "all.jsonl").code == 0
    call_command("flush", interactive=False)
    half = killed_half_way("import_entries", tmp_path / "all.jsonl")
    assert 0 < half < COUNT - 1
    assert list(differences()) == []
    again = run("import_entries", tmp_path / "all.jsonl")
    assert (again.code, f" {half} unchanged; " in again.out) == (0, True), again.out
    assert differing(expected, portrait()) == {}
    assert list(differences()) == []


KILLED = """
import os, signal, django
django.setup()
from victims.importing.synthetic import make_synthetic
make_synthetic(600, 7, few=500, progress=lambda done: os.kill(os.getpid(), signal.SIGKILL))
"""


@pytest.mark.django_db(transaction=True)
def test_many_persons_whose_making_was_killed_get_their_indexes_by_making_them_again():
    killed = subprocess.run(
        [sys.executable, "-c", KILLED],
        cwd=settings.BASE_DIR,
        env=os.environ | {"DATABASE_URL": address(), "DJANGO_SETTINGS_MODULE": "memorial.settings"},
    )
    assert killed.returncode == -signal.SIGKILL
    if connection.vendor == "sqlite":  # PostgreSQL takes all back
        assert Entry.objects.count() == 600
        assert any("victim_by_name is lacking" in line for line in differences())
    make_synthetic(600, 7)
    assert Entry.objects.count() == 600
    assert list(differences()) == []
