"""Addresses of the public pages."""

from django.urls import path

from victims import views

app_name = "victims"
urlpatterns = [
    path("", views.home, name="home"),
    path("victims/", views.people, name="list"),
    path("victims/<str:public_id>/", views.victim, name="victim"),
    path("execution-sites/", views.sites, name="sites"),
    path("execution-sites/<slug:slug>/", views.site, name="site"),
    path("operations/", views.operations, name="operations"),
    path("operations/<slug:code>/", views.operation, name="operation"),
    path("sources/", views.sources, name="sources"),
    path("sources/<slug:slug>/", views.source, name="source"),
    path("bodies/", views.bodies, name="bodies"),
    path("bodies/<slug:slug>/", views.body, name="body"),
    path("about/", views.about, name="about"),
    path("help/", views.how_to, name="help"),
]
