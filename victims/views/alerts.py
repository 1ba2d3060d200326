"""Alerts on a search: asking for one, confirming it, and leaving; every answer is the same for any address."""

from django import forms
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict
from django.urls import reverse
from django.utils.cache import add_never_cache_headers
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from victims.contributions import alerts
from victims.contributions.guards import TRAP, read_stamp, spent, stamp
from victims.filters import VictimFilterSet
from victims.models import Victim
from victims.templatetags.wording import language
from victims.views.asking import chips
from victims.views.frame import page

#: How often one address of the net asks in an hour.
MOST_AN_HOUR = 10


class AlertForm(forms.Form):
    address = forms.EmailField(
        label=gettext_lazy("Your e-mail address"), max_length=254,
        widget=forms.EmailInput({"autocomplete": "email"}),
    )  # fmt: skip
    homepage = forms.CharField(
        label=gettext_lazy("Leave this empty"),
        required=False,
        widget=forms.TextInput({"autocomplete": "off", "tabindex": "-1"}),
    )
    stamp = forms.CharField(widget=forms.HiddenInput, required=False)

    def clean(self):
        cleaned = super().clean()
        if cleaned.get(TRAP):
            self.add_error(TRAP, _("Leave this box empty: it is there to tell people from programs."))
        if read_stamp(cleaned.get("stamp", "")) is None:
            self.add_error(None, _("The form was sent too quickly, or a day late: please send it once more."))
        return cleaned


@require_http_methods(["GET", "HEAD", "POST"])
def ask(request: HttpRequest) -> HttpResponse:
    """Take in an address for the search in this page's address; say that a letter comes, whatever is known."""
    query = alerts.canonical(request.GET)
    given = QueryDict(query)
    asked = VictimFilterSet(given, Victim.objects.published(), beside=("q",))
    wrong = asked.complaints() or alerts.complaints(query)
    if len(query) > alerts.LONGEST_QUERY:
        query = ""
    if not query or wrong:
        return HttpResponseRedirect(reverse("victims:list") + (f"?{query}" if query else ""))
    context = {
        "query": given.get("q", ""),
        "chips": chips(asked, given),
        "list": f"{reverse('victims:list')}?{query}",
    }
    if request.method != "POST":
        context["form"] = AlertForm(initial={"stamp": stamp()})
        return page(request, "victims/alert.html", context, indexed=False)
    form, status = AlertForm(request.POST), 400
    if spent(request, "alert", MOST_AN_HOUR):
        form.errors  # noqa: B018  all that is wrong is told at once
        form.add_error(None, _("Too much was sent from your address. Please wait an hour, then send it again."))
        status = 429
    elif form.is_valid():
        alerts.ask(form.cleaned_data["address"], query, language(), request.build_absolute_uri("/"))
        return page(request, "victims/alert.html", context | {"sent": True}, indexed=False)
    form.data = form.data.copy()
    form.data["stamp"] = stamp()
    return page(request, "victims/alert.html", context | {"form": form}, indexed=False, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
def confirm(request: HttpRequest, token: str) -> HttpResponse:
    """Begin an alert when its owner presses the button; programs that only follow links begin nothing."""
    alert = alerts.to_confirm(token)
    if alert is not None and request.method == "POST":
        alerts.confirm(alert)
        return _answer(request, "confirmed", alert)
    return _answer(request, "confirm" if alert else "unknown", alert)


@csrf_exempt  # RFC 8058: mail programs post here without ever having seen the page; the link is the proof
@require_http_methods(["GET", "HEAD", "POST"])
def leave(request: HttpRequest, token: str) -> HttpResponse:
    """End an alert and delete its address, at one post; a link used again finds nothing to end."""
    alert = alerts.to_leave(token)
    if request.method == "POST":
        if alert is not None:
            alerts.leave(alert)
        return _answer(request, "left", None)
    return _answer(request, "leave" if alert else "unknown", alert)


def _answer(request: HttpRequest, what: str, alert) -> HttpResponse:
    listed = f"{reverse('victims:list')}?{alert.query}" if alert else ""
    status = 404 if what == "unknown" else 200
    answer = page(request, "victims/alert_link.html", {"what": what, "list": listed}, indexed=False, status=status)
    answer.headers["Referrer-Policy"] = "no-referrer"
    add_never_cache_headers(answer)
    return answer
