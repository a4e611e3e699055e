"""The view of a comparison: what changed, and the pages before and after side by side."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal


@dataclass(frozen=True, slots=True)
class WordsView:
    """A stretch of a sentence; ``kind`` is same, removed or added."""

    kind: str
    text: str


@dataclass(frozen=True, slots=True)
class ChangeView:
    """One change. ``before`` and ``after`` are empty where there was, or is, nothing.

    ``pages`` says on which pages it is.
    """

    number: int
    kind: str
    place: str
    before: tuple[WordsView, ...]
    after: tuple[WordsView, ...]
    pages: str


@dataclass(frozen=True, slots=True)
class SideView:
    """One of two pages. ``slot`` is where a printed page is put, ``picture`` what a screen shows;
    ``caption`` is all there is when the page has no counterpart."""

    side: Literal["before", "after"]
    heading: str
    caption: str
    slot: str | None = None
    picture: str | None = None


@dataclass(frozen=True, slots=True)
class PairView:
    """Two pages, and which changes are on them."""

    about: str
    sides: tuple[SideView, SideView]


@dataclass(frozen=True, slots=True)
class DiffView:
    """A whole comparison. ``sides`` say what is compared; ``unchanged`` names the other pages.

    ``language`` and ``direction`` are those of the handout's words.
    """

    template: str
    id: str
    language: str
    direction: str
    title: str
    summary: str
    sides: tuple[str, ...]
    changes: tuple[ChangeView, ...]
    pairs: tuple[PairView, ...]
    unchanged: str
