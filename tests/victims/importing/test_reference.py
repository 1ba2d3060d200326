"""The reference data: what fixtures/ tell is in the database once, each figure with its source."""

from datetime import date

import pytest
from django.db.models import Sum

from sources.models import Source
from tests.telling import everything, told
from victims.importing.reference import facts, load_reference
from victims.models import (
    Arrest,
    Body,
    BodyMember,
    Death,
    Document,
    Entry,
    ExecutionSite,
    Limit,
    OfficialNotice,
    Operation,
    Place,
    PrintedForm,
    Region,
    RegionSuccession,
    Report,
    Revision,
    Sentence,
    Sitting,
    Victim,
)
from victims.models.checking import differences
from victims.models.record import Change, EntryInput, write
from victims.search import search
from victims.vocabulary import RULE_TROIKA_1937, RevisionKind

pytestmark = pytest.mark.usefixtures("reference")
WERTH, ORDER, LETTER = "werth-2010", "order-00447", "khrushchev-1937-07-10"
SURNAMES = {
    "Флоренский",
    "Мандельштам",
    "Бабель",
    "Мейерхольд",
    "Вавилов",
    "Шпет",
    "Клюев",
    "Чичагов",
    "Курбас",
    "Зеров",
    "Кулиш",
    "Подмогильный",
    "Петровых",
    "Чаянов",
    "Спиридонова",
    "Гримблит",
    "Гинзбург",
}


def person(surname) -> Victim:
    return Victim.objects.get(surname=surname)


def limits(**where) -> list[tuple]:
    rows = Limit.objects.filter(**where).order_by("source__slug", "category")
    return list(rows.values_list("source__slug", "category", "requested", "approved"))


# --- loading -------------------------------------------------------------------------------------------


def test_a_second_run_changes_nothing():
    before = everything()
    counts = load_reference()
    assert (counts["changed"], counts["persons"]) == (0, 0)
    assert counts["unchanged"] > 300
    assert everything() == before


def test_all_is_consistent():
    assert list(differences()) == []


def test_a_row_changed_by_hand_is_mended_with_a_revision():
    limit = Limit.objects.filter(region__slug="moscow-oblast", category=1, source__slug=ORDER)
    limit.update(approved=5001)
    assert load_reference()["changed"] == 1
    assert limit.get().approved == 5000
    last = Revision.objects.last()
    [change] = last.record["changes"]
    assert (last.kind, change["model"]) == (RevisionKind.REFERENCE, "Limit")
    assert (change["before"]["approved"], change["after"]["approved"]) == (5001, 5000)
    assert list(differences()) == []


def test_a_form_that_lost_its_meaning_gets_it_back():
    Place.objects.filter(text="Бутово").update(site=None, state="unrecognised")
    assert load_reference()["changed"] == 1
    assert Place.objects.get(text="Бутово").site.slug == "butovo"


def test_a_deleted_row_is_made_again():
    Region.objects.filter(slug="moscow").update(note="kept")
    Report.objects.all().delete()
    assert load_reference()["changed"] == 6
    assert Report.objects.count() == 6
    assert Region.objects.get(slug="moscow").note == "kept"


def test_a_person_whom_the_fixture_tells_otherwise_becomes_a_new_version():
    entry = Entry.objects.get(victim=person("Бабель"))
    other = {**entry.reading, "occupation": "драматург"}
    write(Change(put=[EntryInput(entry.source, entry.item_key, other)]), kind=RevisionKind.EDIT)
    victim = person("Бабель")
    load_reference()
    mended = person("Бабель")
    assert (str(victim.occupation), str(mended.occupation)) == ("драматург", "писатель")
    assert mended.revision == victim.revision + 1
    assert Revision.objects.filter(victim=mended).last().kind == RevisionKind.REFERENCE
    assert [version.reading["occupation"] for version in entry.versions.all()] == ["писатель", "драматург"]
    assert list(differences()) == []


def test_everything_has_a_source():
    for model in (Limit, Report, Document, Operation, ExecutionSite, RegionSuccession, Body):
        assert set(model.objects.values_list("source__slug", flat=True)) <= {
            "werth-2010", "order-00447", "reference-works", LETTER,
        }  # fmt: skip
    assert Source.objects.exclude(coverage_bias="").values_list("slug", flat=True)[:].count() == 3


