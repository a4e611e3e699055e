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

from generator.fonts.coverage import absent_face, cure_for, face_missing
from generator.fonts.faces import FACES
from generator.press.slots import is_stamp

OUR_FAMILIES = frozenset(face.family for face in FACES)
TOLERANCE = 1.0
"""CSS pixels; rounding stays far below it, a cut letter is far above."""

LETTERS = 1.25
"""How high letters with all their marks are, to the size of the font."""

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
    stamp: Any = None


def refuse_missing_face(name: str, log: Sequence[str]) -> None:
    """Raise :class:`ExtraMissing` when letters are missing for want of an optional face: one
    sentence, and not one for each block."""
    if face := absent_face("".join(map(chr, _missing(log)))):
        raise face_missing(f"The pages of {name}", face)


def findings(document: Any, log: Sequence[str], *, private: bool) -> Iterator[str]:
    """Everything wrong with the pages, each as ``page 2, block …: what, and what to do``.

    ``private`` keeps the page's own text out of the findings, because it may name a patient.
    """
    placed = [item for number, page in enumerate(document.pages, 1) for item in _page(page, number)]
    missing = _missing(log)
    yield from dict.fromkeys(message for message in log if not _MISSING_GLYPH.match(message))
    yield from _missing_glyphs(missing, placed, private)
    yield from _first_of_each(_past_margins(placed, private))
    yield from _first_of_each(_foreign_faces(placed))
    yield from _broken_stamps(placed)


def _missing(log: Sequence[str]) -> set[int]:
    return {int(glyph[1], 16) for message in log if (glyph := _MISSING_GLYPH.match(message))}


def _first_of_each(found: Iterator[tuple[_Placed, str]]) -> Iterator[str]:
    """What a head or foot does wrong on every page is said once, with the first of them."""
    seen: set[tuple[str, str]] = set()
    for item, what in found:
        if (item.block, what) not in seen:
            seen.add((item.block, what))
            yield f"page {item.page}, block {item.block}: {what}"


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


def _leaves(box: Any, block: str, page: int, area: Any, stamp: Any = None) -> Iterator[_Placed]:
    box = getattr(box, "_box", box)
    element = getattr(box, "element", None)
    if element is not None and element.get("data-block"):
        block = element.get("data-block")
        stamp = element if is_stamp(element) else stamp
    if isinstance(box, boxes.TextBox | boxes.ReplacedBox):
        yield _Placed(box, block, page, area, stamp)
    for child in getattr(box, "children", ()):
        yield from _leaves(child, block, page, area, stamp)


def _missing_glyphs(missing: set[int], placed: Sequence[_Placed], private: bool) -> Iterator[str]:
    """A missing character is named with its block; on a private page by its number alone."""
    named = {
        code: f"U+{code:04X}" if private else f"'{chr(code)}' (U+{code:04X})" for code in missing
    }
    found = dict.fromkeys(missing, False)

    def where() -> Iterator[tuple[_Placed, str]]:
        for item in placed:
            text = getattr(item.box, "text", "")
            if lacking := [code for code in sorted(missing) if chr(code) in text]:
                found.update(dict.fromkeys(lacking, True))
                characters = ", ".join(named[code] for code in lacking)
                cure = cure_for(chr(lacking[0]))
                yield item, f"no font of ours has {characters}; {cure}"

    yield from _first_of_each(where())
    for code in (code for code, seen in found.items() if not seen):
        yield f"no font of ours has {named[code]}; {cure_for(chr(code))}"


def _past_margins(placed: Sequence[_Placed], private: bool) -> Iterator[tuple[_Placed, str]]:
    for item in placed:
        left, top, right, bottom = item.area
        box, spare = item.box, _spare(item.box)
        sides = {
            "left": left - box.position_x,
            "right": box.position_x + box.width - right,
            "upper": top - box.position_y - spare,
            "lower": box.position_y + box.height - spare - bottom,
        }
        for side, excess in sides.items():
            if excess > TOLERANCE:
                what = f"{_named(box, private)} runs {excess:.0f} px past the {side} margin"
                yield item, f"{what}; shorten it or break it up"


def _spare(box: Any) -> float:
    """The room that a face claims above and below its letters: Noto Sans SC claims half as much
    again as its letters are high."""
    if not isinstance(box, boxes.TextBox):
        return 0.0
    return max(0.0, float(box.height - LETTERS * box.style["font_size"]) / 2)


def _foreign_faces(placed: Sequence[_Placed]) -> Iterator[tuple[_Placed, str]]:
    ours = ", ".join(sorted(OUR_FAMILIES))
    for item in placed:
        if isinstance(item.box, boxes.TextBox):
            for family in set(item.box.style["font_family"]) - OUR_FAMILIES:
                what = f"the font '{family}' is not one of ours ({ours})"
                yield item, f"{what}; mend the stylesheet"


def _broken_stamps(placed: Sequence[_Placed]) -> Iterator[str]:
    """A stamp has one sheet; what goes on to a second one would not be printed."""
    first: dict[Any, int] = {}
    for item in placed:
        stamp = item.stamp
        if stamp is not None and first.setdefault(stamp, item.page) != item.page:
            yield f"page {item.page}, block {item.block}: does not fit its place; shorten it"
            return


def _named(box: Any, private: bool) -> str:
    text = getattr(box, "text", "").strip()
    if text and private:
        return f"a text of {len(text)} letters"
    return f"'{text[:40]}{'…' if len(text) > 40 else ''}'" if text else "a picture"
