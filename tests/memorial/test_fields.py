"""EDTF texts and the days they may mean stay together, whatever way they are written."""

import io
from datetime import date

import pytest
from django.core.exceptions import ValidationError
from django.core.management import call_command
from django.db import IntegrityError, connection, transaction

from memorial.fields import bounds, edtf_fields
from sources.models import Source, SourceKind
from tests.telling import a_source, name, put
from victims.models import Birth

pytestmark = pytest.mark.django_db
TEXTS = [
    ("", None, None),
    ("1937", date(1937, 1, 1), date(1937, 12, 31)),
    ("1936-02", date(1936, 2, 1), date(1936, 2, 29)),
    ("1937-08-05", date(1937, 8, 5), date(1937, 8, 5)),
    ("1937?", date(1937, 1, 1), date(1937, 12, 31)),
    ("1900~", date(1900, 1, 1), date(1900, 12, 31)),
    ("1937-10-23/1937-10-25", date(1937, 10, 23), date(1937, 10, 25)),
    ("[1889,1891]", date(1889, 1, 1), date(1891, 12, 31)),
    ("../1937-12", date.min, date(1937, 12, 31)),
    ("1937-08/..", date(1937, 8, 1), date.max),
]


def issued(source: Source) -> tuple:
    source.refresh_from_db()
    return source.issued, source.issued_earliest, source.issued_latest


@pytest.mark.parametrize(("text", "earliest", "latest"), TEXTS)
def test_saving_computes_the_bounds(text, earliest, latest):
    assert issued(a_source(issued=text)) == (text, earliest, latest)


@pytest.mark.parametrize(("text", "earliest", "latest"), TEXTS)
def test_changing_computes_the_bounds_anew(text, earliest, latest):
    source = a_source(issued="1950")
    source.issued = text
    source.save()
    assert issued(source) == (text, earliest, latest)


@pytest.mark.parametrize(("text", "earliest", "latest"), TEXTS)
def test_creating_in_bulk_computes_the_bounds(text, earliest, latest):
    Source.objects.bulk_create([Source(slug="a", title="a", kind=str(SourceKind.BOOK), issued=text)])
    assert issued(Source.objects.get(slug="a")) == (text, earliest, latest)


@pytest.mark.parametrize(("text", "earliest", "latest"), TEXTS[1:])
def test_the_door_writes_the_bounds_of_facts_and_of_the_person(text, earliest, latest):
    [victim] = put(name("Иванов", birth={"date": text}))
    assert (victim.birth, victim.birth_earliest, victim.birth_latest) == (text, earliest, latest)
    birth = Birth.objects.get(victim=victim)
    assert (birth.date, birth.date_earliest, birth.date_latest) == (text, earliest, latest)


NO_EDTF = ["5 августа 1937", "05.08.1937", "1937-13", "1937-02-30", "1938/1937", "вчера"]


@pytest.mark.parametrize("text", NO_EDTF)
def test_what_is_no_edtf_is_refused_in_words(text):
    source = Source(slug="a", title="a", kind=str(SourceKind.BOOK), issued=text)
    with pytest.raises(ValidationError) as error:
        source.full_clean()
    [message] = error.value.message_dict["issued"]
    assert len(message) > 20
    with pytest.raises(ValueError, match=r".{20}"):
        source.save()


@pytest.mark.parametrize(
    "columns",
    [
        {"issued_earliest": None},
        {"issued_latest": None},
        {"issued": ""},
        {"issued_earliest": date(1951, 1, 1)},
        {"issued": "", "issued_earliest": None},
    ],
)
def test_the_database_refuses_bounds_that_cannot_belong_to_the_text(columns):
    source = a_source(issued="1950")
    with pytest.raises(IntegrityError), transaction.atomic():
        Source.objects.filter(pk=source.pk).update(**columns)


def test_the_database_refuses_bounds_without_a_text():
    source = a_source()
    with pytest.raises(IntegrityError), transaction.atomic():
        Source.objects.filter(pk=source.pk).update(issued_earliest=date(1950, 1, 1))


def test_no_date_has_no_bounds():
    assert bounds("") == (None, None)


def test_models_name_their_edtf_fields():
    assert [field.name for field in edtf_fields(Source)] == ["issued"]


def test_each_bound_is_one_column():
    with connection.cursor() as cursor:
        table = connection.introspection.get_table_description(cursor, "sources_source")
    assert [column.name for column in table if column.name.startswith("issued")] == [
        "issued",
        "issued_earliest",
        "issued_latest",
    ]


def test_migrations_say_what_the_models_say():
    out = io.StringIO()
    call_command("makemigrations", check=True, dry_run=True, stdout=out)
    assert "No changes" in out.getvalue()
