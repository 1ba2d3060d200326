"""The persons that the search is measured over: synthetic ones, with more surnames than the generator knows.

The generator's lists hold some sixty thousand surnames; a country has several times as many, most of them rare,
and what is alike among them makes a search hard. So three persons in ten get a surname that is put together from
pieces of real ones, of which there are the more the more persons there are.

The first ``FULL`` are whole records by ``make_synthetic``. Those beyond are lean: name, birth, residence, death,
entry and name index of one of the first, under another surname of their own people. They are written through the
door too, five times as fast, and twelve million of them fit on a small disk.
"""

from collections import defaultdict
from functools import cache
from random import Random
from zlib import crc32

FULL = 100_000
CHUNK = 20_000
#: Of a thousand persons, how many have a surname of ours.
SHARE = 300
ENDINGS = tuple("ов ев ин ын ий ой ко ук юк ич ак як ан ун ова ева ина ына ая".split())
GROUPS = ("russian", "ukrainian", "belarusian", "polish", "jewish", "turkic")
DEPTH = 3
#: The sources of lean records, by the last digit of their number.
SOURCES = "0000000112"
#: Regions that are recognised in places by what these hold, so that it can be asked for a region.
REGIONS = {
    "moscow-oblast": "Московск", "leningrad-oblast": "Ленинград", "irkutsk-oblast": "Иркутск",
    "omsk-oblast": "Омск", "sverdlovsk-oblast": "Свердловск", "stalino-oblast": "Сталин",
    "altai-krai": "Алтайск", "west-siberian-krai": "Новосибирск", "tatar-assr": "Казань",
}  # fmt: skip


def populate(count: int, progress=lambda done: None) -> None:
    """Make persons until there are ``count``; those that are there already are passed over."""
    from victims.importing.synthetic import make_synthetic
    from victims.models import Victim

    make_synthetic(min(count, FULL), 1, people=Population(min(count, FULL)), progress=progress)
    there = Victim.objects.filter(synthetic=True).count()
    if there < count:
        _copies(there, count, progress)


def recognise() -> None:
    """Recognise the regions of very many places, as archivists do one by one, and count who bears a name."""
    from victims.models import Place, Region, name_keys
    from victims.vocabulary import FormState

    for slug, words in REGIONS.items():
        unknown = Place.objects.filter(state=str(FormState.UNRECOGNISED), text__contains=words)
        unknown.update(region=Region.objects.get(slug=slug), state=str(FormState.RECOGNISED))
    name_keys.count_people()


