"""Puts a file of the clinic's in the place of a shipped one, and says what changed beneath since.

The shipped text as it was then is kept in ``content/.beneath``, where nothing is printed from.
"""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from generator.errors import UsageError
from generator.library import CLINIC, FOLDERS, Layers, clinic_of, is_own, layers_of, shown
from generator.library.pictures import FIGURES
from generator.model.canonical import digest_of
from generator.output import write_whole
from generator.own.clinic_edit import listed

_KEPT = "content/.beneath"
_PAGE = re.compile(r"content/(?:(?:procedures|topics)/[^/]+/|glossary\.)(?P<language>[^/]+)\.yaml")
_LETTERS = 16
"""Of the digest, in the name of a text that is kept."""


class NotOverridable(UsageError):
    """A file in whose place there can be none of the clinic's, or that is there already.

    Cure: name a file of the shipped library as the message says; docs/clinic.md shows the way.
    """


@dataclass(frozen=True, slots=True)
class Overridable:
    """A shipped file, by its name in the library. ``of`` is its digest when it was overridden;
    None when it is not."""

    layers: Layers
    file: str
    below: Path
    of: str | None

    @property
    def own(self) -> Path:
        return self.layers.own / self.file

    @property
    def now(self) -> str:
        return digest_of(self.below.read_bytes())

    @property
    def stale(self) -> bool:
        return self.of is not None and self.of != self.now

    def kept(self, digest: str) -> Path:
        """Where the shipped text of a digest is kept."""
        name = digest.removeprefix("sha256:")[:_LETTERS] + self.own.suffix
        return self.layers.own / _KEPT / name


def overridable(library: Path, names: Iterable[str]) -> tuple[Overridable, ...]:
    """The files named, as they are in the library or by their path; raises :class:`UsageError`."""
    layers = layers_of(library)
    if layers.beneath is None:
        clinic_of(library)
        raise NotOverridable(
            f"{shown(library)} stands on no other library, so its files are changed as they are. "
            "A clinic's own library over the shipped one: handouts init DIR"
        )
    clinic = clinic_of(library).model
    of = {entry.file: entry.of for entry in clinic.beneath.overrides} if clinic.beneath else {}
    found = [_found(layers, name) for name in names]
    for name, _ in found:
        _refuse_unspoken(name, clinic.languages)
    return tuple(Overridable(layers, name, path, of.get(name)) for name, path in found)


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
        _refuse_elsewhere(file)
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


def _found(layers: Layers, name: str) -> tuple[str, Path]:
    """A shipped file by its name or its path; nothing else is a name."""
    known = {called: path for called in _names(layers) if (path := layers.below(called))}
    for called in (name, layers.name_of(Path(name).resolve())):
        if called in known:
            return called, known[called]
    if is_own(name) and ".." not in Path(name).parts:
        raise NotOverridable(f"{name} is always the clinic's own; there is nothing to override.")
    close = difflib.get_close_matches(name, known, n=1)
    hint = f"Did you mean {close[0]}?" if close else f"Its files are in {layers.beneath}."
    raise NotOverridable(f"the shipped library has no file {name}. {hint}")


def _refuse_elsewhere(file: Overridable) -> None:
    """Refuse what is read together with the shipped one, and what would be written elsewhere."""
    if file.file == FIGURES:
        raise NotOverridable(
            f"{FIGURES} is read together with the shipped list; add your figures to your own."
        )
    if not file.own.resolve().is_relative_to(file.layers.own.resolve()):
        raise NotOverridable(f"{shown(file.own)} leads out of the library; remove the link.")


def _refuse_unspoken(name: str, languages: tuple[str, ...]) -> None:
    """A page in a language that the clinic does not print is of no use to it."""
    page = _PAGE.fullmatch(name)
    if page and page["language"] not in languages:
        raise NotOverridable(
            f"{name} is in '{page['language']}', which is not a language of the clinic "
            f"({', '.join(languages)}). Add that to {CLINIC} first."
        )


def _names(layers: Layers) -> Iterator[str]:
    for owner in FOLDERS:
        yield from (f"{owner}/{name}" for name in layers.within(owner).files())


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
