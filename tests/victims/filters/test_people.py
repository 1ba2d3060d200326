"""Parameters of questions: whom each finds, and that none is ever ignored."""

import pytest
from django.http import QueryDict
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests import telling
from tests.cast import FLORENSKY, KURBAS, MANDELSTAM, SPIRIDONOVA, enter
from victims.filters import VictimFilterSet
from victims.importing.reference import load_reference
from victims.models import Place, Region, Victim
from victims.search import Filters, search
from victims.vocabulary import FormState, Status

pytestmark = pytest.mark.django_db


@pytest.fixture
def cast():
    for person in (FLORENSKY, KURBAS, MANDELSTAM, SPIRIDONOVA):
        enter(person["martyrology"], status=Status.PUBLISHED)
    telling.put({"surname": "Вымышленный", "birth": {"date": "1900"}}, synthetic=True)


def found(query: str) -> list[str]:
    filterset = VictimFilterSet(QueryDict(query), Victim.objects.published())
    assert filterset.complaints() == {}
    return sorted(filterset.qs.values_list("surname", flat=True))


def complaints(query: str, **more) -> dict:
    return VictimFilterSet(QueryDict(query), Victim.objects.all(), **more).complaints()


@pytest.mark.parametrize(
    ("query", "people"),
    [
        ("", ["Вымышленный", "Курбас", "Мандельштам", "Спиридонова", "Флоренский"]),
        ("surname=курбас", ["Курбас"]),
        ("given_name=ИОСИФ", ["Мандельштам"]),  # a variant of the name
        ("patronymic=александрович&sex=male", ["Флоренский"]),
        ("birth=1882", ["Флоренский"]),
        ("birth=1880/1889", ["Курбас", "Спиридонова", "Флоренский"]),
        ("birth=../1883", ["Флоренский"]),
        ("birth_place=ВАРШАВА", ["Мандельштам"]),
        ("birth_place=губерния евлаха", ["Флоренский"]),
        ("nationality=русская", ["Спиридонова"]),
        ("nationality=ukrainian", ["Курбас"]),  # the code of all words that mean it
        ("social_origin=дворян", ["Спиридонова"]),
        ("party=эсерка", ["Спиридонова"]),
        ("occupation=поэт", ["Мандельштам"]),
        ("arrest=1933", ["Флоренский"]),
        ("sentence=1937-10/1937-11", ["Курбас", "Флоренский"]),
        ("kind=camp", ["Мандельштам", "Флоренский"]),
        ("kind=camp&sentence=1938", ["Мандельштам"]),
        ("kind=vmn&sentence=1938", []),  # not the same sentence: her death sentence is of 1941
        ("death=1937-12", ["Флоренский"]),
        ("manner=died", ["Мандельштам"]),
        ("burial_place=сандармох", ["Курбас"]),
        ("rehabilitation=1957/1958", ["Курбас", "Флоренский"]),
        ("synthetic=true", ["Вымышленный"]),
        ("synthetic=false&birth=1900", []),
        ("source=martyrology&birth=1891", ["Мандельштам"]),
    ],
)
def test_a_parameter_finds_those_of_whom_it_is_told(cast, query, people):
    assert found(query) == people


def test_what_is_recognised_is_found_by_body_site_region_and_operation():
    load_reference()
    buried = ["Зеров", "Кулиш", "Курбас", "Подмогильный"]
    assert found("site=sandarmokh&death=1937-11-03") == buried
    assert found("burial_place=Сандармох&death=1937-11-03") == buried
    assert found("region=karelian-assr&death=1937-11-03") == buried
    assert found("body=oso-nkvd") == ["Мандельштам", "Шпет"]
    assert {"Мандельштам", "Шпет"} <= set(found("body_kind=special_council"))
    telling.put({"surname": "Иванов", "sentences": [{"operation": "00447", "kind": "vmn"}]})
    assert found("operation=00447&attribution=printed") == ["Иванов"]


@pytest.mark.parametrize("query", ["Выдумов", "Vydumov Les", "Выдомов"])
def test_people_of_a_name_are_found_by_the_region_of_whatever_is_told_of_them(query):
    load_reference()
    told = {
        "birth": {"birth": {"place": "г. Петрозаводск"}},
        "residence": {"residence": {"place": "г. Петрозаводск"}},
        "death": {"death": {"place": "г. Петрозаводск"}},
        "burial": {"death": {"burial_place": "Сандармох"}},
        "elsewhere": {"birth": {"place": "г. Самбор"}},
    }
    people = telling.put(*(telling.name("Выдумов", "Александр", **record) for record in told.values()))
    region, recognised = Region.objects.get(slug="karelian-assr"), str(FormState.RECOGNISED)
    Place.objects.filter(text="г. Петрозаводск").update(region=region, state=recognised)
    given = QueryDict(f"region={region.slug}&q={query}")
    asked = VictimFilterSet(given, Victim.objects.published(), beside=("q",))
    assert asked.complaints() == {}
    hits = search(query, Filters(people=asked.qs)).hits
    assert {hit.victim.pk for hit in hits} == {victim.pk for victim in people[:-1]}


def test_a_sentence_is_found_by_its_article():
    telling.put({"surname": "Один", "sentences": [{"articles": ["58-10", "58-11"]}]}, {"surname": "Два"})
    assert found("article=58-11") == ["Один"]
    assert found("article=58-1") == []


@pytest.mark.parametrize(
    ("query", "name"),
    [
        ("birht=1897", "birht"),
        ("birth=31.06.1937", "birth"),
        ("birth=1937-13", "birth"),
        ("sex=x", "sex"),
        ("synthetic=maybe", "synthetic"),
        ("body=nobody", "body"),
        ("operation=1", "operation"),
        ("kind=vmn&kind=camp", "kind"),
        ("surname=" + "а" * 201, "surname"),
        ("surname=%00", "surname"),
        ("q=x", "q"),
    ],
)
def test_what_cannot_be_answered_is_named(query, name):
    [complained] = complaints(query)
    assert complained == name


def test_the_page_says_which_parameters_it_reads_itself():
    assert complaints("q=x&cursor=1", beside=("q", "cursor")) == {}


def test_an_empty_parameter_asks_nothing(cast):
    assert len(found("surname=&birth=&kind=&synthetic=")) == 5


names = st.sampled_from([*VictimFilterSet.base_filters, "x"])


@given(st.lists(st.tuples(names, st.text(max_size=30)), max_size=4))
@settings(max_examples=80, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_any_question_is_answered_or_refused(pairs):
    data = QueryDict(mutable=True)
    for name, value in pairs:
        data.appendlist(name, value)
    filterset = VictimFilterSet(data, Victim.objects.published())
    if not filterset.complaints():
        list(filterset.qs[:1])
