"""The list of people by filters, over the reference data."""

import pytest

from tests.cast import FLORENSKY, KURBAS, MANDELSTAM, SPIRIDONOVA, gather
from tests.victims.views.pages import LIST, asked, content, found, names
from victims.filters import VictimFilterSet
from victims.models import Victim
from victims.vocabulary import Status

pytestmark = pytest.mark.django_db


def test_filters_are_offered_in_groups_and_every_parameter_has_a_field(client, reference):
    page = content(asked(client))
    fields = {field["name"] for tag in ("input", "select") for field in page.all(tag)}
    assert fields == {*VictimFilterSet.base_filters, "q"}
    labels = {label["for"] for label in page.all("label")}
    assert {field["id"] for tag in ("input", "select") for field in page.all(tag)} == labels
    assert len(page.all("fieldset")) == len(page.all("legend")) == 6


def test_filters_keep_their_values_and_are_told_as_chips(client, reference):
    answer = asked(client, surname="Флоренский", manner="shot", operation="00447", death="1937-12")
    page = content(answer)
    assert len(found(answer)) == 1
    assert "open" not in page.all("details")[0]  # the people come first, the chips tell the filters
    values = {field["name"]: field["value"] for field in page.all("input")}
    assert (values["surname"], values["death"]) == ("Флоренский", "December 1937")
    chosen = [option["value"] for option in page.all("option") if "selected" in option]
    assert sorted(chosen) == ["00447", "shot"]
    for words in ("Operation: Kulak operation", "Manner of death: shot", "Date of death: December 1937"):
        assert f"Remove the filter {words} ×" in page.words


def test_a_chip_takes_its_filter_away_and_keeps_the_others(client, reference):
    page = content(asked(client, "флоренский", manner="shot", death="1937"))
    links = [href for href in page.hrefs() if href.startswith(LIST + "?")]
    assert {("manner" in href, "death" in href) for href in links} == {(True, False), (False, True)}
    assert all("q=" in href for href in links)


def test_a_code_that_a_link_has_set_is_shown_by_its_name(client, reference):
    page = content(asked(client, nationality="polish", at="/uk/victims/"))
    assert "поляк" in page.words and "polish" not in page.words
    assert [option["value"] for option in page.all("option") if option["value"] == "polish"] == ["polish"]
    typed = content(asked(client, nationality="поляк", at="/uk/victims/"))
    assert [field["value"] for field in typed.all("input") if field["name"] == "nationality"] == ["поляк"]


def test_filters_find_whom_they_should(client, reference):
    for person in (FLORENSKY, MANDELSTAM, KURBAS, SPIRIDONOVA):
        gather(person, status=Status.PUBLISHED)
    assert names(asked(client, source="martyrology", kind="prison")) == ["Спиридонова Мария Александровна"]
    assert names(asked(client, source="martyrology", sex="female")) == ["Спиридонова Мария Александровна"]
    assert names(asked(client, source="martyrology", site="sandarmokh")) == ["Курбас Александр Степанович"]
    assert Victim.objects.count() > 4
