"""What benchmarks share: the same measurement in a process of its own on SQLite and on PostgreSQL."""

import argparse
import os
import subprocess
import sys
import tempfile
from collections.abc import Callable
from multiprocessing import get_context
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
#: As people are served. In development Django keeps the text of every question, a fifth of the time of a search.
SERVED = {
    "MEMORIAL_MODE": "production", "SECRET_KEY": "benchmark" * 8, "ALLOWED_HOSTS": "127.0.0.1,localhost",
    "SECURE_SSL_REDIRECT": "0", "API_RATE": "1000000/min", "LOG_LEVEL": "ERROR",
}  # fmt: skip


def on_both(script: str, about: str, measure: Callable[[int], None], *, quick: int, full: int) -> int:
    """Read the options, and measure with so many persons on each engine that is there; return the exit code."""
    arguments = argparse.ArgumentParser(description=about, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("--quick", action="store_true")
    arguments.add_argument("--persons", type=int, default=0)
    arguments.add_argument("--here", action="store_true", help=argparse.SUPPRESS)
    options = arguments.parse_args()
    persons = options.persons or (quick if options.quick else full)
    if options.here:
        django_ready()
        measure(persons)
        return 0
    with tempfile.TemporaryDirectory() as scratch:
        engines = [("SQLite", [], {"DATABASE_URL": f"sqlite:///{scratch}/bench.sqlite3"})]
        if any(Path("/usr/lib/postgresql").glob("*/bin/initdb")):
            engines.append(("PostgreSQL", [str(ROOT / "tests" / "postgres.sh")], {}))
        else:
            print("SKIPPED: PostgreSQL is not installed")
        for name, prefix, own in engines:
            print(f"-- {name}, {persons:,} synthetic persons", flush=True)
            command = [*prefix, sys.executable, script, "--here", "--persons", str(persons)]
            subprocess.run(command, env=os.environ | own, check=True, cwd=ROOT)
    return 0


def apart(work: Callable, *arguments) -> None:
    """Do work in a process of its own: what it needs of memory is not what is measured."""
    process = get_context("fork").Process(target=work, args=arguments)
    process.start()
    process.join()
    if process.exitcode:
        raise SystemExit(f"{work.__name__} failed")


def django_ready() -> None:
    sys.path.insert(0, str(ROOT))
    os.environ.update(SERVED)
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "memorial.settings")
    import django

    django.setup()
