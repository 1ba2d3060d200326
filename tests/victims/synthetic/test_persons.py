"""The generator of synthetic persons: deterministic, coherent, covered by its vocabulary, in proportion."""

import os
import subprocess
import sys
from collections import Counter
from itertools import islice
from pathlib import Path

import pytest

import victims
from memorial import edtf
from victims.synthetic import Synthetic, persons, vocabulary

MANY = 6000


@pytest.fixture(scope="module")
def people() -> list[Synthetic]:
    return list(persons(MANY, seed=11))


@pytest.fixture(scope="module")
def records(people) -> list[dict]:
    return [person.record for person in people]


def _dates(record):
    yield record["birth"]["date"]
    yield record["death"]["date"]
    for kind in ("arrests", "sentences", "rehabilitations"):
        for fact in record[kind]:
            yield fact["date"]


def _printed(record):
    """Yield every value that must stand in the text as printed."""
    plain = "surname given_name patronymic nationality social_origin education party occupation residence".split()
    yield from (record[name] for name in plain)
    yield from record["name_variants"]
    yield record["birth"]["place"]
    yield record["death"]["burial_place"]
    for kind in ("arrests", "sentences", "rehabilitations"):
        for fact in record[kind]:
            yield fact["body"]
    for sentence in record["sentences"]:
        yield sentence["charge"]
        yield sentence["verdict"]
        yield from sentence["articles"]


def test_it_gives_the_same_persons_again():
    assert list(persons(1500, seed=3)) == list(persons(1500, seed=3))


def test_another_process_gives_the_same_persons():
    code = "from victims.synthetic import persons; print([p.text for p in persons(20, seed=3)] )"
    runs = {
        subprocess.run(
            [sys.executable, "-c", code],
            env={**os.environ, "PYTHONHASHSEED": hash_seed, "PYTHONIOENCODING": "utf-8"},
            cwd=Path(victims.__file__).parents[1],
            capture_output=True,
            check=True,
        ).stdout
        for hash_seed in ("1", "2")
    }
    assert len(runs) == 1


def test_another_seed_gives_other_persons():
    assert [p.text for p in persons(50, seed=1)] != [p.text for p in persons(50, seed=2)]


@pytest.mark.parametrize(("start", "n"), [(0, 1000), (1000, 1000), (2000, 500), (1234, 700), (990, 20), (5, 0)])
def test_a_slice_equals_the_part_of_the_whole(start, n):
    whole = list(islice(persons(3000, seed=5), start, start + n))
    assert list(persons(n, seed=5, start=start)) == whole


def test_keys_are_numbered(people):
    assert [person.item_key for person in people] == [f"s11-{index}" for index in range(MANY)]


def test_every_date_is_edtf(records):
    assert all(edtf.is_valid(date) for record in records for date in _dates(record) if date)


def test_every_value_stands_in_the_text(people):
    for person in people:
        missing = [value for value in _printed(person.record) if value and value not in person.text]
        assert not missing, person


def test_the_year_of_every_date_stands_in_the_text(people):
    for person in people:
        for date in filter(None, _dates(person.record)):
            assert edtf.bounds(date)[1].strftime("%Y") in person.text


def _earliest(date):
    return edtf.bounds(date)[0] if date else None


def _latest(date):
    return edtf.bounds(date)[1] if date else None


def test_life_runs_forward(people):
    for person in people:
        record = person.record
        arrests = [fact["date"] for fact in record["arrests"]]
        sentences = [fact["date"] for fact in record["sentences"][-1:]]
        rehabilitations = [fact["date"] for fact in record["rehabilitations"]]
        chain = [record["birth"]["date"], *arrests, *sentences, record["death"]["date"], *rehabilitations]
        chain = [date for date in chain if date]
        for number, later in enumerate(chain):
            assert all(_earliest(earlier) <= _latest(later) for earlier in chain[:number]), person


def test_those_arrested_are_grown(records):
    for record in records:
        if record["arrests"] and record["birth"]["date"]:
            born, arrested = _earliest(record["birth"]["date"]), _latest(record["arrests"][0]["date"])
            assert 16 <= arrested.year - born.year <= 106


def test_grammar_follows_the_gender(people):
    for person in people:
        female = person.record["sex"] == "female"
        words = person.text.replace(".", " ").replace(":", " ").replace(",", " ").replace("\n", " ").split()
        mens, womens = (
            {
                "Родился",
                "Арестован",
                "Приговорен",
                "Расстрелян",
                "Реабилитирован",
                "Проживал",
                "уроженец",
                "житель",
            },
            {
                "Родилась",
                "Арестована",
                "Приговорена",
                "Расстреляна",
                "Реабилитирована",
                "Проживала",
                "уроженка",
                "жительница",
            },
        )
        assert not (mens if female else womens) & set(words), person.text
        patronymic = person.record["patronymic"]
        if patronymic and patronymic.endswith(("вич", "вна")):
            assert patronymic.endswith("вна") == female


