"""The board: where every handout stands, the most urgent first."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from generator.library import Library
from generator.model import Handout
from generator.signoff import Standing, State, standing

_URGENCY = (
    State.WITHDRAWN,
    State.CHANGED,
    State.OUT_OF_DATE,
    State.OVERDUE,
    State.DRAFT,
    State.STANDS,
)
"""Words that people may already have at home come before words that nobody has."""


@dataclass(frozen=True, slots=True)
class Row:
    """One handout in one language, as it stands on a day."""

    handout: Handout
    standing: Standing
    on: date

    @property
    def days_left(self) -> int | None:
        """Days until the last one on which it holds; below 0 when that has passed."""
        return (self.standing.due - self.on).days if self.standing.due else None

    def due_within(self, days: timedelta) -> bool:
        """Whether it needs somebody by then: it does not stand, or will not for so long."""
        due = self.standing.due
        return not self.standing.stands or due is None or due <= self.on + days


def standings(library: Library, on: date) -> Iterator[tuple[Handout, Standing]]:
    """Every handout in every language it is written in, and where each stands on a day."""
    for name in library.ids():
        for language in library.languages(name):
            handout = library.handout(name, language)
            yield handout, standing(handout, on, library.clinic.review)


def board(library: Library, on: date, only: Iterable[str] = ()) -> tuple[Row, ...]:
    """Every handout (or ``only`` these), the most urgent first."""
    wanted = set(only)
    rows = [
        Row(handout, where, on)
        for handout, where in standings(library, on)
        if not wanted or handout.id in wanted
    ]
    return tuple(sorted(rows, key=_urgency))


def _urgency(row: Row) -> tuple[int, date, str, str]:
    due = row.standing.due or date.max
    return _URGENCY.index(row.standing.state), due, row.handout.id, row.handout.language