class Population:
    """What ``make_synthetic`` needs of a generator: ``persons`` and ``vocabulary``."""

    def __init__(self, count: int):
        self.surnames = invented(known(count))

    def vocabulary(self) -> dict[str, list[str]]:
        from victims import synthetic

        forms = synthetic.vocabulary()
        ours = [surname for pair in self.surnames for surname in pair]
        return forms | {"surname": sorted({*forms["surname"], *ours, *(surname.upper() for surname in ours)})}

    def persons(self, count: int, seed: int, start: int = 0):
        from victims import synthetic

        for number, (key, text, record) in enumerate(synthetic.persons(count, seed, start), start):
            drawn = crc32(f"{key} surname".encode())
            old = record["surname"]
            if drawn % 1000 < SHARE and not record["name_variants"] and old and old.lower().endswith(ENDINGS):
                new = self.surname(number, drawn // 1000 / 4_294_968)[record["sex"] == "female"]
                new = new.upper() if old.isupper() else new
                record["surname"], text = new, text.replace(old, new)
            yield key, text, record

    def surname(self, number: int, drawn: float) -> tuple[str, str]:
        """Return the surname of ours for the person with a number; the first ones are the more frequent."""
        return self.surnames[int(known(number) * drawn**2)]


def _copies(start: int, count: int, progress) -> None:
    from django.db import connection, transaction
    from django.utils import timezone

    from sources.models import Source, SourceKind
    from victims.models import Batch, Entry, Victim
    from victims.models.bulk import first_load, next_ids
    from victims.models.dictionary import Dictionary
    from victims.models.prepared import TABLES, Prepared
    from victims.models.record import Change, write
    from victims.names import indexed
    from victims.vocabulary import RevisionKind

    kind = {"kind": str(SourceKind.SYNTHETIC)}
    sources = [
        Source.objects.get_or_create(slug=f"lean-{number}", defaults={**kind, "title": f"Lean {number}"})[0].pk
        for number in range(3)
    ]
    people, lookup = Population(count), Dictionary()
    templates = Templates()
    texts = {*templates.surnames, *(text for pair in people.surnames for text in pair)}
    lookup.missing = {("s", indexed(text)) for text in texts}
    with transaction.atomic():
        lookup.learn()
    ids = {text: lookup.ids["s", indexed(text)] for text in texts}
    batch = Batch.objects.create(source_id=sources[0], file_name=f"lean {start}", started_at=timezone.now())
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA cache_size = -1000000")
    with first_load([model for model, _columns in TABLES]):
        for first in range(start, count, CHUNK):
            size = min(CHUNK, count - first)
            prepared = Prepared()
            with transaction.atomic():
                victims, entries = next_ids(Victim, size), next_ids(Entry, size)
                made = templates.copies(first, victims, entries, people, ids, sources)
                prepared.rows = made
                prepared.victims = victims
                prepared.digest.update(str(first).encode())
                write(Change(prepared=[prepared]), kind=RevisionKind.IMPORT, batch=batch)
            progress(size)


class Templates:
    """The whole records of which lean ones are made: their rows as the database has them."""

    def __init__(self):
        from victims.models import Birth, Death, Entry, NameForm, PersonName, Residence, Victim
        from victims.models.prepared import TABLES

        self.models = [Birth, Residence, Death]
        columns = dict(TABLES)
        self.name_form, self.person_name, self.victim, self.entry = NameForm, PersonName, Victim, Entry
        self.rows = {model: self._by_victim(model, columns[model]) for model in
                     (Victim, Entry, NameForm, PersonName, *self.models)}  # fmt: skip
        self.whole = sorted(
            pk for pk, (row,) in self.rows[Victim].items()
            if row[6] and row[7] and len(self.rows[NameForm].get(pk, ())) == 1 and pk in self.rows[Entry]
        )  # fmt: skip
        #: (sex, nationality) -> surnames, each as often as it is borne
        self.peoples = defaultdict(list)
        for pk in self.whole:
            row = self.rows[Victim][pk][0]
            self.peoples[row[9], row[12]].append(row[6].title())
        self.surnames = {surname for borne in self.peoples.values() for surname in borne}

    def _by_victim(self, model, columns) -> dict[int, list[tuple]]:
        from django.db import connection

        fields = {field.attname: field.column for field in model._meta.concrete_fields}
        named = ", ".join(f'"{fields[name]}"' for name in columns)
        owner, found = "id" if model is self.victim else "victim_id", defaultdict(list)
        at = list(columns).index(owner)
        with connection.cursor() as cursor:
            cursor.execute(
                f'SELECT {named} FROM "{model._meta.db_table}" WHERE {owner} IN (SELECT id FROM victims_victim '
                f"WHERE synthetic ORDER BY id LIMIT {FULL})"
            )
            for row in cursor.fetchall():
                found[row[at]].append(tuple(row))
        return found

    def copies(self, first: int, victims: list, entries: list, people: Population, ids: dict, sources) -> dict:
        """Return the rows of lean persons from number ``first`` on, by model."""
        from victims.names.sorting import sort_key

        random = Random(f"lean {first}").random
        rows = self.rows
        made = {model: [] for model in (self.victim, self.entry, self.name_form, self.person_name, *self.models)}
        for number, victim, entry in zip(range(first, first + len(victims)), victims, entries, strict=True):
            like = self.whole[int(random() * len(self.whole))]
            shown = rows[self.victim][like][0]
            if random() * 1000 < SHARE:
                surname = people.surname(number, random())[shown[9] == "female"]
            else:
                borne = self.peoples[shown[9], shown[12]]
                surname = borne[int(random() * len(borne))]
            key = sort_key(surname, shown[7], shown[8])
            made[self.victim].append(
                (victim, *shown[1:5], key, surname, *shown[7:12], None, None, *shown[14:])
            )
            said = rows[self.entry][like][0]
            text = f"{surname} {shown[7]} {shown[8] or ''}, {shown[10] or ''}"
            source = sources[int(SOURCES[number % 10])]
            made[self.entry].append(
                (entry, victim, source, f"lean-{number}", *said[4:5], None, *said[6:14], text, *said[15:])
            )
            form = rows[self.name_form][like][0]
            made[self.name_form].append((entry, victim, *form[2:7], surname, *form[8:]))
            _victim, _surname, *rest = rows[self.person_name][like][0]
            made[self.person_name].append((victim, ids[surname], *rest))
            for model in self.models:
                made[model] += [(entry, victim, *row[2:]) for row in rows[model].get(like, ())]
        return made


def known(persons: int) -> int:
    """Return how many invented surnames so many persons have: more persons, more names, but slower."""
    return int(115 * (persons + 1) ** 0.5)


@cache
def invented(count: int) -> list[tuple[str, str]]:
    """Return surnames (a man's, a woman's) that no list has, each letter drawn by the three before it."""
    from victims.synthetic.grammar import womans_surname
    from victims.synthetic.names import groups

    real = sorted({name.lower() for group in GROUPS for name in groups()[group].men if name.isalpha()})
    follows: dict[str, list[str]] = defaultdict(list)
    for name in real:
        padded = "^" * DEPTH + name + "$"
        for at in range(DEPTH, len(padded)):
            follows[padded[at - DEPTH : at]].append(padded[at])
    random, taken, made = Random(447).random, set(real), []
    while len(made) < count:
        name = "^" * DEPTH
        while not name.endswith("$"):
            letters = follows[name[-DEPTH:]]
            name += letters[int(random() * len(letters))]
        name = name[DEPTH:-1]
        if 4 <= len(name) <= 16 and name not in taken and name.endswith(ENDINGS):
            taken.add(name)
            made.append((name.capitalize(), womans_surname(name.capitalize())))
    return made
