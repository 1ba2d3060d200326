"""Pages of execution sites, operations, bodies and sources: what is told of each and by whom."""

import re

import pytest

from sources.models import Level, Source
from tests.cast import edit, entry_of
from tests.telling import a_source, name, put, run
from tests.victims.views.pages import LANGUAGES, content, found
from victims.models import Body, BodyMember, Death, ExecutionSite, Operation, Place, Sentence
from victims.models.record import Change, EntryInput
from victims.statistics import attributions, bounded, persons_at_sittings
from victims.statistics.cubes import one_way
from victims.vocabulary import Status

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("reference")]
TROIKA = "Особая тройка УНКВД Ленинградской области"


def rows(answer) -> dict[str, list[str]]:
    """Return the rows of tables: {first cell without its number on the map: all cells}, as plain words."""
    told = {}
    for row in re.findall(r"<tr[^>]*>(.*?)</tr>", answer.content.decode(), re.DOTALL):
        cells = re.findall(r"<t[hd][^>]*>(.*?)</t[hd]>", row, re.DOTALL)
        plain = [" ".join(re.sub("<[^>]+>", " ", cell).split()) for cell in cells]
        told.setdefault(re.sub(r"^\d+\. ", "", plain[0]), plain)
    return told


def shot_at(*places, **more):
    return name(
        "Иванов",
        death={
            "date": "1937-11-03",
            "manner": "shot",
            **dict(zip(("burial_place", "place"), places, strict=False)),
        },
        **more,
    )


# --- execution sites ---


def test_sites_tell_what_is_known_what_is_disputed_and_what_is_unknown(client):
    told = rows(client.get("/en/execution-sites/"))
    assert len(told) == 1 + 21
    assert told["Butovo firing range"][1:6] == [
        "Moscow Oblast",
        "yes",
        "yes",
        "8 August 1937 – 19 October 1938",
        "55.533, 37.596 ± 0.5 km",
    ]
    assert told["Butovo firing range"][6] == "20,760–20,762 20,765"
    assert told["Kommunarka"][2] == "disputed"
    assert told["Bykivnia"][2] == "unknown"


def test_a_site_shows_figures_of_different_sources_side_by_side(client):
    answer = client.get("/en/execution-sites/butovo/")
    words = content(answer).words
    assert "20,765" in words
    assert "20,760–20,762" in words
    assert "none is corrected" in words
    assert "Бутово Бутовский полигон" in words
    assert "/en/sources/werth-2010/" in content(answer).hrefs()


def test_a_site_leads_to_the_people_recorded_there(client):
    [victim] = put(shot_at("Бутово"))
    answer = client.get("/en/execution-sites/butovo/")
    assert victim.public_id in found(answer)
    assert "/en/victims/?site=butovo" in content(answer).hrefs()
    assert victim.public_id in found(client.get("/en/victims/?site=butovo"))


def test_a_person_is_counted_once_at_a_site_and_synthetic_persons_apart(client):
    run("count_people")
    before = one_way("site").get("butovo", 0)
    one, other = put(shot_at("Бутово", "Бутово"), source=a_source("book-1")) + put(
        shot_at("Бутовский полигон"), source=a_source("book-2")
    )
    run("merge", one.public_id, other.public_id, "--why", "one man")
    put(shot_at("Бутово"), status=Status.DRAFT)
    put(shot_at("Бутово"), synthetic=True)
    run("count_people")
    assert one_way("site")["butovo"] == before + 1
    assert rows(client.get("/en/execution-sites/"))["Butovo firing range"][7] == str(before + 1)
    words = content(client.get("/en/execution-sites/butovo/")).words
    assert f"{before + 1} people are recorded here" in words
    assert "Not counted: 1 synthetic person who never lived" in words
    assert Death.objects.filter(victim=one).count() == 2


# --- operations ---


def test_the_limits_of_the_order_are_summed_and_what_is_stated_stands_beside(client):
    answer = client.get("/en/operations/00447/")
    told = rows(answer)
    assert told["Leningrad Oblast"] == ["Leningrad Oblast", "4,000", "10,000", "14,000"]
    assert told["Sum of the 65 rows above, computed here"][1:] == ["75,950", "193,000", "268,950"]
    [stated] = [cells for first, cells in told.items() if first.startswith("Total as stated by")]
    assert stated[1:] == ["76,000", "", "269,100"]


