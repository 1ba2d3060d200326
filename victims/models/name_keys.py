"""The keys of names proved and repaired: they follow from the parts of names and from nothing else.

How many people have a part of a name is counted now and then, apart from all writing: it orders what is offered
as one types, and nothing depends on it.
"""

from collections.abc import Iterator

from django.db import connection, transaction
from django.db.models import Count, Sum

from victims.models.bulk import insert
from victims.models.dictionary import key_rows
from victims.models.names import NameKey, NamePart, PersonName
from victims.models.querysets import public

CHUNK = 2000
COLUMNS = {"s": "surname", "g": "given", "p": "patronymic"}
#: Parts are counted again when there are more people by this part of them.
GROWN = 0.1


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


def count_people() -> int:
    """Count anew how many published people have each part of a name; return how many parts have another count."""
    changed = 0
    for kind, column in COLUMNS.items():
        shown = PersonName.objects.filter(public("victim__")).exclude(**{column: None})
        right = dict(shown.order_by().values_list(column).annotate(Count("pk")))
        kept = dict(NamePart.objects.filter(kind=kind).exclude(people=0).values_list("pk", "people"))
        wrong = (pk for pk in {*right, *kept} if right.get(pk, 0) != kept.get(pk, 0))
        rows = [(right.get(pk, 0), pk) for pk in sorted(wrong)]  # one order for all who count
        for start in range(0, len(rows), CHUNK):
            with transaction.atomic(), connection.cursor() as cursor:
                table = NamePart._meta.db_table
                cursor.executemany(f'UPDATE "{table}" SET people = %s WHERE id = %s', rows[start : start + CHUNK])
        changed += len(rows)
    return changed


def count_when_grown() -> bool:
    """Count people anew where they are many more than when they were counted; return whether that was so."""
    counted = NamePart.objects.filter(kind="s").aggregate(Sum("people"))["people__sum"] or 0
    shown = PersonName.objects.filter(public("victim__"), surname__isnull=False)
    if shown.count() <= counted * (1 + GROWN):
        return False
    count_people()
    return True
