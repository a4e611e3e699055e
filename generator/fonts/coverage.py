"""Which characters our faces can print, known before anything is laid out.

A character without a glyph comes out as a box, and a box extracts from the PDF as the right
text: nobody notices but the patient.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable
from functools import cache

from generator.errors import ExtraMissing
from generator.fonts.faces import CJK, FACES, Face, faces

_EAST_ASIAN = (
    *((0x1100, 0x11FF), (0x2E80, 0x9FFF), (0xA960, 0xA97F), (0xAC00, 0xD7FF)),
    *((0xF900, 0xFAFF), (0xFE30, 0xFE4F), (0xFF00, 0xFFEF), (0x20000, 0x3FFFF)),
)
"""Code points of Chinese, Japanese and Korean, their punctuation too."""
_LETTER_OF = {"zh": "中", "ja": "あ", "ko": "한"}
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
    if face := absent_face(character):
        return f"install the fonts for it: {face.cure}"
    return "write it another way"


def absent_face(characters: str) -> Face | None:
    """An optional face that is not installed and is there to print one of these characters."""
    wanted = any(first <= ord(c) <= last for c in characters for first, last in _EAST_ASIAN)
    absent = (face for face in FACES if face.extra == CJK and not face.installed)
    return next(absent, None) if wanted else None


def refuse_without_faces(languages: Iterable[str]) -> None:
    """Raise :class:`ExtraMissing` for a language whose letters come with a part not installed."""
    for language in languages:
        if face := absent_face(_LETTER_OF.get(language.split("-", maxsplit=1)[0], "")):
            raise face_missing(f"Pages in {language}", face)


def face_missing(who: str, face: Face) -> ExtraMissing:
    """The error that says who needs an optional face, and how to get it."""
    return ExtraMissing(f"{who} need a font that is not installed ({face.family})", CJK)


@cache
def _characters(face: Face) -> frozenset[int]:
    """The code points for which a face has glyphs in every file of it that we have."""
    from fontTools.ttLib import TTFont

    found: list[set[int]] = []
    for file in sorted(face.folder.glob("*.ttf")):
        with TTFont(file, lazy=True) as font:
            found.append(set(font.getBestCmap()))
    return frozenset(set.intersection(*found)) if found else frozenset()
