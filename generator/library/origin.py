"""From where a handout comes: the clinic's own, the shipped one, or the shipped one overridden."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Literal

from generator.library.find import shipped_library
from generator.library.library import Library

Origin = Literal["clinic", "shipped", "shipped, overridden"]


def origin(library: Library, handout: str, language: str) -> Origin:
    """Whose words a handout has in a language; its glossary and its look do not count."""
    layers = library.layers
    if layers.beneath is None:
        return "shipped" if layers.own == shipped_library() else "clinic"
    names = list(_files(library, handout, language))
    if layers.below(names[0]) is None:
        return "clinic"
    own = any(not layers.is_beneath(layers.find(name)) for name in names)
    return "shipped, overridden" if own else "shipped"


def _files(library: Library, handout: str, language: str) -> Iterator[str]:
    """The definition first, then each page."""
    yield f"handouts/{handout}/handout.yaml"
    for part in library.definitions[handout].contents:
        yield f"content/{part.kind}s/{part.name}/{language}.yaml"
