"""The guides, followed word for word by somebody who has nothing yet."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from generator.web.words import labels_of
from tests.browser import chromium
from tests.conftest import REPO
from tests.pictures import fill, signed_desk

DOCS = REPO / "docs"
SET_UP = ("make handouts", "source .venv/bin/activate")
"""What comes before, from a fresh clone; docs/install.md has other ways."""
GUIDES = ("for-nurses.md", "for-editors.md", "for-clinics.md")


def commands(guide: str) -> list[str]:
    """What the guide has its reader type, in order."""
    blocks = re.findall(
        r"^```console\n(.*?)^```", (DOCS / guide).read_text(), re.DOTALL | re.MULTILINE
    )
    return [line[2:] for block in blocks for line in block.splitlines() if line.startswith("$ ")]


def follow(guide: str, place: Path) -> str:
    """Type everything, one line after the other, in a home and a folder that are empty."""
    (place / "content").symlink_to(REPO / "content")
    home = place / "home"
    home.mkdir()
    own = {k: v for k, v in os.environ.items() if not k.startswith(("HANDOUTS_", "XDG_"))}
    path = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
    done = subprocess.run(
        ["bash", "-euxo", "pipefail", "-c", "\n".join(commands(guide))],
        cwd=place,
        env={**own, "HOME": str(home), "PATH": path, "PYTHONPATH": str(REPO)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr[-3000:]
    return done.stdout


def test_an_editor_comes_from_nothing_to_a_signed_handout(tmp_path: Path) -> None:
    typed = commands("for-editors.md")
    printed = next(n for n, line in enumerate(typed, 1) if " plan " in line)
    assert printed + len(SET_UP) <= 10
    said = follow("for-editors.md", tmp_path)
    assert "hip-replacement" in said
    assert {file.name for file in (tmp_path / "printed").glob("hip-*.pdf")} == {
        "hip-replacement.en.pdf"
    }
    assert len(list((tmp_path / "printed").glob("packet-*.pdf"))) == 1


def test_a_clinic_prints_its_first_evening(tmp_path: Path) -> None:
    said = follow("for-clinics.md", tmp_path)
    assert "EX-000123" in said
    made = {file.name for file in (tmp_path / "tonight").iterdir()}
    assert {"packets", "print-run.pdf", "manifest.json", "manifest.csv", "journal"} <= made
    assert any(name.startswith("reprint-") for name in made)


def test_a_nurse_prints_a_handout_and_a_packet() -> None:
    with signed_desk() as desk, chromium() as browser:
        page = browser.new_page(base_url=desk.base)
        page.goto(f"/enter?key={desk.key}")
        _prints_a_handout(page)
        _prints_a_packet(page)


def _prints_a_handout(page: Page) -> None:
    page.keyboard.type("hip")
    page.keyboard.press("Enter")
    expect(page.get_by_role("status").first).to_contain_text("Sent to the printer")


def _prints_a_packet(page: Page) -> None:
    page.get_by_role("link", name="A patient's plan").click()
    page.get_by_role("link", name="Hip replacement").click()
    fill(page)
    page.get_by_role("button", name="Check and confirm").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Is this the patient?")
    for box in page.locator(".three input").all():
        box.check()
    page.get_by_role("button", name="Print", exact=True).click()
    expect(page.get_by_role("status").first).to_contain_text("Sent")


@pytest.mark.parametrize("guide", GUIDES)
def test_what_a_guide_calls_a_thing_is_what_the_desk_calls_it(guide: str) -> None:
    """Words in bold are on the screen."""
    spanish = labels_of("es", "US").messages or {}
    said = set(re.findall(r"\*\*(.+?)\*\*", (DOCS / guide).read_text()))
    others = {"Green", "Hip replacement"}
    unknown = [text for text in said - others if not any(m.startswith(text) for m in spanish)]
    assert unknown == []


@pytest.mark.parametrize("guide", GUIDES)
def test_pictures_and_links_of_a_guide_are_there(guide: str) -> None:
    for link in re.findall(r"\]\(([^)#:]+)\)", (DOCS / guide).read_text()):
        assert (DOCS / link).exists(), link
