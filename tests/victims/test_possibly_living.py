"""Who may be living is shown in public only where a published book or list tells of them."""

import datetime
import json
from urllib.parse import urlencode

import pytest
from django.contrib.auth.models import AnonymousUser
from django.test import Client
from django.utils import timezone

from sources.models import Source
from tests.cast import edit
from tests.people import keeper
from tests.telling import a_source, name, put, run
from victims import search as searching
from victims.models import Body, Entry, PrintedForm, Victim
from victims.models.record import Change, EntryInput, Ruling
from victims.models.reference import Put
from victims.permissions import Action, may, visible
from victims.statistics import told_sentences
from victims.vocabulary import Status

pytestmark = pytest.mark.django_db
THIS_YEAR = timezone.localdate().year
YOUNG = str(THIS_YEAR - 90)
BODY = "Особое совещание при НКВД СССР"
CHILD = name(
    "Живаго", "Анна", "Юрьевна", birth={"date": YOUNG}, sentences=[{"body": BODY, "date": "1949-05-14"}]
)
#: What is told of a person by a testimony -> whether the public sees it.
CASES = {
    "born ninety years ago": ({"birth": {"date": YOUNG}}, False),
    "born ninety years ago, more or less": ({"birth": {"date": f"{YOUNG}~"}}, False),
    "born in a span that ends too late": ({"birth": {"date": f"1900/{YOUNG}"}}, False),
    "born nobody knows how late": ({"birth": {"date": "1900/.."}}, False),
    "born 111 years ago": ({"birth": {"date": str(THIS_YEAR - 111)}}, True),
    "no birth told": ({}, True),
    "no birth told but its place": ({"birth": {"place": "Самбор"}}, True),
    "a death with its date": ({"birth": {"date": YOUNG}, "death": {"date": "1949"}}, True),
    "a death by its manner": ({"birth": {"date": YOUNG}, "death": {"manner": "died"}}, True),
    "a death by its place": ({"birth": {"date": YOUNG}, "death": {"place": "Колыма"}}, True),
    "died in a camp": ({"birth": {"date": YOUNG}, "imprisonments": [{"place": "Колыма", "ended": "died"}]}, True),
    "released": ({"birth": {"date": YOUNG}, "imprisonments": [{"place": "Колыма", "ended": "released"}]}, False),
    "a death told to the family": (
        {"birth": {"date": YOUNG}, "official_notices": [{"told_date": "1949"}]}, True),
    "a cause of death told to the family": (
        {"birth": {"date": YOUNG}, "official_notices": [{"told_cause": "воспаление легких"}]}, True),
    "a sentence told to the family": (
        {"birth": {"date": YOUNG}, "official_notices": [{"told_sentence": "10 лет без права переписки"}]}, False),
    "sentenced to be shot": ({"birth": {"date": YOUNG}, "sentences": [{"kind": "vmn"}]}, False),
}  # fmt: skip


def letters(kind="testimony", slug="letters"):
    return a_source(slug, kind)


def child(**more) -> Victim:
    [victim] = put(CHILD | more, source=letters())
    return victim


@pytest.mark.parametrize("case", CASES)
def test_the_rule_asks_for_a_birth_and_for_any_death(case):
    said, shown = CASES[case]
    [victim] = put(name("Живаго", "Анна", **said), source=letters())
    assert Victim.objects.published().filter(pk=victim.pk).exists() == shown
    assert may(AnonymousUser(), Action.VIEW, victim) == shown
    assert victim.possibly_living == (not shown)
    assert run("check_records").code == 0


@pytest.mark.parametrize(
    ("kind", "shown"),
    [("book", True), ("database", True), ("publication", True), ("article", True), ("testimony", False),
     ("archival_document", False)],
)  # fmt: skip
def test_what_counts_is_whether_the_source_is_published(kind, shown):
    [victim] = put(CHILD, source=letters(kind, f"a-{kind}"))
    assert Victim.objects.published().filter(pk=victim.pk).exists() == shown


def test_a_synthetic_person_never_lived():
    [victim] = put(CHILD, source=letters("synthetic", "made-up"), synthetic=True)
    assert Victim.objects.published().get() == victim


