"""What the columns of reference data, imports, merges and the log are called in the administration site.

Where a field has no name of its own Django makes one of its identifier, which nobody translates.
"""

from functools import cache

from django.contrib import admin
from django.utils.text import capfirst
from django.utils.translation import gettext, gettext_noop
from django.utils.translation import gettext_lazy as _

COLUMNS = {
    "abolished": _("Ceased to be"),
    "absorbed": _("Merged record"),
    "approved": _("Approved"),
    "approved_by": _("Approved by"),
    "archival_file": _("Archival file"),
    "arrested": _("People arrested"),
    "as_of": _("As of"),
    "at": _("When"),
    "author": _("Author"),
    "body": _("Body"),
    "burial": _("Burial"),
    "by": _("By whom"),
    "category": _("Category"),
    "code": _("Code"),
    "condemned": _("Condemned"),
    "contributor": _("Contributor"),
    "country_today": _("Country today"),
    "coverage": _("Coverage"),
    "coverage_bias": _("Whom it leaves out"),
    "creator": _("Creator"),
    "date": _("Date"),
    "derived": _("Computed"),
    "description": _("Description"),
    "document": _("Document"),
    "executed_from": _("Shot, at least"),
    "executed_to": _("Shot, at most"),
    "extent": _("Extent"),
    "figures": _("Figures"),
    "file_name": _("Name of the file"),
    "file_sha256": _("SHA-256 of the file"),
    "finished_at": _("Ended"),
    "formed": _("Came into being"),
    "highest": _("Highest"),
    "identifier": _("Identifier"),
    "issued": _("Issued"),
    "kept": _("Kept record"),
    "kind": _("Kind"),
    "language": _("Language"),
    "latitude": _("Latitude"),
    "level": _("Level of description"),
    "longitude": _("Longitude"),
    "lowest": _("Lowest"),
    "name": _("Name of a thing"),
    "name_en": _("Name in English"),
    "name_native": _("Name in the language of the country"),
    "name_ru": _("Name in Russian"),
    "name_uk": _("Name in Ukrainian"),
    "note": _("Note"),
    "number": _("Ordinal number"),
    "office": _("Office"),
    "operation": _("Operation"),
    "other_names": _("Other names"),
    "parent": _("Part of"),
    "period": _("Period"),
    "planned_duration": _("Planned duration"),
    "precision_km": _("Precision, km"),
    "predecessor": _("Predecessor"),
    "publisher": _("Publisher"),
    "punishment": _("Punishment"),
    "reason": _("Reason"),
    "region": _("Region"),
    "region_printed": _("Region as printed"),
    "relation": _("Kind of succession"),
    "requested": _("Requested"),
    "rights": _("Rights"),
    "scope": _("Scope"),
    "sent_to_camps": _("Sent to camps"),
    "sentencing_body": _("Sentencing body"),
    "shooting": _("Shooting"),
    "signed_by": _("Signed by"),
    "site": _("Execution site"),
    "slug": _("Permanent id"),
    "source": _("Source"),
    "started_at": _("Begun"),
    "state": _("State of recognition"),
    "successor": _("Successor"),
    "tenure": _("Tenure"),
    "text": _("Words as printed"),
    "text_en": _("Text in English"),
    "text_ru": _("Text in Russian"),
    "text_uk": _("Text in Ukrainian"),
    "title": _("Title"),
    "title_en": _("Title in English"),
    "title_ru": _("Title in Russian"),
    "undone_at": _("Undone"),
    "user": _("User"),
    "victim": _("Person"),
    "volume": _("Volume"),
    "why": _("Reason"),
    "wording_en": _("Wording in English"),
}

#: What Django says with the name of a table in a case that the name has not: "Добавить операция". Named here,
#: these words are translated in our own catalogues, which come before those of Django.
OF_A_TABLE = (
    gettext_noop("Add %s"),
    gettext_noop("Change %s"),
    gettext_noop("View %s"),
    gettext_noop("Add %(name)s"),
    gettext_noop("Add another %(verbose_name)s"),
    gettext_noop("Add another %(model)s"),
    gettext_noop("Change selected %(model)s"),
    gettext_noop("View selected %(model)s"),
    gettext_noop("Added {name} “{object}”."),
    gettext_noop("Changed {fields} for {name} “{object}”."),
    gettext_noop("The {name} “{obj}” was added successfully."),
    gettext_noop("The {name} “{obj}” was added successfully. You may add another {name} below."),
    gettext_noop("The {name} “{obj}” was changed successfully."),
    gettext_noop("The {name} “{obj}” was changed successfully. You may edit it again below."),
    gettext_noop("The {name} “{obj}” was changed successfully. You may add another {name} below."),
)


def name_columns(*models) -> None:
    """Give the columns of tables their names; those that a model names itself keep theirs."""
    for model in models:
        for field in model._meta.fields:
            if field.name in COLUMNS and field._verbose_name is None:  # what migrations compare stays
                field.verbose_name = COLUMNS[field.name]


class WordedChoices(admin.ChoicesFieldListFilter):
    """A filter by a closed list, its values in the language of the page."""

    def choices(self, changelist):
        for choice in super().choices(changelist):
            display = str(choice["display"])
            yield choice | {"display": gettext(display) if display else display}


@cache
def _worded(model, name: str):
    """Return what a page shows of a column: of a closed list its value in the language of the page."""
    field = next((field for field in model._meta.fields if field.name == name and field.choices), None)
    if field is None:
        return name
    labels = dict(field.flatchoices)

    @admin.display(description=field.verbose_name, ordering=name)
    def shown(row):
        label = str(labels.get(getattr(row, name), ""))
        return gettext(label) if label else admin.site.empty_value_display

    shown.__name__ = name
    return shown


class Worded:
    """Values of closed lists in the language of the page, where they are looked at and not changed."""

    def get_readonly_fields(self, request, obj=None):
        names = [*super().get_readonly_fields(request, obj)]
        if not self.has_change_permission(request, obj):
            names += [field.name for field in self.model._meta.fields if field.choices and field.name not in names]
        return [_worded(self.model, name) if isinstance(name, str) else name for name in names]

    def get_fieldsets(self, request, obj=None):
        shown = {one.__name__: one for one in self.get_readonly_fields(request, obj) if callable(one)}
        return [
            (legend, told | {"fields": list(dict.fromkeys(shown.get(name, name) for name in told["fields"]))})
            for legend, told in super().get_fieldsets(request, obj)
        ]


class Titled(Worded):
    """Pages under the plain name of what they show: "Select … to change" needs a case that the name has not.

    Values of closed lists are told in the language of the page, in columns and filters too.
    """

    def get_list_display(self, request):
        return [
            _worded(self.model, name) if isinstance(name, str) else name
            for name in super().get_list_display(request)
        ]

    def get_list_filter(self, request):
        coded = {field.name for field in self.model._meta.fields if field.choices}
        return [(told, WordedChoices) if told in coded else told for told in super().get_list_filter(request)]

    def changelist_view(self, request, extra_context=None):
        title = {"title": capfirst(self.opts.verbose_name_plural)}
        return super().changelist_view(request, title | (extra_context or {}))
