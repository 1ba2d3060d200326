"""Editors decide on what visitors tell: an entry through the one door, or a reason; both are remembered."""

import re

import pytest
from django.contrib.admin.models import LogEntry
from django.core import mail
from django.urls import reverse

from tests.cast import KURBAS, again, enter
from tests.forms import form_of
from tests.people import keeper
from tests.telling import run
from tests.telling import told as told_of
from tests.victims.contributions.conftest import drawn, file
from tests.victims.test_permissions import MATRIX, who
from victims.models import Contribution, Evidence, Revision, Victim
from victims.permissions import may_moderate
from victims.vocabulary import ContributionState, Status

pytestmark = pytest.mark.django_db
QUEUE = "/en/admin/victims/contribution/"
MODERATES = {"editor", "administrator"}


def at(contribution) -> str:
    return f"{QUEUE}{contribution.pk}/change/"


@pytest.fixture
def told(sends, kurbas):
    sends(
        f"/en/contribute/{kurbas.public_id}/", words="Слова правнучки", birth_date="25.02.1887", name="Анна",
        address="anna@example.org", pictures=file(drawn()),
    )  # fmt: skip
    return Contribution.objects.get()


@pytest.fixture
def editor(client):
    client.logout()
    client.force_login(keeper("editor"))
    return client


def decide(client, contribution, button, **filled):
    data = form_of(client.get(at(contribution)), None)
    return client.post(at(contribution), data | filled | {button: ""})


@pytest.mark.parametrize("name", MATRIX)
def test_only_who_may_moderate_sees_the_queue_its_pictures_and_decides(client, told, name):
    user = who(name)
    assert may_moderate(user) == (name in MODERATES)
    client.logout()
    if name != "nobody":
        client.force_login(user)
    picture = f"{QUEUE}picture/{Evidence.objects.get().pk}/"
    for address in (QUEUE, at(told), picture):
        answer = client.get(address)
        assert (answer.status_code == 200) == (name in MODERATES), address
        assert answer.status_code in (200, 302, 403)
    client.post(at(told), {"_decline": "", "no-answer": "no"})
    assert (again(told).state == ContributionState.DECLINED) == (name in MODERATES)


def test_an_editor_sees_everything_and_a_picture_that_can_do_nothing(editor, told):
    page = editor.get(at(told)).content.decode()
    for words in ("Слова правнучки", "Анна", "anna@example.org", "25.02.1887", "Курбас"):
        assert words in page
    picture = editor.get(f"{QUEUE}picture/{Evidence.objects.get().pk}/")
    assert picture["Content-Type"] == "image/jpeg" and picture["X-Content-Type-Options"] == "nosniff"
    assert "sandbox" in picture["Content-Security-Policy"] and "no-store" in picture["Cache-Control"]
    assert told.reference in editor.get(QUEUE).content.decode()


def test_accepting_makes_an_entry_beside_the_others_and_opens_the_card(editor, told, kurbas):
    answer = decide(editor, told, "_accept", birth_date="1887-02-24", answer="Спасибо!")
    assert answer["Location"].endswith(reverse("admin:victims_victim_change", args=[kurbas.pk]))
    victim, told = again(kurbas), again(told)
    assert (told.state, told.answer, told.entry.victim) == ("accepted", "Спасибо!", victim)
    assert (told.entry.source.slug, told.entry.source.kind) == ("contributions", "testimony")
    assert told.entry.item_key == told.reference
    assert victim.birth == "1887-02-25", "the book comes before what visitors tell"
    assert victim.revision == kurbas.revision + 1
    assert Revision.objects.filter(victim=victim).latest("pk").why == told.reference
    page = editor.get(f"/en/victims/{victim.public_id}/").content.decode()
    assert "Слова правнучки" in page and "24 February 1887" in page
    assert "Анна" not in page and "anna@example.org" not in page
    assert told.reference in LogEntry.objects.get().change_message
    assert run("check_records").code == 0


