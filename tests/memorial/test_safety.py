"""What keeps the site safe in production: headers, cookies, limits, a real server with real files."""

import http.client
import json
import re
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path

import pytest
from django.conf import settings
from django.contrib.staticfiles import finders
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from tests.memorial.signing import sign_in
from tests.memorial.test_settings import PRODUCTION, evaluate, manage

HOST = "memorial.example.org"
ROOT = Path(settings.BASE_DIR)


# --- headers ---


@pytest.mark.parametrize(
    "path", ["/healthz", "/", "/no-such-page/", "/accounts/login/", "/admin/", "/api/v1/none"]
)
def test_every_answer_says_what_it_may_run_and_ask_for(client, db, path):
    headers = client.get(path).headers
    assert headers["Content-Security-Policy"] == settings.CONTENT_SECURITY_POLICY
    assert "camera=()" in headers["Permissions-Policy"] and "geolocation=()" in headers["Permissions-Policy"]
    assert headers["Cross-Origin-Opener-Policy"] == "same-origin"
    assert headers["Referrer-Policy"] == "same-origin"
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["X-Frame-Options"] == "DENY" or path == "/healthz"


def test_the_policy_lets_nothing_inline_run():
    policy = settings.CONTENT_SECURITY_POLICY
    assert "default-src 'none'" in policy and "script-src 'self'" in policy and "style-src 'self'" in policy
    assert "unsafe" not in policy and "*" not in policy


def test_cookies_and_transport_of_production_are_safe():
    names = ["SESSION_COOKIE_SECURE", "CSRF_COOKIE_SECURE", "SESSION_COOKIE_HTTPONLY", "SECURE_SSL_REDIRECT"]
    names += ["SECURE_HSTS_INCLUDE_SUBDOMAINS", "SECURE_HSTS_SECONDS", "SESSION_COOKIE_SAMESITE", "DEBUG"]
    code = f"from django.conf import settings; print(json.dumps([getattr(settings, name) for name in {names}]))"
    assert evaluate(code, **PRODUCTION) == [True, True, True, True, True, 31536000, "Lax", False]


@pytest.mark.parametrize(
    "more",
    [{"REQUIRE_SECOND_FACTOR": "1"}, {"TRUST_PROXY_HEADERS": "1"}, {"CACHE_URL": "rediscache://cache:6379/0"}],
)
def test_production_passes_the_deployment_check_in_every_form(more):
    done = manage("check", "--deploy", "--fail-level", "WARNING", **PRODUCTION, **more)
    assert done.returncode == 0, done.stderr
    assert "no issues (0 silenced)" in done.stdout


# --- limits ---


@pytest.mark.parametrize("path", ["/", "/api/v1/", "/accounts/login/", "/no-such-page/"])
def test_a_body_too_large_is_refused_before_it_is_read(client, db, path):
    answer = client.post(path, b"x" * (settings.DATA_UPLOAD_MAX_MEMORY_SIZE + 1), content_type="application/json")
    assert answer.status_code == 413
    assert answer.headers["Content-Security-Policy"]
    kind = "application/problem+json" if path.startswith("/api/") else "text/plain"
    assert answer.headers["Content-Type"] == kind


def test_a_form_with_too_many_fields_or_too_much_text_is_refused_in_words(tries):
    client = Client(raise_request_exception=False)
    many = {f"field{number}": "" for number in range(settings.DATA_UPLOAD_MAX_NUMBER_FIELDS + 1)}
    long = {"login": "x" * (settings.DATA_UPLOAD_MAX_MEMORY_SIZE + 1)}
    for form in (many, long):  # as multipart, which Django itself counts
        answer = client.post("/accounts/login/", form)
        assert answer.status_code == 400
        assert "Traceback" not in answer.content.decode()


def test_of_a_file_too_large_no_more_is_kept_than_tells_that_it_is(rf, settings):
    settings.LARGEST_FILE = 100_000
    sent = {name: SimpleUploadedFile("book.txt", b"x" * size) for name, size in (("a", 100_000), ("b", 5_000_000))}
    kept = rf.post("/", sent).FILES
    assert kept["a"].size == 100_000
    assert 100_000 < kept["b"].size < 300_000
    assert kept["b"].size == len(kept["b"].read())


# --- error pages ---


def test_an_error_of_ours_leaks_nothing(client, editor, monkeypatch):
    def fail(*arguments, **more):
        raise RuntimeError("secret of the machine")

    monkeypatch.setattr("memorial.account_pages.role_given", fail)
    client.raise_request_exception = False
    client.force_login(editor)
    answer = client.get("/accounts/")
    assert answer.status_code == 500
    page = answer.content.decode()
    assert "secret" not in page and "Traceback" not in page and "RuntimeError" not in page
    assert answer.headers["Content-Security-Policy"]


def test_an_unknown_host_is_refused_without_telling_which_are_known(client, db):
    answer = client.get("/", headers={"host": "evil.example.org"})
    assert answer.status_code == 400
    assert "evil" not in answer.content.decode() and "localhost" not in answer.content.decode()


