"""Finds what a folder still holds of patients who were printed for long ago, and removes it.

Only what the press itself wrote is touched, by its name and its kind: packets, print runs,
manifests and journals. Whatever else lies there stays.
"""

from __future__ import annotations

import contextlib
import json
import os
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from generator.errors import NoRun, OutputNotWritable
from generator.output import HALF
from generator.run.batch import PACKETS
from generator.run.journal import NAME, held
from generator.run.manifest import CSV_NAME, JSON_NAME, read_manifest
from generator.run.print_run import NAME as PRINT_RUN

_PACKET = re.compile(r"[0-9a-f]{12}\.pdf")
_ALONE = re.compile(r"packet-[0-9a-f]{12}\.pdf")
_OF_A_RUN = re.compile(rf"{re.escape(PRINT_RUN)}|reprint-\d+\.pdf|{CSV_NAME}|{JSON_NAME}|{NAME}")
_HALF = re.compile(rf"\..*\.(pdf|json|csv)\..*{re.escape(HALF)}")


@dataclass(frozen=True, slots=True)
class Old:
    """A run, or single packets, that are to go. ``since`` is when the last file was written."""

    folder: Path
    files: tuple[Path, ...]
    since: float
    is_run: bool


def found_in(folder: Path, before: float) -> Iterator[Old]:
    """What is older than a moment (seconds since 1970), in a folder and the folders in it."""
    try:
        inside = sorted(path for path in folder.iterdir() if path.is_dir())
    except OSError as error:
        raise NoRun(folder, f"cannot be read: {error.strerror}") from None
    for place in (folder, *(path for path in inside if not path.is_symlink())):
        for old in (_run_in(place), _single_packets_in(place, before)):
            if old.files and old.since < before:
                yield old


def shred(old: Old) -> int:
    """Write over each file and remove it; returns how many there were.

    Raises :class:`FolderInUse` while a run writes there.
    """
    lock = held(old.folder) if old.is_run else contextlib.nullcontext()
    with lock:
        for file in old.files:
            remove(file)
    if old.is_run:
        for emptied in (old.folder / PACKETS, old.folder):
            with contextlib.suppress(OSError):
                emptied.rmdir()
    return len(old.files)


def _run_in(folder: Path) -> Old:
    if not _is_run(folder):
        return Old(folder, (), 0, is_run=True)
    packets = (file for file in _plain(folder / PACKETS) if _PACKET.fullmatch(file.name))
    own = [file for file in _plain(folder) if _OF_A_RUN.fullmatch(file.name)]
    halves = [f for f in (*_plain(folder), *_plain(folder / PACKETS)) if _HALF.fullmatch(f.name)]
    own.sort(key=lambda file: file.name == NAME)  # the journal goes last: it says whose they are
    return _old(folder, (*packets, *halves, *own), is_run=True)


def _single_packets_in(folder: Path, before: float) -> Old:
    """Packets of ``handouts plan``; each goes when it is old itself."""
    files = (file for file in _plain(folder) if _ALONE.fullmatch(file.name))
    old = tuple(file for file in files if file.stat().st_mtime < before)
    return _old(folder, old, is_run=False)


def _old(folder: Path, files: tuple[Path, ...], *, is_run: bool) -> Old:
    since = max((file.stat().st_mtime for file in files), default=0)
    return Old(folder, files, since, is_run)


def _plain(folder: Path) -> list[Path]:
    """The files of a folder; no links, and nothing through one."""
    if folder.is_symlink() or not folder.is_dir():
        return []
    return sorted(path for path in folder.iterdir() if path.is_file() and not path.is_symlink())


def _is_run(folder: Path) -> bool:
    """Whether a folder has a journal or a manifest of ours."""
    with contextlib.suppress(NoRun):
        read_manifest(folder / JSON_NAME)
        return True
    with contextlib.suppress(OSError, ValueError, RecursionError):
        if not (folder / NAME).is_symlink():
            with (folder / NAME).open("rb") as stream:
                head = json.loads(stream.readline(1000))
            return isinstance(head, dict) and "journal" in head and "key" in head
    return False


def remove(file: Path) -> None:
    """Write over a file and remove it; raises :class:`OutputNotWritable`."""
    try:
        with file.open("r+b") as stream:
            stream.write(os.urandom(file.stat().st_size))
            stream.flush()
            os.fsync(stream.fileno())
        file.unlink()
    except OSError as error:
        raise OutputNotWritable(file, error.strerror or str(error)) from None