def test_the_day_of_the_110th_birthday_opens_the_record(monkeypatch):
    victim = child(birth={"date": "1930-05-07"})
    assert victim.withheld_until == datetime.date(2040, 5, 7)
    for day, shown in (("2040-05-06", False), ("2040-05-07", True)):
        monkeypatch.setattr(timezone, "localdate", lambda day=day: datetime.date.fromisoformat(day))
        assert Victim.objects.published().exists() == shown
        assert may(None, Action.VIEW, victim) == shown
    assert child(birth={"date": "1924-02-29"}).withheld_until == datetime.date(2034, 3, 1)


@pytest.mark.parametrize(
    ("field", "value"), [("death", "1949"), ("manner", "died"), ("burial_place", "Донское кладбище")]
)
def test_an_editor_who_knows_of_the_death_opens_the_record(field, value):
    victim = child()
    edit(Change(decide=[Ruling(victim.pk, field, "as the grave has it", value=value)]))
    assert Victim.objects.published().get() == victim


def test_a_published_entry_opens_the_record_and_its_removal_closes_it():
    victim = child()
    edit(Change(put=[EntryInput(a_source(), "printed", CHILD, victim_id=victim.pk)]))
    assert Victim.objects.published().get() == victim
    edit(Change(remove=[Entry.objects.get(item_key="printed").pk]))
    assert not Victim.objects.published().exists()


def test_a_source_that_turns_out_to_be_unpublished_closes_its_records():
    [victim] = put(CHILD, source=letters("publication", "letters"))
    for kind, shown in (("testimony", False), ("publication", True)):
        with Put(why="looked again") as change:
            change(Source, {"slug": "letters"}, {"kind": kind})
        assert Victim.objects.published().filter(pk=victim.pk).exists() == shown
        assert run("check_records").code == 0


# --- every face of the site ---


def shows(path, word="{id}"):
    """Return a question to an address: whether its answer names the person, by id or otherwise."""

    def asked(client, victim) -> bool:
        named = {"id": victim.public_id, "entry": victim.entries.get().pk, "year": YOUNG}
        named |= {"place": victim.birth_place_id, "occupation": victim.occupation_id}
        answer = client.get(path.format(**named), follow=True)
        told = b"".join(answer).decode(errors="replace")
        return answer.status_code == 200 and word.format(**named) in told

    return asked


def extends(client, victim) -> bool:
    """Return whether programs that know the id get what is recorded of the person."""
    asked = {"ids": [victim.public_id], "properties": [{"id": "occupation"}]}
    form = urlencode({"extend": json.dumps(asked)})
    answer = client.post("/api/v1/reconcile/extend/", form, "application/x-www-form-urlencoded")
    assert answer.status_code == 200
    return "учительница" in str(answer.json())


RECONCILE = '/api/v1/reconcile/?queries={{"q": {{"query": "Живаго Анна", "properties": [%s]}}}}'
FACES = {
    "page": shows("/en/victims/{id}/"),
    "list": shows("/en/victims/"),
    "list by a filter": shows("/en/victims/?surname=Живаго"),
    "list by a name": shows("/en/victims/?q=живаго"),
    "list by a name like it": shows("/en/victims/?q=жываго"),
    "API: person": shows("/api/v1/victims/{id}/"),
    "API: people": shows("/api/v1/victims/"),
    "API: people by a name": shows("/api/v1/victims/?q=живаго"),
    "API: entry": shows("/api/v1/entries/{entry}/"),
    "API: entries": shows("/api/v1/entries/"),
    "API: sentences": shows("/api/v1/sentences/"),
}
#: These tell what the public sees, whoever looks.
OF_ALL = {
    "page of a source": shows("/en/sources/letters/"),
    "page of a body": shows("/en/bodies/oso/"),
    "those sentenced on a day": shows("/en/bodies/oso/1949-05-14/"),
    "surnames": shows("/en/browse/surnames/Жи/"),
    "those born at a place": shows("/en/browse/places/{place}/"),
    "those who lived at a place": shows("/en/browse/places/{place}/residents/"),
    "those of an occupation": shows("/en/browse/occupations/{occupation}/"),
    "reference": shows("/en/victims/{id}/cite.bib"),
    "sheet of paper": shows("/en/victims/{id}/sheet.pdf", "%PDF"),
    "picture": shows("/en/victims/{id}/card.png", "PNG"),
    "map of the site": shows("/sitemap-people-0.xml"),
    "export": shows("/api/v1/export/"),
    "reconciling": shows(RECONCILE % ""),
    "reconciling by a year": shows(RECONCILE % '{{"pid": "birth_year", "v": {year}}}'),
    "reconciling by an occupation": shows(RECONCILE % '{{"pid": "occupation", "v": "учительница"}}'),
    "names for OpenRefine": shows("/api/v1/reconcile/suggest/?prefix=живаго"),
    "values for OpenRefine": extends,
    "preview for OpenRefine": shows("/api/v1/reconcile/preview/?id={id}", "Живаго"),
}
SEES = {"nobody": False, "no role": False, "archivist": False, "editor": True, "administrator": True}


