"""How the site starts, seen from outside: a process, its environment, what it prints."""

import json
import os
import signal
import subprocess
import sys

import pytest
from django.conf import settings

PRODUCTION = {
    "MEMORIAL_MODE": "production",
    "SECRET_KEY": "0123456789-abcdefghijklmnopqrstuvwxyz-ABCDEFGHIJKLMNOPQRSTUVWXYZ",
    "ALLOWED_HOSTS": "memorial.example.org, www.memorial.example.org",
    "DATABASE_URL": "postgres://reader:pa%40ss@db.example.org:5433/memorial?sslmode=require",
}


def manage(*arguments, **environment):
    """Run manage.py with this environment and nothing else of ours."""
    return subprocess.run(
        [sys.executable, "manage.py", *arguments],
        cwd=settings.BASE_DIR,
        env={"PATH": os.environ["PATH"], "PYTHONDONTWRITEBYTECODE": "1", **environment},
        capture_output=True,
        text=True,
        timeout=120,
    )


def evaluate(code, **environment):
    """What a program prints as JSON inside the configured site."""
    done = manage("shell", "--no-imports", "-c", f"import json\n{code}", **environment)
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


def test_it_runs_with_no_environment_at_all():
    done = manage("check")
    assert done.returncode == 0, done.stderr


def test_without_a_database_url_the_records_are_in_a_sqlite_file_of_the_project():
    database = evaluate(
        "from django.conf import settings; print(json.dumps(settings.DATABASES['default'], default=str))"
    )
    assert database["ENGINE"] == "django.db.backends.sqlite3"
    assert database["NAME"] == str(settings.BASE_DIR / "memorial.sqlite3")


def test_production_without_its_secrets_refuses_and_names_each_with_a_way_to_make_it():
    done = manage("check", MEMORIAL_MODE="production", SECRET_KEY=" ")
    assert done.returncode == 2
    for name in ("SECRET_KEY", "ALLOWED_HOSTS", "DATABASE_URL"):
        assert f"{name} is missing" in done.stderr
    assert "secrets.token_urlsafe" in done.stderr
    assert "Traceback" not in done.stderr


def test_a_refusal_names_only_what_is_missing():
    done = manage("check", **PRODUCTION | {"ALLOWED_HOSTS": ""})
    assert done.returncode == 2
    assert "ALLOWED_HOSTS is missing" in done.stderr
    assert "SECRET_KEY" not in done.stderr


def test_a_secret_may_begin_with_any_character():
    environment = PRODUCTION | {"SECRET_KEY": "$" + PRODUCTION["SECRET_KEY"]}
    key = evaluate("from django.conf import settings; print(json.dumps(settings.SECRET_KEY))", **environment)
    assert key == environment["SECRET_KEY"]


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("MEMORIAL_MODE", "prod"),
        ("LOG_FORMAT", "xml"),
        ("LOG_LEVEL", "loud"),
        ("DATABASE_URL", "mysql://host/memorial"),
        ("CONN_MAX_AGE", "an hour"),
        ("SECURE_SSL_REDIRECT", "perhaps"),
        ("EMAIL_URL", "pigeon://post"),
    ],
)
def test_a_value_that_cannot_be_right_is_refused_by_name(name, value):
    done = manage("check", **{name: value})
    assert done.returncode == 2
    assert name in done.stderr
    assert "Traceback" not in done.stderr


@pytest.mark.parametrize("url", [PRODUCTION["DATABASE_URL"], "sqlite:////nowhere/memorial.sqlite3"])
def test_production_passes_the_deployment_check(url):
    environment = PRODUCTION | {"DATABASE_URL": url}
    done = manage("check", "--deploy", "--fail-level", "WARNING", **environment)
    assert done.returncode == 0, done.stderr
    assert "no issues (0 silenced)" in done.stdout


def test_a_database_url_names_every_part_of_a_postgresql_connection():
    database = evaluate(
        "from django.conf import settings; print(json.dumps(settings.DATABASES['default']))", **PRODUCTION
    )
    assert database["ENGINE"] == "django.db.backends.postgresql"
    assert (database["HOST"], database["PORT"], database["NAME"]) == ("db.example.org", 5433, "memorial")
    assert (database["USER"], database["PASSWORD"]) == ("reader", "pa@ss")
    assert database["OPTIONS"]["sslmode"] == "require"


def test_postgresql_is_told_of_its_disks_unless_the_address_tells_it():
    code = "from django.conf import settings; print(json.dumps(settings.DATABASES['default']['OPTIONS']))"
    assert evaluate(code, **PRODUCTION)["options"] == "-c random_page_cost=1.1 -c jit=off"
    own = PRODUCTION["DATABASE_URL"] + "&options=-c%20random_page_cost%3D4"
    assert evaluate(code, **PRODUCTION | {"DATABASE_URL": own})["options"] == "-c random_page_cost=4"


