"""What editors do with one record, or two: shown first, and done when it is confirmed with a reason."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from memorial.accounts import role_of
from memorial.saying import in_words, said
from victims import editing
from victims.desk.alike import LIKELY, alike
from victims.desk.forms import ReasonForm, WithdrawForm
from victims.desk.history import said_otherwise, steps
from victims.desk.previews import compare, foreseen, told
from victims.dossier import dossiers
from victims.editing import Conflict, Refused
from victims.matching.merging import finding, findings
from victims.models import Merge, Victim, cluster
from victims.models.values import RecordError
from victims.permissions import KEEPERS, Action, may
from victims.vocabulary import Status, WithdrawalReason


def warn_of_others(request, victim) -> None:
    """Tell who made a record of a person of others that may be of the same one."""
    others = alike(victim, request.user, LIKELY)
    if not others:
        return
    words = ngettext(
        "%(count)s record may tell of the same person as %(id)s.",
        "%(count)s records may tell of the same person as %(id)s.",
        len(others),
    ) % {"count": len(others), "id": victim.public_id}
    address = reverse("admin:victims_victim_alike", args=[victim.pk])
    link = format_html('<a href="{}">{}</a>', address, _("Look at them"))
    messages.warning(request, format_html("{} {}", words, link))


class Confirming:
    """Views of the administration of people: history, restoring, merging, withdrawing, publishing."""

    def confirmed(self) -> list[tuple]:
        """Return (route, view, name) of what is done on a page of its own."""
        return [
            ("merge/<int:kept_id>/<int:absorbed_id>/", self.merge_view, "merge"),
            ("apart/<int:one_id>/<int:other_id>/", self.apart_view, "apart"),
            ("undo-merge/<int:merge_id>/", self.undo_merge_view, "undo_merge"),
            ("<int:object_id>/alike/", self.alike_view, "alike"),
            ("<int:object_id>/withdraw/", self.withdraw_view, "withdraw"),
            ("<int:object_id>/publish/", self.publish_view, "publish"),
            ("<int:object_id>/restore/<int:number>/", self.restore_view, "restore"),
        ]

    def history_view(self, request, object_id, extra_context=None):
        victim = self._victim(request, object_id)
        context = {"steps": steps(victim), "title": _("History: %(name)s") % {"name": victim}}
        context["may_restore"] = may(request.user, Action.PUBLISH, victim) and victim.status != Status.WITHDRAWN
        return self._render(request, "history", victim, context)

    def alike_view(self, request, object_id):
        """Show who may be the same person, for an editor to compare."""
        victim = self._victim(request, object_id)
        if not self.has_view_permission(request, victim):
            raise PermissionDenied
        found = alike(victim, request.user)
        others = [(other, self.born(other.victim), self.died(other.victim)) for other in found]
        apart = [
            (row, other, may(request.user, Action.MERGE, victim) and may(request.user, Action.MERGE, other))
            for row, other in findings(victim)
            if may(request.user, Action.VIEW, other)
        ]
        context = {"others": others, "apart": apart, "born": self.born(victim)}
        context["title"] = _("Perhaps the same person")
        return self._render(request, "alike", victim, context)

    def restore_view(self, request, object_id, number):
        victim = self._victim(request, object_id)
        self._demand(request, Action.PUBLISH, victim)
        now = cluster.snapshot(victim, cluster.load([victim.pk])[victim.pk])
        try:
            changes = said_otherwise(editing.as_of(victim, min(number, victim.revision + 1)), now)
        except Refused as refusal:
            raise Http404(in_words(refusal)) from None

        def act(form, seen):
            revision = seen.get(victim.pk)
            return editing.restore(
                victim, number, user=request.user, why=form.cleaned_data["why"], revision=revision
            )

        title = _("Restore revision %(number)s of %(name)s") % {"number": number, "name": victim}
        return self._confirm(request, [victim], title, act, context={"changes": changes})

    def merge_view(self, request, kept_id, absorbed_id):
        kept, absorbed = self._victim(request, kept_id), self._victim(request, absorbed_id)
        for victim in (kept, absorbed):
            self._demand(request, Action.MERGE, victim)

        if finding(kept, absorbed):  # it stands there, with the way to take it back
            words = _("These two were found not to be the same person: take that finding back first.")
            messages.error(request, words)
            return HttpResponseRedirect(self._address("apart", kept.pk, absorbed.pk))

        def act(form, seen):
            return editing.merge(kept, absorbed, user=request.user, why=form.cleaned_data["why"], seen=seen).kept

        title = _("Merge %(absorbed)s into %(kept)s") % {
            "absorbed": f"{absorbed} ({absorbed.public_id})",
            "kept": f"{kept} ({kept.public_id})",
        }
        pair = (absorbed.pk, kept.pk)
        context = {"other_way": self._address("merge", *pair), "apart": self._address("apart", *reversed(pair))}
        return self._confirm(request, [kept, absorbed], title, act, context=context)

    def apart_view(self, request, one_id, other_id):
        """Show two records beside each other; keep that they are not the same person, or take that back."""
        one, other = self._victim(request, one_id), self._victim(request, other_id)
        for victim in (one, other):
            self._demand(request, Action.MERGE, victim)
        if one == other:
            raise Http404(_("A record is the same as itself: choose another."))
        form = ReasonForm(request.POST if request.method == "POST" else None)
        if not form.is_valid():
            return self._apart(request, one, other, form, 422 if form.is_bound else 200)
        how = {"user": request.user, "why": form.cleaned_data["why"], "seen": self._seen(request, [one, other])}
        try:
            if "_together" in request.POST:
                self._take_back(one, other, how)
                done = _("The finding was taken back: they may be the same person.")
            else:
                editing.not_same(one, other, **how)
                done = _("It is kept that they are not the same person.")
        except Refused as refusal:  # the page again: as it stands now, and the reason that was typed
            messages.error(request, in_words(refusal))
            return self._apart(request, one, other, form, 409)
        messages.success(request, done)
        return HttpResponseRedirect(self._address("alike", one.pk))

    @staticmethod
    def _take_back(one, other, how):
        found = finding(one, other)
        if found is None:
            raise Refused(said("This finding is taken back already."))
        editing.undo_not_same(found, **how)

    def _apart(self, request, one, other, form, code):
        now = [Victim.objects.get(pk=victim.pk) for victim in (one, other)]
        pair = [(f"{each.victim} ({each.victim.public_id})", told(each)) for each in dossiers(now)]
        compare([pair[0][1]], pair[1][1])
        context = {"form": form, "pair": pair, "other": other, "finding": finding(one, other)}
        context["seen"] = {victim.pk: victim.revision for victim in now}
        context["title"] = _("One person or two: %(one)s, %(other)s") % {
            "one": one.public_id,
            "other": other.public_id,
        }
        return self._render(request, "apart", one, context, code)

    def undo_merge_view(self, request, merge_id):
        made = Merge.objects.select_related("kept", "absorbed").filter(pk=merge_id).first()
        if made is None:
            raise Http404(_("There is no such merge."))
        self._demand(request, Action.MERGE, made.kept.current)

        def act(form, seen):
            return editing.undo_merge(made, user=request.user, why=form.cleaned_data["why"], seen=seen)

        title = _("Undo the merge of %(absorbed)s into %(kept)s") % {
            "absorbed": made.absorbed.public_id,
            "kept": made.kept.public_id,
        }
        return self._confirm(request, [made.kept.current], title, act)

    def withdraw_view(self, request, object_id):
        victim = self._victim(request, object_id)
        self._demand(request, Action.WITHDRAW, victim)

        def act(form, seen):
            told = form.cleaned_data
            revision = seen.get(victim.pk)
            return editing.withdraw(
                victim, reason=told["reason"], user=request.user, why=told["why"], revision=revision
            )

        return self._confirm(request, [victim], _("Withdraw %(name)s") % {"name": victim}, act, WithdrawForm)

    def publish_view(self, request, object_id):
        victim = self._victim(request, object_id)
        self._demand(request, Action.PUBLISH, victim)

        def act(form, seen):
            revision = seen.get(victim.pk)
            return editing.publish(victim, user=request.user, why=form.cleaned_data["why"], revision=revision)

        return self._confirm(request, [victim], _("Publish %(name)s") % {"name": victim}, act)

    def _confirm(self, request, victims, title, act, form_class=ReasonForm, context=None):
        """Show what an action would make of records, and do it when it is confirmed with a reason.

        ``act(form, {victim: revision that was seen})`` does it and returns the record to go on with.
        """
        form, first = form_class(request.POST if request.method == "POST" else None), victims[0]
        code = 200
        try:
            if request.method == "POST" and form.is_valid():
                try:
                    done = Victim.objects.get(pk=act(form, self._seen(request, victims)).pk)
                    messages.success(request, _("Done: %(title)s") % {"title": title})
                    return HttpResponseRedirect(self._address("change", done.current.pk))
                except Conflict as conflict:  # the page again: with what it would do now, and what was typed
                    messages.error(request, in_words(conflict))
                    code = 409
            return self._preview(request, victims, title, act, form, context or {}, code)
        except (Refused, RecordError) as refusal:
            messages.error(request, in_words(refusal))
            return HttpResponseRedirect(self._address("change", first.pk))

    def _preview(self, request, victims, title, act, form, context, code=200):
        sample = type(form)({"why": "-", "reason": str(WithdrawalReason.ERROR)})
        sample.full_clean()
        after = foreseen(lambda: act(sample, {}))
        now = [Victim.objects.get(pk=victim.pk) for victim in victims]
        before = [(f"{one.victim} ({one.victim.public_id})", told(one)) for one in dossiers(now)]
        compare([lines for _name, lines in before], after)
        context = {"form": form, "title": title, "after": after, "before": before} | context
        context["seen"] = {victim.pk: victim.revision for victim in now}
        code = 422 if form.is_bound and code == 200 else code
        return self._render(request, "confirm", victims[0], context, code)

    @staticmethod
    def _seen(request, victims) -> dict[int, int]:
        """Return the revisions of the records that were on the screen."""
        given = {victim.pk: request.POST.get(f"revision-{victim.pk}", "") for victim in victims}
        return {pk: int(number) for pk, number in given.items() if number.isdecimal() and len(number) < 10}

    def _victim(self, request, key) -> Victim:
        victim = self.get_queryset(request).filter(pk=key).first() if str(key).isdecimal() else None
        if victim is None:
            raise Http404(_("There is no such record among those that you may see."))
        return victim

    def _demand(self, request, action, victim):
        if not may(request.user, action, victim):
            raise PermissionDenied(_("Your role may not do this with this record as it is now."))

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
