import json
import sys

from django.core.management.base import BaseCommand

from victims.management.reporting import refuse
from victims.search import QueryError, search


class Command(BaseCommand):
    help = "Find people by name; --queries FILE answers one query a line as JSON Lines."

    def add_arguments(self, parser):
        parser.add_argument("query", nargs="?", help="Surname, given name, patronymic in any order, year of birth")
        parser.add_argument("--queries", metavar="FILE", help="One query a line; - for standard input")
        parser.add_argument("--limit", type=int, default=20)

    def handle(self, *, query, queries, limit, **options):
        if (query is None) == (queries is None):
            raise refuse("give a query, or --queries FILE")
        if limit < 1:
            raise refuse("--limit: must be at least 1")
        if queries is not None:
            self.answer_all(queries, limit)
            return
        try:
            page = search(query, limit=limit)
        except QueryError as error:
            raise refuse(str(error)) from None
        for hit in page.hits:
            self.stdout.write(self.line(hit))
        if not page.hits:
            self.stdout.write("Nobody was found.")
        elif page.more or page.bounded:
            self.stdout.write("…")

    def answer_all(self, queries, limit):
        try:
            lines = sys.stdin if queries == "-" else open(queries, encoding="utf-8")  # noqa: SIM115
        except OSError as error:
            raise refuse(f"--queries {queries}: {error.strerror}") from None
        try:
            with lines:
                for line in lines:
                    self.stdout.write(json.dumps(self.answer(line.rstrip("\n"), limit), ensure_ascii=False))
        except UnicodeDecodeError as error:
            raise refuse(f"--queries {queries}: is not UTF-8 ({error.reason}): save it as UTF-8") from None

    def answer(self, asked, limit) -> dict:
        """Return the answer to one line; a query that cannot be answered says why, and has no hits."""
        try:
            hits = search(asked, limit=limit).hits
        except QueryError as refused:
            return {"q": asked, "hits": [], "error": str(refused)}
        return {"q": asked, "hits": [self.row(hit) for hit in hits]}

    @staticmethod
    def row(hit) -> dict:
        victim = hit.victim
        year = victim.birth_earliest.year if victim.birth_earliest and victim.birth_earliest.year > 1 else None
        return {
            "id": victim.public_id,
            "name": victim.name,
            "birth_year": year,
            "score": hit.score,
            "reason": str(hit.reason),
        }

    @staticmethod
    def line(hit) -> str:
        victim = hit.victim
        born = f"* {victim.birth}" if victim.birth else ""
        end = " ".join(filter(None, (victim.death, victim.manner)))
        died = f"† {end}" if end else ""
        mark = "SYNTHETIC" if victim.synthetic else ""
        told = [victim.public_id, victim.name or "(no name printed)", born, died, mark, f"({hit.reason})"]
        return "  ".join(part for part in told if part)
