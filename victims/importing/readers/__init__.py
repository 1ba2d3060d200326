"""Readers: a file of entries as a stream of items, one for each person that the file tells of."""

from victims.importing.readers.columns import Columns, MappingError, saved
from victims.importing.readers.files import FORMS, File, read
from victims.importing.readers.items import LONGEST_LINE, LONGEST_TEXT, Item, ReadError, Seen

__all__ = [
    "FORMS",
    "LONGEST_LINE",
    "LONGEST_TEXT",
    "Columns",
    "File",
    "Item",
    "MappingError",
    "ReadError",
    "Seen",
    "read",
    "saved",
]
