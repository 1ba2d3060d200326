"""A file of entries uploaded at the desk: kept for a day, looked at, its columns mapped, imported.

What a request can do is bounded; a larger file is loaded by ``manage.py import_entries``, which has no bounds.
"""

import secrets
import shutil
import time
import zipfile
from dataclasses import dataclass, field
from pathlib import Path

from django import forms
from django.conf import settings
from django.core import signing
from django.core.exceptions import PermissionDenied
from django.utils.text import get_valid_filename
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from memorial.accounts import role_of
from memorial.saying import in_words
from sources.models import Source
from victims.desk.wording import worded
from victims.importing.intake import Taken, take_in
from victims.importing.loading import parsed
from victims.importing.readers import FORMS, Columns, File, MappingError, ReadError
from victims.importing.readers.columns import ABOUT, Target, recognise, target
from victims.importing.readers.filling import PATHS
from victims.importing.readers.streams import opened
from victims.importing.transfer import is_transfer
from victims.labels import label, warning
from victims.models import Entry
from victims.models.dictionary import chunks
from victims.permissions import KEEPERS, enterable, may_enter, only_source
from victims.vocabulary import Status

MOST_BYTES, MOST_UNPACKED, MOST_ENTRIES = 10_000_000, 100_000_000, 3000
DAY = 24 * 60 * 60
SALT = "victims.desk.uploading"
SHOWN, SHOWN_REJECTED = 10, 100
COMMAND = gettext_lazy("Ask an administrator to load it by the command import_entries, which has no bounds.")


class UploadForm(forms.Form):
    """Which file, of which source, and how it is read where that is not found."""

    source = forms.ModelChoiceField(Source.objects.none(), label=gettext_lazy("Source"), to_field_name="slug")
    file = forms.FileField(
        label=gettext_lazy("File"), required=False,
        help_text=gettext_lazy("CSV, XLSX, ODS, JSON Lines or text; at most 10 MB and 3,000 entries."),
    )  # fmt: skip
    status = forms.ChoiceField(
        label=gettext_lazy("Status"),
        choices=[(str(status), gettext_lazy(status.label)) for status in (Status.DRAFT, Status.PUBLISHED)],
        required=False,
    )
    form = forms.ChoiceField(
        label=gettext_lazy("Form of the file"), required=False,
        choices=[("", gettext_lazy("found by its content")), *((form, form) for form in FORMS)],
    )  # fmt: skip
    encoding = forms.CharField(label=gettext_lazy("Encoding"), max_length=20, required=False)
    delimiter = forms.CharField(label=gettext_lazy("Delimiter"), max_length=1, required=False, strip=False)
    sheet = forms.CharField(label=gettext_lazy("Sheet"), max_length=100, required=False)
    kept = forms.CharField(widget=forms.HiddenInput, required=False, max_length=500)

    def __init__(self, user, *arguments, **options):
        super().__init__(*arguments, **options)
        self.user = user
        self.fields["source"].queryset = enterable(user)
        self.fields["source"].label_from_instance = lambda source: f"{source.slug}: {source.title[:80]}"
        if not self.is_bound and (only := only_source(user)):
            self.initial["source"] = only
        if role_of(user) not in KEEPERS:  # what an archivist enters is a draft
            del self.fields["status"]

    def clean(self):
        told = super().clean()
        file, kept = told.get("file"), told.get("kept")
        if file and file.size > MOST_BYTES:
            self.add_error("file", _("The file has more than 10 MB.") + f" {COMMAND}")
        elif not file and not kept:
            self.add_error("file", _("Choose a file."))
        elif not file:
            told["path"] = self._path(kept)
        return told

    def _path(self, kept: str) -> Path | None:
        try:
            place, name, user = signing.loads(kept, salt=SALT, max_age=DAY)
        except signing.BadSignature:
            place = user = None
        if user != self.user.pk or not (path := Path(settings.UPLOAD_ROOT) / place / name).is_file():
            self.add_error("file", _("The file is not kept any more: choose it again."))
            return None
        return path

    def keep(self) -> Path | None:
        """Return where the file lies, None where there is none, and remember it in ``kept``.

        So that nobody chooses it twice, it is kept also where something else of the form is to be mended. What is
        older than a day goes.
        """
        if path := self.cleaned_data.get("path"):
            return path
        file, root = self.cleaned_data.get("file"), Path(settings.UPLOAD_ROOT)
        if not file:
            return None
        root.mkdir(mode=0o700, parents=True, exist_ok=True)
        for old in root.iterdir():
            if old.stat().st_mtime < time.time() - DAY:
                shutil.rmtree(old, ignore_errors=True)
        place, name = secrets.token_hex(16), get_valid_filename(f"_{Path(file.name).name}")[1:][-100:] or "file"
        (root / place).mkdir(mode=0o700)
        with (root / place / name).open("wb") as out:
            for chunk in file.chunks():
                out.write(chunk)
        self.data = self.data.copy()
        self.data["kept"] = signing.dumps([place, name, self.user.pk], salt=SALT)
        return root / place / name


@dataclass
class Shown:
    """A column on the page: its name in the form, header, what it becomes, samples, what is wrong with it."""

    name: str
    header: str
    becomes: str
    samples: list[tuple[str, str]] = field(default_factory=list)
    error: str = ""


@dataclass
class Looked:
    """What a file says before it is imported; with an ``error`` it cannot be."""

    columns: list[Shown] = field(default_factory=list)
    entries: list[dict] = field(default_factory=list)
    taken: Taken | None = None
    error: str = ""

    @property
    def rejected(self) -> list[tuple[int, str]]:
        """Lines that would be rejected, and why."""
        rejected = self.taken.summary.rejected if self.taken else []
        return [(told.line, in_words(told.reason)) for told in rejected[:SHOWN_REJECTED]]

    @property
    def ready(self) -> bool:
        return bool(self.taken) and self.taken.summary.read > len(self.taken.summary.rejected)


