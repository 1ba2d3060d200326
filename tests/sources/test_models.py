"""Sources: levels of archival units, reference codes, and what the database itself refuses."""

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from sources.models import RANK, Level, Source, SourceKind
from tests.telling import a_source

UNIT = str(SourceKind.ARCHIVAL_UNIT)
pytestmark = pytest.mark.django_db


def unit(level, parent=None, **columns) -> Source:
    slug = f"{parent.slug if parent else 'unit'}-{level}"
    return Source(slug=slug, kind=UNIT, level=str(level), parent=parent, title=str(level), **columns)


def saved(source: Source) -> Source:
    source.full_clean()
    source.save()
    return source


@pytest.fixture
def chain():
    """ГАРФ, a fonds, an opis and a delo of it."""
    garf = saved(unit(Level.REPOSITORY, code="ГАРФ"))
    fonds = saved(unit(Level.FONDS, garf, code="10035"))
    opis = saved(unit(Level.OPIS, fonds, code="1"))
    return garf, fonds, opis, saved(unit(Level.DELO, opis, code="П-1234"))


def refused(source: Source) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        source.save()


def test_a_delo_tells_its_reference_code_through_the_chain(chain):
    assert [str(source.reference_code) for source in chain] == [
        "ГАРФ",
        "ГАРФ. Ф. 10035",
        "ГАРФ. Ф. 10035. Оп. 1",
        "ГАРФ. Ф. 10035. Оп. 1. Д. П-1234",
    ]


def test_a_repository_without_a_code_is_named_by_its_title():
    assert str(saved(unit(Level.REPOSITORY)).reference_code) == "repository"


def test_what_is_not_archival_has_no_reference_code():
    assert a_source().reference_code is None


@pytest.mark.parametrize("level", [Level.FONDS, Level.OPIS, Level.DELO])
def test_a_unit_stands_only_under_the_level_above_it(chain, level):
    above = {Level.FONDS: chain[0], Level.OPIS: chain[1], Level.DELO: chain[2]}[level]
    for parent in [None, a_source(), *chain]:
        source = unit(level, parent, code="77")
        source.slug = "new"
        if parent == above:
            source.full_clean()
            continue
        with pytest.raises(ValidationError) as error:
            source.full_clean()
        assert above.level in error.value.message_dict["parent"][0]


def test_a_repository_stands_under_nothing(chain):
    for parent in chain:
        with pytest.raises(ValidationError):
            unit(Level.REPOSITORY, parent, code="РГВА").full_clean()


def test_only_archival_units_have_a_level():
    refused(Source(slug="a", kind=UNIT, title="a"))
    refused(Source(slug="b", kind=str(SourceKind.BOOK), level=str(Level.DELO), title="b"))


def test_a_volume_has_a_book():
    refused(Source(slug="volume-1", kind=str(SourceKind.VOLUME), title="volume 1"))
    book = a_source()
    saved(Source(slug="volume-1", kind=str(SourceKind.VOLUME), title="volume 1", parent=book, volume="1"))
    assert [part.slug for part in book.parts.all()] == ["volume-1"]


def test_a_volume_stands_under_a_book_and_nothing_else(chain):
    for parent in (chain[0], a_source("a-database", SourceKind.DATABASE)):
        with pytest.raises(ValidationError, match="book"):
            Source(slug="v", kind=str(SourceKind.VOLUME), title="volume", parent=parent).full_clean()


def test_a_unit_is_described_once(chain):
    twice = unit(Level.DELO, chain[2], code="П-1234")
    twice.slug = "another-slug"
    refused(twice)


def test_a_slug_belongs_to_one_source():
    a_source()
    refused(Source(slug="book", kind=str(SourceKind.BOOK), title="another"))


def test_every_kind_has_its_rank_and_the_file_comes_before_the_compilation():
    assert set(RANK) == set(SourceKind)
    kinds = [SourceKind.ARCHIVAL_UNIT, SourceKind.BOOK, SourceKind.ARTICLE, SourceKind.DATABASE]
    kinds += [SourceKind.TESTIMONY, SourceKind.SYNTHETIC]
    ranks = [a_source(f"source-{kind}", kind, level=level_of(kind)).rank for kind in kinds]
    assert ranks == sorted(ranks)
    assert len(set(ranks)) == len(ranks)


def level_of(kind) -> str:
    return str(Level.REPOSITORY) if kind == SourceKind.ARCHIVAL_UNIT else ""


def test_only_a_synthetic_source_is_synthetic():
    synthetic = [kind for kind in SourceKind if Source(kind=str(kind)).synthetic]
    assert synthetic == [SourceKind.SYNTHETIC]
