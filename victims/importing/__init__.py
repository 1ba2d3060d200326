"""Bringing entries in, and taking them out again: readers -> Draft -> rows, batch by batch."""
