"""The cast: known persons as several books tell of them, and short ways to put them into the database.

Facts are those of fixtures/known_persons.json; what differs between the books is how much they tell.
"""

from sources.models import Source
from victims.models import Entry, Victim
from victims.models.record import Change, EntryInput, write
from victims.vocabulary import RevisionKind

#: The books, in the order in which the projection asks them (nearest to the file first).
BOOKS = {
    "case-file": "archival_document",
    "martyrology": "book",
    "lists": "database",
    "openlist": "database",
    "synthetic": "synthetic",
}

FLORENSKY = {
    "martyrology": {
        "surname": "Флоренский",
        "given_name": "Павел",
        "patronymic": "Александрович",
        "sex": "male",
        "birth": {"date": "1882-01-21", "place": "близ Евлаха, Елисаветпольская губерния"},
        "occupation": "священник, философ, учёный",
        "arrests": [{"date": "1933-02", "body": "ОГПУ", "case": 1}],
        "sentences": [
            {"body": "тройка ПП ОГПУ Московской области", "date": "1933-07-26", "kind": "camp", "term": "P10Y",
             "case": 1},
            {"body": "Особая тройка УНКВД Ленинградской области", "date": "1937-11-25", "kind": "vmn",
             "case": 2},
        ],
        "death": {"date": "1937-12-08", "manner": "shot"},
        "rehabilitations": [{"date": "1958-05-05", "body": "Московский городской суд", "case": 1}],
    },
    "lists": {
        "surname": "Флоренский",
        "given_name": "Павел",
        "patronymic": "Александрович",
        "birth": {"date": "1882"},
        "occupation": "священник",
        "sentences": [
            {"body": "Особая тройка УНКВД Ленинградской области", "date": "1937-11-25", "kind": "vmn"},
        ],
        "death": {"date": "1937", "manner": "shot"},
    },
    "openlist": {
        "surname": "Флоренский",
        "given_name": "Павел",
        "name_variants": ["отец Павел"],
        "birth": {"date": "1882-01-21", "date_old_style": "1882-01-09"},
        "arrests": [{"date": "1928-05-21", "body": "ОГПУ"}, {"date": "1933-02", "body": "ОГПУ"}],
        "death": {"date": "1937-12"},
        "official_notices": [{"told_date": "1943-12-15", "note": "given to the relatives"}],
    },
}  # fmt: skip
MANDELSTAM = {
    "martyrology": {
        "surname": "Мандельштам",
        "given_name": "Осип",
        "patronymic": "Эмильевич",
        "name_variants": ["Иосиф Эмильевич"],
        "sex": "male",
        "birth": {"date": "1891-01-15", "place": "Варшава"},
        "nationality": "еврей",
        "occupation": "поэт",
        "sentences": [
            {"body": "Особое совещание при НКВД СССР", "date": "1938-08-02", "kind": "camp", "term": "P5Y"},
        ],
        "death": {"date": "1938-12-27", "manner": "died", "place": "пересыльный лагерь близ Владивостока"},
    },
    "lists": {
        "surname": "Мандельштам",
        "given_name": "Иосиф",
        "patronymic": "Эмильевич",
        "birth": {"date": "1891"},
        "occupation": "литератор",
        "death": {"date": "1938"},
    },
}  # fmt: skip
KURBAS = {
    "martyrology": {
        "surname": "Курбас",
        "given_name": "Александр",
        "patronymic": "Степанович",
        "name_variants": [
            "Лесь Курбас",
            {"printed": "Олександр-Зенон Курбас", "kind": "language", "language": "uk"},
        ],
        "sex": "male",
        "birth": {"date": "1887-02-25", "place": "Самбор, Австро-Венгрия"},
        "nationality": "украинец",
        "occupation": "режиссёр",
        "sentences": [
            {"body": "Особая тройка УНКВД Ленинградской области", "date": "1937-10-09", "kind": "vmn"},
        ],
        "death": {"date": "1937-11-03", "manner": "shot", "burial_place": "Сандармох"},
        "rehabilitations": [{"date": "1957-04-19"}],
    },
    "lists": {
        "surname": "Курбас",
        "given_name": "Лесь",
        "patronymic": "Степанович",
        "birth": {"date": "1887"},
        "occupation": "режиссёр",
        "death": {"date": "1937-11-03"},
    },
}  # fmt: skip
SPIRIDONOVA = {
    "martyrology": {
        "surname": "Спиридонова",
        "given_name": "Мария",
        "patronymic": "Александровна",
        "sex": "female",
        "birth": {"date": "1884-10-28", "place": "Тамбов"},
        "nationality": "русская",
        "social_origin": "из дворян",
        "party": "левая эсерка",
        "occupation": "экономист",
        "arrests": [{"date": "1937-02", "body": "НКВД"}],
        "sentences": [
            {"body": "Военная коллегия Верховного суда СССР", "date": "1938-01", "kind": "prison",
             "term": "P25Y"},
            {"body": "Военная коллегия Верховного суда СССР", "date": "1941-09-08", "kind": "vmn"},
        ],
        "death": {"date": "1941-09-11", "manner": "shot", "burial_place": "Медведевский лес"},
    },
    "lists": {
        "surname": "Спиридонова",
        "given_name": "Мария",
        "birth": {"date": "1884"},
        "death": {"date": "1941", "manner": "shot"},
    },
}  # fmt: skip


def book(slug: str = "martyrology") -> Source:
    """Return a source of the cast, made at its first mention."""
    return Source.objects.get_or_create(slug=slug, defaults={"kind": BOOKS[slug], "title": slug})[0]


def entry(record: dict, source: str = "martyrology", key: str | None = None, **more) -> EntryInput:
    """Return what one book says of one person; the key is the name unless another is given."""
    key = key or f"{record.get('surname', '?')} {record.get('given_name', '?')}"
    return EntryInput(source=book(source), item_key=key, record=record, **more)


def enter(record: dict, source: str = "martyrology", key: str | None = None, **more) -> Victim:
    """Put what one book says of one person into the database and return the person."""
    how = {name: more.pop(name) for name in ("status", "batch", "lookup", "by") if name in more}
    told = entry(record, source, key, **more)
    write(Change(put=[told]), kind=RevisionKind.IMPORT, **how)
    return Victim.objects.get(entries__source=told.source, entries__item_key=told.item_key)


def enter_all(person: dict, **more) -> list[Victim]:
    """Put everything that the books say of one person into the database: a record for each book."""
    return [enter(record, source, **more) for source, record in person.items()]


def gather(person: dict, **more) -> Victim:
    """Put everything that the books say of one person into the database as one record."""
    victim = None
    for source, record in person.items():
        victim = enter(record, source, victim_id=victim and victim.pk, **more)
    return Victim.objects.get(pk=victim.pk)


def entry_of(victim: Victim, source: str = "martyrology") -> Entry:
    """Return what this book says of a person."""
    return Entry.objects.get(victim=victim, source__slug=source)


def again(row):
    """Return a row as it is in the database now."""
    return type(row)._default_manager.get(pk=row.pk)


def edit(change: Change, why: str = "", **more):
    """Do a change as an editor."""
    return write(change, kind=RevisionKind.EDIT, why=why, **more)
