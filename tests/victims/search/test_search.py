"""Finding people: what is typed, whom it finds, and in which order."""

import pytest
from django.utils import translation

from tests.telling import name, put
from victims.matching import merge
from victims.models.record import Change, write
from victims.search import Filters, QueryError, search
from victims.search.engine import BOUND
from victims.vocabulary import RevisionKind, Status, WithdrawalReason

pytestmark = pytest.mark.django_db
PAVEL = "Флоренский Павел Александрович"


def found(query, **options) -> list[str]:
    return [hit.victim.name for hit in search(query, **options).hits]


def born(surname, given_name, patronymic, year="", **said) -> dict:
    return name(surname, given_name, patronymic, birth={"date": year} if year else {}, **said)


@pytest.fixture
def cast():
    """Three known persons and their namesakes, written in an order that is no order of rank."""
    return put(
        born("Семёнов", "Пётр", "Алексеевич", "1890"),
        born("Семенов", "Петр", "Алексеевич", "1901"),
        born("Семёнов", "Пётр", "Алексеевич"),
        born("Флоренский", "Павел", "Александрович", "1882-01-21"),
        born("Флоренский", "Василий", "Павлович", "1911"),
        born("Петров", "Иван", "Петрович", "1882"),
        born("Мандельштам", "Осип", "Эмильевич", "1891", name_variants=["Иосиф Эмильевич"]),
        born("Петров-Водкин", "Кузьма", "Сергеевич", "1878"),
        born("Курбас", "Александр", "Степанович", "1887", name_variants=["Лесь Курбас", "Олександр-Зенон Курбас"]),
        name("Чичагов", "Леонид", "Михайлович", name_variants=["митрополит Серафим"]),
    )


# --- what is typed -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "query",
    [
        PAVEL,
        "Павел Александрович Флоренский",
        "Александрович Павел Флоренский",
        "флоренский павел",
        "Павел Флоренский",
        "ФЛОРЕНСКИЙ ПАВЕЛ",
        "  Флоренский ,  Павел. ",
        "«Флоренский» (Павел)",
        "Флоре\u0301нский Павел",
        "Флорен\u00adский Павел",
        "Флоренский\u00a0Павел",
        "Флоренский\tПавел\n",
        "Павел Александрович",
        "Флоренский 1882",
        "1882 Флоренский",
        "Флоренский Павел 1880-1884",
        "Флоренский 1884—1880",
        "\0Флоренский\0Павел\0",
        "Флоренский \ud800Павел",
        "священник Павел Флоренский",
    ],
)
def test_a_person_is_found_in_any_order_case_and_punctuation(cast, query):
    assert found(query) == [PAVEL]


@pytest.mark.parametrize("query", ["Семёнов Пётр", "Семенов Петр", "СЕМЁНОВ ПЕТР", "Петр Семёнов"])
def test_yo_and_ye_are_one_letter(cast, query):
    assert found(query) == ["Семёнов Пётр Алексеевич", "Семенов Петр Алексеевич", "Семёнов Пётр Алексеевич"]


@pytest.mark.parametrize(
    ("query", "whom"),
    [
        ("Иосиф Эмильевич Мандельштам", "Мандельштам Осип Эмильевич"),
        ("Мандельштам Иосиф", "Мандельштам Осип Эмильевич"),
        ("Мандельштам Осип", "Мандельштам Осип Эмильевич"),
        ("Лесь Курбас", "Курбас Александр Степанович"),
        ("курбас олександр-зенон", "Курбас Александр Степанович"),
        ("курбас олександр зенон", "Курбас Александр Степанович"),
        ("Петров-Водкин", "Петров-Водкин Кузьма Сергеевич"),
        ("петров водкин кузьма", "Петров-Водкин Кузьма Сергеевич"),
        ("Петров — Водкин", "Петров-Водкин Кузьма Сергеевич"),
        ("митрополит Серафим", "Чичагов Леонид Михайлович"),
        ("Серафим Чичагов", "Чичагов Леонид Михайлович"),
        ("митрополит Серафим Чичагов", "Чичагов Леонид Михайлович"),
    ],
)
def test_a_person_is_found_by_every_form_of_the_name(cast, query, whom):
    assert found(query)[0] == whom


