"""Imports in the administration site: a file is uploaded, looked at, imported; imports are seen and undone."""

import tempfile
from pathlib import Path

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from memorial.accounts import role_of
from memorial.saying import in_words
from victims.admin.log import LookOnly
from victims.desk.forms import ReasonForm
from victims.desk.uploading import Upload, UploadForm, targets, told_aside
from victims.importing.batches import undo_batch
from victims.models import Batch, Entry, EntryVersion
from victims.models.record import Refused
from victims.permissions import KEEPERS, may_undo, own_sources

#: Of rejected lines the page gives back so much, to be mended.
LONGEST = 200_000


@admin.register(Batch)
class BatchAdmin(LookOnly):
    list_display = ("started_at", "source", "file_name", "result", "by", "undone_at")
    fields = (
        "source", "file_name", "file_sha256", "by", "started_at", "finished_at", "undone_at", "result", "people",
    )  # fmt: skip
    list_select_related = ("source", "by")
    ordering = ("-started_at",)
    actions = ("undo",)

    def has_module_permission(self, request):
        return role_of(request.user) is not None

    def has_view_permission(self, request, obj=None):
        if obj is None or role_of(request.user) in KEEPERS:
            return role_of(request.user) is not None
        return obj.source_id in own_sources(request.user)

    @admin.display(description=gettext_lazy("Result"))
    def result(self, batch):
        counts = dict.fromkeys(("read", "new", "changed", "unchanged"), 0) | batch.counts
        words = _("%(read)s read: %(new)s new, %(changed)s changed, %(unchanged)s unchanged.") % counts
        if counts.get("rejected"):
            words += " " + _("%(count)s rejected.") % {"count": counts["rejected"]}
        return words

    @admin.display(description=gettext_lazy("People of this import"))
    def people(self, batch):
        address = f"{reverse('admin:victims_victim_changelist')}?batch={batch.pk}"
        return format_html('<a href="{}">{}</a>', address, _("list"))

    def has_undo_permission(self, request):
        return role_of(request.user) is not None

    def get_queryset(self, request):
        found = super().get_queryset(request)
        return found if role_of(request.user) in KEEPERS else found.filter(source__in=own_sources(request.user))

    def get_urls(self):
        view = self.admin_site.admin_view(self.upload_view)
        return [path("upload/", view, name="victims_batch_upload"), *super().get_urls()]

    def upload_view(self, request):
        """Take a file, show what would become of it, and import it when that is asked for."""
        if role_of(request.user) is None:
            raise PermissionDenied
        form = UploadForm(request.user, request.POST or None, request.FILES or None)
        looked = taken = None
        rejected = file_name = ""
        valid = form.is_bound and form.is_valid()
        if form.is_bound and (path := form.keep()):
            file_name = path.name
        if valid:
            upload = Upload(path, form.cleaned_data, request.POST, request.user)
            looked = upload.look()
            if "_import" in request.POST and looked.ready and not looked.error:
                taken, rejected = self._load(upload)
        code = 422 if form.is_bound and (not valid or looked.error) else 200
        context = {
            **self.admin_site.each_context(request),
            "opts": self.opts,
            "title": _("Import a file"),
            "form": form,
            "looked": looked,
            "file_name": file_name,
            "taken": taken,
            "aside": told_aside(taken or (looked and looked.taken)),
            "rejected": rejected,
            "targets": targets() if looked and looked.columns else (),
        }
        return TemplateResponse(request, "admin/victims/batch/upload.html", context, status=code)

    @staticmethod
    def _load(upload):
        with tempfile.TemporaryDirectory() as place:
            out = Path(place) / "rejected"
            taken = upload.load(out)
            return taken, out.read_text("utf-8")[:LONGEST] if out.exists() else ""

    @admin.action(description=gettext_lazy("Undo the chosen import"), permissions=["undo"])
    def undo(self, request, queryset):
        chosen = list(queryset[:2])
        if len(chosen) != 1:
            messages.error(request, _("Choose one import to undo."))
            return None
        if not may_undo(request.user, chosen[0]):
            messages.error(request, _("An archivist undoes imports of their own, while all of it is a draft."))
            return None
        form = ReasonForm(request.POST if "_confirmed" in request.POST else None)
        if not form.is_bound or not form.is_valid():
            return self._preview(request, chosen[0], form)
        try:
            counts = undo_batch(chosen[0], why=form.cleaned_data["why"], by=request.user)
        except Refused as refusal:
            messages.error(request, in_words(refusal))
            return None
        messages.success(request, _("Undone: %(removed)s entries removed, %(reverted)s as they were.") % counts)
        return None

    def _preview(self, request, batch, form):
        """Show how much an undoing would take away, and ask for the reason."""
        live = Entry.objects.filter(batch=batch, removed=False)
        former = EntryVersion.objects.filter(entry__in=live, undone=False).exclude(batch=batch)
        changed = former.values("entry").distinct().count()
        context = {
            **self.admin_site.each_context(request),
            "opts": self.opts,
            "title": _("Undo the import"),
            "batch": batch,
            "form": form,
            "gone": live.count() - changed,
            "changed": changed,
        }
        return TemplateResponse(request, "admin/victims/batch/undo.html", context)
