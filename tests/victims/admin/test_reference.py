"""Reference data in the administration site, in the language of who keeps it."""

import re

import pytest
from django.contrib import admin
from django.urls import reverse
from django.utils import timezone

from memorial.accounts import Role
from tests.cast import KURBAS, enter
from tests.forms import form_of
from tests.people import keeper
from tests.telling import a_source
from victims.admin.reference import ReferenceAdmin
from victims.importing.reference import load_reference
from victims.matching import merge
from victims.models import (
    Batch,
    Body,
    Document,
    ExecutionSite,
    Merge,
    Place,
    PrintedForm,
    Region,
    RegionSuccession,
    Revision,
)

pytestmark = pytest.mark.django_db
REFERENCE = [
    model._meta.label_lower.replace(".", "_")
    for model, page in admin.site._registry.items()
    if isinstance(page, ReferenceAdmin)
]


@pytest.fixture
def editor(client):
    client.force_login(keeper(Role.EDITOR))
    return client


def english(found: list[str]) -> list[str]:
    """Return what has no letter but Latin ones."""
    words = [" ".join(re.sub("<[^>]*>", "", one).split()) for one in found]
    return [one for one in words if re.search("[A-Za-z]", one) and not re.search("[а-я]", one)]


@pytest.mark.parametrize("table", REFERENCE)
def test_fields_and_choices_are_called_in_the_language_of_the_page(editor, table):
    answer = editor.get(reverse(f"admin:{table}_add"))
    if answer.status_code == 403:  # a dictionary: its words come with entries
        return
    page = answer.content.decode()
    assert english(re.findall(r"<label[^>]*>(.*?)</label>", page, re.S)) == []
    assert english(re.findall(r"<option[^>]*>(.*?)</option>", page, re.S)) == []


def test_columns_of_lists_are_called_in_the_language_of_the_page(editor):
    load_reference()
    Batch.objects.create(source=a_source("book"), started_at=timezone.now())
    kept, absorbed = enter(KURBAS["martyrology"]), enter(KURBAS["lists"], "lists")
    merge(kept, absorbed, why="одно лицо")
    for table in (*REFERENCE, "victims_batch", "victims_merge", "victims_revision"):
        page = editor.get(reverse(f"admin:{table}_changelist")).content.decode()
        assert "Выберите" not in re.search("<h1>(.*?)</h1>", page)[1]  # what would need another case
        heads = re.findall(r'<th scope="col"[^>]*>(.*?)</th>', page, re.S)
        assert (table, bool(heads) or table == "victims_groupcase", english(heads)) == (table, True, [])


def test_values_of_closed_lists_are_told_in_the_language_of_the_page_in_columns_and_filters(editor):
    load_reference()
    enter(KURBAS["martyrology"])
    columns = {"body": "kind", "region": "kind", "source": "kind", "document": "kind", "printedform": "state",
               "place": "state", "revision": "kind"}  # fmt: skip
    for table, column in columns.items():
        at = f"admin:{'sources' if table == 'source' else 'victims'}_{table}_changelist"
        page = editor.get(reverse(at)).content.decode()
        shown = re.findall(rf'<td class="field-{column}[^>]*>(.*?)</td>', page, re.S)
        assert (table, bool(shown), english(shown)) == (table, True, [])
        filters = re.search('<nav id="changelist-filter".*?</nav>', page, re.S)
        assert english(re.findall(r"<a [^>]*>(.*?)</a>", filters[0], re.S) if filters else []) == []


def test_values_of_closed_lists_are_told_in_the_language_of_the_page_where_they_are_only_looked_at(client):
    load_reference()
    victim = enter(KURBAS["martyrology"])
    merge(victim, enter(KURBAS["lists"], "lists"), why="одно лицо")
    archivist, editor = keeper(Role.ARCHIVIST, a_source("book")), keeper(Role.EDITOR)
    looked_at = [
        (archivist, Body, ("kind",)),
        (archivist, ExecutionSite, ("shooting", "burial")),
        (archivist, Region, ("kind", "relation")),
        (archivist, Document, ("kind",)),
        (archivist, Place, ("state",)),
        (archivist, PrintedForm, ("kind", "state")),
        (editor, PrintedForm, ("kind",)),
        (editor, Merge, ("former_status",)),
        (editor, Revision, ("kind",)),
    ]
    for user, model, columns in looked_at:
        client.force_login(user)
        row = RegionSuccession.objects.first().predecessor if model is Region else model.objects.first()
        answer = client.get(reverse(f"admin:{model._meta.label_lower.replace('.', '_')}_change", args=[row.pk]))
        for column in columns:
            place = rf'field-{column}\b.*?class="readonly">(.*?)</div>|<td class="field-{column}">(.*?)</td>'
            shown = ["".join(one) for one in re.findall(place, answer.content.decode(), re.S)]
            assert (model, column, bool(shown), english(shown)) == (model, column, True, [])


def test_the_name_of_a_table_stands_in_no_case_that_it_has_not(editor):
    operations = editor.get(reverse("admin:victims_operation_changelist")).content.decode()
    adding = editor.get(reverse("admin:victims_operation_add")).content.decode()
    for page in (operations, adding):
        assert "Добавить операция" not in page and "Добавить: операция" in page
    source = {"slug": "list", "kind": "book", "title": "Список"}
    data = form_of(editor.get(reverse("admin:sources_source_add")), "source_form") | source
    saved = editor.post(reverse("admin:sources_source_add"), data, follow=True).content.decode()
    assert "Добавлено: источник" in saved and "был успешно" not in saved


def test_the_result_of_an_import_is_told_in_words(editor):
    counts = {"read": 3, "new": 2, "rejected": 1}
    batch = Batch.objects.create(source=a_source("book"), started_at=timezone.now(), counts=counts)
    one = reverse("admin:victims_batch_change", args=[batch.pk])
    for page in (reverse("admin:victims_batch_changelist"), one):
        words = editor.get(page).content.decode()
        assert "Прочитано 3: новых 2, изменённых 0, без изменений 0. Отклонено: 1." in words
