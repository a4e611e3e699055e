"""Takes overrides back: the shipped files count again, and no words of the clinic's are lost.

What a clinic's file has other than the shipped one is kept in ``content/.undone``, where nothing is
printed from. Ledgers are not touched: a sign-off stands while its words are those that count.
"""

from __future__ import annotations

import contextlib
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from generator.errors import OutputError, UsageError
from generator.library import CLINIC, shown
from generator.output import write_whole
from generator.own.beside import definitions_beside, languages_beside
from generator.own.clinic_edit import comment_above, unlisted
from generator.own.overridable import Overridable, refuse_elsewhere

_ASIDE = "content/.undone"


class NotUndone(UsageError):
    """There is no override to take back, or words that are kept already would be lost.

    Cure: do what the message says; 'handouts override' shows what is overridden.
    """


@dataclass(frozen=True, slots=True)
class Undone:
    """A shipped file that counts again. ``kept`` is where the clinic's is now; None when that had
    nothing of its own. Still the clinic's are ``languages``, the same page in others, and
    ``definitions``, of handouts that hold it. ``comment`` are the lines above its entry, gone with
    it."""

    file: str
    kept: Path | None
    languages: tuple[str, ...]
    definitions: tuple[str, ...]
    comment: tuple[str, ...]


def undo(files: Iterable[Overridable]) -> tuple[Undone, ...]:
    """Take each override back. All are looked at before anything is written; whatever fails then,
    the clinic's words are still there, and nothing counts in silence."""
    wanted = tuple({file.file: file for file in files}.values())
    for file in wanted:
        _refuse(file)
    clinic = _unlisted(wanted)
    gone = {file.file for file in wanted}
    done = tuple(_undone(file, gone) for file in wanted)
    if wanted:
        write_whole(wanted[0].layers.own / CLINIC, clinic, public=True)
    for file in wanted:
        _remove(file)
        if file.of and file.of.encode() not in clinic:
            file.kept(file.of).unlink(missing_ok=True)
    return done


def _undone(file: Overridable, gone: set[str]) -> Undone:
    """What becomes of it. The clinic's words are kept now; nothing else is changed yet."""
    comment = comment_above((file.layers.own / CLINIC).read_bytes(), file.file)
    beside = languages_beside(file, gone), definitions_beside(file, gone)
    return Undone(file.file, _kept(file), *beside, comment)


def _refuse(file: Overridable) -> None:
    if file.of is None:
        raise NotUndone(f"{file.file} is not overridden, so there is nothing to undo.")
    refuse_elsewhere(file)
    aside = _aside(file)
    if _has_its_own(file) and aside.exists() and aside.read_bytes() != file.own.read_bytes():
        raise NotUndone(
            f"{shown(aside)} has other words of yours, from the last time; move it away first."
        )


def _unlisted(files: tuple[Overridable, ...]) -> bytes:
    """The clinic's file without their entries; not written yet."""
    source = b""
    for file in files:
        source = unlisted(source or (file.layers.own / CLINIC).read_bytes(), file.file)
    return source


def _kept(file: Overridable) -> Path | None:
    """Where the clinic's file is kept from now on; None when there is nothing to keep."""
    if not _has_its_own(file):
        return None
    write_whole(_aside(file), file.own.read_bytes(), public=True)
    return _aside(file)


def _has_its_own(file: Overridable) -> bool:
    return file.own.is_file() and file.own.read_bytes() != file.below.read_bytes()


def _aside(file: Overridable) -> Path:
    return file.layers.own / _ASIDE / file.file


def _remove(file: Overridable) -> None:
    """Remove the clinic's file, and the folders that it leaves empty."""
    try:
        file.own.unlink(missing_ok=True)
    except OSError as error:
        raise OutputError(
            f"{shown(file.own)} could not be removed: {error.strerror}. Remove it: the shipped "
            "file counts again then."
        ) from None
    place = file.own.parent
    with contextlib.suppress(OSError):
        while place.parent != file.layers.own:
            place.rmdir()
            place = place.parent
