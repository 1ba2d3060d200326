"""Who may do what: the roles of the people who keep the records."""

from django.conf import settings

from memorial.coded import Coded
from memorial.coded import gettext_noop as _


class Role(Coded):
    """A role is the group of its name; the strongest that a user has counts."""

    ADMINISTRATOR = "administrator", _("administrator")
    EDITOR = "editor", _("editor")
    ARCHIVIST = "archivist", _("archivist")


def role_of(user) -> Role | None:
    """Return the role that a user has now, None for everybody else; asked once for each user object.

    Where a second factor is required, nobody has a role before setting one up: so pages, API, tokens and
    admin need not ask for it themselves.
    """
    if user is None or not user.is_authenticated or not user.is_active:
        return None
    if not hasattr(user, "_role"):
        role = role_given(user)
        user._role = None if role is None or lacks_second_factor(user) else role
    return user._role


def role_given(user) -> Role | None:
    """Return the strongest role that an administrator gave a user, whether or not it counts already."""
    if user.is_superuser:
        return Role.ADMINISTRATOR
    names = set(user.groups.values_list("name", flat=True))
    return next((role for role in Role if role in names), None)


def lacks_second_factor(user) -> bool:
    """Return whether a user must set up a second factor first."""
    return settings.REQUIRE_SECOND_FACTOR and not has_second_factor(user)


def has_second_factor(user) -> bool:
    """Return whether signing in as this user takes a code besides the password."""
    return user.authenticator_set.filter(type="totp").exists()


def give_role(user, role: Role | None) -> None:
    """Give a user this role instead of any other, or none; groups with other names stay as they are."""
    from django.contrib.auth.models import Group

    user.groups.remove(*Group.objects.filter(name__in=[str(other) for other in Role if other != role]))
    if role is not None:
        user.groups.add(Group.objects.get_or_create(name=str(role))[0])
    user.__dict__.pop("_role", None)
