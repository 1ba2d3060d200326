"""The people who keep the records, for tests: a user for each role, appointed to sources where asked."""

from django.contrib.auth.models import Group, User

from memorial.accounts import Role
from sources.models import Appointment, Source

PASSWORD = "the-archive-is-open-1937"


def keeper(role: Role | str | None, *sources: Source, name: str = "") -> User:
    """Return a user with this role (None: no role at all), appointed to these sources."""
    name = name or f"{role}-{User.objects.count()}"
    user = User.objects.create_user(name, password=PASSWORD, is_staff=bool(role))
    if role:
        user.groups.add(Group.objects.get_or_create(name=str(role))[0])
    Appointment.objects.bulk_create(Appointment(user=user, source=source) for source in sources)
    return user
