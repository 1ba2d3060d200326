"""The page of one's own account: who one is here, what one may do, and the ways on."""

from django.contrib.auth.decorators import login_required
from django.shortcuts import render
from django.utils.translation import gettext
from django.views.decorators.cache import never_cache

from memorial.accounts import has_second_factor, role_given, role_of


@never_cache
@login_required
def home(request):
    """Tell name, role and whether a second factor is set up."""
    given = role_given(request.user)
    context = {
        "role": gettext(given.label) if given else "",
        "counts": role_of(request.user) is not None,
        "second_factor": has_second_factor(request.user),
    }
    return render(request, "account/home.html", context)
