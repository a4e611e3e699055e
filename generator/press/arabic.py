"""Has Arabic come out of a PDF as it went in, when it is copied or read aloud.

WeasyPrint takes a glyph's letters from the text that it first stood for. Two things go wrong with
that, both seen in Poppler, PDFium and MuPDF: a letter that first came with a mark above it is
nothing at all from then on; and a ligature of lam and alef is turned around with its line, which
makes of "do not", ``لا``, the article ``ال``. So the letters are taken from the face.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

import pydyf

from generator.fonts.arabic import FAMILY, letters

_GLYPH = re.compile(rb"<([0-9a-f]{4})> <([0-9a-f]*)>", re.IGNORECASE)


def name_letters(pdf: pydyf.PDF, objects: Mapping[bytes, Any]) -> None:
    """Give the glyphs of our Arabic face the letters that they are."""
    for font in pdf.objects:
        if isinstance(font, pydyf.Dictionary) and "ToUnicode" in font:
            name = str(font["BaseFont"])
            if FAMILY in name:
                known = letters("Bold" if "Bold" in name else "Regular")
                stream = objects[font["ToUnicode"]]
                stream.stream = [_named(part, known) for part in stream.stream]


def _named(part: object, known: Mapping[int, str]) -> bytes:
    def named(found: re.Match[bytes]) -> bytes:
        letter = known.get(int(found[1], 16))
        return found[0] if letter is None else b"<%s> <%04X>" % (found[1], ord(letter))

    return _GLYPH.sub(named, part if isinstance(part, bytes) else str(part).encode())
