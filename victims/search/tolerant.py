"""People whose name is like the one that was typed: misspelt, in another language or alphabet, a form of it.

Nothing here looks at more rows than it is told to, whatever is typed and however many people there are.
"""

from dataclasses import dataclass

from django.db.models import Q

from victims.models import PersonName
from victims.names.sounds import first_letters
from victims.search.parts import GIVEN, PATRONYMIC, SURNAME, Part, candidates, likeness
from victims.search.query import Query
from victims.search.roles import Plan, plans

WEIGHT = {SURNAME: 0.5, GIVEN: 0.28, PATRONYMIC: 0.15}
#: What a part counts that the record does not tell.
UNTOLD = {GIVEN: 0.55, PATRONYMIC: 0.7}
#: Rows of the name index that one look-up brings.
ROWS = 400
#: Surnames whose bearers are fetched at once; parts of whom the given name must match too.
MANY, FEW = 60, 12
#: A part less alike than this is another name.
ANOTHER = 0.55
#: A person less alike is somebody else; a person more alike ends the looking.
LEAST, GOOD = 0.6, 0.9
#: Who is less alike than this part of the best is somebody else, too.
MUCH_LESS = 0.82
#: Where nobody is as alike as this, it is looked for more widely.
POOR = 0.78
COLUMNS = ("victim", "surname", "given", "patronymic", "birth_year", "given__norm", "patronymic__norm")


@dataclass(slots=True)
class Found:
    """A person: how alike, from 0 to 1, and why: (role, code, typed word, stored part)."""

    victim: int
    score: float
    why: tuple[tuple[str, str, str, str], ...]


def alike(asked: Query, people: Q, years, top: float = 0.0) -> list[Found]:
    """Return the people whose name is like the words of a query, the likeliest first.

    ``people`` is the condition on rows of the name index that says whom the answer may hold; ``top`` is the
    score of those who are found already. Who is much less alike than the best is left out.
    """
    best: dict[int, Found] = {}
    known: dict[tuple[str, str], list[Part]] = {}
    for wide in (False, True):
        for plan in plans(asked.words):
            for found in _people(plan, people, years, known, wide):
                if found.victim not in best or best[found.victim].score < found.score:
                    best[found.victim] = found
            if best and max(found.score for found in best.values()) >= GOOD:
                break
        if best and max(found.score for found in best.values()) >= POOR:
            break
        known.clear()
    ranked = sorted(best.values(), key=lambda found: -found.score)
    least = MUCH_LESS * max([top, *(found.score for found in ranked[:1])])
    return [found for found in ranked if found.score >= least]


def _people(plan: Plan, people: Q, years, known: dict, wide: bool) -> list[Found]:
    roles = dict(plan.roles)
    parts = {}
    for role, word in roles.items():
        if role == PATRONYMIC or (role == GIVEN and len(word) == 1):
            continue
        if (role, word) not in known:
            known[role, word] = candidates(role, word, wide=wide)
        parts[role] = known[role, word]
    surnames, givens = parts.get(SURNAME), parts.get(GIVEN)
    if (SURNAME in roles and not surnames) or (SURNAME not in roles and not givens):
        return []
    rows = []
    if surnames and givens:
        both = Q(surname__in=[part.id for part in surnames[:MANY]], given__in=[part.id for part in givens[:MANY]])
        rows = _rows(people & both)
    if surnames and len(rows) < FEW:
        only = Q(surname__in=[part.id for part in surnames[: FEW if givens else MANY]])
        if GIVEN in roles and len(roles[GIVEN]) == 1:
            rows += _rows(people & only & _initials(roles))
        rows += _rows(people & only)
    if not surnames:
        rows = _rows(people & Q(given__in=[part.id for part in givens[:FEW]]))
    return _scored(rows, roles, parts, years, plan.likely)


def _rows(condition: Q) -> list[tuple]:
    return list(PersonName.objects.filter(condition).values_list(*COLUMNS)[:ROWS])


def _initials(roles: dict) -> Q:
    condition = _begins("given", roles[GIVEN])
    if len(roles.get(PATRONYMIC, "")) == 1:
        condition &= _begins("patronymic", roles[PATRONYMIC]) | Q(patronymic=None)
    return condition


def _begins(part: str, initial: str) -> Q:
    condition = Q()
    for letter in first_letters(initial):
        condition |= Q(**{f"{part}__norm__startswith": letter})
    return condition


def _scored(rows, roles: dict, parts: dict, years, likely: float) -> list[Found]:
    scores = {role: {part.id: part for part in found} for role, found in parts.items()}
    whole = sum(WEIGHT[role] for role in roles)
    best: dict[int, Found] = {}
    for victim, surname, given, patronymic, year, given_norm, patronymic_norm in rows:
        total, why = 0.0, []
        stored = {SURNAME: (surname, None), GIVEN: (given, given_norm), PATRONYMIC: (patronymic, patronymic_norm)}
        for role, word in roles.items():
            pk, norm = stored[role]
            part = scores.get(role, {}).get(pk)
            if part is not None:
                score, code, norm = part.score, part.why, part.norm
            elif norm:
                score, code = likeness(GIVEN if len(word) == 1 else role, word, norm)
            else:
                score, code = UNTOLD.get(role, 0.0), "untold"
            total += WEIGHT[role] * (score if score >= ANOTHER else score * 0.5)
            why.append((role, code if score >= ANOTHER else "another", word, norm or ""))
        score = total / whole
        if years:
            near = _near(year, years)
            score = (0.9 * score + 0.1 * near) * (1.0 if near else 0.7)
        score *= 0.97 + 0.03 * likely
        if score >= LEAST and (victim not in best or best[victim].score < score):
            best[victim] = Found(victim, round(score, 4), tuple(why))
    return list(best.values())


def _near(year, years) -> float:
    """Return how near a year of birth is to those asked for; what is not told counts half."""
    if year is None:
        return 0.5
    away = max(years[0] - year, year - years[1], 0)
    return (1.0, 0.9, 0.82, 0.45, 0.45, 0.45)[away] if away < 6 else 0.0
