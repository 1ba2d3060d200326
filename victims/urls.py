"""Addresses of the public pages."""

from django.urls import path, register_converter

from victims.views import (
    alerts,
    bodies,
    browse,
    contributing,
    data,
    home,
    numbers,
    operations,
    people,
    person,
    sheet,
    sites,
    sources,
)


class Day:
    """A day of one year, 1937-12-08, or of every year, 12-08."""

    regex = r"(?:\d{4}-)?\d{2}-\d{2}"
    to_python = to_url = staticmethod(str)


register_converter(Day, "day")
app_name = "victims"
urlpatterns = [
    path("", home.home, name="home"),
    path("victims/", people.people, name="list"),
    path("victims/<str:public_id>/", person.victim, name="victim"),
    path("victims/<str:public_id>/cite.bib", person.bibtex, name="bibtex"),
    path("victims/<str:public_id>/sheet.pdf", sheet.sheet, name="sheet"),
    path("victims/<str:public_id>/card.png", sheet.card, name="card"),
    path("execution-sites/", sites.sites, name="sites"),
    path("execution-sites/<slug:slug>/", sites.site, name="site"),
    path("operations/", operations.operations, name="operations"),
    path("operations/<slug:code>/", operations.operation, name="operation"),
    path("sources/", sources.sources, name="sources"),
    path("sources/<slug:slug>/", sources.source, name="source"),
    path("bodies/", bodies.bodies, name="bodies"),
    path("bodies/<slug:slug>/", bodies.body, name="body"),
    path("bodies/<slug:slug>/<day:date>/", browse.sentenced, name="sentenced"),
    path("browse/", browse.browse, name="browse"),
    path("browse/surnames/", browse.surnames, name="surnames"),
    path("browse/surnames/<str:begins>/", browse.surname, name="surname"),
    path("browse/regions/", browse.regions, name="regions"),
    path("browse/regions/<slug:slug>/", browse.region, name="region"),
    path("browse/places/", browse.places, name="places"),
    path("browse/places/<int:pk>/", browse.born_at, name="born_at"),
    path("browse/places/<int:pk>/residents/", browse.lived_at, name="lived_at"),
    path("browse/occupations/", browse.occupations, name="occupations"),
    path("browse/occupations/<int:pk>/", browse.occupation, name="occupation"),
    path("browse/occupations/<str:begins>/", browse.occupations, name="occupations"),
    path("browse/days/", browse.days, name="days"),
    path("browse/days/<day:date>/", browse.day, name="day"),
    path("browse/days/<day:date>/<slug:slug>/", browse.day_at, name="shot_at"),
    path("contribute/", contributing.contribute, name="contribute"),
    path("contribute/<str:public_id>/", contributing.contribute, name="correct"),
    path("contributions/<str:reference>/<str:secret>/", contributing.contribution, name="contribution"),
    path("alerts/", alerts.ask, name="alert"),
    path("alerts/<str:token>/confirm/", alerts.confirm, name="alert_confirm"),
    path("alerts/<str:token>/leave/", alerts.leave, name="alert_leave"),
    path("statistics/", numbers.statistics, name="statistics"),
    path("statistics/<slug:of>/", numbers.statistic, name="statistic"),
    path("statistics/<slug:of>/<slug:by>/", numbers.two, name="statistic_two"),
    path("about/", home.about, name="about"),
    path("about/data/", data.about_the_data, name="data"),
    path("privacy/", data.privacy, name="privacy"),
    path("help/", home.how_to, name="help"),
]
