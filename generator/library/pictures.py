"""Pictures as they may be: drawings that refer to nothing outside, photographs of a sane size."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from xml.parsers import expat

from generator.errors import Problem
from generator.library.places import shown
from generator.library.shelf import Shelved
from generator.model import Picture, PictureList

MAX_BYTES = 10_000_000
MAX_PIXELS = 40_000_000
MAX_ELEMENTS, MAX_DEPTH = 50_000, 50
_PNG = b"\x89PNG\r\n\x1a\n"
_REFUSED = frozenset({"script", "foreignobject", "iframe", "image", "feimage", "handler", "set"})
_OUTSIDE = re.compile(r"url\(\s*['\"]?\s*(?!#)|@import", re.IGNORECASE)


def stored_pictures(
    folder: Path, pictures: Shelved[PictureList] | None, problems: list[Problem]
) -> dict[str, Picture]:
    """Each picture with the digest of its file; adds a problem for each that may not be used."""
    stored: dict[str, Picture] = {}
    if pictures is None:
        return stored
    for name, entry in pictures.model.figures.items():
        path = folder / "content" / "figures" / entry.file
        try:
            with path.open("rb") as stream:
                content = stream.read(MAX_BYTES + 1)
            _refuse_unsafe(content, path.suffix)
        except OSError as error:
            reason = error.strerror or "it cannot be read"
            message = f"the picture {shown(path)} cannot be read: {reason}; add it or mend the name"
        except _Unsafe as unsafe:
            message = f"the picture {shown(path)} {unsafe}"
        else:
            stored[name] = Picture(path, hashlib.sha256(content).hexdigest())
            continue
        problems.append(pictures.file.problem(("figures", name, "file"), message))
    return stored


class _Unsafe(Exception):
    """Why a picture may not be used, and what to do."""


def _refuse_unsafe(content: bytes, suffix: str) -> None:
    if len(content) > MAX_BYTES:
        raise _Unsafe(f"is over {MAX_BYTES:,} bytes; save it smaller")
    (_refuse_svg if suffix == ".svg" else _refuse_png)(content)


def _refuse_png(content: bytes) -> None:
    if not content.startswith(_PNG) or content[12:16] != b"IHDR" or len(content) < 24:
        raise _Unsafe("is no PNG; save it again as PNG")
    width, height = (int.from_bytes(content[at : at + 4], "big") for at in (16, 20))
    if not 0 < width * height <= MAX_PIXELS:
        raise _Unsafe(f"has {width:,} by {height:,} pixels; at most {MAX_PIXELS:,} are printed")


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
        raise _Unsafe(message) from None
    drawing.refuse_uses_of_uses()


@dataclass(slots=True)
class _Drawing:
    """A walk through an SVG; it ends at the first thing that a printed drawing has no use for."""

    inside: list[str] = field(default_factory=list)
    within: list[str] = field(default_factory=list)
    uses: list[tuple[str, tuple[str, ...]]] = field(default_factory=list)
    elements: int = 0

    def doctype(self, *_: object) -> None:
        raise _Unsafe("has a DOCTYPE, which could hold entities; remove that line")

    def instruction(self, target: str, _: str) -> None:
        raise _Unsafe(f"has the instruction <?{target} …?>; remove it")

    def start(self, tag: str, attributes: Mapping[str, str]) -> None:
        name = tag.rpartition(":")[2].lower()
        self.inside.append(name)
        self.within.append(attributes.get("id", ""))
        self.elements += 1
        if self.elements > MAX_ELEMENTS or len(self.inside) > MAX_DEPTH:
            raise _Unsafe("has too many parts, or too deeply nested ones; draw it more simply")
        if name in _REFUSED:
            raise _Unsafe(f"holds <{tag}>, which is not printed; remove it")
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
            raise _Unsafe("refers to something outside in its <style>; put it into the drawing")

    def refuse_uses_of_uses(self) -> None:
        """A ``<use>`` of a part that uses another doubles it again and again."""
        holders = {holder for _, within in self.uses for holder in within}
        for target, _ in self.uses:
            if target in holders:
                raise _Unsafe(f"uses '{target}', which uses a part itself; draw it out")

    @staticmethod
    def _attribute(name: str, key: str, value: str) -> None:
        if name in {"href", "src"} and not value.strip().startswith("#"):
            raise _Unsafe(f"refers to something outside ({key}); put it into the drawing")
        if name.startswith("on"):
            raise _Unsafe(f"has a script ({key}); remove it")
        if _OUTSIDE.search(value):
            raise _Unsafe(f"refers to something outside ({key}); put it into the drawing")
