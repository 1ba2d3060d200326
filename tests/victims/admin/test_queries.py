"""What the pages of the administration site ask of the database: the same for few and for many."""

import pytest
from django.urls import reverse

from memorial.accounts import Role
from tests.cast import FLORENSKY, KURBAS, MANDELSTAM, gather
from tests.people import keeper
from tests.telling import name, put
from victims.vocabulary import Status

pytestmark = pytest.mark.django_db


@pytest.fixture
def editor(client):
    client.force_login(keeper(Role.EDITOR))
    client.get(reverse("admin:index"))
    return client


@pytest.mark.parametrize("people", [1, 40])
def test_the_list_of_people(editor, django_assert_num_queries, people):
    put(*(name("Иванов", "Иван", str(number)) for number in range(people)))
    with django_assert_num_queries(5):
        page = editor.get(reverse("admin:victims_victim_changelist"))
    assert len(page.context["cl"].result_list) == people


@pytest.mark.parametrize("person", [KURBAS, FLORENSKY])
def test_the_page_of_one_person(editor, django_assert_num_queries, person):
    victim = gather(person, status=Status.PUBLISHED)
    with django_assert_num_queries(29):
        assert editor.get(reverse("admin:victims_victim_change", args=[victim.pk])).status_code == 200


@pytest.mark.parametrize("person", [KURBAS, FLORENSKY])
def test_the_history_of_a_person(editor, django_assert_num_queries, person):
    victim = gather(person, status=Status.PUBLISHED)
    with django_assert_num_queries(5):
        assert editor.get(reverse("admin:victims_victim_history", args=[victim.pk])).status_code == 200


def test_the_preview_of_a_merge(editor, django_assert_max_num_queries):
    kept, absorbed = (gather(person, status=Status.PUBLISHED) for person in (MANDELSTAM, KURBAS))
    with django_assert_max_num_queries(187):
        assert editor.get(reverse("admin:victims_victim_merge", args=[kept.pk, absorbed.pk])).status_code == 200
