"""Who may do what: the roles of the people who keep the records."""

from memorial.coded import Coded
from memorial.coded import gettext_noop as _


class Role(Coded):
    """A role is the group of its name; the strongest that a user has counts."""

    ADMINISTRATOR = "administrator", _("administrator")
    EDITOR = "editor", _("editor")
    ARCHIVIST = "archivist", _("archivist")


def role_of(user) -> Role | None:
    """Return the strongest role of a user, None for everybody else; asked once for each user object."""
    if user is None or not user.is_authenticated or not user.is_active:
        return None
    if user.is_superuser:
        return Role.ADMINISTRATOR
    if not hasattr(user, "_role"):
        names = set(user.groups.values_list("name", flat=True))
        user._role = next((role for role in Role if role in names), None)
    return user._role
