"""Puts together what WeasyPrint tags in pieces: one element for what crosses a page or a line.

WeasyPrint starts each section, list and paragraph anew on the next page (its issue 2903), a link on
the next line, and a list in the next column. To a reader who listens they are one each. Tables
stay in pieces, each with its headings; the stylesheet keeps them whole unless they are longer than
a page.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pydyf
from weasyprint.formatting_structure import boxes

JOINED = {
    "section": "/Sect",
    "div": "/Div",
    "ul": "/L",
    "ol": "/L",
    "dl": "/L",
    "li": "/LI",
    "dt": "/LI",
    "dd": "/LI",
    "p": "/P",
    "h1": "/H1",
    "h2": "/H2",
    "h3": "/H3",
}
"""The elements of a page that are one again, and what their tags are called."""

Objects = dict[bytes, Any]


def crossing(before: Any, after: Any) -> Iterator[str]:
    """The tags, outermost first, of the elements that end on one page and go on on the next."""
    ends, starts = _edge(before, -1), _edge(after, 0)
    for one, other in zip(ends, starts, strict=False):
        if one is not other:
            return
        if one.tag in JOINED:
            yield JOINED[one.tag]
        elif one.tag == "table":
            return


def join_pages(objects: Objects, whole: bytes, pages: list[Any], laid_out: list[Any]) -> None:
    """Join what crosses the end of each page; ``laid_out`` are WeasyPrint's pages."""
    for number in range(1, len(pages)):
        tags = crossing(laid_out[number - 1]._page_box, laid_out[number]._page_box)  # noqa: SLF001  # no public way
        parent, first = objects[whole], pages[number].reference
        starts = [kid for kid in parent["K"] if objects[kid].get("Pg") == first]
        after = starts[0] if starts else None
        for tag in tags:
            before = _neighbour(objects, parent, after, tag)
            if before is None or after is None:
                break
            deeper = _first_element(objects, objects[after])
            _join(objects, parent, before, after)
            parent, after = objects[before], deeper
            if tag == "/LI":
                parent, after = _join_body(objects, parent, after)


def join_lines(objects: Objects, parent: Any) -> dict[bytes, bytes]:
    """Join neighbouring links that lead from the same words to the same place; returns which
    became which."""
    became: dict[bytes, bytes] = {}
    last = None
    for kid in list(parent["K"]):
        linked = isinstance(kid, bytes) and objects[kid].get("S") == "/Link"
        if linked and last is not None and _leads(objects, last) == _leads(objects, kid):
            _join(objects, parent, last, kid)
            became[kid] = last
        else:
            last = kid if linked else None
    return became


def is_columns(objects: Objects, element: Any) -> bool:
    """Whether a list holds nothing but lists: its columns."""
    kids = [objects.get(kid, {}) if isinstance(kid, bytes) else {} for kid in element["K"]]
    return element["S"] == "/L" and bool(kids) and all(kid.get("S") == "/L" for kid in kids)


def mend_entry(objects: Objects, item: Any) -> None:
    """What stands beneath the body of a list's entry, such as an address, belongs to the body."""
    if item["S"] != "/LI":
        return
    named = [kid for kid in item["K"] if objects[kid].get("S") in {"/Lbl", "/LBody"}]
    if named and objects[named[-1]]["S"] == "/LBody":
        objects[named[-1]]["K"] += [kid for kid in item["K"] if kid not in named]
        item["K"] = pydyf.Array(named)


def _leads(objects: Objects, link: bytes) -> bytes:
    """What a link says of itself, and where it leads."""
    annotation = objects[objects[objects[link]["K"][0]]["Obj"]]
    said = (annotation.get(key, "null") for key in ("Contents", "Dest", "A"))
    return bytes(pydyf.Array(said).data)


def _edge(page: Any, at: int) -> list[Any]:
    """The elements around the first (0) or the last (-1) thing in the text of a page."""
    found: list[Any] = []
    box = next(child for child in page.children if not isinstance(child, boxes.MarginBox))
    while True:
        box = getattr(box, "_box", box)
        element = getattr(box, "element", None)
        if element is not None and (not found or found[-1] is not element):
            found.append(element)
        if not getattr(box, "children", ()):
            return found
        box = box.children[at]


def _neighbour(objects: Objects, parent: Any, after: bytes | None, tag: str) -> bytes | None:
    """What stands before an element, if both are of this kind."""
    if after is None or objects[after].get("S") != tag:
        return None
    place = list(parent["K"]).index(after)
    before = parent["K"][place - 1] if place else None
    alike = isinstance(before, bytes) and objects[before].get("S") == tag
    return before if alike else None


def _first_element(objects: Objects, element: Any) -> bytes | None:
    kid = element["K"][0] if element["K"] else None
    return kid if isinstance(kid, bytes) and "S" in objects[kid] else None


def _join_body(objects: Objects, item: Any, after: bytes | None) -> tuple[Any, bytes | None]:
    """What stands in a list's entry is in its body, whose label may be on the page before."""
    before = _neighbour(objects, item, after, "/LBody")
    if before is None or after is None:
        return item, after
    deeper = _first_element(objects, objects[after])
    _join(objects, item, before, after)
    return objects[before], deeper


def _join(objects: Objects, parent: Any, before: bytes, after: bytes) -> None:
    """Move what one element holds to the end of the element before it."""
    one, other = objects[before], objects[after]
    for kid in other["K"]:
        if isinstance(kid, int):
            mark = {"Type": "/MCR", "Pg": other["Pg"], "MCID": kid}
            one["K"].append(kid if one["Pg"] == other["Pg"] else pydyf.Dictionary(mark))
            continue
        one["K"].append(kid)
        if isinstance(kid, bytes) and "S" in objects[kid]:
            objects[kid]["P"] = before
    parent["K"].remove(after)
    other.clear()  # to free it would put pydyf's table of objects out of step
