"""People: the list with its search, and each with everything that is told of them."""

from collections import defaultdict

from django.db.models import prefetch_related_objects
from django.http import Http404
from django.utils.translation import gettext as _
from drf_spectacular.utils import OpenApiParameter
from rest_framework import serializers
from rest_framework.response import Response

from victims.api import paging
from victims.api.base import ApiView, Listing, digest
from victims.api.problems import Problem, parameter_problem
from victims.api.schema import VISIBLE, page_of, paging_parameters
from victims.api.schema import Operation as Op
from victims.api.serializers import victims as told
from victims.api.serializers.facts import KEYS
from victims.api.views.facts import regions
from victims.dossier import Dossier, dossiers
from victims.filters import VictimFilterSet
from victims.filters.strict import UNREADABLE, is_unreadable
from victims.models import Case, Entry, NameForm, Victim
from victims.models.victim import from_public_id
from victims.permissions import Action, may, visible
from victims.search import Filters, QueryError, search, suggest
from victims.search.query import LONGEST, TOO_LONG
from victims.vocabulary import NameKind, Status

SHOWN = ("birth_place", "nationality", "occupation", "residence", "burial_place")
PUBLIC_ID = {"type": "string", "pattern": "^[-a-zA-Z0-9_]+$", "format": "public-id"}
ID = {"id": (PUBLIC_ID, "A public id; misread letters (O for 0, l for 1) are read as they were meant.")}
Q = OpenApiParameter(
    "q",
    {"type": "string", "format": "query", "minLength": 1, "maxLength": 200},
    description=(
        "A name, its parts in any order and in any of its forms, with a year of birth, a range of years "
        "(1895–1899, 1897±2, около 1897) or an age (aged 40 in 1937); * stands for any letters, ? for one, and "
        "what is in quotation marks is meant as it is written. The list is ranked then, and each person has "
        "“score” and “reason”; so it is where surname, given_name or patronymic may be written otherwise (match)."
    ),
)


def sources_of(victims) -> dict[int, list[str]]:
    """Return {key: ids of the sources that tell of a person}."""
    found = defaultdict(list)
    rows = Entry.objects.filter(victim__in=[victim.pk for victim in victims], removed=False)
    for key, slug in rows.order_by("source__slug").values_list("victim", "source__slug").distinct():
        found[key].append(slug)
    return found


class VictimList(Listing):
    """People in the order of the alphabet; with q by nearness of the name."""

    tag, filterset_class, item = "victims", VictimFilterSet, told.FoundVictim
    order, beside = paging.NAME, ("q", "limit", "cursor")
    query_parameters = paging_parameters(Q, kind="name-cursor")
    bounded = serializers.BooleanField(
        required=False, help_text="With q: whether the answer was cut because too many names fit."
    )
    operations = {"GET": Op("victims_list", "List or find people", page_of(told.FoundVictim, bounded=bounded))}

    def rows(self):
        return visible(self.request.user).select_related(*SHOWN)

    @property
    def ranked(self) -> bool:
        return VictimFilterSet.is_ranked(self.request.query_params)

    def place(self, text: str):
        return paging.decode(paging.RANK if self.ranked else self.order, text)

    def get(self, request):
        if not self.ranked:
            return super().get(request)
        filterset, limit, after = self.asked()
        query = request.query_params.get("q", "").strip()
        everybody = not (filterset.is_narrowed or request.user.is_authenticated)
        filters = Filters() if everybody else Filters(people=filterset.qs, few=filterset.few)
        try:
            found = search(query, filters, limit=limit, after=after, **filterset.likeness)
        except QueryError as error:
            raise parameter_problem({"q": [_(str(error))]}) from error
        people = [hit.victim for hit in found.hits]
        prefetch_related_objects(people, *SHOWN)  # the search joins fewer of them
        items = self.items(people)
        for item, hit in zip(items, found.hits, strict=True):
            item |= {"score": hit.score, "reason": _(hit.reason)}
        following = None
        if found.more:
            last = found.hits[-1]
            following = paging.encode(paging.RANK, (float(last.score), last.victim.pk))
        return self.page(items, following, bounded=found.bounded)

    def items(self, rows) -> list:
        return self.item(rows, many=True, context=self.context | {"sources": sources_of(rows)}).data


