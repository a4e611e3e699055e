"""The words that were signed, kept beside the ledger: ``handouts/<id>/signed/<digest>.zip``.

In it, ``words.json`` is exactly what the digest in the ledger is the digest of, and beside it lie
the figures. So what changed since can be shown without anybody's version control.
"""

from __future__ import annotations

import io
import json
import zipfile
from collections.abc import Iterator, Mapping
from pathlib import Path, PurePosixPath

from generator.model import Picture
from generator.model.canonical import digest_of
from generator.output import write_whole

FOLDER, WORDS = "signed", "words.json"
_LETTERS = 16
"""Of the digest in the file's name; the content is checked against all of it."""
_LONG_AGO = (1980, 1, 1, 0, 0, 0)
MAX_BYTES = 50_000_000


def keep(folder: Path, digest: str, words: bytes, pictures: Mapping[str, Picture]) -> None:
    """Keep signed words; ``folder`` is the handout's. The same words give the same bytes."""
    path = _path(folder, digest)
    if fault(folder, digest) is None:
        return
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as packed:
        _add(packed, WORDS, words)
        for name, picture in sorted(pictures.items()):
            _add(packed, f"figures/{name}{picture.path.suffix}", picture.path.read_bytes())
    write_whole(path, stream.getvalue(), public=True)


def kept(folder: Path, digest: str) -> tuple[bytes, dict[str, tuple[str, bytes]]]:
    """The words of a digest, and each figure's file name and content by the figure's name.

    Raises :class:`ValueError` with what is wrong, and with what to do.
    """
    path = _path(folder, digest)
    try:
        with zipfile.ZipFile(path) as packed:
            if sum(entry.file_size for entry in packed.infolist()) > MAX_BYTES:
                raise ValueError(f"{FOLDER}/{path.name} unpacks to too much to be what was signed")
            files = {entry.filename: packed.read(entry) for entry in packed.infolist()}
    except FileNotFoundError:
        raise ValueError(f"the words that it signed, {FOLDER}/{path.name}, are gone") from None
    except (OSError, zipfile.BadZipFile, zipfile.LargeZipFile, NotImplementedError, EOFError):
        raise ValueError(f"the words that it signed, {FOLDER}/{path.name}, are damaged") from None
    words = files.pop(WORDS, b"")
    if digest_of(words) != digest:
        raise ValueError(f"{FOLDER}/{path.name} holds other words than were signed")
    figures = {PurePosixPath(name).stem: (PurePosixPath(name).name, f) for name, f in files.items()}
    wanted = json.loads(words)["figures"]
    if {name: digest_of(content)[7:] for name, (_, content) in figures.items()} != wanted:
        raise ValueError(f"{FOLDER}/{path.name} holds other figures than were signed")
    return words, figures


def fault(folder: Path, digest: str) -> str | None:
    """What is wrong with the words kept for a digest; None when they are as they were signed."""
    try:
        kept(folder, digest)
    except ValueError as error:
        return str(error)
    return None


def names_kept(folder: Path, but: set[str]) -> Iterator[str]:
    """The names of the files that hold words of none of these digests."""
    expected = {_path(folder, digest).name for digest in but}
    for file in sorted((folder / FOLDER).glob("*")):
        if file.name not in expected and not file.name.startswith("."):
            yield file.name


def _path(folder: Path, digest: str) -> Path:
    return folder / FOLDER / f"{digest.removeprefix('sha256:')[:_LETTERS]}.zip"


def _add(packed: zipfile.ZipFile, name: str, content: bytes) -> None:
    entry = zipfile.ZipInfo(name, _LONG_AGO)
    entry.compress_type = zipfile.ZIP_DEFLATED
    entry.external_attr = 0o644 << 16
    packed.writestr(entry, content)
