"""Tells one state of a library from another: by what is in its files, or when they were saved."""

from __future__ import annotations

import contextlib
import hashlib
import os
from collections.abc import Iterable, Iterator
from pathlib import Path

from generator.library.beneath import layers_of
from generator.library.find import FOLDERS


def library_digest(folder: Path) -> str:
    """The digest of every file of a library, also of those that it has from the one beneath it,
    to tell whether two places have the same one."""
    digest = hashlib.sha256()
    for name, path in _used(folder):
        digest.update(f"{name}\n".encode())
        digest.update(hashlib.sha256(path.read_bytes()).digest())
    return digest.hexdigest()


def _used(folder: Path) -> Iterator[tuple[str, Path]]:
    layers = layers_of(folder)
    for owner in FOLDERS:
        for path in sorted(path for path in (folder / owner).rglob("*") if path.is_file()):
            yield path.relative_to(folder).as_posix(), path
        for name, path in layers.within(owner).files().items():
            if layers.is_beneath(path):
                yield f"beneath {owner}/{name}", path


def library_stamp(folder: Path) -> tuple[tuple[str, int, int], ...]:
    """Name, time and size of every file of a library, and of the one beneath it: another one when
    somebody saved a file."""
    layers = layers_of(folder)
    roots = [folder, layers.beneath] if layers.beneath else [folder]
    return tuple(sorted(_stamps(root / owner for root in roots for owner in FOLDERS)))


def _stamps(folders: Iterable[Path]) -> Iterator[tuple[str, int, int]]:
    for folder in folders:
        with os.scandir(folder) as entries:
            for entry in entries:
                if entry.is_dir():
                    yield from _stamps([Path(entry.path)])
                elif not entry.name.startswith("."):
                    with contextlib.suppress(FileNotFoundError):  # saved at this very moment
                        found = entry.stat()
                        yield entry.path, found.st_mtime_ns, found.st_size
