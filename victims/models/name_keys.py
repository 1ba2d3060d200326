"""The keys of names proved and repaired: they follow from the parts of names and from nothing else."""

from collections.abc import Iterator

from victims.models.bulk import insert
from victims.models.dictionary import key_rows
from victims.models.names import NameKey, NamePart

CHUNK = 2000


def wrong_keys(progress=lambda done: None) -> Iterator[tuple[list[tuple], list[tuple]]]:
    """Yield (keys that are missing, keys that are there for nothing), as (key, part id), chunk by chunk."""
    last = 0
    found = NamePart.objects.order_by("pk").values_list("pk", "kind", "norm")
    while parts := list(found.filter(pk__gt=last)[:CHUNK]):
        first, last = last, parts[-1][0]
        stored = set(NameKey.objects.filter(part__gt=first, part__lte=last).values_list("key", "part"))
        right = {row for pk, kind, norm in parts for row in key_rows(kind, [(pk, norm)])}
        yield sorted(right - stored), sorted(stored - right)
        progress(len(parts))


def repair(missing: list[tuple], surplus: list[tuple]) -> None:
    """Write the keys that are missing and delete those that are there for nothing; call it in a transaction."""
    insert(NameKey, ("key", "part_id"), missing)
    for key, part in surplus:
        NameKey.objects.filter(key=key, part=part).delete()
