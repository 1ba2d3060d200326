"""The parts of a name variant printed in one string, as far as its own form and the main name tell them."""

import re
from functools import lru_cache

from victims.names.folding import fold, tokens

#: Words before a church name: what follows is a given name, taken at the vows or used with the office.
TITLES = frozenset(
    """митрополит архиепископ епископ патриарх архимандрит игумен игуменья иеромонах иеросхимонах схимонах
    схимонахиня схиигумен схиархимандрит монах монахиня инок инокиня послушник послушница протоиерей
    священник иерей диакон протодиакон отец мать о. сестра брат преподобный владыка""".split()
)
_PATRONYMIC = re.compile(r"(ович|евич|ьич|ич|овна|евна|ична|инична|івна|ївна|ійович|йович|оглы|оглу|кызы|улы)$")

Parts = tuple[str, str, str]


def split(printed: str, main: Parts = ("", "", "")) -> Parts:
    """Return (surname, given name, patronymic) of a printed variant; "" for what it does not tell.

    ``main`` is the person's main name: a word that stands there already keeps its part. Without such a
    word the books' order holds: surname first; after a title a lone word is a given name.
    """
    words = printed.replace(",", " ").split()
    title = bool(words) and fold(words[0]) in TITLES
    while words and fold(words[0]) in TITLES:
        words = words[1:]
    if not words:
        return "", "", ""
    known = {fold(part): place for place, part in enumerate(main) if part}
    parts: list[list[str]] = [[], [], []]
    rest = []
    for number, word in enumerate(words):
        place = known.get(fold(word))
        if place is None and number > 0 and not parts[2] and _PATRONYMIC.search(fold(word)):
            place = 2
        if place is None:
            rest.append(word)
        else:
            parts[place].append(word)
    _place_rest(rest, parts, title)
    return " ".join(parts[0]), " ".join(parts[1]), " ".join(parts[2])


def _place_rest(rest: list[str], parts: list[list[str]], title: bool) -> None:
    """Put the words that nothing tells apart into the parts still empty."""
    surname, given, patronymic = parts
    if not rest:
        return
    if title and not given:
        given.append(rest.pop(0))
        surname.extend(rest)
    elif surname or (patronymic and len(rest) == 1 and not given):
        (surname if given else given).extend(rest)
    elif given:
        surname.extend(rest)
    else:
        surname.append(rest.pop(0))
        given.extend(rest[:1])
        given.extend(rest[1:])


def name_words(name: str) -> list[str]:
    """Return the folded words of a name, typed or printed; points and hyphens divide."""
    return [word for token in tokens(name) for word in token.replace("-", " ").split()]


@lru_cache(maxsize=1 << 17)
def indexed(part: str) -> str:
    """Return a part of a name as the index keeps it: its folded words between single spaces."""
    return " ".join(name_words(part))[:200].strip()


def index_forms(main: Parts | None, variants: list[Parts]) -> list[Parts]:
    """Return the folded (surname, given, patronymic) forms under which a person is to be found, each once.

    A variant that tells one part borrows the others from the main name; a patronymic only with its
    given name, since a monastic name has none.
    """
    base = main or ("", "", "")
    forms = [base] if main else []
    for surname, given, patronymic in variants:
        if not (surname or given or patronymic):
            continue
        forms.append(
            (
                surname or base[0],
                given or base[1],
                patronymic or ("" if given and fold(given) != fold(base[1]) else base[2]),
            )
        )
    folded = [tuple([indexed(part) if part else "" for part in form]) for form in forms]
    return list(dict.fromkeys([form for form in folded if any(form)]))
