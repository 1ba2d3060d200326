"""The entries of all people whom a question finds, as one stream in the form that imports read."""

import re
import zlib
from collections.abc import Iterator

from django.http import StreamingHttpResponse
from django.utils.translation import gettext as _
from drf_spectacular.types import OpenApiTypes
from rest_framework.renderers import JSONRenderer

from victims.api.access import ExportThrottle
from victims.api.base import ApiView, page_asked
from victims.api.schema import Operation as Op
from victims.filters import VictimFilterSet
from victims.filters.names import NEARNESS
from victims.importing.exporting import published
from victims.models import Victim
from victims.search import EXACT

LINES = "application/x-ndjson"
CHUNK = 500
#: Lines that are sent, or packed, together.
TOGETHER = 64 * 1024

#: Accept-Encoding takes gzip; what it weighs with 0 it does not take.
GZIP = re.compile(r"\bgzip\b(?!\s*;\s*q=0(?:\.0*)?\s*(?:,|\Z))", re.IGNORECASE)


class Lines(JSONRenderer):
    """JSON Lines; what goes wrong is told as JSON all the same."""

    media_type, format = LINES, "jsonl"


class Export(ApiView):
    """What sources tell of all people whom a question finds: an entry a line, words, record, spans, corrections.

    Only what the public sees is in it, whoever asks. It is packed where gzip is accepted.
    """

    tag, filterset_class = "victims", VictimFilterSet
    operations = {"GET": Op("export", "Export entries as a stream", OpenApiTypes.STR, streams=LINES)}
    choices = dict.fromkeys(NEARNESS, (str(EXACT),))
    renderer_classes = [Lines, JSONRenderer]

    def check_parameters(self, request) -> None:
        """Leave it to ``get``, which tells all that is wrong at once."""

    def get(self, request):
        people = self.filterset_class(request.query_params, Victim.objects.published())
        wrong = people.complaints()
        told = _("An export is not ranked: ask for names as they are written.")
        for name in NEARNESS:
            if request.query_params.get(name, EXACT) not in ("", EXACT):
                wrong.setdefault(name, [told])
        page_asked(request.query_params, lambda text: None, wrong)
        packed = GZIP.search(request.headers.get("Accept-Encoding", "")) is not None
        headers = {"Content-Encoding": "gzip"} if packed else {}
        headers |= {"Content-Disposition": 'attachment; filename="entries.jsonl"', "Cache-Control": "no-store"}
        headers["Vary"] = "Accept-Encoding"
        if request.method == "HEAD":  # a stream too: it has no validator
            return StreamingHttpResponse((), content_type=LINES, headers=headers)
        self.count_export(request)
        keys = people.qs.order_by("pk").values_list("pk", flat=True).iterator(CHUNK)
        content = together(published(keys))
        content = gzipped(content) if packed else content
        return StreamingHttpResponse(content, content_type=LINES, headers=headers)

    def count_export(self, request) -> None:
        """Count an export, and only one that is given: a question that was refused has cost nothing."""
        throttle = ExportThrottle()
        if not throttle.allow_request(request, self):
            self.throttled(request, throttle.wait())


def together(lines: Iterator[str]) -> Iterator[bytes]:
    """Yield lines in blocks, so that none is sent alone."""
    block, size = [], 0
    for line in lines:
        block.append(line.encode())
        size += len(block[-1])
        if size >= TOGETHER:
            yield b"".join(block)
            block, size = [], 0
    if block:
        yield b"".join(block)


def gzipped(blocks: Iterator[bytes]) -> Iterator[bytes]:
    """Yield blocks packed as one gzip stream."""
    packer = zlib.compressobj(6, wbits=31)
    for block in blocks:
        if packed := packer.compress(block):
            yield packed
    yield packer.flush()
