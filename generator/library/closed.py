"""A library is closed: nothing in it leads out of it, and nothing is anything but a file."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

from generator.errors import Problem
from generator.library.find import FOLDERS
from generator.library.places import shown

_PORTS = (f"{port}{number}" for port in ("com", "lpt") for number in range(1, 10))
_RESERVED = frozenset(("con", "prn", "aux", "nul", *_PORTS))


def ways_out(folder: Path) -> list[Problem]:
    """Links that leave the library, and pipes or devices, at which reading would not end."""
    found = [
        Problem(shown(path), 0, 0, "", message)
        for owner in FOLDERS
        for path in _everything(folder / owner)
        if (message := _wrong(path, folder))
    ]
    return sorted(found)


def is_reserved(name: str) -> bool:
    """Whether Windows keeps a name for a device, whatever follows its first dot."""
    return name.partition(".")[0].lower() in _RESERVED


def _everything(folder: Path) -> Iterator[Path]:
    for above, folders, files in os.walk(folder):
        yield from (Path(above, name) for name in (*folders, *files))


def _wrong(path: Path, folder: Path) -> str:
    if path.is_symlink():
        if not path.resolve().is_relative_to(folder.resolve()):
            return "is a link that leads out of the library; put the file itself there"
        if not path.exists():
            return ""
    if not path.is_file() and not path.is_dir():
        return "is neither a file nor a folder (a pipe, or a device?); remove it"
    return ""
