"""For a reviewer: pages with numbers beside what is marked on them, and sheets on which such
pages stand side by side.
"""

from __future__ import annotations

import io
from collections import Counter
from collections.abc import Mapping, Sequence
from contextlib import ExitStack
from dataclasses import dataclass

import pikepdf

from generator.compose.bind import saved
from generator.compose.stamps import Stamper, add_content, add_forms, artifact, forms_of, page_size
from generator.compose.stamps import place as placed
from generator.press import Printed, Rectangle

MARGIN_LEFTS = (30.0, 4.0)
"""Where a number stands in the margin, in points; the second is for two on one line."""
_LINE = 14.0
"""Two marks that are nearer than so many points share a line."""


@dataclass(frozen=True, slots=True)
class Beside:
    """Which sheet of the numbers stands beside which slot."""

    sheet: int
    slot: str


@dataclass(frozen=True, slots=True)
class Placed:
    """A page of a file, counted from 0."""

    pdf: bytes
    page: int


def with_numbers(
    printed: Printed, pages: Printed, changes: Printed | None, marks: Sequence[Beside]
) -> bytes:
    """A handout with its page numbers, and with the numbers of its changes in the margin."""
    with pikepdf.open(io.BytesIO(printed.pdf)) as pdf:
        stamper = Stamper(pdf, [printed.slots] * printed.pages, pages)
        for index, page in enumerate(pdf.pages):
            stamper.stamp(page, index)
        sheets = forms_of(pdf, changes.pdf) if changes else []
        taken: Counter[tuple[int, int]] = Counter()
        for mark in marks:
            number, bottom = printed.on[mark.slot], printed.slots[mark.slot][1]
            line = number, round(bottom / _LINE)
            left = MARGIN_LEFTS[min(taken[line], len(MARGIN_LEFTS) - 1)]
            taken[line] += 1
            name, page = f"HandoutChange{mark.sheet}", pdf.pages[number]
            add_forms(page.obj.Resources, [(f"/{name}", sheets[mark.sheet])])
            add_content(pdf, page.obj, artifact(placed(name, (left, bottom))))
        return saved(pdf)


def side_by_side(sheets: Printed, pages: Mapping[str, Placed]) -> bytes:
    """Put a page into each of the sheets' slots that is named, as large as the slot allows."""
    with ExitStack() as stack:
        pdf = stack.enter_context(pikepdf.open(io.BytesIO(sheets.pdf)))
        files = {
            content: stack.enter_context(pikepdf.open(io.BytesIO(content)))
            for content in {page.pdf for page in pages.values()}
        }
        for slot, page in pages.items():
            sheet, name = pdf.pages[sheets.on[slot]], f"HandoutPage-{slot}"
            form = pdf.copy_foreign(files[page.pdf].pages[page.page].as_form_xobject())
            add_forms(sheet.obj.Resources, [(f"/{name}", form)])
            drawn = _fitted(name, sheets.slots[slot], page_size(form))
            add_content(pdf, sheet.obj, artifact(drawn))
        return saved(pdf)


def _fitted(name: str, slot: Rectangle, size: tuple[float, float]) -> bytes:
    """Draw a form in the middle of a slot."""
    left, bottom, width, height = slot
    scale = min(width / size[0], height / size[1])
    x, y = left + (width - scale * size[0]) / 2, bottom + (height - scale * size[1]) / 2
    return f"q {scale:.5f} 0 0 {scale:.5f} {x:.2f} {y:.2f} cm /{name} Do Q\n".encode()
