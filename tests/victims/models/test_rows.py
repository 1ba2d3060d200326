"""The record form: what is taken, what is refused and with which words."""

import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from memorial import edtf
from tests.cast import FLORENSKY, KURBAS, SPIRIDONOVA, enter
from victims.importing.reference import load_reference
from victims.models import Case, NameForm, Revision, Sentence, Victim
from victims.models.rows import check
from victims.models.values import RecordError, iso_bounds

pytestmark = pytest.mark.django_db


def canonical(record: dict) -> dict:
    """Return a record as the log tells it."""
    victim = enter({"surname": "Курбас"} | record)
    [told] = Revision.objects.filter(victim=victim).latest("id").record["entries"]
    return {slot: value for slot, value in told["record"].items() if slot != "surname"}


def test_a_record_comes_back_as_it_was_told():
    for person in (FLORENSKY, KURBAS, SPIRIDONOVA):
        record = person["martyrology"]
        assert canonical(record) | {"surname": record["surname"]} == record


@pytest.mark.parametrize(
    ("told", "kept"),
    [
        ({"occupation": ["режиссёр"]}, {"occupation": "режиссёр"}),
        ({"occupation": ["режиссёр", "актёр"]}, {"occupation": ["режиссёр", "актёр"]}),
        ({"residence": {"place": "Харьков"}}, {"residence": "Харьков"}),
        ({"name_variants": [{"printed": "Лесь Курбас", "kind": "variant"}]}, {"name_variants": ["Лесь Курбас"]}),
        ({"birth": {"date": ["1887", "1885"], "place": "Самбор"}},
         {"birth": [{"date": "1887", "place": "Самбор"}, {"date": "1885"}]}),
        ({"birth": {"date": None, "place": None}, "death": {"date": None, "manner": None}}, {}),
        ({"arrests": [], "party": None, "sex": "", "name_variants": None}, {}),
        ({"arrests": [{"date": "1933-12-26", "case": 2}], "cases": [{"number": 2}]},
         {"arrests": [{"date": "1933-12-26", "case": 2}]}),
        ({"cases": [{"archival_file": "П-1"}]}, {"cases": [{"archival_file": "П-1", "number": 1}]}),
        ({"sentences": [{"revision": [{"term": "P3Y"}]}]}, {"sentences": [{"revision": {"term": "P3Y"}}]}),
        ({"sentences": [{"articles": [{"article": "58-10"}, "58-11"]}]},
         {"sentences": [{"articles": ["58-10", "58-11"]}]}),
        ({"relatives": ["жена", {"name": "мать", "presumed": True}]},
         {"relatives": ["жена", {"name": "мать", "presumed": True}]}),
        ({"age": 0}, {"age": 0}),
    ],
)  # fmt: skip
def test_one_thing_is_told_in_one_way(told, kept):
    assert canonical(told) == kept


@pytest.mark.parametrize(
    ("record", "message"),
    [
        ({"surnam": "Курбас"}, "surnam: is not a field of the record form"),
        ({"arrests": [{"when": "1937"}]}, r"arrests\[0\].when: is not a field of arrests; its fields: body, case"),
        ({"arrests": [{}, {"date": "5 августа"}]}, r"arrests\[1\].date: "),
        ({"arrests": ["1937"]}, "arrests: must be an object or a list of them"),
        ({"birth": {"date": "31.06.1937"}}, r"birth\[0\].date: "),
        ({"death": {"manner": "убит"}}, r"death\[0\].manner: must be one of shot, died"),
        ({"sentences": [{"kind": "10 лет"}]}, r"sentences\[0\].kind: must be one of vmn"),
        ({"sentences": [{"term": "10 лет"}]}, r"sentences\[0\].term: "),
        ({"sentences": [{"revision": {"term": "3 года"}}]}, r"sentences\[0\].*term: "),
        ({"sentences": [{"category": -1}]}, r"sentences\[0\].category: must be a whole number"),
        ({"sentences": [{"articles": [{}]}]}, r"sentences\[0\].article: is missing"),
        ({"arrests": [{"case": 0}]}, r"arrests\[0\].case: must be the number of a case"),
        ({"cases": [{"number": "один"}]}, r"cases\[0\].*number"),
        ({"cases": [{"number": 1, "note": "a"}, {"number": 1, "note": "b"}]}, r"cases\[1\].number"),
        ({"relatives": [{"presumed": "да"}]}, r"relatives\[0\].presumed: must be true or false"),
        ({"tags": [{"note": "?"}]}, r"tags\[0\].form: is missing"),
        ({"name_variants": [{"kind": "main", "surname": "Янович"}]}, r"name_variants\[\d\].kind: "),
        ({"sex": "ж"}, "sex: must be one of male, female"),
        ({"age": "50"}, "age: must be a whole number"),
        ({"completeness": "maybe"}, "completeness: must be one of complete, incomplete"),
        ({"occupation": 7}, "occupation: must be printed words"),
        ({"occupation": "a\0b"}, "occupation: must be printed words"),
        ({"surname": "К" * 201}, r"surname: must be text of at most 200 characters"),
    ],
)
def test_what_cannot_be_kept_is_refused_before_anything_is_written(record, message):
    with pytest.raises(RecordError, match=message):
        check({"given_name": "Лесь"} | record)
    with pytest.raises(RecordError, match=message):
        enter({"given_name": "Лесь"} | record)
    assert not Victim.objects.exists()


