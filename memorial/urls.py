"""Addresses. Pages carry a language prefix except in Russian; machines are answered without one."""

from django.conf.urls.i18n import i18n_patterns
from django.contrib import admin
from django.urls import include, path

from memorial.web import healthz

urlpatterns = [
    path("healthz", healthz, name="healthz"),
    path("", include("victims.crawlers")),
    path("api/v1/", include("victims.api.urls")),
    *i18n_patterns(
        path("", include("victims.urls")),
        path("accounts/", include("memorial.account_urls")),
        path("admin/", admin.site.urls),
        prefix_default_language=False,
    ),
]
