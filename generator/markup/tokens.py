"""The tokens of the stylesheet, as a designer wrote them: name, value, what for, by group."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from generator.library.layers import Layers
from generator.markup.stylesheet import Tokens, properties, read_stylesheet

_BLOCK = re.compile(r":root\s*\{(.*?)\n\}", re.DOTALL)
_LINE = re.compile(r"\s*(?:(--[\w-]+)\s*:\s*([^;]+);\s*)?(?:/\*\s*(.*?)\s*\*/)?\s*")
BRAND_USES = {
    "--primary": "headings, numbers, lines, heads of tables",
    "--accent": "warnings",
    "--tint": "ground of boxes, made from --primary",
    "--face": "Latin letters",
}
"""The tokens that come from clinic.yaml, and what for."""


@dataclass(frozen=True, slots=True)
class Token:
    """A custom property of the stylesheet; ``value`` is that of the edition it was asked for."""

    name: str
    value: str
    use: str
    group: str


def tokens(
    templates: Layers | Path, brand: Tokens, large_print: bool, *, booklet: bool = False
) -> tuple[Token, ...]:
    """All tokens of an edition in the order of the stylesheet, then the clinic's own."""
    values = properties(templates, brand, large_print, booklet=booklet)
    own = (Token(name, value, BRAND_USES[name], "Brand") for name, value in brand)
    written = _written(read_stylesheet(templates))
    return (*(Token(name, values[name], use, group) for name, use, group in written), *own)


def _written(css: str) -> Iterator[tuple[str, str, str]]:
    """Name, use and group of each token of the first ``:root``; a line with a comment alone
    begins a group."""
    group = ""
    for block in _BLOCK.findall(css)[:1]:
        for line in block.splitlines():
            if not (found := _LINE.fullmatch(line)):
                continue
            name, _, said = found.groups(default="")
            if name:
                yield name, said, group
            elif said:
                group = said