class Upload:
    """A kept file with its mapping: ``look`` at it, then ``load`` it."""

    def __init__(self, path: Path, told: dict, asked, user):
        self.path, self.source, self.user = path, told["source"], user
        self.status = told.get("status") or str(Status.DRAFT)
        self.how = {name: told.get(name, "") for name in ("form", "encoding", "delimiter", "sheet")}
        self.looked = Looked()
        self.asked = {} if told.get("file") else asked  # another file has other columns

    def look(self) -> Looked:
        """Return what each column becomes, the first entries as they are read, and what is rejected."""
        if not may_enter(self.user, self.source):
            raise PermissionDenied
        try:
            self._bounded()
            self.looked.columns = self._columns()
            if any(column.error for column in self.looked.columns):
                return self.looked
            self._count()
            file = self.file()
            for column, shown in zip(file.describe(), self.looked.columns, strict=False):
                shown.samples = [(printed, in_words(read)) for printed, read in column.samples]
            self.looked.taken = take_in(self.file(), self.source, dry_run=True, processes=0)
            self.looked.entries = list(self._first())
            self._published()
        except (ReadError, MappingError) as error:
            self.looked.error = _told(error)
        return self.looked

    def load(self, rejected: Path) -> Taken:
        """Import the file; what is rejected goes to a file. Call it after a ``look`` without an error."""
        try:
            how = {"status": self.status, "by": self.user, "processes": 0, "rejected": rejected, "word": in_words}
            return take_in(self.file(), self.source, **how)
        finally:
            shutil.rmtree(self.path.parent, ignore_errors=True)

    def file(self) -> File:
        """Return the file as it is read with the mapping on the page."""
        said = {column.header: target(column.becomes, column.header) for column in self.looked.columns}
        return File(self.path, columns=Columns(said), **self.how)

    def _bounded(self) -> None:
        if is_transfer(self.path):
            raise ReadError(0, _("this is an export of everything.") + f" {COMMAND}")
        if _unpacked(self.path) > MOST_UNPACKED:
            raise ReadError(0, _("the file unpacks to more than 100 MB.") + f" {COMMAND}")

    def _columns(self) -> list[Shown]:
        shown = []
        for at, header in enumerate(File(self.path, **self.how).headers()):
            name = f"column-{at}"
            column = Shown(name, header, self.asked.get(name, "").strip())
            if name not in self.asked:
                column.becomes = _words(recognise(header))
            try:
                target(column.becomes, header)
            except MappingError as error:
                column.error = in_words(error.args[0])
            shown.append(column)
        return shown

    def _count(self) -> None:
        counted = 0

        def one_more(done: int) -> None:
            nonlocal counted
            counted += done
            if counted > MOST_ENTRIES:
                raise ReadError(0, _("the file has more than 3,000 entries.") + f" {COMMAND}")

        if not self.file().count(one_more):
            raise ReadError(0, _("there is no entry in the file."))

    def _first(self):
        """Yield the first entries: words, and what is read from them, in words."""
        shown = 0
        for item in self.file().items():
            if isinstance(item, ReadError):
                continue
            entry = parsed(item, self.source)
            worded_slots = ((slot, worded(slot, value)) for slot, value in entry.said.items())
            told = [(_(label(slot)), words) for slot, words in worded_slots if words]
            yield {"line": item.line, "text": item.text, "told": told}
            shown += 1
            if shown == SHOWN:
                return

    def _published(self) -> None:
        """Refuse an archivist's file that would change records which are not drafts."""
        if role_of(self.user) in KEEPERS:
            return
        keys = [item.key for item in self.file().items() if not isinstance(item, ReadError)]
        count = 0
        for chunk in chunks(keys):
            found = Entry.objects.filter(source=self.source, item_key__in=chunk)
            count += found.exclude(victim__status=str(Status.DRAFT)).count()
        if count:
            told = _("%(count)s entries of this file are here already and no drafts: an editor imports it.")
            raise ReadError(0, told % {"count": count})


def told_aside(taken: Taken | None) -> list[tuple[str, int]]:
    """Return (what, how often) of what a file has and nothing is made of, and of what the reading doubts."""
    if taken is None:
        return []
    passed = _("passed over: %(what)s")
    found = [(passed % {"what": in_words(what)}, number) for what, number in taken.aside.most_common()]
    doubted = taken.summary.warnings.most_common()
    return found + [(_(warning(code)), number) for code, number in doubted]


def _told(error: ReadError | MappingError) -> str:
    """Return an error in the language of the page; line 0 is the file as a whole."""
    if isinstance(error, MappingError):
        return in_words(error.args[0])
    line = _("Line %(number)s") % {"number": error.line} + ": " if error.line else ""
    return line + in_words(error.message)


def _unpacked(path: Path) -> int:
    """Return how many bytes a file unpacks to, read no further than what is too many."""
    if zipfile.is_zipfile(path):
        with zipfile.ZipFile(path) as archive:
            return sum(part.file_size for part in archive.infolist())
    size = 0
    with opened(path) as stream:
        while size <= MOST_UNPACKED and (block := stream.read(1_000_000)):
            size += len(block)
    return size


def _words(told: Target | None) -> str:
    return str(told) if told else ""


def targets() -> list[tuple[str, str]]:
    """Return (place, what it is called) of all that a column can become."""
    return [(path, str(_(label(path)))) for path in (*PATHS, *ABOUT)]