def test_the_visitor_is_written_to_in_their_language(editor, told):
    decide(editor, told, "_accept", answer="Спасибо!")
    [letter] = mail.outbox
    assert letter.to == ["anna@example.org"] and told.link in letter.body and "Спасибо!" in letter.body
    assert "http://testserver/en/contributions/" in letter.body


def test_a_person_who_is_not_recorded_begins_as_a_draft(editor, sends):
    editor.logout()
    sends("/en/contribute/", surname="Новиков", given_name="Иван", death_date="1938")
    editor.force_login(keeper("editor"))
    decide(editor, Contribution.objects.get(), "_accept")
    victim = Victim.objects.get(surname="Новиков")
    assert (victim.status, victim.death) == (Status.DRAFT, "1938")


def test_who_accepts_a_new_person_is_told_of_records_that_may_be_of_the_same_one(editor, sends, kurbas):
    editor.logout()
    sends("/en/contribute/", surname="Курбасъ", given_name="Лесь", patronymic="Степанович", birth_date="1887")
    sends("/en/contribute/", surname="Новиков", given_name="Иван")
    editor.force_login(keeper("editor"))
    alike, other = Contribution.objects.order_by("pk")
    for contribution in (alike, other):
        opened = editor.get(decide(editor, contribution, "_accept")["Location"]).content.decode()
        victim = again(contribution).entry.victim
        warned = f"1 record may tell of the same person as {victim.public_id}."
        assert (warned in opened) == (contribution == alike)


def test_what_is_told_of_a_person_who_is_recorded_warns_of_nobody(editor, told, kurbas):
    enter(KURBAS["lists"], "lists", status=Status.PUBLISHED)
    opened = editor.get(decide(editor, told, "_accept")["Location"])
    assert "may tell of the same person" not in opened.content.decode()


def test_declining_needs_a_reason_and_tells_it(editor, told, kurbas, client):
    assert decide(editor, told, "_decline").status_code == 422
    assert again(told).state == ContributionState.WAITING
    decide(editor, told, "_decline", **{"no-answer": "Книга говорит иначе"})
    told = again(told)
    assert (told.state, told.answer, told.entry) == ("declined", "Книга говорит иначе", None)
    assert again(kurbas).revision == kurbas.revision
    assert "declined" in LogEntry.objects.get().change_message
    assert "Книга говорит иначе" in mail.outbox[0].body
    client.logout()
    assert "Книга говорит иначе" in client.get(told.link).content.decode()


def test_a_decision_is_made_once(editor, told, kurbas):
    decide(editor, told, "_accept")
    for button in ("_accept", "_decline"):
        answer = editor.post(at(told), {button: "", "no-answer": "no", "surname": "Другой"})
        assert answer.status_code == 422
    assert again(told).state == ContributionState.ACCEPTED
    assert again(kurbas).revision == kurbas.revision + 1


def test_nothing_to_write_is_not_written(editor, told, kurbas):
    answer = decide(editor, told, "_accept", birth_date="", note="", known_from="")
    assert answer.status_code == 422 and again(told).state == ContributionState.WAITING


@pytest.mark.parametrize(
    ("words", "kept", "shown"),
    [
        ("1937", {"date": "1937"}, "1937"),
        ("5.8.1937", {"date": "1937-08-05", "date_printed": "5.8.1937"}, "5 August 1937"),
        ("осень 1937", {"date": "1937-23", "date_printed": "осень 1937"}, "autumn 1937"),
        ("31.06.1938", {"date_printed": "31.06.1938"}, "June 1938 has 30 days"),
        ("зимой", {"date_printed": "зимой"}, "It will stand in the record in these words alone."),
    ],
)
def test_dates_are_read_as_visitors_write_them_and_their_words_stay(editor, sends, words, kept, shown):
    editor.logout()
    sends("/en/contribute/", surname="Новиков", arrest_date=words)
    editor.force_login(keeper("editor"))
    contribution = Contribution.objects.get()
    page = editor.get(at(contribution)).content.decode()
    assert shown in page.split('name="arrest_date"')[1].split("</output>")[0]
    decide(editor, contribution, "_accept")
    assert told_of(Victim.objects.get(surname="Новиков"))[0]["arrests"] == [kept]


