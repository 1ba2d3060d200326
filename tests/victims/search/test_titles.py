"""Titles and ranks beside a name: о. Павел, князь Оболенский, Archpriest Innocent."""

import pytest

from tests.telling import name, put
from victims.search import search

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    "query",
    [
        "князь Небылов Алексей",
        "Prince Alexei Nebylov",
        "о. Алексей Небылов",
        "прот. Алексей Небылов",
        "Archpriest Alexei Nebylov",
        "Небылов, Алексей, ксёндз",
    ],
)
def test_a_title_beside_a_name_is_no_part_of_it(query):
    put(name("Небылов", "Алексей", "Ильич"), name("Князев", "Алексей"), name("Небылова", "Александра", "Князевна"))
    first = search(query).hits[0]
    assert first.victim.name == "Небылов Алексей Ильич"
    assert first.score > 0.9


def test_a_title_that_is_a_surname_is_one():
    put(name("Граф", "Иоганн", "Петрович"), name("Мюллер", "Иоганн", "Петрович"))
    assert search("Graf Johann Petrowitsch").hits[0].victim.name == "Граф Иоганн Петрович"
