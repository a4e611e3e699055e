"""Which library: the one that was named, else the checkout's, else the wheel's own.

Never one found by searching upward from the current folder: silently printing another
clinic's words is the worst failure.
"""

from __future__ import annotations

from pathlib import Path

from generator.errors import LibraryNotFound, OutputInsideLibrary
from generator.library.layers import Layers

FOLDERS = ("content", "handouts", "templates")
CLINIC = "content/clinic.yaml"
_PACKAGE = Path(__file__).resolve().parents[1]
CHECKOUT, BUILT_IN = _PACKAGE.parent, _PACKAGE / "_library"


def find_library(named: Path | None) -> Path:
    """The library's folder; raises :class:`LibraryNotFound` when it is not one."""
    return _library(shipped_library() if named is None else named)


def shipped_library() -> Path:
    """The folder of the library that comes with the program."""
    return BUILT_IN if BUILT_IN.is_dir() else CHECKOUT


def missing(folder: Path) -> str | None:
    """What a folder lacks to be a library; None when it is one."""
    needed = (CLINIC, "handouts", "templates")
    return next((name for name in needed if not (folder / name).exists()), None)


def _library(folder: Path) -> Path:
    if lacking := missing(folder):
        raise LibraryNotFound(folder, lacking)
    return folder.resolve()


def refuse_inside(library: Layers | Path, output: Path) -> None:
    """Refuse an output folder inside a library's own, or inside the one beneath it: packets name
    patients."""
    layers, place = Layers.of(library), output.resolve()
    for root in filter(None, (layers.own, layers.beneath)):
        for owner in FOLDERS:
            if place.is_relative_to((root / owner).resolve()):
                raise OutputInsideLibrary(output, owner)
