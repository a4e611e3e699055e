"""What a template may see of marks and stamps: what stands on every page of a kind."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class MarkView:
    """What stands at the head of every page whose words may not go to a patient."""

    word: str
    meaning: str


@dataclass(frozen=True, slots=True)
class StampView:
    """What is stamped into a page's slot: ``slot`` names it, the first line is the strongest.
    ``widths`` count the letters of each line; a Han letter counts two."""

    template: str
    id: str
    slot: str
    lines: tuple[str, ...]
    widths: tuple[int, ...]
