"""The small square code (Data Matrix, ISO/IEC 16022) that counts sheets at the folder-inserter.

It says the packet's opaque id, the number of the sheet and how many there are; no name.
"""

from __future__ import annotations

from functools import lru_cache

import zxingcpp

QUIET = 1
"""Modules of white that the standard asks for around the code."""


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
