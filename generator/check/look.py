"""Looks a library over by every rule."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from itertools import chain

from generator.check.completeness import completeness
from generator.check.explained import explained
from generator.check.finding import Finding
from generator.check.jargon import jargon
from generator.check.looked import Looked
from generator.check.marks import marks
from generator.check.numbers import numbers
from generator.check.overrides import overrides
from generator.check.reading_level import reading_level
from generator.check.reviews import reviews
from generator.check.structure import structure
from generator.check.wording import wording
from generator.review import Row

LOOKS: tuple[Callable[[Looked], Iterator[Finding]], ...] = (
    reading_level,
    wording,
    numbers,
    jargon,
    structure,
    completeness,
    overrides,
    marks,
)


def look_over(looked: Looked, rows: Iterable[Row]) -> tuple[Finding, ...]:
    """Every finding, in the order of files and lines; ``rows`` say where the reviews stand."""
    found = chain.from_iterable(look(looked) for look in LOOKS)
    return tuple(sorted({*explained(looked, found), *reviews(looked.library, rows)}))
