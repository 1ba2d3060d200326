"""The page of a person: every fact with its source, what differs beside it, the sources word for word."""

import re

import pytest
from django.utils import timezone

from memorial.accounts import Role
from sources.models import SourceKind
from tests.cast import FLORENSKY, KURBAS, edit, entry_of, gather
from tests.people import keeper
from tests.telling import a_source, name, put, run
from tests.victims.views.pages import LANGUAGES, content, of, page_of, part_of
from victims.models.record import Change, Ruling
from victims.vocabulary import Status

pytestmark = pytest.mark.django_db


@pytest.fixture
def florensky():
    return gather(FLORENSKY, status=Status.PUBLISHED)


# --- addresses ---


@pytest.mark.parametrize("at", LANGUAGES.values())
def test_a_person_has_a_page_under_their_id(client, florensky, at):
    page = page_of(client, florensky, at)
    assert "Флоренский Павел Александрович" in page.text
    title = client.get(of(florensky, at)).content.decode().split("<title>")[1]
    latin = " / Florensky Pavel Aleksandrovich" if at == "/en/" else ""
    assert title.startswith(f"Флоренский Павел Александрович{latin} (1882–1937)")


def test_a_misread_id_leads_to_the_right_one(client):
    people = put(*(name("Иванов", str(number)) for number in range(40)))
    victim = next(victim for victim in people if re.search("[A-Z]", victim.public_id))
    for misread in (victim.public_id.lower(), victim.public_id.replace("0", "O"), f"0{victim.public_id}"):
        answer = client.get(f"/en/victims/{misread}/")
        assert (answer.status_code, answer.url) == (301, of(victim))


def test_a_merged_record_leads_to_the_one_that_was_kept(client):
    kept, absorbed, third = put(name("Иванов"), name("Иванов", "Иван"), name("Иванов", "И."))
    run("merge", absorbed.public_id, third.public_id, "--why", "one man")
    run("merge", kept.public_id, absorbed.public_id, "--why", "one man")
    for gone in (absorbed, third):
        answer = client.get(of(gone, "/"))
        assert (answer.status_code, answer.url) == (301, of(kept, "/"))


def test_a_withdrawn_record_says_when_and_why_and_nothing_else(client):
    [victim] = put(name("Тайный", "Иван", birth={"place": "Москва"}))
    edit(Change(withdraw={victim.pk: "privacy"}))
    answer = client.get(of(victim))
    assert answer.status_code == 410
    words = content(answer).words
    assert "protection of a living person" in words
    assert str(timezone.localdate().year) in words
    assert "Тайный" not in answer.content.decode()
    assert "noindex" in answer.content.decode()


def test_a_draft_is_not_there_for_the_public_and_is_marked_for_its_keepers(client):
    [draft] = put(name("Тайный", "Иван"), status=Status.DRAFT)
    assert client.get(of(draft)).status_code == 404
    client.force_login(keeper(Role.ARCHIVIST, a_source("elsewhere", SourceKind.DATABASE)))
    assert client.get(of(draft)).status_code == 404
    client.force_login(keeper(Role.ARCHIVIST, a_source()))
    answer = client.get(of(draft))
    assert "The public does not see this record yet" in content(answer).words
    assert "noindex" in answer.content.decode()


def test_nobody_by_an_id_is_not_found(client, florensky):
    for identity in ("00000", "00013", "ZZZZZZZZZZZZZ", "nobody"):
        assert client.get(f"/en/victims/{identity}/").status_code == 404


def test_an_editor_is_led_to_the_record_in_the_administration(client, florensky):
    assert "Edit this record" not in page_of(client, florensky).words
    client.force_login(keeper(Role.EDITOR))
    assert f"/en/admin/victims/victim/{florensky.pk}/change/" in page_of(client, florensky).hrefs()


