"""Pictures that visitors send: looked at by their content, and written anew, so that nothing else comes along.

What is kept is a JPEG of our own making: no EXIF and no place where it was taken, no scripts, no second file
hidden behind the picture. What cannot be read as a picture is refused; the name of the file plays no part.
"""

import hashlib
import io
import secrets
import warnings
from typing import NamedTuple

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.utils.translation import gettext as _
from PIL import Image, ImageOps, UnidentifiedImageError

from victims.models import Contribution, Evidence
from victims.models.contribution import evidence_store

#: What programs that make photographs and scans write; each is opened by the reader for it and no other.
FORMATS = ("JPEG", "PNG", "WEBP")
MOST_FILES = 5
MOST_BYTES = settings.LARGEST_FILE
#: A picture is a list of points in memory, however small its file: this many, 3 bytes each.
MOST_POINTS = 50_000_000
QUALITY = 90


class Picture(NamedTuple):
    """A picture written anew."""

    data: bytes
    width: int
    height: int


def rewritten(file) -> Picture:
    """Return the picture in an uploaded file, written anew; ValidationError says what is wrong with it."""
    if file.size > MOST_BYTES:
        limit = MOST_BYTES // 1024 // 1024
        raise ValidationError(_("The picture is too large: it may have %(limit)s MB.") % {"limit": limit})
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            return _read(file)
    except ValidationError:
        raise
    except (UnidentifiedImageError, OSError, ValueError, SyntaxError, EOFError, MemoryError) as error:
        raise _no_picture() from error
    except (Image.DecompressionBombError, Image.DecompressionBombWarning) as error:
        raise _too_many_points() from error


def _read(file) -> Picture:
    file.seek(0)
    with Image.open(file, formats=FORMATS) as image:
        if image.width * image.height > MOST_POINTS:
            raise _too_many_points()
        image.load()
        turned = ImageOps.exif_transpose(image)
        flat = Image.new("RGB", turned.size, "white")
        if turned.has_transparency_data:
            turned = turned.convert("RGBA")
            flat.paste(turned, mask=turned.getchannel("A"))
        else:
            flat.paste(turned.convert("RGB"))
    out = io.BytesIO()
    flat.save(out, "JPEG", quality=QUALITY)  # a new picture carries nothing of the old one but its points
    return Picture(out.getvalue(), flat.width, flat.height)


def _no_picture() -> ValidationError:
    return ValidationError(_("This is no picture that can be read here: send a JPEG, PNG or WebP file."))


def _too_many_points() -> ValidationError:
    words = _("The picture has too many points: it may have %(limit)s million. Make it smaller and send it again.")
    return ValidationError(words % {"limit": MOST_POINTS // 1_000_000})


def keep(contribution: Contribution, picture: Picture) -> Evidence:
    """Put a picture into the store beside a contribution, under a name that tells nothing."""
    name = evidence_store().save(f"{secrets.token_hex(20)}.jpg", ContentFile(picture.data))
    return Evidence.objects.create(
        contribution=contribution,
        file_name=name,
        size=len(picture.data),
        width=picture.width,
        height=picture.height,
        sha256=hashlib.sha256(picture.data).hexdigest(),
    )


def forget(evidence) -> int:
    """Delete pictures (a queryset): rows and files; return how many."""
    names = list(evidence.values_list("file_name", flat=True))
    evidence.delete()
    for name in names:
        evidence_store().delete(name)
    return len(names)