def test_sqlite_writes_ahead_waits_its_turn_and_keeps_references_whole(tmp_path):
    code = """
from django.db import connection
pragma = lambda name: connection.cursor().execute(f"PRAGMA {name}").fetchone()[0]
print(json.dumps({name: pragma(name) for name in
                  ("journal_mode", "synchronous", "busy_timeout", "foreign_keys", "mmap_size")}))
"""
    answers = evaluate(code, DATABASE_URL=f"sqlite:///{tmp_path}/memorial.sqlite3")
    assert answers == {
        "journal_mode": "wal",
        "synchronous": 1,
        "busy_timeout": 30000,
        "foreign_keys": 1,
        "mmap_size": 2147418112,
    }


def test_a_sqlite_transaction_holds_the_pen_from_its_beginning(tmp_path):
    code = """
import sqlite3
from django.db import connection, transaction
other = sqlite3.connect(connection.settings_dict["NAME"], timeout=0)
with transaction.atomic():
    try:
        other.execute("BEGIN IMMEDIATE")
        print(json.dumps("another writer began"))
    except sqlite3.OperationalError as error:
        print(json.dumps(str(error)))
"""
    answer = evaluate(code, DATABASE_URL=f"sqlite:///{tmp_path}/memorial.sqlite3")
    assert answer == "database is locked"


def test_production_serves_its_styles_under_names_that_change_with_their_content(tmp_path):
    environment = PRODUCTION | {
        "DATABASE_URL": f"sqlite:///{tmp_path}/memorial.sqlite3",
        "STATIC_ROOT": str(tmp_path / "static"),
    }
    done = manage("collectstatic", "--no-input", **environment)
    assert done.returncode == 0, done.stderr
    code = """
from django.templatetags.static import static
from django.test import Client
client = Client(headers={"host": "memorial.example.org"})
path = static("memorial.css")
answer = client.get(path, secure=True)
print(json.dumps([path, answer.status_code, answer.headers["Cache-Control"], client.get("/").status_code]))
"""
    path, status, caching, without_tls = evaluate(code, **environment)
    assert path.startswith("/static/memorial.") and path != "/static/memorial.css"
    assert status == 200
    assert "immutable" in caching
    assert without_tls == 301


def test_logs_of_production_are_json():
    code = """
import logging, sys
log = logging.getLogger("memorial.test")
log.info("loaded %s entries", 3, extra={"batch": 7})
try:
    1 / 0
except ZeroDivisionError:
    log.exception("could not load")
print("{}")
"""
    done = manage("shell", "--no-imports", "-c", code, **PRODUCTION)
    assert done.returncode == 0, done.stderr
    first, second = map(json.loads, done.stderr.splitlines())
    assert first.pop("time").endswith("+00:00")
    assert first == {"level": "INFO", "logger": "memorial.test", "message": "loaded 3 entries", "batch": 7}
    assert second["level"] == "ERROR"
    assert "ZeroDivisionError" in second["exception"]


def test_development_logs_are_text_and_may_be_asked_for_as_json():
    code = "import logging; logging.getLogger('memorial').warning('a book is missing')"
    plain = manage("shell", "--no-imports", "-c", code).stderr
    assert plain.rstrip().endswith("WARNING memorial: a book is missing")
    assert json.loads(manage("shell", "--no-imports", "-c", code, LOG_FORMAT="json").stderr)


@pytest.mark.parametrize(
    ("database", "remedy"),
    [
        ("sqlite:///{}/empty.sqlite3", "run manage.py migrate"),
        ("sqlite:///{}/none/there.sqlite3", "look at DATABASE_URL"),
        ("postgres://nobody:x@127.0.0.1:1/nothing", "look at DATABASE_URL"),
    ],
)
def test_a_database_that_cannot_answer_is_told_in_words_with_the_remedy(tmp_path, database, remedy):
    done = manage("show_batch", DATABASE_URL=database.format(tmp_path))
    assert done.returncode == 1
    assert remedy in done.stderr
    assert "Traceback" not in done.stderr


def test_a_full_disk_is_told_in_words_and_where_it_happened_only_to_who_asks(tmp_path):
    code = """
from django.db import connection
cursor = connection.cursor()
cursor.execute("PRAGMA max_page_count = 2")
cursor.execute("CREATE TABLE large AS SELECT zeroblob(99999)")
"""
    at = {"DATABASE_URL": f"sqlite:///{tmp_path}/memorial.sqlite3"}
    told, traced = (manage("shell", "--no-imports", *more, "-c", code, **at) for more in ((), ("--traceback",)))
    assert (told.returncode, traced.returncode) == (1, 1)
    assert "make room on the disk" in told.stderr
    assert ("Traceback" in told.stderr, "Traceback" in traced.stderr) == (False, True)


def test_a_command_that_is_stopped_says_so_in_a_line():
    code = "import time; print('begun', flush=True); time.sleep(60)"
    process = subprocess.Popen(
        [sys.executable, "manage.py", "shell", "--no-imports", "-c", code],
        cwd=settings.BASE_DIR,
        env={"PATH": os.environ["PATH"], "PYTHONDONTWRITEBYTECODE": "1"},
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.default_int_handler),  # a runner may ignore it
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    assert process.stdout.readline() == "begun\n"
    process.send_signal(signal.SIGINT)
    _out, err = process.communicate(timeout=60)
    assert (process.returncode, err.startswith("Stopped."), "Traceback" in err) == (130, True, False)