def test_an_unchanged_page_is_not_sent_again(client, florensky):
    first = client.get(of(florensky))
    again = client.get(of(florensky), headers={"if-none-match": first.headers["ETag"]})
    assert (again.status_code, again.content) == (304, b"")
    other = client.get(of(florensky, "/uk/"), headers={"if-none-match": first.headers["ETag"]})
    assert other.status_code == 200
    edit(Change(remove=[entry_of(florensky, "openlist").pk]))
    assert client.get(of(florensky), headers={"if-none-match": first.headers["ETag"]}).status_code == 200


# --- facts and their sources ---


def test_every_value_leads_to_the_words_of_its_source(client, florensky):
    page = page_of(client, florensky)
    targets = {attributes["id"] for _tag, attributes in page.elements if "id" in attributes}
    links = [href for href in page.hrefs() if href.startswith("#entry-")]
    assert set(links) == {"#entry-1", "#entry-2", "#entry-3"}
    assert {href.removeprefix("#") for href in links} <= targets
    facts = client.get(of(florensky)).content.decode().split('id="entries"')[0]
    for value in re.findall(r"<dd(?! class=\"decision\")[^>]*>(.*?)</dd>", facts, re.DOTALL):
        assert 'href="#entry-' in value


def test_values_that_differ_stand_side_by_side(client):
    victim = gather(KURBAS, status=Status.PUBLISHED)
    words = part_of(client, victim, "Who the person was")
    assert "Name Курбас Александр Степанович [1] told otherwise: Курбас Лесь Степанович [2]" in words
    assert "Date of birth 25 February 1887 [1] told otherwise: 1887 [2]" in words


def test_a_date_of_birth_is_told_in_both_calendars(client, florensky):
    assert "21 January 1882 (old style: 9 January 1882) [1] [3]" in part_of(
        client, florensky, "Who the person was"
    )


def test_what_editors_decided_is_told_with_their_reason(client):
    victim = gather(KURBAS, status=Status.PUBLISHED)
    edit(
        Change(
            decide=[
                Ruling(victim.pk, "birth", "метрическая книга", value="1887-02-24"),
                Ruling(victim.pk, "death", "акт о расстреле", value="1937-11-04"),
            ]
        )
    )
    who, done = part_of(client, victim, "Who the person was"), part_of(client, victim, "What was done")
    assert "24 February 1887 told otherwise: 25 February 1887" in who
    assert "метрическая книга" in who
    assert "Date of death, as the editors decided 4 November 1937" in done
    assert "акт о расстреле" in done
    assert "shot 4 November 1937" in page_of(client, victim).words


def test_a_date_that_could_not_be_read_is_told_as_printed(client):
    [victim] = put(name("Иванов", birth={"date_printed": "в Петров день"}, arrests=[{"date_printed": "на Пасху"}]))
    assert "в Петров день" in part_of(client, victim, "Who the person was")
    assert "на Пасху (as printed) [1]" in part_of(client, victim, "What was done")


def test_other_forms_of_the_name_are_told_by_kind(client):
    victim = gather(KURBAS, status=Status.PUBLISHED)
    words = part_of(client, victim, "Other forms of the name")
    assert "name variant Лесь Курбас [1]" in words
    assert "form in another language Олександр-Зенон Курбас (Ukrainian) [1]" in words


def test_the_chain_is_told_case_by_case_and_says_what_nothing_ties(client, florensky):
    words = part_of(client, florensky, "What was done")
    order = [
        "Case 1",
        "February 1933",
        "26 July 1933",
        "5 May 1958",
        "Case 2",
        "25 November 1937",
        "Not tied",
        "21 May 1928",
    ]
    assert [words.index(told) for told in order] == sorted(words.index(told) for told in order)
    assert "No source ties these to one case" in words


def test_one_fact_that_two_sources_tell_stands_once_with_both(client, florensky):
    words = part_of(client, florensky, "What was done")
    assert words.count("Arrest February 1933") == 1
    assert "Arrest February 1933 [1] [3]" in words
    assert "Sentence 25 November 1937 [1] [2]" in words


