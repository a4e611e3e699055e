"""What a page says of its review: by whom, in what role, when, until when."""

from __future__ import annotations

from generator.markup.labels import Labels
from generator.signoff import Standing, State


def review_line(standing: Standing, labels: Labels) -> str:
    """One or two sentences for the foot of every page, true for the day it is printed."""
    signoff, due = standing.signoff, standing.due
    if signoff is None or standing.state is State.CHANGED:
        return labels("Not reviewed by a clinician as printed here.")
    by = ", ".join(filter(None, (signoff.by, signoff.credential)))
    day = labels.day(signoff.on)
    if standing.state is State.WITHDRAWN or due is None:
        return labels("Withdrawn by {by}, {role}, {day}.", by=by, role=signoff.role, day=day)
    reviewed = labels("Reviewed by {by}, {role}, {day}.", by=by, role=signoff.role, day=day)
    until = labels("Next review by {due}.", due=labels.day(due))
    if standing.state is State.OVERDUE:
        until = labels("That review ran out on {due}.", due=labels.day(due))
    return f"{reviewed} {until}"
