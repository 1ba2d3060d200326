"""The interface in Russian and Ukrainian: complete, and compiled from what is written."""

import gettext
import os
import re
import shutil
import subprocess
from datetime import UTC, datetime
from pathlib import Path

import pytest
from django.conf import settings
from django.template import Context, Template
from django.utils import translation

from memorial import edtf

CATALOGUES = [settings.LOCALE_PATHS[0] / code / "LC_MESSAGES" / "django.po" for code in ("ru", "uk")]


def messages(path):
    with Path(path).open("rb") as file:
        catalogue = gettext.GNUTranslations(file)._catalog
    return {key: words for key, words in catalogue.items() if key}


@pytest.fixture(params=CATALOGUES, ids=lambda path: path.parent.parent.name)
def catalogue(request):
    if not shutil.which("msgfmt"):
        pytest.skip("msgfmt is absent: apt-get install gettext")
    return request.param


def compiled(catalogue, directory):
    """What msgfmt makes of the catalogue, and what it says of it."""
    made = directory / "django.mo"
    done = subprocess.run(
        ["msgfmt", "--check-format", "--statistics", "-o", str(made), str(catalogue)],
        capture_output=True,
        text=True,
        env=os.environ | {"LC_ALL": "C.UTF-8"},
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return made, done.stderr


def test_every_string_of_the_catalogue_is_translated(catalogue, tmp_path):
    _, statistics = compiled(catalogue, tmp_path)
    assert not re.search("fuzzy|untranslated", statistics), f"{statistics}: translate, then make messages"


def test_the_compiled_catalogue_is_the_written_one(catalogue, tmp_path):
    made, _ = compiled(catalogue, tmp_path)
    assert messages(catalogue.with_suffix(".mo")) == messages(made), "run make messages"


@pytest.mark.parametrize("language", ["ru", "en", "uk"])
def test_days_and_times_of_the_log_read_as_all_dates_of_the_site_do(language):
    at, day = datetime(2026, 11, 3, 20, 5, tzinfo=UTC), edtf.words("2026-11-03", language)
    with translation.override(language):
        told = Template('{{ at|date }}|{{ at|date:"DATETIME_FORMAT" }}|{{ at }}').render(Context({"at": at}))
    assert told == f"{day}|{day}, 20:05 UTC|{day}, 20:05 UTC"
