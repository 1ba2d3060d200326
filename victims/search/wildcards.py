"""People whose name fits words with * (any letters) and ? (one letter): "Флорен* Павел", "Ив?нов", "*оренский"."""

from itertools import permutations

from django.db.models import Q

from victims.models import NamePart, PersonName
from victims.names.sounds import first_letters
from victims.search.levels import admits
from victims.search.parts import GIVEN, INITIAL, PATRONYMIC, SURNAME, Part, candidates
from victims.search.query import Query, is_wild, readings, untitled
from victims.search.roles import USUAL
from victims.search.tolerant import WEIGHT, Found, level_of

KINDS = (SURNAME, GIVEN, PATRONYMIC)
COLUMNS = {SURNAME: "surname", GIVEN: "given", PATRONYMIC: "patronymic"}
#: What each reading of the words counts less than the likelier one before.
LESS = 0.01
#: More parts of names than these that fit a word are left to the database to find.
FEW = 400
#: So many of them are looked at first.
SOME = 4000


def fitting(asked: Query, people: Q, wanted: dict, bound: int) -> tuple[list[Found], bool]:
    """Return (at most ``bound`` people whose name fits the words, whether there may be more).

    Words without * and ? may be forms of the name as ``wanted`` admits; the very words come first.
    """
    if asked.years:
        people &= Q(birth_year__range=asked.years.range) | Q(birth_year=None)
    best: dict[int, Found] = {}
    parts: dict[tuple[str, str], list[Part] | None] = {}
    cut = False
    for number, way in enumerate(_ways(asked)):
        for role, word in way.items():
            if (role, word) not in parts:
                parts[role, word] = _parts(role, word, level_of(asked, wanted, role, word))
        rows = _found(way, {role: parts[role, word] for role, word in way.items()}, people, bound)
        for found in rows:
            found.score *= 1 - LESS * number
            if found.victim not in best or best[found.victim].score < found.score:
                best[found.victim] = found
        cut = len(rows) > bound or len(best) > bound
        if cut:
            break
    ranked = sorted(best.values(), key=lambda found: (-found.score, found.victim))
    return ranked[:bound], cut


def _ways(asked: Query) -> list[dict[str, str]]:
    """Return the ways to read the words as parts of a name, the usual orders first."""
    if asked.roles:
        return [dict(asked.roles)]
    words = untitled(asked.words) or asked.words
    if len(words) > len(KINDS):
        return [way for way in readings(words, KINDS) if len(way) == len(KINDS)]
    orders = sorted(permutations(KINDS, len(words)), key=lambda order: "".join(order) not in USUAL)
    return [dict(zip(order, words, strict=True)) for order in orders]


def _parts(role: str, word: str, level: str | None) -> list[Part] | None:
    """Return the parts that a word means; None where they are too many to be named."""
    if not is_wild(word):
        return [] if len(word) == 1 else [part for part in candidates(role, word) if admits(level, part.why)]
    # Of all kinds: SQLite would rather go through all surnames than through all that fit.
    rows = list(NamePart.objects.filter(norm__fits=word).values_list("pk", "norm", "kind")[: FEW + 1])
    return None if len(rows) > FEW else [Part(pk, norm, 1.0, "fits") for pk, norm, kind in rows if kind == role]


def _found(way: dict[str, str], parts: dict, people: Q, bound: int) -> list[Found]:
    """Return at most ``bound`` people and one more who have such parts."""
    if None in (parts[role] for role in way):
        # Of parts that are too many to be named some thousands have people enough, as a rule.
        found = _having(way, parts, people, bound, SOME)
        if len(found) > bound:
            return found
    return _having(way, parts, people, bound)


def _having(way: dict[str, str], parts: dict, people: Q, bound: int, some: int | None = None) -> list[Found]:
    """Return the same, of ``some`` of the parts where they are too many to be named."""
    condition, many = people, False
    for role, word in way.items():
        if parts[role] is None:
            many = True
            among = NamePart.objects.filter(norm__fits=word).values("pk")[:some]
        elif parts[role]:
            among = [part.id for part in parts[role]]
        elif len(word) == 1:
            condition &= _begins(COLUMNS[role], word)
            continue
        else:
            return []
        condition &= Q(**{f"{COLUMNS[role]}__in": among})
    columns = ("victim", *(name for role in way for name in (COLUMNS[role], f"{COLUMNS[role]}__norm")))
    rows = PersonName.objects.filter(condition).order_by(*(() if many else ("victim",)))
    known = {role: {part.id: part for part in found or ()} for role, found in parts.items()}
    return [_scored(row, way, known) for row in rows.values_list(*columns)[: bound + 1]]


def _begins(part: str, initial: str) -> Q:
    """Return the condition that a part of a name may begin with an initial, in any alphabet."""
    condition = Q()
    for letter in first_letters(initial):
        condition |= Q(**{f"{part}__norm__startswith": letter})
    return condition


def _scored(row: tuple, way: dict[str, str], known: dict) -> Found:
    total, why = 0.0, []
    for (role, word), pk, norm in zip(way.items(), row[1::2], row[2::2], strict=True):
        part = known[role].get(pk)
        if part is None:
            part = Part(pk, norm, 1.0, "fits") if is_wild(word) else Part(pk, norm, INITIAL, "initial")
        total += WEIGHT[role] * part.score
        why.append((role, part.why, word, norm))
    score = total / sum(WEIGHT[role] for role in way)
    return Found(row[0], score, tuple(why))
