"""Every text of a page with its place, for whoever has to look at all of them."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from generator.model.base import Location
from generator.model.words import Words

NOT_TEXT = frozenset({"id", "kind", "figure", "urgency", "sources", "gives_way"})


def texts(words: Words) -> Iterator[tuple[Location, str]]:
    """The title, the purpose and all texts of all blocks, in reading order."""
    yield ("title",), words.title
    yield ("purpose",), words.purpose
    for index, block in enumerate(words.blocks):
        yield from _texts(("blocks", index), block.model_dump(exclude_none=True))


def _texts(at: Location, value: Any) -> Iterator[tuple[Location, str]]:
    if isinstance(value, str):
        yield at, value
    elif isinstance(value, dict):
        for key, item in value.items():
            if key not in NOT_TEXT:
                yield from _texts((*at, key), item)
    elif isinstance(value, list | tuple):
        for index, item in enumerate(value):
            yield from _texts((*at, index), item)
