"""The designer's stylesheet, with its custom properties put in.

WeasyPrint would look each ``var()`` up anew for every element: a fourteenth of the time that a
patient's own pages take.
"""

from __future__ import annotations

import re
from functools import lru_cache, partial
from pathlib import Path

from generator.errors import TemplateError
from generator.library import Layers

STYLESHEET = "print.css"
_ROOT = re.compile(r":root(\.large-print|\.booklet)?\s*\{([^{}]*)\}")
_PROPERTY = re.compile(r"(--[\w-]+)\s*:\s*([^;]+);")
_USE = re.compile(r"var\((--[\w-]+)\)")
_COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)
Tokens = tuple[tuple[str, str], ...]
"""Custom properties and their values, in the order of the stylesheet."""
_DEEPEST = 5
"""How often a property may stand in another one's value."""


def stylesheet(
    templates: Layers | Path, brand: Tokens, large_print: bool, *, booklet: bool = False
) -> str:
    """The CSS of an edition; ``brand`` are the clinic's own custom properties.

    Raises :class:`TemplateError` when the file cannot be read, or uses what it does not define.
    """
    return _filled(read_stylesheet(templates), brand, _editions(large_print, booklet))


def properties(
    templates: Layers | Path, brand: Tokens, large_print: bool, *, booklet: bool = False
) -> dict[str, str]:
    """The custom properties of an edition, and their values; raises as :func:`stylesheet` does."""
    return _properties(read_stylesheet(templates), brand, _editions(large_print, booklet))


def _editions(large_print: bool, booklet: bool) -> frozenset[str]:
    names = {".large-print": large_print, ".booklet": booklet, "": True}
    return frozenset(name for name, wanted in names.items() if wanted)


def _properties(css: str, brand: Tokens, editions: frozenset[str]) -> dict[str, str]:
    found = dict(brand)
    for edition, block in _ROOT.findall(_COMMENT.sub("", css)):
        if edition in editions:
            found |= dict(_PROPERTY.findall(block))
    return found


@lru_cache(maxsize=16)
def _filled(css: str, brand: Tokens, editions: frozenset[str]) -> str:
    values = _properties(css, brand, editions)
    for _ in range(_DEEPEST):
        css = _USE.sub(partial(_value, values), css)
    return css


def _value(values: dict[str, str], use: re.Match[str]) -> str:
    if use[1] not in values:
        line = use.string[: use.start()].count("\n") + 1
        raise TemplateError(STYLESHEET, line, f"{use[1]} is not defined in :root")
    return values[use[1]]


def read_stylesheet(templates: Layers | Path) -> str:
    """The file; raises :class:`TemplateError` when it cannot be read, or would end the style."""
    try:
        css = Layers.of(templates).find(STYLESHEET).read_text(encoding="utf-8")
    except (OSError, ValueError) as error:
        raise TemplateError(STYLESHEET, None, f"cannot be read: {error}") from None
    if "</" in css:
        raise TemplateError(STYLESHEET, None, "holds '</', which would end the style early")
    return css
