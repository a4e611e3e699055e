"""Draws the README's picture from real pages, so that it stays true: ``make pictures``."""

from __future__ import annotations

import tempfile
from datetime import UTC, datetime
from pathlib import Path

from PIL import Image, ImageOps

from generator.library import load_library
from generator.pipeline import Order, build, packet
from tests.pages import pictures

REPO = Path(__file__).resolve().parents[1]
NOW = datetime(2026, 11, 23, tzinfo=UTC)
SCALE = 80 / 72
GAP = 24


def main() -> None:
    """Put a handout's first page and a plan's first page side by side."""
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
    target = REPO / "docs" / "pages.png"
    target.parent.mkdir(exist_ok=True)
    sheet.quantize(64).save(target, optimize=True)


if __name__ == "__main__":
    main()
