"""Reference data in the administration site: sources, bodies, regions, sites, operations, dictionaries.

Every change goes through the door of reference data (``models.reference.Put``) and so into the log, and
records that depend on it follow. Nothing is deleted here: what is wrong is corrected.
"""

from django import forms
from django.contrib import admin
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from memorial.accounts import Role, role_of
from memorial.fields import EDTFField
from sources.models import Appointment, Source
from victims.admin.names import Titled, Worded, name_columns
from victims.desk.fields import DateField
from victims.models import (
    Body,
    BodyMember,
    Document,
    ExecutionSite,
    GroupCase,
    Limit,
    Operation,
    OperationCategory,
    Passage,
    Place,
    PrintedForm,
    Region,
    RegionSuccession,
    Report,
    SiteFigure,
    TargetGroup,
)
from victims.models.reference import Put
from victims.permissions import KEEPERS
from victims.vocabulary import FormState


class _ByDoor:
    """What admin pages of reference data share: editors change, archivists look, nobody deletes."""

    formfield_overrides = {EDTFField: {"form_class": DateField}}

    def formfield_for_choice_field(self, db_field, request, **kwargs):
        found = db_field.get_choices(include_blank=db_field.blank or not db_field.has_default())
        kwargs.setdefault("choices", [(code, _(str(words))) for code, words in found])
        return super().formfield_for_choice_field(db_field, request, **kwargs)

    def has_module_permission(self, request):
        return role_of(request.user) is not None

    def has_view_permission(self, request, obj=None):
        return role_of(request.user) is not None

    def has_add_permission(self, request, obj=None):
        return role_of(request.user) in KEEPERS

    def has_change_permission(self, request, obj=None):
        return role_of(request.user) in KEEPERS

    def has_delete_permission(self, request, obj=None):
        return False


class ReferenceAdmin(Titled, _ByDoor, admin.ModelAdmin):
    """A table of reference data; its rows and those below them are written by ``Put``."""

    show_full_result_count = False
    show_facets = admin.ShowFacets.NEVER
    list_per_page = 100

    def __init__(self, model, admin_site):
        super().__init__(model, admin_site)
        name_columns(model, *(below.model for below in self.inlines))

    def save_model(self, request, obj, form, change):
        put_row(obj, form.cleaned_data, user=request.user)

    def save_related(self, request, form, formsets, change):
        for formset in formsets:
            for row in formset.forms:
                if row.has_changed():
                    told = row.cleaned_data
                    only = {name: told[name] for name in row.changed_data if name in told}
                    put_row(row.instance, told, user=request.user, only=only, owner=form.instance)


class Below(Worded, _ByDoor, admin.TabularInline):
    """Rows below one of reference data."""

    extra = 0
    show_change_link = False
    can_delete = False


def put_row(row, cleaned: dict, *, user, only: dict | None = None, owner=None) -> None:
    """Write one row through the door: by its key where it is there, else by a unique column or all of them."""
    columns = {field.name for field in row._meta.concrete_fields} - {"id"}
    values = {name: value for name, value in cleaned.items() if name in columns}
    if owner is not None:
        link = next(f.name for f in row._meta.concrete_fields if f.related_model is type(owner))
        values[link] = owner
    if row.pk:
        key, values = {"pk": row.pk}, {name: value for name, value in (only or values).items() if name in columns}
    else:
        singular = (field.name for field in row._meta.concrete_fields if field.unique)
        unique = next((name for name in singular if name in values), None)
        key = {unique: values.pop(unique)} if unique else values
        values = values if unique else {}
    with Put(why=_("administration site"), by=user) as put:
        row.pk = put(type(row), key, values).pk


@admin.register(Source)
class SourceAdmin(ReferenceAdmin):
    list_display = ("title", "slug", "kind", "level", "reference")
    list_filter = ("kind", "level")
    search_fields = ("slug", "title", "code")
    autocomplete_fields = ("parent",)

    @admin.display(description=gettext_lazy("Archival reference"))
    def reference(self, source):
        return str(source.reference_code or "")


class Members(Below):
    model = BodyMember
    exclude = ("victim",)
    autocomplete_fields = ("source",)


@admin.register(Body)
class BodyAdmin(ReferenceAdmin):
    list_display = ("name_ru", "kind", "region", "period")
    list_filter = ("kind",)
    list_select_related = ("region",)
    search_fields = ("name_ru", "name_en", "slug")
    autocomplete_fields = ("region", "source")
    inlines = (Members,)


class Successions(Below):
    model = RegionSuccession
    fk_name = "predecessor"
    autocomplete_fields = ("successor", "source")


@admin.register(Region)
class RegionAdmin(ReferenceAdmin):
    list_display = ("name_ru", "name_en", "kind", "formed", "abolished")
    list_filter = ("kind",)
    search_fields = ("name_ru", "name_en", "slug")
    inlines = (Successions,)


