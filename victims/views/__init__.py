"""The public pages."""

from victims.views.bodies import bodies, body
from victims.views.home import about, home, how_to
from victims.views.operations import operation, operations
from victims.views.people import people
from victims.views.sites import site, sites
from victims.views.sources import source, sources
from victims.views.victim import victim

__all__ = [
    "about",
    "bodies",
    "body",
    "home",
    "how_to",
    "operation",
    "operations",
    "people",
    "site",
    "sites",
    "source",
    "sources",
    "victim",
]
