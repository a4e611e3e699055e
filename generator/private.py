"""What is this user's alone on this machine: one folder for temporary files, one secret key."""

from __future__ import annotations

import contextlib
import fcntl
import os
import resource
import secrets
import shutil
import stat
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from generator.errors import OutputNotWritable
from generator.output import make_folder, write_whole

_LOCK = ".in-use"


def no_core_dumps() -> None:
    """From now on no crash of this process or its children writes its memory, names and all."""
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


@contextmanager
def scratch_folder() -> Iterator[Path]:
    """A folder for temporary files, gone at the end of the ``with``.

    It lies in the one folder that this user has for such things. What a killed program left
    there is removed by the next one that needs a folder. Raises :class:`OutputNotWritable`.
    """
    above = _above()
    _sweep(above)
    folder = Path(tempfile.mkdtemp(dir=above))
    try:
        with (folder / f"{_LOCK}.new").open("wb") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            (folder / f"{_LOCK}.new").rename(folder / _LOCK)  # never there without its holder
            yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def machine_key(file: Path) -> bytes:
    """A secret of this user's on this machine, made at first need; what is named by it tells
    nothing to somebody without it. Raises :class:`OutputNotWritable`.
    """
    with contextlib.suppress(OSError, ValueError):
        if len(key := bytes.fromhex(file.read_text("ascii"))) == 32:
            return key
    key = secrets.token_bytes(32)
    write_whole(file, key.hex().encode())
    return key


def _above() -> Path:
    """The user's folder for temporary files; nobody else's, and nobody else can look into it."""
    place = os.environ.get("XDG_RUNTIME_DIR") or tempfile.gettempdir()
    folder = Path(place) / f"handout-press-{os.getuid()}"
    make_folder(folder)
    found = folder.lstat()
    ours = stat.S_ISDIR(found.st_mode) and found.st_uid == os.getuid()
    if not ours or stat.S_IMODE(found.st_mode) & 0o077:
        raise OutputNotWritable(folder, "it is not this user's own folder, closed to others")
    return folder


def _sweep(above: Path) -> None:
    """Remove the folders whose program is no more: nobody holds their lock."""
    for folder in above.iterdir():
        with contextlib.suppress(OSError), (folder / _LOCK).open("rb") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
            shutil.rmtree(folder, ignore_errors=True)