def test_supplements_requests_reports_and_estimates_name_their_sources(client):
    answer = client.get("/en/operations/00447/")
    words = content(answer).words
    for told in (
        "15 October 1937 regions of the USSR granted (Politburo) 63,000 57,000 120,000*",
        "Moscow Oblast asked for 8,000 31,305 41,305",
        "Moscow Oblast asked for 8,500 32,805 41,305*",
        "no date Altai Krai granted (Politburo) 4,000 4,500 8,500*",
        "estimate: A. Roginski and N. Petrov USSR 820,000 437,000–445,000",
        "reported, 30 September 1937 USSR 248,000 143,000 83,600",
        "Planned for 4 months",
        "particularly active and vicious shooting",
        "5 August 1937 – 17 November 1938",
    ):
        assert told in words
    assert "/en/operations/00447-camps/" in content(answer).hrefs()


def test_a_part_of_an_operation_has_a_page_of_its_own(client):
    answer = client.get("/en/operations/00447-camps/")
    words = content(answer).words
    assert "at least 30,000" in words
    assert "computed from the source's words" in words
    assert "NKVD camps" in words
    assert "/en/operations/00447/" in content(answer).hrefs()


def test_operations_list_what_belongs_to_none_of_them(client):
    words = content(client.get("/en/operations/")).words
    for told in (
        "Kulak operation in the camps",
        "KGB instruction (Serov)",
        "convictions on political grounds",
        "750,000",
    ):
        assert told in words


def test_sentences_are_counted_by_how_it_is_known_that_they_belong_to_an_operation(client):
    operation = Operation.objects.get(code="00447")
    before = {how: count.number for how, count in attributions(operation).items()}
    sentences = {
        "printed": {"operation": "00447"},
        "inferred": {"date": "1937-12-01", "body": TROIKA},
        "unknown": {"date": "1937-12-01", "body": "тройка"},
        "before": {"date": "1936", "body": "тройка"},
    }
    for said in sentences.values():
        put(name("Иванов", sentences=[said]))
        put(name("Тайный", sentences=[said]), status=Status.DRAFT)
    put(name("Вымышленный", sentences=[sentences["printed"]]), synthetic=True)
    after = {how: count.number for how, count in attributions(operation).items()}
    grown = {how: after[how] - before[how] for how in after}
    assert grown == {"printed": 1, "inferred": 1, "unknown": 1, "synthetic": 1}
    words = content(client.get("/en/operations/00447/")).words
    assert f"inferred by a named rule, not printed {after['inferred']}" in words
    assert "Not counted: 1 sentence of a synthetic person" in words
    href = "/en/victims/?operation=00447&attribution=printed&synthetic=false"
    assert href in content(client.get("/en/operations/00447/")).hrefs()
    assert len(found(client.get(href))) == after["printed"]


def test_a_sentence_that_two_sources_tell_is_counted_once(client):
    operation = Operation.objects.get(code="00447")
    before = attributions(operation)["inferred"].number
    said = {"date": "1937-12-01", "body": TROIKA}
    one, other = put(name("Иванов", sentences=[said]), source=a_source("book-1")) + put(
        name("Иванов", sentences=[said]), source=a_source("book-2")
    )
    assert attributions(operation)["inferred"].number == before + 2
    run("merge", one.public_id, other.public_id, "--why", "one man")
    assert attributions(operation)["inferred"].number == before + 1


def test_counting_stops_at_a_bound_and_says_so():
    put(*(name("Иванов") for _ in range(4)))
    count = bounded(Sentence.objects.none(), 3)
    assert (count.number, count.more, bool(count)) == (0, False, False)
    assert tuple(bounded(Place.objects.all(), 3)) == (3, True)


# --- bodies ---


def test_bodies_stand_by_kind_with_region(client):
    words = content(client.get("/en/bodies/")).words
    assert words.index("troika of the NKVD") < words.index("Special Council") < words.index("Military Collegium")
    assert "/en/bodies/troika-unkvd-leningrad/" in content(client.get("/en/bodies/")).hrefs()


