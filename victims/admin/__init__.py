"""The administration site: people with their entries on one page each, reference data, the log."""

from victims.admin import log, reference
from victims.admin.people import VictimAdmin

__all__ = ["VictimAdmin", "log", "reference"]
