"""Pages as pictures, for the goldens and for the README."""

from __future__ import annotations

from pathlib import Path

import pypdfium2
from PIL import Image

SCALE = 60 / 72
"""Sixty dots an inch: small enough to keep, large enough to see a word move."""


def pictures(pdf: Path, scale: float = SCALE) -> list[Image.Image]:
    """Every page of a PDF as a grey picture."""
    with pypdfium2.PdfDocument(pdf) as document:
        return [page.render(scale=scale).to_pil().convert("RGB") for page in document]
