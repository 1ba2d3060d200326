"""What a name that is being typed may become: names that people in the database have, the commonest first."""

from dataclasses import dataclass

from django.db.models import OuterRef, Subquery

from victims.models import NamePart, PersonName, Victim
from victims.models.querysets import public
from victims.names import cased, indexed, name_words
from victims.names.sounds import cyrillic, is_latin
from victims.search.query import LONGEST, is_wild
from victims.search.roles import GIVEN, PATRONYMIC, SURNAME

#: How many are offered, and how many are looked at for those whom the public sees.
MOST, LOOKED_AT = 10, 20
#: Parts with one beginning that are read; where there are more, the commonest of all are gone through.
READ = 600
#: People of one name whose other names are read.
BEARERS = 400
COLUMNS = {SURNAME: "surname", GIVEN: "given", PATRONYMIC: "patronymic"}
PRINTED = {SURNAME: "surname", GIVEN: "given_name", PATRONYMIC: "patronymic"}
#: Orders in which names are typed, by how many words there are.
ORDERS = {
    1: ((SURNAME,), (GIVEN,)),
    2: ((SURNAME, GIVEN), (GIVEN, SURNAME), (GIVEN, PATRONYMIC)),
    3: ((SURNAME, GIVEN, PATRONYMIC), (GIVEN, PATRONYMIC, SURNAME)),
}


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A name that may be meant: as one would type it, and its parts."""

    text: str
    parts: dict[str, str]


def suggest(typed: str) -> list[Suggestion]:
    """Return at most MOST names that begin as ``typed`` does and that some published person has.

    The last word is a beginning, those before it are whole: "флоренский п" offers given names of people of that
    surname. The commonest first. Nothing for what is no beginning of a name, however odd.
    """
    typed = typed[: LONGEST + 1].replace("\0", " ").encode(errors="ignore").decode()
    words = name_words(typed)
    if typed[-1:].isspace():
        words.append("")
    if not words or len(typed) > LONGEST or any(is_wild(word) for word in words) or not any(words):
        return []
    found: dict[str, Suggestion] = {}
    for order in ORDERS.get(len(words), ()):
        for one in _in_order(order, words):
            found.setdefault(one.text, one)
        if len(found) >= MOST:
            break
    return list(found.values())[:MOST]


def _in_order(order: tuple[str, ...], words: list[str]) -> list[Suggestion]:
    *whole, last = order
    fixed = {}
    for role, word in zip(whole, words, strict=False):
        fixed[role] = NamePart.objects.filter(kind=role, norm=word).values_list("pk", flat=True).first()
        if fixed[role] is None:
            return []
    people = PersonName.objects.filter(**{COLUMNS[role]: pk for role, pk in fixed.items()})
    candidates = _borne(people, last, words[-1]) if fixed else None
    if candidates is None:
        candidates = _beginning(last, words[-1])
    return _shown(order, people, candidates[:LOOKED_AT], words[:-1])


def _beginnings(beginning: str) -> list[str]:
    """Return what the word may begin with in the index: as typed, and as its Latin letters are read."""
    if not beginning or not is_latin(beginning):
        return [beginning]
    return list(dict.fromkeys([beginning, *cyrillic(beginning)[:4]]))


def _beginning(kind: str, word: str) -> list[int]:
    """Return the parts of names that begin so, the commonest first."""
    rows = []
    for beginning in _beginnings(word):
        # Of all kinds: SQLite would rather go through all surnames than through all that begin so.
        begin = NamePart.objects.filter(norm__fits=f"{beginning}*").values_list("people", "norm", "pk", "kind")
        some = list(begin[: READ + 1])
        if len(some) > READ:
            some = list(begin.filter(kind=kind).order_by("-people")[:LOOKED_AT])
        rows += [row[:3] for row in some if row[3] == kind]
    return [pk for _people, _norm, pk in sorted(rows, key=lambda row: (-row[0], row[1]))]


def _borne(people, kind: str, word: str) -> list[int] | None:
    """Return what bearers of a name have beside it, the commonest first; None where they are too many."""
    column = COLUMNS[kind]
    some = list(people.order_by().values_list(column, flat=True)[: BEARERS + 1])
    if len(some) > BEARERS:
        return None
    parts = NamePart.objects.filter(pk__in={pk for pk in some if pk}).values_list("pk", "norm", "people")
    begin = tuple(_beginnings(word))
    fitting = sorted((-people, norm, pk) for pk, norm, people in parts if norm.startswith(begin))
    return [pk for _people, _norm, pk in fitting]


def _shown(order: tuple[str, ...], people, candidates: list[int], typed: list[str]) -> list[Suggestion]:
    """Return the candidates whom the public may see, with the name as one of their bearers has it printed."""
    *_whole, last = order
    bearers = people.filter(public("victim__"), **{COLUMNS[last]: OuterRef("pk")})
    parts = NamePart.objects.filter(pk__in=candidates).annotate(bearer=Subquery(bearers.values("victim")[:1]))
    found = {pk: (norm, bearer) for pk, norm, bearer in parts.values_list("pk", "norm", "bearer") if bearer}
    chosen = [found[pk] for pk in candidates if pk in found][:MOST]
    printed = Victim.objects.only(*PRINTED.values()).in_bulk({bearer for _norm, bearer in chosen})
    offered = []
    for norm, bearer in chosen:
        norms = (*typed, norm)
        named = {role: _printed(printed[bearer], role, part) for role, part in zip(order, norms, strict=True)}
        parts = {PRINTED[role]: named.get(role, "") for role in PRINTED}
        offered.append(Suggestion(" ".join(named.values()), parts))
    return offered


def _printed(victim: Victim, role: str, norm: str) -> str:
    """Return a part of a name as it is printed, where the person shown has it so; else with capitals."""
    printed = getattr(victim, PRINTED[role])
    return cased(printed) if indexed(printed) == norm else norm.title()
