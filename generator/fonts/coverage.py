"""Which characters our faces can print, known before anything is laid out.

A character without a glyph comes out as a box, and a box extracts from the PDF as the right
text: nobody notices but the patient.
"""

from __future__ import annotations

import unicodedata
from functools import cache

from generator.fonts.faces import FACES, Face, faces

_EAST_ASIAN = {"CJK", "HANGUL", "HIRAGANA", "KATAKANA", "IDEOGRAPHIC", "FULLWIDTH"}
_NO_GLYPH_NEEDED = {"Zs", "Cc", "Cf", "Zl", "Zp"}


def unprintable(text: str) -> str:
    """The characters of a text that no face of this machine has, each once, in their order."""
    missing = {c for c in text if unicodedata.category(c) not in _NO_GLYPH_NEEDED}
    for face in faces():
        if not missing:
            return ""
        missing = {character for character in missing if ord(character) not in _characters(face)}
    return "".join(dict.fromkeys(c for c in text if c in missing))


def faces_with(text: str) -> tuple[str, ...]:
    """The families that a text is set in: each takes what those before it do not have."""
    left, used = {c for c in text if unicodedata.category(c) not in _NO_GLYPH_NEEDED}, []
    for face in faces():
        if left and (
            its := {character for character in left if ord(character) in _characters(face)}
        ):
            used.append(face.family)
            left -= its
    return tuple(used)


def cure_for(character: str) -> str:
    """What to do about a character that cannot be printed."""
    if _script(character) in _EAST_ASIAN:
        absent = [face for face in FACES if face.extra == "cjk" and not face.installed]
        if absent:
            return f"install the fonts for it: {absent[0].cure}"
    return "write it another way"


def _script(character: str) -> str:
    return unicodedata.name(character, "").split(" ")[0]


@cache
def _characters(face: Face) -> frozenset[int]:
    """The code points for which a face has glyphs in every file of it that we have."""
    from fontTools.ttLib import TTFont

    found: list[set[int]] = []
    for file in sorted(face.folder.glob("*.ttf")):
        with TTFont(file, lazy=True) as font:
            found.append(set(font.getBestCmap()))
    return frozenset(set.intersection(*found)) if found else frozenset()
