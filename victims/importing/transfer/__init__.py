"""Everything that is recorded, as one file: written by one database and read by another to the same records."""

from victims.importing.transfer.giving import everything
from victims.importing.transfer.taking import TakenOver, count, is_transfer, take_over

__all__ = ["TakenOver", "count", "everything", "is_transfer", "take_over"]