def test_a_body_shows_members_with_their_tenure_and_their_own_record_where_it_is_open(client):
    body = Body.objects.get(slug="troika-unkvd-leningrad")
    [later], [hidden] = put(name("Заковский", "Леонид")), put(name("Тайный"), status=Status.DRAFT)
    for member, who in (("Заковский Л. М.", later), ("Смородин П. И.", hidden)):
        BodyMember.objects.create(
            body=body,
            name=member,
            office="начальник УНКВД",
            tenure="1937-07/1938-01",
            victim=who,
            source=body.source,
        )
    answer = client.get("/en/bodies/troika-unkvd-leningrad/")
    told = rows(answer)
    assert told["Заковский Л. М."][1:3] == ["начальник УНКВД", "July 1937 – January 1938"]
    assert f"/en/victims/{later.public_id}/" in content(answer).hrefs()
    assert f"/en/victims/{hidden.public_id}/" not in content(answer).hrefs()


def test_a_body_tells_its_words_its_sittings_and_leads_to_the_people_of_each(client):
    put(
        *(
            name("Иванов", str(number), sentences=[{"date": "1937-12-01", "body": TROIKA, "protocol": "199"}])
            for number in range(2)
        )
    )
    body = Body.objects.get(slug="troika-unkvd-leningrad")
    answer = client.get("/en/bodies/troika-unkvd-leningrad/")
    assert rows(answer)["1 December 1937"] == ["1 December 1937", "№ 199", "2"]
    assert TROIKA in content(answer).words
    href = "/en/victims/?body=troika-unkvd-leningrad&sentence=1937-12-01&synthetic=false"
    assert href in content(answer).hrefs()
    assert len(found(client.get(href))) == 2
    assert sum(persons_at_sittings(body).values()) >= 2


# --- sources ---


def test_sources_stand_by_kind_with_their_parts_below(client):
    book = a_source("kniga", title="Книга памяти")
    Source.objects.create(slug="kniga-1", kind="volume", parent=book, title="Том первый", volume="1")
    words = content(client.get("/en/sources/")).words
    assert "Книга памяти Том первый 1" in words
    assert words.index("memorial book") < words.index("Книга памяти") < words.index("synthetic demonstration")


def test_a_source_describes_itself_and_leads_to_its_people(client):
    book = a_source(
        "kniga", title="Книга памяти", publisher="Мемориал", issued="1997", rights="CC BY", extent="300 с."
    )
    volume = Source.objects.create(slug="kniga-1", kind="volume", parent=book, title="Том первый", volume="1")
    [victim] = put(name("Иванов"), source=volume)
    answer = client.get("/en/sources/kniga/")
    words = content(answer).words
    for told in ("Мемориал", "1997", "CC BY", "300 с.", "Том первый", "1 person is recorded here"):
        assert told in words
    assert found(answer) == [victim.public_id]
    assert found(client.get("/en/victims/?source=kniga")) == [victim.public_id]
    assert "/en/sources/kniga/" in content(client.get("/en/sources/kniga-1/")).hrefs()


def test_sources_tell_how_many_people_they_name_and_how_many_they_alone(client):
    book, lists = a_source("kniga", title="Книга памяти"), a_source("other", title="Списки")
    volume = Source.objects.create(slug="kniga-1", kind="volume", parent=book, title="Том первый", volume="1")
    known, _unknown = put(name("Иванов"), name("Петров"), source=volume)
    edit(Change(put=[EntryInput(source=lists, item_key="1", record=name("Иванов"), victim_id=known.pk)]))
    run("count_people")
    words = content(client.get("/en/sources/")).words
    assert "Книга памяти 2 people, 1 of them only here" in words
    assert "Списки 1 person " in words
    assert "2 people are recorded here. Of 1 of them no other source here tells." in (
        content(client.get("/en/sources/kniga/")).words
    )
    assert "Of each of them another source here tells too." in content(client.get("/en/sources/other/")).words


@pytest.mark.parametrize(("at", "told"), [("/", "Украина"), ("/en/", "Ukraine"), ("/uk/", "Україна")])
def test_states_and_languages_are_named_in_words(client, at, told):
    site = ExecutionSite.objects.filter(country_today="UA").first()
    assert told in content(client.get(f"{at}execution-sites/{site.slug}/")).words
    a_source("kniga", language="ru, uk")
    named = {"/": "русский, украинский", "/en/": "Russian, Ukrainian", "/uk/": "російська, українська"}
    assert named[at] in content(client.get(f"{at}sources/kniga/")).words


