"""What printed forms mean to the database: codes, known bodies and regions, told where a form is first kept.

The words decide (``victims.meanings``); what they leave open stays unrecognised, and what a person decided stays.
"""

from dataclasses import dataclass, field

from victims.meanings import meaning_of, region_of
from victims.models.body import Body
from victims.models.place import Region
from victims.vocabulary import FormKind, FormState

PLACE = "place"


@dataclass
class Meanings:
    """Meanings of forms; the known bodies and regions are read once, when they are first asked for."""

    _bodies: dict[str, int] | None = field(default=None)
    _regions: dict[str, int] | None = field(default=None)

    def columns(self, kind: str, text: str) -> dict:
        """Return the columns that tell what a form means: state, and code, body or region."""
        if kind == PLACE:
            region = self.region(region_of(text))
            return {"state": _state(region), "region_id": region}
        code = meaning_of(kind, text) or ""
        told = {"state": _state(code), "code": code, "body_id": None}
        if kind == FormKind.BODY and code:
            told["body_id"] = self.body(code)
        return told

    def region(self, slug: str | None) -> int | None:
        """Return the known region of a slug."""
        if slug is None:
            return None
        if self._regions is None:
            self._regions = dict(Region.objects.values_list("slug", "pk"))
        return self._regions.get(slug)

    def body(self, code: str) -> int | None:
        """Return the one known body whose own name has this meaning; a kind alone means none."""
        if " " not in code:
            return None
        if self._bodies is None:
            found: dict[str, list[int]] = {}
            for pk, name in Body.objects.values_list("pk", "name_ru"):
                found.setdefault(meaning_of("body", name) or "", []).append(pk)
            self._bodies = {told: pks[0] for told, pks in found.items() if len(pks) == 1}
        return self._bodies.get(code)


def _state(meaning) -> str:
    return str(FormState.RECOGNISED if meaning else FormState.UNRECOGNISED)