class Figures(Below):
    model = SiteFigure
    autocomplete_fields = ("source",)


@admin.register(ExecutionSite)
class ExecutionSiteAdmin(ReferenceAdmin):
    list_display = ("name_ru", "region", "shooting", "burial", "period")
    list_select_related = ("region",)
    search_fields = ("name_ru", "name_en", "slug")
    autocomplete_fields = ("region", "source")
    inlines = (Figures,)


class Categories(Below):
    model = OperationCategory
    autocomplete_fields = ("source",)


class TargetGroups(Below):
    model = TargetGroup
    autocomplete_fields = ("source",)


class Passages(Below):
    model = Passage
    autocomplete_fields = ("document", "source")


@admin.register(Operation)
class OperationAdmin(ReferenceAdmin):
    list_display = ("code", "name_ru", "parent", "period")
    search_fields = ("code", "name_ru", "name_en")
    autocomplete_fields = ("parent", "source")
    inlines = (Categories, TargetGroups, Passages)


@admin.register(Document)
class DocumentAdmin(ReferenceAdmin):
    list_display = ("title_en", "kind", "date", "operation")
    list_select_related = ("operation",)
    search_fields = ("slug", "title_ru", "title_en")
    autocomplete_fields = ("operation", "source")


@admin.register(Limit)
class LimitAdmin(ReferenceAdmin):
    list_display = ("operation", "region", "scope", "category", "requested", "approved", "date", "source")
    list_select_related = ("operation", "region", "source")
    list_filter = ("category", "document")
    search_fields = ("region__name_ru", "scope")
    autocomplete_fields = ("operation", "document", "region", "source")


@admin.register(Report)
class ReportAdmin(ReferenceAdmin):
    list_display = ("operation", "author", "scope", "as_of", "condemned", "executed_from", "executed_to", "source")
    list_select_related = ("operation", "source")
    search_fields = ("author", "scope")
    autocomplete_fields = ("operation", "source")


@admin.register(GroupCase)
class GroupCaseAdmin(ReferenceAdmin):
    list_display = ("name", "archival_file")
    search_fields = ("name",)
    autocomplete_fields = ("source",)


class MeaningForm(forms.ModelForm):
    """What a printed form means; its state follows from that, unless it is said to have no single meaning."""

    def clean(self):
        told = super().clean()
        meanings = ("code", "body", "source", "region", "site", "latitude")
        meant = any(told.get(name) not in (None, "") for name in meanings)
        if meant and told.get("state") == FormState.MEANINGLESS:
            raise ValidationError(_("Give a meaning, or say that it has none: not both."))
        if told.get("state") != FormState.MEANINGLESS:
            told["state"] = str(FormState.RECOGNISED if meant else FormState.UNRECOGNISED)
        return told

    def _post_clean(self):
        super()._post_clean()
        self.instance.state = self.cleaned_data.get("state", self.instance.state)


class DictionaryAdmin(ReferenceAdmin):
    """Printed forms: their words are what is printed, so only their meaning is changed here."""

    form = MeaningForm
    readonly_fields = ("text",)
    search_fields = ("folded",)
    ordering = ("folded",)

    def has_add_permission(self, request, obj=None):
        return False

    def get_search_results(self, request, queryset, search_term):
        return super().get_search_results(request, queryset, search_term.lower().replace("ё", "е"))


@admin.register(PrintedForm)
class PrintedFormAdmin(DictionaryAdmin):
    list_display = ("text", "kind", "state", "code", "body")
    list_select_related = ("body",)
    list_filter = ("kind", "state")
    readonly_fields = ("text", "kind")
    fields = ("text", "kind", "state", "code", "body", "source")
    autocomplete_fields = ("body", "source")


@admin.register(Place)
class PlaceAdmin(DictionaryAdmin):
    list_display = ("text", "state", "region", "site")
    list_select_related = ("region", "site")
    list_filter = ("state",)
    fields = ("text", "state", "region", "site", "latitude", "longitude", "precision_km")
    autocomplete_fields = ("region", "site")


@admin.register(Appointment)
class AppointmentAdmin(admin.ModelAdmin):
    """Which archivist enters what: an administrator's matter."""

    list_display = ("user", "source")
    autocomplete_fields = ("source",)
    list_select_related = ("user", "source")

    def _administers(self, request) -> bool:
        return role_of(request.user) == Role.ADMINISTRATOR

    def has_module_permission(self, request):
        return self._administers(request)

    def has_view_permission(self, request, obj=None):
        return self._administers(request)

    def has_add_permission(self, request):
        return self._administers(request)

    def has_change_permission(self, request, obj=None):
        return self._administers(request)

    def has_delete_permission(self, request, obj=None):
        return self._administers(request)
