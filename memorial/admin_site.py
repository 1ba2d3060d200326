"""The administration site: entered by the site's own sign-in, open to those who have a role."""

from django.contrib import admin
from django.contrib.admin.apps import AdminConfig as DjangoAdminConfig
from django.core.exceptions import PermissionDenied
from django.http import HttpResponseRedirect
from django.urls import reverse, reverse_lazy
from django.utils.decorators import method_decorator
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache

from memorial.accounts import role_of


class AdminConfig(DjangoAdminConfig):
    """django.contrib.admin with our site, and with our page of users instead of its own."""

    default_site = "memorial.admin_site.AdminSite"

    def ready(self):
        super().ready()
        from memorial import users

        users.register(admin.site)


class AdminSite(admin.AdminSite):
    """Has no sign-in, sign-out or password page of its own: those of the accounts count the attempts."""

    site_title = site_header = gettext_lazy("Memorial")
    index_title = gettext_lazy("Administration")
    site_url = reverse_lazy("victims:home")

    def has_permission(self, request):
        return role_of(request.user) is not None

    @method_decorator(never_cache)
    def login(self, request, extra_context=None):
        """Lead to the sign-in page; refuse who is signed in and has no role."""
        from django.contrib.auth.views import redirect_to_login

        wanted = request.GET.get("next", "")
        if not url_has_allowed_host_and_scheme(wanted, {request.get_host()}, request.is_secure()):
            wanted = reverse("admin:index")
        if not request.user.is_authenticated:
            return redirect_to_login(wanted)
        if not self.has_permission(request):
            raise PermissionDenied
        return HttpResponseRedirect(wanted)

    def logout(self, request, extra_context=None):
        from allauth.account.views import logout

        return logout(request)

    def password_change(self, request, extra_context=None):
        return HttpResponseRedirect(reverse("account_change_password"))

    def password_change_done(self, request, extra_context=None):
        return HttpResponseRedirect(reverse("account_home"))