class Suggest(ApiView):
    """Names that begin as what is typed and that people here have, the commonest first: at most ten.

    The last word is a beginning, those before it are whole, in any usual order. “text” is what to put into q.
    """

    tag = "victims"
    operations = {"GET": Op("suggest", "Complete a name as it is typed", told.Suggestions)}
    parameters = ("q",)
    query_parameters = (
        OpenApiParameter(
            "q",
            {"type": "string", "minLength": 1, "maxLength": 200, "pattern": VISIBLE},
            required=True,
            description="The beginning of a name; Latin letters are read as Russian ones too.",
        ),
    )
    fresh = 300

    def get(self, request):
        typed = request.query_params.get("q", "")
        if len(request.query_params.getlist("q")) > 1:
            raise parameter_problem({"q": [_("Give this parameter once.")]})
        if is_unreadable(typed):
            raise parameter_problem({"q": [str(UNREADABLE)]})
        if not typed.strip() or "\0" in typed:
            raise parameter_problem({"q": [_("Type the beginning of a name.")]})
        if len(typed) > LONGEST:
            raise parameter_problem({"q": [_(TOO_LONG)]})
        return Response(self.told(told.Suggestions, {"results": suggest(typed)}))


class OfVictim(ApiView):
    """An address below one person."""

    tag = "victims"
    path_parameters = ID

    def victim(self, text: str) -> Victim:
        """Return the record with a public id that the user may see, or raise what is told instead of it.

        Merged: Moved. Withdrawn: Problem 410 with the tombstone. Draft of others, or nobody: Http404.
        """
        found = Victim.objects.filter(pk=from_public_id(text) or 0)
        victim = found.select_related("tombstone", *SHOWN).first()
        if victim is None:
            raise Http404
        if victim.status == Status.MERGED:
            raise Moved(victim, self._seen(victim.current))
        return self._seen(victim)

    def _seen(self, victim: Victim) -> Victim:
        if may(self.request.user, Action.VIEW, victim):
            return victim
        if victim.status == Status.WITHDRAWN:
            raise withdrawn(victim)
        raise Http404

    def brief(self, victim: Victim, serializer=told.Victim, **more) -> dict:
        """Return a person as lists have them."""
        victim = Victim.objects.select_related(*SHOWN).get(pk=victim.pk)
        for name, value in more.items():
            setattr(victim, name, value)
        return self.told(serializer, victim, sources=sources_of([victim]))


class Moved(Exception):
    """A record that was merged into another."""

    def __init__(self, victim: Victim, current: Victim):
        super().__init__(victim.public_id)
        self.victim, self.current = victim, current


def withdrawn(victim: Victim) -> Problem:
    """Return what is told of a withdrawn record: that it was there, since when it is not, and why."""
    stone = getattr(victim, "tombstone", None)
    told_of_it = {"id": victim.public_id}
    if stone is not None:
        told_of_it |= {"date": stone.date.isoformat(), "reason": str(stone.reason)}
    return Problem(410, _("%(id)s was withdrawn.") % {"id": victim.public_id}, withdrawn=told_of_it)


def whole(dossier: Dossier) -> Victim:
    """Return a dossier's person with everything under the keys of the answer."""
    victim = dossier.victim
    cases = {row.pk: row for row in dossier.rows(Case)}
    for key, model in KEYS.items():
        tellings = dossier.tellings(model)
        if model is NameForm:
            tellings = [telling for telling in tellings if telling.fact.kind != NameKind.MAIN]
        for row in (row for telling in tellings for row in telling.rows):
            if getattr(row, "case_id", None):
                row.case = cases.get(row.case_id)
        setattr(victim, key, tellings)
    victim.fields_told = dossier.fields
    victim.told_entries, sources = dossier.entries, {}
    for entry in dossier.entries:
        sources.setdefault(entry.source_id, entry.source)
    victim.told_sources = list(sources.values())
    return victim


class VictimDetail(OfVictim):
    """A person with everything that is told, each value with its entries and sources; what differs side by side.

    A merged record redirects to the one it was merged into; a withdrawn one is 410 with the day and the reason.
    """

    operations = {
        "GET": Op("victims_get", "Get a person", told.Dossier, fails=(410,), redirects=True),
    }

    def get(self, request, id):
        try:
            victim = self.victim(id)
        except Moved as moved:
            location = f"{self.root}victims/{moved.current.public_id}/"
            return Response(None, 308, headers={"Location": location})
        self.revision = victim.revision
        [dossier] = dossiers([victim])
        return Response(self.told(told.Dossier, whole(dossier), regions=regions()))

    def etag(self, response) -> str:
        return f'"r{self.revision}-{digest(response)}"'
