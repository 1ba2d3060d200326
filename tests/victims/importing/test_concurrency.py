"""Two imports at once, of the same names: nobody waits for ever, no name is made twice, all are found."""

import pytest

from tests.cast import book
from tests.telling import at_once, run
from victims.importing.loading import load
from victims.importing.readers import Item
from victims.models import NamePart
from victims.models.checking import differences
from victims.search import search
from victims.vocabulary import Status

SURNAMES = ["Щербаков", "Подмогильный", "Яковлев", "Ибрагимов", "Косиор", "Чернявский", "Ким", "Берзин"]
GIVEN = ["Николай", "Валериан", "Станислав", "Ян", "Мустафа", "Пётр"]


def entries(names: list[str]) -> list[Item]:
    return [
        Item(number, f"{number}", f"{surname} {GIVEN[number % len(GIVEN)]}, род. {1880 + number}, токарь.")
        for number, surname in enumerate(names)
    ]


@pytest.mark.django_db(transaction=True)
def test_two_imports_of_the_same_names_leave_an_index_that_needs_no_repair():
    sources, names = [book("lists"), book("martyrology")], SURNAMES * 5
    orders = [entries(names), entries(names[::-1])]

    def importing(source, items):
        return lambda: load(items, source, status=Status.PUBLISHED, processes=0)

    pairs = zip(sources, orders, strict=True)
    results = at_once(*(importing(source, items) for source, items in pairs))
    assert [summary.new for summary in results] == [40, 40]
    assert NamePart.objects.filter(kind="s", norm="щербаков").count() == 1
    assert run("rebuild_names", "--check").code == 0
    assert list(differences()) == []
    for typed in ("Schtscherbakow", "Подмогилный", "Tschernjawskij"):
        assert len({hit.victim.pk for hit in search(typed, limit=40).hits}) == 10
