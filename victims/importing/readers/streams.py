"""A file's bytes and lines, whatever it is packed in: gzip, bzip2, xz, 7z; bounded in memory and in size."""

import bz2
import gzip
import io
import lzma
import os
import queue
import threading
import zlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import py7zr
from django.utils.translation import gettext_noop
from py7zr.io import Py7zIO, WriterFactory

from memorial.saying import said as _
from victims.importing.readers.items import LONGEST_LINE, ReadError

#: More than this many times the packed size, past the first 20 MB, is no list of entries.
LARGEST_RATIO, SMALL = 500, 20_000_000
PACKED = {b"\x1f\x8b": "gzip", b"BZh": "bzip2", b"\xfd7zXZ\0": "xz", b"7z\xbc\xaf'\x1c": "7z"}
DAMAGE = (EOFError, gzip.BadGzipFile, zlib.error, lzma.LZMAError, py7zr.exceptions.ArchiveError)
TOO_LONG = {
    "bytes": gettext_noop("is longer than %(longest)s bytes: this is no list of entries"),
    "characters": gettext_noop("is longer than %(longest)s characters: this is no list of entries"),
}
#: Blocks that wait between the thread that unpacks 7z and the reader, and the bytes of each.
AHEAD, BLOCK = 1, 1_000_000


def packing(start: bytes) -> str:
    """Return the name of what a file is packed in, by its first bytes; "" for a plain one."""
    return next((name for magic, name in PACKED.items() if start.startswith(magic)), "")


@contextmanager
def opened(path: Path, at: Callable[[int], object] = lambda position: None) -> Iterator[io.BufferedReader]:
    """Open a file for reading as plain bytes; ``at`` is told the position within the packed file.

    Raises ReadError (line 0: the caller knows it better) where the bytes are damaged or unpack without end.
    """
    with path.open("rb") as raw:
        name = packing(raw.read(8))
        raw.seek(0)
        with _unpacked(raw, name) as stream:
            yield io.BufferedReader(_Guarded(stream, raw, name, path.stat().st_size, at), 256 * 1024)


@contextmanager
def _unpacked(raw, name: str):
    if name == "7z":
        with _seven_zip(raw) as stream:
            yield stream
    elif name:
        module = {"gzip": gzip, "bzip2": bz2, "xz": lzma}[name]
        with module.open(raw, "rb") as stream:
            yield stream
    else:
        yield raw


def _damaged(name: str, error: Exception) -> str:
    return _("the %(packing)s file is damaged or cut short (%(why)s): fetch it again", packing=name, why=error)


def _bounded(unpacked: int, packed: int, line: int = 0) -> None:
    """Raise ReadError where so few bytes unpack into so many."""
    if unpacked > max(SMALL, LARGEST_RATIO * packed):
        why = _("unpacks to more than %(times)s times its size: this is no list of entries", times=LARGEST_RATIO)
        raise ReadError(line, why)


class _Guarded(io.RawIOBase):
    """Bytes that tell damage in words, and stop what unpacks into more than a list of entries could be."""

    def __init__(self, stream, raw, name: str, size: int, at):
        self.stream, self.raw, self.name, self.size, self.at = stream, raw, name, size, at
        self.read_so_far = 0

    def readable(self) -> bool:
        return True

    def readinto(self, buffer) -> int:
        try:
            data = self.stream.read1(len(buffer))
        except DAMAGE as error:
            raise ReadError(0, _damaged(self.name, error)) from None
        except OSError as error:
            if self.name:  # bzip2 and gzip tell damage so
                reason = _damaged(self.name, error)
            else:
                reason = _("cannot be read: %(why)s", why=error.strerror or error)
            raise ReadError(0, reason) from None
        self.read_so_far += len(data)
        if self.name:
            _bounded(self.read_so_far, self.size)
        if not self.raw.closed:
            self.at(self.raw.tell())
        buffer[: len(data)] = data
        return len(data)


class _Pipe(Py7zIO):
    """What a thread that unpacks puts in, a reader takes out, block by block."""

    def __init__(self):
        self.blocks: queue.Queue = queue.Queue(AHEAD)
        self.stopped = threading.Event()
        self.written, self.rest = 0, b""

    def put(self, block) -> None:
        while not self.stopped.is_set():
            with suppress(queue.Full):
                self.blocks.put(block, timeout=0.2)
                return

    def write(self, data) -> int:
        if self.stopped.is_set():
            raise EOFError("nobody reads on")
        self.written += len(data)
        view = memoryview(data)  # up to 128 MB: cut once, so that taking from it does not copy the rest each time
        for start in range(0, len(data), BLOCK):
            self.put(bytes(view[start : start + BLOCK]))
        return len(data)

    def read1(self, size=None) -> bytes:
        if not self.rest:
            block = self.blocks.get()
            if block is None or isinstance(block, Exception):
                self.blocks.put(block)
                if block is None:
                    return b""
                raise block
            self.rest = block
        data, self.rest = self.rest[:size], self.rest[size:]
        return data

    def read(self, size=None) -> bytes:
        return self.read1(size)

    def seek(self, offset, whence=0) -> int:
        return 0

    def flush(self) -> None:
        pass

    def size(self) -> int:
        return self.written


class _OneFile(WriterFactory):
    def __init__(self, pipe: _Pipe):
        self.pipe = pipe

    def create(self, filename: str) -> _Pipe:
        return self.pipe


@contextmanager
def _seven_zip(raw):
    """Unpack the one file of a 7z archive in a thread, since the library pushes and readers pull."""
    try:
        archive = py7zr.SevenZipFile(raw, "r")
        files = [told for told in archive.list() if not told.is_directory]
        names = [told.filename for told in files]
    except (*DAMAGE, OSError) as error:
        raise ReadError(1, _damaged(name="7z", error=error)) from None
    if archive.needs_password() or len(names) != 1:
        told = _("the 7z file holds %(number)s files, or has a password: pack one file without", number=len(names))
        raise ReadError(1, told)
    _bounded(files[0].uncompressed, os.fstat(raw.fileno()).st_size, line=1)
    pipe = _Pipe()

    def work():
        try:
            archive.extract(targets=names, factory=_OneFile(pipe))
            pipe.put(None)
        except Exception as error:
            pipe.put(error if isinstance(error, DAMAGE) else EOFError(str(error) or type(error).__name__))

    worker = threading.Thread(target=work, daemon=True)
    worker.start()
    try:
        yield pipe
    finally:
        pipe.stopped.set()
        worker.join(10)


def bounded_lines(stream, longest: int = LONGEST_LINE, unit: str = "bytes") -> Iterator[tuple]:
    """Yield (number, line) of a stream of bytes or text; ReadError with its line where it cannot be read on."""
    number = 0
    try:
        while line := stream.readline(longest + 1):
            number += 1
            if len(line) > longest:
                raise ReadError(number, _(TOO_LONG[unit], longest=longest))
            yield number, line
    except ReadError as error:
        if error.line:
            raise
        raise ReadError(number + 1, error.message) from None


def text_lines(stream, encoding: str = "utf-8", longest: int = LONGEST_LINE) -> Iterator[tuple[int, str]]:
    """Yield (number, line) of a stream in an encoding of single bytes or UTF-8; ReadError where it is another."""
    for number, line in bounded_lines(stream, longest):
        try:
            text = line.decode(encoding)
        except UnicodeDecodeError as error:
            what = encoding.upper()
            why = _("is not %(encoding)s (%(why)s): save the file as UTF-8", encoding=what, why=error.reason)
            raise ReadError(number, why) from None
        yield number, text.removeprefix("\ufeff") if number == 1 else text
