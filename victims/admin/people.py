"""People in the administration site: the list, the page of one person, and what editors do with records."""

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import Http404, HttpResponseRedirect, JsonResponse
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils.functional import cached_property
from django.utils.translation import get_language, gettext_lazy, ngettext
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from memorial import edtf
from memorial.accounts import role_of
from victims import editing
from victims.desk.card import Card
from victims.desk.fields import reading
from victims.desk.forms import ReasonForm, WithdrawForm
from victims.desk.history import said_otherwise, steps
from victims.desk.lookups import offers
from victims.desk.previews import foreseen
from victims.dossier import dossiers
from victims.editing import Conflict, Refused
from victims.models import Merge, Victim, cluster
from victims.models.values import RecordError
from victims.models.victim import from_public_id
from victims.permissions import KEEPERS, Action, may, visible
from victims.search import Filters, QueryError, search
from victims.vocabulary import Status, WithdrawalReason

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


@admin.register(Victim)
class VictimAdmin(admin.ModelAdmin):
    list_display = ("named", "born", "died", "state", "public_id")
    list_filter = (StatusFilter, SyntheticFilter)
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

    @admin.display(description=gettext_lazy("Death of a person"))
    def died(self, victim):
        return edtf.words(victim.death, get_language()[:2]) if victim.death else ""

    @admin.display(description=gettext_lazy("Status"))
    def state(self, victim):
        words = _(Status(victim.status).label)
        return f"{words}, {_('synthetic person who never lived')}" if victim.synthetic else words

    # one person

    def changeform_view(self, request, object_id=None, form_url="", extra_context=None):
        victim = self._victim(request, object_id) if object_id else None
        if victim is not None and not may(request.user, Action.EDIT, victim):
            return self._read_only(request, victim)
        if not self.has_add_permission(request):
            raise PermissionDenied
        data = request.POST if request.method == "POST" else None
        card = Card(request.user, victim, data, add="add_entry" in request.GET)
        if data is None:
            return self._page(request, card)
        asked = next((name for name in data if name.startswith("_read-")), None)
        if asked is not None:
            for warning in card.read(asked.removeprefix("_read-")):
                messages.warning(request, _("The reading has a doubt: %(doubt)s") % {"doubt": _(warning)})
            messages.info(request, _("The text was read into the form: check it, then save."))
            return self._page(request, card)
        return self._save(request, card)

    def _victim(self, request, key) -> Victim:
        victim = self.get_queryset(request).filter(pk=key).first() if str(key).isdecimal() else None
        if victim is None:
            raise Http404(_("There is no such record among those that you may see."))
        return victim

    def _save(self, request, card):
        status = None
        if "_publish" in request.POST:
            status = str(Status.PUBLISHED)
        elif "_draft" in request.POST:
            status = str(Status.DRAFT)
        if not card.is_valid():
            return self._page(request, card, code=422)
        try:
            victim = card.save(status)
        except Conflict:
            return self._page(request, card.reconciled(), code=409)
        except RecordError:
            return self._page(request, card, code=422)
        except Refused as refusal:
            messages.error(request, str(refusal))
            return self._page(request, card, code=422)
        messages.success(request, _("%(name)s was saved.") % {"name": victim})
        for where, doubt in Card(request.user, victim).doubts():
            words = {"where": where, "doubt": doubt}
            messages.warning(request, _("%(where)s: %(doubt)s. It was saved as the source has it.") % words)
        if "_addanother" in request.POST:
            return HttpResponseRedirect(reverse("admin:victims_victim_add"))
        return HttpResponseRedirect(self._address("change", victim.pk))

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

    def _read_only(self, request, victim):
        [dossier] = dossiers([victim])
        context = {"dossier": dossier, "title": str(victim), "target": victim.current}
        return self._render(request, "read_only", victim, context)

    def _render(self, request, template, victim, context, code=200):
        context = {
            **self.admin_site.each_context(request),
            "opts": self.opts,
            "victim": victim,
            "original": victim,
            "may_keep": role_of(request.user) in KEEPERS,
            **context,
        }
        return TemplateResponse(request, f"admin/victims/victim/{template}.html", context, status=code)

    def _address(self, name, *arguments):
        return reverse(f"admin:victims_victim_{name}", args=arguments)

    # history

    def history_view(self, request, object_id, extra_context=None):
        victim = self._victim(request, object_id)
        context = {"steps": steps(victim), "title": _("History: %(name)s") % {"name": victim}}
        context["may_restore"] = may(request.user, Action.PUBLISH, victim) and victim.status != Status.WITHDRAWN
        return self._render(request, "history", victim, context)

    def restore_view(self, request, object_id, number):
        victim = self._victim(request, object_id)
        self._demand(request, Action.PUBLISH, victim)
        [record] = self._snapshot(victim)
        try:
            changes = said_otherwise(editing.as_of(victim, number), record)
        except Refused as refusal:
            raise Http404(str(refusal)) from None

        def act(form, seen):
            return editing.restore(victim, number, user=request.user, why=form.cleaned_data["why"], revision=seen)

        title = _("Restore revision %(number)s of %(name)s") % {"number": number, "name": victim}
        return self._confirm(request, victim, title, act, ReasonForm, {"changes": changes})

    @staticmethod
    def _snapshot(victim):
        return [cluster.snapshot(victim, cluster.load([victim.pk])[victim.pk])]

    # what editors do

    def _demand(self, request, action, victim):
        if not may(request.user, action, victim):
            raise PermissionDenied(_("Your role may not do this with this record as it is now."))

    def _confirm(self, request, victim, title, act, form_class, context=None, before=None):
        """Show what an action would make of a record, and do it when it is confirmed with a reason.

        ``act(form, revision)`` does it and returns the record to go on with.
        """
        form = form_class(request.POST if request.method == "POST" else None)
        seen = request.POST.get("revision", "")
        try:
            if request.method == "POST" and form.is_valid():
                done = act(form, int(seen) if seen.isdecimal() else None)
                messages.success(request, _("Done: %(title)s") % {"title": title})
                return HttpResponseRedirect(self._address("change", done.current.pk))
            sample = form_class({"why": "-", "reason": str(WithdrawalReason.ERROR)})
            sample.full_clean()
            after = foreseen(lambda: act(sample, None))
        except Refused as refusal:
            messages.error(request, str(refusal))
            return HttpResponseRedirect(self._address("change", victim.pk))
        context = {"form": form, "title": title, "after": after, "before": before or dossiers([victim])} | (
            context or {}
        )
        return self._render(request, "confirm", victim, context, 422 if form.is_bound else 200)

    def merge_view(self, request, kept_id, absorbed_id):
        kept, absorbed = self._victim(request, kept_id), self._victim(request, absorbed_id)
        for victim in (kept, absorbed):
            self._demand(request, Action.MERGE, victim)

        def act(form, seen):
            editing.merge(kept, absorbed, user=request.user, why=form.cleaned_data["why"])
            return Victim.objects.get(pk=kept.pk)

        title = _("Merge %(absorbed)s into %(kept)s") % {
            "absorbed": f"{absorbed} ({absorbed.public_id})",
            "kept": f"{kept} ({kept.public_id})",
        }
        context = {"other_way": self._address("merge", absorbed.pk, kept.pk)}
        return self._confirm(request, kept, title, act, ReasonForm, context, dossiers([kept, absorbed]))

    def undo_merge_view(self, request, merge_id):
        made = Merge.objects.select_related("kept", "absorbed").filter(pk=merge_id).first()
        if made is None:
            raise Http404
        self._demand(request, Action.MERGE, made.kept.current)

        def act(form, seen):
            return editing.undo_merge(made, user=request.user, why=form.cleaned_data["why"])

        title = _("Undo the merge of %(absorbed)s into %(kept)s") % {
            "absorbed": made.absorbed.public_id,
            "kept": made.kept.public_id,
        }
        return self._confirm(request, made.kept.current, title, act, ReasonForm)

    def withdraw_view(self, request, object_id):
        victim = self._victim(request, object_id)
        self._demand(request, Action.WITHDRAW, victim)

        def act(form, seen):
            told = form.cleaned_data
            return editing.withdraw(
                victim, reason=told["reason"], user=request.user, why=told["why"], revision=seen
            )

        return self._confirm(request, victim, _("Withdraw %(name)s") % {"name": victim}, act, WithdrawForm)

    def publish_view(self, request, object_id):
        victim = self._victim(request, object_id)
        self._demand(request, Action.PUBLISH, victim)

        def act(form, seen):
            return editing.publish(victim, user=request.user, why=form.cleaned_data["why"], revision=seen)

        return self._confirm(request, victim, _("Publish %(name)s") % {"name": victim}, act, ReasonForm)

    @admin.action(description=gettext_lazy("Publish the chosen records"), permissions=["keeper"])
    def publish_chosen(self, request, queryset):
        done = 0
        for victim in queryset.order_by("pk"):
            try:
                if victim.status != Status.PUBLISHED:
                    editing.publish(victim, user=request.user)
                    done += 1
            except (PermissionDenied, Refused) as refusal:
                messages.error(request, str(refusal))
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
        text = request.GET.get("text", "")[:200]
        return JsonResponse({"reading": reading(text), "valid": not text.strip() or edtf.is_valid(text.strip())})

    def get_urls(self):
        def address(route, view, name):
            return path(route, self.admin_site.admin_view(view), name=f"victims_victim_{name}")

        return [
            address("lookup/", require_GET(self.lookup_view), "lookup"),
            address("reading/", require_GET(self.reading_view), "reading"),
            address("merge/<int:kept_id>/<int:absorbed_id>/", self.merge_view, "merge"),
            address("undo-merge/<int:merge_id>/", self.undo_merge_view, "undo_merge"),
            address("<int:object_id>/withdraw/", self.withdraw_view, "withdraw"),
            address("<int:object_id>/publish/", self.publish_view, "publish"),
            address("<int:object_id>/restore/<int:number>/", self.restore_view, "restore"),
            *super().get_urls(),
        ]
