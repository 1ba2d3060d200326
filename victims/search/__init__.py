"""Finding people: ``search(query, filters)`` answers pages, programs and commands alike."""

from victims.search.engine import Filters, Hit, Page, QueryError, search

__all__ = ["Filters", "Hit", "Page", "QueryError", "search"]
