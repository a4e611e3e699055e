"""Pictures as they may be: drawings that refer to nothing outside, photographs of a sane size."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from xml.parsers import expat

from generator.errors import Problem
from generator.library.layers import Layers
from generator.library.places import shown
from generator.library.shelf import Shelf, Shelved
from generator.model import Picture, PictureList

FIGURES = "content/figures/figures.yaml"
MAX_BYTES = 10_000_000
MAX_PIXELS = 40_000_000
MAX_ELEMENTS, MAX_DEPTH = 50_000, 50
_PNG = b"\x89PNG\r\n\x1a\n"
_REFUSED = frozenset({"script", "foreignobject", "iframe", "image", "feimage", "handler", "set"})
_OUTSIDE = re.compile(r"url\(\s*['\"]?\s*(?!#)|@import", re.IGNORECASE)


def figure_lists(shelf: Shelf) -> list[Shelved[PictureList]] | None:
    """The lists of figures: the clinic's own and, unless that overrides it, the one beneath. None
    when one of them cannot be read."""
    layers = shelf.layers
    below = None if FIGURES in layers.overrides else layers.below(FIGURES)
    own = layers.own / FIGURES
    files = [below] if below else []
    if own.exists() or own.is_symlink() or not below:
        files.append(own)
    lists = [shelf.take(file, PictureList) for file in files]
    taken = [item for item in lists if item]
    return taken if len(taken) == len(lists) else None


def twice(lists: Sequence[Shelved[PictureList]]) -> Iterator[Problem]:
    """Figures of one name in the clinic's list and in the one beneath."""
    if len(lists) == 2:
        below, own = lists
        for name in sorted(set(own.model.figures) & set(below.model.figures)):
            message = f"the shipped library has a figure of this name as well; rename '{name}'"
            yield own.file.problem(("figures", name), message)


def stored_pictures(
    layers: Layers, lists: Sequence[Shelved[PictureList]], problems: list[Problem]
) -> dict[str, Picture]:
    """Each picture with the digest of its file; adds a problem for each that may not be used."""
    stored: dict[str, Picture] = {}
    for pictures in lists:
        own = len(lists) == 2 and pictures is lists[1]
        for name, entry in pictures.model.figures.items():
            file = f"content/figures/{entry.file}"
            path = layers.own / file if own else layers.find(file)
            try:
                stored[name] = Picture(path, hashlib.sha256(read_picture(path)).hexdigest())
            except UnsafePicture as unsafe:
                message = f"the picture {shown(path)} {unsafe}"
                problems.append(pictures.file.problem(("figures", name, "file"), message))
    return stored


def read_picture(path: Path) -> bytes:
    """A picture's content; raises :class:`UnsafePicture` for one that may not be used."""
    try:
        with path.open("rb") as stream:
            content = stream.read(MAX_BYTES + 1)
    except OSError as error:
        reason = error.strerror or "it cannot be read"
        raise UnsafePicture(f"cannot be read: {reason}; add it or mend the name") from None
    if len(content) > MAX_BYTES:
        raise UnsafePicture(f"is over {MAX_BYTES:,} bytes; save it smaller")
    (_refuse_svg if path.suffix == ".svg" else _refuse_png)(content)
    return content


class UnsafePicture(Exception):
    """Why a picture may not be used, and what to do."""


def _refuse_png(content: bytes) -> None:
    if not content.startswith(_PNG) or content[12:16] != b"IHDR" or len(content) < 24:
        raise UnsafePicture("is no PNG; save it again as PNG")
    width, height = (int.from_bytes(content[at : at + 4], "big") for at in (16, 20))
    if not 0 < width * height <= MAX_PIXELS:
        raise UnsafePicture(
            f"has {width:,} by {height:,} pixels; at most {MAX_PIXELS:,} are printed"
        )


def _refuse_svg(content: bytes) -> None:
    parser, drawing = expat.ParserCreate(), _Drawing()
    parser.StartDoctypeDeclHandler = drawing.doctype
    parser.ProcessingInstructionHandler = drawing.instruction
    parser.StartElementHandler = drawing.start
    parser.EndElementHandler = drawing.end
    parser.CharacterDataHandler = drawing.text
    try:
        parser.Parse(content, True)
    except expat.ExpatError as error:
        message = (
            f"is broken in line {error.lineno} ({expat.ErrorString(error.code)}); save it anew"
        )
        raise UnsafePicture(message) from None
    drawing.refuse_uses_of_uses()


@dataclass(slots=True)
class _Drawing:
    """A walk through an SVG; it ends at the first thing that a printed drawing has no use for."""

    inside: list[str] = field(default_factory=list)
    within: list[str] = field(default_factory=list)
    uses: list[tuple[str, tuple[str, ...]]] = field(default_factory=list)
    elements: int = 0

    def doctype(self, *_: object) -> None:
        raise UnsafePicture("has a DOCTYPE, which could hold entities; remove that line")

    def instruction(self, target: str, _: str) -> None:
        raise UnsafePicture(f"has the instruction <?{target} …?>; remove it")

    def start(self, tag: str, attributes: Mapping[str, str]) -> None:
        name = tag.rpartition(":")[2].lower()
        self.inside.append(name)
        self.within.append(attributes.get("id", ""))
        self.elements += 1
        if self.elements > MAX_ELEMENTS or len(self.inside) > MAX_DEPTH:
            raise UnsafePicture(
                "has too many parts, or too deeply nested ones; draw it more simply"
            )
        if name in _REFUSED:
            raise UnsafePicture(f"holds <{tag}>, which is not printed; remove it")
        for key, value in attributes.items():
            self._attribute(key.rpartition(":")[2].lower(), key, value)
        if name == "use":
            target = attributes.get("href") or attributes.get("xlink:href", "")
            self.uses.append((target.strip().removeprefix("#"), tuple(filter(None, self.within))))

    def end(self, _: str) -> None:
        self.inside.pop()
        self.within.pop()

    def text(self, text: str) -> None:
        if "style" in self.inside and _OUTSIDE.search(text):
            raise UnsafePicture(
                "refers to something outside in its <style>; put it into the drawing"
            )

    def refuse_uses_of_uses(self) -> None:
        """A ``<use>`` of a part that uses another doubles it again and again."""
        holders = {holder for _, within in self.uses for holder in within}
        for target, _ in self.uses:
            if target in holders:
                raise UnsafePicture(f"uses '{target}', which uses a part itself; draw it out")

    @staticmethod
    def _attribute(name: str, key: str, value: str) -> None:
        if name in {"href", "src"} and not value.strip().startswith("#"):
            raise UnsafePicture(f"refers to something outside ({key}); put it into the drawing")
        if name.startswith("on"):
            raise UnsafePicture(f"has a script ({key}); remove it")
        if _OUTSIDE.search(value):
            raise UnsafePicture(f"refers to something outside ({key}); put it into the drawing")
