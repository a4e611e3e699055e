"""The end of a plan's own pages, laid out once and set beneath many: as content of the page, with
its structure, as if it had been laid out with it."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from dataclasses import dataclass

import pikepdf
from pikepdf import Array, Dictionary, Name, Object

from generator.compose.stamps import add_content
from generator.press import Printed, Rectangle

_MARK = re.compile(rb"/MCID (\d+)")


@dataclass(frozen=True, slots=True)
class Tail:
    """A sheet that is ready to be set into a page's slot. ``height`` is that of what is on it,
    ``sheet`` that of the sheet, in points."""

    pdf: bytes
    drawn: bytes
    height: float
    sheet: float


def tail_of(printed: Printed, prefix: str) -> Tail:
    """Make a laid-out sheet ready: the names of its resources get a prefix, which no other tail
    of the same pages may have."""
    with pikepdf.open(io.BytesIO(printed.pdf)) as pdf:
        page = pdf.pages[0]
        names = _renamed(page.obj.Resources, prefix)
        instructions = [
            (
                [names.get(str(o), o) if isinstance(o, Name) else o for o in part.operands],
                part.operator,
            )
            for part in pikepdf.parse_content_stream(page)
        ]
        drawn = pikepdf.unparse_content_stream(instructions)
        page.obj.Contents = pdf.make_stream(b"")
        sheet = float(page.mediabox[3])
        stream = io.BytesIO()
        pdf.save(stream)
    return Tail(stream.getvalue(), drawn, sheet - printed.slots["end"][1], sheet)


def set_tail(pdf: pikepdf.Pdf, page: Object, slot: Rectangle, tail: Tail) -> None:
    """Set a tail into a page's slot, and its elements after those that the document has."""
    with pikepdf.open(io.BytesIO(tail.pdf)) as source:
        pdf.pages.append(source.pages[0])  # before its structure, or that would lose its pages
        resources = pdf.pages[-1].obj.Resources
        tree = pdf.copy_foreign(source.Root.StructTreeRoot)
        del pdf.pages[-1]
    numbers = list(pdf.Root.StructTreeRoot.ParentTree.Nums)
    marks = numbers[2 * [int(key) for key in numbers[::2]].index(int(page.StructParents)) + 1]
    first = len(marks)
    for element in _elements(tree.K[0]):
        element.Pg = page
        element.K = _shifted(element.K, first)
    marks.extend(tree.ParentTree.Nums[1])
    document = pdf.Root.StructTreeRoot.K[0]
    for element in tree.K[0].K:
        element.P = document
        document.K.append(element)
    _lend(resources, page.Resources)
    left, bottom, _, height = slot
    drawn = _MARK.sub(lambda mark: b"/MCID %d" % (int(mark[1]) + first), tail.drawn)
    at = f"q 1 0 0 1 {left:g} {bottom + height - tail.sheet:g} cm\n".encode()
    add_content(pdf, page, at + drawn + b"\nQ\n")


def _renamed(resources: Object, prefix: str) -> dict[str, Name]:
    """Give every resource a name of its own; returns the new names by the old."""
    names: dict[str, Name] = {}
    for kind, held in resources.items():
        if isinstance(held, Dictionary):
            names |= {name: Name(f"/{prefix}{name[1:]}") for name in held.keys()}  # noqa: SIM118  # pikepdf's
            resources[kind] = Dictionary({str(names[name]): held[name] for name in held.keys()})  # noqa: SIM118
    return names


def _lend(resources: Object, to: Object) -> None:
    for kind, held in resources.items():
        if isinstance(held, Dictionary):
            if kind not in to:
                to[kind] = Dictionary()
            for name, thing in held.items():
                to[kind][name] = thing


def _elements(element: Object) -> Iterator[Object]:
    for kid in element.K if isinstance(element.K, Array) else [element.K]:
        if isinstance(kid, Dictionary) and "/S" in kid:
            yield kid
            yield from _elements(kid)


def _shifted(held: Object, by: int) -> Object | int:
    """An element's content with its marks counted from another number."""
    if isinstance(held, Array):
        return Array([_shifted(kid, by) for kid in held])
    if isinstance(held, Dictionary):
        if "/MCID" in held:
            held.MCID = int(held.MCID) + by
        return held
    return int(held) + by
