"""Reconciliation: whom the rows of a spreadsheet may mean, how near each is, and whether it is surely meant."""

from dataclasses import dataclass, field
from unicodedata import normalize

from django.db.models import Exists, OuterRef, Q
from django.utils.datastructures import MultiValueDict
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from memorial import edtf
from victims.api.parsing import storable
from victims.api.problems import Problem, clipped, parameter_problem, pointer
from victims.filters import VictimFilterSet
from victims.filters.facts import overlapping
from victims.filters.strict import UNREADABLE, is_unreadable
from victims.models import Arrest, Birth, Death, Entry, Rehabilitation, Residence, Sentence, Trait, Victim
from victims.names import name_words
from victims.search import Filters, Hit, Page, QueryError, search
from victims.search.engine import A_VARIANT, AS_WRITTEN
from victims.search.query import read
from victims.search.years import SPARE, take_years

TYPE = "victim"
#: Queries of a batch, candidates of a query at most and where none are asked for, properties of a query.
BATCH, MOST, DEFAULT, PROPERTIES_MOST = 10, 50, 5, 10
#: So many people of the name are looked at before one of them is said to be meant.
RIVALS = 25
#: Points of a hundred that a property costs of which something else is told, and one of which nothing is.
CONTRADICTS, UNTOLD = 20, 5
STRICT = ("any", "all", "should")
KEYS = ("query", "type", "type_strict", "limit", "properties")

_DATED = Q(date_earliest__isnull=False)
#: Property, called as the parameter of lists that it is -> where it is told; None: nobody tells that it is not.
TOLD = {
    "birth_year": (Birth, _DATED),
    "birth": (Birth, _DATED),
    "birth_place": (Birth, Q(place__isnull=False)),
    "sex": (Entry, ~Q(sex="")),
    **{
        kind: (Trait, Q(kind=kind))
        for kind in ("nationality", "social_origin", "education", "party", "occupation")
    },
    "residence": (Residence, Q(place__isnull=False)),
    "arrest": (Arrest, _DATED),
    "sentence": (Sentence, _DATED),
    "kind": (Sentence, ~Q(kind="")),
    "death": (Death, _DATED),
    "manner": (Death, ~Q(manner="")),
    "burial_place": (Death, Q(burial_place__isnull=False)),
    "rehabilitation": (Rehabilitation, _DATED),
    "region": None,
    "source": None,
}


@dataclass(frozen=True)
class Asked:
    """One row of a spreadsheet: a name and its words, {property: value}, the years of birth asked for.

    ``filters`` hold for who has all the properties but the year of birth.
    """

    text: str
    words: tuple[str, ...]
    limit: int
    given: dict[str, str]
    filters: VictimFilterSet
    years: tuple[int, int] | None


@dataclass
class Candidate:
    """A person who may be meant: ``agrees`` holds for each property True, False, or None where nothing is told."""

    hit: Hit
    score: float
    agrees: dict[str, bool | None] = field(default_factory=dict)
    match: bool = False


def properties() -> list[dict]:
    """Return the properties that a query may give, named in the language of the answer."""
    labels = {name: str(one.label) for name, one in VictimFilterSet.base_filters.items()}
    return [{"id": pid, "name": labels.get(pid) or _("Year of birth")} for pid in TOLD]


def filters(text: str, given: dict[str, str], people=None) -> VictimFilterSet:
    """Return the filters of lists for some properties; ``text`` makes them ask of each person looked at."""
    data = MultiValueDict({"q": [str(text)]} | {name: [value] for name, value in given.items()})
    people = Victim.objects.published() if people is None else people
    return VictimFilterSet(data, people, beside=("q",))


