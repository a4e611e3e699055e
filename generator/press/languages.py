"""Has WeasyPrint's tags say the language of words that are not in the document's.

It writes the language of the whole document and no other (version 70), and its tags cannot be
told afterwards from which element they came: so they are marked while they are made.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from typing import Any

import pydyf


@cache
def say_languages() -> None:
    """From now on an element's ``lang`` becomes the ``Lang`` of its tags (PDF/UA-1, 7.2)."""
    from weasyprint.pdf import tags

    build = tags._build_box_tree  # noqa: SLF001  # there is no other way in

    def speaking(box: Any, *rest: Any) -> Iterator[Any]:
        language = box.element.get("lang") if box.element is not None else None
        for tag in build(box, *rest):
            if language and box.element_tag not in {"html", "body"}:
                tag["Lang"] = pydyf.String(language)
            yield tag

    tags._build_box_tree = speaking  # noqa: SLF001
