#!/usr/bin/env python3
"""How much memory a whole dump of the Open List takes while it is loaded, and how fast it goes, on both engines.

    benchmarks/dump.py [--quick] [--persons N]

N pages of persons who never lived, in the form of the dump and packed with bzip2 as it comes, are read to their
end and loaded, as ``import_entries`` does. Told are the megabytes that the writer holds after a tenth, after half
and after all (they grow with the words that it remembers, up to a bound), and the most that there were.
"""

import bz2
import resource
import sys
import tempfile
import time
from pathlib import Path

from _engines import apart, on_both

QUICK, FULL = 2_000, 300_000
PAGE = (
    "<page><title>{title}</title><ns>0</ns><id>{number}</id><revision><id>1</id>"
    '<text xml:space="preserve">{{{{Шаблон:Формуляр\n{fields}}}}}\n\n[[Категория:Ленинградский мартиролог]]\n\n'
    "==Биография==\n{text}\n</text></revision></page>\n"
)


def main() -> int:
    return on_both(__file__, __doc__, measure, quick=QUICK, full=FULL)


def measure(pages: int) -> None:
    from django.core.management import call_command

    from sources.models import Source
    from victims.importing.intake import take_in
    from victims.importing.readers import File
    from victims.importing.reference import load_reference

    call_command("migrate", verbosity=0)
    load_reference()
    source = Source.objects.create(slug="dump", kind="synthetic", title="Pages of persons who never lived")
    own, done = {}, 0

    def progress(number: int) -> None:
        nonlocal done
        done += number
        if done in (pages // 10, pages // 2):
            own[done] = private()

    with tempfile.TemporaryDirectory() as scratch:
        dump = Path(scratch) / "dump.xml.bz2"
        apart(write, dump, pages)
        started = time.perf_counter()
        file = File(dump)
        assert file.count() == pages
        checked = time.perf_counter() - started
        taken = take_in(file, source, status="published", progress=progress)
        seconds = time.perf_counter() - started
    assert (taken.summary.new, taken.summary.rejected) == (pages, []), taken.summary.rejected[:3]
    own[pages] = private()
    writer = ", ".join(f"{held:.0f} after {number:,}" for number, held in own.items())
    print(
        f"{pages:>9,} pages   {pages / seconds:,.0f} a second ({checked:.0f} s of {seconds:.0f} s to check it)   "
        f"MB of the writer: {writer}; at most, with the database's file that SQLite maps: "
        f"{peak(resource.RUSAGE_SELF):.0f}; at most of a reader, with what it shares: "
        f"{peak(resource.RUSAGE_CHILDREN):.0f}"
    )


def write(dump: Path, pages: int) -> None:
    """Write pages as the dump has them, of the persons of the generator."""
    from victims import synthetic

    with bz2.open(dump, "wt", encoding="utf-8", compresslevel=1) as out:
        out.write('<mediawiki xmlns="http://www.mediawiki.org/xml/export-0.10/" version="0.10" xml:lang="ru">\n')
        for number, person in enumerate(synthetic.persons(pages, 1938), start=1):
            record = person.record
            name = " ".join(record.get(part) or "" for part in ("surname", "given_name", "patronymic"))
            fields = "".join(f"|{told}\n" for told in parameters(record))
            text = person.text.replace("&", "&amp;").replace("<", "&lt;")
            out.write(PAGE.format(title=f"{name.strip()} {number}", number=number, fields=fields, text=text))
        out.write("</mediawiki>\n")


def parameters(record: dict):
    """Yield the parameters of the template that a record fills."""
    birth, death = record.get("birth") or {}, record.get("death") or {}
    yield "пол=" + ("женщина" if record.get("sex") == "female" else "мужчина")
    for name, value in (("дата рождения", birth.get("date")), ("место рождения", birth.get("place")),
                        ("расстрел", death.get("date"))):  # fmt: skip
        if isinstance(value, str):
            yield f"{name}={value}"
    for number, arrest in enumerate(record.get("arrests") or (), start=1):
        yield f"дата ареста {number}={arrest.get('date') or ''}"
    for number, sentence in enumerate(record.get("sentences") or (), start=1):
        yield f"осудивший орган {number}={sentence.get('body') or ''}"
        yield f"осуждение {number}={sentence.get('date') or ''}"
        yield f"приговор {number}={sentence.get('verdict') or ''}"


def private() -> float:
    """Return the megabytes that this process holds now, without files that it maps."""
    told = Path("/proc/self/status").read_text().partition("RssAnon:")[2]
    return int(told.split()[0]) / 1024


def peak(who) -> float:
    """Return the most megabytes that this process took so far, or the largest of those that it ended."""
    return resource.getrusage(who).ru_maxrss / 1024


if __name__ == "__main__":
    sys.exit(main())
