"""What tests of victims share: the reference data, and a database of its own for a process."""

import shutil

import pytest
from django.db import transaction

from tests.telling import manage
from victims.importing.reference import load_reference


@pytest.fixture(scope="module")
def reference_data(django_db_setup, django_db_blocker):
    with django_db_blocker.unblock():
        atomic = transaction.atomic()
        atomic.__enter__()
        load_reference()
    yield
    with django_db_blocker.unblock():
        transaction.set_rollback(True)
        atomic.__exit__(None, None, None)


@pytest.fixture
def reference(reference_data, db):
    """The reference data of fixtures/, loaded once for a module of tests."""


@pytest.fixture(scope="session")
def empty_file(tmp_path_factory):
    path = tmp_path_factory.mktemp("template") / "memorial.sqlite3"
    made = manage(path, "migrate", "--verbosity", "0")
    assert made.code == 0, made.err
    return path


@pytest.fixture
def database(empty_file, tmp_path):
    """An SQLite file with all tables and nothing in them, for commands run as processes of their own."""
    return shutil.copy(empty_file, tmp_path / "memorial.sqlite3")
