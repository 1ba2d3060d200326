"""What browser tests of the pages share: people in the database, addresses of all pages."""

from types import SimpleNamespace

import pytest
from django.core.management import call_command
from django.utils import timezone

from memorial.accounts import Role
from tests.cast import FLORENSKY, enter, gather
from tests.people import keeper
from tests.telling import a_source, name, put
from victims.importing.reference import load_reference
from victims.models import Contribution
from victims.models.record import Change, write
from victims.vocabulary import RevisionKind, Status

TEXT = "Азаров Пётр, род. 1894, щщщ. Расстрелян 16.05.1938."


@pytest.fixture
def people(transactional_db):
    """Some people and the reference data, for a browser: addresses of every kind of page, by name."""
    load_reference()
    told = gather(FLORENSKY, status=Status.PUBLISHED)
    read = enter(
        {"surname": "Азаров", "birth": {"date": "1894"}, "relatives": ["жена Анна"], "notes": ["слово " * 40]},
        text=TEXT + " " + "длинноесловобезпробелов" * 20,
        spans=[["surname", [[0, 6]]], ["birth.date", [[18, 22]]], ["", [[24, 27]]]],
        parser_version="7",
        warnings=["impossible_date"],
        status=Status.PUBLISHED,
    )
    [made, gone], [draft] = (
        put(name("Вымышленный", "Иван"), name("Отозванный"), synthetic=True, source=a_source("made", "synthetic")),
        put(name("Черновой", "Иван"), status=Status.DRAFT),
    )
    put(*(name("Иванов", "Иван", f"{number:02}", birth={"place": "место"}) for number in range(25)))
    write(Change(withdraw={gone.pk: "error"}), kind=RevisionKind.EDIT)
    keeper(Role.EDITOR, name="editor")
    contribution = Contribution.objects.create(
        victim=told, token="token", words="слово", said={"birth_date": "1882"}, address="a@example.org",
        language="en", at=timezone.now(),
    )  # fmt: skip
    call_command("count_people")
    addresses = {
        "home": "/",
        "list": "/victims/",
        "list of a name": "/victims/?q=Иванов",
        "list of filters": "/victims/?operation=00447&attribution=inferred&manner=shot",
        "nobody": "/victims/?q=Никто+Павлович&manner=shot",
        "errors": "/victims/?birth=вчера&lishnee=1&q=1937",
        "person": f"/victims/{told.public_id}/",
        "entry": f"/victims/{read.public_id}/",
        "synthetic": f"/victims/{made.public_id}/",
        "withdrawn": f"/victims/{gone.public_id}/",
        "statistics": "/statistics/",
        "statistic": "/statistics/sentenced/",
        "statistic of values": "/statistics/kind/",
        "statistic of two": "/statistics/sentenced/kind/",
        "sites": "/execution-sites/",
        "site": "/execution-sites/butovo/",
        "operations": "/operations/",
        "operation": "/operations/00447/",
        "camps": "/operations/00447-camps/",
        "sources": "/sources/",
        "source": "/sources/lists/",
        "bodies": "/bodies/",
        "body": "/bodies/troika-unkvd-leningrad/",
        "browse": "/browse/",
        "surnames": "/browse/surnames/",
        "surname": "/browse/surnames/Ив/",
        "regions": "/browse/regions/",
        "region": "/browse/regions/karelian-assr/",
        "places": "/browse/places/?words=место",
        "occupations": "/browse/occupations/св/",
        "days": "/browse/days/",
        "day of the year": "/browse/days/12-08/",
        "day": "/browse/days/1937-12-08/",
        "sentenced": "/bodies/troika-unkvd-leningrad/1937-11-25/",
        "about": "/about/",
        "about the data": "/about/data/",
        "privacy": "/privacy/",
        "add or correct": f"/contribute/{told.public_id}/",
        "a new person": "/contribute/",
        "a contribution": contribution.link,
        "an alert": "/alerts/?q=Иванов&manner=shot",
        "help": "/help/",
        "missing": "/no-such-page/",
    }
    return SimpleNamespace(addresses=addresses, florensky=told, read=read, draft=draft)
