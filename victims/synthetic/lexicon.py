"""Every printed form the generator can emit, so that a bulk loader can register them first."""

from collections.abc import Iterable
from functools import cache
from itertools import chain

from victims.synthetic import trades
from victims.synthetic.bodies import Pair
from victims.synthetic.fates import eras
from victims.synthetic.names import Group, groups
from victims.synthetic.nations import nations
from victims.synthetic.places import Region, abroad, regions


def vocabulary() -> dict[str, list[str]]:
    """Return the printed forms by kind, each list sorted and without repetition.

    Kinds: article, body, charge, education, given_name, nationality, occupation, party, patronymic, place (of
    birth, residence and burial), social_origin, surname, verdict. Name variants are surnames too.
    """
    return {kind: list(forms) for kind, forms in _vocabulary().items()}


@cache
def _vocabulary() -> dict[str, tuple[str, ...]]:
    every, peoples = list(regions().values()), list(groups().values())
    forms: dict[str, Iterable[str]] = {
        "article": (article for region in every for pool in region.charges.values()
                    for charge in pool if charge for article in charge[0]),
        "body": _texts(pair for region in every for pair in _bodies(region)),
        "charge": (wording for region in every for pool in region.charges.values()
                   for charge in filter(None, pool) for wording in charge[1::2]),
        "verdict": (text for era in eras() for way in _once(era.ways, era.national)
                    for verdict in _once(way.verdicts) for text in (*verdict.text, *verdict.told_text)),
        "education": (education for education, _, _ in _both(trades.EDUCATION)),
        "nationality": _texts(nation.forms for nation in nations()),
        "occupation": chain(_both(trades.occupations()), _texts(nation.clergy[0] for nation in nations()),
                            _texts(nation.clergy[1] for nation in nations())),
        "party": _both(trades.PARTY),
        "place": chain(_texts(place for region in every for place in _places(region)),
                       _texts(place for places in abroad().values() for place in places)),
        "social_origin": _both(trades.ORIGIN),
        "surname": chain.from_iterable(_surnames(group) for group in peoples),
        "given_name": chain.from_iterable((name for name, _, _ in chain(group.male, group.female))
                                          for group in peoples),
        "patronymic": _texts(chain.from_iterable(_patronymics(group) for group in peoples)),
    }  # fmt: skip
    return {kind: tuple(sorted(set(listed))) for kind, listed in forms.items()}


def _once(*pools: list) -> Iterable:
    """Return the members of weighted pools, each once: a pool repeats what is frequent."""
    return {id(member): member for pool in pools for member in pool}.values()


def _texts(tuples: Iterable[Iterable[str]]) -> Iterable[str]:
    return chain.from_iterable(tuples)


def _both(by_class: list[tuple[list[str], list[str]]]) -> Iterable[str]:
    return (form for men, women in by_class for form in (*men, *women))


def _bodies(region: Region) -> Iterable[Pair]:
    return filter(None, chain.from_iterable((*region.sentencing, *region.arresting, *region.rehabilitating)))


def _places(region: Region) -> Iterable[tuple[str, ...]]:
    return chain(region.villages, region.towns, region.province, ((place,) for place in region.burials))


def _patronymics(group: Group) -> Iterable[tuple[str, str]]:
    yield from filter(None, group.patronymics)
    yield from ((son, daughter) for _, son, daughter in group.male if son)


def _surnames(group: Group) -> Iterable[str]:
    """Yield surnames in both genders, as printed and in capitals; of one-piece names with the given name."""
    one_piece = [group] if group is groups()["chinese"] else []
    for surname in {*group.men, *group.women}:
        yield surname
        yield surname.upper()
    for group in one_piece:
        for given in {name for name, _, _ in chain(group.male, group.female)}:
            for surname in group.men:
                yield f"{surname}-{given}"
                yield f"{surname}-{given}".upper()
