"""What WeasyPrint passes over in silence, found on the laid-out pages and named by block.

Text past the edge of its page area, a face that is not ours, a character that no face has.
WeasyPrint's own log records come along: a missing picture, CSS it did not understand, a
dangling link are errors here.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from weasyprint.formatting_structure import boxes

from generator.press.fonts import FACES

OUR_FAMILIES = frozenset(face.family for face in FACES)
TOLERANCE = 1.0
"""CSS pixels; rounding stays far below it, a cut letter is far above."""

UNPRINTABLE = 5 / 25.4 * 96
"""CSS pixels: no office printer reaches the outer 5 mm of a sheet."""

_MISSING_GLYPH = re.compile(r"\.notdef glyph rendered for Unicode string.*\(U\+([0-9A-F]+)\)")


@dataclass(frozen=True, slots=True)
class _Placed:
    """A box of text or a picture, the block that it belongs to, and the area it must stay in."""

    box: Any
    block: str
    page: int
    area: tuple[float, float, float, float]


def findings(document: Any, log: Sequence[str], *, private: bool) -> Iterator[str]:
    """Everything wrong with the pages, each as ``page 2, block …: what, and what to do``.

    ``private`` keeps the page's own text out of the findings, because it may name a patient.
    """
    placed = [item for number, page in enumerate(document.pages, 1) for item in _page(page, number)]
    for message in dict.fromkeys(log):
        yield from _logged(message, placed)
    yield from dict.fromkeys(_past_margins(placed, private))
    yield from dict.fromkeys(_foreign_faces(placed))


def _page(page: Any, number: int) -> Iterator[_Placed]:
    root = page._page_box  # noqa: SLF001  # WeasyPrint shows its boxes nowhere else
    top, bottom = UNPRINTABLE, root.margin_height() - UNPRINTABLE
    content = (
        root.content_box_x(),
        root.content_box_y(),
        root.content_box_x() + root.width,
        root.content_box_y() + root.height,
    )
    for child in root.children:
        if isinstance(child, boxes.MarginBox):
            above = child.position_y < content[1]
            area = (
                content[0],
                top if above else content[3],
                content[2],
                content[1] if above else bottom,
            )
            yield from _leaves(child, "page head" if above else "page foot", number, area)
        else:
            yield from _leaves(child, "page", number, content)


def _leaves(box: Any, block: str, page: int, area: Any) -> Iterator[_Placed]:
    box = getattr(box, "_box", box)
    element = getattr(box, "element", None)
    if element is not None and element.get("data-block"):
        block = element.get("data-block")
    if isinstance(box, boxes.TextBox | boxes.ReplacedBox):
        yield _Placed(box, block, page, area)
    for child in getattr(box, "children", ()):
        yield from _leaves(child, block, page, area)


def _past_margins(placed: Sequence[_Placed], private: bool) -> Iterator[str]:
    for item in placed:
        left, top, right, bottom = item.area
        box = item.box
        sides = {
            "left": left - box.position_x,
            "right": box.position_x + box.width - right,
            "upper": top - box.position_y,
            "lower": box.position_y + box.height - bottom,
        }
        for side, excess in sides.items():
            if excess > TOLERANCE:
                what = f"{_named(box, private)} runs {excess:.0f} px past the {side} margin"
                yield f"page {item.page}, block {item.block}: {what}; shorten it or break it up"


def _foreign_faces(placed: Sequence[_Placed]) -> Iterator[str]:
    for item in placed:
        if not isinstance(item.box, boxes.TextBox):
            continue
        for family in item.box.style["font_family"]:
            if family not in OUR_FAMILIES:
                yield (
                    f"page {item.page}, block {item.block}: the font '{family}' is not one of "
                    f"ours ({', '.join(sorted(OUR_FAMILIES))}); mend the stylesheet"
                )


def _logged(message: str, placed: Sequence[_Placed]) -> Iterator[str]:
    glyph = _MISSING_GLYPH.match(message)
    if not glyph:
        yield message
        return
    character = chr(int(glyph[1], 16))
    for item in placed:
        if character in getattr(item.box, "text", ""):
            yield (
                f"page {item.page}, block {item.block}: no font of ours has the character "
                f"'{character}' (U+{glyph[1]}); write it another way"
            )


def _named(box: Any, private: bool) -> str:
    text = getattr(box, "text", "").strip()
    if text and private:
        return f"a text of {len(text)} letters"
    return f"'{text[:40]}{'…' if len(text) > 40 else ''}'" if text else "a picture"
