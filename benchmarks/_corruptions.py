"""How names are written wrongly, or otherwise: by kind, each a function of a person's name.

The tables of letters are not those that the search reads by. Every function returns the query, or None where
the name has nothing of the kind.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass
from random import Random

LETTERS = "абвгдежзийклмнопрстуфхцчшщьыэюя"
VOWELS = {"о": "а", "а": "о", "е": "и", "и": "е", "я": "е", "ы": "и", "э": "е"}
VOICES = dict(zip("бвгджзпфктшс", "пфктшсбвгджз", strict=True))
ALIKE = dict(zip("аеорсух", "aeopcyx", strict=True))
CYRILLIC = "абвгдеёжзийклмнопрстуфхцчшщъыьэюя"
LATIN = {
    "English": "a b v g d e e zh z i y k l m n o p r s t u f kh ts ch sh shch _ y _ e yu ya",
    "English, other school": "a b v g d e yo zh z i i k l m n o p r s t u f h ts ch sh sch _ i _ e iu ia",
    "German": "a b w g d e jo sh s i i k l m n o p r s t u f ch z tsch sch schtsch _ y _ e ju ja",
    "French": "a b v g d e io j z i i k l m n o p r s t ou f kh ts tch ch chtch _ y _ e iou ia",
    "Polish": "a b w g d ie io ż z i j k ł m n o p r s t u f ch c cz sz szcz _ y _ e ju ja",
    "scholarly": "a b v g d e ë ž z i j k l m n o p r s t u f ch c č š šč _ y _ è ju ja",
    "scholarly, bare": "a b v g d e e z z i j k l m n o p r s t u f h c c s sc _ y _ e ju ja",
    "Hungarian": "a b v g d e jo zs z i j k l m n o p r sz t u f h c cs s scs _ i _ e ju ja",
    "Finnish": "a b v g d e jo ž z i i k l m n o p r s t u f h ts tš š štš _ y _ e ju ja",
    "Italian": "a b v g d e io z z i i k l m n o p r s t u f ch z c sc sc _ y _ e iu ia",
    "Spanish": "a b v g d e io zh z i i k l m n o p r s t u f j ts ch sh shch _ y _ e iu ia",
    "Turkish": "a b v g d e yo j z i y k l m n o p r s t u f h ts ç ş şç _ ı _ e yu ya",
}
TABLES = {name: dict(zip(CYRILLIC, letters.split(), strict=True)) for name, letters in LATIN.items()}
UKRAINIAN = {
    "николай": "микола", "дмитрий": "дмитро", "петр": "петро", "иван": "іван", "михаил": "михайло",
    "павел": "павло", "александр": "олександр", "алексей": "олексій", "григорий": "григорій",
    "федор": "федір", "андрей": "андрій", "сергей": "сергій", "семен": "семен", "василий": "василь",
    "яков": "яків", "степан": "степан", "владимир": "володимир", "анна": "ганна", "мария": "марія",
    "елена": "олена", "екатерина": "катерина", "прокофий": "прокіп", "игнатий": "гнат", "даниил": "данило",
}  # fmt: skip
#: Forms of a given name by which relatives know their own.
FAMILIAR = {
    "иван": "иоанн ваня ivan", "николай": "коля микола", "александр": "саша олександр", "михаил": "миша",
    "алексей": "алеша алексий", "дмитрий": "митя димитрий", "георгий": "егор юрий", "егор": "георгий",
    "семен": "симеон", "сергей": "сергий", "федор": "феодор", "яков": "иаков янкель", "осип": "иосиф",
    "иосиф": "осип юзеф", "соломон": "шлема", "моисей": "мойша", "евгений": "женя", "владимир": "володя",
    "василий": "вася", "петр": "петя петро piotr", "павел": "паша paweł", "григорий": "гриша", "анна": "аня ганна",
    "мария": "маша марья", "елена": "лена олена", "екатерина": "катя", "ефим": "евфимий", "матвей": "матфей",
    "кузьма": "косма", "тихон": "тиша", "степан": "стефан", "андрей": "андрій andrzej", "ян": "иван jan",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Person:
    surname: str
    given: str
    patronymic: str
    year: int | None

    def __str__(self) -> str:
        return f"{self.surname} {self.given} {self.patronymic}"

    def otherwise(self, change: Callable[[str], str | None]) -> str | None:
        """Return the name with a change of the surname."""
        surname = change(self.surname)
        return None if surname in (None, "", self.surname) else f"{surname} {self.given} {self.patronymic}"

    def everywhere(self, change: Callable[[str], str]) -> str | None:
        changed = " ".join(change(part) for part in (self.surname, self.given, self.patronymic))
        return None if changed == str(self) else changed


def _inserted(chance: Random, word: str) -> str:
    at = chance.randrange(len(word) + 1)
    return word[:at] + chance.choice(LETTERS) + word[at:]


def _deleted(chance: Random, word: str) -> str:
    at = chance.randrange(len(word))
    return word[:at] + word[at + 1 :]


def _substituted(chance: Random, word: str) -> str:
    at = chance.randrange(len(word))
    return word[:at] + chance.choice(LETTERS.replace(word[at], "")) + word[at + 1 :]


def _transposed(chance: Random, word: str) -> str | None:
    places = [at for at in range(len(word) - 1) if word[at] != word[at + 1]]
    if not places:
        return None
    at = chance.choice(places)
    return word[:at] + word[at + 1] + word[at] + word[at + 2 :]


EDITS = (_inserted, _deleted, _substituted, _transposed)


def _edited(chance: Random, word: str) -> str | None:
    return chance.choice(EDITS)(chance, word)


def _doubled(chance: Random, word: str) -> str:
    places = [at for at in range(1, len(word)) if word[at] == word[at - 1]]
    if places:
        return word[: places[0]] + word[places[0] + 1 :]
    at = chance.choice([at for at, letter in enumerate(word) if letter not in "ьъй"])
    return word[: at + 1] + word[at:]


def _one_of(chance: Random, word: str, table: dict, first: int = 1) -> str | None:
    places = [at for at, letter in enumerate(word) if at >= first and letter in table]
    if not places:
        return None
    at = chance.choice(places)
    return word[:at] + table[word[at]] + word[at + 1 :]


def _yo(chance: Random, word: str) -> str | None:
    return word.replace("ё", "е") if "ё" in word else _one_of(chance, word, {"е": "ё"})


def _soft(chance: Random, word: str) -> str | None:
    if "ь" in word:
        return word.replace("ь", "", 1)
    places = [at for at in range(1, len(word)) if word[at - 1] in "лнрстдзц" and word[at] not in "аеёиоуыэюяй"]
    at = chance.choice(places) if places else 0
    return word[:at] + "ь" + word[at:] if at else None


def _old(word: str) -> str:
    word = re.sub(r"и(?=[аеиоуыэюяй])", "і", word.replace("ф", "ѳ"))
    word = re.sub(r"е(?=[вклнд])", "ѣ", word, count=1)
    return word + "ъ" if word[-1] in "бвгджзклмнпрстфхцчшщ" else word


def _swapped_ending(word: str, *pairs: tuple[str, str]) -> str | None:
    for one, other in pairs:
        if word.endswith(one):
            return word[: -len(one)] + other
        if word.endswith(other):
            return word[: -len(other)] + one
    return None


def _lookalikes(word: str) -> str:
    return "".join(ALIKE.get(letter, letter) for letter in word)


def _ukrainian(person: Person) -> str:
    father = re.sub(r"(ович|евич|ич|овна|евна|ична)$", "", person.patronymic)
    father = re.sub(r"^никола$", "микола", father)
    end = "івна" if person.patronymic.endswith("на") else "ович"
    end = ("ївна" if end == "івна" else "йович") if father.endswith(("а", "и", "е", "ь")) else end
    surname = re.sub(r"ский$", "ський", re.sub(r"ская$", "ська", person.surname))
    letters = str.maketrans("иыэё", "іиеь")
    given = UKRAINIAN.get(person.given.replace("ё", "е"), person.given.translate(letters))
    return f"{surname.translate(str.maketrans('ы', 'и'))} {given} {father.translate(letters)}{end}"


def _belarusian(person: Person) -> str:
    def part(word):
        word = re.sub(r"(?<=[бвгдзклмнпрстфх])о(?=[бвгдзклмнпрстфх])", "а", word).replace("и", "і")
        return re.sub(r"(?<=[аеоуы])в(?=[бвгдзклмнпрстфхц]|$)", "ў", word).replace("щ", "шч")

    return person.everywhere(part) or str(person)


def latin(text: str, language: str) -> str:
    table = TABLES[language]
    if language == "Polish":
        text = re.sub(r"(?<=[лжшцч])[её]", "е", text)
    return "".join(table.get(letter, letter) for letter in text).replace("_", "").title()


def _natural(person: Person, language: str) -> str:
    return latin(f"{person.given} {person.patronymic} {person.surname}", language)


def _old_english(person: Person) -> str | None:
    surname = latin(person.surname, "English").lower()
    surname = re.sub(r"v$", "ff", re.sub(r"ch", "tch", re.sub(r"sky?$|skiy$", "sky", surname)))
    return f"{latin(person.given, 'English')} {surname.title()} {latin(person.patronymic, 'English')}"


def _baltic(person: Person) -> str:
    def end(word):
        word = latin(word, "scholarly").lower()
        return (word if word[-1] in "aeiou" else word + "s").title()

    return f"{end(person.given)} {end(person.surname)}"


def _two(chance: Random, word: str) -> str | None:
    if len(word) < 7:
        return None
    half = len(word) // 2
    first, second = _edited(chance, word[:half]), _edited(chance, word[half:])
    return None if first is None or second is None else first + second


def _each(chance: Random, person: Person) -> str | None:
    whole = (person.surname, person.given, person.patronymic)
    parts = [_edited(chance, part) if len(part) > 3 else part for part in whole]
    return None if None in parts else " ".join(parts)


def _familiar(chance: Random, person: Person) -> str | None:
    forms = FAMILIAR.get(person.given.replace("ё", "е"))
    return forms and f"{person.surname} {chance.choice(forms.split())} {person.patronymic}"


def _combined(chance: Random, person: Person) -> str | None:
    surname = _edited(chance, person.surname)
    language = chance.choice(["English", "German", "Polish", "scholarly"])
    if not surname or not person.year:
        return None
    return f"{latin(f'{person.given} {surname}', language)} {person.year + chance.randint(-2, 2)}"


def _with_year(chance: Random, person: Person) -> str | None:
    return f"{person} {person.year + chance.randint(-2, 2)}" if person.year else None


SURNAME_KINDS = {
    "insertion": _inserted,
    "deletion": _deleted,
    "substitution": _substituted,
    "transposition": _transposed,
    "doubled letter": _doubled,
    "vowel reduced": lambda chance, word: _one_of(chance, word, VOWELS),
    "voiced, voiceless": lambda chance, word: _one_of(chance, word, VOICES, 0),
    "ё, е": _yo,
    "soft sign": _soft,
    "-ов, -ова": lambda _, word: _swapped_ending(word, ("ова", "ов"), ("ева", "ев"), ("ина", "ин")),
    "-ский, -ская": lambda _, word: _swapped_ending(word, ("ский", "ская"), ("цкий", "цкая"), ("ый", "ая")),
    "-ов, -ев": lambda _, word: _swapped_ending(word, ("ов", "ев"), ("ова", "ева")),
    "-енко, -енков": lambda _, word: _swapped_ending(word, ("енко", "енков"), ("енко", "енкова")),
    "Latin look-alikes": lambda _, word: _lookalikes(word),
}
#: Kind -> (query of a person, the parts that it asks for: s, g, p, their initials G, P, y the year).
KINDS: dict[str, tuple[Callable[[Random, Person], str | None], str]] = {
    "exact": (lambda _, person: str(person), "sgp"),
    "capitals": (lambda _, person: str(person).upper(), "sgp"),
    **{kind: (lambda chance, person, change=change: person.otherwise(lambda word: change(chance, word)), "sgp")
       for kind, change in SURNAME_KINDS.items()},
    "old orthography": (lambda _, person: person.everywhere(_old), "sgp"),
    "Ukrainian": (lambda _, person: _ukrainian(person), "sgp"),
    "Belarusian": (lambda _, person: _belarusian(person), "sgp"),
    **{language: (lambda _, person, language=language: _natural(person, language), "sgp") for language in LATIN},
    "old English": (lambda _, person: _old_english(person), "sgp"),
    "Baltic, no patronymic": (lambda _, person: _baltic(person), "sg"),
    "given name otherwise": (_familiar, "sp"),
    "initials": (lambda _, person: f"{person.surname} {person.given[0]}.{person.patronymic[0]}.", "sGP"),
    "other order": (lambda _, person: f"{person.given} {person.patronymic} {person.surname}", "sgp"),
    "comma": (lambda _, person: f"{person.surname}, {person.given} {person.patronymic}", "sgp"),
    "no patronymic": (lambda _, person: f"{person.surname} {person.given}", "sg"),
    "with a year": (_with_year, "sgp"),
    "error in each part": (_each, "sgp"),
    "two errors in surname": (lambda chance, person: person.otherwise(lambda word: _two(chance, word)), "sgp"),
    "Latin, error, year": (_combined, "sgy"),
}  # fmt: skip
#: Kinds in which more than one thing is wrong.
SEVERAL = ("error in each part", "two errors in surname", "Latin, error, year")
