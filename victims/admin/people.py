"""People in the administration site: the list, the page of one person, and what editors do with records."""

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import HttpResponseRedirect, JsonResponse
from django.urls import path
from django.utils.functional import cached_property
from django.utils.http import urlencode
from django.utils.translation import get_language, gettext_lazy, ngettext
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from memorial import edtf
from memorial.accounts import role_of
from memorial.saying import in_words
from victims import editing
from victims.admin.confirming import Confirming, warn_of_others
from victims.admin.names import Titled
from victims.desk.card import NEW, Card
from victims.desk.dates import told_of
from victims.desk.lookups import offers
from victims.desk.previews import told
from victims.dossier import dossiers
from victims.editing import Conflict, Refused
from victims.models import Batch, Entry, Merge, Victim
from victims.models.values import RecordError
from victims.models.victim import from_public_id
from victims.permissions import KEEPERS, Action, may, visible
from victims.search import Filters, QueryError, search
from victims.vocabulary import Status

#: Rows that the list counts: beyond, it says "more".
COUNTED = 10_000


class BoundedPaginator(Paginator):
    """Counts no further than the list can be paged through by hand."""

    @cached_property
    def count(self):
        return len(self.object_list.order_by().values_list("pk")[:COUNTED])


class StatusFilter(admin.SimpleListFilter):
    title, parameter_name = gettext_lazy("status"), "status"

    def lookups(self, request, model_admin):
        return [(str(status), _(status.label)) for status in Status]

    def queryset(self, request, queryset):
        return queryset.filter(status=self.value()) if self.value() else queryset


class SyntheticFilter(admin.SimpleListFilter):
    title, parameter_name = gettext_lazy("synthetic"), "synthetic"

    def lookups(self, request, model_admin):
        return [("yes", _("synthetic person who never lived")), ("no", _("person who lived"))]

    def queryset(self, request, queryset):
        return queryset.filter(synthetic=self.value() == "yes") if self.value() in ("yes", "no") else queryset


class ImportFilter(admin.SimpleListFilter):
    """People of one import; asked for by a link of the page of the import, and not offered in the list."""

    title, parameter_name = gettext_lazy("import"), "batch"

    def lookups(self, request, model_admin):
        key = request.GET.get(self.parameter_name, "")
        chosen = Batch.objects.filter(pk=key).select_related("source") if key.isdecimal() and len(key) < 10 else ()
        return [(key, str(batch)) for batch in chosen]

    def has_output(self):
        return bool(self.value())  # else a link to an import that is not there would lead to everybody

    def queryset(self, request, queryset):
        if not self.value():
            return queryset
        if not self.lookup_choices:
            return queryset.none()
        return queryset.filter(pk__in=Entry.objects.filter(batch=self.value(), removed=False).values("victim"))