class Batch:
    """Reads a batch: ``asked`` {key: query}; ``errors`` {key: what is wrong with the cells of that row}.

    A cell that cannot be read costs its own row alone. How is asked (keys, properties) is the same in every row of
    a spreadsheet: all that is wrong with that is told at once, by the query's key and the field, in Problem 400.
    """

    def __init__(self, said):
        self.wrong: list[dict] = []
        self.errors: dict[str, list[dict]] = {}
        if not isinstance(said, dict):
            raise parameter_problem({"queries": [_("Send a JSON object: {“q0”: {“query”: “…”}}.")]})
        if len(said) > BATCH:
            raise parameter_problem({"queries": [_("Send at most %(most)d queries at once.") % {"most": BATCH}]})
        read = {key: self._query(key, one) for key, one in said.items()}
        if self.wrong:
            raise Problem(400, _("Queries are wrong: see errors."), errors=self.wrong)
        self.asked = {key: one for key, one in read.items() if key not in self.errors}

    def _refuse(self, message: str, *steps) -> None:
        self.wrong.append(_error(message, *steps))

    def _unread(self, message: str, key: str, *steps) -> None:
        self.errors.setdefault(key, []).append(_error(message, key, *steps))

    def _query(self, key: str, one) -> Asked | None:
        if not isinstance(one, dict):
            return self._refuse(_("A query is an object: {“query”: “…”}."), key)
        for name in one.keys() - set(KEYS):
            told = _("There is no such key here; the keys are: %(names)s.") % {"names": ", ".join(KEYS)}
            self._refuse(told, key, name)
        types, limit = one.get("type"), one.get("limit", DEFAULT)
        if types is not None and not set(_texts(types)) <= {TYPE}:
            self._refuse(_("There is one type: %(type)s.") % {"type": TYPE}, key, "type")
        if one.get("type_strict", STRICT[0]) not in STRICT:
            told = _("There is no such value. The values are: %(codes)s.") % {"codes": ", ".join(STRICT)}
            self._refuse(told, key, "type_strict")
        if type(limit) is not int or not 1 <= limit <= MOST:
            self._refuse(_("Give a whole number from 1 to %(most)d.") % {"most": MOST}, key, "limit")
        text, words, told = self._name(key, one.get("query"))
        given, places = self._given(key, one.get("properties", []))
        years = self._years(given.get("birth_year"), *places.get("birth_year", ()))
        others = filters(text, {pid: value for pid, value in given.items() if pid != "birth_year"})
        for pid, messages in others.complaints().items():
            for message in messages if pid in places else ():
                self._unread(message, *places[pid])
        if told and years:  # both hold
            years = max(told[0], years[0]), min(told[1], years[1])
            if years[0] > years[1]:
                self._unread(_("The name tells another year of birth."), *places["birth_year"])
        if told:
            years = years or told
            given["birth_year"] = as_span(years)
        return Asked(text, words, limit, given, others, years)

    def _name(self, key: str, text) -> tuple[str, tuple[str, ...], tuple[int, int] | None]:
        """Return a name without the year of birth that stands beside it, its words, and that year."""
        nothing = "", (), None
        if not isinstance(text, str):
            self._refuse(_("Give a name, as text."), key, "query")
            return nothing
        if not text.strip() or not _readable(text):
            self._unread(str(UNREADABLE) if text.strip() else _("Give a name, as text."), key, "query")
            return nothing
        try:
            words = read(text).words
        except QueryError as error:
            self._unread(_(str(error)), key, "query")
            return nothing
        name, years = take_years(normalize("NFKC", text))
        return name, words, years and ((years.first, years.last) if years.spare == SPARE else years.range)

    def _given(self, key: str, said) -> tuple[dict[str, str], dict[str, tuple]]:
        """Return {property: value as text} and {property: where it stands}."""
        given, places = {}, {}
        if not isinstance(said, list) or len(said) > PROPERTIES_MOST:
            told = _("Give a list of at most %(most)d properties: {“pid”: “birth_year”, “v”: 1882}.")
            self._refuse(told % {"most": PROPERTIES_MOST}, key, "properties")
            said = []
        for number, one in enumerate(said):
            place = (key, "properties", number)
            pid = one.get("pid") if isinstance(one, dict) else None
            if not isinstance(one, dict) or one.keys() != {"pid", "v"}:
                self._refuse(_("A property is an object with “pid” and “v”."), *place)
            elif not isinstance(pid, str) or pid not in TOLD:
                known = _("There is no such property. The properties are: %(names)s.") % {"names": ", ".join(TOLD)}
                self._refuse(known, *place, "pid")
            elif pid in given:
                self._refuse(_("Give this property once."), *place, "pid")
            elif not (value := as_text(one["v"])):
                self._unread(_("Give one value: a text, a number, or an object with “id”."), *place, "v")
            elif not _readable(value):
                self._unread(str(UNREADABLE), *place, "v")
            else:
                given[pid], places[pid] = value, (*place, "v")
        return given, places

    def _years(self, told: str | None, *place) -> tuple[int, int] | None:
        """Return the years that a year of birth means: itself, or those that are told with it."""
        rest, years = take_years(told or "")
        if told is None or (years is not None and not rest.strip()):
            return years and ((years.first, years.last) if told.isdecimal() else years.range)
        return self._unread(_("This is no year: write 1882, 1880–1884, or “около 1882”."), *place)


def _error(message: str, *steps) -> dict:
    place = pointer(*(clipped(str(step)) for step in steps))
    return {"pointer": clipped(place, 300), "detail": clipped(message, 800)}


def _readable(text: str) -> bool:
    return storable(text) and not is_unreadable(text)


def _texts(said) -> list:
    """Return a text, or a list of texts, as a list; of what is neither, what no code is."""
    return [str(one) for one in said] if isinstance(said, list) else [str(said)]


