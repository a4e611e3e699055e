"""Damaged files of every kind are read, or refused in our own words: a moment of ``make fuzz``."""

from __future__ import annotations

import io

import pikepdf
import pytest
from PIL import Image

from generator.compose.read_codes import codes_in
from generator.errors import UsageError
from generator.press import page_pictures
from tests.fuzzing import TARGETS, Bench, fuzz

EXAMPLES = 25


@pytest.fixture(scope="module")
def bench(tmp_path_factory: pytest.TempPathFactory) -> Bench:
    return Bench(tmp_path_factory.mktemp("bench"))


@pytest.mark.parametrize("name", TARGETS)
def test_a_damaged_file_is_read_or_refused(name: str, bench: Bench) -> None:
    fuzz(bench, name, EXAMPLES)


@pytest.mark.parametrize("name", TARGETS)
def test_an_empty_file_and_one_of_noise(name: str, bench: Bench) -> None:
    for content in (b"", b"\0" * 100, b"\xff\xfe", b"[" * 100_000, b"\n" * 1000):
        bench.read(name, content)


@pytest.mark.parametrize("name", TARGETS)
def test_what_is_not_damaged_is_read(name: str, bench: Bench) -> None:
    TARGETS[name].reads(bench.folder, bench.library)


def test_a_pdf_with_a_page_that_cannot_be_drawn_is_a_damaged_one(bench: Bench) -> None:
    """Found by ``make fuzz``: PDFium opens the file, and not its page."""
    pdf = pikepdf.new()
    pdf.add_blank_page()
    pdf.Root.Pages.Kids[0] = pikepdf.Array([])
    pdf.save(bench.folder / "found.pdf")
    with pytest.raises(UsageError, match=r"found\.pdf: it is a PDF, but a damaged one"):
        codes_in(bench.folder / "found.pdf", "found.pdf")


def test_a_page_as_large_as_a_house_is_drawn_coarser() -> None:
    pdf, written = pikepdf.new(), io.BytesIO()
    pdf.add_blank_page(page_size=(14_000, 14_000))
    pdf.save(written)
    (picture,) = page_pictures(written.getvalue(), [0], 200, small=False).values()
    with Image.open(io.BytesIO(picture)) as drawn:
        assert drawn.width * drawn.height <= 61_000_000
