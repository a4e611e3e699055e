"""Looks the machine over: the system's libraries and the faces that a page needs."""

from __future__ import annotations

import ctypes.util
import platform
from collections.abc import Iterator

from generator.errors import MachineError
from generator.press.fonts import FACES

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
    for face in FACES:
        try:
            yield f"font {face.family}", f"{len(list(face.folder.glob('*.ttf')))} files", None
        except MachineError as error:
            yield f"font {face.family}", "", str(error)


def _install(debian: str, brew: str) -> str:
    if platform.system() == "Darwin":
        return f"brew install {brew}"
    return f"sudo apt-get install {debian}"
