"""Data extension: what is recorded of people whom the rows of a spreadsheet are reconciled with."""

from collections.abc import Iterator

from django.utils.translation import gettext as _

from memorial import edtf
from victims.api.problems import Problem, parameter_problem, pointer
from victims.api.reconciling import as_text, named
from victims.dossier import Dossier, dossiers
from victims.filters import VictimFilterSet
from victims.labels import label
from victims.models import Arrest, Death, Rehabilitation, Sentence, Victim
from victims.models.victim import from_public_id

#: People and values of an answer at most.
MOST = 50
#: Property -> kind of fact and its column.
OF_FACTS = {
    "arrest": (Arrest, "date"),
    "sentence": (Sentence, "date"),
    "kind": (Sentence, "kind"),
    "body": (Sentence, "body"),
    "death": (Death, "date"),
    "manner": (Death, "manner"),
    "death_place": (Death, "place"),
    "burial_place": (Death, "burial_place"),
    "rehabilitation": (Rehabilitation, "date"),
}
#: Properties that are told as the fields of these names.
OF_FIELDS = (
    "name", "sex", "birth", "birth_place", "nationality", "social_origin", "education", "party", "occupation",
    "residence",
)  # fmt: skip


def properties() -> list[dict]:
    """Return the properties that can be asked for, named in the language of the answer as lists name them."""
    own = {"id": _("Public id"), "sources": _("Sources"), "name": _(label("name"))}
    own["death_place"] = _(label("death.place"))
    known = ("id", *OF_FIELDS, *OF_FACTS, "synthetic", "sources")
    return [{"id": pid, "name": own.get(pid) or str(VictimFilterSet.base_filters[pid].label)} for pid in known]


def asked(said) -> tuple[list[str], list[tuple[str, int]]]:
    """Return (ids, [(property, how many values; 0 for all)]); Problem 400 names all that is wrong."""
    if not isinstance(said, dict) or said.keys() != {"ids", "properties"}:
        told = _("Send a JSON object: {“ids”: […], “properties”: [{“id”: “birth”}]}.")
        raise parameter_problem({"extend": [told]})
    wrong, ids, wanted = [], said["ids"], {}
    if not isinstance(ids, list) or len(ids) > MOST or not all(isinstance(one, str) for one in ids):
        told = _("Give a list of at most %(most)d public ids, each as text.") % {"most": MOST}
        wrong.append((pointer("ids"), told))
    known = [one["id"] for one in properties()]
    for number, one in enumerate(said["properties"] if isinstance(said["properties"], list) else [None]):
        one = one if isinstance(one, dict) and one.keys() <= {"id", "name", "settings"} else {}
        pid, limit = one.get("id"), _limit(one.get("settings"))
        if not isinstance(pid, str) or pid not in known:
            told = _("There is no such property. The properties are: %(names)s.") % {"names": ", ".join(known)}
            wrong.append((pointer("properties", number, "id"), told))
        elif limit is None:
            told = _("The only setting is “limit”: how many values, 0 for all.")
            wrong.append((pointer("properties", number, "settings"), told))
        else:
            wanted[pid] = limit
    if wrong:
        errors = [{"pointer": place, "detail": told} for place, told in wrong]
        raise Problem(400, _("What is asked for is wrong: see errors."), errors=errors)
    return ids, list(wanted.items())


def _limit(settings) -> int | None:
    """Return how many values are asked for, 0 for all; None where the settings cannot be read."""
    if not isinstance(settings or {}, dict) or (settings or {}).keys() - {"limit"}:
        return None
    text = as_text((settings or {}).get("limit", 0))
    return int(text) if text.isascii() and text.isdecimal() and len(text) < 4 else None


def people(ids: list[str]) -> dict[str, Victim]:
    """Return {id: the record that it leads to now} for ids of whom the public sees; merges are followed."""
    keys = {one: key for one in ids if (key := from_public_id(one)) is not None}
    found, missing = {}, set(keys.values())
    while missing:
        found |= Victim.objects.in_bulk(missing)
        missing = {one.merged_into_id for one in found.values() if one.merged_into_id} - found.keys()
    for one in found.values():
        one.merged_into = found.get(one.merged_into_id)  # so that no further query follows it
    current = {one: found[key].current.pk for one, key in keys.items() if key in found}
    seen = Victim.objects.published().select_related(*("birth_place", "residence", "burial_place"))
    seen = seen.select_related("nationality", "occupation").in_bulk(set(current.values()))
    return {one: seen[key] for one, key in current.items() if key in seen}


def extended(ids: list[str], wanted: list[tuple[str, int]]) -> dict:
    """Return the answer: of each id the values of each property, none for ids that lead to nobody."""
    names = {one["id"]: one["name"] for one in properties()}
    found = people(ids)
    told = {one.victim.pk: one for one in dossiers(list({one.pk: one for one in found.values()}.values()))}
    rows = {
        one: {
            pid: list(_values(told[found[one].pk], pid))[: limit or None] if one in found else []
            for pid, limit in wanted
        }
        for one in ids
    }
    return {"meta": [{"id": pid, "name": names[pid]} for pid, _limit in wanted], "rows": rows}


def _values(dossier: Dossier, pid: str) -> Iterator[dict]:
    """Yield the values of a property, each once: several where sources differ, or where several can be true."""
    if pid == "id":
        yield {"str": dossier.victim.public_id}
    elif pid == "synthetic":
        if dossier.victim.synthetic:
            yield {"str": _("synthetic person who never lived")}
    elif pid == "name" and "name" not in dossier.fields:
        yield {"str": named(dossier.victim)}
    elif pid == "sources":
        sources = {entry.source_id: entry.source for entry in dossier.entries}
        yield from ({"id": one.slug, "name": str(one.title)} for one in sources.values())
    else:
        if pid in OF_FACTS:
            model, column = OF_FACTS[pid]
            values = [getattr(row, column) for telling in dossier.tellings(model) for row in telling.rows]
        else:
            values = [one.value for one in dossier.fields[pid].values] if pid in dossier.fields else []
        yield from (_told(value) for value in dict.fromkeys(values) if value not in ("", None))


def _told(value) -> dict:
    """Return a value as the specification has it: a body that is recognised, an exact day, else its words."""
    if body := getattr(value, "body", None):
        return {"id": body.slug, "name": value.text}
    text = getattr(value, "text", None)
    if text is None and len(str(value)) == 10 and edtf.is_valid(str(value)) and edtf.is_day(str(value)):
        return {"date": str(value)}
    return {"str": str(value) if text is None else text}
