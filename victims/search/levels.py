"""How near a part of a name must be to the word that was typed (pure)."""

from memorial.coded import Coded
from memorial.coded import gettext_noop as _


class Level(Coded):
    EXACT = "exact", _("as written")
    VARIANTS = "variants", _("forms of the same name")
    SOUNDS = "sounds", _("whatever sounds alike")


EXACT, VARIANTS, SOUNDS = (str(level) for level in Level)
#: Parts of a name as parameters call them -> as the index does.
ROLES = {"surname": "s", "given_name": "g", "patronymic": "p"}
#: What a level admits, of the reasons why a part is thought to be the word (``parts.likeness``).
_ADMITTED = {
    EXACT: {"exact", "fits"},
    VARIANTS: {"exact", "fits", "variant", "sounds", "half", "initial"},
    SOUNDS: {"exact", "fits", "variant", "sounds", "half", "initial", "misspelt"},
}


def admits(level: str | None, why: str) -> bool:
    """Return whether a level admits a part found for this reason; None asks for nothing."""
    return level is None or why in _ADMITTED[level]
