"""What the tests share: the database on either engine, real entries of memorial books, a browser."""

import os
import shutil
import tempfile
import time
from pathlib import Path

import pytest
from django.conf import settings
from django.utils import translation

SHARED_DATA = Path(settings.BASE_DIR).parent / "shared" / "data"
CHROMIUM_FLAGS = [
    "--disable-gpu",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


def pytest_configure(config):
    config.addinivalue_line("markers", "looks: judges how pages are drawn, which no engine has a part in")
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]


def pytest_collection_modifyitems(config, items):
    """With ONLY_DATABASE set, leave out what ran on the other engine and asks this one nothing else.

    That is tests that touch no database, and those that judge how pages are drawn.
    """
    if os.environ.get("ONLY_DATABASE"):
        needed = {"db", "transactional_db", "live_server"}
        kept = [
            item
            for item in items
            if (item.get_closest_marker("django_db") or needed & set(item.fixturenames))
            and not item.get_closest_marker("looks")
        ]
        config.hook.pytest_deselected(items=[item for item in items if item not in set(kept)])
        # From the last file, to which the other engine may not have come (TESTS_END_BY). A file keeps its order,
        # as what its tests share is made when first used; what empties all tables stays behind the rest.
        files = {path: number for number, path in enumerate(dict.fromkeys(item.path for item in kept))}
        items[:] = sorted(kept, key=lambda item: (_empties_tables(item), -files[item.path]))


def _empties_tables(item) -> bool:
    marker = item.get_closest_marker("django_db")
    asked = bool(marker and marker.kwargs.get("transaction"))
    return asked or bool({"transactional_db", "live_server"} & set(item.fixturenames))


@pytest.hookimpl(tryfirst=True)
def pytest_runtest_setup(item):
    """With TESTS_END_BY set (seconds since 1970), leave out what would begin later, and say so."""
    if float(os.environ.get("TESTS_END_BY") or "inf") < time.time():
        pytest.skip("this machine is too slow to come to all tests within the time that it has")


@pytest.fixture(autouse=True)
def own_language():
    """Begin each test in the language of the settings: a page asked for before leaves its own behind."""
    translation.deactivate()


@pytest.fixture(scope="session")
def django_db_modify_db_settings(django_db_modify_db_settings_parallel_suffix, tmp_path_factory):
    """SQLite is tested in a file, as it is run: an in-memory one would be shared between threads."""
    database = settings.DATABASES["default"]
    if database["ENGINE"].endswith("sqlite3"):
        database.setdefault("TEST", {})["NAME"] = str(tmp_path_factory.mktemp("database") / "test.sqlite3")


@pytest.fixture(scope="session")
def shared_data():
    """The directory of real entries; they are not ours to publish, so they lie beside the repository."""
    if not SHARED_DATA.is_dir():
        pytest.skip("../shared/data is absent: real entries of memorial books are not in the repository")
    return SHARED_DATA


@pytest.fixture(scope="session")
def browser():
    """Debian's Chromium, driven by Playwright. Use `page`, which gives each test a clean one."""
    chromium = shutil.which("chromium")
    if not chromium:
        pytest.skip("chromium is absent: apt-get install chromium fonts-dejavu-core")
    # Playwright's loop runs in this thread, where Django then suspects every query of being asynchronous.
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
    from playwright.sync_api import sync_playwright

    flags = CHROMIUM_FLAGS + (["--no-sandbox"] if os.geteuid() == 0 else [])
    with tempfile.TemporaryDirectory() as home, sync_playwright() as playwright:
        running = playwright.chromium.launch(
            executable_path=chromium, headless=True, args=flags, env=os.environ | {"HOME": home}
        )
        yield running
        running.close()


@pytest.fixture
def page(browser, live_server):
    """A page of the running site: page.goto("/"). Errors and requests to another host fail the test."""
    context = browser.new_context(base_url=live_server.url, reduced_motion="reduce")
    complaints = []
    page = context.new_page()
    page.on("pageerror", lambda error: complaints.append(f"script: {error}"))
    page.on("console", lambda message: message.type == "error" and complaints.append(message.text))
    page.on(
        "request",
        lambda request: request.url.startswith((live_server.url, "data:", "blob:"))
        or complaints.append(f"another host: {request.url}"),
    )
    page.complaints = complaints
    yield page
    context.close()
    assert not complaints
