import json
import sys

from django.core.management.base import BaseCommand
from django.utils.translation import override

from victims.management.reporting import refuse
from victims.search import LEVELS, ROLES, SOUNDS, QueryError, search

KNOWN = ", ".join(LEVELS)


class Command(BaseCommand):
    help = "Find people by name; --queries FILE answers one query a line as JSON Lines."

    def add_arguments(self, parser):
        parser.add_argument(
            "query",
            nargs="?",
            help="Surname, given name, patronymic in any order, year of birth or age; * and ? stand for letters, "
            'what is in "…" is meant as it is',
        )
        parser.add_argument("--queries", metavar="FILE", help="One query a line; - for standard input")
        parser.add_argument("--limit", type=int, default=20)
        parser.add_argument("--match", metavar="LEVEL", default=SOUNDS, help=f"How near the name must be: {KNOWN}")
        for name in ROLES:
            option = name.replace("_", "-")
            parser.add_argument(f"--{option}", metavar="TEXT", help="This part of the name")
            parser.add_argument(f"--match-{option}", metavar="LEVEL", help="How near this part must be")

    @override("en")
    def handle(self, *, query, queries, limit, match, **options):
        parts = {name: options[name] for name in ROLES if options[name]}
        if (query is not None) + (queries is not None) + bool(parts) != 1:
            raise refuse("give a query, or --queries FILE, or parts of a name (--surname …)")
        if limit < 1:
            raise refuse("--limit: must be at least 1")
        levels = {name: options[f"match_{name}"] for name in ROLES if options[f"match_{name}"]}
        for name, level in {"match": match, **{f"match-{name}": level for name, level in levels.items()}}.items():
            if level not in list(LEVELS):
                raise refuse(f"--{name.replace('_', '-')} {level}: choose one of {KNOWN}")
        self.how = {"limit": limit, "match": match, "levels": levels, "parts": parts}
        if queries is not None:
            self.answer_all(queries)
        else:
            self.answer_one(query or "")

    def answer_one(self, query):
        try:
            page = search(query, **self.how)
        except QueryError as error:
            raise refuse(str(error)) from None
        for hit in page.hits:
            self.stdout.write(self.line(hit))
        if not page.hits:
            self.stdout.write("Nobody was found.")
        elif page.more or page.bounded:
            self.stdout.write("…")

    def answer_all(self, queries):
        try:
            lines = sys.stdin if queries == "-" else open(queries, encoding="utf-8")  # noqa: SIM115
        except OSError as error:
            raise refuse(f"--queries {queries}: {error.strerror}") from None
        try:
            with lines:
                for line in lines:
                    self.stdout.write(json.dumps(self.answer(line.rstrip("\n")), ensure_ascii=False))
        except UnicodeDecodeError as error:
            raise refuse(f"--queries {queries}: is not UTF-8 ({error.reason}): save it as UTF-8") from None

    def answer(self, asked) -> dict:
        """Return the answer to one line; a query that cannot be answered says why, and has no hits."""
        try:
            hits = search(asked, **self.how).hits
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
