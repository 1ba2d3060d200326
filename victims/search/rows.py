"""Rows of the name index, asked in SQL: who may be found is said once, and each look-up adds what it looks for.

A search asks the index some ten times. Built anew by the ORM for each look-up, the questions took longer than
their answers.
"""

from collections.abc import Callable, Iterable
from functools import cache, cached_property

from django.core.exceptions import EmptyResultSet
from django.db import connection
from django.db.models import QuerySet

from victims.models import NameKey, NamePart, PersonName, Place, Victim
from victims.names.sounds import first_letters

#: A condition in SQL, and its parameters.
Sql = tuple[str, tuple]
#: Rows of the name index; not as Django calls them, which a filter may do too.
NAMES, PARTS = "named", f'"{NamePart._meta.db_table}"'
INDEX = f'"{PersonName._meta.db_table}" AS {NAMES}'
KEYS, VICTIMS = f'"{NameKey._meta.db_table}"', f'"{Victim._meta.db_table}"'
#: (person, surname, given name, patronymic, year of birth, given name folded, patronymic folded) of rows.
ROWS = (
    f"SELECT {NAMES}.victim_id, {NAMES}.surname_id, {NAMES}.given_id, {NAMES}.patronymic_id, {NAMES}.birth_year, "
    f"given.norm, father.norm FROM {INDEX} LEFT JOIN {PARTS} AS given ON given.id = {NAMES}.given_id "
    f"LEFT JOIN {PARTS} AS father ON father.id = {NAMES}.patronymic_id"
)
#: What puts people who are found in order, and their names.
SHOWN = ("synthetic", "sort_key", "surname", "given_name", "patronymic")
#: Places of a person that stand beside the name in a list.
PLACES = ("birth_place", "residence", "burial_place")
NOBODY: Sql = ("1 = 0", ())
#: More keys than a word has.
BEFORE = 10_000
#: More rows than the names of few people are.
ALL = 10_000_000


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


class People:
    """Whom an answer may hold (a queryset of persons), in SQL that is made once."""

    #: No key; where it stands in the question, those are put who are asked about.
    _NO_KEY = -1937

    def __init__(self, people: QuerySet, few: Callable[[], list[int] | None] | None = None):
        self._people, self._few = people, few

    @cached_property
    def few(self) -> list[int] | None:
        """The keys of few people among whom all of them are; None where they are many, or nobody knows."""
        return self._few() if self._few else None

    def among(self, keys: str) -> Sql | None:
        """Return the question, as key and SHOWN, who of these is one of them; None where nobody is.

        ``keys`` are keys as SQL, or the name of a column.
        """
        if self._question is None:
            return None
        before, after, values = self._question
        return f"{before}{keys}{after}", values

    @cached_property
    def _question(self) -> tuple[str, str, tuple] | None:
        people = self._people.order_by().filter(pk__in=[self._NO_KEY]).values_list("pk", *SHOWN)
        try:
            sql, values = people.query.sql_with_params()
        except EmptyResultSet:  # a filter that nobody can pass
            return None
        at = values.index(self._NO_KEY)
        pieces = sql.split("%s")
        before, after = "%s".join(pieces[: at + 1]), "%s".join(pieces[at + 1 :])
        return before, after, (*values[:at], *values[at + 1 :])


