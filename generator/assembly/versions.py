"""What a laid-out page depends on besides its words and its look: the engine and its parts."""

from __future__ import annotations

import ctypes
import hashlib
from functools import cache
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

from generator.fonts.faces import FACES

PACKAGES = ("weasyprint", "pydyf", "tinycss2", "tinyhtml5", "cssselect2", "fonttools", "pikepdf")
_SYSTEM = {
    "pango_version_string": ("libpango-1.0.so.0", "libpango-1.0.0.dylib", "pango-1.0-0.dll"),
    "hb_version_string": ("libharfbuzz.so.0", "libharfbuzz.0.dylib", "libharfbuzz-0.dll"),
}


@cache
def engine() -> str:
    """A digest of the versions of all that lays out a page, and of the press's own code."""
    parts = [f"{name} {_package(name)}" for name in PACKAGES]
    parts += [f"{face.package} {_package(face.package.replace('_', '-'))}" for face in FACES]
    parts += [f"{ask} {_library(ask, names)}" for ask, names in _SYSTEM.items()]
    rooms = Path(__file__).resolve().parents[1]
    code = sorted([*rooms.glob("press/*.py"), *rooms.glob("compose/*.py")])
    digest = hashlib.sha256("\n".join(parts).encode())
    for module in code:
        digest.update(module.read_bytes())
    return digest.hexdigest()


def _package(name: str) -> str:
    try:
        return version(name)
    except PackageNotFoundError:
        return "none"


def _library(ask: str, names: tuple[str, ...]) -> str:
    """The version of a system library, asked without importing WeasyPrint for it."""
    for name in names:
        try:
            call = getattr(ctypes.CDLL(name), ask)
        except (OSError, AttributeError):
            continue
        call.restype = ctypes.c_char_p
        return str(call().decode())
    return "unknown"
