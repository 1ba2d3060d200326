"""One person or two: merge, undo, split, and "not the same person", all through the door."""

from victims.matching.merging import merge, not_same, split, undo_merge, undo_not_same

__all__ = ["merge", "not_same", "split", "undo_merge", "undo_not_same"]
