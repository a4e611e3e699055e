"""The places that a page keeps free: who it is for, which page of how many, the packet's code.

A template marks a place with ``data-slot``; what is stamped there is laid out on a sheet of
that size, and put in its place when pages are bound together.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

POINTS = 0.75
"""PDF points to a CSS pixel."""

Rectangle = tuple[float, float, float, float]
"""Left, bottom, width and height, in points from the lower left corner of the page."""


def find_slots(document: Any) -> tuple[Mapping[str, Rectangle], Mapping[str, int]]:
    """Each slot of a document where it stands first, and on which page, from 0; a page's foot is
    alike on all of them."""
    slots: dict[str, Rectangle] = {}
    on: dict[str, int] = {}
    for number, page in enumerate(document.pages):
        for name, place in _slots(page._page_box, page.height):  # noqa: SLF001  # no public way
            slots.setdefault(name, place)
            on.setdefault(name, number)
    return slots, on


def is_stamp(element: Any) -> bool:
    """Whether an element of the page is a stamp, which has a sheet of its own."""
    return element is not None and "stamp" in element.get("class", "").split()


def _slots(box: Any, height: float) -> Iterator[tuple[str, Rectangle]]:
    box = getattr(box, "_box", box)
    element = getattr(box, "element", None)
    if element is not None and element.get("data-slot"):
        bottom = height - box.content_box_y() - box.height
        place = (box.content_box_x(), bottom, box.width, box.height)
        yield element.get("data-slot"), tuple(round(side * POINTS, 2) for side in place)
    for child in getattr(box, "children", ()):
        yield from _slots(child, height)
