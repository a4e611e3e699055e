"""Which library: the one that was named, else the checkout's, else the wheel's own.

Never one found by searching upward from the current folder: silently printing another
clinic's words is the worst failure.
"""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterable, Iterator
from pathlib import Path

from generator.errors import LibraryNotFound, OutputInsideLibrary

FOLDERS = ("content", "handouts", "templates")
_PACKAGE = Path(__file__).resolve().parents[1]
CHECKOUT, BUILT_IN = _PACKAGE.parent, _PACKAGE / "_library"


def find_library(named: Path | None) -> Path:
    """The library's folder; raises :class:`LibraryNotFound` when it is not one."""
    if named is not None:
        return _library(named)
    return _library(BUILT_IN if BUILT_IN.is_dir() else CHECKOUT)


def _library(folder: Path) -> Path:
    for needed in ("content/clinic.yaml", "handouts", "templates"):
        if not (folder / needed).exists():
            raise LibraryNotFound(folder, needed)
    return folder.resolve()


def library_digest(folder: Path) -> str:
    """The digest of every file of a library, to tell whether two places have the same one."""
    digest = hashlib.sha256()
    for owner in FOLDERS:
        for file in sorted(path for path in (folder / owner).rglob("*") if path.is_file()):
            digest.update(f"{file.relative_to(folder).as_posix()}\n".encode())
            digest.update(hashlib.sha256(file.read_bytes()).digest())
    return digest.hexdigest()


def library_stamp(folder: Path) -> tuple[tuple[str, int, int], ...]:
    """Name, time and size of every file of a library: another one when somebody saved a file."""
    return tuple(sorted(_stamps(folder / owner for owner in FOLDERS)))


def _stamps(folders: Iterable[Path]) -> Iterator[tuple[str, int, int]]:
    for folder in folders:
        with os.scandir(folder) as entries:
            for entry in entries:
                if entry.is_dir():
                    yield from _stamps([Path(entry.path)])
                elif not entry.name.startswith("."):
                    found = entry.stat()
                    yield entry.path, found.st_mtime_ns, found.st_size


def refuse_inside(library: Path, output: Path) -> None:
    """Refuse an output folder inside the library's own: packets name patients."""
    for owner in FOLDERS:
        if output.resolve().is_relative_to((library / owner).resolve()):
            raise OutputInsideLibrary(output, owner)
