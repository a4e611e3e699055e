"""Small square codes (Data Matrix, ISO/IEC 16022).

The one on each page counts sheets at the folder-inserter: it says the packet's opaque id, the
number of the sheet and how many there are; no name. The one on a handout's last page says which
words it has.
"""

from __future__ import annotations

from functools import lru_cache

import zxingcpp

from generator.press import Rectangle

QUIET = 1
"""Modules of white that the standard asks for around the code."""


def square(text: str, slot: Rectangle) -> bytes:
    """What draws the code as large as its slot is wide, in the slot's lower corner."""
    modules, count = drawing(text)
    left, bottom, width, _ = slot
    at = f"q {width / count:.4f} 0 0 {width / count:.4f} {left:g} {bottom:g} cm\n".encode()
    return at + modules + b"Q\n"


@lru_cache(maxsize=256)
def drawing(text: str) -> tuple[bytes, int]:
    """PDF operators that draw the code in unit squares, and how many of them are to a side."""
    barcode = zxingcpp.create_barcode(text, zxingcpp.BarcodeFormat.DataMatrix, force_square=True)
    image = barcode.to_image(scale=1, add_quiet_zones=False)
    rows, columns = image.shape
    pixels = bytes(memoryview(image).cast("B"))  # type: ignore[arg-type]  # it is a buffer
    drawn = []
    for row in range(rows):
        line = pixels[row * columns : (row + 1) * columns]
        column = 0
        while column < columns:
            start = column
            while column < columns and not line[column]:
                column += 1
            if column > start:
                across, up = start + QUIET, rows - 1 - row + QUIET
                drawn.append(f"{across} {up} {column - start} 1 re")
            column += 1
    return (" ".join(drawn) + " f\n").encode(), columns + 2 * QUIET
