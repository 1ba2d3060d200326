"""Who may do what with which record: role, action, status. Pages, API and admin all ask here."""

from django.db.models import Q, QuerySet

from memorial.accounts import Role, role_of
from memorial.coded import Coded
from memorial.coded import gettext_noop as _
from sources.models import Source
from victims.models import Batch, Entry, Victim
from victims.models.querysets import public
from victims.vocabulary import Status


class Action(Coded):
    VIEW = "view", _("view")
    EDIT = "edit", _("edit")
    PUBLISH = "publish", _("publish")
    MERGE = "merge", _("merge")
    WITHDRAW = "withdraw", _("withdraw")


#: What may be done with a record of each status, by a role that may do it at all.
POSSIBLE = {
    Status.DRAFT: {*Action},
    Status.PUBLISHED: {*Action},
    Status.WITHDRAWN: {Action.VIEW, Action.PUBLISH},
    Status.MERGED: {Action.VIEW},
}
KEEPERS = (Role.EDITOR, Role.ADMINISTRATOR)


def own_sources(user) -> set[int]:
    """Return the keys of the sources that an archivist's appointments name, with all below; asked once a user."""
    if not hasattr(user, "_own_sources"):
        appointed = Source.objects.filter(appointments__user=user)
        user._own_sources = set(appointed.with_parts().values_list("pk", flat=True))
    return user._own_sources


def visible(user=None) -> QuerySet[Victim]:
    """Return the records that a user sees: published ones, an archivist's own drafts, for editors all live.

    Who may be living and is told of by no published source is seen by editors alone once published.
    """
    role = role_of(user)
    if role in KEEPERS:
        return Victim.objects.live()
    if role is None:
        return Victim.objects.published()
    drafts = Entry.objects.filter(source__in=own_sources(user), removed=False).values("victim")
    return Victim.objects.filter(public() | Q(status=str(Status.DRAFT), pk__in=drafts))


def may(user, action: Action, victim: Victim) -> bool:
    """Return whether a user may do this with this record, as it is now."""
    role = role_of(user)
    if action not in POSSIBLE[Status(victim.status)]:
        return False
    if role in KEEPERS:
        return True
    if action == Action.VIEW and victim.status == Status.PUBLISHED and not victim.possibly_living:
        return True
    if role is None or action not in (Action.VIEW, Action.EDIT) or victim.status != Status.DRAFT:
        return False
    return Entry.objects.filter(victim=victim, source__in=own_sources(user), removed=False).exists()


def may_moderate(user) -> bool:
    """Return whether a user reads what visitors tell, with their addresses, and decides on it."""
    return role_of(user) in KEEPERS


def may_enter(user, source: Source) -> bool:
    """Return whether a user may enter and change drafts of what this source says."""
    role = role_of(user)
    return role in KEEPERS or (role == Role.ARCHIVIST and source.pk in own_sources(user))


def may_undo(user, batch: Batch) -> bool:
    """Return whether a user may take an import back: keepers any, archivists their own while all is a draft."""
    if role_of(user) in KEEPERS:
        return True
    if batch.by_id is None or batch.by_id != user.pk or not may_enter(user, batch.source):
        return False
    return not Entry.objects.filter(batch=batch).exclude(victim__status=str(Status.DRAFT)).exists()


def enterable(user) -> QuerySet[Source]:
    """Return the sources whose entries a user may enter."""
    role = role_of(user)
    if role in KEEPERS:
        return Source.objects.all()
    return Source.objects.filter(pk__in=own_sources(user)) if role == Role.ARCHIVIST else Source.objects.none()


def only_source(user) -> str:
    """Return the id of the source that a user enters where it is one alone, for forms to begin with; else ""."""
    found = enterable(user).values_list("slug", flat=True)[:2]
    return found[0] if len(found) == 1 else ""
