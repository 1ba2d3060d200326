"""Parameters of questions: the only list of them, for pages and API alike.

What is not named here is refused by name, never ignored; a malformed value says what to write instead.
"""

from victims.filters.lists import (
    ArrestFilterSet,
    BodyFilterSet,
    DeathFilterSet,
    EntryFilterSet,
    ExecutionSiteFilterSet,
    ImprisonmentFilterSet,
    OperationFilterSet,
    RegionFilterSet,
    RehabilitationFilterSet,
    SentenceFilterSet,
    SittingFilterSet,
    SourceFilterSet,
)
from victims.filters.people import VictimFilterSet

__all__ = [
    "ArrestFilterSet",
    "BodyFilterSet",
    "DeathFilterSet",
    "EntryFilterSet",
    "ExecutionSiteFilterSet",
    "ImprisonmentFilterSet",
    "OperationFilterSet",
    "RegionFilterSet",
    "RehabilitationFilterSet",
    "SentenceFilterSet",
    "SittingFilterSet",
    "SourceFilterSet",
    "VictimFilterSet",
]