# --- the order and its figures -------------------------------------------------------------------------


def test_the_orders_table_has_65_units_and_its_own_sums():
    rows = Limit.objects.filter(source__slug=ORDER, document__slug=ORDER)
    assert rows.values("region").distinct().count() == 65
    sums = {number: rows.filter(category=number).aggregate(sum=Sum("approved"))["sum"] for number in (1, 2)}
    assert sums == {1: 75_950, 2: 193_000}
    assert rows.filter(category=1).count() == 65
    assert rows.exclude(region__kind="camps").filter(category=2).count() == 64
    assert set(rows.values_list("date", "approved_by", "requested")) == {
        ("1937-07-30", "Ежов Николай Иванович", None)
    }


@pytest.mark.parametrize(
    ("slug", "first", "second"),
    [
        ("moscow-oblast", 5000, 30000),
        ("west-siberian-krai", 5000, 12000),
        ("leningrad-oblast", 4000, 10000),
        ("kirghiz-ssr", 250, 500),
        ("moldavian-assr", 200, 500),
    ],
)
def test_limits_of_the_order_by_region(slug, first, second):
    assert limits(region__slug=slug, document__slug=ORDER) == [
        (ORDER, 1, None, first),
        (ORDER, 2, None, second),
    ]


def test_the_camps_have_a_first_category_only():
    assert limits(region__slug="nkvd-camps", source__slug=ORDER) == [(ORDER, 1, None, 10_000)]


def test_werths_rounded_figures_stand_beside_the_table():
    assert limits(scope="USSR", document__slug=ORDER) in (
        [(WERTH, 1, None, 76_000), (WERTH, None, None, 269_100)],
        [(WERTH, None, None, 269_100), (WERTH, 1, None, 76_000)],
    )
    for limit in Limit.objects.filter(scope="USSR", document__slug=ORDER):
        assert "268,950" in limit.note


@pytest.mark.parametrize(
    ("date_text", "first", "second", "region", "scope"),
    [
        ("", 4_000, 4_500, "altai-krai", ""),
        ("1937-10-15", 63_000, 57_000, None, "regions of the USSR"),
        ("1938-01-31", 48_000, 9_200, None, "regions of the USSR"),
    ],
)
def test_supplements_of_the_politburo(date_text, first, second, region, scope):
    rows = Limit.objects.filter(document__kind="resolution", date=date_text).order_by("category")
    assert list(rows.values_list("category", "approved", "region__slug", "scope", "source__slug")) == [
        (1, first, region, scope, WERTH),
        (2, second, region, scope, WERTH),
    ]
    assert rows[0].document.date == date_text
    assert rows[0].note


def test_three_reports_and_one_estimate():
    of_order = Report.objects.filter(operation__code="00447").order_by("as_of_earliest")
    reports = of_order.filter(author="")
    assert list(reports.values_list("as_of", "arrested", "condemned", "executed_from", "executed_to")) == [
        (row["as_of"], row["arrested"], row["condemned"], row["executed"], row["executed"])
        for row in facts("operation_00447.json")["reports"]
    ]
    assert reports.count() == 3
    assert reports[0].condemned == 143_000
    estimate = of_order.exclude(author="").get()
    assert (estimate.executed_from, estimate.executed_to, estimate.derived) == (437_000, 445_000, False)
    assert {report.source.slug for report in of_order} == {WERTH}


def test_the_camps_are_a_sub_operation_with_a_derived_number():
    camps = Operation.objects.get(parent__code="00447")
    assert (camps.code, camps.period) == ("00447-camps", "1938-03/1938-04")
    assert limits(operation=camps) == [(WERTH, 1, None, 10_000)]
    report = camps.reports.get()
    assert (report.executed_from, report.executed_to, report.derived) == (30_000, None, True)
    assert "three times" in report.note