@admin.register(Victim)
class VictimAdmin(Titled, Confirming, admin.ModelAdmin):
    list_display = ("named", "born", "died", "state", "number")
    list_filter = (StatusFilter, SyntheticFilter, ImportFilter)
    search_fields = ("surname",)
    search_help_text = gettext_lazy("Parts of the name in any order, a year of birth, or the id")
    ordering = ("sort_key", "id")
    paginator = BoundedPaginator
    show_full_result_count = False
    show_facets = admin.ShowFacets.NEVER  # they count every row
    list_per_page = 50
    actions = ("publish_chosen", "merge_chosen", "withdraw_chosen")

    # who may

    def has_module_permission(self, request):
        return role_of(request.user) is not None

    def has_view_permission(self, request, obj=None):
        role = role_of(request.user)
        return role is not None and (obj is None or role in KEEPERS or may(request.user, Action.VIEW, obj))

    def has_add_permission(self, request):
        return role_of(request.user) is not None

    def has_change_permission(self, request, obj=None):
        return role_of(request.user) is not None and (obj is None or may(request.user, Action.EDIT, obj))

    def has_delete_permission(self, request, obj=None):
        return False

    def has_keeper_permission(self, request):
        return role_of(request.user) in KEEPERS

    # the list

    def get_queryset(self, request):
        return Victim.objects.all() if role_of(request.user) in KEEPERS else visible(request.user)

    def get_search_results(self, request, queryset, search_term):
        if not search_term.strip():
            return queryset, False
        key = from_public_id(search_term)
        if key and queryset.filter(pk=key).exists():
            return queryset.filter(pk=key), False
        try:
            hits = search(search_term, Filters(people=queryset), limit=COUNTED).hits
        except QueryError as error:
            messages.error(request, _(str(error)))
            return queryset.none(), False
        return queryset.filter(pk__in=[hit.victim.pk for hit in hits]), False

    @admin.display(description=gettext_lazy("Name"), ordering="sort_key")
    def named(self, victim):
        return victim.name or _("(no name printed)")

    @admin.display(description=gettext_lazy("Birth"))
    def born(self, victim):
        return edtf.words(victim.birth, get_language()[:2]) if victim.birth else ""

    @admin.display(description=gettext_lazy("Death"))
    def died(self, victim):
        return edtf.words(victim.death, get_language()[:2]) if victim.death else ""

    @admin.display(description=gettext_lazy("Permanent id"))
    def number(self, victim):
        return victim.public_id

    @admin.display(description=gettext_lazy("Status"))
    def state(self, victim):
        words = _(Status(victim.status).label)
        if victim.possibly_living:
            words = f"{words}, {_('possibly living: not shown in public')}"
        return f"{words}, {_('synthetic person who never lived')}" if victim.synthetic else words

    # one person

    def changeform_view(self, request, object_id=None, form_url="", extra_context=None):
        victim = self._victim(request, object_id) if object_id else None
        data = request.POST if request.method == "POST" else None
        if victim is not None and not may(request.user, Action.EDIT, victim):
            return self._read_only(request, victim, data)
        if not self.has_add_permission(request):
            raise PermissionDenied
        card = Card(
            request.user, victim, data, add="add_entry" in request.GET, source=request.GET.get("source", "")
        )
        if data is None:
            return self._page(request, card)
        asked = next((name for name in data if name.startswith("_read-")), None)
        return self._save(request, card) if asked is None else self._read(request, card, asked)

    def _read(self, request, card, asked):
        try:
            for remark in card.read(asked.removeprefix("_read-")):
                messages.warning(request, remark)
        except Refused as refusal:
            messages.error(request, in_words(refusal))
            return self._page(request, card, code=422)
        messages.info(request, _("The text was read into the form: check it, then save."))
        return self._page(request, card)

    def _save(self, request, card):
        wanted = {"_publish": str(Status.PUBLISHED), "_draft": str(Status.DRAFT)}
        status = next((wanted[name] for name in wanted if name in request.POST), None)
        if not card.is_valid():
            return self._page(request, card, code=422)
        try:
            victim = card.save(status)
        except Conflict as conflict:
            if not may(request.user, Action.EDIT, conflict.victim):
                return self._read_only(request, conflict.victim, request.POST)
            return self._page(request, card.reconciled(), code=409)
        except RecordError:
            return self._page(request, card, code=422)
        except Refused as refusal:
            messages.error(request, in_words(refusal))
            return self._page(request, card, code=422)
        messages.success(request, _("%(name)s was saved.") % {"name": victim})
        if card.victim is None:
            warn_of_others(request, victim)
        if "_addanother" not in request.POST:
            return HttpResponseRedirect(self._address("change", victim.pk))
        for where, doubt in Card(request.user, victim).doubts():  # the page of the person would tell them
            words = {"where": where, "doubt": doubt}
            messages.warning(request, _("%(where)s: %(doubt)s. It was saved as the source has it.") % words)
        source = request.POST.get(f"{NEW}-source", "")
        return HttpResponseRedirect(f"{self._address('add')}?{urlencode({'source': source})}")

    def _page(self, request, card, code=200):
        victim = card.victim
        context = {
            "card": card,
            "title": _("Enter a person") if victim is None else str(victim),
            "may_publish": role_of(request.user) in KEEPERS,
            "merges": Merge.objects.filter(kept=victim, undone_at=None) if victim else (),
            "doubts": card.doubts() if request.method == "GET" else (),
        }
        return self._render(request, "change_form", victim, context, code)

    def _read_only(self, request, victim, data=None):
        """Show a record that may not be changed; what somebody had typed into it meanwhile is shown too."""
        typed = Card(request.user, victim, data).typed() if data is not None else ()
        [dossier] = dossiers([victim])
        context = {"lines": told(dossier), "title": str(victim), "target": victim.current, "typed": typed}
        return self._render(request, "read_only", victim, context, 200 if data is None else 409)

    # what editors do with several

    @admin.action(description=gettext_lazy("Publish the chosen records"), permissions=["keeper"])
    def publish_chosen(self, request, queryset):
        done = 0
        for victim in queryset.order_by("pk"):
            try:
                if victim.status == Status.WITHDRAWN:
                    words = _("%(name)s is withdrawn: publish it on its own page, with a reason.")
                    messages.error(request, words % {"name": f"{victim} ({victim.public_id})"})
                elif victim.status != Status.PUBLISHED:
                    editing.publish(victim, user=request.user)
                    done += 1
            except (PermissionDenied, Refused) as refusal:
                messages.error(request, in_words(refusal))
        words = ngettext("%(count)s record was published.", "%(count)s records were published.", done)
        messages.success(request, words % {"count": done})

    @admin.action(description=gettext_lazy("Merge the two chosen records"), permissions=["keeper"])
    def merge_chosen(self, request, queryset):
        chosen = list(queryset.order_by("pk")[:3])
        if len(chosen) != 2:
            messages.error(request, _("Choose exactly two records to merge."))
            return None
        chosen.sort(key=lambda victim: victim.status != Status.PUBLISHED)  # the published one is kept
        return HttpResponseRedirect(self._address("merge", *(victim.pk for victim in chosen)))

    @admin.action(description=gettext_lazy("Withdraw the chosen record"), permissions=["keeper"])
    def withdraw_chosen(self, request, queryset):
        chosen = list(queryset[:2])
        if len(chosen) != 1:
            messages.error(request, _("Choose one record to withdraw: each has a reason of its own."))
            return None
        return HttpResponseRedirect(self._address("withdraw", chosen[0].pk))

    # what the page asks as one types

    def lookup_view(self, request):
        kind, typed = request.GET.get("kind", ""), request.GET.get("q", "")
        return JsonResponse({"offers": offers(kind, typed, request.user)})

    def reading_view(self, request):
        return JsonResponse(told_of(request.GET.get("text", ""), birth=request.GET.get("of") == "birth"))

    def get_urls(self):
        def address(route, view, name):
            return path(route, self.admin_site.admin_view(view), name=f"victims_victim_{name}")

        return [
            address("lookup/", require_GET(self.lookup_view), "lookup"),
            address("reading/", require_GET(self.reading_view), "reading"),
            *(address(route, view, name) for route, view, name in self.confirmed()),
            *super().get_urls(),
        ]
