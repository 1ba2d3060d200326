"""Facts by kind: arrests, sentences, imprisonments, deaths, rehabilitations, as each entry tells them."""

from django.db.models import Exists, OuterRef
from django.http import Http404
from rest_framework.response import Response

from victims.api.base import ApiView, Listing
from victims.api.schema import Operation as Op
from victims.api.schema import page_of, paging_parameters
from victims.api.serializers.facts import FACT, LISTED
from victims.api.views.reference import NUMBER
from victims.dossier import with_words
from victims.filters import DeathFilterSet, FactFilterSet, SentenceFilterSet
from victims.models import Region
from victims.permissions import visible

#: Kinds of facts that are asked for by more than all are.
FILTERSETS = {"sentences": SentenceFilterSet, "deaths": DeathFilterSet}


def of_seen(user) -> Exists:
    """Return the condition that a row belongs to a record that a user sees.

    It is asked row by row: a list of all these records would be made anew for each page.
    """
    return Exists(visible(user).order_by().filter(pk=OuterRef("victim_id")))


def regions() -> dict[int, str]:
    """Return {key: id in addresses} of all regions, for the meanings of places."""
    return dict(Region.objects.values_list("pk", "slug"))


class _Facts(ApiView):
    """Facts of the records that the user sees."""

    model = None

    def rows(self):
        found = with_words(self.model.objects.filter(of_seen(self.request.user)))
        return found.select_related("case", "entry__source")

    @property
    def context(self) -> dict:
        return super().context | {"regions": regions()}


def of_kind(place: str):
    """Return (list, detail) of one kind of fact."""
    model = LISTED[place]
    item, words = FACT[model], str(model._meta.verbose_name)

    class FactList(_Facts, Listing):
        filterset_class = FILTERSETS.get(place, FactFilterSet)
        query_parameters = paging_parameters()
        operations = {"GET": Op(f"{place}_list", f"List {place}", page_of(item))}

        def listed(self, found, limit):
            """Find the keys first: all that is told of a month would be joined to its words to be sorted."""
            keys = list(found.values_list("pk", flat=True)[: limit + 1])
            return self.rows().filter(pk__in=keys).order_by("pk")

    class FactDetail(_Facts):
        path_parameters = {"id": (NUMBER, "Its key.")}
        operations = {"GET": Op(f"{place}_get", f"Get one {words}", item)}

        def get(self, request, id):
            row = self.rows().filter(pk=id).first()
            if row is None:
                raise Http404
            return Response(self.told(item, row))

    for view in (FactList, FactDetail):
        view.tag, view.model, view.item = "facts", model, item
        view.__doc__ = f"Each {words}, as one entry tells it; the same one told by another points to it (same_as)."
    FactList.__name__, FactDetail.__name__ = f"{model.__name__}List", f"{model.__name__}Detail"
    return FactList, FactDetail


VIEWS = {place: of_kind(place) for place in LISTED}
