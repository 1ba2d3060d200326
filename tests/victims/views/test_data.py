"""What the records rest on, what is kept of visitors, and that no page follows them."""

import json
import re

import pytest

from sources.models import Source
from tests.cast import KURBAS, enter
from tests.telling import a_source, name, put
from tests.victims.views.pages import content
from victims.contributions.receiving import KEPT_DECIDED, KEPT_UNCONFIRMED, KEPT_WAITING
from victims.models import Operation
from victims.models.record import Change, write
from victims.vocabulary import RevisionKind, Status

pytestmark = pytest.mark.django_db
DATA, PRIVACY = "/en/about/data/", "/en/privacy/"


def test_it_tells_of_each_source_with_records_what_its_own_notes_tell(client):
    put(name("Иванов"), source=a_source("one", title="Первая", coverage="Самбор", coverage_bias="без уголовных",
                                        rights="CC BY 4.0"))  # fmt: skip
    put(name("Петров"), source=a_source("two", title="Вторая"))
    a_source("three", title="Третья без записей")
    words = content(client.get(DATA)).words
    assert "Самбор" in words and "без уголовных" in words and "CC BY 4.0" in words
    assert words.count("not noted") == 2 and "Rights not known" in words
    assert "Третья" not in words


def test_the_people_of_a_source_are_led_to_as_a_file(client):
    put(name("Иванов"), source=a_source("one"))
    put(name("Петров"), source=a_source("two"))
    page = client.get(DATA).content.decode()
    found = sorted(set(re.findall(r'href="(/api/v1/export/[^"]*)"', page)))  # of all, then of one and two
    for address, surnames in zip(found, (["Иванов", "Петров"], ["Иванов"], ["Петров"]), strict=True):
        answer = client.get(address)
        assert "attachment" in answer["Content-Disposition"]
        told = [json.loads(line)["record"]["surname"] for line in answer.getvalue().decode().splitlines()]
        assert sorted(told) == surnames


def test_it_tells_whom_an_operation_leaves_out_with_its_source(client):
    source = a_source("historian", "publication", title="Историк")
    told = {"name_ru": "Приказ", "name_en": "Order", "coverage_bias": "criminals"}
    Operation.objects.create(code="00447", source=source, **told)
    words = content(client.get(DATA)).words
    assert "criminals" in words and "Историк" in words


def test_it_asks_as_much_for_many_sources(client, django_assert_num_queries):
    for number in range(12):
        put(name("Иванов"), source=a_source(f"s{number}"))
    with django_assert_num_queries(2):
        client.get(DATA)


def test_an_empty_database_says_so(client):
    assert "There are no records yet." in content(client.get(DATA)).words


def test_the_times_that_are_told_are_those_that_are_kept_to(client):
    words = content(client.get(PRIVACY)).words
    assert (KEPT_DECIDED.days, KEPT_WAITING.days, KEPT_UNCONFIRMED.days) == (183, 731, 2)
    assert "6 months after the decision, or 2 years after they came" in words and "for 2 days" in words


@pytest.mark.parametrize("language", ["", "/en", "/uk"])
def test_every_page_leads_to_both(client, language):
    page = client.get(f"{language}/help/").content.decode()
    assert f'href="{language}/about/data/"' in page and f'href="{language}/privacy/"' in page


def test_reading_sets_no_cookie_and_names_no_other_host(client):
    victim = enter(KURBAS["martyrology"], status=Status.PUBLISHED)
    Source.objects.update(identifier="")
    person = f"/victims/{victim.public_id}/"
    reference = ("/sources/", "/execution-sites/", "/operations/", "/bodies/")
    for address in ("/", "/victims/", "/victims/?q=курбас", person, "/about/", DATA, PRIVACY, *reference):
        answer = client.get(address)
        page = answer.content.decode()
        assert answer.status_code == 200 and not answer.cookies, address
        loaded = re.findall(r'<(?:script|img|iframe|source|video|audio|object)[^>]*(?:src|data)="([^"]+)"', page)
        links = r'<link[^>]*rel="(?:stylesheet|icon|preload|preconnect|dns-prefetch)"[^>]*href="([^"]+)"'
        loaded += re.findall(links, page)
        hosts = re.findall(r"https?://([^/\"<\s]+)", re.sub(r'"@context": ?"[^"]+"', "", page))
        assert [one for one in loaded if not one.startswith(("/static/", "/"))] == [], address
        assert {host for host in hosts if host not in ("testserver",)} <= {"schema.org"}, address


def test_a_withdrawn_record_says_only_that_it_stood_there(client):
    victim = enter(KURBAS["martyrology"], status=Status.PUBLISHED)
    write(Change(withdraw={victim.pk: "privacy"}), kind=RevisionKind.STATUS)
    for address in (f"/en/victims/{victim.public_id}/", f"/api/v1/victims/{victim.public_id}/"):
        answer = client.get(address)
        assert answer.status_code == 410
        assert "Курбас" not in answer.content.decode() and "1887" not in answer.content.decode()
    assert "noindex" in client.get(f"/en/victims/{victim.public_id}/").content.decode()
