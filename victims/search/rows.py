"""Rows of the name index, asked in SQL: who may be found is said once, and each look-up adds what it looks for.

A search asks the index some ten times. Built anew by the ORM for each look-up, the questions took longer than
their answers.
"""

from collections.abc import Iterable
from functools import cache, cached_property

from django.core.exceptions import EmptyResultSet
from django.db import connection
from django.db.models import Q

from victims.models import NameKey, NamePart, PersonName, Place, Victim
from victims.names.sounds import first_letters

#: A condition in SQL, and its parameters.
Sql = tuple[str, tuple]
NAMES, PARTS = f'"{PersonName._meta.db_table}"', f'"{NamePart._meta.db_table}"'
KEYS, VICTIMS = f'"{NameKey._meta.db_table}"', f'"{Victim._meta.db_table}"'
COLUMNS = ("victim", "surname", "given", "patronymic", "birth_year", "given__norm", "patronymic__norm")
#: Places of a person that stand beside the name in a list.
PLACES = ("birth_place", "residence", "burial_place")
NOBODY: Sql = ("1 = 0", ())
#: More keys than a word has.
BEFORE = 10_000


def among(column: str, ids: Iterable[int]) -> Sql:
    """Return the condition that a part of a name ("surname", "given", "patronymic") is one of these."""
    listed = ", ".join(str(int(pk)) for pk in ids)
    return (f"{NAMES}.{column}_id IN ({listed})", ()) if listed else NOBODY


def absent(column: str) -> Sql:
    """Return the condition that a part of a name is not told."""
    return f"{NAMES}.{column}_id IS NULL", ()


def begins(column: str, initial: str) -> Sql:
    """Return the condition that a part of a name may begin with an initial, in any alphabet."""
    letters = tuple(first_letters(initial))
    listed = ", ".join(["%s"] * len(letters))
    part = f"SELECT 1 FROM {PARTS} AS part WHERE part.id = {NAMES}.{column}_id AND substr(part.norm, 1, 1)"
    return f"EXISTS ({part} IN ({listed}))", letters


def born(first: int, last: int, untold: bool = False) -> Sql:
    """Return the condition that the year of birth lies between two years; or is not told."""
    condition = f"{NAMES}.birth_year BETWEEN %s AND %s"
    return (f"({condition} OR {NAMES}.birth_year IS NULL)" if untold else condition), (first, last)


def all_of(*conditions: Sql) -> Sql:
    """Return the condition that all of these hold."""
    return _joined(" AND ", conditions)


def any_of(*conditions: Sql) -> Sql:
    """Return the condition that one of these holds."""
    return _joined(" OR ", conditions) if conditions else NOBODY


def _joined(word: str, conditions: tuple[Sql, ...]) -> Sql:
    text = word.join(f"({sql})" for sql, _values in conditions)
    return text, tuple(value for _sql, values in conditions for value in values)


class Names:
    """The rows of the name index of those whom an answer may hold (``people``, a condition on PersonName).

    ``everybody`` are those among whom it is judged how far to look, where a filter leaves most of them out.
    """

    def __init__(self, people: Q, everybody: "Names | None" = None):
        self.people, self.everybody = people, everybody

    @cached_property
    def _asked(self) -> Sql | None:
        try:
            return PersonName.objects.filter(self.people).values_list(*COLUMNS).query.sql_with_params()
        except EmptyResultSet:  # a filter that nobody can pass
            return None

    def rows(self, condition: Sql, limit: int, among: int | None = None) -> list[tuple]:
        """Return at most ``limit`` rows that fit, as COLUMNS, in no order.

        ``among`` bounds how many rows that fit are asked whether they are of those whom the answer may hold.
        """
        if condition is NOBODY or self._asked is None:
            return []
        sql, values = self._asked
        fits = condition[0]
        if among:
            fits = f"{NAMES}.id IN (SELECT {NAMES}.id FROM {NAMES} WHERE {fits} LIMIT {among})"
        return asked(f"{sql} AND ({fits}) LIMIT {limit}", (*values, *condition[1]))


def surnames_of(condition: Sql, limit: int) -> dict[int, str]:
    """Return {id: folded text} of the surnames that rows of the name index have which fit, of ``limit`` rows."""
    fitting = f"SELECT {NAMES}.surname_id FROM {NAMES} WHERE {condition[0]} LIMIT {limit}"
    return dict(asked(f"SELECT id, norm FROM {PARTS} WHERE id IN ({fitting})", condition[1]))