def test_a_forbidden_page_tells_what_to_do(client, nobody):
    sign_in(client, nobody)
    answer = client.get("/en/admin/login/")
    assert answer.status_code == 403
    assert "Ask an administrator" in answer.content.decode()


# --- production, really ---


@pytest.fixture(scope="module")
def production(tmp_path_factory):
    """The environment of a production site with tables and collected files, over SQLite."""
    place = tmp_path_factory.mktemp("production")
    environment = PRODUCTION | {
        "DATABASE_URL": f"sqlite:///{place}/memorial.sqlite3",
        "STATIC_ROOT": str(place / "static"),
        "TRUST_PROXY_HEADERS": "1",
        "ALLOWED_HOSTS": HOST,
    }
    for command in (["migrate", "--verbosity=0"], ["createcachetable"], ["collectstatic", "--no-input"]):
        done = manage(*command, **environment)
        assert done.returncode == 0, done.stderr
    return environment


@pytest.fixture(scope="module")
def granian(production):
    """The address of the production server; stopped at the end."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    program = Path(sys.executable).with_name("granian")
    server = subprocess.Popen(
        [program, "--interface", "wsgi", "--host", "127.0.0.1", "--port", str(port), "memorial.wsgi:application"],
        cwd=ROOT,
        env={"PATH": "/usr/bin:/bin", "PYTHONDONTWRITEBYTECODE": "1", **production},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
    )
    try:
        for _ in range(150):
            with socket.socket() as probe:
                if probe.connect_ex(("127.0.0.1", port)) == 0:
                    break
            assert server.poll() is None, server.stdout.read().decode()
            time.sleep(0.1)
        yield port
    finally:
        server.send_signal(signal.SIGTERM)
        server.communicate(timeout=20)


def ask(port, path, method="GET", body=None, **headers):
    """Ask as the proxy in front of the server does."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=20)
    sent = {"Host": HOST, "X-Forwarded-Proto": "https", "X-Forwarded-For": "198.51.100.7", **headers}
    connection.request(method, path, body, sent)
    answer = connection.getresponse()
    answer.text = answer.read().decode(errors="replace")
    connection.close()
    return answer


def test_the_production_server_answers(granian):
    health = ask(granian, "/healthz", **{"X-Forwarded-Proto": "http"})
    assert (health.status, json.loads(health.text)) == (200, {"status": "ok", "database": "ok"})
    page = ask(granian, "/accounts/login/")
    assert page.status == 200
    assert "includeSubDomains" in page.headers["Strict-Transport-Security"]
    cookie = page.headers["Set-Cookie"]
    assert "csrftoken" in cookie and "Secure" in cookie
    style = re.search(r'href="(/static/memorial\.[0-9a-f]+\.css)"', page.text)[1]
    served = ask(granian, style)
    assert served.status == 200
    assert "immutable" in served.headers["Cache-Control"]
    plain = ask(granian, "/accounts/login/", **{"X-Forwarded-Proto": "http"})
    assert (plain.status, plain.headers["Location"]) == (301, f"https://{HOST}/accounts/login/")


def test_the_production_server_counts_attempts_and_says_nothing_of_itself(granian):
    form = ask(granian, "/en/accounts/login/")
    token = re.search(r'name="csrfmiddlewaretoken" value="(\w+)"', form.text)[1]
    headers = {
        "Cookie": form.headers["Set-Cookie"].partition(";")[0],
        "Content-Type": "application/x-www-form-urlencoded",
        "Referer": f"https://{HOST}/en/accounts/login/",
    }
    body = f"csrfmiddlewaretoken={token}&login=somebody&password=wrong"
    answers = [ask(granian, "/en/accounts/login/", "POST", body, **headers) for _ in range(6)]
    assert ["Too many failed" in answer.text for answer in answers] == [False] * 5 + [True]
    missing = ask(granian, "/no-such-page/")
    assert missing.status == 404
    assert "urlpatterns" not in missing.text and "DEBUG" not in missing.text
    assert ask(granian, "/", Host="evil.example.org").status == 400
    assert ask(granian, "/", "POST", "x", **{"Content-Length": str(6 * 1024 * 1024)}).status == 413


def test_every_file_that_pages_name_is_collected_and_so_is_what_those_name(production):
    collected = Path(production["STATIC_ROOT"])
    names = json.loads((collected / "staticfiles.json").read_text())["paths"]
    for name in ("admin/css/base.css", "drf_spectacular_sidecar/swagger-ui-dist/swagger-ui-bundle.js"):
        assert name in names
    wanted = set()
    for path in [*ROOT.glob("memorial/templates/**/*.html"), *ROOT.glob("victims/templates/**/*.html")]:
        wanted |= set(re.findall(r"{% static '([^']+)' %}|{% static \"([^\"]+)\" %}", path.read_text("utf-8")))
    assert {one or other for one, other in wanted} <= names.keys()
    for hashed in names.values():
        assert (collected / hashed).is_file(), hashed
    for style in collected.rglob("*.css"):
        for target in re.findall(
            r"url\(['\"]?(?!data:|#|https?:)([^'\")?#]+)", style.read_text("utf-8", "replace")
        ):
            assert (style.parent / target).exists() or finders.find(target), (style, target)
