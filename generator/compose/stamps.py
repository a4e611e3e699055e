"""Draws stamps into the slots of pages, as artifacts: a screen reader passes over them."""

from __future__ import annotations

import io
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import pikepdf
from pikepdf import Array, Dictionary, Name, Object

from generator.press import Printed, Rectangle

Slots = Mapping[str, Rectangle]

REPRINT_AT = "/HPRS_ReprintAt"
"""Where a page keeps room for the date of a second copy: left and bottom, in points."""


class Stamper:
    """Stamps a document's pages, each from its own sheet."""

    def __init__(self, pdf: pikepdf.Pdf, slots: Sequence[Slots], sheets: Printed) -> None:
        self._pdf, self._slots = pdf, slots
        self._sheets = forms_of(pdf, sheets.pdf)

    def stamp(self, page: pikepdf.Page, index: int) -> None:
        """Stamp the page whose place in the whole document is ``index``, counted from 0."""
        add_forms(page.obj.Resources, self.forms([index]))
        add_content(self._pdf, page.obj, bytes(self.drawing(index)))

    def stamp_label(self, page: pikepdf.Page, slots: Slots) -> None:
        """Stamp the first sheet where the code and the name would be."""
        add_forms(page.obj.Resources, [Array([Name.HandoutLabel, self._sheets[0]])])
        code, (right, bottom) = slots["code"], slots["identity"][:2]
        left = code[0]
        if code[0] > right:  # a page that is read from the right
            left += code[2] - page_size(self._sheets[0])[0]
        add_content(self._pdf, page.obj, artifact(place("HandoutLabel", (left, bottom))))

    def drawing(self, index: int) -> pikepdf.String:
        """What draws the number on the page at ``index``."""
        return pikepdf.String(artifact(place(_number(index), self._slots[index]["number"])))

    def forms(self, indices: Iterable[int]) -> list[Array]:
        """Name and form of each thing that the drawings at ``indices`` use."""
        return [Array([Name(f"/{_number(index)}"), self._sheets[index]]) for index in indices]

    def resources(self) -> Array:
        """Each dictionary of resources that pages of the document use, once."""
        found = {page.obj.Resources.objgen: page.obj.Resources for page in self._pdf.pages}
        return Array(found.values())


def _number(index: int) -> str:
    return f"HandoutNumber{index}"


def forms_of(pdf: pikepdf.Pdf, content: bytes) -> list[Object]:
    """Every page of a file as a form that can be drawn again and again."""
    with pikepdf.open(io.BytesIO(content)) as source:
        return [pdf.copy_foreign(page.as_form_xobject()) for page in source.pages]


def form_of(pdf: pikepdf.Pdf, content: bytes) -> Object:
    """The first page of a file as a form."""
    return forms_of(pdf, content)[0]


def page_size(form: Object) -> tuple[float, float]:
    """Width and height in points of the page that a form was."""
    _, _, width, height = (float(side) for side in form.BBox)
    return width, height


def add_forms(resources: Object, forms: Iterable[Any]) -> None:
    """Let pages with these resources draw forms: pairs of name and form."""
    if "/XObject" not in resources:
        resources.XObject = Dictionary()
    for name, form in forms:
        resources.XObject[str(name)] = form


def add_content(pdf: pikepdf.Pdf, page: Object, drawn: bytes) -> None:
    """Draw something after all that a page holds already."""
    page.Contents = Array([*streams_of(page), pdf.make_stream(drawn)])


def streams_of(page: Object) -> list[Object]:
    """What a page draws, one stream after the other."""
    return list(page.Contents) if isinstance(page.Contents, Array) else [page.Contents]


def place(name: str, at: Sequence[float]) -> bytes:
    """Draw a form with its lower left corner at a place in points."""
    return f"q 1 0 0 1 {at[0]:g} {at[1]:g} cm /{name} Do Q\n".encode()


def artifact(drawn: bytes) -> bytes:
    """Mark a drawing as something that runs on every page."""
    return b"/Artifact <</Type/Pagination>> BDC\n" + drawn + b"EMC\n"
