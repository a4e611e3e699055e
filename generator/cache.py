"""Keeps what costs time to make, under the digest of everything it was made from.

An entry is checked each time it is read, and taken for missing when it is damaged, as after a
power cut: it is not worth waiting for the disk. Nothing about a patient is ever put here.
"""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from generator.errors import OutputNotWritable
from generator.output import write_whole

FOLDER = "HANDOUTS_CACHE"
_DIGEST = hashlib.sha256().digest_size


@dataclass(frozen=True, slots=True)
class Cache:
    """A folder of entries. Without a folder nothing is kept."""

    folder: Path | None

    def get(self, key: str) -> bytes | None:
        """The entry, or None when there is none that is sound."""
        if self.folder is None:
            return None
        try:
            stored = self._path(self.folder, key).read_bytes()
        except OSError:
            return None
        digest, content = stored[:_DIGEST], stored[_DIGEST:]
        return content if hashlib.sha256(content).digest() == digest else None

    def put(self, key: str, content: bytes) -> None:
        """Keep an entry; a cache that cannot be written is none, and no error."""
        if self.folder is None:
            return
        try:
            digest = hashlib.sha256(content).digest()
            write_whole(self._path(self.folder, key), digest + content, synced=False)
        except OutputNotWritable:
            return

    def entries(self) -> Iterator[Path]:
        """The file of each entry, sound or not."""
        if self.folder is not None and self.folder.is_dir():
            yield from sorted(self.folder.glob("*.entry"))

    def clear(self) -> int:
        """Remove every entry; returns how many there were."""
        removed = 0
        for entry in self.entries():
            entry.unlink(missing_ok=True)
            removed += 1
        return removed

    @staticmethod
    def _path(folder: Path, key: str) -> Path:
        return folder / f"{key}.entry"


def usual_cache() -> Cache:
    """The cache in ``HANDOUTS_CACHE``, else in the user's own folder for such things."""
    named = os.environ.get(FOLDER)
    home = Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache")
    return Cache(Path(named) if named else home / "handout-press" / "fragments")
