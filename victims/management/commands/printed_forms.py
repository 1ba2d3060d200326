from django.core.management.base import BaseCommand

from victims.importing.meanings import RECOGNISED_KINDS, recognise_again, tally

SHOWN = 50


class Command(BaseCommand):
    help = (
        "Count how many printed forms are recognised (as a code, a known body, a region), by kind. "
        "--unrecognised KIND lists those that are not, the most frequent first; --recognise gives kept forms the "
        "meanings that the dictionaries have learnt since: what was recognised, by whomever, stays."
    )

    def add_arguments(self, parser):
        parser.add_argument("--unrecognised", choices=RECOGNISED_KINDS, metavar="KIND")
        parser.add_argument("--limit", type=int, default=SHOWN, metavar="N", help="how many to list (50)")
        parser.add_argument("--recognise", action="store_true")

    def handle(self, *, unrecognised, limit, recognise, **options):
        if recognise:
            self.stdout.write(f"{recognise_again()} forms recognised")
        if unrecognised:
            for times, text in tally(unrecognised)["waiting"][: max(limit, 0)]:
                self.stdout.write(f"{times}\t{text}")
        elif not recognise:
            self.stdout.write("kind\tforms\trecognised\tprinted\trecognised\tshare")
            for kind in RECOGNISED_KINDS:
                self.stdout.write(_line(kind, tally(kind)))


def _line(kind: str, told: dict) -> str:
    share = f"{told['printed_recognised'] / told['printed']:.1%}" if told["printed"] else "-"
    numbers = [told[name] for name in ("forms", "recognised", "printed", "printed_recognised")]
    return "\t".join([kind, *map(str, numbers), share])
