import getpass
import sys

from django.contrib.auth.models import User
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand
from django.db import transaction
from django.utils.translation import override

from memorial.accounts import Role, give_role
from sources.models import Source
from victims.management.reporting import refuse


class Command(BaseCommand):
    help = "Make an account for somebody who keeps records: name, password, role, the sources of an archivist."

    def add_arguments(self, parser):
        parser.add_argument("name", help="The name to sign in with")
        parser.add_argument("--role", required=True, choices=[str(role) for role in reversed(Role)])
        parser.add_argument(
            "--source",
            action="append",
            default=[],
            metavar="SLUG",
            help="A source that an archivist enters, with all below it; may be repeated; replaces the former ones",
        )
        parser.add_argument("--email", help="Where a forgotten password is reset")
        parser.add_argument("--password-stdin", action="store_true", help="Read the password from standard input")
        parser.add_argument("--change", action="store_true", help="Change an account that is there already")

    @override("en")
    def handle(self, *, name, role, source, email, password_stdin, change, **options):
        user = User.objects.filter(username__iexact=name).first()
        if user and not change:
            raise refuse(f"{user.username} has an account: add --change to change role, sources or e-mail address")
        if change and not user:
            raise refuse(f"{name} has no account: leave out --change to make one")
        sources = [_source(slug) for slug in source]
        made = user is None
        user = user or User(username=name)
        if email is not None:
            user.email = email
        if made or password_stdin:
            user.set_password(_password(user, password_stdin))
        _write(user, Role(role), sources)
        where = f", enters {', '.join(sorted(source))}" if source else ""
        self.stdout.write(f"{user.username}: {'made' if made else 'changed'}, {role}{where}")


def _source(slug: str) -> Source:
    """Return the source with this id, or refuse."""
    found = Source.objects.filter(slug=slug).first()
    if found is None:
        known = ", ".join(Source.objects.order_by("slug").values_list("slug", flat=True)[:20]) or "none yet"
        raise refuse(f"--source {slug}: there is no such source; choose one of: {known}")
    return found


def _password(user: User, from_stdin: bool) -> str:
    """Return a password that the rules allow: the first line of standard input, or typed twice alike."""
    if from_stdin:
        password = sys.stdin.readline().rstrip("\r\n")
    elif not sys.stdin.isatty():
        raise refuse("there is no terminal to ask for a password: add --password-stdin and send it as a line")
    else:
        password = getpass.getpass("Password: ")
        if getpass.getpass("Password again: ") != password:
            raise refuse("the two passwords differ")
    try:
        validate_password(password, user)
    except ValidationError as error:
        raise refuse(" ".join(error.messages)) from None
    return password


@transaction.atomic
def _write(user: User, role: Role, sources: list[Source]) -> None:
    """Write the account, its role and, where any is named, its sources instead of the former."""
    try:
        user.full_clean()
    except ValidationError as error:
        wrong = (f"{field}: {' '.join(told)}" for field, told in error.message_dict.items())
        raise refuse("; ".join(wrong)) from None
    user.save()
    give_role(user, role)
    if sources:
        user.appointments.exclude(source__in=sources).delete()
        for source in sources:
            user.appointments.get_or_create(source=source)