def parts_by_keys(
    keys: Iterable[int], before: Iterable[int], limit: int, kind: str, norms: Iterable[str]
) -> tuple[dict, dict, dict]:
    """Return {id: folded text} of parts of names: those that have a key ``before``, others, and those written so.

    Those that share most keys stand first; by keys no more than ``limit`` are found.
    """
    listed, written = ", ".join(map(str, keys)) or "NULL", tuple(norms)
    first = ", ".join(map(str, before)) or "NULL"
    places = ", ".join(["%s"] * len(written))
    shared = (
        f"SELECT part_id, count(*) + max(CASE WHEN key IN ({first}) THEN {BEFORE} ELSE 0 END) AS shared "
        f"FROM {KEYS} WHERE key IN ({listed}) "
        f"GROUP BY part_id ORDER BY shared DESC, part_id LIMIT {limit}"
    )
    found = asked(
        f"SELECT found.shared, part.id, part.norm FROM ({shared}) AS found "
        f"JOIN {PARTS} AS part ON part.id = found.part_id "
        f"UNION ALL SELECT 0, id, norm FROM {PARTS} WHERE kind = %s AND norm IN ({places})",
        (kind, *written),
    )
    by_key = sorted((row for row in found if row[0]), key=lambda row: (-row[0], row[1]))
    return (
        {pk: norm for shared, pk, norm in by_key if shared > BEFORE},
        {pk: norm for shared, pk, norm in by_key if shared <= BEFORE},
        {pk: norm for shared, pk, norm in found if not shared},
    )


def parts_written(norms: Iterable[str]) -> list[tuple[int, str, str]]:
    """Return (id, kind, folded text) of the parts of names that are written so."""
    norms = tuple(norms)
    if not norms:
        return []
    listed = ", ".join(["%s"] * len(norms))
    return asked(f"SELECT id, kind, norm FROM {PARTS} WHERE norm IN ({listed})", norms)


def victims(keys: Iterable[int], *columns: str) -> list[tuple]:
    """Return (id, *columns) of people."""
    listed = ", ".join(str(int(pk)) for pk in keys)
    if not listed:
        return []
    return asked(f"SELECT id, {', '.join(columns)} FROM {VICTIMS} WHERE id IN ({listed})")


def people(keys: Iterable[int]) -> dict[int, Victim]:
    """Return {id: person}, with the places that stand beside a name in a list.

    As ``select_related`` would; but the ORM takes longer to put that question than to get its answer.
    """
    found = _whole(Victim, keys)
    keys = {getattr(one, f"{name}_id") for one in found.values() for name in PLACES}
    places = _whole(Place, keys - {None})
    for one in found.values():
        for name in PLACES:
            setattr(one, name, places.get(getattr(one, f"{name}_id")))
    return found


def _whole(model, keys: Iterable[int]) -> dict:
    """Return {id: object of a model}."""
    listed = ", ".join(str(int(pk)) for pk in keys)
    if not listed:
        return {}
    select, names, converters = _columns(model, connection.vendor)
    found = [list(row) for row in asked(f"{select} WHERE id IN ({listed})")]
    for number, column, convert in converters:
        for row in found:
            row[number] = convert(row[number], column, connection)
    return {one.pk: one for one in (model.from_db(connection.alias, names, row) for row in found)}


@cache
def _columns(model, _vendor: str) -> tuple[str, list[str], list[tuple]]:
    """Return (a question for all columns of a model, their names, what makes Python values of them)."""
    fields, table = model._meta.concrete_fields, model._meta.db_table
    converters = []
    for number, column in enumerate(field.get_col(table) for field in fields):
        made = connection.ops.get_db_converters(column) + column.get_db_converters(connection)
        converters += [(number, column, convert) for convert in made]
    listed = ", ".join(f'"{field.column}"' for field in fields)
    return f'SELECT {listed} FROM "{table}"', [field.attname for field in fields], converters


def asked(sql: str, values: tuple = ()) -> list[tuple]:
    """Return all rows of a question."""
    with connection.cursor() as cursor:
        cursor.execute(sql, values or None)
        return cursor.fetchall()
