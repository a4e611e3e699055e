"""Begins a clinic's own library: whole, or nothing is left behind."""

from __future__ import annotations

import contextlib
import shutil
import tempfile
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path

from generator.errors import OutputNotWritable, UsageError
from generator.library import load_library, missing
from generator.output import HALF, write_whole
from generator.own.answers import Answers, AnswersRefused, refusals
from generator.own.files import new_files
from generator.own.shipped import shipped


class FolderRefused(UsageError):
    """A library is begun in a folder of its own, with nothing in it but hidden files.

    Cure: name a new folder outside of every library.
    """

    def __init__(self, folder: Path, why: str) -> None:
        super().__init__(f"{folder} {why}. Choose another folder; nothing was written.")


def refuse_folder(folder: Path) -> None:
    """Refuse a folder with something in it (hidden files may be), and one inside a library."""
    for above in folder.resolve().parents:
        if missing(above) is None:
            raise FolderRefused(folder, f"lies inside the library {above}")
    if folder.exists() and not folder.is_dir():
        raise FolderRefused(folder, "is a file")
    try:
        held = sorted(path.name for path in folder.iterdir()) if folder.is_dir() else []
    except OSError as error:
        raise FolderRefused(folder, f"cannot be looked into: {error.strerror}") from None
    if there := [name for name in held if not name.startswith(".")]:
        raise FolderRefused(folder, f"is not empty: it holds {there[0]}")


IGNORED = ".gitignore"


def begin(folder: Path, answers: Answers, clock: Callable[[str], datetime]) -> None:
    """Write a new library into a folder; ``clock`` tells the time in a time zone.

    Raises :class:`FolderRefused`, :class:`AnswersRefused` or :class:`OutputNotWritable`.
    """
    refuse_folder(folder)
    base = shipped()
    if refused := refusals(answers, base):
        raise AnswersRefused(refused)
    files = new_files(answers, base, clock(answers.time_zone).date())
    with _stage(folder) as stage:
        _write(stage, files)
        load_library(stage)
        _move(stage, folder)


def _write(stage: Path, files: Mapping[str, bytes]) -> None:
    for name, content in files.items():
        write_whole(stage / name, content, public=True)


@contextmanager
def _stage(folder: Path) -> Iterator[Path]:
    """A hidden folder inside the new one, where all is made and read once before it counts."""
    new = [place for place in (folder, *folder.parents) if not place.exists()]
    try:
        folder.mkdir(parents=True, exist_ok=True)
        stage = Path(tempfile.mkdtemp(HALF, ".init.", folder))
    except OSError as error:
        raise OutputNotWritable(folder, error.strerror or str(error)) from None
    done = False
    try:
        yield stage
        done = True
    finally:
        shutil.rmtree(stage, ignore_errors=True)
        with contextlib.suppress(OSError):
            for place in () if done else new:
                place.rmdir()


def _move(stage: Path, folder: Path) -> None:
    """Put everything in its place; ``content`` last, since there is no library without it."""
    moved: list[Path] = []
    try:
        for path in sorted(stage.iterdir(), key=lambda path: path.name == "content"):
            target = folder / path.name
            if not target.exists():  # a hidden file of the folder's own stays
                path.rename(target)
                moved.append(target)
            elif path.name == IGNORED:
                _ignore_too(target, path)
    except BaseException as error:
        for target in moved:
            shutil.rmtree(target) if target.is_dir() else target.unlink()
        if isinstance(error, OSError):
            raise OutputNotWritable(folder, error.strerror or str(error)) from None
        raise


def _ignore_too(target: Path, new: Path) -> None:
    """Add what is not ignored yet to a list that is there: what is printed names patients."""
    known = target.read_text(encoding="utf-8")
    lines = [line for line in new.read_text("utf-8").splitlines() if line not in known.split()]
    if lines:
        end = "" if not known or known.endswith("\n") else "\n"
        write_whole(target, f"{known}{end}{chr(10).join(lines)}\n".encode(), public=True)
