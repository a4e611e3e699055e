"""Reviews that are due, and sign-offs that do not stand.

Rules: ``review-due`` (the clinic's warning period has begun, or the review ran out) and
``review-state`` (no sign-off stands for another reason).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from generator.check.finding import Finding, Severity
from generator.library import Library, shown
from generator.review import Row
from generator.signoff import State

_SAYS = {
    State.DRAFT: (Severity.NOTE, "is a draft: it is not signed off"),
    State.CHANGED: (Severity.WARNING, "changed since its sign-off, which no longer stands"),
    State.OUT_OF_DATE: (Severity.WARNING, "the words that it was translated from have changed"),
    State.WITHDRAWN: (Severity.WARNING, "is withdrawn"),
}


def reviews(library: Library, rows: Iterable[Row]) -> Iterator[Finding]:
    """A finding for each handout and language that needs somebody to look at it."""
    days = library.clinic.review.warning_days
    for row in rows:
        if said := _said(row, days):
            rule, severity, message = said
            file = library.layers.find(f"handouts/{row.handout.id}/handout.yaml")
            called = f"{row.handout.language}, version {row.handout.version}"
            yield Finding(shown(file), 1, 1, severity, rule, f"{called}: {message}")


def _said(row: Row, warning_days: int) -> tuple[str, Severity, str] | None:
    state, due, left = row.standing.state, row.standing.due, row.days_left
    if state in _SAYS:
        severity, message = _SAYS[state]
        return "review-state", severity, message
    if state is State.OVERDUE:
        return "review-due", Severity.WARNING, f"its review ran out on {due}"
    if left is not None and left <= warning_days:
        days = "today" if left == 0 else f"in {left} day{'s' if left != 1 else ''}"
        return "review-due", Severity.WARNING, f"its review is due {days}, on {due}"
    return None
