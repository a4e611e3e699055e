"""What each patient's pages will say of medicines, allergies and changed rules, for a terminal."""

from __future__ import annotations

import textwrap
from collections.abc import Iterable, Iterator
from functools import cache, partial
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import datetime

    from generator.intake import Row
    from generator.library import Library
    from generator.markup import PlanView

WIDTH = 80
"""Columns that a line of text may take."""
MARGIN = 11
"""Columns that what a text is called has to itself."""


def said_of(rows: Iterable[Row], library: Library, now: datetime) -> Iterator[str]:
    """A block of lines for each row, in English where the clinic writes it, else in the patient's
    language; by record number alone."""
    from generator.markup import own_view, screen_labels

    words = cache(partial(screen_labels, library, "en"))
    for row in rows:
        patient = row.plan.patient
        view = own_view(library, row.plan, now, words(patient.language))
        yield "\n".join((f"Row {row.number} (record {patient.record_id})", *_block(view)))


def _block(view: PlanView) -> Iterator[str]:
    yield from _named("medicines", _medicines(view) or [("none",)])
    yield from _named("allergies", [(one,) for one in view.allergies or ["none known"]])
    yield from _named("changed", _changes(view))


def _medicines(view: PlanView) -> list[tuple[str, ...]]:
    """Each with its last dose on a line of its own: nobody should have to look for it."""
    return [
        (f"{one.name}, {one.dose}. {one.action}: {one.lines[0]}", *one.lines[1:], one.passed)
        for one in view.medicines
    ]


def _changes(view: PlanView) -> Iterator[tuple[str, ...]]:
    for day in view.changed_days:
        for step in day.steps:
            when = ", ".join(filter(None, (day.day, step.time)))
            yield f"{when}: {step.text}", *step.notes, step.passed
    yield from ((text,) for text in view.changes)


def _named(name: str, texts: Iterable[tuple[str, ...]]) -> Iterator[str]:
    """Texts under what they are called, each from a line of its own, what follows indented."""
    rest = " " * (MARGIN + 4)
    for number, lines in enumerate(texts):
        begin = f"  {'' if number else name:{MARGIN}}"
        for line in lines:
            yield from textwrap.wrap(
                line, WIDTH, initial_indent=begin, subsequent_indent=rest, break_on_hyphens=False
            )
            begin = rest
