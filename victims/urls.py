"""Addresses of the public pages."""

from django.urls import path

from victims.views import bodies, home, operations, people, person, sites, sources

app_name = "victims"
urlpatterns = [
    path("", home.home, name="home"),
    path("victims/", people.people, name="list"),
    path("victims/<str:public_id>/", person.victim, name="victim"),
    path("execution-sites/", sites.sites, name="sites"),
    path("execution-sites/<slug:slug>/", sites.site, name="site"),
    path("operations/", operations.operations, name="operations"),
    path("operations/<slug:code>/", operations.operation, name="operation"),
    path("sources/", sources.sources, name="sources"),
    path("sources/<slug:slug>/", sources.source, name="source"),
    path("bodies/", bodies.bodies, name="bodies"),
    path("bodies/<slug:slug>/", bodies.body, name="body"),
    path("about/", home.about, name="about"),
    path("help/", home.how_to, name="help"),
]
