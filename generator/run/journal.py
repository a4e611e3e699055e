"""The journal of a run: what is done, line by line, so that a run can be taken up again.

A line is added after its packet is whole on the disk; a packet without its line is made anew,
to the same bytes. The journal names rows and opaque ids, and nobody.
"""

from __future__ import annotations

import fcntl
import hashlib
import hmac
import json
import os
import secrets
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any, BinaryIO

from generator.errors import FolderHoldsRun, FolderInUse, NoRun, OutputNotWritable
from generator.output import make_folder

NAME = "journal"
FORMAT = 1


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


class Journal:
    """The journal of one folder, held by one run at a time."""

    def __init__(self, folder: Path, *, resume: bool) -> None:
        """Open a folder's journal; raises when it is another run's, or not what was asked for."""
        make_folder(folder)
        path = folder / NAME
        if resume and not path.exists():
            raise NoRun(folder, "there is no run to resume; leave out --resume")
        try:
            self._stream: BinaryIO = path.open("a+b", buffering=0)
            path.chmod(0o600)
        except OSError as error:
            raise OutputNotWritable(path, error.strerror or "") from None
        try:
            fcntl.flock(self._stream, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            self._stream.close()
            raise FolderInUse(folder) from None
        lines = self._lines()
        if lines and not resume:
            self._stream.close()
            raise FolderHoldsRun(folder)
        head = lines[0] if lines else {"journal": FORMAT, "key": secrets.token_hex(16)}
        if head.get("journal") != FORMAT:
            raise NoRun(folder, "its journal was written by another version; use a new folder")
        if not lines:
            self._append(head)
        self._key = bytes.fromhex(str(head["key"]))
        self.entries: dict[str, Entry] = {line["id"]: Entry(**line) for line in lines[1:]}

    def id_of(self, plan: str) -> str:
        """The opaque id of a plan's packet: the same in this run, and in no other."""
        return hmac.new(self._key, plan.encode(), hashlib.sha256).hexdigest()[:12]

    def add(self, entry: Entry) -> None:
        """Note what became of a row."""
        self.entries[entry.id] = entry
        self._append(asdict(entry))

    def close(self) -> None:
        """Let go of the folder."""
        self._stream.close()

    def _append(self, line: Mapping[str, Any]) -> None:
        try:
            self._stream.write(json.dumps(line).encode() + b"\n")
        except OSError as error:
            raise OutputNotWritable(Path(NAME), error.strerror or "") from None

    def _lines(self) -> list[dict[str, Any]]:
        """The whole lines; half a line at the end is what a killed run left, and is cut off."""
        self._stream.seek(0)
        content = self._stream.read()
        whole = content[: content.rfind(b"\n") + 1]
        if len(whole) < len(content):
            os.ftruncate(self._stream.fileno(), len(whole))
        return [json.loads(line) for line in whole.splitlines()]
