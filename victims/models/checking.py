"""Proof that derived columns are what they derive from: bounds, projections, name index, the log's chain."""

from collections.abc import Iterator

from django.apps import apps
from django.db.models import F, Max

from memorial.fields import bounds, edtf_fields
from victims.models import cluster
from victims.models.bulk import lacking
from victims.models.deriving import wrong_sentences
from victims.models.dictionary import Dictionary
from victims.models.facts import FACTS, Sentence
from victims.models.name_keys import wrong_keys
from victims.models.names import PersonName
from victims.models.prepared import NAME_COLUMNS, name_rows
from victims.models.projection import project, same_facts
from victims.models.revision import Revision
from victims.models.victim import Victim, public_id

CHUNK = 2000


def differences(progress=lambda done: None) -> Iterator[str]:
    """Yield one line for every value that is not what its origins make it; nothing where all is consistent.

    Reads everything once, in constant memory. ``progress`` is called with the number of victims done.
    """
    yield from lacking_indexes()
    yield from wrong_bounds()
    yield from wrong_owners()
    yield from wrong_attributions()
    yield from wrong_projections(progress)
    yield from wrong_name_keys()
    yield from broken_chain()


def lacking_indexes() -> Iterator[str]:
    """Yield indexes that are not there: all is found without them, but slowly."""
    for name in lacking(apps.get_app_config("victims").get_models()):
        yield f"the index {name} is lacking: a make_synthetic that was killed left it so; run it again"


def wrong_bounds() -> Iterator[str]:
    """Yield what stands in bound columns beside what their EDTF text means."""
    for model in [*apps.get_app_config("sources").get_models(), *apps.get_app_config("victims").get_models()]:
        for field in edtf_fields(model):
            names = ("pk", field.name, f"{field.name}_earliest", f"{field.name}_latest")
            for pk, text, *stored in model.objects.exclude(**{field.name: ""}).values_list(*names).iterator(CHUNK):
                try:
                    expected = bounds(text)
                except ValueError as error:
                    yield f"{model.__name__} {pk}: {field.name} {text!r} is not EDTF: {error}"
                    continue
                if tuple(stored) != expected:
                    yield (
                        f"{model.__name__} {pk}: bounds of {field.name} {text!r} are {stored[0]}..{stored[1]}, "
                        f"not {expected[0]}..{expected[1]}"
                    )


def wrong_owners() -> Iterator[str]:
    """Yield facts that carry another victim than their entry, or that a removed entry should not have."""
    for model in FACTS:
        strays = model.objects.exclude(victim=F("entry__victim")).values_list("pk", "victim", "entry__victim")
        for pk, victim, owner in strays.iterator(CHUNK):
            yield f"{model.__name__} {pk}: belongs to victim {public_id(victim)}, its entry to {public_id(owner)}"
        for pk in model.objects.filter(entry__removed=True).values_list("pk", flat=True).iterator(CHUNK):
            yield f"{model.__name__} {pk}: belongs to an entry that was removed"


def wrong_attributions() -> Iterator[str]:
    """Yield sentences whose sitting, operation or attribution is not what the dictionary makes them."""
    for pk, stored, right in wrong_sentences(Sentence.objects.all()):
        yield f"Sentence {pk}: sitting, operation, attribution, rule are {stored}, not {right}"


def wrong_projections(progress) -> Iterator[str]:
    """Yield victims' columns, shared facts and name rows that are not what entries and decisions make them."""
    lookup, last = Dictionary(), 0
    while victims := list(Victim.objects.filter(pk__gt=last).order_by("pk")[:CHUNK]):
        last = victims[-1].pk
        keys = [victim.pk for victim in victims]
        clusters, decided = cluster.load(keys), cluster.decisions(keys)
        logged = dict(Revision.objects.filter(victim__in=keys).values_list("victim").annotate(Max("number")))
        names: dict[int, list] = {}
        for row in PersonName.objects.filter(victim__in=keys).values_list(*NAME_COLUMNS):
            names.setdefault(row[0], []).append(row)
        for victim in victims:
            count = logged.get(victim.pk, 1)  # the first one of a batch has no row of its own
            if victim.revision != count:
                yield f"Victim {victim.public_id}: has {victim.revision} revisions, the log {count}"
            yield from _wrong_victim(
                victim, clusters[victim.pk], decided[victim.pk], names.get(victim.pk, []), lookup
            )
        progress(len(victims))


def _wrong_victim(victim, said, decided, names, lookup) -> Iterator[str]:
    shown = project(said.said(), decided)
    for name, expected in shown.items():
        stored = getattr(victim, name)
        if name.endswith(("_earliest", "_latest", "_until")):
            stored = stored and stored.isoformat()
        if stored != expected:
            yield f"Victim {victim.public_id}: {name} is {stored!r}, not {expected!r}"
    for (model, pk), first in same_facts(said.numbered()).items():
        stored = said.same_as(model, pk)
        if stored != first:
            yield f"{model.__name__} {pk}: is the same fact as {stored}, not {first}"
    laids = [said.laid[pk] for pk in said.live()]
    expected = name_rows(victim.pk, laids, shown, lookup)
    if lookup.missing:
        lookup.learn(make=False)
        expected = name_rows(victim.pk, laids, shown, lookup)
    if sorted(expected, key=str) != sorted(names, key=str):
        yield f"Victim {victim.public_id}: the name index has {sorted(names, key=str)}, not {expected}"


def wrong_name_keys() -> Iterator[str]:
    """Yield parts of names whose keys are not those that their letters make."""
    for missing, surplus in wrong_keys():
        for key, part in missing:
            yield f"NamePart {part}: has not the key {key}; run rebuild_names"
        for key, part in surplus:
            yield f"NamePart {part}: has the key {key} for nothing; run rebuild_names"


def broken_chain() -> Iterator[str]:
    """Yield revisions whose hash is not that of what they say, or that do not follow the row before."""
    previous = ""
    for row in Revision.objects.order_by("pk").iterator(CHUNK):
        if row.previous != previous:
            yield f"Revision {row.pk}: follows {row.previous[:12] or 'nothing'}, not {previous[:12] or 'nothing'}"
        if row.hash != row.chained():
            yield f"Revision {row.pk}: was changed after it was written"
        previous = row.hash
