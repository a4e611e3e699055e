"""The journal of a run: what is done, line by line, so that a run can be taken up again.

A line is added after its packet is whole on the disk; a packet without its line is made anew,
to the same bytes. The journal names rows and opaque ids, and nobody.
"""

from __future__ import annotations

import contextlib
import fcntl
import hashlib
import hmac
import json
import os
import re
import secrets
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any, BinaryIO

from generator.compose import Lock
from generator.errors import FolderHoldsRun, FolderInUse, NoRun, OutputNotWritable
from generator.output import make_folder

NAME = "journal"
FORMAT = 1
_KEY = re.compile(r"[0-9a-f]{32}")


@dataclass(frozen=True, slots=True)
class Entry:
    """A packet that is done (``sha256`` of its file, pages) or failed (``error``)."""

    id: str
    row: int
    fingerprint: str
    pages: int = 0
    own: int = 0
    sha256: str = ""
    error: str = ""


@contextmanager
def held(folder: Path) -> Iterator[None]:
    """Keep runs out of a folder; raises :class:`FolderInUse` while one is in it."""
    try:
        stream = (folder / NAME).open("rb")
    except OSError:
        yield  # a run without a journal is over
        return
    with stream:
        try:
            fcntl.flock(stream, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            raise FolderInUse(folder) from None
        yield


class Journal:
    """The journal of one folder, held by one run at a time."""

    def __init__(self, folder: Path, *, resume: bool) -> None:
        """Open a folder's journal; raises when it is another run's, or not what was asked for."""
        self._folder = folder
        make_folder(folder)
        path = folder / NAME
        if resume and not path.exists():
            raise NoRun(folder, "there is no run to resume; leave out --resume")
        try:
            flags = os.O_RDWR | os.O_CREAT | os.O_APPEND | os.O_NOFOLLOW | os.O_CLOEXEC
            self._stream: BinaryIO = os.fdopen(os.open(path, flags, 0o600), "a+b", buffering=0)
            os.fchmod(self._stream.fileno(), 0o600)
        except OSError as error:
            raise OutputNotWritable(path, error.strerror or str(error)) from None
        try:
            fcntl.flock(self._stream, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            self._stream.close()
            raise FolderInUse(folder) from None
        try:
            lines = self._lines()
        except (ValueError, RecursionError):
            self._stream.close()
            why = "its journal is damaged in its first line; choose another folder with -o"
            raise NoRun(folder, why) from None
        if lines and not resume:
            self._stream.close()
            raise FolderHoldsRun(folder)
        head = lines[0] if lines else {"journal": FORMAT, "key": secrets.token_hex(16)}
        if head.get("journal") != FORMAT:
            self._stream.close()
            raise NoRun(folder, "its journal was written by another version; use a new folder")
        if not lines:
            self._append(head)
        self._key = bytes.fromhex(str(head["key"]))
        self.entries: dict[str, Entry] = {entry.id: entry for entry in _entries(lines[1:])}

    def id_of(self, plan: str) -> str:
        """The opaque id of a plan's packet: the same in this run, and in no other."""
        return hmac.new(self._key, plan.encode(), hashlib.sha256).hexdigest()[:12]

    def mark_of(self, lock: Lock | None) -> str:
        """What tells packets apart that are locked with different passwords, or not at all."""
        return f" {lock.mark(self._key)}" if lock else ""

    def add(self, entry: Entry) -> None:
        """Note what became of a row; raises :class:`NoRun` when the folder is no more."""
        if not os.fstat(self._stream.fileno()).st_nlink:
            raise NoRun(self._folder, "somebody removed it during the run; run the command again")
        self.entries[entry.id] = entry
        self._append(asdict(entry))

    def close(self) -> None:
        """Let go of the folder."""
        self._stream.close()

    def _append(self, line: Mapping[str, Any]) -> None:
        try:
            self._stream.write(json.dumps(line).encode() + b"\n")
        except OSError as error:
            raise OutputNotWritable(Path(NAME), error.strerror or str(error)) from None

    def _lines(self) -> list[dict[str, Any]]:
        """The whole lines; half a line at the end is what a killed run left, and is cut off.

        A line that is damaged is left out: its packet is made anew. Raises :class:`ValueError`
        when the first one is, which holds the key.
        """
        self._stream.seek(0)
        content = self._stream.read()
        whole = content[: content.rfind(b"\n") + 1]
        if len(whole) < len(content):
            os.ftruncate(self._stream.fileno(), len(whole))
        lines = whole.splitlines()
        if not lines:
            return []
        first, *rest = lines
        head = json.loads(first)
        if not isinstance(head, dict) or not _KEY.fullmatch(str(head.get("key"))):
            raise ValueError("no head")
        return [head, *_whole(rest)]


def _whole(lines: Iterable[bytes]) -> Iterator[dict[str, Any]]:
    for line in lines:
        with contextlib.suppress(ValueError, RecursionError):
            if isinstance(read := json.loads(line), dict):
                yield read


def _entries(lines: Iterable[dict[str, Any]]) -> Iterator[Entry]:
    kinds = {"row": int, "pages": int, "own": int}
    for line in lines:
        with contextlib.suppress(TypeError):
            entry = Entry(**line)
            if all(isinstance(value, kinds.get(name, str)) for name, value in line.items()):
                yield entry
