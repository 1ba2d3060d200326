"""One drawn person before printing."""

from victims.synthetic.bodies import Pair
from victims.synthetic.days import Wording
from victims.synthetic.fates import Charge, Verdict


class Life:
    """One person on the way to print: the wordings of every fact, None where nothing is told.

    Pairs and tuples hold the same fact in several wordings; the form of print chooses among them.
    """

    __slots__ = (
        "arrest", "arrester", "birth", "birth_place", "body", "burial", "charge", "death", "earlier",
        "education", "female", "given", "nationality", "occupation", "origin", "party", "patronymic",
        "rehabilitated", "rehabilitator", "residence", "sentenced", "shot", "surname", "variant", "verdict",
        "year",
    )  # fmt: skip

    female: bool
    surname: str
    given: tuple[str, str | None, str | None] | None  # with the patronymics of his children
    patronymic: tuple[str, str] | None  # of a son, of a daughter
    variant: str | None
    year: int
    birth: Wording | None
    birth_place: tuple[str, ...] | None
    nationality: str | None
    origin: str | None
    education: tuple[str, str, str] | None  # alone, in running text, in the short lists
    party: str | None
    occupation: str | None
    residence: tuple[str, ...] | None
    arrest: Wording | None
    arrester: str | None
    earlier: tuple[Pair, Wording, Charge, Verdict] | None
    body: Pair | None
    sentenced: Wording | None
    charge: Charge | None
    verdict: Verdict | None
    shot: bool
    death: Wording | None
    burial: str | None
    rehabilitated: Wording | None
    rehabilitator: Pair | None
