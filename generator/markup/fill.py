"""Makes the texts of a page printable: facts filled in and, for a reviewer, changes marked."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from types import SimpleNamespace
from typing import Any, Literal

from markupsafe import Markup

from generator.markup.inline import Inline, inline
from generator.model import Location
from generator.model.walk import NOT_TEXT


@dataclass(frozen=True, slots=True)
class Mark:
    """A sentence to be marked: from where to where in its text, and the name of its slot."""

    start: int
    end: int
    kind: Literal["added", "removed"]
    slot: str

    def around(self, text: Inline) -> Markup:
        return Markup('<mark class="{}" data-slot="{}">{}</mark>').format(
            self.kind, self.slot, text
        )


Marks = Mapping[tuple[str, Location], Sequence[Mark]]
"""The marks of each text, by the page's id and the text's place in it."""


@dataclass(frozen=True, slots=True)
class MarkedInline(Inline):
    """A text of which some sentences are marked; ``slot`` names the place of the whole."""

    pieces: tuple[tuple[Mark | None, Inline], ...] = ()
    slot: str | None = None

    def __html__(self) -> Markup:
        html = (mark.around(text) if mark else text.__html__() for mark, text in self.pieces)
        whole = Markup("").join(html)
        return (
            Markup('<span data-slot="{}">{}</span>').format(self.slot, whole)
            if self.slot
            else whole
        )


@dataclass(frozen=True, slots=True)
class Filler:
    """Fills the facts into the texts of one page; with ``marks``, the places of its parts become
    slots as well."""

    section: str
    facts: Mapping[str, str]
    marks: Marks | None = None

    def __call__(self, at: Location, text: str) -> Inline:
        if self.marks is None:
            return inline(text, self.facts)
        pieces = tuple(self._pieces(text, self.marks.get((self.section, at), ())))
        return MarkedInline(inline(text, self.facts).parts, pieces, self._slot(at))

    def _pieces(self, text: str, marks: Sequence[Mark]) -> list[tuple[Mark | None, Inline]]:
        pieces: list[tuple[Mark | None, Inline]] = []
        end = 0
        for mark in sorted(marks, key=lambda mark: mark.start):
            pieces.append((None, inline(text[end : mark.start], self.facts)))
            pieces.append((mark, inline(text[mark.start : mark.end], self.facts)))
            end = mark.end
        return [*pieces, (None, inline(text[end:], self.facts))]

    def _slot(self, at: Location) -> str | None:
        if at == ("purpose",):
            return place_slot(self.section)
        return place_slot(self.section, int(at[1])) if at[2:] == ("title",) else None


def place_slot(section: str, block: int | None = None) -> str:
    """The slot at the head of a page, or of a block by its index."""
    return f"place-{section}" if block is None else f"place-{section}-{block}"


def filled(at: Location, value: Any, fill: Callable[[Location, str], Inline]) -> Any:
    """A field with its texts made printable; ids and the like stay as they are."""
    if at[-1] in NOT_TEXT:
        return value
    if isinstance(value, str):
        return fill(at, value)
    if isinstance(value, tuple):
        return tuple(filled((*at, index), item, fill) for index, item in enumerate(value))
    if hasattr(value, "model_fields_set"):
        return SimpleNamespace(**{key: filled((*at, key), item, fill) for key, item in value})
    return value
