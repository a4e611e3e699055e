"""Takes files off the shelf: finds them, reads them, types them, and keeps every problem."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from typing import Generic, TypeVar

from generator.errors import Problem
from generator.library.closed import is_reserved
from generator.library.layers import Layers
from generator.library.places import shown
from generator.library.yaml_text import MAX_BYTES, YamlText, parse_yaml, read_yaml
from generator.model import Invalid, Model, read

M = TypeVar("M", bound=Model)
M_co = TypeVar("M_co", bound=Model, covariant=True)
_ID = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
_GLOSSARY = re.compile(r"glossary\..*\.yaml")


@dataclass(frozen=True, slots=True)
class Shelved(Generic[M_co]):
    """An object and the file it came from, which knows the line of each of its parts."""

    model: M_co
    file: YamlText
    path: Path


@dataclass
class Shelf:
    """A library's folders.

    ``languages`` are those in which files of a library beneath are of use; ``problems`` grows as
    files are taken; ``written`` holds, by folder, the id and language of every file there is, also
    of those with problems; ``files`` holds what was read, by the file's path in the library.
    """

    layers: Layers
    languages: tuple[str, ...] = ()
    problems: list[Problem] = field(default_factory=list)
    written: dict[str, set[tuple[str, str]]] = field(default_factory=dict)
    files: dict[str, YamlText] = field(default_factory=dict)

    def one(self, name: str, model: type[M]) -> Shelved[M] | None:
        return self.take(self.layers.find(name), model)

    def by_id(
        self, folder: str, name: str, model: type[M], *, optional: bool = False
    ) -> dict[str, Shelved[M]]:
        """``<folder>/<id>/<name>``, by id; where it is optional, those that there are."""
        files = {key: self.layers.find(f"{folder}/{key}/{name}") for key in self._ids(folder)}
        taken = {
            key: self.take(file, model)
            for key, file in files.items()
            if not optional or file.exists()
        }
        return {key: item for key, item in taken.items() if item}

    def by_language(self, folder: str, model: type[M]) -> dict[tuple[str, str], Shelved[M]]:
        """``<folder>/<id>/<language>.yaml``, by id and language."""
        taken: dict[tuple[str, str], Shelved[M]] = {}
        written = self.written.setdefault(folder, set())
        for key, place in self._ids(folder).items():
            files = self.layers.entries(f"{folder}/{key}").values()
            if not files:
                self._whole(place, "holds no file; write en.yaml or remove the folder")
            for file in files:
                if file.suffix != ".yaml":
                    self._whole(file, "does not belong here; only <language>.yaml files do")
                elif self._spoken(file, file.stem):
                    written.add((key, file.stem))
                    if item := self.take(file, model):
                        taken[key, file.stem] = item
        return taken

    def glossaries(self, model: type[M]) -> dict[str, Shelved[M]]:
        """``content/glossary.<language>.yaml``, by language."""
        entries = self.layers.entries("content").items()
        files = {name.split(".")[1]: file for name, file in entries if _GLOSSARY.fullmatch(name)}
        taken = {
            language: self.take(file, model)
            for language, file in files.items()
            if self._spoken(file, language)
        }
        return {language: item for language, item in taken.items() if item}

    def _spoken(self, file: Path, language: str) -> bool:
        """Of a library beneath, only what is in a language of the clinic is of use."""
        return language in self.languages or not self.layers.is_beneath(file)

    def _ids(self, folder: str) -> dict[str, Path]:
        return {place.name: place for place in self._folders(folder)}

    def _folders(self, folder: str) -> Iterator[Path]:
        for place in self.layers.entries(folder).values():
            if not place.is_dir():
                self._whole(place, "does not belong here; each entry is a folder")
            elif not _ID.fullmatch(place.name):
                self._whole(place, "an id is lower-case letters, digits and hyphens; rename it")
            elif is_reserved(place.name):
                self._whole(place, "Windows keeps this name for a device; rename it")
            else:
                yield place

    def take(self, path: Path, model: type[M]) -> Shelved[M] | None:
        """One file, typed; None when it has problems, which are added to those of the shelf."""
        try:
            raw = path.read_bytes()
        except OSError:
            raw = None
        if raw is None or len(raw) > MAX_BYTES:
            self.problems += read_yaml(path)[1]
            return None
        text, typed, problems = _typed(shown(path), raw, model)
        self.problems += problems
        if text:
            self.files[self.layers.name_of(path) or path.name] = text
        return Shelved(typed, text, path) if text and typed else None

    def _whole(self, path: Path, message: str) -> None:
        self.problems.append(Problem(shown(path), 0, 0, "", message))


@lru_cache(maxsize=4096)
def _typed(
    name: str, raw: bytes, model: type[M]
) -> tuple[YamlText | None, M | None, tuple[Problem, ...]]:
    """A file's text and its model, or what is wrong with it; kept while nobody saves another."""
    text, problems = parse_yaml(name, raw)
    if text is None:
        return None, None, tuple(problems)
    try:
        return text, read(model, text.data), tuple(problems)
    except Invalid as invalid:
        found = [text.problem(v.location, v.message) for v in invalid.violations]
        return text, None, (*problems, *found)
