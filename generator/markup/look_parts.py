"""What a template may see of the look itself, for a specimen."""

from __future__ import annotations

from dataclasses import dataclass

from generator.markup.mark_parts import MarkView, StampView


@dataclass(frozen=True, slots=True)
class SampleView:
    """A token, and what shows it: letters, a bar, or a swatch with its contrast."""

    name: str
    value: str
    use: str
    size: bool
    bar: bool
    contrast: str


@dataclass(frozen=True, slots=True)
class SampleGroupView:
    name: str
    samples: tuple[SampleView, ...]


@dataclass(frozen=True, slots=True)
class LookView:
    """The first pages of a specimen; they are in English, as diffs are."""

    template: str
    id: str
    title: str
    mark: MarkView | None
    foot: tuple[str, ...]
    groups: tuple[SampleGroupView, ...]
    marks: tuple[MarkView, ...]
    stamps: tuple[StampView, ...]
