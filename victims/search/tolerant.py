"""People whose name is like the one that was typed: misspelt, in another language or alphabet, a form of it.

Nothing here looks at more rows than it is told to, whatever is typed and however many people there are.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from victims.names.given import begins_elsewhere
from victims.names.sounds import first_letters
from victims.search.levels import EXACT, admits
from victims.search.parts import (
    GIVEN,
    INITIAL,
    MOST_READINGS,
    PATRONYMIC,
    SURNAME,
    Part,
    candidates,
    likeness,
    nearest,
    people_called,
)
from victims.search.query import Query
from victims.search.roles import NAME, Plan, plans
from victims.search.rows import Names, Sql, absent, all_of, among, any_of, begins, born, surnames_of
from victims.search.years import Years

WEIGHT = {SURNAME: 0.5, GIVEN: 0.28, PATRONYMIC: 0.15}
#: Where a row of the name index has a part, and its folded text.
PLACE, NORM = {SURNAME: 1, GIVEN: 2, PATRONYMIC: 3}, {GIVEN: 5, PATRONYMIC: 6}
#: What a part counts that the record does not tell.
UNTOLD = {GIVEN: 0.55, PATRONYMIC: 0.7}
#: Rows of the name index that one look-up brings.
ROWS = 400
#: Surnames whose bearers are fetched at once; parts of whom the given name must match too.
MANY, FEW = 60, 12
#: A part less alike than this is another name.
ANOTHER = 0.55
#: A part as alike as this is the very one, though it may be written otherwise.
VERY = 0.95
#: Parts that are less alike than the best by this are not looked at where people are too many.
NEXT = 0.05
#: A person less alike is somebody else; a person more alike ends the looking.
LEAST, GOOD = 0.6, 0.9
#: Who is less alike than this part of the best is somebody else, too.
MUCH_LESS = 0.82
#: Where nobody is as alike as this, it is looked for more widely.
POOR, NEARLY_GOOD = 0.78, 0.87
#: Of the likely readings so many are looked for more widely; of the others one.
WIDELY = 2
#: Where nobody is found at all, one of so many words may be no name of the record: Zeki Velidi Togan.
MOST_LEFT = 4
#: A reading less likely than this part of the likeliest is tried where that one finds nobody near.
DOUBTFUL = 0.6
#: Who have a given name and a patronymic as they were typed are looked through for a surname that no key finds.
SURE, CROWD = 0.9, 12_000
#: And who have a given name that no more people have than so many, where no patronymic was typed.
RARE = 3000
#: Of so many people at once it is asked whether the answer may hold them.
AT_ONCE = 40
#: Bearers of a surname, whatever their given name, of whom it is asked whether a filter admits them; and so many
#: of those whom it admits are enough, since who has another given name comes behind all others.
BEARERS, OTHERS = 2000, 24


@dataclass(slots=True)
class Found:
    """A person: how alike, from 0 to 1, and why: (role, code, typed word, stored part)."""

    victim: int
    score: float
    why: tuple[tuple[str, str, str, str], ...]


def alike(asked: Query, names: Names, wanted: dict, top: float = 0.0) -> list[Found]:
    """Return the people whose name is like the words of a query, the likeliest first.

    ``wanted`` is how near a part must be ({role: level or None}), ``top`` the score of those who are found
    already. Who is much less alike than the best is left out. How far it is looked is judged among everybody: a
    filter hides nobody whom the same words find without it, and does not make the search wander.
    """
    best: dict[int, Found] = {}
    near = 0.0
    known: dict[tuple[str, str, bool], list[Part]] = {}
    for some, wide, poor in _stages(asked):
        if near >= poor or _wrong_throughout(near, best):
            break
        for number, plan in enumerate(some):
            reading = _Reading(plan, asked, names, wanted, known, wide)
            for found in reading.people():
                if found.victim not in best or best[found.victim].score < found.score:
                    best[found.victim] = found
            near = reading.nearest(near)
            enough = near >= reading.good and not _other_half(plan, some[number + 1 :])
            if enough or _wrong_throughout(near, best):
                break
    least = MUCH_LESS * max(top, _best(best, names))
    likely = [found for found in best.values() if found.score >= least]
    admitted = names.admitted(found.victim for found in likely)
    return sorted((found for found in likely if found.victim in admitted), key=lambda found: -found.score)


def _stages(asked: Query) -> Iterator[tuple[list[Plan], bool, float]]:
    """Yield readings, whether they are looked for more widely, and how near somebody must be to leave them out."""
    ways = [Plan(asked.roles, 1.0)] if asked.roles else plans(asked.words, asked.joined)
    likely = [plan for plan in ways if plan.likely >= DOUBTFUL * ways[0].likely]
    others = [plan for plan in ways if plan not in likely]
    # Where all three parts are told the bearers of given name and patronymic can be gone through.
    enough = POOR if len(asked.words) < 3 else NEARLY_GOOD
    wide = slice(WIDELY if len(asked.words) <= NAME else 0)  # a sentence is no name that was misspelt twice
    yield likely, False, 1.0
    yield likely[wide], True, enough
    yield others, False, POOR
    yield others[:1][wide], True, POOR
    if 2 < len(asked.words) <= MOST_LEFT and not asked.roles:
        fewer = [asked.words[:at] + asked.words[at + 1 :] for at in range(len(asked.words))]
        readings = [plan for words in fewer for plan in plans(words)[:1]]
        yield [plan for plan in readings if SURNAME in dict(plan.roles)], True, LEAST


def _other_half(plan: Plan, others: list[Plan]) -> bool:
    """Return whether the next reading is as likely and has another surname: the other half of a double one."""
    if not others or others[0].likely != plan.likely:
        return False
    return [role for role, word in plan.roles if (role, word) not in others[0].roles] == [SURNAME]


def _wrong_throughout(near: float, best: dict[int, Found]) -> bool:
    """Return whether the likeliest is near though all three parts are misspelt: nobody will be nearer."""
    if near < POOR:
        return False
    likeliest = max(best.values(), key=lambda found: found.score)
    return sum(code in ("misspelt", "sounds") for _role, code, *_ in likeliest.why) == 3


def _best(alike: dict[int, Found], names: Names, least: float = 0.0) -> float:
    """Return the score of the likeliest whom an answer may hold, or ``least`` where none has more."""
    likely = sorted((found for found in alike.values() if found.score > least), key=lambda found: -found.score)
    for start in range(0, len(likely), AT_ONCE):
        some = likely[start : start + AT_ONCE]
        admitted = names.admitted(found.victim for found in some)
        if admitted:
            return next(found.score for found in some if found.victim in admitted)
    return least


def level_of(asked: Query, wanted: dict, role: str, word: str) -> str | None:
    """Return how near a part must be to this word; None where it may be anything that is not too far."""
    return EXACT if asked.exact and asked.exact.issuperset(word.split()) else wanted.get(role)


class _Reading:
    """One reading of the words, looked for in the name index."""

    def __init__(self, plan: Plan, asked: Query, names: Names, wanted: dict, known: dict, wide: bool):
        self.roles, self.likely, self.years = dict(plan.roles), plan.likely, asked.years
        self.levels = {role: level_of(asked, wanted, role, word) for role, word in self.roles.items()}
        self.names, self.known, self.wide = names, known, wide
        # An initial can never be as alike as a name.
        told = {role: INITIAL if len(word) == 1 and role != SURNAME else 1.0 for role, word in self.roles.items()}
        self.good = GOOD * sum(WEIGHT[role] * told[role] for role in told) / sum(WEIGHT[role] for role in told)
        self.met: dict[str, dict[int, Part]] = {}
        #: What a part that a row has adds to its score: every row of a common name has it again.
        self._scores: dict[str, dict] = {role: {} for role in self.roles}
        #: Whoever is alike, whether the answer may hold them or not.
        self.alike: dict[int, Found] = {}

    def people(self) -> list[Found]:
        """Return the people who have such a name, whether the answer may hold them or not."""
        if self.wide:  # they are told by few rows, which often spares the many keys of a word with two errors
            self._meet(self._whatever_surname())
            self.met.clear()
            if self.nearest() >= NEARLY_GOOD:
                return list(self.alike.values())
        for rows in self._looked_up():
            self._meet(rows)
        return list(self.alike.values())

    def parts(self, role: str, *, far: bool = True) -> list[Part]:
        """Return what a word may mean, looked up when it is first needed; nothing for a mere initial.

        ``far`` False leaves out what a wide reading finds besides.
        """
        word = self.roles.get(role, "")
        if len(word) < (1 if role == SURNAME else 2):
            return []
        wide = self.wide and far
        if (role, word, wide) not in self.known:
            self.known[role, word, wide] = candidates(role, word, wide=wide)
        return [part for part in self.known[role, word, wide] if admits(self.levels[role], part.why)]

    def _meet(self, rows: list[tuple]) -> None:
        """Keep the people of these rows, each as they are most alike."""
        for role, word in self.roles.items():
            if role not in self.met and (role, word, self.wide) in self.known:
                self._know(role, {part.id: part for part in self.parts(role)})
        asked = [(self._scores[role], PLACE[role], role) for role in self.roles]
        whole = sum(WEIGHT[role] for role in self.roles)
        for row in rows:
            total, why = 0.0, []
            for scores, place, role in asked:
                pk = row[place]
                part = scores[pk] if pk in scores else self._scored(role, pk, row)
                if part is None:
                    break
                total += part[0]
                why.append(part[1])
            else:
                score = self._with_year(total / whole, row[4])
                if score >= LEAST and (row[0] not in self.alike or self.alike[row[0]].score < score):
                    self.alike[row[0]] = Found(row[0], score, tuple(why))

    def _know(self, role: str, parts: dict[int, Part]) -> None:
        """Judge rows from now on by these parts, which one word may mean."""
        self.met[role] = parts
        self._scores[role].clear()

    def _scored(self, role: str, pk: int | None, row: tuple) -> tuple[float, tuple] | None:
        """Return how much a part of a row adds to its score, and why; None where it is somebody else's."""
        word, part = self.roles[role], self.met.get(role, {}).get(pk)
        norm = None if role == SURNAME else row[NORM[role]]
        if part is not None:
            score, code, norm = part.score, part.why, part.norm
        elif norm:
            score, code = likeness(GIVEN if len(word) == 1 else role, word, norm)
        else:
            score, code = UNTOLD.get(role, 0.0), "untold"
        if score < ANOTHER:
            score, code = score * 0.5, "another"
        told = (WEIGHT[role] * score, (role, code, word, norm or "")) if admits(self.levels[role], code) else None
        self._scores[role][pk] = told
        return told

    def _with_year(self, score: float, year: int | None) -> float:
        """Return the score of a name with that of its year of birth, and of the reading."""
        if self.years:
            near = _near(year, self.years)
            score = (0.9 * score + 0.1 * near) * (1.0 if near else 0.7)
        return round(score * (0.97 + 0.03 * self.likely), 4)

    def _looked_up(self) -> Iterator[list[tuple]]:
        """Yield rows of the name index that have such parts, those that have most of them before all."""
        surnames, givens = self.parts(SURNAME), self.parts(GIVEN)
        if SURNAME in self.roles and not surnames:
            return
        if not surnames:
            column, some = ("given", givens) if givens else ("patronymic", self.parts(PATRONYMIC))
            if some:
                yield self._rows([_one_of(column, some[:FEW])], self._closer)
            return
        if givens:
            both = [_one_of("surname", surnames[:MANY]), _one_of("given", givens[:MANY])]
            rows = self._rows(both, self._closer)
            yield rows
            if self._are_enough(rows, surnames[0].score):
                return
        only = _one_of("surname", surnames[: FEW if givens else MANY])
        if len(self.roles.get(GIVEN, "")) == 1:
            yield self._rows([only, *_initials(self.roles)])
        very = [part for part in surnames if part.score >= VERY]
        if very and len(self.roles.get(GIVEN, "")) == 1 and begins_elsewhere(first_letters(self.roles[GIVEN])):
            yield self._rows([_one_of("surname", very)])
        if givens and 0 < len(very) < len(surnames[:FEW]) and self.nearest() < self.good:
            # Among the bearers of all that are like it some are cut off.
            yield self._rows([_one_of("surname", very)])
        if self.nearest() >= self.good:
            # Beside these, who has another given name would be left out; not so who has none.
            yield self._rows([only, absent("given")], self._closer)
        else:
            # Whoever has the surname, where more was typed than it: a filter is not asked of each.
            among = BEARERS if GIVEN in self.roles else None
            yield self._rows([only], lambda: self._closer(called=False), among)

    def nearest(self, least: float = 0.0) -> float:
        """Return how alike the likeliest of everybody is, or ``least`` where nobody is more."""
        if self.names.everybody:
            least = _best(self.alike, self.names.everybody, least)
        return least if least >= self.good else _best(self.alike, self.names, least)

    def _are_enough(self, rows: list[tuple], surname: float) -> bool:
        """Return whether rows are of so many people, of everybody, that it need not be looked further.

        Many are not enough where the likeliest ``surname`` is the very one and nobody was met who has it.
        """
        if len(rows) < FEW:
            return False
        if self.nearest() >= self.good:
            return True
        if surname >= VERY:
            return False
        names, victims = self.names.everybody or self.names, list({row[0]: None for row in rows})
        seen = (len(names.admitted(victims[:end])) for end in range(AT_ONCE, len(victims) + AT_ONCE, AT_ONCE))
        return any(count >= FEW for count in seen)

    def _closer(self, called: bool = True) -> list[Sql]:
        """What else is asked: where rows are too many to be looked at, it says which are wanted.

        ``called`` False where people of another given name are looked for.
        """
        fathers = self.parts(PATRONYMIC)
        more = [_one_of("patronymic", fathers[:MANY])] if fathers else []
        for column, role in (("surname", SURNAME), ("given", GIVEN)):
            if (called or role != GIVEN or not fathers) and (likely := self.parts(role)):
                more.append(_one_of(column, [part for part in likely if part.score > likely[0].score - NEXT]))
        return [*more, born(*self.years.range)] if self.years else more

    def _rows(self, conditions: list[Sql], closer=None, among=None) -> list[tuple]:
        """Return all rows that fit; where these are more than ROWS, at most so many, and of those that are closer.

        Of all rows some may be of people whom the answer may not hold. Where rows are cut, they are at first of
        those whom it may, and where there is a filter, of others too: to judge how far to look. ``among`` bounds
        of how many it is asked whether a filter admits them, those that are closer apart.
        """
        condition = all_of(*conditions)
        everybody = self.names.rows(condition, ROWS)
        if len(everybody) < ROWS:
            return everybody
        filtered = self.names.everybody is not None
        victims = {row[0] for row in everybody}
        if not filtered and len(self.names.admitted(victims)) == len(victims):
            rows = everybody
        else:
            bounds = (OTHERS, among) if filtered and among else (ROWS,)
            rows = self.names.admitted_rows(condition, *bounds)
        if closer and (filtered or len(rows) == ROWS) and (more := closer()):
            nearer = all_of(*conditions, *more)
            near = self.names.rows(nearer, ROWS)
            rows = rows + (near if len(near) < ROWS else self.names.admitted_rows(nearer, ROWS))
            everybody = everybody + near
        return list(dict.fromkeys(rows + everybody)) if filtered else rows

    def _whatever_surname(self) -> list[tuple]:
        """Return rows that have given name and patronymic, and of all surnames one most like the word.

        A given name that few have is enough where no patronymic was typed.
        """
        sure = (
            [part for part in self.parts(role, far=False) if part.score >= SURE][:FEW]
            for role in (GIVEN, PATRONYMIC)
        )
        givens, fathers = sure
        if not (SURNAME in self.roles and givens):
            return []
        if fathers:
            sure = [_one_of("given", givens), _one_of("patronymic", fathers)]
        elif PATRONYMIC not in self.roles and people_called(givens) <= RARE:
            sure = [_one_of("given", givens)]
        else:
            return []
        word = self.roles[SURNAME]
        likely = nearest(word, surnames_of(all_of(*sure), CROWD), MOST_READINGS)
        self._know(SURNAME, {pk: Part(pk, norm, *likeness(SURNAME, word, norm)) for pk, norm in likely.items()})
        return self._rows([among("surname", likely), *sure])


def _one_of(column: str, parts: list[Part]) -> Sql:
    return among(column, [part.id for part in parts])


def _initials(roles: dict) -> list[Sql]:
    conditions = [begins("given", roles[GIVEN])]
    if len(roles.get(PATRONYMIC, "")) == 1:
        conditions.append(any_of(begins("patronymic", roles[PATRONYMIC]), absent("patronymic")))
    return conditions


def _near(year: int | None, years: Years) -> float:
    """Return how near a year of birth is to those asked for; what is not told counts half."""
    if year is None:
        return 0.5
    away = years.away(year)
    return (1.0, 0.9, 0.82, 0.45, 0.45, 0.45)[away] if away < 6 else 0.0
