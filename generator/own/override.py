"""Puts a file of the clinic's in the place of a shipped one, and says what changed beneath since.

The shipped text as it was then is kept in ``content/.beneath``, where nothing is printed from.
"""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Iterator
from pathlib import Path

from generator.library import CLINIC, clinic_of, layers_of, shown
from generator.output import write_whole
from generator.own.clinic_edit import listed
from generator.own.overridable import NotOverridable, Overridable, overridable, refuse_elsewhere


def overrides(library: Path) -> tuple[Overridable, ...]:
    """Every file that is overridden and is still beneath, also while the library is broken."""
    beneath, layers = clinic_of(library).model.beneath, layers_of(library)
    listed = [entry.file for entry in beneath.overrides] if beneath else []
    return overridable(library, [name for name in listed if layers.below(name)])


def override(files: Iterable[Overridable]) -> Iterator[Path]:
    """Copy each shipped file and list it, whichever of the two is still to be done: a file of that
    name that is there already stays as it is. All are looked at before one is written."""
    wanted = tuple(files)
    for file in wanted:
        refuse_elsewhere(file)
        if file.of is not None and file.own.exists():
            raise NotOverridable(_already(file))
    clinic = _listed(wanted)
    for file in wanted:
        if not file.own.exists():
            write_whole(file.own, file.below.read_bytes(), public=True)
    _keep(wanted, clinic)
    return (file.own for file in wanted)


def mark_seen(files: Iterable[Overridable]) -> Iterator[Path]:
    """Note that somebody has looked at what changed beneath, and that the clinic's file is right
    as it is now."""
    wanted = tuple(files)
    for file in wanted:
        if file.of is None or not file.own.is_file():
            raise NotOverridable(f"{file.file} is not overridden, so there is nothing to see.")
    _keep(wanted, _listed(wanted))
    for file in wanted:
        if file.stale:
            file.kept(file.of or "").unlink(missing_ok=True)
    return (file.own for file in wanted)


def what_changed(file: Overridable) -> tuple[str, str]:
    """What the lines are, and a unified diff: what changed beneath since, if something did; else
    what the clinic's file has other than the shipped one."""
    then = file.kept(file.of or "")
    if file.stale and then.is_file():
        said = f"{file.file}: what changed in the shipped file since yours took its place"
        return said, _diff(then, "shipped, then", file.below, "shipped, now", file.file)
    said = f"{file.file}: what yours has other than the shipped file"
    if file.stale:
        said += " (how that was then has not been kept)"
    if not file.own.is_file():
        raise NotOverridable(f"{file.file} is not overridden; it is the shipped file.")
    return said, _diff(file.below, "shipped, now", file.own, "yours", file.file)


def _already(file: Overridable) -> str:
    if not file.stale:
        return f"{file.file} is overridden already; change {shown(file.own)}."
    return (
        f"{file.file} is overridden already, and the shipped file changed since. Look at it with "
        "--diff, take over what you want, and say so with --seen."
    )


def _listed(files: tuple[Overridable, ...]) -> bytes:
    """The clinic's file with the digest of each shipped file as it is now; not written yet."""
    source = b""
    for file in files:
        source = source or (file.layers.own / CLINIC).read_bytes()
        source = listed(source, file.file, file.now)
    return source


def _keep(files: tuple[Overridable, ...], clinic: bytes) -> None:
    """Keep each shipped text as it is now, then write the list."""
    for file in files:
        write_whole(file.kept(file.now), file.below.read_bytes(), public=True)
    if files:
        write_whole(files[0].layers.own / CLINIC, clinic, public=True)


def _diff(before: Path, then: str, after: Path, now: str, file: str) -> str:
    try:
        old, new = (path.read_text(encoding="utf-8-sig").splitlines() for path in (before, after))
    except UnicodeDecodeError:
        return f"no text; look at {shown(before)} and {shown(after)}"
    lines = difflib.unified_diff(old, new, f"{file} ({then})", f"{file} ({now})", lineterm="")
    return "\n".join(lines)