def test_khrushchevs_two_sets_of_figures_each_have_their_source():
    asked = limits(region__slug="moscow-oblast", document__slug=LETTER)
    assert sorted(asked, key=str) == sorted(
        [
            (WERTH, 1, 8_000, None),
            (WERTH, 2, 31_305, None),
            (WERTH, None, 41_305, None),
            (LETTER, 1, 8_500, None),
            (LETTER, 2, 32_805, None),
        ],
        key=str,
    )
    assert {limit.date for limit in Limit.objects.filter(document__slug=LETTER)} == {"1937-07-10"}


def test_all_of_the_terror_is_told_apart_from_the_operation():
    whole = Report.objects.get(operation=None)
    assert (whole.condemned, whole.executed_from, whole.sent_to_camps) == (1_550_000, 800_000, 750_000)


def test_the_operation_its_categories_and_groups():
    operation = Operation.objects.get(code="00447")
    assert (operation.period, operation.planned_duration) == ("1937-08-05/1938-11-17", "P4M")
    assert "Kulak operation" in operation.other_names
    assert list(operation.categories.order_by("number").values_list("number", flat=True)) == [1, 2]
    assert operation.target_groups.count() == 3
    assert "criminal" in operation.coverage_bias


def test_documents_are_dated_and_told_of_which_operation():
    found = {slug: (kind, text) for slug, kind, text in Document.objects.values_list("slug", "kind", "date")}
    assert found == {
        "order-00447": ("order", "1937-07-30"),
        "politburo-altai": ("resolution", ""),
        "politburo-1937-10-15": ("resolution", "1937-10-15"),
        "politburo-1938-01-31": ("resolution", "1938-01-31"),
        "ogpu-order-44-21": ("order", "1930-02-01"),
        "stalin-1937-07-02": ("letter", "1937-07-02"),
        LETTER: ("letter", "1937-07-10"),
        "secrecy-1937-08-04": ("instruction", "1937-08-04"),
        "kgb-1955-08-24": ("instruction", "1955-08-24"),
        "decree-1989-01-16": ("law", "1989-01-16"),
        "law-1991-10-18": ("law", "1991-10-18"),
    }
    assert Document.objects.get(slug="ogpu-order-44-21").figures["deported"] == 2_200_000
    assert Document.objects.get(slug="kgb-1955-08-24").operation is None


# --- regions, sites, bodies ----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("predecessor", "day", "successors"),
    [
        ("west-siberian-krai", "1937-09-28", {("novosibirsk-oblast", "split"), ("altai-krai", "split")}),
        ("azov-black-sea-krai", "1937-09-13", {("rostov-oblast", "split"), ("krasnodar-krai", "split")}),
        ("western-oblast", "1937-09-27", {("smolensk-oblast", "split"), ("orel-oblast", "split")}),
        ("kursk-oblast", "1937-09-27", {("orel-oblast", "part")}),
        ("moscow-oblast", "1937-09-26", {("tula-oblast", "part"), ("ryazan-oblast", "part")}),
        ("far-eastern-krai", "1938-10-20", {("khabarovsk-krai", "split"), ("maritime-krai", "split")}),
    ],
)
def test_what_became_of_a_region(predecessor, day, successors):
    rows = RegionSuccession.objects.filter(predecessor__slug=predecessor)
    assert set(rows.values_list("successor__slug", "relation")) == successors
    assert set(rows.values_list("date", flat=True)) == {day}


def test_regions_know_when_they_began_and_ended():
    krai, oblast = (Region.objects.get(slug=slug) for slug in ("west-siberian-krai", "novosibirsk-oblast"))
    assert (krai.formed, krai.abolished) == ("", "1937-09-28")
    assert (oblast.formed, oblast.abolished) == ("1937-09-28", "")
    assert Region.objects.get(slug="moscow-oblast").abolished == ""
    assert RegionSuccession.objects.count() == 24


def test_21_sites_and_where_they_lie():
    assert ExecutionSite.objects.count() == 21
    butovo = ExecutionSite.objects.get(slug="butovo")
    assert (butovo.shooting, butovo.burial, butovo.region.slug) == ("yes", "yes", "moscow-oblast")
    assert (butovo.latitude, butovo.longitude, butovo.precision_km) == (55.533, 37.596, 0.5)
    assert butovo.period == "1937-08-08/1938-10-19"


