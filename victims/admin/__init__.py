"""The administration site: people with their entries on one page each, reference data, the log."""

from victims.admin import contributions, log, reference, uploads
from victims.admin.people import VictimAdmin

__all__ = ["VictimAdmin", "contributions", "log", "reference", "uploads"]
