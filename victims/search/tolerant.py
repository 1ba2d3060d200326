"""People whose name is like the one that was typed: misspelt, in another language or alphabet, a form of it.

Nothing here looks at more rows than it is told to, whatever is typed and however many people there are.
"""

from dataclasses import dataclass

from victims.search.levels import EXACT, admits
from victims.search.parts import GIVEN, PATRONYMIC, SURNAME, Part, candidates, likeness, nearest
from victims.search.query import Query
from victims.search.roles import Plan, plans
from victims.search.rows import Names, Sql, absent, all_of, among, any_of, begins, born, norms_of, told
from victims.search.years import Years

WEIGHT = {SURNAME: 0.5, GIVEN: 0.28, PATRONYMIC: 0.15}
#: What a part counts that the record does not tell.
UNTOLD = {GIVEN: 0.55, PATRONYMIC: 0.7}
#: Rows of the name index that one look-up brings.
ROWS = 400
#: Surnames whose bearers are fetched at once; parts of whom the given name must match too.
MANY, FEW = 60, 12
#: A part less alike than this is another name.
ANOTHER = 0.55
#: Parts that are less alike than the best by this are not looked at where people are too many.
NEXT = 0.05
#: A person less alike is somebody else; a person more alike ends the looking.
LEAST, GOOD = 0.6, 0.9
#: Who is less alike than this part of the best is somebody else, too.
MUCH_LESS = 0.82
#: Where nobody is as alike as this, it is looked for more widely.
POOR, NEARLY_GOOD = 0.78, 0.87
#: Who have a given name and a patronymic as they were typed are looked through for a surname that no key finds.
SURE, CROWD = 0.9, 4000


@dataclass(slots=True)
class Found:
    """A person: how alike, from 0 to 1, and why: (role, code, typed word, stored part)."""

    victim: int
    score: float
    why: tuple[tuple[str, str, str, str], ...]


def alike(asked: Query, names: Names, wanted: dict, top: float = 0.0) -> list[Found]:
    """Return the people whose name is like the words of a query, the likeliest first.

    ``wanted`` is how near a part must be ({role: level or None}), ``top`` the score of those who are found
    already. Who is much less alike than the best is left out.
    """
    best: dict[int, Found] = {}
    known: dict[tuple[str, str], list[Part]] = {}
    ways = [Plan(asked.roles, 1.0)] if asked.roles else plans(asked.words)
    # Where all three parts are told the bearers of given name and patronymic can be gone through.
    enough = POOR if len(asked.words) < 3 else NEARLY_GOOD
    for wide in (False, True):
        for plan in ways:
            for found in _people(plan, asked, names, wanted, known, wide):
                if found.victim not in best or best[found.victim].score < found.score:
                    best[found.victim] = found
            if best and max(found.score for found in best.values()) >= GOOD:
                break
        if best and max(found.score for found in best.values()) >= enough:
            break
        known.clear()
    ranked = sorted(best.values(), key=lambda found: -found.score)
    least = MUCH_LESS * max([top, *(found.score for found in ranked[:1])])
    return [found for found in ranked if found.score >= least]


def level_of(asked: Query, wanted: dict, role: str, word: str) -> str | None:
    """Return how near a part must be to this word; None where it may be anything that is not too far."""
    return EXACT if asked.exact and asked.exact.issuperset(word.split()) else wanted.get(role)


def _people(plan: Plan, asked: Query, names: Names, wanted: dict, known: dict, wide: bool) -> list[Found]:
    roles = dict(plan.roles)
    levels = {role: level_of(asked, wanted, role, word) for role, word in roles.items()}

    def parts(role: str) -> list[Part]:
        """Return what a word may mean, looked up when it is first needed; nothing for a mere initial."""
        word = roles.get(role, "")
        if len(word) < (1 if role == SURNAME else 2):
            return []
        if (role, word) not in known:
            known[role, word] = candidates(role, word, wide=wide)
        return [part for part in known[role, word] if admits(levels[role], part.why)]

    rows = _looked_up(roles, parts, names, asked.years)
    met = {role: {part.id: part for part in parts(role)} for role in roles if (role, roles[role]) in known}
    if wide:
        rows = rows + _whatever_surname(roles, parts, names, met)
    found = (_scored(row, roles, met, levels, asked.years, plan.likely) for row in rows)
    best: dict[int, Found] = {}
    for one in found:
        if one and (one.victim not in best or best[one.victim].score < one.score):
            best[one.victim] = one
    return list(best.values())