def test_figures_that_disagree_stand_side_by_side():
    butovo = ExecutionSite.objects.get(slug="butovo")
    figures = butovo.figures.order_by("-highest").values_list("lowest", "highest", "source__slug")
    assert list(figures) == [(20_765, 20_765, WERTH), (20_760, 20_762, "reference-works")]
    with_figures = ExecutionSite.objects.filter(figures__isnull=False).distinct()
    assert set(with_figures.values_list("slug", flat=True)) == {"butovo", "vinnytsia", "chon-tash"}


def test_a_disputed_shooting_is_told_as_disputed():
    kommunarka = ExecutionSite.objects.get(slug="kommunarka")
    assert (kommunarka.shooting, kommunarka.burial) == ("disputed", "yes")
    assert ExecutionSite.objects.filter(shooting="disputed").count() == 1
    assert ExecutionSite.objects.get(slug="levashovo").shooting == "unknown"


def test_a_site_whose_region_is_worded_with_the_present_one_has_the_region_of_the_time():
    site = ExecutionSite.objects.get(slug="katyn")
    assert (site.region.slug, site.region_printed) == ("western-oblast", "Западная область (ныне Смоленская)")


def test_bodies_are_known_by_their_printed_forms():
    # Known persons name 16; the table of order 00447 has 61 units more, each with its troika.
    assert Body.objects.count() == 16 + 61
    for body in Body.objects.all():
        form = PrintedForm.objects.get(kind="body", text=body.name_ru)
        assert (form.body, form.state) == (body, "recognised")
    kinds = dict(Body.objects.values_list("slug", "kind"))
    troikas = Body.objects.filter(kind="troika")
    units = Limit.objects.filter(document__slug="order-00447", region__isnull=False).exclude(region__kind="camps")
    in_the_order = set(units.values_list("region", flat=True))
    assert len(in_the_order) == 64
    novosibirsk = Region.objects.get(slug="novosibirsk-oblast").pk  # formed later
    assert {body.region_id for body in troikas} == in_the_order | {novosibirsk}
    assert troikas.count() == 65
    assert kinds["troika-pp-ogpu-moscow"] == kinds["troika-gpu-ukraine"] == "ogpu_troika"


def test_compositions_are_not_guessed():
    assert BodyMember.objects.count() == 0


# --- persons -------------------------------------------------------------------------------------------


def test_the_seventeen_known_persons_are_published_and_lived():
    assert set(Victim.objects.values_list("surname", flat=True)) == SURNAMES
    assert set(Victim.objects.values_list("status", "synthetic")) == {("published", False)}
    assert set(Entry.objects.values_list("source__slug", "synthetic")) == {("reference-works", False)}


def names() -> list[tuple]:
    persons = facts("known_persons.json")["persons"]
    written = [(f"{who['surname']} {who['given_name']} {who['patronymic']}", who["surname"]) for who in persons]
    return written + [(variant, who["surname"]) for who in persons for variant in who["name_variants"]]


@pytest.mark.parametrize(("typed", "surname"), names())
def test_each_is_found_by_every_form_of_the_name(typed, surname):
    assert surname in [hit.victim.surname for hit in search(typed).hits]


def test_dates_are_kept_in_both_styles():
    victim = person("Флоренский")
    assert victim.birth == "1882-01-21"
    assert told(victim)[0]["birth"]["date_old_style"] == "1882-01-09"
    assert person("Клюев").death == "1937-10-23/1937-10-25"
    assert (person("Клюев").death_earliest, person("Клюев").death_latest) == (
        date(1937, 10, 23),
        date(1937, 10, 25),
    )


def test_what_the_state_told_the_family_is_apart_from_the_death():
    notices = {
        notice.victim.surname: notice.told_date for notice in OfficialNotice.objects.select_related("victim")
    }
    assert notices == {
        "Флоренский": "1943-12-15",
        "Бабель": "1941-03-17",
        "Мейерхольд": "1942-03-17",
        "Чаянов": "1939-03-20",
    }
    deaths = dict(Death.objects.values_list("victim__surname", "date"))
    assert len(deaths) == Death.objects.count() == 17
    assert (deaths["Флоренский"], deaths["Бабель"]) == ("1937-12-08", "1940-01-27")
    assert {person(surname).death for surname in notices}.isdisjoint(notices.values())