def test_what_sources_tell_otherwise_of_a_death_stays_below_its_heading(client, florensky):
    words = part_of(client, florensky, "What was done")
    assert "Shooting 8 December 1937 [1] Date of death 8 December 1937 [1] 1937 [2] December 1937 [3]" in words
    [victim] = put(name("Иванов", death={"manner": "shot"}))
    assert "Shooting [1]" in part_of(client, victim, "What was done")


def test_a_sentence_is_told_with_all_that_is_known_of_it(client, reference):
    [victim] = put(
        name(
            "Иванов",
            sentences=[
                {
                    "date": "1937-10-09",
                    "body": "Особая тройка УНКВД Ленинградской области",
                    "charge": "агитация",
                    "articles": ["58-10", "58-11"],
                    "verdict": "10 лет ИТЛ",
                    "kind": "camp",
                    "term": "P10Y6M",
                    "category": 2,
                    "protocol": "81",
                    "revision": {"date": "1940", "kind": "dismissed", "verdict": "прекращено"},
                }
            ],
        )
    )
    words = part_of(client, victim, "What was done")
    for told in (
        "Sentence 9 October 1937",
        "Charge агитация",
        "58-10; 58-11",
        "Verdict 10 лет ИТЛ",
        "Kind of sentence camp",
        "Term 10 years 6 months",
        "Category under the order 2",
        "№ 81",
        "Operation Kulak operation (inferred, not printed: by the rule “nkvd-troika-1937-08-05/1938-11-17”",
        "Revision of the sentence 1940",
        "Changed to прекращено",
        "case dismissed",
    ):
        assert told in words
    hrefs = page_of(client, victim).hrefs()
    assert "/en/bodies/troika-unkvd-leningrad/" in hrefs
    assert "/en/operations/00447/" in hrefs


@pytest.mark.parametrize(
    ("sentence", "told"),
    [
        ({"operation": "00447"}, "Operation Kulak operation (known: printed in the source)"),
        ({"date": "1948"}, "Operation unknown (not printed, and no rule infers it)"),
        ({"body": "тройка"}, "тройка (not recognised as a body yet)"),
    ],
)
def test_how_a_thing_is_known_is_told(client, reference, sentence, told):
    [victim] = put(name("Иванов", sentences=[{"kind": "camp", **sentence}]))
    assert told in part_of(client, victim, "What was done")


def test_imprisonment_and_death_are_told(client, reference):
    [victim] = put(
        name(
            "Иванов",
            imprisonments=[{"date": "1938-01/1940-02", "place": "Севвостлаг", "ended": "died"}],
            death={"date": "1940-02-03", "manner": "died", "circumstance": "in_camp", "burial_place": "Сандармох"},
            rehabilitations=[{"date": "1956", "withdrawn": "1957", "withdrawn_ground": "протест"}],
        )
    )
    words = part_of(client, victim, "What was done")
    for told in (
        "Imprisonment January 1938 – February 1940",
        "Севвостлаг",
        "How it ended died",
        "Death 3 February 1940",
        "Circumstance of death in a camp",
        "Place of burial Сандармох",
        "Rehabilitation 1956",
        "Withdrawn on 1957",
        "протест",
    ):
        assert told in words
    assert "/en/execution-sites/sandarmokh/" in page_of(client, victim).hrefs()


def test_what_the_family_was_told_stands_apart_and_is_explained(client, florensky):
    notice = part_of(client, florensky, "What the state told the family")
    assert "often false" in notice
    assert "Date of death that was told 15 December 1943 [3]" in notice
    assert "15 December 1943" not in part_of(client, florensky, "What was done")


def test_relatives_lead_to_their_records_only_where_those_are_open(client):
    wife, brother = put(name("Иванова", "Анна"))[0], put(name("Иванов", "Пётр"), status=Status.DRAFT)[0]
    [victim] = put(
        name(
            "Иванов",
            relatives=[
                {"relation": "жена", "name": "Анна", "other": wife.public_id},
                {"relation": "брат", "name": "Пётр", "other": brother.public_id, "presumed": True},
            ],
        )
    )
    words, hrefs = part_of(client, victim, "Relatives"), page_of(client, victim).hrefs()
    assert "жена, Анна [1]" in words
    assert "брат, Пётр (presumed) [1]" in words
    assert of(wife) in hrefs
    assert of(brother) not in hrefs