def _looked_up(roles: dict, parts, names: Names, years: Years | None) -> list[tuple]:
    """Return rows of the name index that have such parts, those that have most of them before all."""
    surnames, givens = parts(SURNAME), parts(GIVEN)
    if SURNAME in roles and not surnames:
        return []

    def closer() -> list[Sql]:
        """What else is asked: where rows are too many to be looked at, it says which are wanted."""
        fathers = parts(PATRONYMIC)
        more = [_one_of("patronymic", fathers[:MANY])] if fathers else []
        for column, likely in (("surname", surnames), ("given", givens)):
            if likely:
                more.append(_one_of(column, [part for part in likely if part.score > likely[0].score - NEXT]))
        return [*more, born(*years.range)] if years else more

    if not surnames:
        column, some = ("given", givens) if givens else ("patronymic", parts(PATRONYMIC))
        return _rows(names, [_one_of(column, some[:FEW])], closer) if some else []
    rows = []
    if givens:
        both = [_one_of("surname", surnames[:MANY]), _one_of("given", givens[:MANY])]
        rows = _rows(names, both, closer)
    if len(rows) < FEW:
        only = _one_of("surname", surnames[: FEW if givens else MANY])
        if len(roles.get(GIVEN, "")) == 1:
            rows += _rows(names, [only, *_initials(roles)])
        rows += _rows(names, [only], closer)
    return rows


def _whatever_surname(roles: dict, parts, names: Names, met: dict) -> list[tuple]:
    """Return rows that have given name and patronymic, of the likeliest surnames, which are put into ``met``."""
    givens, fathers = ([part for part in parts(role) if part.score >= SURE][:FEW] for role in (GIVEN, PATRONYMIC))
    if not (SURNAME in roles and givens and fathers):
        return []
    named = all_of(_one_of("given", givens), _one_of("patronymic", fathers), told("surname"))
    rows = names.rows(named, CROWD)
    likely = nearest(roles[SURNAME], norms_of({row[1] for row in rows}))
    alike = {pk: Part(pk, norm, *likeness(SURNAME, roles[SURNAME], norm)) for pk, norm in likely.items()}
    met[SURNAME] = alike | met.get(SURNAME, {})
    return [row for row in rows if row[1] in alike]


def _one_of(column: str, parts: list[Part]) -> Sql:
    return among(column, [part.id for part in parts])


def _rows(names: Names, conditions: list[Sql], closer=None) -> list[tuple]:
    """Return at most ROWS rows, and where there are more, at most as many of those that are closer."""
    rows = names.rows(all_of(*conditions), ROWS)
    if closer and len(rows) == ROWS and (more := closer()):
        rows += names.rows(all_of(*conditions, *more), ROWS)
    return rows


def _initials(roles: dict) -> list[Sql]:
    conditions = [begins("given", roles[GIVEN])]
    if len(roles.get(PATRONYMIC, "")) == 1:
        conditions.append(any_of(begins("patronymic", roles[PATRONYMIC]), absent("patronymic")))
    return conditions


def _scored(row: tuple, roles: dict, met: dict, levels: dict, years: Years | None, likely: float) -> Found | None:
    """Return how alike a row of the name index is; None for somebody else."""
    victim, surname, given, patronymic, year, given_norm, patronymic_norm = row
    stored = {SURNAME: (surname, None), GIVEN: (given, given_norm), PATRONYMIC: (patronymic, patronymic_norm)}
    total, why = 0.0, []
    for role, word in roles.items():
        pk, norm = stored[role]
        part = met.get(role, {}).get(pk)
        if part is not None:
            score, code, norm = part.score, part.why, part.norm
        elif norm:
            score, code = likeness(GIVEN if len(word) == 1 else role, word, norm)
        else:
            score, code = UNTOLD.get(role, 0.0), "untold"
        if score < ANOTHER:
            score, code = score * 0.5, "another"
        if not admits(levels[role], code):
            return None
        total += WEIGHT[role] * score
        why.append((role, code, word, norm or ""))
    score = total / sum(WEIGHT[role] for role in roles)
    if years:
        near = _near(year, years)
        score = (0.9 * score + 0.1 * near) * (1.0 if near else 0.7)
    score *= 0.97 + 0.03 * likely
    return Found(victim, round(score, 4), tuple(why)) if score >= LEAST else None


def _near(year: int | None, years: Years) -> float:
    """Return how near a year of birth is to those asked for; what is not told counts half."""
    if year is None:
        return 0.5
    away = years.away(year)
    return (1.0, 0.9, 0.82, 0.45, 0.45, 0.45)[away] if away < 6 else 0.0
