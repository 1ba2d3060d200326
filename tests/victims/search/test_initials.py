"""An initial may be that of the name in another language."""

import pytest

from tests.telling import name, put
from victims.search import search

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("query", "whom"),
    [
        ("М. Зеров", "Зеров Николай"),  # Микола
        ("O. Kurbas", "Курбас Александр"),  # Oleksandr
        ("U. Dubouka", "Дубовка Владимир"),  # Uładzimir
    ],
)
def test_an_initial_of_another_language_finds_the_name_of_the_record(query, whom):
    put(*(name(*one.split()) for one in ("Зеров Николай", "Серов Михаил", "Курбас Александр", "Дубовка Владимир")))
    assert search(query).hits[0].victim.name == whom


def test_an_initial_means_first_the_names_that_begin_with_it():
    put(name("Небылов", "Николай"), name("Небылов", "Михаил"), name("Небылов", "Яков"))
    names = [hit.victim.name for hit in search("М. Небылов").hits]
    assert names == ["Небылов Михаил", "Небылов Николай"]
