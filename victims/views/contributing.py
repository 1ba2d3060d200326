"""What visitors add or correct without an account, and the page that tells them what became of it."""

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.cache import add_never_cache_headers
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt, csrf_protect
from django.views.decorators.http import require_http_methods

from victims.contributions.forms import SAID, ContributionForm
from victims.contributions.guards import spent
from victims.contributions.pictures import MOST_BYTES, MOST_FILES
from victims.contributions.receiving import forget, receive
from victims.labels import label
from victims.models import Contribution, Victim
from victims.models.contribution import from_reference
from victims.models.victim import from_public_id
from victims.permissions import Action, may
from victims.templatetags.wording import language
from victims.views.frame import page

#: How often one address sends the form in an hour.
MOST_AN_HOUR = 20
LONGEST_BODY = MOST_FILES * MOST_BYTES + settings.DATA_UPLOAD_MAX_MEMORY_SIZE


@csrf_exempt  # for the length alone: a body is not read before it is known to be no longer than pictures may be
@require_http_methods(["GET", "HEAD", "POST"])
def contribute(request: HttpRequest, public_id: str = "") -> HttpResponse:
    """Take in what a visitor tells of a person, or of one who is not recorded yet; 413 where it is too much."""
    length = request.META.get("CONTENT_LENGTH") or "0"
    if not length.isdecimal() or int(length) > LONGEST_BODY:
        limit = MOST_FILES * MOST_BYTES // 1024 // 1024
        told = _("All pictures together may have %(limit)s MB.") % {"limit": limit}
        return HttpResponse(f"{told}\n", status=413, content_type="text/plain; charset=utf-8")
    return _contribute(request, public_id)


@csrf_protect
def _contribute(request: HttpRequest, public_id: str) -> HttpResponse:
    victim = _told_of(request, public_id) if public_id else None
    if request.method != "POST":
        return _show(request, victim, ContributionForm(new=victim is None))
    form = ContributionForm(request.POST, request.FILES, new=victim is None)
    if spent(request, "contribution", MOST_AN_HOUR):
        form.errors  # noqa: B018  all that is wrong is told at once
        form.add_error(None, _("Too much was sent from your address. Please wait an hour, then send it again."))
        return _show(request, victim, form.stamped_anew(), 429)
    if not form.is_valid():
        return _show(request, victim, form.stamped_anew(), 400)
    made = receive(form, victim, language())
    return HttpResponseRedirect(made.link)


def _told_of(request: HttpRequest, public_id: str) -> Victim:
    victim = Victim.objects.filter(pk=from_public_id(public_id) or 0).first()
    if victim is None or not may(request.user, Action.VIEW, victim.current):
        raise Http404
    return victim.current


def _show(request: HttpRequest, victim, form: ContributionForm, status=200) -> HttpResponse:
    again = bool(form.is_bound and request.FILES)
    context = {"victim": victim, "form": form, "files_again": again}
    return page(request, "victims/contribute.html", context, indexed=victim is None, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
def contribution(request: HttpRequest, reference: str, secret: str) -> HttpResponse:
    """Tell a visitor what became of what they told; a post deletes their name and address."""
    found = Contribution.objects.select_related("victim").filter(pk=from_reference(reference) or 0).first()
    if found is None or not found.opens_with(secret):
        raise Http404
    if request.method == "POST":
        forget(Contribution.objects.filter(pk=found.pk))
        return HttpResponseRedirect(found.link)
    seen = found.victim.current if found.victim else None
    context = {
        "contribution": found,
        "victim": seen if seen and may(request.user, Action.VIEW, seen) else None,
        "said": [(_(label(SAID[name])), value) for name, value in found.said.items() if name in SAID],
        "pictures": found.evidence.count(),
        "permanent": request.build_absolute_uri(request.path),
    }
    answer = page(request, "victims/contribution.html", context, indexed=False)
    answer.headers["Referrer-Policy"] = "no-referrer"
    add_never_cache_headers(answer)
    return answer
