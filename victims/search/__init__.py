"""Finding people: ``search(query, filters)`` answers pages, programs and commands alike."""

from victims.search.engine import Filters, Hit, Page, QueryError, search
from victims.search.levels import EXACT, ROLES, SOUNDS, VARIANTS
from victims.search.levels import Level as LEVELS
from victims.search.parts import meant_by
from victims.search.query import read_parts
from victims.search.suggesting import Suggestion, suggest

__all__ = [
    "EXACT",
    "LEVELS",
    "ROLES",
    "SOUNDS",
    "VARIANTS",
    "Filters",
    "Hit",
    "Page",
    "QueryError",
    "Suggestion",
    "meant_by",
    "read_parts",
    "search",
    "suggest",
]
