"""Mends what WeasyPrint's tags lack, just before the file is written."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

SCOPES = {"row": "/Row", "col": "/Column"}


def scope_headers(document: Any, _: Any) -> None:
    """Give every header cell its scope (PDF/UA-1, 7.5); WeasyPrint writes none.

    A finisher for ``write_pdf``: WeasyPrint keeps each cell's tag on the cell's box.
    """
    for page in document.pages:
        for box in _boxes(page._page_box):  # noqa: SLF001  # WeasyPrint shows its boxes nowhere else
            mark = getattr(box, "mark", None)
            if mark is not None and mark["S"] == "/TH":
                mark["A"]["Scope"] = SCOPES[box.element.get("scope", "col")]


def _boxes(box: Any) -> Iterator[Any]:
    box = getattr(box, "_box", box)
    yield box
    for child in getattr(box, "children", ()):
        yield from _boxes(child)
