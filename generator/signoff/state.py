"""The states that a handout can be in."""

from __future__ import annotations

from collections.abc import Iterable
from enum import StrEnum


class State(StrEnum):
    """Where a handout stands on a date. Only ``STANDS`` may be given to a patient."""

    STANDS = "stands"
    DRAFT = "draft"
    CHANGED = "changed since sign-off"
    OUT_OF_DATE = "translation out of date"
    OVERDUE = "overdue"
    WITHDRAWN = "withdrawn"


_SEVERITY = (
    State.STANDS,
    State.OVERDUE,
    State.OUT_OF_DATE,
    State.CHANGED,
    State.DRAFT,
    State.WITHDRAWN,
)


def worst(states: Iterable[State]) -> State:
    """Of several states the one that most forbids handing a page out."""
    return max(states, key=_SEVERITY.index)
