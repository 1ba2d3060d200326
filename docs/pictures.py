#!/usr/bin/env python3
"""Make the pictures of the pages in docs/pages/: each page at three widths, in light and in dark, on one sheet.

    .venv/bin/python docs/pictures.py [PAGE …]

The pages are those of a database of its own with the reference data and synthetic persons; Chromium draws them.
"""

import io
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
#: Page -> its address.
ADDRESSES = {
    "home": "/en/",
    "list": "/en/victims/?manner=shot&synthetic=false",
    "found": "/en/victims/?q=Florenskij",
    "person": "/en/victims/00012/",
    "sites": "/en/execution-sites/",
    "site": "/en/execution-sites/sandarmokh/",
    "operation": "/en/operations/00447/",
    "body": "/en/bodies/troika-unkvd-leningrad/",
    "source": "/en/sources/",
    "statistic": "/en/statistics/sentenced/",
    "statistic-of-two": "/en/statistics/sentenced/kind/?year=1937",
    "browse": "/en/browse/",
    "contribute": "/en/contribute/00012/",
    "alert": "/en/alerts/?q=Florenskij",
    "help": "/en/help/",
    "data": "/en/about/data/",
    "privacy": "/en/privacy/",
    "day": "/en/browse/days/12-08/",
    "bodies": "/uk/bodies/",
}
#: (width, theme) side by side, each page in one of two ways.
VIEWS = ((390, "dark"), (768, "light"), (1280, "dark")), ((390, "light"), (768, "dark"), (1280, "light"))
#: How much of a page is shown, how small, in how many colours.
HIGH, SCALE, COLOURS = 1050, 0.4, (48, 32, 24, 16, 12)
#: The longest picture, in bytes: colours are given up for it.
LONGEST = 60_000


def main() -> int:
    wanted = sys.argv[1:] or list(ADDRESSES)
    if unknown := sorted({*wanted} - {*ADDRESSES}):
        print(f"There is no page {unknown[0]}: the pages are {', '.join(ADDRESSES)}.", file=sys.stderr)
        return 2
    with tempfile.TemporaryDirectory() as place:
        os.environ["DATABASE_URL"] = f"sqlite:///{place}/pictures.sqlite3"
        for command in (["migrate", "-v0"], ["createcachetable"], ["load_reference"], ["make_synthetic", PERSONS],
                        ["count_people"]):  # fmt: skip
            manage(*command)
        server = subprocess.Popen([sys.executable, "manage.py", "runserver", "--noreload", str(PORT)], cwd=ROOT)
        try:
            wait()
            draw(wanted)
        finally:
            server.terminate()
            server.wait()
    return 0


def manage(*words: str) -> None:
    subprocess.run([sys.executable, "manage.py", *words], cwd=ROOT, check=True, stdout=subprocess.DEVNULL)


def wait() -> None:
    for _moment in range(100):
        try:
            urllib.request.urlopen(f"http://127.0.0.1:{PORT}/healthz")
            return
        except OSError:
            time.sleep(0.2)
    raise SystemExit("the server does not answer")


def draw(wanted: list[str]) -> None:
    PAGES.mkdir(exist_ok=True)
    flags = ["--no-sandbox"] if os.geteuid() == 0 else []
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=flags)
        for name in wanted:
            views = VIEWS[list(ADDRESSES).index(name) % 2]
            shots = [shot(browser, ADDRESSES[name], *view) for view in views]
            sheet = Image.new("RGB", (sum(one.width + 8 for one in shots) - 8, int(HIGH * SCALE)), "#888")
            left = 0
            for one in shots:
                sheet.paste(one, (left, 0))
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
