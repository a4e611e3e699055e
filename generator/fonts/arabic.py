"""Which letter each glyph of our Arabic face is, as the face itself says it."""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping
from functools import cache

from generator.fonts.faces import FACES

FAMILY = "Almarai"
_BLOCKS = ((0x0600, 0x06FF), (0x0750, 0x077F), (0xFB50, 0xFDFF), (0xFE70, 0xFEFC))


@cache
def letters(weight: str) -> Mapping[int, str]:
    """The letter of each Arabic glyph of a weight (``Regular``, ``Bold``), by glyph number.

    A letter in one of its four shapes is the letter. A ligature of lam and alef is the one
    character that Unicode has for it, which compares equal to its two letters (NFKC).
    """
    from fontTools.ttLib import TTFont

    (face,) = (face for face in FACES if face.family == FAMILY)
    with TTFont(face.folder / f"{FAMILY}-{weight}.ttf", lazy=True) as font:
        return {
            font.getGlyphID(name): _letter(code)
            for code, name in font.getBestCmap().items()
            if any(first <= code <= last for first, last in _BLOCKS)
        }


def _letter(code: int) -> str:
    letters = unicodedata.normalize("NFKC", chr(code))
    return letters if len(letters) == 1 else chr(code)
