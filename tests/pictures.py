"""Draws the pictures of the README and the guides from the real thing: ``make pictures``."""

from __future__ import annotations

import io
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

from PIL import Image, ImageOps
from playwright.sync_api import Page, ViewportSize

from generator.library import load_library
from generator.pipeline import Order, build, packet
from tests.browser import chromium, until
from tests.cups import own_cups
from tests.desk import OpenDesk, open_desk
from tests.pages import pictures
from tests.signing import sign

REPO = Path(__file__).resolve().parents[1]
PLACE = REPO / "docs" / "pictures"
NOW = datetime(2026, 11, 23, tzinfo=UTC)
SCALE = 80 / 72
GAP = 24
SCREEN: ViewportSize = {"width": 1024, "height": 768}
SHOWN = """[...document.images].every((image) => image.complete && image.naturalWidth
  || image.getBoundingClientRect().top > innerHeight || !image.offsetParent)"""
SETTLED = 2500
"""Milliseconds until a page of the desk has fetched all that it shows."""


def main() -> None:
    """Draw every picture anew."""
    PLACE.mkdir(exist_ok=True)
    _pages()
    with signed_desk() as desk, chromium() as browser:
        page = browser.new_page(viewport=SCREEN, base_url=desk.base)
        page.goto(f"/enter?key={desk.key}")
        _nurse(page)
        _editor(page)
        _clinic(page)


def _pages() -> None:
    """A handout's first page and a plan's first page, side by side."""
    library = load_library(REPO)
    with tempfile.TemporaryDirectory() as folder:
        order = Order(Path(folder), NOW)
        handout = next(iter(build(library, [("hip-replacement", "en")], order))).path
        plan = REPO / "content" / "examples" / "plan.yaml"
        own = packet(library, plan, order, allow_unreviewed=True).path
        pages = [pictures(file, SCALE)[0] for file in (handout, own)]
    framed = [ImageOps.expand(page, 1, "#999999") for page in pages]
    width = sum(page.width for page in framed) + GAP * 3
    sheet = Image.new("RGB", (width, framed[0].height + GAP * 2), "#dddddd")
    left = GAP
    for page in framed:
        sheet.paste(page, (left, GAP))
        left += page.width + GAP
    _kept(sheet, REPO / "docs" / "pages.png")


@contextmanager
def signed_desk() -> Iterator[OpenDesk]:
    """A desk on a copy of the library in which one invented clinician has signed one handout."""
    with tempfile.TemporaryDirectory(prefix="pictures-") as name, own_cups() as cups:
        library = Path(name) / "library"
        for owner in ("content", "handouts", "templates"):
            shutil.copytree(REPO / owner, library / owner)
        sign(library, "hip-replacement", on="2027-02-01")
        places = {"CUPS_SERVER": str(cups / "cups.sock"), "HANDOUTS_REGISTER": f"{name}/register"}
        editor = ("--editor", "editor:{file}:{line}")
        with open_desk(library, Path(name) / "desk", *editor, **places) as desk:
            yield desk


def _nurse(page: Page) -> None:
    page.keyboard.type("hip")
    _shot(page, "pick")
    page.goto("/plan/hip-replacement")
    fill(page)
    page.locator("h1").click()
    page.evaluate("scrollTo(0, 0)")
    _shot(page, "plan")
    page.get_by_role("button", name="Check and confirm").click()
    _shot(page, "confirm")


def fill(page: Page) -> None:
    """The plan's form with the invented patient."""
    typed = {
        "patient.record_id": "EX-000123",
        "patient.given_name": "Testa",
        "patient.family_name": "Exampleperson",
        "patient.birth_date": "1961-03-07",
        "surgery_at": "2027-03-16T07:30",
        "arrival_at": "2027-03-16T05:30",
        "location": "Main entrance, second floor",
        "surgeon": "Dr. A. Example",
        "contact.name": "Nurse B. Example",
        "contact.phone": "555-0123",
        "prepared_by": "Nurse B. Example",
        "checked_by": "Nurse C. Example",
    }
    for name, text in typed.items():
        page.locator(f"[id='{name}']").fill(text)
    page.locator("[id='patient.language']").select_option("en")
    page.locator("input[name=side][value=left]").check()
    for name in ("none.medicines", "none.allergies"):
        page.locator(f"[id='{name}']").check()


def _editor(page: Page) -> None:
    page.goto("/edit/hip-replacement/en")
    _shot(page, "edit")
    page.goto("/board/hip-replacement/es")
    _shot(page, "sign")


def _clinic(page: Page) -> None:
    rows = (REPO / "content" / "examples" / "roster.csv").read_text().splitlines()
    about = rows[1].replace("1961-03-07", "7.3.61", 1)
    more = [rows[1].replace("EX-000123", f"EX-00020{n}") for n in range(3)]
    roster = "\n".join([rows[0], about, *more]).encode()
    page.goto("/batch")
    page.set_input_files("#file", {"name": "r.csv", "mimeType": "text/csv", "buffer": roster})
    page.get_by_role("button", name="Read it").click()
    _shot(page, "roster")


def _shot(page: Page, name: str) -> None:
    page.wait_for_timeout(SETTLED)
    until(page, SHOWN)
    _kept(Image.open(io.BytesIO(page.screenshot())).convert("RGB"), PLACE / f"desk-{name}.png")


def _kept(picture: Image.Image, file: Path) -> None:
    picture.quantize(64).save(file, optimize=True)


if __name__ == "__main__":
    main()
