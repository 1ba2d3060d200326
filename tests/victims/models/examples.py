"""Records that hypothesis makes up: small ones that agree and contradict each other, and the whole form."""

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st

from victims.models import SentenceRevision
from victims.models.rows import SLOTS, TRAITS
from victims.models.values import KEYS
from victims.vocabulary import (
    Circumstance,
    Completeness,
    ImprisonmentEnd,
    Manner,
    NameKind,
    SentenceKind,
    Sex,
)


def example_settings(examples: int) -> settings:
    """Return settings for a property over the database, which one `db` fixture serves for all examples."""
    return settings(
        max_examples=examples,
        deadline=None,
        suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
    )


# --- small records: few values, so that books agree and contradict each other often ---

DATES = ("1937", "1937-12", "1937-12-08", "1937-12-09", "1938", "1937~", "[1937,1938]", "../1937-12")
PLACES = ("Сандармох", "Левашово")
KINDS = ("camp", "vmn")
dates = st.sampled_from(DATES)
places = st.sampled_from(PLACES)


def some(**values):
    """Return the strategy of a dict that has some of these keys, and at least one."""
    return st.fixed_dictionaries({}, optional=values).filter(bool)


small_records = st.fixed_dictionaries(
    {"surname": st.sampled_from(["Флоренский", "Курбас"])},
    optional={
        "given_name": st.sampled_from(["Павел", "Лесь"]),
        "name_variants": st.lists(st.sampled_from(["отец Павел", "Лесь Курбас"]), max_size=2),
        "sex": st.just("male"),
        "birth": some(date=st.sampled_from(["1882", "1882-01-21", "1887"]), place=places),
        "nationality": st.sampled_from(["украинец", ["украинец", "русский"]]),
        "occupation": st.sampled_from(["священник", "режиссёр"]),
        "residence": places,
        "arrests": st.lists(some(date=dates, place=places, case=st.just(1)), max_size=2),
        "sentences": st.lists(
            some(date=dates, kind=st.sampled_from(KINDS), case=st.just(1),
                 articles=st.lists(st.sampled_from(["58-10", "58-11"]), max_size=2)),
            max_size=2,
        ),
        "death": some(date=dates, manner=st.sampled_from(["shot", "died"]), burial_place=places),
        "rehabilitations": st.lists(some(date=st.sampled_from(["1957", "1957-04-19", "1989"])), max_size=2),
        "tags": st.lists(st.sampled_from(["духовенство", "театр"]), max_size=2, unique=True),
        "imprisonments": st.lists(some(date=dates, place=places), max_size=1),
        "official_notices": st.lists(some(told_date=st.sampled_from(["1943", "1943-12-15"])), max_size=1),
        **dict.fromkeys(["relatives", "photographs", "archival_files", "sources", "notes"], st.just(["П-1"])),
    },
)  # fmt: skip

# --- the whole record form ---

words = st.sampled_from(
    ["священник", "режиссёр", "Тамбов", "д. Ёлки", "A", "«ПСР»; 1917", "№ 1 — а", " ", '"а",\nб\r\n\\.', "NULL"]
)
maybe = st.none() | words
#: What a record may name but not make; a test that draws whole records puts it into the database first.
OTHER, GROUP, UNIT, OPERATION = "HER PUBLIC ID", "Дело «Весна»", "martyrology", "00447"
#: The values of keys that do not take any words, found by slot and key, or by the key alone.
VALUES = {
    ("name_variants", "kind"): st.sampled_from([str(kind) for kind in NameKind if kind != NameKind.MAIN]),
    ("sentences", "kind"): st.sampled_from(list(map(str, SentenceKind))),
    ("revision", "kind"): st.sampled_from(list(map(str, SentenceKind))),
    ("death", "manner"): st.sampled_from(list(map(str, Manner))),
    ("death", "circumstance"): st.sampled_from(list(map(str, Circumstance))),
    ("imprisonments", "ended"): st.sampled_from(list(map(str, ImprisonmentEnd))),
    **dict.fromkeys(["date", "date_old_style", "told_date", "given", "withdrawn"], dates | st.none()),
    "term": st.sampled_from(["P10Y", "P3Y6M", "P25D"]),
    "category": st.sampled_from([0, 1, 2]),
    "case": st.integers(1, 4),
    "number": st.integers(1, 4),
    "presumed": st.booleans(),
    "language": st.sampled_from(["uk", "de"]),
    "articles": st.lists(words | words.map(lambda text: {"article": text}), max_size=3),
    "group": st.just(GROUP),
    "unit": st.just(UNIT),
    "other": st.just(OTHER),
    "operation": st.just(OPERATION),
}
REQUIRED = {"tags": "form", "sources": "form", "articles": "article"}


def facts(model):
    """Return the strategy of one fact as a dict, over all the keys that the record form has for it."""
    values = {key: VALUES.get((model.slot, key), VALUES.get(key, maybe)) for key in KEYS[model]}
    if "revision" in values:
        values["revision"] = st.lists(facts(SentenceRevision), max_size=2) | facts(SentenceRevision)
    required = {key: words for key in values if key == REQUIRED.get(model.slot)}
    return st.fixed_dictionaries(required, optional={key: values[key] for key in values.keys() - required})


def slot(model):
    """Return the strategy of everything that a record says in one slot."""
    one = facts(model)
    if model.slot == "cases":
        return st.lists(one, max_size=3).filter(
            lambda cases: len({case.get("number", place) for place, case in enumerate(cases, 1)}) == len(cases)
        )
    if model.slot == "birth":
        one |= st.fixed_dictionaries({"date": st.lists(dates, max_size=3)}, optional={"place": words})
    if model.shorthand:
        one |= words
    several = st.lists(one, max_size=3)
    return several | one if model.slot in ("birth", "death", "residence") else several


whole_records = st.fixed_dictionaries(
    {},
    optional={
        **{name: slot(model) for name, model in SLOTS.items()},
        **dict.fromkeys(TRAITS, maybe | st.lists(words, max_size=2)),
        **dict.fromkeys(["surname", "given_name", "patronymic"], maybe),
        "sex": st.sampled_from([None, *map(str, Sex)]),
        "age": st.none() | st.integers(0, 120),
        "completeness": st.sampled_from([None, *map(str, Completeness)]),
    },
)
