"""What the documents say is what the code does."""

import re
from pathlib import Path

import pytest
from django.conf import settings
from django.core.management import get_commands

from victims.management.commands import draw_model
from victims.models.rows import KNOWN
from victims.models.values import KEYS

ROOT = Path(settings.BASE_DIR)


def text(name: str) -> str:
    return (ROOT / name).read_text(encoding="utf-8")


def test_the_drawing_shows_the_models_as_they_are():
    assert draw_model.page(text("docs/model.md")) == text("docs/model.md"), "run: manage.py draw_model"


def test_the_drawing_shows_every_model():
    drawn = {label.split(".")[1] for _, labels in draw_model.PICTURES for label in labels}
    from django.apps import apps

    models = {model.__name__ for app in ("sources", "victims") for model in apps.get_app_config(app).get_models()}
    assert drawn == models


def test_the_record_form_names_every_key():
    page = text("docs/record-form.md")
    keys = KNOWN | {key for keys in KEYS.values() for key in keys} - {model.shorthand for model in KEYS}
    assert not [key for key in sorted(keys) if f"`{key}`" not in page and key not in re.findall(r"\w+", page)]


@pytest.mark.parametrize(
    "name",
    ["README.md", "CONTRIBUTING.md", "docs/model.md", "docs/running.md", "docs/importing.md", "docs/entries.md"],
)
def test_commands_that_are_named_exist(name):
    named = set(re.findall(r"manage\.py (\w+)", text(name)))
    assert named <= get_commands().keys()


@pytest.mark.parametrize(
    "name",
    [
        "README.md",
        "CONTRIBUTING.md",
        "docs/model.md",
        "docs/running.md",
        "docs/importing.md",
        "docs/entries.md",
        "docs/record-form.md",
        "fixtures/README.md",
    ],
)
def test_links_and_pictures_are_there(name):
    for target in re.findall(r"\]\(([^)#:]+)\)", text(name)):
        assert (ROOT / name).parent.joinpath(target).exists(), target


def test_every_setting_is_told_at_the_top_of_the_settings():
    source = text("memorial/settings.py")
    told = source.split('"""')[1]
    for name in set(re.findall(r'(?:given|listed|switched_on)\(\s*"([A-Z_]+)"', source)):
        assert name in told, name
