"""Pictures that visitors send are looked at by their content and written anew."""

import io
import struct
import zlib
from pathlib import Path

import pytest
from PIL import Image

from tests.victims.contributions.conftest import drawn, file
from victims.contributions import pictures
from victims.models import Contribution, Evidence

pytestmark = pytest.mark.django_db
SVG = b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'


def kept() -> list[bytes]:
    """Return the files in the store."""
    from victims.models.contribution import evidence_store

    return [Path(evidence_store().path(one.file_name)).read_bytes() for one in Evidence.objects.order_by("pk")]


@pytest.fixture
def send(sends, kurbas):
    def sent(*files):
        return sends(f"/en/contribute/{kurbas.public_id}/", words="рассказ", pictures=list(files))

    return sent


@pytest.mark.parametrize(
    ("form", "mode"),
    [("JPEG", "RGB"), ("JPEG", "CMYK"), ("JPEG", "L"), ("PNG", "RGBA"), ("PNG", "P"), ("WEBP", "RGB")],
)
def test_photographs_and_scans_are_kept_as_pictures_of_our_own(send, form, mode):
    data = drawn(form, mode=mode)
    assert send(file(data)).status_code == 302
    [made] = kept()
    with Image.open(io.BytesIO(made)) as image:
        assert (image.format, image.size, image.mode) == ("JPEG", (64, 48), "RGB")
    assert made != data
    row = Evidence.objects.get()
    assert (row.width, row.height, row.size) == (64, 48, len(made))


def test_the_name_and_the_kind_that_a_browser_tells_play_no_part(send):
    assert send(file(drawn("PNG"), "../../etc/passwd.svg", "text/html")).status_code == 302
    assert "passwd" not in Evidence.objects.get().file_name


def test_the_place_where_it_was_taken_is_gone_and_its_turning_is_done(send):
    exif = Image.Exif()
    exif[0x0112], exif[0x013B] = 6, "Somebody"  # turned by a quarter; author
    exif.get_ifd(0x8825)[2] = (50.0, 27.0, 0.0)  # latitude
    data = drawn(exif=exif, comment=b"hidden words")
    assert b"Exif" in data and b"hidden words" in data
    send(file(data))
    [made] = kept()
    assert b"Exif" not in made and b"hidden words" not in made and b"Somebody" not in made
    with Image.open(io.BytesIO(made)) as image:
        assert not image.getexif() and image.size == (48, 64)


def test_what_hides_behind_a_picture_is_gone(send):
    send(file(drawn() + b"<script>alert(1)</script>" + b"PK\x03\x04 a zip"))
    [made] = kept()
    assert b"<script>" not in made and b"PK\x03\x04" not in made


def chunk(kind, data):
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


def bomb(side: int) -> bytes:
    """Return a small file that is a picture of very many points."""
    head = struct.pack(">IIBBBBB", side, side, 1, 0, 0, 0, 0)
    rows = zlib.compress(bytes(1000), 9)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", rows) + chunk(b"IEND", b"")


@pytest.mark.parametrize(
    ("data", "told"),
    [
        (SVG, "no picture"),
        (b"", "empty"),
        (b"\xff\xd8\xff" + b"\0" * 100, "no picture"),
        (drawn()[:200], "no picture"),
        (b"%PDF-1.7 ...", "no picture"),
        (b"GIF89a" + b"\0" * 50, "no picture"),
        (drawn("TIFF"), "no picture"),
        (b"<html><script>alert(1)</script>" + drawn(), "no picture"),
        (bomb(20_000), "too many points"),
        (bomb(9_000), "too many points"),
        (bomb(2**31 - 1), "too many points"),
        (drawn() + b"\0" * (10 * 1024 * 1024), "too large"),
    ],
)
def test_what_is_no_picture_or_too_much_is_refused_beside_its_field(send, data, told):
    answer = send(file(data))
    page = answer.content.decode()
    assert answer.status_code == 400 and told in page and "рассказ" in page
    assert "Please choose the pictures again" in page
    assert not Contribution.objects.exists() and not kept()


def test_one_bad_picture_keeps_none_of_the_others(send):
    assert send(file(drawn()), file(SVG)).status_code == 400
    assert not Evidence.objects.exists()


def test_no_more_than_five_at_once(send):
    assert send(*(file(drawn()) for _ in range(6))).status_code == 400
    assert send(*(file(drawn()) for _ in range(5))).status_code == 302
    assert len(kept()) == 5


def test_more_files_than_any_form_has_are_a_clear_error(send):
    assert send(*(file(drawn()) for _ in range(11))).status_code == 400


def test_forgetting_a_picture_deletes_its_file(send, settings):
    send(file(drawn()))
    assert pictures.forget(Evidence.objects.all()) == 1
    assert list(Path(settings.EVIDENCE_ROOT).iterdir()) == []
