"""Files are written whole or not at all, and only their owner may read them."""

from __future__ import annotations

import contextlib
import fcntl
import os
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

from generator.errors import OutputNotWritable

HALF = ".half"
"""How the name of a file ends that is being written."""

JUST_BEGUN = 2.0
"""Seconds in which a file that is being written may not have its lock yet."""


def write_whole(path: Path, content: bytes, *, public: bool = False, synced: bool = True) -> None:
    """Write a file beside its final name and rename it into place, readable by its owner only;
    a ``public`` one, of the library, by everybody.

    After a crash or on a full disk there is the old file or the new one, never half of one. What
    can be made anew need not be ``synced``: after a power cut it may be half there.
    Raises :class:`OutputNotWritable`.
    """
    with whole_file(path, public=public, synced=synced) as stream:
        stream.write(content)


@contextmanager
def whole_file(path: Path, *, public: bool = False, synced: bool = True) -> Iterator[BinaryIO]:
    """As :func:`write_whole`, for content that comes piece by piece."""
    partial = ""
    try:
        path.parent.mkdir(mode=0o755 if public else 0o700, parents=True, exist_ok=True)
        descriptor, partial = tempfile.mkstemp(HALF, f".{path.name}.", path.parent)
        with os.fdopen(descriptor, "wb") as stream:
            fcntl.flock(stream, fcntl.LOCK_EX)
            yield stream
            if public:
                os.fchmod(stream.fileno(), 0o644)
            stream.flush()
            if synced:
                os.fsync(stream.fileno())
        Path(partial).replace(path)
        partial = ""
        if synced:
            _sync_folder(path.parent)
    except OSError as error:
        raise OutputNotWritable(path, error.strerror or str(error)) from None
    finally:
        if partial:
            Path(partial).unlink(missing_ok=True)


def sweep_halves(folder: Path) -> None:
    """Remove what killed programs left half-written: nobody holds its lock any more."""
    with contextlib.suppress(OSError):
        for half in folder.glob(f".*{HALF}"):
            with contextlib.suppress(OSError), half.open("rb") as stream:
                if time.time() - os.fstat(stream.fileno()).st_mtime > JUST_BEGUN:
                    fcntl.flock(stream, fcntl.LOCK_EX | fcntl.LOCK_NB)
                    half.unlink()


def make_folder(folder: Path) -> None:
    """Make a folder that only its owner can look into, if it is not there yet."""
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    except OSError as error:
        raise OutputNotWritable(folder, error.strerror or str(error)) from None


def _sync_folder(folder: Path) -> None:
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
