"""Pages as pictures, for a screen."""

from __future__ import annotations

import io
from collections.abc import Iterable, Mapping

DPI = 110
"""Fine enough to read, and a page is a tenth of a megabyte."""
_POINTS_TO_AN_INCH = 72


def page_pictures(
    pdf: bytes, pages: Iterable[int], dpi: int = DPI, *, small: bool = True
) -> Mapping[int, bytes]:
    """PNGs of some pages of a PDF, by their numbers from 0; small, or made at once."""
    import pypdfium2

    with pypdfium2.PdfDocument(pdf) as document:
        return {number: _png(document[number], dpi, small) for number in sorted(set(pages))}


def page_count(pdf: bytes) -> int:
    """How many pages a PDF has."""
    import pypdfium2

    with pypdfium2.PdfDocument(pdf) as document:
        return len(document)


def _png(page: object, dpi: int, small: bool) -> bytes:
    picture = page.render(scale=dpi / _POINTS_TO_AN_INCH).to_pil()  # type: ignore[attr-defined]
    stream = io.BytesIO()
    picture.save(stream, "PNG", compress_level=9 if small else 1)
    return stream.getvalue()
