#!/usr/bin/env python3
"""Make the pictures of the pages in docs/pages/: each at three widths, light above and dark below, on one sheet.

    .venv/bin/python docs/pictures.py [PAGE …]

The pages are those of a database of its own with the reference data and synthetic persons; Chromium draws them.
"""

import io
import json
import os
import shutil
import subprocess
import sys
import tempfile
import time
import urllib.request
from pathlib import Path

from PIL import Image
from playwright.sync_api import sync_playwright

ROOT = Path(__file__).resolve().parent.parent
PAGES = ROOT / "docs" / "pages"
PORT = 8765
PERSONS = "400"
#: Page -> its address; {…}: what ``MADE`` put into the database.
ADDRESSES = {
    "home": "/en/",
    "list": "/en/victims/?manner=shot&synthetic=false",
    "found": "/en/victims/?q=Florenskij",
    "nobody": "/victims/?q=Никто+Павлович&manner=shot",
    "errors": "/en/victims/?birth=yesterday&q=1937",
    "person": "/en/victims/00012/",
    "gone": "/en/victims/{gone}/",
    "sites": "/execution-sites/",
    "site": "/en/execution-sites/sandarmokh/",
    "operations": "/uk/operations/",
    "operation": "/en/operations/00447/",
    "bodies": "/uk/bodies/",
    "body": "/en/bodies/troika-unkvd-leningrad/",
    "sources": "/en/sources/",
    "source": "/sources/lists/",
    "statistics": "/en/statistics/",
    "statistic": "/en/statistics/sentenced/",
    "statistic-of-values": "/statistics/nationality/",
    "statistic-of-two": "/en/statistics/sentenced/kind/?year=1937",
    "browse": "/en/browse/",
    "letters": "/browse/surnames/",
    "surname": "/browse/surnames/Ка/",
    "regions": "/en/browse/regions/",
    "region": "/uk/browse/regions/karelian-assr/",
    "places": "/en/browse/places/?words=ленинград",
    "occupations": "/browse/occupations/св/",
    "days": "/uk/browse/days/",
    "day": "/en/browse/days/12-08/",
    "contribute": "/en/contribute/00012/",
    "contribution": "/en{contribution}",
    "alert": "/en/alerts/?q=Florenskij",
    "alert-link": "/uk/alerts/{leave}/leave/",
    "help": "/help/",
    "about": "/en/about/",
    "data": "/en/about/data/",
    "privacy": "/uk/privacy/",
    "missing": "/en/no-such-page/",
}
#: What some pages show: a record that was withdrawn, a contribution, an alert; printed as JSON.
MADE = """
import json
from django.utils import timezone
from victims.contributions.alerts import _leave
from victims.models import Alert, Contribution, Victim
from victims.models.record import Change, write
from victims.vocabulary import RevisionKind
gone, told = Victim.objects.filter(synthetic=True).order_by("pk")[:2]
write(Change(withdraw={gone.pk: "error"}), kind=RevisionKind.EDIT)
now, anna = timezone.now(), "anna@example.org"
one = Contribution.objects.create(victim=told, token="token", words="The gravestone says 1896.", language="en",
    said={"birth_date": "1896"}, address=anna, at=now)
alert = Alert.objects.create(address=anna, query="q=x", language="uk", site="", asked_at=now)
print(json.dumps({"gone": gone.public_id, "contribution": one.link.removeprefix("/en"),
    "leave": _leave.sign(str(alert.pk))}))
"""
#: Settings under which faults have the pages that visitors see.
AS_VISITORS_SEE_IT = {
    "MEMORIAL_MODE": "production", "SECRET_KEY": "for pictures alone " * 3, "ALLOWED_HOSTS": "127.0.0.1",
    "SECURE_SSL_REDIRECT": "0", "SECURE_HSTS_SECONDS": "0", "CACHE_URL": "dbcache://memorial_cache",
    "LOG_LEVEL": "error",
}  # fmt: skip
#: Each page is drawn at these widths, once in each theme.
WIDTHS, THEMES = (390, 768, 1280), ("light", "dark")
#: How much of a page is shown, how small, in how many colours.
HIGH, SCALE, COLOURS = 780, 0.34, (32, 24, 16, 12)
#: The longest picture, in bytes: colours are given up for it.
LONGEST = 80_000


def main() -> int:
    wanted = sys.argv[1:] or list(ADDRESSES)
    if unknown := sorted({*wanted} - {*ADDRESSES}):
        print(f"There is no page {unknown[0]}: the pages are {', '.join(ADDRESSES)}.", file=sys.stderr)
        return 2
    with tempfile.TemporaryDirectory() as place:
        os.environ |= AS_VISITORS_SEE_IT | {
            "DATABASE_URL": f"sqlite:///{place}/pictures.sqlite3", "STATIC_ROOT": f"{place}/static"
        }  # fmt: skip
        for command in (["collectstatic", "--no-input"], ["migrate", "-v0"], ["createcachetable"],
                        ["load_reference"], ["make_synthetic", PERSONS], ["count_people"]):  # fmt: skip
            manage(*command)
        made = json.loads(manage("shell", "-c", MADE).splitlines()[-1])
        server = subprocess.Popen([sys.executable, "manage.py", "runserver", "--noreload", str(PORT)], cwd=ROOT)
        try:
            wait()
            draw(wanted, made)
        finally:
            server.terminate()
            server.wait()
    return 0


def manage(*words: str) -> str:
    """Run a command and return what it wrote."""
    run = [sys.executable, "manage.py", *words]
    return subprocess.run(run, cwd=ROOT, check=True, stdout=subprocess.PIPE, text=True).stdout


def wait() -> None:
    for _moment in range(100):
        try:
            urllib.request.urlopen(f"http://127.0.0.1:{PORT}/healthz")
            return
        except OSError:
            time.sleep(0.2)
    raise SystemExit("the server does not answer")


def draw(wanted: list[str], made: dict[str, str]) -> None:
    PAGES.mkdir(exist_ok=True)
    flags = ["--no-sandbox"] if os.geteuid() == 0 else []
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=flags)
        for name in wanted:
            rows = [[shot(browser, ADDRESSES[name].format(**made), width, theme) for width in WIDTHS]
                    for theme in THEMES]  # fmt: skip
            high, wide = int(HIGH * SCALE), sum(one.width + 8 for one in rows[0]) - 8
            sheet = Image.new("RGB", (wide, len(rows) * (high + 8) - 8), "#888")
            for place, row in enumerate(rows):
                left = 0
                for one in row:
                    sheet.paste(one, (left, place * (high + 8)))
                    left += one.width + 8
            print(f"{name}: {save(sheet, PAGES / f'{name}.png'):,} bytes")
        browser.close()


def save(sheet: Image.Image, at: Path) -> int:
    """Write a picture in as many colours as its bytes allow; return the bytes."""
    for colours in COLOURS:
        sheet.quantize(colours, dither=Image.Dither.NONE).save(at, optimize=True)
        if at.stat().st_size <= LONGEST:
            break
    return at.stat().st_size


def shot(browser, address: str, width: int, theme: str) -> Image.Image:
    page = browser.new_page(viewport={"width": width, "height": HIGH}, color_scheme=theme)
    page.goto(f"http://127.0.0.1:{PORT}{address}")
    picture = Image.open(io.BytesIO(page.screenshot())).convert("RGB")
    page.close()
    return picture.resize((int(width * SCALE), int(HIGH * SCALE)), Image.Resampling.LANCZOS)


if __name__ == "__main__":
    sys.exit(main())