def test_a_source_without_known_rights_says_so_and_tells_whom_it_leaves_out(client):
    words = content(client.get("/en/sources/lists/")).words
    assert "Rights not known" in words
    assert "ordinary criminals" in words


def test_an_archival_unit_carries_its_reference_and_stands_below_its_archive(client):
    unit = None
    for level, code in (
        (Level.REPOSITORY, "ГАРФ"),
        (Level.FONDS, "10035"),
        (Level.OPIS, "1"),
        (Level.DELO, "П-1"),
    ):
        unit = Source.objects.create(
            slug=f"unit-{level}",
            kind="archival_unit",
            level=str(level),
            code=code,
            title=f"{level} {code}",
            parent=unit,
        )
    words = content(client.get("/en/sources/unit-delo/")).words
    assert "Archival reference ГАРФ. Ф. 10035. Оп. 1. Д. П-1" in words
    assert "ГАРФ. Ф. 10035. Оп. 1. Спр. П-1" in content(client.get("/uk/sources/unit-delo/")).words
    listed = content(client.get("/en/sources/")).words
    assert "fonds 10035" in listed
    assert "delo П-1" not in listed


def test_removed_entries_and_drafts_are_not_counted(client):
    [victim, kept] = put(name("Иванов"), name("Петров"), source=a_source("martyrology"))
    put(name("Тайный"), source=a_source("martyrology"), status=Status.DRAFT)
    put(name("Иванов"), source=a_source("lists"))
    edit(Change(remove=[entry_of(victim).pk]))
    answer = client.get("/en/sources/martyrology/")
    assert found(answer) == [kept.public_id]
    assert "1 person is recorded here" in content(answer).words


@pytest.mark.parametrize("at", LANGUAGES.values())
@pytest.mark.parametrize(
    "part",
    ["execution-sites/", "execution-sites/butovo/", "operations/", "operations/00447/", "operations/00447-camps/",
     "bodies/", "bodies/oso-nkvd/", "sources/", "sources/werth-2010/", "about/", "help/"],
)  # fmt: skip
def test_every_page_is_there_in_every_language_with_one_heading(client, at, part):
    answer = client.get(f"{at}{part}")
    assert answer.status_code == 200
    page = content(answer)
    assert len(page.all("h1")) == 1
    for region in (attributes for _tag, attributes in page.elements if attributes.get("role") == "region"):
        assert region["tabindex"] == "0"
        assert region.get("aria-label") or region.get("aria-labelledby")


# --- what is recorded of an operation ---


def sentenced(number: int, date: str = "1937-10-09", body: str = TROIKA) -> list[dict]:
    return [name("Осуждённый", f"{one:02}", sentences=[{"date": date, "body": body, "kind": "vmn"}])
            for one in range(number)]  # fmt: skip


def test_what_was_reported_stands_beside_what_is_recorded_and_the_gap_is_told(client):
    run("count_people")
    before = rows(client.get("/en/operations/00447/"))["17 November 1938"]
    put(*sentenced(3), *sentenced(2, "1938-02-01"))
    put(*sentenced(4), synthetic=True, source=a_source("made", "synthetic"))
    run("count_people")
    told = rows(client.get("/en/operations/00447/"))
    assert told["30 July 1937"][2:5] == ["75,950", "193,000", "268,950*"]
    assert told["15 October 1937"][4:] == ["120,000*", "", ""]
    recorded = int(before[5])
    assert told["1 January 1938"][5:] == [str(recorded + 3), f"{575_000 - recorded - 3:,}"]
    assert told["17 November 1938"][4:] == ["767,000", str(recorded + 5), f"{767_000 - recorded - 5:,}"]


def test_what_is_recorded_is_no_zero_before_the_people_have_been_counted(client):
    told = rows(client.get("/en/operations/00447/"))
    assert told["17 November 1938"][4:] == ["767,000", "–", "–"]
    assert told["West Siberian Krai with bodies of: Novosibirsk Oblast"][1:5] == ["17,000", "–", "–", "–"]
    assert "The people have not been counted yet." in content(client.get("/en/operations/00447/")).words