def test_words_that_fit_no_one_person_find_those_they_fit_best_and_say_what_does_not_fit(cast):
    assert found("Флоренский Осип", match="exact") == []
    for query, why in [
        ("Флоренский Осип", "another given name"),
        ("Флоренский Павел Степанович", "another patronymic"),
    ]:
        [hit] = [hit for hit in search(query).hits if hit.victim.name == PAVEL]
        with translation.override("en"):
            assert why in str(hit.reason)
        assert hit.score < 0.9


def test_a_person_without_a_surname_is_found_by_what_is_printed():
    put(name("", "Магомет", ""), {"name_variants": [{"printed": "Кривой", "kind": "alias"}]})
    assert found("магомет") == ["Магомет"]
    assert len(search("кривой").hits) == 1


def test_a_surname_that_is_a_title_is_a_name():
    put(name("Монах", "Иван"))
    assert found("Монах Иван") == found("монах") == ["Монах Иван"]


def test_a_name_of_many_words_is_found_and_hinders_nobody():
    put(name("Абдулла", "Мирза Хан Ага Бек Гамид Али Саид", "Вали оглы 1900"), name("Абдулла", "Осман"))
    assert len(found("Абдулла")) == 2
    assert len(found("мирза хан ага бек гамид али саид")) == 1


# --- order ---------------------------------------------------------------------------------------------


def test_the_chosen_name_comes_before_variants_and_then_the_alphabet():
    put(
        name("Яковлев", "Иван", name_variants=["Иванов Иван"]),
        name("Иванов", "Яков"),
        name("Иванов", "Иван", "Петрович"),
        name("Иванов", "Иван", "Иванович"),
        name("Абрамов", "Иван", name_variants=["Иванов"]),
        name("Иванов", "Иван"),
    )
    assert found("Иванов Иван") == [
        "Иванов Иван",
        "Иванов Иван Иванович",
        "Иванов Иван Петрович",
        "Абрамов Иван",
        "Яковлев Иван",
    ]
    hits = search("Иванов Иван").hits
    assert [hit.reason for hit in hits] == ["name as written"] * 3 + ["a variant of the name"] * 2
    scores = [hit.score for hit in hits]
    assert scores == sorted(scores, reverse=True)
    assert all(0 < score <= 1 for score in scores)


def test_a_person_of_several_entries_and_forms_stands_once():
    kept, absorbed = put(
        name("Иванов", "Иван", name_variants=["Иванов", "Иванов Иван Иванович"]),
        name("Иванов", "Иван", "Иванович"),
    )
    merge(kept, absorbed, why="one man")
    assert [hit.victim for hit in search("Иванов Иван").hits] == [kept]


def test_the_same_question_has_the_same_answer(cast):
    assert found("Семёнов") == found("Семёнов")
    assert len(found("Семёнов")) == 3


# --- who is shown --------------------------------------------------------------------------------------


def test_the_public_finds_published_persons_only(cast):
    draft, other = put(name("Тайный", "Иван"), name("Тайный", "Пётр"), status=Status.DRAFT)
    assert found("Тайный") == []
    both = Filters(statuses=(str(Status.DRAFT), str(Status.PUBLISHED)))
    assert found("Тайный", filters=both) == [draft.name, other.name]
    write(Change(status={draft.pk: str(Status.PUBLISHED)}), kind=RevisionKind.STATUS)
    assert found("Тайный") == [draft.name]


def test_merged_and_withdrawn_records_are_not_found():
    kept, absorbed, gone = put(name("Иванов", "Иван"), name("Иваньков", "Иван"), name("Иванский", "Иван"))
    merge(kept, absorbed, why="one man")
    write(Change(withdraw={gone.pk: str(WithdrawalReason.PRIVACY)}), kind=RevisionKind.STATUS)
    assert [hit.victim for hit in search("Иваньков").hits] == [kept]
    assert found("Иванский") == []
    everyone = Filters(statuses=tuple(str(status) for status in Status))
    assert absorbed.pk not in [hit.victim.pk for hit in search("Иваньков", everyone).hits]


