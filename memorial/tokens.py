"""API tokens: a user's own page to make, see and revoke them. Only their digests are kept."""

from datetime import timedelta

from allauth.account.decorators import reauthentication_required
from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.db.models import Q
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.decorators import method_decorator
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext_lazy
from django.views import View
from django.views.decorators.cache import never_cache
from knox.models import AuthToken

from memorial.accounts import role_of

#: Tokens that one user may have at a time.
MOST = 10


class NewToken(forms.Form):
    """How long the token is to be good for."""

    days = forms.TypedChoiceField(
        label=gettext_lazy("Valid for"),
        coerce=int,
        initial=90,
        choices=[(days, ngettext_lazy("%d day", "%d days", days) % days) for days in (30, 90, 365)],
    )


@method_decorator([login_required, never_cache], name="dispatch")
class TokensPage(View):
    """Lists the tokens of who is signed in; POST makes one (shown in this one answer) or revokes one."""

    def get(self, request):
        return self._page(request, NewToken())

    def post(self, request):
        if "revoke" in request.POST:
            return self._revoke(request, request.POST["revoke"])
        return self._make(request)

    @method_decorator(reauthentication_required)
    def _make(self, request):
        """Make a token for who has a role and has just given the password again."""
        if role_of(request.user) is None:
            raise PermissionDenied
        form = NewToken(request.POST)
        if form.is_valid() and len(valid_tokens(request.user)) >= MOST:
            form.add_error(None, _("You have %d tokens: revoke one first.") % MOST)
        if not form.is_valid():
            return self._page(request, form)
        made, secret = AuthToken.objects.create(request.user, timedelta(days=form.cleaned_data["days"]))
        return self._page(request, NewToken(), made=made, secret=secret)

    def _revoke(self, request, key):
        """Revoke the token of this user that begins so; another's stays."""
        revoked, _rows = AuthToken.objects.filter(user=request.user, token_key=key).delete()
        if revoked:
            messages.success(request, _("The token is revoked: programs that used it are refused."))
        return redirect("account_tokens")

    def _page(self, request, form, **made):
        context = {"form": form, "tokens": valid_tokens(request.user), "may_make": role_of(request.user), **made}
        return render(request, "account/tokens.html", context)


def valid_tokens(user) -> list[AuthToken]:
    """Return the tokens of a user that open something, the newest first."""
    valid = Q(expiry__gt=timezone.now()) | Q(expiry__isnull=True)
    return list(AuthToken.objects.filter(valid, user=user).order_by("-created"))
