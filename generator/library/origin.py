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


def left_behind(library: Library, handout: str, language: str) -> Iterator[tuple[str, str]]:
    """Pages of a handout whose original is the clinic's own, and whose translation is still that of
    the shipped one: the two say different things. Each as (original, translation), by name."""
    layers, original = library.layers, library.languages(handout)[0]
    if layers.beneath is None or language == original:
        return
    pairs = zip(_files(library, handout, original), _files(library, handout, language), strict=True)
    for own, translated in pairs:
        below = layers.below(own)
        if own in layers.overrides and own != translated and below is not None:
            changed = below.read_bytes() != layers.find(own).read_bytes()
            if changed and layers.is_beneath(layers.find(translated)):
                yield own, translated
