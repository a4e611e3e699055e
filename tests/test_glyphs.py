"""No box stands on any page. A box extracts as the right text, so the glyphs are read."""

from __future__ import annotations

import io
from collections.abc import Iterator
from pathlib import Path

import pikepdf
import pytest
from fontTools.ttLib import TTFont
from pikepdf import Dictionary, Name

from generator.library import load_library
from generator.pipeline import Order, packet
from generator.press import print_pdf
from tests.conftest import NOW, REPO
from tests.plans import example_plan

LIBRARY = load_library(REPO)
BOX = 0
"""The glyph that a font shows for what it does not have."""


@pytest.mark.parametrize("language", LIBRARY.languages("hip-replacement"))
def test_every_glyph_is_one_of_its_font(language: str, tmp_path: Path) -> None:
    plan = example_plan(tmp_path, language)
    made = packet(LIBRARY, plan, Order(tmp_path, NOW), allow_unreviewed=True)
    with pikepdf.open(made.path) as pdf:
        assert not list(wrong_glyphs(pdf))


def test_a_box_would_be_seen(tmp_path: Path) -> None:
    html = '<!DOCTYPE html><html lang="en"><title>t</title><body><p>letters</p></body>'
    css = '@page { size: 10cm } html { font-family: "Atkinson Hyperlegible" }'
    file = tmp_path / "made.pdf"
    file.write_bytes(print_pdf("test", html, css, {}).pdf)
    with pikepdf.open(file) as pdf:
        assert not list(wrong_glyphs(pdf))
        page = pdf.pages[0]
        drawn = [
            ([pikepdf.Array([pikepdf.String(b"\0\0")])], part.operator)
            if str(part.operator) == "TJ"
            else (part.operands, part.operator)
            for part in pikepdf.parse_content_stream(page)
        ]
        page.Contents = pdf.make_stream(pikepdf.unparse_content_stream(drawn))
        assert list(wrong_glyphs(pdf))


def wrong_glyphs(pdf: pikepdf.Pdf) -> Iterator[tuple[str, int]]:
    """Each font and glyph on a page or stamp that is a box, or that the font does not have."""
    counts: dict[tuple[int, int], int] = {}
    drawings: list[pikepdf.Object] = [page.obj for page in pdf.pages]
    drawings += [
        thing
        for thing in pdf.objects
        if isinstance(thing, pikepdf.Stream) and thing.get("/Subtype") == Name.Form
    ]
    for drawing in drawings:
        fonts = drawing.get("/Resources", Dictionary()).get("/Font", Dictionary())
        for name, glyphs in shown(drawing):
            font = fonts[name]
            if font.objgen not in counts:
                counts[font.objgen] = glyphs_of(font)
            for glyph in glyphs:
                if glyph == BOX or glyph >= counts[font.objgen]:
                    yield str(font.BaseFont), glyph


def shown(drawing: pikepdf.Object) -> Iterator[tuple[str, list[int]]]:
    """The fonts and glyph numbers of all text that a page or form shows."""
    font = ""
    source = pikepdf.Page(drawing) if "/Contents" in drawing else drawing
    for part in pikepdf.parse_content_stream(source):
        operator = str(part.operator)
        if operator == "Tf":
            font = str(part.operands[0])
        elif operator in ("Tj", "TJ"):
            held = part.operands[0]
            for text in [held] if operator == "Tj" else held:
                if not isinstance(text, pikepdf.String):
                    continue
                codes = bytes(text)
                yield font, [int.from_bytes(codes[i : i + 2]) for i in range(0, len(codes), 2)]


def glyphs_of(font: pikepdf.Object) -> int:
    described = font.DescendantFonts[0].FontDescriptor
    file = described.FontFile2 if "/FontFile2" in described else described.FontFile3
    with TTFont(io.BytesIO(file.read_bytes()), lazy=True) as opened:
        count: int = opened["maxp"].numGlyphs
        return count
