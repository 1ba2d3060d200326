"""Imports, merges and the log in the administration site: to look at, and to take back."""

from django.contrib import admin, messages
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from memorial.accounts import role_of
from victims.desk.forms import ReasonForm
from victims.importing.batches import undo_batch
from victims.models import Batch, Entry, EntryVersion, Merge, Revision
from victims.models.record import Refused
from victims.permissions import KEEPERS


class LookOnly(admin.ModelAdmin):
    """Rows that are shown and never changed here."""

    show_full_result_count = False
    show_facets = admin.ShowFacets.NEVER

    def has_module_permission(self, request):
        return role_of(request.user) in KEEPERS

    def has_view_permission(self, request, obj=None):
        return role_of(request.user) in KEEPERS

    def has_add_permission(self, request):
        return False

    def has_change_permission(self, request, obj=None):
        return False

    def has_delete_permission(self, request, obj=None):
        return False

    def has_keeper_permission(self, request):
        return role_of(request.user) in KEEPERS


@admin.register(Batch)
class BatchAdmin(LookOnly):
    list_display = ("started_at", "source", "file_name", "counts", "by", "undone_at")
    list_select_related = ("source", "by")
    ordering = ("-started_at",)
    actions = ("undo",)

    @admin.action(description=gettext_lazy("Undo the chosen import"), permissions=["keeper"])
    def undo(self, request, queryset):
        chosen = list(queryset[:2])
        if len(chosen) != 1:
            messages.error(request, _("Choose one import to undo."))
            return None
        form = ReasonForm(request.POST if "_confirmed" in request.POST else None)
        if not form.is_bound or not form.is_valid():
            return self._preview(request, chosen[0], form)
        try:
            counts = undo_batch(chosen[0], why=form.cleaned_data["why"], by=request.user)
        except Refused as refusal:
            messages.error(request, str(refusal))
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


@admin.register(Merge)
class MergeAdmin(LookOnly):
    list_display = ("at", "absorbed", "kept", "reason", "by", "undone_at")
    list_select_related = ("absorbed", "kept", "by")
    ordering = ("-at",)


@admin.register(Revision)
class RevisionAdmin(LookOnly):
    list_display = ("at", "kind", "victim", "number", "by", "why")
    list_select_related = ("victim", "by")
    list_filter = ("kind",)
    ordering = ("-id",)
