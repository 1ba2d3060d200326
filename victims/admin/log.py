"""Merges and the log in the administration site: to look at."""

from django.contrib import admin

from memorial.accounts import role_of
from victims.admin.names import Titled, name_columns
from victims.models import Merge, Revision
from victims.permissions import KEEPERS


class LookOnly(Titled, admin.ModelAdmin):
    """Rows that are shown and never changed here."""

    show_full_result_count = False
    show_facets = admin.ShowFacets.NEVER

    def __init__(self, model, admin_site):
        super().__init__(model, admin_site)
        name_columns(model)

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