@pytest.fixture
def in_every_face():
    """A person who may be living, with all that leads to their pages."""
    said = {"birth": {"date": YOUNG, "place": "Самбор"}, "residence": "Самбор", "occupation": "учительница"}
    victim = child(**said)
    with Put(why="recognised") as change:
        named = {"kind": "special_council", "name_ru": "ОСО", "name_en": "OSO", "source": letters()}
        body = change(Body, {"slug": "oso"}, named)
        change(PrintedForm, {"text": BODY, "kind": "body"}, {"body": body, "state": "recognised"})
    return victim


@pytest.mark.parametrize("who", SEES)
def test_no_face_shows_who_may_be_living_but_to_editors(in_every_face, who):
    client = Client()
    if who != "nobody":
        client.force_login(keeper(None if who == "no role" else who))
    assert {face: asked(client, in_every_face) for face, asked in FACES.items()} == dict.fromkeys(FACES, SEES[who])
    assert [face for face, asked in OF_ALL.items() if asked(client, in_every_face)] == []


def test_the_very_same_faces_show_who_is_known_to_be_dead(in_every_face):
    edit(Change(decide=[Ruling(in_every_face.pk, "death", "told by the daughter", value="1999")]))
    everywhere = FACES | OF_ALL
    assert [face for face, asked in everywhere.items() if not asked(Client(), in_every_face)] == []


def test_counts_and_suggestions_leave_them_out(in_every_face):
    assert not told_sentences().exists()
    assert not searching.search("живаго").hits
    assert not visible(AnonymousUser()).exists()
    assert not searching.suggest("жива")
    answer = Client().get("/sitemap-people-0.xml")
    assert answer.status_code == 200 and in_every_face.public_id.encode() not in b"".join(answer)
    client = Client()
    client.force_login(keeper("archivist"))
    assert in_every_face.public_id not in client.get("/en/admin/victims/victim/lookup/?q=живаго").content.decode()


def test_a_relative_who_may_be_living_is_named_by_the_source_but_not_linked(in_every_face):
    [parent] = put(
        name("Живаго", "Юрий", birth={"date": "1890"},
             relatives=[{"name": "Анна", "relation": "дочь", "other": in_every_face.public_id}])
    )  # fmt: skip
    for address in (f"/en/victims/{parent.public_id}/", f"/api/v1/victims/{parent.public_id}/"):
        answer = Client().get(address)
        assert answer.status_code == 200
        assert in_every_face.public_id not in answer.content.decode(), address


def test_editors_see_them_marked(in_every_face):
    client = Client()
    client.force_login(keeper("editor"))
    page = client.get(f"/en/victims/{in_every_face.public_id}/")
    assert "Possibly living." in page.content.decode()
    assert 'content="noindex' in page.content.decode()
    assert "possibly living" in client.get("/en/victims/").content.decode()
    assert client.get(f"/api/v1/victims/{in_every_face.public_id}/").json()["possibly_living"] is True
    listed = client.get("/en/admin/victims/victim/").content.decode()
    assert "possibly living: not shown in public" in listed


def test_publishing_does_not_show_them(in_every_face):
    assert in_every_face.status == Status.PUBLISHED
    assert Client().get(f"/en/victims/{in_every_face.public_id}/").status_code == 404
