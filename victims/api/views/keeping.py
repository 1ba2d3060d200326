"""What editors do to a record: publish, withdraw, merge, restore; and its log."""

from django.http import Http404
from django.utils.translation import gettext as _
from rest_framework.response import Response

from memorial.accounts import role_of
from victims.api import paging
from victims.api.access import IsKeeper
from victims.api.base import page_asked, revision_seen
from victims.api.doubting import record_warnings
from victims.api.problems import Problem, body_problem
from victims.api.schema import Operation as Op
from victims.api.schema import page_of, paging_parameters
from victims.api.serializers import victims as told
from victims.api.serializers import writing
from victims.api.views.entries import taken
from victims.api.views.reference import NUMBER
from victims.api.views.victims import ID, Moved, OfVictim
from victims.editing import as_of, merge, publish, restore, withdraw
from victims.models import Revision, Victim, cluster
from victims.models.victim import from_public_id
from victims.permissions import KEEPERS, POSSIBLE, Action, may
from victims.vocabulary import Status


class Keeping(OfVictim):
    """A change of one record as a whole."""

    action = Action.PUBLISH

    def to_change(self, text: str) -> tuple[Victim, int | None]:
        """Return the record and the revision that If-Match names; Problem 409 where its status forbids it."""
        try:
            victim = self.victim(text)
        except Moved as moved:
            words = _("%(id)s was merged into %(current)s: change that record instead.")
            raise Problem(
                409, words % {"id": moved.victim.public_id, "current": moved.current.public_id}
            ) from moved
        if role_of(self.request.user) in KEEPERS and self.action not in POSSIBLE[Status(victim.status)]:
            raise Problem(409, _("%(id)s is %(status)s.") % {"id": victim.public_id, "status": victim.status})
        return victim, revision_seen(self.request, victim.revision, required=False)

    def changed(self, victim: Victim) -> Response:
        """Return the record as it is now, and what is doubtful in it."""
        laid = cluster.load([victim.pk])[victim.pk]
        records = cluster.records({pk: laid.laid[pk] for pk in laid.live()})
        warnings = [
            warning | {"entry": entry} for entry, record in records.items() for warning in record_warnings(record)
        ]
        return Response(self.brief(victim, told.ChangedVictim, warnings=warnings))


class Publish(Keeping):
    """Show a record to the public; a withdrawn one comes back."""

    operations = {
        "POST": Op(
            "victims_publish",
            "Publish",
            told.ChangedVictim,
            writing.Because,
            fails=(410, 412),
            if_match="optional",
        )
    }

    def post(self, request, id):
        victim, revision = self.to_change(id)
        said = taken(self, writing.Because)
        return self.changed(publish(victim, user=request.user, why=said["why"], revision=revision))


class Withdraw(Keeping):
    """Take a record out of sight; its id, the day and the class of reason stay public."""

    action = Action.WITHDRAW
    operations = {
        "POST": Op(
            "victims_withdraw", "Withdraw", told.ChangedVictim, writing.Withdrawal, fails=(410, 412),
            if_match="optional",
        )
    }  # fmt: skip

    def post(self, request, id):
        victim, revision = self.to_change(id)
        said = taken(self, writing.Withdrawal)
        return self.changed(withdraw(victim, user=request.user, revision=revision, **said))


class MergeInto(Keeping):
    """Make one record of two: the other's entries come here, and its id leads here from now on."""

    action = Action.MERGE
    operations = {
        "POST": Op("victims_merge", "Merge", told.Merged, writing.Merging, fails=(410, 412), if_match="optional")
    }

    def post(self, request, id):
        victim, _revision = self.to_change(id)
        said = taken(self, writing.Merging)
        absorbed = Victim.objects.filter(pk=from_public_id(said["absorb"]) or 0).first()
        if absorbed is None or not may(request.user, Action.VIEW, absorbed):
            raise body_problem([("#/absorb", _("There is no record with this id."))])
        if role_of(request.user) in KEEPERS and Action.MERGE not in POSSIBLE[Status(absorbed.status)]:
            words = _("%(id)s is %(status)s.") % {"id": absorbed.public_id, "status": absorbed.status}
            raise Problem(409, words)
        made = merge(victim, absorbed, user=request.user, why=said["why"])
        return Response({"merge": made.pk, "kept": self.brief(victim), "absorbed": absorbed.public_id})


class Restore(Keeping):
    """Make a record say again what it said at a revision."""

    operations = {
        "POST": Op(
            "victims_restore", "Restore a revision", told.ChangedVictim, writing.Restoring, fails=(410, 412),
            if_match="optional",
        )
    }  # fmt: skip

    def post(self, request, id):
        victim, revision = self.to_change(id)
        said = taken(self, writing.Restoring)
        back = restore(victim, said["revision"], user=request.user, why=said["why"], revision=revision)
        return self.changed(back)


class OfLog(OfVictim):
    """The log of a record, for those who may edit it."""

    permission_classes = [IsKeeper]

    def logged(self, text: str) -> Victim:
        """Return the record whose log the user may read; merged and withdrawn ones have theirs too."""
        try:
            victim = self.victim(text)
        except Moved as moved:
            victim = moved.victim
        user = self.request.user
        if role_of(user) not in KEEPERS and not may(user, Action.EDIT, victim):
            raise Problem(403, _("The log of a record is for those who may edit it."))
        return victim


class RevisionList(OfLog):
    """Every change of a record since it was made, the first one first."""

    parameters = ("limit", "cursor")
    query_parameters = paging_parameters()
    operations = {"GET": Op("victims_revisions_list", "List revisions", page_of(told.Revision), fails=(403, 410))}

    def get(self, request, id):
        victim = self.logged(id)
        limit, place = page_asked(request.query_params, lambda text: paging.decode(paging.KEY, text))
        rows = Revision.objects.filter(victim=victim).select_related("by", "victim").defer("record")
        rows, following = paging.cut(paging.behind(rows, paging.KEY, place), paging.KEY, limit)
        items = told.Revision(rows, many=True, context=self.context).data
        return Response({"results": items, "next": self.following(following)})


class RevisionDetail(OfLog):
    """The whole record as it was after a change."""

    path_parameters = {**ID, "number": (NUMBER, "The number of the revision.")}
    operations = {"GET": Op("victims_revisions_get", "Get a revision", told.Snapshot, fails=(403, 409, 410))}

    def get(self, request, id, number):
        victim = self.logged(id)
        if number > 2**31 - 1:
            raise Http404
        return Response({"number": number, "record": as_of(victim, number)})
