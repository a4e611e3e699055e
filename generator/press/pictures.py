"""Pages as pictures, for a screen."""

from __future__ import annotations

import io
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import pypdfium2

DPI = 110
"""Fine enough to read, and a page is a tenth of a megabyte."""
MOST_PIXELS = 60_000_000
"""Of one page: an A3 at 400 dots an inch has half as many; a larger page is drawn coarser."""
_POINTS_TO_AN_INCH = 72


class UnreadablePages(Exception):
    """A PDF whose pages cannot be drawn."""


def page_pictures(
    pdf: bytes, pages: Iterable[int], dpi: int = DPI, *, small: bool = True
) -> Mapping[int, bytes]:
    """PNGs of some pages of a PDF, by their numbers from 0; small, or made at once.

    Raises :class:`UnreadablePages`.
    """
    with _document(pdf) as document:
        return {number: _png(document[number], dpi, small) for number in sorted(set(pages))}


def page_count(pdf: bytes) -> int:
    """How many pages a PDF has; raises :class:`UnreadablePages`."""
    with _document(pdf) as document:
        return len(document)


@contextmanager
def _document(pdf: bytes) -> Iterator[pypdfium2.PdfDocument]:
    import pypdfium2

    try:
        with pypdfium2.PdfDocument(pdf) as document:
            yield document
    except pypdfium2.PdfiumError as error:
        raise UnreadablePages(str(error)) from None


def _png(page: pypdfium2.PdfPage, dpi: int, small: bool) -> bytes:
    scale = dpi / _POINTS_TO_AN_INCH
    pixels = page.get_width() * page.get_height() * scale**2
    if pixels > MOST_PIXELS:
        scale *= (MOST_PIXELS / pixels) ** 0.5
    picture = page.render(scale=scale).to_pil()
    stream = io.BytesIO()
    picture.save(stream, "PNG", compress_level=9 if small else 1)
    return stream.getvalue()
