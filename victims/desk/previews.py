"""What an action would make of a record, shown before it is done."""

from collections.abc import Callable

from django.db import transaction

from victims.dossier import Dossier, dossiers
from victims.models import Victim


def foreseen(act: Callable[[], Victim]) -> Dossier:
    """Return the person as they would be after ``act``, which is done in full and taken back.

    Raises what ``act`` raises.
    """
    with transaction.atomic():
        [dossier] = dossiers([act()])
        _ = dossier.fields, dossier.chapters  # computed while it is so
        transaction.set_rollback(True)
    return dossier
