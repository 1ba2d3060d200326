"""Words of the reference data in other languages: none is missing, and names of bodies are composed by rule."""

import re

import pytest

from sources.models import Source
from victims.labels import own_name
from victims.models import (
    FACTS,
    Body,
    Document,
    ExecutionSite,
    Limit,
    Operation,
    OperationCategory,
    Report,
    SiteFigure,
    TargetGroup,
)
from victims.prose import body_name, translated

pytestmark = pytest.mark.usefixtures("reference")
#: What pages show of the reference data in words; titles of sources that are published stay as they are.
PROSE = (
    (Operation, "sentencing_body", "coverage_bias"),
    (OperationCategory, "wording_en", "punishment"),
    (TargetGroup, "name_en"),
    (Document, "title_en", "note"),
    (Limit, "scope", "note", "approved_by"),
    (Report, "scope", "note", "author"),
    (ExecutionSite, "note"),
    (SiteFigure, "note"),
    (Body, "note"),
    (Source, "coverage", "coverage_bias", "description", "rights"),
)


def test_no_words_of_the_reference_data_lack_a_translation():
    for model, *names in PROSE:
        for row in model.objects.values_list(*names):
            for text in row:
                titled = model is Document and Document.objects.filter(title_en=text).exclude(title_ru="").exists()
                if text and re.search("[a-z]{3}", text) and not titled:
                    assert translated(text, "ru") and translated(text, "uk"), text


def test_notes_on_the_known_persons_lack_none_either():
    for model in FACTS:
        if "note" in {field.name for field in model._meta.fields}:
            for text in model.objects.exclude(note="").values_list("note", flat=True):
                assert not re.match("[a-z]{3}", text) or (translated(text, "ru") and translated(text, "uk")), text


def test_every_body_site_and_operation_has_a_name_in_every_language():
    for model in (Body, ExecutionSite, Operation):
        for row in model.objects.all():
            assert own_name(row, "en") and own_name(row, "uk"), row


def test_ukrainian_names_of_bodies_decline_the_region():
    for region, kind, name in (
        ("Далекосхідний край", "krai", "Трійка УНКВС Далекосхідного краю"),
        ("Північна область", "oblast", "Трійка УНКВС Північної області"),
        ("Північно-Осетинська АРСР", "assr", "Трійка НКВС Північно-Осетинської АРСР"),
        ("АРСР Німців Поволжя", "assr", "Трійка НКВС АРСР Німців Поволжя"),
    ):
        assert body_name("troika", region, kind, "uk") == name


def test_a_body_of_another_kind_or_of_no_known_region_has_no_composed_name():
    assert body_name("court", "Омська область", "oblast", "uk") == ""
    assert body_name("troika", "", "", "uk") == body_name("troika", "Омская область", "oblast", "ru") == ""