@pytest.mark.parametrize(
    ("record", "message"),
    [
        ({"cases": [{"group": "Дело, которого нет"}]}, r"cases\[0\].group: there is no group"),
        (
            {"archival_files": [{"printed": "П-1", "unit": "no-such-unit"}]},
            r"archival_files\[0\].unit: there is no",
        ),
        ({"relatives": [{"other": "00000"}]}, r"relatives\[0\].other: there is no victim"),
        ({"relatives": [{"other": 5}]}, r"relatives\[0\].other: must be a text"),
        ({"sentences": [{"operation": ["00447"]}]}, r"sentences\[0\].operation: must be a text"),
        ({"sentences": [{"operation": "00999"}]}, r"sentences\[0\].operation: there is no operation"),
    ],
)
def test_a_record_links_only_to_what_is_there(record, message):
    with pytest.raises(RecordError, match=message):
        enter({"surname": "Курбас"} | record)
    assert not Victim.objects.exists()


def test_facts_of_one_case_are_tied_together():
    victim = enter(
        {
            "surname": "Курбас",
            "cases": [{"number": 2, "archival_file": "П-1"}],
            "arrests": [{"date": "1933-12-26", "case": 1}],
            "sentences": [{"date": "1934-04-09", "case": 1}, {"date": "1937-10-09", "case": 2}],
        }
    )
    cases = {case.position: case for case in Case.objects.filter(victim=victim)}
    assert cases[2].archival_file == "П-1"
    assert victim.arrest_set.get().case == cases[1]
    assert [sentence.case for sentence in victim.sentence_set.order_by("position")] == [cases[1], cases[2]]


def test_the_printed_name_and_its_variants_are_forms_of_the_name():
    victim = enter(KURBAS["martyrology"])
    forms = NameForm.objects.filter(victim=victim).values_list("kind", "surname", "printed")
    assert list(forms.order_by("position")) == [
        ("main", "Курбас", ""), ("variant", "", "Лесь Курбас"), ("language", "", "Олександр-Зенон Курбас"),
    ]  # fmt: skip


# --- sentences: sitting, operation, and how we know ---


def sentence(**said) -> Sentence:
    return enter({"surname": "Флоренский", "sentences": [said]}).sentence_set.get()


TROIKA = "Особая тройка УНКВД Ленинградской области"


def test_a_sentence_of_a_troika_in_the_months_of_the_order_is_inferred_by_the_named_rule():
    load_reference()
    found = sentence(body=TROIKA, date="1937-11-25")
    assert (found.operation.code, found.attribution) == ("00447", "inferred")
    assert found.rule == "nkvd-troika-1937-08-05/1938-11-17"
    assert (found.sitting.body.slug, found.sitting.date.isoformat()) == ("troika-unkvd-leningrad", "1937-11-25")


@pytest.mark.parametrize(
    "said",
    [
        {"body": TROIKA, "date": "1937-08-04"},
        {"body": TROIKA, "date": "1937"},
        {"body": TROIKA},
        {"body": "Особое совещание при НКВД СССР", "date": "1937-11-25"},
        {"body": "тройка, которой нет в словаре", "date": "1937-11-25"},
        {"date": "1937-11-25"},
    ],
)
def test_no_other_sentence_is_attributed(said):
    load_reference()
    found = sentence(**said)
    assert (found.operation, found.attribution, found.rule) == (None, "unknown", "")


def test_a_printed_operation_is_taken_as_printed():
    load_reference()
    found = sentence(body=TROIKA, date="1937-11-25", operation="00447")
    assert (found.operation.code, found.attribution, found.rule) == ("00447", "printed", "")


def test_sentences_of_one_day_and_protocol_share_a_sitting():
    load_reference()
    first = sentence(body=TROIKA, date="1937-11-25", protocol="199")
    other = enter({"surname": "Курбас", "sentences": [{"body": TROIKA, "date": "1937-11-25", "protocol": "199"}]})
    assert other.sentence_set.get().sitting == first.sitting
    assert first.sitting.protocol == "199"


def test_the_number_of_the_protocol_is_kept_also_where_the_body_is_not_recognised():
    told = {"sentences": [{"body": "тройка, которой нет в словаре", "date": "1937-11-25", "protocol": "199"}]}
    assert canonical(told) == told


@given(st.dates() | st.from_regex(r"(0000|1937|1940)-[01][0-9]-[0-3][0-9]\n?", fullmatch=True))
def test_a_plain_day_bounds_itself_and_what_is_none_is_refused_as_ever(day):
    text = day.isoformat() if isinstance(day, datetime.date) else day
    try:
        expected = tuple(bound.isoformat() for bound in edtf.bounds(text))
    except edtf.EDTFError as error:
        with pytest.raises(edtf.EDTFError) as refused:
            iso_bounds(text)
        assert str(refused.value) == str(error)
    else:
        assert iso_bounds(text) == expected
