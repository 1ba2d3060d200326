"""Russian forms the generator needs: women's surnames, patronymics, cases of regions and bodies."""

import re
from functools import cache

_WOMAN = (
    (re.compile(r"(?<=[оеёиы][вн])$"), "а"),
    (re.compile(r"(?<=[гкхжшщ])(?:ий|ой)$"), "ая"),
    (re.compile(r"(?<=.{3})(?:ый|ой)$"), "ая"),
    (re.compile(r"(?<=.{2}н)ий$"), "яя"),
)
_SURNAME = re.compile(r"(?:ов|ев|ёв|ин|ын|[гкхжшщн]ий|[^аеиоу]ой|ый)$")


@cache
def womans_surname(surname: str) -> str:
    """Return the woman's form of a surname; one that has none stays as it is."""
    if len(surname) < 4 or not _SURNAME.search(surname):
        return surname
    for ending, form in _WOMAN:
        if ending.search(surname):
            return ending.sub(form, surname)
    return surname


def lithuanian_wife(surname: str) -> str:
    """Return the surname of a Lithuanian's wife in Russian spelling ("Казлаускас" -> "Казлаускене")."""
    return re.sub(r"(?:юс|ас|ис|ус|а)$", "ене", surname)


def patronymics(father: str) -> tuple[str, str]:
    """Return the patronymics of a son and a daughter by the general rule."""
    if father.endswith("ий"):
        stem = father[:-2] + "и"
    elif father[-1] in "йьаяеё":
        stem = father[:-1]
    else:
        stem = father
    soft = father[-1] in "йьяеёиэ" or stem[-1] in "жчшщц"
    if stem[-1] in "оу":
        return f"{stem}вич", f"{stem}вна"
    return (f"{stem}евич", f"{stem}евна") if soft else (f"{stem}ович", f"{stem}овна")


def lithuanian_patronymics(father: str) -> tuple[str, str]:
    """Return the father's name in the genitive, as Lithuanians bear it ("Юозас" -> "Юозо")."""
    if not re.search(r"[аиу]с$", father):
        return patronymics(father)
    genitive = re.sub(r"ас$", "о", re.sub(r"ис$", "ё", re.sub(r"ус$", "аус", father)))
    return genitive, genitive


def genitive_adjective(word: str) -> str:
    """Return a masculine adjective in the genitive ("Валдайский" -> "Валдайского")."""
    return re.sub(r"(?:ий|ый|ой)$", "ого", word)


def genitive(region: str) -> str:
    """Return the name of a region in the genitive ("Алтайский край" -> "Алтайского края")."""
    if region.endswith(" край"):
        return genitive_adjective(region[:-5]) + " края"
    return re.sub(r"ая(?= (?:обл\.|АССР|ССР|губ\.))", "ой", region)


def dative(region: str) -> str:
    """Return the name of a region in the dative ("Алтайский край" -> "Алтайскому краю")."""
    if region.endswith(" край"):
        return region[:-7] + "ому краю"
    return genitive(region)


def genitive_settlement(settlement: str) -> str:
    """Return a settlement with its kind in the genitive where that is spelt out ("аул № 2" -> "аула № 2")."""
    kind, _, name = settlement.partition(" ")
    return f"{_KINDS[kind]} {name}" if kind in _KINDS else settlement


_KINDS = {
    "местечко": "местечка",
    "колония": "колонии",
    "застенок": "застенка",
    "спецпоселок": "спецпоселка",
    "аул": "аула",
    "кишлак": "кишлака",
    "улус": "улуса",
    "хутор": "хутора",
    "аймак": "аймака",
    "хотон": "хотона",
    "прииск": "прииска",
    "рудник": "рудника",
    "разъезд": "разъезда",
    "совхоз": "совхоза",
}


def genitive_abroad(place: str) -> str:
    """Return a place abroad from the place up ("Польша, Виленское в-во" -> "Виленского в-ва Польши")."""
    country, _, part = place.partition(", ")
    if part.startswith(("г.", "с.", "о.", "сел.", "д.")):
        return f"{part}, {country}"
    above = " ".join(_genitive_word(word) for word in country.split())
    if not part:
        return above
    return f"{' '.join(_genitive_word(word) for word in part.split())} {above}"


def _genitive_word(word: str) -> str:
    for ending, form in _OF:
        if word.endswith(ending):
            return word[: len(word) - len(ending)] + form
    return word


_OF = (
    ("ский", "ского"),
    ("цкий", "цкого"),
    ("Южный", "Южного"),
    ("Северный", "Северного"),
    ("ская", "ской"),
    ("ское", "ского"),
    ("в-во", "в-ва"),
    ("уезд", "уезда"),
    ("округ", "округа"),
    ("вилайет", "вилайета"),
    ("штат", "штата"),
    ("колония", "колонии"),
    ("ия", "ии"),
    ("ея", "еи"),
    ("Литва", "Литвы"),
    ("Польша", "Польши"),
    ("Китай", "Китая"),
    ("Иран", "Ирана"),
    ("Турция", "Турции"),
)


def instrumental(body: str) -> str:
    """Return a body in the instrumental, declining its leading adjectives and its first noun."""
    words = body.split()
    for position, word in enumerate(words):
        for ending, form in _BY_WHOM:
            if word.endswith(ending):
                words[position] = word[: len(word) - len(ending)] + form
                break
        if not word.endswith(("ая", "ий", "ый", "ой", "ое")):
            break
    return " ".join(words)


_BY_WHOM = (
    ("ЧК", "ЧК"),
    ("тройка", "тройкой"),
    ("коллегия", "коллегией"),
    ("Коллегия", "Коллегией"),
    ("Спецколлегия", "Спецколлегией"),
    ("сессия", "сессией"),
    ("прокуратура", "прокуратурой"),
    ("Прокуратура", "Прокуратурой"),
    ("Комиссия", "Комиссией"),
    ("совещание", "совещанием"),
    ("суд", "судом"),
    ("трибунал", "трибуналом"),
    ("президиум", "президиумом"),
    ("райисполком", "райисполкомом"),
    ("ревтрибунал", "ревтрибуналом"),
    ("ая", "ой"),
    ("ое", "ым"),
    ("ский", "ским"),
    ("цкий", "цким"),
    ("кий", "ким"),
    ("ный", "ным"),
    ("ый", "ым"),
    ("ой", "ым"),
    ("ий", "им"),
)
