"""Binds what is the same for everybody: handouts in their order, each page numbered.

Room is left in front for a patient's own pages; :mod:`generator.compose.packet` adds them. What
comes out is one document: one structure tree with a part for each handout, one outline, links
that stay inside their handout.
"""

from __future__ import annotations

import io
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import pikepdf
from pikepdf import Array, Dictionary, Name

from generator.compose.code import square
from generator.compose.merge import Merger
from generator.compose.metadata import describe
from generator.compose.review_metadata import Copy
from generator.compose.stamps import (
    REPRINT_AT,
    Stamper,
    add_content,
    artifact,
    form_of,
    page_size,
)
from generator.press import Printed, Rectangle

_CODE = "words-code"
"""The slot in which a handout says which words it has."""


@dataclass(frozen=True, slots=True)
class Part:
    """A handout as it is bound: what a reader calls it, its pages, and which words they have."""

    title: str
    language: str
    printed: Printed
    copy: Copy


@dataclass(frozen=True, slots=True)
class Binding:
    """Bound handouts. ``own`` pages are still missing in front; ``slots`` are those of each page.

    In the file, ``/HandoutStamps`` holds what the missing pages will need.
    """

    pdf: bytes
    own: int
    pages: int
    slots: tuple[Mapping[str, Rectangle], ...]


def bind(
    title: str,
    language: str,
    parts: Sequence[Part],
    numbers: Printed,
    *,
    own: int = 0,
    paper: Printed | None = None,
    blank: Printed | None = None,
    blanks: int = 1,
) -> Binding:
    """Bind ``parts`` after ``own`` pages that are still missing, and number all of them.

    ``numbers`` has one stamp for each page of the whole; ``paper`` is what the missing pages
    are printed on, ``blank`` an empty back to end on, so many times.
    """
    pdf = pikepdf.new()
    merger = Merger(pdf, title, language)
    slots = [paper.slots] * own if paper else []
    for part in parts:
        first = len(pdf.pages)
        merger.add(part.title, part.language, part.printed.pdf)
        _draw_code(pdf, first, part)
        slots += [part.printed.slots] * part.printed.pages
    for empty in [blank] * blanks if blank else []:
        _add_blank(pdf, empty)
        slots.append(empty.slots)
    stamper = Stamper(pdf, slots, numbers)
    for index, page in enumerate(pdf.pages, start=own):
        stamper.stamp(page, index)
        page.obj[REPRINT_AT] = Array(slots[index]["reprint"][:2])
    if own and paper:
        _keep_stamps(pdf, paper, stamper, own)
    merger.finish()
    describe(pdf, title, language, parts[0].printed.pdf, [part.copy for part in parts])
    return Binding(saved(pdf), own, len(slots), tuple(slots))


def _keep_stamps(pdf: pikepdf.Pdf, paper: Printed, stamper: Stamper, own: int) -> None:
    """Keep in the file what the pages that are still missing will be stamped with."""
    pdf.Root.HandoutStamps = pdf.make_indirect(
        Dictionary(
            Paper=form_of(pdf, paper.pdf),
            ReprintAt=Array(paper.slots["reprint"][:2]),
            Numbers=Array(stamper.drawing(index) for index in range(own)),
            Forms=Array(stamper.forms(range(own))),
            Resources=stamper.resources(),
        )
    )


def bound_alone(part: Part, numbers: Printed, label: Printed) -> bytes:
    """One handout for anybody: numbered, with its title where a packet has the patient's name."""
    binding = bind(part.title, part.language, [part], numbers)
    with pikepdf.open(io.BytesIO(binding.pdf)) as pdf:
        stamper = Stamper(pdf, binding.slots, label)
        for page in pdf.pages:
            stamper.stamp_label(page, binding.slots[0])
        return saved(pdf)


def saved(pdf: pikepdf.Pdf) -> bytes:
    """The file's bytes: small, and the same for the same content."""
    stream = io.BytesIO()
    pdf.save(
        stream,
        object_stream_mode=pikepdf.ObjectStreamMode.generate,
        stream_decode_level=pikepdf.StreamDecodeLevel.none,
        compress_streams=True,
        deterministic_id=True,
        fix_metadata_version=False,
        min_version="1.7",
    )
    return stream.getvalue()


def _draw_code(pdf: pikepdf.Pdf, first: int, part: Part) -> None:
    """Draw the code of a handout's words, on the page that keeps room for it."""
    page = pdf.pages[first + part.printed.on[_CODE]]
    add_content(pdf, page.obj, artifact(square(part.copy.code, part.printed.slots[_CODE])))


def _add_blank(pdf: pikepdf.Pdf, blank: Printed) -> None:
    """A page that shows the blank paper and holds nothing to read aloud."""
    form = form_of(pdf, blank.pdf)
    page = pdf.add_blank_page(page_size=page_size(form))
    page.obj.Resources = pdf.make_indirect(Dictionary(XObject=Dictionary(HandoutPaper=form)))
    page.obj.Contents = pdf.make_stream(b"/Artifact BMC q /HandoutPaper Do Q EMC")
    page.obj.Tabs = Name.S
