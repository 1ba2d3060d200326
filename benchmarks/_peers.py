"""Other search engines over the same names, each as well set up as we know; what is not installed is None.

They get the names folded (small letters, ё as е) and, beside the Cyrillic, transliterated into plain ASCII; a
year in the query is asked as a filter (pg_trgm), as a bonus (tantivy), or left out (milli, whose Python face
takes nothing but words).
"""

import re
import shutil
import time
from importlib import metadata
from importlib.util import find_spec
from itertools import islice
from pathlib import Path

YEAR = re.compile(r"\b(1[789]\d\d)\b")
LIMIT = 20


def folded(text: str) -> str:
    return text.lower().replace("ё", "е")


def ascii_of(text: str) -> str:
    from unidecode import unidecode

    return unidecode(text).lower().replace("'", "")


def names():
    """Yield (id, folded name, year of birth) of everybody who may be found."""
    from victims.models import Victim

    columns = ("pk", "surname", "given_name", "patronymic", "birth_earliest")
    for pk, *parts, born in Victim.objects.published().values_list(*columns).iterator(chunk_size=20_000):
        yield pk, folded(" ".join(filter(None, parts))), born.year if born else 0


def divided(query: str) -> tuple[str, int | None]:
    """Return a query without its year, and the year."""
    found = YEAR.search(query)
    return YEAR.sub("", folded(query)).strip(), found and int(found[1])


class Tantivy:
    """Fuzzy terms up to two errors, the very word above them; Latin words in the transliterated field."""

    name = "tantivy, fuzzy 2"
    package = "tantivy"
    every = 1

    def __init__(self, where: Path):
        import tantivy

        self.tantivy = tantivy
        builder = tantivy.SchemaBuilder()
        builder.add_integer_field("id", stored=True)
        builder.add_integer_field("year", indexed=True)
        for field in ("cyrillic", "latin"):
            builder.add_text_field(field)
        self.schema = builder.build()
        self.made = not where.exists()
        where.mkdir(parents=True, exist_ok=True)
        self.index = tantivy.Index(self.schema, path=str(where))
        if self.made:
            writer = self.index.writer(heap_size=512_000_000)
            for pk, name, year in names():
                writer.add_document(tantivy.Document(id=pk, year=year, cyrillic=name, latin=ascii_of(name)))
            writer.commit()
            writer.wait_merging_threads()
        self.index.reload()
        self.searcher = self.index.searcher()

    def ask(self, query: str) -> list[int]:
        words, year = divided(query)
        make, should = self.tantivy.Query, self.tantivy.Occur.Should
        clauses = []
        for word in re.findall(r"\w+", words):
            cyrillic = bool(re.search("[а-я]", word))
            field, asked = ("cyrillic", word) if cyrillic else ("latin", ascii_of(word))
            clauses.append((should, make.term_query(self.schema, field, asked)))
            if len(asked) > 2:
                clauses.append((should, make.fuzzy_term_query(self.schema, field, asked, 2)))
        if year:
            kind = self.tantivy.FieldType.Integer
            clauses.append((should, make.range_query(self.schema, "year", kind, year - 2, year + 2)))
        hits = self.searcher.search(make.boolean_query(clauses), LIMIT, count=False).hits
        return [self.searcher.doc(address)["id"][0] for _score, address in hits]


class Milli:
    """The engine of Meilisearch 1.8 with its settings for typing errors as they come."""

    name = "milli (Meilisearch)"
    package = "milli"
    every = 1

    def __init__(self, where: Path):
        import milli

        ready = where / "ready"
        self.made = not ready.exists()
        if self.made:
            shutil.rmtree(where, ignore_errors=True)
            where.mkdir(parents=True)
        self.index = milli.Index(str(where), 60 << 30)
        if self.made:
            rows = []
            for pk, name, _year in names():
                rows.append({"id": pk, "cyrillic": name, "latin": ascii_of(name)})
                if len(rows) == 500_000:
                    self.index.add_documents(rows)
                    rows = []
            if rows:
                self.index.add_documents(rows)
            ready.touch()

    def ask(self, query: str) -> list[int]:
        words, _year = divided(query)
        return [int(told["id"]) for told in self.index.get_documents(self.index.search(words)[:LIMIT])]


class Trigrams:
    """PostgreSQL's pg_trgm with a GIN index: word similarity of the transliterated name."""

    name = "pg_trgm, GIN"
    package = ""
    every = 6

    def __init__(self, where: Path):
        from django.db import connection, transaction

        from victims.models.bulk import as_csv

        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("CREATE EXTENSION IF NOT EXISTS pg_trgm")
            cursor.execute("SELECT to_regclass('peer_names')")
            self.made = cursor.fetchone()[0] is None
            if self.made:
                cursor.execute("CREATE TABLE peer_names (id bigint, name text, year int)")
                everybody = ((pk, ascii_of(name), year) for pk, name, year in names())
                while rows := list(islice(everybody, 20_000)):  # not within COPY: nothing else is read meanwhile
                    with cursor.copy("COPY peer_names FROM STDIN (FORMAT csv)") as copy:
                        copy.write(as_csv(rows))
                cursor.execute("SET maintenance_work_mem = '512MB'")
                cursor.execute("CREATE INDEX peer_names_trgm ON peer_names USING gin (name gin_trgm_ops)")
                cursor.execute("ANALYZE peer_names")

    def ask(self, query: str) -> list[int]:
        from django.db import connection

        words, year = divided(query)
        words = ascii_of(words)
        born, asked = (" AND year BETWEEN %s AND %s", [year - 2, year + 2]) if year else ("", [])
        with connection.cursor() as cursor:
            cursor.execute(
                f"SELECT id FROM peer_names WHERE %s <%% name{born} "
                "ORDER BY word_similarity(%s, name) DESC LIMIT 20",
                [words, *asked, words],
            )
            return [row[0] for row in cursor.fetchall()]


def peers(vendor: str, keep: Path, persons: int) -> list:
    """Return the peers that are there, with their indexes made; say of the others why they are left out."""
    found = []
    for kind in (Tantivy, Milli, Trigrams):
        if kind is Trigrams and vendor != "postgresql":
            continue
        needed = ["unidecode"] + ([kind.package] if kind.package else [])
        if missing := [package for package in needed if not find_spec(package)]:
            print(f"SKIPPED: {kind.name}: {', '.join(missing)} is not installed (requirements-bench.txt)")
            continue
        started = time.perf_counter()
        try:
            peer = kind(keep / f"{kind.package}-{persons}")
        except Exception as error:  # whatever it lacks, the others are measured
            print(f"SKIPPED: {kind.name}: {error!r}"[:300])
            continue
        version = metadata.version(kind.package) if kind.package else "of this PostgreSQL"
        made = f"index made in {time.perf_counter() - started:.0f} s" if peer.made else "index kept"
        print(f"peer: {kind.name} {version}, {made}", flush=True)
        found.append(peer)
    return found
