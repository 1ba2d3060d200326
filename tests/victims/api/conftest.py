"""What the tests of the API share: no limit of requests, and known records of each status."""

import pytest
from django.core.cache import caches

from tests.cast import FLORENSKY, KURBAS, MANDELSTAM, enter, gather
from tests.victims.api.asking import Api
from victims.matching import merge
from victims.models import Victim
from victims.models.record import Change, write
from victims.vocabulary import RevisionKind, Status, WithdrawalReason


@pytest.fixture(autouse=True)
def unlimited(settings):
    """Requests are not counted, unless a test sets rates."""
    caches["throttle"].clear()
    rates = {"DEFAULT_THROTTLE_RATES": {"anon": None, "user": None}}
    settings.REST_FRAMEWORK = settings.REST_FRAMEWORK | rates


@pytest.fixture
def api(db) -> Api:
    """The API as a visitor asks it."""
    return Api()


@pytest.fixture
def florensky(db) -> Victim:
    """A published person of whom three books tell, not all the same."""
    return gather(FLORENSKY, status=Status.PUBLISHED)


@pytest.fixture
def records(db) -> dict[str, Victim]:
    """A record of each status; "foreign" is a draft of another archive than "draft"."""
    made = {
        "published": enter(KURBAS["lists"], "lists", status=Status.PUBLISHED),
        "draft": enter(KURBAS["martyrology"]),
        "foreign": enter(FLORENSKY["openlist"], "openlist"),
        "withdrawn": enter(FLORENSKY["lists"], "lists", status=Status.PUBLISHED),
        "merged": enter(MANDELSTAM["lists"], "lists", status=Status.PUBLISHED),
        "kept": enter(MANDELSTAM["martyrology"], status=Status.PUBLISHED),
    }
    write(Change(withdraw={made["withdrawn"].pk: str(WithdrawalReason.PRIVACY)}), kind=RevisionKind.STATUS)
    merge(made["kept"], made["merged"], why="one man")
    return {name: Victim.objects.get(pk=victim.pk) for name, victim in made.items()}
