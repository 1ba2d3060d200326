"""What tests of contributions share: forms filled in like a human, pictures, and a store of their own."""

import io

import pytest
from django.core.cache import caches
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

from tests.cast import KURBAS, enter
from tests.forms import form_of
from victims.contributions import guards
from victims.vocabulary import Status


@pytest.fixture(autouse=True)
def a_store_of_its_own(settings, tmp_path, monkeypatch):
    """Pictures into a directory of the test, nothing counted before, and forms as if they had been read first."""
    settings.EVIDENCE_ROOT = tmp_path / "evidence"
    caches["throttle"].clear()
    monkeypatch.setattr(guards, "SOONEST", -1)


@pytest.fixture
def kurbas(db):
    return enter(KURBAS["martyrology"], status=Status.PUBLISHED)


@pytest.fixture
def sends(client):
    """Open a form, fill it in, and send it: sends("/en/contribute/", words="…") gives the answer."""

    def send(at, **filled):
        data = form_of(client.get(at), None)
        return client.post(at, {name: value for name, value in (data | filled).items() if value is not None})

    return send


def file(data: bytes, name="picture.jpg", kind="image/jpeg"):
    return SimpleUploadedFile(name, data, kind)


def drawn(form="JPEG", size=(64, 48), mode="RGB", **how) -> bytes:
    """Return a picture as a file of this format."""
    out = io.BytesIO()
    Image.new("RGB", size, "gray").convert(mode).save(out, form, **how)
    return out.getvalue()
