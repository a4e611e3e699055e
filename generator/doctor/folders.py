"""The folders that the press writes into: whether it can, whether others can, and for how long."""

from __future__ import annotations

import getpass
import os
import shlex
import shutil
import stat
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from generator.cache import FOLDER as CACHE
from generator.cache import usual_cache
from generator.doctor.finding import Finding
from generator.doctor.installing import as_root
from generator.errors import OutputNotWritable
from generator.private import scratch_folder
from generator.recall import usual_register
from generator.recall.register import FOLDER as REGISTER

WANTED = 500
"""Megabytes: a print run of a thousand packets has about half of that."""
_OTHERS_WRITE, _OTHERS_LOOK = stat.S_IWGRP | stat.S_IWOTH, stat.S_IRWXG | stat.S_IRWXO


@dataclass(frozen=True, slots=True)
class _Folder:
    """A folder, the variable that names another, and what others may not do there."""

    what: str
    path: Path
    variable: str
    forbidden: int
    optional: bool = False


def folders() -> Iterator[Finding]:
    """Each folder that is kept between two commands, then the one for temporary files."""
    for folder in _kept():
        yield _kept_well(folder)
    yield _scratch()


def _kept() -> Iterator[_Folder]:
    if cache := usual_cache().folder:
        yield _Folder("cache of pages", cache, CACHE, _OTHERS_WRITE, optional=True)
    yield _Folder("register for recalls", usual_register().folder, REGISTER, _OTHERS_LOOK)
    try:
        from generator.web import memory
    except ModuleNotFoundError:  # its own line says that the desk is not installed
        return
    yield _Folder("the desk's folder", memory.desk_folder(), memory.FOLDER, _OTHERS_LOOK)


def _kept_well(folder: _Folder) -> Finding:
    path, quoted = _nearest(folder.path), shlex.quote(str(folder.path))
    other = f"or name another folder with {folder.variable}"
    if not path.is_dir():
        return Finding(folder.what, f"{path} is a file", f"move it away, {other}")
    if not os.access(path, os.W_OK | os.X_OK):
        mine = as_root(f"chown {_user()} {shlex.quote(str(path))}")
        found = f"{path} cannot be written"
        return Finding(folder.what, found, f"{mine}, {other}", folder.optional)
    if path == folder.path and path.stat().st_mode & folder.forbidden:
        rights, can = ("go-w", "write") if folder.forbidden == _OTHERS_WRITE else ("go=", "look")
        return Finding(folder.what, f"others can {can} into {path}", f"chmod {rights} {quoted}")
    return Finding(folder.what, str(folder.path))


def _scratch() -> Finding:
    what = "temporary files"
    try:
        with scratch_folder() as folder:
            return Finding(what, str(folder.parent))
    except OutputNotWritable as error:
        named = "XDG_RUNTIME_DIR" if os.environ.get("XDG_RUNTIME_DIR") else "TMPDIR"
        cure = f"name another place with {named}"
        if error.path.is_dir() and error.path.lstat().st_uid == os.getuid():
            cure = f"chmod 700 {shlex.quote(str(error.path))}"
        return Finding(what, f"{error.path}: {error.reason}", cure)


def free_space() -> Iterator[Finding]:
    """Each disk that is written to, once."""
    places = (Path.cwd(), Path(tempfile.gettempdir()), *(folder.path for folder in _kept()))
    disks = {_nearest(place).stat().st_dev: _nearest(place) for place in reversed(places)}
    for place in reversed(disks.values()):
        free = shutil.disk_usage(place).free / 1e6
        cure = "make room: handouts shred out --older-than 7d; handouts cache clear"
        found = f"{free / 1000:,.1f} GB" if free >= 1000 else f"{free:.0f} MB"
        lacking = f"{found}; {WANTED} MB are wanted"
        short = free < WANTED
        what = f"free space at {place}"
        yield Finding(what, lacking if short else found, cure if short else None)


def _user() -> str:
    """The user's name, or number where the machine knows no name, as in a container."""
    try:
        return getpass.getuser()
    except (KeyError, OSError):
        return str(os.getuid())


def _nearest(path: Path) -> Path:
    """The path itself, or the nearest above it that is there and can be looked at."""
    places = (path, *path.absolute().parents)
    return next(place for place in places if place.exists())
