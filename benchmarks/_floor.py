"""The site's addresses with two more, for benchmarks/search.py: what an answer costs that searches for nothing.

``floor/`` looks one key up and tells 20 people through the API's own list; ``floor/plain/`` tells their names
through the plainest view of the framework.
"""

from django.urls import path
from rest_framework.response import Response
from rest_framework.views import APIView

from memorial.urls import urlpatterns as ours
from victims.api.views.victims import VictimList
from victims.models import PersonName, Victim


def known(request) -> list[int]:
    key = int(request.query_params["key"])
    return list(PersonName.objects.filter(surname=key).values_list("victim", flat=True)[:20])


class Floor(VictimList):
    def check_parameters(self, request):
        """The key is its own."""

    def get(self, request):
        return self.page(self.items(list(self.rows().filter(pk__in=known(request)))), None)


class Plain(APIView):
    authentication_classes = []
    throttle_classes = []

    def get(self, request):
        columns = ("pk", "surname", "given_name", "patronymic", "birth", "death")
        return Response({"results": list(Victim.objects.filter(pk__in=known(request)).values(*columns))})


urlpatterns = [path("floor/", Floor.as_view()), path("floor/plain/", Plain.as_view()), *ours]