class Names:
    """The name index for one search, and whom of it the answer may hold.

    A look-up that brings all rows that fit asks no filter of them: it is asked of those who are alike, once each.
    Where it would be cut, only rows of those whom the answer may hold are brought. ``everybody`` are those among
    whom it is judged how far to look, where a filter leaves most of them out; ``only`` are conditions on rows.
    """

    def __init__(self, people: People, everybody: People | None = None, only: tuple[Sql, ...] = ()):
        self._people, self._only = people, only
        self.everybody = Names(everybody) if everybody else None
        self._known: dict[int, tuple | None] = {}

    def rows(self, condition: Sql, limit: int) -> list[tuple]:
        """Return at most ``limit`` rows that fit, as ROWS, in no order, whoever they are of."""
        if condition is NOBODY:
            return []
        fits, values = all_of(condition, *self._only)
        return asked(f"{ROWS} WHERE {fits} LIMIT {limit}", values)

    def admitted_rows(self, condition: Sql, limit: int, among: int | None = None) -> list[tuple]:
        """Return the same of those whom the answer may hold.

        ``among`` bounds how many rows that fit are asked whether they are of such people.
        """
        people = self._people.among(f"{NAMES}.victim_id")
        if condition is NOBODY or people is None:
            return []
        fits, values = all_of(condition, *self._only)
        if (few := self._people.few) is not None:
            # The limit keeps a database from looking for the name first, which is that of a tenth of all people.
            listed = ", ".join(str(int(pk)) for pk in few) or "NULL"
            theirs = f"FROM (SELECT * FROM {INDEX} WHERE victim_id IN ({listed}) LIMIT {ALL}) AS {NAMES}"
            found = ROWS.replace(f"FROM {INDEX}", theirs)
            return asked(f"{found} WHERE ({fits}) AND EXISTS({people[0]}) LIMIT {limit}", (*values, *people[1]))
        if among:
            fits = f"{NAMES}.id IN (SELECT {NAMES}.id FROM {INDEX} WHERE {fits} LIMIT {among})"
        return asked(f"{ROWS} WHERE ({fits}) AND EXISTS({people[0]}) LIMIT {limit}", (*values, *people[1]))

    def admitted(self, victims: Iterable[int]) -> dict[int, tuple]:
        """Return {key: SHOWN} of those of these people whom the answer may hold."""
        victims = list(victims)
        if new := [pk for pk in victims if pk not in self._known]:
            self._known |= dict.fromkeys(new)
            if people := self._people.among(", ".join(str(int(pk)) for pk in new)):
                self._known |= {pk: shown for pk, *shown in asked(*people)}
        return {pk: shown for pk in victims if (shown := self._known.get(pk)) is not None}


def surnames_of(condition: Sql, limit: int) -> dict[int, str]:
    """Return {id: folded text} of the surnames that rows of the name index have which fit, of ``limit`` rows."""
    fitting = f"SELECT {NAMES}.surname_id FROM {INDEX} WHERE {condition[0]} LIMIT {limit}"
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
        f"SELECT part_id, -count(*) - max(CASE WHEN key IN ({first}) THEN {BEFORE} ELSE 0 END) AS shared "
        f"FROM {KEYS} WHERE key IN ({listed}) "
        f"GROUP BY part_id ORDER BY shared, part_id LIMIT {limit}"
    )
    found = asked(
        f"SELECT found.shared, part.id, part.norm FROM ({shared}) AS found "
        f"JOIN {PARTS} AS part ON part.id = found.part_id "
        f"UNION ALL SELECT 0, id, norm FROM {PARTS} WHERE kind = %s AND norm IN ({places})",
        (kind, *written),
    )
    same, others, those = {}, {}, {}
    for shared, pk, norm in sorted(found):
        (those if not shared else same if shared < -BEFORE else others)[pk] = norm
    return same, others, those


def parts_written(norms: Iterable[str]) -> list[tuple[int, str, str]]:
    """Return (id, kind, folded text) of the parts of names that are written so."""
    norms = tuple(norms)
    if not norms:
        return []
    listed = ", ".join(["%s"] * len(norms))
    return asked(f"SELECT id, kind, norm FROM {PARTS} WHERE norm IN ({listed})", norms)


def shown(keys: Iterable[int]) -> dict[int, tuple]:
    """Return {key: SHOWN} of people."""
    listed = ", ".join(str(int(pk)) for pk in keys)
    if not listed:
        return {}
    found = asked(f"SELECT id, {', '.join(SHOWN)} FROM {VICTIMS} WHERE id IN ({listed})")
    return {pk: told for pk, *told in found}


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
