"""One patient's packet: their own pages in front of what is bound, and their name on every page."""

from __future__ import annotations

import io
from collections.abc import Iterator, Sequence

import pikepdf
from pikepdf import Array, Name, Object

from generator.compose.bind import Binding, saved
from generator.compose.code import square
from generator.compose.merge import (
    adopt,
    ids_of,
    outline_of,
    renumber,
    set_ids,
    set_outline,
    siblings,
)
from generator.compose.metadata import say_packet
from generator.compose.stamps import (
    REPRINT_AT,
    Slots,
    add_content,
    add_forms,
    artifact,
    place,
    streams_of,
)
from generator.compose.tail import Tail, set_tail
from generator.errors import LayoutError
from generator.press import Printed, Rectangle

_IDENTITY = "HandoutIdentity"


def personalise(
    binding: Binding, own: Printed, tails: Sequence[Tail], title: str, code: str, duplex: bool
) -> bytes:
    """The whole packet. ``own``'s last page is the stamp that says whose it is; ``tails`` are
    set into the slots that its pages keep free.

    ``code`` is the packet's opaque id; with ``duplex`` two pages make a sheet.
    """
    with (
        pikepdf.open(io.BytesIO(binding.pdf)) as pdf,
        pikepdf.open(io.BytesIO(own.pdf)) as source,
    ):
        for number, tail in enumerate(tails, start=1):
            slot = f"tail-{number}"
            _refuse_too_high(binding.slots[0], own.slots[slot])
            set_tail(source, source.pages[own.on[slot]].obj, own.slots[slot], tail)
        stamps = pdf.Root.HandoutStamps
        del pdf.Root.HandoutStamps
        identity = pdf.copy_foreign(source.pages[-1].as_form_xobject())
        del source.pages[-1]
        pages = _insert(pdf, source, title)
        _dress(pdf, pages, stamps)
        for resources in [pages[0].Resources, *stamps.Resources]:
            add_forms(resources, [(f"/{_IDENTITY}", identity)])
        for page, slots, sheet in zip(
            pdf.pages, binding.slots, _sheets(code, binding.pages, duplex), strict=True
        ):
            add_content(pdf, page.obj, _whose(slots, sheet))
        say_packet(pdf, code)
        return saved(pdf)


def _refuse_too_high(slots: Slots, place: Rectangle) -> None:
    """An end that is higher than a page would run into the page's foot."""
    foot = slots["code"][1] + slots["code"][3]
    if place[1] < foot:
        message = "the end of the plan is higher than a page; shorten what to bring in clinic.yaml"
        raise LayoutError("packet", [message])


def _insert(pdf: pikepdf.Pdf, source: pikepdf.Pdf, title: str) -> Sequence[Object]:
    """Put the patient's own pages in front, with their structure and bookmarks."""
    for index, page in enumerate(source.pages):
        pdf.pages.insert(index, page)
    pages = [page.obj for page in list(pdf.pages)[: len(source.pages)]]
    tree = pdf.Root.StructTreeRoot
    part = adopt(pdf, source, pages)
    document = tree.K[0]
    part.S, part.T, part.P = Name.Part, title, document
    document.K.insert(0, part)
    added = pdf.copy_foreign(source.Root.StructTreeRoot)
    tree.ParentTreeNextKey = renumber(pages, added, int(tree.ParentTreeNextKey))
    tree.ParentTree.Nums.extend(added.ParentTree.Nums)
    set_ids(pdf, tree, [*ids_of(tree), *ids_of(added)])
    before = pdf.Root.Outlines
    set_outline(pdf, [*outline_of(pdf, source, pages), *siblings(before)])
    return pages


def _dress(pdf: pikepdf.Pdf, pages: Sequence[Object], stamps: Object) -> None:
    """Lay the own pages on their paper, and number them."""
    forms = [(Name.HandoutPaper, stamps.Paper), *stamps.Forms]
    add_forms(pages[0].Resources, forms)
    paper = pdf.make_stream(artifact(place("HandoutPaper", (0, 0))))
    for page, drawn in zip(pages, stamps.Numbers, strict=True):
        page.Contents = Array([paper, *streams_of(page)])
        page[REPRINT_AT] = stamps.ReprintAt
        add_content(pdf, page, bytes(drawn))


def _sheets(code: str, pages: int, duplex: bool) -> Iterator[str]:
    """What each page's code says: the packet, the sheet, and how many sheets there are."""
    sides = 2 if duplex else 1
    last = (pages + sides - 1) // sides
    for page in range(pages):
        yield f"{code.upper()}.{page // sides + 1:03}.{last:03}"


def _whose(slots: Slots, sheet: str) -> bytes:
    return artifact(place(_IDENTITY, slots["identity"]) + square(sheet, slots["code"]))
