"""Bodies, sittings, regions, sites, operations and sources, over the reference data that the project ships."""

import pytest

from sources.models import Level, Source, SourceKind
from tests.cast import KURBAS, SPIRIDONOVA, enter, gather
from tests.victims.api.asking import LISTS, REFERENCE, problem, walk
from victims.models import Body, BodyMember, ExecutionSite, Limit, Operation, Region, RegionSuccession, Sentence
from victims.vocabulary import Status

pytestmark = pytest.mark.usefixtures("reference")


@pytest.mark.parametrize("place", LISTS)
def test_every_list_goes_page_by_page_without_loss(api, place):
    gather(KURBAS, status=Status.PUBLISHED)
    gather(SPIRIDONOVA, status=Status.PUBLISHED)
    whole = walk(api, f"{place}/", limit=100)
    step = 40 if len(whole) > 20 else 1
    assert whole or place == "imprisonments"
    assert walk(api, f"{place}/", limit=step) == whole
    assert len(set(whole)) == len(whole)


@pytest.mark.parametrize("place", REFERENCE)
def test_every_item_is_where_its_list_says(api, place):
    enter(KURBAS["martyrology"], status=Status.PUBLISHED)
    for item in api.get(f"{place}/", limit=3).json()["results"]:
        told = api.get(item["url"]).json()
        assert {name: told[name] for name in item} == item
    unknown = "999999999" if place == "sittings" else "nothing-like-it"
    problem(api.get(f"{place}/{unknown}/"), 404)


def test_a_fact_tells_printed_words_and_what_they_mean(api):
    victim = enter(KURBAS["martyrology"], status=Status.PUBLISHED)
    [death] = api.get("deaths/", victim=victim.public_id).json()["results"]
    assert death["burial_place"] == "Сандармох"
    assert death["meanings"]["burial_place"]["site"] == "sandarmokh"
    [sentence] = api.get("sentences/", victim=victim.public_id).json()["results"]
    assert sentence["body"] == "Особая тройка УНКВД Ленинградской области"
    meaning = sentence["meanings"]["body"]
    assert (meaning["state"], meaning["body"]) == ("recognised", body_of(sentence).slug)
    assert (sentence["attribution"], sentence["operation"]) == ("inferred", "00447")
    assert sentence["rule"] == "nkvd-troika-1937-08-05/1938-11-17"
    assert api.get(f"sittings/{sentence['sitting']}/").json()["body"] == body_of(sentence).slug
    assert api.get(sentence["url"]).json() == sentence


def body_of(sentence) -> Body:
    return Sentence.objects.get(pk=sentence["id"]).body.body


def test_a_body_has_its_members_and_the_ways_in_which_books_print_it(api):
    body = Body.objects.filter(forms__isnull=False).first()
    source = body.source
    BodyMember.objects.create(body=body, name="Заковский Л. М.", office="начальник УНКВД", source=source)
    told = api.get(f"bodies/{body.slug}/").json()
    assert [member["name"] for member in told["members"]] == ["Заковский Л. М."]
    assert all(member["source"] and member["office"] for member in told["members"])
    assert {form["text"] for form in told["forms"]} == set(body.forms.values_list("text", flat=True))


def test_a_site_has_its_figures_each_with_its_source(api):
    site = ExecutionSite.objects.filter(figures__isnull=False).first()
    told = api.get(f"execution-sites/{site.slug}/").json()
    assert told["figures"] and all(one["source"] and one["lowest"] <= one["highest"] for one in told["figures"])
    assert (told["latitude"], told["precision_km"]) == (site.latitude, site.precision_km)


def test_a_region_tells_what_it_came_from_and_what_became_of_it(api):
    change = RegionSuccession.objects.select_related("predecessor", "successor").first()
    before = api.get(f"regions/{change.predecessor.slug}/").json()
    after = api.get(f"regions/{change.successor.slug}/").json()
    assert change.successor.slug in [one["successor"] for one in before["successions"]]
    assert change.predecessor.slug in [one["predecessor"] for one in after["origins"]]
    assert Region.objects.count() == len(walk(api, "regions/", limit=100))


def test_an_operation_has_its_documents_limits_reports_and_categories(api):
    told = api.get("operations/00447/").json()
    operation = Operation.objects.get(code="00447")
    assert len(told["limits"]) == Limit.objects.filter(operation=operation).count() > 50
    assert len(told["documents"]) == operation.documents.count() > 1
    assert len(told["reports"]) == operation.reports.count() > 1
    assert [category["number"] for category in told["categories"]] == [1, 2]
    assert set(told["parts"]) == set(operation.parts.values_list("code", flat=True))
    assert told["coverage_bias"]
    for name in ("limits", "documents", "reports", "categories"):
        assert all(one["source"] for one in told[name]), name


def test_an_archival_unit_tells_its_reference_code_and_a_book_its_rights(api):
    above = None
    for level, code in ((Level.REPOSITORY, ""), (Level.FONDS, "10035"), (Level.OPIS, "1"), (Level.DELO, "П-1234")):
        columns = {"title": "ГАРФ" if above is None else str(level), "code": code, "level": str(level)}
        kind = str(SourceKind.ARCHIVAL_UNIT)
        above = Source.objects.create(slug=f"garf-{level}", kind=kind, parent=above, **columns)
    told = api.get("sources/garf-delo/").json()
    assert told["reference_code"] == "ГАРФ. Ф. 10035. Оп. 1. Д. П-1234"
    assert (told["level"], told["parent"]) == ("delo", "garf-opis")
    assert api.ids("sources/", parent="garf-opis") == ["garf-delo"]
    others = [one for one in api.get("sources/", limit=100).json()["results"] if one["kind"] != "archival_unit"]
    assert others and all(one["reference_code"] is None for one in others)
    assert any(one["rights"] for one in others)
