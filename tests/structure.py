"""What a screen reader finds in a PDF: its tree of elements, and where on the pages each stands."""

from __future__ import annotations

import io
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import pikepdf
import pypdfium2
import pypdfium2.raw as pdfium
from pikepdf import Array, Dictionary

Place = tuple[int, int]
"""A page, from 0, and the number of a mark on it."""


@dataclass(frozen=True)
class Marked:
    """What is drawn under one mark: its text, and its edges in points from the lower left."""

    text: str
    left: float
    bottom: float
    right: float
    top: float


def elements(element: Any) -> Iterator[Any]:
    """An element and all beneath it, in the order in which they are read."""
    yield element
    for kid in kids(element):
        if isinstance(kid, Dictionary) and "/S" in kid:
            yield from elements(kid)


def kids(element: Any) -> list[Any]:
    held = element.get("/K", Array())
    return list(held) if isinstance(held, Array) else [held]


def named(pdf: pikepdf.Pdf, *names: str) -> list[Any]:
    """All elements of these kinds, in the order in which they are read."""
    wanted = {f"/{name}" for name in names}
    return [one for one in elements(pdf.Root.StructTreeRoot.K[0]) if str(one.S) in wanted]


def places(pdf: pikepdf.Pdf, element: Any) -> Iterator[Place]:
    """Where an element's content is, with that of the elements beneath it, as it is read."""
    pages = {page.obj.objgen: index for index, page in enumerate(pdf.pages)}
    yield from _places(pages, element)


def _places(pages: dict[tuple[int, int], int], element: Any) -> Iterator[Place]:
    for kid in kids(element):
        if not isinstance(kid, Dictionary):
            yield pages[element.Pg.objgen], int(kid)
        elif "/S" in kid:
            yield from _places(pages, kid)
        elif "/MCID" in kid:
            yield pages[kid.get("/Pg", element.get("/Pg")).objgen], int(kid.MCID)


def marked(content: bytes) -> dict[Place, Marked]:
    """What PDFium finds drawn under each mark of each page."""
    found: dict[Place, Marked] = {}
    with pypdfium2.PdfDocument(io.BytesIO(content)) as document:
        for number, page in enumerate(document):
            letters = page.get_textpage()
            for thing in page.get_objects(max_depth=1, textpage=letters):
                mark = pdfium.FPDFPageObj_GetMarkedContentID(thing.raw)
                if mark < 0:
                    continue
                text = thing.extract() if thing.type == pdfium.FPDF_PAGEOBJ_TEXT else ""
                place, before = (number, mark), found.get((number, mark))
                found[place] = _joined(before, Marked(text, *thing.get_bounds()))
            letters.close()
    return found


def _joined(one: Marked | None, other: Marked) -> Marked:
    if one is None:
        return other
    return Marked(
        f"{one.text} {other.text}".strip(),
        min(one.left, other.left),
        min(one.bottom, other.bottom),
        max(one.right, other.right),
        max(one.top, other.top),
    )
