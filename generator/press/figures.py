"""Says where pictures are as PDF counts: in points from the page's lower left corner.

WeasyPrint 70 says it in CSS pixels from the upper left (ISO 32000-1, 14.8.5.4.3 asks for points).
"""

from __future__ import annotations

from typing import Any

import pydyf

from generator.press.slots import POINTS


def mend_figures(objects: dict[bytes, Any]) -> None:
    """Give the element of each picture its true place."""
    for thing in list(objects.values()):
        if isinstance(thing, dict) and thing.get("S") == "/Figure" and "A" in thing:
            left, top, right, bottom = (side * POINTS for side in thing["A"]["BBox"])
            height = objects[thing["Pg"]]["MediaBox"][3]
            thing["A"]["BBox"] = pydyf.Array((left, height - bottom, right, height - top))
