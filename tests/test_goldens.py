"""What the pages look like: all pages of a handout with every kind of block, and of a packet.

``pytest --update-goldens`` writes the pictures anew; look at each before you accept it.
A failure leaves actual, expected and difference side by side in ``tests/goldens/failed/``.
"""

from __future__ import annotations

from pathlib import Path

import pytest
from PIL import Image, ImageChops

from generator.library import Library, load_library
from generator.pipeline import Order, build, packet
from tests.conftest import NOW, REPO
from tests.pages import pictures
from tests.signing import sign

GOLDENS = REPO / "tests" / "goldens"
FAILED = GOLDENS / "failed"
MAY_DIFFER = 0.0002
"""The share of clearly different pixels allowed: other Pango versions smooth edges otherwise."""


def make(name: str, folder: Path, output: Path) -> Path:
    if name == "signed":
        sign(folder)
    library: Library = load_library(folder)
    if name == "packet":
        plan = folder / "content" / "examples" / "plan.yaml"
        return packet(library, plan, Order(output, NOW), allow_unreviewed=True).path
    order = Order(output, NOW, large_print=name == "large-print", booklet=name == "booklet")
    return next(iter(build(library, [("sample", "en")], order))).path


@pytest.mark.parametrize("name", ["draft", "signed", "large-print", "booklet", "packet"])
def test_every_page_looks_as_it_did(
    name: str, folder: Path, tmp_path: Path, request: pytest.FixtureRequest
) -> None:
    pages = pictures(make(name, folder, tmp_path))
    if request.config.getoption("--update-goldens"):
        write(name, pages)
    expected = sorted(GOLDENS.glob(f"{name}-*.png"))
    assert len(expected) == len(pages), f"{len(pages)} pages, {len(expected)} pictures"
    different = [
        golden.name
        for page, golden in zip(pages, expected, strict=True)
        if difference(page, golden) > MAY_DIFFER
    ]
    assert not different, f"look at {FAILED}"


def write(name: str, pages: list[Image.Image]) -> None:
    GOLDENS.mkdir(exist_ok=True)
    for old in GOLDENS.glob(f"{name}-*.png"):
        old.unlink()
    for number, page in enumerate(pages, start=1):
        page.quantize(32).save(GOLDENS / f"{name}-{number:02}.png", optimize=True)


def difference(page: Image.Image, golden: Path) -> float:
    """The share of pixels that clearly differ; keeps a picture of them when there are many."""
    expected = Image.open(golden).convert("RGB")
    if page.size != expected.size:
        return 1.0
    apart = ImageChops.difference(page, expected).convert("L").point(lambda v: 255 * (v > 80))
    share = apart.histogram()[255] / (page.width * page.height)
    if share > MAY_DIFFER:
        FAILED.mkdir(parents=True, exist_ok=True)
        sheet = Image.new("RGB", (page.width * 3, page.height))
        for place, picture in enumerate((page, expected, apart.convert("RGB"))):
            sheet.paste(picture, (place * page.width, 0))
        sheet.save(FAILED / golden.name)
    return share


def test_a_moved_word_is_a_difference(folder: Path, tmp_path: Path) -> None:
    words = folder / "content" / "procedures" / "sample-operation" / "en.yaml"
    words.write_text(words.read_text().replace("Each paragraph has", "Each one has"))
    pages = pictures(make("draft", folder, tmp_path))
    assert difference(pages[0], GOLDENS / "draft-01.png") > MAY_DIFFER
    (FAILED / "draft-01.png").unlink()
