"""Imposition: two pages on each side of a sheet, so that folded they make a booklet.

What is on a page stays content of the sheet, and the structure tree keeps the order in which it is
read: only its elements, links and bookmarks learn on which sheet they are now, and where.
"""

from __future__ import annotations

import io
import re
from collections.abc import Iterator, Sequence

import pikepdf
from pikepdf import Array, Dictionary, Name, Object

from generator.compose.bind import saved
from generator.compose.merge import siblings
from generator.compose.stamps import streams_of

PAGES_A_SHEET = 4
_MARK = re.compile(rb"/MCID (\d+)")
_Shifts = dict[tuple[int, int], tuple[Object, int, float]]
"""For each page: the side of a sheet it is on, from which number its marks count there, and how
far to the right it is, in points."""


def booklet_order(pages: int, *, right_to_left: bool = False) -> Iterator[tuple[int, int]]:
    """The pages, from 0, on the left and right of each side of each sheet, fronts before backs.

    ``pages`` is a multiple of four. The sheets are turned over their short edge, laid on each
    other and folded; what is read from right to left has its fold on the right.
    """
    for first in range(0, pages // 2, 2):
        last = pages - 1 - first
        for left, right in ((last, first), (first + 1, last - 1)):
            yield (right, left) if right_to_left else (left, right)


def impose(content: bytes, *, right_to_left: bool = False) -> bytes:
    """Make a bound file, whose pages are a multiple of four and alike in size, a booklet."""
    with pikepdf.open(io.BytesIO(content)) as pdf:
        pages = [page.obj for page in pdf.pages]
        width, height = (float(side) for side in list(pages[0].MediaBox)[2:])
        numbers = _parents(pdf)
        shifts: _Shifts = {}
        sides: list[Object] = []
        mapped = Array()
        for left, right in booklet_order(len(pages), right_to_left=right_to_left):
            side = pdf.add_blank_page(page_size=(2 * width, height)).obj
            owners = _fill(pdf, side, (pages[left], pages[right]), width, numbers, shifts)
            side.StructParents, side.Tabs = len(sides), Name.S
            mapped.extend(Array([len(sides), Array(owners)]))
            sides.append(side)
        _map_links(sides, shifts, numbers, mapped)
        _move_structure(pdf.Root.StructTreeRoot.K[0], shifts)
        if "/Outlines" in pdf.Root:
            _move_bookmarks(pdf.Root.Outlines, shifts)
        pdf.Root.StructTreeRoot.ParentTree.Nums = mapped
        pdf.Root.StructTreeRoot.ParentTreeNextKey = len(mapped) // 2
        del pdf.pages[: len(pages)]
        return saved(pdf)


def _parents(pdf: pikepdf.Pdf) -> dict[int, Object]:
    numbers = list(pdf.Root.StructTreeRoot.ParentTree.Nums)
    return dict(zip(map(int, numbers[::2]), numbers[1::2], strict=True))


def _fill(
    pdf: pikepdf.Pdf,
    side: Object,
    pages: Sequence[Object],
    width: float,
    numbers: dict[int, Object],
    shifts: _Shifts,
) -> list[Object]:
    """Set two pages side by side; returns whose their marks are, in order."""
    owners: list[Object] = []
    drawn, links = [], []
    resources = Dictionary()
    for number, page in enumerate(pages):
        shifts[page.objgen] = (side, len(owners), number * width)
        content = b"\n".join(stream.read_bytes() for stream in streams_of(page))
        drawn.append(
            b"q 1 0 0 1 %g 0 cm\n%s\nQ\n" % (number * width, _counted(content, len(owners)))
        )
        _lend(page.Resources, resources)
        for link in page.get("/Annots", Array()):
            link.Rect = _shifted(link.Rect, number * width)
            links.append(link)
        if "/StructParents" in page:
            owners += list(numbers[int(page.StructParents)])
    side.Resources = resources
    side.Contents = pdf.make_stream(b"".join(drawn))
    if links:
        side.Annots = Array(links)
    return owners


def _counted(content: bytes, first: int) -> bytes:
    """A page's content with its marks counted from another number."""
    return _MARK.sub(lambda mark: b"/MCID %d" % (int(mark[1]) + first), content)


def _lend(resources: Object, to: Object) -> None:
    """Pages of one binding name the same thing alike, so that what they use can be put together."""
    for kind, held in resources.items():
        if isinstance(held, Dictionary):
            to[kind] = Dictionary(
                {**dict(to.get(kind, Dictionary()).items()), **dict(held.items())}
            )


def _shifted(rectangle: Object, by: float) -> Array:
    left, bottom, right, top = (float(side) for side in rectangle)
    return Array([left + by, bottom, right + by, top])


def _map_links(
    sides: Sequence[Object], shifts: _Shifts, numbers: dict[int, Object], mapped: Array
) -> None:
    """Links follow the sides in the parent tree, and lead to a place on a side."""
    for side in sides:
        for link in side.get("/Annots", Array()):
            key = len(mapped) // 2
            mapped.extend(Array([key, numbers[int(link.StructParent)]]))
            link.StructParent = key
            if "/P" in link:
                link.P = side
            if "/Dest" in link:
                link.Dest = _moved(link.Dest, shifts)


def _move_structure(element: Object, shifts: _Shifts) -> None:
    """Let elements, and what refers to content and links, point at the sides of sheets."""
    page = element.get("/Pg")
    first = shifts[page.objgen][1] if page is not None else 0
    kids = Array()
    for kid in element.K if isinstance(element.K, Array) else [element.K]:
        if not isinstance(kid, Dictionary):
            kids.append(int(kid) + first)
            continue
        if "/S" in kid:
            _move_structure(kid, shifts)
        else:
            _move_reference(kid, first, shifts)
        kids.append(kid)
    element.K = kids
    if page is not None:
        element.Pg, _, right = shifts[page.objgen]
        if element.S == "/Figure" and "/A" in element:
            element.A.BBox = _shifted(element.A.BBox, right)


def _move_reference(reference: Object, first: int, shifts: _Shifts) -> None:
    """Marked content of another page than its element's, or a link."""
    if "/Pg" in reference:
        reference.Pg, first, _ = shifts[reference.Pg.objgen]
    if "/MCID" in reference:
        reference.MCID = int(reference.MCID) + first


def _move_bookmarks(outline: Object, shifts: _Shifts) -> None:
    for entry in siblings(outline):
        entry.Dest = _moved(entry.Dest, shifts)
        _move_bookmarks(entry, shifts)


def _moved(place: Object, shifts: _Shifts) -> Array:
    """A destination ``[page /XYZ left top zoom]`` on the side that the page is now on."""
    page, how, left, *rest = list(place)
    side, _, right = shifts[page.objgen]
    return Array([side, how, float(left) + right, *rest])
