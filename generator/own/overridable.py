"""The shipped files in whose place there can be one of the clinic's, and where the two are."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from generator.errors import UsageError, nearest
from generator.library import (
    CLINIC,
    FOLDERS,
    Layers,
    clinic_of,
    is_own,
    layers_of,
    shipped_library,
    shown,
)
from generator.library.pictures import FIGURES
from generator.model.canonical import digest_of

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
        if library.resolve() == shipped_library().resolve():
            raise NotOverridable(
                "this is the library that came with the program; an upgrade replaces it. Begin "
                "your own first: handouts init DIR"
            )
        raise NotOverridable(
            f"{shown(library)} stands on no other library, so its files are changed as they are. "
            "A clinic's own library over the shipped one: handouts init DIR"
        )
    clinic = clinic_of(library).model
    of = {entry.file: entry.of for entry in clinic.beneath.overrides} if clinic.beneath else {}
    found = [_found(layers, name) for name in names]
    for name, _ in found:
        if name not in of:
            _refuse_unspoken(name, clinic.languages)
    return tuple(Overridable(layers, name, path, of.get(name)) for name, path in found)


def _found(layers: Layers, name: str) -> tuple[str, Path]:
    """A shipped file by its name or its path; nothing else is a name."""
    known = {called: path for called in _names(layers) if (path := layers.below(called))}
    for called in (name, layers.name_of(Path(name).resolve())):
        if called in known:
            return called, known[called]
    if is_own(name) and ".." not in Path(name).parts:
        raise NotOverridable(f"{name} is always the clinic's own; there is nothing to override.")
    near = nearest(name, known)
    hint = f"Did you mean {near}?" if near else f"Its files are in {layers.beneath}."
    raise NotOverridable(f"the shipped library has no file {name}. {hint}")


def is_page(name: str) -> bool:
    """Whether a file has words in one language."""
    return _PAGE.fullmatch(name) is not None


def refuse_elsewhere(file: Overridable) -> None:
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
