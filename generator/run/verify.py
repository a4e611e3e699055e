"""Reads every file of a run again, and says what is not as its manifest says."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from pathlib import Path

from generator.run.batch import PACKETS
from generator.run.manifest import Manifest


def verify(folder: Path, manifest: Manifest) -> Iterator[str]:
    """Each file that is missing, changed, or not in the manifest."""
    for record in manifest.packets:
        if record.status == "done":
            name = f"{PACKETS}/{record.id}.pdf"
            if what := _wrong(folder / name, record.sha256):
                yield f"{name} (row {record.row}): {what}"
    known = {record.id for record in manifest.packets if record.status == "done"}
    for file in sorted((folder / PACKETS).glob("*.pdf")):
        if file.stem not in known:
            yield f"{PACKETS}/{file.name}: is not in the manifest; do not hand it out"
    for printed in filter(None, (manifest.print_run, *manifest.reprints)):
        if what := _wrong(folder / printed.file, printed.sha256):
            yield f"{printed.file}: {what}"


def _wrong(file: Path, expected: str) -> str:
    digest = hashlib.sha256()
    try:
        with file.open("rb") as stream:
            while chunk := stream.read(1 << 20):
                digest.update(chunk)
    except FileNotFoundError:
        return "is missing; run the batch again with --resume"
    except OSError as error:
        return f"cannot be read: {error.strerror}"
    if digest.hexdigest() == expected:
        return ""
    return "is not as it was written; do not hand it out, run the batch again with --resume"