def test_synthetic_persons_are_found_and_known_as_such():
    put(name("Иванов", "Иван"), synthetic=True)
    [hit] = search("Иванов").hits
    assert hit.victim.synthetic


# --- lists ---------------------------------------------------------------------------------------------


def test_a_page_tells_whether_the_list_goes_on():
    put(*(name("Иванов", "Иван", f"Иванович{'а' * number}") for number in range(5)))
    first, last = search("Иванов", limit=3), search("Иванов", limit=3, offset=3)
    assert [len(first.hits), first.more, len(last.hits), last.more] == [3, True, 2, False]
    assert len({hit.victim for hit in first.hits + last.hits}) == 5
    assert search("Иванов", limit=5).more is False
    assert search("Иванов", offset=10).hits == []


def test_a_common_name_is_answered_with_a_bounded_list():
    put(*(name("Иванов", "Иван") for _ in range(BOUND + 1)))
    page = search("Иванов", limit=2000)
    assert len(page.hits) == BOUND
    assert page.bounded
    assert not search("Иванов Пётр").bounded


def test_the_very_words_ask_the_database_a_fixed_number_of_times(cast, django_assert_num_queries):
    for query in ("Флоренский", "Семёнов Пётр Алексеевич 1890", "Петров Водкин Кузьма"):
        with django_assert_num_queries(4):
            page = search(query, match="exact")
            assert all(hit.victim.burial_place is None for hit in page.hits)


def test_a_sentence_is_not_looked_for_as_widely_as_a_name(cast, django_assert_max_num_queries):
    words = "schtscherbakow tschaikowsky juschtschenko wyschnewskij rzhevsky szczerbaków tchj dzhuga"
    with django_assert_max_num_queries(10):
        search(words)


def test_a_misspelt_name_asks_the_database_a_bounded_number_of_times(cast, django_assert_max_num_queries):
    for query in ("Фларенский", "Semyonov Pyotr", "Zzz Xxx Qqq", "Пётр Алексеев Семенов 1890"):
        with django_assert_max_num_queries(40):
            search(query)


# --- what cannot be answered ---------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("query", "words"),
    [
        ("И" * 201, "200 characters"),
        ("Иванов " * 1500, "200 characters"),
        ("а б в г д е ж з и", "at most 8"),
        ("*", "type letters"),
        ("??? **", "type letters"),
        ("*а Иванов", "type letters"),
        ("Иванов 40 лет", "An age needs a year"),
    ],
)
def test_a_question_that_cannot_be_answered_says_what_to_type(query, words):
    with pytest.raises(QueryError, match=words):
        search(query)


HOSTILE = [
    "",
    " ",
    "\0",
    "\ud800",
    "!!!",
    "-",
    "--- ... ((( )))",
    "'; DROP TABLE victims_victim; --",
    "' OR '1'='1",
    "%",
    "_______",
    "Иванов%",
    "*",
    '"',
    "\\",
    "<script>alert(1)</script>",
    "👤",
    "👨‍👩‍👧 Иванов",
    "\u202eвонавИ",
    "إيفانوف إيفان",
    "伊万诺夫",
    "इवानोव",
    "И\u0301\u0302\u0303\u0304\u0305" * 20,
    "ﬁ ﷺ ｉ Ⅷ ²",
    "\u2028\u2029\x85",
    "18٨٢ Иванов",
    "99999999999999999999 Иванов",
    "0 1 2 3",
    "a" * 200,
    "а б в г д е ж з",
    "${jndi:ldap://x} {{7*7}}",
]


@pytest.mark.parametrize("query", HOSTILE)
def test_any_text_is_answered_or_refused_in_words(cast, query):
    try:
        page = search(query)
    except QueryError as error:
        assert str(error)
    else:
        assert not page.bounded
        assert len(page.hits) <= len(cast)


def test_a_text_without_a_word_finds_nobody(cast):
    for query in ("", " ", "!!!", "-", "«»", "\0"):
        assert search(query).hits == []
