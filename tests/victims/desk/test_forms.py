"""A record as forms and back: what nobody touched stays letter by letter, what is changed changes alone."""

import pytest
from django.http import QueryDict
from django.template.loader import render_to_string
from django.utils import translation
from hypothesis import given
from hypothesis import strategies as st

from memorial.accounts import Role
from tests.cast import FLORENSKY, KURBAS, book, enter, entry_of
from tests.forms import form_of
from tests.people import keeper
from tests.victims.models.examples import GROUP, OPERATION, OTHER, UNIT, example_settings, whole_records
from victims.desk.fields import rejoined
from victims.desk.forms import RecordForms
from victims.desk.wording import worded
from victims.models import GroupCase, Operation
from victims.models.corrections import differing
from victims.models.rows import canonical

pytestmark = pytest.mark.django_db
COLUMNS = {"source": "martyrology", "item_key": "1", "language": "ru", "locator": "", "text": ""}


@pytest.fixture
def sheet(db):
    """What makes the forms of a record, rendered and posted back with some fields changed."""
    book(UNIT)
    Operation.objects.get_or_create(code=OPERATION, defaults={"source": book(UNIT)})
    GroupCase.objects.get_or_create(name=GROUP, defaults={"source": book(UNIT)})
    user, other = keeper(Role.EDITOR), enter(KURBAS["martyrology"])
    entry = entry_of(other)

    def posted(record, **changed) -> RecordForms:
        shown = RecordForms("entry-1", record, COLUMNS, user=user, entry=entry)

        class Answer:
            content = render_to_string("victims/desk/sheet.html", {"sheet": shown}).encode()

        data = QueryDict(mutable=True)
        data.update({name: _as_sent(value) for name, value in form_of(Answer).items()})
        data.update({f"entry-1-{name}": value for name, value in changed.items()})
        return RecordForms("entry-1", record, COLUMNS, data=data, user=user, entry=entry)

    posted.other = other.public_id
    return posted


def _as_sent(value: str) -> str:
    """Return a value as a browser sends it: lines end alike."""
    return "\r\n".join(value.splitlines())


def linked(record, other: str):
    """Return a record whose relatives have a record that is there."""
    relatives = record.get("relatives") or ()
    for relative in relatives:
        if isinstance(relative, dict) and relative.get("other") == OTHER:
            relative["other"] = other
    return record


def valid(forms: RecordForms) -> RecordForms:
    assert forms.is_valid(), (forms.form.errors, [facts.errors for facts in forms.facts.values()])
    return forms


@given(record=whole_records)
@example_settings(60)
def test_a_record_opened_and_sent_back_says_the_same(sheet, record):
    record = linked(record, sheet.other)
    assert canonical(valid(sheet(record)).record()) == canonical(record)


CHANGES = st.sampled_from(
    [("surname", "Иной", "surname"), ("age", "77", "age"), ("nationality", "иной", "nationality"),
     ("notes-5-text", "иное", "notes"), ("death-0-place", "Иное", "death"), ("arrests-0-body", "Иное", "arrests"),
     ("sentences-0-articles", "58-6\n58-8", "sentences"), ("sentences-0-revision-0-note", "иное", "sentences"),
     ("birth-0-date", "1899~", "birth")]
)  # fmt: skip


@given(record=whole_records, change=CHANGES)
@example_settings(60)
def test_what_is_changed_in_one_field_changes_nothing_else(sheet, record, change):
    name, value, slot = change
    record = linked(record, sheet.other)
    if name == "notes-5-text":
        name = f"notes-{len(canonical(record).get('notes', ()))}-text"
    before, after = canonical(record), canonical(valid(sheet(record, **{name: value})).record())
    assert set(differing(before, after, narrow=set())) <= {slot}
    assert value.splitlines()[0] in str(after[slot])


def test_words_over_two_lines_stay_one_where_others_are_added():
    assert rejoined(["а,\nб", "в"], ["а,", "б", "в", "г"]) == ["а,\nб", "в", "г"]
    assert rejoined(["а  б", "а  б"], ["а б", "а б"]) == ["а  б", "а  б"]
    assert rejoined(None, ["а"]) == ["а"]


def test_what_stands_in_a_record_is_told_in_words():
    with translation.override("en"):
        assert worded("arrests[0].date", "1937-08-05") == "5 August 1937"
        assert worded("sentences[0].term", "P10Y") == "10 years"
        assert worded("sex", "male") == "male"
        assert worded("name_variants", ["отец Павел"]) == "отец Павел"
        told = worded("arrests", FLORENSKY["openlist"]["arrests"])
        assert told.startswith("Date of arrest: 21 May 1928, Arrested by: ОГПУ; ")