def test_a_person_who_is_not_recorded_is_looked_for_with_one_click(editor, sends):
    there = enter(KURBAS["lists"], "lists", status=Status.PUBLISHED)
    editor.logout()
    sends("/en/contribute/", surname="Курбас", given_name="Лесь")
    editor.force_login(keeper("editor"))
    contribution = Contribution.objects.get()
    assert "Курбас Лесь (ещё нет в базе)" in editor.get("/admin/victims/contribution/").content.decode()
    page = editor.get(at(contribution)).content.decode()
    assert "English" in page
    [link] = re.findall(r'href="([^"]*victim/\?q=[^"]*)"', page)
    assert [row.pk for row in editor.get(link).context["cl"].result_list] == [there.pk]


def test_what_is_told_takes_the_form_of_a_record(editor, sends):
    editor.logout()
    said = {"surname": "Новиков", "birth_date": "1887", "birth_place": "Самбор", "sentence_body": "тройка"}
    sends("/en/contribute/", **said, words=" слова ", known_from="метрика")
    editor.force_login(keeper("editor"))
    decide(editor, Contribution.objects.get(), "_accept")
    [record] = told_of(Victim.objects.get(surname="Новиков"))
    assert record["birth"] == {"date": "1887", "place": "Самбор"}
    assert record["sentences"] == [{"body": "тройка"}]
    assert (record["notes"], record["sources"]) == (["слова"], ["метрика"])


def test_what_is_told_of_a_synthetic_person_stays_synthetic(editor, sends):
    made = enter(KURBAS["lists"], "synthetic", status=Status.PUBLISHED, synthetic=True)
    editor.logout()
    sends(f"/en/contribute/{made.public_id}/", words="слово")
    editor.force_login(keeper("editor"))
    decide(editor, Contribution.objects.get(), "_accept")
    assert again(made).synthetic and made.entries.count() == 2


def test_an_accepted_word_of_a_living_person_is_not_shown(editor, sends, client):
    editor.logout()
    sends("/en/contribute/", surname="Молодая", birth_date="1990")
    editor.force_login(keeper("editor"))
    decide(editor, Contribution.objects.get(), "_accept")
    victim = Victim.objects.get(surname="Молодая")
    editor.post(reverse("admin:victims_victim_publish", args=[victim.pk]), {"why": "ok"})
    assert again(victim).status == Status.PUBLISHED
    client.logout()
    assert client.get(f"/en/victims/{victim.public_id}/").status_code == 404


@pytest.mark.parametrize("key", ["0", "999999", "x", "9" * 30])
def test_no_such_contribution(editor, key):
    assert editor.get(f"{QUEUE}{key}/change/").status_code in (302, 404)


# --- forgetting ---


def test_names_and_declined_pictures_are_deleted_when_their_time_is_over(editor, told, settings):
    from datetime import timedelta

    from django.utils import timezone

    decide(editor, told, "_decline", **{"no-answer": "нет"})
    assert run("forget_visitors").out.startswith("Forgot 0 contributors, 0 declined pictures, 0 alerts")
    Contribution.objects.update(decided_at=timezone.now() - timedelta(days=184))
    assert run("forget_visitors").out.startswith("Forgot 1 contributors, 1 declined pictures, 0 alerts")
    told = again(told)
    assert (told.name, told.address, told.words, told.answer) == ("", "", "Слова правнучки", "нет")
    assert run("forget_visitors").out.startswith("Forgot 0 contributors, 0 declined pictures, 0 alerts")


def test_what_waits_too_long_loses_its_address_and_keeps_its_words_and_pictures(told):
    from datetime import timedelta

    from django.utils import timezone

    Contribution.objects.update(at=timezone.now() - timedelta(days=732))
    assert run("forget_visitors").out.startswith("Forgot 1 contributors, 0 declined pictures, 0 alerts")
    assert again(told).words == "Слова правнучки"
    assert Evidence.objects.count() == 1
