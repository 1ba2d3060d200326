"""The queue of what visitors tell, in the administration site: each is looked at, accepted or declined."""

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.http import FileResponse, Http404, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from memorial.saying import in_words
from victims.admin.confirming import warn_of_others
from victims.admin.log import LookOnly
from victims.contributions.forms import NAMES
from victims.contributions.receiving import tell
from victims.desk import moderating
from victims.desk.moderating import AcceptForm, DeclineForm
from victims.models import Contribution, Evidence
from victims.models.contribution import evidence_store
from victims.models.record import Refused
from victims.models.values import RecordError
from victims.permissions import may_moderate
from victims.vocabulary import ContributionState


def _named(contribution) -> str:
    """Return the name of the person as a visitor tells it."""
    return " ".join(filter(None, (contribution.said.get(name, "") for name in NAMES)))


class StateFilter(admin.SimpleListFilter):
    title, parameter_name = gettext_lazy("state"), "state"

    def lookups(self, request, model_admin):
        return [(str(state), _(state.label)) for state in ContributionState]

    def queryset(self, request, queryset):
        return queryset.filter(state=self.value()) if self.value() else queryset


@admin.register(Contribution)
class ContributionAdmin(LookOnly):
    list_display = ("reference", "of", "told_state", "at", "pictures")
    list_filter = (StateFilter,)
    list_select_related = ("victim",)
    ordering = ("-state", "at")  # what waits comes first, the oldest before the others

    def has_module_permission(self, request):
        return may_moderate(request.user)

    def has_view_permission(self, request, obj=None):
        return may_moderate(request.user)

    @admin.display(description=gettext_lazy("Reference"))
    def reference(self, contribution):
        return contribution.reference

    @admin.display(description=gettext_lazy("Person"))
    def of(self, contribution):
        if contribution.victim:
            return str(contribution.victim)
        return _("%(name)s (not recorded yet)") % {"name": _named(contribution)}

    @admin.display(description=gettext_lazy("State"), ordering="state")
    def told_state(self, contribution):
        return _(ContributionState(contribution.state).label)

    @admin.display(description=gettext_lazy("Pictures"))
    def pictures(self, contribution):
        return contribution.evidence.count() or ""

    def get_urls(self):
        view = self.admin_site.admin_view(self.picture_view)
        return [
            path("picture/<int:evidence_id>/", view, name="victims_contribution_picture"),
            *super().get_urls(),
        ]

    def picture_view(self, request, evidence_id):
        """Hand out a picture to who decides on it, and to nobody else."""
        if not may_moderate(request.user):
            raise PermissionDenied
        evidence = Evidence.objects.filter(pk=evidence_id).first()
        if evidence is None or not evidence_store().exists(evidence.file_name):
            raise Http404(_("There is no such picture."))
        answer = FileResponse(evidence_store().open(evidence.file_name), content_type="image/jpeg")
        answer.headers["Content-Security-Policy"] = "default-src 'none'; sandbox"
        return answer

    def changeform_view(self, request, object_id=None, form_url="", extra_context=None):
        """Show a contribution with the forms that decide on it, and decide."""
        if not may_moderate(request.user):
            raise PermissionDenied
        found = Contribution.objects.select_related("victim", "decided_by")
        contribution = found.filter(pk=object_id).first() if str(object_id).isdecimal() else None
        if contribution is None:
            raise Http404(_("There is no such contribution."))
        asked = request.POST if request.method == "POST" else {}
        accepting = AcceptForm(asked if "_accept" in asked else None, initial=moderating.as_told(contribution))
        declining = DeclineForm(asked if "_decline" in asked else None, prefix="no")
        for form, act in ((accepting, self._accept), (declining, self._decline)):
            if form.is_bound and form.is_valid():
                try:
                    return act(request, contribution, form)
                except (Refused, RecordError) as refusal:
                    messages.error(request, in_words(refusal))
        code = 422 if accepting.is_bound or declining.is_bound else 200
        return self._page(request, contribution, accepting, declining, code)

    def _accept(self, request, contribution, form):
        victim = moderating.accept(contribution, form, user=request.user)
        self._decided(request, contribution, "accepted")
        words = _("What was told is an entry of the record now: check it, and publish it if it is new.")
        messages.info(request, words)
        if contribution.victim is None:
            warn_of_others(request, victim)
        return HttpResponseRedirect(reverse("admin:victims_victim_change", args=[victim.pk]))

    def _decline(self, request, contribution, form):
        moderating.decline(contribution, form, user=request.user)
        self._decided(request, contribution, "declined")
        return HttpResponseRedirect(reverse("admin:victims_contribution_changelist"))

    def _decided(self, request, contribution, how):
        contribution.refresh_from_db()
        self.log_change(request, contribution, f"{contribution.reference}: {how}. {contribution.answer}".strip())
        messages.success(request, _("Decided: %(number)s.") % {"number": contribution.reference})
        if contribution.address and not tell(contribution, request.build_absolute_uri("/")):
            messages.warning(request, _("The letter to the visitor could not be sent."))

    def _page(self, request, contribution, accepting, declining, code):
        context = {
            **self.admin_site.each_context(request),
            "opts": self.opts,
            "contribution": contribution,
            "victim": contribution.victim and contribution.victim.current,
            "waiting": contribution.state == ContributionState.WAITING,
            "state": _(ContributionState(contribution.state).label),
            "named": _named(contribution),
            "said": [(field.label, contribution.said.get(field.name, "")) for field in accepting],
            "accepting": accepting,
            "declining": declining,
            "title": contribution.reference,
        }
        return TemplateResponse(request, "admin/victims/contribution/change_form.html", context, status=code)
