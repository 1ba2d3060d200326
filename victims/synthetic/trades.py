"""What a person was: occupation, party, education and origin by class and gender."""

import re
from collections.abc import Callable
from functools import cache
from random import Random

from victims.synthetic.tables import pool, rows

PEASANT, WORKER, CLERK, LEARNED, CHURCH, SOLDIER = range(6)
_CLASSES = ("peasant", "worker", "clerk", "learned", "church", "soldier")

#: Shares of the classes, of those living in villages and in towns.
RURAL = pool([(PEASANT, 62), (WORKER, 12), (CLERK, 10), (LEARNED, 5), (CHURCH, 8), (SOLDIER, 3)])
URBAN = pool([(WORKER, 42), (CLERK, 30), (LEARNED, 12), (CHURCH, 6), (SOLDIER, 8), (PEASANT, 2)])

#: Clergy of other creeds than the Orthodox, by group of names.
_CREEDS = {
    "turkic": ("мулла", "муэдзин"),
    "kazakh": ("мулла",),
    "azeri": ("мулла",),
    "caucasian": ("мулла",),
    "polish": ("ксендз",),
    "lithuanian": ("ксендз",),
    "german": ("пастор", "баптистский проповедник"),
    "latvian": ("пастор",),
    "estonian": ("пастор",),
    "finnish": ("пастор",),
    "jewish": ("раввин", "служитель религиозного культа"),
    "buryat": ("лама дацана",),
}
_OTHER_CREEDS = {"мулла", "муэдзин", "ксендз", "пастор", "раввин", "лама дацана"}

_PLAIN_PARTY = ["б/п"] * 70 + ["беспартийный|беспартийная"] * 22
_EXPELLED = "исключен из ВКП(б) в 1937 г.|исключена из ВКП(б) в 1937 г."
_PARTY = {
    PEASANT: [*_PLAIN_PARTY, *["член ВКП(б)"] * 2, "бывший член ВКП(б)"],
    WORKER: [*_PLAIN_PARTY, *["член ВКП(б)"] * 6, _EXPELLED, "кандидат в члены ВКП(б)", "член ВЛКСМ",
             "бывший член ВКП(б)"],
    CLERK: [*_PLAIN_PARTY, *["член ВКП(б)"] * 20, *(f"член ВКП(б) с {year} г." for year in range(1917, 1933)),
            *[_EXPELLED] * 3, "бывший эсер|бывшая эсерка", "бывший меньшевик|бывшая меньшевичка",
            "кандидат в члены ВКП(б)", *["бывший член ВКП(б)"] * 5],
}  # fmt: skip
_PARTY |= {LEARNED: _PARTY[CLERK], CHURCH: _PLAIN_PARTY, SOLDIER: _PARTY[CLERK] + ["член ВКП(б)"] * 30}

_SCHOOL = "грамотный|грамотная"
_EDUCATION = {
    PEASANT: ["низшее"] * 30 + ["начальное"] * 24 + ["малограмотный|малограмотная"] * 20
    + ["неграмотный|неграмотная"] * 12 + [_SCHOOL] * 8 + ["сельская школа"] * 6,
    WORKER: ["низшее"] * 40 + ["начальное"] * 34 + ["малограмотный|малограмотная"] * 10
    + ["неполное среднее"] * 6 + ["среднее"] * 6 + [_SCHOOL] * 4,
    CLERK: ["среднее"] * 36 + ["низшее"] * 26 + ["высшее"] * 18 + ["неполное среднее"] * 10 + ["н/высшее"] * 6
    + ["незаконченное высшее"] * 4,
    LEARNED: ["высшее"] * 60 + ["среднее"] * 24 + ["среднее специальное"] * 8 + ["н/высшее"] * 8,
    CHURCH: ["духовная семинария"] * 24 + ["духовное училище"] * 18 + ["духовное"] * 14 + ["начальное"] * 20
    + ["низшее"] * 20 + ["среднее"] * 4,
    SOLDIER: ["среднее"] * 30 + ["высшее"] * 14 + ["начальное"] * 28 + ["военное училище"] * 12
    + ["низшее"] * 16,
}  # fmt: skip
_ORIGIN = {
    PEASANT: ["из крестьян"] * 56 + ["из крестьян-кулаков"] * 18 + ["из крестьян-середняков"] * 12
    + ["из кулаков"] * 10 + ["из казаков"] * 4,
    WORKER: ["из рабочих"] * 40 + ["из крестьян"] * 40 + ["из мещан"] * 10 + ["из крестьян-кулаков"] * 10,
    CLERK: ["из крестьян"] * 40 + ["из служащих"] * 24 + ["из мещан"] * 16 + ["из дворян"] * 8
    + ["из торговцев"] * 8 + ["из рабочих"] * 4,
    LEARNED: ["из служащих"] * 34 + ["из крестьян"] * 24 + ["из дворян"] * 18 + ["из мещан"] * 14
    + ["из духовенства"] * 10,
    CHURCH: ["из духовенства"] * 40 + ["из семьи священника"] * 24 + ["из крестьян"] * 36,
    SOLDIER: ["из крестьян"] * 50 + ["из рабочих"] * 24 + ["из служащих"] * 16 + ["из дворян"] * 10,
}  # fmt: skip