def test_womens_surnames_have_the_womans_form(records):
    for record in records:
        surname = record["surname"].lower()
        if record["nationality"] in ("русская", "украинка"):
            assert not surname.endswith(("ов", "ев", "ский", "цкий")), record
        if record["nationality"] in ("русский", "украинец") and len(surname) > 5:  # Рева is a man's name too
            assert not surname.endswith(("ова", "ева", "ская", "цкая")), record


def test_vocabulary_covers_everything_printed(records):
    known = {kind: set(forms) for kind, forms in vocabulary().items()}
    for record in records:
        for kind in (
            "nationality",
            "education",
            "party",
            "occupation",
            "social_origin",
            "patronymic",
            "given_name",
        ):
            assert record[kind] is None or record[kind] in known[kind]
        assert {record["surname"], *record["name_variants"]} <= known["surname"]
        places = {record["birth"]["place"], record["residence"], record["death"]["burial_place"]} - {None}
        assert places <= known["place"], places - known["place"]
        for kind in ("arrests", "sentences", "rehabilitations"):
            assert {fact["body"] for fact in record[kind]} - {None} <= known["body"]
        assert {number for fact in record["sentences"] for number in fact["articles"]} <= known["article"]


def test_vocabulary_is_of_the_promised_size():
    sizes = {kind: len(forms) for kind, forms in vocabulary().items()}
    assert 20_000 <= sizes["place"] <= 60_000
    assert 300 <= sizes["occupation"] <= 1000
    assert sizes["surname"] > 100_000


def _share(records, test) -> float:
    return sum(map(bool, map(test, records))) / len(records)


@pytest.mark.parametrize(
    ("what", "low", "high", "test"),
    [
        ("women", 0.05, 0.09, lambda r: r["sex"] == "female"),
        ("Russians", 0.5, 0.6, lambda r: r["nationality"] in ("русский", "русская")),
        ("Ukrainians", 0.1, 0.14, lambda r: r["nationality"] in ("украинец", "украинка")),
        ("Poles", 0.035, 0.075, lambda r: r["nationality"] in ("поляк", "полька")),
        ("no surname variant", 0.96, 0.99, lambda r: not r["name_variants"]),
        ("shot", 0.3, 0.45, lambda r: r["death"]["manner"] == "shot"),
        ("rehabilitated", 0.72, 0.9, lambda r: r["rehabilitations"]),
        ("no patronymic", 0.03, 0.1, lambda r: not r["patronymic"]),
        ("no occupation", 0.02, 0.05, lambda r: not r["occupation"]),
        ("unknown birth", 0.01, 0.04, lambda r: not r["birth"]["date"]),
    ],
)
def test_proportions(records, what, low, high, test):
    assert low <= _share(records, test) <= high, what


def test_most_arrests_fall_in_the_great_terror(records):
    dates = [record["arrests"][0]["date"] for record in records if record["arrests"]]
    terror = sum("1937-08" <= date[:7] <= "1938-11" for date in dates if len(date) >= 7)
    assert 0.55 <= terror / len(dates) <= 0.75


def test_births_peak_before_the_terrors_middle_age(records):
    decades = Counter(
        int(record["birth"]["date"].strip("[")[:4]) // 10 for record in records if record["birth"]["date"]
    )
    assert decades.most_common(1)[0][0] in (188, 189)
    assert sum(decades[decade] for decade in (188, 189, 190)) > 0.6 * decades.total()


def test_kin_stand_together(records):
    """About a quarter of people share surname and region with a neighbour in the row."""

    def kin(one, other):
        return (
            one["surname"].lower()[:4] == other["surname"].lower()[:4] and one["residence"] == other["residence"]
        )

    near = [
        any(kin(record, other) for other in records[max(index - 1, 0) : index] + records[index + 1 : index + 2])
        for index, record in enumerate(records)
        if record["residence"]
    ]
    assert 0.12 <= sum(near) / len(near) <= 0.35


def test_troikas_sat_in_their_time(records):
    for record in records:
        for sentence in record["sentences"]:
            body, date = sentence["body"] or "", sentence["date"] or ""
            if body.lower().startswith(("тройка при у", "особая тройка", "тройкой при у")) and len(date) == 10:
                assert "1937-08" <= date <= "1938-11-17"


def test_the_four_forms_occur(people):
    forms = Counter(
        "moscow" if " Адрес: " in text or ", род. " in text
        else "short" if "Род. " in text
        else "classic" if " г. р." in text
        else "list"
        for text in (person.text for person in people)
    )  # fmt: skip
    assert min(forms[form] for form in ("list", "short", "classic", "moscow")) > 20


def test_mass_graves_are_of_the_great_terror(records):
    for record in records:
        if record["death"]["burial_place"] and record["death"]["date"]:
            assert "1937" <= record["death"]["date"] < "1941"


def test_records_do_not_share_lists(people):
    lists = [id(sentence["articles"]) for person in people for sentence in person.record["sentences"]]
    assert len(lists) == len(set(lists))