def test_completeness_is_told_as_it_is():
    complete = Entry.objects.filter(completeness="complete").values_list("victim__surname", flat=True)
    assert set(complete) == {"Бабель", "Мейерхольд", "Курбас", "Зеров", "Кулиш", "Подмогильный"}
    assert Entry.objects.filter(completeness="incomplete").count() == 11
    petrovykh = told(person("Петровых"))[0]
    assert petrovykh["completeness"] == "incomplete"
    assert "arrests" not in petrovykh
    assert "rehabilitations" not in petrovykh


def test_cases_tie_arrest_sentence_and_rehabilitation_where_the_source_does():
    cases = {
        (sentence.date, sentence.case.position if sentence.case else None)
        for sentence in Sentence.objects.filter(victim=person("Флоренский"))
    }
    assert cases == {("1928", 1), ("1933-07-26", 2), ("1937-11-25", 3)}
    arrests = Arrest.objects.filter(victim=person("Флоренский"))
    assert [arrest.case.position for arrest in arrests] == [1, 2]
    record = told(person("Мандельштам"))[0]
    assert [rehabilitation.get("case") for rehabilitation in record["rehabilitations"]] == [None, None]


def test_a_commuted_sentence_keeps_what_it_was():
    [sentence] = Sentence.objects.filter(victim=person("Вавилов"))
    [revision] = sentence.revisions.all()
    assert (sentence.kind, sentence.term) == ("vmn", "")
    assert (revision.date, revision.kind, revision.term) == ("1942-06-23", "camp", "P20Y")


def test_sentences_of_troikas_of_1937_are_attributed_by_the_named_rule_and_no_others():
    inferred = Sentence.objects.filter(attribution="inferred")
    assert set(inferred.values_list("victim__surname", "date")) == {
        ("Флоренский", "1937-11-25"),
        ("Шпет", "1937-11-09"),
        ("Клюев", "1937-10-13"),
        ("Чичагов", "1937-12-07"),
        ("Курбас", "1937-10-09"),
        ("Зеров", "1937-10-09"),
        ("Кулиш", "1937-10-09"),
        ("Подмогильный", "1937-10-09"),
        ("Петровых", "1937-11-19"),
        ("Гримблит", "1937-09"),
    }
    assert set(inferred.values_list("operation__code", "rule")) == {("00447", RULE_TROIKA_1937)}
    others = Sentence.objects.exclude(attribution="inferred")
    assert set(others.values_list("attribution", "operation", "rule")) == {("unknown", None, "")}
    assert {"military_collegium", "ogpu_troika", "ogpu_collegium", "special_council", "tribunal"} <= set(
        others.values_list("body__body__kind", flat=True)
    )


def test_those_sentenced_by_one_troika_on_one_day_share_a_sitting():
    sitting = Sitting.objects.get(body__slug="troika-unkvd-leningrad", date=date(1937, 10, 9))
    assert set(sitting.sentences.values_list("victim__surname", flat=True)) == {
        "Курбас",
        "Зеров",
        "Кулиш",
        "Подмогильный",
    }
    assert Sentence.objects.get(victim=person("Гримблит")).sitting is None  # only the month is known


def test_printed_places_mean_their_sites():
    found = {
        victim.surname: victim.burial_place.site.slug
        for victim in Victim.objects.exclude(burial_place=None).select_related("burial_place__site")
    }
    assert found == {
        "Бабель": "donskoe",
        "Мейерхольд": "donskoe",
        "Шпет": "tomsk-kashtak",
        "Клюев": "tomsk-kashtak",
        "Чичагов": "butovo",
        "Курбас": "sandarmokh",
        "Зеров": "sandarmokh",
        "Кулиш": "sandarmokh",
        "Подмогильный": "sandarmokh",
        "Петровых": "lisya-balka",
        "Спиридонова": "medvedevsky-les",
        "Гримблит": "butovo",
    }