def test_files_groups_photographs_and_notes_are_told(client):
    [victim] = put(
        name(
            "Иванов",
            photographs=[{"file_name": "1.jpg", "caption": "тюремное фото", "author": "НКВД"}],
            tags=["духовенство"],
            archival_files=["ГАРФ. Ф. 10035. Оп. 1. Д. П-1"],
            sources=[{"form": "Бутовский полигон", "locator": "С. 5"}],
            notes=["отец пятерых детей"],
            completeness="incomplete",
        )
    )
    words = part_of(client, victim, "Files, groups and notes")
    for told in (
        "тюремное фото (author: НКВД) [1]",
        "духовенство [1]",
        "ГАРФ. Ф. 10035. Оп. 1. Д. П-1 [1]",
        "Бутовский полигон, С. 5 [1]",
        "отец пятерых детей [1]",
    ):
        assert told in words
    assert "More is known of this person than is given here" in page_of(client, victim).words


def test_hardly_anything_known_makes_a_page_all_the_same(client):
    [victim] = put({"nationality": "русский"})
    page = page_of(client, victim)
    assert f"Name not printed, record {victim.public_id}" in page.words
    for heading in ("What was done", "Relatives", "What the state told"):
        assert heading not in page.words


@pytest.mark.parametrize("at", LANGUAGES.values())
def test_a_person_who_never_lived_is_marked_as_such(client, at):
    [victim] = put(name("Вымышленный"), synthetic=True)
    marked = {"/": "вымышлен", "/en/": "never lived", "/uk/": "вигадан"}[at]
    assert marked in page_of(client, victim, at).words.lower()
    answer = client.get(of(victim, at)).content.decode()
    assert marked in answer.split("<title>")[1].split("</title>")[0].lower()
    assert "noindex" in answer  # nobody looking for a name elsewhere is to take them for a person


def test_words_of_sources_are_russian_and_ours_are_not(client, florensky):
    assert page_of(client, florensky).marked_russian() > 5
    assert page_of(client, florensky, "/").marked_russian() == 0


def test_the_record_can_be_cited_linked_and_asked_for_by_programs(client, florensky):
    page = page_of(client, florensky)
    address = f"http://testserver{of(florensky)}"
    assert f"URL: {address} (дата обращения: " in page.words
    assert f"Record {florensky.public_id}, revision {florensky.revision}" in page.words
    assert address in page.hrefs()
    assert f"/api/v1/victims/{florensky.public_id}/" in page.hrefs()


@pytest.mark.usefixtures("reference")
def test_printed_words_have_their_meaning_beside_them_for_who_does_not_read_russian(client):
    [victim] = put(name(
        "Иванов", nationality="русский", party="б/п", occupation="колхозник",
        residence={"place": "Омская обл., Тара"},
        sentences=[{"date": "1937-11-01", "body": "тройка УНКВД Омской области"}],
        death={"date": "1937-11-03", "burial_place": "Бутово"},
    ))  # fmt: skip
    english = content(client.get(f"/en/victims/{victim.public_id}/")).words
    for told in (
        "русский (Russian)",
        "б/п (no party)",
        "колхозник (collective farmers)",
        "Тара (Omsk Oblast)",
        "Омской области (Troika of the NKVD Directorate for Omsk Oblast)",
        "Бутово (Butovo firing range)",
    ):
        assert told in english
    ukrainian = content(client.get(f"/uk/victims/{victim.public_id}/")).words
    assert "(Трійка УНКВС Омської області)" in ukrainian
    assert "русский (" not in content(client.get(f"/victims/{victim.public_id}/")).words