def test_months_of_an_operation_keep_printed_inferred_and_unknown_apart(client):
    put(*sentenced(2, "1938-02-01"), *sentenced(3, "1938-02-01", "Верховный суд СССР"))
    run("count_people")
    answer = client.get("/en/operations/00447/")
    assert rows(answer)["February 1938"] == ["February 1938", "0", "2", "3"]
    [people] = [href for href in content(answer).hrefs() if "sentence=1938-02" in href and "inferred" in href]
    assert len(found(client.get(people))) == 2


def test_a_region_is_compared_together_with_those_that_came_of_it(client):
    krai = "West Siberian Krai with bodies of: Novosibirsk Oblast"
    run("count_people")
    before = int(rows(client.get("/en/operations/00447/"))[krai][3])
    put(*sentenced(2, body="тройка УНКВД Новосибирской области"))
    run("count_people")
    told = rows(client.get("/en/operations/00447/"))[krai]
    assert told == [krai, "17,000", "0", str(before + 2), f"{17_000 - before - 2:,}", ""]


def test_an_operation_names_its_largest_sittings_and_its_troikas_with_their_members(client):
    troika = Body.objects.get(slug="troika-unkvd-leningrad")
    source = a_source("study")
    BodyMember.objects.create(body=troika, name="Заковский Л. М.", office="начальник УНКВД", source=source)
    put(*sentenced(3, "1938-01-09"))
    run("count_people")
    page = content(client.get("/en/operations/00447/"))
    assert "9 January 1938, Special troika of the NKVD Directorate for Leningrad Oblast: 3 people" in page.words
    assert "/en/bodies/troika-unkvd-leningrad/1938-01-09/" in page.hrefs()
    assert "Заковский Л. М. начальник УНКВД" in page.words
    assert "Limit: 1st category 10,000" in page.words and "Shot: at least 30,000" in page.words


def test_an_operation_is_explained_in_the_pages_language_each_paragraph_with_its_document_and_source(client):
    for language, begins in (("en", "On 30 July 1937"), ("ru", "30 июля 1937 года"), ("uk", "30 липня 1937 року")):
        page = content(client.get(f"{LANGUAGES[language]}operations/00447/"))
        assert f"{begins} " in page.words, language
        documents = {href.partition("#")[2]: href for href in page.hrefs() if "#" in href}
        assert documents["politburo-1937-10-15"] == "#politburo-1937-10-15"
        assert documents["kgb-1955-08-24"] == f"{LANGUAGES[language]}operations/#kgb-1955-08-24"
        every = content(client.get(f"{LANGUAGES[language]}operations/"))
        assert {"kgb-1955-08-24", "law-1991-10-18"} <= {one.get("id") for one in every.all("tr")}
    told = Operation.objects.get(code="00447").passages
    assert told.count() == 16 and not told.filter(source=None).exists()


def test_bodies_sites_and_operations_have_ukrainian_names_beside_the_original(client):
    words = content(client.get("/uk/bodies/")).words
    assert "Трійка УНКВС Омської області тройка УНКВД Омской области" in words
    assert "Трійка НКВС Комі АРСР" in words and "Особлива нарада при НКВС СРСР" in words
    assert "Трійка УНКВС Азово-Чорноморського краю" in words
    assert "Бутовський полігон" in content(client.get("/uk/execution-sites/butovo/")).words
    assert "Операція за наказом № 00447" in content(client.get("/uk/operations/")).words


def test_a_troika_whose_english_name_nobody_recorded_is_named_by_its_kind_and_region(client):
    Body.objects.filter(slug="troika-unkvd-omsk").update(name_en="")
    words = content(client.get("/en/bodies/")).words
    assert "Troika of the NKVD Directorate for Omsk Oblast" in words


def test_words_of_the_reference_data_are_told_in_the_pages_language(client):
    for language, words in (("ru", "книги памяти почти никогда"), ("uk", "книги пам’яті майже ніколи")):
        assert words in content(client.get(f"{LANGUAGES[language]}about/data/")).words
    assert "unstated" not in content(client.get("/sources/moscow/")).words
