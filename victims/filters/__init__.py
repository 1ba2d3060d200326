"""Parameters of questions: the only list of them, for pages and API alike.

What is not named here is refused by name, never ignored; a malformed value says what to write instead.
"""

from victims.filters.lists import (
    BodyFilterSet,
    DeathFilterSet,
    EntryFilterSet,
    ExecutionSiteFilterSet,
    FactFilterSet,
    OperationFilterSet,
    RegionFilterSet,
    SentenceFilterSet,
    SittingFilterSet,
    SourceFilterSet,
)
from victims.filters.people import VictimFilterSet

__all__ = [
    "BodyFilterSet",
    "DeathFilterSet",
    "EntryFilterSet",
    "ExecutionSiteFilterSet",
    "FactFilterSet",
    "OperationFilterSet",
    "RegionFilterSet",
    "SentenceFilterSet",
    "SittingFilterSet",
    "SourceFilterSet",
    "VictimFilterSet",
]
