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
from generator.own.clinic_edit import unlisted
from generator.own.overridable import Overridable, is_page, refuse_elsewhere

_ASIDE = "content/.undone"


class NotUndone(UsageError):
    """There is no override to take back, or words that are kept already would be lost.

    Cure: do what the message says; 'handouts override' shows what is overridden.
    """


@dataclass(frozen=True, slots=True)
class Undone:
    """A shipped file that counts again. ``kept`` is where the clinic's is now; None when that had
    nothing of its own. ``beside`` are the same page in other languages, still the clinic's."""

    file: str
    kept: Path | None
    beside: tuple[str, ...]


def undo(files: Iterable[Overridable]) -> tuple[Undone, ...]:
    """Take each override back. All are looked at before anything is written; whatever fails then,
    the clinic's words are still there, and nothing counts in silence."""
    wanted = tuple({file.file: file for file in files}.values())
    for file in wanted:
        _refuse(file)
    clinic = _unlisted(wanted)
    gone = {file.file for file in wanted}
    done = tuple(Undone(file.file, _kept(file), _beside(file, gone)) for file in wanted)
    if wanted:
        write_whole(wanted[0].layers.own / CLINIC, clinic, public=True)
    for file in wanted:
        _remove(file)
        if file.of and file.of.encode() not in clinic:
            file.kept(file.of).unlink(missing_ok=True)
    return done


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


def _beside(file: Overridable, gone: set[str]) -> tuple[str, ...]:
    """The same page in other languages, where it stays overridden."""
    pages = filter(is_page, sorted(file.layers.overrides - gone)) if is_page(file.file) else ()
    return tuple(name for name in pages if Path(name).parent == Path(file.file).parent)


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
