"""add_user: accounts from the command line, with role and sources; exit code 2 and a reason on bad input."""

import io
import os
import pty
import subprocess
import sys

import pytest
from django.conf import settings
from django.contrib.auth.models import Group, User

from memorial.accounts import Role, role_of
from tests.telling import a_source, manage, run
from victims.permissions import own_sources

PASSWORD = "the-archive-is-open-1937"


@pytest.fixture
def add(db, monkeypatch):
    def add(*arguments, password=PASSWORD):
        monkeypatch.setattr(sys, "stdin", io.StringIO(f"{password}\n"))
        return run("add_user", *arguments)

    return add


@pytest.mark.parametrize("role", list(Role))
def test_it_makes_an_account_with_a_role_even_where_the_groups_are_gone(add, role):
    Group.objects.all().delete()
    ran = add("anna", "--role", role, "--password-stdin", "--email", "anna@example.org")
    assert (ran.code, ran.out, ran.err) == (0, f"anna: made, {role}\n", "")
    anna = User.objects.get()
    assert (role_of(anna), anna.email) == (role, "anna@example.org")
    assert anna.check_password(PASSWORD)
    assert not anna.is_superuser


def test_an_archivist_is_appointed_to_sources(add):
    book, other = a_source("book"), a_source("other")
    ran = add("anna", "--role", "archivist", "--source", "book", "--source", "other", "--password-stdin")
    assert ran.out == "anna: made, archivist, enters book, other\n"
    assert own_sources(User.objects.get()) == {book.pk, other.pk}


def test_an_account_that_is_there_changes_only_when_asked_to(add):
    book = a_source("book")
    a_source("other")
    add("anna", "--role", "archivist", "--source", "other", "--password-stdin")
    again = add("Anna", "--role", "editor", "--password-stdin")
    assert (again.code, "anna has an account: add --change" in again.err) == (2, True)
    assert role_of(User.objects.get()) == Role.ARCHIVIST
    changed = add("anna", "--role", "archivist", "--source", "book", "--change")
    assert (changed.code, changed.out) == (0, "anna: changed, archivist, enters book\n")
    assert own_sources(User.objects.get()) == {book.pk}
    add("anna", "--role", "editor", "--change")
    anna = User.objects.get()
    assert (role_of(anna), anna.groups.count()) == (Role.EDITOR, 1)
    assert anna.check_password(PASSWORD), "the password stays"
    add("anna", "--role", "editor", "--change", "--password-stdin", password="another-one-of-1938")
    assert User.objects.get().check_password("another-one-of-1938")


@pytest.mark.parametrize(
    ("arguments", "password", "told"),
    [
        (("anna", "--role", "archivist", "--source", "none"), PASSWORD, "--source none: there is no such source"),
        (("anna", "--role", "editor"), "short", "This password is too short"),
        (("anna", "--role", "editor"), "", "This password is too short"),
        (("an na", "--role", "editor"), PASSWORD, "username: Enter a valid username"),
        (("anna", "--role", "editor", "--email", "anna"), PASSWORD, "email: Enter a valid email address"),
        (("anna", "--role", "editor", "--change"), PASSWORD, "anna has no account"),
    ],
)
def test_bad_input_is_refused_with_the_reason_and_nothing_is_made(add, arguments, password, told):
    ran = add(*arguments, "--password-stdin", password=password)
    assert (ran.code, told in ran.err) == (2, True), ran.err
    assert not User.objects.exists()


def test_a_role_that_is_none_is_refused_with_those_that_are(database):
    ran = manage(database, "add_user", "anna", "--role", "king")
    assert ran.code == 2
    assert "archivist" in ran.err and "administrator" in ran.err


def test_without_a_terminal_it_asks_for_the_password_on_standard_input(database):
    ran = manage(database, "add_user", "anna", "--role", "editor")
    assert (ran.code, "--password-stdin" in ran.err, "Traceback" in ran.err) == (2, True, False)


@pytest.mark.parametrize(("second", "code", "told"), [(PASSWORD, 0, "anna: made, editor"), ("other", 2, "differ")])
def test_on_a_terminal_the_password_is_typed_twice_and_never_shown(database, second, code, told):
    ours, theirs = pty.openpty()
    process = subprocess.Popen(
        [sys.executable, "manage.py", "add_user", "anna", "--role", "editor"],
        cwd=settings.BASE_DIR,
        env=os.environ | {"DATABASE_URL": f"sqlite:///{database}"},
        stdin=theirs,
        stdout=theirs,
        stderr=theirs,
        start_new_session=True,
    )
    os.close(theirs)
    seen = b""
    for prompt, answer in ((b"Password: ", PASSWORD), (b"Password again: ", second)):
        while prompt not in seen:
            seen += os.read(ours, 1024)
        os.write(ours, f"{answer}\n".encode())
    try:
        while chunk := os.read(ours, 1024):
            seen += chunk
    except OSError:  # the other end is closed
        pass
    assert process.wait(timeout=60) == code
    assert told in seen.decode()
    assert PASSWORD not in seen.decode()