def _gendered(forms: dict[int, list[str]]) -> list[tuple[list[str], list[str]]]:
    """Return by class the men's and the women's wordings."""
    split = {key: [form.partition("|") for form in listed] for key, listed in forms.items()}
    return [
        ([man for man, _, _ in split[key]], [woman or man for man, _, woman in split[key]])
        for key in range(len(_CLASSES))
    ]


#: What is printed without the word for education.
_LITERACY = re.compile("грамотн")


def _schooled(education: str) -> tuple[str, str, str]:
    """Return the wording alone, in running text, and in the short lists."""
    if _LITERACY.search(education):
        return education, education, education
    return education, f"образование {education}", f"обр.: {education}"


PARTY = _gendered(_PARTY)
EDUCATION = [
    ([_schooled(man) for man in men], [_schooled(woman) for woman in women])
    for men, women in _gendered(_EDUCATION)
]
ORIGIN = _gendered(_ORIGIN)


@cache
def occupations() -> list[tuple[list[str], list[str]]]:
    """Return by class the occupations of men and of women."""
    workplaces = {key: cell.split("; ") for key, cell in rows("workplaces.tsv")}
    listed = [([], []) for _ in _CLASSES]
    for key, man, woman in rows("occupations.tsv"):
        for female, template in enumerate((man, woman)):
            if template != "-":
                filled = _filled(template, workplaces)
                # a trade weighs alike whether it is followed by many workplaces or by none
                listed[_CLASSES.index(key)][female].extend(filled * max(1, 8 // len(filled)))
    listed[SOLDIER][1].extend(listed[CLERK][1])
    return listed


def _filled(template: str, workplaces: dict[str, list[str]]) -> list[str]:
    found = re.search(r"\{(\w+)\}", template)
    if not found:
        return [template]
    return [template.replace(found[0], place) for place in workplaces[found[1]]]


@cache
def clergy(group: str) -> tuple[list[str], list[str]]:
    """Return the clergy, men and women, of the creeds usual with a group of names."""
    men, women = occupations()[CHURCH]
    own = _CREEDS.get(group)
    if own:
        return list(own), occupations()[PEASANT][1]
    return [trade for trade in men if trade not in _OTHER_CREEDS], women


#: Whether clergy, and nationality told, occupation, party, education, origin.
Standing = tuple[bool, bool, str | None, str | None, tuple[str, str, str] | None, str | None]


@cache
def standings() -> list[list[list[Standing]]]:
    """Return pools of standings by town or village and by gender, missing pieces included.

    Drawn once and kept, so that a person costs one draw here instead of eight.
    """
    random = Random("standings").random
    return [
        [[_standing(random, classes, female) for _ in range(8192)] for female in (0, 1)]
        for classes in (RURAL, URBAN)
    ]


def _standing(random: Callable[[], float], classes: list[int], female: int) -> Standing:
    def drawn(listed: list, share: float):
        return listed[int(random() * len(listed))] if random() < share else None

    chosen = classes[int(random() * len(classes))]
    return (
        chosen == CHURCH,
        random() > 0.03,
        drawn(occupations()[chosen][female], 0.97),
        drawn(PARTY[chosen][female], 0.72),
        drawn(EDUCATION[chosen][female], 0.55),
        drawn(ORIGIN[chosen][female], 0.3),
    )