def as_text(value) -> str:
    """Return a value of a cell as filters take it; "" for what is none."""
    if isinstance(value, dict):
        value = value.get("id")
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    if isinstance(value, bool) or not isinstance(value, str | int | float):
        return ""
    return str(value).strip()


def candidates(asked: Asked) -> list[Candidate]:
    """Return who may be meant, the nearest first; ``match`` of one who alone has the very name and agrees in all.

    Who has all properties is looked for first, then who has the name and may be born then, then all of the name.
    """
    if not asked.words:
        return []
    found: dict[int, Candidate] = {}
    wanted, page, then = max(asked.limit, RIVALS), None, maybe_born(asked.years)
    if asked.given.keys() - {"birth_year"}:
        people = Filters(people=asked.filters.qs.filter(then), few=asked.filters.few)
        _gather(found, search(asked.text, people, limit=wanted))
    if asked.years:
        people = Filters(people=Victim.objects.published().filter(then))
        page = _gather(found, search(asked.text, people, limit=wanted))
    if not asked.years or len(found) < asked.limit:
        everybody = _gather(found, search(asked.text, limit=wanted))
        page = page or everybody
    _judge(asked, found)
    ranked = sorted(found.values(), key=lambda one: -one.score)
    if (sure := _sure(asked, ranked, page)) is not None:
        sure.match = True
    return ranked[: asked.limit]


def maybe_born(years: tuple[int, int] | None) -> Q:
    """Return the condition that a person is told to be born in these years by some source, or in none by any."""
    if years is None:
        return Q()
    told = Birth.objects.filter(_DATED, entry__victim=OuterRef("pk"))
    return Q(Exists(told.filter(overlapping(as_span(years))))) | ~Q(Exists(told))


def as_span(years: tuple[int, int]) -> str:
    """Return years in EDTF."""
    return "/".join(f"{year:04}" for year in years)


def _gather(found: dict[int, Candidate], page: Page) -> Page:
    for hit in page.hits:
        known = found.setdefault(hit.victim.pk, Candidate(hit, hit.score))
        known.score = max(known.score, hit.score)
    return page


def _judge(asked: Asked, found: dict[int, Candidate]) -> None:
    """Say of each candidate which properties agree, and take from the score what does not."""
    for one in found.values():
        one.score *= 100
    for pid, value in asked.given.items():
        name = "birth" if pid == "birth_year" else pid
        value = as_span(asked.years) if pid == "birth_year" else value
        people = Victim.objects.filter(pk__in=list(found))
        agree = set(filters(asked.text, {name: value}, people).qs.values_list("pk", flat=True))
        others, told = found.keys() - agree, set()
        if others and TOLD[pid]:
            model, condition = TOLD[pid]
            owner = "victim" if model is Entry else "entry__victim"
            told = set(model.objects.filter(condition, **{f"{owner}__in": others}).values_list(owner, flat=True))
        for key, one in found.items():
            one.agrees[pid] = True if key in agree else False if key in told else None
            one.score -= 0 if key in agree else CONTRADICTS if key in told else UNTOLD


def _sure(asked: Asked, ranked: list[Candidate], page: Page) -> Candidate | None:
    """Return who is surely meant: nobody else of the name, in any form, may be; who never lived is not."""
    bear = [one for one in ranked if one.hit.reason in (AS_WRITTEN, A_VARIANT) and not one.hit.victim.synthetic]
    rivals = [one for one in bear if False not in one.agrees.values()]
    unseen = page.bounded or (page.more and page.hits[-1].reason in (AS_WRITTEN, A_VARIANT))
    if len(rivals) != 1 or unseen:
        return None
    one = rivals[0]
    given, surname = one.hit.victim.given_name, one.hit.victim.surname
    named = set(name_words(surname)) | set(name_words(given)) <= set(asked.words)
    whole = named and surname and len(given.strip(".")) > 1 and one.hit.reason == AS_WRITTEN
    return one if whole and one.score == 100 else None


def described(victim: Victim, reason: str = "") -> str:
    """Return what tells people of one name apart: dates, a place, that they never lived; and why one is found."""
    language = (get_language() or "en")[:2]
    dates = [edtf.words(date, language) if date else "?" for date in (victim.birth, victim.death)]
    place = victim.birth_place or victim.residence or victim.burial_place
    synthetic = _("synthetic person who never lived") if victim.synthetic else ""
    told = ("" if dates == ["?", "?"] else " – ".join(dates), place and place.text, synthetic, reason)
    return "; ".join(part for part in told if part)


def named(victim: Victim) -> str:
    """Return the name of a person, else that none is printed, with the id."""
    return victim.name or _("Name not printed, record %(id)s") % {"id": victim.public_id}
