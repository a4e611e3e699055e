"""The folders that a library is read from: the clinic's own, and the one that it stands on.

Every file is asked for by its name in the library (``content/topics/fasting/en.yaml``), so that no
other room has to know how many folders there are. Which of two files counts is never decided here
in silence: ``beneath`` refuses a library in which both have one and the clinic does not say so.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from generator.errors import ShippedFile

_OWN = re.compile(
    r"content/clinic\.yaml|content/(examples|schemas)(/.*)?"
    r"|handouts/[^/]+/(signoffs\.yaml|signed(/.*)?)|(.*/)?README\.md|(.*/)?\..*"
)


def is_own(name: str) -> bool:
    """Whether a file is the clinic's alone: its facts, its sign-offs, its examples, its notes."""
    return _OWN.fullmatch(name) is not None


@dataclass(frozen=True, slots=True)
class Layers:
    """``own`` and, if there is one, ``beneath``; ``overrides`` are the files of both in which the
    clinic's counts. Names are counted from the folder ``at``, which is '' for the whole library.
    """

    own: Path
    beneath: Path | None = None
    overrides: frozenset[str] = frozenset()
    at: str = ""

    @classmethod
    def of(cls, place: Layers | Path) -> Layers:
        """A folder alone is a library that stands on no other."""
        return place if isinstance(place, Layers) else cls(place)

    def within(self, folder: str) -> Layers:
        """The same layers, with names that are counted from a folder of theirs."""
        return replace(self, at=f"{self.at}{folder}/")

    def find(self, name: str) -> Path:
        """Where a file or folder is; where the clinic's would be, if it is nowhere."""
        own = self.own / self.at / name
        below = self.below(name)
        return own if below is None or own.exists() or own.is_symlink() else below

    def to_write(self, name: str) -> Path:
        """Where the clinic's own file is, or would be; raises :class:`ShippedFile` for one that it
        has from beneath."""
        if self.is_beneath(self.find(name)):
            raise ShippedFile(f"{self.at}{name}")
        return self.own / self.at / name

    def below(self, name: str) -> Path | None:
        """Where the library beneath has it; None when it has not, or when it must not count."""
        whole = f"{self.at}{name}"
        if self.beneath is None or is_own(whole):
            return None
        path = self.beneath / whole
        return path if path.exists() else None

    @property
    def roots(self) -> tuple[Path, ...]:
        """The folders that names are counted from, the one that counts first."""
        layers = (self.own, self.beneath) if self.beneath else (self.own,)
        return tuple(layer / self.at for layer in layers)

    def entries(self, folder: str) -> dict[str, Path]:
        """What lies directly in a folder of either, by name; without hidden files and notes."""
        found: dict[str, Path] = {}
        for name in sorted(self._names(folder)):
            found[name] = self.find(f"{folder}/{name}")
        return found

    def files(self) -> dict[str, Path]:
        """Every file, by name; without hidden files and notes."""
        names = {name for root in self.roots for name in _files(root)}
        return {name: self.find(name) for name in sorted(names) if self._counts(name)}

    def name_of(self, path: Path) -> str | None:
        """The name of a file that lies in either; None for any other."""
        root = self._root_of(path)
        return path.relative_to(root).as_posix() if root else None

    def is_beneath(self, path: Path) -> bool:
        """Whether a file is the lower library's, and not the clinic's own."""
        root = self._root_of(path)
        return root is not None and root != self.own / self.at

    def _root_of(self, path: Path) -> Path | None:
        """The nearest one: a clinic may have the program, and so the other library, in a folder
        inside its own."""
        above = (root for root in self.roots if path.is_relative_to(root))
        return max(above, key=lambda root: len(root.parts), default=None)

    def _names(self, folder: str) -> set[str]:
        """Of the entries of a folder; an entry of the lower library only if it may count."""
        own, *below = (root / folder for root in self.roots)
        found = {path.name for path in own.glob("*") if _is_shown(path.name)}
        for place in below:
            names = (path.name for path in place.glob("*") if _is_shown(path.name))
            found |= {name for name in names if not is_own(f"{self.at}{folder}/{name}")}
        return found

    def _counts(self, name: str) -> bool:
        own = self.own / self.at / name
        return own.is_file() or self.below(name) is not None


def _is_shown(name: str) -> bool:
    return not name.startswith(".") and name != "README.md"


def _files(root: Path) -> Iterator[str]:
    for path in root.rglob("*"):
        name = path.relative_to(root)
        if path.is_file() and all(map(_is_shown, name.parts)):
            yield name.as_posix()
