"""Looks the machine over: the system's libraries and the faces that a page needs."""

from __future__ import annotations

import ctypes.util
import platform
from collections.abc import Iterator

from generator.fonts.faces import FACES, LATIN, Face

Finding = tuple[str, str, str | None]
"""What was looked for, what was found, and the cure if it is missing."""

_LIBRARIES = (
    ("Pango", "pango-1.0", "libpango-1.0-0", "pango"),
    ("PangoFT2", "pangoft2-1.0", "libpangoft2-1.0-0", "pango"),
    ("HarfBuzz", "harfbuzz", "libharfbuzz0b", "harfbuzz"),
    ("HarfBuzz-subset", "harfbuzz-subset", "libharfbuzz-subset0", "harfbuzz"),
    ("Fontconfig", "fontconfig", "libfontconfig1", "fontconfig"),
)


def examine() -> Iterator[Finding]:
    """Each thing that printing needs, found or not, with the exact command that mends it."""
    for name, library, debian, brew in _LIBRARIES:
        found = ctypes.util.find_library(library)
        yield name, found or "", None if found else _install(debian, brew)
    yield from map(_face, FACES)


def _face(face: Face) -> Finding:
    name = f"font {face.family}"
    if face.installed:
        return name, f"{len(list(face.folder.glob('*.ttf')))} files", None
    if face.extra:
        who = "a brand that names it" if face.family in LATIN else "its own language"
        return name, f"not here; only {who} needs it: {face.cure}", None
    return name, "", face.cure


def _install(debian: str, brew: str) -> str:
    if platform.system() == "Darwin":
        return f"brew install {brew}"
    return f"sudo apt-get install {debian}"
